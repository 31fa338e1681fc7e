"""The condition tree and Kleene's three truth values.

One tree serves every engine, the explanation facility, the documentation and (later) the solver. A
condition is data: it holds no code of any engine and no opinion about etiquette.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from advisor.model.vocabulary import FactValue

Truth = bool | None
"""True, False, or None for unknown (Kleene's strong logic)."""

Operator = Literal["eq", "ne", "lt", "lte", "gt", "gte", "in", "not in", "known", "unknown"]
"""`not in` and `unknown` are what negation makes of `in` and `known`; authors write the latter."""

COMPLEMENT: dict[Operator, Operator] = {
    "eq": "ne", "ne": "eq", "lt": "gte", "gte": "lt", "gt": "lte", "lte": "gt",
    "in": "not in", "not in": "in", "known": "unknown", "unknown": "known",
}  # fmt: skip

_COMPARISONS: dict[Operator, Callable[..., bool]] = {
    "eq": operator.eq, "ne": operator.ne,
    "lt": operator.lt, "lte": operator.le, "gt": operator.gt, "gte": operator.ge,
    "in": lambda actual, wanted: actual in wanted,
    "not in": lambda actual, wanted: actual not in wanted,
}  # fmt: skip

RULE_PREFIX = "rule:"
"""A leaf may test whether another rule holds: its fact is then `rule:<id>`."""
GROUND_FACT = "verdict.ground"
"""True where any ground stands. Closed-world: where none stands it is false, never unknown."""


@dataclass(frozen=True, slots=True)
class Test:
    """A leaf: one fact against a constant."""

    fact: str
    op: Operator
    value: bool | int | str | tuple[str, ...] | tuple[int, ...] | None = None
    """The constant; a tuple for `in` and `not in`; None for `known` and `unknown`."""
    setting: str = ""
    """Name of the setting that the constant came from; empty where it was written out."""


@dataclass(frozen=True, slots=True)
class All:
    """True where every part is true; the empty `All` is refused when rules are read."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """True where some part is true; the empty `Any` is refused when rules are read."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """True where the part is false; unknown stays unknown."""

    part: Condition


Condition = Test | All | Any | Not


def evaluate(condition: Condition, facts: Mapping[str, FactValue]) -> Truth:
    """Truth of `condition` where `facts` holds what is known; a missing fact is unknown.

    >>> evaluate(Not(Test("known", "eq", True)), {}) is None
    True
    >>> evaluate(Any((Test("n", "gte", 3), Test("known", "eq", True))), {"n": 3})
    True
    """
    match condition:
        case Test():
            return evaluate_test(condition, facts)
        case Not(part):
            truth = evaluate(part, facts)
            return None if truth is None else not truth
        case All(parts):
            return _several(parts, facts, decides=False)
        case Any(parts):
            return _several(parts, facts, decides=True)


def _several(parts: tuple[Condition, ...], facts: Mapping[str, FactValue], *, decides: bool) -> Truth:
    """One part that is `decides` decides; else one unknown part leaves the whole unknown."""
    result: Truth = not decides
    for part in parts:
        truth = evaluate(part, facts)
        if truth is decides:
            return decides
        if truth is None:
            result = None
    return result


def evaluate_test(test: Test, facts: Mapping[str, FactValue]) -> Truth:
    """Truth of one leaf. Only `known` and `unknown` are never unknown themselves."""
    actual = facts.get(test.fact)
    if test.op in ("known", "unknown"):
        return (actual is not None) == (test.op == "known")
    if actual is None:
        return None
    if isinstance(actual, frozenset):
        # Of several values, one that is wanted is enough; `ne` and `not in` ask that there is none.
        wanted = test.value if isinstance(test.value, tuple) else (test.value,)
        return (not actual.isdisjoint(wanted)) == (test.op in ("eq", "in"))
    return bool(_COMPARISONS[test.op](actual, test.value))


def negation_normal(condition: Condition, *, negated: bool = False) -> Condition:
    """The same condition with every `not` pushed into the leaves, as an engine needs it.

    The result is true in exactly the cases in which `condition` is true (for `negated`: false), so an
    engine that can only see what is true can compute both.
    """
    match condition:
        case Test(fact, op, value, setting):
            return Test(fact, COMPLEMENT[op], value, setting) if negated else condition
        case Not(part):
            return negation_normal(part, negated=not negated)
        case All(parts):
            inner = tuple(negation_normal(part, negated=negated) for part in parts)
            return Any(inner) if negated else All(inner)
        case Any(parts):
            inner = tuple(negation_normal(part, negated=negated) for part in parts)
            return All(inner) if negated else Any(inner)


def tests(condition: Condition) -> Iterator[Test]:
    """The leaves, from left to right."""
    match condition:
        case Test():
            yield condition
        case Not(part):
            yield from tests(part)
        case All(parts) | Any(parts):
            for part in parts:
                yield from tests(part)


def facts_of(condition: Condition) -> frozenset[str]:
    """Names of all facts that `condition` looks at."""
    return frozenset(test.fact for test in tests(condition))


def mapped(condition: Condition, change: Callable[[Test], Test]) -> Condition:
    """The same condition with every leaf as `change` makes it."""
    match condition:
        case Test():
            return change(condition)
        case Not(part):
            return Not(mapped(part, change))
        case All(parts):
            return All(tuple(mapped(part, change) for part in parts))
        case Any(parts):
            return Any(tuple(mapped(part, change) for part in parts))
