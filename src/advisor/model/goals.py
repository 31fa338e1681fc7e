"""What somebody wants of their network, and what came of it over time.

Plain frozen data, as `situation.py` has it for prospects; what is missing is unknown. `Survey` is what the
two together show: sums and progress, worked out elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from advisor.model.marks import Choice, Day, Listed, Shorthand
from advisor.model.situation import STRICT, Count, Me


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """One thing that somebody wants to reach."""

    __pydantic_config__ = STRICT

    what: Annotated[str, Choice("goals.what")] | None = None
    """What is counted, such as accepted requests or meaningful interactions."""
    detail: str | None = None
    """What it is about, in your words."""
    count: Count | None = None
    """How many of them you want."""
    since: Annotated[date | None, Day(words=False)] = None
    """From which day on it counts; from the first day of the log where nothing is said."""
    by: Annotated[date | None, Day(words=False)] = None
    """By which day."""

    def said(self, names: Mapping[str, str]) -> str:
        """What it is about; `names` says in words what goals count. Empty where nothing tells."""
        return ": ".join(part for part in (names.get(self.what or ""), self.detail) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """What was counted over one week or month."""

    __pydantic_config__ = STRICT

    since: Annotated[date, Day(words=False)]
    """Its first day."""
    until: Annotated[date | None, Day(words=False)] = None
    """Its last day; the day before the next entry, or the day of asking, where nothing is said."""
    sent: Count | None = None
    """Requests sent."""
    accepted: Count | None = None
    """Requests accepted."""
    interactions: Count | None = None
    """Meaningful interactions: conversations, replies, comments that led somewhere."""
    opportunities: Count | None = None
    """Openings that came of it: jobs, projects, invitations to speak."""
    posts: Count | None = None
    """Posts and articles that you shared."""
    groups: Count | None = None
    """Times that you took part in groups and discussions."""
    profile_views: Count | None = None
    """How often your profile was looked at."""
    engagement: Count | None = None
    """Reactions and comments on your posts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goals:
    """The goals of one person, and the record of what came of them."""

    __pydantic_config__ = STRICT

    goals: Annotated[tuple[Annotated[Goal, Shorthand("detail")], ...] | None, Listed()] = None
    """What you want; none where you have set yourself nothing."""
    log: Annotated[tuple[Period, ...] | None, Listed()] = None
    """What you counted, an entry for each week or month in any order; none where you have counted nothing."""
    looked_at: Annotated[date | None, Day(words=False)] = None
    """When you last went over goals and log."""
    me: Me | None = None
    """You."""
    as_of: Annotated[date | None, Day(words=False)] = None
    """The day on which the question is asked; today where it is left out."""


COUNTED = (
    "sent",
    "accepted",
    "interactions",
    "opportunities",
    "posts",
    "groups",
    "profile_views",
    "engagement",
)
"""What a period may count, in the order of its fields."""

Standing = Literal["reached", "on course", "behind", "missed", "not counted", "not specific"]
"""How a goal stands on the day of asking. `not counted`: no entry of the log counts it. `not specific`: it
lacks what it counts, how many, or by when, and is not reached."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """One period with its days filled in."""

    period: Period
    until: date
    """Its last day."""

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.until - self.period.since).days + 1

    def count(self, what: str) -> int | None:
        """What it counts; None where it does not count that."""
        value: int | None = getattr(self.period, what)
        return value


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one goal has come."""

    goal: Goal
    done: int | None
    """How many there are so far; None where no entry counts them."""
    due: int | None
    """How many there would be by now at an even pace, rounded up; None without a number or a day."""
    standing: Standing


@dataclass(frozen=True, slots=True)
class Survey:
    """What goals and log show together on one day."""

    stretches: tuple[Stretch, ...]
    """The periods that have begun, the earliest first."""
    progress: tuple[Progress, ...]
    """The goals in the order in which they are told."""
