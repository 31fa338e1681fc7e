"""Open questions: what nobody told, and what the answers would decide by themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from advisor.model.rule import Consultation
from advisor.model.verdict import OpenQuestion
from advisor.model.vocabulary import FactSpec, FactValue

Decide = Callable[[Mapping[str, FactValue]], str]
"""From given facts to the verdict that they lead to."""


def open_questions(
    consultation: Consultation,
    classes: Mapping[str, tuple[FactValue, ...]],
    facts: Mapping[str, FactValue],
    verdict: str,
    decide: Decide,
) -> tuple[OpenQuestion, ...]:
    """The questions that can be asked, those first whose answers would move the verdict furthest."""
    questions: list[tuple[tuple[int, int], OpenQuestion]] = []
    now = consultation.caution(verdict)
    for spec in consultation.vocabulary.given:
        if not spec.ask or spec.name in facts or spec.name not in classes:
            continue
        answers = {say(value, spec): decide({**facts, spec.name: value}) for value in classes[spec.name]}
        moves = [abs(consultation.caution(each) - now) for each in answers.values()]
        question = OpenQuestion(
            fact=spec.name, question=spec.ask, told=spec.told, answers=answers, decides=any(moves)
        )
        questions.append(((-max(moves), -sum(moves)), question))
    questions.sort(key=lambda each: each[0])  # stable: equals keep the vocabulary's order
    return tuple(question for _, question in questions)


def say(value: FactValue, spec: FactSpec) -> str:
    """A value as people write it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, frozenset):
        return ", ".join(option.name for option in spec.options if option.name in value) or "none"
    return str(value)
