"""What a person hands over: file, note, profile, history, from files or from standard input.

Files are read and parsed here, and all complaints about all of them are told together. What they mean is
the catalog's business.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from advisor.catalog.consistency import LONGEST_DRAFT
from advisor.catalog.situations import Part, read_told
from advisor.catalog.text import MAX_BYTES, DataPath, Document, decode, parse, read_bytes
from advisor.errors import Complaint, InputError
from advisor.model.situation import Prospect, Situation
from advisor.model.subject import PROSPECT, SUBJECTS, Told, article
from advisor.model.vocabulary import Vocabulary

if TYPE_CHECKING:
    from advisor.model.records import Records

STDIN = "-"
LONGEST_LINE = 100_000
"""Bytes of one typed line that are read."""
NOBODY = "unknown"
"""Name of the prospect where none is told; it is read as a name that is not known."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_Read = TypeVar("_Read")
_Place = TypeVar("_Place")


def check_stdin(**places: str | None) -> None:
    """Refuse to read two things from standard input; `places` says what was asked for where.

    Raises:
        click.UsageError: where `-` stands in more than one place.
    """
    from_stdin = [name for name, place in places.items() if place == STDIN]
    if len(from_stdin) > 1:
        named = " and for ".join(from_stdin)
        raise click.UsageError(f"Only one thing can be read from standard input, but `-` stands for {named}.")


class Handed:
    """What was handed over, with every complaint about it."""

    def __init__(self) -> None:
        self.complaints: list[Complaint] = []

    def document(self, place: str | None) -> Document | None:
        """Read a YAML or JSON file; None where there is none or it cannot be read."""
        return None if place is None else self._read(_document, place)

    def history(self, place: str | None) -> Document | None:
        """Read a history: the part `sending` of a prospect file, or just a list of dates."""
        document = self.document(place)
        if document is not None and isinstance(document.data, list):
            return Under.of(document, dates_or_times(document.data))
        return document

    def records(self, paths: Sequence[Path]) -> Records | None:
        """Read records of the person's own; None where none are named or they cannot be read."""
        from advisor.shells.records import read_records

        return self._read(read_records, paths) if paths else None

    def note(self, place: str | None) -> str | None:
        """Read a note as plain text; an empty file says that there is no note."""
        return None if place is None else self._read(note_in, place)

    def lines(self, place: str | None) -> list[str] | None:
        """Read a text of lines; None where there is none or it cannot be read."""
        return None if place is None else self._read(_lines_in, place)

    def situation(
        self,
        document: Document | None,
        vocabulary: Vocabulary,
        *,
        note: str | None = None,
        me: Document | None = None,
        history: Document | None = None,
        as_of: date | None = None,
    ) -> Situation:
        """Put the situation together.

        Raises:
            InputError: with all complaints, those about reading the files among them.
        """
        given: dict[str, Part] = {"me": me, "sending": history, "draft": note}
        parts = {key: part for key, part in given.items() if part is not None}
        situation: Situation = self.told(PROSPECT, document, vocabulary, parts, as_of)
        return situation

    def told(
        self,
        subject: str,
        document: Document | None,
        vocabulary: Vocabulary,
        parts: Mapping[str, Part] | None = None,
        as_of: date | None = None,
    ) -> Any:
        """Put what a file about `subject` tells together, with `parts` in place of its own.

        Raises:
            InputError: with all complaints, those about reading the files among them.
        """
        told = None
        if document is not None and (other := _other_subject(subject, document, {*(parts or ())})):
            self.complaints.append(_about_another(subject, other, document))
        elif document is not None:
            try:
                told = read_told(subject, document, vocabulary, parts=parts, as_of=as_of, today=today())
            except InputError as error:
                self.complaints += error.complaints
        if self.complaints or told is None:
            raise InputError(self.complaints)
        return told

    def _read(self, reader: Callable[[_Place], _Read], place: _Place) -> _Read | None:
        try:
            return reader(place)
        except InputError as error:
            self.complaints += error.complaints
            return None


def _other_subject(subject: str, document: Document, elsewhere: set[str]) -> str | None:
    """What else a file is about where no key that is special to it fits `subject`; None where that is open.

    `elsewhere` are the keys of parts that come from other files.
    """
    if not isinstance(document.data, dict):
        return None
    keys = document.data.keys() - elsewhere

    def fits(name: str) -> bool:
        return keys <= {each.name for each in fields(SUBJECTS[name].model)}

    if fits(subject):  # as nearly always: no other class is loaded then
        return None
    others = [name for name in SUBJECTS if name != subject and fits(name)]
    return others[0] if len(others) == 1 else None


def _about_another(subject: str, other: str, document: Document) -> Complaint:
    """Say which command answers about what the file describes."""
    from advisor.shells.knowledge import about, command_for

    first = tuple(document.data)[:1] if isinstance(document.data, dict) else ()
    message = f"this file describes {article(other)}, and the question is about {article(subject)}"
    hint = f"`advisor {command_for(about(other, None))}` answers questions about {article(other)}"
    return Complaint(document.file, *document.place(first, key=True), "unknown-key", message, hint)


def nothing_told(subject: str, vocabulary: Vocabulary) -> Told:
    """A file about `subject` in which nothing is told, of nobody known."""
    from advisor.catalog.answers import AnswerPlace

    name = AnswerPlace.of_name(subject)
    data = name.put({}, NOBODY) if name else {"as_of": today()}
    told: Told = read_told(subject, Document("nothing told", data), vocabulary, today=today())
    return told


def nobody(note: str | None) -> Situation:
    """A situation of which nothing is told but the note."""
    return Situation(prospect=Prospect(name=NOBODY), draft=note, as_of=today())


def today() -> date:
    """The day on the user's own calendar."""
    return date.today()


def _raw(place: str) -> bytes:
    if place != STDIN:
        return read_bytes(Path(place), place)
    if sys.stdin is None:
        raise InputError(
            [Complaint(STDIN, 0, 0, "unreadable", "standard input is closed", "name a file instead")]
        )
    try:
        # A pipe may have been left non-blocking by whoever made it; half of a file must not pass for all.
        with contextlib.suppress(OSError, ValueError, AttributeError):
            os.set_blocking(sys.stdin.fileno(), True)
        return sys.stdin.buffer.read(MAX_BYTES + 1) or b""
    except (OSError, ValueError) as fault:
        message = f"standard input cannot be read: {getattr(fault, 'strerror', None) or fault}"
        raise InputError([Complaint(STDIN, 0, 0, "unreadable", message, "name a file instead")]) from None


def _document(place: str) -> Document:
    return parse(decode(_raw(place), place), place)


def _lines_in(place: str) -> list[str]:
    return decode(_raw(place), place).removeprefix("\ufeff").splitlines()


def note_in(place: str) -> str:
    """The note in the file `place`, as plain text.

    Raises:
        InputError: where it cannot be read or is none.
    """
    text = decode(_raw(place), place).removeprefix("\ufeff")
    complaints = []
    for match in _CONTROL.finditer(text):
        before = text[: match.start()]
        message = f"the character U+{ord(match[0]):04X} cannot be seen and may not stand in a note"
        spot = (before.count("\n") + 1, len(before) - before.rfind("\n"))
        complaints.append(
            Complaint(place, *spot, "bad-character", message, "delete it; is this file plain text?")
        )
        break  # one says enough
    if len(text) > LONGEST_DRAFT:
        message = f"the note has {len(text)} characters; {LONGEST_DRAFT} are read at most"
        complaints.append(
            Complaint(place, 0, 0, "too-long", message, "give the note alone, not a whole conversation")
        )
    if complaints:
        raise InputError(complaints)
    return text


def dates_or_times(listed: list[Any]) -> str:
    """The key of `Sending` that a bare list of days stands for: `times` where each has a time of day."""
    timed = listed and all(isinstance(each, str) and ":" in each for each in listed)
    return "times" if timed else "dates"


@dataclass(frozen=True, slots=True)
class Under(Document):
    """A document read as the mapping that has it under some keys; its places stay what they are."""

    keys: tuple[str, ...] = ()
    """The keys, the outermost first."""

    @classmethod
    def of(cls, document: Document, *keys: str) -> Under:
        """Read `document` as what stands under `keys`."""
        data = document.data
        for key in reversed(keys):
            data = {key: data}
        return cls(document.file, data, document._top, keys)

    def place(self, path: DataPath = (), *, key: bool = False) -> tuple[int, int]:
        """Line and column of what stands at `path`, whose first steps the file does not have."""
        return Document.place(self, path[len(self.keys) :], key=key)
