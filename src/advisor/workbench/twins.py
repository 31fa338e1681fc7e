"""Rules that are alike: the same in other words, all but the same, or of the same title."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from advisor.model.condition import All, Any, Condition, Not, Test, negation_normal
from advisor.model.lint import Lint
from advisor.model.rule import Consultation, Rule

_ALIKE = 3
"""Tests that two rules share at least where they are called alike; with fewer, most rules would be."""


def twins(consultation: Consultation) -> Iterator[Lint]:
    """Rules of one effect that hold in the same cases, or that differ in one test of several."""
    rules = consultation.own  # what is borrowed is doubted where it is written
    shapes = {rule.id: _shape(rule) for rule in rules}
    for first, second in combinations(rules, 2):
        if first.effect != second.effect or _apart_in_time(first, second):
            continue
        one, other = shapes[first.id], shapes[second.id]
        if one == other:
            message = f"this holds in the same cases as `{first.id}` and leads to the same"
            hint = "join the two, or see which of them is off"
            yield Lint("rule", second.id, ("when",), "identical-rules", message, hint)
        elif len(one & other) >= _ALIKE and len(one - other) <= 1 and len(other - one) <= 1:
            message = f"but for one test this is `{first.id}`, and it leads to the same"
            hint = "join the two with `any`, or see which of them is off"
            yield Lint("rule", second.id, ("when",), "near-identical-rules", message, hint)
    titles: dict[str, str] = {}
    for rule in (each for each in rules if each.effect.kind != "conclude"):  # nobody reads those
        if (former := titles.setdefault(rule.title.casefold(), rule.id)) != rule.id:
            message = f"`{former}` has the same title, so that people cannot tell them apart"
            yield Lint("rule", rule.id, ("title",), "same-title", message, "say what is particular about it")


def _apart_in_time(first: Rule, second: Rule) -> bool:
    """Whether one of them ends before the other begins."""
    return any(
        one.until is not None and other.since is not None and one.until < other.since
        for one, other in ((first, second), (second, first))
    )


def _shape(rule: Rule) -> frozenset[str]:
    """The tests of a rule with what they are a part of, so that order makes no difference."""
    parts = [
        ("when", negation_normal(rule.when)),
        *(("unless", negation_normal(each)) for each in rule.unless),
    ]
    return frozenset(word for role, part in parts for word in _shape_of(part, role))


def _shape_of(condition: Condition, role: str) -> Iterator[str]:
    match condition:
        case Test(fact, op, value):
            yield f"{role} {fact} {op} {value}"
        case Not(part):
            yield from _shape_of(part, f"{role} not")
        case All(parts):
            for part in parts:
                yield from _shape_of(part, role if role in ("when", "unless all") else f"{role} all")
        case Any(parts):
            for part in parts:
                yield from _shape_of(part, f"{role} any")
