"""Giving files another content, or taking them away: all of them or none, and never half of one."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path

from advisor.errors import Complaint, InputError


def replace_files(
    texts: Mapping[Path, str | bytes | Iterable[str]], *, removed: Iterable[Path] = (), fresh: bool = False
) -> None:
    """Let each file hold its text in UTF-8, with the line ends as they stand in it; take the `removed` away.

    A text may come in pieces, which are written as they come; bytes are written as they are.

    Everything is written beside and renamed at the end, so that nobody ever sees half of a file. Folders that
    are missing are made. Where one file cannot be had, those before it get their old content back, and new
    folders go again. A link stays a link: what it leads to is replaced. Permissions stay. Where one file is
    read-only or no ordinary one, all are left alone. With `fresh` no file may be there yet.

    Raises:
        InputError: where one of them cannot be written, with all that are refused; all is as it was then.
    """
    gone = tuple(removed)
    if refused := [complaint for path in (*texts, *gone) if (complaint := _refusal(path)) is not None]:
        raise InputError(refused)
    change = _Change(several=len(texts) + len(gone) > 1)
    path = Path()
    try:
        for path, text in texts.items():
            change.stage(path, text)
        for path in texts:
            change.place(path, fresh=fresh)
        for path in gone:
            change.remove(path)
    except BaseException as fault:
        change.undo()
        if isinstance(fault, OSError):
            message = f"this file cannot be written: {fault.strerror or fault}"
            raise InputError([_unwritable(path, message, "check the folder")]) from None
        raise
    finally:
        change.tidy()


class _Change:
    """One change of files, and the way back.

    Of a single file there is none, since it gets its name as the last thing: the old content, which may be
    more than memory holds, is left alone until then.
    """

    def __init__(self, *, several: bool) -> None:
        self._several = several
        self._staged: dict[Path, Path] = {}
        self._before: dict[Path, bytes] = {}
        self._placed: list[Path] = []
        self._removed: list[Path] = []
        self._folders: list[Path] = []

    def stage(self, path: Path, text: str | bytes | Iterable[str]) -> None:
        """Write `text` beside its place."""
        place = path.resolve()
        self._make(place.parent)
        beside = place.with_name(f".advisor-{os.getpid()}-{place.name}")
        pieces = [text] if isinstance(text, str | bytes) else text
        with beside.open("xb") as stream:
            self._staged[path] = beside
            stream.writelines(each.encode() if isinstance(each, str) else each for each in pieces)
            stream.flush()
            os.fsync(stream.fileno())
        if place.exists():
            if self._several:
                self._before[place] = place.read_bytes()
            beside.chmod(stat.S_IMODE(place.stat().st_mode))

    def place(self, path: Path, *, fresh: bool) -> None:
        """Give what was written its name."""
        place = path.resolve()
        if not fresh:
            self._staged[path].replace(place)
        elif not _link(self._staged[path], place):
            raise InputError([taken(path)])
        self._placed.append(place)

    def remove(self, path: Path) -> None:
        """Take a file away; of a link, the link alone."""
        beside = path.with_name(f".advisor-{os.getpid()}-gone-{path.name}")
        path.replace(beside)
        self._removed.append(path)
        self._staged[path] = beside

    def undo(self) -> None:
        """Put everything back as it was, as far as it can be."""
        for path in self._removed:
            with contextlib.suppress(OSError):
                self._staged[path].replace(path)
        for place in self._placed if self._several else ():
            with contextlib.suppress(OSError):
                if place in self._before:
                    place.write_bytes(self._before[place])
                else:
                    place.unlink()
        self.tidy()
        for folder in reversed(self._folders):
            with contextlib.suppress(OSError):
                folder.rmdir()

    def tidy(self) -> None:
        """Take away what lies beside the files."""
        for beside in self._staged.values():
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)

    def _make(self, folder: Path) -> None:
        missing = [each for each in (folder, *folder.parents) if not each.exists()]
        for each in reversed(missing):
            each.mkdir()
            self._folders.append(each)


def _refusal(path: Path) -> Complaint | None:
    """Why the file at `path` must not be given another content; None where it may, or is not there."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return None
    if not stat.S_ISREG(mode):  # a file that took its name would take a pipe or a device away
        return Complaint(str(path), 0, 0, "not-a-file", "this is not an ordinary file", "choose another name")
    if not mode & stat.S_IWUSR:
        return _unwritable(path, "this file is read-only", "make it writable first")
    return None


def _link(staged: Path, place: Path) -> bool:
    """Give the finished file its name, unless that is taken: linking tells, where renaming would not."""
    try:
        place.hardlink_to(staged)
    except FileExistsError:
        return False
    except OSError:  # a file system without links
        if place.exists():
            return False
        staged.replace(place)
    return True


def taken(path: Path) -> Complaint:
    """The complaint about a file that is there and must not be overwritten."""
    hint = "choose another name, or add --force to overwrite it"
    return Complaint(str(path), 0, 0, "file-exists", "this file exists already", hint)


def _unwritable(path: Path, message: str, hint: str) -> Complaint:
    return Complaint(str(path), 0, 0, "unwritable", message, hint)


def same_file(one: Path, other: Path) -> bool:
    """Whether two paths lead to one file, under whatever names."""
    try:
        return one.samefile(other)
    except OSError:  # one of them is not there
        return os.path.realpath(one) == os.path.realpath(other)
