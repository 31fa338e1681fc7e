"""What came of trying rules on cases: results with the clauses that decided, and what the cases cover."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from advisor.model.condition import Truth

TrialOutcome = Literal["passed", "failed", "known miss", "no longer missed"]
"""`known miss`: it fails as its author says it does. `no longer missed`: it passes although the author says
that it does not, which has to be put right in the file, so it counts as failed."""


@dataclass(frozen=True, slots=True)
class DecidingClause:
    """A clause that made a rule hold, or kept it from holding."""

    path: str
    """Where it stands in the rule, such as `when.all.2`."""
    says: str
    """The clause in words."""
    truth: Truth
    """What it was; None for unknown."""
    saw: str
    """The value that it saw; empty where the fact was unknown."""


@dataclass(frozen=True, slots=True)
class RuleMiss:
    """A rule that held where it should not, or did not where it should."""

    rule: str
    held: bool
    clauses: tuple[DecidingClause, ...] = ()
    """Clauses that made it so."""
    in_force: bool = True
    """Whether the rule counts at all on the day of the case."""


@dataclass(frozen=True, slots=True)
class TrialResult:
    """What came of one example, one case or one sentence of the lexicon."""

    kind: Literal["example", "case", "sentence"]
    name: str
    rule: str
    """The rule whose example it is, or the sign whose sentence; empty for a case."""
    file: str
    line: int
    outcome: TrialOutcome
    wanted: str = ""
    """The verdict that was expected, where one was."""
    verdict: str = ""
    """The verdict that came out, where one was asked for."""
    misses: tuple[RuleMiss, ...] = ()
    decided: tuple[RuleMiss, ...] = ()
    """Where the verdict differs: the rules that decided it, with their clauses."""
    known_miss: str = ""
    said: str = ""
    """What went wrong, for a sentence."""

    @property
    def id(self) -> str:
        """Name by which it is chosen: the rule and the name of its example, or the name of the case."""
        return f"{self.rule}: {self.name}" if self.rule else self.name

    @property
    def failed(self) -> bool:
        """Whether it counts against the rules, or against the case."""
        return self.outcome in ("failed", "no longer missed")


@dataclass(frozen=True, slots=True)
class ClauseCoverage:
    """Which truth values of one clause were seen."""

    path: str
    says: str
    seen_true: bool
    seen_false: bool


@dataclass(frozen=True, slots=True)
class RuleCoverage:
    """What the cases show of one rule."""

    rule: str
    clauses: tuple[ClauseCoverage, ...]
    exceptions: tuple[tuple[str, bool], ...]
    """For each exception: in words, and whether it was seen to block the rule by itself."""
    held: bool
    """Whether it was seen to hold."""
    held_not: bool
    """Whether it was seen not to hold."""

    @property
    def seen(self) -> int:
        """Things that were seen."""
        truths = sum(each.seen_true + each.seen_false for each in self.clauses)
        return truths + sum(shown for _, shown in self.exceptions) + self.held + self.held_not

    @property
    def total(self) -> int:
        """Things that there are to see."""
        return 2 * len(self.clauses) + len(self.exceptions) + 2


@dataclass(frozen=True, slots=True)
class TrialCoverage:
    """What all cases show of all rules and passages."""

    rules: tuple[RuleCoverage, ...]
    passages: Mapping[str, bool] = field(default_factory=dict)
    """For each passage that a rule cites: whether some rule that cites it was seen to hold."""

    @classmethod
    def together(cls, parts: Iterable[TrialCoverage]) -> TrialCoverage:
        """The coverage of several consultations: a passage is shown where any of them shows it."""
        parts = list(parts)
        names = sorted({name for each in parts for name in each.passages})
        return cls(
            tuple(rule for each in parts for rule in each.rules),
            {name: any(each.passages.get(name) for each in parts) for name in names},
        )

    @property
    def seen(self) -> int:
        """Things that were seen."""
        return sum(each.seen for each in self.rules) + sum(self.passages.values())

    @property
    def total(self) -> int:
        """Things that there are to see."""
        return sum(each.total for each in self.rules) + len(self.passages)

    @property
    def percent(self) -> float:
        """Share of what was seen, from 0 to 100."""
        return 100 * self.seen / self.total if self.total else 100.0


@dataclass(frozen=True, slots=True)
class TrialReport:
    """One run over examples and cases."""

    results: tuple[TrialResult, ...]
    coverage: TrialCoverage | None = None

    def count(self, *outcomes: TrialOutcome) -> int:
        """How many results have one of `outcomes`."""
        return sum(each.outcome in outcomes for each in self.results)
