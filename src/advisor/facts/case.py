"""Situation to case: all facts of one situation together, with their evidence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from advisor.facts.draft import DraftReader
from advisor.facts.people import PersonName
from advisor.facts.sending import sending_facts
from advisor.facts.told import told_facts
from advisor.model.case import Case
from advisor.model.lexicon import Lexicon
from advisor.model.situation import Situation
from advisor.model.vocabulary import Vocabulary


class CaseReader:
    """Turns situations into cases with one set of lexicons; situations never influence one another."""

    def __init__(self, vocabulary: Vocabulary, lexicons: Mapping[str, Lexicon]) -> None:
        self._vocabulary = vocabulary
        self._lexicons = lexicons
        self.draft_reader = DraftReader(lexicons)

    def read(self, situation: Situation, as_of: date) -> Case:
        """All facts that `situation` makes known on the day `as_of`."""
        facts = told_facts(situation, as_of, self._vocabulary, self._lexicons)
        if situation.sending is not None:
            facts |= sending_facts(situation.sending, as_of)
        reading = self.draft_reader.read(situation)
        facts |= reading.facts
        return Case(
            facts=facts, spans=reading.spans, words=_words(situation, as_of), language=reading.language
        )


def _words(situation: Situation, as_of: date) -> dict[str, str]:
    """Texts that messages may quote."""
    prospect, purpose, told = situation.prospect, situation.purpose, situation.relationship
    mutuals = told.mutual_connections.people if told and told.mutual_connections else None
    named = (each.name for each in mutuals or () if each.name and PersonName(each.name).known)
    words = {
        "prospect.name": prospect.name,
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
