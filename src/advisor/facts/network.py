"""Facts that follow from a connection, or a whole network: days and shares reckoned, and nothing judged.

Connecting is contact, so no silence is longer than the connection itself. A message is contact too; that
there was none says nothing of likes and comments, and so never of silence.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from advisor.facts.durations import days_ago, in_words
from advisor.facts.people import called
from advisor.facts.told import same_field
from advisor.model.case import Case
from advisor.model.marks import says_nothing, says_something
from advisor.model.network import Connection, Contact, Network, NetworkReview
from advisor.model.situation import Me, Prospect
from advisor.model.vocabulary import FactValue

if TYPE_CHECKING:
    from advisor.facts.case import CaseReader

_Told = dict[str, FactValue | None]
_LENGTHS = {
    "connection.ago": "connection.since_days",
    "contact.ago": "contact.days",
    "contact.their_ago": "contact.their_days",
    "contact.your_ago": "contact.your_days",
    "messages.ago": "messages.days",
    "network.reviewed_ago": "network.reviewed_days",
    "network.pending_ago": "network.pending_days",
}
"""Texts that messages may quote, and the days that they say in words."""


def read(told: NetworkReview, as_of: date, reader: CaseReader) -> Case:
    """All facts that `told` makes known on the day `as_of`."""
    facts: _Told = {"about.whole": told.connection is None}
    words: dict[str, str | None] = {}
    if told.connection is not None:
        facts |= _connection(told.connection, as_of)
        if told.connection.same_field is None and told.me is not None:
            facts["shared.field"] = _same_field(told.connection, told.me, reader)
        words = {
            "connection.name": called(told.connection.name),
            "connection.company": told.connection.company,
            "connection.title": told.connection.title,
            "connection.reason": told.connection.reason,
        }
    if told.network is not None:
        facts |= _network(told.network, as_of)
    known = {name: value for name, value in facts.items() if value is not None}
    lengths = {text: known.get(fact) for text, fact in _LENGTHS.items()}
    return Case(
        facts=known,
        words={name: text for name, text in words.items() if text and not says_nothing(text)}
        | {text: in_words(days) for text, days in lengths.items() if isinstance(days, int)},
    )


def _same_field(connection: Connection, me: Me, reader: CaseReader) -> bool | None:
    person = Prospect(
        name=connection.name,
        headline=connection.headline,
        title=connection.title,
        industry=connection.industry,
    )
    return same_field(person, me, reader.no_trade)


def _connection(connection: Connection, as_of: date) -> _Told:
    since = days_ago(connection.since, as_of)
    return {
        "relationship.known_as": connection.known_as,
        "shared.field": connection.same_field,
        "shared.employer": connection.same_employer,
        "connection.since_days": since,
        "connection.reason_told": says_something(connection.reason),
        "connection.followed_up": connection.followed_up,
        "connection.value": connection.value,
        "connection.wanted": connection.wanted,
        "connection.recognised": connection.recognised,
        "connection.bother": connection.bother,
        "connection.grouped": says_something(connection.group),
        "connection.noted": says_something(connection.note),
        "connection.protected": connection.safelisted,
        **(_contact(connection.contact, since, as_of) if connection.contact else {}),
    }


def _contact(contact: Contact, since: int | None, as_of: date) -> _Told:
    yours, theirs = (_silence(told, since, as_of) for told in (contact.by_you, contact.by_them))
    either = _silence(contact.last, since, as_of)
    message = days_ago(contact.last_message, as_of)
    if either is None and yours is not None and theirs is not None:
        either = min(yours, theirs)
    elif either is not None:
        either = min(each for each in (either, yours, theirs, message) if each is not None)
    nothing = says_nothing(contact.last) or (says_nothing(contact.by_you) and says_nothing(contact.by_them))
    return {
        "contact.days": either,
        "contact.your_days": yours,
        "contact.their_days": theirs,
        "contact.never": True if nothing else None if either is None or since is None else either >= since,
        "messages.exchanged": contact.messages,
        "messages.days": message,
        "messages.both_ways": contact.both_wrote,
    }


def _silence(told: date | str | None, since: int | None, as_of: date) -> int | None:
    """Days without contact; since the two connected where there was none since then."""
    if says_nothing(told):
        return since
    days = days_ago(told, as_of)
    return days if days is None or since is None else min(days, since)


def _network(network: Network, as_of: date) -> _Told:
    never = says_nothing(network.last_reviewed)
    reviewed = days_ago(network.last_reviewed, as_of)
    known = None
    if network.size and network.known is not None:
        known = min(100, network.known * 100 // network.size)
    return {
        "network.size": network.size,
        "network.known_share": known,
        "network.unknown_names": network.unknown_names,
        "network.never_reviewed": True if never else None if reviewed is None else False,
        "network.reviewed_days": reviewed,
        "network.symptoms": None if network.symptoms is None else frozenset(network.symptoms),
        "network.aim": network.aim,
        "network.effort": network.effort,
        "network.new_lately": network.new_lately,
        "network.not_followed_up": network.not_followed_up,
        "network.look_over": network.look_over,
        "network.get_in_touch": network.get_in_touch,
        "network.grouped": network.grouped,
        "network.privacy_checked": network.privacy_checked,
        "network.sharing": network.sharing,
        "network.discussions": network.discussions,
        "network.pending": network.pending,
        "network.pending_days": days_ago(network.oldest_pending, as_of),
    }
