"""Which verdicts are still possible, whatever the answers to open questions may be, and which answers matter.

Every unknown fact is divided into the finitely many classes that the rules' tests can tell apart, and one
value stands for each class. A search assigns classes until the verdict is certain, led by what the rules
could still do (Kleene's logic bounds it from both sides), passing over facts that cannot stand together, and
cut off after a fixed number of steps.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain, combinations

from advisor.model.condition import Test, Truth, evaluate_test, tests
from advisor.model.rule import Consultation
from advisor.model.vocabulary import FactSpec, FactValue
from advisor.verdict.network import OpenNetwork, State

MOST_MEMBERS = 8
"""Classes of values of one fact of which all combinations are tried; of more, only some are."""
MAX_STEPS = 600
"""Most assignments tried in one search; some tens of milliseconds."""
MAX_ASKED = 150
"""The same for whether one answer matters, of which there may be a search for each question."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What could still come out."""

    verdicts: tuple[str, ...]
    """Possible verdicts, the most willing first."""
    exhaustive: bool
    """False where the search was cut off: then some verdict named here may be impossible after all."""
    witnesses: Mapping[str, Mapping[str, FactValue]] = field(default_factory=dict)
    """For verdicts other than the present one: answers that lead there, whatever else is answered."""


class OutlookFinder:
    """Finds the possible verdicts of one consultation; made once, used for many cases."""

    def __init__(self, consultation: Consultation, by_class: Mapping[str, tuple[FactValue, ...]]) -> None:
        """`by_class`: what `classes` gives for the consultation."""
        self._consultation = consultation
        self.network = OpenNetwork(consultation)
        self._classes = by_class
        tested = tests_by_fact(consultation)
        self._sampled = any(
            sampled(spec, tuple(tested.get(spec.name, ()))) for spec in consultation.vocabulary.given
        )
        self._behind = {
            node: tuple(fact for fact in facts if fact in by_class)
            for node, facts in self.network.behind().items()
        }

    def start(self, facts: Mapping[str, FactValue]) -> State:
        """Everything that is certain where `facts` are told; facts that no rule tests are left out."""
        return self.network.start({fact: value for fact, value in facts.items() if fact in self._classes})

    def find(self, facts: Mapping[str, FactValue], verdict: str, max_steps: int = MAX_STEPS) -> Outlook:
        """Verdicts that are possible where `facts` are given; `verdict` is the one reached now."""
        first = self.start(facts)
        found = {self._consultation.caution(verdict)}
        witnesses: dict[str, Mapping[str, FactValue]] = {}
        steps = 0
        pending = [first]
        while pending:
            state = pending.pop()
            missing = [level for level in self.network.attainable(state) if level not in found]
            if not missing:
                continue
            fact = self._choose(state, missing[-1]) or self._undecided_contradiction(state)
            if fact is None:
                level = self.network.level(state)
                found.add(level)
                witnesses[self._consultation.verdicts[level].name] = self._assumed(state, first)
                continue
            steps += 1
            if steps > max_steps:
                levels = found.union(*(self.network.attainable(each) for each in (state, *pending)))
                return self._outlook(levels, witnesses, exhaustive=False)
            pending += self._branches(state, fact, first)
        return self._outlook(found, witnesses, exhaustive=True)

    def shown_to_matter(self, facts: Mapping[str, FactValue], fact: str, outlook: Outlook) -> bool:
        """Whether the answers that lead to another verdict show already that `fact` matters.

        There, one answer more or less may decide. `outlook` is what `find` gave; where this is false, only
        `matters` can tell.
        """
        first = self.start(facts)
        for verdict, assumed in outlook.witnesses.items():
            if fact in assumed:
                level = self._consultation.caution(verdict)
                others = {name: value for name, value in assumed.items() if name != fact}
                kept = {**facts, **others}
                branches = self._branches(self.start(kept), fact, first)
                there = self.start({**kept, fact: assumed[fact]})
                if any(
                    level not in self.network.attainable(state) and self._can_both_be([state, there], first)
                    for state in branches
                ):
                    return True
        return False

    def matters(self, facts: Mapping[str, FactValue], fact: str, max_steps: int = MAX_ASKED) -> Truth:
        """Whether the answer to `fact` can still make a difference, whatever else is answered.

        None where the search is cut off before that is certain.
        """
        return self.matters_in(self.start(facts), fact, max_steps)

    def matters_in(self, first: State, fact: str, max_steps: int = MAX_ASKED) -> Truth:
        """Do as `matters` does, for what `start` or `network.told` gave."""
        if fact not in self._classes or fact in first or fact not in self.network.undecided_facts(first):
            return False
        # The most cautious first: what holds at the top differs as soon as it holds, whatever else does.
        touched = [
            each
            for each in sorted(self.network.concerns, key=lambda concern: -concern[1])
            if fact in self._behind[each[0]]
        ]
        pending = [self._branches(first, fact, first)]
        steps = 0
        while pending:
            states = pending.pop()
            reach = [self.network.attainable(state) for state in states]
            apart = [
                pair
                for pair, levels in zip(combinations(states, 2), combinations(reach, 2), strict=True)
                if set(levels[0]).isdisjoint(levels[1])
            ]
            if any(self._can_both_be(list(pair), first) for pair in apart):
                return True
            asked = self._fact_that_divides(states, touched)
            if asked is None:
                continue
            steps += 1
            if steps > max_steps:
                return None
            branches = []
            for value in self._classes[asked]:
                told = (self.network.told(state, asked, value) for state in states)
                branches.append([state for state in told if not self.network.contradicts(state, first)])
            # Where most concerns are left on which the states may still differ, a difference is nearest.
            pending += sorted(branches, key=lambda branch: len(self._apart(branch, touched)))
        return False

    def _can_both_be(self, states: list[State], first: State) -> bool:
        """Whether what is still open can be answered so that none of `states` contradicts itself."""
        asked = next(
            (fact for state in states if (fact := self._undecided_contradiction(state)) is not None), None
        )
        if asked is None:
            return True
        for value in self._classes[asked]:
            told = [self.network.told(state, asked, value) for state in states]
            if not any(self.network.contradicts(state, first) for state in told) and self._can_both_be(
                told, first
            ):
                return True
        return False

    def _apart(self, states: list[State], touched: list[tuple[str, int]]) -> list[int]:
        """Places on the scale of the concerns that count and on which `states` differ, or still may."""
        floor = min((self.network.level(state) for state in states), default=self.network.top)
        return [
            level
            for node, level in touched
            if level > floor
            and (
                any(node not in state for state in states)
                or len({state[node] is True for state in states}) > 1
            )
        ]

    def _fact_that_divides(self, states: list[State], touched: list[tuple[str, int]]) -> str | None:
        """An unknown fact by which `states`, which differ in one answer, could come to differ in the verdict.

        `touched` are the concerns that the answer bears on: where they agree on all of these, they agree.
        None where they cannot come to differ.
        """
        apart = self._apart(states, touched)
        if not apart or len(states) < 2:  # noqa: PLR2004 - one state alone differs from nothing
            return None
        least = min(apart)
        ranked = [*touched, *self.network.concerns]
        for node, level in ranked:
            for state in states:
                if (
                    level >= least
                    and node not in state
                    and (fact := self.network.undecided_fact(node, state))
                ):
                    return fact
        return None

    def _branches(self, state: State, fact: str, first: State) -> list[State]:
        """`state` with each class of answers to `fact`, those left out that contradict what is told."""
        told = (self.network.told(state, fact, value) for value in self._classes[fact])
        return [each for each in told if not self.network.contradicts(each, first)]

    def _outlook(
        self, levels: set[int], witnesses: Mapping[str, Mapping[str, FactValue]], *, exhaustive: bool
    ) -> Outlook:
        exhaustive = exhaustive and not self._sampled
        names = [level.name for level in self._consultation.verdicts]
        return Outlook(tuple(names[level] for level in sorted(levels)), exhaustive, witnesses)

    def _assumed(self, state: State, first: State) -> dict[str, FactValue]:
        return {fact: state[fact] for fact in self._classes if fact in state and fact not in first}

    def _choose(self, state: State, target: int) -> str | None:
        """An unknown fact that bears on `target`: first on reaching it, then on what lies above it."""
        open_rules = [
            (abs(level - target), -level, rule) for rule, level in self.network.concerns if rule not in state
        ]
        for _, _, rule in sorted(open_rules):
            if (fact := self.network.undecided_fact(rule, state)) is not None:
                return fact
        return None

    def _undecided_contradiction(self, state: State) -> str | None:
        """An unknown fact that could still turn out to be impossible together with what is assumed."""
        for node in self.network.impossible:
            if node not in state and (fact := self.network.undecided_fact(node, state)) is not None:
                return fact
        return None


def tests_by_fact(consultation: Consultation) -> dict[str, list[Test]]:
    """Every test of a fact: those of the rules, and those that say what cannot stand together."""
    found: dict[str, list[Test]] = {}
    ruled = (test for rule in consultation.active for test in rule.leaves)
    impossible = (test for condition in consultation.impossible for test in tests(condition))
    for test in chain(ruled, impossible):
        found.setdefault(test.fact, []).append(test)
    return found


def classes(consultation: Consultation) -> dict[str, tuple[FactValue, ...]]:
    """For every given fact that some rule tests: one value for each class that the tests tell apart."""
    tested = tests_by_fact(consultation)
    return {
        spec.name: representatives(spec, tuple(tested[spec.name]))
        for spec in sorted(consultation.vocabulary.given, key=lambda each: each.name)
        if spec.name in tested
    }


def representatives(spec: FactSpec, leaves: tuple[Test, ...]) -> tuple[FactValue, ...]:
    """One value of a fact for each class of values that `leaves`, all tests of this fact, tell apart.

    Of a fact of several values with more than `MOST_MEMBERS` classes of members only some sets are given.
    """
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
    if spec.type == "number":  # ranges, of which neighbours are told apart by some test
        signs = [tuple(evaluate_test(test, {test.fact: value}) for test in leaves) for value in candidates]
        return tuple(
            value for place, value in enumerate(candidates) if not place or signs[place] != signs[place - 1]
        )
    return tuple(_distinct(candidates, leaves))


def sampled(spec: FactSpec, leaves: tuple[Test, ...]) -> bool:
    """Whether `representatives` gives only some of the sets of values that `leaves` tell apart."""
    return spec.type == "choices" and len(_members(spec, leaves)) > MOST_MEMBERS


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
