"""Hypothesis strategies for authored YAML as people write it: any indentation, quotes, comments, blank lines.

What is drawn is text, line by line, together with nothing: what it means is for the one reader to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from hypothesis import strategies as st

T = TypeVar("T")


WORDS = (
    "a",
    "met",
    "note.pitch",
    "wait",
    "-5",
    "12",
    "true",
    "no",
    "null",
    "$weekly",
    "a b",
    "it's",
    "x#y",
    "2026-11-21",
)
QUOTED = ('"a: b"', "'it''s'", '"# none"', "'x, y'", '"tab\\t"', '""', "'- a'", '"{b}"')
COMMENTS = ("# why", "#", "# - id: old", "#! key: 'x", "# yaml-language-server: $schema=x", "# ä ☺")
TEXTS = ("one line", "two words  # no comment", "- no item", "key: no key", "  deeper", "", "last")
KEYS = ("id", "title", "when", "then", "k1", "k2", '"q k"', "'z'", "a b", "x.y", "means")


def number(draw: st.DrawFn, least: int, most: int) -> int:
    """A whole number between `least` and `most`."""
    return draw(st.integers(least, most))


def one_of(draw: st.DrawFn, choices: Sequence[T]) -> T:
    """One of `choices`."""
    return choices[number(draw, 0, len(choices) - 1)]


def _scalar(draw: st.DrawFn) -> str:
    return one_of(draw, QUOTED if number(draw, 0, 2) == 0 else WORDS)


def _keys(draw: st.DrawFn, most: int) -> list[str]:
    return list(draw(st.permutations(KEYS)))[: number(draw, 1, most)]


def _comments(draw: st.DrawFn, lines: list[str], indent: int) -> None:
    """Now and then blank lines and comments, at the right indentation or at another."""
    for _ in range(one_of(draw, (0, 0, 0, 1, 1, 2, 3))):
        if draw(st.booleans()):
            lines.append(one_of(draw, ("", "", "   ")))
        else:
            lines.append(" " * one_of(draw, (indent, indent, indent, 0, indent + 3)) + one_of(draw, COMMENTS))


def _beside(draw: st.DrawFn) -> str:
    return one_of(draw, ("", "", "", "", " ", f"  {one_of(draw, COMMENTS)}", f" {one_of(draw, COMMENTS)}"))


def _brackets(draw: st.DrawFn, fuel: int, indent: int) -> str:
    """A list or mapping in brackets, perhaps over several lines and with comments in it."""
    gap = one_of(draw, (" ", " ", "", "  ", f"\n{' ' * (indent + 1)}", f"  # in it\n{' ' * (indent + 4)}"))
    inner = [
        _brackets(draw, fuel - 1, indent) if fuel > 0 and number(draw, 0, 3) == 0 else _scalar(draw)
        for _ in range(one_of(draw, (0, 1, 2, 3, 30)))
    ]
    if draw(st.booleans()):
        return f"[{f',{gap}'.join(inner)}{one_of(draw, ('', ' '))}]"
    pairs = [f"{key}: {value}" for key, value in zip(_keys(draw, 6), inner, strict=False)]
    return f"{{{f',{gap}'.join(pairs)}}}"


def _value(draw: st.DrawFn, fuel: int, indent: int, lines: list[str], head: str) -> None:
    """A value behind `head`, the beginning of a line that is indented by `indent`."""
    kinds = ("scalar", "scalar", "brackets", "text", "broken", "empty", "mapping", "list")
    kind = one_of(draw, kinds if fuel > 0 else kinds[:-2])
    step = number(draw, 1, 4)
    is_item = head.endswith("-")
    match kind:
        case "scalar":
            lines.append(f"{head} {_scalar(draw)}{_beside(draw)}")
        case "brackets":
            lines += f"{head} {_brackets(draw, 1, indent)}{_beside(draw)}".split("\n")
        case "text":
            lines.append(f"{head} {one_of(draw, ('|', '>', '>-', '|-', '|+'))}{_beside(draw).rstrip()}")
            texts = [
                f"{' ' * (indent + step)}{one_of(draw, TEXTS)}".rstrip() for _ in range(number(draw, 0, 4))
            ]
            lines += [f"{' ' * (indent + step)}first", *texts, *one_of(draw, ((), ("",), ("", "")))]
        case "broken":
            quote = one_of(draw, ("", '"', "'"))
            behind = f"{' ' * (indent + step)}more of it{quote}{_beside(draw)}"
            lines += [f"{head} {quote}a text", *one_of(draw, ((), ("",))), behind]
        case "empty":
            lines.append(f"{head}{_beside(draw)}")
        case "mapping" if is_item:
            inner: list[str] = []
            _mapping(draw, fuel - 1, indent + 2, inner)
            while inner and (not inner[0].strip() or inner[0].lstrip().startswith("#")):
                lines.append(inner.pop(0))
            lines += [f"{head} {inner[0].lstrip()}", *inner[1:]]
        case "mapping":
            lines.append(f"{head}{_beside(draw)}")
            _mapping(draw, fuel - 1, indent + step, lines)
        case _:
            lines.append(f"{head}{_beside(draw)}")
            _list(draw, fuel - 1, indent + (step if is_item or draw(st.booleans()) else 0), lines)


def _mapping(draw: st.DrawFn, fuel: int, indent: int, lines: list[str]) -> None:
    for key in _keys(draw, 4):
        _comments(draw, lines, indent)
        _value(draw, fuel, indent, lines, f"{' ' * indent}{key}:")


def _list(draw: st.DrawFn, fuel: int, indent: int, lines: list[str]) -> None:
    for _ in range(number(draw, 1, 3)):
        _comments(draw, lines, indent)
        _value(draw, fuel, indent, lines, f"{' ' * indent}-")


@st.composite
def texts(draw: st.DrawFn, top: str = "") -> str:
    """A whole file; where `top` is a key, a list of mappings stands behind it."""
    lines: list[str] = []
    if top:
        _comments(draw, lines, 0)
        lines.append(f"{top}:{_beside(draw)}")
        for _ in range(number(draw, 1, 3)):
            _comments(draw, lines, 2)
            inner: list[str] = []
            _mapping(draw, 2, 4, inner)
            while inner and (not inner[0].strip() or inner[0].lstrip().startswith("#")):
                lines.append(inner.pop(0))
            lines += [f"  - {inner[0].lstrip()}", *inner[1:]]
    else:
        _mapping(draw, 3, 0, lines)
    _comments(draw, lines, 0)
    end = one_of(draw, ("\n", "\n", "\r\n"))
    return end.join(lines) + one_of(draw, (end, end, "", end * 3))
