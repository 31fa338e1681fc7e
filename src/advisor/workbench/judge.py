"""The reference engine as the judge of everything that the solver claims: what follows in single cases."""

from __future__ import annotations

from collections.abc import Mapping

from advisor.inference.engine import Inference, Program
from advisor.inference.reference import ReferenceEngine
from advisor.model.condition import Condition, evaluate
from advisor.model.rule import Consultation
from advisor.model.vocabulary import FactValue
from advisor.verdict.analysis import RuleAnalysis
from advisor.workbench.encoding import Background

Facts = dict[str, FactValue]
"""What is known in one case."""


class Judge:
    """Says what follows in single cases of one consultation."""

    def __init__(self, consultation: Consultation, background: Background) -> None:
        self.consultation, self.background = consultation, background
        self._engine = ReferenceEngine(Program.of(consultation.active, consultation.vocabulary))
        self._analysis = RuleAnalysis(consultation)

    def infer(self, facts: Mapping[str, FactValue]) -> Inference:
        """What the reference engine infers."""
        return self._engine.infer(facts)

    def verdict(self, facts: Mapping[str, FactValue]) -> str:
        """The verdict on `facts`."""
        return self._analysis.verdict_in(self.infer(facts).held)

    def level(self, facts: Mapping[str, FactValue]) -> int:
        """The verdict as a place on the scale."""
        return self.consultation.caution(self.verdict(facts))

    def says(self, condition: Condition, facts: Mapping[str, FactValue]) -> bool:
        """Whether `condition` is definitely true of `facts` and what follows from them."""
        return evaluate(condition, self.infer(facts).facts) is True

    def plain_values(self, fact: str) -> tuple[FactValue, ...]:
        """One value for each class of values that the rules tell apart, the smallest number first."""
        return self._analysis.classes.get(fact, ())

    def allows(self, facts: Mapping[str, FactValue]) -> bool:
        """Whether `facts` can stand together."""
        return self.background.allows(facts)

    def added_up(self, facts: Mapping[str, FactValue]) -> Facts:
        """`facts` with every sum that follows from its parts put right."""
        case = dict(facts)
        for each in self.background.sums:
            parts = [case.get(name) for name in each.of]
            if None not in parts:
                case[each.fact] = sum(part for part in parts if isinstance(part, int))
            elif each.derived:
                case.pop(each.fact, None)
        return case
