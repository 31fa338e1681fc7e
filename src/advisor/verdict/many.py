"""Many cases of one consultation: what was inferred once is remembered for all that the rules treat alike.

Rules see facts through their tests alone, so the same rules hold in cases whose every fact falls into the
same class of values. Only that is remembered, never a sentence: numbers and names in it are each case's own.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Mapping
from dataclasses import dataclass

from advisor.model.case import Case
from advisor.model.judgement import Judgement, Reason
from advisor.model.rule import Rule
from advisor.model.vocabulary import FactValue
from advisor.verdict.advise import Decider
from advisor.verdict.wording import fill

MOST_REMEMBERED = 50_000
"""Classes of cases that are kept; beyond that all are forgotten, so that memory stays bounded."""


@dataclass(frozen=True, slots=True)
class _Alike:
    """What is so in all cases of one class."""

    verdict: str
    rules: tuple[Rule, ...]
    derived: Mapping[str, FactValue]


class ManyCases:
    """Judges case after case, asking the engine once for each class of cases."""

    def __init__(self, decider: Decider) -> None:
        self._decider = decider
        specs = decider.consultation.vocabulary.facts
        # A number is of the class that begins at the greatest of these that is not beyond it.
        self._starts = tuple(
            (fact, values if specs[fact].type == "number" else None)
            for fact, values in decider.analysis.classes.items()
        )
        self._known: dict[Hashable, _Alike] = {}

    def judge(self, case: Case) -> Judgement:
        """The verdict on `case` with its reasons: those of `Decider.brief`, word for word."""
        key = self._class_of(case.facts)
        alike = self._known.get(key)
        if alike is None:
            if len(self._known) >= MOST_REMEMBERED:
                self._known.clear()
            alike = self._known[key] = self._infer(case)
        facts = {**case.facts, **alike.derived}
        return Judgement(alike.verdict, tuple(self._reason(rule, case, facts) for rule in alike.rules))

    def _class_of(self, facts: Mapping[str, FactValue]) -> Hashable:
        return tuple(
            [
                bisect_right(starts, value) if starts and isinstance(value, int) else value
                for fact, starts in self._starts
                for value in (facts.get(fact),)
            ]
        )

    def _infer(self, case: Case) -> _Alike:
        inference = self._decider.infer(case)
        derived = {name: value for name, value in inference.facts.items() if name not in case.facts}
        rules = self._decider.in_order(inference.held, "concern")
        rules = rules or self._decider.in_order(inference.held, "ground")
        return _Alike(self._decider.analysis.verdict_in(inference.held), tuple(rules), derived)

    def _reason(self, rule: Rule, case: Case, facts: Mapping[str, FactValue]) -> Reason:
        consultation = self._decider.consultation
        return Reason(
            rule=rule.id,
            title=rule.title,
            holds_at=rule.effect.target if rule.effect.kind == "concern" else "",
            message=fill(rule.message, consultation, facts, case.words),
            fix=fill(rule.fix, consultation, facts, case.words),
            cites=rule.cites,
        )
