"""The reference engine: a plain forward chainer, the executable specification of what rules mean.

It is written to be read. Every other engine must give the same result on everything.
"""

from __future__ import annotations

from collections.abc import Mapping

from advisor.inference.engine import Inference, Program
from advisor.model.condition import GROUND_FACT, RULE_PREFIX, Truth, evaluate
from advisor.model.rule import Rule
from advisor.model.strata import Stratum
from advisor.model.vocabulary import FactValue


class ReferenceEngine:
    """Evaluates stratum by stratum with Kleene's logic."""

    name = "reference"

    def __init__(self, program: Program) -> None:
        self._program = program

    def infer(self, facts: Mapping[str, FactValue]) -> Inference:
        """Evaluate every rule on `facts`; see `InferenceEngine.infer`."""
        known: dict[str, FactValue] = dict(facts)
        held: set[str] = set()
        blocked: dict[str, tuple[int, ...]] = {}
        grounds = False
        if not self._program.has_grounds:
            known[GROUND_FACT] = False
        for stratum in self._program.strata:
            truths: dict[str, Truth] = {}
            for rule in stratum.rules:
                when = evaluate(rule.when, known)
                standing = tuple(
                    place for place, exception in enumerate(rule.unless) if evaluate(exception, known) is True
                )
                truths[rule.id] = False if when is False or standing else when
                if when is True and standing:
                    blocked[rule.id] = standing
                elif when is True:
                    held.add(rule.id)
                    grounds = grounds or rule.effect.kind == "ground"
            known.update(self._settled(stratum, truths))
            if stratum.ends_grounds:
                known[GROUND_FACT] = grounds
        return Inference(known, frozenset(held), blocked)

    def _settled(self, stratum: Stratum, truths: Mapping[str, Truth]) -> dict[str, FactValue]:
        """Conclusions of `stratum`, and the truth of its rules that others name, where not unknown."""
        settled: dict[str, FactValue] = {}
        for fact in stratum.concluded:
            results = [truths[rule.id] for rule in stratum.rules if _concludes(rule, fact)]
            if True in results:
                settled[fact] = True
            elif None not in results:
                settled[fact] = False
        for rule in stratum.rules:
            truth = truths[rule.id]
            if rule.id in self._program.named and truth is not None:
                settled[RULE_PREFIX + rule.id] = truth
        return settled


def _concludes(rule: Rule, fact: str) -> bool:
    return rule.effect.kind == "conclude" and rule.effect.target == fact
