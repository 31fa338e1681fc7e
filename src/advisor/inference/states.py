"""Facts as states, conditions as conjunctions of states: what an engine without "unknown" can decide.

A fact is in one of a few states that the rules' tests tell apart, and "unknown" is one of them. A
condition becomes alternatives, each of which wants every fact that it names in some of its states. This
module knows no engine, and asks the reference's `evaluate_test` what a test says of a state.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any as Untyped

from advisor.errors import EngineError
from advisor.inference.engine import Program
from advisor.model.condition import (
    GROUND_FACT,
    All,
    Any,
    Condition,
    Not,
    Test,
    evaluate_test,
    negation_normal,
)
from advisor.model.vocabulary import FactType, FactValue

MAX_ALTERNATIVES = 16
"""Conjunctions that one condition may become before it is split into parts."""
MAX_WIDTH = 100
"""Facts in one conjunction before it is split, so that it never fills a ruleset's keys."""
LARGEST = 2**50
"""Largest number in a test: below it, halves are exact."""

_TYPES: dict[FactType, type] = {"yes-no": bool, "number": int, "choice": str, "choices": frozenset}
Bits = int
"""A set of states of one signal: bit n stands for state n."""


@dataclass(frozen=True, slots=True, eq=False)
class Signal:
    """What the engine is told about one fact: the number of the state that it is in, 0 for unknown."""

    fact: str
    type: FactType
    samples: tuple[Untyped, ...]
    """A value for each further state: what a test says of the value, it says of the state."""

    @property
    def all_states(self) -> Bits:
        """Every state, unknown included."""
        return (2 << len(self.samples)) - 1

    def state(self, value: FactValue | None) -> int:
        """Number of the state in which `value` lies."""
        if value is None:
            return 0
        if not isinstance(value, _TYPES[self.type]):
            raise EngineError(f"{value!r} cannot be a value of {self.fact}, which is of type {self.type}")
        samples = self.samples
        if isinstance(value, frozenset):
            return 2 if value & samples[1] else 1
        if self.type == "number":
            # Samples alternate: between, a number that some test names, between, and so on.
            place = bisect_left(samples, value)
            return 1 + (place if place < len(samples) and samples[place] == value else place // 2 * 2)
        return 1 + (samples.index(value) if value in samples else len(samples) - 1)


Conjunction = dict[Signal, Bits]
"""True where every signal is in one of its states; the empty one is always true."""


@dataclass(frozen=True, slots=True)
class Split:
    """A condition too wide for one list of conjunctions: the engine decides its parts one by one."""

    every: bool
    """Whether all parts have to be true, or any."""
    parts: tuple[Formula, ...]


Formula = tuple[Conjunction, ...] | Split
"""Alternatives any of which makes a condition true, or parts of a wider condition."""


class Signals:
    """All signals of a rule set, and what its conditions come to in terms of them."""

    def __init__(self, program: Program) -> None:
        rules = [rule for stratum in program.strata for rule in stratum.rules]
        derived = {GROUND_FACT, *(rule.effect.target for rule in rules if rule.effect.kind == "conclude")}
        # What rules derive is a yes or no, and so is what nobody declared, such as `rule:<id>`.
        self._types = {
            name: spec.type for name, spec in program.vocabulary.facts.items() if name not in derived
        }
        self._named: dict[str, set[Untyped]] = {}
        self._signals: dict[tuple[str, frozenset[str]], Signal] = {}
        for test in (leaf for rule in rules for leaf in rule.leaves):
            self._named.setdefault(test.fact, set()).update(self._constants(test))

    def true(self, condition: Condition) -> Formula:
        """When `condition` is true."""
        return self._normal(negation_normal(condition), unknown_too=False)

    def false(self, condition: Condition) -> Formula:
        """When `condition` is false."""
        return self._normal(negation_normal(condition, negated=True), unknown_too=False)

    def possible(self, condition: Condition) -> Formula:
        """When `condition` is not false."""
        return self._normal(negation_normal(condition), unknown_too=True)

    def _constants(self, test: Test) -> tuple[Untyped, ...]:
        """The values that `test` names, all of them such as its fact can have."""
        if test.op in ("known", "unknown"):
            return ()
        kind = self._types.get(test.fact, "yes-no")
        constants = test.value if isinstance(test.value, tuple) else (test.value,)
        wanted = str if kind == "choices" else _TYPES[kind]
        if (
            not all(isinstance(each, wanted) for each in constants)
            or (isinstance(test.value, tuple) != (test.op in ("in", "not in")) and kind != "choices")
            or (test.op in ("lt", "lte", "gt", "gte") and kind != "number")
            or (kind == "number" and any(abs(each) > LARGEST for each in constants if isinstance(each, int)))
        ):
            raise EngineError(
                f"{test.fact} is of type {kind}: durable-rules cannot test {test.op} {test.value!r}"
            )
        return constants

    def _signal(self, test: Test) -> Signal:
        kind = self._types.get(test.fact, "yes-no")
        wanted = frozenset(self._constants(test) if kind == "choices" else ())
        if (test.fact, wanted) not in self._signals:
            samples = self._samples(kind, sorted(self._named[test.fact]), wanted)
            self._signals[test.fact, wanted] = Signal(test.fact, kind, samples)
        return self._signals[test.fact, wanted]

    def _samples(
        self, kind: FactType, named: Sequence[Untyped], wanted: frozenset[str]
    ) -> tuple[Untyped, ...]:
        match kind:
            case "yes-no":
                return (False, True)
            case "number":
                below = (sample for number in named for sample in (number - 0.5, number))
                return (*below, named[-1] + 0.5) if named else (0,)
            case "choice":
                return (*named, "none of " + ", ".join(named))
            case "choices":
                return (frozenset(), wanted)

    def _normal(self, condition: Condition, *, unknown_too: bool) -> Formula:
        match condition:
            case Test():
                signal = self._signal(condition)
                known = ({condition.fact: sample} for sample in signal.samples)
                # The reference's own word for each state, so the two engines cannot read a test differently.
                truths = [evaluate_test(condition, facts) for facts in ({}, *known)]
                states = (
                    state for state, truth in enumerate(truths) if truth or (truth is None and unknown_too)
                )
                bits = sum(1 << state for state in states)
                return () if not bits else ({},) if bits == signal.all_states else ({signal: bits},)
            case All(parts):
                return _gather([self._normal(part, unknown_too=unknown_too) for part in parts], every=True)
            case Any(parts):
                return _gather([self._normal(part, unknown_too=unknown_too) for part in parts], every=False)
            case Not():  # pragma: no cover - negation_normal leaves none
                raise AssertionError(condition)


def size(formula: Formula) -> int:
    """Number of conjunctions in `formula`."""
    return sum(map(size, formula.parts)) if isinstance(formula, Split) else len(formula)


def _gather(formulas: Iterable[Formula], *, every: bool) -> Formula:
    """Put formulas together into as few lists of conjunctions as the limits allow."""
    neutral: tuple[Conjunction, ...] = ({},) if every else ()
    lists, wide = [neutral], list[Formula]()
    for formula in formulas:
        if isinstance(formula, Split):
            wide.append(formula)
            continue
        joined = _both(lists[-1], formula) if every else _simplest((*lists[-1], *formula))
        if len(joined) <= MAX_ALTERNATIVES and all(len(each) <= MAX_WIDTH for each in joined):
            lists[-1] = joined
        else:
            lists.append(formula)
    parts = (*(each for each in lists if each != neutral), *wide)
    return parts[0] if len(parts) == 1 else Split(every, parts) if parts else neutral


def _both(left: Sequence[Conjunction], right: Sequence[Conjunction]) -> tuple[Conjunction, ...]:
    """Alternatives for "left and right"."""
    merged = (
        {signal: one.get(signal, -1) & other.get(signal, -1) for signal in (*one, *other)}
        for one, other in product(left, right)
    )
    return _simplest([each for each in merged if all(each.values())])


def _simplest(conjunctions: Iterable[Conjunction]) -> tuple[Conjunction, ...]:
    """The same alternatives without those that others include, and with neighbours made one.

    Each alternative that is true costs a firing, so `a in (x, y)` has to be one of them and not two.
    """
    kept: list[Conjunction] = []
    waiting = list(conjunctions)[::-1]
    while waiting:
        new = waiting.pop()
        if any(_implies(new, old) for old in kept):
            continue
        kept = [old for old in kept if not _implies(old, new)]
        near = next((old for old in kept if _differ_once(old, new)), None)
        if near is None:
            kept.append(new)
        else:
            kept.remove(near)
            union = {signal: bits | near[signal] for signal, bits in new.items()}
            waiting.append({signal: bits for signal, bits in union.items() if bits != signal.all_states})
    return tuple(kept)


def _implies(one: Conjunction, other: Conjunction) -> bool:
    return all(one.get(signal, -1) & ~bits == 0 for signal, bits in other.items())


def _differ_once(one: Conjunction, other: Conjunction) -> bool:
    return one.keys() == other.keys() and sum(one[signal] != other[signal] for signal in one) == 1
