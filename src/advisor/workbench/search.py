"""A complete search for facts that meet demands, over the classes of values that the demands can tell apart.

Each demand leaves fewer values to its fact, unknown being one of them; only where one of several demands will
do is there anything to try. Where the search ends without an answer, there is none; where it is cut off, it
says so. It may look at one rule alone, and then conclusions are facts like any other, or at all rules
together, and then what they conclude must follow from what is told.
"""

from __future__ import annotations

from collections.abc import Mapping

from advisor.model.condition import Test, Truth, facts_of
from advisor.model.rule import Consultation
from advisor.model.vocabulary import FactSpec, FactValue, Vocabulary
from advisor.verdict.possible import representatives, sampled
from advisor.workbench.demands import (
    Demand,
    Derivations,
    Every,
    Formula,
    Some,
    ValueOrUnknown,
    is_not_true,
    truth_at,
)

MAX_STEPS = 20_000
"""Choices tried in one search: far more than the rules of one consultation need."""


_Left = Mapping[str, tuple[ValueOrUnknown, ...]]
"""For each fact that some demand speaks of, the values that are left to it; None among them for unknown."""


class CutOff(Exception):
    """The search was cut off, so that nothing is known."""


class Searcher:
    """Searches among the facts of one consultation, in which what is impossible never stands together."""

    def __init__(self, consultation: Consultation, *, through: bool = False) -> None:
        """`through`: conclusions must follow from what is told, by all active rules."""
        self._vocabulary = consultation.vocabulary
        self._impossible = [(is_not_true(each), facts_of(each)) for each in consultation.impossible]
        names = [spec.name for spec in consultation.vocabulary.conclusions]
        self._derivations = Derivations(consultation.active, names) if through else None

    def find(self, *demands: Formula, max_steps: int = MAX_STEPS) -> Mapping[str, FactValue] | None:
        """Known facts that meet all demands, few of them; None where there are none.

        Raises:
            CutOff: where neither could be found out in `max_steps` trials.
        """
        search = _Search(self._vocabulary, self._derivations, [*demands], max_steps)
        touched = search.facts
        for barred, facts in self._impossible:
            if not facts.isdisjoint(touched):
                search.add(barred)
        return search.run()


class _Search:
    """One search."""

    def __init__(
        self, vocabulary: Vocabulary, derivations: Derivations | None, demands: list[Formula], steps: int
    ) -> None:
        self._vocabulary, self._derivations, self._steps = vocabulary, derivations, steps
        self._demands: list[Formula] = []
        self._tested: dict[str, list[Test]] = {}
        self._seen: set[int] = set()
        for demand in demands:
            self.add(demand)

    @property
    def facts(self) -> frozenset[str]:
        """Facts that some demand speaks of, directly or through conclusions."""
        return frozenset(self._tested)

    def add(self, demand: Formula) -> None:
        """Demand one thing more."""
        self._demands.append(demand)
        pending = [demand]
        while pending:
            each = pending.pop()
            if id(each) in self._seen:
                continue
            self._seen.add(id(each))
            match each:
                case Demand(test):
                    if self._derived(test.fact):
                        pending.append(self._expanded(each))
                    else:
                        self._tested.setdefault(test.fact, []).append(test)
                case Every(parts) | Some(parts):
                    pending += parts

    def _derived(self, fact: str) -> bool:
        return self._derivations is not None and self._derivations.derived(fact)

    def _expanded(self, demand: Demand) -> Formula:
        assert self._derivations is not None  # noqa: S101 - asked only where `_derived` says so
        return self._derivations.demand(demand)

    def run(self) -> Mapping[str, FactValue] | None:
        """Try until all demands are met, or nothing is left to try."""
        left: dict[str, tuple[ValueOrUnknown, ...]] = {}
        cannot_tell = False
        for fact, leaves in self._tested.items():
            spec = self._vocabulary.facts.get(fact) or _yes_no(fact)
            left[fact] = (None, *representatives(spec, tuple(leaves)))
            cannot_tell |= sampled(spec, tuple(leaves))
        stack: list[tuple[tuple[Formula, ...], tuple[Some, ...], _Left]] = [(tuple(self._demands), (), left)]
        while stack:
            self._steps -= 1
            if self._steps < 0:
                raise CutOff
            demands, choices, domains = stack.pop()
            settled = self._settle(demands, choices, domains)
            if settled is None:
                continue
            open_choices, domains = settled
            if not open_choices:
                values = {fact: domain[0] for fact, domain in domains.items()}
                return {fact: value for fact, value in values.items() if value is not None}
            first = min(open_choices, key=lambda each: len(each.parts))
            others = tuple(each for each in open_choices if each is not first)
            stack += [((part,), others, domains) for part in reversed(first.parts)]
        if cannot_tell:
            raise CutOff
        return None

    def _settle(
        self, demands: tuple[Formula, ...], choices: tuple[Some, ...], domains: _Left
    ) -> tuple[tuple[Some, ...], _Left] | None:
        """Meet all that leaves no choice; None where that cannot be. Choices keep only what is still open."""
        left = dict(domains)
        pending, waiting = list(demands), list(choices)
        while pending:
            while pending:
                demand = pending.pop()
                if isinstance(demand, Every):
                    pending += demand.parts
                elif isinstance(demand, Some):
                    waiting.append(demand)
                elif self._derived(demand.test.fact):
                    pending.append(self._expanded(demand))
                elif not _narrow(left, demand):
                    return None
            found = [self._open_parts(choice, left) for choice in waiting]
            parts = [each for each in found if each is not None]
            if () in parts:
                return None
            pending += [each[0] for each in parts if len(each) == 1]
            waiting = [Some(each) for each in parts if len(each) > 1]
        return tuple(waiting), left

    def _open_parts(self, choice: Some, left: _Left) -> tuple[Formula, ...] | None:
        """The parts of `choice` that can still be met; None where one of them is met already."""
        kept = []
        for part in choice.parts:
            met = self._met(part, left)
            if met is True:
                return None
            if met is None:
                kept.append(part)
        return tuple(kept)

    def _met(self, formula: Formula, left: _Left) -> Truth:
        """Whether every way to go on meets `formula` (true), none does (false), or that is open (None)."""
        match formula:
            case Demand(test, true):
                if self._derived(test.fact):
                    return self._met(self._expanded(formula), left)
                fit = [(truth_at(test, value) is True) == true for value in left[test.fact]]
                return True if all(fit) else None if any(fit) else False
            case Every(parts) | Some(parts):
                decides = isinstance(formula, Some)
                result: Truth = not decides
                for part in parts:
                    met = self._met(part, left)
                    if met is decides:
                        return decides
                    if met is None:
                        result = None
                return result


def _narrow(left: dict[str, tuple[ValueOrUnknown, ...]], demand: Demand) -> bool:
    """Leave its fact only the values that meet `demand`; false where none does."""
    fact = demand.test.fact
    left[fact] = tuple(value for value in left[fact] if (truth_at(demand.test, value) is True) == demand.true)
    return bool(left[fact])


def _yes_no(fact: str) -> FactSpec:
    """What is tested and stands in no vocabulary is whether another rule holds."""
    return FactSpec(name=fact, type="yes-no", means=fact, origin="concluded")
