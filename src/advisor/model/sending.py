"""How much somebody has been sending, and what came of it: the part that a situation and a history share.

Plain frozen data; what is missing is unknown. This module refuses to reckon: `facts/sending.py` does.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Annotated

from advisor.model.marks import STRICT, Choice, Count, Day, Listed, Moment, Percent, Within


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """How much you have been sending, and what came of it."""

    __pydantic_config__ = STRICT

    today: Count | None = None
    """Requests sent today, before this one."""
    planned: Count | None = None
    """Requests that you still plan to send today, this one among them."""
    last_7_days: Count | None = None
    """Requests sent in the last seven days, today included, before this one."""
    recent_days: Annotated[tuple[Count, ...] | None, Listed()] = None
    """Requests on each of the last days, today first, before this one."""
    dates: Annotated[tuple[Annotated[date, Day(words=False)], ...] | None, Listed()] = None
    """The date of each request sent lately; every request counts once."""
    times: Annotated[tuple[Annotated[datetime, Moment()], ...] | None, Listed()] = None
    """Day and time of day of each request, where you know them; those in `dates` too count once."""
    rhythm: Annotated[str, Choice("sending.rhythm")] | None = None
    """How the requests are spread, in words: daily, now and then, all at once, in bursts."""
    busiest_day: Count | None = None
    """Requests on the busiest of the last seven days, where you do not tell the days."""
    active_days: Annotated[int, Within(0, 7)] | None = None
    """On how many of the last seven days you sent any, where you do not tell the days."""
    in_one_hour: Count | None = None
    """Most requests within one hour, in the last seven days."""
    indirect: Count | None = None
    """Requests of the last seven days to people you only crossed paths with, as under a post."""
    automated: bool | None = None
    """Whether a tool sends them for you."""
    sent: Count | None = None
    """Requests sent over the span that acceptance is counted over."""
    answered: Count | None = None
    """How many of those got any answer."""
    accepted: Count | None = None
    """How many of those were accepted."""
    acceptance_rate: Annotated[Annotated[int, Within(0, 100)] | None, Percent()] = None
    """Share that was accepted, where you know only that: 38%."""
    over_days: Count | None = None
    """Length of that span in days."""
    partial: bool | None = None
    """Whether these counts are known to lack some of the requests, such as those of an incomplete export."""
    open: Count | None = None
    """Requests that nobody has answered yet, however old."""
    restricted: bool | None = None
    """Whether the platform restricts your invitations now."""
    restricted_until: Annotated[date | None, Day(words=False)] = None
    """The first day on which that restriction no longer counts, where the platform says one."""
    warned: bool | None = None
    """Whether the platform has lately warned you about your sending."""


def on_another_day(sending: Sending) -> Sending:
    """`sending` without the counts that hold of one day alone; dates say the same on every day."""
    return replace(
        sending,
        today=None,
        planned=None,
        last_7_days=None,
        recent_days=None,
        busiest_day=None,
        active_days=None,
        in_one_hour=None,
        indirect=None,
        open=None,
    )
