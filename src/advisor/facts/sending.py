"""Arithmetic on the sender's history: rolling week, busiest day, rates. No thresholds, no opinions."""

from __future__ import annotations

from datetime import date

from advisor.model.situation import Sending
from advisor.model.vocabulary import FactValue

WEEK = 7
"""Days of a rolling week, today included."""


def sending_facts(sending: Sending, as_of: date) -> dict[str, FactValue]:
    """What the history says on the day `as_of`; what it does not say stays out."""
    facts: dict[str, FactValue] = {}
    days = _days(sending, as_of)
    whole_week = days is not None and (len(days) >= WEEK or sending.dates is not None)
    today = sending.today if sending.today is not None else (days[0] if days else None)
    week = sending.last_7_days
    if days is not None and whole_week:
        week = max(week or 0, sum(days[:WEEK]))
        facts["pace.busiest_day"] = max(days[:WEEK], default=0)
        facts["pace.active_days"] = sum(count > 0 for count in days[:WEEK])
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
    facts.update(_rates(sending))
    if sending.restricted is not None:
        facts["pace.restricted"] = sending.restricted
    return facts


def _days(sending: Sending, as_of: date) -> list[int] | None:
    """Requests on each day, today first; None where nothing tells them."""
    if sending.recent_days is not None:
        return list(sending.recent_days)
    if sending.dates is None:
        return None
    counts = [0] * WEEK
    for day in sending.dates:
        age = (as_of - day).days
        if 0 <= age < WEEK:
            counts[age] += 1
    return counts


def _rates(sending: Sending) -> dict[str, FactValue]:
    facts: dict[str, FactValue] = {}
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
