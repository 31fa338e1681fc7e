"""`advisor rules diff`: what another set of rules says differently, and which verdicts that changes."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.errors import Complaint, InputError, RuleError
from advisor.shells import options, output
from advisor.wiring import SHOULD_CONNECT

if TYPE_CHECKING:
    from advisor.model.difference import Flip, RulesComparison, RulesDifference
    from advisor.model.knowledge_base import KnowledgeBase
    from advisor.shells.workbench.corpus import Bases
    from advisor.workbench.rule_diff import CorpusCase

_EPILOG = """\b
Examples:
  advisor rules diff shipped my-rules              what your copy says differently
  advisor rules diff HEAD                          what is not committed yet
  advisor rules diff main: --format markdown       for a review
  advisor rules diff old-rules new-rules --corpus prospects/
  advisor rules diff HEAD~1 HEAD --witness flips/  files that show each change of a verdict
"""
_FILES = (".yaml", ".yml", ".json", ".jsonl")


@click.command(epilog=_EPILOG, short_help="What a change of the rules changes.")
@click.argument("old")
@click.argument("new", required=False)
@click.option(
    "--corpus",
    "corpus",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="DIR|FILE",
    help="Decide these files or cases with both; may be given more than once.",
)
@click.option("--search", is_flag=True, help="Make cases up even where there is a corpus.")
@click.option(
    "--witness",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write a file for each change of a verdict into this folder.",
)
@click.option("--fail-on-flip", is_flag=True, help="Exit with 1 where any verdict is another one.")
@click.option("--as-of", type=options.Day(), help="Compare the rules as on this day; else today's.")
@options.format_option("text", "json", "markdown")
@options.rules_here_option()
@options.colour_option()
def diff(
    old: str,
    new: str | None,
    corpus: tuple[Path, ...],
    search: bool,
    witness: Path | None,
    fail_on_flip: bool,
    as_of: date | None,
    format_: str,
    rules: Path | None,
    colour: output.Colour,
) -> int:
    """Say what NEW says differently from OLD, and which verdicts that changes.

    OLD and NEW are folders with rules, as `--rules` takes them, or revisions of git such as HEAD~1; `shipped`
    names the rules that come with advisor. Without NEW, the rules in use are compared: those of `--rules`,
    else of the current folder where it holds any.
    Without `--corpus`, cases are made up around what was changed. Every consultation that both have is
    compared; of what one borrows from another, only the effect is shown there.
    """
    from advisor.catalog.borrowing import evened
    from advisor.shells import inputs
    from advisor.shells.revisions import Found, find

    day = as_of or inputs.today()
    with tempfile.TemporaryDirectory(prefix="advisor-diff-") as unpacked:
        here = rules or (Path() if Path("rules").is_dir() else None)
        one = find(old, Path(unpacked, "old"), rules)
        other = (
            find(new, Path(unpacked, "new"), rules) if new else Found(str(here or "the rules in use"), here)
        )
        bases = evened(*(_base(each.name, each.folder, unpacked) for each in (one, other)))
        names = _names(bases)
        cases = list(_cases(corpus, bases, names)) if names else []
        found = _compared((one.name, other.name), bases, names, cases, day, search=search or not corpus)
    if witness is not None:
        _write_witnesses(found, witness)
    _write(found, format_, colour)
    return int(fail_on_flip and found.flipped)


def _names(bases: Bases) -> tuple[str, ...]:
    """The consultations that both have, those that others borrow from first."""
    both = bases[0].consultations.keys() & bases[1].consultations.keys()
    place = {name: (name != SHOULD_CONNECT, bool(bases[1].consultation(name).borrows)) for name in both}
    return tuple(sorted(both, key=lambda name: (*place[name], name)))


def _compared(
    named: tuple[str, str],
    bases: Bases,
    names: tuple[str, ...],
    cases: list[tuple[str, CorpusCase]],
    day: date,
    *,
    search: bool,
) -> RulesComparison:
    """What is otherwise between the two, consultation by consultation."""
    from advisor.model.difference import RulesComparison
    from advisor.wiring import Advisor
    from advisor.workbench.dated_edits import on_day
    from advisor.workbench.rule_changes import shared_changes
    from advisor.workbench.rule_diff import RuleDiff, Side

    found = []
    for name in names:
        old_side, new_side = (
            Side(called, base, Advisor(base, consultation=name), on_day(base.consultation(name), day))
            for called, base in zip(named, bases, strict=True)
        )
        own = [case for consultation, case in cases if consultation == name]
        found.append(RuleDiff(old_side, new_side, day).compare(own, search=search, shared=False))
    old, new = (each.consultations.keys() for each in bases)
    return RulesComparison(
        old=named[0],
        new=named[1],
        as_of=day.isoformat(),
        added=tuple(sorted(new - old)),
        removed=tuple(sorted(old - new)),
        shared=shared_changes(*bases),
        consultations=tuple(found),
    )


def _base(name: str, folder: Path | None, unpacked: str) -> KnowledgeBase:
    """The rules of one side.

    Raises:
        RuleError: where they are wrong; the complaints say on which side.
    """
    from advisor.wiring import load_knowledge_base

    try:
        return load_knowledge_base(folder)
    except RuleError as error:
        raise RuleError([_named(each, name, folder, unpacked) for each in error.complaints]) from None


def _named(complaint: Complaint, name: str, folder: Path | None, unpacked: str) -> Complaint:
    """The complaint, with the revision before the file where that was unpacked from one."""
    file = complaint.file
    if folder is not None and file.startswith(unpacked):
        file = f"{name.rstrip(':')}:{os.path.relpath(file, folder)}"
    values = (complaint.line, complaint.column, complaint.code, complaint.message, complaint.hint)
    return Complaint(file, *values, complaint.severity)


def _cases(
    places: tuple[Path, ...], bases: Bases, names: tuple[str, ...]
) -> Iterator[tuple[str, CorpusCase]]:
    """Every case in the files and folders that were named, each with the consultation that it is put to.

    Raises:
        InputError: with all complaints, where files cannot be read or parsed.
        RuleError: with all complaints, where only files of cases are wrong.
    """
    from advisor.shells.workbench.corpus import cases_in

    complaints: list[Complaint] = []
    wrong: list[Complaint] = []
    found: list[tuple[str, CorpusCase]] = []
    for place in places:
        if not place.exists():
            hint = "name a file that is filled in, a file of cases, or a folder with some"
            complaints.append(Complaint(str(place), 0, 0, "no-such-file", "there is no such file", hint))
        paths = (
            sorted(each for each in place.rglob("*") if each.suffix in _FILES) if place.is_dir() else [place]
        )
        for path in paths if place.exists() else ():
            try:
                found += cases_in(path, bases, names)
            except InputError as error:
                complaints += error.complaints
            except RuleError as error:
                wrong += error.complaints
    if complaints:
        raise InputError([*complaints, *wrong])
    if wrong:
        raise RuleError(wrong)
    yield from found


def _write(found: RulesComparison, format_: str, colour: output.Colour) -> None:
    from advisor.report import rules_comparison as report

    match format_:
        case "json":
            from advisor.report.json import dumped, plain

            output.write_json(dumped(plain(found)))
        case "markdown":
            output.write(report.markdown(found))
        case _:
            output.write(report.text(found, output.page(colour)))


def _write_witnesses(found: RulesComparison, folder: Path) -> None:
    """Write all files, or none.

    Raises:
        InputError: where one of them cannot be written.
    """
    from advisor.shells.placing import replace_files

    texts: dict[Path, str] = {}
    shown = [(each, flip) for each in found.consultations for flip in each.flips if flip.witness]
    for number, (difference, flip) in enumerate(shown, 1):
        edit = "-".join((flip.causes or ("several edits",))[0].replace("/", " ").split())
        path = folder / f"{number}-{edit}-{flip.before}-to-{flip.after}.yaml"
        texts[path] = _commented(flip, difference)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        message = f"this folder cannot be made: {fault.strerror or fault}"
        complaint = Complaint(str(folder), 0, 0, "unwritable", message, "check the folder above it")
        raise InputError([complaint]) from None
    replace_files(texts)


def _commented(flip: Flip, found: RulesDifference) -> str:
    because = ", ".join(flip.causes) or "several edits together"
    lines = [
        f"With {found.old}: {flip.before}. With {found.new}: {flip.after}.",
        f"Because of: {because}.",
        f"Consultation: {found.consultation}.",
        *(f"The same for {each}." for each in flip.region),
    ]
    return "".join(f"# {' '.join(line.split())}\n" for line in lines) + flip.witness
