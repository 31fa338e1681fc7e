"""How complaints speak of names and values: quoted safely, by kind, and with the name that was meant.

Pure: it turns words into words. It refuses to look names up and to decide whether one is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

MAX_SUGGESTIONS = 3
"""More than this is a list to read, not a suggestion."""
MAX_LISTED = 12
"""Names that a sentence lists at most."""
_CLOSE_ENOUGH = 0.6
"""Least similarity, from 0 to 1, that counts as a slip: difflib's own default."""
_MAX_LENGTH = 100
"""Longer words are no slips of a name, and comparing them costs time that grows with their square."""
_JOINERS = re.compile(r"[-_\s]+")


def did_you_mean(word: str, candidates: Iterable[str]) -> tuple[str, ...]:
    """Give the names among `candidates` that look like `word`, nearest first; empty where none does.

    Case makes no difference, and `-`, `_` and space count as the same sign.

    >>> did_you_mean("Known As", ["known_as", "common_ground"])
    ('known_as',)
    >>> did_you_mean("conect", ["connect", "wait"])
    ('connect',)
    >>> did_you_mean("zebra", ["connect", "wait"])
    ()
    """
    if len(word) > _MAX_LENGTH:
        return ()
    spellings: dict[str, list[str]] = {}
    for candidate in dict.fromkeys(candidates):
        if len(candidate) <= _MAX_LENGTH:
            spellings.setdefault(_plain(candidate), []).append(candidate)
    nearest = get_close_matches(_plain(word), spellings, MAX_SUGGESTIONS, _CLOSE_ENOUGH)
    return tuple(name for plain in nearest for name in spellings[plain])[:MAX_SUGGESTIONS]


def _plain(name: str) -> str:
    return _JOINERS.sub("-", name.strip().casefold())


def kind_of(value: object) -> str:
    """Name the kind of a plain value in everyday words.

    >>> kind_of(False), kind_of(3), kind_of([3])
    ('a yes/no', 'a number', 'a list')
    """
    match value:
        case None:
            return "empty"
        case bool():
            return "a yes/no"
        case int() | float():
            return "a number"
        case str():
            return "text"
        case dict():
            return "a mapping"
        case _:
            return "a list"


def shown(text: str, limit: int = 40) -> str:
    r"""Quote `text` for a message: on one line, without control characters, cut at `limit` characters.

    >>> shown("two\n lines and more", 9)
    '`two lines…`'
    """
    # Cut before and after, so that a huge text costs nothing and runs of blanks do not count.
    line = " ".join(text[: 4 * limit].split())
    line = "".join(letter if letter.isprintable() else "\ufffd" for letter in line)
    return f"`{line[:limit]}…`" if len(line) > limit or len(text) > 4 * limit else f"`{line}`"


def described(value: object) -> str:
    """Say of what kind a plain value is, and show it where it is short.

    >>> described("x"), described(True), described([1, 2]), described(None)
    ('text: `x`', 'a yes/no: yes', 'a list of 2', 'empty')
    """
    kind = kind_of(value)
    match value:
        case bool():
            return f"{kind}: {'yes' if value else 'no'}"
        case str() | int() | float():
            return f"{kind}: {shown(str(value))}"
        case list() | dict():
            return f"{kind} of {len(value)}" if value else kind.replace("a ", "an empty ")
        case _:
            return kind


def either(names: Sequence[str]) -> str:
    """Quote names and join them with `or`.

    >>> either(["connect", "wait"])
    '`connect` or `wait`'
    """
    return one_of([shown(name) for name in names])


def one_of(words: Sequence[str]) -> str:
    """Join one or more words with commas and `or`; a long list is cut.

    >>> one_of(["a list", "text", "a number"])
    'a list, text or a number'
    """
    *most, last = words if len(words) <= MAX_LISTED else [*words[:MAX_LISTED], "others"]
    return f"{', '.join(most)} or {last}" if most else last
