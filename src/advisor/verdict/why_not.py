"""Why a rule does not hold or a verdict was not reached, and the clauses nearest to turning it.

A rule is turned by the smallest sets of clauses on facts from outside that would make it hold where it does
not, and not hold where it does; what it looks at that is concluded is followed down to such clauses. The sets
are worked out over the condition trees and then tried: a set counts only where some values of its facts give
each of its clauses the wanted truth and really turn the rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice, product

from advisor.model.case import Case
from advisor.model.clauses import holds as holds_alone
from advisor.model.condition import (
    COMPLEMENT,
    RULE_PREFIX,
    All,
    Any,
    Condition,
    Not,
    Test,
    evaluate,
    evaluate_test,
)
from advisor.model.justification import NearMiss, Turn, WhyNot
from advisor.model.rule import Consultation, Rule
from advisor.model.vocabulary import FactValue
from advisor.model.wording import leaf_in_words
from advisor.verdict.analysis import RuleAnalysis
from advisor.verdict.justify import Tracer

MOST_SETS = 200
"""Sets of clauses that are kept at the most in each step of working a rule out."""
MOST_VALUES = 200
"""Combinations of values tried for one set."""

Wish = tuple[Test, bool]
"""A clause and the truth that it would have to have."""
Wishes = frozenset[Wish]


class NearestTurns:
    """Finds the clauses nearest to turning a rule, for one case."""

    def __init__(self, analysis: RuleAnalysis, case: Case, tracer: Tracer) -> None:
        self._analysis, self._tracer = analysis, tracer
        self._consultation = analysis.consultation
        self._state = analysis.working.start(case.facts)
        self._cut = False
        """Whether anything was given up on the way, since when nothing is called certain."""
        self._settled: dict[tuple[str, bool], list[Wishes]] = {}

    def near_miss(self, rule: Rule) -> NearMiss:
        """The rule with the smallest sets of clauses that would turn it."""
        trace = self._tracer.trace(rule)
        wishes = self._smallest(self._of_rule(rule, wanted=not trace.holds), rule, trace.holds)
        return NearMiss(
            trace=trace,
            turns=tuple(tuple(self._turn(*wish) for wish in self._in_order(each)) for each in wishes),
            blocked_by=tuple(clause for clause in trace.unless if clause.truth is True),
            certain=not self._cut,
        )

    # ------------------------------------------------------------------------- over the condition trees

    def _of_rule(self, rule: Rule, *, wanted: bool) -> list[Wishes]:
        """The smallest sets by which `rule` would come to hold, or not to hold."""
        if not wanted:
            fails = self._ways(rule.when, wanted=False)
            blocked = [way for each in rule.unless for way in self._ways(each, wanted=True)]
            return self._fewest([*fails, *blocked])
        sets = self._ways(rule.when, wanted=True)
        for exception in rule.unless:
            if evaluate(exception, self._state) is True:
                sets = self._joined(sets, self._ways(exception, wanted=False))
        return sets

    def _ways(self, condition: Condition, *, wanted: bool) -> list[Wishes]:
        """The smallest sets by which `condition` would become what is `wanted`."""
        if evaluate(condition, self._state) is wanted:
            return [frozenset()]
        match condition:
            case Test():
                return self._of_leaf(condition, wanted=wanted)
            case Not(part):
                return self._ways(part, wanted=not wanted)
            case All(parts) | Any(parts):
                each = [self._ways(part, wanted=wanted) for part in parts]
                if isinstance(condition, Any) is wanted:  # one part is enough
                    return self._fewest([way for ways in each for way in ways])
                return self._all_of(each)

    def _of_leaf(self, test: Test, *, wanted: bool) -> list[Wishes]:
        """A clause on a fact from outside stands for itself; what is concluded is followed down."""
        spec = self._consultation.vocabulary.facts.get(test.fact)
        if spec is not None and spec.origin != "concluded":
            return [frozenset({(test, wanted)})]
        either = [
            self._of_derived(test.fact, holds=value)
            for value in (True, False)
            if evaluate_test(test, {test.fact: value}) is wanted
        ]
        return self._fewest([way for ways in either for way in ways])

    def _of_derived(self, fact: str, *, holds: bool) -> list[Wishes]:
        """The smallest sets by which a conclusion, or whether a rule holds, would become what is wanted."""
        if (fact, holds) not in self._settled:
            self._settled[fact, holds] = self._worked_out(fact, holds=holds)
        return self._settled[fact, holds]

    def _worked_out(self, fact: str, *, holds: bool) -> list[Wishes]:
        if fact.startswith(RULE_PREFIX):
            rule = self._consultation.rule(fact.removeprefix(RULE_PREFIX))
            makers = [rule] if rule else []
        else:
            makers = list(self._consultation.makers(fact))
        each = [self._of_rule(maker, wanted=holds) for maker in makers]
        if holds:
            return self._fewest([way for ways in each for way in ways])
        return self._all_of(each)

    def _all_of(self, each: Iterable[list[Wishes]]) -> list[Wishes]:
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
            if len(kept) >= MOST_SETS:
                self._cut = True
                break
            if not any(other <= each for other in kept):
                kept.append(each)
        return kept

    # ----------------------------------------------------------------------------------- tried by values

    def _smallest(self, sets: list[Wishes], rule: Rule, holds: bool) -> list[Wishes]:
        """The smallest of `sets` that turn the rule; those that bring no new concern, where there are any."""
        tried: list[tuple[int, int, Wishes]] = []
        for each in sorted((each for each in sets if each), key=len):
            if tried and len(each) > tried[0][0]:
                break
            new_concerns = self._new_concerns(each, rule, holds)
            if new_concerns is None:
                self._cut = True  # with more clauses beside these it might turn after all
            else:
                tried.append((len(each), new_concerns, each))
        clean = [each for _, new, each in tried if not new]
        return clean or [each for _, _, each in tried]

    def _new_concerns(self, wishes: Wishes, rule: Rule, holds: bool) -> int | None:
        """How many concerns come to hold besides, with the best values; None where none turn the rule."""
        by_fact: dict[str, list[Wish]] = {}
        for wish in sorted(wishes, key=repr):
            by_fact.setdefault(wish[0].fact, []).append(wish)
        choices = [list(self._values(fact, wanted)) for fact, wanted in by_fact.items()]
        fewest: int | None = None
        for values in islice(product(*choices), MOST_VALUES):
            network = self._analysis.working
            after = network.changed(self._state, dict(zip(by_fact, values, strict=True)))
            if network.contradicts(after, self._state) or holds_alone(rule, after) is holds:
                continue
            own = RULE_PREFIX + rule.id
            new = sum(
                after.get(name) is True and self._state.get(name) is not True and name != own
                for name, _ in network.concerns
            )
            fewest = new if fewest is None else min(fewest, new)
            if not fewest:
                break
        return fewest

    def _values(self, fact: str, wishes: list[Wish]) -> Iterator[FactValue | None]:
        """Values, None for unknown among them, that give each test of `fact` the truth it should have."""
        for value in (*self._analysis.classes.get(fact, (True, False)), None):
            known = {} if value is None else {fact: value}
            if all(evaluate_test(test, known) is truth for test, truth in wishes):
                yield value

    def _in_order(self, wishes: Wishes) -> list[Wish]:
        """Wishes in the order of the vocabulary."""
        order = list(self._consultation.vocabulary.facts)
        return sorted(wishes, key=lambda wish: (order.index(wish[0].fact), repr(wish)))

    def _turn(self, test: Test, to: bool) -> Turn:
        spec = self._consultation.vocabulary[test.fact]
        wanted = test if to else Test(test.fact, COMPLEMENT[test.op], test.value, test.setting)
        return Turn(
            clause=self._tracer.clause(test),
            to=to,
            says=leaf_in_words(wanted, self._consultation),
            changes_with=spec.changes_with,
            told=spec.told,
        )


def why_not_rule(rule: Rule, verdict: str, turns: NearestTurns, tracer: Tracer) -> WhyNot:
    """Why `rule` does not hold in a case on which the verdict is `verdict`."""
    near = turns.near_miss(rule)
    return WhyNot(
        kind="rule",
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
        kind="verdict",
        asked=wanted,
        verdict=verdict,
        holds=level == now,
        must_fall=tuple(map(turns.near_miss, above)),
        could_hold=tuple(candidates),
        justification=tracer.justification(
            verdict, others=[*above, *(rule for rule in at_level if rule.id in shown)]
        ),
    )
