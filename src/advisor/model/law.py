"""A law: what must hold for all situations, as rule keepers declare it in `rules/laws.yaml`.

Some laws speak of one situation (a pitch to a stranger is never `connect`). Others compare two that agree on
everything but one fact (another mutual connection never makes the verdict worse). A law is no part of the
rules: no verdict looks at it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from advisor.model.condition import Condition
from advisor.model.vocabulary import FactValue

ChangeKind = Literal["raise", "lower", "change", "tell"]
"""`raise` and `lower`: to any larger or smaller number. `change`: to another value. `tell`: from unknown."""
Outcome = Literal["worse", "better", "other"]
"""What must not become of the verdict. `worse` is more cautious; `other` is either."""


@dataclass(frozen=True, slots=True)
class Change:
    """How the second situation differs from the first."""

    kind: ChangeKind
    fact: str
    before: tuple[FactValue, ...] = ()
    """Values that it has at first; empty where any will do."""
    after: tuple[FactValue, ...] = ()
    """Values that it has then; empty where any other will do."""
    along: tuple[str, ...] = ()
    """Facts that may change along with it, in any way; everything else stays the same."""


@dataclass(frozen=True, slots=True)
class Law:
    """One thing that must hold, whatever a person tells."""

    id: str
    consultation: str
    says: str
    """The law in a sentence."""
    where: Condition | None = None
    """It speaks only of situations of which this is definitely true; None where of all."""
    never: tuple[str, ...] = ()
    """Verdicts that are never reached; empty for laws that compare."""
    change: Change | None = None
    """For laws that compare two situations: how they differ."""
    outcome: Outcome = "worse"
    """For laws that compare: what the second verdict never is, beside the first."""
    cites: tuple[str, ...] = ()
    """Passages that it rests on, as `source/passage`."""
    file: str = ""
    line: int = 0
    """Where it is written."""
