"""The shape of `actions.yaml`: which keys may stand where, and what they hold."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from advisor.catalog.forms import Dotted, Form, Kebab, LanguageCode, Number, Text, Tree
from advisor.model.vocabulary import Lever


class AddedForm(Form):
    """Items that are added to the list that stands there."""

    add: Annotated[list[Any], Field(min_length=1)]


class ActionForm(Form):
    """One thing that a person can do."""

    id: Kebab
    does: Text
    changes: Lever
    when: Tree | None = None
    unless: Tree | None = None
    cites: Annotated[list[Text], Field(min_length=1)]
    file: dict[Dotted, AddedForm | Any] = Field(default_factory=dict)
    facts: dict[Dotted, Any] = Field(default_factory=dict)
    new_note: bool = False
    removes: list[Text] = Field(default_factory=list)
    strikes: list[Text] = Field(default_factory=list)
    about: list[Text] = Field(default_factory=list)
    fills: dict[Dotted, list[Text]] = Field(default_factory=dict)
    greets: dict[LanguageCode, Text] = Field(default_factory=dict)
    inserts: dict[LanguageCode, Text] = Field(default_factory=dict)
    takes_days: Number = 0
    waits_up_to: Number | Text | None = None
    """Days, or the name of a setting."""


class ActionsFile(Form):
    """`actions.yaml`."""

    levers: Annotated[list[Lever], Field(min_length=1)]
    """From the cheapest to the dearest."""
    at_once: list[Lever]
    actions: list[ActionForm]
