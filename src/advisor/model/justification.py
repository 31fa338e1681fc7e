"""The justification tree as data, and what would turn the rules in it.

Rendering happens elsewhere, and so does finding out. Clauses repeat the rules' own words, so that whoever
reads an explanation can find each of them in `rules/`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from advisor.model.case import Span
from advisor.model.condition import Operator
from advisor.model.rule import EffectKind
from advisor.model.verdict import Citation
from advisor.model.vocabulary import Lever, Origin

Plain = bool | int | str | tuple[str, ...] | None
"""The value of a fact as JSON can hold it; None where it is unknown."""
ClauseKind = Literal["all", "any", "not", "fact", "rule"]

_DESCRIBED = {"use_attribute_docstrings": True}


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A condition of a rule, or a part of one, with the truth that it has in this case."""

    __pydantic_config__ = _DESCRIBED

    kind: ClauseKind
    """`all`, `any` and `not` have parts; `fact` tests a fact, `rule` whether another rule holds."""
    says: str
    """The test in plain words; empty for what has parts."""
    truth: bool | None
    """True, false, or null for unknown."""
    parts: tuple[Clause, ...] = ()
    """What it is made of, for `all`, `any` and `not`."""
    name: str = ""
    """The fact that is tested, or the rule."""
    op: Operator | None = None
    """How it is compared."""
    wanted: bool | int | str | tuple[str, ...] | tuple[int, ...] | None = None
    """The value it is compared with."""
    seen: Plain = None
    """The value it saw; null where it is unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTrace:
    """One rule in this case: whether it holds, and the truth of every clause."""

    __pydantic_config__ = _DESCRIBED

    rule: str
    """Id of the rule."""
    title: str
    """What it finds, in a few words."""
    effect: EffectKind
    """What follows where it holds."""
    target: str
    """For a concern the verdict that it holds at, for a conclusion the fact; else empty."""
    holds: bool
    """Whether its condition is true and no exception blocks it."""
    when: Clause
    """Its condition."""
    unless: tuple[Clause, ...]
    """Its exceptions: one that is true blocks it."""
    cites: tuple[str, ...]
    """Passages that it rests on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactSeen:
    """A fact that some clause looked at, and where its value comes from."""

    __pydantic_config__ = _DESCRIBED

    name: str
    """Name of the fact."""
    means: str
    """What it says or counts."""
    value: Plain
    """Its value; null where it is unknown."""
    origin: Origin
    """Told by the person, read from the draft, computed from what was told, or concluded by rules."""
    told: str
    """Where a prospect file tells it; empty where it does not."""
    spans: tuple[Span, ...] = ()
    """The words of the note that show it."""
    concluded_by: tuple[str, ...] = ()
    """Rules that conclude it and hold; for one that is false or unknown, all that could have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Justification:
    """The tree behind a verdict: findings, rules, clauses, facts, passages.

    A conclusion that several clauses look at stands once, under `rules`, and is named where it is used.
    """

    __pydantic_config__ = _DESCRIBED

    verdict: str
    """The verdict that it justifies."""
    findings: tuple[RuleTrace, ...]
    """The rules that hold and bear on the verdict: concerns, the most cautious first, then grounds."""
    set_aside: tuple[RuleTrace, ...]
    """Concerns whose condition is true and that an exception blocks."""
    rules: Mapping[str, RuleTrace]
    """Rules that settle what the findings look at, by id: those that conclude a fact, or are an exception."""
    facts: Mapping[str, FactSeen]
    """Every fact that some clause looks at, by name."""
    passages: Mapping[str, Citation]
    """Every passage that some rule here rests on, by id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One clause that would have to be otherwise."""

    __pydantic_config__ = _DESCRIBED

    clause: Clause
    """The clause as it is."""
    to: bool
    """What it would have to be: true or false."""
    says: str
    """What would have to be so, in plain words."""
    changes_with: Lever
    """What would have to change for that."""
    told: str
    """Where a prospect file tells it; empty where it does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMiss:
    """A rule, and the smallest sets of clauses that would turn it."""

    __pydantic_config__ = _DESCRIBED

    trace: RuleTrace
    """The rule as it stands."""
    turns: tuple[tuple[Turn, ...], ...]
    """Each set by itself would make the rule hold where it does not, and not hold where it does."""
    blocked_by: tuple[Clause, ...]
    """Exceptions that are true."""
    certain: bool = True
    """Whether all smallest sets are here; false where there were too many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyNot:
    """Why a rule does not hold, or why a verdict was not reached."""

    __pydantic_config__ = _DESCRIBED

    kind: Literal["rule", "verdict"]
    """What was asked about."""
    asked: str
    """The rule or the verdict that was asked about."""
    verdict: str
    """The verdict on the case."""
    holds: bool
    """Whether the rule holds after all, or the verdict is the one asked about."""
    must_fall: tuple[NearMiss, ...]
    """Concerns that hold the verdict at a more cautious place than the one asked about."""
    could_hold: tuple[NearMiss, ...]
    """The rule asked about; or, for a more cautious verdict, the concerns that hold at it, nearest first."""
    justification: Justification
    """What settles the facts that these rules look at; it has no findings of its own."""
