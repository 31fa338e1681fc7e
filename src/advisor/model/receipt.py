"""Receipts: a verdict with all that it takes to decide again, and what is otherwise when that is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from advisor.model.justification import Justification, Plain
from advisor.model.verdict import Verdict

_DESCRIBED = {"use_attribute_docstrings": True}


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt(Verdict):
    """A verdict with everything that it takes to decide again and to say what has changed since."""

    __pydantic_config__ = _DESCRIBED

    situation: Mapping[str, object] = field(default_factory=dict)
    """What was told, in the form of a file about the subject."""
    justification: Justification
    """The tree behind the verdict."""
    held: tuple[str, ...] = ()
    """Every rule that holds, in order of its id."""
    rules: Mapping[str, str] = field(default_factory=dict)
    """For every active rule a short hash of its condition, exceptions and effect."""
    settings: Mapping[str, int | tuple[str, ...]] = field(default_factory=dict)
    """The numbers and lists that rules share."""


DifferenceKind = Literal["verdict", "rule", "fact", "setting", "knowledge-base", "as-of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that is otherwise than in the receipt, and what brought that about."""

    __pydantic_config__ = _DESCRIBED

    kind: DifferenceKind
    """What differs."""
    name: str
    """The rule or fact; else empty."""
    before: Plain
    """What the receipt says."""
    after: Plain
    """What comes out now."""
    because: str
    """What brought it about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """A receipt decided again."""

    __pydantic_config__ = _DESCRIBED

    same: bool
    """Whether the verdict is the same."""
    before: str
    """The receipt's verdict."""
    after: str
    """The verdict now."""
    differences: tuple[Difference, ...]
    """Every difference, the verdict first."""
    changed_without_effect: tuple[str, ...]
    """Rules that are new, gone or otherwise, and make no difference here."""
    receipt: Receipt
    """The receipt of deciding again."""
