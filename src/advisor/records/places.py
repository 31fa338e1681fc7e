"""Where records lie: a zip, a folder or a single file, with the files in it that might be read.

Nothing is ever unpacked to disk, and names inside an archive open nothing outside it. An archive that looks
as if it were made to trick its reader is refused as a whole. What the files hold is none of this module's
business.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from advisor.catalog.encoding import open_ordinary
from advisor.records import archives
from advisor.records.limits import MAX_DEPTH, MAX_ENTRIES
from advisor.records.streams import Opener, plain_file, refuse_size

_NAMED = re.compile(r"LinkedInDataExport_(\d\d)-(\d\d)-(\d{4})", re.IGNORECASE)
_ZIP_SIGN = b"PK"


@dataclass(frozen=True, slots=True)
class Source:
    """One file that might be read."""

    display: str
    """How complaints call it, such as `export.zip/Connections.csv`."""
    name: str
    """Its name without folders."""
    size: int
    """Bytes as unpacked, as far as that can be known before reading."""
    open: Opener


@dataclass(frozen=True, slots=True)
class Place:
    """What one path leads to."""

    display: str
    sources: tuple[Source, ...]
    single: bool
    """Whether it is one file, which may have any name."""
    taken_on: date | None = None
    """The day of the export, where its name or its archive tells."""
    taken_from: str = ""
    """What told that day."""


def open_place(path: Path) -> Place:
    """Find the files at `path`.

    Raises:
        InputError: where there is nothing to read, or what is there must not be read.
    """
    display = str(path)
    if _is_folder(path):
        sources = tuple(_in_folder(path))
        return Place(display, sources, False, *_day_in_name(path.resolve()))
    with open_ordinary(path, display) as stream:
        size = os.fstat(stream.fileno()).st_size
        zipped = stream.read(len(_ZIP_SIGN)) == _ZIP_SIGN
    if zipped or path.suffix.lower() == ".zip":
        members = archives.members(path, display)
        sources = tuple(
            Source(
                f"{display}/{each.name}",
                each.name.rpartition("/")[2],
                each.size,
                partial(archives.open_member, path, display, each),
            )
            for each in members
        )
        day, told_by = _day_in_name(path)
        latest = max((each.written for each in members if each.written), default=None)
        if day is None and latest is not None:
            day, told_by = latest, "the newest file in the archive"
        return Place(display, sources, False, day, told_by)
    source = Source(display, path.name, size, partial(plain_file, path, display))
    return Place(display, (source,), True, *_day_in_name(path.resolve().parent))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False  # what cannot be looked at is complained about when it is opened


def _day_in_name(path: Path) -> tuple[date | None, str]:
    found = _NAMED.search(path.name)
    if found is None:
        return None, ""
    month, day, year = map(int, found.groups())
    try:
        return date(year, month, day), "the name of the export"
    except ValueError:
        return None, ""


def _in_folder(top: Path) -> Iterator[Source]:
    """All ordinary files below `top`; folders that are links are not followed, so none leads in a circle."""
    seen = 0
    for folder, folders, names in os.walk(top):
        here = Path(folder)
        deep = len(here.relative_to(top).parts) >= MAX_DEPTH
        folders[:] = [] if deep else sorted(each for each in folders if not each.startswith("."))
        for name in sorted(names):
            seen += 1
            if seen > MAX_ENTRIES:
                message = f"there are more than {MAX_ENTRIES:,} files in this folder"
                refuse_size(str(top), message, "name the folder of the export itself")
            path = here / name
            if not name.startswith(".") and (size := _size(path)) is not None:
                yield Source(str(path), name, size, partial(plain_file, path, str(path)))


def _size(path: Path) -> int | None:
    """Bytes of an ordinary file; None for anything else, and for what cannot be looked at."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size if stat.S_ISREG(status.st_mode) else None
