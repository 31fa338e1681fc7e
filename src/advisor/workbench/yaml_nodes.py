"""Nodes of PyYAML and the comments around them, which it does not see: where everything stands in a text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Comment:
    """A comment: where it stands, and what it says."""

    offset: int
    line: int
    column: int
    text: str
    alone: bool
    """Whether nothing but it stands on its line."""


def find_comments(text: str, spans: Sequence[tuple[int, int]], starts: Sequence[int]) -> list[Comment]:
    """Every comment, in order: a `#` at the beginning of a line or behind a blank, outside of scalars."""
    found = []
    place = 0
    for line, start in enumerate(starts[:-1]):
        end = starts[line + 1] - 1
        while place < len(spans) and spans[place][1] <= start:
            place += 1
        here = place
        offset = start
        while (offset := text.find("#", offset, end)) >= 0:
            while here < len(spans) and spans[here][1] <= offset:
                here += 1
            inside = here < len(spans) and spans[here][0] <= offset < spans[here][1]
            if not inside and (offset == start or text[offset - 1] in " \t"):
                alone = not text[start:offset].strip()
                found.append(Comment(offset, line, offset - start, text[offset:end].rstrip(), alone))
                break
            offset += 1
    return found


def last_line_of_block(node: Any, lines: Sequence[str]) -> int:
    """The last line of a text behind `|` or `>`; blank lines count only where they belong to it."""
    first = node.start_mark.line
    last: int = node.end_mark.line - int(node.end_mark.column == 0)
    last = min(max(last, first), len(lines) - 1)
    if "+" in lines[first][node.start_mark.column :].split("#")[0]:
        return last
    filled = next((indent_of(line) for line in lines[first + 1 : last + 1] if line.strip()), 0)
    while last > first and not lines[last].strip() and len(lines[last]) <= filled:
        last -= 1  # blanks beyond the indentation are a part of the text
    return last


def indent_of(line: str) -> int:
    """How far a line is indented."""
    return len(line) - len(line.lstrip(" "))


def is_empty(node: Any) -> bool:
    """Whether nothing is written where a value could stand."""
    return bool(node.id == "scalar" and node.style is None and node.start_mark.index == node.end_mark.index)


def is_block(node: Any) -> bool:
    """Whether it is a list or mapping without brackets."""
    return bool(node.id != "scalar" and not node.flow_style)


def children(node: Any) -> Iterator[Any]:
    """What a list or mapping holds, keys too."""
    for each in node.value:
        yield from each if node.id == "mapping" else (each,)


def scalars(node: Any) -> Iterator[Any]:
    """Every scalar in a node, keys too, in order."""
    if node.id == "scalar":
        yield node
        return
    for each in children(node):
        yield from scalars(each)
