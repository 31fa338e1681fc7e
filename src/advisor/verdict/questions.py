"""Open questions: what nobody told, and what the answers would decide by themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest

from advisor.model.condition import Test, Truth, evaluate_test
from advisor.model.rule import Consultation, Rule
from advisor.model.verdict import OpenQuestion
from advisor.model.vocabulary import FactSpec, FactValue

Decide = Callable[[Mapping[str, FactValue]], str]
"""From given facts to the verdict that they lead to."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One kind of answer to a question: a value that stands for all answers that rules treat alike."""

    value: FactValue
    says: str
    """The answers in words, such as `15 to 30` or `casual`."""


def answers(
    consultation: Consultation, rules: Iterable[Rule], by_class: Mapping[str, tuple[FactValue, ...]]
) -> dict[str, tuple[Answer, ...]]:
    """The kinds of answers to every fact that can be asked for; `by_class` is of `possible.classes`."""
    leaves: dict[str, list[Test]] = {}
    for rule in rules:
        for test in rule.leaves:
            leaves.setdefault(test.fact, []).append(test)
    return {
        spec.name: tuple(_answers(spec, by_class[spec.name], leaves[spec.name]))
        for spec in consultation.vocabulary.given
        if spec.ask and spec.name in by_class
    }


def _answers(spec: FactSpec, values: tuple[FactValue, ...], leaves: list[Test]) -> Iterator[Answer]:
    if spec.type == "number":
        for value, after in zip_longest(values, values[1:]):
            yield Answer(value, _range(value, after))
        return
    for value in values:
        alike = [value]
        if spec.type == "choice":
            sign = _sign(spec.name, value, leaves)
            alike = [each.name for each in spec.options if _sign(spec.name, each.name, leaves) == sign]
        yield Answer(value, " or ".join(say(each, spec) for each in alike))


def _sign(fact: str, value: FactValue, leaves: list[Test]) -> tuple[Truth, ...]:
    """How all tests of a fact treat a value: values with the same sign are alike."""
    return tuple(evaluate_test(test, {fact: value}) for test in leaves)


def _range(value: FactValue, after: FactValue | None) -> str:
    """Numbers from `value` up to, not including, `after`."""
    if after is None:
        return f"{value} or more"
    return str(value) if int(after) - 1 == value else f"{value} to {int(after) - 1}"  # type: ignore[arg-type]


def open_questions(
    consultation: Consultation,
    by_fact: Mapping[str, tuple[Answer, ...]],
    facts: Mapping[str, FactValue],
    verdict: str,
    decide: Decide,
) -> tuple[OpenQuestion, ...]:
    """The questions that can be asked, those first whose answers would move the verdict furthest."""
    questions: list[tuple[tuple[int, int], OpenQuestion]] = []
    now = consultation.caution(verdict)
    for fact, kinds in by_fact.items():
        if fact in facts:
            continue
        spec = consultation.vocabulary[fact]
        leads = {kind.says: decide({**facts, fact: kind.value}) for kind in kinds}
        moves = [abs(consultation.caution(each) - now) for each in leads.values()]
        question = OpenQuestion(
            fact=fact, question=spec.ask, told=spec.told, answers=leads, decides=any(moves)
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
