"""What a consultation is asked about: a prospect, an invitation, a history, a network, an event, goals.

Each subject is a frozen dataclass that a person fills in, in Python or in a file. This module only says which
there are and where their classes stand, so that nobody loads more of them than are needed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import Any, Literal, Protocol

SubjectName = Literal["prospect", "invitation", "history", "network", "event", "goals"]


class Told(Protocol):
    """Anything that a person told: an instance of a subject's class."""

    @property
    def as_of(self) -> date | None:
        """The day on which the question is asked; None where none is told."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One kind of thing that can be asked about."""

    name: SubjectName
    """As in `subject:` of consultation.yaml."""
    says: str
    """What a file about it describes, in a few words."""
    place: str
    """Where its class is: `module:class`, below `advisor.model`."""
    schema: str
    """Name of its JSON Schema, as in `advisor schema NAME`."""
    texts: tuple[str, ...]
    """Texts of its file that messages and words may quote."""

    @property
    def model(self) -> Any:
        """Its class, a frozen dataclass."""
        module, _, name = self.place.partition(":")
        return getattr(import_module(f"advisor.model.{module}"), name)


_SUBJECTS = (
    Subject(
        "prospect",
        "Somebody whom you might invite.",
        "situation:Situation",
        "situation",
        ("prospect.name", "prospect.company", "prospect.title", "purpose.detail", "purpose.work"),
    ),
    Subject(
        "invitation",
        "An invitation that you received.",
        "invitation:Invitation",
        "invitation",
        ("sender.name", "sender.company", "sender.title", "greeting.name", "mutual.name", "me.name"),
    ),
    Subject("history", "How you have been sending.", "history:History", "history", ("me.name",)),
    Subject(
        "network",
        "Somebody whom you are connected with, or your whole network.",
        "network:NetworkReview",
        "network",
        (
            "connection.name",
            "connection.company",
            "connection.title",
            "connection.reason",
            "connection.ago",
            "contact.ago",
            "contact.their_ago",
            "contact.your_ago",
            "messages.ago",
            "network.reviewed_ago",
            "network.pending_ago",
        ),
    ),
    Subject(
        "event",
        "What became of a request that you sent.",
        "event:Event",
        "event",
        (
            "person.name",
            "person.company",
            "person.title",
            "greeting.name",
            "met.event",
            "met.webinar",
            "met.course",
            "request.about",
            "purpose.offer",
            "me.name",
        ),
    ),
    Subject(
        "goals",
        "What you want of your network, and what came of it.",
        "goals:Goals",
        "goals",
        (
            "me.name",
            "goals.reached.named",
            "goals.on_course.named",
            "goals.behind.named",
            "goals.missed.named",
            "goals.not_counted.named",
            "goals.not_specific.named",
        ),
    ),
)
SUBJECTS: dict[str, Subject] = {subject.name: subject for subject in _SUBJECTS}
"""By name. A new subject is one line here, its class, and its reader in `facts/`."""
PROSPECT: SubjectName = "prospect"
"""The subject of a consultation that names none."""


def article(subject: str) -> str:
    """A subject, or a file about one, with its article.

    >>> article("invitation"), article("history file"), article("goals")
    ('an invitation', 'a history file', 'goals')
    """
    return subject if subject.endswith("s") else f"{'an' if subject[0] in 'aeiou' else 'a'} {subject}"
