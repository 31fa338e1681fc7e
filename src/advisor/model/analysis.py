"""What can be said of rules for all situations at once, as data. Proving and rendering happen elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from advisor.model.law import Law
from advisor.model.rule import EffectKind
from advisor.model.vocabulary import FactValue

LawOutcome = Literal["proved", "refuted", "undecided", "empty"]
"""`undecided`: time ran out. `empty`: no situation is one that the law speaks of, so it says nothing."""


@dataclass(frozen=True, slots=True)
class Witness:
    """A case that shows something, confirmed by the reference engine."""

    facts: Mapping[str, FactValue]
    """All that is known in it."""
    verdict: str
    """The verdict on it."""
    changes: Mapping[str, FactValue | None] = field(default_factory=dict)
    """For two cases: what is otherwise in the second; None where it is unknown there."""
    verdict_then: str = ""
    """For two cases, or two rule sets: the second verdict."""
    smallest: bool = False
    """Whether it was proved that no case with fewer known facts shows the same."""
    noted: Mapping[str, FactValue] = field(default_factory=dict)
    """The facts of another case that shows the same, in which all that is read from a note is known, as it is
    of every note that can be read; empty where the note plays no part or none was found."""


@dataclass(frozen=True, slots=True)
class NeverHolds:
    """A rule that holds in no case."""

    rule: str
    because: tuple[str, ...]
    """What cannot all be true, none of which could be left out; empty where that was not found out."""


@dataclass(frozen=True, slots=True)
class Covered:
    """A rule that never decides: wherever it holds, another of its kind holds that counts as much.

    It may still be worth having for its words.
    """

    rule: str
    kind: EffectKind
    by: tuple[str, ...]
    """Rules each of which alone covers it; empty where only several together do."""


@dataclass(frozen=True, slots=True)
class Opposed:
    """Two rules that pull apart, can both hold, and know nothing of each other."""

    supporting: str
    """A ground, or a merit."""
    opposing: str
    """A concern."""
    theme: str
    """The file that both stand in; empty where they stand in two."""
    over: tuple[str, ...]
    """Facts that the conditions of both test, exceptions left aside."""
    witness: Witness | None = None
    """A case in which both hold, for those that are shown."""

    @property
    def close(self) -> bool:
        """Whether they stand in one file or test the same fact, so that one may have been meant to yield."""
        return bool(self.theme or self.over)


@dataclass(frozen=True, slots=True)
class Unreachable:
    """A verdict that no case leads to."""

    verdict: str
    undecided: bool = False
    """Whether time ran out before that was certain."""


@dataclass(frozen=True, slots=True)
class RuleView:
    """One rule on its own: whether it can hold and decide, each with a case that shows it."""

    rule: str
    holds: Witness | None
    """A smallest case in which it holds."""
    decides: Witness | None
    """A smallest case in which it holds and no other of its kind counts as much; None where there is none."""


@dataclass(frozen=True, slots=True)
class LawResult:
    """What became of one law."""

    law: Law
    outcome: LawOutcome
    seconds: float
    witness: Witness | None = None
    """For a law that was refuted."""
    moving: tuple[str, ...] = ()
    """For laws that compare: facts that follow from the changed one and were let move along with it."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A pair of verdicts that two rule sets give to one case."""

    here: str
    there: str
    witness: Witness
    held_here: tuple[str, ...]
    """Concerns and grounds that hold here only."""
    held_there: tuple[str, ...]
    """Concerns and grounds that hold there only."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Whether two rule sets give the same verdict to every case."""

    differences: tuple[Difference, ...]
    undecided: tuple[tuple[str, str], ...] = ()
    """Pairs of verdicts for which time ran out."""
    only_here: tuple[str, ...] = ()
    """Facts that only the first set has; they were let be anything."""
    only_there: tuple[str, ...] = ()
    """The same for the second."""
    narrowed: tuple[str, ...] = ()
    """Facts that both have with other values; only values that both allow were looked at."""
    scales_differ: bool = False
    """Whether their scales are not the same, so that only verdicts of one name count as the same."""
    seconds: float = 0.0

    @property
    def equivalent(self) -> bool:
        """Whether it was proved that no case tells them apart."""
        return not (self.differences or self.undecided or self.scales_differ)


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything that was found out about one consultation."""

    consultation: str
    rules: int
    """Number of active rules."""
    facts: int
    """Number of facts from outside."""
    seconds: float = 0.0
    never_hold: tuple[NeverHolds, ...] = ()
    covered: tuple[Covered, ...] = ()
    opposed: tuple[Opposed, ...] = ()
    unreachable: tuple[Unreachable, ...] = ()
    views: tuple[RuleView, ...] = ()
    """For rules that were asked about by name."""
    laws: tuple[LawResult, ...] = ()
    comparison: Comparison | None = None
    undecided: tuple[str, ...] = ()
    """Rules about which time ran out."""
    rules_looked_at: bool = True
    """Whether rules and verdicts were looked at, and not only laws or another rule set."""

    @property
    def sound(self) -> bool:
        """Whether nothing was found that must not be, and every law is proved."""
        laws_hold = all(result.outcome == "proved" for result in self.laws)
        same = self.comparison is None or self.comparison.equivalent
        return laws_hold and same and not (self.never_hold or self.unreachable or self.undecided)
