"""Strategies for drafts that are put together from features whose presence is known.

A feature is either a kind of sentence of `filler.yaml`, such as `pitch`, or a sign of one of the lexicons,
such as `en/pitch`: then the sentence is one that the sign's author says it is found in, so that whoever adds
a sign has it tried in notes at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from hypothesis import strategies as st

from advisor.model.lexicon import Lexicon
from advisor.testing.filler import filler
from advisor.testing.persons import Person

SAYINGS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
"""Any text that may stand in a file."""
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=120)
"""Any text at all but for halves of surrogate pairs, which no file can hold."""
MOST_SENTENCES = 5


@dataclass(frozen=True)
class PlantedDraft:
    """A draft and what is planted in it."""

    text: str
    greeting: str
    """Whom it greets: `none`, `right`, `nickname`, `wrong`, `nobody` or `placeholder`."""
    features: tuple[str, ...]
    """What is planted, in the order in which it stands: kinds of sentences of `filler.yaml`, and signs of the
    lexicons as `language/sign`."""


def drafts(
    person: Person, company: str = "Acme", lexicons: Mapping[str, Lexicon] | None = None
) -> st.SearchStrategy[PlantedDraft]:
    """Drafts to `person`: a greeting, up to five sentences of known features, perhaps too much besides.

    Where `lexicons` are given, sentences that their signs must find are among those that are planted.
    """
    return planted(person, company, sign_sentences(lexicons or {}))


@st.composite
def planted(
    draw: st.DrawFn,
    person: Person,
    company: str,
    signs: tuple[tuple[str, str], ...],
    told: Mapping[str, Sequence[str]] | None = None,
) -> PlantedDraft:
    """Drafts as `drafts` makes them; `signs` is what `sign_sentences` gives.

    `told` holds names that a prospect file tells, by slot such as `event`: the draft mostly names these.
    """
    made = filler()
    greeting = draw(st.sampled_from(tuple(made.greetings)))
    parts = [draw(st.sampled_from(made.greetings[greeting]))]
    features = []
    for feature in draw(_features(bool(signs))):
        if feature == _SIGN:
            name, sentence = draw(st.sampled_from(signs))
            parts.append(sentence.replace("{", "{{").replace("}", "}}"))
            features.append(name)
        else:
            parts.append(draw(st.sampled_from(made.sentences[feature])))
            features.append(feature)
    slots = {}
    for name, names in (
        ("work", made.works),
        ("event", made.events),
        ("mutual", made.mutuals),
        ("place", made.places),
    ):
        known = tuple((told or {}).get(name, ()))
        slots[name] = draw(st.sampled_from((*known, *known, *known, names[0]) if known else names))
    slots |= {
        "first": person.first,
        "last": person.last,
        "nick": person.nickname or person.first,
        "company": company,
    }
    text = draw(st.sampled_from((" ", "\n", "\n\n"))).join(part.format(**slots) for part in parts if part)
    extra = draw(st.integers(0, 11))
    if extra == 0:
        text += " " + made.rambling * 8
    elif extra == 1:
        text += " " + draw(SAYINGS)
    elif extra == 2:  # noqa: PLR2004 - one of three kinds of too much
        text += made.sign_off
    return PlantedDraft(text, greeting, tuple(features))


_SIGN = "a sign of a lexicon"


@lru_cache(maxsize=2)
def _features(signs: bool) -> st.SearchStrategy[list[str]]:
    """Kinds of sentences; about every fourth is a sign's where there are `signs`."""
    kinds = tuple(filler().sentences)
    some = (*kinds, *[_SIGN] * (len(kinds) // 3)) if signs else kinds
    return st.lists(st.sampled_from(some), max_size=MOST_SENTENCES)


def sign_sentences(lexicons: Mapping[str, Lexicon]) -> tuple[tuple[str, str], ...]:
    """Every sign of every lexicon as `language/sign`, with each sentence in which it must be found."""
    return tuple(
        (f"{code}/{sign.name}", sentence)
        for code, lexicon in sorted(lexicons.items())
        for sign in lexicon.signs.values()
        for sentence in sign.finds
    )
