"""Marks on the fields of the situation: ranges, shorthands, closed lists, percentages, dates.

Each mark tells pydantic how people write a value, and tells the JSON Schema the same. Marks import
pydantic only when pydantic asks them, so that the models themselves stay cheap to import.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from math import isnan
from typing import TYPE_CHECKING, Annotated, Any

from advisor.model.names import did_you_mean, shown
from advisor.model.vocabulary import Option

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

NOTHING = ("none", "no", "nothing", "nobody", "never", "no one", "-")
"""What people write to say that there is nothing: a told absence, not an unknown."""


_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}([T ].*)?")
_YEARS = range(1900, 2200)
"""Whole numbers that are a year where words may stand for a date, as in `since: 2023`."""
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?")


def says_nothing(value: object) -> bool:
    """Whether a person wrote that there is nothing, as against leaving the place empty."""
    return value is False or (isinstance(value, str) and value.strip().casefold() in NOTHING)


def says_something(told: str | None) -> bool | None:
    """Whether a person wrote that there is something; None where nothing was told.

    >>> says_something("her paper"), says_something("none"), says_something(None)
    (True, False, None)
    """
    return None if told is None else not says_nothing(told)


@dataclass(frozen=True, slots=True)
class Within:
    """A whole number between `least` and `most`, both included; `none` is 0 where that may stand."""

    least: int
    most: int

    def read(self, value: object) -> object:
        """Zero where a person wrote that there is nothing, such as `never`; any other value unchanged."""
        return 0 if self.least == 0 and isinstance(value, str) and says_nothing(value) else value

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import core_schema

        number: CoreSchema = {**handler(source), "ge": self.least, "le": self.most}
        return core_schema.no_info_before_validator_function(self.read, number)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        number = handler(schema)
        return {"anyOf": [number, {"enum": list(NOTHING)}]} if self.least == 0 else number


@dataclass(frozen=True, slots=True)
class Filled:
    """A text that is not empty."""

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return {**handler(source), "min_length": 1}


@dataclass(frozen=True, slots=True)
class Shorthand:
    """A single value stands for a mapping with that value at one key: `purpose: sell`."""

    key: str
    kinds: tuple[str, ...] = ("string",)
    """JSON Schema types of the value that may stand alone."""

    def expand(self, value: object) -> object:
        """Put a lone value where it belongs; leave mappings and None alone."""
        return value if value is None or isinstance(value, dict) else {self.key: value}

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import core_schema

        return core_schema.no_info_before_validator_function(self.expand, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        inner = handler(schema)
        lone: list[JsonSchemaValue] = [{"type": kind} for kind in self.kinds]
        if "integer" in self.kinds:  # a count, which may be told as `none`
            lone.append({"enum": list(NOTHING)})
        branches = inner.pop("anyOf", None) or [dict(inner)]
        return {"anyOf": [*branches, *lone]}


@dataclass(frozen=True, slots=True)
class Listed:
    """One item may stand for a list of one, and `none` for the empty list."""

    def expand(self, value: object) -> object:
        """Make a list of whatever was written."""
        if says_nothing(value):
            return []
        return value if value is None or isinstance(value, list | tuple) else [value]

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import core_schema

        return core_schema.no_info_before_validator_function(self.expand, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        inner = handler(schema)
        branches = inner.pop("anyOf", None) or [dict(inner)]
        items = [branch["items"] for branch in branches if "items" in branch]
        return {"anyOf": [*branches, *items, {"enum": list(NOTHING)}]}


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a closed list of the fact vocabulary, in any of the words people use for it.

    Validation needs the vocabulary in pydantic's context, under `vocabulary`.
    """

    told: str
    """Place of the fact in a prospect file, by which its closed list is found."""

    def find(self, value: object, options: Iterable[Option]) -> str | None:
        """The name of the option that `value` stands for, or None where it stands for none of them."""
        wanted = _plain("no" if value is False else "yes" if value is True else str(value))
        return _spellings(tuple(options)).get(wanted)

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import PydanticCustomError, core_schema

        def validate(value: object, info: Any) -> str:
            options = info.context["vocabulary"].options_at(self.told)
            if (found := self.find(value, options)) is not None:
                return found
            names = ", ".join(option.name for option in options)
            words = [word for option in options for word in (option.name, *option.also)]
            near = did_you_mean(str(value), words)
            hint = f"did you mean {' or '.join(near)}?" if near else ""
            raise PydanticCustomError(
                "unknown-value",
                "{value} is not one of {names}",
                {"value": shown(str(value)), "names": names, "hint": hint},
            )

        return core_schema.with_info_plain_validator_function(validate)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        del schema, handler
        return {"type": "string", "x-closed-list": self.told}


@lru_cache(maxsize=64)
def _spellings(options: tuple[Option, ...]) -> dict[str, str]:
    """For every word that people use for one of `options`, the option; of two, the first."""
    words: dict[str, str] = {}
    for option in options:
        for word in (option.name, *option.also):
            words.setdefault(_plain(word), option.name)
    return words


def _plain(word: str) -> str:
    return re.sub(r"[\s_\-]+", " ", word).strip().casefold()


@dataclass(frozen=True, slots=True)
class Percent:
    """`38`, `38%`, `38 %` and the fraction `0.38` all say 38 percent; rounded down to whole percent."""

    def read(self, value: object) -> object:
        """Whole percent, or the value unchanged where it is none (pydantic then complains)."""
        if isinstance(value, str):
            match = re.fullmatch(r"\s*(\d{1,3}(?:[.,]\d+)?)\s*%?\s*", value)
            return int(float(match[1].replace(",", "."))) if match else value
        if isinstance(value, float) and 0 < value < 1:
            # 0.29 * 100 is 28.999999999999996: round away the noise of binary fractions first.
            return int(round(value * 100, 6))
        return int(value) if isinstance(value, float) and not isnan(value) else value

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import core_schema

        return core_schema.no_info_before_validator_function(self.read, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        del schema, handler
        return {
            "anyOf": [
                {"type": "number", "minimum": 0, "maximum": 100},
                {"type": "string", "pattern": r"^\d{1,3}([.,]\d+)?\s*%?$"},
            ]
        }


def _dates(read: Callable[[object], object], form: re.Pattern[str], fault: str, hint: str) -> CoreSchema:
    """How pydantic reads dates by `read`: what has the `form` of one and is none cannot exist."""
    from pydantic_core import PydanticCustomError, core_schema

    def validate(value: object) -> object:
        try:
            return read(value)
        except ValueError as error:
            looks = form.fullmatch(str(value).strip())
            code, says = ("impossible-date", "does not exist") if looks else ("bad-date", fault)
            raise PydanticCustomError(
                code, "{value} {says}", {"value": shown(str(value)), "says": says, "hint": hint}
            ) from error

    return core_schema.no_info_plain_validator_function(
        validate, serialization=core_schema.to_string_ser_schema()
    )


@dataclass(frozen=True, slots=True)
class Day:
    """A date as `2026-11-21`; words are kept as words, and reckoned with where they say how long ago."""

    words: bool = True
    """Whether words may stand for a date; where not, only a date will do."""

    def read(self, value: object) -> date | str | None:
        """A date where it is written as one, else the words.

        Raises:
            ValueError: for a date that does not exist, or for words where only a date will do.
        """
        if value is None or isinstance(value, date):
            return value
        text = str(value).strip()
        if _DATE.fullmatch(text):
            return date.fromisoformat(text[:10])
        if not self.words or isinstance(value, bool | float | list | dict):
            raise ValueError(text)
        if isinstance(value, int) and value not in _YEARS:
            raise ValueError(text)
        return text

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        hint = "write dates as year-month-day, such as 2026-11-21"
        return _dates(self.read, _DATE, "is not a date", hint)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        del schema, handler
        return (
            {
                "anyOf": [
                    {"type": "string", "examples": ["2026-11-21"]},
                    {"type": "integer", "minimum": _YEARS.start, "maximum": _YEARS.stop - 1},
                ]
            }
            if self.words
            else {"type": "string", "format": "date"}
        )


@dataclass(frozen=True, slots=True)
class Moment:
    """A day with a time of day, as `2026-11-21 17:03`; a zone may be written and is left out of account."""

    def read(self, value: object) -> datetime:
        """The moment.

        Raises:
            ValueError: where it is no day with a time, or one that does not exist.
        """
        if isinstance(value, datetime):
            return value.replace(tzinfo=None)
        text = value.strip() if isinstance(value, str) else ""
        if not _MOMENT.fullmatch(text):
            raise ValueError(value)
        return datetime.fromisoformat(text).replace(tzinfo=None)

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        hint = "write day and time of day, such as 2026-11-21 17:03"
        return _dates(self.read, _MOMENT, "is no moment", hint)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        del schema, handler
        return {"type": "string", "examples": ["2026-11-21 17:03"]}


STRICT = {"extra": "forbid", "use_attribute_docstrings": True, "coerce_numbers_to_str": True}
"""Pydantic's settings for each class: unknown keys are errors; `company: 1848` is text."""

Count = Annotated[int, Within(0, 1_000_000)]
Words = Annotated[str, Filled()]
Names = Annotated[tuple[Words, ...] | None, Listed()]
