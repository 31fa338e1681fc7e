"""Conditions as functions, for those that evaluate the same ones by the hundred thousand."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from advisor.model.condition import All, Any, Condition, Not, Test, Truth, evaluate_test
from advisor.model.vocabulary import FactValue

NEVER: frozenset[str] = frozenset({"never told"})
"""The truth of what rests on a fact that nobody will tell: unknown for good. It is this very object."""

Found = Truth | frozenset[str]
"""What a check finds; `NEVER` only where facts count as told later."""
Check = Callable[[Mapping[str, FactValue]], Found]


def compiled(condition: Condition, *, told_later: bool = False, untold: Collection[str] = ()) -> Check:
    """A function that evaluates `condition`.

    With `told_later`, an unknown fact counts as one that will be told, so that `known` is unknown as long as
    the fact is: in the end, every fact has a value. Those that are named in `untold` have one only if they
    have it now: nobody asks for them.
    """
    match condition:
        case Not(part):
            inner = compiled(part, told_later=told_later, untold=untold)
            return lambda facts: not truth if isinstance(truth := inner(facts), bool) else truth
        case All(parts) | Any(parts):
            checks = tuple(compiled(part, told_later=told_later, untold=untold) for part in parts)
            stop = isinstance(condition, Any)

            def several(facts: Mapping[str, FactValue]) -> Found:
                result: Found = not stop
                for check in checks:
                    truth = check(facts)
                    if truth is stop:
                        return stop
                    if truth is None or (truth is NEVER and result is not None):
                        result = truth
                return result

            return several
        case Test() if told_later:
            return _settled_leaf(condition, never=condition.fact in untold)
        case Test(fact, "eq", bool(wanted)):
            return lambda facts: None if (value := facts.get(fact)) is None else value is wanted
        case Test():
            return lambda facts: evaluate_test(condition, facts)


def _settled_leaf(test: Test, *, never: bool) -> Check:
    """A test of a fact that will be told, or, with `never`, of one that will not."""
    fact, missing = test.fact, NEVER if never else None

    def settled(facts: Mapping[str, FactValue]) -> Found:
        value = facts.get(fact)
        known: Found = missing if value is None else NEVER if value is NEVER else True
        if test.op in ("known", "unknown"):
            return known if known is None else (known is True) is (test.op == "known")
        return evaluate_test(test, facts) if known is True else known

    return settled
