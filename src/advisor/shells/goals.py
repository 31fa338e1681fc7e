"""`advisor goals`: whether somebody's networking comes to what they want of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from advisor.shells import explaining, options, output

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
@options.format_option("text", "json", "markdown")
@click.option(
    "--fail-on",
    type=click.Choice(["adjust", "set-goals"]),
    help="Exit with 1 where the verdict is this or more cautious.",
)
@click.option("--explain", is_flag=True, help="Show why as a tree, down to facts, their origin and passages.")
@options.all_option("Show everything: all passages and advice.")
@options.engine_option()
@options.rules_option()
@options.colour_option()
def goals(
    file: str,
    as_of: date | None,
    format_: str,
    fail_on: str | None,
    explain: bool,
    everything: bool,
    engine: str,
    rules: Path | None,
    colour: output.Colour,
) -> int:
    """Say how far your goals have come, and what in your log calls for a change.

    FILE is a YAML or JSON file of your own with goals and a log; `advisor new goals` writes one to start
    from. It may be `-` for standard input. Sums and comparisons are plain ones; nothing is scored.
    """
    told, advisor = explaining.told_about(GOALS, file, as_of, rules, engine)
    page = output.page(colour, everything=everything)
    verdict = explaining.write_verdict(advisor, told, format_, page, explain=explain)
    if format_ != "json" and not explain:
        from advisor.facts.goals import names, survey
        from advisor.report import goals as tables

        seen, words = survey(told, told.as_of), names(advisor.knowledge_base.consultation(GOALS).vocabulary)
        shown = (
            tables.as_markdown(seen, words) if format_ == "markdown" else tables.as_text(seen, words, page)
        )
        output.write(shown)
    scale = advisor.names_to_ask_about(verdicts=True)
    return int(fail_on in scale and scale.index(verdict) >= scale.index(fail_on))
