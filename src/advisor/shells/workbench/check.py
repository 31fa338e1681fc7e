"""`advisor rules check`: everything that is wrong or doubtful in rules, knowledge, cases and laws."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Collection, Iterator
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

import advisor
from advisor.catalog.allowances import settle
from advisor.catalog.codes import complaint_codes
from advisor.catalog.encoding import read_text
from advisor.catalog.files import LAWS, RULES, case_files, yaml_files
from advisor.catalog.laws import read_laws
from advisor.catalog.load import Reading, read
from advisor.catalog.migrations import outdated
from advisor.catalog.scenarios import cases_in
from advisor.errors import Complaint, RuleError
from advisor.facts.draft import STRUCTURAL
from advisor.folders import Folders, folders
from advisor.model.lint import Lint
from advisor.shells import inputs, options, output
from advisor.shells.main import BAD_RULES
from advisor.workbench.lint import lint

if TYPE_CHECKING:
    from advisor.report.annotations import Check

_EPILOG = """\b
Examples:
  advisor rules check                                   the rules that are in use
  advisor rules check my-rules
  advisor rules check my-rules --format sarif > check.sarif

\b
A doubt that is meant so is allowed by a comment on its line or above it:
  # advisor: allow unused-fact - the draft reader shows it

\b
Exit codes: 0 nothing to complain about, 1 doubts only, 3 the rules cannot be used as they are.
"""


@click.command(epilog=_EPILOG, short_help="Say everything that is wrong or doubtful in the rules.")
@options.rules_argument()
@options.format_option("text", "json", "github", "sarif", "junit")
@options.rules_here_option()
def check(folder: Path | None, format_: str, rules: Path | None) -> int:
    """Check rules, knowledge, cases and laws, and say everything that is wrong or doubtful at once.

    DIR holds the rules; without it, those that are used otherwise. Each complaint says where it stands, its
    code and what to do; `advisor explain CODE` says more.
    """
    found = folders(folder or rules)
    complaints = [_beside(each) for each in complaints_about(found)]
    _write(complaints, found, format_)
    errors = sum(each.severity == "error" for each in complaints)
    doubts = len(complaints) - errors
    click.echo(_summary(errors, doubts, found), err=True)
    return BAD_RULES if errors else int(bool(doubts))


def complaints_about(found: Folders) -> list[Complaint]:
    """Every complaint about the files in the folders, errors and doubts, in the order of their places."""
    reading = read(found.rules, found.knowledge, structural=STRUCTURAL)
    texts = _texts(found)
    base = reading.knowledge_base
    about_cases = [
        complaint
        for name in base.consultations
        for complaint in cases_in(found.rules / name, base, name, reading.origins)[1]
    ]
    complaints = [
        *reading.complaints,
        *about_cases,
        *_stray_cases(found, base.consultations),
        *_about_laws(reading, found),
        *_about_age(found, texts),
    ]
    usable = not reading.complaints
    for consultation in base.consultations.values():
        # In rules that are half read, what seems to be used by nothing may be used by the other half.
        doubts = lint(consultation, inputs.today(), base.borrowers(consultation.id))
        found_here = [each for each in doubts if usable or each.kind == "rule"]
        complaints += [_placed(each, reading) for each in found_here]
    return settle(complaints, texts, everything=usable)


def _placed(found: Lint, reading: Reading) -> Complaint:
    origin = reading.origins.of(found.kind, found.name)
    place = origin.authored.complaint(
        (*origin.path, *found.path), found.code, found.message, found.hint, key=not found.path
    )
    return Complaint(place.file, place.line, place.column, place.code, place.message, place.hint, "warning")


def _stray_cases(found: Folders, consultations: Collection[str]) -> Iterator[Complaint]:
    """Files of cases that belong to no consultation, so that nobody would try them."""
    for folder in (found.rules, found.knowledge):
        with contextlib.suppress(RuleError):  # complained about where the rules are read
            for path in case_files(folder):
                inside = path.relative_to(folder).parts
                if folder is found.knowledge or len(inside) < 2 or inside[0] not in consultations:  # noqa: PLR2004
                    message = "these cases are in the folder of no consultation, so nobody tries them"
                    hint = "move the file into the folder of the consultation that they are put to"
                    yield Complaint(str(path), 0, 0, "stray-file", message, hint)


def _about_laws(reading: Reading, found: Folders) -> list[Complaint]:
    path = found.rules / LAWS
    if not os.path.lexists(path):  # whatever else stands there is complained about when it is read
        return []
    try:
        text = read_text(path, RuleError)
        read_laws(text, str(path), reading.knowledge_base)
    except RuleError as error:
        # In rules that are half read, what seems not to be there may stand in the other half.
        return [
            each
            for each in error.complaints
            if not (reading.complaints and each.code.startswith("unknown-") and each.code != "unknown-key")
        ]
    return []


def _about_age(found: Folders, texts: dict[str, str]) -> list[Complaint]:
    """Doubts about files whose form is an older one than today's."""
    inside = {
        PurePosixPath(RULES, *Path(file).relative_to(found.rules).parts): file
        for file in texts
        if Path(file).is_relative_to(found.rules)
    }
    return outdated({path: texts[file] for path, file in inside.items()}, inside)


def _files(found: Folders) -> Iterator[Path]:
    for folder in (found.rules, found.knowledge):
        with contextlib.suppress(RuleError):  # complained about where the rules are read
            yield from yaml_files(folder)


def _texts(found: Folders) -> dict[str, str]:
    texts: dict[str, str] = {}
    for path in _files(found):
        try:
            texts[str(path)] = read_text(path, RuleError)
        except RuleError:  # complained about when it was read
            continue
    return texts


def _beside(complaint: Complaint) -> Complaint:
    """The complaint with its file named from here where it lies below here, as editors want it."""
    path = Path(complaint.file)
    if not path.is_absolute() or not path.is_relative_to(Path.cwd()):
        return complaint
    file = str(path.relative_to(Path.cwd()))
    return Complaint(
        file, complaint.line, complaint.column, complaint.code, complaint.message, complaint.hint,
        complaint.severity,
    )  # fmt: skip


def _write(complaints: list[Complaint], found: Folders, format_: str) -> None:
    from advisor.report import annotations
    from advisor.report.json import dumped, plain

    match format_:
        case "text":
            output.write("".join(f"{each}\n" for each in complaints))
        case "json":
            output.write_json(dumped([plain(each) for each in complaints]))
        case "github":
            output.write(annotations.github(complaints))
        case "sarif":
            output.write_json(dumped(annotations.sarif(complaints, advisor.__version__, _meanings())))
        case _:
            output.write_json(annotations.junit("advisor rules check", _checks(complaints, found)))


def _meanings() -> dict[str, str]:
    """What each code says of a file, for tools that show it beside the complaint."""
    return {name: code.means for name, code in complaint_codes().items()}


def _checks(complaints: list[Complaint], found: Folders) -> list[Check]:
    """One test for each file: it passes where nothing is complained about."""
    from advisor.report.annotations import Check

    by_file: dict[str, list[Complaint]] = {
        _beside(Complaint(str(path), 0, 0, "", "")).file: [] for path in _files(found)
    }
    for each in complaints:
        by_file.setdefault(each.file, []).append(each)
    return [
        Check(
            group="rules check",
            name=file,
            file=file,
            line=about[0].line if about else 0,
            failure="\n".join(map(str, about)),
        )
        for file, about in by_file.items()
    ]


def _summary(errors: int, doubts: int, found: Folders) -> str:
    if not errors and not doubts:
        return f"advisor: nothing to complain about in {found.rules}"
    named = [
        f"{number} {word}{'s' if number > 1 else ''}"
        for number, word in ((errors, "error"), (doubts, "doubt"))
        if number
    ]
    return f"advisor: {' and '.join(named)}; `advisor explain CODE` says more about each"
