"""The justification tree: findings, rules, clauses with their truth, facts with their origin, passages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from advisor.model.case import Case
from advisor.model.condition import (
    RULE_PREFIX,
    All,
    Any,
    Condition,
    Not,
    Test,
    evaluate,
    evaluate_test,
)
from advisor.model.justification import Clause, ClauseKind, FactSeen, Justification, RuleTrace
from advisor.model.knowledge import Library
from advisor.model.rule import Consultation, Rule
from advisor.model.vocabulary import FactValue
from advisor.verdict.findings import cite
from advisor.verdict.wording import in_words, plain


class Tracer:
    """Traces the rules of one case; `facts` holds conclusions too, `held` the ids of the rules that hold."""

    def __init__(
        self,
        consultation: Consultation,
        library: Library,
        case: Case,
        facts: Mapping[str, FactValue],
        held: frozenset[str],
    ) -> None:
        self._consultation, self._library, self._case = consultation, library, case
        self._facts, self._held = facts, held

    def trace(self, rule: Rule) -> RuleTrace:
        """The rule with the truth of every clause."""
        return RuleTrace(
            rule=rule.id,
            title=rule.title,
            effect=rule.effect.kind,
            target=rule.effect.target,
            holds=rule.id in self._held,
            when=self.clause(rule.when),
            unless=tuple(map(self.clause, rule.unless)),
            cites=rule.cites,
        )

    def clause(self, condition: Condition) -> Clause:
        """A condition with the truth that it has here, and its parts likewise."""
        match condition:
            case Test():
                return self._leaf(condition)
            case Not(part):
                inner: tuple[Condition, ...] = (part,)
                kind: ClauseKind = "not"
            case All(inner):
                kind = "all"
            case Any(inner):
                kind = "any"
        parts = tuple(map(self.clause, inner))
        return Clause(kind=kind, says="", truth=evaluate(condition, self._facts), parts=parts)

    def _leaf(self, test: Test) -> Clause:
        rule = test.fact.startswith(RULE_PREFIX)
        return Clause(
            kind="rule" if rule else "fact",
            says=in_words(test, self._consultation),
            truth=evaluate_test(test, self._facts),
            name=test.fact.removeprefix(RULE_PREFIX),
            op=test.op,
            wanted=test.value,
            seen=plain(self._facts.get(test.fact)),
        )

    def justification(
        self,
        verdict: str,
        findings: Sequence[Rule] = (),
        set_aside: Sequence[Rule] = (),
        others: Sequence[Rule] = (),
    ) -> Justification:
        """The tree under some rules; `others` are traced elsewhere, but what settles their facts is here."""
        rules: dict[str, RuleTrace] = {}
        facts: dict[str, FactSeen] = {}
        cited: dict[str, None] = {}
        pending = [*findings, *set_aside, *others]
        seen = {rule.id for rule in pending}
        while pending:
            rule = pending.pop(0)
            cited.update(dict.fromkeys(rule.cites))
            for name in sorted(rule.facts):
                behind = self._behind(name)
                if not name.startswith(RULE_PREFIX) and name not in facts:
                    facts[name] = self._seen(name, behind)
                for each in behind:
                    if each.id not in seen:
                        seen.add(each.id)
                        rules[each.id] = self.trace(each)
                        pending.append(each)
        return Justification(
            verdict=verdict,
            findings=tuple(map(self.trace, findings)),
            set_aside=tuple(map(self.trace, set_aside)),
            rules=dict(sorted(rules.items())),
            facts=dict(sorted(facts.items())),
            passages={name: cite(name, self._library) for name in sorted(cited)},
        )

    def _behind(self, name: str) -> list[Rule]:
        """The rules that settle a conclusion (those that hold, else all that could), or the rule named."""
        if name.startswith(RULE_PREFIX):
            rule = self._consultation.rule(name.removeprefix(RULE_PREFIX))
            return [rule] if rule else []
        makers = self._consultation.makers(name)
        return [rule for rule in makers if rule.id in self._held] or list(makers)

    def _seen(self, name: str, behind: list[Rule]) -> FactSeen:
        spec = self._consultation.vocabulary[name]
        return FactSeen(
            name=name,
            means=spec.means,
            value=plain(self._facts.get(name)),
            origin=spec.origin,
            told=spec.told,
            spans=self._case.spans.get(name, ()),
            concluded_by=tuple(rule.id for rule in behind),
        )
