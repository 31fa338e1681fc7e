"""A rule, its effect, its examples and the settings it refers to.

A rule says when it holds, what blocks it, what follows, what the person reads and which passages it
rests on. All of it is written in `rules/`; nothing in Python adds to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from advisor.model.action import Actions
from advisor.model.condition import GROUND_FACT, Condition, Test, facts_of, tests
from advisor.model.vocabulary import FactValue, Vocabulary

EffectKind = Literal["ground", "concern", "merit", "advice", "conclude"]
"""`ground`: a reason to go ahead. `concern`: holds the verdict. `merit`: something done well.
`advice`: changes no verdict. `conclude`: derives a fact for other rules."""
Status = Literal["draft", "stable", "deprecated"]
Strength = Literal["plain", "reading", "weak"]
"""How sure: `plain` (an article says so), `reading` (our reading of a vague place), `weak`."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What follows where a rule holds."""

    kind: EffectKind
    target: str = ""
    """For a concern the verdict that it holds at; for a conclusion the fact; else empty."""


@dataclass(frozen=True, slots=True)
class Example:
    """A case that the rule's author vouches for: it runs as a test and appears in the docs."""

    name: str
    given: Mapping[str, FactValue]
    """Facts told or concluded; everything else is unknown."""
    holds: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """Condition, exceptions, effect, words and citations of one piece of guidance."""

    id: str
    title: str
    when: Condition
    effect: Effect
    cites: tuple[str, ...]
    """Passages that it rests on, as `source/passage`; the first is the one quoted first."""
    message: str = ""
    """What the person reads; may name `{facts}` that `when` makes known."""
    fix: str = ""
    """What to do about it; empty for grounds and conclusions."""
    unless: tuple[Condition, ...] = ()
    """Exceptions: each blocks the rule where it is definitely true."""
    readings: tuple[str, ...] = ()
    """Contradictions or vague places whose reading it follows."""
    shows: tuple[str, ...] = ()
    """Facts whose words in the note are quoted with the finding, besides those that `when` tests."""
    status: Status = "stable"
    strength: Strength = "plain"
    salience: int = 0
    """Order within a list of findings, greater first; never a matter of the verdict."""
    examples: tuple[Example, ...] = ()
    theme: str = ""
    """The file that it stands in, such as `when-to-avoid`."""
    file: str = ""
    line: int = 0
    """Where it is written, for complaints."""

    @property
    def facts(self) -> frozenset[str]:
        """Every fact that decides whether the rule holds."""
        return facts_of(self.when).union(*(facts_of(exception) for exception in self.unless))

    @property
    def leaves(self) -> tuple[Test, ...]:
        """Every test of the rule: those of its condition, then those of its exceptions."""
        return (*tests(self.when), *(test for exception in self.unless for test in tests(exception)))


@dataclass(frozen=True, slots=True)
class Setting:
    """A threshold or list that several rules share: one place to change it."""

    name: str
    value: int | tuple[str, ...]
    means: str
    cites: tuple[str, ...]
    readings: tuple[str, ...] = ()
    unit: str = ""


@dataclass(frozen=True, slots=True)
class VerdictLevel:
    """One step of a consultation's scale."""

    name: str
    says: str
    """What the person is told in a word or two, such as `Send it`."""
    means: str


@dataclass(frozen=True, slots=True)
class Consultation:
    """One kind of question: its scale, its policy, its facts and its rules."""

    id: str
    question: str
    verdicts: tuple[VerdictLevel, ...]
    """From the most willing to the most cautious: the most cautious standing concern decides."""
    vocabulary: Vocabulary
    settings: Mapping[str, Setting] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    actions: Actions = field(default_factory=Actions)
    """What a person can do about a verdict."""
    asked_if: Mapping[str, Condition] = field(default_factory=dict)
    """For facts whose question makes sense only at times: asked only where this is definitely true."""
    impossible: tuple[Condition, ...] = ()
    """Facts from outside that never stand together, such as `met.never` and a meeting: searches through what
    might be so pass over them. No rule and no verdict on what is told looks at them."""

    @property
    def active(self) -> tuple[Rule, ...]:
        """The stable rules, which alone are evaluated; drafts and deprecated rules are only shown."""
        return tuple(rule for rule in self.rules if rule.status == "stable")

    def makers(self, fact: str) -> tuple[Rule, ...]:
        """The active rules that settle a conclusion; for the ground, all grounds."""
        if fact == GROUND_FACT:
            return tuple(rule for rule in self.active if rule.effect.kind == "ground")
        return tuple(
            rule for rule in self.active if rule.effect.kind == "conclude" and rule.effect.target == fact
        )

    def caution(self, verdict: str) -> int:
        """Place of `verdict` on the scale, 0 for the most willing."""
        return next(place for place, level in enumerate(self.verdicts) if level.name == verdict)

    def level(self, verdict: str) -> VerdictLevel:
        """The step of the scale that is called `verdict`."""
        return self.verdicts[self.caution(verdict)]

    def rule(self, rule_id: str) -> Rule | None:
        """The rule called `rule_id`, or None."""
        return next((rule for rule in self.rules if rule.id == rule_id), None)
