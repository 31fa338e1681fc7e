"""Strategies for whole situations: closed lists from the fact vocabulary, drafts with planted features.

They are made for one knowledge base, since its vocabulary says which values there are, its rules which counts
are at the edge, and its lexicons which sentences a note may hold.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from hypothesis import strategies as st

from advisor.model.knowledge_base import KnowledgeBase
from advisor.model.situation import (
    Batch,
    Encounter,
    Me,
    MutualConnection,
    MutualConnections,
    Profile,
    Prospect,
    Purpose,
    Relationship,
    Shared,
    Situation,
)
from advisor.testing.about_histories import MOST, counts, days_before, sending_histories
from advisor.testing.case_facts import edges
from advisor.testing.filler import filler
from advisor.testing.parts import maybe, option_at, several, some
from advisor.testing.persons import Person, people
from advisor.testing.planting import PlantedDraft, planted, sign_sentences
from advisor.testing.shipped import shipped_knowledge
from advisor.wiring import SHOULD_CONNECT

NOTHING = "none"
"""What people write where there is nothing."""
DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))
"""Days on which made-up situations are asked about."""


@dataclass(frozen=True)
class Story:
    """A situation together with what is planted in it."""

    situation: Situation
    person: Person
    """The prospect."""
    note: PlantedDraft | None
    """The draft and what stands in it; None where there is none of ours."""


def situations(
    base: KnowledgeBase | None = None, consultation: str = SHOULD_CONNECT
) -> st.SearchStrategy[Situation]:
    """Situations of every kind; each has the day on which it is asked about.

    Without `base`, for the shipped knowledge base.
    """
    return stories(base=base, consultation=consultation).map(lambda story: story.situation)


def stories(
    of: st.SearchStrategy[Person] | None = None,
    base: KnowledgeBase | None = None,
    consultation: str = SHOULD_CONNECT,
) -> st.SearchStrategy[Story]:
    """A prospect, how the two are linked, why, a draft, a sender and a history: all of it, or any part.

    `of` are the people who may be the prospect; without `base`, for the shipped knowledge base.
    """
    persons = people() if of is None else of
    if base is None:
        return st.deferred(lambda: _stories(_shipped_parts(), persons))
    return _stories(_Parts(base, consultation), persons)


@lru_cache(maxsize=1)
def _shipped_parts() -> _Parts:
    return _Parts(shipped_knowledge(), SHOULD_CONNECT)


class _Parts:
    """Strategies for all parts of a situation that do not hang on the day, made once."""

    def __init__(self, base: KnowledgeBase, consultation: str) -> None:
        self._vocabulary = base.consultation(consultation).vocabulary
        self.edges = edges(base.consultation(consultation), MOST)
        self.signs = sign_sentences(base.lexicons)
        made, yes_no = filler(), st.booleans()
        self.details, self.titles = st.sampled_from(made.details), st.sampled_from(made.titles)
        self.industries = st.sampled_from(made.industries)
        places = several(made.places)
        self.shared = some(
            Shared,
            {**dict.fromkeys(("employers", "schools", "groups", "interests"), places), "field": yes_no},
        )
        self.apart: dict[str, st.SearchStrategy[Any]] = {
            "purpose": some(
                Purpose,
                {
                    "kind": self.option("purpose.kind"),
                    "detail": self.details,
                    "work": st.sampled_from((*made.works, NOTHING)),
                    "offer": self.details,
                },
            ),
            "batch": some(
                Batch,
                {
                    "people": counts(self.edges),
                    "picked_by": self.option("batch.picked_by"),
                    "filled_by_tool": yes_no,
                },
            ),
            "me": self._me(),
            "sent_from": self.option("sent_from"),
            "draft": st.sampled_from(made.notes_of_nothing),
        }
        self.mutual_connections = _mutual_connections(self)

    def option(self, place: str) -> st.SearchStrategy[str]:
        """One value of the closed list at `place` of a prospect file."""
        return option_at(self._vocabulary, place)

    def _me(self) -> st.SearchStrategy[Me]:
        kinds = {key: self.option("me.profile." + key) for key in ("photo", "completeness", "kind")}
        parts = {
            "name": st.sampled_from(filler().senders),
            "headline": self.titles,
            "company": st.sampled_from(filler().places),
            "industry": self.industries,
            "stage": self.option("me.stage"),
            "does": self.titles,
            "profile": some(Profile, kinds),
            "account": self.option("me.account"),
            "notes_this_month": counts(self.edges),
        }
        return some(Me, parts)


@st.composite
def _mutual_connections(draw: st.DrawFn, parts: _Parts) -> MutualConnections:
    """Mutual connections, of which at least those are counted that are named."""
    place = "relationship.mutual_connections.people."
    close = parts.option(place + "closeness")
    told = {
        "name": st.sampled_from(filler().mutuals),
        "knows_them": close,
        "knows_me": close,
        "detail": parts.details,
        "introduction": parts.option(place + "introduction"),
    }
    named = draw(maybe(several(some(MutualConnection, told))))
    count = st.integers(0, 5).map(lambda more: more + len(named or ()))
    return MutualConnections(count=draw(maybe(count)), closeness=draw(maybe(close)), people=named)


@st.composite
def _relationships(draw: st.DrawFn, parts: _Parts, as_of: date) -> Relationship:
    """How two people are linked, as told on the day `as_of`."""
    in_words = st.sampled_from(filler().vague_days)
    met = some(
        Encounter,
        {
            "how": parts.option("relationship.met.how"),
            "where": st.sampled_from(filler().events),
            "when": days_before(as_of, 400) | DAYS | in_words,
            "talked": st.booleans(),
            "detail": parts.details,
        },
    )
    told = draw(
        some(
            Relationship,
            {
                "known_as": parts.option("relationship.known_as"),
                "detail": parts.details,
                "met": several(met),
                "mutual_connections": parts.mutual_connections,
                "shared": parts.shared,
                "asked_to_connect": st.booleans(),
                "status": parts.option("relationship.status"),
                "status_since": days_before(as_of) | in_words,
            },
        )
    )
    declines = draw(maybe(st.integers(0, 2))) if told.status in (None, "declined") else None
    return replace(told, declines=declines)


@st.composite
def _stories(draw: st.DrawFn, parts: _Parts, persons: st.SearchStrategy[Person]) -> Story:
    person = draw(persons)
    as_of = draw(DAYS)
    prospect = draw(
        some(
            Prospect,
            {
                "headline": parts.titles,
                "title": parts.titles,
                "industry": parts.industries,
                "seniority": st.just("senior"),
                "location": st.just("Hilo"),
                "about": several(filler().works),
                "company": st.sampled_from(filler().companies).map(
                    lambda name: name.format(last=person.last)
                ),
            },
            name=person.name,
            nickname=person.nickname,
        )
    )
    situation = draw(
        some(
            Situation,
            {
                "relationship": _relationships(parts, as_of),
                **parts.apart,
                "sending": sending_histories(as_of, parts.edges),
            },
            prospect=prospect,
            as_of=as_of,
        )
    )
    company = prospect.company or filler().companies[0]
    note = draw(maybe(planted(person, company, parts.signs, _names_told(situation))))
    return Story(replace(situation, draft=note.text) if note else situation, person, note)


def _names_told(situation: Situation) -> dict[str, tuple[str, ...]]:
    """What a note can name of what is told, by slot."""
    told = situation.relationship or Relationship()
    shared = told.shared or Shared()
    mutuals = told.mutual_connections or MutualConnections()
    places = (*(shared.employers or ()), *(shared.schools or ()), *(shared.groups or ()))
    work = situation.purpose.work if situation.purpose else None
    return {
        "event": tuple(met.where for met in told.met or () if met.where),
        "mutual": tuple(each.name for each in mutuals.people or () if each.name),
        "work": (*(situation.prospect.about or ()), *((work,) if work else ())),
        "place": places,
    }
