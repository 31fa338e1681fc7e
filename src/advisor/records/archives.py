"""Zip archives from outside: their list of files, looked through for tricks, and their files as streams.

Archives in archives are not opened. Files are read one after the other from a fresh opening, so that nothing
stays open.
"""

from __future__ import annotations

import os
import stat
import struct
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from advisor.catalog.encoding import open_ordinary
from advisor.errors import Complaint, InputError
from advisor.model.names import shown
from advisor.records.limits import MAX_ENTRIES, MAX_INDEX
from advisor.records.streams import Budget, measured, refuse_archive, refuse_size

_END = b"PK\x05\x06"
_END_SIZE = 22
_LARGE_END, _LARGE_END_SIZE = b"PK\x06\x06", 56
_POINTER, _POINTER_SIZE = b"PK\x06\x07", 20
"""Before its end a large archive says its sizes once more, and where it says them."""
_LONGEST_REMARK = 65_535
_ENCRYPTED = 0x1
_EPOCH = 1980
"""The year that a zip gives a file whose time is not told."""
_BROKEN = (BadZipFile, RuntimeError, struct.error, EOFError, ValueError, OSError, KeyError)
"""What the library raises at archives with wrong bytes in them."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive."""

    name: str
    """Its path in the archive, with `/` between folders."""
    stored: str
    """The same as the archive writes it."""
    size: int
    """Bytes as unpacked, as the archive says."""
    written: date | None
    """The day on which it was written."""


def members(path: Path, display: str) -> tuple[Member, ...]:
    """The files of the archive at `path`, which complaints call `display`.

    Raises:
        InputError: where it is no whole archive, too large, or made to trick its reader.
    """
    with open_ordinary(path, display) as stream:
        _check_index(stream, display)
        try:
            with ZipFile(stream) as archive:
                infos = [each for each in archive.infolist() if not each.filename.endswith("/")]
        except _BROKEN as fault:
            refuse_archive(display, f"this is not a whole zip archive: {fault}")
    if len(infos) > MAX_ENTRIES:
        refuse_size(display, f"there are more than {MAX_ENTRIES:,} files in this archive")
    found = tuple(_member(each) for each in infos)
    complaints = [
        Complaint(f"{display}/{shown(each.name)[1:-1]}", 0, 0, "unsafe-archive", message, _UNSAFE)
        for each, info in zip(found, infos, strict=True)
        if (message := _trick(each, info))
    ]
    for name, count in Counter(each.name for each in found).items():
        if count > 1:
            message = f"{count} files of the archive have this same name"
            complaints.append(
                Complaint(f"{display}/{shown(name)[1:-1]}", 0, 0, "unsafe-archive", message, _UNSAFE)
            )
    if complaints:
        raise InputError(complaints)
    return tuple(each for each in found if not _is_by_product(each.name))


_UNSAFE = "the platform's own exports have no such files; unpack it yourself if you trust it"


def open_member(path: Path, display: str, member: Member, budget: Budget | None) -> BinaryIO:
    """Open one file of the archive at `path`.

    Raises:
        InputError: where the archive is not what it was any more.
    """
    inside = f"{display}/{member.name}"
    stream = open_ordinary(path, display)
    try:
        archive = ZipFile(stream)
        info = archive.getinfo(member.stored)
        return measured(_Inside(archive, info, stream), inside, budget, packed=info.compress_size)
    except _BROKEN as fault:
        stream.close()
        refuse_archive(inside, f"this file in the archive cannot be read: {fault}")


class _Inside:
    """A file of an archive, which closes the archive too."""

    def __init__(self, archive: ZipFile, info: ZipInfo, stream: BinaryIO) -> None:
        self._all = (archive.open(info), archive, stream)
        self.read = self._all[0].read

    def close(self) -> None:
        """Close it, and what was opened for it."""
        for each in self._all:
            each.close()


def _check_index(stream: BinaryIO, display: str) -> None:
    """Look at the size of the list of files before it is read whole."""
    size = os.fstat(stream.fileno()).st_size
    stream.seek(max(0, size - _LARGE_END_SIZE - _POINTER_SIZE - _END_SIZE - _LONGEST_REMARK))
    tail = stream.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_SIZE:
        why = "it is empty" if not size else "its end is missing, as where a download broke off"
        refuse_archive(display, f"this is not a whole zip archive: {why}")
    index = int(struct.unpack_from("<I", tail, at + 12)[0])
    pointer = at - _POINTER_SIZE
    large = pointer - _LARGE_END_SIZE
    if large >= 0 and tail.startswith(_POINTER, pointer) and tail.startswith(_LARGE_END, large):
        index = int(struct.unpack_from("<Q", tail, large + 40)[0])  # the library believes this one
    if index > MAX_INDEX:
        refuse_size(display, f"the list of files of this archive is larger than {MAX_INDEX:,} bytes")
    stream.seek(0)


def _member(info: ZipInfo) -> Member:
    year, month, day = info.date_time[:3]
    try:
        written = date(year, month, day) if year > _EPOCH else None
    except ValueError:
        written = None
    return Member(info.filename.replace("\\", "/"), info.filename, info.file_size, written)


def _trick(member: Member, info: ZipInfo) -> str:
    """What is wrong with a file of an archive; empty where nothing is."""
    name = member.name
    if not name:
        return "a file of this archive has no name"
    if name.startswith("/") or name[1:2] == ":" or ".." in name.split("/") or not name.isprintable():
        return "the name of this file leads out of the archive, or hides what it is"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "this is a link, not a file"
    if info.flag_bits & _ENCRYPTED:
        return "this file is encrypted"
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        return "this file is packed in an unusual way"
    return ""


def _is_by_product(name: str) -> bool:
    """Whether an archiver put it there for itself."""
    return name.startswith("__MACOSX/") or name.rpartition("/")[2].startswith(".")
