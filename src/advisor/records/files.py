"""One file of records, row by row: every row that it holds comes out, with what was understood of it.

Damaged rows are told and the rest goes on. Nothing is held in memory but what is needed to tell a row that
was met before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from advisor.errors import Complaint, InputError
from advisor.model.reading import FileReading
from advisor.model.records import Connected
from advisor.records.columns import Header, Kind, find_header
from advisor.records.days import Days, Order, OrderSeen
from advisor.records.encoding import UNDECODED, Encoding, encoding_of, is_garbled
from advisor.records.limits import DOUBTS_KEPT, MAX_FILE, MAX_ROWS
from advisor.records.places import Source
from advisor.records.rows import Message, Read, Record, Trouble, reader_of
from advisor.records.streams import Budget, refuse_size
from advisor.records.table import Table, fitted, looks_like_row, split

_CELL_BREAK = "\x1f"
_SHOWN_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", "": ""}


@dataclass(slots=True)
class Row:
    """One row of a known file, as it stands there and as it was understood."""

    file: str
    kind: str
    line: int
    """Line that it begins on, counted from 1."""
    names: tuple[str, ...]
    """Names of the columns, as written."""
    cells: list[str]
    """What stands in them; of a damaged row its whole text in one cell."""
    understood: Record | None
    doubts: tuple[Complaint, ...] = ()


class File:
    """One file that is being read."""

    def __init__(self, source: Source, encoding: Encoding, header: Header) -> None:
        self.source, self.encoding, self.header = source, encoding, header
        self.doubts: list[Complaint] = []
        """The first doubts."""
        self.days = Days(self._order)
        self._width = header.width
        self._doubted = self._rows = self._understood = self._repeated = self._nameless = 0
        self._dropped: Counter[str] = Counter()
        self._seen: set[int] = set()

    @classmethod
    def recognised(cls, source: Source, kinds: Iterable[Kind]) -> File | None:
        """Find encoding and header of `source`; None where it has no header of one of `kinds`.

        Raises:
            InputError: where it cannot be read.
        """
        if source.size > MAX_FILE:  # what it says of itself is believed where that is too much already
            refuse_size(source.display, f"this file is larger than {MAX_FILE:,} bytes")
        encoding = encoding_of(source)
        with encoding.open(source, None) as stream:
            header = find_header(stream, kinds)
        return None if header is None else cls(source, encoding, header)

    def table(self, budget: Budget | None) -> Iterator[tuple[int, list[str], str]]:
        """Line, cells and fault of every row that holds anything; whole rows have one cell for each name.

        Raises:
            InputError: where the file turns out to be damaged as a whole, or too large.
        """
        header = self.header
        count, width = len(header.names), self._width
        with self.encoding.open(self.source, budget) as stream:
            for _ in range(header.line):
                stream.readline()
            for raw in Table(stream, header.delimiter, self._is_row, first_line=header.line + 1):
                cells, fault = fitted(raw, count, width)
                if any(cells) and (fault or any(map(str.strip, cells))):
                    yield raw.line, cells, fault

    def rows(self, budget: Budget | None) -> Iterator[Row]:
        """Every row, understood or not.

        Raises:
            InputError: where the file turns out to be damaged as a whole, or too large.
        """
        header, file, kind = self.header, self.source.display, self.header.kind.name
        read = reader_of(header, self.days)
        if self.encoding.guessed or self.encoding.broken:
            self._doubt(0, _about_encoding(self.encoding))
        for line, cells, fault in self.table(budget):
            self._rows += 1
            if self._rows > MAX_ROWS:
                refuse_size(file, f"this file has more than {MAX_ROWS:,} rows")
            doubts: tuple[Complaint, ...]
            if fault:
                hint = "mend or delete this line; the rows around it were read"
                doubts = (
                    self._doubt(line, Trouble("damaged-row", f"this row is not read, since {fault}", hint)),
                )
                yield Row(file, kind, line, header.names, cells, None, doubts)
                continue
            record, troubles = self._understand(read, cells, line)
            doubts = tuple([self._doubt(line, each) for each in troubles]) if troubles else ()
            yield Row(file, kind, line, header.names, cells, record, doubts)
        if self.days.ambiguous:
            form = next(iter(sorted(each for each in self.days.forms if each.startswith("month"))), "")
            message = f"nothing in this file tells day and month apart; its dates were read as {form}"
            self._doubt(
                0, Trouble("ambiguous-date", message, "save it with dates as year-month-day to be sure")
            )

    def drop(self, reason: str, count: int) -> None:
        """Say of some messages that they do not count, which only all of them together could show."""
        if count:
            self._dropped[reason] += count

    def reading(self) -> FileReading:
        """How it was read, once all rows have been."""
        header = self.header
        used = sorted(header.at.values())
        return FileReading(
            file=self.source.display,
            kind=header.kind.name,
            rows=self._rows,
            understood=self._understood,
            repeated=self._repeated,
            nameless=self._nameless,
            dropped=dict(self._dropped),
            columns=tuple(header.names[place].strip() for place in used),
            unknown_columns=header.unknown,
            encoding=self.encoding.name,
            guessed=self.encoding.guessed,
            delimiter=_SHOWN_DELIMITERS[header.delimiter],
            header_line=header.line,
            dates=tuple(sorted(self.days.forms, key=lambda form: -self.days.forms[form])),
            official=header.official,
            doubted=self._doubted,
        )

    def _understand(self, read: Read, cells: list[str], line: int) -> tuple[Record | None, list[Trouble]]:
        troubles: list[Trouble] = []
        record = read([*cells, ""], line, troubles)
        if record is None:
            return None, troubles
        self._understood += 1
        joined = _CELL_BREAK.join(cells)
        if not joined.isascii() and is_garbled(joined):
            troubles.append(_garbled(joined))
        if isinstance(record, Message) and record.dropped:
            self._dropped[record.dropped] += 1
        if isinstance(record, Connected) and not (record.name or record.slug):
            self._nameless += 1
        elif getattr(record, "name", "") or getattr(record, "slug", "") or isinstance(record, Message):
            # A row that names nobody may well stand there twice: two people, or two requests of one day.
            key = hash(joined)  # of 64 bits: among a million rows two alike are not to be expected
            if key in self._seen:
                self._repeated += 1
                troubles.append(Trouble("repeated-row", "this row stands there already; it counts once"))
                return None, troubles
            self._seen.add(key)
        return record, troubles

    def _doubt(self, line: int, trouble: Trouble) -> Complaint:
        doubt = Complaint(
            self.source.display, line, int(line > 0), trouble.code, trouble.message, trouble.hint, "warning"
        )
        self._doubted += 1
        if len(self.doubts) < DOUBTS_KEPT:
            self.doubts.append(doubt)
        return doubt

    def _order(self) -> Order:
        """Look through the whole column of dates for one that shows its order."""
        seen = OrderSeen()
        places = [self.header.at[each] for each in ("on", "answered", "edited") if each in self.header.at]
        for _, cells, fault in self.table(None):
            for place in places if not fault else ():
                seen.see(cells[place])
        return seen.order

    def _is_row(self, line: str) -> bool:
        """Whether a line by itself looks like a row of this file."""
        header, width = self.header, self._width
        if line.count(header.delimiter) < width - 1:  # most lines within a cell; asked of each of them
            return False
        place = header.at.get("on")
        cells = split(line, header.delimiter)
        if place is None:
            return looks_like_row(cells, width, lambda _: width > 1)
        return looks_like_row(cells, width, lambda some: _is_day(some[place]))


def _is_day(text: str) -> bool:
    """Whether a cell is a day, asked without reading the column through."""
    day = Days().read(text)
    return day.on is not None or day.code == "impossible-date"


def _about_encoding(encoding: Encoding) -> Trouble:
    if encoding.broken:
        message = "some bytes of this file do not fit UTF-8, in which the rest is written"
        return Trouble("bad-encoding", message, "names with \ufffd in them are not complete")
    message = f"this file is not in UTF-8; it was read as {encoding.name}, which is a guess"
    return Trouble("guessed-encoding", message, "look at names with accents, or save it in UTF-8")


def _garbled(text: str) -> Trouble:
    if UNDECODED in text:
        return Trouble(
            "garbled-text", "some letters of this row could not be decoded", "save the file in UTF-8"
        )
    message = "this row looks as if it had once been saved in a wrong encoding; it was left as it stands"
    return Trouble("garbled-text", message, "take the file from the platform's export again")


def refuse_unknown(source: Source) -> InputError:
    """The error about a single file that is not known."""
    message = "no line of this file names the columns of an export or of a history"
    hint = "a history has a column `date` and others such as name, url, outcome, answered"
    return InputError([Complaint(source.display, 0, 0, "unknown-columns", message, hint)])
