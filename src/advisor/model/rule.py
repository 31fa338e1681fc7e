"""A rule, its effect, its examples and the settings it refers to.

A rule says when it holds, what blocks it, what follows, what the person reads and which passages it
rests on. All of it is written in `rules/`; nothing in Python adds to it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal

from advisor.model.action import Actions
from advisor.model.condition import GROUND_FACT, Condition, Test, facts_of, mapped, tests
from advisor.model.subject import PROSPECT
from advisor.model.vocabulary import FactSpec, FactValue, Vocabulary

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
    line: int = 0
    """Where it is written."""


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
    words: tuple[str, ...] = ()
    """Sentences to start from, ready to be sent; one that quotes what nobody told is left out."""
    within: str = ""
    """Name of the setting that says in how many days it should be done; empty where no day is named."""
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
    since: date | None = None
    """The first day on which it is in force; None where it always was."""
    until: date | None = None
    """The last day on which it is in force; None where no end is known."""
    review_by: date | None = None
    """When somebody should see whether it still holds."""
    formerly: tuple[str, ...] = ()
    """Ids that it had before, by which it is still found."""
    theme: str = ""
    """The file that it stands in, such as `when-to-avoid`."""
    file: str = ""
    line: int = 0
    """Where it is written, for complaints."""

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text of the rule that may quote facts, settings and what was told."""
        return (self.message, self.fix, *self.words)

    @property
    def facts(self) -> frozenset[str]:
        """Every fact that decides whether the rule holds."""
        return facts_of(self.when).union(*(facts_of(exception) for exception in self.unless))

    def in_force(self, day: date) -> bool:
        """Whether it counts on `day`, as far as its dates go."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    @property
    def standing(self) -> str:
        """What limits it, in words, such as `draft, until 2026-08-31`; empty where nothing does."""
        return ", ".join(
            [
                *([self.status] if self.status != "stable" else []),
                *([f"from {self.since}"] if self.since else []),
                *([f"until {self.until}"] if self.until else []),
            ]
        )

    @property
    def leaves(self) -> tuple[Test, ...]:
        """Every test of the rule: those of its condition, then those of its exceptions."""
        return (*tests(self.when), *(test for exception in self.unless for test in tests(exception)))


@dataclass(frozen=True, slots=True)
class SettingChange:
    """Another value of a setting, from a day on."""

    since: date
    value: int | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """A threshold or list that several rules share: one place to change it."""

    name: str
    value: int | tuple[str, ...]
    means: str
    cites: tuple[str, ...]
    readings: tuple[str, ...] = ()
    unit: str = ""
    changes: tuple[SettingChange, ...] = ()
    """Values that take its place later, the earliest first."""

    def on(self, day: date) -> Setting:
        """The setting with the value that it has on `day`."""
        return next(
            (replace(self, value=each.value) for each in reversed(self.changes) if each.since <= day), self
        )


@dataclass(frozen=True, slots=True)
class VerdictLevel:
    """One step of a consultation's scale."""

    name: str
    says: str
    """What the person is told in a word or two, such as `Send it`."""
    means: str


@dataclass(frozen=True, slots=True)
class Headings:
    """Under which headings a person reads what was found."""

    grounds: str = "For"
    concerns: str = "Against"
    fixes: str = "What to change"


@dataclass(frozen=True, slots=True)
class Borrowed:
    """What a consultation takes from the one that it borrows from, by kind."""

    rules: frozenset[str] = frozenset()
    """Ids of rules, which are all conclusions."""
    facts: frozenset[str] = frozenset()
    settings: frozenset[str] = frozenset()


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
    subject: str = PROSPECT
    """What it is asked about, a name in `advisor.model.subject.SUBJECTS`."""
    headings: Headings = field(default_factory=Headings)
    """Under which headings a person reads what was found."""
    borrows: str = ""
    """The consultation whose facts, settings and conclusions it may use; empty where there is none."""
    borrowed: Borrowed = Borrowed()
    """Which of its rules, facts and settings are that consultation's."""

    @property
    def active(self) -> tuple[Rule, ...]:
        """The stable rules, which alone are evaluated; drafts and deprecated rules are only shown."""
        return tuple(rule for rule in self.rules if rule.status == "stable")

    @property
    def written(self) -> tuple[Rule, ...]:
        """The rules that are written for this consultation, whatever their status: none that it borrows."""
        return tuple(rule for rule in self.rules if rule.id not in self.borrowed.rules)

    @property
    def own(self) -> tuple[Rule, ...]:
        """Those of them that are active."""
        return tuple(rule for rule in self.written if rule.status == "stable")

    @property
    def own_facts(self) -> tuple[FactSpec, ...]:
        """The facts that are written for this consultation."""
        return tuple(spec for spec in self.vocabulary.facts.values() if spec.name not in self.borrowed.facts)

    @property
    def own_settings(self) -> tuple[Setting, ...]:
        """The settings that are written for this consultation."""
        return tuple(each for each in self.settings.values() if each.name not in self.borrowed.settings)

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

    def verdict_where(self, held: Collection[str]) -> str:
        """The verdict where the rules `held` hold: that of the most cautious concern among them."""
        targets = [
            rule.effect.target
            for rule in self.rules
            if rule.id in held and rule.effect.kind == "concern" and rule.status == "stable"
        ]
        return max(targets, key=self.caution, default=self.verdicts[0].name)

    def rivals(self, rule: Rule) -> tuple[Rule, ...]:
        """Other active rules beside which the effect of `rule` cannot be seen where they hold too.

        They are none for rules that bear on nothing.
        """
        others = [each for each in self.active if each.id != rule.id]
        match rule.effect.kind:
            case "concern":
                least = self.caution(rule.effect.target)
                return tuple(
                    each
                    for each in others
                    if each.effect.kind == "concern" and self.caution(each.effect.target) >= least
                )
            case "ground" | "conclude":
                return tuple(each for each in others if each.effect == rule.effect)
            case _:
                return ()

    def level(self, verdict: str) -> VerdictLevel:
        """The step of the scale that is called `verdict`."""
        return self.verdicts[self.caution(verdict)]

    def rule(self, rule_id: str) -> Rule | None:
        """The rule called `rule_id`, or None."""
        return next((rule for rule in self.rules if rule.id == rule_id), None)

    def renamed(self, old_id: str) -> Rule | None:
        """The rule that was called `old_id` before, or None."""
        return next((rule for rule in self.rules if old_id in rule.formerly), None)

    @property
    def turns(self) -> tuple[date, ...]:
        """The days from which on other rules or other values hold than the day before, in order."""
        days = {each.since for setting in self.settings.values() for each in setting.changes}
        for rule in self.rules:
            days |= {rule.since} if rule.since else set()
            days |= {rule.until + timedelta(days=1)} if rule.until and rule.until < date.max else set()
        return tuple(sorted(days))

    def on(self, day: date) -> Consultation:
        """The consultation as it is on `day`: rules in force, and settings with their values of that day."""
        if not self.turns:
            return self
        settings = {name: setting.on(day) for name, setting in self.settings.items()}
        changed = {name for name, setting in settings.items() if setting != self.settings[name]}
        rules = tuple(rule for rule in self.rules if rule.in_force(day))
        if not changed:
            return replace(self, rules=rules)

        def of_the_day(test: Test) -> Test:
            return replace(test, value=settings[test.setting].value) if test.setting in changed else test

        return replace(
            self,
            settings=settings,
            rules=tuple(
                replace(
                    rule,
                    when=mapped(rule.when, of_the_day),
                    unless=tuple(mapped(each, of_the_day) for each in rule.unless),
                )
                for rule in rules
            ),
            actions=self.actions.mapped(of_the_day),
            asked_if={fact: mapped(each, of_the_day) for fact, each in self.asked_if.items()},
            impossible=tuple(mapped(each, of_the_day) for each in self.impossible),
        )
