"""A strategy for sending histories that do not contradict themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from advisor.model.situation import Sending
from advisor.testing.parts import maybe, several, some

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
