"""One case made ready for inference: the facts, and where in the note each of them shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from advisor.model.vocabulary import FactValue


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of the note; `text` is exactly what stands at `start:end`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Case:
    """Facts of one situation, with their evidence. What is missing is unknown."""

    facts: Mapping[str, FactValue]
    spans: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    """For facts that were read from the note: the words that show them, in the order of the note."""
    words: Mapping[str, str] = field(default_factory=dict)
    """Texts that messages may quote, such as `prospect.name`; they never reach an engine."""
    language: str = ""
    """ISO 639-1 code of the note's language; empty where there is no note or it cannot be told."""
