"""What follows from what: rules, conclusions and the presence of a ground, as nodes that hang on facts.

It answers two questions quickly that the explanation facility asks by the hundred. *What follows where these
facts are otherwise?* (`WorkingNetwork`: only what hangs on the changed facts is worked out again.) *What is
certain whatever the unknown facts turn out to be?* (`OpenNetwork`: an unknown fact counts as one that will be
told.) Engines remain the judges of a case; properties hold both networks against them.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from advisor.model.condition import (
    GROUND_FACT,
    RULE_PREFIX,
    Any,
    Test,
    facts_of,
)
from advisor.model.rule import Consultation, Rule
from advisor.model.strata import stratify
from advisor.model.vocabulary import FactValue
from advisor.verdict.checks import NEVER, Check, Found, compiled

IMPOSSIBLE_PREFIX = "impossible:"
"""A node that is true where facts stand together that never can: its name ends in the place on the list."""

State = dict[str, FactValue]
"""Facts that are known, and the truth of every node that is not unknown."""


@dataclass(frozen=True, slots=True)
class _Node:
    """One thing to be worked out."""

    name: str
    check: Check
    needs: frozenset[str]


class _Network:
    """The nodes of one consultation, causes before effects, and who hangs on whom."""

    open = False
    """Whether an unknown fact counts as one that will be told."""

    def __init__(self, consultation: Consultation) -> None:
        rules = consultation.active
        self._untold = frozenset(spec.name for spec in consultation.vocabulary.given if spec.volunteered)
        self.top = len(consultation.verdicts) - 1
        """Place of the most cautious verdict."""
        self._concerns = [
            (RULE_PREFIX + rule.id, consultation.caution(rule.effect.target))
            for rule in rules
            if rule.effect.kind == "concern"
        ]
        self._nodes = [*self._rule_nodes(rules), *self._impossible_nodes(consultation)]
        self._readers: dict[str, list[int]] = {}
        for number, node in enumerate(self._nodes):
            for fact in sorted(node.needs):
                self._readers.setdefault(fact, []).append(number)
        self._needs = {node.name: tuple(sorted(node.needs)) for node in self._nodes}
        self.impossible = [node.name for node in self._nodes if node.name.startswith(IMPOSSIBLE_PREFIX)]

    @property
    def concerns(self) -> list[tuple[str, int]]:
        """The nodes of all concerns, each with its place on the scale."""
        return self._concerns

    def level(self, state: Mapping[str, FactValue]) -> int:
        """The verdict where nothing that is undecided comes to hold, as a place on the scale."""
        return max((level for rule, level in self._concerns if state.get(rule) is True), default=0)

    def contradicts(self, state: Mapping[str, FactValue], before: Mapping[str, FactValue]) -> bool:
        """Whether facts stand together in `state` that never can, and that did not do so in `before`."""
        return any(state.get(name) is True and before.get(name) is not True for name in self.impossible)

    def behind(self) -> dict[str, tuple[str, ...]]:
        """For every node the facts from outside that it hangs on, directly or through others."""
        names = {node.name for node in self._nodes}
        found: dict[str, tuple[str, ...]] = {}
        for node in self._nodes:
            facts: dict[str, None] = {}
            for need in sorted(node.needs):
                facts.update(dict.fromkeys(found.get(need, ()) if need in names else (need,)))
            found[node.name] = tuple(facts)
        return found

    def _walk(self, numbers: Iterable[int], changes: Callable[[_Node], bool]) -> None:
        """Visit the nodes `numbers`, and the readers of each that changes; causes come before effects."""
        queue = list(numbers)
        heapq.heapify(queue)
        done = -1
        while queue:
            number = heapq.heappop(queue)
            if number == done:
                continue
            done = number
            node = self._nodes[number]
            if changes(node):
                for reader in self._readers.get(node.name, ()):
                    heapq.heappush(queue, reader)

    def _rule_nodes(self, rules: tuple[Rule, ...]) -> list[_Node]:
        nodes: list[_Node] = []
        named = frozenset().union(*(rule.facts for rule in rules))
        grounds = [RULE_PREFIX + rule.id for rule in rules if rule.effect.kind == "ground"]
        if not grounds:
            nodes.append(_Node(GROUND_FACT, lambda _: False, frozenset()))
        for stratum in stratify(rules):
            makers: dict[str, list[str]] = {}
            for rule in stratum.rules:
                name = RULE_PREFIX + rule.id
                if rule.effect.kind in ("merit", "advice") and name not in named:
                    continue  # it bears on no verdict
                nodes.append(_Node(name, self._check_of(rule), rule.facts))
                if rule.effect.kind == "conclude":
                    makers.setdefault(rule.effect.target, []).append(name)
            for fact, names in sorted(makers.items()):
                nodes.append(_Node(fact, _any_of(names, told_later=self.open), frozenset(names)))
            if stratum.ends_grounds:
                nodes.append(_Node(GROUND_FACT, self._grounds_check(grounds), frozenset(grounds)))
        return nodes

    def _impossible_nodes(self, consultation: Consultation) -> list[_Node]:
        return [
            _Node(
                f"{IMPOSSIBLE_PREFIX}{place}",
                compiled(condition, told_later=self.open, untold=self._untold),
                facts_of(condition),
            )
            for place, condition in enumerate(consultation.impossible)
        ]

    def _check_of(self, rule: Rule) -> Check:
        raise NotImplementedError

    def _grounds_check(self, grounds: list[str]) -> Check:
        raise NotImplementedError


class OpenNetwork(_Network):
    """What is certain where every unknown fact will still get a value, whichever that may be.

    Facts that nobody asks for get none: they have the value that they have now, or stay unknown.
    """

    open = True

    def __init__(self, consultation: Consultation) -> None:
        super().__init__(consultation)
        given = frozenset(spec.name for spec in consultation.vocabulary.given)
        self.asked = given - self._untold
        """Facts from outside that an answer can settle."""

    def start(self, facts: Mapping[str, FactValue]) -> State:
        """Everything that is certain where `facts` are told."""
        state: State = dict(facts)
        self._settle(state, range(len(self._nodes)))
        return state

    def told(self, state: State, fact: str, value: FactValue) -> State:
        """The same where one more fact is told; nothing that was certain changes."""
        after = dict(state)
        after[fact] = value
        self._settle(after, self._readers.get(fact, ()))
        return after

    def attainable(self, state: State) -> list[int]:
        """Verdicts that neither what holds nor what cannot hold any more excludes, the most willing first."""
        lowest = self.level(state)
        could = {level for rule, level in self._concerns if rule not in state and level > lowest}
        return [lowest, *sorted(could)]

    def undecided_fact(self, node: str, state: State) -> str | None:
        """An unknown fact from outside through which an undecided `node` could still be decided."""
        for need in self._needs[node]:
            if need in state:
                continue
            if need not in self._needs:
                if need in self.asked:
                    return need
            elif (fact := self.undecided_fact(need, state)) is not None:
                return fact
        return None

    def undecided_facts(self, state: State) -> frozenset[str]:
        """All unknown facts from outside from which an undecided way leads to the verdict."""
        lowest = self.level(state)
        pending = [rule for rule, level in self._concerns if level > lowest and rule not in state]
        seen = set(pending)
        while pending:
            for need in self._needs.get(pending.pop(), ()):
                if need not in state and need not in seen:
                    seen.add(need)
                    pending.append(need)
        return frozenset(seen & self.asked)

    def undecided_from(self, facts: Iterable[str], state: State) -> frozenset[str]:
        """All undecided nodes that an undecided way leads to from unknown `facts`."""
        pending = [fact for fact in facts if fact not in state]
        seen: set[str] = set()
        while pending:
            for reader in self._readers.get(pending.pop(), ()):
                name = self._nodes[reader].name
                if name not in state and name not in seen:
                    seen.add(name)
                    pending.append(name)
        return frozenset(seen)

    def _settle(self, state: State, numbers: Iterable[int]) -> None:
        """Work out what depends on a change."""

        def settled(node: _Node) -> bool:
            if node.name in state:
                return False  # what is certain stays so: more knowledge never takes it back
            truth = node.check(state)
            if truth is not None:
                state[node.name] = truth
            return truth is not None

        self._walk(numbers, settled)

    def _check_of(self, rule: Rule) -> Check:
        when = compiled(rule.when, told_later=True, untold=self._untold)
        exceptions = tuple(compiled(each, told_later=True, untold=self._untold) for each in rule.unless)

        def holds(state: Mapping[str, FactValue]) -> Found:
            # An exception that stays unknown for good does not block.
            truth = when(state)
            if truth is False:
                return False
            blocked = [exception(state) for exception in exceptions]
            return False if True in blocked else None if None in blocked else truth

        return holds

    def _grounds_check(self, grounds: list[str]) -> Check:
        several = _any_of(grounds, told_later=True)
        return lambda state: False if (truth := several(state)) is NEVER else truth


class WorkingNetwork(_Network):
    """What follows from facts as an engine infers it, quickly again and again for slightly other facts."""

    def start(self, facts: Mapping[str, FactValue]) -> State:
        """Everything that follows from `facts`."""
        state: State = dict(facts)
        for node in self._nodes:
            truth = node.check(state)
            if truth is not None:
                state[node.name] = truth
        return state

    def changed(self, state: State, changes: Mapping[str, FactValue | None]) -> State:
        """The same where some facts are otherwise than in `state`; None makes a fact unknown."""
        after = dict(state)
        touched: list[int] = []
        for fact, value in changes.items():
            _put(after, fact, value)
            touched += self._readers.get(fact, ())

        def turned(node: _Node) -> bool:
            truth = node.check(after)
            if truth is after.get(node.name):
                return False
            _put(after, node.name, truth)
            return True

        self._walk(touched, turned)
        return after

    def _check_of(self, rule: Rule) -> Check:
        when = compiled(rule.when)
        exceptions = tuple(map(compiled, rule.unless))

        def holds(facts: Mapping[str, FactValue]) -> Found:
            # An exception that is unknown does not block: only one that is definitely true does.
            truth = when(facts)
            if truth is False or any(exception(facts) is True for exception in exceptions):
                return False
            return truth

        return holds

    def _grounds_check(self, grounds: list[str]) -> Check:
        return lambda facts: any(facts.get(ground) is True for ground in grounds)


def _put(state: State, name: str, value: FactValue | None) -> None:
    if value is None:
        state.pop(name, None)
    else:
        state[name] = value


def _any_of(names: Iterable[str], *, told_later: bool = False) -> Check:
    return compiled(Any(tuple(Test(name, "eq", True) for name in names)), told_later=told_later)
