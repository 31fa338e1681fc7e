"""What somebody should look at again, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

ReviewKind = Literal["source", "platform fact", "rule"]


@dataclass(frozen=True, slots=True)
class Review:
    """One thing that is to be looked at again."""

    kind: ReviewKind
    id: str
    """By which `advisor explain` or `advisor sources show` shows it."""
    title: str
    """What it is or says."""
    review_by: date
    """The day by which somebody should have looked at it."""

    def overdue(self, day: date) -> int:
        """Days for which it has been overdue on `day`; 0 where it is not."""
        return max((day - self.review_by).days, 0)


def in_words(review: Review, day: date) -> str:
    """Say on `day` when it is due.

    >>> in_words(Review("rule", "a", "A", date(2026, 5, 1)), date(2026, 5, 3))
    '2 days overdue'
    >>> in_words(Review("rule", "a", "A", date(2026, 5, 1)), date(2026, 4, 30))
    'due in 1 day'
    """
    days = (review.review_by - day).days
    if not days:
        return "due today"
    counted = f"{abs(days)} day{'' if abs(days) == 1 else 's'}"
    return f"due in {counted}" if days > 0 else f"{counted} overdue"
