"""`advisor rules mutate`: which small changes of the rules nobody would notice."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PurePosixPath

import click

from advisor.catalog.case_text import case_text
from advisor.catalog.files import RULES
from advisor.catalog.kinds import modeline
from advisor.model.clauses import shown
from advisor.model.mutation import MutationReport, Tried
from advisor.model.rule import Consultation, Rule
from advisor.model.scenario import Expected
from advisor.shells import options, output
from advisor.shells.explain import unknown
from advisor.shells.new import place_file
from advisor.shells.workbench.bench import Bench
from advisor.shells.workbench.test import TESTS_FAILED
from advisor.workbench.mutation import Facts, MutationRun, expected_of

_HEAD = """\
{modeline}
# Cases that tell the rules of the theme {theme} from rules with one small change in them. Written by
# `advisor rules mutate --write-cases`: each says what the rules say now. Read them: where one is not what
# the guidance says, the rule is wrong, not the case.
cases:
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
@options.format_option("text", "json")
@options.rules_option()
@options.colour_option()
def mutate(
    folder: Path | None,
    chosen: tuple[str, ...],
    write_cases: bool,
    threshold: int | None,
    format_: str,
    rules: Path | None,
    colour: output.Colour,
) -> int:
    """Change each rule in small ways, one at a time, and see whether an example or case notices.

    A number is moved by one, a test turned round, a clause, an exception or a value of a list dropped, an
    effect softened. A change that nothing notices could slip in unseen: the case that would notice it is
    shown.
    """
    bench = Bench.of(folder or rules, "reference")
    tried: list[Tried] = []
    for consultation, trier in bench.triers():
        _check_names(consultation, chosen)
        scenarios = bench.scenarios.get(consultation.id, ())
        results = [trier.case(each) for each in scenarios]
        if failing := [each.id for each in results if each.failed]:
            said = f"these cases fail as it is: {', '.join(failing)}"
            click.echo(f"advisor: {said}; see `advisor rules test`", err=True)
            return TESTS_FAILED
        cases = [(each.name, trier.facts(each), each.expected) for each in scenarios if not each.known_miss]
        found = list(MutationRun(consultation, cases).run(_rules(consultation, chosen)))
        tried += found
        if write_cases:
            _write_cases(bench, consultation, cases, found)
    report = MutationReport(tuple(tried))
    _show(report, format_, colour)
    return int(threshold is not None and report.score < threshold)


def _check_names(consultation: Consultation, chosen: Iterable[str]) -> None:
    names = [rule.id for rule in consultation.active]
    for name in chosen:
        if name not in names:
            raise unknown("active rule", name, names)


def _rules(consultation: Consultation, chosen: tuple[str, ...]) -> list[Rule]:
    return [rule for rule in consultation.active if not chosen or rule.id in chosen]


def _show(report: MutationReport, format_: str, colour: output.Colour) -> None:
    from advisor.report import mutation

    if format_ == "json":
        from advisor.report.json import dumped

        output.write_json(dumped(mutation.as_data(report)))
    else:
        output.write(mutation.as_text(report, output.page(colour)))


def _write_cases(
    bench: Bench, consultation: Consultation, cases: list[tuple[str, Facts, Expected]], found: list[Tried]
) -> None:
    """Write cases for the survivors, each theme's into a file of its own, and no more than are needed."""
    written: dict[str, list[str]] = {}
    run = MutationRun(consultation, cases)
    for each in run.missing(each for each in found if each.fate == "survived"):
        rule = each.mutant.original
        expected = expected_of(each)
        name = f"{rule.id}: told apart from “{each.mutant.says}” at {shown(each.mutant.path)}"
        written.setdefault(rule.theme, []).append(case_text(name, each.facts, expected))
    for theme, texts in written.items():
        place = PurePosixPath(RULES, consultation.id, "cases", f"{theme}.cases.yaml")
        path = bench.folders.rules.joinpath(*place.parts[1:])
        path.parent.mkdir(exist_ok=True)
        before = (
            path.read_text(encoding="utf-8").rstrip("\n") + "\n\n"
            if path.exists()
            else _HEAD.format(modeline=modeline(place, "cases"), theme=theme)
        )
        place_file(path, before + "\n".join(texts), overwrite=True)
        click.echo(f"advisor: {len(texts)} cases written to {path}", err=True)
