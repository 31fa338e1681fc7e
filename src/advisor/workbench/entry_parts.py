"""The parts in which two entries of the same kind differ, in plain words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from advisor.model.action import Patch
from advisor.model.condition import All, Condition, Not, Test, tests
from advisor.model.condition import Any as AnyOf
from advisor.model.difference import PartChange
from advisor.model.knowledge import Side, Use
from advisor.model.rule import Consultation, Example, SettingChange
from advisor.model.vocabulary import Option
from advisor.model.wording import in_words, later_value
from advisor.workbench.rule_edits import as_written, placeless

_NAMES = frozenset({"id", "name", "index"})
"""Under which name something stands: not what it says."""
_PLACES = frozenset({"theme", "file", "line"})
"""Where something stands, for entries that have a line."""
_CONDITION = (Test, Not, All, AnyOf)
_REORDERED = ("in another order",)


def field_parts(
    one: Any,
    other: Any,
    besides: Iterable[str] = (),
    sides: tuple[Consultation, Consultation] | None = None,
) -> Iterator[PartChange]:
    """Fields of two entries that differ; of lists and mappings only what differs. `sides` word conditions."""
    names = [each.name for each in fields(one)]
    left_out = {*_NAMES, *besides, *(_PLACES if "line" in names else ())}
    for name in names:
        if name in left_out:
            continue
        this, that = placeless(getattr(one, name)), placeless(getattr(other, name))
        clauses = [(value,) if isinstance(value, _CONDITION) else () for value in (this, that)]
        if sides and any(clauses):
            yield from condition_parts(name, clauses[0], sides[0], clauses[1], sides[1])
        elif this != that:
            yield listed(name, this, that)


def condition_parts(
    name: str,
    before: tuple[Condition, ...],
    old: Consultation,
    after: tuple[Condition, ...],
    new: Consultation,
) -> Iterator[PartChange]:
    """Clauses that are on one side only, in words; those that both have are left out."""
    one, other = [as_written(each) for each in before], [as_written(each) for each in after]
    if one == other:
        return
    gone = [each for each, bare in zip(before, one, strict=True) if bare not in other]
    come = [each for each, bare in zip(after, other, strict=True) if bare not in one]
    said = [tuple(in_words(each, old) for each in gone), tuple(in_words(each, new) for each in come)]
    if gone and said[0] == said[1]:  # the same today: a setting took the place of its value, or the reverse
        said = [
            tuple(words + _settings_of(each) for each, words in zip(some, them, strict=True))
            for some, them in zip((gone, come), said, strict=True)
        ]
    yield PartChange(part=name, before=said[0], after=said[1] if gone or come else _REORDERED)


def listed(name: str, this: Any, that: Any) -> PartChange:
    """A part that differs; of a list or mapping what is on one side only."""
    if isinstance(this, Mapping) and isinstance(that, Mapping):
        this, that = ([f"{key}: {said(value)}" for key, value in each.items()] for each in (this, that))
    if isinstance(this, frozenset) and isinstance(that, frozenset):
        this, that = sorted(this), sorted(that)
    if isinstance(this, tuple | list) and isinstance(that, tuple | list):
        gone = tuple(said(each) for each in this if each not in that)
        new = tuple(said(each) for each in that if each not in this)
        return PartChange(part=name, before=gone, after=new or (() if gone else _REORDERED))
    return PartChange(part=name, before=_one(this), after=_one(that))


def said(value: Any) -> str:
    """A value in words."""
    words = next((words for kind, words in _WORDS if isinstance(value, kind)), None)
    if words is not None:
        return words(value)
    if is_dataclass(value) and not isinstance(value, type):
        told = ((each.name, getattr(value, each.name)) for each in fields(value))
        return ", ".join(f"{name}: {said(each)}" for name, each in told if each not in (None, "", ()))
    return str(value)


def _option(option: Option) -> str:
    also = f" (also {', '.join(option.also)})" if option.also else ""
    return f"{option.name}{also}{f': {option.means}' if option.means else ''}"


_WORDS: tuple[tuple[Any, Callable[[Any], str]], ...] = (
    (bool, lambda value: "yes" if value else "no"),
    (SettingChange, later_value),
    (Option, _option),
    (Example, lambda each: f"{each.name}: {said(each.given)}; {'holds' if each.holds else 'does not hold'}"),
    (Side, lambda side: f"{side.passage}: {side.says}"),
    (Use, lambda use: f"{use.kind}: {use.note}" if use.note else str(use.kind)),
    (Patch, lambda patch: f"{'.'.join(patch.place)}{' also has' * patch.adds}: {said(patch.value)}"),
    (frozenset, lambda some: ", ".join(sorted(map(said, some))) or "none"),
    ((tuple, list), lambda some: ", ".join(map(said, some))),
    (Mapping, lambda some: ", ".join(f"{key}: {said(value)}" for key, value in some.items())),
)
"""How values of some types are said, the first that fits."""


def _one(value: Any) -> tuple[str, ...]:
    empty = value is None or (isinstance(value, str | tuple | frozenset | Mapping) and not value)
    return () if empty else (said(value),)


def _settings_of(condition: Condition) -> str:
    """The settings that a condition refers to, to be put behind it."""
    names = {f"${test.setting}" for test in tests(condition) if test.setting}
    return f" ({', '.join(sorted(names))})" if names else ""
