"""Open questions: what nobody told, and what the answers would decide by themselves."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest

from advisor.model.condition import Test, Truth, evaluate_test
from advisor.model.rule import Consultation
from advisor.model.verdict import OpenQuestion
from advisor.model.vocabulary import FactSpec, FactValue
from advisor.verdict.network import State, WorkingNetwork
from advisor.verdict.possible import leaves_of


@dataclass(frozen=True, slots=True)
class Answer:
    """One kind of answer to a question: a value that stands for all answers that rules treat alike."""

    value: FactValue
    says: str
    """The answers in words, such as `15 to 30` or `casual`."""


def answers(
    consultation: Consultation, by_class: Mapping[str, tuple[FactValue, ...]]
) -> dict[str, tuple[Answer, ...]]:
    """The kinds of values of every given fact that a rule tests; `by_class` is of `possible.classes`."""
    leaves: dict[str, list[Test]] = {}
    for test in leaves_of(consultation):
        leaves.setdefault(test.fact, []).append(test)
    return {
        spec.name: tuple(_answers(spec, by_class[spec.name], leaves[spec.name]))
        for spec in consultation.vocabulary.given
        if spec.name in by_class
    }


def _answers(spec: FactSpec, values: tuple[FactValue, ...], leaves: list[Test]) -> Iterator[Answer]:
    if spec.type == "number":
        for value, after in zip_longest(values, values[1:]):
            yield Answer(value, _range(value, after))
        return
    for value in values:
        alike: list[FactValue] = [value]
        sign = _sign(spec.name, value, leaves)
        if spec.type == "choice":
            alike = [each.name for each in spec.options if _sign(spec.name, each.name, leaves) == sign]
        elif isinstance(value, frozenset) and len(value) == 1:
            single = [frozenset({each.name}) for each in spec.options]
            alike = [each for each in single if _sign(spec.name, each, leaves) == sign]
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
    network: WorkingNetwork,
    state: State,
    asked: Collection[str],
) -> tuple[OpenQuestion, ...]:
    """The questions on `asked`, those first whose answers would move the verdict furthest.

    `by_fact`: what `answers` gives; `state`: what `network` gives for the case.
    """
    questions: list[tuple[tuple[int, int], OpenQuestion]] = []
    now = network.level(state)
    for fact, kinds in by_fact.items():
        spec = consultation.vocabulary[fact]
        if fact not in asked or not spec.ask:
            continue
        leads = leads_of(fact, kinds, consultation, network, state)
        if not leads:
            continue
        moves = [abs(consultation.caution(each) - now) for each in leads.values()]
        question = OpenQuestion(
            fact=fact, question=spec.ask, told=spec.told, answers=leads, decides=any(moves)
        )
        questions.append(((-max(moves), -sum(moves)), question))
    questions.sort(key=lambda each: each[0])  # stable: equals keep the vocabulary's order
    return tuple(question for _, question in questions)


def leads_of(
    fact: str,
    kinds: tuple[Answer, ...],
    consultation: Consultation,
    network: WorkingNetwork,
    state: State,
) -> dict[str, str]:
    """For each kind of answer the verdict that it would give by itself."""
    leads = {}
    for kind in kinds:
        after = network.changed(state, {fact: kind.value})
        if not network.contradicts(after, state):
            leads[kind.says] = consultation.verdicts[network.level(after)].name
    return leads


def say(value: FactValue, spec: FactSpec) -> str:
    """A value as people write it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, frozenset):
        return ", ".join(option.name for option in spec.options if option.name in value) or "none"
    return str(value)
