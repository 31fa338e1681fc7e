"""Everything that can be asked of a consultation for all situations at once, put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from advisor.model.analysis import Analysis
from advisor.model.law import Law
from advisor.model.rule import Consultation
from advisor.workbench.defects import DefectFinder
from advisor.workbench.equivalence import compare
from advisor.workbench.proofs import Clock, LawProver


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked."""

    everything: bool = True
    """Look at all rules and verdicts."""
    rules: tuple[str, ...] = ()
    """Look at these rules one by one."""
    laws: tuple[Law, ...] = ()
    """Prove these."""
    against: Consultation | None = None
    """Compare with these rules."""
    all_pairs: bool = False
    """Give each pair that pulls apart a case, and not only close ones."""


def analyze(consultation: Consultation, wish: Wish, timeout: float, clock: Clock) -> Analysis:
    """Answer what is wished; `timeout` in seconds for each question put to the solver."""
    began = clock()
    analysis = Analysis(
        consultation=consultation.id,
        rules=len(consultation.own),
        facts=len(consultation.vocabulary.given),
        rules_looked_at=wish.everything,
    )
    if wish.everything or wish.rules:
        analysis = _with_defects(analysis, consultation, wish, timeout)
    laws = _those_of(consultation, wish.laws)
    if laws:
        prover = LawProver(consultation, timeout, clock)
        analysis = replace(analysis, laws=tuple(prover.prove(law) for law in laws))
    if wish.against is not None:
        analysis = replace(analysis, comparison=compare(consultation, wish.against, timeout, clock))
    return replace(analysis, seconds=clock() - began)


def _with_defects(analysis: Analysis, consultation: Consultation, wish: Wish, timeout: float) -> Analysis:
    finder = DefectFinder(consultation, timeout)
    active = [rule.id for rule in consultation.own]  # what is borrowed is looked at in its home
    asked = active if wish.everything else [rule for rule in active if rule in wish.rules]
    return replace(
        analysis,
        never_hold=finder.never_hold(asked),
        covered=finder.covered(asked),
        opposed=finder.opposed(None if wish.everything else asked, everything=wish.all_pairs),
        unreachable=finder.unreachable() if wish.everything else (),
        views=tuple(finder.view(rule) for rule in active if rule in wish.rules),
        undecided=tuple(sorted(finder.undecided)),
    )


def _those_of(consultation: Consultation, laws: Sequence[Law]) -> tuple[Law, ...]:
    return tuple(law for law in laws if law.consultation == consultation.id)
