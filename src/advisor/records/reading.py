"""From paths to records: finds the files, reads them so that each tells what the next needs, and joins them.

What stops everything is an `InputError`; what is wrong with a row is a doubt, and the rest is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from advisor.errors import Complaint, InputError
from advisor.model.reading import FileReading, Reading
from advisor.model.records import Connected, Invited, Remark, Self, Stay
from advisor.records.columns import IN_EXPORTS, KINDS, kind_of_file
from advisor.records.exchanges import Exchanges
from advisor.records.files import File, Row, refuse_unknown
from advisor.records.histories import NOT_TABLES, history_document, is_listed
from advisor.records.joining import Part, join
from advisor.records.owner import Owner
from advisor.records.places import Place, Source, open_place
from advisor.records.rows import Message
from advisor.records.streams import Budget

_ORDER = {kind.name: number for number, kind in enumerate(IN_EXPORTS)}
_ARCHIVES = (".zip", ".gz", ".tar", ".7z", ".rar")
_TABLES = (".csv", ".tsv")
_OF_ARCHIVES = ("bad-archive", "unsafe-archive", "too-much-data")
_NOT_NEEDED = "not used"
_NESTED = "an archive within; it is not opened"
_TO_SEVERAL = "sent to several people, or to nobody who is named"
_NO_HEADER = "no line in it names its columns"
_NO_OWNER = "nothing tells which of the people in it is you"


def read(paths: Sequence[Path], watch: Callable[[int], None] | None = None) -> Reading:
    """Read exports and histories; `watch` is told how many bytes were read, as they are.

    Raises:
        InputError: where there is nothing to read, or something that must not be read, at any of `paths`.
    """
    reader = RecordsReader(paths)
    for _ in reader.rows(watch):
        pass
    return reader.reading()


def is_export_or_history(path: Path) -> bool:
    """Whether `path` is a folder, an archive, a table, or a history with more than days.

    Asked where a list of days or a part of a prospect file may stand as well. What cannot be read is none of
    them, but for an archive.
    """
    try:
        place = open_place(path)
        if not place.single:
            return True
        source = place.sources[0]
        if source.name.lower().endswith(_TABLES) or is_listed(source):
            return True
        return not source.name.lower().endswith(NOT_TABLES) and File.recognised(source, KINDS) is not None
    except InputError as error:
        return any(each.code in _OF_ARCHIVES for each in error.complaints)


class RecordsReader:
    """Reads exports and histories row by row; `read` does it in one go."""

    def __init__(self, paths: Sequence[Path]) -> None:
        """Find the files and their headers.

        Raises:
            InputError: with all complaints about all of `paths`.
        """
        complaints: list[Complaint] = []
        self._places: list[tuple[Place, list[File]]] = []
        self._files: list[FileReading] = []
        self._doubts: list[Complaint] = []
        self._parts: list[Part] = []
        self._remarks: list[str] = []
        for path in dict.fromkeys(paths):
            try:
                place = open_place(path)
                self._places.append((place, self._known(place)))
            except InputError as error:
                complaints += error.complaints
        if complaints:
            raise InputError(complaints)

    @property
    def size(self) -> int:
        """Bytes that are to be read, as far as that can be known before."""
        return sum(file.source.size for _, files in self._places for file in files)

    def rows(self, watch: Callable[[int], None] | None = None) -> Iterator[Row]:
        """Every row of every file that is known, in the order of reading.

        Raises:
            InputError: where a file turns out to be damaged as a whole, or too large.
        """
        budget, owner = Budget(watch), Owner()
        self._parts = [Part(place.taken_on, place.taken_from) for place, _ in self._places]
        pairs = zip(self._parts, self._places, strict=True)
        ordered = sorted(
            ((part, file) for part, (_, files) in pairs for file in files),
            key=lambda each: _ORDER.get(each[1].header.kind.name, len(_ORDER)),
        )
        for part, file in ordered:  # all profiles first, wherever they lie: all records are one person's
            yield from self._file(file, part, owner, budget)
            reading = file.reading()
            self._files.append(reading)
            self._doubts += file.doubts
            part.official |= reading.official and reading.kind == "invitations"

    def reading(self) -> Reading:
        """What all rows together say, once they have been read."""
        records, taken_from, remarks = join(self._parts)
        return Reading(
            records=records,
            taken_from=taken_from,
            files=tuple(self._files),
            doubts=tuple(self._doubts),
            remarks=(*self._remarks, *remarks),
        )

    def _known(self, place: Place) -> list[File]:
        """The files of `place` that are known."""
        if place.single:
            return [_single(place.sources[0])]
        known: list[File] = []
        named = ((kind_of_file(source.name), source) for source in place.sources)
        for kind, source in named:
            unused = _NESTED if source.name.lower().endswith(_ARCHIVES) else _NOT_NEEDED
            if kind is not None:
                file = File.recognised(source, (kind,))
                if file is not None:
                    known.append(file)
                    continue
                unused = _NO_HEADER
                hint = "download the export again; an empty file tells nothing"
                self._doubts.append(
                    Complaint(source.display, 0, 0, "unknown-columns", unused, hint, "warning")
                )
            self._files.append(
                FileReading(file=source.display, unused=unused, doubted=int(unused is _NO_HEADER))
            )
        if not known:
            message = "there is no file of an export in it: no Connections.csv, Invitations.csv, messages.csv"
            hint = "name the zip that the platform gave you, or the folder in which it was unpacked"
            raise InputError([Complaint(place.display, 0, 0, "no-records", message, hint)])
        return known

    def _file(self, file: File, part: Part, owner: Owner, budget: Budget) -> Iterator[Row]:
        kind = file.header.kind.name
        exchanges: Exchanges | None = None
        if kind == "messages":
            owner.settle_invitations()
            owner.settle_messages(file)
            exchanges = Exchanges(owner) if owner.known else None
        for row in file.rows(budget):
            if row.understood is not None:
                self._take(row, file, part, owner, exchanges)
            yield row
        if exchanges is not None:
            part.exchanges += exchanges.result()
            file.drop(_TO_SEVERAL, exchanges.unclear)
        elif kind == "messages":
            self._remarks.append(f"{file.source.display} is not used: {_NO_OWNER}; give the whole export")
            return
        part.kinds.add(kind)

    def _take(self, row: Row, file: File, part: Part, owner: Owner, exchanges: Exchanges | None) -> None:
        """Put the record of one row where it belongs."""
        match row.understood:
            case Connected():
                part.connections.append(row.understood)
                part.see(row.understood.on)
            case Invited():
                part.invitations.append(row.understood)
                part.see(row.understood.on)
                if file.header.kind.name == "invitations":
                    owner.see_invitation(file, row, incoming=row.understood.incoming)
            case Message():
                part.see(row.understood.on)
                if exchanges is not None:
                    exchanges.add(row.understood)
            case Remark():
                part.remarks.append(row.understood)
                part.see(row.understood.on)
            case Self():
                part.me = row.understood
                owner.see_profile(row.understood)
            case Stay():
                into = part.positions if file.header.kind.name == "positions" else part.schools
                into.append(row.understood)


def _single(source: Source) -> File:
    """A file that was named by itself, whatever its name.

    Raises:
        InputError: where it is neither a file of an export nor a history.
    """
    named = kind_of_file(source.name)
    kinds = (named, *KINDS) if named is not None else KINDS
    document = history_document(source)
    file = document if document is not None else File.recognised(source, kinds)
    if file is None:
        raise refuse_unknown(source)
    return file
