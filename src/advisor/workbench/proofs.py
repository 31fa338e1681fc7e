"""Laws for all situations: proved, or refuted by a smallest situation that breaks them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from advisor.model.analysis import LawOutcome, LawResult, Witness
from advisor.model.condition import tests
from advisor.model.law import Change, Law
from advisor.model.rule import Consultation
from advisor.model.vocabulary import FactValue
from advisor.workbench.encoding import Background, Encoding
from advisor.workbench.finder import Cases, Finder, Query
from advisor.workbench.judge import Judge
from advisor.workbench.prover import Prover
from advisor.workbench.symbols import Formula, Symbol, both, either, limits_of, opposite, symbols_for

Clock = Callable[[], float]
"""Tells seconds since some moment."""


class LawProver:
    """Proves laws of one consultation; made once, used for many laws."""

    def __init__(self, consultation: Consultation, timeout: float, clock: Clock) -> None:
        """`timeout` in seconds for each question put to the solver."""
        self._consultation, self._clock = consultation, clock
        self._background = Background(consultation)
        self._symbols = symbols_for(consultation.vocabulary.given)
        self._encoding = Encoding(consultation, self._symbols)
        self._judge = Judge(consultation, self._background)
        assumed = self._background.formulas(self._encoding)
        self._finder = Finder(Prover(self._symbols, assumed, timeout), self._judge)

    def prove(self, law: Law) -> LawResult:
        """Prove or refute `law`."""
        began = self._clock()
        moving = () if law.change is None else self._moving(law.change)
        spoken_of, broken = (
            self._single(law) if law.change is None else self._compared(law, law.change, moving)
        )
        found, cases = self._finder.find(broken)
        if found:
            cases, smallest = self._finder.smallest(broken, cases)
            noted = self._finder.noted(broken, cases, drafted(self._consultation))
            witness = replace(self._witness(cases, smallest=smallest), noted=noted)
            return LawResult(law, "refuted", self._clock() - began, witness, moving)
        if found is False and self._finder.find(spoken_of)[0] is False:
            return LawResult(law, "empty", self._clock() - began, None, moving)
        outcome: LawOutcome = "undecided" if found is None else "proved"
        return LawResult(law, outcome, self._clock() - began, None, moving)

    def _single(self, law: Law) -> tuple[Query, Query]:
        """The situations that `law` speaks of, and those among them that break it."""
        where = self._where(law)

        def speaks(facts: Mapping[str, FactValue]) -> bool:
            return law.where is None or self._judge.says(law.where, facts)

        def breaks(facts: Mapping[str, FactValue]) -> bool:
            return speaks(facts) and self._judge.verdict(facts) in law.never

        reached = either(self._encoding.verdict_is(verdict) for verdict in law.never)
        return Query((where,), speaks), Query((where, reached), breaks, edges=_edges(law))

    def _compared(self, law: Law, change: Change, moving: tuple[str, ...]) -> tuple[Query, Query]:
        """The same for pairs of situations that differ as `change` says."""
        vocabulary = self._consultation.vocabulary
        moved = {change.fact, *moving, *change.along}
        then = {**self._symbols, **symbols_for((vocabulary[fact] for fact in sorted(moved)), "then ")}
        encoding = Encoding(self._consultation, then, self._encoding)
        apart = [
            self._where(law),
            *limits_of({fact: then[fact] for fact in sorted(moved)}),
            *(formula for _, formula in self._background.formulas(encoding, moved)),
            _differs(change, self._symbols[change.fact], then[change.fact]),
        ]
        levels = range(1, len(self._consultation.verdicts))
        worse = either(
            both((encoding.at_least(level), opposite(self._encoding.at_least(level)))) for level in levels
        )
        better = either(
            both((self._encoding.at_least(level), opposite(encoding.at_least(level)))) for level in levels
        )
        wrong = {"worse": worse, "better": better, "other": either((worse, better))}[law.outcome]

        def speaks(first: Mapping[str, FactValue], second: Mapping[str, FactValue]) -> bool:
            fits = law.where is None or self._judge.says(law.where, first)
            return fits and _is_changed(change, first.get(change.fact), second.get(change.fact))

        def breaks(first: Mapping[str, FactValue], second: Mapping[str, FactValue]) -> bool:
            step = self._judge.level(second) - self._judge.level(first)
            wrong = {"worse": step > 0, "better": step < 0, "other": step != 0}[law.outcome]
            return wrong and speaks(first, second)

        return (
            Query(tuple(apart), speaks, (then,), frozenset(moved)),
            Query((*apart, wrong), breaks, (then,), frozenset(moved), _edges(law)),
        )

    def _where(self, law: Law) -> Formula:
        return both(() if law.where is None else (self._encoding.truth(law.where).true,))

    def _moving(self, change: Change) -> tuple[str, ...]:
        """The sums that hang on what changes."""
        moved = [change.fact, *change.along]
        for fact in moved:
            moved += [
                each.fact for each in self._background.sums if fact in each.of and each.fact not in moved
            ]
        return tuple(moved[1 + len(change.along) :])

    def _witness(self, cases: Cases, *, smallest: bool) -> Witness:
        first = cases[0]
        if len(cases) == 1:
            return Witness(first, self._judge.verdict(first), smallest=smallest)
        second = cases[1]
        changes = {
            fact: second.get(fact)
            for fact in sorted({*first, *second})
            if first.get(fact) != second.get(fact)
        }
        return Witness(
            first, self._judge.verdict(first), changes, self._judge.verdict(second), smallest=smallest
        )


def drafted(consultation: Consultation) -> tuple[str, ...]:
    """The facts that are read from a note."""
    return tuple(spec.name for spec in consultation.vocabulary.given if spec.origin == "draft")


def _edges(law: Law) -> dict[str, tuple[int, ...]]:
    """Numbers that a law itself names, and their neighbours, by fact."""
    found: dict[str, tuple[int, ...]] = {}
    for test in tests(law.where) if law.where else ():
        values = test.value if isinstance(test.value, tuple) else (test.value,)
        numbers = [each for each in values if isinstance(each, int) and not isinstance(each, bool)]
        near = (number + step for number in numbers for step in (-1, 0, 1))
        found[test.fact] = (*found.get(test.fact, ()), *near)
    return found


def _differs(change: Change, first: Symbol, second: Symbol) -> Formula:
    """That the changed fact is `first` before and `second` then."""
    match change.kind:
        case "raise":
            return both((first.known, second.known, second.value > first.value))
        case "lower":
            return both((first.known, second.known, second.value < first.value))
        case "change":
            told = [first.known, second.known, first.differs(second)]
        case "tell":
            told = [opposite(first.known), second.known]
    before = (first.one_of(change.before),) if change.before else ()
    after = (second.one_of(change.after),) if change.after else ()
    return both((*told, *before, *after))


def _is_changed(change: Change, first: FactValue | None, second: FactValue | None) -> bool:
    """Whether two values differ as `change` says."""
    if second is None or (first is None) != (change.kind == "tell"):
        return False
    if change.kind in ("raise", "lower"):
        if not (isinstance(first, int) and isinstance(second, int)):
            return False
        return second > first if change.kind == "raise" else second < first
    fits = (not change.before or first in change.before) and (not change.after or second in change.after)
    return fits and first != second
