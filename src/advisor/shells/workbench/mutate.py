"""`advisor rules mutate`: which small changes of the rules nobody would notice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path, PurePosixPath

import click

from advisor.catalog.case_text import case_lines, cases_text
from advisor.catalog.encoding import read_as_stored
from advisor.catalog.files import RULES
from advisor.catalog.kinds import modeline
from advisor.errors import RuleError
from advisor.model.clauses import shown
from advisor.model.knowledge_base import KnowledgeBase
from advisor.model.mutation import MutationReport, Tried
from advisor.model.rule import Consultation
from advisor.model.scenario import Expected
from advisor.model.vocabulary import FactValue
from advisor.shells import inputs, options, output
from advisor.shells.placing import replace_files
from advisor.shells.workbench.authored_files import own_folders
from advisor.shells.workbench.bench import Bench, present_names
from advisor.shells.workbench.test import TESTS_FAILED
from advisor.workbench.appending import appended
from advisor.workbench.mutation import MutationRun, expected_of
from advisor.workbench.trial import Trier

Cases = list[tuple[str, Mapping[str, FactValue], Expected]]
"""Names of cases, what is told in each and what must come out."""
_HEAD = """\
{modeline}
# Cases that tell the rules of the theme {theme} from rules with one small change in them. Written by
# `advisor rules mutate --write-cases`: each says what the rules say now. Read them: where one is not what
# the guidance says, the rule is wrong, not the case.
"""
_EPILOG = """\b
Examples:
  advisor rules mutate my-rules
  advisor rules mutate my-rules --rule weekly-limit-reached
  advisor rules mutate my-rules --write-cases            then read what was written

\b
Exit codes: 0 fine, 1 score below the threshold, 3 bad rules, 4 a case fails before anything is changed.
"""


@click.command(epilog=_EPILOG, short_help="Say which small changes of the rules no case would notice.")
@options.rules_argument()
@click.option(
    "--rule", "chosen", multiple=True, metavar="ID", help="Only mutants of this rule; may be repeated."
)
@click.option("--write-cases", is_flag=True, help="Write the missing cases into `cases/` beside the rules.")
@click.option(
    "--threshold", type=click.IntRange(0, 100), metavar="N", help="Fail where the score is below N%."
)
@click.option("--as-of", "day", type=options.Day(), help="The rules as they are on this day; else today's.")
@options.format_option("text", "json")
@options.rules_here_option()
@options.colour_option()
def mutate(
    folder: Path | None,
    chosen: tuple[str, ...],
    write_cases: bool,
    threshold: int | None,
    day: date | None,
    format_: str,
    rules: Path | None,
    colour: output.Colour,
) -> int:
    """Change each rule in small ways, one at a time, and see whether an example or case notices.

    A number is moved by one, a test turned round, a clause, an exception or a value of a list dropped, an
    effect softened. A change that nothing notices could slip in unseen: the case that would notice it is
    shown.
    """
    if write_cases:
        own_folders(folder or rules)
    bench = Bench.of(folder or rules, "reference")
    on = day or inputs.today()
    chosen = present_names(bench.base.on(on), chosen)
    cases: dict[str, Cases] = {}
    for consultation, trier in bench.triers():
        counted = _counted(bench, consultation, trier, on)
        if counted is None:
            return TESTS_FAILED
        cases[consultation.id] = counted
    base = bench.base.on(on)
    tried: list[Tried] = []
    for name, there in cases.items():
        then = base.consultation(name)
        borrowers = [MutationRun(each, cases[each.id]) for each in base.borrowers(name)]
        rules_tried = [rule for rule in then.own if not chosen or rule.id in chosen]
        tried += MutationRun(then, there, borrowers).run(rules_tried)
    if write_cases:
        for name, there in cases.items():
            survivors = [each for each in tried if each.fate == "survived" and _shows_in(base, each) == name]
            missing = MutationRun(base.consultation(name), there).missing(survivors)
            _write_cases(bench, bench.base.consultation(name), missing, on)
    report = MutationReport(tuple(tried))
    _show(report, format_, colour)
    return int(threshold is not None and report.score < threshold)


def _counted(bench: Bench, consultation: Consultation, trier: Trier, on: date) -> Cases | None:
    """The cases that can notice a mutant; None, with the reason said, where one fails as it is."""
    scenarios = bench.scenarios.get(consultation.id, ())
    results = [trier.case(each) for each in scenarios]
    if failing := [each.id for each in results if each.failed]:
        said = f"these cases fail as it is: {', '.join(failing)}"
        click.echo(f"advisor: {said}; see `advisor rules test`", err=True)
        return None
    then = consultation.on(on)
    counted = [each for each in scenarios if not each.known_miss and consultation.on(each.as_of) == then]
    if left_out := sum(not each.known_miss for each in scenarios) - len(counted):
        said = f"{left_out} cases are asked on days with other rules; `--as-of` takes another day"
        click.echo(f"advisor: {said}", err=True)
    return [(each.name, trier.facts(each), each.expected) for each in counted]


def _shows_in(base: KnowledgeBase, survivor: Tried) -> str:
    """The consultation in which a survivor makes a difference."""
    return survivor.consultation or base.home(survivor.mutant.original).id


def _show(report: MutationReport, format_: str, colour: output.Colour) -> None:
    from advisor.report import mutation

    if format_ == "json":
        from advisor.report.json import dumped

        output.write_json(dumped(mutation.as_data(report)))
    else:
        output.write(mutation.as_text(report, output.page(colour)))


def _write_cases(bench: Bench, consultation: Consultation, missing: Iterable[Tried], day: date) -> None:
    """Write cases for survivors, each theme's into a file of its own, behind what stands there."""
    by_theme: dict[str, list[list[str]]] = {}
    as_of = day if consultation.turns else None
    for each in missing:
        rule = each.mutant.original
        name = f"{rule.id}: told apart from “{each.mutant.says}” at {shown(each.mutant.path)}"
        by_theme.setdefault(rule.theme, []).append(case_lines(name, each.facts, expected_of(each), as_of))
    for theme, items in by_theme.items():
        place = PurePosixPath(RULES, consultation.id, "cases", f"{theme}.cases.yaml")
        path = bench.folders.rules.joinpath(*place.parts[1:])
        if path.exists():
            text = read_as_stored(path, RuleError)
            for lines in items:
                text += appended(text, str(path), lines, "cases")
        else:
            text = _HEAD.format(modeline=modeline(place, "cases"), theme=theme) + cases_text(items)
        replace_files({path: text})
        number = f"{len(items)} case{'' if len(items) == 1 else 's'}"
        click.echo(f"advisor: {number} written to {path}", err=True)
