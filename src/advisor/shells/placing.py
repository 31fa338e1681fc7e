"""Giving files another content: all of them or none, and never half of one."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Mapping
from pathlib import Path

from advisor.errors import Complaint, InputError


def replace_files(texts: Mapping[Path, str]) -> None:
    """Let each file hold its text in UTF-8, with the line ends as they stand in it.

    Everything is written beside and renamed at the end, so that nobody ever sees half of a file; where one
    cannot be renamed, those before it get their old content back. A link stays a link: what it leads to is
    replaced. Permissions stay. Where one file is read-only, all are left alone.

    Raises:
        InputError: where one of them cannot be written, with all that are read-only.
    """
    real = {path: path.resolve() for path in texts}
    locked = [_unwritable(path, "this file is read-only", "make it writable first") for path in texts
              if _is_locked(real[path])]  # fmt: skip
    if locked:
        raise InputError(locked)
    beside = {path: place.with_name(f".advisor-{os.getpid()}-{place.name}") for path, place in real.items()}
    before = {path: place.read_bytes() for path, place in real.items() if place.exists()}
    done: list[Path] = []
    path = Path()
    try:
        for path, text in texts.items():
            _stage(beside[path], text, like=real[path])
        for path in texts:
            beside[path].replace(real[path])
            done.append(path)
    except OSError as fault:
        _undo(done, real, before)
        message = f"this file cannot be written: {fault.strerror or fault}"
        raise InputError([_unwritable(path, message, "check the folder")]) from None
    finally:
        for staged in beside.values():
            with contextlib.suppress(OSError):
                staged.unlink(missing_ok=True)


def _is_locked(path: Path) -> bool:
    return path.exists() and not path.stat().st_mode & stat.S_IWUSR


def _stage(staged: Path, text: str, *, like: Path) -> None:
    with staged.open("x", encoding="utf-8", newline="") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    if like.exists():
        staged.chmod(stat.S_IMODE(like.stat().st_mode))


def _undo(done: list[Path], real: Mapping[Path, Path], before: Mapping[Path, bytes]) -> None:
    for path in done:
        with contextlib.suppress(OSError):
            if path in before:
                real[path].write_bytes(before[path])
            else:
                real[path].unlink()


def _unwritable(path: Path, message: str, hint: str) -> Complaint:
    return Complaint(str(path), 0, 0, "unwritable", message, hint)
