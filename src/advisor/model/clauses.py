"""The clauses of a rule by their paths: which test stands where, and the rule with one of them otherwise.

A path is what leads to a place in the authored rule, such as `("when", "all", 1)`: whoever reads it finds the
clause in the file, and the reader of files finds its line and column.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from advisor.model.condition import All, Any, Condition, Not, Test, evaluate
from advisor.model.rule import Rule
from advisor.model.vocabulary import FactValue

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """One part of a rule's condition or of one of its exceptions."""

    path: Path
    condition: Condition


def shown(path: Path) -> str:
    """The path in one word, counted from 1.

    >>> shown(("when", "all", 1))
    'when.all.2'
    """
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in path)


def clauses(rule: Rule) -> Iterator[Clause]:
    """Every part of `rule`, from the outside in: its condition, then each exception."""
    yield from _within(rule.when, ("when",))
    for place, exception in enumerate(rule.unless):
        yield from _within(exception, ("unless", place))


def leaves(rule: Rule) -> Iterator[Clause]:
    """Every single test of `rule`."""
    return (each for each in clauses(rule) if isinstance(each.condition, Test))


def _within(condition: Condition, path: Path) -> Iterator[Clause]:
    yield Clause(path, condition)
    match condition:
        case Not(part):
            yield from _within(part, (*path, "not"))
        case All(parts) | Any(parts):
            name = "all" if isinstance(condition, All) else "any"
            for place, part in enumerate(parts):
                yield from _within(part, (*path, name, place))


def changed(rule: Rule, path: Path, new: Condition | None) -> Rule:
    """`rule` with `new` at `path`; None takes the clause out, which has to leave another one beside it.

    Raises:
        ValueError: where nothing would be left, or where there is no such clause.
    """
    if path not in {each.path for each in clauses(rule)}:
        raise ValueError("there is no such clause")
    if path[0] == "when":
        when = _put(rule.when, path[1:], new)
        if when is None:
            raise ValueError("a rule needs a condition")
        return replace(rule, when=when)
    place = path[1]
    after = [
        _put(each, path[2:], new) if number == place else each for number, each in enumerate(rule.unless)
    ]
    return replace(rule, unless=tuple(each for each in after if each is not None))


def _put(condition: Condition, path: Path, new: Condition | None) -> Condition | None:
    if not path:
        return new
    match condition:
        case Not(part):
            inner = _put(part, path[1:], new)
            return None if inner is None else Not(inner)
        case All(parts) | Any(parts):
            changed_parts = [
                _put(part, path[2:], new) if place == path[1] else part for place, part in enumerate(parts)
            ]
            kept = tuple(part for part in changed_parts if part is not None)
            if not kept:
                raise ValueError("a group needs a part")
            return replace(condition, parts=kept)
    raise ValueError("there is no such clause")


def holds(rule: Rule, facts: Mapping[str, FactValue]) -> bool:
    """Whether `rule` by itself holds on `facts`: its condition is true, and no exception definitely is."""
    return evaluate(rule.when, facts) is True and not any(
        evaluate(each, facts) is True for each in rule.unless
    )


def blocks_alone(rule: Rule, place: int, facts: Mapping[str, FactValue]) -> bool:
    """Whether the exception at `place`, and no other, keeps `rule` from holding on `facts`."""
    return evaluate(rule.when, facts) is True and [evaluate(each, facts) is True for each in rule.unless] == [
        number == place for number in range(len(rule.unless))
    ]
