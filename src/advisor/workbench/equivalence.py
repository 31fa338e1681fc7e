"""Whether two rule sets give the same verdict to every case, and a case for each pair of verdicts where not.

Facts that both have are the same in both. Facts that only one has may be anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from advisor.model.analysis import Comparison, Difference, Witness
from advisor.model.rule import Consultation
from advisor.model.vocabulary import FactSpec, FactValue
from advisor.workbench.encoding import Background, Encoding
from advisor.workbench.finder import Finder, Query
from advisor.workbench.judge import Facts, Judge
from advisor.workbench.proofs import Clock, drafted
from advisor.workbench.prover import Prover
from advisor.workbench.symbols import Symbol

_THERE = "there "
"""Before the name of a fact that the other set understands in another way."""


class _Side:
    """One of the two rule sets."""

    def __init__(self, consultation: Consultation, symbols: dict[str, Symbol]) -> None:
        self.consultation, self.symbols = consultation, symbols
        self.background = Background(consultation)
        self.encoding = Encoding(consultation, symbols)
        self.judge = Judge(consultation, self.background)

    def verdict(self, facts: Mapping[str, FactValue]) -> str:
        """The verdict on `facts`."""
        return self.judge.verdict(facts)

    def held(self, facts: Mapping[str, FactValue]) -> frozenset[str]:
        """Concerns and grounds that hold."""
        rules = {rule.id: rule for rule in self.consultation.active}
        return frozenset(
            each for each in self.judge.infer(facts).held if rules[each].effect.kind in ("concern", "ground")
        )


class _Both:
    """Judges facts of both sides together."""

    def __init__(self, mine: _Side, theirs: _Side, shared: frozenset[str]) -> None:
        self._mine, self._theirs, self._shared = mine.judge, theirs.judge, shared

    def allows(self, facts: Mapping[str, FactValue]) -> bool:
        """Whether both sides let the facts stand together."""
        one, other = _parted(facts, self._shared)
        return self._mine.allows(one) and self._theirs.allows(other)

    def added_up(self, facts: Mapping[str, FactValue]) -> Facts:
        """The facts with the sums of both sides put right."""
        one, other = _parted(facts, self._shared)
        theirs = self._theirs.added_up(other)
        return self._mine.added_up(one) | {
            name if name in self._shared else _THERE + name: value for name, value in theirs.items()
        }

    def plain_values(self, fact: str) -> tuple[FactValue, ...]:
        """Plain values that either side tells apart."""
        name = fact.removeprefix(_THERE)
        return (*self._mine.plain_values(name), *self._theirs.plain_values(name))


def compare(here: Consultation, there: Consultation, timeout: float, clock: Clock) -> Comparison:
    """Compare the verdicts of two rule sets; `timeout` in seconds for each question put to the solver."""
    began = clock()
    shared = {
        spec.name: common
        for spec in here.vocabulary.given
        if spec.name in there.vocabulary
        and (common := _common(spec, there.vocabulary[spec.name])) is not None
    }
    symbols = {name: Symbol.of(spec) for name, spec in shared.items()}
    mine = _Side(here, _with_own(here, symbols, ""))
    theirs = _Side(there, _with_own(there, symbols, _THERE))
    assumed = [*mine.background.formulas(mine.encoding), *theirs.background.formulas(theirs.encoding)]
    everything = {**mine.symbols}
    everything |= {_THERE + name: each for name, each in theirs.symbols.items() if name not in shared}
    finder = Finder(Prover(everything, assumed, timeout), _Both(mine, theirs, frozenset(shared)))
    found: list[Difference] = []
    undecided: list[tuple[str, str]] = []
    for one in here.verdicts:
        for other in there.verdicts:
            if one.name == other.name:
                continue
            query = _query(mine, theirs, frozenset(shared), one.name, other.name)
            answer, cases = finder.find(query)
            if answer is None:
                undecided.append((one.name, other.name))
            elif answer:
                cases, smallest = finder.smallest(query, cases)
                difference = _difference(mine, theirs, frozenset(shared), cases[0], smallest=smallest)
                noted = finder.noted(query, cases, [fact for fact in drafted(here) if fact in shared])
                witness = replace(difference.witness, noted=noted)
                found.append(replace(difference, witness=witness))
    return Comparison(
        differences=tuple(found),
        undecided=tuple(undecided),
        only_here=tuple(spec.name for spec in here.vocabulary.given if spec.name not in shared),
        only_there=tuple(spec.name for spec in there.vocabulary.given if spec.name not in shared),
        narrowed=tuple(
            name
            for name, spec in shared.items()
            if not (_same_values(spec, here.vocabulary[name]) and _same_values(spec, there.vocabulary[name]))
        ),
        scales_differ=[each.name for each in here.verdicts] != [each.name for each in there.verdicts],
        seconds=clock() - began,
    )


def _with_own(consultation: Consultation, shared: Mapping[str, Symbol], mark: str) -> dict[str, Symbol]:
    return {
        spec.name: shared.get(spec.name) or Symbol.of(spec, mark) for spec in consultation.vocabulary.given
    }


def _common(one: FactSpec, other: FactSpec) -> FactSpec | None:
    """The fact with the values that both allow; None where it is another fact that is called so."""
    if one.type != other.type or other.origin == "concluded":
        return None
    names = {option.name for option in other.options}
    options = tuple(option for option in one.options if option.name in names)
    least, most = max(one.minimum, other.minimum), min(one.maximum, other.maximum)
    if least > most or (one.options and not options):
        return None
    return replace(one, options=options, minimum=least, maximum=most)


def _same_values(one: FactSpec, other: FactSpec) -> bool:
    return {each.name for each in one.options} == {each.name for each in other.options} and (
        one.minimum,
        one.maximum,
    ) == (other.minimum, other.maximum)


def _parted(facts: Mapping[str, FactValue], shared: frozenset[str]) -> tuple[dict[str, FactValue], ...]:
    """The facts of each side."""
    mine = {name: value for name, value in facts.items() if not name.startswith(_THERE)}
    theirs = {name.removeprefix(_THERE): value for name, value in facts.items() if name.startswith(_THERE)}
    return mine, {**{name: value for name, value in mine.items() if name in shared}, **theirs}


def _query(mine: _Side, theirs: _Side, shared: frozenset[str], here: str, there: str) -> Query:
    def check(facts: Mapping[str, FactValue]) -> bool:
        one, other = _parted(facts, shared)
        return mine.verdict(one) == here and theirs.verdict(other) == there

    return Query((mine.encoding.verdict_is(here), theirs.encoding.verdict_is(there)), check)


def _difference(
    mine: _Side, theirs: _Side, shared: frozenset[str], facts: Mapping[str, FactValue], *, smallest: bool
) -> Difference:
    one, other = _parted(facts, shared)
    here, there = mine.verdict(one), theirs.verdict(other)
    held_here, held_there = mine.held(one), theirs.held(other)
    witness = Witness({**one, **other}, here, verdict_then=there, smallest=smallest)
    return Difference(
        here, there, witness, tuple(sorted(held_here - held_there)), tuple(sorted(held_there - held_here))
    )
