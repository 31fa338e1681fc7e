"""Facts that follow from a sending history. No thresholds, no opinions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from advisor.facts.sending import WEEK, by_age, sending_facts
from advisor.model.case import Case
from advisor.model.history import Engagement, History, SendingPlan, Trend
from advisor.model.sending import Sending
from advisor.model.vocabulary import FactValue

if TYPE_CHECKING:
    from advisor.facts.case import CaseReader

HOUR = timedelta(hours=1)
_NO_ENGAGEMENT = "none"
_Told = dict[str, FactValue | None]


def read(told: History, as_of: date, reader: CaseReader) -> Case:
    """All facts that `told` makes known on the day `as_of`."""
    del reader
    facts: _Told = {"goal.kind": told.goal}
    if told.sending is not None:
        facts |= sending_facts(told.sending, as_of)
        facts |= _spacing(told.sending, as_of) | _partial(told.sending)
    facts |= _trend(told.trend or Trend())
    facts |= _plan(told.plan or SendingPlan())
    facts |= _engagement(told.engagement or Engagement())
    known = {name: value for name, value in facts.items() if value is not None}
    return Case(facts=known, words={"me.name": told.me.name} if told.me and told.me.name else {})


def most_within(moments: Iterable[datetime], span: timedelta = HOUR) -> int:
    """The most of `moments` that lie within one `span`; two that are a whole span apart do not.

    >>> most_within(datetime(2026, 11, 20, 9 + minute // 60, minute % 60) for minute in (0, 59, 60))
    2
    """
    ordered = sorted(moments)
    most = first = 0
    for last, moment in enumerate(ordered):
        while moment - ordered[first] >= span:
            first += 1
        most = max(most, last - first + 1)
    return most


def fullest_week(counts: Mapping[int, int]) -> int:
    """The most requests in any seven days running; `counts` are by age in days."""
    ages = sorted(counts)
    most = held = first = 0
    for age in ages:
        held += counts[age]
        while age - ages[first] >= WEEK:
            held -= counts[ages[first]]
            first += 1
        most = max(most, held)
    return most


def _spacing(sending: Sending, as_of: date) -> _Told:
    facts: _Told = {
        "pace.busiest_hour": sending.in_one_hour,
        "pace.indirect": sending.indirect,
        "pace.automated": sending.automated,
        "pace.open": sending.open,
        "pace.warned": sending.warned,
    }
    if sending.times is not None:
        first = as_of - timedelta(days=min(WEEK - 1, as_of.toordinal() - 1))
        lately = most_within(each for each in sending.times if first <= each.date() <= as_of)
        facts["pace.busiest_hour"] = max(lately, sending.in_one_hour or 0)
    counts = by_age(sending, as_of)
    if counts is not None:
        facts["pace.fullest_week"] = max(fullest_week(counts), sending.last_7_days or 0)
    return facts


def _partial(sending: Sending) -> _Told:
    """What counts that are known to lack requests say; they are no rate of all requests."""
    if not sending.partial:
        return {"pace.partial": sending.partial}
    return {
        "pace.partial": True,
        "pace.partial_sent": sending.sent,
        "pace.partial_accepted": sending.accepted,
    }


def _trend(trend: Trend) -> _Told:
    facts: _Told = {
        "trend.earlier_rate": trend.earlier_rate,
        "trend.later_rate": trend.later_rate,
        "trend.requests": trend.requests,
    }
    if trend.earlier_rate is not None and trend.later_rate is not None:
        facts["trend.lost"] = max(0, trend.earlier_rate - trend.later_rate)
    return facts


def _plan(plan: SendingPlan) -> _Told:
    a_week = plan.a_week
    if plan.a_day is not None:
        days = WEEK if plan.days_a_week is None else plan.days_a_week
        a_week = max(a_week or 0, plan.a_day * days)
    return {"plan.a_day": plan.a_day, "plan.a_week": a_week}


def _engagement(engagement: Engagement) -> _Told:
    level = engagement.level
    if level is None and (engagement.posts, engagement.comments) == (0, 0):
        level = _NO_ENGAGEMENT
    return {"engagement.level": level}
