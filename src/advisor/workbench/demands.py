"""Demands: what must be so of single tests for a condition to be true, or not to be, and for a rule to hold.

A condition is turned into demands on its tests ("is definitely true", "is not"), joined by "every" and
"some". A conclusion may be taken for a fact like any other, or be traced to what the rules draw it from.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from advisor.model.condition import (
    GROUND_FACT,
    RULE_PREFIX,
    All,
    Any,
    Condition,
    Not,
    Test,
    Truth,
    evaluate_test,
    negation_normal,
)
from advisor.model.rule import Rule
from advisor.model.vocabulary import FactValue


@dataclass(frozen=True, slots=True)
class Demand:
    """One test must be definitely true, or must not be."""

    test: Test
    true: bool


@dataclass(frozen=True, slots=True)
class Every:
    """All of these."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """One of these."""

    parts: tuple[Formula, ...]


Formula = Demand | Every | Some


def is_true(condition: Condition) -> Formula:
    """The demand that `condition` is definitely true."""
    return _demanded(negation_normal(condition), true=True)


def is_false(condition: Condition) -> Formula:
    """The demand that `condition` is definitely false."""
    return is_true(Not(condition))


def is_not_true(condition: Condition) -> Formula:
    """The demand that `condition` is false or unknown."""
    return _demanded(negation_normal(condition), true=False)


def _demanded(condition: Condition, *, true: bool) -> Formula:
    match condition:
        case All(parts):
            inner = tuple(_demanded(part, true=true) for part in parts)
            return Every(inner) if true else Some(inner)
        case Any(parts):
            inner = tuple(_demanded(part, true=true) for part in parts)
            return Some(inner) if true else Every(inner)
        case Not(part):  # not after negation was pushed to the leaves
            return _demanded(part, true=not true)
        case Test():
            return Demand(condition, true)


def rule_holds(rule: Rule) -> Formula:
    """The demand that `rule` by itself holds."""
    return Every((is_true(rule.when), *(is_not_true(each) for each in rule.unless)))


def rule_does_not_hold(rule: Rule) -> Formula:
    """The demand that `rule` by itself does not hold."""
    return Some((is_not_true(rule.when), *(is_true(each) for each in rule.unless)))


def _rule_is_false(rule: Rule) -> Formula:
    return Some((is_false(rule.when), *(is_true(each) for each in rule.unless)))


def _rule_is_not_false(rule: Rule) -> Formula:
    return Every((is_not_true(Not(rule.when)), *(is_not_true(each) for each in rule.unless)))


ALWAYS, NEVER = Every(()), Some(())
ValueOrUnknown = FactValue | None
"""A value of a fact; None for unknown."""


def truth_at(test: Test, value: ValueOrUnknown) -> Truth:
    """Truth of `test` where its fact has `value`."""
    return evaluate_test(test, {} if value is None else {test.fact: value})


class Derivations:
    """What must be so for a conclusion to be true, false or unknown, as demands on what it is drawn from."""

    def __init__(self, rules: Sequence[Rule], conclusions: Iterable[str]) -> None:
        self._rules = {rule.id: rule for rule in rules}
        self._grounds = [rule for rule in rules if rule.effect.kind == "ground"]
        self._makers: dict[str, list[Rule]] = {name: [] for name in conclusions if name != GROUND_FACT}
        for rule in rules:
            if rule.effect.kind == "conclude":
                self._makers.setdefault(rule.effect.target, []).append(rule)
        self._known: dict[tuple[str, frozenset[Truth]], Formula] = {}

    def derived(self, fact: str) -> bool:
        """Whether `fact` follows from others."""
        return fact == GROUND_FACT or fact in self._makers or fact.startswith(RULE_PREFIX)

    def demand(self, demand: Demand) -> Formula:
        """What `demand` on a conclusion asks of what it is drawn from."""
        fact, test = demand.test.fact, demand.test
        wanted = frozenset(
            truth for truth in (True, False, None) if (truth_at(test, truth) is True) == demand.true
        )
        found = self._known.get((fact, wanted))
        if found is None:
            found = self._known[fact, wanted] = self._derived(fact, wanted)
        return found

    def _derived(self, fact: str, wanted: frozenset[Truth]) -> Formula:
        true, false, not_true, not_false = self._ways(fact)
        by_truths: dict[frozenset[Truth], Formula] = {
            frozenset(): NEVER,
            frozenset({True}): true,
            frozenset({False}): false,
            frozenset({None}): Every((not_true, not_false)),
            frozenset({False, None}): not_true,
            frozenset({True, None}): not_false,
            frozenset({True, False}): Some((true, false)),
            frozenset({True, False, None}): ALWAYS,
        }
        return by_truths[wanted]

    def _ways(self, fact: str) -> tuple[Formula, Formula, Formula, Formula]:
        """What makes `fact` true, what makes it false, and what keeps it from being so."""
        if fact == GROUND_FACT:  # closed: where no ground stands, it is false
            some = Some(tuple(rule_holds(each) for each in self._grounds))
            none = Every(tuple(rule_does_not_hold(each) for each in self._grounds))
            return some, none, none, some
        if fact.startswith(RULE_PREFIX):
            named = self._rules.get(fact.removeprefix(RULE_PREFIX))
            makers = [named] if named is not None else []
        else:
            makers = self._makers[fact]
        if not makers:  # nobody settles it, so it stays unknown
            return NEVER, NEVER, ALWAYS, ALWAYS
        return (
            Some(tuple(rule_holds(each) for each in makers)),
            Every(tuple(_rule_is_false(each) for each in makers)),
            Every(tuple(rule_does_not_hold(each) for each in makers)),
            Some(tuple(_rule_is_not_false(each) for each in makers)),
        )
