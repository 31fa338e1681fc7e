"""Why a rule does not hold or a verdict was not reached, and the clauses nearest to turning it.

A rule is turned by the smallest sets of its own clauses that would make it hold where it does not, and not
hold where it does. They are worked out over the condition tree and then tried: a set counts only where some
values of its facts give each of its clauses the wanted truth and really turn the rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from advisor.model.condition import All, Any, Condition, Not, Test, evaluate, evaluate_test
from advisor.model.justification import NearMiss, Turn, WhyNot
from advisor.model.rule import Consultation, Rule
from advisor.model.vocabulary import FactValue
from advisor.verdict.justify import Tracer

MOST_SETS = 200
"""Sets of clauses followed up at the most while one rule is worked out."""

Wish = tuple[Test, bool]
"""A clause and the truth that it would have to have."""
Wishes = frozenset[Wish]


class NearestTurns:
    """Finds the clauses nearest to turning a rule, for one case."""

    def __init__(
        self,
        consultation: Consultation,
        by_class: Mapping[str, tuple[FactValue, ...]],
        facts: Mapping[str, FactValue],
        tracer: Tracer,
    ) -> None:
        """`by_class`: what `possible.classes` gives; `facts`: all facts of the case, concluded ones too."""
        self._consultation, self._classes = consultation, by_class
        self._facts, self._tracer = facts, tracer
        self._cut = False

    def near_miss(self, rule: Rule) -> NearMiss:
        """The rule with the smallest sets of clauses that would turn it."""
        trace = self._tracer.trace(rule)
        self._cut = False
        wishes = self._smallest(self._to_turn(rule, holds=trace.holds), rule, trace.holds)
        return NearMiss(
            trace=trace,
            turns=tuple(tuple(self._turn(*wish) for wish in self._in_order(each, rule)) for each in wishes),
            blocked_by=tuple(clause for clause in trace.unless if clause.truth is True),
            certain=not self._cut,
        )

    def _to_turn(self, rule: Rule, *, holds: bool) -> list[Wishes]:
        if holds:
            fails = self._ways(rule.when, wanted=False)
            return self._fewest(
                [*fails, *(way for each in rule.unless for way in self._ways(each, wanted=True))]
            )
        sets = self._ways(rule.when, wanted=True)
        for exception in rule.unless:
            if evaluate(exception, self._facts) is True:
                sets = self._joined(sets, self._ways(exception, wanted=False))
        return sets

    def _ways(self, condition: Condition, *, wanted: bool) -> list[Wishes]:
        """The smallest sets of leaves by which `condition` would become what is `wanted`."""
        if evaluate(condition, self._facts) is wanted:
            return [frozenset()]
        match condition:
            case Test():
                return [frozenset({(condition, wanted)})]
            case Not(part):
                return self._ways(part, wanted=not wanted)
            case All(parts) | Any(parts):
                each = [self._ways(part, wanted=wanted) for part in parts]
                if isinstance(condition, Any) is wanted:  # one part is enough
                    return self._fewest([way for ways in each for way in ways])
                joined: list[Wishes] = [frozenset()]
                for ways in each:
                    joined = self._joined(joined, ways)
                return joined

    def _joined(self, left: list[Wishes], right: list[Wishes]) -> list[Wishes]:
        return self._fewest([one | other for one, other in product(left, right)])

    def _fewest(self, sets: list[Wishes]) -> list[Wishes]:
        """Leave out sets that hold another one; of too many, keep the smallest."""
        kept: list[Wishes] = []
        for each in sorted(dict.fromkeys(sets), key=len):
            if not any(other <= each for other in kept):
                kept.append(each)
        self._cut = self._cut or len(kept) > MOST_SETS
        return kept[:MOST_SETS]

    def _smallest(self, sets: list[Wishes], rule: Rule, holds: bool) -> list[Wishes]:
        working = [each for each in sets if each and self._works(each, rule, holds)]
        fewest = min(map(len, working), default=0)
        return [each for each in working if len(each) == fewest]

    def _works(self, wishes: Wishes, rule: Rule, holds: bool) -> bool:
        """Whether some values of the facts fulfil all wishes and turn the rule."""
        by_fact: dict[str, list[Wish]] = {}
        for wish in wishes:
            by_fact.setdefault(wish[0].fact, []).append(wish)
        choices = [list(self._values(fact, wanted)) for fact, wanted in by_fact.items()]
        for values in product(*choices):
            facts = dict(self._facts)
            for fact, value in zip(by_fact, values, strict=True):
                facts.pop(fact, None)
                if value is not None:
                    facts[fact] = value
            if _holds(rule, facts) is not holds:
                return True
        return False

    def _values(self, fact: str, wishes: list[Wish]) -> Iterator[FactValue | None]:
        """Values, None for unknown among them, that give each test of `fact` the truth it should have."""
        for value in (*self._classes.get(fact, (True, False)), None):
            known = {} if value is None else {fact: value}
            if all(evaluate_test(test, known) is truth for test, truth in wishes):
                yield value

    def _in_order(self, wishes: Wishes, rule: Rule) -> list[Wish]:
        """Wishes in the order in which the rule writes its clauses."""
        leaves = list(rule.leaves)
        return sorted(wishes, key=lambda wish: leaves.index(wish[0]))

    def _turn(self, test: Test, to: bool) -> Turn:
        spec = self._consultation.vocabulary.facts.get(test.fact)
        return Turn(
            clause=self._tracer.clause(test),
            to=to,
            changes_with=spec.changes_with if spec else "never",
            told=spec.told if spec else "",
        )


def _holds(rule: Rule, facts: Mapping[str, FactValue]) -> bool:
    return evaluate(rule.when, facts) is True and not any(
        evaluate(exception, facts) is True for exception in rule.unless
    )


def why_not_rule(rule: Rule, verdict: str, turns: NearestTurns, tracer: Tracer) -> WhyNot:
    """Why `rule` does not hold in a case on which the verdict is `verdict`."""
    near = turns.near_miss(rule)
    return WhyNot(
        asked=rule.id,
        verdict=verdict,
        holds=near.trace.holds,
        must_fall=(),
        could_hold=(near,),
        justification=tracer.justification(verdict, others=(rule,)),
    )


def why_not_verdict(
    wanted: str,
    verdict: str,
    consultation: Consultation,
    held: frozenset[str],
    turns: NearestTurns,
    tracer: Tracer,
) -> WhyNot:
    """Why the verdict is `verdict` and not `wanted`."""
    level, now = consultation.caution(wanted), consultation.caution(verdict)
    concerns = [rule for rule in consultation.active if rule.effect.kind == "concern"]
    above = [
        rule for rule in concerns if rule.id in held and consultation.caution(rule.effect.target) > level
    ]
    above.sort(key=lambda rule: (-consultation.caution(rule.effect.target), -rule.salience, rule.id))
    at_level = [rule for rule in concerns if rule.effect.target == wanted] if level and level != now else []
    standing = any(rule.id in held for rule in at_level)
    candidates = [] if standing else [turns.near_miss(rule) for rule in at_level]
    candidates = [near for near in candidates if near.turns]
    candidates.sort(key=lambda near: (len(near.turns[0]), near.trace.rule))
    shown = {near.trace.rule for near in candidates}
    return WhyNot(
        asked=wanted,
        verdict=verdict,
        holds=level == now,
        must_fall=tuple(map(turns.near_miss, above)),
        could_hold=tuple(candidates),
        justification=tracer.justification(
            verdict, others=[*above, *(rule for rule in at_level if rule.id in shown)]
        ),
    )
