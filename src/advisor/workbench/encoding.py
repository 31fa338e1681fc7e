"""A rule set as formulas over unknown facts: what holds, what is concluded, and which verdict is reached.

It goes through the strata as the reference engine does, with formulas in place of truths, so that one set of
formulas speaks of all cases at once. Properties hold it against that engine, which stays the judge.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from advisor.inference.engine import Program
from advisor.model.condition import (
    GROUND_FACT,
    RULE_PREFIX,
    All,
    Any,
    Condition,
    Not,
    Test,
    evaluate,
    evaluate_test,
    facts_of,
)
from advisor.model.rule import Consultation, Rule
from advisor.model.strata import Stratum
from advisor.model.vocabulary import FactValue, Vocabulary
from advisor.workbench.symbols import (
    FALSE,
    TRUE,
    UNKNOWN,
    Formula,
    Pair,
    Symbols,
    both,
    either,
    opposite,
)


class Encoding:
    """What follows from the facts `symbols`, whatever they are."""

    def __init__(self, consultation: Consultation, symbols: Symbols, base: Encoding | None = None) -> None:
        """Facts without a symbol are unknown; conclusions may have one too, as where a case tells them.

        `base` encodes the same rules for other symbols: whatever hangs only on those that are the same is
        taken over from it.
        """
        self.consultation, self.symbols = consultation, symbols
        self.holds: dict[str, Formula] = {}
        """For each active rule that it holds."""
        self._rules: dict[str, Pair] = {}
        self._settled: dict[str, Pair] = {}
        self._base = base
        self.differing = (
            {name for name, symbol in symbols.items() if base.symbols.get(name) is not symbol}
            if base
            else set()
        )
        """Facts and conclusions that may be otherwise than in `base`."""
        program = Program.of(consultation.active, consultation.vocabulary)
        if not program.has_grounds:
            self._settle(GROUND_FACT, Pair(FALSE, TRUE))
        for stratum in program.strata:
            self._stratum(stratum, program)

    def truth(self, condition: Condition) -> Pair:
        """When `condition` is definitely true, and when definitely false."""
        match condition:
            case Test():
                return self._test(condition)
            case Not(part):
                return self.truth(part).negated
            case All(parts):
                truths = [self.truth(part) for part in parts]
                return Pair(both(each.true for each in truths), either(each.false for each in truths))
            case Any(parts):
                truths = [self.truth(part) for part in parts]
                return Pair(either(each.true for each in truths), both(each.false for each in truths))

    def at_least(self, level: int) -> Formula:
        """That the verdict stands at the place `level` of the scale, or is more cautious."""
        if level <= 0:
            return TRUE
        caution = self.consultation.caution
        return either(
            self.holds[rule.id]
            for rule in self.consultation.active
            if rule.effect.kind == "concern" and caution(rule.effect.target) >= level
        )

    def verdict_is(self, verdict: str) -> Formula:
        """That this verdict is reached."""
        level = self.consultation.caution(verdict)
        return both((self.at_least(level), opposite(self.at_least(level + 1))))

    def _stratum(self, stratum: Stratum, program: Program) -> None:
        for rule in stratum.rules:
            self._rules[rule.id] = self._rule(rule)
            self.holds[rule.id] = self._rules[rule.id].true
        for fact in stratum.concluded:
            makers = [self._rules[rule.id] for rule in stratum.rules if _concludes(rule, fact)]
            self._settle(
                fact,
                Pair(either(maker.true for maker in makers), both(maker.false for maker in makers)),
            )
        for rule in stratum.rules:
            if rule.id in program.named:
                self._settle(RULE_PREFIX + rule.id, self._rules[rule.id])
        if stratum.ends_grounds:
            grounds = (rule.id for rule in self.consultation.active if rule.effect.kind == "ground")
            some = either(self.holds[rule] for rule in grounds)
            self._settle(GROUND_FACT, Pair(some, opposite(some)))

    def _rule(self, rule: Rule) -> Pair:
        if self._base is not None and self.differing.isdisjoint(rule.facts):
            return self._base._rules[rule.id]
        when = self.truth(rule.when)
        blocked = either(self.truth(exception).true for exception in rule.unless)
        return Pair(both((when.true, opposite(blocked))), either((when.false, blocked)))

    def _settle(self, fact: str, truth: Pair) -> None:
        """Let `fact` be settled from here on; where that leaves it unknown, what was told stands."""
        if fact in self.symbols:
            told = self.symbols[fact].truth(Test(fact, "eq", True))
            unknown = opposite(truth.known)
            truth = Pair(
                either((truth.true, both((unknown, told.true)))),
                either((truth.false, both((unknown, told.false)))),
            )
        before = self._base._settled[fact] if self._base else None
        if before is not None and _same(before, truth):
            truth = before
        elif before is not None:
            self.differing.add(fact)
        self._settled[fact] = truth

    def _test(self, test: Test) -> Pair:
        settled = self._settled.get(test.fact)
        if settled is None:
            symbol = self.symbols.get(test.fact)
            if symbol is not None:
                return symbol.truth(test)
            settled = UNKNOWN
        if test.op in ("known", "unknown"):
            pair = Pair(settled.known, opposite(settled.known))
            return pair if test.op == "known" else pair.negated
        yes, no = (evaluate_test(test, {test.fact: value}) for value in (True, False))
        ways = ((yes, settled.true), (no, settled.false))
        return Pair(
            either(formula for truth, formula in ways if truth),
            either(formula for truth, formula in ways if not truth),
        )


def _same(one: Pair, other: Pair) -> bool:
    """Whether two truths are written in the same way."""
    return bool(one.true.eq(other.true) and one.false.eq(other.false))


def _concludes(rule: Rule, fact: str) -> bool:
    return rule.effect.kind == "conclude" and rule.effect.target == fact


@dataclass(frozen=True, slots=True)
class Sum:
    """A number that is the sum of others where all of them are known."""

    fact: str
    of: tuple[str, ...]
    derived: bool
    """Whether it is told nowhere itself, so that it is known only where its summands are."""


class Background:
    """What facts that were read from a prospect file always obey, beyond what the rules say of them.

    Facts that never stand together do not, and a sum is that of its summands. It is stated twice: as
    formulas, and as a check of given facts by which every finding is confirmed.
    """

    def __init__(self, consultation: Consultation) -> None:
        self.impossible = consultation.impossible
        vocabulary: Vocabulary = consultation.vocabulary
        self.sums = tuple(
            Sum(spec.name, spec.sum_of, derived=not (spec.told or spec.ask))
            for spec in vocabulary.given
            if spec.sum_of and all(name in vocabulary for name in spec.sum_of)
        )

    def formulas(
        self, encoding: Encoding, about: Collection[str] | None = None
    ) -> list[tuple[Condition | Sum, Formula]]:
        """All that is assumed of the facts of `encoding`, or of those in `about`, each with its source."""

        def asked(facts: Collection[str]) -> bool:
            return about is None or any(fact in about for fact in facts)

        found: list[tuple[Condition | Sum, Formula]] = [
            (condition, opposite(encoding.truth(condition).true))
            for condition in self.impossible
            if asked(facts_of(condition))
        ]
        symbols = encoding.symbols
        found += [
            (each, _adds_up(each, symbols))
            for each in self.sums
            if asked((each.fact, *each.of)) and all(name in symbols for name in (each.fact, *each.of))
        ]
        return found

    def allows(self, facts: Mapping[str, FactValue]) -> bool:
        """Whether `facts` can stand together."""
        if any(evaluate(condition, facts) is True for condition in self.impossible):
            return False
        return all(_is_right(each, facts) for each in self.sums)


def _adds_up(each: Sum, symbols: Symbols) -> Formula:
    total, parts = symbols[each.fact], [symbols[name] for name in each.of]
    known = both(part.known for part in parts)
    equal = total.value == sum(part.value for part in parts)
    right = either((opposite(known), both((total.known, equal))))
    return both((right, either((opposite(total.known), known)))) if each.derived else right


def _is_right(each: Sum, facts: Mapping[str, FactValue]) -> bool:
    parts = [facts.get(name) for name in each.of]
    if None in parts:
        return not (each.derived and each.fact in facts)
    return facts.get(each.fact) == sum(part for part in parts if isinstance(part, int))
