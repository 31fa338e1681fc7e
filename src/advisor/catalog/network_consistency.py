"""What every part of a file about a network allows but the whole does not: two subjects, counts, days.

One question has one answer, so a file is about one connection or about all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from advisor.catalog.consistency import LEAVE_ONE, Found, too_late
from advisor.catalog.text import DataPath
from advisor.model.marks import says_nothing
from advisor.model.network import Connection, Network, NetworkReview

_CONTACT: DataPath = ("connection", "contact")


def check(told: NetworkReview) -> Iterator[Found]:
    """Say what is wrong with `told` as a whole."""
    if told.connection is not None and told.network is not None:
        message = "the file describes one connection and the whole network"
        yield ("network",), "contradiction", message, "ask about one at a time: take one of them out"
    if told.connection is None and told.network is None:
        message = "the file describes neither a connection nor a network"
        yield (), "empty-document", message, "`advisor new network` writes a file to start from"
    if told.connection is not None:
        yield from _connection(told.connection)
    if told.network is not None:
        yield from _counts(told.network)
    if told.as_of is not None:
        yield from _future(told, told.as_of)


def _connection(connection: Connection) -> Iterator[Found]:
    contact = connection.contact
    if contact is None:
        return
    if contact.messages == 0 and (contact.both_wrote or isinstance(contact.last_message, date)):
        message = "`messages` is 0, but there was one"
        yield (*_CONTACT, "messages"), "contradiction", message, "count it, or take the other answer out"
    for key in ("by_you", "by_them", "last_message"):
        side = getattr(contact, key)
        if isinstance(side, date) and isinstance(contact.last, date) and side > contact.last:
            message = f"`last` is {contact.last.isoformat()}, but `{key}` is later"
            yield (*_CONTACT, "last"), "contradiction", message, "`last` is the last contact from either side"
    if says_nothing(contact.last) and connection.followed_up:
        message = "`last` says that there was no contact, but `followed_up` says that there was"
        yield (*_CONTACT, "last"), "contradiction", message, LEAVE_ONE


def _counts(network: Network) -> Iterator[Found]:
    for key, total in (("known", "size"), ("new_lately", "size"), ("not_followed_up", "new_lately")):
        less, more = getattr(network, key), getattr(network, total)
        if less is not None and more is not None and less > more:
            message = f"`{key}` is {less} but `{total}` is only {more}"
            yield ("network", key), "contradiction", message, f"`{key}` is counted within `{total}`"


def _future(told: NetworkReview, as_of: date) -> Iterator[Found]:
    days: list[tuple[DataPath, object]] = []
    if told.connection is not None:
        days.append((("connection", "since"), told.connection.since))
        contact = told.connection.contact
        times = ("last", "by_you", "by_them", "last_message") if contact else ()
        days += [((*_CONTACT, key), getattr(contact, key)) for key in times]
    if told.network is not None:
        days.append((("network", "last_reviewed"), told.network.last_reviewed))
        days.append((("network", "oldest_pending"), told.network.oldest_pending))
    yield from too_late(days, as_of)
