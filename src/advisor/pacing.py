"""The plan of the coming week, put together of the rules' numbers, the history and what was concluded."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from advisor.facts.coming_week import coming_week
from advisor.model.coming_week import ComingWeek
from advisor.model.history import History
from advisor.model.knowledge_base import KnowledgeBase
from advisor.model.verdict import Verdict
from advisor.verdict.findings import cite

PACE = "pace"
"""The consultation that plans are made for."""
_LIMIT, _AVERAGE = "weekly_limit", "daily_average"
"""The settings that a plan keeps to."""
_HOLDS = ("plan.nobody", "plan.known_only")
"""Conclusions that say whom a plan leaves out."""


def plan_for(
    base: KnowledgeBase, history: History, verdict: Verdict, consultation: str = PACE
) -> ComingWeek | None:
    """The plan for the week from the day of `verdict` on, which was given on `history`.

    None where the rules have no such numbers, or where it is not known what the last seven days hold.
    """
    day = date.fromisoformat(verdict.as_of)
    asked = base.consultation(consultation).on(day)
    limit, average = (asked.settings.get(name) for name in (_LIMIT, _AVERAGE))
    if history.sending is None or limit is None or average is None:
        return None
    if not isinstance(limit.value, int) or not isinstance(average.value, int):
        return None
    plan = coming_week(history.sending, day, limit.value, average.value)
    if plan is None:
        return None
    held = [fact for fact in _HOLDS if verdict.facts.get(fact) is True]
    rest_on = [*limit.cites, *average.cites]
    for fact in held:
        rest_on += [passage for rule in asked.makers(fact) for passage in rule.cites]
    return replace(
        plan,
        holds=tuple(asked.vocabulary[fact].means for fact in held),
        citations=tuple(cite(passage, base.library) for passage in dict.fromkeys(rest_on)),
    )
