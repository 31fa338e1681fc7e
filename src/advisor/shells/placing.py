"""Giving a file another content: wholly or not at all, through links, and never against the owner's will."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path

from advisor.errors import Complaint, InputError


def replace_file(path: Path, text: str) -> None:
    """Let the file at `path` hold `text` in UTF-8, with its line ends as they stand in `text`.

    It is written beside and renamed, so that nobody ever sees half of it. A link stays a link: what it leads
    to is replaced. The file's permissions stay; a file that its owner made read-only is left alone.

    Raises:
        InputError: where it cannot be written.
    """
    real = path.resolve()
    beside = real.with_name(f".advisor-{os.getpid()}-{real.name}")
    try:
        mode = stat.S_IMODE(real.stat().st_mode) if real.exists() else None
        if mode is not None and not mode & stat.S_IWUSR:
            raise InputError([_unwritable(path, "this file is read-only", "make it writable first")])
        with beside.open("x", encoding="utf-8", newline="") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        if mode is not None:
            beside.chmod(mode)
        beside.replace(real)
    except OSError as fault:
        message = f"this file cannot be written: {fault.strerror or fault}"
        raise InputError([_unwritable(path, message, "check the folder")]) from None
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def _unwritable(path: Path, message: str, hint: str) -> Complaint:
    return Complaint(str(path), 0, 0, "unwritable", message, hint)
