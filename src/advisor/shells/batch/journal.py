"""What a batch has done so far: kept on disk, so that it need not be in memory and can be gone on with.

A journal belongs to one content: of the list, the rules, what else was told, and the day. Rows are added in
the order of the list, and together or not at all, so that whatever kills the command leaves a beginning.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from advisor.errors import Complaint, InputError
from advisor.model.batch_row import BatchRow, PlacedRow
from advisor.model.standing import Standing

_FORM = "1"
"""Raised when rows are kept in another form."""
_TABLES = """
create table content (part text primary key, says text not null);
create table rows (
  number integer primary key, failed integer, caution integer, unsendable integer, plain integer,
  others integer, concerns integer, verdict text, row text not null
);
"""
_ORDER = "failed, caution, unsendable, plain, others, concerns, number"


def journal_of(target: Path) -> Path:
    """Where the journal of a batch lies that is written to `target`."""
    return target.with_name(f"{target.name}.journal")


class Journal:
    """The rows of one batch."""

    def __init__(self, path: Path | None, content: Mapping[str, str], *, fresh: bool = False) -> None:
        """`path`: where it lies; None for one that is gone afterwards. `content`: what it belongs to.

        Raises:
            InputError: where it belongs to something else, cannot be written, or is in use.
        """
        self.path = path
        try:
            if path is not None and fresh:
                self._check_unused()
                self._remove()
            # An empty name is a database on disk that nobody else sees and that goes when it is closed.
            self._database = sqlite3.connect(path or "", timeout=0, isolation_level=None)
            self._open({"form": _FORM, **content})
        except sqlite3.Error as fault:
            raise self._refused(fault) from None

    def _open(self, content: Mapping[str, str]) -> None:
        # What the command itself leaves behind when it is killed is safe without waiting for the disk.
        self._database.execute("pragma synchronous = off")
        self._database.execute("pragma locking_mode = exclusive")
        self._database.execute("begin exclusive")
        made = self._database.execute("select count(*) from sqlite_master").fetchone()[0]
        if not made:
            for statement in filter(str.strip, _TABLES.split(";")):
                self._database.execute(statement)
            self._database.executemany("insert into content values (?, ?)", content.items())
        self._database.execute("commit")
        found = dict(self._database.execute("select part, says from content"))
        other = [part for part in content if found.get(part) != content[part]]
        if other:
            self._database.close()
            message = f"this journal was begun with another {' and another '.join(other)}"
            if "day" in other and len(other) == 1:
                message = f"this journal was begun on {found.get('day')}, and the day is {content['day']} now"
            hint = "run the command as it was then, or begin anew with --fresh"
            if "day" in other:
                hint = f"add --as-of {found.get('day')} to go on, or begin anew with --fresh"
            raise InputError([Complaint(str(self.path), 0, 0, "other-journal", message, hint)])

    def _check_unused(self) -> None:
        """Raise where another run holds it; what it is otherwise, and whether it is one, is all the same."""
        assert self.path is not None  # noqa: S101 - only called where there is one
        if not self.path.is_file():
            return
        with contextlib.closing(sqlite3.connect(self.path, timeout=0, isolation_level=None)) as found:
            try:
                found.execute("begin exclusive")
            except sqlite3.Error as fault:
                if "locked" in str(fault):
                    raise

    @property
    def done(self) -> int:
        """How many entries are in it."""
        return int(self._found("select coalesce(max(number), 0) from rows")[0][0])

    def add(self, rows: Iterable[BatchRow]) -> None:
        """Keep the rows of the entries that come next: all of them, or none.

        Raises:
            InputError: where they cannot be written.
        """
        try:
            self._database.execute("begin")
            self._database.executemany("insert into rows values (?,?,?,?,?,?,?,?,?)", map(_kept, rows))
            self._database.execute("commit")
        except sqlite3.Error as fault:
            raise self._refused(fault) from None

    def placed(self, notes_left: int | None, most: int | None = None) -> Iterator[PlacedRow]:
        """All rows in order, or the first `most`; marked where a note is worth it and there is one left."""
        left = notes_left or 0
        query = f"select row from rows order by {_ORDER} limit ?"  # noqa: S608 - of our own words only
        for place, row in enumerate(self._rows(query, -1 if most is None else most), 1):
            worth = left > 0 and row.deserves_a_note
            left -= worth
            yield PlacedRow(place, row, worth)

    def counts(self, verdicts: Iterable[str]) -> dict[str, int]:
        """How many rows have each of `verdicts`."""
        query = "select verdict, count(*) from rows where failed = 0 group by verdict"
        found = dict(self._found(query))
        return {verdict: found.get(verdict, 0) for verdict in verdicts}

    def failed(self, most: int) -> tuple[int, list[str]]:
        """How many entries could not be read, and the complaints about the first of them."""
        count = self._found("select count(*) from rows where failed = 1")[0][0]
        query = "select row from rows where failed = 1 order by number limit ?"
        return int(count), [row.error for row in self._rows(query, most)]

    def _found(self, query: str) -> list[Any]:
        try:
            return self._database.execute(query).fetchall()
        except sqlite3.Error as fault:
            raise self._refused(fault) from None

    def _rows(self, query: str, most: int) -> Iterator[BatchRow]:
        """The rows that `query` finds, one by one: there may be very many."""
        try:
            for (kept,) in self._database.execute(query, (most,)):
                yield _row(kept)
        except (sqlite3.Error, ValueError, TypeError, KeyError, AttributeError):
            raise self._damaged() from None

    def close(self, *, finished: bool) -> None:
        """Let it go; where the batch is `finished`, for good."""
        self._database.close()
        if finished and self.path is not None:
            self._remove()

    def _remove(self) -> None:
        assert self.path is not None  # noqa: S101 - only called where there is one
        for ending in ("", "-journal"):
            self.path.with_name(self.path.name + ending).unlink(missing_ok=True)

    def _damaged(self) -> InputError:
        hint = "begin anew with --fresh"
        return InputError([Complaint(str(self.path), 0, 0, "other-journal", "this journal is damaged", hint)])

    def _refused(self, fault: sqlite3.Error) -> InputError:
        said = str(fault)
        if "locked" in said:
            message, hint = "another run of this command is using the journal", "wait until it is done"
        elif "not a database" in said or "no such" in said:
            message, hint = "this file is no journal", "move it away, or begin anew with --fresh"
            return InputError([Complaint(str(self.path), 0, 0, "other-journal", message, hint)])
        elif "malformed" in said:
            return self._damaged()
        else:
            message, hint = (
                f"the journal cannot be written: {said}",
                "check the folder and the room on the disk",
            )
        return InputError([Complaint(str(self.path or "-"), 0, 0, "unwritable", message, hint)])


def _kept(row: BatchRow) -> tuple[object, ...]:
    standing = row.standing
    values = _values(row)
    values["standing"] = _values(standing) if standing else None
    kept = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return (row.number, *row.order, standing.verdict if standing else "", kept)


def _values(model: BatchRow | Standing) -> dict[str, Any]:
    """The fields of a flat model; `asdict` would copy each of them."""
    return {each.name: getattr(model, each.name) for each in fields(model)}


def _row(kept: str) -> BatchRow:
    values = json.loads(kept)
    told: dict[str, Any] | None = values.pop("standing")
    values["remarks"] = tuple(values["remarks"])
    if told is None:
        return BatchRow(**values)
    told = {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()}
    return BatchRow(**values, standing=Standing(**told))
