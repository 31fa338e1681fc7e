"""Reckoning with a rolling week: what went out on each day, and how much room the days to come have.

The numbers to keep to are handed in. Nothing here has an opinion about them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from advisor.facts.sending import WEEK, by_age, restriction
from advisor.model.coming_week import ComingWeek, DailyCounts, PlannedDay
from advisor.model.sending import Sending

LONGEST = 366
"""Days that are counted singly at most."""


def daily_counts(sending: Sending, as_of: date, most: int = LONGEST) -> DailyCounts | None:
    """Requests on each of the last days that are known, at most `most` of them; None where none is."""
    counts = by_age(sending, as_of)
    if counts is None:
        return None
    known = max(counts, default=-1) + 1 if sending.recent_days is None else len(sending.recent_days)
    known = min(known, as_of.toordinal())
    shown = range(min(known, most) - 1, -1, -1)
    if not shown:
        return None
    weekly = [_weekly(counts, age) if age + WEEK <= known else None for age in shown]
    return DailyCounts(until=as_of, sent=tuple(counts.get(age, 0) for age in shown), weekly=tuple(weekly))


def _weekly(counts: Mapping[int, int], age: int) -> int:
    return sum(counts.get(each, 0) for each in range(age, age + WEEK))


def coming_week(sending: Sending, as_of: date, limit: int, average: int) -> ComingWeek | None:
    """The most that may go from `as_of` on: `average` a day, and `limit` in any seven days running.

    As much as possible goes as early as possible, so that nothing could be added to any day without breaking
    one of the two. What is known only as a sum is taken to have gone out as late as it can have. Nothing goes
    while a restriction lasts. None where the requests of the last seven days are not known.
    """
    week = _last_week(sending, as_of)
    if week is None:
        return None
    past, assumed = week
    restricted = restriction(sending, as_of)
    until = sending.restricted_until if restricted else None
    days: list[PlannedDay] = []
    for ahead, day in enumerate(_days_from(as_of, WEEK)):
        free = not restricted or (until is not None and day >= until)
        room = limit - sum(past[: WEEK - ahead]) - sum(each.most for each in days)
        most = average - past[0] if ahead == 0 else average
        days.append(PlannedDay(on=day, most=max(0, min(most, room)) if free else 0))
    return ComingWeek(
        days=tuple(days),
        next_on=None if restricted and until is None else _next_on(past, as_of, until, limit),
        limit=limit,
        average=average,
        assumed=assumed,
    )


def _next_on(past: list[int], as_of: date, until: date | None, limit: int) -> date | None:
    """The first day from `until` on whose seven days have room for one more; none after the calendar ends."""
    if until is not None and (until - as_of).days >= WEEK:
        return until if limit else None
    for ahead, day in enumerate(_days_from(as_of, WEEK + 1)):
        if sum(past[: max(0, WEEK - ahead)]) < limit and (until is None or day >= until):
            return day
    return None


def _days_from(as_of: date, count: int) -> Iterator[date]:
    return (as_of + timedelta(days=ahead) for ahead in range(min(count, (date.max - as_of).days + 1)))


def _last_week(sending: Sending, as_of: date) -> tuple[list[int], bool] | None:
    """Requests on each of the last seven days, today first, and whether some were put on a day unasked."""
    counts = by_age(sending, as_of)
    known = WEEK
    if sending.recent_days is not None:
        known = min(len(sending.recent_days), WEEK)
    elif counts is None:
        known = 0 if sending.today is None else 1
    past = [(counts or {}).get(age, 0) for age in range(WEEK)]
    past[0] = max(past[0], sending.today or 0)
    if known < WEEK and sending.last_7_days is None:
        return None
    rest = max(0, (sending.last_7_days or 0) - sum(past))
    past[known if known < WEEK else 0] += rest
    return past, rest > 0
