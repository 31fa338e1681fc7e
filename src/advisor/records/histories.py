"""A history that somebody keeps in YAML or JSON: a list of days, or of mappings with the columns of a CSV.

It is read as a table whose columns are the keys, so that a history says the same in every form.
"""

from __future__ import annotations

from collections.abc import Iterator

from advisor.catalog.text import Document, decode, parse
from advisor.errors import Complaint, InputError
from advisor.records.columns import HISTORY, Header, header_of
from advisor.records.encoding import Encoding
from advisor.records.files import File
from advisor.records.limits import MAX_LINE
from advisor.records.places import Source
from advisor.records.streams import Budget

NOT_TABLES = (".yaml", ".yml", ".json")
"""Endings of files that are no tables."""


class HistoryDocument(File):
    """A history in YAML or JSON, which is read as a file with rows is."""

    def __init__(self, source: Source, document: Document, header: Header) -> None:
        super().__init__(source, Encoding("utf-8"), header)
        self._document = document

    def table(self, budget: Budget | None) -> Iterator[tuple[int, list[str], str]]:
        """Line, cells and fault of every entry."""
        del budget
        names = self.header.names
        for number, entry in enumerate(_entries(self._document)):
            line = self._document.place((number,))[0]
            if isinstance(entry, dict):
                cells = [_cell(entry.get(name)) for name in names]
                nested = any(isinstance(each, dict | list) for each in entry.values())
                yield line, cells, "a value in it is a list or a mapping" if nested else ""
            elif isinstance(entry, str):
                yield (
                    line,
                    [entry if place == self.header.at["on"] else "" for place in range(len(names))],
                    "",
                )
            else:
                yield line, [_cell(entry)], "it is neither a day nor a mapping"


def history_document(source: Source) -> HistoryDocument | None:
    """Read `source` as a history in YAML or JSON; None where it is neither.

    Raises:
        InputError: where it is broken YAML or JSON, or has no column of days.
    """
    document = _document(source)
    if document is None:
        return None
    entries = _entries(document)
    keys = dict.fromkeys(str(key) for each in entries if isinstance(each, dict) for key in each)
    if any(isinstance(each, str) for each in entries) and "date" not in keys:
        keys["date"] = None
    found = header_of(list(keys), (HISTORY,), partly=True)
    if not entries or found is None:
        message = "this is not a list of invitations"
        hint = "write a list of days, or of mappings with date, name, url, outcome and answered"
        raise InputError([Complaint(source.display, 0, 0, "unknown-columns", message, hint)])
    return HistoryDocument(source, document, Header(found[0], 0, "", tuple(keys), found[1]))


def is_listed(source: Source) -> bool:
    """Whether `source` is YAML or JSON and a list with mappings in it.

    Raises:
        InputError: where it is broken.
    """
    document = _document(source)
    return document is not None and any(isinstance(each, dict) for each in _entries(document))


def _document(source: Source) -> Document | None:
    """The YAML or JSON in `source`; None where it is neither."""
    with source.open(None) as stream:
        head = stream.read(MAX_LINE + 1)
    if not source.name.lower().endswith(NOT_TABLES) and head.lstrip()[:1] not in (b"-", b"[", b"{"):
        return None
    return parse(decode(head, source.display), source.display)


def _entries(document: Document) -> list[object]:
    return document.data if isinstance(document.data, list) else []


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
