"""Lines of text to rows of cells, with the number of the line that each row begins on; damaged rows are told.

A quotation mark that nobody closed would swallow every row up to the next one. Here it costs its own row
only: reading goes on behind the line on which it stands. What cells mean is none of this module's business.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TextIO

from advisor.records.limits import MAX_CELL_LINES, MAX_LINE, MAX_UNCLOSED

DELIMITERS = (",", ";", "\t", "|")
_QUOTE = '"'
_LONGEST_RECORD = 2 * MAX_LINE
"""Characters of one row over all its lines."""


@dataclass(slots=True)
class RawRow:
    """One row as it stands in the file."""

    line: int
    """Line that it begins on, counted from 1."""
    cells: list[str]
    """Its cells; of a damaged row its whole text in one cell."""
    fault: str = ""
    """What is wrong with it, in words; empty where nothing is."""


def split(line: str, delimiter: str) -> list[str] | None:
    """The cells of one line that is a whole row; None where it is none.

    >>> split('a,"b, c",', ","), split('a,"b', ",")
    (['a', 'b, c', ''], None)
    """
    if _QUOTE not in line:
        return line.split(delimiter)
    try:
        return next(csv.reader([line], delimiter=delimiter, strict=True), [])
    except csv.Error:
        return None


def looks_like_row(cells: list[str] | None, width: int, tells: Callable[[list[str]], bool]) -> bool:
    """Whether `cells` are as many as a row has, but for empty ones at the end, and `tells` agrees."""
    return cells is not None and len(cells) >= width and not any(cells[width:]) and tells(cells)


def width_of(names: Sequence[str]) -> int:
    """How many columns a header has, empty names at its end left out."""
    return max((place + 1 for place, name in enumerate(names) if name.strip()), default=0)


def fitted(row: RawRow, count: int, width: int) -> tuple[list[str], str]:
    """The cells of `row`, one for each of `count` names, and what is wrong with it.

    `width`: how many of the names are not empty ones at the end; so many cells a whole row has. A damaged row
    keeps the cells that it has.
    """
    cells = row.cells
    if row.fault or len(cells) == count:
        return cells, row.fault
    if len(cells) < width or any(cells[count:]):
        return cells, f"it has {len(cells)} cells, and the header {width}"
    return [*cells[:count], *[""] * (count - len(cells))], ""


class Table:
    """The rows of one file, from where `stream` stands."""

    def __init__(
        self, stream: TextIO, delimiter: str, is_row: Callable[[str], bool], *, first_line: int = 1
    ) -> None:
        """`is_row`: whether a line by itself looks like a row of this table."""
        self._stream, self._delimiter, self._is_row = stream, delimiter, is_row
        self._ahead: deque[str] = deque()
        self._number = first_line - 1
        self._unclosed = 0
        self._lines = _Lines(self._next, is_row)
        self._reader = self._new_reader()

    def __iter__(self) -> Iterator[RawRow]:
        delimiter, ahead, readline = self._delimiter, self._ahead, self._stream.readline
        while line := ahead.popleft() if ahead else readline(MAX_LINE):
            self._number += 1
            text = line.rstrip("\n")
            if len(line) >= MAX_LINE and text == line:
                yield self._endless(line)
            elif "\0" in line:
                yield RawRow(self._number, [text], "it holds NUL characters")
            elif _QUOTE in line:
                yield self._quoted(line)
            elif text:
                yield RawRow(self._number, text.split(delimiter))

    def _new_reader(self) -> Iterator[list[str]]:
        return csv.reader(self._lines, delimiter=self._delimiter, strict=True)

    def _next(self) -> str:
        return self._ahead.popleft() if self._ahead else self._stream.readline(MAX_LINE)

    def _endless(self, line: str) -> RawRow:
        while (rest := self._next()) and not rest.endswith("\n"):
            pass
        return RawRow(self._number, [line[:1000]], f"it is longer than {MAX_LINE:,} characters")

    def _quoted(self, line: str) -> RawRow:
        """A row with quotation marks, which may go over several lines."""
        number, more = self._number, self._lines
        more.begin(line)
        cells: list[str] | None
        try:
            cells = next(self._reader)
        except (csv.Error, StopIteration):
            cells, self._reader = None, self._new_reader()  # the old one remembers half a row
        if cells is not None and not more.taken:
            return RawRow(number, cells)
        if cells is not None:
            self._number += len(more.taken)
            return RawRow(number, cells)
        fault = "its quotation marks do not match"
        if more.at_end:
            fault = "it breaks off within quotation marks"
        elif more.next_row:
            fault = "a quotation mark is not closed, so that it would swallow the rows that follow"
        # What no row begins with belongs to the damaged one; from the next row on all is read again. Where
        # there is none within reach, the lines are read again one by one, though not without end.
        taken = more.taken
        lost = len(taken)
        if more.too_long:
            self._unclosed += 1
            lost = 0 if self._unclosed <= MAX_UNCLOSED else lost
        if lost == 0:
            self._ahead.extendleft(reversed(taken))
        if more.next_row:
            self._ahead.appendleft(more.next_row)
        self._number += lost
        return RawRow(number, ["".join([line, *taken[:lost]]).rstrip("\n")], fault)


class _Lines:
    """The line that a row begins with and those that follow, as far as they are asked for and allowed.

    They end before a line that looks like a row of its own: no cell holds one.
    """

    def __init__(self, read: Callable[[], str], is_row: Callable[[str], bool]) -> None:
        self._read, self._is_row = read, is_row
        self._first = ""
        self._length = 0
        self.taken: list[str] = []
        """What was asked for beyond the first line."""
        self.next_row = ""
        """The line that looks like a row of its own, before which they ended; empty where there is none."""
        self.at_end = False
        """Whether the file ended while more was asked for."""
        self.too_long = False
        """Whether more was asked for than is allowed."""

    def begin(self, line: str) -> None:
        """Begin a row with `line`."""
        self._first, self._length = line, len(line)
        self.at_end = self.too_long = False
        self.next_row = ""
        if self.taken:
            self.taken = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if line := self._first:
            self._first = ""
            return line
        if len(self.taken) >= MAX_CELL_LINES or self._length > _LONGEST_RECORD:
            self.too_long = True
            raise StopIteration
        following = self._read()
        if not following:
            self.at_end = True
            raise StopIteration
        if self._is_row(following.rstrip("\n")):
            self.next_row = following
            raise StopIteration
        self.taken.append(following)
        self._length += len(following)
        return following
