"""What would change a verdict, as data: steps, ways, mendings of the note, and what stands in the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from advisor.model.case import Span
from advisor.model.justification import Plain, RuleTrace, Turn
from advisor.model.verdict import Citation
from advisor.model.vocabulary import Lever

EditKind = Literal["greeting", "line", "capital", "filling", "deletion"]
"""In the order in which edits in one place are made."""
_DESCRIBED = {"use_attribute_docstrings": True}


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftEdit:
    """A change to the words of the note."""

    __pydantic_config__ = _DESCRIBED

    start: int
    """Where the words begin in the note, counted from 0."""
    end: int
    """Where they end."""
    old: str
    """What stands there; empty where something is only added."""
    new: str
    """What is to stand there instead; empty where the words only go."""
    kind: EditKind = "deletion"
    """What it is for; a `capital` goes with a line that is put in before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactChange:
    """A fact before and after something is done."""

    __pydantic_config__ = _DESCRIBED

    fact: str
    """Name of the fact."""
    before: Plain
    """Value now; null where it is unknown."""
    after: Plain
    """Value afterwards."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to do."""

    __pydantic_config__ = _DESCRIBED

    action: str
    """Id of the action, as in `actions.yaml`."""
    says: str
    """What to do, in plain words."""
    lever: Lever
    """What it changes: the draft, the purpose, the profile, time, or the relationship."""
    days: int
    """Days that have to pass at least; 0 where it can be done at once."""
    waits: bool
    """Whether it consists in waiting, without sending anything."""
    edits: tuple[DraftEdit, ...]
    """Changes to the words of the note, where the action names them exactly."""
    quotes: tuple[Span, ...]
    """Words of the note that it is about, where what is to stand there is the writer's to say."""
    changes: tuple[FactChange, ...]
    """Facts that are otherwise when it is done, by itself."""
    citations: tuple[Citation, ...]
    """Passages that advise it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A smallest set of things to do that leads to the wanted verdict."""

    __pydantic_config__ = _DESCRIBED

    steps: tuple[Step, ...]
    """What to do, in an order in which it can be done; leaving any of them out does not lead there."""
    verdict: str
    """The verdict when all is done."""
    at_once: bool
    """Whether nothing has to be waited for and nobody to be met."""
    draft: str
    """The note with all exact edits made; empty where none are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mending:
    """Something in the note that is wrong, an exact edit that mends it, and what comes of it."""

    __pydantic_config__ = _DESCRIBED

    rules: tuple[str, ...]
    """Rules that find it and no longer do when the edit is made."""
    step: Step
    """The edit."""
    verdict: str
    """The verdict with this edit alone, as found by running it."""
    draft: str
    """The note with this edit alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """A concern that nothing one can do removes, or not together with the others."""

    __pydantic_config__ = _DESCRIBED

    trace: RuleTrace
    """The concern."""
    message: str
    """What it says."""
    fix: str
    """What it advises; empty where it advises nothing."""
    would_have_to: tuple[tuple[Turn, ...], ...]
    """The smallest sets of clauses that would have to be otherwise, whoever or whatever brings that about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """Everything that would lead to a wanted verdict."""

    __pydantic_config__ = _DESCRIBED

    verdict: str
    """The verdict now."""
    wanted: str
    """The verdict that is wanted."""
    reached: bool
    """Whether the verdict is the wanted one, or a more willing one, already."""
    settled: bool
    """Whether no answer to what is left open could change the verdict."""
    ways: tuple[Way, ...]
    """All smallest sets of things to do, the cheapest first."""
    mendings: tuple[Mending, ...]
    """What is wrong in the note and can be mended exactly."""
    obstacles: tuple[Obstacle, ...]
    """Where there is no way: concerns that nothing one can do removes."""
    exhaustive: bool
    """Whether all smallest sets are here; false where the search was cut off."""
    tried: int
    """How many sets of actions were tried."""
