"""One flat row to what a prospect file would say: cells put at the places that their columns tell.

A cell is turned into what its place takes only where that is plain: `yes` into a yes, `1,204` into a number,
`08 Feb 2026` into a date, `Rust; Go` into a list. What does not fit is left as it stands, so that the reader
of prospect files complains about it in its own words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import isnan
from typing import Any

from advisor.catalog.answers import AnswerPlace
from advisor.catalog.document import CONTROL, Builder, Document, Faults
from advisor.catalog.plain import place_of
from advisor.errors import InputError
from advisor.model.marks import says_nothing
from advisor.model.situation import Situation
from advisor.model.vocabulary import Vocabulary
from advisor.records.days import Days
from advisor.records.list_names import CellWords, plain_cell
from advisor.records.mapping import FIRST, LAST, NAME, Column

_NUMBER = re.compile(r"(\d{1,3}(?:[,. '\u00a0\u202f]\d{3})+|\d+)(?:\.0+)?\+?")
"""A whole number as tables write it: `1,204`, `500+`, and `12.0` where a program took it for a fraction."""
_NO_DIGITS = re.compile(r"\D")
_ITEMS = re.compile(r"[;|\n]")
_NAME = tuple(NAME.split("."))
_WHOLE = ("detail",)
"""Texts of an item that may hold a semicolon of their own."""
Told = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Cell:
    """One column that is used."""

    at: int
    """Number of the column, from 0."""
    column: Column
    path: tuple[str, ...]
    kind: str
    """What its place takes, as `AnswerPlace.kind`."""
    list_at: int
    """How many steps lead to the list in whose items the place stands; 0 where it stands in none."""


@dataclass(frozen=True, slots=True)
class FlatRow:
    """What one row tells."""

    data: Told
    """As a prospect file would say it."""
    columns: Mapping[tuple[str, ...], int] = field(default_factory=dict)
    """For each path of `data` the number of the column that tells it, from 1."""


class FlatReader:
    """Reads rows with one set of columns."""

    def __init__(self, columns: Sequence[Column], vocabulary: Vocabulary, words: CellWords) -> None:
        self._words = words
        self._days = Days()
        self._cells = [
            _cell(at, column, vocabulary)
            for at, column in enumerate(columns)
            if column.place and column.place not in (FIRST, LAST)
        ]
        at = {column.place: number for number, column in enumerate(columns) if column.place}
        self._lists = list(dict.fromkeys(each.path[: each.list_at] for each in self._cells if each.list_at))
        self._names = [at[place] for place in (FIRST, LAST) if place in at]

    def read(self, cells: Sequence[object]) -> FlatRow:
        """What `cells`, one for each column, tell; values that are no text stand as they are."""
        data: Told = {}
        origin: dict[tuple[str, ...], int] = {}
        besides: list[tuple[tuple[str, ...], str, int]] = []
        for each in self._cells:
            value = self._value(each, cells[each.at])
            if value is None:
                continue
            if each.list_at:
                _put_in_items(data, each, value)
            else:
                _place(data, each.path, value)
            origin[each.path] = each.at + 1
            besides += [(tuple(at.split(".")), says, each.at + 1) for at, says in each.column.tells.items()]
        parts = [text for at in self._names if (text := self._text(cells[at])) is not None]
        if parts:
            _place(data, _NAME, " ".join(parts))
            origin[_NAME] = self._names[0] + 1
        for path, says, number in besides:
            if path not in origin:
                _place(data, path, says)
                origin[path] = number
        for path in self._lists:
            _say_nothing(data, path)
        return FlatRow(data, origin)

    def _text(self, cell: object) -> str | None:
        """What stands in a cell; None where nothing does, or that nothing is known."""
        text = str(cell).strip() if cell is not None else ""
        return text if text and plain_cell(text) not in self._words.absent else None

    def _value(self, cell: _Cell, written: object) -> object:
        """What a cell says at its place; None where it says nothing."""
        if not isinstance(written, str):
            return _plain(written)
        text = self._text(written)
        if text is None or cell.column.cells:
            return cell.column.cells.get(plain_cell(text)) if text else None
        if cell.list_at and cell.path[-1] not in _WHOLE:
            return [self._meaning(cell.kind, each.strip()) for each in _ITEMS.split(text)]
        return self._meaning(cell.kind, text)

    def _meaning(self, kind: str, text: str) -> object:
        match kind:
            case "names":
                items = [each.strip() for each in _ITEMS.split(text) if each.strip()]
                return "none" if says_nothing(text) else items
            case "yes-no":
                word = plain_cell(text)
                return True if word in self._words.true else False if word in self._words.false else text
            case "number":
                found = _NUMBER.fullmatch(text)
                return int(_NO_DIGITS.sub("", found[1])) if found else text
            case "date":
                day = self._days.read(text)
                return day.on.isoformat() if day.on is not None and not day.code else text
            case _:
                return text


def document_of(row: FlatRow, file: str, line: int) -> Document:
    """What a row tells as a document, each part of it with its line and the number of its column.

    Raises:
        InputError: where it holds a character that cannot be seen.
    """
    faults = Faults(file, InputError)
    builder = Builder(faults)
    _build(builder, row.data, (), row, line)
    faults.settle()
    return Document(file, *builder.result)


def has_control(value: object) -> bool:
    """Whether a text in `value` holds a character that cannot be seen."""
    if isinstance(value, str):
        return CONTROL.search(value) is not None
    if isinstance(value, dict):
        return any(map(has_control, value.values()))
    return isinstance(value, list) and any(map(has_control, value))


def _build(builder: Builder, value: object, path: tuple[str, ...], row: FlatRow, line: int) -> None:
    number = min((at for each, at in row.columns.items() if each[: len(path)] == path), default=1)
    spot = (line, number)
    if isinstance(value, dict):
        builder.open({}, spot)
        for key, inner in value.items():
            builder.add(key, spot)
            _build(builder, inner, (*path, key), row, line)
        builder.close()
    elif isinstance(value, list):
        builder.open([], spot)
        for inner in value:
            _build(builder, inner, path, row, line)
        builder.close()
    else:
        builder.add(value, spot)


def _cell(at: int, column: Column, vocabulary: Vocabulary) -> _Cell:
    path = tuple(column.place.split("."))
    listed = next((n for n in range(1, len(path)) if place_of(Situation, path[:n]).listed), 0)
    kind = AnswerPlace.at(column.place, vocabulary).kind
    return _Cell(at, column, path, kind, listed)


def _plain(written: object) -> object:
    """A value that is no text, as a prospect file would hold it."""
    if isinstance(written, date):
        return written.isoformat()[:10]
    if isinstance(written, float):
        return None if isnan(written) else int(written) if written.is_integer() else written
    return written


def _place(data: Told, path: tuple[str, ...], value: object) -> None:
    here: Told = data
    for step in path[:-1]:
        here = here.setdefault(step, {})
    here[path[-1]] = value


def _put_in_items(data: Told, cell: _Cell, value: object) -> None:
    """Put each part of `value` into an item of its own, beside what other columns tell of that item."""
    at, inside = cell.path[: cell.list_at], cell.path[cell.list_at :]
    here: Told = data
    for step in at[:-1]:
        here = here.setdefault(step, {})
    items = here.setdefault(at[-1], [])
    for number, each in enumerate(value if isinstance(value, list) else [value]):
        if number == len(items):
            items.append({})
        if each != "":
            _place(items[number], inside, each)


def _say_nothing(data: Told, path: tuple[str, ...]) -> None:
    """Where all that is said of a list is that there is nothing, say so of the list."""
    here: Any = data
    for step in path[:-1]:
        here = here.get(step)
        if here is None:
            return
    items = here.get(path[-1])
    if isinstance(items, list) and len(items) == 1 and [*map(says_nothing, items[0].values())] == [True]:
        here[path[-1]] = "none"
