"""A brief is the verdict without the search through what nobody told, and says the same."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from functools import cache

from hypothesis import given, settings

from advisor.model.situation import Prospect, Sending, Situation
from advisor.model.verdict import Brief
from advisor.wiring import Advisor
from strategies import shipped_knowledge, situations


@cache
def advisor() -> Advisor:
    """One advisor for all examples."""
    return Advisor(shipped_knowledge())


@settings(max_examples=40)
@given(situations())
def test_a_brief_says_what_the_verdict_says(situation: Situation) -> None:
    """Every field of a brief is that of the same name of the whole verdict: lists rest on this."""
    brief, verdict = advisor().brief(situation), advisor().advise(situation)
    told = {each.name: getattr(brief, each.name) for each in fields(Brief)}
    assert told == {name: getattr(verdict, name) for name in told}


def test_a_day_after_the_situation_counts_for_a_brief_as_for_the_verdict() -> None:
    """The day of asking reaches both in the same way: what was sent today is not known of another day."""
    told = Situation(prospect=Prospect(name="Ana"), sending=Sending(today=40), as_of=date(2026, 11, 20))
    same, later = (advisor().brief(told, day) for day in (date(2026, 11, 20), date(2026, 11, 21)))
    assert "too-many-today" in {each.rule for each in same.concerns}
    assert "too-many-today" not in {each.rule for each in later.concerns}
