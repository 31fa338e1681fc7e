"""Rows of a CSV table that a spreadsheet opens as they are: it shows every cell, and reckons with none.

Lines come one by one, since a table may be longer than memory; what stands in the cells is for whoever calls.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence

from advisor.report.layout import harmless

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""How cells begin that spreadsheets reckon with; some take the wide signs for the narrow ones."""


def lines(rows: Iterable[Sequence[str | int]]) -> Iterator[str]:
    r"""Each of `rows` as a line of CSV with quotes where they are needed; the first may be a header.

    >>> list(lines([("name", "count"), ("=1+1", 2)]))
    ['name,count\n', "'=1+1,2\n"]
    """
    written: list[str] = []
    writer = csv.writer(_Lines(written), lineterminator="\n")
    for row in rows:
        writer.writerow([_safe(cell) if isinstance(cell, str) else cell for cell in row])
        yield "".join(written)
        written.clear()


def _safe(cell: str) -> str:
    """The text as a spreadsheet will show it and not reckon with it, and as no terminal obeys it."""
    return harmless(f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell)


class _Lines:
    """Where a writer of CSV puts its lines."""

    def __init__(self, into: list[str]) -> None:
        self._into = into

    def write(self, text: str, /) -> int:
        """Take what is written."""
        self._into.append(text)
        return len(text)
