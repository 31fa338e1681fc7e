"""Strategies for records of connections, and for what they tell of one of them or of all.

People have few names, with and without addresses: whoever is told apart by name alone is sometimes two.
"""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from advisor.facts.roster import roster
from advisor.model.network import NetworkReview
from advisor.model.records import Connected, Exchange, Invited, Records, Remark, Self, Stay

DAY = date(2026, 11, 20)
"""The day on which made-up records are taken."""
_NAMES = ("Ana Souza", "Bo Lindqvist", "Çiğdem Aydın", "王小明", "ana souza", "Dara O'Neill, PhD", "")
_FIRMS = ("Nordfjord Museum", "Oriel Retail", "")
_LONGEST_AGO = 3_000
"""Days over which everything is spread: on both sides of all that rules compare with."""


def _days(least: int = 0) -> st.SearchStrategy[date]:
    return st.integers(least, _LONGEST_AGO).map(lambda ago: DAY - timedelta(days=ago))


def _slugs() -> st.SearchStrategy[str]:
    return st.sampled_from(("", "ana", "ana-s", "bo", "cigdem", "xiaoming", "dara"))


@st.composite
def _exchange(draw: st.DrawFn) -> Exchange:
    by_you, by_them = draw(st.integers(0, 3)), draw(st.integers(0, 3))
    last = draw(_days())
    earlier = last - timedelta(days=draw(st.integers(0, 500)))
    yours, theirs = draw(st.sampled_from(((last, earlier), (earlier, last))))
    return Exchange(
        name=draw(st.sampled_from(_NAMES)),
        slug=draw(_slugs()),
        by_you=by_you,
        by_them=by_them,
        first=earlier,
        last=last,
        last_by_you=yours if by_you else None,
        last_by_them=theirs if by_them else None,
    )


def networks(*, messages: bool | None = None) -> st.SearchStrategy[Records]:
    """Records with connections; `messages` says whether they hold messages, else some do and some do not."""
    people = st.builds(
        Connected,
        name=st.sampled_from(_NAMES),
        slug=_slugs(),
        company=st.sampled_from(_FIRMS),
        position=st.sampled_from(("Curator", "")),
        on=_days() | st.none(),
    )
    invitations = st.builds(
        Invited,
        name=st.sampled_from(_NAMES),
        slug=_slugs(),
        incoming=st.booleans(),
        on=_days() | st.none(),
        note=st.sampled_from(("", "about silk and light")),
        outcome=st.sampled_from(("", "pending", "accepted", "withdrawn")),
    )
    remarks = st.builds(
        Remark, name=st.sampled_from(_NAMES), slug=_slugs(), text=st.sampled_from(("", "met in Bergen"))
    )
    kinds = {"connections", "invitations"}
    with_messages = st.booleans() if messages is None else st.just(messages)
    return st.builds(
        Records,
        files=with_messages.map(lambda there: frozenset(kinds | {"messages"} if there else kinds)),
        taken_on=st.just(DAY),
        me=st.none() | st.just(Self(name="Noor Halvorsen", headline="Curator of textiles")),
        connections=st.lists(people, max_size=8).map(tuple),
        invitations=st.lists(invitations, max_size=4).map(tuple),
        exchanges=st.lists(_exchange(), max_size=6).map(tuple),
        remarks=st.lists(remarks, max_size=3).map(tuple),
        positions=st.just((Stay(place="Oriel Retail"),)),
    )


@st.composite
def network_reviews(draw: st.DrawFn) -> NetworkReview:
    """What records of connections tell about one of them, or about the network as a whole."""
    people = roster(draw(networks()), DAY)
    return draw(st.sampled_from([people.whole, *(each.told for each in people.members)]))
