"""The shape of `actions.yaml`: which keys may stand where, and what they hold."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from advisor.catalog.forms import Dotted, Form, Kebab, LanguageCode, Number, Text, Tree
from advisor.model.vocabulary import Lever


class AddedForm(Form):
    """Items that are added to the list that stands there."""

    add: Annotated[list[Any], Field(min_length=1)]
    """The items."""


class ActionForm(Form):
    """One thing that a person can do."""

    id: Kebab
    """Stays the same for ever: people and programs refer to it."""
    does: Text
    """What the person does, in plain words."""
    changes: Lever
    """What it changes; `levers` says which is cheaper."""
    takes_days: Number = 0
    """Days that it takes at least; meanwhile nothing is sent."""
    when: Tree | None = None
    """Offered only where this is definitely true."""
    unless: Tree | None = None
    """Not offered where this is definitely true."""
    new_note: bool = False
    """Whether a note is written from nothing."""
    facts: dict[Dotted, Any] = Field(default_factory=dict)
    """Facts that are so then, where only the person can find the words that make them so."""
    about: list[Text] = Field(default_factory=list)
    """Facts of the note whose words are quoted, where what is to stand there is the writer's to say."""
    greets: dict[LanguageCode, Text] = Field(default_factory=dict)
    """By language: the greeting that takes the place of the note's own."""
    inserts: dict[LanguageCode, Text] = Field(default_factory=dict)
    """By language: a sentence that is put in after the greeting."""
    fills: dict[Dotted, list[Text]] = Field(default_factory=dict)
    """By text of the prospect file: words of placeholders that it fills."""
    removes: list[Text] = Field(default_factory=list)
    """Facts of the note: the sentences in which they show are taken out."""
    strikes: list[Text] = Field(default_factory=list)
    """Facts of the note: just the words in which they show are taken out."""
    file: dict[Dotted, AddedForm | Any] = Field(default_factory=dict)
    """Places of the prospect file that read otherwise then; `{add: [..]}` adds to a list."""
    waits_up_to: Number | Text | None = None
    """Days, or the name of a setting."""
    cites: Annotated[list[Text], Field(min_length=1)]
    """Passages that advise it, as `source/passage`."""


class ActionsFile(Form):
    """`actions.yaml`."""

    levers: Annotated[list[Lever], Field(min_length=1)]
    """From the cheapest to the dearest."""
    at_once: list[Lever]
    """Those that can be pulled today."""
    actions: list[ActionForm]
    """Everything that a person can do."""
