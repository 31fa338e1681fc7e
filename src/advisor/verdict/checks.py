"""Conditions as functions, for those that evaluate the same ones by the hundred thousand."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from advisor.model.condition import All, Any, Condition, Not, Test, Truth, evaluate_test
from advisor.model.vocabulary import FactValue

Check = Callable[[Mapping[str, FactValue]], Truth]


def compiled(condition: Condition, *, told_later: bool = False) -> Check:
    """A function that evaluates `condition`.

    With `told_later`, an unknown fact counts as one that will be told, so that `known` is unknown as long as
    the fact is: in the end, every fact has a value.
    """
    match condition:
        case Not(part):
            inner = compiled(part, told_later=told_later)
            return lambda facts: None if (truth := inner(facts)) is None else not truth
        case All(parts) | Any(parts):
            checks = tuple(compiled(part, told_later=told_later) for part in parts)
            stop = isinstance(condition, Any)

            def several(facts: Mapping[str, FactValue]) -> Truth:
                result: Truth = not stop
                for check in checks:
                    truth = check(facts)
                    if truth is stop:
                        return stop
                    if truth is None:
                        result = None
                return result

            return several
        case Test(fact, "known" | "unknown" as op) if told_later:
            return lambda facts: (op == "known") if fact in facts else None
        case Test(fact, "eq", bool(wanted)):
            return lambda facts: None if (value := facts.get(fact)) is None else value is wanted
        case Test():
            return lambda facts: evaluate_test(condition, facts)
