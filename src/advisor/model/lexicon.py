"""The lexicon: what the draft reader looks for in the words of a note, one lexicon a language.

Phrases stay as they were written (see `advisor.model.phrases` for the notation), beside an index of the words
with which each may begin: of thousands of phrases, a note needs only the few whose first word it holds.
This module neither reads files nor matches text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that words can show, such as an offer of a product."""

    name: str
    means: str
    phrases: tuple[str, ...]
    """The phrases that show it, in the notation."""
    not_after: str = ""
    """List of words that take the phrase back where one of them stands shortly before it, such as
    `negations` (I am not selling anything) or `wishes` (I hope we met); empty where nothing does."""
    empty: bool = False
    """Whether the words that show it say nothing about the prospect, such as praise or a self-introduction:
    they do not count as concrete words of the note."""
    finds: tuple[str, ...] = ()
    """Sentences in which it must be found; they run as tests."""
    passes_over: tuple[str, ...] = ()
    """Sentences in which it must not be found; they run as tests."""


@dataclass(frozen=True, slots=True)
class PhraseIndex:
    """Which phrases to try at a word. A phrase is named by its sign and its text."""

    by_word: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    """Phrases that may begin with exactly this folded word."""
    by_stem: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    """Phrases that may begin with any word that begins so."""
    anywhere: tuple[tuple[str, str], ...] = ()
    """Phrases that may begin with any word at all."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language, all folded."""

    language: str
    """ISO 639-1 code; `mul` for what is common to all languages."""
    name: str
    covered: bool
    """False for languages that are only told apart from the covered ones, never read."""
    function_words: frozenset[str]
    """Frequent words that carry no content; a language is known by them."""
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Lists of words and phrases. `bland` holds the words that say nothing by themselves; `salutations`,
    `impersonal`, `courtesy_titles`, `person_words` and a few others are used by the reader itself."""
    signs: Mapping[str, Sign] = field(default_factory=dict)
    default_texts: tuple[str, ...] = ()
    """The platform's own texts, against which a note is compared."""
    index: PhraseIndex = field(default_factory=PhraseIndex)
    """Made of `signs` and `lists` when the lexicon is read."""

    def words(self, name: str) -> frozenset[str]:
        """The single words of the list `name`; empty where there is no such list."""
        return _single(self.lists.get(name, ()))


@lru_cache(maxsize=256)
def _single(entries: tuple[str, ...]) -> frozenset[str]:
    return frozenset(entry for entry in entries if entry.isalnum())
