"""What is otherwise between two sets of rules: in what they say, and in what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from advisor.model.justification import Plain

ChangeKind = Literal[
    "consultation",
    "verdict",
    "rule",
    "setting",
    "fact",
    "list",
    "action",
    "passage",
    "reading",
    "source",
    "lexicon",
]
How = Literal["added", "removed", "changed", "renamed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartChange:
    """One part of a rule, setting or other entry before and after."""

    part: str
    """Name of the part, such as `when` or `message`."""
    before: tuple[str, ...]
    """What goes, in words: a clause, a value or a text each."""
    after: tuple[str, ...]
    """What comes instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesChange:
    """One entry of the rules or the knowledge that is otherwise."""

    kind: ChangeKind
    name: str
    """Its id."""
    how: How
    says: str
    """What it is, in a few words: a rule's title, what a setting means."""
    parts: tuple[PartChange, ...] = ()
    """What exactly is otherwise; empty for what was added or removed as a whole."""
    decides: bool = False
    """Whether a verdict can hang on it, on the day of comparing."""
    days: str = ""
    """When it counts, where that is not on the day of comparing, such as `decides from 2027-01-01 on`."""
    touches: tuple[str, ...] = ()
    """Rules that refer to it, for a setting or a fact."""
    formerly: str = ""
    """Id before, for what was renamed."""
    home: str = ""
    """The consultation in which it is written, where this one borrows it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A rule that holds in a case with one set of rules and not with the other."""

    rule: str
    holds: bool
    """Whether it holds now; else it held before."""
    cases: tuple[str, ...]
    """Names of the cases."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """A case on which the two sets of rules come to different verdicts."""

    name: str
    """The file or case; for one that was made up, what it is about."""
    before: str
    after: str
    causes: tuple[str, ...]
    """The edits that bring it about, the fewest that do; empty where they could not be told."""
    turned: tuple[str, ...]
    """Rules that hold now and did not, as `+id`, or no longer do, as `-id`."""
    facts: Mapping[str, Plain]
    """Facts that it rests on, for one that was made up."""
    region: tuple[str, ...] = ()
    """For numbers: the range in which the two verdicts are these, all else being the same."""
    witness: str = ""
    """A prospect file that shows it, read and decided with both; empty where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusDifference:
    """What becomes of cases that were there before."""

    cases: int
    """Cases decided with both sets of rules."""
    verdicts: Mapping[str, Mapping[str, int]]
    """How many cases have which verdict before and after."""
    flips: tuple[Flip, ...]
    turns: tuple[Turn, ...]
    """Rules that hold in other cases than before, where the verdict stays."""
    unread: tuple[str, ...]
    """Cases that one of the two cannot read, with the complaint."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesDifference:
    """The difference between two sets of rules."""

    consultation: str
    old: str
    new: str
    """How the two were named."""
    as_of: str
    """The day on which they were compared."""
    turns: tuple[str, ...]
    """Days from which on either of the two says something else than the day before."""
    changes: tuple[RulesChange, ...]
    """All that is written otherwise, whether or not it counts on that day."""
    edits: tuple[str, ...]
    """Those that can change a verdict on that day, by the names that flips refer to."""
    corpus: CorpusDifference | None
    """None where no case was handed over."""
    flips: tuple[Flip, ...]
    """Cases that were made up around what was changed."""
    searched: bool
    """Whether cases were made up at all."""
    exhaustive: bool
    """Whether every pair of verdicts that can come about was found, as far as facts go."""

    @property
    def flipped(self) -> bool:
        """Whether any verdict is otherwise."""
        return bool(self.flips or (self.corpus and self.corpus.flips))


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesComparison:
    """The difference between two sets of rules in all their consultations."""

    old: str
    new: str
    """How the two were named."""
    as_of: str
    """The day on which they were compared."""
    added: tuple[str, ...]
    """Consultations that only the new rules have."""
    removed: tuple[str, ...]
    """Consultations that only the old rules have."""
    shared: tuple[RulesChange, ...]
    """What is written for all consultations and is otherwise: the library, and the words of notes."""
    consultations: tuple[RulesDifference, ...]
    """For each consultation of both what is otherwise in it."""

    @property
    def flipped(self) -> bool:
        """Whether any verdict is otherwise."""
        return any(each.flipped for each in self.consultations)
