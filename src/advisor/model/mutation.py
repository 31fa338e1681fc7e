"""Mutants: rules with one small change, and whether the examples and cases notice it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from advisor.model.clauses import Path, shown
from advisor.model.rule import Rule
from advisor.model.vocabulary import FactValue

MutantKind = Literal["threshold", "operator", "group", "clause", "value", "exception", "effect"]
"""`threshold`: a number by one. `operator`: the opposite test. `group`: `all` for `any` or the reverse.
`clause`: one part less. `value`: one value of a list less. `exception`: one less. `effect`: softened."""
MutantFate = Literal["noticed", "survived", "same", "undecided"]
"""`noticed`: an example or case fails. `survived`: none does, though it makes a difference. `same`: it makes
none in any case. `undecided`: whether it makes one could not be found out."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One rule with one change."""

    kind: MutantKind
    original: Rule
    rule: Rule | None
    """The rule as it is then; None where it is gone altogether."""
    path: Path
    """Where the change stands."""
    says: str
    """What was changed, in a few words."""

    @property
    def id(self) -> str:
        """Name by which it is told from the others."""
        return f"{self.original.id}/{shown(self.path)}: {self.says}"


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of one mutant."""

    mutant: Mutant
    fate: MutantFate
    by: str = ""
    """The first example or case that noticed it."""
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    """For a survivor: facts on which it makes a difference."""
    verdict: str = ""
    """For a survivor that changes an effect: the verdict that the rules give on those facts."""
    holds: bool = False
    """For other survivors: whether the rule as it is holds on them."""
    others: tuple[str, ...] = ()
    """For a survivor that changes an effect: a rule that holds on them and would not."""
    consultation: str = ""
    """For a survivor: the consultation in which it makes a difference, where that only borrows the rule."""


@dataclass(frozen=True, slots=True)
class MutationReport:
    """What became of all mutants."""

    tried: tuple[Tried, ...]

    def of(self, fate: MutantFate, kind: MutantKind | None = None) -> tuple[Tried, ...]:
        """Those that met one fate, of one kind or of all."""
        return tuple(each for each in self.tried if each.fate == fate and kind in (None, each.mutant.kind))

    @property
    def score(self) -> float:
        """Share of noticed mutants among those that make a difference, from 0 to 100."""
        noticed = len(self.of("noticed"))
        counted = noticed + len(self.of("survived"))
        return 100 * noticed / counted if counted else 100.0
