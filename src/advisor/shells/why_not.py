"""`advisor why-not`: why a rule does not hold, or why the verdict is not another one."""

from __future__ import annotations

from pathlib import Path

import click

from advisor.shells import explaining, options, output
from advisor.shells.explain import unknown
from advisor.shells.handing import Parts, file_options, handed_over
from advisor.wiring import SHOULD_CONNECT

_EPILOG = """\b
Examples:
  advisor why-not know-them-directly mara.yaml
  advisor why-not --verdict connect mara.yaml
  advisor why-not weekly-limit-reached mara.yaml --format json
  advisor why-not --consultation pace --verdict fine my-sending.yaml
"""


@click.command(epilog=_EPILOG, short_help="Say why a rule does not hold, or why not another verdict.")
@click.argument("rule", required=False)
@file_options()
@options.consultation_option("The consultation that is asked; FILE is about its subject.", SHOULD_CONNECT)
@click.option("--verdict", metavar="VERDICT", help="Ask why the verdict is not this one.")
@options.format_option("text", "json", "markdown")
@options.all_option("Show every clause, also those that tell nothing.")
@options.engine_option()
@options.rules_option()
@options.colour_option()
def why_not(
    rule: str | None,
    file: str | None,
    parts: Parts,
    consultation: str,
    verdict: str | None,
    format_: str,
    everything: bool,
    engine: str,
    rules: Path | None,
    colour: output.Colour,
) -> int:
    """Say why RULE does not hold for FILE, or, with --verdict, why the verdict is not another one.

    FILE is about what the consultation is asked about: a prospect, where none is named.
    Each clause is shown as true, false or unknown, with the value that it saw and the value that it wanted,
    and the smallest sets of clauses that would turn it.
    """
    if verdict is not None:
        if file is not None:
            raise click.UsageError("Ask about a rule or, with --verdict, about a verdict, not about both.")
        rule, file = verdict, rule
    if rule is None or file is None:
        wanted = "FILE" if verdict is not None else "RULE and FILE"
        raise click.UsageError(f"Missing {wanted}: advisor why-not RULE FILE, or --verdict VERDICT FILE.")
    situation, advisor = handed_over(file, parts, rules, engine, consultation)
    names = advisor.names_to_ask_about(situation.as_of, verdicts=verdict is not None)
    rule = advisor.present_name(rule)
    if rule not in names:
        raise unknown("verdict" if verdict is not None else "active rule", rule, names)
    answer = advisor.why_not(situation, rule)
    from advisor.report import why

    outline = why.why_not(answer, explaining.title(advisor, situation), everything=everything)
    explaining.write(answer, outline, format_, colour)
    return 0
