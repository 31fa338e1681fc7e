"""Whether a name in a note is the prospect's: spelling, nicknames, initials, other scripts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from advisor.model.tokens import fold, tokenize

NameMatch = Literal["right name", "nickname", "wrong name", "unclear"]

_LONGEST_NAME = 60
"""Letters of one part of a name, beyond which it is no name."""
_SHORT_FORM = 3
"""A first name cut to this many letters is still that name: Alex, Alexander."""
_TYPO = 0.8
"""Likeness above which two spellings count as one name; below it they are two (Marc, Mark: 0.75)."""
_SCRIPTS = 0.6
"""The same across scripts, where transliteration is never exact."""
_UNKNOWN = frozenset(
    {"unknown", "?", "n a", "nn", "somebody", "someone", "the recipient", "recipient", "prospect"}
)


_UNFILLED = "?"
"""Stands for the name in a file to start from."""


def called(name: str) -> str:
    """How messages call somebody: by name, where one was filled in.

    >>> called("Ana Souza"), called("?")
    ('Ana Souza', 'this person')
    """
    return "this person" if name.strip() == _UNFILLED else name


class PersonName:
    """A person's name with all its parts and other spellings."""

    def __init__(
        self,
        name: str,
        nickname: str | None = None,
        skip: frozenset[str] = frozenset(),
        same: Iterable[tuple[str, ...]] = (),
    ) -> None:
        """`skip`: folded titles and particles; `same`: groups of folded first names that are one name."""
        self.text = name
        """The name as it was told."""
        self.parts = tuple(
            token.folded
            for token in tokenize(name)
            if token.folded not in skip and not token.folded.isdigit()
        )
        """Folded parts in all spellings given, titles and particles left out."""
        self.nickname = tuple(token.folded for token in tokenize(nickname or ""))
        self._forms = frozenset(
            word for group in same if not {*group}.isdisjoint(self.parts) for word in group
        )

    @property
    def known(self) -> bool:
        """Whether this names anybody at all."""
        return bool(self.parts) and " ".join(self.parts) not in _UNKNOWN and self.text.strip() != _UNFILLED

    def match(self, candidate: tuple[str, ...]) -> NameMatch:
        """Compare the folded words of an address with this name."""
        if not self.known or not candidate:
            return "unclear"
        if any(word in self.nickname for word in candidate):
            return "right name" if any(word in self.parts for word in candidate) else "nickname"
        for word in candidate:
            if any(_same(word, part) for part in self.parts):
                return "right name"
        short = any(_short_form(word, part) for word in candidate for part in self.parts)
        if short or any(word in self._forms for word in candidate):
            return "nickname"
        return self._match_loosely(candidate)

    def _match_loosely(self, candidate: tuple[str, ...]) -> NameMatch:
        if any(_nicknames(word) & set(self.parts) for word in candidate if word.isascii()):
            return "nickname"
        ours, theirs = "".join(self.parts), "".join(candidate)
        if ours.isascii() and theirs.isascii():
            return "wrong name"
        # Different scripts, or letters that ASCII lacks: compare what they sound like.
        latin = [_latin(part) for part in self.parts]
        words = [_latin(word) for word in candidate]
        if any(_like(word, part) >= _SCRIPTS for word in words for part in latin):
            return "right name"
        return "wrong name" if _latin_script(ours) == _latin_script(theirs) else "unclear"


def _same(word: str, part: str) -> bool:
    if word == part or (len(word) == 1 and word.isalpha() and part.startswith(word)):
        return True
    if not word.isascii() and len(part) > 1 and (part in word or word in part) and not _latin_script(word):
        return True  # scripts without spaces: a name with an honorific attached
    return word[:1] == part[:1] and min(len(word), len(part)) > _SHORT_FORM and _like(word, part) > _TYPO


def _short_form(word: str, part: str) -> bool:
    return min(len(word), len(part)) >= _SHORT_FORM and (part.startswith(word) or word.startswith(part))


def _like(one: str, other: str) -> float:
    if max(len(one), len(other)) > _LONGEST_NAME:
        return float(one == other)  # comparing takes time that grows with the product of the lengths
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _latin_script(text: str) -> bool:
    return not re.search(r"[^\W\d_\u0041-\u024f\u1e00-\u1eff]", text)


@lru_cache(maxsize=1024)
def _latin(word: str) -> str:
    from anyascii import anyascii

    return fold(anyascii(word))


@lru_cache(maxsize=1024)
def _nicknames(word: str) -> frozenset[str]:
    """Other forms of an English first name, both ways: Bob and Robert."""
    names = _nickname_table()
    return frozenset(names.nicknames_of(word)) | frozenset(names.canonicals_of(word))


@lru_cache(maxsize=1)
def _nickname_table():  # type: ignore[no-untyped-def]
    from nicknames import NickNamer

    return NickNamer()
