"""A strategy for goals and logs that do not contradict themselves."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from advisor.model.goals import COUNTED, Goal, Goals, Period
from advisor.testing.about_histories import days_before
from advisor.testing.filler import filler
from advisor.testing.parts import maybe, several, some
from advisor.testing.storytelling import DAYS

_MOST = 40
"""Largest count of a period or goal: small enough that goals are reached and rates are low at times."""
_LONGEST, _APART = 31, 10
"""Days of the longest period, and of the longest gap between two."""
_YEAR = 365


@st.composite
def goals(draw: st.DrawFn) -> Goals:
    """Goals and a log in any order; each has the day on which it is asked about."""
    as_of = draw(DAYS)
    count = st.integers(0, _MOST)
    return draw(
        some(
            Goals,
            {
                "goals": several(_goals(as_of), 4),
                "log": _logs(as_of, count),
                "looked_at": days_before(as_of, 60),
            },
            as_of=as_of,
        )
    )


@st.composite
def _goals(draw: st.DrawFn, as_of: date) -> Goal:
    since = draw(maybe(days_before(as_of, 120)))
    by = (since or as_of) + timedelta(days=draw(st.integers(0, _YEAR)))
    parts = {
        "what": st.sampled_from(COUNTED),
        "detail": st.sampled_from(filler().details),
        "count": st.integers(0, _MOST),
        "by": st.just(by),
    }
    return draw(some(Goal, parts, since=since))


@st.composite
def _logs(draw: st.DrawFn, as_of: date, count: st.SearchStrategy[int]) -> tuple[Period, ...]:
    """Periods that follow one another up to the day of asking, told in any order."""
    periods = []
    last = as_of
    for _ in range(draw(st.integers(0, 5))):
        since = last - timedelta(days=draw(st.integers(0, _LONGEST - 1)))
        until = draw(maybe(st.just(last)))
        periods.append(draw(some(Period, dict.fromkeys(COUNTED, count), since=since, until=until)))
        last = since - timedelta(days=draw(st.integers(1, _APART)))
    return tuple(draw(st.permutations(periods)))
