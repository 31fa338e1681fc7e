"""What an inference engine is: facts in, activations and conclusions out.

An engine knows conditions and strata. It knows nothing of citations, wording or verdicts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from advisor.model.condition import RULE_PREFIX
from advisor.model.rule import Rule
from advisor.model.strata import Stratum, stratify
from advisor.model.vocabulary import FactValue, Vocabulary


@dataclass(frozen=True, slots=True)
class Inference:
    """What an engine found out about one case."""

    facts: Mapping[str, FactValue]
    """The given facts and every conclusion that is settled; what is missing is unknown."""
    held: frozenset[str]
    """Ids of the rules whose condition is true and that no exception blocks."""
    blocked: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """For rules whose condition is true but that are blocked: places of the exceptions that are true."""


class InferenceEngine(Protocol):
    """Evaluates one rule set over and over; cases never influence one another."""

    @property
    def name(self) -> str:
        """How the engine is called on the command line."""
        ...

    def infer(self, facts: Mapping[str, FactValue]) -> Inference:
        """Evaluate every rule on `facts`, which hold what is known and nothing else.

        Raises:
            EngineError: where the engine itself breaks down; no half result is ever returned.
        """
        ...


@dataclass(frozen=True, slots=True)
class Program:
    """A rule set made ready for an engine: strata, and the rules that others name as exceptions."""

    strata: tuple[Stratum, ...]
    vocabulary: Vocabulary
    named: frozenset[str]
    """Ids of rules that some exception refers to."""
    has_grounds: bool

    @classmethod
    def of(cls, rules: Sequence[Rule], vocabulary: Vocabulary) -> Program:
        """Prepare `rules`; their order changes nothing.

        Raises:
            CyclicRules: where rules depend on themselves.
        """
        named = {
            fact.removeprefix(RULE_PREFIX)
            for rule in rules
            for fact in rule.facts
            if fact.startswith(RULE_PREFIX)
        }
        return cls(
            strata=stratify(rules),
            vocabulary=vocabulary,
            named=frozenset(named),
            has_grounds=any(rule.effect.kind == "ground" for rule in rules),
        )
