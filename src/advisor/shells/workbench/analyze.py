"""`advisor rules analyze`: what holds for all situations at once, proved or refuted by a case."""

from __future__ import annotations

import math
import os
import tempfile
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from advisor.catalog.encoding import read_text
from advisor.catalog.files import LAWS
from advisor.catalog.laws import read_laws
from advisor.errors import RuleError, UnknownName
from advisor.folders import folders
from advisor.model.analysis import Analysis
from advisor.model.knowledge_base import KnowledgeBase
from advisor.model.law import Law
from advisor.model.names import did_you_mean
from advisor.shells import inputs, options, output
from advisor.shells.workbench.bench import present_names
from advisor.wiring import load_knowledge_base

_EPILOG = """\b
Examples:
  advisor rules analyze                                 rules, verdicts and all laws
  advisor rules analyze my-rules --law another-mutual-never-worse
  advisor rules analyze --rule no-link-no-reason        one rule: when it holds, when it decides
  advisor rules analyze my-rules --against shipped      do both say the same of every situation?
  advisor rules analyze --witness broken/               write what breaks a law as files

\b
Nothing is sampled: what is said to hold holds for every situation, and each case that is
shown has been confirmed by evaluating it. Laws stand in laws.yaml, beside the rules.

\b
Exit codes: 0 all laws proved and nothing found that must not be, 1 otherwise,
2 usage (z3 missing, too), 3 bad rules or laws.
"""


def _finite(ctx: click.Context, option: click.Parameter, value: float) -> float:
    if not math.isfinite(value):
        raise click.BadParameter("name a number of seconds", ctx, option)
    return value


@click.command(epilog=_EPILOG, short_help="Prove what holds for all situations, or show what breaks it.")
@options.rules_argument()
@click.option(
    "--against", metavar="DIR", help="Compare with these rules: a folder, a revision of git, or `shipped`."
)
@click.option(
    "--rule", "rule_ids", metavar="ID", multiple=True, help="Look at this rule only; may be repeated."
)
@click.option("--law", "law_ids", metavar="ID", multiple=True, help="Prove this law only; may be repeated.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=30.0,
    show_default=True,
    metavar="SECONDS",
    callback=_finite,
    help="Most time for one question to the solver.",
)
@click.option(
    "--witness",
    "witnesses",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write the cases that break a law, or that two rule sets judge apart, into this folder.",
)
@click.option("--as-of", "day", type=options.Day(), metavar="DAY", help="The rules as they are on this day.")
@options.all_option("Show all pairs that pull apart, each with a case.")
@options.format_option("text", "json", "markdown")
@options.rules_here_option()
@options.colour_option()
def analyze(
    folder: Path | None,
    against: str | None,
    rule_ids: tuple[str, ...],
    law_ids: tuple[str, ...],
    timeout: float,
    witnesses: Path | None,
    day: date | None,
    everything: bool,
    format_: str,
    rules: Path | None,
    colour: output.Colour,
) -> int:
    """Find out for all situations at once what no number of examples can show.

    Rules that can never hold, rules that never decide, pairs that pull apart, verdicts that nothing leads to,
    and the laws in laws.yaml. With --rule, --law or --against, only what these ask for.
    """
    _need_solver()
    from advisor.workbench.analyze import Wish
    from advisor.workbench.analyze import analyze as analyzed

    chosen, on = folder or rules, day or inputs.today()
    base = load_knowledge_base(chosen).on(on)
    other = None if against is None else _others(against, folder or rules).on(on)
    asked = bool(rule_ids or law_ids or other)
    rule_ids = present_names(base, rule_ids)
    wish = Wish(
        everything=not asked,
        rules=rule_ids,
        laws=_laws(base, chosen, law_ids) if law_ids or not asked else (),
        all_pairs=everything,
    )
    found = []
    for name, consultation in base.consultations.items():
        if other is not None:
            if name not in other.consultations:
                raise click.UsageError(f"{against} holds no consultation `{name}` to compare with.")
            wish = replace(wish, against=other.consultation(name))
        found.append(analyzed(consultation, wish, timeout, time.perf_counter))
    _write(found, format_, colour, everything=everything)
    if witnesses is not None:
        from advisor.shells.workbench.witness_files import write_witnesses

        for line in write_witnesses(found, base, other, witnesses, on):
            click.echo(f"advisor: {line}", err=True)
    return 0 if all(each.sound for each in found) else 1


def _others(named: str, beside: Path | None) -> KnowledgeBase:
    """The rules to compare with."""
    from advisor.shells.revisions import find

    with tempfile.TemporaryDirectory(prefix="advisor-analyze-") as unpacked:
        return load_knowledge_base(find(named, Path(unpacked), beside).folder)


def _need_solver() -> None:
    try:
        import z3  # type: ignore[import-untyped,unused-ignore]  # noqa: F401
    except ImportError as error:
        raise click.UsageError(
            "This needs the solver z3, which is not installed: pip install 'etiquette-advisor[verify]'"
        ) from error


def _laws(base: KnowledgeBase, chosen: Path | None, law_ids: tuple[str, ...]) -> tuple[Law, ...]:
    """The laws beside the rules, or those of them that are asked for; none where there is no such file."""
    path = folders(chosen).rules / LAWS
    laws: tuple[Law, ...] = ()
    if os.path.lexists(path):
        laws = read_laws(read_text(path, RuleError), str(path), base)
    names = [law.id for law in laws]
    for name in law_ids:
        if name not in names:
            raise UnknownName("law", name, did_you_mean(name, names))
    return tuple(law for law in laws if not law_ids or law.id in law_ids)


def _write(found: list[Analysis], format_: str, colour: output.Colour, *, everything: bool) -> None:
    if format_ == "json":
        from advisor.report.json import dumped, plain

        output.write_json(dumped([plain(each) for each in found]))
        return
    from advisor.report import analysis as report

    if format_ == "markdown":
        texts = [report.as_markdown(each, everything=everything) for each in found]
    else:
        page = output.page(colour, everything=everything)
        texts = [report.as_text(each, page) for each in found]
    output.write("\n".join(texts))
