"""What is still to be asked, as data: questions, why each is asked, and what its answers would lead to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from advisor.model.rule import EffectKind
from advisor.model.vocabulary import FactType

_DESCRIBED = {"use_attribute_docstrings": True}


@dataclass(frozen=True, slots=True, kw_only=True)
class HangsOn:
    """A rule that an open answer bears on."""

    __pydantic_config__ = _DESCRIBED

    rule: str
    """Id of the rule."""
    title: str
    """What it finds."""
    effect: EffectKind
    """What follows where it holds."""
    holds_at: str
    """For a concern the verdict that it holds at; else empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """A question whose answer can still change the verdict, and why it is asked."""

    __pydantic_config__ = _DESCRIBED

    fact: str
    """The fact that it asks for."""
    question: str
    """The question."""
    told: str
    """Where the answer goes in a prospect file."""
    type: FactType
    """What kind of answer it takes."""
    answers: Mapping[str, str]
    """For each kind of answer the verdict that it would give by itself, all else as told."""
    hangs_on: tuple[HangsOn, ...]
    """Rules that are still undecided and look at the answer, the most cautious first."""
    certain: bool = True
    """Whether some answer surely makes a difference; false where the search for one was cut off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """What is still to be asked."""

    __pydantic_config__ = _DESCRIBED

    verdict: str
    """The verdict as things are told."""
    settled: bool
    """Whether no answer to anything can change it."""
    possible: tuple[str, ...]
    """Verdicts that are still possible."""
    exhaustive: bool
    """Whether `possible` is exact."""
    questions: tuple[Inquiry, ...]
    """Questions that can still change the verdict, the most deciding first."""
