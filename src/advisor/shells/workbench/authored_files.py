"""The authored files that a command rewrites: which they are, and whether they are ours to change."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from advisor.catalog.encoding import read_text
from advisor.catalog.files import KNOWLEDGE, RULES, yaml_files
from advisor.errors import Complaint, InputError, RuleError
from advisor.folders import Folders, folders, shipped


def own_folders(chosen: Path | None) -> Folders:
    """The folders in `chosen`, else those that are used otherwise, unless they belong to the installation.

    In a checkout the shipped rules are their keeper's own.

    Raises:
        RuleError: where `chosen` holds no rules.
        InputError: where they came with an installed package.
    """
    found = folders(chosen)
    if _is_shipped(found.rules):
        raise InputError([_refusal(found.rules)])
    return found


def _is_shipped(path: Path) -> bool:
    """Whether it lies in the data of an installed package; a checkout has none there."""
    inside = shipped().rules.parent
    return inside.name == "_data" and path.resolve().is_relative_to(inside.resolve())


def _refusal(path: Path) -> Complaint:
    message = "these rules belong to the installed package, and the next version would replace them"
    hint = "make a copy with `advisor rules eject DIR`, then name it with --rules DIR"
    return Complaint(str(path), 0, 0, "shipped-rules", message, hint)


def own_files(found: Folders) -> dict[PurePosixPath, Path]:
    """Every authored file that is ours to change: not the knowledge of an installation, beside own rules."""
    return {name: path for name, path in files_in(found).items() if not _is_shipped(path)}


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
        InputError: where something named is not there, or came with an installed package.
    """
    found: list[Path] = []
    complaints: list[Complaint] = []
    for path in paths:
        if _is_shipped(path):
            complaints.append(_refusal(path))
        elif path == Path() and not _holds_rules(path):  # also what an empty name says
            message = "this folder holds no rules and no knowledge, and is in no folder that does"
            hint = "name the folder that holds `rules` and `knowledge`, or single files"
            complaints.append(Complaint(str(path), 0, 0, "no-rules", message, hint))
        elif path.is_dir():
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


def _holds_rules(folder: Path) -> bool:
    """Whether the YAML files in `folder` are rules or knowledge, so that no others are laid out anew."""
    around = {folder.resolve().name, *(each.name for each in folder.resolve().parents)}
    return bool(
        {RULES, KNOWLEDGE} & around
        or any((folder / name).is_dir() for name in (RULES, KNOWLEDGE))
        or any(folder.glob("*/consultation.y*ml"))
    )


def read(path: Path) -> str:
    """The text of an authored file; its lines end with LF, whatever the file has.

    Raises:
        RuleError: where it cannot be read or is no text.
    """
    return read_text(path, RuleError)
