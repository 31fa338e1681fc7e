"""Plain data to a situation without pydantic, for what is written just as the situation wants it.

Importing pydantic takes longer than a whole consultation, and most prospect files need none of its help. This
module reads the same annotations and marks; as soon as anything is not exactly as they say, it gives up, and
pydantic reads the file and finds the words for what is wrong. On whatever is built here the two agree, which
a property holds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date, datetime
from functools import lru_cache, partial
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from advisor.model.marks import Choice, Day, Filled, Listed, Moment, Percent, Shorthand, Within
from advisor.model.vocabulary import Vocabulary

_Reader = Callable[[object, Vocabulary], Any]
"""Reads one value, or raises `NotPlain`."""


class NotPlain(Exception):
    """The data is not written in the one form that this module reads."""


def build(model: type[Any], data: object, vocabulary: Vocabulary) -> Any:
    """Build `model`, one of the situation's classes, from plain data.

    Raises:
        NotPlain: where anything is missing, unknown, or of another type or range than annotated.
    """
    if not isinstance(data, Mapping):
        raise NotPlain
    readers, needed = _readers(model)  # type: ignore[arg-type]  # a class is hashable, whatever the stubs think
    if not data.keys() <= readers.keys() or not needed <= data.keys():
        raise NotPlain
    return model(**{name: readers[name](value, vocabulary) for name, value in data.items()})


class NoSuchPlace(Exception):
    """A prospect file has no such place; `known` names what stands where the path goes wrong."""

    def __init__(self, step: str, known: tuple[str, ...]) -> None:
        self.step, self.known = step, known
        super().__init__(step)


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a prospect file: the classes on the way there, and the annotation of what it holds."""

    path: tuple[str, ...]
    models: tuple[type[Any], ...]
    hint: Any
    in_list: bool
    """Whether it stands in the items of a list."""

    @property
    def listed(self) -> bool:
        """Whether a list stands there."""
        return _inner(self.hint, tuple) is not None


def place_of(model: type[Any], path: tuple[str, ...]) -> Place:
    """Find the place `path` from `model` downwards; lists on the way stand for their items.

    Raises:
        NoSuchPlace: where some step leads nowhere.
    """
    models: list[type[Any]] = []
    hint: Any = model
    in_list = False
    for step in path:
        in_list = in_list or _inner(hint, tuple) is not None
        owner = class_in(hint)
        known = tuple(_hints(owner)) if owner else ()
        if owner is None or step not in known:
            raise NoSuchPlace(step, known)
        models.append(owner)
        hint = _hints(owner)[step]
    return Place(path, tuple(models), hint, in_list)


def value_at(place: Place, data: object, vocabulary: Vocabulary) -> Any:
    """Build what stands at `place` from plain data.

    Raises:
        NotPlain: where the data does not fit.
    """
    return _reader_of(place.hint)(data, vocabulary)


def class_in(hint: Any) -> Any:
    """The first of our classes inside a type such as `tuple[Encounter, ...] | None`, else None."""
    if isinstance(hint, type) and hasattr(hint, "__dataclass_fields__"):
        return hint
    return next((found for each in get_args(hint) if (found := class_in(each)) is not None), None)


def _inner(hint: Any, wanted: type) -> Any:
    if get_origin(hint) is wanted:
        return hint
    if get_origin(hint) in (Annotated, Union, UnionType):
        return next((found for each in get_args(hint) if (found := _inner(each, wanted)) is not None), None)
    return None


@lru_cache(maxsize=32)
def _hints(model: type[Any]) -> dict[str, Any]:
    hints = get_type_hints(model, include_extras=True)
    return {each.name: hints[each.name] for each in fields(model)}


@lru_cache(maxsize=64)
def _readers(model: type[Any]) -> tuple[dict[str, _Reader], frozenset[str]]:
    """For each field of `model` what reads its value, and the fields that have to be there."""
    hints = _hints(model)  # type: ignore[arg-type]  # a class is hashable, whatever the stubs think
    readers = {name: _reader_of(hint) for name, hint in hints.items()}
    return readers, frozenset(each.name for each in fields(model) if each.default is MISSING)


def _reader_of(hint: Any) -> _Reader:
    """What reads a value that is annotated so. Annotations are looked into once, not for each value."""
    origin = get_origin(hint)
    if origin is Annotated:
        return _marked_reader(hint)
    if origin in (Union, UnionType):
        return _union_reader(get_args(hint))
    if origin is tuple:
        item = _reader_of(get_args(hint)[0])

        def read_items(value: object, vocabulary: Vocabulary) -> Any:
            if not isinstance(value, list | tuple):
                raise NotPlain
            return tuple([item(each, vocabulary) for each in value])

        return read_items
    if hasattr(hint, "__dataclass_fields__"):
        return partial(build, hint)
    # `type(...) is`: a bool is an int to isinstance, and is not one to a person.
    return lambda value, _: _allowed(value, type(value) is hint)


def _union_reader(kinds: tuple[Any, ...]) -> _Reader:
    inner = [each for each in kinds if each is not NoneType]
    optional = len(inner) < len(kinds)
    one = _reader_of(inner[0]) if len(inner) == 1 else None

    def read(value: object, vocabulary: Vocabulary) -> Any:
        if value is None or one is None:
            return _allowed(value, value is None and optional)
        return one(value, vocabulary)

    return read


def _marked_reader(hint: Any) -> _Reader:
    inner, *marks = get_args(hint)
    before: list[Callable[[object], object]] = []
    last: _Reader | None = None
    for mark in reversed(marks):
        if isinstance(mark, Choice | Day | Moment):
            last = _reader_of_mark(mark, optional=NoneType in get_args(inner))
            break
        if isinstance(mark, Percent):
            before.append(mark.read)
        elif isinstance(mark, Shorthand | Listed):
            before.append(mark.expand)
    bare = _reader_of(inner) if last is None else None
    ranges = [mark for mark in marks if isinstance(mark, Within | Filled)]

    def read(value: object, vocabulary: Vocabulary) -> Any:
        for change in before:
            value = change(value)
        if last is not None:
            return last(value, vocabulary)
        assert bare is not None  # noqa: S101 - one of the two is there
        found = bare(value, vocabulary)
        for mark in ranges:
            _check_range(mark, found)
        return found

    return read


def _reader_of_mark(mark: Choice | Day | Moment, *, optional: bool) -> _Reader:
    """What reads a value that a mark reads by itself."""
    if isinstance(mark, Day):
        return lambda value, _: _day(mark, value, optional=optional)
    if isinstance(mark, Moment):
        return lambda value, _: _moment(mark, value)

    def choose(value: object, vocabulary: Vocabulary) -> str:
        found = mark.find(value, vocabulary.options_at(mark.told))
        if found is None:
            raise NotPlain
        return found

    return choose


def _day(mark: Day, value: object, *, optional: bool) -> date | str | None:
    try:
        day = mark.read(value)
    except ValueError:
        raise NotPlain from None
    if day is None and not optional:
        raise NotPlain
    return day


def _moment(mark: Moment, value: object) -> datetime:
    try:
        return mark.read(value)
    except ValueError:
        raise NotPlain from None


def _check_range(mark: object, value: Any) -> None:
    match mark:
        case Within(least, most):
            _allowed(value, least <= value <= most)
        case Filled():
            _allowed(value, bool(value))


def _allowed(value: Any, fits: bool) -> Any:
    if not fits:
        raise NotPlain
    return value
