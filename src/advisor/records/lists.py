"""Lists of people, entry by entry: CSV, JSON Lines, a stream of YAML documents, Parquet.

A list is never held in memory whole. An entry comes out as it stands, with the line that it begins on; what
it tells is for `list_entries`, which may be done elsewhere and at once for many.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields
from itertools import islice
from pathlib import PurePath
from typing import Literal, NoReturn, TextIO

from advisor.errors import Complaint, InputError
from advisor.model.names import shown
from advisor.model.situation import Situation
from advisor.records.encoding import Encoding, encoding_of
from advisor.records.limits import HEADER_WITHIN, MAX_COLUMNS, MAX_LINE, MAX_ROWS
from advisor.records.mapping import NAME, URL, Column, Wanted, columns_of, names_somebody
from advisor.records.places import Source
from advisor.records.streams import Budget, refuse_size
from advisor.records.table import DELIMITERS, Table, fitted, split, width_of

Format = Literal["csv", "jsonl", "yaml", "parquet"]
FORMATS: tuple[Format, ...] = ("csv", "jsonl", "yaml", "parquet")
_ENDINGS: Mapping[str, Format] = {
    ".csv": "csv", ".tsv": "csv", ".txt": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl",
    ".yaml": "yaml", ".yml": "yaml", ".parquet": "parquet", ".pq": "parquet",
}  # fmt: skip
_PARQUET_SIGN = b"PAR1"
_HEAD = 4_096
_YAML_START = re.compile(r"(---|%YAML|#|[\w.]+:(\s|$))")
_YAML_BREAK = re.compile(r"---(\s|$)")
_PEEKED = 100
"""Entries whose keys make the columns of a flat list without a header."""
_PARTS = frozenset(each.name for each in fields(Situation))
"""Keys of a prospect file."""
_LONGEST_NAME = 80
_SHOWN_HEADERS = 12


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list as it stands there."""

    number: int
    """Counted from 1."""
    line: int
    """The line that it begins on, counted from 1; the number of the entry in a format without lines."""
    text: str = ""
    """JSON or YAML."""
    cells: Sequence[object] = ()
    """One for each column, where the list has columns."""
    fault: str = ""
    """Why it cannot be read at all; empty where it can."""


@dataclass(frozen=True, slots=True)
class PeopleList:
    """A list that was opened: what it is, and what its columns tell."""

    source: Source
    format: Format
    columns: tuple[Column, ...] = ()
    """Empty where each entry is a prospect file of its own."""
    encoding: Encoding | None = None
    delimiter: str = ""
    header_line: int = 0

    def entries(self, watch: Callable[[int], None] | None = None) -> Iterator[Entry]:
        """Every entry, in the order of the list; `watch` is told how many bytes were read.

        Raises:
            InputError: where the list turns out to be damaged as a whole, or too large.
        """
        for number, entry in enumerate(self._entries(Budget(watch)), 1):
            if number > MAX_ROWS:
                refuse_size(self.source.display, f"this list has more than {MAX_ROWS:,} entries", "split it")
            yield Entry(number, entry.line or number, entry.text, entry.cells, entry.fault)

    def _entries(self, budget: Budget) -> Iterator[Entry]:
        if self.encoding is None:
            from advisor.records.parquet import rows_of

            headers = [each.header for each in self.columns]
            return (Entry(0, 0, "", cells) for cells in rows_of(self.source, headers))
        if self.format == "csv":
            return self._rows(self.encoding, budget)
        if self.format == "jsonl":
            return self._lines(self.encoding, budget)
        return self._documents(self.encoding, budget)

    def _rows(self, encoding: Encoding, budget: Budget) -> Iterator[Entry]:
        count, width = len(self.columns), width_of([each.header for each in self.columns])
        with encoding.open(self.source, budget) as stream:
            for _ in range(self.header_line):
                stream.readline()
            for raw in Table(stream, self.delimiter, self._is_row, first_line=self.header_line + 1):
                cells, fault = fitted(raw, count, width)
                if fault or any(map(str.strip, cells)):
                    yield Entry(0, raw.line, "", () if fault else cells, fault)

    def _is_row(self, line: str) -> bool:
        """Whether a line that stands within quotation marks looks like a row of its own all the same.

        Lines of a note hold commas too, but blanks behind them; a row names somebody, and has their address
        where there is a column for it.
        """
        cells = split(line, self.delimiter)
        if cells is None or len(cells) != len(self.columns) or len(cells) == 1:
            return False
        by_place = {each.place: cell for each, cell in zip(self.columns, cells, strict=True) if each.place}
        if URL in by_place:
            return "/in/" in by_place[URL]
        name = by_place.get(NAME, cells[0])
        return 0 < len(name) <= _LONGEST_NAME and not any(cell.startswith(" ") for cell in cells)

    def _lines(self, encoding: Encoding, budget: Budget) -> Iterator[Entry]:
        headers = [each.header for each in self.columns]
        with encoding.open(self.source, budget) as stream:
            for number, line in _whole_lines(stream):
                if len(line) >= MAX_LINE:
                    yield Entry(0, number, fault=f"it is longer than {MAX_LINE:,} characters")
                elif headers and (data := _mapping_in(line)) is not None:
                    yield Entry(0, number, "", [data.get(header) for header in headers])
                elif line.strip():
                    yield Entry(0, number, line)

    def _documents(self, encoding: Encoding, budget: Budget) -> Iterator[Entry]:
        with encoding.open(self.source, budget) as stream:
            lines: list[str] = []
            size = begun = 0
            for number, line in _whole_lines(stream):
                if _YAML_BREAK.match(line):
                    yield from _document(begun, lines, size)
                    lines, size, line = [], 0, line[3:] if line[3:].strip() else "\n"  # noqa: PLW2901
                    begun = number
                elif not lines:
                    begun = number
                size += len(line)
                if size <= MAX_LINE:
                    lines.append(line)
            yield from _document(begun, lines, size)


def open_list(source: Source, wanted: Wanted, named: Format | None = None) -> PeopleList:
    """Find out what `source` is and what its columns tell.

    Raises:
        InputError: where it is no list, has nobody's name, or `wanted` does not fit it.
    """
    with source.open(None) as stream:
        head = stream.read(_HEAD)
    if named == "parquet" or (named is None and head.startswith(_PARQUET_SIGN)):
        from advisor.records.parquet import headers_of

        columns = _checked(headers_of(source), wanted, source)
        return PeopleList(source, "parquet", columns)
    encoding = encoding_of(source)
    with encoding.open(source, None) as stream_of_text:
        first = next((line for _, line in _whole_lines(stream_of_text) if line.strip()), "")
    if not first:
        _refuse(source, "empty-document", "the list is empty", "an empty list says nothing about anybody")
    form = named or _format_of(source, first)
    if form == "csv":
        return _with_header(source, encoding, wanted)
    if form == "jsonl":
        if first.lstrip().startswith("["):
            hint = "write one object a line: `jq -c '.[]' list.json > list.jsonl`"
            _refuse(source, "json-list", "this is one JSON list, not an object on each line", hint)
        columns = _checked(keys, wanted, source) if (keys := _keys(source, encoding)) else ()
        return PeopleList(source, "jsonl", columns, encoding)
    return PeopleList(source, "yaml", (), encoding)


def _format_of(source: Source, first: str) -> Format:
    """The format by the name of the list, else by its first line."""
    named = _ENDINGS.get(PurePath(source.name).suffix.lower())
    if named is not None and named != "parquet":
        return named
    if first.lstrip().startswith(("{", "[")):
        return "jsonl"
    return "yaml" if _YAML_START.match(first) and "," not in first.partition(":")[0] else "csv"


def _with_header(source: Source, encoding: Encoding, wanted: Wanted) -> PeopleList:
    """Find the header: the first line that surely names somebody, else the first that may be meant to."""
    perhaps, widest, fits = None, list[str](), False
    for number, delimiter, cells in _first_lines(source, encoding):
        widest = max(widest, cells, key=len)
        try:
            columns = _columns(cells, wanted, source)
        except InputError:
            if len(cells) > MAX_COLUMNS:
                raise
            continue
        fits = True
        if names_somebody(columns):
            perhaps = perhaps or PeopleList(source, "csv", columns, encoding, delimiter, number)
        if names_somebody(columns, sure=True):
            return PeopleList(source, "csv", columns, encoding, delimiter, number)
    if widest and not fits:
        columns_of(widest, wanted)  # says what does not fit
    if perhaps is None:
        raise _nameless(source, widest)
    return perhaps


def _first_lines(source: Source, encoding: Encoding) -> Iterator[tuple[int, str, list[str]]]:
    """Number, delimiter and cells of the lines that may be a header, split in every way."""
    left = MAX_LINE
    with encoding.open(source, None) as stream:
        for number, line in islice(_whole_lines(stream), HEADER_WITHIN):
            if (left := left - len(line)) < 0:
                return
            for delimiter in DELIMITERS:
                cells = split(line.rstrip("\n"), delimiter)
                if cells is not None and any(map(str.strip, cells)):
                    yield number, delimiter, cells


def _columns(headers: Sequence[str], wanted: Wanted, source: Source) -> tuple[Column, ...]:
    if len(headers) > MAX_COLUMNS:
        hint = "leave out the columns that say nothing about people"
        refuse_size(source.display, f"this list has more than {MAX_COLUMNS:,} columns", hint)
    return columns_of(headers, wanted)


def _checked(headers: Sequence[str], wanted: Wanted, source: Source) -> tuple[Column, ...]:
    columns = _columns(headers, wanted, source)
    if not names_somebody(columns):
        raise _nameless(source, headers)
    return columns


def _nameless(source: Source, headers: Sequence[str]) -> InputError:
    some = ", ".join(shown(each) for each in headers[:_SHOWN_HEADERS] if each.strip())
    message = f"no column is known to hold names; there are {some or 'none'}"
    hint = 'say which it is: --map "HEADER=prospect.name"'
    return InputError([Complaint(source.display, 0, 0, "unknown-columns", message, hint)])


def _refuse(source: Source, code: str, message: str, hint: str) -> NoReturn:
    raise InputError([Complaint(source.display, 0, 0, code, message, hint)])


def _whole_lines(stream: TextIO) -> Iterator[tuple[int, str]]:
    """Every line with its number; of one that is far too long only the beginning."""
    number = 0
    while line := stream.readline(MAX_LINE):
        number += 1
        yield number, line
        while line and not line.endswith("\n"):
            line = stream.readline(MAX_LINE)


def _mapping_in(line: str) -> Mapping[str, object] | None:
    """The object on a line, where it is written without any fault."""
    data = None
    with suppress(ValueError, RecursionError):
        data = json.loads(line, object_pairs_hook=_once, parse_constant=_no_number)
    return data if isinstance(data, dict) else None


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError("a key stands twice")
    return made


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _keys(source: Source, encoding: Encoding) -> list[str]:
    """The keys of a flat list; none where its entries are prospect files."""
    keys: dict[str, None] = {}
    with encoding.open(source, None) as stream:
        for _, line in islice(_whole_lines(stream), _PEEKED):
            data = _mapping_in(line) or {}
            if isinstance(data.get("prospect"), dict) or ("prospect" in data and data.keys() <= _PARTS):
                return []
            keys.update(dict.fromkeys(data))
    return list(keys)


def _document(line: int, lines: list[str], size: int) -> Iterator[Entry]:
    if size > MAX_LINE:
        yield Entry(0, line, fault=f"it is longer than {MAX_LINE:,} characters")
    elif any(each.strip() and not each.startswith("#") for each in lines):
        yield Entry(0, line, "".join(lines))
