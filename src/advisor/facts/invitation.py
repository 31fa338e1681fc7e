"""Facts that follow from an invitation that was received.

An invitation is a request seen from its other end: the sender is its writer, and whoever received it is the
one it was written to. So it is read as such a request, with the readers that requests have, and only what is
told of an invitation alone is added. What the facts mean from this end is worded in the vocabulary.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from advisor.facts.people import PersonName, called
from advisor.facts.told import told_facts
from advisor.model.case import Case
from advisor.model.invitation import Invitation
from advisor.model.situation import Me, Prospect, Purpose, Situation
from advisor.model.vocabulary import FactValue

if TYPE_CHECKING:
    from advisor.facts.case import CaseReader

_NAMELESS = "unknown"
"""The name of whoever received an invitation and does not say who they are; it is read as no name."""
_MASS = "mass mailing"
"""The behaviour that says that the note is one of many like it."""
_LEARNER = "me.learner_words"
"""The fact that a writer's own words speak of studying; the writer is the sender here."""


def read(told: Invitation, as_of: date, reader: CaseReader) -> Case:
    """All facts that `told` makes known on the day `as_of`.

    What no rule about invitations rests on is left out.
    """
    request = _as_request(told)
    facts = told_facts(request, as_of, reader.vocabulary, reader.lexicons)
    if _LEARNER in facts:
        facts["sender.learner_words"] = facts.pop(_LEARNER)
    reading = reader.draft_reader.read(request)
    facts |= reading.facts | _of_its_own(told)
    return Case(
        facts={name: value for name, value in facts.items() if name in reader.vocabulary},
        spans=reading.spans,
        words=_words(told),
        language=reading.language,
    )


def _as_request(told: Invitation) -> Situation:
    """The request that the sender sent: the two have changed places."""
    me, sender, wants = told.me or Me(), told.sender, told.wants
    return Situation(
        prospect=Prospect(
            name=me.name or _NAMELESS,
            headline=me.headline,
            title=me.does,
            company=me.company,
            industry=me.industry,
        ),
        relationship=told.relationship,
        purpose=Purpose(kind=wants.kind, detail=wants.detail) if wants else None,
        draft=told.note,
        me=Me(
            name=sender.name,
            headline=sender.headline,
            company=sender.company,
            industry=sender.industry,
            does=sender.title,
            profile=told.profile,
        ),
    )


def _of_its_own(told: Invitation) -> dict[str, FactValue]:
    """What is told of an invitation and of no request."""
    facts: dict[str, FactValue | None] = {"benefit": told.benefit}
    if told.behaviour is not None:
        facts |= {"behaviour": frozenset(told.behaviour), "batch.filled_by_tool": _MASS in told.behaviour}
    if told.wishes is not None:
        facts |= {
            "wishes.contact": told.wishes.contact,
            "wishes.help": told.wishes.help,
            "wishes.discretion": told.wishes.discretion,
            "wishes.fewer_requests": told.wishes.fewer_requests,
        }
    return {name: value for name, value in facts.items() if value is not None}


def _words(told: Invitation) -> dict[str, str]:
    """Texts that messages may quote."""
    sender, ties = told.sender, told.relationship
    mutuals = ties.mutual_connections.people if ties and ties.mutual_connections else None
    words = {
        "sender.name": called(sender.name),
        "sender.company": sender.company,
        "sender.title": sender.title,
        "greeting.name": sender.name if PersonName(sender.name).known else None,
        "mutual.name": next(
            (each.name for each in mutuals or () if each.name and PersonName(each.name).known), None
        ),
        "me.name": told.me.name if told.me else None,
    }
    return {name: text for name, text in words.items() if text}
