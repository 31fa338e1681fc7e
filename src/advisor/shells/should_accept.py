"""`advisor should-accept`: the verdict on one invitation that was received."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from advisor.shells import explaining, options, output

SHOULD_ACCEPT = "should-accept"
_EPILOG = """\b
Examples:
  advisor should-accept ana.yaml
  advisor should-accept ana.yaml --note note.txt --me me.yaml
  pbpaste | advisor should-accept ana.yaml --note -
  advisor should-accept ana.yaml --explain
  advisor should-accept ana.yaml --format json | jq .verdict
  advisor should-accept ana.yaml --fail-on ignore || echo "rather not"
"""


@click.command(epilog=_EPILOG, short_help="Say whether to accept an invitation that you received.")
@click.argument("invitation")
@click.option("--note", metavar="FILE", help="Their note, as plain text; an empty file: no note.")
@click.option("--me", metavar="FILE", help="You: the part `me` of an invitation file.")
@click.option("--as-of", type=options.Day(), help="Ask as on this day, year-month-day; else today.")
@options.format_option("text", "json", "markdown")
@click.option(
    "--fail-on",
    type=click.Choice(["ask", "ignore", "decline", "report"]),
    help="Exit with 1 where the verdict is this or worse.",
)
@click.option("--explain", is_flag=True, help="Show why as a tree, down to facts, their origin and passages.")
@options.all_option("Show everything: all passages, advice and questions.")
@options.engine_option()
@options.rules_option()
@options.colour_option()
def should_accept(
    invitation: str,
    note: str | None,
    me: str | None,
    as_of: date | None,
    format_: str,
    fail_on: str | None,
    explain: bool,
    everything: bool,
    engine: str,
    rules: Path | None,
    colour: output.Colour,
) -> int:
    """Say whether to accept an invitation that you received, and how to answer it.

    INVITATION is a YAML or JSON file that describes the sender and how you are linked; `advisor new
    invitation` writes one to start from. A file may be `-` for standard input. Parts given as options take
    the place of those in the file.
    """
    parts = {"note": note, "me": me}
    told, advisor = explaining.told_about(SHOULD_ACCEPT, invitation, as_of, rules, engine, parts)
    page = output.page(colour, everything=everything)
    verdict = explaining.write_verdict(advisor, told, format_, page, explain=explain)
    scale = advisor.names_to_ask_about(verdicts=True)
    return int(fail_on in scale and scale.index(verdict) >= scale.index(fail_on))
