"""A person's own records: whom they are connected with, whom they invited, whom they wrote to.

Plain frozen data, whatever it was read from: the platform's official export, or a history that somebody
keeps. What a file did not hold is not here, and `files` says which files there were: an absent file is
unknown, an empty one is a told nothing. How records are read is for `records/`; what follows from them, for
`facts/`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Literal

Outcome = Literal["", "pending", "accepted", "declined", "ignored", "withdrawn"]
"""What became of an invitation; empty where the records do not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Connected:
    """Somebody you are connected with."""

    name: str
    """First and last name as recorded; empty for members who hide themselves."""
    slug: str = ""
    """Last part of the address of their profile (`/in/...`), lower-cased; empty where unknown."""
    company: str = ""
    """Their employer, as of the export and not as of the day you connected."""
    position: str = ""
    """Their job, as of the export."""
    on: date | None = None
    """The day you connected."""
    line: int = 0
    """Where it is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """One invitation, sent or received."""

    name: str = ""
    """The other person's name."""
    slug: str = ""
    """Last part of the address of their profile, lower-cased; empty where unknown."""
    incoming: bool = False
    """Whether they invited you."""
    on: date | None = None
    """The day it was sent."""
    at: time | None = None
    """The time of day, where recorded; zones are never known."""
    note: str = ""
    """The note that came with it."""
    outcome: Outcome = ""
    """What became of it."""
    answered: date | None = None
    """The day of that answer, or of the withdrawal."""
    line: int = 0
    """Where it is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """All messages between you and one person, drafts and spam left out."""

    name: str
    slug: str = ""
    by_you: int = 0
    """Messages that you wrote."""
    by_them: int = 0
    """Messages that they wrote."""
    first: date | None = None
    last: date | None = None
    last_by_you: date | None = None
    last_by_them: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A private remark of yours on a connection."""

    name: str
    slug: str = ""
    text: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """A job that you hold or held, or a school that you went to."""

    place: str
    """The employer or the school."""
    role: str = ""
    """The title, or the degree."""
    since: str = ""
    """As written, such as `Mar 2019`; often only a year."""
    until: str = ""
    """As written; empty where it goes on or is not told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Self:
    """You, as your own profile says."""

    name: str = ""
    headline: str = ""
    industry: str = ""
    summary: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """Everything that could be understood of somebody's records."""

    files: frozenset[str] = frozenset()
    """Found of `connections`, `invitations`, `messages`, `remarks`, `positions`, `schools`, `profile`."""
    taken_on: date | None = None
    """The day on which the records were taken; what happened later is not in them."""
    me: Self | None = None
    connections: tuple[Connected, ...] = ()
    invitations: tuple[Invited, ...] = ()
    """In the order of the file, which need not be that of time."""
    exchanges: tuple[Exchange, ...] = ()
    remarks: tuple[Remark, ...] = ()
    positions: tuple[Stay, ...] = ()
    schools: tuple[Stay, ...] = ()
    partial: Mapping[str, str] = field(default_factory=dict)
    """For files of `files` that are known not to hold everything: why, in words for people."""
