"""The shape of `laws.yaml`: which keys may stand where, and what they hold."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from advisor.catalog.forms import Dotted, Form, Kebab, Text, Tree

Values = Any
"""One value of a fact, or a list of them; read by its own reader."""


class ChangeForm(Form):
    """A fact that has another value in the second of two situations that are the same otherwise."""

    fact: Dotted
    """The fact that changes."""
    before: Annotated[Values, Field(alias="from")] = None
    """The value that it has at first, or a list of such values; left out where any will do."""
    to: Values = None
    """The value that it has then, or a list of such values; left out where any other will do."""


class TellForm(Form):
    """A fact that is unknown at first, and told in the second of two situations."""

    fact: Dotted
    """The fact that is told."""
    to: Values = None
    """What is told, or a list of such values; left out where it may be anything."""


class LawForm(Form):
    """One thing that must hold, whatever a person tells."""

    id: Kebab
    """Its name, which stays the same."""
    consultation: Kebab
    """The consultation that it speaks of."""
    says: Text
    """The law in a sentence."""
    where: Tree | None = None
    """The situations that it speaks of; where it compares two, this holds of the first."""
    raised: Annotated[Dotted | None, Field(alias="raise")] = None
    """A number that is larger in the second situation."""
    lowered: Annotated[Dotted | None, Field(alias="lower")] = None
    """A number that is smaller in the second situation."""
    change: ChangeForm | None = None
    """A fact that has another value in the second situation."""
    tell: TellForm | None = None
    """A fact that is told in the second situation only."""
    along: list[Dotted] = []
    """Facts that may be otherwise too in the second situation; everything else is the same in both."""
    never: Annotated[list[Kebab], Field(min_length=1)] | Literal["worse", "better", "other"] | None = None
    """Verdicts that are never reached; or, for a law that compares, what the verdict never becomes."""
    at_least: Kebab | None = None
    """The most willing verdict that is allowed."""
    at_most: Kebab | None = None
    """The most cautious verdict that is allowed."""
    cites: Annotated[list[Text], Field(min_length=1)]
    """Passages that say so."""


class LawsFile(Form):
    """`laws.yaml`, beside the folders of the consultations."""

    laws: list[LawForm]
    """All laws; their order changes nothing."""
