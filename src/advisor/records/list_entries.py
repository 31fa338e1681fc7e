"""Entries of a list to situations, through the one reader of prospect files; complaints say which entry.

A row is read without noting where each part of it stands, since hardly any is wrong; where one is, it is read
again with all places.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

from advisor.catalog.situations import Part, read_told
from advisor.catalog.text import Document, parse
from advisor.errors import Complaint, InputError
from advisor.model.names import shown
from advisor.model.situation import Situation
from advisor.model.subject import PROSPECT
from advisor.model.vocabulary import Vocabulary
from advisor.records.flat import FlatReader, document_of, has_control
from advisor.records.list_names import CellWords
from advisor.records.lists import Entry
from advisor.records.mapping import Column


class EntryReader:
    """Reads the entries of one list."""

    def __init__(
        self,
        file: str,
        columns: Sequence[Column],
        words: CellWords,
        vocabulary: Vocabulary,
        *,
        parts: Mapping[str, Part],
        as_of: date | None,
        today: date,
    ) -> None:
        """`parts` and `as_of` take the place of each entry's own; `today` is the day where none is told."""
        self._file, self._columns, self._vocabulary = file, columns, vocabulary
        self._flat = FlatReader(columns, vocabulary, words)
        self._told: dict[str, Any] = {"parts": parts, "as_of": as_of, "today": today}

    def read(self, entry: Entry) -> Situation:
        """What one entry tells.

        Raises:
            InputError: with all complaints about it.
        """
        if entry.fault:
            hint = "mend or delete this line; those around it were read"
            raise InputError([Complaint(self._file, entry.line, 1, "damaged-row", entry.fault, hint)])
        return self._row(entry) if entry.cells else self._document(entry)

    def _row(self, entry: Entry) -> Situation:
        row = self._flat.read(entry.cells)
        if not has_control(row.data):
            with suppress(InputError):  # said below, with the places
                return self._situation(Document(self._file, row.data))
        try:
            return self._situation(document_of(row, self._file, entry.line))
        except InputError as error:
            raise InputError([self._named(each, entry) for each in error.complaints]) from None

    def _document(self, entry: Entry) -> Situation:
        ending = ".json" if entry.text.lstrip().startswith("{") else ".yaml"
        try:
            return self._situation(parse(entry.text, self._file + ending))
        except InputError as error:
            raise InputError(
                [
                    replace(each, file=self._file, line=max(each.line, 1) + entry.line - 1)
                    for each in error.complaints
                ]
            ) from None

    def _situation(self, document: Document) -> Situation:
        situation: Situation = read_told(PROSPECT, document, self._vocabulary, **self._told)
        return situation

    def _named(self, complaint: Complaint, entry: Entry) -> Complaint:
        """A complaint about a row, with the column that it is about."""
        at = complaint.column - 1
        column = self._columns[at] if 0 <= at < len(self._columns) else None
        if column is None or not column.place or complaint.line != entry.line:
            return replace(complaint, line=entry.line, column=max(complaint.column, 1))
        named = f"{complaint.message} (column {shown(column.header)})"
        return replace(complaint, message=named)
