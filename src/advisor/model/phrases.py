"""The phrase notation of the lexicons: what a note's words are compared with, in plain writing.

    your <adj>* <made> (on|about) <topic>

`word` is that word, `inspir*` any word that begins so, `*ed` any telling word that ends so, `(a|b c)` one of
several, `[a b]` may be missing, `...` up to four words of any kind, `<list>` an entry of a list of the same
lexicon, `<list>?` one that may be missing, `<list>*` up to three of them; `(..)` and `[..]` take `?` and `*`
too. `<topic>`, `<content>`, `<Name>`, `<Title>` and `<number>` are slots: a few words among which one says
something; one such word; a capitalised name; a title in quotes or capitals; a number. Punctuation is ignored.

This module turns text into parts and says with which words a phrase may begin. It matches nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from advisor.model.tokens import fold, tokenize

SLOTS = ("topic", "content", "Name", "Title", "number")
"""Slots that the matcher knows; every other name in angle brackets is a list of the lexicon."""
MOST_REPEATS = 3
GAP_WORDS = 4


@dataclass(frozen=True, slots=True)
class Word:
    """One word, folded; with `prefix` any word that begins with it, with `suffix` any that ends with it.

    A suffix matches only words that say something, since endings alone are found everywhere.
    """

    text: str
    prefix: bool = False
    suffix: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for words that are not fixed; `kind` is one of `SLOTS`."""

    kind: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to `most` words of any kind."""

    most: int


@dataclass(frozen=True, slots=True)
class Sequence:
    """Parts one after the other."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One of several alternatives, `least` to `most` times."""

    alternatives: tuple[Part, ...]
    least: int = 1
    most: int = 1


@dataclass(frozen=True, slots=True)
class Listing:
    """An entry of the lexicon's list `name`, `least` to `most` times."""

    name: str
    least: int = 1
    most: int = 1


Part = Word | Slot | Gap | Sequence | Either | Listing
ListOf = Callable[[str], tuple[Sequence, ...]]
"""Gives the parsed entries of a list."""

_PIECES = re.compile(
    r"\s*(?:(?P<dots>\.\.\.)|(?P<mark>[()\[\]|])(?P<again>(?<=[)\]])[*?])?|<(?P<slot>\w+)>(?P<times>[*?]?)|(?P<word>[^\s()\[\]|<>]+))"
)


class BadPhrase(ValueError):
    """The notation is not understood; the message says where and why."""


def parse_phrase(text: str, lists: frozenset[str]) -> Sequence:
    """Parse one phrase; `lists` names the lists that it may refer to.

    Raises:
        BadPhrase: for unbalanced brackets, unknown slots or lists, or a phrase that may be empty.
    """
    pieces = []
    place = 0
    stripped = text.rstrip()
    while place < len(stripped):
        match = _PIECES.match(stripped, place)
        if match is None:
            raise BadPhrase(f"{stripped[place:]!r} is not understood")
        pieces.append(match)
        place = match.end()
    parts, rest = _alternatives(pieces, 0, lists, closing=None)
    if rest != len(pieces):
        raise BadPhrase(f"{pieces[rest]['mark']!r} closes nothing")
    if not parts:
        raise BadPhrase("it is empty")
    return parts if isinstance(parts, Sequence) else Sequence((parts,))


def _alternatives(
    pieces: list[re.Match[str]], place: int, lists: frozenset[str], closing: str | None
) -> tuple[Sequence | Either, int]:
    options: list[Sequence] = []
    parts: list[Part] = []
    while place < len(pieces):
        piece = pieces[place]
        mark = piece["mark"]
        if mark in (")", "]"):
            break
        if mark == "|":
            options.append(_some(parts))
            parts = []
            place += 1
        elif mark:
            closes = ")" if mark == "(" else "]"
            inner, after = _alternatives(pieces, place + 1, lists, closing=closes)
            if after >= len(pieces) or pieces[after]["mark"] != closes:
                raise BadPhrase(f"{mark!r} is never closed")
            alternatives = inner.alternatives if isinstance(inner, Either) else (inner,)
            again = pieces[after]["again"]
            least = 0 if mark == "[" or again else 1
            parts.append(Either(alternatives, least, MOST_REPEATS if again == "*" else 1))
            place = after + 1
        else:
            parts.extend(_plain(piece, lists))
            place += 1
    if closing is None and place < len(pieces):
        return _some(parts), place
    options.append(_some(parts))
    return (Either(tuple(options)) if len(options) > 1 else options[0]), place


def _some(parts: list[Part]) -> Sequence:
    if not parts:
        raise BadPhrase("an alternative is empty; write [..] for what may be missing")
    return Sequence(tuple(parts))


def _plain(piece: re.Match[str], lists: frozenset[str]) -> list[Part]:
    if piece["dots"]:
        return [Gap(GAP_WORDS)]
    if piece["slot"]:
        return [_slot(piece, lists)]
    return _words(piece["word"])


def _slot(piece: re.Match[str], lists: frozenset[str]) -> Part:
    name = piece["slot"]
    least, most = {"": (1, 1), "?": (0, 1), "*": (0, MOST_REPEATS)}[piece["times"]]
    if name in SLOTS:
        return Either((Slot(name),), least, most) if piece["times"] else Slot(name)
    if name not in lists:
        raise BadPhrase(f"there is neither a slot nor a list called <{name}>")
    return Listing(name, least, most)


def _words(word: str) -> list[Part]:
    if word.isascii() and word.isalnum():
        return [Word(word.lower())]  # what folding and splitting would give, at a fraction of the cost
    if word.startswith("*") and (ending := fold(word[1:])):
        return [Word(ending, suffix=True)]
    tokens = tokenize(word.rstrip("*"))
    words: list[Part] = [Word(token.folded) for token in tokens]
    if tokens and word.endswith("*"):
        words[-1] = Word(tokens[-1].folded, prefix=True)
    return words  # none for lone punctuation: texts are matched without it


def listings(part: Part) -> frozenset[str]:
    """Names of all lists that `part` refers to."""
    match part:
        case Listing(name, _, _):
            return frozenset({name})
        case Sequence(parts) | Either(parts, _, _):
            return frozenset().union(*(listings(inner) for inner in parts))
        case _:
            return frozenset()


def openers(part: Part, entries: ListOf) -> frozenset[Word] | None:
    """Words with which `part` may begin; None where it may begin with any word."""
    match part:
        case Word():
            return None if part.suffix else frozenset({part})
        case Sequence(parts):
            collected: frozenset[Word] = frozenset()
            for inner in parts:
                first = openers(inner, entries)
                if first is None:
                    return None
                collected |= first
                if not _may_be_empty(inner):
                    return collected
            return None
        case Either(alternatives, _, _):
            options = [openers(inner, entries) for inner in alternatives]
        case Listing(name, _, _):
            options = [openers(inner, entries) for inner in entries(name)]
        case _:
            return None
    known = [option for option in options if option is not None]
    return frozenset().union(*known) if len(known) == len(options) else None


def _may_be_empty(part: Part) -> bool:
    match part:
        case Either(_, least, _) | Listing(_, least, _):
            return least == 0
        case Gap():
            return True
        case Sequence(parts):
            return all(_may_be_empty(inner) for inner in parts)
        case _:
            return False
