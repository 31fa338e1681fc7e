"""How somebody has been sending requests, what came of it, what it is for and what else they do.

Plain frozen data, as `situation.py` has it for prospects; what is missing is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from advisor.model.marks import STRICT, Choice, Count, Day, Percent, Shorthand, Within
from advisor.model.sending import Sending
from advisor.model.situation import Me


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """How acceptance has moved: the earlier half of your requests beside the later half."""

    __pydantic_config__ = STRICT

    earlier_rate: Annotated[Annotated[int, Within(0, 100)] | None, Percent()] = None
    """Share of the earlier half that was accepted."""
    later_rate: Annotated[Annotated[int, Within(0, 100)] | None, Percent()] = None
    """Share of the later half that was accepted."""
    requests: Count | None = None
    """Requests in the smaller half."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendingPlan:
    """What you mean to send from now on."""

    __pydantic_config__ = STRICT

    a_day: Count | None = None
    """Requests a day."""
    days_a_week: Annotated[int, Within(0, 7)] | None = None
    """On how many days a week; every day where it is left out."""
    a_week: Count | None = None
    """Requests a week, where you do not plan by the day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Engagement:
    """What else you do on the platform."""

    __pydantic_config__ = STRICT

    level: Annotated[str, Choice("engagement.level")] | None = None
    """How much of it there is beside the requests: none, little, regular."""
    posts: Count | None = None
    """Posts and articles of yours in the last seven days."""
    comments: Count | None = None
    """Comments and answers of yours in the last seven days, those in groups among them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The sending of one person."""

    __pydantic_config__ = STRICT

    sending: Sending | None = None
    """How much was sent lately, and what came of it."""
    trend: Trend | None = None
    """How acceptance has moved."""
    plan: Annotated[SendingPlan | None, Shorthand("a_day", ("integer",))] = None
    """What you mean to send from now on."""
    goal: Annotated[str, Choice("goal")] | None = None
    """What the requests are for above all, such as job; none where there is nothing in particular."""
    engagement: Annotated[Engagement | None, Shorthand("level")] = None
    """What else you do on the platform."""
    me: Me | None = None
    """You, the sender."""
    as_of: Annotated[date | None, Day(words=False)] = None
    """The day on which the question is asked; today where it is left out."""
