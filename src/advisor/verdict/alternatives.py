"""Other values of a fact, in words, and the verdicts that each would give with all else as it is.

Values that the rules' tests treat alike are one alternative. What is a sum of several facts follows them, and
what the same answer tells besides may be otherwise with it: who has met nowhere has never met.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, zip_longest

from advisor.model.condition import Test, Truth, evaluate_test
from advisor.model.rule import Consultation
from advisor.model.vocabulary import FactSpec, FactValue
from advisor.verdict.network import State, WorkingNetwork
from advisor.verdict.possible import tests_by_fact

Changes = dict[str, FactValue | None]


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
    leaves = tests_by_fact(consultation)
    return {
        spec.name: tuple(_answers(spec, by_class[spec.name], leaves[spec.name]))
        for spec in consultation.vocabulary.given
        if spec.name in by_class
    }


def _answers(spec: FactSpec, values: tuple[FactValue, ...], leaves: list[Test]) -> Iterator[Answer]:
    if spec.type == "number":
        for value, after in zip_longest(values, values[1:]):
            yield Answer(value, _range(int(value), None if after is None else int(after)))  # type: ignore[arg-type]
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


class Alternatives:
    """The alternatives of one consultation; holds nothing of any case."""

    def __init__(
        self,
        consultation: Consultation,
        kinds: Mapping[str, tuple[Answer, ...]],
        told_by: Mapping[str, frozenset[str]],
        network: WorkingNetwork,
    ) -> None:
        """`kinds`: what `answers` gives; `told_by`: for every question the facts that its answer tells."""
        self._consultation, self._kinds, self._told_by = consultation, kinds, told_by
        self.network = network
        self._tests = tests_by_fact(consultation)
        self._sums = [spec for spec in consultation.vocabulary.given if spec.sum_of]

    def leads(self, spec: FactSpec, state: State) -> dict[str, str]:
        """For each alternative the verdict that it would give, where the fact is unknown or otherwise now.

        `state`: what the network gives for the case. Alternatives that contradict what else is told are left
        out, and so is what is told already, except that a range of numbers is named with its own verdict.
        """
        names = [level.name for level in self._consultation.verdicts]
        if spec.type == "number":
            return {says: names[level] for says, level in self._of_number(spec, state)}
        leads = {}
        for kind in self._kinds.get(spec.name, ()):
            several = isinstance(kind.value, frozenset) and len(kind.value) > 1
            if several or self._alike(spec.name, kind.value, state.get(spec.name)):
                continue
            level = self._level({spec.name: kind.value}, spec, state)
            if level is not None:
                leads[kind.says] = names[level]
        return leads

    def _of_number(self, spec: FactSpec, state: State) -> Iterator[tuple[str, int]]:
        """Ranges of a number, and the verdict that each gives; neighbours with one verdict are one range."""
        starts = sorted({spec.minimum, *self._starts(spec, state)})
        levels = [self._level(self._with_sums(spec.name, start, state), spec, state) for start in starts]
        groups = [list(group) for _, group in groupby(zip(starts, levels, strict=True), lambda each: each[1])]
        for group, following in zip_longest(groups, groups[1:]):
            if group[0][1] is not None:
                yield _range(group[0][0], following[0][0] if following else None), group[0][1]

    def _starts(self, spec: FactSpec, state: State) -> Iterator[int]:
        """Numbers from which on some test of the fact, or of a sum of it, says something else."""
        yield from (int(kind.value) for kind in self._kinds.get(spec.name, ()))  # type: ignore[arg-type]
        for total in self._sums:
            others = self._others(total, spec.name, state)
            if others is not None:
                for kind in self._kinds.get(total.name, ()):
                    start = int(kind.value) - others  # type: ignore[arg-type]
                    if spec.minimum < start <= spec.maximum:
                        yield start

    def _with_sums(self, fact: str, value: int, state: State) -> Changes:
        """The fact with another value, and every sum that it is part of."""
        changes: Changes = {fact: value}
        for total in self._sums:
            others = self._others(total, fact, state)
            if others is not None:
                changes[total.name] = min(value + others, total.maximum)
        return changes

    @staticmethod
    def _others(total: FactSpec, fact: str, state: State) -> int | None:
        """What the other parts of a sum come to; None where the fact is no part, or others are unknown."""
        if fact not in total.sum_of:
            return None
        others = [state.get(name) for name in total.sum_of if name != fact]
        numbers = [each for each in others if isinstance(each, int)]
        return sum(numbers) if len(numbers) == len(others) else None

    def _alike(self, fact: str, value: FactValue, told: FactValue | None) -> bool:
        """Whether the rules cannot tell `value` from what is told."""
        if told is None:
            return False
        return self._sign_of(fact, value) == self._sign_of(fact, told)

    def _sign_of(self, fact: str, value: FactValue) -> tuple[Truth, ...]:
        return _sign(fact, value, self._tests.get(fact, []))

    def _level(self, changes: Changes, spec: FactSpec, state: State) -> int | None:
        """The verdict with `changes`; None where they contradict what else is told."""
        after = self.network.changed(state, changes)
        if not self.network.contradicts(after, state):
            return self.network.level(after)
        with_it = self._told_by.get(spec.told_with or spec.name, frozenset())
        levels = {
            self.network.level(after)
            for name in sorted(with_it - changes.keys() & state.keys())
            for kind in self._kinds.get(name, ())
            if not self.network.contradicts(
                after := self.network.changed(state, {**changes, name: kind.value}), state
            )
        }
        return levels.pop() if len(levels) == 1 else None


def _range(value: int, after: int | None) -> str:
    """Numbers from `value` up to, not including, `after`."""
    if after is None:
        return f"{value} or more"
    return str(value) if after - 1 == value else f"{value} to {after - 1}"


def say(value: FactValue, spec: FactSpec) -> str:
    """A value as people write it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, frozenset):
        return ", ".join(option.name for option in spec.options if option.name in value) or "none"
    return str(value)
