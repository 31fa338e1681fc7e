"""Open questions: what nobody told, and what the answers would decide by themselves."""

from __future__ import annotations

from collections.abc import Collection

from advisor.model.rule import Consultation
from advisor.model.verdict import OpenQuestion
from advisor.verdict.alternatives import Alternatives
from advisor.verdict.network import State


def open_questions(
    consultation: Consultation, alternatives: Alternatives, state: State, asked: Collection[str]
) -> tuple[OpenQuestion, ...]:
    """The questions on `asked`, those first whose answers would move the verdict furthest."""
    questions: list[tuple[tuple[int, int], OpenQuestion]] = []
    now = alternatives.network.level(state)
    for spec in consultation.vocabulary.given:
        leads = alternatives.leads(spec, state) if spec.name in asked else {}
        if not leads:
            continue
        moves = [abs(consultation.caution(each) - now) for each in leads.values()]
        question = OpenQuestion(
            fact=spec.name, question=spec.ask, told=spec.told, answers=leads, decides=any(moves)
        )
        questions.append(((-max(moves), -sum(moves)), question))
    questions.sort(key=lambda each: each[0])  # stable: equals keep the vocabulary's order
    return tuple(question for _, question in questions)
