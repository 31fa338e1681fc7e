"""Lines for a terminal: how wide text is, how it wraps, how it is coloured.

Widths are those of a terminal's cells: Chinese, Japanese and Korean signs and emoji take two, combining
marks none. Text that others wrote may hold signs that give a terminal orders; those never come through.
This module knows nothing of verdicts and refuses to write anywhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

NARROWEST, WIDEST = 40, 100
"""Narrower pages cannot be read, and wider ones are tiring to read."""

_CODES = {
    "bold": "1", "dim": "2", "red": "1;31", "green": "1;32", "yellow": "1;33", "cyan": "36", "underline": "4",
}  # fmt: skip
_ORDERS = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
"""Control characters, line separators, halves of signs, and signs that turn the direction of text."""
_PIECES = re.compile(r"\s+|[^\s]+")
_ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Page:
    """What the output is written for."""

    width: int = 80
    """Cells to a line."""
    colour: bool = False
    """Whether colour codes may be used."""
    everything: bool = False
    """Whether to show what is left out otherwise."""

    @classmethod
    def of_width(cls, width: int, *, colour: bool = False, everything: bool = False) -> Page:
        """A page for a terminal that is `width` cells wide, within what can be read well."""
        return cls(max(NARROWEST, min(WIDEST, width)), colour, everything)


def printable(text: str) -> str:
    r"""Give `text` on one line and without signs that a terminal would obey.

    >>> printable("two\nlines \x1b[31m")
    'two lines \ufffd[31m'
    """
    if text.isascii() and text.isprintable():
        return text
    return _ORDERS.sub("\ufffd", " ".join(text.split()))


def harmless(text: str) -> str:
    r"""Give `text` without signs that a terminal would obey, its lines left as they are.

    >>> harmless("two\nlines \x1b[31m")
    'two\nlines \ufffd[31m'
    """
    if text.isascii() and text.isprintable():
        return text
    return "\n".join(_ORDERS.sub("\ufffd", line.replace("\t", " ")) for line in text.split("\n"))


def cells(text: str) -> int:
    """How many cells `text` takes.

    >>> cells("abc"), cells("王小明"), cells("e\u0301")
    (3, 6, 1)
    """
    return len(text) if text.isascii() else sum(map(_cells_of, text))


def _cells_of(sign: str) -> int:
    if sign.isascii():
        return 1
    if unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def shortened(text: str, width: int) -> str:
    """Cut `text` to `width` cells, between words where it can be, with an ellipsis.

    >>> shortened("a request with nothing personal", 18)
    'a request with…'
    """
    if cells(text) <= width:
        return text
    room, kept = width - 1, ""
    for sign in text:
        room -= _cells_of(sign)
        if room < 0:
            break
        kept += sign
    whole, _, rest = kept.rpartition(" ")
    if whole and cells(rest) < width // 2:
        kept = whole
    return kept.rstrip(" ,;:.–-") + _ELLIPSIS


def wrapped(text: str, width: int) -> list[str]:
    """Break `text` into lines of at most `width` cells, between words where it can be.

    >>> wrapped("one two three", 8)
    ['one two', 'three']
    >>> wrapped("王小明王小明", 6)
    ['王小明', '王小明']
    """
    lines, line, used, gap = [], "", 0, 0
    for piece in _breakable(text):
        if piece.isspace():
            gap = 1
            continue
        size = cells(piece)
        if line and used + gap + size > width:
            lines.append(line)
            line, used, gap = "", 0, 0
        while size > width:  # one word longer than a line
            head = _head(piece, width)
            lines.append(head)
            piece = piece[len(head) :]  # noqa: PLW2901 - what is left of it
            size = cells(piece)
        line, used, gap = line + " " * (gap if line else 0) + piece, used + (gap if line else 0) + size, 0
    return [*lines, line] if line or not lines else lines


def _breakable(text: str) -> Iterable[str]:
    """Words and gaps; signs of double width are words of their own, since no spaces stand between them."""
    for piece in _PIECES.findall(text):
        if piece.isascii():
            yield piece
            continue
        start = 0
        for place, sign in enumerate(piece):
            if place > start and _cells_of(sign) and 2 in (_cells_of(sign), _cells_of(piece[start])):  # noqa: PLR2004
                yield piece[start:place]
                start = place
        yield piece[start:]


def _head(word: str, width: int) -> str:
    used = 0
    for place, sign in enumerate(word):
        used += _cells_of(sign)
        if used > width:
            return word[: max(place, 1)]
    return word


class Sheet:
    """Lines in the making, all within the page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.lines: list[str] = []

    def blank(self) -> None:
        """Leave a line empty, but never two in a row and never the first."""
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def heading(self, text: str) -> None:
        """Begin a section."""
        self.blank()
        self.lines.append(self.painted(text, "bold"))

    def put(
        self, text: str, indent: int = 0, *, mark: str = "", style: str = "", mark_style: str = ""
    ) -> None:
        """Write a paragraph; `mark` stands before its first line, and the others hang below the text."""
        hanging = indent + cells(mark)
        room = max(self.page.width - hanging, 10)
        for number, line in enumerate(wrapped(printable(text), room)):
            before = " " * hanging if number else " " * indent + self.painted(mark, mark_style)
            self.lines.append((before + self.painted(line, style)).rstrip())

    def put_short(self, text: str, indent: int = 0, *, lines: int = 1, style: str = "") -> None:
        """Write a paragraph of at most `lines` lines, cut where it is longer, unless everything is shown."""
        room = max(self.page.width - indent, 10)
        if not self.page.everything and len(whole := wrapped(printable(text), room)) > lines:
            kept = " ".join(whole[: lines - 1])
            text = f"{kept} {shortened(' '.join(whole[lines - 1 :]), room)}".strip()
        self.put(text, indent, style=style)

    def painted(self, text: str, style: str) -> str:
        """Put `text` in a style, where the page has colour."""
        if not (style and text and self.page.colour):
            return text
        return f"\x1b[{_CODES[style]}m{text}\x1b[0m"

    def text(self) -> str:
        """All lines, the last one ended."""
        return "\n".join([*self.lines, ""])
