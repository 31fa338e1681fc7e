"""Questions to the solver: is there a case of which all this is true, and if not, which parts forbid it?

Every question has a limit of time, and an answer that was not found in it is never taken for a no.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any as Untyped

import z3  # type: ignore[import-untyped,unused-ignore]

from advisor.model.vocabulary import FactValue
from advisor.workbench.symbols import Formula, Symbols, facts_in, limits_of


@dataclass(frozen=True, slots=True)
class Answer:
    """What the solver found."""

    found: bool | None
    """Whether there is such a case; None where time ran out."""
    facts: dict[str, FactValue] = field(default_factory=dict)
    """The case, where there is one."""
    others: tuple[dict[str, FactValue], ...] = ()
    """The same for further sets of symbols that were asked for."""


class Prover:
    """Asks about the cases in which the facts `symbols` have values that they can have."""

    def __init__(self, symbols: Symbols, assumed: Iterable[tuple[Untyped, Formula]], timeout: float) -> None:
        """`assumed`: what is true of every case, each with a label; `timeout`: seconds for each question."""
        self.symbols = symbols
        self._assumed = list(assumed)
        self._milliseconds = max(1, int(timeout * 1000))
        self._solver = self._fresh_solver()
        self._solver.add(*(formula for _, formula in self._assumed))

    def _fresh_solver(self) -> Untyped:
        solver = z3.Solver()
        solver.set("timeout", self._milliseconds)
        solver.add(*limits_of(self.symbols))
        return solver

    def find(self, *formulas: Formula, others: Sequence[Symbols] = (), at_most: int | None = None) -> Answer:
        """A case of which all `formulas` are true, and in which at most `at_most` facts are known."""
        self._solver.push()
        try:
            self._solver.add(*formulas)
            if at_most is not None:
                known = [(symbol.known, 1) for symbol in self.symbols.values()]
                self._solver.add(z3.PbLe(known, at_most))
            result = self._solver.check()
            if result == z3.unsat:
                return Answer(False)
            if result != z3.sat:
                return Answer(None)
            model = self._solver.model()
            return Answer(
                True, facts_in(model, self.symbols), tuple(facts_in(model, each) for each in others)
            )
        finally:
            self._solver.pop()

    def conflict(self, parts: Sequence[tuple[Untyped, Formula]]) -> tuple[Untyped, ...] | None:
        """Labels of parts that cannot all be true, none of which could be left out; the background included.

        None where they can, or where time ran out.
        """
        labelled = [*parts, *self._assumed]
        solver = self._fresh_solver()
        switches = [z3.Bool(f"switch!{place}") for place in range(len(labelled))]
        solver.add(*(z3.Implies(on, part) for on, (_, part) in zip(switches, labelled, strict=True)))
        if solver.check(*switches) != z3.unsat:
            return None
        core = {str(each) for each in solver.unsat_core()}
        kept = [on for on in switches if str(on) in core]
        # Parts of the background are dropped first, so that the rule itself is blamed only for what it says.
        for on in sorted(kept, key=lambda each: -switches.index(each)):
            fewer = [each for each in kept if each is not on]
            if solver.check(*fewer) == z3.unsat:
                kept = fewer
        return tuple(label for on, (label, _) in zip(switches, labelled, strict=True) if on in kept)
