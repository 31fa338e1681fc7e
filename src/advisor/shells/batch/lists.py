"""The list that a batch is about: from a file or standard input, with what is said of its columns."""

from __future__ import annotations

import hashlib
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import click

from advisor.catalog.encoding import open_ordinary, read_text
from advisor.catalog.text import parse
from advisor.errors import Complaint, InputError
from advisor.records.lists import PeopleList
from advisor.records.mapping import Column, Wanted
from advisor.records.places import Source
from advisor.records.streams import plain_file
from advisor.report.layout import Page, printable
from advisor.report.tables import table
from advisor.shells.inputs import STDIN

_CHUNK = 2**20
_ZIP_SIGN = b"PK\x03\x04"
_HOW = {"set": "as you said", "place": "", "known": "", "near": "spelt much like it"}
_MOST_UNUSED = 30
"""Columns that are not used and named one by one."""


@contextmanager
def source_of(place: str) -> Iterator[Source]:
    """The file at `place`; what comes from standard input is kept in a file that is gone afterwards.

    Raises:
        InputError: where it cannot be read.
    """
    if place != STDIN:
        path = Path(place)
        with open_ordinary(path, place) as stream:
            if stream.read(len(_ZIP_SIGN)) == _ZIP_SIGN:
                message = "this is an archive, and a list of people is one file"
                hint = "unpack it and name one file; `advisor review-network` looks through whom you know"
                raise InputError([Complaint(place, 0, 0, "not-a-file", message, hint)])
            size = stream.seek(0, 2)
        yield Source(place, path.name, size, partial(plain_file, path, place))
        return
    if sys.stdin is None:
        message = "standard input is closed"
        raise InputError([Complaint(STDIN, 0, 0, "unreadable", message, "name a file instead")])
    # A list is looked through more than once: for its encoding, its header and its length.
    with tempfile.TemporaryDirectory(prefix="advisor-") as folder:
        path = Path(folder, "list")
        with path.open("wb") as kept:
            shutil.copyfileobj(sys.stdin.buffer, kept)
        yield Source(STDIN, STDIN, path.stat().st_size, partial(plain_file, path, STDIN))


def hash_of(source: Source) -> str:
    """The `sha256` of what stands in `source`."""
    digest = hashlib.sha256()
    with source.open(None) as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def wanted(given: Sequence[str], file: str | None, *, guess: bool) -> Wanted:
    """What `--map`, `--map-file` and `--no-guess` say; a single `--map` beats the file.

    Raises:
        InputError: where the file is no mapping of headers to places.
        click.UsageError: where `--map` is not written as it should be.
    """
    places: dict[str, str] = {}
    if file is not None:
        data = parse(read_text(Path(file)), file).data
        fits = isinstance(data, dict) and all(isinstance(each, str | None) for each in data.values())
        if not fits or not isinstance(data, dict):
            message = "this file should say for each header, as a key, which place its column tells"
            hint = "such as `Current Job: prospect.title`; leave the place empty to leave a column out"
            raise InputError([Complaint(file, 0, 0, "wrong-type", message, hint)])
        places |= {str(header): place or "" for header, place in data.items()}
    for each in given:
        header, sign, place = each.rpartition("=")
        if not sign or not header:
            raise click.UsageError(f'--map is written as --map "Header=prospect.company", not {each!r}.')
        places[header] = place.strip()
    return Wanted(places, guess, file or "--map")


def columns_in_words(people: PeopleList, page: Page) -> str:
    """A small table of what the columns tell; empty where each entry is a prospect file."""
    taken = [each for each in people.columns if each.place]
    unused = [each for each in people.columns if not each.place and each.header.strip()]
    rows = [("taken", each.header, _told(each)) for each in taken]
    rows += [("not used", each.header, each.why_not) for each in unused[:_MOST_UNUSED]]
    if not rows:
        return ""
    lines = [f"Columns of {printable(people.source.display)}", *table(rows, page, indent=2, styles=("dim",))]
    if len(unused) > _MOST_UNUSED:
        lines.append(f"  … and {len(unused) - _MOST_UNUSED} more that are not used")
    return "\n".join([*lines, '  (--map "HEADER=PLACE" says it otherwise)'])


def _told(column: Column) -> str:
    how = _HOW[column.how] if column.how else ""
    return f"{column.place} ({how})" if how else column.place
