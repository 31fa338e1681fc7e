"""Goals and log as two plain tables: what was counted in each period, and how far each goal has come.

Numbers stand as they were told or summed; a place where nothing was counted has a dash. This module reckons
nothing and calls nothing good or bad.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from advisor.model.goals import COUNTED, Progress, Survey
from advisor.report.layout import Page, Sheet, cells
from advisor.report.markdown import escaped, head, row
from advisor.report.tables import table

_HEADS = {
    "interactions": "talks",
    "opportunities": "openings",
    "profile_views": "views",
    "engagement": "reactions",
}
_GOAL_HEADS = ("standing", "so far", "due", "by", "goal")
_NONE = "–"
_INDENT, _GAP = 2, 2
_DAYS = 2
"""Columns of the log that say which days a row is about."""

Rows = list[tuple[str, ...]]


def as_text(survey: Survey, names: Mapping[str, str], page: Page) -> str:
    """Both tables for a terminal; `names` says in words what goals count. Empty where there is neither."""
    sheet = Sheet(page)
    if survey.progress:
        sheet.heading("Goals")
        sheet.lines += table(_goal_rows(survey, names), page, indent=_INDENT)
    if survey.stretches:
        sheet.heading("Log")
        for rows in _within(_log_rows(survey), page.width - _INDENT):
            sheet.lines += [" " * _INDENT + line for line in _aligned(rows)]
            sheet.blank()
    return "\n" + sheet.text().rstrip("\n") + "\n" if sheet.lines else ""


def as_markdown(survey: Survey, names: Mapping[str, str]) -> str:
    """Both tables as Markdown; `names` says in words what goals count. Empty where there is neither."""
    found = [("Goals", _goal_rows(survey, names))] if survey.progress else []
    found += [("Log", _log_rows(survey))] if survey.stretches else []
    return "".join(f"\n## {heading}\n\n{_marked_down(rows)}\n" for heading, rows in found)


def _marked_down(rows: Rows) -> str:
    names, *others = ([escaped(cell) for cell in each] for each in rows)
    return "\n".join([head(names), *map(row, others)])


def _goal_rows(survey: Survey, names: Mapping[str, str]) -> Rows:
    return [_GOAL_HEADS, *(_goal_row(each, names) for each in survey.progress)]


def _goal_row(progress: Progress, names: Mapping[str, str]) -> tuple[str, ...]:
    goal = progress.goal
    so_far = f"{_shown(progress.done)} of {_shown(goal.count)}"
    by = goal.by.isoformat() if goal.by else _NONE
    return (progress.standing, so_far, _shown(progress.due), by, goal.said(names) or _NONE)


def _log_rows(survey: Survey) -> Rows:
    """Only what some period counts has a column."""
    kept = [what for what in COUNTED if any(each.count(what) is not None for each in survey.stretches)]
    rows: Rows = [("from", "to", *(_HEADS.get(what, what) for what in kept))]
    for each in survey.stretches:
        days = (each.period.since.isoformat(), each.until.isoformat())
        rows.append((*days, *(_shown(each.count(what)) for what in kept)))
    return rows


def _within(rows: Rows, width: int) -> Iterator[Rows]:
    """The rows with as many columns as fit into `width`, then the others; each with the days before them."""
    widths = _widths(rows)
    first = sum(widths[:_DAYS]) + _GAP
    columns: list[int] = []
    used = first
    for column in range(_DAYS, len(widths)):
        if columns and used + _GAP + widths[column] > width:
            yield _only(rows, columns)
            columns, used = [], first
        columns.append(column)
        used += _GAP + widths[column]
    yield _only(rows, columns)


def _only(rows: Rows, columns: Sequence[int]) -> Rows:
    return [(*line[:_DAYS], *(line[column] for column in columns)) for line in rows]


def _aligned(rows: Rows) -> Iterator[str]:
    """Lines with the days on the left and numbers below one another on the right."""
    widths = _widths(rows)
    for line in rows:
        yield (
            (" " * _GAP)
            .join(
                cell.ljust(width) if column < _DAYS else cell.rjust(width)
                for column, (cell, width) in enumerate(zip(line, widths, strict=True))
            )
            .rstrip()
        )


def _widths(rows: Rows) -> list[int]:
    return [max(cells(cell) for cell in column) for column in zip(*rows, strict=True)]


def _shown(count: int | None) -> str:
    return _NONE if count is None else str(count)
