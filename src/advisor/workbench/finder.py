"""The search for small cases: found by the solver, confirmed by the judge, then made smaller.

Facts are left out and values made plain as long as a case still shows what it was to show. Nothing leaves
here that was not confirmed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from advisor.model.vocabulary import FactValue
from advisor.workbench.judge import Facts
from advisor.workbench.note_search import PRESENT
from advisor.workbench.pieces import COVERED
from advisor.workbench.prover import Answer, Prover
from advisor.workbench.symbols import Formula, Symbols

Cases = tuple[Facts, ...]
"""One case, or two that are compared."""


class Confirms(Protocol):
    """What the search needs of a judge; see `advisor.workbench.judge.Judge`."""

    def allows(self, facts: Mapping[str, FactValue]) -> bool:
        """Whether `facts` can stand together."""
        ...

    def added_up(self, facts: Mapping[str, FactValue]) -> Facts:
        """`facts` with every sum that follows from its parts put right."""
        ...

    def plain_values(self, fact: str) -> tuple[FactValue, ...]:
        """Plain values of `fact` to try, the smallest number first."""
        ...


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: as formulas for the solver, and as a check of cases for the judge."""

    formulas: tuple[Formula, ...]
    check: Callable[..., bool]
    """Takes as many cases as there are tables of symbols, and says whether they show what is looked for."""
    others: tuple[Symbols, ...] = ()
    """Tables of symbols of further cases."""
    moving: frozenset[str] = frozenset()
    """Facts in which the cases may differ; all others are the same in all of them."""
    edges: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """Numbers to try for a fact, besides those that the rules tell apart."""


class Disagreement(AssertionError):
    """The solver and the reference engine do not agree: a fault of ours, never of the rules."""


class Finder:
    """Finds cases and makes them small."""

    def __init__(self, prover: Prover, judge: Confirms) -> None:
        self._prover, self._judge = prover, judge

    def find(self, query: Query) -> tuple[bool | None, Cases]:
        """Whether there are cases of the kind (None where time ran out), and if so confirmed ones."""
        answer = self._prover.find(*query.formulas, others=query.others)
        return answer.found, self._confirmed(answer, query) if answer.found else ()

    def smallest(self, query: Query, cases: Cases) -> tuple[Cases, bool]:
        """Cases with as few known facts as can be, and whether it was proved that there are no fewer."""
        cases = self._shrunk(cases, query)
        while len(cases[0]):
            answer = self._prover.find(*query.formulas, others=query.others, at_most=len(cases[0]) - 1)
            if not answer.found:
                return cases, answer.found is False
            cases = self._shrunk(self._confirmed(answer, query), query)
        return cases, True

    def small(self, query: Query, cases: Cases) -> Cases:
        """Cases of which no known fact can be left out; there may be others that know less."""
        return self._shrunk(cases, query)

    def noted(self, query: Query, cases: Cases, drafted: Sequence[str]) -> Facts:
        """A case of the same kind with a note whose words are known; empty where none is needed.

        `drafted` are the facts that are read from a note: of a note that can be read, all of them are known,
        so that no prospect file tells only some. Counts are left out where they do not matter.
        """
        symbols = self._prover.symbols
        here = [fact for fact in drafted if fact in symbols]
        if query.others or not {*here} & cases[0].keys() or not {COVERED, PRESENT} <= {*here}:
            return {}
        read = [symbols[fact].is_(True) for fact in (COVERED, PRESENT)]
        answer = self._prover.find(*query.formulas, *read, *(symbols[fact].known for fact in here))
        if not answer.found:
            return {}
        (case,) = self._confirmed(answer, query)
        loose = [fact for fact in case if fact not in here or symbols[fact].spec.type == "number"]
        (case,) = self._without((case,), sorted(loose), query)
        for fact in here:
            quiet = {**case, fact: False}
            if case.get(fact) is True and fact not in (COVERED, PRESENT) and self._right((quiet,), query):
                case = quiet
        for fact in sorted(case):
            (case,) = self._plainer((case,), fact, query)
        return case

    def _confirmed(self, answer: Answer, query: Query) -> Cases:
        cases = (answer.facts, *answer.others)
        if not self._right(cases, query):
            raise Disagreement(f"the solver's case does not show what it claims: {cases}")
        return cases

    def _right(self, cases: Cases, query: Query) -> bool:
        return all(map(self._judge.allows, cases)) and query.check(*cases)

    def _shrunk(self, cases: Cases, query: Query) -> Cases:
        """The same with nothing known that could be left out, and with plain values."""
        before = None
        while before != cases:
            before = cases
            cases = self._without(cases, sorted(set().union(*cases)), query)
        for fact in sorted(set().union(*cases)):
            cases = self._plainer(cases, fact, query)
        return cases

    def _without(self, cases: Cases, facts: Sequence[str], query: Query) -> Cases:
        """The same without as many of `facts` as can be left out: all at once, else half by half."""
        if not facts:
            return cases
        dropped = frozenset(facts)
        fewer = tuple(
            map(
                self._judge.added_up,
                [{name: value for name, value in case.items() if name not in dropped} for case in cases],
            )
        )
        if self._right(fewer, query):
            return fewer
        if len(facts) == 1:
            return cases
        half = len(facts) // 2
        return self._without(self._without(cases, facts[:half], query), facts[half:], query)

    def _plainer(self, cases: Cases, fact: str, query: Query) -> Cases:
        """The same with the plainest value of `fact`; cases that may differ in it are gone through singly."""
        apart = fact in query.moving
        for group in [[place] for place in range(len(cases))] if apart else [[*range(len(cases))]]:
            again = True
            while again:
                again = False
                nearest = [cases[0].get(fact)] if apart else []
                for plain in self._plainer_values(
                    fact, cases[group[0]].get(fact), nearest, query.edges.get(fact, ())
                ):
                    changed = [
                        {**case, fact: plain} if place in group else dict(case)
                        for place, case in enumerate(cases)
                    ]
                    candidate = tuple(map(self._judge.added_up, changed))
                    if self._right(candidate, query):
                        # The first number that will do is the plainest; a set may lose more of its members.
                        cases, again = candidate, isinstance(plain, frozenset)
                        break
        return cases

    def _plainer_values(
        self,
        fact: str,
        value: FactValue | None,
        nearest: Sequence[FactValue | None],
        edges: Sequence[int],
    ) -> Iterator[FactValue]:
        if isinstance(value, frozenset):
            yield from (value - {each} for each in sorted(value))
        elif isinstance(value, int) and not isinstance(value, bool):
            near = [number + step for number in nearest if isinstance(number, int) for step in (1, -1)]
            plain = [each for each in self._judge.plain_values(fact) if isinstance(each, int)]
            least = plain[0] if plain else 0
            yield from (each for each in sorted({*plain, *near, *edges}) if least <= each < value)
