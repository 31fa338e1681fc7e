"""How many requests went out on each day, and how many may go on each day of the coming week.

Plain frozen data. This module refuses to reckon and to judge.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from advisor.model.verdict import Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class DailyCounts:
    """Requests on each day of a stretch that ends with the day of asking."""

    until: date
    """The last day."""
    sent: tuple[int, ...]
    """Requests on each day, the first day first."""
    weekly: tuple[int | None, ...]
    """For each day the requests of the seven days that end with it; None where not all seven are known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedDay:
    """One day of the coming week."""

    on: date
    """The day."""
    most: int
    """Requests that may still go on it at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingWeek:
    """What may go out in the seven days that begin with the day of asking, if nothing goes beyond it."""

    days: tuple[PlannedDay, ...]
    """The seven days, the day of asking first."""
    next_on: date | None
    """The first day on which one more request keeps within the week's limit; None where nobody can say."""
    limit: int
    """Requests that any seven days running may hold, with those of the past among them."""
    average: int
    """Requests that no day exceeds."""
    assumed: bool
    """Whether requests of which nobody told the day were taken for as late as they can have been sent."""
    holds: tuple[str, ...] = ()
    """What else holds of the plan, in the words of the rules, such as that nobody new is asked."""
    citations: tuple[Citation, ...] = ()
    """The passages on which its numbers and holds rest."""

    @property
    def total(self) -> int:
        """Requests of all seven days together."""
        return sum(day.most for day in self.days)
