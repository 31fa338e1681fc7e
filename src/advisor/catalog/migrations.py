"""From older forms of the authored files to the one of today, step by step, with every comment kept.

Each consultation says in `schema_version` which form its files have; one that says nothing has the first.
A migration is a function from texts to texts and never changes once it was published: whoever needs another
form adds a migration. What comes out is read once more before anybody gets it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from advisor.catalog.files import RULES
from advisor.catalog.forms import SCHEMA_VERSION
from advisor.catalog.kinds import MODELINE, former_modeline, kind_of_file, modeline
from advisor.catalog.text import Document, parse
from advisor.errors import Complaint, RuleError

Texts = Mapping[PurePosixPath, str]
"""Authored files by their path, which begins with `rules/` or `knowledge/`; lines end with LF."""
VERSION = "schema_version"


@dataclass(frozen=True, slots=True)
class Migration:
    """One step, from the form before it."""

    to: int
    """The form that it leads to."""
    says: str
    """What it does, for whoever runs it."""
    change: Callable[[Texts], dict[PurePosixPath, str]]
    """Gives all texts anew."""


@dataclass(frozen=True, slots=True)
class Migrated:
    """What a migration leads to."""

    texts: Texts
    """The files that change, with their new text."""
    steps: tuple[Migration, ...]
    """The migrations that were needed, in order."""


def migrated(texts: Texts, files: Mapping[PurePosixPath, str]) -> Migrated:
    """Bring the files to the form of today; `files` says how each is called in complaints.

    Raises:
        RuleError: where a file cannot be read, or has a newer form than this version knows.
    """
    version = oldest_version(texts, files)
    steps = tuple(step for step in MIGRATIONS if step.to > version)
    now: Texts = dict(texts)
    for step in steps:
        now = step.change(now)
    now = {path: _with_modeline(path, text) for path, text in now.items()}  # files that came later
    changed = {path: text for path, text in now.items() if text != texts[path]}
    for path, text in changed.items():
        parse(text, files[path], RuleError)
    return Migrated(changed, steps)


def oldest_version(texts: Texts, files: Mapping[PurePosixPath, str]) -> int:
    """The oldest form that a consultation has; that of today where there is none.

    Raises:
        RuleError: as `migrated` does.
    """
    complaints: list[Complaint] = []
    versions = [SCHEMA_VERSION]
    for path, text in texts.items():
        try:
            document = parse(text, files[path], RuleError)
        except RuleError as error:
            complaints += error.complaints
            continue
        if not _is_head(path):
            continue
        version = _version(document)
        if version is None or version > SCHEMA_VERSION:
            complaints.append(_odd_version(document, version))
        else:
            versions.append(version)
    if complaints:
        raise RuleError(complaints)
    return min(versions)


def outdated(texts: Texts, files: Mapping[PurePosixPath, str]) -> list[Complaint]:
    """A warning about each consultation whose files have an older form than that of today."""
    found = []
    for path in filter(_is_head, texts):
        try:
            document = parse(texts[path], files[path], RuleError)
        except RuleError:
            continue  # complained about where it is read
        version = _version(document)
        if version is not None and version < SCHEMA_VERSION:
            message = f"these files have the form {version}, and today's is {SCHEMA_VERSION}"
            spot = document.place((VERSION,))
            hint = "`advisor rules migrate` brings them up to date and keeps all comments"
            found.append(Complaint(files[path], *spot, "older-schema", message, hint, "warning"))
    return found


def _version(document: Document) -> int | None:
    """The form that a consultation's files have; None where that is no form."""
    data = document.data
    said = data.get(VERSION) if isinstance(data, dict) else None
    if said is None:
        return 1
    return said if isinstance(said, int) and not isinstance(said, bool) and said > 0 else None


def _odd_version(document: Document, version: int | None) -> Complaint:
    spot = document.place((VERSION,))
    if version is None:
        hint = "write a whole number, or delete the key, which stands for 1"
        return Complaint(document.file, *spot, "wrong-type", "this is no form that files could have", hint)
    message = f"these files have the form {version}, and this advisor knows forms up to {SCHEMA_VERSION}"
    return Complaint(document.file, *spot, "newer-schema", message, "update advisor")


def _is_head(path: PurePosixPath) -> bool:
    return len(path.parts) == 3 and path.parts[0] == RULES and path.stem == "consultation"  # noqa: PLR2004


# ------------------------------------------------------------------ the migrations


def _name_schemas(texts: Texts) -> dict[PurePosixPath, str]:
    """Let every file begin with where its schema is, and every consultation state its form."""
    return {path: _with_modeline(path, _stating(path, text, 2)) for path, text in texts.items()}


def _with_modeline(path: PurePosixPath, text: str) -> str:
    kind = kind_of_file(path)
    if kind is None:
        return text
    lines = text.split("\n")
    if former_modeline(path, kind) in lines:  # where the schema stood before
        place = lines.index(former_modeline(path, kind))
        return "\n".join([*lines[:place], modeline(path, kind), *lines[place + 1 :]])
    if any(line.startswith(MODELINE) for line in lines):
        return text
    return f"{modeline(path, kind)}\n{text}"


def _stating(path: PurePosixPath, text: str, version: int) -> str:
    """The text of a consultation's file with its form stated; every other text as it is."""
    if not _is_head(path):
        return text
    document = parse(text, str(path), RuleError)
    data = document.data
    if not isinstance(data, dict) or not data:
        return text  # no consultation; whoever reads it complains
    lines = text.split("\n")
    if VERSION in data:
        line, column = document.place((VERSION,))
        said = str(data[VERSION]) if data[VERSION] is not None else ""
        behind = lines[line - 1][column - 1 :].removeprefix(said)
        lines[line - 1] = f"{lines[line - 1][: column - 1].rstrip()} {version}{behind}"
        return "\n".join(lines)
    line, column = document.place((next(iter(data)),), key=True)
    if column == 1:
        lines.insert(line - 1, f"{VERSION}: {version}")
    else:  # the whole file stands in braces
        before, behind = lines[line - 1][: column - 1], lines[line - 1][column - 1 :]
        lines[line - 1] = f"{before}{VERSION}: {version}, {behind}"
    return "\n".join(lines)


MIGRATIONS = (
    Migration(
        2, "each file names its schema, and `consultation.yaml` states the form of its files", _name_schemas
    ),
)
"""Every step, in order; the last leads to the form of today."""
