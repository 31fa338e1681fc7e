"""Facts on which two sets of rules come to different verdicts: a complete search, cut off after some steps.

Every fact is unknown or in one of the classes that the tests of both sets tell apart. For each rule the
search keeps which of true, false and unknown are still possible, so that it sees early where no difference
can come about any more. Rules that are the same on both sides, and rest on the same, are worked out once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

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
)  # fmt: skip
from advisor.model.rule import Consultation, Rule
from advisor.model.strata import stratify
from advisor.model.vocabulary import FactValue
from advisor.verdict.possible import MOST_MEMBERS, classes

MAX_STEPS = 3_000
"""States looked at in one search; a second or two."""
_TRUE, _FALSE, _UNKNOWN = 1, 2, 4
_ANY = _TRUE | _FALSE | _UNKNOWN
_SINGLE = (_TRUE, _FALSE, _UNKNOWN)
Assigned = dict[str, FactValue | None]
"""Facts that are settled on; None for one that nobody tells."""
Masks = dict[str, int]
Pair = tuple[int, int]
"""Two verdicts, as places on the scale, before and after."""
_Check = Callable[[Assigned, Masks], int]
_Concern = tuple[str, int | None, int | None]
"""A rule, and its place on the scale before and after; None where it is no concern there."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found."""

    facts: Mapping[Pair, Mapping[str, FactValue]]
    """For each pair of verdicts known facts on which the two come to it, whatever else is told or not."""
    exhaustive: bool
    """False where the search was cut off, so that there may be other pairs."""


@dataclass(frozen=True, slots=True)
class _Node:
    name: str
    check: _Check
    needs: tuple[str, ...]
    key: object
    """What it is made of: nodes of two sides with equal keys differ only in what they rest on."""


def joint_classes(old: Consultation, new: Consultation) -> dict[str, tuple[FactValue, ...]]:
    """For every given fact one value for each class that the rules of either side tell apart."""
    both = replace(
        new,
        vocabulary=replace(new.vocabulary, facts={**old.vocabulary.facts, **new.vocabulary.facts}),
        rules=(*old.rules, *new.rules),
        impossible=(*old.impossible, *new.impossible),
    )
    return classes(both)


class FlipSearch:
    """Searches among the facts of two consultations that have the same scale of verdicts."""

    def __init__(self, old: Consultation, new: Consultation) -> None:
        self.classes = joint_classes(old, new)
        self._impossible = tuple(dict.fromkeys((*old.impossible, *new.impossible)))
        specs = {**old.vocabulary.facts, **new.vocabulary.facts}
        self.drafted = frozenset(name for name, spec in specs.items() if spec.origin == "draft")
        """Facts of the note."""
        self._sampled = any(
            specs[name].type == "choices" and len(specs[name].options) > MOST_MEMBERS for name in self.classes
        )
        self._old, self._new = self._nodes(old), self._nodes(new)
        self._old_by_name = {node.name: node for node in self._old}
        self._new_by_name = {node.name: node for node in self._new}
        self._levels = _levels(old), _levels(new)

    def find(
        self,
        fixed_old: Mapping[str, FactValue] | None = None,
        fixed_new: Mapping[str, FactValue] | None = None,
        max_steps: int = MAX_STEPS,
    ) -> Found:
        """Facts for every pair of different verdicts that can come about.

        `fixed_old` and `fixed_new` are what is known on either side from the start, such as the same note
        read with two lexicons; then nothing else is known of it. Cases without a note are looked at first.
        """
        if fixed_old is not None or fixed_new is not None:
            return _Run(self, dict(fixed_old or {}), dict(fixed_new or {}), self.drafted, max_steps).run()
        without = _Run(self, {}, {}, self.drafted, max_steps).run()
        rest = _Run(self, {}, {}, frozenset(), max_steps, without.facts).run()
        return Found({**rest.facts, **without.facts}, rest.exhaustive)

    def _nodes(self, consultation: Consultation) -> list[_Node]:
        rules = consultation.active
        grounds = tuple(sorted(RULE_PREFIX + rule.id for rule in rules if rule.effect.kind == "ground"))
        nodes: list[_Node] = []
        derived = {GROUND_FACT, *(RULE_PREFIX + rule.id for rule in rules)}
        derived |= {spec.name for spec in consultation.vocabulary.conclusions}
        derived |= {rule.effect.target for rule in rules if rule.effect.kind == "conclude"}
        derived |= {fact for rule in rules for fact in rule.facts if fact.startswith(RULE_PREFIX)}
        if not grounds:
            nodes.append(_Node(GROUND_FACT, lambda _, __: _FALSE, (), ()))
        for stratum in stratify(rules):
            makers: dict[str, list[str]] = {}
            for rule in stratum.rules:
                name = RULE_PREFIX + rule.id
                key = (rule.when, rule.unless)
                # What is chosen last is changed first: so other things are tried before words of a note.
                needs = tuple(sorted(rule.facts, key=lambda fact: (fact not in self.drafted, fact)))
                nodes.append(_Node(name, self._rule_check(rule, derived), needs, key))
                if rule.effect.kind == "conclude":
                    makers.setdefault(rule.effect.target, []).append(name)
            for fact, names in sorted(makers.items()):
                any_of = Any(tuple(Test(name, "eq", True) for name in names))
                nodes.append(_Node(fact, self._check(any_of, derived), tuple(names), tuple(names)))
            if stratum.ends_grounds:
                nodes.append(_Node(GROUND_FACT, _ground_check(grounds), grounds, grounds))
        return nodes

    def _rule_check(self, rule: Rule, derived: set[str]) -> _Check:
        when = self._check(rule.when, derived)
        exceptions = tuple(self._check(each, derived) for each in rule.unless)

        def check(facts: Assigned, masks: Masks) -> int:
            result = when(facts, masks)
            for exception in exceptions:
                truth = exception(facts, masks)
                if truth == _TRUE:
                    return _FALSE
                if truth & _TRUE:
                    result |= _FALSE
            return result

        return check

    def _check(self, condition: Condition, derived: set[str]) -> _Check:
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
                    _TRUE: _bit(evaluate_test(condition, {fact: True})),
                    _FALSE: _bit(evaluate_test(condition, {fact: False})),
                    _UNKNOWN: _bit(evaluate_test(condition, {})),
                }
                table = [sum({bits[bit] for bit in _SINGLE if mask & bit}) for mask in range(_ANY + 1)]
                return lambda _, masks: table[masks.get(fact, _UNKNOWN)]
            case Test(fact):
                unknown = _bit(evaluate_test(condition, {}))
                values = self.classes.get(fact, ())
                anything = sum({unknown, *(_bit(evaluate_test(condition, {fact: each})) for each in values)})

                def leaf(facts: Assigned, _: Masks) -> int:
                    if fact not in facts:
                        return anything
                    value = facts[fact]
                    return unknown if value is None else _bit(evaluate_test(condition, {fact: value}))

                return leaf


class _Run:
    """One search."""

    def __init__(
        self,
        search: FlipSearch,
        fixed_old: dict[str, FactValue],
        fixed_new: dict[str, FactValue],
        untold: frozenset[str],
        max_steps: int,
        found: Mapping[Pair, Mapping[str, FactValue]] | None = None,
    ) -> None:
        self._search, self._fixed_old, self._fixed_new = search, fixed_old, fixed_new
        self._left = max_steps
        self._found: dict[Pair, Mapping[str, FactValue]] = dict(found or {})
        self._by_name = search._old_by_name, search._new_by_name
        names = fixed_old.keys() | fixed_new.keys()
        self._fixed = frozenset(names) | untold
        tainted = {name for name in names if fixed_old.get(name) != fixed_new.get(name)}
        old = search._old_by_name
        for node in search._new:
            same = node.name in old and old[node.name].key == node.key
            if not same or any(need in tainted for need in node.needs):
                tainted.add(node.name)
        tainted |= old.keys() - search._new_by_name.keys()
        self._tainted = tainted
        before, after = (dict(levels) for levels in search._levels)
        self._concerns = [
            (name, before.get(name), after.get(name)) for name in sorted(before.keys() | after.keys())
        ]
        self._apart = [each for each in self._concerns if each[0] in tainted or each[1] != each[2]]

    def run(self) -> Found:
        pending: list[Assigned] = [{}]
        while pending:
            if self._left <= 0:
                return Found(self._found, exhaustive=False)
            self._left -= 1
            assigned = pending.pop()
            pending += reversed(list(self._next(assigned)))
        return Found(self._found, exhaustive=not self._search._sampled)

    def _next(self, assigned: Assigned) -> Iterator[Assigned]:
        old, new = self._masks(assigned)
        reach = _reach(self._concerns, old, 0), _reach(self._concerns, new, 1)
        pairs = {(a, b) for a in reach[0] for b in reach[1] if a != b} - self._found.keys()
        if not pairs or not any(self._may_differ(each, old, new) for each in self._apart):
            return
        if all(len(each) == 1 for each in reach):
            self._found[pairs.pop()] = {name: v for name, v in assigned.items() if v is not None}
            return
        fact = self._choose(assigned, old, new)
        if fact is None:
            return
        for value in self._values(fact, assigned):
            after = {**assigned, fact: value}
            if not self._contradicts(after):
                yield after

    def _masks(self, assigned: Assigned) -> tuple[Masks, Masks]:
        facts_old: Assigned = {**assigned, **self._fixed_old}
        facts_new: Assigned = {**assigned, **self._fixed_new}
        for name in self._fixed:
            facts_old.setdefault(name, None)
            facts_new.setdefault(name, None)
        old: Masks = {}
        for node in self._search._old:
            old[node.name] = node.check(facts_old, old)
        new: Masks = {}
        for node in self._search._new:
            if node.name in self._tainted:
                new[node.name] = node.check(facts_new, new)
            else:
                new[node.name] = old[node.name]
        return old, new

    @staticmethod
    def _may_differ(concern: _Concern, old: Masks, new: Masks) -> bool:
        name, before, after = concern
        one = old.get(name, _FALSE) if before is not None else _FALSE
        other = new.get(name, _FALSE) if after is not None else _FALSE
        if not (one | other) & _TRUE:
            return False
        certain = one in _SINGLE and other in _SINGLE
        return not (certain and (one == _TRUE) == (other == _TRUE) and before == after)

    def _choose(self, assigned: Assigned, old: Masks, new: Masks) -> str | None:
        """A fact that is open and on which a concern hangs: one that may differ first, then the gravest."""
        apart = {each[0] for each in self._apart}
        ranked = sorted(
            self._concerns, key=lambda each: (each[0] not in apart, -max(each[1] or 0, each[2] or 0), each[0])
        )
        for name, _, _ in ranked:
            for masks, nodes in zip((old, new), self._by_name, strict=True):
                if name in nodes and masks[name] & _TRUE and masks[name] not in _SINGLE:
                    fact = self._open_fact(name, assigned, masks, nodes)
                    if fact is not None:
                        return fact
        return None

    def _open_fact(
        self, name: str, assigned: Assigned, masks: Masks, nodes: Mapping[str, _Node]
    ) -> str | None:
        for need in nodes[name].needs:
            if need in nodes:
                if masks[need] not in _SINGLE:
                    fact = self._open_fact(need, assigned, masks, nodes)
                    if fact is not None:
                        return fact
            elif need in self._search.classes and need not in assigned and need not in self._fixed:
                return need
        return None

    def _values(self, fact: str, assigned: Assigned) -> tuple[FactValue | None, ...]:
        """Unknown first, so that few facts are told; of a note that is there, everything is known."""
        values = self._search.classes[fact]
        drafted = self._search.drafted
        if fact in drafted and any(assigned[each] is not None for each in assigned if each in drafted):
            plain = [value for value in values if value is False or value == 0]
            return (*plain, *(value for value in values if value not in plain), None)
        return (None, *values)

    def _contradicts(self, assigned: Assigned) -> bool:
        known = {name: value for name, value in assigned.items() if value is not None}
        known |= self._fixed_old
        return any(evaluate(each, known) is True for each in self._search._impossible)


def _reach(concerns: list[_Concern], masks: Masks, side: int) -> list[int]:
    """Verdicts that can still come about on one side (0 or 1), the most willing first."""
    held = [(each[1 + side], masks.get(each[0], _FALSE)) for each in concerns]
    places = [(level, mask) for level, mask in held if isinstance(level, int)]
    lowest = max((level for level, mask in places if mask == _TRUE), default=0)
    return [lowest, *sorted({level for level, mask in places if mask & _TRUE and level > lowest})]


def _levels(consultation: Consultation) -> tuple[tuple[str, int], ...]:
    return tuple(
        (RULE_PREFIX + rule.id, consultation.caution(rule.effect.target))
        for rule in consultation.active
        if rule.effect.kind == "concern"
    )


def _ground_check(grounds: tuple[str, ...]) -> _Check:
    def check(facts: Assigned, masks: Masks) -> int:
        del facts
        result = _FALSE
        for ground in grounds:
            mask = masks.get(ground, _UNKNOWN)
            if mask == _TRUE:
                return _TRUE
            if mask & _TRUE:
                result |= _TRUE
        return result

    return check


def _bit(truth: bool | None) -> int:
    return _UNKNOWN if truth is None else _TRUE if truth else _FALSE


def _negated(mask: int) -> int:
    return (mask & _UNKNOWN) | (_TRUE if mask & _FALSE else 0) | (_FALSE if mask & _TRUE else 0)


def _both(one: int, other: int) -> int:
    """Every truth that two conditions together may have."""
    result = (one | other) & _FALSE
    if one & _TRUE and other & _TRUE:
        result |= _TRUE
    if (one & _UNKNOWN and other & (_TRUE | _UNKNOWN)) or (other & _UNKNOWN and one & (_TRUE | _UNKNOWN)):
        result |= _UNKNOWN
    return result


def _either(one: int, other: int) -> int:
    return _negated(_both(_negated(one), _negated(other)))
