"""A strategy for the facts of a case, made from the fact vocabulary and the rules of any consultation.

Values lie where rules tell them apart: at the numbers that tests compare with and on either side of them, and
now and then far out. Two of three cases are steered towards one rule's holding, or its not holding. Numbers
that are sums of others are their sums, and what the vocabulary calls impossible never stands together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Literal

from hypothesis import reject
from hypothesis import strategies as st

from advisor.model.condition import Condition, evaluate, facts_of
from advisor.model.rule import Consultation
from advisor.model.vocabulary import FactSpec, FactValue
from advisor.testing.shipped import should_connect
from advisor.testing.steering import Steering
from advisor.verdict.possible import classes, tests_by_fact

How = Literal["few", "some", "most", "whole"]
HOW: tuple[How, ...] = ("few", "some", "most", "whole")
FEW = 6
"""Most facts of a case of which little is told."""
FAR_OUT = 12
"""One value in so many lies anywhere in its fact's range."""


def facts(
    consultation: Consultation | None = None, *, how: How | None = None
) -> st.SearchStrategy[dict[str, FactValue]]:
    """What may be known in one case, by fact; conclusions are left to the rules.

    `how` much is told: `few` facts, `some` (any of them), `most`, or the `whole`; where that is left out,
    each of these at times. Without `consultation`, the shipped one.
    """
    if consultation is None:
        return st.deferred(lambda: facts(should_connect(), how=how))
    return _facts(_Known(consultation), how)


def contradictions(consultation: Consultation, told: Mapping[str, FactValue]) -> list[Condition]:
    """The conditions that the vocabulary calls impossible and that are true where these facts are told."""
    return [condition for condition in consultation.impossible if evaluate(condition, told) is True]


def edges(consultation: Consultation, most: int) -> tuple[int, ...]:
    """All numbers from 0 to `most` that tests of any fact compare with, and those on either side of them."""
    values = {
        value + step
        for tests in tests_by_fact(consultation).values()
        for test in tests
        for value in (test.value if isinstance(test.value, tuple) else (test.value,))
        if isinstance(value, int) and not isinstance(value, bool)
        for step in (-1, 0, 1)
    }
    return tuple(sorted(value for value in values | {0, 1} if 0 <= value <= most))


def every_value(spec: FactSpec, least: int, most: int) -> list[FactValue]:
    """All values of a fact; of numbers those from `least` to `most` that the fact may have."""
    names = [option.name for option in spec.options]
    match spec.type:
        case "yes-no":
            return [True, False]
        case "number":
            return list(range(max(spec.minimum, least), min(spec.maximum, most) + 1))
        case "choice":
            return [*names]
        case "choices":
            sizes = range(len(names) + 1)
            return [frozenset(some) for size in sizes for some in combinations(names, size)]


class _Known:
    """What is worked out once about the facts of a consultation."""

    def __init__(self, consultation: Consultation) -> None:
        given = consultation.vocabulary.given
        by_class = classes(consultation)
        self.consultation = consultation
        self.specs = {spec.name: spec for spec in given}
        self.near = {spec.name: _near(spec, by_class.get(spec.name, ())) for spec in given}
        """Values by fact that the rules tell apart, with those beside them."""
        self.steering = Steering(consultation, self.near)
        self.sums = tuple(spec for spec in given if spec.sum_of)
        """Sums, those that others are made of first."""
        self.parts = tuple({part: None for total in self.sums for part in total.sum_of})
        """Numbers that some sum is made of and that are no sums themselves."""
        names = {spec.name for spec in self.sums}
        self.sums = tuple(sorted(self.sums, key=lambda spec: self._depth(spec, names)))
        self.parts = tuple(part for part in self.parts if part not in names)
        looked_at = [(condition, facts_of(condition)) for condition in consultation.impossible]
        self.impossible = {
            name: tuple(condition for condition, facts in looked_at if name in facts) for name in self.specs
        }

    def _depth(self, spec: FactSpec, sums: set[str]) -> int:
        inner = [self.specs[part] for part in spec.sum_of if part in sums]
        return 1 + max((self._depth(each, sums) for each in inner), default=0)

    def own_part(self, total: FactSpec) -> str | None:
        """A part of `total` that no other sum has, by which it can be brought to any value."""
        others = {part for each in self.sums if each is not total for part in each.sum_of}
        return next((part for part in total.sum_of if part in self.parts and part not in others), None)


def _near(spec: FactSpec, by_class: Sequence[FactValue]) -> tuple[FactValue, ...]:
    """Values to draw from most of the time."""
    match spec.type:
        case "number":
            edge = {value + step for value in by_class if isinstance(value, int) for step in (-1, 0, 1)}
            fit = sorted(value for value in edge if spec.minimum <= value <= spec.maximum)
            return tuple(fit) or (spec.minimum, min(spec.minimum + 1, spec.maximum))
        case "choices":
            return tuple(by_class) or (frozenset(), frozenset({spec.options[0].name}))
        case "choice":
            return tuple(option.name for option in spec.options)
        case _:
            return (True, False)


def _value(draw: st.DrawFn, spec: FactSpec, near: Sequence[FactValue]) -> FactValue:
    chosen = draw(st.integers(0, len(near) * FAR_OUT - 1))
    if chosen % FAR_OUT < FAR_OUT - 1 or spec.type in ("yes-no", "choice"):
        return near[chosen // FAR_OUT]
    if spec.type == "number":
        return draw(st.integers(spec.minimum, spec.maximum))
    return draw(st.frozensets(st.sampled_from([option.name for option in spec.options])))


@st.composite
def _facts(draw: st.DrawFn, known: _Known, how: How | None) -> dict[str, FactValue]:
    much = draw(st.sampled_from(HOW)) if how is None else how
    wishes = known.steering.wishes(draw)
    reckoned = _reckoned(draw, known, wishes)
    told: dict[str, FactValue] = {}
    chosen = _names(draw, tuple(known.specs), much)
    for name in (each for each in known.specs if each in chosen or each in wishes):
        spec = known.specs[name]
        if name in reckoned:
            value = reckoned[name]
            fits: list[FactValue] = [] if value is None or _impossible(known, told, name, value) else [value]
        else:
            value = wishes[name] if name in wishes else _value(draw, spec, known.near[name])
            # What cannot be told beside the rest gives way to another value that can.
            fits = [each for each in (value, *known.near[name]) if not _impossible(known, told, name, each)]
        if fits:
            told[name] = fits[0]
        elif much == "whole":
            reject()
    return told


def _names(draw: st.DrawFn, names: Sequence[str], how: How) -> frozenset[str]:
    """The facts that are told, besides those that are wished for."""
    if how == "whole" or not names:
        return frozenset(names)
    if how == "few":
        chosen = draw(st.sets(st.integers(0, len(names) - 1), max_size=FEW))
        return frozenset(names[place] for place in chosen)
    left_out = draw(st.integers(0, 2 ** len(names) - 1))
    if how == "most":
        left_out &= draw(st.integers(0, 2 ** len(names) - 1)) & draw(st.integers(0, 2 ** len(names) - 1))
    return frozenset(name for place, name in enumerate(names) if not left_out >> place & 1)


def _impossible(known: _Known, told: dict[str, FactValue], name: str, value: FactValue) -> bool:
    return any(evaluate(each, {**told, name: value}) is True for each in known.impossible[name])


def _reckoned(draw: st.DrawFn, known: _Known, wishes: Mapping[str, FactValue]) -> dict[str, FactValue | None]:
    """Values of all sums and their parts that fit one another, whichever are told in the end.

    None for a sum that its fact cannot hold: it is not told then.
    """
    values: dict[str, int] = {}
    for part in known.parts:
        value = wishes[part] if part in wishes else _value(draw, known.specs[part], known.near[part])
        values[part] = value if isinstance(value, int) else 0
    for total in known.sums:
        own = known.own_part(total)
        if own and (total.name in wishes or draw(st.booleans())):
            # Half of the sums are brought to where rules tell them apart, rather than their parts.
            wanted = wishes.get(total.name)
            wanted = _value(draw, total, known.near[total.name]) if wanted is None else wanted
            rest = sum(values[part] for part in total.sum_of if part != own)
            left = wanted - rest if isinstance(wanted, int) else -1
            if known.specs[own].complaint(left) is None:
                values[own] = left
        values[total.name] = sum(values[part] for part in total.sum_of)
    fit: dict[str, FactValue | None] = {}
    for name, value in values.items():
        fit[name] = value if known.specs[name].complaint(value) is None else None
    for total in known.sums:
        if fit[total.name] is None:
            # Where a sum cannot be, its parts cannot all be told either.
            fit[total.sum_of[0]] = None
    return fit
