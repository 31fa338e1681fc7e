"""`advisor goals`: whether somebody's networking comes to what they want of it."""

from __future__ import annotations

from datetime import date

import click

from advisor.shells import options, output
from advisor.shells.answering import Answering, answering_options
from advisor.shells.handing import told_about

GOALS = "goals"
_EPILOG = """\b
Examples:
  advisor new goals mine.yaml                  a file to fill in, once
  advisor goals mine.yaml                      each time that you have added an entry to its log
  advisor goals mine.yaml --format markdown >> journal.md
  advisor goals mine.yaml --format json | jq .facts
"""


@click.command(epilog=_EPILOG, short_help="Say whether your networking is on course for your goals.")
@click.argument("file")
@click.option("--as-of", type=options.Day(), help="Ask as on this day, year-month-day; else today.")
@answering_options("Show everything: all passages and advice.")
def goals(
    file: str,
    as_of: date | None,
    answering: Answering,
) -> int:
    """Say how far your goals have come, and what in your log calls for a change.

    FILE is a YAML or JSON file of your own with goals and a log; `advisor new goals` writes one to start
    from. It may be `-` for standard input. Sums and comparisons are plain ones; nothing is scored.
    """
    told, advisor = told_about(GOALS, file, as_of, answering.rules, answering.engine)
    code = answering.write(advisor, told)
    if answering.format_ != "json" and not answering.explain:
        from advisor.facts.goals import names, survey
        from advisor.report import goals as tables

        seen, words = survey(told, told.as_of), names(advisor.vocabulary)
        if answering.format_ == "markdown":
            output.write(tables.as_markdown(seen, words))
        else:
            output.write(tables.as_text(seen, words, answering.page))
    return code
