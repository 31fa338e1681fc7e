"""What was told to case: all facts of one situation together, with their evidence.

Each subject has a reader of its own in this package; they share the reader of notes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache, cached_property
from typing import Any

from advisor.facts.draft import DraftReader
from advisor.facts.people import PersonName, called
from advisor.facts.sending import sending_facts
from advisor.facts.told import no_trade, told_facts
from advisor.model.case import Case
from advisor.model.lexicon import Lexicon
from advisor.model.situation import Situation
from advisor.model.subject import Told
from advisor.model.vocabulary import Vocabulary


class CaseReader:
    """Turns what was told into cases with one set of lexicons; situations never influence one another."""

    def __init__(self, vocabulary: Vocabulary, lexicons: Mapping[str, Lexicon]) -> None:
        self.vocabulary = vocabulary
        self.lexicons = lexicons
        self.draft_reader = DraftReader(lexicons)

    @cached_property
    def no_trade(self) -> frozenset[str]:
        """Words that name no trade."""
        return no_trade(self.lexicons)

    def read(self, told: Told, as_of: date) -> Case:
        """All facts that `told`, of whatever subject, makes known on the day `as_of`.

        Raises:
            TypeError: where `told` is of no subject that is known.
        """
        if isinstance(told, Situation):
            return self._prospect(told, as_of)
        reader = _readers().get(type(told))
        if reader is None:
            raise TypeError(f"{type(told).__name__} is nothing that can be asked about")
        return reader(told, as_of, self)

    def _prospect(self, situation: Situation, as_of: date) -> Case:
        facts = told_facts(situation, as_of, self.vocabulary, self.lexicons, self.no_trade)
        if situation.sending is not None:
            facts |= sending_facts(situation.sending, as_of)
        reading = self.draft_reader.read(situation)
        facts |= reading.facts
        return Case(
            facts=facts, spans=reading.spans, words=_words(situation, as_of), language=reading.language
        )


Reader = Callable[[Any, date, CaseReader], Case]
"""Reads one subject, with the vocabulary, the lexicons and the reader of notes at hand."""


@cache
def _readers() -> Mapping[type, Reader]:
    """The readers of all subjects but the prospect; loaded only where one of them is asked about."""
    from advisor.facts import event, goals, history, invitation, network
    from advisor.model.event import Event
    from advisor.model.goals import Goals
    from advisor.model.history import History
    from advisor.model.invitation import Invitation
    from advisor.model.network import NetworkReview

    return {
        Invitation: invitation.read,
        History: history.read,
        NetworkReview: network.read,
        Event: event.read,
        Goals: goals.read,
    }


def _words(situation: Situation, as_of: date) -> dict[str, str]:
    """Texts that messages may quote."""
    prospect, purpose, told = situation.prospect, situation.purpose, situation.relationship
    mutuals = told.mutual_connections.people if told and told.mutual_connections else None
    named = (each.name for each in mutuals or () if each.name and PersonName(each.name).known)
    words = {
        "prospect.name": called(prospect.name),
        "prospect.company": prospect.company,
        "prospect.title": prospect.title,
        "purpose.detail": purpose.detail if purpose else None,
        "purpose.work": purpose.work if purpose else None,
        "me.name": situation.me.name if situation.me else None,
        "me.company": situation.me.company if situation.me else None,
        "greeting.name": prospect.name if PersonName(prospect.name).known else None,
        "mutual.name": next(named, None),
    }
    # The name of an occasion of each kind, such as `met.webinar` or `met.same_event`.
    words |= {
        f"met.{met.how.replace(' ', '_')}": met.where
        for met in reversed((told.met if told else None) or ())
        if met.how and met.where and not (isinstance(met.when, date) and met.when > as_of)
    }
    return {name: text for name, text in words.items() if text}
