"""The one way in which an authored file is laid out, comments, quotes and blank lines among entries kept.

Entries stand two columns further in than what they belong to, lists in brackets are filled to the width, a
mapping in brackets that is an item of a list is one row, and whoever knows the kind of the file says in which
order keys stand. Nothing here looks at what the data means.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from advisor.workbench.key_order import FREE, Shape
from advisor.workbench.source import BLANK, Block, Entry, Flow, Leaf, Source

WIDTH = 120
"""Widest line of a list in brackets, and of a mapping that is a key's value."""
_STEP = 2
"""Columns by which what belongs to an entry stands further in."""


def laid_out(source: Source, shape: Shape = FREE) -> str:
    """The text of a file with its keys in the order of `shape`; empty where nothing stands in it."""
    lines = list(source.header)
    if isinstance(source.top, Block):
        lines += _block(source.top, 0, shape, depth=0)
    elif source.top.text:
        lines += _leaf(source.top, 0, 0, shape, row=False)
    lines += source.footer
    return _joined(lines)


def _joined(lines: Iterable[str]) -> str:
    """The lines as a text: no blank line at either end, and none behind another that is meant as one."""
    kept: list[str] = []
    for line in lines:
        if line == BLANK and (not kept or kept[-1] == BLANK):
            continue
        kept.append(line)
    while kept and kept[-1] == BLANK:
        kept.pop()
    return "".join(f"{line}\n" for line in kept).replace(_KEPT, "")


_KEPT = "\0"
"""Marks a blank line that is a part of a text, and no blank line between entries."""


def _block(block: Block, indent: int, shape: Shape, *, depth: int) -> list[str]:
    if block.mapping:
        block.entries = shape.ordered(block.entries, lambda entry: entry.key)
    entries = block.entries
    tight = block.mapping and shape.keys is not None and depth > 0
    lines: list[str] = []
    for place, entry in enumerate(entries):
        inner = shape.inside(entry.key)
        before = [each for each in entry.before if each != BLANK] if tight else list(entry.before)
        written = _entry(entry, indent, inner, depth)
        if place == 0:
            before = before[1:] if before[:1] == [BLANK] else before
        elif depth == 1 and not block.mapping and isinstance(entry.value, Block):
            before = [BLANK, *before]
        if place and _keeps_blanks(entries[place - 1]):
            before = [each for each in before if each != BLANK]
        lines += _indented(before, indent)
        lines += written
    return lines + _indented(block.after, indent)


def _entry(entry: Entry, indent: int, shape: Shape, depth: int) -> list[str]:
    """The lines of an entry, without those before it."""
    head = f"{entry.key}:" if entry.key else "-"
    value = entry.value
    if isinstance(value, Leaf):
        lines = _leaf(value, indent, indent + len(head) + 1, shape, row=not entry.key) if value.text else [""]
        beside = 0 if value.block else len(lines) - 1
        lines[0] = (
            f"{' ' * indent}{head} {lines[0]}".rstrip()
            if not lines[0].endswith("\\ ")
            else (f"{' ' * indent}{head} {lines[0]}")
        )
        if entry.beside:
            lines[beside] = f"{lines[beside]}  {entry.beside}"
        return lines
    inner = _block(value, indent + _STEP, shape, depth=depth + 1)
    beside_head = f"  {entry.beside}" if entry.beside else ""
    if entry.key:
        return [f"{' ' * indent}{head}{beside_head}", *inner]
    # The first key stands behind the dash; a comment before it goes before the dash.
    comments = 0
    while inner[comments].lstrip().startswith("#") or inner[comments] == BLANK:
        comments += 1
    lifted = [each for each in inner[:comments] if each != BLANK]
    first = f"{' ' * indent}- {inner[comments].lstrip()}"
    return [*_indented([each.lstrip() for each in lifted], indent), first, *inner[comments + 1 :]]


def _leaf(leaf: Leaf, indent: int, column: int, shape: Shape, *, row: bool) -> list[str]:
    """The lines of a scalar or of what stands in brackets, the first of them without its indentation."""
    margin = " " * (indent + _STEP)
    if leaf.block:
        digit = next((int(sign) for sign in leaf.text if sign.isdigit()), 0)
        deeper = " " * (indent + digit) if digit else margin
        return [leaf.text, *(deeper + line if line else _KEPT for line in leaf.lines)]
    if leaf.flow is None:
        first, *others = leaf.text.split("\n")
        return [
            _trimmed(first),
            *(margin + _trimmed(each.lstrip()) if each.strip() else _KEPT for each in others),
        ]
    pieces = list(_pieces(leaf.flow, shape))
    whole = " ".join(piece.text for piece in pieces)
    if column + len(whole) <= WIDTH:
        return [whole]
    authored = _lines(pieces, lambda piece, _: piece.fresh)
    fits = column + len(authored[0]) <= WIDTH and all(len(margin + line) <= WIDTH for line in authored)
    if not fits and not (row and leaf.flow.mapping):
        authored = _lines(
            pieces,
            lambda piece, line: (piece.fresh and not piece.listed)
            or (piece.listed and len(line) + 1 + len(piece.text) > WIDTH),
            first=" " * column,
            other=margin,
        )
    return [authored[0], *(margin + line for line in authored[1:])]


@dataclass(frozen=True)
class _Piece:
    """A part of what stands in brackets, up to a comma."""

    text: str
    fresh: bool = False
    """Whether its author began a line with it."""
    listed: bool = False
    """Whether it is an item of a list, behind another."""


def _lines(
    pieces: Sequence[_Piece], breaks: Callable[[_Piece, str], bool], first: str = "", other: str = ""
) -> list[str]:
    """The pieces in lines; one begins where `breaks` says so of a piece and the line so far.

    `first` and `other` stand before the lines while they are filled, and are no part of them.
    """
    lines: list[str] = []
    for piece in pieces:
        if not lines or breaks(piece, (first if len(lines) == 1 else other) + lines[-1]):
            lines.append(piece.text)
        else:
            lines[-1] = f"{lines[-1]} {piece.text}"
    return lines


def _pieces(flow: Flow, shape: Shape) -> Iterable[_Piece]:
    """What stands in brackets, cut behind each comma."""
    pairs = shape.ordered(flow.pairs, lambda pair: pair.key) if flow.mapping else flow.pairs
    opening, closing = "{}" if flow.mapping else "[]"
    if not pairs:
        yield _Piece(opening + closing)
    for place, pair in enumerate(pairs):
        before = (opening if place == 0 else "") + (f"{pair.key}: " if pair.key else "")
        after = closing if place == len(pairs) - 1 else ","
        listed = place > 0 and not flow.mapping
        fresh = place > 0 and pair.fresh
        if isinstance(pair.value, str):
            yield _Piece((before + pair.value).rstrip() + after, fresh, listed)
            continue
        held = list(_pieces(pair.value, shape.inside(pair.key)))
        held[0] = replace(held[0], text=before + held[0].text, fresh=fresh, listed=listed)
        held[-1] = replace(held[-1], text=held[-1].text + after)
        yield from held


def _keeps_blanks(entry: Entry) -> bool:
    """Whether blank lines after an entry would become a part of it."""
    if isinstance(entry.value, Block):
        return not entry.value.after and _keeps_blanks(entry.value.entries[-1])
    return entry.value.keeps_blanks


def _trimmed(line: str) -> str:
    """A line without blanks at its end, unless they are escaped."""
    trimmed = line.rstrip()
    return line if trimmed.endswith("\\") else trimmed


def _indented(lines: Iterable[str], indent: int) -> list[str]:
    return [" " * indent + line if line else BLANK for line in lines]
