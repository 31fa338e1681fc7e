"""Which verdicts are still possible, whatever the answers to open questions may be.

Every unknown fact is divided into the finitely many classes that the rules' tests can tell apart, and one
value stands for each class. A search assigns classes until the verdict is certain, led by what the rules
could still do (Kleene's logic bounds it from both sides) and cut off after a fixed number of steps.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import chain, combinations

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
)
from advisor.model.rule import Consultation, Rule
from advisor.model.strata import stratify
from advisor.model.vocabulary import FactSpec, FactValue

MOST_MEMBERS = 8
"""Classes of values of one fact of which all combinations are tried; of more, only some are."""
MAX_STEPS = 600
"""Most assignments tried in one search; some tens of milliseconds."""

_State = dict[str, FactValue]
_Check = Callable[[Mapping[str, FactValue]], Truth]


@dataclass(frozen=True, slots=True)
class Outlook:
    """What could still come out."""

    verdicts: tuple[str, ...]
    """Possible verdicts, the most willing first."""
    exhaustive: bool
    """False where the search was cut off: then some verdict named here may be impossible after all."""


@dataclass(frozen=True, slots=True)
class _Node:
    """One thing to be worked out: a rule's truth, a conclusion, or whether any ground stands."""

    name: str
    check: _Check
    needs: frozenset[str]


class OutlookFinder:
    """Finds the possible verdicts of one consultation; made once, used for many cases."""

    def __init__(
        self,
        consultation: Consultation,
        rules: tuple[Rule, ...],
        by_class: Mapping[str, tuple[FactValue, ...]],
    ) -> None:
        """`by_class`: what `classes` gives for the same rules."""
        self._consultation = consultation
        self._top = len(consultation.verdicts) - 1
        self._concerns = [
            (RULE_PREFIX + rule.id, consultation.caution(rule.effect.target))
            for rule in rules
            if rule.effect.kind == "concern"
        ]
        self._nodes = _nodes(rules)
        self._readers: dict[str, list[int]] = {}
        for number, node in enumerate(self._nodes):
            for fact in node.needs:
                self._readers.setdefault(fact, []).append(number)
        self._classes = by_class
        leaves: dict[str, list[Test]] = {}
        for test in (leaf for rule in rules for leaf in rule.leaves):
            leaves.setdefault(test.fact, []).append(test)
        self._sampled = any(
            spec.type == "choices" and len(_members(spec, tuple(leaves.get(spec.name, ())))) > MOST_MEMBERS
            for spec in consultation.vocabulary.given
        )
        self._roots = self._given_facts_behind()

    def find(self, facts: Mapping[str, FactValue], verdict: str, max_steps: int = MAX_STEPS) -> Outlook:
        """Verdicts that are possible where `facts` are given; `verdict` is the one reached now."""
        state: _State = {fact: value for fact, value in facts.items() if fact in self._classes}
        self._update(state, range(len(self._nodes)))
        now = self._consultation.caution(verdict)
        found = {now}
        steps = 0
        pending = [state]
        while pending:
            state = pending.pop()
            missing = [level for level in self._attainable(state) if level not in found]
            if not missing:
                continue
            fact = self._choose(state, missing[-1])
            if fact is None:
                found.add(self._lowest(state))
                continue
            steps += 1
            if steps > max_steps:
                levels = found.union(*(self._attainable(each) for each in (state, *pending)))
                return self._outlook(levels, exhaustive=False)
            for value in self._classes[fact]:
                branch = dict(state)
                branch[fact] = value
                self._update(branch, self._readers.get(fact, ()))
                pending.append(branch)
        return self._outlook(found, exhaustive=True)

    def _outlook(self, levels: set[int], *, exhaustive: bool) -> Outlook:
        exhaustive = exhaustive and not self._sampled
        names = [level.name for level in self._consultation.verdicts]
        return Outlook(tuple(names[level] for level in sorted(levels)), exhaustive)

    def _lowest(self, state: _State) -> int:
        """The verdict where nothing that is undecided comes to hold."""
        return max((level for rule, level in self._concerns if state.get(rule) is True), default=0)

    def _attainable(self, state: _State) -> list[int]:
        """Verdicts that neither what holds nor what cannot hold any more excludes."""
        lowest = self._lowest(state)
        could = {level for rule, level in self._concerns if rule not in state and level > lowest}
        return [lowest, *sorted(could)]

    def _choose(self, state: _State, target: int) -> str | None:
        """An unknown fact that bears on `target`: first on reaching it, then on what lies above it."""
        open_rules = [
            (abs(level - target), -level, rule) for rule, level in self._concerns if rule not in state
        ]
        for _, _, rule in sorted(open_rules):
            if (fact := self._unknown_behind(rule, state)) is not None:
                return fact
        return None

    def _unknown_behind(self, node: str, state: _State) -> str | None:
        return next((fact for fact in self._roots[node] if fact not in state), None)

    def _update(self, state: _State, numbers: object) -> None:
        """Work out again what depends on a change; nodes are numbered so that causes come first."""
        queue = list(numbers)  # type: ignore[call-overload]
        heapq.heapify(queue)
        done = -1
        while queue:
            number = heapq.heappop(queue)
            if number == done:
                continue
            done = number
            node = self._nodes[number]
            if node.name in state:
                continue  # what is certain stays so: more knowledge never takes it back
            truth = node.check(state)
            if truth is not None:
                state[node.name] = truth
                for reader in self._readers.get(node.name, ()):
                    heapq.heappush(queue, reader)

    def _given_facts_behind(self) -> dict[str, tuple[str, ...]]:
        """For every node the given facts that it depends on, directly or through others."""
        behind: dict[str, tuple[str, ...]] = {}
        for node in self._nodes:
            facts: dict[str, None] = {}
            for need in sorted(node.needs):
                if need in self._classes:
                    facts[need] = None
                else:
                    facts.update(dict.fromkeys(behind.get(need, ())))
            behind[node.name] = tuple(facts)
        return behind


def _nodes(rules: tuple[Rule, ...]) -> list[_Node]:
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
                continue
            condition: Condition = All((rule.when, *(Not(exception) for exception in rule.unless)))
            nodes.append(_Node(name, compiled(condition), rule.facts))
            if rule.effect.kind == "conclude":
                makers.setdefault(rule.effect.target, []).append(name)
        for fact, names in sorted(makers.items()):
            nodes.append(_Node(fact, _any_of(names), frozenset(names)))
        if stratum.ends_grounds:
            nodes.append(_Node(GROUND_FACT, _any_of(grounds), frozenset(grounds)))
    return nodes


def _any_of(names: list[str]) -> _Check:
    return compiled(Any(tuple(Test(name, "eq", True) for name in names)))


def compiled(condition: Condition) -> _Check:
    """A function that evaluates `condition`; an unknown fact counts as one that will be told.

    So `known` is unknown as long as the fact is: in the end, every fact has a value.
    """
    match condition:
        case Not(part):
            inner = compiled(part)
            return lambda facts: None if (truth := inner(facts)) is None else not truth
        case All(parts) | Any(parts):
            checks = tuple(compiled(part) for part in parts)
            stop = isinstance(condition, Any)

            def several(facts: Mapping[str, FactValue]) -> Truth:
                result: Truth = not stop
                for check in checks:
                    truth = check(facts)
                    if truth is stop:
                        return stop
                    if truth is None:
                        result = None
                return result

            return several
        case Test(fact, "known" | "unknown" as op):
            return lambda facts: (op == "known") if fact in facts else None
        case Test(fact, "eq", bool(wanted)):
            return lambda facts: None if (value := facts.get(fact)) is None else value is wanted
        case Test():
            return lambda facts: evaluate_test(condition, facts)


def classes(consultation: Consultation, rules: tuple[Rule, ...]) -> dict[str, tuple[FactValue, ...]]:
    """For every given fact that some rule tests: one value for each class that the tests tell apart."""
    by_fact: dict[str, list[Test]] = {}
    for rule in rules:
        for test in rule.leaves:
            if not test.fact.startswith(RULE_PREFIX):
                by_fact.setdefault(test.fact, []).append(test)
    vocabulary = consultation.vocabulary
    return {
        fact: _representatives(vocabulary[fact], tuple(leaves))
        for fact, leaves in sorted(by_fact.items())
        if vocabulary[fact].origin != "concluded"
    }


def _representatives(spec: FactSpec, leaves: tuple[Test, ...]) -> tuple[FactValue, ...]:
    candidates: list[FactValue]
    match spec.type:
        case "yes-no":
            return (True, False)
        case "choice":
            candidates = [option.name for option in spec.options]
        case "number":
            edges = {spec.minimum, spec.maximum}
            for test in leaves:
                values = test.value if isinstance(test.value, tuple) else (test.value,)
                edges |= {
                    int(value) + step for value in values if isinstance(value, int) for step in (-1, 0, 1)
                }
            candidates = [edge for edge in sorted(edges) if spec.minimum <= edge <= spec.maximum]
        case "choices":
            members = _members(spec, leaves)
            # All sets of members where there are few; else none, one, and all of them.
            sizes = range(len(members) + 1) if len(members) <= MOST_MEMBERS else (0, 1, len(members))
            candidates = [
                frozenset(name for member in chosen for name in member)
                for chosen in chain.from_iterable(combinations(members, size) for size in sizes)
            ]
    return tuple(_distinct(candidates, leaves))


def _members(spec: FactSpec, leaves: tuple[Test, ...]) -> list[frozenset[str]]:
    """One value for each class of values that the tests of a fact of several values tell apart."""
    single: list[FactValue] = [frozenset({option.name}) for option in spec.options]
    return [member for member in _distinct(single, leaves) if isinstance(member, frozenset)]


def _distinct(candidates: list[FactValue], leaves: tuple[Test, ...]) -> list[FactValue]:
    """The first candidate of each class of candidates that all tests treat alike."""
    seen: dict[tuple[Truth, ...], FactValue] = {}
    for value in candidates:
        seen.setdefault(tuple(evaluate_test(test, {test.fact: value}) for test in leaves), value)
    return list(seen.values())
