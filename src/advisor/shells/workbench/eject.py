"""`advisor rules eject`: the shipped rules and knowledge as files of one's own."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import click

from advisor.catalog.kinds import SCHEMAS
from advisor.errors import Complaint, InputError
from advisor.folders import shipped
from advisor.shells.schema import schema_texts
from advisor.shells.workbench.authored_files import files_in

_EPILOG = """\b
Example:
  advisor rules eject my-rules && advisor rules check my-rules
"""
_README = """\
# Rules and knowledge of my own

A copy of what comes with `advisor`, to be changed. No Python is needed.

- `rules/` holds the question, the facts, the settings and the rules, by theme.
- `knowledge/` holds what the rules rest on and the words by which a note is read.
- `docs/schemas/` lets an editor complete and check these files. After you add a fact, a setting or a passage:
  `advisor schema --all docs/schemas --rules .`

Next, in this folder:

1. `advisor rules check .` says everything that is wrong or doubtful.
2. `advisor rules fmt .` lays the files out, and `advisor rules test .` tries them.
3. `advisor should-connect mara.yaml --rules .` uses them once; `export ADVISOR_RULES={folder}` always.

When a newer `advisor` has another form for these files, `advisor rules migrate .` brings them up to date.
"""


@click.command(epilog=_EPILOG, short_help="Copy the shipped rules and knowledge, to change them.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def eject(folder: Path) -> int:
    """Write the shipped rules and knowledge into DIR, which is new or empty, with schemas for an editor."""
    _check_free(folder)
    target = folder.resolve()
    made = not target.exists()
    staged: Path | None = None
    try:
        target.mkdir(exist_ok=True)
        staged = Path(tempfile.mkdtemp(prefix=".advisor-", dir=target))
        _write(staged, target)
        _move(staged, target)
    except BaseException as fault:
        if staged is not None:
            shutil.rmtree(staged, ignore_errors=True)
        if made:
            shutil.rmtree(target, ignore_errors=True)
        if isinstance(fault, OSError):
            message = f"this folder cannot be written: {fault.strerror or fault}"
            raise InputError([_complaint(folder, "unwritable", message, "name another one")]) from None
        raise
    click.echo(
        f"{folder} holds rules and knowledge of your own; next: advisor rules check {folder}", err=True
    )
    return 0


def _check_free(folder: Path) -> None:
    """Complain where something is there already, or nothing can be there.

    Raises:
        InputError: with the complaint.
    """
    if folder.exists() and not folder.is_dir():
        raise InputError([_complaint(folder, "not-a-folder", "this is a file", "name a folder")])
    if folder.is_dir() and any(folder.iterdir()):
        message, hint = (
            "this folder is not empty, and nothing in it is overwritten",
            "name a new or empty one",
        )
        raise InputError([_complaint(folder, "folder-not-empty", message, hint)])
    if folder.is_symlink() and not folder.exists():
        raise InputError([_complaint(folder, "unwritable", "this link leads nowhere", "name another folder")])
    if not folder.exists() and not folder.resolve().parent.is_dir():
        message = "the folder that it would be in is not there"
        raise InputError([_complaint(folder, "unwritable", message, "make it, or name another one")])


def _write(staged: Path, target: Path) -> None:
    for path, source in files_in(shipped()).items():
        place = staged / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(source.read_bytes())
    for name, text in schema_texts(staged).items():
        schema = staged / SCHEMAS / name
        schema.parent.mkdir(parents=True, exist_ok=True)
        schema.write_bytes(text.encode())
    readme = _README.replace("{folder}", str(target))
    (staged / "README.md").write_bytes(readme.encode())


def _move(staged: Path, target: Path) -> None:
    """Put everything into its place at once, or take it back."""
    moved: list[Path] = []
    try:
        for each in sorted(staged.iterdir()):
            place = target / each.name
            each.rename(place)
            moved.append(place)
        staged.rmdir()
    except BaseException:
        for place in moved:
            shutil.rmtree(place, ignore_errors=True) if place.is_dir() else place.unlink(missing_ok=True)
        raise


def _complaint(folder: Path, code: str, message: str, hint: str) -> Complaint:
    return Complaint(str(folder), 0, 0, code, message, hint)
