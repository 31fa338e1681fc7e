"""Sources, passages, readings and platform facts: what every reason points to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

UseKind = Literal["rules", "later", "background"]


@dataclass(frozen=True, slots=True)
class Source:
    """An article, or the collection of dated facts about the platform."""

    id: str
    title: str
    """Our own description; the articles' texts carry no title."""
    kind: Literal["article", "own", "platform-facts"]
    """`own`: guidance that the rule keepers give themselves, with no article behind it."""
    review_by: date
    """When somebody should read it again and see whether it still holds."""
    file: str = ""
    """Name of the article's text file, for `advisor sources verify`; empty for platform facts."""
    dated: str = ""
    """Date that the source itself states, such as `2023-10`; empty where it states none."""


@dataclass(frozen=True, slots=True)
class Use:
    """What becomes of a passage."""

    kind: UseKind
    """`rules`: encoded by the rules that cite it. `later`: kept for a consultation not built yet.
    `background`: nothing to decide by."""
    note: str = ""
    """The consultation for `later`, the reason for `background`."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One point made under one heading of a source."""

    id: str
    """`source/passage`, as rules cite it."""
    source: str
    heading: str
    """The locator: the article's own heading; for platform facts the name of the fact."""
    point: str
    """The point in our own words."""
    use: Use
    words: int = 0
    """Number of words of the passage in the source, as `sources verify` counts them."""
    sha256: str = ""
    """Hash of those words; empty for platform facts."""
    value: int | None = None
    """For platform facts that are a number: the number."""
    unit: str = ""
    """Unit of that number, such as `characters`."""
    as_of: date | None = None
    """For platform facts: when it was last seen to hold."""
    review_by: date | None = None
    """For platform facts that change sooner than others: when somebody should look it up again."""
    origin: str = ""
    """For platform facts: where it comes from, since the articles do not say it."""


@dataclass(frozen=True, slots=True)
class Side:
    """What one passage says in a dispute."""

    passage: str
    says: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A contradiction or vague place in the sources, and how it is read here."""

    id: str
    title: str
    passages: tuple[str, ...]
    reading: str
    why: str
    sides: tuple[Side, ...] = ()
    disputed: bool = False
    """Whether the sources pull apart, so that both sides are shown with a verdict."""


@dataclass(frozen=True, slots=True)
class Library:
    """All sources, passages and readings, by id."""

    sources: Mapping[str, Source] = field(default_factory=dict)
    passages: Mapping[str, Passage] = field(default_factory=dict)
    readings: Mapping[str, Reading] = field(default_factory=dict)
