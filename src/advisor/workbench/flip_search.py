"""Facts on which two sets of rules come to different verdicts: a complete search, cut off after some steps.

Every fact is unknown or in one of the classes that the tests of both sets tell apart. For each rule the
search keeps which of true, false and unknown are still possible, so that it sees early where no difference
can come about any more. Rules that are the same on both sides, and rest on the same, are worked out once.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from advisor.model.condition import RULE_PREFIX, Condition, evaluate, facts_of
from advisor.model.rule import Consultation
from advisor.model.vocabulary import FactValue
from advisor.verdict.possible import classes, sampled, tests_by_fact
from advisor.workbench.masks import FALSE, SINGLE, TRUE, Assigned, Masks, Node, NodeMaker, readers_of

MAX_STEPS = 3_000
"""States looked at in one search; a second or so."""
Pair = tuple[int, int]
"""Two verdicts, as places on the scale, before and after."""
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
class _State:
    """What is settled on, and what is still possible for every node on either side."""

    assigned: Assigned
    old: Masks
    new: Masks


def joint_classes(old: Consultation, new: Consultation) -> dict[str, tuple[FactValue, ...]]:
    """For every given fact one value for each class that the rules of either side tell apart."""
    return classes(_both(old, new))


def _both(old: Consultation, new: Consultation) -> Consultation:
    """A consultation with the facts and the rules of either side."""
    return replace(
        new,
        vocabulary=replace(new.vocabulary, facts={**old.vocabulary.facts, **new.vocabulary.facts}),
        rules=(*old.rules, *new.rules),
        impossible=(*old.impossible, *new.impossible),
    )


class FlipSearch:
    """Searches among the facts of two consultations that have the same scale of verdicts."""

    def __init__(self, old: Consultation, new: Consultation) -> None:
        self.classes = joint_classes(old, new)
        self.impossible_with: dict[str, list[Condition]] = {}
        """For each fact what cannot stand together with it among others."""
        for condition in dict.fromkeys((*old.impossible, *new.impossible)):
            for fact in sorted(facts_of(condition)):
                self.impossible_with.setdefault(fact, []).append(condition)
        specs = {**old.vocabulary.facts, **new.vocabulary.facts}
        self.drafted = frozenset(name for name, spec in specs.items() if spec.origin == "draft")
        """Facts of the note."""
        tested = tests_by_fact(_both(old, new))
        self._sampled = any(sampled(specs[name], tuple(tested[name])) for name in self.classes)
        maker = NodeMaker(self.classes, self.drafted)
        self._old, self._new = maker.of(old), maker.of(new)
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
        # What is gone is unknown to whatever looks at it now.
        tainted |= old.keys() - search._new_by_name.keys()
        for node in search._new:
            same = node.name in old and old[node.name].key == node.key
            if not same or any(need in tainted for need in node.needs):
                tainted.add(node.name)
        self._tainted = tainted
        before, after = (dict(levels) for levels in search._levels)
        self._concerns = [
            (name, before.get(name), after.get(name)) for name in sorted(before.keys() | after.keys())
        ]
        self._readers = readers_of(search._old, None), readers_of(search._new, tainted)
        self._apart = [each for each in self._concerns if each[0] in tainted or each[1] != each[2]]

    def run(self) -> Found:
        pending = [self._first()]
        while pending:
            if self._left <= 0:
                return Found(self._found, exhaustive=False)
            self._left -= 1
            pending += reversed(list(self._next(pending.pop())))
        return Found(self._found, exhaustive=not self._search._sampled)

    def _next(self, state: _State) -> Iterator[_State]:
        old, new = state.old, state.new
        reach = _reach(self._concerns, old, 0), _reach(self._concerns, new, 1)
        pairs = {(a, b) for a in reach[0] for b in reach[1] if a != b} - self._found.keys()
        if not pairs or not any(self._may_differ(each, old, new) for each in self._apart):
            return
        if all(len(each) == 1 for each in reach):
            self._found[pairs.pop()] = {n: v for n, v in state.assigned.items() if v is not None}
            return
        fact = self._choose(state.assigned, old, new)
        if fact is None:
            return
        for value in self._values(fact, state.assigned):
            assigned = {**state.assigned, fact: value}
            if not self._contradicts(assigned, fact):
                yield self._after(state, fact, assigned)

    def _first(self) -> _State:
        """What is possible before anything is settled on."""
        unknown: Assigned = dict.fromkeys(self._fixed)
        facts_old, facts_new = {**unknown, **self._fixed_old}, {**unknown, **self._fixed_new}
        old: Masks = {}
        for node in self._search._old:
            old[node.name] = node.check(facts_old, old)
        new: Masks = {}
        for node in self._search._new:
            tainted = node.name in self._tainted
            new[node.name] = node.check(facts_new, new) if tainted else old[node.name]
        return _State({}, old, new)

    def _after(self, state: _State, fact: str, assigned: Assigned) -> _State:
        """The same once `fact` is settled on as in `assigned`: only what hangs on it is worked out again."""
        unknown: Assigned = dict.fromkeys(self._fixed)
        old, new = dict(state.old), dict(state.new)
        turned = self._settle(0, {**unknown, **assigned, **self._fixed_old}, old, [fact])
        same = [name for name in turned if name not in self._tainted]
        new.update((name, old[name]) for name in same)
        self._settle(1, {**unknown, **assigned, **self._fixed_new}, new, [fact, *same])
        return _State(assigned, old, new)

    def _settle(self, side: int, facts: Assigned, masks: Masks, causes: list[str]) -> list[str]:
        """Work out what hangs on `causes`, causes before effects; give the nodes that turned."""
        readers, nodes = self._readers[side], (self._search._old, self._search._new)[side]
        queue = [number for cause in causes for number in readers.get(cause, ())]
        heapq.heapify(queue)
        turned: list[str] = []
        done = -1
        while queue:
            number = heapq.heappop(queue)
            if number == done:
                continue
            done = number
            node = nodes[number]
            mask = node.check(facts, masks)
            if mask != masks[node.name]:
                masks[node.name] = mask
                turned.append(node.name)
                for reader in readers.get(node.name, ()):
                    heapq.heappush(queue, reader)
        return turned

    @staticmethod
    def _may_differ(concern: _Concern, old: Masks, new: Masks) -> bool:
        name, before, after = concern
        one = old.get(name, FALSE) if before is not None else FALSE
        other = new.get(name, FALSE) if after is not None else FALSE
        if not (one | other) & TRUE:
            return False
        certain = one in SINGLE and other in SINGLE
        return not (certain and (one == TRUE) == (other == TRUE) and before == after)

    def _choose(self, assigned: Assigned, old: Masks, new: Masks) -> str | None:
        """A fact that is open and on which a concern hangs: one that may differ first, then the gravest."""
        apart = {each[0] for each in self._apart}
        ranked = sorted(
            self._concerns, key=lambda each: (each[0] not in apart, -max(each[1] or 0, each[2] or 0), each[0])
        )
        for name, _, _ in ranked:
            for masks, nodes in zip((old, new), self._by_name, strict=True):
                if name in nodes and masks[name] & TRUE and masks[name] not in SINGLE:
                    fact = self._open_fact(name, assigned, masks, nodes)
                    if fact is not None:
                        return fact
        return None

    def _open_fact(
        self, name: str, assigned: Assigned, masks: Masks, nodes: Mapping[str, Node]
    ) -> str | None:
        for need in nodes[name].needs:
            if need in nodes:
                if masks[need] not in SINGLE:
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

    def _contradicts(self, assigned: Assigned, fact: str) -> bool:
        touched = self._search.impossible_with.get(fact)
        if not touched:
            return False
        known = {name: value for name, value in assigned.items() if value is not None}
        known |= self._fixed_old
        return any(evaluate(each, known) is True for each in touched)


def _reach(concerns: list[_Concern], masks: Masks, side: int) -> list[int]:
    """Verdicts that can still come about on one side (0 or 1), the most willing first."""
    held = [(each[1 + side], masks.get(each[0], FALSE)) for each in concerns]
    places = [(level, mask) for level, mask in held if isinstance(level, int)]
    lowest = max((level for level, mask in places if mask == TRUE), default=0)
    return [lowest, *sorted({level for level, mask in places if mask & TRUE and level > lowest})]


def _levels(consultation: Consultation) -> tuple[tuple[str, int], ...]:
    return tuple(
        (RULE_PREFIX + rule.id, consultation.caution(rule.effect.target))
        for rule in consultation.active
        if rule.effect.kind == "concern"
    )
