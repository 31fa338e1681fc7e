"""Facts as unknowns of a solver: whether each is known, and which value it then has.

A yes-no becomes a Boolean, a number an integer within its limits, a choice one Boolean for each option of
which exactly one is true, and several choices one Boolean for each. Nothing here knows rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any as Untyped

import z3  # type: ignore[import-untyped,unused-ignore]

from advisor.model.condition import Test, evaluate_test
from advisor.model.vocabulary import FactSpec, FactValue

Formula = Untyped
"""A Boolean expression of the solver."""
TRUE, FALSE = z3.BoolVal(True), z3.BoolVal(False)


def both(parts: Iterable[Formula]) -> Formula:
    """True where every one of `parts` is; what is certain leaves no trace."""
    kept = [part for part in parts if not z3.is_true(part)]
    if any(z3.is_false(part) for part in kept):
        return FALSE
    return TRUE if not kept else kept[0] if len(kept) == 1 else z3.And(kept)


def either(parts: Iterable[Formula]) -> Formula:
    """True where some of `parts` is; what is certain leaves no trace."""
    kept = [part for part in parts if not z3.is_false(part)]
    if any(z3.is_true(part) for part in kept):
        return TRUE
    return FALSE if not kept else kept[0] if len(kept) == 1 else z3.Or(kept)


def opposite(part: Formula) -> Formula:
    """True where `part` is not."""
    if z3.is_true(part) or z3.is_false(part):
        return FALSE if z3.is_true(part) else TRUE
    return part.arg(0) if z3.is_not(part) else z3.Not(part)


@dataclass(frozen=True, slots=True)
class Pair:
    """A truth of three values: definitely true, definitely false, and unknown where neither is."""

    true: Formula
    false: Formula

    @property
    def known(self) -> Formula:
        """Where it is not unknown."""
        return either((self.true, self.false))

    @property
    def negated(self) -> Pair:
        """The opposite truth; unknown stays unknown."""
        return Pair(self.false, self.true)


UNKNOWN = Pair(FALSE, FALSE)


@dataclass(frozen=True, slots=True)
class Symbol:
    """One fact whose value is to be found."""

    spec: FactSpec
    known: Formula
    value: Untyped
    """A Boolean, an integer, or a Boolean for each option by its name."""

    @classmethod
    def of(cls, spec: FactSpec, mark: str = "") -> Symbol:
        """The unknown for `spec`; `mark` tells several unknowns for one fact apart."""
        name = f"{mark}{spec.name}"
        value: Untyped
        match spec.type:
            case "yes-no":
                value = z3.Bool(f"{name}=yes")
            case "number":
                value = z3.Int(name)
            case _:
                value = {option.name: z3.Bool(f"{name}={option.name}") for option in spec.options}
        return cls(spec, z3.Bool(f"{name}?"), value)

    @property
    def limits(self) -> Iterator[Formula]:
        """What keeps the value within those that the fact can have."""
        if self.spec.type == "number":
            yield self.value >= self.spec.minimum
            yield self.value <= self.spec.maximum
        elif self.spec.type == "choice":
            yield z3.Or(list(self.value.values()))
            yield from (
                z3.Or(z3.Not(one), z3.Not(other)) for one, other in combinations(self.value.values(), 2)
            )

    def truth(self, test: Test) -> Pair:
        """What `test` says of the fact."""
        if test.op in ("known", "unknown"):
            pair = Pair(self.known, opposite(self.known))
            return pair if test.op == "known" else pair.negated
        holds = self._holds(test)
        return Pair(both((self.known, holds)), both((self.known, opposite(holds))))

    def is_(self, value: FactValue | None) -> Formula:
        """That the fact has just this value, or is unknown where that is None."""
        if value is None:
            return z3.Not(self.known)
        match self.spec.type:
            case "yes-no":
                return z3.And(self.known, self.value == bool(value))
            case "number":
                return z3.And(self.known, self.value == value)
            case _:
                chosen = value if isinstance(value, frozenset) else {value}
                return z3.And(self.known, *(each == (name in chosen) for name, each in self.value.items()))

    def one_of(self, values: Iterable[FactValue]) -> Formula:
        """That the fact has one of `values`."""
        return either(self.is_(value) for value in values)

    def differs(self, other: Symbol) -> Formula:
        """That this unknown has another value than `other`, which stands for the same fact."""
        if isinstance(self.value, dict):
            return either(z3.Xor(each, other.value[name]) for name, each in self.value.items())
        return self.value != other.value

    def decoded(self, model: Untyped) -> FactValue | None:
        """The value that the fact has in `model`; None where it is unknown there."""

        def says(formula: Formula) -> bool:
            return bool(z3.is_true(model.eval(formula, model_completion=True)))

        if not says(self.known):
            return None
        match self.spec.type:
            case "yes-no":
                return says(self.value)
            case "number":
                return int(model.eval(self.value, model_completion=True).as_long())
            case "choice":
                return next(str(name) for name, each in self.value.items() if says(each))
            case "choices":
                return frozenset(name for name, each in self.value.items() if says(each))

    def _holds(self, test: Test) -> Formula:
        """That `test` is true of the value, where there is one."""
        wanted = test.value if isinstance(test.value, tuple) else (test.value,)
        match self.spec.type:
            case "yes-no":
                yes, no = (evaluate_test(test, {test.fact: value}) for value in (True, False))
                return (TRUE if no else self.value) if yes else (z3.Not(self.value) if no else FALSE)
            case "number":
                return self._compared(test, wanted)
            case "choice":
                right = [each for name, each in self.value.items() if evaluate_test(test, {test.fact: name})]
                wrong = [
                    each for name, each in self.value.items() if not evaluate_test(test, {test.fact: name})
                ]
                return either(right) if len(right) <= len(wrong) else opposite(either(wrong))
            case "choices":
                some = either(each for name, each in self.value.items() if name in wanted)
                return some if test.op in ("eq", "in") else opposite(some)

    def _compared(self, test: Test, wanted: tuple[Untyped, ...]) -> Formula:
        match test.op:
            case "lt":
                return self.value < wanted[0]
            case "lte":
                return self.value <= wanted[0]
            case "gt":
                return self.value > wanted[0]
            case "gte":
                return self.value >= wanted[0]
        equal = either(self.value == number for number in wanted)
        return equal if test.op in ("eq", "in") else opposite(equal)


Symbols = Mapping[str, Symbol]
"""The unknowns of one case, by fact."""


def symbols_for(specs: Iterable[FactSpec], mark: str = "") -> dict[str, Symbol]:
    """An unknown for each of `specs`."""
    return {spec.name: Symbol.of(spec, mark) for spec in specs}


def limits_of(symbols: Symbols) -> list[Formula]:
    """What keeps the values of `symbols` within those that their facts can have."""
    return [limit for symbol in symbols.values() for limit in symbol.limits]


def facts_in(model: Untyped, symbols: Symbols) -> dict[str, FactValue]:
    """What is known in `model`, as an engine takes it."""
    values = ((name, symbol.decoded(model)) for name, symbol in symbols.items())
    return {name: value for name, value in values if value is not None}
