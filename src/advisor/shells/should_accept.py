"""`advisor should-accept`: the verdict on one invitation that was received."""

from __future__ import annotations

from datetime import date

import click

from advisor.shells import options
from advisor.shells.answering import Answering, answering_options
from advisor.shells.handing import told_about

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
@answering_options("Show everything: all passages, advice and questions.")
def should_accept(
    invitation: str,
    note: str | None,
    me: str | None,
    as_of: date | None,
    answering: Answering,
) -> int:
    """Say whether to accept an invitation that you received, and how to answer it.

    INVITATION is a YAML or JSON file that describes the sender and how you are linked; `advisor new
    invitation` writes one to start from. A file may be `-` for standard input. Parts given as options take
    the place of those in the file.
    """
    parts = {"note": note, "me": me}
    told, advisor = told_about("should-accept", invitation, as_of, answering.rules, answering.engine, parts)
    return answering.write(advisor, told)
