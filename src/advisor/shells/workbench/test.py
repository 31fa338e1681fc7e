"""`advisor rules test`: the examples in the rules and the files of cases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path

import click

from advisor.errors import RuleError
from advisor.folders import folders
from advisor.model.trial import TrialCoverage, TrialReport, TrialResult
from advisor.report.layout import Page
from advisor.shells import options, output
from advisor.shells.main import BAD_RULES
from advisor.shells.workbench.bench import Bench
from advisor.workbench.trial import sentences

TESTS_FAILED = 4
_EPILOG = """\b
Examples:
  advisor rules test                                    the rules that are in use
  advisor rules test my-rules --run weekly              only what has this in its name
  advisor rules test my-rules --coverage --threshold 95
  advisor rules test my-rules --format junit > report.xml
  advisor rules test my-rules --watch                   again at every change

\b
Exit codes: 0 all as expected, 1 coverage below the threshold, 3 bad rules, 4 a test failed.
"""


@click.command(epilog=_EPILOG, short_help="Try the examples and cases of the rules.")
@options.rules_argument()
@click.option(
    "--run", "pattern", metavar="PATTERN", help="Only those with this in their name; * and ? may stand in it."
)
@click.option("--coverage", is_flag=True, help="Show what the cases do not cover.")
@click.option(
    "--threshold", type=click.IntRange(0, 100), metavar="N", help="Fail where less than N% is covered."
)
@click.option("--watch", is_flag=True, help="Try again at every change of a file, until interrupted.")
@options.format_option("text", "json", "github", "junit")
@options.engine_option()
@options.rules_here_option()
@options.colour_option()
def test(
    folder: Path | None,
    pattern: str | None,
    coverage: bool,
    threshold: int | None,
    watch: bool,
    format_: str,
    engine: str,
    rules: Path | None,
    colour: output.Colour,
) -> int:
    """Try every example of the rules and every case in `*.cases.yaml`, and say what failed by which clause.

    DIR holds the rules; without it, those that are used otherwise. An example is tried on its own rule alone,
    a case on all rules together. The sentences of the lexicons, by which notes are read, are tried too.
    """
    chosen = folder or rules

    def once() -> int:
        report = _tried(Bench.of(chosen, engine), pattern, covered=coverage or threshold is not None)
        _write(report, format_, output.page(colour))
        if report.count("failed", "no longer missed"):
            return TESTS_FAILED
        percent = report.coverage.percent if report.coverage else 100.0
        if threshold is not None and percent < threshold:
            click.echo(f"advisor: {percent:.1f}% is covered, and {threshold}% is asked for", err=True)
            return 1
        return 0

    return _watched(once, chosen) if watch else once()


def _tried(bench: Bench, pattern: str | None, *, covered: bool) -> TrialReport:
    results: list[TrialResult] = []
    coverages: list[TrialCoverage] = []
    scenarios = bench.scenarios
    for consultation, trier in bench.triers():
        results += [
            trier.example(rule, example)
            for rule in consultation.written
            for example in rule.examples
            if _chosen(f"{rule.id}: {example.name}", pattern)
        ]
        results += [
            trier.case(scenario)
            for scenario in scenarios.get(consultation.id, ())
            if _chosen(scenario.name, pattern) or _chosen(scenario.file, pattern)
        ]
        if covered:
            coverages.append(trier.coverage())
    results += sentences(bench.base.lexicons, lambda name: _chosen(name, pattern))
    if not results and pattern is not None:
        raise click.UsageError(f"Nothing that can be tried has {pattern!r} in its name.")
    return TrialReport(tuple(results), TrialCoverage.together(coverages) if covered else None)


def _chosen(name: str, pattern: str | None) -> bool:
    if pattern is None:
        return True
    lowered, wanted = name.casefold(), pattern.casefold()
    return fnmatchcase(lowered, f"*{wanted}*")


def _write(report: TrialReport, format_: str, page: Page) -> None:
    from advisor.report import trial

    if format_ == "text":
        output.write(trial.as_text(report, page))
    elif format_ == "github":
        output.write(trial.as_github(report))
        click.echo(trial.summary(report), err=True)
    elif format_ == "junit":
        from advisor.report.annotations import junit

        output.write_json(junit("advisor rules test", trial.as_checks(report)))
    else:
        from advisor.report.json import dumped, plain

        output.write_json(dumped(plain(report)))


def _watched(once: Callable[[], int], chosen: Path | None) -> int:
    """Try now and after every change; faults are told and waited out."""
    found = folders(chosen)
    for _ in _changes(found.rules, found.knowledge):
        try:
            once()
        except RuleError as error:
            click.echo(str(error), err=True)
            click.echo(f"advisor: these rules cannot be tried (exit code {BAD_RULES})", err=True)
        click.echo("advisor: waiting for a change; Ctrl+C ends this", err=True)
    return 0


def _changes(*watched: Path) -> Iterator[None]:
    from watchfiles import watch

    yield
    for _ in watch(*watched, raise_interrupt=True):
        yield
