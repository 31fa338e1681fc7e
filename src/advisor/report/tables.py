"""Plain tables: columns that line up, no lines between them, cut or wrapped to the page.

The last column takes what room is left and wraps; the others keep their width.
"""

from __future__ import annotations

from collections.abc import Sequence

from advisor.report.layout import Page, Sheet, cells, printable

_GAP = 2
_LAST_AT_LEAST = 24
"""Where less room is left for the last column, it goes on a line of its own below the others."""


def table(
    rows: Sequence[Sequence[str]], page: Page, *, indent: int = 0, styles: Sequence[str] = ()
) -> list[str]:
    """Lay out `rows`, which have equally many cells; `styles` names a style for each column.

    >>> table([("a", "one"), ("bcd", "two")], Page())
    ['a    one', 'bcd  two']
    """
    if not rows:
        return []
    rows = [[printable(cell) for cell in row] for row in rows]
    widths = [max(cells(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    sheet = Sheet(page)
    paint = [*styles, *[""] * (len(rows[0]) - len(styles))]
    taken = indent + sum(widths) + _GAP * len(widths)
    for *first, last in rows:
        shown = "".join(
            sheet.painted(cell, style) + " " * (width - cells(cell) + _GAP)
            for cell, width, style in zip(first, widths, paint, strict=False)
        )
        if page.width - taken >= _LAST_AT_LEAST:
            lines = Sheet(Page(page.width - taken, page.colour))
            lines.put(last, style=paint[-1])
            for number, line in enumerate(lines.lines):
                sheet.lines.append(" " * indent + shown + line if not number else " " * taken + line)
        else:
            sheet.lines.append((" " * indent + shown).rstrip())
            sheet.put(last, indent + 2 * _GAP, style=paint[-1])
    return [line.rstrip() for line in sheet.lines]
