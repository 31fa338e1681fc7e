"""Rules as nodes of which several truths may still be possible: true, false, unknown, in any combination.

A mask holds the truths that are still possible, one bit each. Where every fact is settled on, one bit is
left, and it is what an engine infers. Nothing here searches.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from advisor.model.condition import GROUND_FACT, RULE_PREFIX, All, Any, Condition, Not, Test, evaluate_test
from advisor.model.rule import Consultation, Rule
from advisor.model.strata import stratify
from advisor.model.vocabulary import FactValue

TRUE, FALSE, UNKNOWN = 1, 2, 4
_ANY = TRUE | FALSE | UNKNOWN
SINGLE = (TRUE, FALSE, UNKNOWN)
"""Masks of which one truth is left."""
Assigned = dict[str, FactValue | None]
"""Facts that are settled on; None for one that nobody tells."""
Masks = dict[str, int]
Check = Callable[[Assigned, Masks], int]


@dataclass(frozen=True, slots=True)
class Node:
    """One thing to be worked out, and how."""

    name: str
    check: Check
    needs: tuple[str, ...]
    key: object
    """What it is made of: nodes of two sides with equal keys differ only in what they rest on."""


class NodeMaker:
    """Makes nodes whose facts fall into given classes."""

    def __init__(self, classes: Mapping[str, tuple[FactValue, ...]], early: Collection[str]) -> None:
        """`early`: facts that a node names before others among those that it needs."""
        self._classes, self._early = classes, early

    def of(self, consultation: Consultation) -> list[Node]:
        """The nodes of one consultation, causes before effects."""
        rules = consultation.active
        grounds = tuple(sorted(RULE_PREFIX + rule.id for rule in rules if rule.effect.kind == "ground"))
        nodes: list[Node] = []
        derived = {GROUND_FACT, *(RULE_PREFIX + rule.id for rule in rules)}
        derived |= {spec.name for spec in consultation.vocabulary.conclusions}
        derived |= {rule.effect.target for rule in rules if rule.effect.kind == "conclude"}
        derived |= {fact for rule in rules for fact in rule.facts if fact.startswith(RULE_PREFIX)}
        if not grounds:
            nodes.append(Node(GROUND_FACT, lambda _, __: FALSE, (), ()))
        for stratum in stratify(rules):
            makers: dict[str, list[str]] = {}
            for rule in stratum.rules:
                name = RULE_PREFIX + rule.id
                key = (rule.when, rule.unless)
                # What is chosen last is changed first: so other things are tried before words of a note.
                needs = tuple(sorted(rule.facts, key=lambda fact: (fact not in self._early, fact)))
                nodes.append(Node(name, self._rule_check(rule, derived), needs, key))
                if rule.effect.kind == "conclude":
                    makers.setdefault(rule.effect.target, []).append(name)
            for fact, names in sorted(makers.items()):
                any_of = Any(tuple(Test(name, "eq", True) for name in names))
                nodes.append(Node(fact, self._check(any_of, derived), tuple(names), tuple(names)))
            if stratum.ends_grounds:
                nodes.append(Node(GROUND_FACT, _ground_check(grounds), grounds, grounds))
        return nodes

    def _rule_check(self, rule: Rule, derived: set[str]) -> Check:
        when = self._check(rule.when, derived)
        exceptions = tuple(self._check(each, derived) for each in rule.unless)

        def check(facts: Assigned, masks: Masks) -> int:
            result = when(facts, masks)
            for exception in exceptions:
                truth = exception(facts, masks)
                if truth == TRUE:
                    return FALSE
                if truth & TRUE:
                    result |= FALSE
            return result

        return check

    def _check(self, condition: Condition, derived: set[str]) -> Check:
        match condition:
            case Not(part):
                inner = self._check(part, derived)
                return lambda facts, masks: _negated(inner(facts, masks))
            case All(parts) | Any(parts):
                checks = tuple(self._check(part, derived) for part in parts)
                combine = _both if isinstance(condition, All) else _either

                def several(facts: Assigned, masks: Masks) -> int:
                    result = checks[0](facts, masks)
                    for check in checks[1:]:
                        result = combine(result, check(facts, masks))
                    return result

                return several
            case Test(fact) if fact in derived:
                bits = {
                    TRUE: _bit(evaluate_test(condition, {fact: True})),
                    FALSE: _bit(evaluate_test(condition, {fact: False})),
                    UNKNOWN: _bit(evaluate_test(condition, {})),
                }
                table = [sum({bits[bit] for bit in SINGLE if mask & bit}) for mask in range(_ANY + 1)]
                return lambda _, masks: table[masks.get(fact, UNKNOWN)]
            case Test(fact):
                unknown = _bit(evaluate_test(condition, {}))
                values = self._classes.get(fact, ())
                anything = sum({unknown, *(_bit(evaluate_test(condition, {fact: each})) for each in values)})

                def leaf(facts: Assigned, _: Masks) -> int:
                    if fact not in facts:
                        return anything
                    value = facts[fact]
                    return unknown if value is None else _bit(evaluate_test(condition, {fact: value}))

                return leaf


def readers_of(nodes: list[Node], only: set[str] | None) -> dict[str, list[int]]:
    """For each fact and node the places of the nodes that look at it, of all or of those named."""
    readers: dict[str, list[int]] = {}
    for number, node in enumerate(nodes):
        if only is None or node.name in only:
            for need in node.needs:
                readers.setdefault(need, []).append(number)
    return readers


def _ground_check(grounds: tuple[str, ...]) -> Check:
    def check(facts: Assigned, masks: Masks) -> int:
        del facts
        result = FALSE
        for ground in grounds:
            mask = masks.get(ground, UNKNOWN)
            if mask == TRUE:
                return TRUE
            if mask & TRUE:
                result |= TRUE
        return result

    return check


def _bit(truth: bool | None) -> int:
    return UNKNOWN if truth is None else TRUE if truth else FALSE


def _negated(mask: int) -> int:
    return (mask & UNKNOWN) | (TRUE if mask & FALSE else 0) | (FALSE if mask & TRUE else 0)


def _both(one: int, other: int) -> int:
    """Every truth that two conditions together may have."""
    result = (one | other) & FALSE
    if one & TRUE and other & TRUE:
        result |= TRUE
    if (one & UNKNOWN and other & (TRUE | UNKNOWN)) or (other & UNKNOWN and one & (TRUE | UNKNOWN)):
        result |= UNKNOWN
    return result


def _either(one: int, other: int) -> int:
    return _negated(_both(_negated(one), _negated(other)))
