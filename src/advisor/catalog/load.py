"""The folders `rules/` and `knowledge/` to one knowledge base, or to every complaint about them at once.

    rules/<consultation>/consultation.yaml, facts.yaml, settings.yaml and files of rules
    knowledge/sources.yaml, platform.yaml, readings.yaml, passages/<source>.yaml, lexicon/<language>.yaml

Only `*.yaml` and `*.yml` are read; names that begin with a dot are passed over. A YAML file that has no place
in this scheme is complained about, since its author believes that it counts. Nothing is ever written.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from advisor.catalog.audit import find_gaps, find_loose_ends
from advisor.catalog.authored import Authored, Origins, suggest
from advisor.catalog.files import KNOWLEDGE, RULES, fingerprint, hash_of, read_texts
from advisor.catalog.knowledge import LibraryFiles, read_library
from advisor.catalog.lexicons import read_lexicons
from advisor.catalog.rules import borrows, read_consultation
from advisor.errors import Complaint, RuleError
from advisor.model.knowledge_base import KnowledgeBase
from advisor.model.rule import Consultation

__all__ = ["Reading", "fingerprint", "load", "read"]

_SINGLE = ("sources", "platform", "readings")
_NEEDED = {"consultation": "the question and its verdicts", "facts": "what the rules may test"}


@dataclass(frozen=True, slots=True)
class Reading:
    """All that could be read, with all that is wrong with it."""

    knowledge_base: KnowledgeBase
    complaints: tuple[Complaint, ...]
    """In the order of their places; empty where the knowledge base can be used."""
    origins: Origins = field(default_factory=Origins, repr=False, compare=False)
    """Where every entry that has a name is written, for whoever has more to say about it."""


def load(rules: Path, knowledge: Path, *, structural: Collection[str] | None = None) -> KnowledgeBase:
    """Read, check and audit the knowledge base in the folders `rules` and `knowledge`.

    `structural` names the facts that the draft reader finds without the lexicon; where it is given, facts of
    the note that nothing finds are complained about too.

    Raises:
        RuleError: with the complaints about all files together.
    """
    reading = read(rules, knowledge, structural=structural)
    if reading.complaints:
        raise RuleError(list(reading.complaints))
    return reading.knowledge_base


def read(rules: Path, knowledge: Path, *, structural: Collection[str] | None = None) -> Reading:
    """Do as `load` does, but hand back what could be read together with the complaints.

    The knowledge base may then lack whatever was complained about: it serves editors and never a verdict.
    """
    texts, complaints = read_texts(rules, knowledge)
    roots = {RULES: rules, KNOWLEDGE: knowledge}
    files = {
        path: Authored(text, str(roots[path.parts[0]].joinpath(*path.parts[1:])))
        for path, text in texts.items()
    }
    origins = Origins()
    placed = _sort_out(files, rules, knowledge)
    complaints += placed.complaints
    if complaints:
        for kind in ("passage", "source", "reading", "rule"):
            origins.leave_open(kind)  # whatever seems to be missing may stand in a file that was not read

    library = read_library(placed.library, origins)
    lexicons = read_lexicons(placed.lexicons, origins)
    consultations = _consultations(placed.folders, origins)
    knowledge_base = KnowledgeBase(
        consultations=consultations,
        library=library,
        lexicons=lexicons,
        sha256=hash_of(texts),
        origin=str(rules.parent) if rules.parent == knowledge.parent else f"{rules}, {knowledge}",
    )
    find_loose_ends(knowledge_base, origins)
    complaints += [complaint for authored in files.values() for complaint in authored.complaints]
    if not complaints:
        # What could not be read may be just what seems to be missing, so that gaps are looked for last.
        find_gaps(knowledge_base, origins, structural)
        complaints += [complaint for authored in files.values() for complaint in authored.complaints]
    return Reading(knowledge_base, tuple(sorted(set(complaints))), origins)


def _consultations(
    folders: Mapping[str, Mapping[str, Authored]], origins: Origins
) -> dict[str, Consultation]:
    """The consultations that can be read, by name; those that others may borrow from are read first."""
    found: dict[str, Consultation] = {}
    for borrowing in (False, True):
        lenders = dict(found)
        for folder, files in sorted(folders.items()):
            if bool(borrows(files)) is borrowing:
                read = read_consultation(folder, files, origins, lenders)
                if read is not None:
                    found[folder] = read
                else:
                    origins.leave_open("consultation", folder)
    return {name: found[name] for name in sorted(found)}


@dataclass(slots=True)
class _Placed:
    """Every file by what it is for."""

    folders: dict[str, dict[str, Authored]] = field(default_factory=dict)
    library: LibraryFiles = field(default_factory=LibraryFiles)
    lexicons: dict[str, Authored] = field(default_factory=dict)
    complaints: list[Complaint] = field(default_factory=list)

    def complain(self, file: str | Path, code: str, message: str, hint: str) -> None:
        """Complain about a whole file or folder."""
        self.complaints.append(Complaint(str(file), 0, 0, code, message, hint))

    def take(self, path: PurePosixPath, authored: Authored) -> None:
        """Put a file where its path says."""
        match path.parts:
            case (top, folder, _) if top == RULES:
                taken = self.folders.setdefault(folder, {})
            case (_, "passages", _):
                taken = self.library.passages
            case (_, "lexicon", _):
                taken = self.lexicons
            case (top, _) if top == KNOWLEDGE and path.stem in _SINGLE:
                taken = self.library.single
            case (*_, last_folder, _):
                word = path.stem if last_folder == KNOWLEDGE else last_folder
                hint = suggest(word, (*_SINGLE, "passages", "lexicon"), "move it, or change its ending")
                self.complain(authored.file, "stray-file", "nothing is read from this place", hint)
                return
        if (first := taken.setdefault(path.stem, authored)) is not authored:
            message = f"{first.file} has the same name but for the ending"
            self.complain(authored.file, "duplicate-file", message, "delete or rename one of the two")


def _sort_out(files: Mapping[PurePosixPath, Authored], rules: Path, knowledge: Path) -> _Placed:
    placed = _Placed()
    for path, authored in files.items():
        placed.take(path, authored)
    if not placed.folders and rules.is_dir():
        hint = "each consultation is a folder in it, with the file consultation.yaml"
        placed.complain(rules, "missing-file", "this folder holds no consultation", hint)
    if "sources" not in placed.library.single and knowledge.is_dir():
        message = "this folder lacks the file sources.yaml"
        placed.complain(knowledge, "missing-file", message, "add it, or name another folder")
    for folder, files_there in placed.folders.items():
        for stem, what in _NEEDED.items():
            if stem not in files_there:
                message, hint = f"this folder lacks the file {stem}.yaml", f"add it: it states {what}"
                placed.complain(rules / folder, "missing-file", message, hint)
    return placed
