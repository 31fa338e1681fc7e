"""Strategies for sending histories that do not contradict themselves, and for rows of records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from hypothesis import strategies as st

from advisor.model.history import Engagement, History, SendingPlan, Trend
from advisor.model.records import Invited, Outcome
from advisor.model.sending import Sending
from advisor.model.vocabulary import Vocabulary
from advisor.testing.parts import maybe, option_at, several, some

WEEK = 7
MOST = 1000
"""Largest count in a history, but for those that are sums of others."""
MOST_DAYS = 9
"""Most single days or dates that a history names."""


def counts(edges: Sequence[int] = ()) -> st.SearchStrategy[int]:
    """Counts, those among `edges`, such as the rules' thresholds, as often as all others."""
    anything = st.integers(0, MOST)
    return st.sampled_from(tuple(edges)) | anything if edges else anything


def days_before(as_of: date, most: int = 40) -> st.SearchStrategy[date]:
    """Days up to `most` before `as_of`, that day included."""
    return st.integers(0, most).map(lambda age: as_of - timedelta(days=age))


@st.composite
def sending_histories(draw: st.DrawFn, as_of: date, edges: tuple[int, ...] = ()) -> Sending:
    """What somebody tells on the day `as_of` about the requests that they have sent.

    Days add up to weeks, no more were accepted than sent; `edges` are counts that shall be frequent.
    """
    small = counts(edges)
    days, dates = draw(st.sampled_from(((True, False), (False, True), (False, False))))
    recent = draw(several(small, MOST_DAYS)) if days else None
    dated = draw(several(days_before(as_of), MOST_DAYS)) if dates else None
    ages = [(as_of - day).days for day in dated or ()]
    least = recent[0] if recent else ages.count(0)
    today = draw(maybe(st.just(least) if recent else small.map(lambda count: count + least)))
    week = sum(recent[:WEEK]) if recent else max(sum(age < WEEK for age in ages), today or 0)
    sent = draw(maybe(small))
    answered = draw(maybe(small if sent is None else st.integers(0, sent)))
    most = next((count for count in (answered, sent) if count is not None), MOST)
    accepted = draw(maybe(st.integers(0, most)))
    share = st.integers(0, 100) if not sent or accepted is None else st.just(accepted * 100 // sent)
    share = st.just(0) if answered == 0 else share  # an acceptance is an answer
    parts = {
        "planned": small,
        "last_7_days": small.map(lambda count: count + week),
        "acceptance_rate": share,
        "over_days": small,
        "restricted": st.booleans(),
    }
    told = draw(some(Sending, parts))
    told = replace(told, sent=sent, answered=answered, accepted=accepted)
    return replace(told, today=today, recent_days=recent, dates=dated)


@st.composite
def histories(draw: st.DrawFn, as_of: date, vocabulary: Vocabulary, edges: tuple[int, ...] = ()) -> History:
    """Whole histories, as somebody tells them on the day `as_of`."""
    small, rate = counts(edges), st.integers(0, 100)
    moments = st.builds(datetime.combine, days_before(as_of, 9), st.times(time(8), time(11)))
    sending = draw(sending_histories(as_of, edges))
    most = sending.last_7_days if sending.last_7_days is not None else MOST
    within = small.map(lambda count: min(count, most))
    busiest = draw(maybe(within))
    hour = draw(maybe(within if busiest is None else st.integers(0, busiest)))
    free = sending.restricted is None
    sending = replace(
        sending,
        times=draw(maybe(several(moments, 20)))
        if (sending.today, sending.last_7_days) == (None, None)
        else None,
        rhythm=draw(maybe(option_at(vocabulary, "sending.rhythm"))),
        busiest_day=busiest,
        in_one_hour=hour,
        active_days=draw(maybe(st.integers(0, WEEK))),
        indirect=draw(maybe(within)),
        automated=draw(maybe(st.booleans())),
        partial=draw(maybe(st.booleans())),
        open=draw(maybe(small)),
        warned=draw(maybe(st.booleans())),
        restricted_until=draw(maybe(st.dates(as_of - timedelta(9), as_of + timedelta(9)))) if free else None,
    )
    parts = {
        "sending": st.just(sending),
        "trend": some(Trend, {"earlier_rate": rate, "later_rate": rate, "requests": small}),
        "plan": some(SendingPlan, {"a_day": small, "days_a_week": st.integers(0, WEEK), "a_week": small}),
        "goal": option_at(vocabulary, "goal"),
        "engagement": some(Engagement, {"level": option_at(vocabulary, "engagement.level"), "posts": small}),
    }
    return draw(some(History, parts, as_of=as_of))


@st.composite
def rows(draw: st.DrawFn, as_of: date) -> Invited:
    """One row of somebody's records, sent or received, dated or not, up to some days after `as_of`."""
    outcomes: tuple[Outcome, ...] = ("", "pending", "accepted", "declined", "ignored", "withdrawn")
    day = draw(st.none() | st.dates(as_of - timedelta(days=120), as_of + timedelta(days=3)))
    outcome = draw(st.sampled_from(outcomes))
    wait = draw(st.none() | st.integers(0, 30))
    answered = day + timedelta(days=wait) if day and wait is not None and outcome in outcomes[2:] else None
    at = draw(st.none() | st.times(time(9), time(10))) if day else None
    return Invited(incoming=draw(st.integers(0, 5)) == 0, on=day, at=at, outcome=outcome, answered=answered)
