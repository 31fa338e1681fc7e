"""Hypothesis strategies for vocabularies, conditions, rules, whole catalogs and the facts of a case.

Everything drawn is what the catalog would let pass: tests fit the types of their facts, nothing depends
on itself, and exceptions name rules that are not conclusions. Names are short, ranges narrow and facts
few, so that rules share facts and values meet thresholds. Trees are drawn by hand, choice by choice: a
strategy made anew for every rule would cost more than the engines under test.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from hypothesis import strategies as st

from advisor.inference.engine import Program
from advisor.model.condition import GROUND_FACT, RULE_PREFIX, All, Any, Condition, Not, Operator, Test
from advisor.model.rule import Effect, EffectKind, Rule
from advisor.model.vocabulary import FactSpec, FactType, FactValue, Option, Vocabulary

LOWEST, HIGHEST = -3, 6
"""Range of numbers in tests, and of most numbers in facts, so that they are often equal."""
KINDS: tuple[FactType, ...] = ("yes-no", "yes-no", "number", "choice", "choices")
ASKING: tuple[Operator, ...] = ("eq", "ne", "in", "not in", "known", "unknown")
COMPARING: tuple[Operator, ...] = ("lt", "lte", "gt", "gte")
EFFECTS: tuple[EffectKind, ...] = ("ground", "ground", "concern", "merit", "advice")
SETTINGS = ("", "", "pace.weekly")
"""Name of the setting that a constant came from: no engine may look at it."""

T = TypeVar("T")


@dataclass(frozen=True)
class Catalog:
    """A vocabulary and the rules over it."""

    vocabulary: Vocabulary
    rules: tuple[Rule, ...]

    @property
    def program(self) -> Program:
        """The rules made ready for an engine."""
        return Program.of(self.rules, self.vocabulary)


def number(draw: st.DrawFn, least: int, most: int) -> int:
    """A whole number between `least` and `most`."""
    return draw(st.integers(least, most))


def one_of(draw: st.DrawFn, choices: Sequence[T]) -> T:
    """One of `choices`."""
    return choices[number(draw, 0, len(choices) - 1)]


def some_of(draw: st.DrawFn, choices: Sequence[T], least: int = 0) -> tuple[T, ...]:
    """Any of `choices`, at least `least` of them, in their order."""
    chosen = tuple(choice for choice in choices if draw(st.booleans()))
    return chosen if len(chosen) >= least else tuple(choices[:least])


def told(name: str, kind: FactType, options: Sequence[str] = ()) -> FactSpec:
    """A fact that comes from outside the rules."""
    return FactSpec(
        name=name,
        type=kind,
        means=name,
        origin="told",
        options=tuple(Option(option) for option in options),
        minimum=LOWEST if kind == "number" else 0,
    )


def concluded(name: str) -> FactSpec:
    """A fact that rules derive."""
    return FactSpec(name=name, type="yes-no", means=name, origin="concluded")


@st.composite
def vocabularies(draw: st.DrawFn) -> Vocabulary:
    """One to eight facts from outside, `f0` to `f7`, and up to four conclusions, `c0` to `c3`."""
    specs = [concluded(f"c{place}") for place in range(number(draw, 0, 4))]
    for place in range(number(draw, 1, 8)):
        kind = one_of(draw, KINDS)
        options = "abcdef"[: number(draw, 1, 6)] if kind in ("choice", "choices") else ""
        specs.append(told(f"f{place}", kind, options))
    return Vocabulary({spec.name: spec for spec in specs})


def _value(draw: st.DrawFn, spec: FactSpec) -> FactValue:
    names = [option.name for option in spec.options]
    match spec.type:
        case "yes-no":
            return draw(st.booleans())
        case "number":
            far = number(draw, 0, 9) == 0
            return number(draw, spec.minimum, spec.maximum) if far else number(draw, LOWEST, HIGHEST)
        case "choice":
            return one_of(draw, names)
        case "choices":
            return frozenset(some_of(draw, names))


@st.composite
def cases(draw: st.DrawFn, vocabulary: Vocabulary) -> dict[str, FactValue]:
    """What is known in one case: all or part of what comes from outside, now and then a conclusion too."""
    whole, conclusions_too = one_of(draw, ((True, False), (False, False), (False, False), (False, True)))
    facts = {spec.name: _value(draw, spec) for spec in vocabulary.given if whole or draw(st.booleans())}
    if conclusions_too:
        names = some_of(draw, [*(spec.name for spec in vocabulary.conclusions), GROUND_FACT])
        facts.update({name: draw(st.booleans()) for name in names})
    return facts


def _test(draw: st.DrawFn, spec: FactSpec) -> Test:
    op = one_of(draw, ASKING + COMPARING if spec.type == "number" else ASKING)
    setting = one_of(draw, SETTINGS)
    if op in ("known", "unknown"):
        return Test(spec.name, op, None, setting)
    constants: Sequence[bool | int | str] = [option.name for option in spec.options] or [False, True]
    if spec.type == "number":
        constants = range(LOWEST, HIGHEST + 1)
    if op in ("in", "not in"):
        return Test(spec.name, op, some_of(draw, constants, least=1), setting)  # type: ignore[arg-type]
    return Test(spec.name, op, one_of(draw, constants), setting)


def _condition(draw: st.DrawFn, tested: Sequence[FactSpec], fuel: int) -> Condition:
    shape = number(draw, 0, 5) if fuel > 1 else 0
    if shape < 2:
        return _test(draw, one_of(draw, tested))
    if shape == 2:
        return Not(_condition(draw, tested, fuel - 1))
    count = number(draw, 1, 4)
    parts = tuple(_condition(draw, tested, fuel // 2) for _ in range(count))
    return All(parts) if shape == 3 else Any(parts)


@st.composite
def conditions(draw: st.DrawFn, vocabulary: Vocabulary, fuel: int = 8) -> Condition:
    """A condition over all of `vocabulary`, nested in any way."""
    return _condition(draw, tuple(vocabulary.facts.values()), fuel)


def _rule(draw: st.DrawFn, rule_id: str, effect: Effect, tested: Sequence[FactSpec]) -> Rule:
    exceptions = number(draw, 0, 3) if draw(st.booleans()) else 0
    return Rule(
        id=rule_id,
        title=rule_id,
        when=_condition(draw, tested, 8),
        effect=effect,
        cites=("source/passage",),
        unless=tuple(_condition(draw, tested, 4) for _ in range(exceptions)),
        salience=number(draw, -1, 1),
    )


@st.composite
def catalogs(draw: st.DrawFn, most: int = 8) -> Catalog:
    """Rules of every kind over one vocabulary: chains of conclusions, exceptions, grounds and the rest.

    A conclusion rests on earlier ones only, a rule names earlier rules only, and only what comes after
    the grounds asks whether there are any; `most` bounds the rules that are not conclusions.
    """
    vocabulary = draw(vocabularies())
    given, targets = vocabulary.given, vocabulary.conclusions
    rules: list[Rule] = []
    for place, target in enumerate(targets):
        for repeat in range(number(draw, 0, 2)):
            effect = Effect("conclude", target.name)
            rules.append(_rule(draw, f"{target.name}-{repeat}", effect, (*given, *targets[:place])))
    count = number(draw, 0, most)
    last_ground = number(draw, 0, count)
    named: list[FactSpec] = []
    for place in range(count):
        before_grounds = place < last_ground
        kind = one_of(draw, EFFECTS if before_grounds else EFFECTS[2:])
        tested = (*given, *targets, *named[-3:], *(() if before_grounds else (concluded(GROUND_FACT),)))
        rules.append(_rule(draw, f"r{place}", Effect(kind, "wait" if kind == "concern" else ""), tested))
        named.append(concluded(f"{RULE_PREFIX}r{place}"))
    return Catalog(vocabulary, tuple(draw(st.permutations(rules))))
