"""The files of a knowledge base, as texts, and the hash that names them together.

Only `*.yaml` and `*.yml` count, and names that begin with a dot do not. What stands among the rules to try
them (cases and laws) decides no verdict, so it is neither read with them nor hashed. Nothing is parsed here,
so that a cache can ask for the hash at little cost, and nothing is written.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from advisor.catalog.encoding import read_text
from advisor.errors import Complaint, RuleError

ENDINGS = (".yaml", ".yml")
CASES = (".cases.yaml", ".cases.yml")
"""How the names of files of cases end: they may stand anywhere among the rules."""
LAWS = "laws.yaml"
"""What must hold for all situations; stands beside the consultations."""
RULES, KNOWLEDGE = "rules", "knowledge"
"""How the two folders are called in the hash, whatever they are called on disk."""


def fingerprint(rules: Path, knowledge: Path) -> str:
    """Give the `sha256` that the knowledge base of these folders has, without parsing a single file.

    Raises:
        RuleError: where a folder or file cannot be read.
    """
    texts, complaints = read_texts(rules, knowledge)
    if complaints:
        raise RuleError(complaints)
    return hash_of(texts)


def read_texts(rules: Path, knowledge: Path) -> tuple[dict[PurePosixPath, str], list[Complaint]]:
    """Read every file; give the texts by path below `rules/` or `knowledge/`, and what could not be read."""
    texts: dict[PurePosixPath, str] = {}
    complaints: list[Complaint] = []
    for name, folder in ((RULES, rules), (KNOWLEDGE, knowledge)):
        if not folder.is_dir():
            hint = f"name a folder that holds the {name}"
            complaints.append(Complaint(str(folder), 0, 0, "no-such-folder", "there is no such folder", hint))
        try:
            paths = [each for each in yaml_files(folder) if not is_trial(each)]
        except RuleError as error:
            complaints += error.complaints
            continue
        for path in paths:
            inside = PurePosixPath(name, *path.relative_to(folder).parts)
            try:
                texts[inside] = read_text(path, RuleError)
            except RuleError as error:
                complaints += error.complaints
    return texts, complaints


def hash_of(texts: Mapping[PurePosixPath, str]) -> str:
    """Hash paths and texts, whose lines end with LF; the order of `texts` changes nothing."""
    digest = hashlib.sha256()
    for path, text in sorted((str(path), text) for path, text in texts.items()):
        name, content = (part.encode("utf-8", "surrogatepass") for part in (path, text))
        # With the lengths between them, nothing can move from a name to its content or to the next file.
        digest.update(b"%d %d\n" % (len(name), len(content)) + name + content)
    return digest.hexdigest()


def is_trial(path: Path) -> bool:
    """Whether the file, by its name, tries the rules rather than being a part of them."""
    return path.name.lower().endswith(CASES) or path.name.lower() == LAWS


def case_files(folder: Path) -> list[Path]:
    """All files of cases in `folder` and below, in order."""
    return [path for path in yaml_files(folder) if path.name.lower().endswith(CASES)]


def yaml_files(folder: Path) -> list[Path]:
    """All YAML files in `folder` and below, in order; names that begin with a dot are passed over.

    Raises:
        RuleError: where a folder cannot be looked into: what is in it may be just what matters.
    """
    found: list[Path] = []
    for here, folders, names in os.walk(folder, onerror=_refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [
            Path(here, name) for name in sorted(names) if name.lower().endswith(ENDINGS) and name[0] != "."
        ]
    return found


def _refuse(fault: OSError) -> None:
    if isinstance(fault, FileNotFoundError | NotADirectoryError):
        return  # a folder that is not there holds nothing
    message = f"this folder cannot be looked into: {fault.strerror or fault}"
    raise RuleError([Complaint(str(fault.filename), 0, 0, "unreadable", message, "see who may read it")])
