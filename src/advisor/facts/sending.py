"""Arithmetic on the sender's history: rolling week, busiest day, rates. No thresholds, no opinions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

from advisor.model.sending import Sending
from advisor.model.vocabulary import FactValue

WEEK = 7
"""Days of a rolling week, today included."""


def sending_facts(sending: Sending, as_of: date) -> dict[str, FactValue]:
    """What the history says on the day `as_of`; what it does not say stays out."""
    facts: dict[str, FactValue] = {}
    days = _days(sending, as_of)
    whole_week = days is not None and (len(days) >= WEEK or sending.recent_days is None)
    today = sending.today if sending.today is not None else (days[0] if days else None)
    week = sending.last_7_days
    if days is not None and whole_week:
        week = max(week or 0, sum(days[:WEEK]))
        facts["pace.busiest_day"] = max(days[:WEEK], default=0)
        facts["pace.active_days"] = sum(count > 0 for count in days[:WEEK])
    else:
        facts |= _told_of_days(sending, week)
    if today is not None:
        facts["pace.today"] = today
    if week is not None:
        week = max(week, today or 0)  # today is one of the seven
        facts["pace.last_7_days"] = week
    # What is planned is counted in only where it was told, and today's only where that was told too.
    if sending.planned is not None:
        facts["pace.planned"] = sending.planned
        if today is not None:
            facts["pace.planned_today"] = today + sending.planned
        if week is not None:
            facts["pace.planned_week"] = week + sending.planned
    if sending.rhythm is not None:
        facts["pace.rhythm"] = sending.rhythm
    facts.update(_rates(sending))
    restricted = restriction(sending, as_of)
    if restricted is not None:
        facts["pace.restricted"] = restricted
    return facts


def by_age(sending: Sending, as_of: date) -> Mapping[int, int] | None:
    """Requests by how many days before `as_of` they were sent; None where nothing tells them.

    Days on which nothing was sent may be left out, and so are days that lie ahead.
    """
    if sending.recent_days is not None:
        return {age: count for age, count in enumerate(sending.recent_days) if count}
    if sending.dates is None and sending.times is None:
        return None
    dated, timed = Counter(sending.dates or ()), Counter(moment.date() for moment in sending.times or ())
    days = dated | timed  # the same requests told twice count once
    return {age: count for day, count in days.items() if (age := (as_of - day).days) >= 0}


def restriction(sending: Sending, as_of: date) -> bool | None:
    """Whether invitations are restricted on the day `as_of`; an end that is told tells this too."""
    if sending.restricted_until is not None and sending.restricted is not False:
        return as_of < sending.restricted_until
    return sending.restricted


def _days(sending: Sending, as_of: date) -> list[int] | None:
    """Requests on each of the last days, today first; None where nothing tells them."""
    if sending.recent_days is not None:
        return list(sending.recent_days)
    counts = by_age(sending, as_of)
    return None if counts is None else [counts.get(age, 0) for age in range(WEEK)]


def _told_of_days(sending: Sending, week: int | None) -> dict[str, FactValue]:
    """What is told of the days without telling them; what went out on one day is the busiest's."""
    busiest = week if sending.busiest_day is None and sending.active_days == 1 else sending.busiest_day
    told = {"pace.busiest_day": busiest, "pace.active_days": sending.active_days}
    return {fact: count for fact, count in told.items() if count is not None}


def _rates(sending: Sending) -> dict[str, FactValue]:
    facts: dict[str, FactValue] = {}
    if sending.partial:
        return facts  # counts that lack requests give a rate of something else
    if sending.sent is not None:
        facts["pace.sent"] = sending.sent
    if sending.answered is not None:
        facts["pace.answered"] = sending.answered
    elif sending.accepted is not None and sending.accepted > 0:
        facts["pace.answered"] = sending.accepted  # an acceptance is an answer
    if sending.acceptance_rate is not None:
        facts["pace.acceptance_rate"] = sending.acceptance_rate
    elif sending.sent and sending.accepted is not None:
        facts["pace.acceptance_rate"] = min(100, sending.accepted * 100 // sending.sent)
    return facts
