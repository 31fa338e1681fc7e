"""Rules as they are in a folder, or as they were in a revision of a git repository.

A revision is unpacked into a folder of its own; the work tree is never touched.
"""

from __future__ import annotations

import shutil
import subprocess
import tarfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from advisor.errors import Complaint, InputError
from advisor.folders import folders, shipped

_TIMEOUT = 60
"""Seconds that git may take."""


SHIPPED = "shipped"
"""Name of the rules that come with the package, where no folder is called so."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where the rules of one side lie."""

    name: str
    """How the person named them."""
    folder: Path | None
    """The folder that holds them; None for those that are used otherwise."""


def find(named: str, unpack_into: Path, beside: Path | None = None) -> Found:
    """The rules called `named`: a folder, `shipped`, or a revision of git such as `HEAD~1` or `main:`.

    A revision is looked up in the repository of the current folder or, where it is given, of `beside`, and is
    unpacked into `unpack_into`. The rules are taken from where they lie in the repository now.

    Raises:
        InputError: where it is neither, or git cannot be had.
    """
    folder = Path(named)
    if folder.is_dir():
        return Found(named, folder)
    if named == SHIPPED:
        return Found(named, shipped().rules.parent)
    revision, _, inside = named.partition(":")
    here = _start(beside)
    if shutil.which("git") is None:
        message = f"there is no folder `{named}`, and git, which would know revisions, is not installed"
        raise _wrong(named, "no-git", message, "name a folder, or install git")
    top = _git(here, "rev-parse", "--show-toplevel")
    if top.returncode:
        message = f"there is no folder `{named}`, and no git repository here that could know a revision"
        raise _wrong(named, "unknown-revision", message, "name a folder, or run this inside the repository")
    commit = _git(here, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if commit.returncode or not revision:
        message = f"there is neither a folder nor a revision `{named}`"
        raise _wrong(named, "unknown-revision", message, "`git log --oneline` lists revisions")
    root = Path(top.stdout.decode(errors="replace").strip())
    within = inside or _within(root, here)
    tree = commit.stdout.decode().strip() + (f":{within}" if within else "")
    archive = _git(root, "archive", "--format=tar", tree)
    if archive.returncode:
        message = f"the revision `{revision}` holds no `{within}`"
        raise _wrong(
            named, "unknown-revision", message, "name the folder of the rules, as in REVISION:FOLDER"
        )
    unpack_into.mkdir(parents=True, exist_ok=True)
    with tarfile.open(fileobj=BytesIO(archive.stdout)) as tar:
        for member in tar.getmembers():
            target = unpack_into / member.name
            if member.isfile() and target.resolve().is_relative_to(unpack_into.resolve()):
                held = tar.extractfile(member)
                if held is not None:
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(held.read())
    return Found(named, unpack_into)


def _start(beside: Path | None) -> Path:
    """The folder whose repository is meant: that of the rules in use, where they lie in one."""
    return folders(beside).rules.parent if beside is not None else Path.cwd()


def _within(root: Path, here: Path) -> str:
    """Where below `root` the rules lie, as seen from `here`: the nearest folder with `rules` in it."""
    here = here.resolve()
    for folder in (here, *here.parents):
        if (folder / "rules").is_dir() and folder.is_relative_to(root.resolve()):
            relative = folder.relative_to(root.resolve()).as_posix()
            return "" if relative == "." else relative
    return ""


def _git(where: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(  # noqa: S603 - git, with arguments that are no options
        ["git", "-C", str(where), *arguments],  # noqa: S607 - whichever git the person has
        capture_output=True,
        check=False,
        timeout=_TIMEOUT,
    )


def _wrong(named: str, code: str, message: str, hint: str) -> InputError:
    return InputError([Complaint(named, 0, 0, code, message, hint)])
