"""Standings: a brief verdict shortened, and which unanswered questions could still give a ground.

What is missing is found by looking only at the conditions of the grounds, so it says what may matter most and
not, as the interview does, what surely would.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from advisor.model.case import Case
from advisor.model.condition import evaluate, facts_of
from advisor.model.rule import Rule
from advisor.model.situation import NOTHING_TO_SEND
from advisor.model.standing import Standing
from advisor.model.verdict import Brief
from advisor.model.vocabulary import FactValue

if TYPE_CHECKING:
    from advisor.verdict.advise import Decider

_STATUS = "relationship.status"
"""Where a prospect file tells what became of earlier requests."""
_MOST_MISSING = 3
"""Questions that are named; the interview asks for the rest."""
_KEPT = 512
"""Sets of facts whose missing answers are remembered."""


class StandingMaker:
    """Says how prospects stand in one consultation; made once, used for many and from many threads."""

    def __init__(self, decider: Decider) -> None:
        self._decider = decider
        consultation = decider.consultation
        self._grounds = [rule for rule in consultation.active if rule.effect.kind == "ground"]
        concluded = {rule.effect.target for rule in consultation.active if rule.effect.kind == "conclude"}
        self._makers = {name: consultation.makers(name) for name in concluded}
        self._status = next(
            (spec.name for spec in consultation.vocabulary.given if spec.told == _STATUS), _STATUS
        )
        self._missing = lru_cache(maxsize=_KEPT)(self._find_missing)

    def standing(self, case: Case, as_of: date) -> Standing:
        """How the prospect of `case` stands."""
        brief = self._decider.brief(case, as_of)
        unsendable = case.facts.get(self._status) in NOTHING_TO_SEND
        asked = () if unsendable else self._missing(frozenset(case.facts.items()))
        questions = [self._decider.consultation.vocabulary[name] for name in asked]
        return shortened(
            brief,
            self._decider.consultation.caution(brief.verdict),
            nothing_to_send=unsendable,
            missing=tuple(spec.ask for spec in questions),
            missing_places=tuple(spec.told for spec in questions),
        )

    def _find_missing(self, told: frozenset[tuple[str, FactValue]]) -> tuple[str, ...]:
        """The questions on whose answers most undecided grounds hang; of equals, the vocabulary's first."""
        inferred = self._decider.inferred(dict(told))
        facts, analysis = inferred.facts, self._decider.analysis
        hanging: Counter[str] = Counter()
        for rule in self._grounds:
            if rule.id not in inferred.held and self._open(rule, facts):
                unknown = self._unknown(rule, facts, set())
                hanging.update(fact for fact, tells in analysis.told_by.items() if tells & unknown)
        asked = [name for name in analysis.told_by if hanging[name] and analysis.asks(name, facts)]
        return tuple(sorted(asked, key=lambda name: -hanging[name])[:_MOST_MISSING])

    @staticmethod
    def _open(rule: Rule, facts: Mapping[str, FactValue]) -> bool:
        """Whether answers could still make `rule` hold."""
        blocked = any(evaluate(exception, facts) is True for exception in rule.unless)
        return not blocked and evaluate(rule.when, facts) is None

    def _unknown(self, rule: Rule, facts: Mapping[str, FactValue], seen: set[str]) -> frozenset[str]:
        """The facts from outside that nobody told and on which it hangs whether `rule` holds."""
        unknown: set[str] = set()
        for name in facts_of(rule.when) - facts.keys() - seen:
            seen.add(name)
            makers = self._makers.get(name)
            if makers is None:
                unknown.add(name)
            for maker in makers or ():
                if self._open(maker, facts):
                    unknown |= self._unknown(maker, facts, seen)
        return frozenset(unknown)


def shortened(
    brief: Brief,
    caution: int,
    *,
    nothing_to_send: bool = False,
    missing: tuple[str, ...] = (),
    missing_places: tuple[str, ...] = (),
) -> Standing:
    """A brief verdict as a standing; `caution` is the place of its verdict on the scale."""
    deciding = next((each for each in brief.concerns if each.holds_at == brief.verdict), None)
    first = deciding or next(iter(brief.grounds), None)
    cited = next(iter(first.citations), None) if first else None
    return Standing(
        verdict=brief.verdict,
        caution=caution,
        why=brief.why,
        citation=f"{cited.source_title} › {cited.heading}" if cited else "",
        fix=deciding.fix if deciding else "",
        others=tuple(each.title for each in brief.concerns if each is not deciding),
        grounds=tuple(each.title for each in brief.grounds),
        plain_grounds=sum(each.strength == "plain" for each in brief.grounds),
        concerns=len(brief.concerns),
        nothing_to_send=nothing_to_send,
        missing=missing,
        missing_places=missing_places,
    )
