"""Rows of a batch as CSV, JSON Lines, a Markdown table or a table for a terminal, piece by piece.

The rows may be very many, so nothing here holds more than one of them, but for the terminal's table. This
module neither decides nor sorts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from advisor.model.batch_row import PlacedRow
from advisor.report import markdown, spreadsheet
from advisor.report.json import dumped_line
from advisor.report.layout import Page, shortened
from advisor.report.markdown import escaped
from advisor.report.tables import table

COLUMNS = (
    "place", "name", "verdict", "worth_a_note", "standing", "reason", "citation", "fix", "other_concerns",
    "grounds", "missing", "missing_places", "remarks", "profile_url", "row", "line", "error",
)  # fmt: skip
"""Columns of every format but the terminal's, in their order."""
_JOINED = "; "
_NAME_WIDTH = 28
_ORDERED = (
    "Sorted by who deserves a note: the verdict, then more reasons that an article gives, then more others, "
    "then fewer concerns, then the list's own order."
)


def csv_pieces(rows: Iterable[PlacedRow]) -> Iterator[str]:
    """A CSV table with a header, in pieces."""
    yield from spreadsheet.lines([COLUMNS])
    yield from spreadsheet.lines([_cell(value) for value in _values(row).values()] for row in rows)


def jsonl_pieces(rows: Iterable[PlacedRow]) -> Iterator[str]:
    """One JSON object a line."""
    for row in rows:
        yield dumped_line(_values(row))


def markdown_pieces(rows: Iterable[PlacedRow]) -> Iterator[str]:
    """A Markdown table."""
    names = ("place", "name", "verdict", "worth_a_note", "standing", "reason", "citation", "fix", "error")
    yield f"{markdown.head([name.replace('_', ' ') for name in names])}\n"
    for row in rows:
        values = _values(row)
        yield f"{markdown.row(escaped(str(_cell(values[name]))) for name in names)}\n"


def text(rows: Iterable[PlacedRow], page: Page, counts: Mapping[str, int], total: int) -> str:
    """The first rows for a terminal; `counts` says how many have each verdict, `total` how many there are."""
    shown = []
    for each in rows:
        row, standing = each.row, each.row.standing
        verdict = standing.verdict if standing else "not read"
        note = "note" if each.worth_a_note else ""
        says = standing.in_words if standing else row.error
        if standing and standing.concerns:
            says = f"{standing.why} {standing.fix}".strip()
        name = shortened(row.name or f"line {row.line}", _NAME_WIDTH)
        shown.append((str(each.place), verdict, note, name, says))
    lines = [summary(counts, total), ""]
    lines += table(shown, page, styles=("dim", "bold", "green"))
    if len(shown) < total:
        lines += ["", f"… and {total - len(shown):,} more (--limit, --output)"]
    lines += ["", *table([(_ORDERED,)], page)]
    return "\n".join(lines) + "\n"


def summary(counts: Mapping[str, int], total: int) -> str:
    """How many there are of each verdict, in a line."""
    unread = total - sum(counts.values())
    parts = [f"{count:,} {verdict}" for verdict, count in counts.items()]
    people = f"{total:,} {'entry' if total == 1 else 'entries'}: {', '.join(parts)}"
    return people + (f"; {unread:,} could not be read" if unread else "")


def _values(placed: PlacedRow) -> dict[str, object]:
    row, standing = placed.row, placed.row.standing
    return {
        "place": placed.place,
        "name": row.name,
        "verdict": standing.verdict if standing else "",
        "worth_a_note": placed.worth_a_note,
        "standing": standing.in_words if standing else "",
        "reason": standing.why if standing else "",
        "citation": standing.citation if standing else "",
        "fix": standing.fix if standing else "",
        "other_concerns": list(standing.others) if standing else [],
        "grounds": list(standing.grounds) if standing else [],
        "missing": list(standing.missing) if standing else [],
        "missing_places": list(standing.missing_places) if standing else [],
        "remarks": list(row.remarks),
        "profile_url": row.url,
        "row": row.number,
        "line": row.line,
        "error": row.error,
    }


def _cell(value: object) -> str | int:
    """A value as it stands in a cell."""
    match value:
        case bool():
            return "yes" if value else ""
        case int():
            return value
        case list():
            return _JOINED.join(map(str, value))
        case _:
            return str(value)
