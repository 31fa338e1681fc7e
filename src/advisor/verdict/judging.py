"""A judgement: a verdict in a line with its reasons, for lists that are too long for briefs."""

from __future__ import annotations

from advisor.model.case import Case
from advisor.model.judgement import Judgement, Reason
from advisor.verdict.advise import Decider
from advisor.verdict.wording import fill


def judge(decider: Decider, case: Case) -> Judgement:
    """The verdict on `case` with its reasons: those of `Decider.brief`, word for word."""
    inferred = decider.inferred(case.facts)
    consultation = decider.consultation
    rules = decider.in_order(inferred.held, "concern") or decider.in_order(inferred.held, "ground")
    reasons = tuple(
        Reason(
            rule=rule.id,
            title=rule.title,
            holds_at=rule.effect.target if rule.effect.kind == "concern" else "",
            message=fill(rule.message, consultation, inferred.facts, case.words),
            fix=fill(rule.fix, consultation, inferred.facts, case.words),
            cites=rule.cites,
        )
        for rule in rules
    )
    return Judgement(decider.analysis.verdict_in(inferred.held), reasons)
