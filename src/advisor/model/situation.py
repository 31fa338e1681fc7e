"""The situation: everything a person tells about a prospect, a draft and themselves.

Plain frozen data. Everything but the prospect's name may be missing, and what is missing is unknown.
Where somebody says that there is nothing (`met: none`), that is told and therefore known.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from typing import Annotated, Any, TypeVar

from advisor.model.marks import STRICT, Choice, Count, Day, Listed, Names, Shorthand, Words
from advisor.model.sending import Sending, on_another_day
from advisor.model.subject import Told

__all__ = [
    "NEVER_SENT",
    "STRICT",
    "Batch",
    "Count",
    "Encounter",
    "Me",
    "MutualConnection",
    "MutualConnections",
    "Names",
    "Profile",
    "Prospect",
    "Purpose",
    "Relationship",
    "Sending",
    "Shared",
    "Situation",
    "Words",
    "as_told",
    "asked_on",
]

_Told = TypeVar("_Told", bound=Told)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prospect:
    """The person whom the request would go to."""

    __pydantic_config__ = STRICT

    name: Words
    """Their name in any script, titles and all; another spelling may follow in brackets."""
    nickname: str | None = None
    """What they are called, where that differs from the name."""
    headline: str | None = None
    """The line under their name on the profile, as it stands there."""
    title: str | None = None
    """Their job or trade."""
    company: str | None = None
    """Name of the place where they work."""
    industry: str | None = None
    """Their industry or field."""
    seniority: str | None = None
    """Their rank, in your words."""
    location: str | None = None
    """Where they live or work."""
    about: Names = None
    """What else you know of this very person: works, talks, posts, projects, prizes."""
    employers: Names = None
    """Where they worked before."""
    schools: Names = None
    """Schools and universities that they went to."""
    profile: str | None = None
    """Address of their profile, by which your own records are searched for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Encounter:
    """One occasion on which the two of you met or interacted."""

    __pydantic_config__ = STRICT

    how: Annotated[str, Choice("relationship.met.how")] | None = None
    """What kind of occasion it was, such as webinar."""
    where: str | None = None
    """Its name or place."""
    when: Annotated[date | str | None, Day()] = None
    """When it was: a date, or words."""
    talked: bool | None = None
    """Whether you exchanged words there, in person or in writing."""
    detail: str | None = None
    """What you spoke about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MutualConnection:
    """Somebody who is connected with both of you."""

    __pydantic_config__ = STRICT

    name: str | None = None
    """Their name."""
    knows_them: Annotated[str, Choice("relationship.mutual_connections.people.closeness")] | None = None
    """How well they know the prospect: well, somewhat, barely."""
    knows_me: Annotated[str, Choice("relationship.mutual_connections.people.closeness")] | None = None
    """How well they know you: well, somewhat, barely."""
    detail: str | None = None
    """How they are linked to each of you, in your words."""
    introduction: Annotated[str, Choice("relationship.mutual_connections.people.introduction")] | None = None
    """Whether they could introduce you, were asked, have offered to, or have done so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MutualConnections:
    """Whom the two of you both know on the platform."""

    __pydantic_config__ = STRICT

    count: Count | None = None
    """How many there are."""
    closeness: Annotated[str, Choice("relationship.mutual_connections.people.closeness")] | None = None
    """How well they know the two of you, said of all together: well, somewhat, barely."""
    people: Annotated[tuple[Annotated[MutualConnection, Shorthand("name")], ...] | None, Listed()] = None
    """Those of them that you can name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What the two of you have in common; an empty list says that there is nothing."""

    __pydantic_config__ = STRICT

    employers: Names = None
    """Employers for whom both of you have worked."""
    schools: Names = None
    """Schools and universities that both of you went to."""
    groups: Names = None
    """Groups and associations that both of you belong to."""
    interests: Names = None
    """Professional interests that both of you have."""
    field: bool | None = None
    """Whether you work in the same industry or field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relationship:
    """How the two of you are linked."""

    __pydantic_config__ = STRICT

    known_as: Annotated[str, Choice("relationship.known_as")] | None = None
    """How you know them, such as former colleague; stranger where you do not."""
    detail: str | None = None
    """More about it, in your words."""
    met: Annotated[tuple[Annotated[Encounter, Shorthand("how")], ...] | None, Listed()] = None
    """Where you met or interacted; none where you never did."""
    mutual_connections: Annotated[MutualConnections | None, Shorthand("count", ("integer",))] = None
    """Connections that you share."""
    shared: Shared | None = None
    """Employers, schools, groups and interests that you share."""
    asked_to_connect: bool | None = None
    """Whether they have asked you to connect, or have agreed to it when you met."""
    status: Annotated[str, Choice("relationship.status")] | None = None
    """What became of earlier requests: none (never sent any), connected, invited, withdrawn, declined."""
    status_since: Annotated[date | str | None, Day()] = None
    """When that was."""
    declines: Count | None = None
    """How many of your requests they have declined."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """Why you want the connection."""

    __pydantic_config__ = STRICT

    kind: Annotated[str, Choice("purpose.kind")] | None = None
    """What it is for above all, such as collaboration; none where there is nothing in particular."""
    detail: str | None = None
    """What exactly you want, in your words."""
    work: str | None = None
    """The work or achievement of theirs that you admire."""
    offer: str | None = None
    """What you can offer them; none where there is nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Whether this request is one of many."""

    __pydantic_config__ = STRICT

    people: Count | None = None
    """How many people get a request like this one, this person among them."""
    picked_by: Annotated[str, Choice("batch.picked_by")] | None = None
    """What they were picked by, such as title."""
    filled_by_tool: bool | None = None
    """Whether a tool fills names and details into the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Your profile, as the prospect will see it."""

    __pydantic_config__ = STRICT

    photo: Annotated[str, Choice("me.profile.photo")] | None = None
    """What the photo shows: headshot, casual, unsuitable, none."""
    completeness: Annotated[str, Choice("me.profile.completeness")] | None = None
    """How much it says: complete, partial, empty."""
    kind: Annotated[str, Choice("me.profile.kind")] | None = None
    """Whether it is a professional or a personal one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Me:
    """You, the sender."""

    __pydantic_config__ = STRICT

    name: str | None = None
    """Your name."""
    headline: str | None = None
    """The line under your name."""
    company: str | None = None
    """Where you work or study."""
    industry: str | None = None
    """Your industry or field."""
    stage: Annotated[str, Choice("me.stage")] | None = None
    """Student, recent graduate or professional."""
    does: str | None = None
    """What you do, in your words."""
    profile: Profile | None = None
    """Your profile."""
    account: Annotated[str, Choice("me.account")] | None = None
    """What kind of account you have on the platform: free or premium."""
    notes_this_month: Count | None = None
    """Invitations to which you have added a note this month, before this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """One case: a prospect, how you are linked, why, the draft, you, and your sending."""

    __pydantic_config__ = STRICT

    prospect: Annotated[Prospect, Shorthand("name")]
    """The person whom the request would go to."""
    relationship: Annotated[Relationship | None, Shorthand("known_as")] = None
    """How the two of you are linked."""
    purpose: Annotated[Purpose | None, Shorthand("kind")] = None
    """Why you want the connection."""
    batch: Annotated[Batch | None, Shorthand("people", ("integer",))] = None
    """Whether this request is one of many like it."""
    draft: str | None = None
    """The note; none or empty where the request would carry no note."""
    sent_from: Annotated[str, Choice("sent_from")] | None = None
    """Where it is sent from: desktop or mobile."""
    me: Me | None = None
    """You, the sender."""
    sending: Sending | None = None
    """Your sending lately."""
    as_of: Annotated[date | None, Day(words=False)] = None
    """The day on which the question is asked; today where it is left out."""


NEVER_SENT = "none"
"""The status that says that no request was ever sent."""
NOTHING_TO_SEND = ("connected", "invited", "invited you")
"""Statuses beside which the platform lets nobody send a request."""


def asked_on(situation: _Told, day: date | None) -> _Told:
    """Give `situation`, of whatever subject, as asked on `day`.

    Counts that it gives for another day are no longer told: how many requests were sent today or in the last
    seven days, or with a note this month, says nothing of any other day; dates do, and so do days that have
    passed since something. A situation that names no day of its own counts for the day of asking.
    """
    told: Any = situation
    if day is None or day == told.as_of:
        return situation
    changes: dict[str, object] = {"as_of": day}
    sending: Sending | None = getattr(told, "sending", None)
    if told.as_of is not None and sending is not None:
        changes["sending"] = on_another_day(sending)
    if told.as_of is not None and getattr(told, "days", None) is not None:
        changes["days"] = _counted_from(told.days, told.as_of, day)
    me: Me | None = getattr(told, "me", None)
    if told.as_of is not None and me is not None and me.notes_this_month is not None:
        changes["me"] = replace(me, notes_this_month=None)
    asked: _Told = replace(told, **changes)
    return asked


def _counted_from(days: int, told_on: date, day: date) -> int | None:
    """The days that have passed by `day` since what was `days` ago on `told_on`; None where it lies ahead."""
    passed = days + (day - told_on).days
    return passed if passed >= 0 else None


def as_told(situation: Told) -> dict[str, object]:
    """`situation`, of whatever subject, in the form of its file: plain data, without what nobody told.

    >>> as_told(Situation(prospect=Prospect(name="Ana"), as_of=date(2026, 11, 20)))
    {'prospect': {'name': 'Ana'}, 'as_of': '2026-11-20'}
    """
    told = _told(situation)
    assert isinstance(told, dict)  # noqa: S101 - a situation is a mapping
    return told


def _told(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_told(each) for each in value]
    if is_dataclass(value):
        held = ((each.name, getattr(value, each.name)) for each in fields(value))
        return {name: _told(inner) for name, inner in held if inner is not None}
    return value
