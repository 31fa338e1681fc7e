"""The fact vocabulary: every fact that a rule may test, with its type, range, meaning and question.

It is the one source of truth about facts. The words come from `rules/<consultation>/facts.yaml`; this
module only gives them a shape and checks values against them. It refuses to know any single fact.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

FactValue = bool | int | str | frozenset[str]
"""A told value: yes/no, a whole number, one of a closed list, or several of a closed list."""

FactType = Literal["yes-no", "number", "choice", "choices"]
Origin = Literal["told", "draft", "computed", "concluded"]
Lever = Literal["draft", "profile", "time", "relationship", "channel", "purpose", "never"]

MAX_NUMBER = 1_000_000_000
"""Largest whole number a fact may hold: far above any count on the platform, far below 2**31."""


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a closed list."""

    name: str
    """How it is written in prospect files and rules."""
    means: str = ""
    """What it stands for, where the name alone does not say it."""
    also: tuple[str, ...] = ()
    """Other words that people write for it; understood when a prospect file is read."""


@dataclass(frozen=True, slots=True)
class FactSpec:
    """What is known about one fact before anybody tells it."""

    name: str
    """Dotted name, such as `mutuals.count`."""
    type: FactType
    """`yes-no`, `number` (whole), `choice` (one of `options`) or `choices` (any of `options`)."""
    means: str
    """What it says when it holds, or what it counts."""
    origin: Origin
    """Told by the person, read from the draft, computed from what was told, or concluded by rules."""
    ask: str = ""
    """The question that asks for it; empty for facts that are never asked."""
    told: str = ""
    """Where it is written in a prospect file, such as `relationship.known_as`."""
    sum_of: tuple[str, ...] = ()
    """Numbers that this one is the sum of, where all of them are known."""
    told_with: str = ""
    """The fact whose answer tells this one too, where it has no question of its own."""
    volunteered: bool = False
    """Whether it is told of one's own accord or not at all: nobody asks for it, no verdict waits for it."""
    changes_with: Lever = "never"
    """What would have to change for the fact to change."""
    options: tuple[Option, ...] = ()
    """The closed list, in the order in which it is shown."""
    minimum: int = 0
    """Smallest number, for `number`."""
    maximum: int = MAX_NUMBER
    """Largest number, for `number`."""
    unit: str = ""
    """Unit of a number, such as `requests`."""

    def complaint(self, value: object) -> str | None:
        """Say why `value` cannot be a value of this fact, or None where it can."""
        names = [option.name for option in self.options]
        fits, otherwise = True, ""
        match self.type:
            case "yes-no":
                fits, otherwise = isinstance(value, bool), "is neither yes nor no"
            case "number":
                whole = isinstance(value, int) and not isinstance(value, bool)
                fits = whole and self.minimum <= value <= self.maximum  # type: ignore[operator]
                otherwise = f"is not a whole number from {self.minimum} to {self.maximum}"
            case "choice":
                fits, otherwise = value in names, f"is not one of {', '.join(names)}"
            case "choices":
                fits = isinstance(value, frozenset) and value <= set(names)
                otherwise = f"is not a set of values out of {', '.join(names)}"
        return None if fits else f"{value!r} {otherwise}"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All facts of one consultation, by name."""

    facts: dict[str, FactSpec] = field(default_factory=dict)
    lists: dict[str, tuple[Option, ...]] = field(default_factory=dict)
    """Closed lists of places in a prospect file that are no fact by themselves, by place."""

    def __contains__(self, name: object) -> bool:
        return name in self.facts

    def __getitem__(self, name: str) -> FactSpec:
        return self.facts[name]

    @property
    def given(self) -> tuple[FactSpec, ...]:
        """The facts that come from outside the rules, in the vocabulary's order."""
        return tuple(spec for spec in self.facts.values() if spec.origin != "concluded")

    @property
    def conclusions(self) -> tuple[FactSpec, ...]:
        """The facts that rules derive, in the vocabulary's order."""
        return tuple(spec for spec in self.facts.values() if spec.origin == "concluded")

    def options_at(self, told: str) -> tuple[Option, ...]:
        """The closed list for the place `told` of a prospect file; empty where there is none."""
        if told in self.lists:
            return self.lists[told]
        return next((spec.options for spec in self.facts.values() if spec.told == told and spec.options), ())
