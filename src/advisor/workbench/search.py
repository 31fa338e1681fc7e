"""Finding facts on which conditions are true, or are not: a complete search over what their tests tell apart.

Every condition is turned into demands on single tests ("is definitely true", "is not"), and facts are chosen
one by one until all demands are met. A fact that is left out is unknown. Where the search ends without an
answer, there is none; where it is cut off, it says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from advisor.model.condition import (
    All,
    Any,
    Condition,
    Not,
    Test,
    evaluate_test,
    negation_normal,
    tests,
)
from advisor.model.vocabulary import FactSpec, FactType, FactValue, Vocabulary
from advisor.verdict.possible import MOST_MEMBERS, representatives

MAX_STEPS = 20_000
"""Choices tried in one search: far more than the rules of one consultation need."""


class CutOff(Exception):
    """The search was cut off, so that nothing is known."""


@dataclass(frozen=True, slots=True)
class Demand:
    """One test must be definitely true, or must not be."""

    test: Test
    true: bool


@dataclass(frozen=True, slots=True)
class Every:
    """All of these."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """One of these."""

    parts: tuple[Formula, ...]


Formula = Demand | Every | Some


def is_true(condition: Condition) -> Formula:
    """The demand that `condition` is definitely true."""
    return _demanded(negation_normal(condition), true=True)


def is_false(condition: Condition) -> Formula:
    """The demand that `condition` is definitely false."""
    return is_true(Not(condition))


def is_not_true(condition: Condition) -> Formula:
    """The demand that `condition` is false or unknown."""
    return _demanded(negation_normal(condition), true=False)


def _demanded(condition: Condition, *, true: bool) -> Formula:
    match condition:
        case All(parts):
            inner = tuple(_demanded(part, true=true) for part in parts)
            return Every(inner) if true else Some(inner)
        case Any(parts):
            inner = tuple(_demanded(part, true=true) for part in parts)
            return Some(inner) if true else Every(inner)
        case Not(part):  # not after negation was pushed to the leaves
            return _demanded(part, true=not true)
        case Test():
            return Demand(condition, true)


Chosen = dict[str, FactValue | None]
"""Facts that are settled on; None for one that must stay unknown."""


class Searcher:
    """Searches among the facts of one vocabulary, in which what is `impossible` never stands together."""

    def __init__(self, vocabulary: Vocabulary, impossible: Iterable[Condition] = ()) -> None:
        self._vocabulary = vocabulary
        self._impossible = [(is_not_true(each), frozenset(_facts(each))) for each in impossible]

    def find(self, *demands: Formula, max_steps: int = MAX_STEPS) -> Mapping[str, FactValue] | None:
        """Known facts that meet all demands, as few as were needed; None where there are none.

        Raises:
            CutOff: where neither could be found out in `max_steps` choices.
        """
        wanted = list(demands)
        touched = {test.fact for demand in demands for test in _tests_in(demand)}
        wanted += [barred for barred, facts in self._impossible if facts <= touched]
        return _Search(self._vocabulary, wanted, max_steps).run()


class _Search:
    """One search."""

    def __init__(self, vocabulary: Vocabulary, demands: list[Formula], max_steps: int) -> None:
        self._demands, self._left = demands, max_steps
        tested: dict[str, list[Test]] = {}
        for demand in demands:
            for test in _tests_in(demand):
                tested.setdefault(test.fact, []).append(test)
        self._values: dict[str, tuple[FactValue, ...]] = {}
        self._sampled = False
        for fact, leaves in tested.items():
            spec = vocabulary.facts.get(fact) or _yes_no(fact)
            self._values[fact] = representatives(spec, tuple(leaves))
            self._sampled |= spec.type == _SEVERAL and len(spec.options) > MOST_MEMBERS

    def run(self) -> Mapping[str, FactValue] | None:
        chosen = next(self._meet(self._demands, {}), None)
        if chosen is None:
            if self._sampled:
                raise CutOff
            return None
        return {fact: value for fact, value in chosen.items() if value is not None}

    def _meet(self, demands: list[Formula], chosen: Chosen) -> Iterator[Chosen]:
        if not demands:
            yield chosen
            return
        self._left -= 1
        if self._left < 0:
            raise CutOff
        first, rest = demands[0], demands[1:]
        match first:
            case Every(parts):
                yield from self._meet([*parts, *rest], chosen)
            case Some(parts):
                if any(self._is_met(part, chosen) for part in parts):
                    yield from self._meet(rest, chosen)
                    return
                # What is decided by choices already made comes first, so that few facts are needed.
                for part in sorted(parts, key=lambda each: isinstance(each, Every)):
                    yield from self._meet([part, *rest], chosen)
            case Demand(test, true):
                for value in self._choices(test.fact, chosen):
                    if (_truth(test, value) is True) == true:
                        yield from self._meet(rest, {**chosen, test.fact: value})

    def _choices(self, fact: str, chosen: Chosen) -> tuple[FactValue | None, ...]:
        return (chosen[fact],) if fact in chosen else (None, *self._values[fact])

    def _is_met(self, demand: Formula, chosen: Chosen) -> bool:
        match demand:
            case Demand(test, true):
                return test.fact in chosen and (_truth(test, chosen[test.fact]) is True) == true
            case Every(parts):
                return all(self._is_met(part, chosen) for part in parts)
            case Some(parts):
                return any(self._is_met(part, chosen) for part in parts)


_SEVERAL: FactType = "choices"


def _truth(test: Test, value: FactValue | None) -> bool | None:
    return evaluate_test(test, {} if value is None else {test.fact: value})


def _tests_in(formula: Formula) -> Iterator[Test]:
    match formula:
        case Demand(test):
            yield test
        case Every(parts) | Some(parts):
            for part in parts:
                yield from _tests_in(part)


def _facts(condition: Condition) -> set[str]:
    return {test.fact for test in tests(condition)}


def _yes_no(fact: str) -> FactSpec:
    """What is tested and stands in no vocabulary is whether another rule holds."""
    return FactSpec(name=fact, type="yes-no", means=fact, origin="concluded")
