"""An invitation that somebody received: who sent it, what they wrote, and how the two are linked.

Plain frozen data, as `situation.py` has it for prospects; what is missing is unknown. What it tells of the
two people is told in the same classes, from the side of the one who was asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from advisor.model.marks import Choice, Day, Listed, Shorthand
from advisor.model.situation import STRICT, Me, Profile, Prospect, Relationship


@dataclass(frozen=True, slots=True, kw_only=True)
class Wants:
    """What the sender wants, as far as their note, their profile or others say."""

    __pydantic_config__ = STRICT

    kind: Annotated[str, Choice("wants.kind")] | None = None
    """What it is for above all, such as collaboration; none where they want nothing in particular."""
    detail: str | None = None
    """What exactly they want, in your words or theirs; none where they do not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What you would like yourself."""

    __pydantic_config__ = STRICT

    contact: Annotated[str, Choice("wishes.contact")] | None = None
    """Whether you would like this contact: yes, no, unsure."""
    help: bool | None = None
    """Whether you would like to help them."""
    discretion: bool | None = None
    """Whether you would rather answer in private."""
    fewer_requests: bool | None = None
    """Whether requests, or the notifications of them, have become too many for you."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """One invitation, as the person who received it describes it."""

    __pydantic_config__ = STRICT

    sender: Annotated[Prospect, Shorthand("name")]
    """The person who sent it."""
    profile: Profile | None = None
    """Their profile, as you see it."""
    relationship: Annotated[Relationship | None, Shorthand("known_as")] = None
    """How the two of you are linked."""
    note: str | None = None
    """Their note; none or empty where it came without one."""
    wants: Annotated[Wants | None, Shorthand("kind")] = None
    """What they want, as far as their note, their profile or others say."""
    behaviour: Annotated[tuple[Annotated[str, Choice("behaviour")], ...] | None, Listed()] = None
    """What is wrong with how they behave, such as rude; none where nothing is."""
    benefit: Annotated[str, Choice("benefit")] | None = None
    """Whom the contact could serve, now or in the long run: both, me, them, neither."""
    wishes: Annotated[Wishes | None, Shorthand("contact", ("string", "boolean"))] = None
    """What you would like yourself."""
    me: Me | None = None
    """You, who received it."""
    as_of: Annotated[date | None, Day(words=False)] = None
    """The day on which the question is asked; today where it is left out."""
