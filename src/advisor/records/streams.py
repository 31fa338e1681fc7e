"""Streams of bytes that are counted while they are read, so that no header is believed about its length."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, NoReturn, Protocol
from zipfile import BadZipFile

from advisor.catalog.encoding import open_ordinary
from advisor.errors import Complaint, InputError
from advisor.records.limits import MAX_ALL, MAX_FILE, MAX_RATIO, RATIO_FROM

_CHUNK = 2**16


class Readable(Protocol):
    """What bytes can be read from."""

    def read(self, size: int, /) -> bytes:
        """Read at most `size` bytes; none at the end."""

    def close(self) -> None:
        """Let it go."""


class Budget:
    """What all files of one command may take together, and whom to tell how far reading has come."""

    def __init__(self, watch: Callable[[int], None] | None = None) -> None:
        self._left = MAX_ALL
        self._watch = watch

    def take(self, count: int, display: str) -> None:
        """Count bytes that were read.

        Raises:
            InputError: where the files are too large together.
        """
        self._left -= count
        if self._left < 0:
            refuse_size(display, f"the records are larger than {MAX_ALL:,} bytes together")
        if self._watch is not None:
            self._watch(count)


Opener = Callable[[Budget | None], BinaryIO]
"""Opens a file from its beginning; what is read is charged to the budget, if there is one."""


def plain_file(path: Path, display: str, budget: Budget | None) -> BinaryIO:
    """Open an ordinary file.

    Raises:
        InputError: where it cannot be read.
    """
    return measured(open_ordinary(path, display), display, budget)


def measured(stream: Readable, display: str, budget: Budget | None, *, packed: int | None = None) -> BinaryIO:
    """Let `stream` be read within bounds; `packed` is its length in an archive."""
    return io.BufferedReader(_Measured(stream, display, budget, packed), _CHUNK)


class _Measured(io.RawIOBase):
    """A stream that is refused as soon as it is longer than it may be."""

    def __init__(self, stream: Readable, display: str, budget: Budget | None, packed: int | None) -> None:
        super().__init__()
        self._stream, self._display, self._budget, self._packed = stream, display, budget, packed
        self._count = 0

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """Whether it reads from a file, of which Parquet is read from the end."""
        return isinstance(self._stream, io.IOBase) and self._stream.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go on from another place; what is read twice counts twice.

        Raises:
            io.UnsupportedOperation: where it reads from within an archive.
        """
        if not isinstance(self._stream, io.IOBase):
            raise io.UnsupportedOperation("seek")
        return self._stream.seek(offset, whence)

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # the stubs say less than io does
        """Read some bytes.

        Raises:
            InputError: where the stream is too long, damaged or cannot be read.
        """
        try:
            chunk = self._stream.read(len(buffer))
        except (BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, RuntimeError) as fault:
            refuse_archive(self._display, f"this file in the archive is damaged: {fault}")
        except OSError as fault:
            message = f"this file cannot be read: {fault.strerror or fault}"
            raise InputError([Complaint(self._display, 0, 0, "unreadable", message, "check it")]) from None
        self._count += len(chunk)
        if self._count > MAX_FILE:
            refuse_size(self._display, f"this file is larger than {MAX_FILE:,} bytes")
        if self._packed is not None and self._count > max(RATIO_FROM, self._packed * MAX_RATIO):
            refuse_size(self._display, f"this file is more than {MAX_RATIO} times as long as it is packed")
        if self._budget is not None:
            self._budget.take(len(chunk), self._display)
        buffer[: len(chunk)] = chunk
        return len(chunk)

    def close(self) -> None:
        """Close what was opened for it."""
        if not self.closed:
            self._stream.close()
        super().close()


def refuse_size(
    display: str, message: str, hint: str = "check that it is the export that the platform gave you"
) -> NoReturn:
    """Stop at what is too large.

    Raises:
        InputError: always.
    """
    raise InputError([Complaint(display, 0, 0, "too-much-data", message, hint)]) from None


def refuse_archive(display: str, message: str) -> NoReturn:
    """Stop at an archive that cannot be read.

    Raises:
        InputError: always.
    """
    hint = "download the export again, or unpack it and name the folder"
    raise InputError([Complaint(display, 0, 0, "bad-archive", message, hint)]) from None
