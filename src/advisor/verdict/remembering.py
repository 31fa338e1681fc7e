"""What was inferred once is remembered for all cases that the rules treat alike.

Rules see facts through their tests alone, so the same rules hold in cases whose every fact falls into the
same class of values. Only that is remembered, never a sentence: numbers and names in it are each case's own.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Protocol

from advisor.model.vocabulary import FactValue
from advisor.verdict.analysis import RuleAnalysis

MOST_REMEMBERED = 50_000
"""Classes of cases that are kept; beyond that all are forgotten, so that memory stays bounded."""


class Inferred(Protocol):
    """What the decision needs of an inference; see `advisor.inference.engine.Inference`."""

    @property
    def facts(self) -> Mapping[str, FactValue]:
        """Given facts and settled conclusions."""
        ...

    @property
    def held(self) -> frozenset[str]:
        """Ids of the rules that hold."""
        ...

    @property
    def blocked(self) -> Mapping[str, tuple[int, ...]]:
        """Places of the exceptions that block a rule whose condition is true."""
        ...


@dataclass(frozen=True, slots=True)
class _Remembered:
    """An inference that was found again, or of one class what is so in all of its cases."""

    facts: Mapping[str, FactValue]
    held: frozenset[str]
    blocked: Mapping[str, tuple[int, ...]]


class Memory:
    """Infers case after case, asking the engine once for each class of cases. For many threads."""

    def __init__(self, analysis: RuleAnalysis, infer: Callable[[Mapping[str, FactValue]], Inferred]) -> None:
        self._infer = infer
        specs = analysis.consultation.vocabulary.facts
        # A number is of the class that begins at the greatest of these that is not beyond it.
        self._starts = tuple(
            (fact, values if specs[fact].type == "number" else None)
            for fact, values in analysis.classes.items()
        )
        self._known: dict[Hashable, _Remembered] = {}

    def infer(self, facts: Mapping[str, FactValue]) -> Inferred:
        """What the engine infers from `facts`, which are told and not concluded."""
        key = self._class_of(facts)
        alike = self._known.get(key)
        if alike is None:
            if len(self._known) >= MOST_REMEMBERED:
                self._known.clear()
            found = self._infer(facts)
            derived = {name: value for name, value in found.facts.items() if name not in facts}
            alike = self._known[key] = _Remembered(derived, found.held, found.blocked)
        return _Remembered({**facts, **alike.facts}, alike.held, alike.blocked)

    def _class_of(self, facts: Mapping[str, FactValue]) -> Hashable:
        return tuple(
            [
                bisect_right(starts, value) if starts and isinstance(value, int) else value
                for fact, starts in self._starts
                for value in (facts.get(fact),)
            ]
        )
