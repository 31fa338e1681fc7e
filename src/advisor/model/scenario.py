"""A scenario: one case and what the rules must say about it. The rule keepers' own tests, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from advisor.model.subject import Told
from advisor.model.vocabulary import FactValue


@dataclass(frozen=True, slots=True)
class Expected:
    """What must come out."""

    verdict: str = ""
    """The verdict; empty where any will do."""
    holds: tuple[str, ...] = ()
    """Rules that must hold."""
    does_not_hold: tuple[str, ...] = ()
    """Rules that must not hold."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """One case, told as in a prospect file or as bare facts, with what is expected of it."""

    name: str
    consultation: str
    """The consultation that it is put to."""
    expected: Expected
    as_of: date
    """The day on which it is asked."""
    situation: Told | None = None
    """What is told; None where `given` holds the facts themselves."""
    given: Mapping[str, FactValue] = field(default_factory=dict)
    """Facts and conclusions, where no situation is told; everything else is unknown."""
    known_miss: str = ""
    """Why the rules do not say so yet; then the scenario must fail, and is counted apart."""
    file: str = ""
    line: int = 0
    """Where it is written."""
