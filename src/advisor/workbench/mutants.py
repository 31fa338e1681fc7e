"""Small changes of a rule, such as a slip of the hand would make: each is one mutant.

Changes that come to the same are made once: `gt 3` is `gte 4`, so that a number moved by one stands for the
operator beside it too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from advisor.model.clauses import Clause, changed, clauses
from advisor.model.condition import COMPLEMENT, All, Any, Test
from advisor.model.mutation import Mutant
from advisor.model.rule import Consultation, Effect, Rule

_BETWEEN = ("lt", "lte", "gt", "gte")
_OPPOSITE = ("eq", "ne", "in", "known", "unknown", *_BETWEEN)


def mutants(rule: Rule, consultation: Consultation) -> Iterator[Mutant]:
    """All mutants of `rule`, from its condition to its effect."""
    for clause in clauses(rule):
        match clause.condition:
            case Test():
                yield from _of_test(rule, clause, clause.condition, consultation)
            case All(parts) | Any(parts):
                yield from _of_group(rule, clause)
                if len(parts) > 1:
                    name = "all" if isinstance(clause.condition, All) else "any"
                    for place in range(len(parts)):
                        path = (*clause.path, name, place)
                        yield Mutant("clause", rule, changed(rule, path, None), path, "the clause is dropped")
    for place in range(len(rule.unless)):
        path = ("unless", place)
        yield Mutant("exception", rule, changed(rule, path, None), path, "the exception is dropped")
    yield from _of_effect(rule, consultation)


def _of_test(rule: Rule, clause: Clause, test: Test, consultation: Consultation) -> Iterator[Mutant]:
    spec = consultation.vocabulary.facts.get(test.fact)
    number = isinstance(test.value, int) and not isinstance(test.value, bool)
    if number and isinstance(test.value, int):
        for step in (-1, 1):
            value = test.value + step
            if spec is None or spec.minimum <= value <= spec.maximum:
                mutant = changed(rule, clause.path, replace(test, value=value, setting=""))
                yield Mutant("threshold", rule, mutant, clause.path, f"{test.op} {test.value} → {value}")
    if test.op in _OPPOSITE:
        opposite = COMPLEMENT[test.op]
        mutant = changed(rule, clause.path, replace(test, op=opposite))
        yield Mutant("operator", rule, mutant, clause.path, f"{test.op} → {opposite}")
    if test.op in ("in", "not in") and isinstance(test.value, tuple) and len(test.value) > 1:
        for each in test.value:
            rest = tuple(value for value in test.value if value != each)
            mutant = changed(rule, clause.path, replace(test, value=rest, setting=""))  # type: ignore[arg-type]
            yield Mutant("value", rule, mutant, clause.path, f"`{each}` is dropped from the list")


def _of_group(rule: Rule, clause: Clause) -> Iterator[Mutant]:
    match clause.condition:
        case All(parts) if len(parts) > 1:
            yield Mutant("group", rule, changed(rule, clause.path, Any(parts)), clause.path, "all → any")
        case Any(parts) if len(parts) > 1:
            yield Mutant("group", rule, changed(rule, clause.path, All(parts)), clause.path, "any → all")


def _of_effect(rule: Rule, consultation: Consultation) -> Iterator[Mutant]:
    """The effect one step softer: what decides a verdict decides a milder one, or none."""
    effect = rule.effect
    if effect.kind == "concern":
        caution = consultation.caution(effect.target)
        softer = consultation.verdicts[caution - 1].name
        new = Effect("concern", softer) if caution > 1 else Effect("advice")
        said = softer if caution > 1 else "advice"
        yield Mutant("effect", rule, replace(rule, effect=new), ("then",), f"{effect.target} → {said}")
    elif effect.kind == "ground":
        new = Effect("merit")
        yield Mutant("effect", rule, replace(rule, effect=new), ("then",), "ground → merit")
    elif effect.kind == "conclude":
        yield Mutant("effect", rule, None, ("then",), f"{effect.target} is no longer concluded")
