"""From somebody's records to the history that they tell: counts of days, and what became of the requests.

One pass over the rows, whatever their order. How long a request gets to be answered, and over which time
acceptance is counted, is handed in. Nothing is taken for a refusal that nobody recorded as one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from typing import TypeVar

from advisor.facts.coming_week import LONGEST
from advisor.facts.history import most_within
from advisor.facts.sending import WEEK
from advisor.model.history import History, Trend
from advisor.model.records import Invited, Outcome, Records
from advisor.model.sending import Sending
from advisor.model.situation import Me

_INVITATIONS = "invitations"
_ANSWERS = ("accepted", "declined")
_Part = TypeVar("_Part")


@dataclass(slots=True)
class _Counts:
    """What is counted of the rows."""

    by_age: Counter[int] = field(default_factory=Counter)
    """Requests by how many days ago they were sent."""
    moments: list[datetime] = field(default_factory=list)
    """When those of the last seven days were sent, where the time of day is recorded."""
    judged: Counter[int] = field(default_factory=Counter)
    """Requests that count towards acceptance, by age."""
    accepted: Counter[int] = field(default_factory=Counter)
    answered: int = 0
    unrecorded: int = 0
    """Requests that would count, if anything told what became of them."""
    open: int = 0
    outcomes: int = 0
    """Requests of any age of which something tells what became of them."""


def history_of(records: Records, as_of: date, *, answer_time: int, judged_over: int) -> History:
    """What `records` tell of the sending of their owner on the day `as_of`.

    A request counts towards acceptance from `answer_time` days after it was sent on, for `judged_over` days;
    what became of it after `as_of` is not known yet. Records that end before `as_of` tell nothing of the last
    days, unless they are a history that the person keeps: there, what is not written was not sent.
    """
    me = Me(name=records.me.name) if records.me and records.me.name else None
    if _INVITATIONS not in records.files:
        return History(me=me, as_of=as_of)
    counts = _counted(records.invitations, as_of, answer_time, judged_over)
    sent = sum(counts.judged.values())
    partial = _INVITATIONS in records.partial or bool(sent and counts.unrecorded)
    sending = Sending(
        partial=True if partial else None,
        over_days=judged_over if sent else None,
        sent=sent or None,
        accepted=sum(counts.accepted.values()) if sent else None,
        answered=counts.answered if sent else None,
        open=counts.open if counts.outcomes else None,
    )
    if day_covered(records, as_of):
        known = max(max(counts.by_age, default=0) + 1, WEEK)
        days = tuple(counts.by_age.get(age, 0) for age in range(min(known, LONGEST)))
        in_one_hour = most_within(counts.moments) if counts.moments else None
        sending = replace(sending, recent_days=days, in_one_hour=in_one_hour)
    return History(sending=sending, trend=None if partial else _trend(counts), me=me, as_of=as_of)


def day_covered(records: Records, as_of: date) -> bool:
    """Whether `records` tell what was sent up to the day `as_of`."""
    kept_by_hand = records.files == {_INVITATIONS} and not records.partial
    return kept_by_hand or records.taken_on is None or as_of <= records.taken_on


def with_told(history: History, told: History) -> History:
    """`history` with all that `told` says in place of its own or beside it; the day of asking stays."""
    sending = _over(history.sending, told.sending)
    return replace(_over(history, replace(told, sending=None, as_of=None)) or history, sending=sending)


def _over(below: _Part | None, above: _Part | None) -> _Part | None:
    """`below` with every field that `above` tells in place of its own."""
    if below is None or above is None:
        return above if below is None else below
    told = {each.name: getattr(above, each.name) for each in fields(above)}  # type: ignore[arg-type]
    changed: _Part = replace(below, **{name: value for name, value in told.items() if value is not None})  # type: ignore[type-var]
    return changed


def _counted(invitations: Iterable[Invited], as_of: date, answer_time: int, judged_over: int) -> _Counts:
    counts = _Counts()
    today, oldest = as_of.toordinal(), answer_time + judged_over
    for each in invitations:
        if each.incoming or each.on is None:
            continue
        age = today - each.on.toordinal()
        if age < 0:
            continue
        counts.by_age[age] += 1
        if age < WEEK and each.at is not None:
            counts.moments.append(datetime.combine(each.on, each.at))
        outcome = outcome_on(each, as_of)
        counts.outcomes += bool(outcome)
        counts.open += outcome == "pending"
        if answer_time <= age < oldest:
            if not outcome:
                counts.unrecorded += 1
                continue
            counts.judged[age] += 1
            counts.accepted[age] += outcome == "accepted"
            counts.answered += outcome in _ANSWERS
    return counts


def outcome_on(invited: Invited, as_of: date) -> Outcome:
    """What had become of it on the day `as_of`."""
    return "pending" if invited.answered is not None and invited.answered > as_of else invited.outcome


def _trend(counts: _Counts) -> Trend | None:
    """Acceptance of the earlier half beside the later; the day that completes a half belongs to it."""
    total = sum(counts.judged.values())
    early_sent = early_accepted = 0
    for age in sorted(counts.judged, reverse=True):
        early_sent += counts.judged[age]
        early_accepted += counts.accepted[age]
        if early_sent * 2 >= total:
            break
    late_sent, late_accepted = total - early_sent, sum(counts.accepted.values()) - early_accepted
    if not early_sent or not late_sent:
        return None
    return Trend(
        earlier_rate=early_accepted * 100 // early_sent,
        later_rate=late_accepted * 100 // late_sent,
        requests=min(early_sent, late_sent),
    )
