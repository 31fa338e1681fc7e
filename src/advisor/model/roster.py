"""A person's connections as their records have them: made ready to be asked about, and judged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from advisor.model.judgement import Judgement
from advisor.model.network import NetworkReview
from advisor.model.records import Connected, Invited
from advisor.model.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One connection, and what its records tell."""

    connected: Connected
    """As it is recorded."""
    told: NetworkReview
    """What is asked about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """All connections of somebody's records."""

    members: tuple[Member, ...]
    """Those who have a name or an address, in the order of the records."""
    whole: NetworkReview
    """All of them together."""
    hidden: int = 0
    """Members who hide their names: they count, and nobody can judge them."""
    unclear: int = 0
    """Connections whose messages cannot be told from those of somebody of the same name."""
    messages: bool = False
    """Whether the records hold messages at all."""
    pending: tuple[Invited, ...] = ()
    """Your own invitations that are known to be open, the oldest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """One connection with its verdict."""

    name: str
    """Their name, or the address of their profile where they have none."""
    slug: str
    """Last part of that address; empty where it is unknown."""
    company: str
    position: str
    connected_on: date | None
    messages: int | None
    """Messages exchanged; None where nobody can tell."""
    last_message: date | None
    judgement: Judgement


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenInvitation:
    """An invitation of your own that is known to be open."""

    name: str
    slug: str
    sent_on: date | None
    days: int | None
    """Days since then; None where the day is unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkReport:
    """All connections of somebody's records, judged one by one and together."""

    as_of: date
    taken_on: date | None
    """The day on which the records were taken."""
    counts: dict[str, int]
    """How many connections got each verdict, the most cautious first; the zeros too."""
    hidden: int
    """Members who hide their names: nobody can judge them."""
    unclear: int
    """Connections whose messages cannot be told from those of somebody of the same name."""
    messages: bool
    """Whether the records hold messages at all."""
    whole: Verdict
    """The verdict on the whole network."""
    people: tuple[Reviewed, ...]
    """The most cautious verdict first, then by name."""
    open_invitations: tuple[OpenInvitation, ...]
    """The oldest first."""
