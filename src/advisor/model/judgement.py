"""A verdict in a line: what whole lists of cases are answered with."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule that holds, and what it says of the case."""

    rule: str
    """Id of the rule."""
    title: str
    """What was found, in a few words."""
    holds_at: str
    """For a concern the verdict that it holds at; empty for a reason to go ahead."""
    message: str
    fix: str
    """What to do about it; empty where there is nothing to do."""
    cites: tuple[str, ...]
    """Passages that it rests on, as `source/passage`; the first is quoted first."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on one case, with the reasons that a `Brief` gives for it."""

    verdict: str
    reasons: tuple[Reason, ...]
    """The concerns, the most cautious first; where none stands, the reasons to go ahead."""
