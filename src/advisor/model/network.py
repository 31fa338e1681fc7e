"""Somebody whom one is connected with, or the network as a whole, to be looked through.

Plain frozen data, as `situation.py` has it for prospects; what is missing is unknown. Wherever a day is told,
it may be a date or a length of time: `2024-05-31`, `3 weeks ago`, `5 years`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from advisor.model.marks import Choice, Day, Listed, Percent, Shorthand, Within
from advisor.model.situation import STRICT, Count, Me, Words

Ago = Annotated[date | str | None, Day()]
"""A date, or how long ago in words; words that give no length of time are kept and never reckoned with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """When the two of you were in touch; `never` where you never were since you connected."""

    __pydantic_config__ = STRICT

    last: Ago = None
    """When there was last any contact, from either side: a date, `5 years ago`, or never."""
    by_you: Ago = None
    """When you last wrote to them, or reacted to something of theirs; or never."""
    by_them: Ago = None
    """When they last wrote to you, or reacted to something of yours; or never."""
    messages: Count | None = None
    """How many messages the two of you have exchanged; likes and comments are none."""
    last_message: Ago = None
    """When the last of these was sent."""
    both_wrote: bool | None = None
    """Whether each of you has written to the other at least once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """Somebody whom you are connected with."""

    __pydantic_config__ = STRICT

    name: Words
    """Their name."""
    headline: str | None = None
    """The line under their name on the profile."""
    title: str | None = None
    """Their job or trade."""
    company: str | None = None
    """Where they work."""
    industry: str | None = None
    """Their industry or field."""
    known_as: Annotated[str, Choice("connection.known_as")] | None = None
    """How you know them, such as former colleague; stranger where you do not."""
    same_field: bool | None = None
    """Whether you work in the same industry or field."""
    same_employer: bool | None = None
    """Whether you have worked for the same employer, now or earlier."""
    since: Ago = None
    """When you connected: a date, or `3 weeks ago`."""
    reason: str | None = None
    """What you connected for, or wrote about in the request."""
    followed_up: bool | None = None
    """Whether you have thanked them or got in touch since you connected."""
    contact: Annotated[Contact | None, Shorthand("last")] = None
    """When the two of you were last in touch."""
    value: Annotated[str, Choice("connection.value")] | None = None
    """What the contact is worth: high, some, to them (alone), or none (to neither of you)."""
    wanted: bool | None = None
    """Whether you still want the contact."""
    recognised: bool | None = None
    """Whether their name says anything to you."""
    bother: Annotated[str, Choice("connection.bother")] | None = None
    """What bothers you about it: their posts clutter your feed, they pitch, they harass; none."""
    group: str | None = None
    """The group or list of yours that they are sorted into; none where they are in none."""
    note: str | None = None
    """What you keep in mind about them."""
    safelisted: bool | None = None
    """Whether you have said that this connection stays, whatever else holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """All whom you are connected with, taken together."""

    __pydantic_config__ = STRICT

    size: Count | None = None
    """How many connections you have."""
    known: Count | None = None
    """How many of these you know."""
    unknown_names: Annotated[Annotated[int, Within(0, 100)] | None, Percent()] = None
    """Share of the names that say nothing to you: 33%."""
    last_reviewed: Ago = None
    """When you last went through them all; or never."""
    symptoms: Annotated[tuple[Annotated[str, Choice("network.symptoms")], ...] | None, Listed()] = None
    """What is wrong with it: cluttered feed, unknown names, silence, lost touch; none where nothing is."""
    aim: Annotated[str, Choice("network.aim")] | None = None
    """What you collect connections for: count (as many as can be) or value."""
    effort: Annotated[str, Choice("network.effort")] | None = None
    """Whom you spend your effort on: known people, new contacts, both."""
    new_lately: Count | None = None
    """How many new connections you have made in the last three months."""
    not_followed_up: Count | None = None
    """How many of the new ones you have not been in touch with since."""
    look_over: Count | None = None
    """How many of your connections ask for a look by themselves; `advisor review-network` counts them."""
    get_in_touch: Count | None = None
    """With how many of them it is time to get in touch; counted in the same way."""
    grouped: bool | None = None
    """Whether you have sorted your connections into groups."""
    privacy_checked: bool | None = None
    """Whether you have looked at what connections can see of you and your activities."""
    sharing: Annotated[str, Choice("network.sharing")] | None = None
    """How often you post or share articles: regularly, rarely, never."""
    discussions: bool | None = None
    """Whether you take part in groups and discussions of your field."""
    pending: Count | None = None
    """How many of your own invitations are still open."""
    oldest_pending: Ago = None
    """When the oldest of these was sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkReview:
    """One connection, or the whole network: one of the two."""

    __pydantic_config__ = STRICT

    connection: Annotated[Connection | None, Shorthand("name")] = None
    """The person, where one connection is looked at."""
    network: Annotated[Network | None, Shorthand("size", ("integer",))] = None
    """All connections together, where the whole network is looked at: take `connection` out then."""
    me: Me | None = None
    """You."""
    as_of: Annotated[date | None, Day(words=False)] = None
    """The day on which the question is asked; today where it is left out."""
