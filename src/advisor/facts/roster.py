"""Records to what is asked about each connection: who belongs to which messages, remarks and invitations.

People are known by the address of their profile, and by their name where one person alone has it. Where two
could be meant, nothing is taken for granted: their messages are unknown, not none. That records hold no
message of somebody says that there was none, and nothing about likes and comments.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from typing import Generic, TypeVar

from advisor.facts.recorded import own_profile
from advisor.model.network import Connection, Contact, Network, NetworkReview
from advisor.model.people import Named, name_key
from advisor.model.records import Connected, Exchange, Invited, Records
from advisor.model.roster import Member, Roster
from advisor.model.situation import Me
from advisor.model.tokens import fold

LATELY = 90
"""Days of the three months in which a connection counts as made lately."""


_Entry = TypeVar("_Entry", bound=Named)


def roster(
    records: Records, as_of: date, *, me: Me | None = None, protected: Collection[int] = frozenset()
) -> Roster:
    """Everything that `records` tell about each connection on the day `as_of`.

    `protected` holds the places, among the connections of the records, of those that stay whatever else
    holds. What is dated after `as_of` is left out.
    """
    people = records.connections
    of_same_name = Counter(name_key(each.name) for each in people)
    addresses = frozenset(each.slug for each in people if each.slug)
    known_messages = "messages" in records.files and "messages" not in records.partial
    exchanges = _Index(records.exchanges, of_same_name, addresses)
    remarks = _Index(records.remarks, of_same_name, addresses)
    asked = [
        each for each in records.invitations if not each.incoming and each.outcome == "accepted" and each.note
    ]
    requests = _Index(asked, of_same_name, addresses)
    employers = {fold(stay.place) for stay in records.positions if stay.place}
    me = me or own_profile(None, records)
    members: list[Member] = []
    unclear = 0
    for place, person in enumerate(people):
        if not (person.name or person.slug):
            continue
        exchange, clear = exchanges.find(person)
        if known_messages and not clear:
            unclear += 1
        remark, _ = remarks.find(person)
        request, _ = requests.find(person)
        connection = Connection(
            name=person.name or person.slug,
            title=person.position or None,
            company=person.company or None,
            # Another firm's name says nothing of where they worked before.
            same_employer=True if person.company and fold(person.company) in employers else None,
            since=person.on if person.on is None or person.on <= as_of else None,
            reason=request.note if request else None,
            followed_up=_followed_up(exchange, person.on, as_of),
            contact=_contact(exchange, as_of) if known_messages and clear else None,
            note=remark.text or None if remark else None,
            safelisted=True if place in protected else None,
        )
        told = NetworkReview(connection=connection, me=me, as_of=as_of)
        members.append(Member(connected=person, told=told))
    pending = _pending(records.invitations, as_of)
    return Roster(
        members=tuple(members),
        whole=NetworkReview(network=_network(records, pending, as_of), me=me, as_of=as_of),
        hidden=len(people) - len(members),
        unclear=unclear,
        messages=known_messages,
        pending=pending,
    )


class _Index(Generic[_Entry]):
    """Entries by the person whom they are about."""

    def __init__(
        self, entries: Iterable[_Entry], of_same_name: Counter[str], addresses: frozenset[str]
    ) -> None:
        """`of_same_name`: how many connections have a name; `addresses`: those of all connections."""
        self._of_same_name = of_same_name
        self._by_slug: dict[str, _Entry] = {}
        self._by_name: dict[str, list[_Entry]] = {}
        for entry in entries:
            if entry.slug:
                self._by_slug.setdefault(entry.slug, entry)
            # Whoever has the address of a connection is that one and nobody else of the same name.
            if entry.slug not in addresses or not entry.slug:
                self._by_name.setdefault(name_key(entry.name), []).append(entry)

    def find(self, person: Connected) -> tuple[_Entry | None, bool]:
        """The entry about `person`, and whether that is sure; None where there is surely none, or may be."""
        key = name_key(person.name)
        found = self._by_slug.get(person.slug) if person.slug else None
        others = self._by_name.get(key, ()) if key else ()
        nameless = [each for each in others if not each.slug]
        if found is not None:
            return found, not nameless
        if not others:
            return None, bool(person.slug or key)
        only = others[0]
        if len(others) == 1 and self._of_same_name[key] == 1 and not (only.slug and person.slug):
            return only, True
        return None, False


def _contact(exchange: Exchange | None, as_of: date) -> Contact:
    if exchange is None:
        return Contact(messages=0)
    return Contact(
        messages=exchange.by_you + exchange.by_them,
        last_message=exchange.last if exchange.last is None or exchange.last <= as_of else None,
        both_wrote=bool(exchange.by_you and exchange.by_them),
    )


def _followed_up(exchange: Exchange | None, since: date | None, as_of: date) -> bool | None:
    """True where you wrote since you connected; never false, since there are other ways to follow up."""
    wrote = exchange.last_by_you if exchange else None
    return True if wrote and since and since <= wrote <= as_of else None


def _pending(invitations: Iterable[Invited], as_of: date) -> tuple[Invited, ...]:
    mine = [each for each in invitations if not each.incoming and each.outcome == "pending"]
    told = [each for each in mine if each.on is None or each.on <= as_of]
    return tuple(sorted(told, key=lambda each: (each.on or as_of, each.name, each.slug)))


def _network(records: Records, pending: tuple[Invited, ...], as_of: date) -> Network:
    days = [each.on for each in records.connections if each.on is not None]
    whole = "connections" in records.files
    return Network(
        size=len(records.connections) if whole else None,
        new_lately=sum(0 <= (as_of - day).days <= LATELY for day in days) if whole else None,
        pending=len(pending) if "invitations" in records.files else None,
        oldest_pending=min((each.on for each in pending if each.on is not None), default=None),
    )


def overlaid(whole: NetworkReview, told: Network) -> NetworkReview:
    """`whole` with what somebody tells of the network besides; what they tell comes before the records."""
    own = {name: value for name in told.__dataclass_fields__ if (value := getattr(told, name)) is not None}
    return replace(whole, network=replace(whole.network or Network(), **own))
