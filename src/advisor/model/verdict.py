"""The verdict and its justification, as data. Rendering and deciding happen elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from advisor.model.case import Span
from advisor.model.rule import EffectKind

SCHEMA_VERSION = 1
"""Raised when the JSON form of a verdict changes in a way that readers must know."""

_DESCRIBED = {"use_attribute_docstrings": True}
"""Pydantic's settings for each class: the docstrings of fields describe them in the JSON Schema."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A pointer to the passage that a reason rests on, with what it says."""

    __pydantic_config__ = _DESCRIBED

    passage: str
    """`source/passage`, as `advisor sources show` takes it."""
    source: str
    """Id of the source."""
    source_title: str
    """Title of the source."""
    source_file: str
    """File name of the article's text; empty for platform facts."""
    heading: str
    """Heading of the source under which the point stands."""
    point: str
    """The point in our own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputedSide:
    """What one passage says in a dispute."""

    __pydantic_config__ = _DESCRIBED

    citation: Citation
    """The passage."""
    says: str
    """What it says on the disputed point, in our own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """A place where the guidance pulls apart, and how it is read here."""

    __pydantic_config__ = _DESCRIBED

    id: str
    """Id of the reading, as in `knowledge/readings.yaml`."""
    title: str
    """What is disputed, in a few words."""
    sides: tuple[DisputedSide, ...]
    """What each passage says; empty where something outside the sources speaks against them."""
    reading: str
    """How the place is read here."""
    why: str
    """Why it is read so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lift:
    """An exception that would lift a finding, if its open question were answered so."""

    __pydantic_config__ = _DESCRIBED

    says: str
    """The exception in plain words."""
    open_facts: tuple[str, ...]
    """Unknown facts on which it hangs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What the person reads about one rule that holds."""

    __pydantic_config__ = _DESCRIBED

    rule: str
    """Id of the rule, as `advisor explain` takes it."""
    title: str
    """What was found, in a few words."""
    effect: EffectKind
    """What follows: a reason to go ahead, a concern, something done well, or advice."""
    holds_at: str
    """For concerns: the verdict that it holds at; else empty."""
    message: str
    """What was found, in a sentence or two."""
    fix: str
    """What to do about it; empty where nothing is to be done."""
    spans: tuple[Span, ...]
    """The words of the note that show it."""
    citations: tuple[Citation, ...]
    """The passages that it rests on; the first is the one quoted first."""
    disputes: tuple[Dispute, ...] = ()
    """Disputed places whose reading it follows."""
    strength: str = "plain"
    """`plain`: an article says so. `reading`: our reading of a vague place. `weak`: little to go by."""
    could_be_lifted_by: tuple[Lift, ...] = ()
    """Exceptions that nothing told so far decides."""
    words: tuple[str, ...] = ()
    """Sentences to start from, made of what was told; they are never sent by anybody but you."""
    by: str = ""
    """The day by which it should be done, as year-month-day; empty where no day is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Excused:
    """A rule whose condition is true but which an exception blocks."""

    __pydantic_config__ = _DESCRIBED

    finding: Finding
    """What would have been found."""
    because: tuple[str, ...]
    """The exceptions that hold, in plain words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """Something nobody told that could still matter."""

    __pydantic_config__ = _DESCRIBED

    fact: str
    """Name of the unknown fact."""
    question: str
    """The question that asks for it."""
    told: str
    """Where the answer goes in a prospect file; empty where it is not written there."""
    answers: Mapping[str, str]
    """For each kind of answer the verdict that it would give by itself, all else as told."""
    decides: bool
    """Whether some answer changes the verdict by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TurningPoint:
    """A told fact that alone, were it otherwise, would give another verdict."""

    __pydantic_config__ = _DESCRIBED

    fact: str
    """Name of the fact."""
    means: str
    """What it says or counts."""
    told: str
    """Where a prospect file tells it; empty where it is worked out from several places."""
    value: bool | int | str | tuple[str, ...] | None
    """Its value as told."""
    otherwise: Mapping[str, str]
    """For each kind of other values the verdict that it would give, all else as told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """The answer to one consultation without what could still change it: cheap enough for whole lists.

    Its fields are those of the same names of `Verdict`, and hold the same.
    """

    consultation: str
    verdict: str
    says: str
    why: str
    prospect: str
    as_of: str
    grounds: tuple[Finding, ...]
    concerns: tuple[Finding, ...]
    merits: tuple[Finding, ...]
    advice: tuple[Finding, ...]
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The answer to one consultation, with everything it rests on."""

    __pydantic_config__ = _DESCRIBED

    schema_version: int = SCHEMA_VERSION
    """Version of this form."""
    consultation: str
    """The kind of question, such as `should-connect`."""
    verdict: str
    """One of the consultation's verdicts."""
    says: str
    """The verdict in a few words, such as `Change it first`."""
    why: str
    """One sentence: what decided."""
    settled: bool
    """Whether no answer to any open question could change the verdict."""
    possible: tuple[str, ...]
    """Verdicts that are still possible, the most willing first; the verdict itself is among them."""
    exhaustive: bool
    """Whether `possible` is exact; false where the search was cut off, and it may then name too many."""
    prospect: str
    """Name of the person whom it is about, as told; empty where it is about nobody in particular."""
    as_of: str
    """Day on which the question was asked, as year-month-day."""
    grounds: tuple[Finding, ...]
    """Reasons to go ahead, the weightiest first."""
    concerns: tuple[Finding, ...]
    """Reasons against, the most cautious first."""
    merits: tuple[Finding, ...]
    """What is done well."""
    advice: tuple[Finding, ...]
    """What could be better and changes no verdict."""
    excused: tuple[Excused, ...]
    """Concerns that would stand but for an exception."""
    open_questions: tuple[OpenQuestion, ...]
    """In the order of what they would decide."""
    turning_points: tuple[TurningPoint, ...] = ()
    """Told facts of which one alone, were it otherwise, would give another verdict."""
    facts: Mapping[str, bool | int | str | tuple[str, ...]] = field(default_factory=dict)
    """Every known fact, in order of name."""
    language: str = ""
    """Language of the note, as ISO 639-1 code; empty where unknown."""
    knowledge_base: str = ""
    """Hash of the rules and knowledge that decided."""
