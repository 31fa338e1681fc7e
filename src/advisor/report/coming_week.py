"""The coming week, and the weeks before it, for a terminal, as Markdown and as data.

Bars are drawn with block characters and need no colour. This module refuses to decide how many may go.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from advisor.model.coming_week import ComingWeek, DailyCounts
from advisor.model.verdict import Citation
from advisor.report.json import plain
from advisor.report.layout import Page, Sheet
from advisor.report.markdown import escaped

HEADING = "The coming week"
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_EIGHTHS = "▁▂▃▄▅▆▇█"
_FULL, _LINE = "█", "╌"
_ROWS = 6
"""Rows of each of the two pictures."""
_AXIS = 6
"""Cells that the scale on the left takes."""
_CELLS_A_DAY = 2
_MOST_WEEKS = 6
UNKNOWN = (
    "How many you have sent in the last seven days is not known, so there is no plan for the next seven."
)


def as_text(plan: ComingWeek | None, counts: DailyCounts | None, page: Page) -> str:
    """Write the plan, and the days before it as bars, for a terminal; begins with an empty line."""
    sheet = Sheet(page)
    sheet.lines.append("")
    sheet.heading(HEADING)
    if plan is None:
        sheet.put(UNKNOWN, 2)
    else:
        for sentence in _sentences(plan):
            sheet.put(sentence, 2)
        _days(sheet, plan)
        _citations(sheet, plan)
    if counts is not None and plan is not None:
        _pictures(sheet, counts, plan)
    return sheet.text()


def as_markdown(plan: ComingWeek | None) -> str:
    """Write the plan as a section of a page in Markdown; begins with an empty line."""
    blocks = [f"\n## {HEADING}"]
    if plan is None:
        return "\n\n".join([*blocks, UNKNOWN]) + "\n"
    rows = [
        "| Day | At most |",
        "| --- | ---: |",
        *(f"| {named(day.on)} | {day.most} |" for day in plan.days),
    ]
    blocks += [" ".join(map(escaped, _sentences(plan))), "\n".join(rows)]
    blocks.append("\n".join(map(_cited, plan.citations)))
    return "\n\n".join(blocks) + "\n"


def _cited(citation: Citation) -> str:
    place = f"{escaped(citation.source_title)} › {escaped(citation.heading)}"
    return f"- *{place}*: {escaped(citation.point)} (`{citation.passage}`)"


def as_data(plan: ComingWeek | None, counts: DailyCounts | None) -> dict[str, object]:
    """The plan and the days before it as plain data, to stand beside a verdict's."""
    return {"coming_week": plain(plan), "daily_counts": plain(counts)}


def named(day: date) -> str:
    """A day with its weekday, the same in every language of the machine.

    >>> named(date(2026, 11, 20))
    'Fri 20 Nov'
    """
    return f"{_WEEKDAYS[day.weekday()]} {dated(day):>6}"


def dated(day: date) -> str:
    """A day without its weekday or year, the same in every language of the machine.

    >>> dated(date(2026, 11, 2))
    '2 Nov'
    """
    return f"{day.day} {_MONTHS[day.month - 1]}"


def _sentences(plan: ComingWeek) -> Iterator[str]:
    for hold in plan.holds:
        yield f"{hold.rstrip('.')}."
    today = plan.days[0].on
    first = next((day.on for day in plan.days if day.most), None)
    if plan.next_on is None:
        yield "When the next one may go cannot be said."
    else:
        latest = " at the latest" if plan.assumed and plan.next_on != today else ""
        when = "today" if plan.next_on == today else f"on {named(plan.next_on)}"
        even = f", and at an even pace on {named(first)}" if first not in (None, plan.next_on) else ""
        yield f"By the limit the next one may go {when}{latest}{even}."
    yield (
        f"At most {plan.total} may go in these seven days: no more than {plan.average} a day, and no more "
        f"than {plan.limit} in any seven days running, those already sent among them."
    )
    if plan.assumed:
        yield (
            "You did not tell on which days all of them went out, so they are taken for as recent as they "
            "can be; with `recent_days`, `dates` or `times` the plan comes out closer."
        )


def _days(sheet: Sheet, plan: ComingWeek) -> None:
    for number, day in enumerate(plan.days):
        label = f"{named(day.on)}{' (today)' if number == 0 else ''}"
        bar = sheet.painted(_FULL * day.most, "green") if day.most <= sheet.page.width - 30 else ""
        sheet.lines.append(f"  {label:<19}{day.most:>3}  {bar}".rstrip())


def _citations(sheet: Sheet, plan: ComingWeek) -> None:
    shown = plan.citations if sheet.page.everything else plan.citations[:2]
    for each in shown:
        sheet.put(f"{each.source_title} › {each.heading}", 2, style="dim")
        sheet.put_short(each.point, 4, style="dim")


# ---------------------------------------------------------------- the days before it


def _pictures(sheet: Sheet, counts: DailyCounts, plan: ComingWeek) -> None:
    room = (sheet.page.width - _AXIS) // _CELLS_A_DAY
    shown = min(len(counts.sent), room, _MOST_WEEKS * 7)
    if shown < 2:  # noqa: PLR2004 - one day is no course of days
        return
    sent, weekly = counts.sent[-shown:], counts.weekly[-shown:]
    first = counts.until - timedelta(days=shown - 1)
    sheet.heading(f"Sent on each day, with the average of {plan.average} as a line")
    _picture(sheet, sent, plan.average)
    _days_below(sheet, first, shown)
    if any(each is not None for each in weekly):
        sheet.heading(f"Sent in the seven days up to each day, with the limit of {plan.limit} as a line")
        _picture(sheet, weekly, plan.limit)
        _days_below(sheet, first, shown)


def _picture(sheet: Sheet, values: Sequence[int | None], line: int) -> None:
    """Draw one column for each value; the row in which `line` lies is marked where no column covers it."""
    top = max([line, 1, *(value for value in values if value is not None)])
    marked = max(0, -(-line * _ROWS // top) - 1)
    scale = {_ROWS - 1: str(top)} | {marked: str(line)}
    for row in range(_ROWS - 1, -1, -1):
        gap = _LINE if row == marked else " "
        columns = (_piece(sheet, value or 0, top, row, line, gap) + gap for value in values)
        sheet.lines.append(f"{scale.get(row, ''):>{_AXIS - 2}} │{''.join(columns)}".rstrip())
    sheet.lines.append(f"{'0':>{_AXIS - 2}} └{'─' * (len(values) * _CELLS_A_DAY)}")


def _piece(sheet: Sheet, value: int, top: int, row: int, line: int, gap: str) -> str:
    """The piece of a column that lies in one row: a block of as many eighths as it fills, else `gap`."""
    most = len(_EIGHTHS)
    eighths = min(max(round(value * _ROWS * most / top) - row * most, 0), most)
    if value and row == 0:
        eighths = max(eighths, 1)  # what was sent is seen, however little it is
    return sheet.painted(_EIGHTHS[eighths - 1], "red" if value > line else "") if eighths else gap


def _days_below(sheet: Sheet, first: date, shown: int) -> None:
    """Write the day of each Monday below its column; the first day, where no Monday has room."""
    line = [" "] * (shown * _CELLS_A_DAY)
    for number in range(shown):
        day = first + timedelta(days=number)
        label = dated(day)
        if day.weekday() == 0 and number * _CELLS_A_DAY + len(label) <= len(line):
            line[number * _CELLS_A_DAY : number * _CELLS_A_DAY + len(label)] = label
    if not any(map(str.strip, line)):
        line = list(dated(first))
    sheet.lines.append((" " * _AXIS + "".join(line)).rstrip())
