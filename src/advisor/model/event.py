"""What became of a request that somebody sent: accepted, ignored, declined, still open or taken back.

Plain frozen data, as `situation.py` has it for prospects; what is missing is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from advisor.model.marks import Choice, Day, Listed, Shorthand
from advisor.model.situation import STRICT, Batch, Count, Me, Prospect, Purpose, Relationship, Sending


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """The request as it was sent."""

    __pydantic_config__ = STRICT

    about: str | None = None
    """What it proposed or was about, in your words; none where it gave no reason."""
    note: bool | None = None
    """Whether it carried a note."""
    personal: bool | None = None
    """Whether the note was written for this very person, where you do not give the note itself."""
    relevant: bool | None = None
    """Whether what you asked for or offered mattered to this person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One request and its outcome."""

    __pydantic_config__ = STRICT

    person: Annotated[Prospect, Shorthand("name")]
    """The person to whom the request went."""
    outcome: Annotated[str, Choice("outcome")] | None = None
    """What became of it: accepted, ignored, declined, pending, withdrawn.

    Where you accepted theirs, it is accepted too, and `relationship: {status: invited you}` says so."""
    since: Annotated[date | str | None, Day()] = None
    """When that was; for a request without an answer, when you sent it: a date, or words."""
    days: Count | None = None
    """How many days ago that was, where you know only that."""
    request: Annotated[Request | None, Shorthand("about")] = None
    """The request as it was sent."""
    note: str | None = None
    """The note that it carried, as it stands; none or empty where it carried none."""
    done: Annotated[tuple[Annotated[str, Choice("done")], ...] | None, Listed()] = None
    """What you have done about it since; nothing where you have done nothing."""
    they_wrote: bool | None = None
    """Whether they have written to you since, and wait for your answer."""
    relationship: Annotated[Relationship | None, Shorthand("known_as")] = None
    """How the two of you are linked."""
    purpose: Annotated[Purpose | None, Shorthand("kind")] = None
    """Why you wanted the connection."""
    batch: Annotated[Batch | None, Shorthand("people", ("integer",))] = None
    """Whether the request was one of many like it."""
    me: Me | None = None
    """You, the sender."""
    sending: Sending | None = None
    """Your sending lately, and how much of it was accepted."""
    as_of: Annotated[date | None, Day(words=False)] = None
    """The day on which the question is asked; today where it is left out."""


def as_sent(event: Event) -> str | None:
    """The note that went with the request: empty where there was none, None where nobody tells.

    >>> as_sent(Event(person=Prospect(name="Ana"), request=Request(note=False)))
    ''
    """
    if event.note is None and event.request is not None and event.request.note is False:
        return ""
    return event.note
