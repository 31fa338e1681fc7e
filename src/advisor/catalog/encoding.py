"""From a file to text: bytes read within bounds, and decoded without guessing.

Nothing is read that is not an ordinary file, and nothing beyond the limit. What the text says is none of this
module's business.
"""

from __future__ import annotations

import codecs
import contextlib
import os
import stat
from itertools import islice
from pathlib import Path
from typing import BinaryIO, NoReturn

from advisor.catalog.document import ErrorType, Spot, after, unify
from advisor.errors import Complaint, InputError
from advisor.model.names import did_you_mean, either, shown

MAX_BYTES = 1_048_576
"""Largest document, in bytes as stored and in characters as read (1 MiB)."""


def read_bytes(path: Path, display: str, error: ErrorType = InputError) -> bytes:
    """Read the file at `path`, which complaints call `display`; at most `MAX_BYTES`.

    Raises:
        InputError, RuleError: whichever `error` is, where there is no such ordinary, readable, small file.
    """
    with open_ordinary(path, display, error) as stream:
        check_size(os.fstat(stream.fileno()).st_size, display, error)
        try:
            raw = stream.read(MAX_BYTES + 1)
        except OSError as fault:
            _refuse(error, display, "unreadable", _reason(fault), "check the path")
    check_size(len(raw), display, error)
    return raw


def open_ordinary(path: Path, display: str, error: ErrorType = InputError) -> BinaryIO:
    """Open the file at `path` for reading; never a folder, a pipe or a device, and whatever its size.

    Raises:
        InputError, RuleError: whichever `error` is, where there is no such ordinary, readable file.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        # Looked at before opening, since opening a device can do something; and again after, since another
        # file may have taken the name between the two. Not blocking, since that other file may be a pipe.
        _check_ordinary(path.stat(), display, error)
        stream = os.fdopen(os.open(path, flags), "rb")
    except (FileNotFoundError, NotADirectoryError):
        _refuse(error, display, "no-such-file", "there is no such file", _hint_for_missing(path))
    except PermissionError:
        _refuse(error, display, "no-permission", "you may not read this file", "change its permissions")
    except (OSError, ValueError) as fault:
        _refuse(error, display, "unreadable", _reason(fault), "check the path")
    try:
        _check_ordinary(os.fstat(stream.fileno()), display, error)
    except BaseException:
        stream.close()
        raise
    return stream


def _reason(fault: OSError | ValueError) -> str:
    return f"this file cannot be read: {getattr(fault, 'strerror', None) or fault}"


def read_text(path: Path, error: ErrorType = InputError) -> str:
    """Read and decode the file at `path`; complaints name it as it is written.

    Raises:
        InputError, RuleError: whichever `error` is, where it cannot be read as text.
    """
    return decode(read_bytes(path, str(path), error), str(path), error)


def read_as_stored(path: Path, error: ErrorType = InputError) -> str:
    """Read the file at `path` with the line ends and the mark at its beginning that it has.

    Raises:
        InputError, RuleError: whichever `error` is, where it cannot be read or is not in UTF-8.
    """
    raw = read_bytes(path, str(path), error)
    text = decode(raw, str(path), error)
    with contextlib.suppress(UnicodeDecodeError):
        stored = raw.decode("utf-8")
        if unify(stored.removeprefix("\ufeff")) == unify(text.removeprefix("\ufeff")):
            return stored
    message = "this file is not in UTF-8, so nothing can be put behind its text"
    raise error([Complaint(str(path), 0, 0, "bad-encoding", message, "save it in UTF-8")])


def _check_ordinary(status: os.stat_result, display: str, error: ErrorType) -> None:
    if stat.S_ISDIR(status.st_mode):
        _refuse(error, display, "not-a-file", "this is a folder, not a file", "name a file in it")
    if not stat.S_ISREG(status.st_mode):
        hint = "save the text in a file, or pass it on standard input with `-`"
        _refuse(error, display, "not-a-file", "this is a pipe or a device, not an ordinary file", hint)


def check_size(size: int, file: str, error: ErrorType, unit: str = "bytes") -> None:
    """Refuse what is larger than `MAX_BYTES`."""
    if size > MAX_BYTES:
        message = f"the document is too large: {size:,} {unit} or more, and the limit is {MAX_BYTES:,}"
        _refuse(error, file, "too-large", message, "split it, or check that it is the right file")


def _hint_for_missing(path: Path) -> str:
    try:
        names = [entry.name for entry in islice(path.parent.iterdir(), 10_000)]
    except (OSError, ValueError):
        return f"the folder {shown(str(path.parent))} cannot be read either; check the path"
    near = did_you_mean(path.name, filter(str.isprintable, names))
    return f"did you mean {either(near)}?" if near else "check the path"


BOMS = (  # UTF-32 first, since its mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Marks at the beginning of a file, and the encoding that each stands for."""


def decode(raw: bytes, file: str, error: ErrorType = InputError) -> str:
    r"""Turn stored bytes into text whose lines end with `\n`: UTF-8, or UTF-16 and UTF-32 with their mark.

    Raises:
        InputError, RuleError: whichever `error` is, for another encoding, binary data or too many bytes.
    """
    check_size(len(raw), file, error)
    bom, encoding = next(((bom, name) for bom, name in BOMS if raw.startswith(bom)), (b"", "utf-8"))
    body, bad = raw[len(bom) :], None
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as fault:
        text, bad = body.decode(encoding, "replace"), fault.start
    hint = "save it as plain text in UTF-8; a Word document or a PDF is not plain text"
    if "\0" in text:  # asked first: that it is no text at all says more than its first odd byte
        spot = after(text[: text.index("\0")])
        _refuse(error, file, "not-text", "this is not plain text: it holds a NUL character", hint, spot)
    if bad is not None:
        message = f"the byte 0x{body[bad]:02X} does not fit the encoding {encoding.upper()}"
        if not bom and (guess := body[bad : bad + 1].decode("cp1252", "ignore")):
            message += f" (in Windows-1252 it would be {shown(guess)})"
        _refuse(error, file, "bad-encoding", message, hint, after(body[:bad].decode(encoding, "replace")))
    return unify(text)


def _refuse(error: ErrorType, file: str, code: str, message: str, hint: str, spot: Spot = (0, 0)) -> NoReturn:
    raise error([Complaint(file, *spot, code, message, hint)]) from None
