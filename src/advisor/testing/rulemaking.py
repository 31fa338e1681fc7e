"""Strategies for vocabularies, conditions, rules, whole catalogs and consultations, and the facts of a case.

Everything drawn is what the catalog would let pass: tests fit the types of their facts, nothing depends
on itself, and exceptions name rules that are not conclusions. Names are short, ranges narrow and facts
few, so that rules share facts and values meet thresholds. Trees are drawn by hand, choice by choice: a
strategy made anew for every rule would cost more than the engines under test.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from hypothesis import strategies as st

from advisor.inference.engine import Program
from advisor.model.condition import GROUND_FACT, RULE_PREFIX, All, Any, Condition, Not, Operator, Test
from advisor.model.rule import Consultation, Effect, EffectKind, Rule, VerdictLevel
from advisor.model.vocabulary import FactSpec, FactType, FactValue, Option, Vocabulary

LOWEST, HIGHEST = -3, 6
"""Range of numbers in tests, and of most numbers in facts, so that they are often equal."""
LEVELS = ("connect", "revise", "wait", "avoid")
"""The scale of a made-up consultation, from the most willing to the most cautious."""
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


def _number(draw: st.DrawFn, least: int, most: int) -> int:
    return draw(st.integers(least, most))


def _one_of(draw: st.DrawFn, choices: Sequence[T]) -> T:
    return choices[_number(draw, 0, len(choices) - 1)]


def _some_of(draw: st.DrawFn, choices: Sequence[T], least: int = 0) -> tuple[T, ...]:
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
    specs = [concluded(f"c{place}") for place in range(_number(draw, 0, 4))]
    for place in range(_number(draw, 1, 8)):
        kind = _one_of(draw, KINDS)
        options = "abcdef"[: _number(draw, 1, 6)] if kind in ("choice", "choices") else ""
        specs.append(told(f"f{place}", kind, options))
    return Vocabulary({spec.name: spec for spec in specs})


def _range(spec: FactSpec) -> range:
    """Numbers in tests of a fact, and most of its values."""
    least, most = max(spec.minimum, LOWEST), min(spec.maximum, HIGHEST)
    return range(least, most + 1) if least <= most else range(spec.minimum, spec.minimum + 1)


def _value(draw: st.DrawFn, spec: FactSpec) -> FactValue:
    names = [option.name for option in spec.options]
    match spec.type:
        case "yes-no":
            return draw(st.booleans())
        case "number":
            far = _number(draw, 0, 9) == 0
            return _number(draw, spec.minimum, spec.maximum) if far else _one_of(draw, _range(spec))
        case "choice":
            return _one_of(draw, names)
        case "choices":
            return frozenset(_some_of(draw, names))


@st.composite
def cases(draw: st.DrawFn, vocabulary: Vocabulary) -> dict[str, FactValue]:
    """What is known in one case: all or part of what comes from outside, now and then a conclusion too.

    For a small vocabulary; `facts` heeds what a whole consultation says about its facts.
    """
    whole, conclusions_too = _one_of(draw, ((True, False), (False, False), (False, False), (False, True)))
    facts = {spec.name: _value(draw, spec) for spec in vocabulary.given if whole or draw(st.booleans())}
    if conclusions_too:
        names = _some_of(draw, [*(spec.name for spec in vocabulary.conclusions), GROUND_FACT])
        facts.update({name: draw(st.booleans()) for name in names})
    return facts


def _test(draw: st.DrawFn, spec: FactSpec) -> Test:
    op = _one_of(draw, ASKING + COMPARING if spec.type == "number" else ASKING)
    setting = _one_of(draw, SETTINGS)
    if op in ("known", "unknown"):
        return Test(spec.name, op, None, setting)
    constants: Sequence[bool | int | str] = [option.name for option in spec.options] or [False, True]
    if spec.type == "number":
        constants = _range(spec)
    if op in ("in", "not in"):
        return Test(spec.name, op, _some_of(draw, constants, least=1), setting)  # type: ignore[arg-type]
    return Test(spec.name, op, _one_of(draw, constants), setting)


def _condition(draw: st.DrawFn, tested: Sequence[FactSpec], fuel: int) -> Condition:
    shape = _number(draw, 0, 5) if fuel > 1 else 0
    if shape < 2:  # noqa: PLR2004 - one third are single tests
        return _test(draw, _one_of(draw, tested))
    if shape == 2:  # noqa: PLR2004 - the shapes are counted off
        return Not(_condition(draw, tested, fuel - 1))
    parts = tuple(_condition(draw, tested, fuel // 2) for _ in range(_number(draw, 1, 4)))
    return All(parts) if shape == 3 else Any(parts)  # noqa: PLR2004


@st.composite
def conditions(draw: st.DrawFn, vocabulary: Vocabulary, fuel: int = 8) -> Condition:
    """A condition over all of `vocabulary`, nested in any way."""
    return _condition(draw, tuple(vocabulary.facts.values()), fuel)


@st.composite
def rules(draw: st.DrawFn, vocabulary: Vocabulary, levels: Sequence[str] = LEVELS) -> Rule:
    """One rule of any kind over the facts that come from outside; `levels` are the verdicts of the scale.

    It looks at no conclusion and no other rule, so that it can be added to any rules over `vocabulary`.
    """
    kind = _one_of(draw, (*EFFECTS, *(["conclude"] if vocabulary.conclusions else [])))
    target = ""
    if kind == "concern":
        target = _one_of(draw, levels[1:] or levels)
    elif kind == "conclude":
        target = _one_of(draw, vocabulary.conclusions).name
    return _rule(draw, "made-up", Effect(kind, target), vocabulary.given)  # type: ignore[arg-type]


def _rule(draw: st.DrawFn, rule_id: str, effect: Effect, tested: Sequence[FactSpec]) -> Rule:
    exceptions = _number(draw, 0, 3) if draw(st.booleans()) else 0
    return Rule(
        id=rule_id,
        title=rule_id,
        when=_condition(draw, tested, 8),
        effect=effect,
        cites=("source/passage",),
        unless=tuple(_condition(draw, tested, 4) for _ in range(exceptions)),
        salience=_number(draw, -1, 1),
    )


@st.composite
def catalogs(draw: st.DrawFn, most: int = 8) -> Catalog:
    """Rules of every kind over one vocabulary: chains of conclusions, exceptions, grounds and the rest.

    A conclusion rests on earlier ones only, a rule names earlier rules only, and only what comes after
    the grounds asks whether there are any; `most` bounds the rules that are not conclusions.
    """
    vocabulary = draw(vocabularies())
    given, targets = vocabulary.given, vocabulary.conclusions
    made: list[Rule] = []
    for place, target in enumerate(targets):
        for repeat in range(_number(draw, 0, 2)):
            effect = Effect("conclude", target.name)
            made.append(_rule(draw, f"{target.name}-{repeat}", effect, (*given, *targets[:place])))
    count = _number(draw, 0, most)
    last_ground = _number(draw, 0, count)
    named: list[FactSpec] = []
    for place in range(count):
        before_grounds = place < last_ground
        kind = _one_of(draw, EFFECTS if before_grounds else EFFECTS[2:])
        tested = (*given, *targets, *named[-3:], *(() if before_grounds else (concluded(GROUND_FACT),)))
        made.append(_rule(draw, f"r{place}", Effect(kind, "wait" if kind == "concern" else ""), tested))
        named.append(concluded(f"{RULE_PREFIX}r{place}"))
    return Catalog(vocabulary, tuple(draw(st.permutations(made))))


def consultations(most: int = 6) -> st.SearchStrategy[Consultation]:
    """Whole consultations with a scale of four; `most` bounds the rules that are not conclusions."""
    return catalogs(most).map(as_consultation)


def as_consultation(catalog: Catalog) -> Consultation:
    """A consultation with a scale of four, on which the catalog's concerns hold at different places."""
    levels = iter(LEVELS[1:] * len(catalog.rules))
    made = [
        replace(rule, effect=Effect("concern", next(levels))) if rule.effect.kind == "concern" else rule
        for rule in sorted(catalog.rules, key=lambda each: each.id)
    ]
    # A conclusion that no rule draws is refused by the audit, so each gets one.
    known = Test(catalog.vocabulary.given[0].name, "known")
    drawn = {rule.effect.target for rule in made if rule.effect.kind == "conclude"}
    made += [
        replace(made[0], id=f"{spec.name}-made", when=known, unless=(), effect=Effect("conclude", spec.name))
        for spec in catalog.vocabulary.conclusions
        if made and spec.name not in drawn
    ]
    facts = {**catalog.vocabulary.facts, GROUND_FACT: concluded(GROUND_FACT)}
    scale = tuple(VerdictLevel(level, level, level) for level in LEVELS)
    return Consultation("demo", "May I?", scale, Vocabulary(facts), rules=tuple(made))
