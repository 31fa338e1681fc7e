"""What is worked out once for a consultation, so that its cases can be asked about quickly."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from advisor.model.condition import Test, Truth, evaluate, evaluate_test
from advisor.model.rule import Consultation
from advisor.model.vocabulary import FactValue
from advisor.verdict.alternatives import Alternatives, Answer, answers
from advisor.verdict.network import WorkingNetwork
from advisor.verdict.possible import OutlookFinder, classes, tests_by_fact


class RuleAnalysis:
    """Classes of values, kinds of answers and networks of one consultation; holds nothing of any case."""

    def __init__(self, consultation: Consultation) -> None:
        self.consultation = consultation
        self.rules = {rule.id: rule for rule in consultation.active}

    @cached_property
    def classes(self) -> dict[str, tuple[FactValue, ...]]:
        """For every given fact that is tested: one value for each class that the tests tell apart."""
        return classes(self.consultation)

    @cached_property
    def kinds(self) -> dict[str, tuple[Answer, ...]]:
        """The same in words."""
        return answers(self.consultation, self.classes)

    @cached_property
    def alternatives(self) -> Alternatives:
        """What other values of a fact would lead to."""
        return Alternatives(self.consultation, self.kinds, self.told_by, self.working)

    @cached_property
    def outlook(self) -> OutlookFinder:
        """What is still possible."""
        return OutlookFinder(self.consultation, self.classes)

    @cached_property
    def working(self) -> WorkingNetwork:
        """What follows from facts."""
        return WorkingNetwork(self.consultation)

    @cached_property
    def told_by(self) -> dict[str, frozenset[str]]:
        """For every question the facts that its answer tells: its own, and those that come along."""
        given = self.consultation.vocabulary.given
        asked = {spec.name: {spec.name} for spec in given if spec.ask}
        note = next((spec.name for spec in given if spec.ask and spec.origin == "draft"), "")
        for spec in given:
            teller = spec.told_with or (note if spec.origin == "draft" else "")
            if teller in asked:
                asked[teller].add(spec.name)
        return {name: frozenset(facts) for name, facts in asked.items()}

    def asks(self, fact: str, state: Mapping[str, FactValue]) -> bool:
        """Whether the question for `fact` makes sense where `state` is so."""
        condition = self.consultation.asked_if.get(fact)
        return condition is None or evaluate(condition, state) is True

    @cached_property
    def behind(self) -> dict[str, frozenset[str]]:
        """For every rule and conclusion the facts from outside that it hangs on."""
        return {name: frozenset(facts) for name, facts in self.working.behind().items()}

    @cached_property
    def timed(self) -> tuple[str, ...]:
        """Facts that time changes and that some rule tests."""
        given = self.consultation.vocabulary.given
        return tuple(spec.name for spec in given if spec.changes_with == "time" and spec.name in self.classes)

    @cached_property
    def _tested(self) -> dict[str, list[Test]]:
        return tests_by_fact(self.consultation)

    def class_of(self, fact: str, value: FactValue | None) -> tuple[Truth, ...]:
        """How all tests of `fact` treat `value`: values that are treated alike belong to one class."""
        known = {} if value is None else {fact: value}
        return tuple(evaluate_test(test, known) for test in self._tested.get(fact, ()))

    def verdict_in(self, held: frozenset[str]) -> str:
        """The verdict where the rules `held` hold: that of the most cautious concern among them."""
        effects = [self.rules[rule].effect for rule in held]
        caution = self.consultation.caution
        level = max((caution(effect.target) for effect in effects if effect.kind == "concern"), default=0)
        return self.consultation.verdicts[level].name
