"""Strategies for people: known names in many scripts and orders, and made-up ones that no lexicon knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hypothesis import strategies as st

from advisor.model.lexicon import Lexicon
from advisor.model.tokens import tokenize
from advisor.testing.filler import filler


@dataclass(frozen=True)
class Person:
    """A name in its parts, so that a note can greet it and a test can replace it."""

    first: str
    last: str
    form: str = "{first} {last}"
    """How the whole is written: titles, particles, order, brackets."""
    nickname: str | None = None

    @property
    def name(self) -> str:
        """The whole name, as the prospect file has it."""
        return self.form.format(first=self.first, last=self.last)


def people() -> st.SearchStrategy[Person]:
    """Anybody: a name from the list, or a made-up one in any script."""
    scripts = st.sampled_from(tuple(filler().syllables))
    listed = st.sampled_from([Person(*parts) for parts in filler().people])
    return listed | scripts.flatmap(lambda script: made_up(script, (2, 3)))


@st.composite
def made_up(draw: st.DrawFn, script: str, lengths: tuple[int, int]) -> Person:
    """A person whose names are made of syllables: `lengths` of them in the first and the last name."""
    letters = filler().syllables[script]
    first, last = (
        "".join(draw(st.sampled_from(side)) for _ in range(length) for side in letters).capitalize()
        for length in lengths
    )
    return Person(first, last)


def knows(name: str, lexicons: Mapping[str, Lexicon]) -> bool:
    """Whether some lexicon has a word of `name`: then it is more than a name."""
    words = {token.folded for token in tokenize(name)}
    lists = (
        words & (lexicon.function_words | frozenset().union(*map(lexicon.words, lexicon.lists)))
        for lexicon in lexicons.values()
    )
    return any(lists)
