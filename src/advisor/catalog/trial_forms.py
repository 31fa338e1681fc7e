"""The shapes of files of cases, `*.cases.yaml`: which keys may stand where, and what they hold."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from advisor.catalog.forms import Day, Form, Kebab, Text


class ExpectForm(Form):
    """What must come out of a case."""

    verdict: Kebab | None = None
    """The verdict that must come out."""
    holds: list[Kebab] = []
    """Rules that must hold."""
    does_not_hold: list[Kebab] = []
    """Rules that must not hold."""


class CaseForm(Form):
    """One case: what is told, as in a prospect file or as facts, and what must come out."""

    name: Text
    """What makes this case special, in a few words."""
    as_of: Day | None = None
    """The day on which it is asked."""
    situation: dict[str, Any] | None = None
    """What is told, as in a prospect file."""
    given: dict[str, Any] | None = None
    """Facts and conclusions instead of a situation; everything else is unknown."""
    expect: ExpectForm
    """What must come out."""
    known_miss: Text | None = None
    """Why the rules do not say so yet."""


class CasesFile(Form):
    """`*.cases.yaml`, anywhere below the folder of a consultation."""

    cases: Annotated[list[CaseForm], Field(min_length=1)]
    """They run with `advisor rules test`."""
