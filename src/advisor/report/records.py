"""How records were read, for a terminal: what was understood of each file, what not, what they give."""

from __future__ import annotations

from datetime import date

from advisor.errors import Complaint
from advisor.model.reading import FileReading, Reading, Summary, summary_of
from advisor.report.layout import Page, Sheet
from advisor.report.tables import table

SHOWN = 20
"""Doubts that are listed unless all are wanted."""
_UNKNOWN = "not told"
_NAMES = {"remarks": "your remarks", "schools": "education", "history": "your own history"}


def as_text(reading: Reading, page: Page) -> str:
    """A table of the files, the doubts row by row, and what the records give to other commands."""
    sheet = Sheet(page)
    _files(sheet, reading)
    _doubts(sheet, reading)
    if reading.remarks:
        sheet.heading("To know about the whole")
        for remark in reading.remarks:
            sheet.put(remark, 2)
    _gives(sheet, summary_of(reading.records), reading.taken_from)
    return sheet.text()


def _files(sheet: Sheet, reading: Reading) -> None:
    used = [each for each in reading.files if not each.unused]
    unused = [each for each in reading.files if each.unused]
    sheet.heading(f"Files ({len(used)} used, {len(unused)} not)")
    for each in used:
        sheet.put(f"{_NAMES.get(each.kind, each.kind)}: {each.file}", 2)
        for line in _about(each):
            sheet.put(line, 4, style="dim")
    reasons = dict.fromkeys(each.unused for each in unused)
    for reason in reasons:
        names = [each.file.rpartition("/")[2] for each in unused if each.unused == reason]
        sheet.put(f"{', '.join(names)}: {reason}", 2, style="dim")


def _about(file: FileReading) -> list[str]:
    rows = f"{file.understood:,} of {file.rows:,} rows understood"
    notes = [f"{file.repeated:,} stand there twice"] if file.repeated else []
    notes += [f"{file.nameless:,} without a name"] if file.nameless else []
    notes += [f"{count:,} left out: {reason}" for reason, count in file.dropped.items()]
    form = f"{file.encoding}{' (a guess)' if file.guessed else ''}"
    form += f", {file.delimiter} between cells" if file.delimiter else ""
    form += f", header on line {file.header_line}" if file.header_line else ""
    dates = f"; dates as {' and '.join(file.dates)}" if file.dates else ""
    lines = ["; ".join([rows, *notes]), form + dates, f"columns: {', '.join(file.columns)}"]
    if file.unknown_columns:
        lines.append(f"columns not used: {', '.join(file.unknown_columns)}")
    return lines


def _doubts(sheet: Sheet, reading: Reading) -> None:
    if not reading.doubted:
        return
    sheet.heading(f"Not understood as it stands ({reading.doubted:,})")
    shown = reading.doubts if sheet.page.everything else reading.doubts[:SHOWN]
    for each in shown:
        sheet.put(_place(each), 2, style="yellow")
        sheet.put(each.message, 4)
        if each.hint:
            sheet.put(each.hint, 4, style="dim")
    if len(shown) < len(reading.doubts):
        sheet.put(f"{reading.doubted - len(shown):,} more; --all shows them", 2, style="dim")
    elif len(shown) < reading.doubted:
        sheet.put(f"{reading.doubted - len(shown):,} more, which were counted only", 2, style="dim")


def _place(doubt: Complaint) -> str:
    place = f"{doubt.file}:{doubt.line}:{doubt.column}" if doubt.line else doubt.file
    return f"{place}: {doubt.code}"


def _gives(sheet: Sheet, gives: Summary, taken_from: str) -> None:
    sheet.heading("What other commands learn from it")
    taken = f"{gives.taken_on}, as {taken_from} says" if gives.taken_on else _UNKNOWN
    nameless = f", {gives.nameless:,} of them without a name" if gives.nameless else ""
    rows = [
        ("taken on", taken),
        ("already connected with", _count(gives.connections) + nameless),
        ("invitations sent", _count(gives.sent) + _since(gives.first_sent)),
        ("of them open", _count(gives.open_sent)),
        ("accepted so far", _accepted(gives)),
        (
            "in the last seven days",
            _count(gives.last_week) + (f", up to {gives.taken_on}" if gives.last_week else ""),
        ),
        ("received and open", _count(gives.open_received)),
        ("wrote messages with", _both(gives)),
    ]
    sheet.lines += table(rows, sheet.page, indent=2, styles=["dim"])
    if gives.partial:
        sheet.put(f"Counts of invitations are partial: {gives.partial}.", 2)


def _accepted(gives: Summary) -> str:
    if gives.accepted is None or gives.sent is None:
        return _UNKNOWN
    untold = f"; of {gives.untold:,} it is not told" if gives.untold else ""
    partial = " that are listed, which is partial" if gives.partial else ""
    return f"{gives.accepted:,} of {gives.sent:,}{partial}{untold}"


def _both(gives: Summary) -> str:
    if gives.exchanges is None:
        return _UNKNOWN
    return f"{gives.exchanges:,} people, with {gives.both_ways:,} of them both ways"


def _count(count: int | None) -> str:
    return _UNKNOWN if count is None else f"{count:,}"


def _since(day: date | None) -> str:
    return f", the first on {day}" if day is not None else ""
