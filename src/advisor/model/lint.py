"""A lint: one place of the rules that is in good form and can hardly be meant."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.model.clauses import Path


@dataclass(frozen=True, slots=True)
class Lint:
    """One doubtful place."""

    kind: str
    """What kind of entry it stands in, as the origins name it: `rule`, `fact` or `setting`."""
    name: str
    """Name of the entry; facts and settings with their consultation before a slash."""
    path: Path
    """Where in the entry."""
    code: str
    message: str
    hint: str
