"""The authored files that a command rewrites: which they are, and whether they are ours to change."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PurePosixPath

import click

from advisor.catalog.encoding import decode, read_bytes
from advisor.catalog.files import KNOWLEDGE, RULES, yaml_files
from advisor.errors import Complaint, InputError, RuleError
from advisor.wiring import Folders, folders, shipped


def own_folders(chosen: Path | None) -> Folders:
    """The folders in `chosen`, else those that are used otherwise, unless they belong to the installation.

    Raises:
        RuleError: where `chosen` holds no rules.
        click.UsageError: where they came with an installed package.
    """
    found = folders(chosen)
    if found.rules == shipped().rules and found.rules.parent.name == "_data":
        raise click.UsageError(
            "The rules that came with the package are not to be changed in place."
            " `advisor rules eject DIR` makes a copy that is yours; name that."
        )
    return found


def files_in(found: Folders) -> dict[PurePosixPath, Path]:
    """Every authored file, cases and laws too, by its path below `rules/` or `knowledge/`."""
    return {
        PurePosixPath(top, *path.relative_to(folder).parts): path
        for top, folder in ((RULES, found.rules), (KNOWLEDGE, found.knowledge))
        for path in yaml_files(folder)
    }


def files_named(paths: Iterable[Path]) -> list[Path]:
    """The files that are named, and all YAML files in folders that are named.

    Raises:
        InputError: where something named is not there.
    """
    found: list[Path] = []
    complaints: list[Complaint] = []
    for path in paths:
        if path.is_dir():
            inside = [path / name for name in (RULES, KNOWLEDGE) if (path / name).is_dir()]
            found += [each for folder in inside or [path] for each in yaml_files(folder)]
        elif path.exists():
            found.append(path)
        else:
            complaints.append(
                Complaint(str(path), 0, 0, "no-such-file", "there is no such file", "check the name")
            )
    if complaints:
        raise InputError(complaints)
    return list(dict.fromkeys(found))


def read(path: Path) -> str:
    """The text of an authored file; its lines end with LF, whatever the file has.

    Raises:
        RuleError: where it cannot be read or is no text.
    """
    return decode(read_bytes(path, str(path), RuleError), str(path), RuleError)
