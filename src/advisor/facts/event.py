"""Facts that follow from what became of a request.

How the two are linked, what the note shows and what the sender's history says is read as for a prospect; this
module adds only what is the event's own. It refuses to say how many days are many.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from advisor.facts.durations import days_ago
from advisor.model.case import Case
from advisor.model.event import Event, Request, as_sent
from advisor.model.marks import says_nothing, says_something
from advisor.model.situation import Situation
from advisor.model.vocabulary import FactValue

if TYPE_CHECKING:
    from advisor.facts.case import CaseReader


def read(told: Event, as_of: date, reader: CaseReader) -> Case:
    """All facts that `told` makes known on the day `as_of`."""
    request = told.request or Request()
    sent = Situation(
        prospect=told.person,
        relationship=told.relationship,
        purpose=told.purpose,
        batch=told.batch,
        draft=as_sent(told),
        me=told.me,
        sending=told.sending,
        as_of=told.as_of,
    )
    case = reader.read(sent, as_of)
    days = days_ago(told.since, as_of)
    own: dict[str, FactValue | None] = {
        "event.outcome": told.outcome,
        "event.days": told.days if days is None else days,
        "event.done": None if told.done is None else frozenset(told.done),
        "event.they_wrote": told.they_wrote,
        "request.note": case.facts.get("note.present", request.note),
        "request.personal": request.personal,
        "request.relevant": request.relevant,
        "request.reason": _reason(told, request),
    }
    return Case(
        facts={**case.facts, **{name: value for name, value in own.items() if value is not None}},
        spans=case.spans,
        words=_words(told, request, case.words),
        language=case.language,
    )


def _reason(told: Event, request: Request) -> bool | None:
    """Whether it is told what the request was about; unknown where nobody says."""
    return says_something(request.about or (told.purpose.detail if told.purpose else None))


def _words(told: Event, request: Request, of_prospect: Mapping[str, str]) -> dict[str, str]:
    """Texts that messages may quote; one that says that there is nothing is none."""
    words = {name.replace("prospect.", "person."): text for name, text in of_prospect.items()}
    texts = {
        "request.about": request.about or words.get("purpose.detail"),
        "purpose.offer": told.purpose.offer if told.purpose else None,
    }
    return words | {name: text for name, text in texts.items() if text and not says_nothing(text)}
