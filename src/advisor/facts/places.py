"""Whether two names of employers or schools name one place: legal forms, accents and single slips apart.

Every word has to be the same or nearly so: York is not Cork, however much of their names the two
universities share.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from advisor.model.tokens import fold, tokenize

_LONG_WORD = 6
"""Letters from which a word may have a slip and still be the same."""
_SLIP = 90
"""Likeness of two long words, in percent, that only a slip sets apart."""


def shared_places(ours: Iterable[str], theirs: Iterable[str | None]) -> tuple[str, ...]:
    """Those of `ours` that are among `theirs`, each once, as we write them.

    >>> shared_places(["Northwind Inc.", "University of York"], ["northwind", "University of Cork", None])
    ('Northwind Inc.',)
    """
    others = [words for each in theirs if each and (words := _words(each))]
    found = {words: each for each in ours if (words := _words(each))}
    return tuple(each for words, each in found.items() if any(_same(words, other) for other in others))


@lru_cache(maxsize=4096)
def _words(name: str) -> tuple[str, ...]:
    from cleanco import basename

    bare = str(basename(name)) or name
    words = tuple(token.folded for token in tokenize(bare))
    return words if words else (fold(name.strip()),)


def _same(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    if ours == theirs:
        return True
    if len(ours) != len(theirs):
        return False
    from rapidfuzz import fuzz

    return all(
        one == other or (min(len(one), len(other)) >= _LONG_WORD and fuzz.ratio(one, other) >= _SLIP)
        for one, other in zip(ours, theirs, strict=True)
    )
