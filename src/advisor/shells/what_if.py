"""`advisor what-if`: what would lead to another verdict."""

from __future__ import annotations

from pathlib import Path

import click

from advisor.model.subject import PROSPECT, article
from advisor.shells import explaining, options, output
from advisor.shells.explain import unknown
from advisor.shells.handing import Parts, asked_about, handed_over, prospect_options
from advisor.wiring import SHOULD_CONNECT

_EPILOG = """\b
Examples:
  advisor what-if mara.yaml
  advisor what-if mara.yaml --want revise
  advisor what-if mara.yaml --draft note.txt --format json | jq '.ways[0].steps[].says'
"""


@click.command(epilog=_EPILOG, short_help="Say what would lead to another verdict.")
@prospect_options()
@options.consultation_option("One that is asked about a prospect.", SHOULD_CONNECT)
@click.option("--want", metavar="VERDICT", help="The verdict that is wanted; else the most willing one.")
@options.format_option("text", "json", "markdown")
@options.all_option("Show all ways, and what each step rests on.")
@options.engine_option()
@options.rules_option()
@options.colour_option()
def what_if(
    prospect: str,
    parts: Parts,
    consultation: str,
    want: str | None,
    format_: str,
    everything: bool,
    engine: str,
    rules: Path | None,
    colour: output.Colour,
) -> int:
    """Show all smallest sets of things to do that lead to the wanted verdict, the cheapest first.

    Each set is tried by deciding again, the note with its edits read again. Nothing is suggested that would
    be a lie: nobody can decide to have met, but one can go to an event.
    """
    base, asked = asked_about(rules, consultation)
    if asked.subject != PROSPECT:
        raise click.UsageError(
            f"What is tried here are actions, which change prospect files; `{consultation}` is asked about "
            f"{article(asked.subject)}. Its findings say what to do."
        )
    situation, advisor = handed_over(prospect, parts, rules, engine, consultation, base)
    names = advisor.names_to_ask_about(verdicts=True)
    if want is not None and want not in names:
        raise unknown("verdict", want, names)
    answer = advisor.what_if(situation, want)
    from advisor.report import what_if as page

    outline = page.what_if(answer, explaining.title(advisor, situation), everything=everything)
    explaining.write(answer, outline, format_, colour)
    return 0
