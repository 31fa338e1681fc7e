"""`advisor should-connect`: the verdict on one request."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from advisor.shells import explaining, options, output

_EPILOG = """\b
Examples:
  advisor should-connect mara.yaml
  advisor should-connect mara.yaml --draft note.txt --me me.yaml --history sent.yaml
  pbpaste | advisor should-connect mara.yaml --draft -
  advisor should-connect mara.yaml --explain
  advisor should-connect mara.yaml --format json | jq .verdict
  advisor should-connect mara.yaml --fail-on revise || echo "not as it is"
"""


@click.command(epilog=_EPILOG, short_help="Say whether to send a connection request.")
@explaining.prospect_options()
@options.format_option("text", "json", "markdown")
@click.option(
    "--fail-on",
    type=click.Choice(["revise", "wait", "avoid"]),
    help="Exit with 1 where the verdict is this or worse.",
)
@click.option("--explain", is_flag=True, help="Show why as a tree, down to facts, their origin and passages.")
@options.all_option("Show everything: all passages, advice and questions.")
@options.engine_option()
@options.rules_option()
@options.colour_option()
def should_connect(
    prospect: str,
    draft: str | None,
    me: str | None,
    history: str | None,
    exports: tuple[Path, ...],
    tier: str | None,
    as_of: date | None,
    format_: str,
    fail_on: str | None,
    explain: bool,
    everything: bool,
    engine: str,
    rules: Path | None,
    colour: output.Colour,
) -> int:
    """Say whether to send a connection request, and why.

    PROSPECT is a YAML or JSON file that describes the person and how you are linked; `advisor new prospect`
    writes one to start from. A file may be `-` for standard input. Parts given as options take the place of
    those in the file.
    """
    situation, advisor = explaining.handed_over(
        prospect, draft, me, history, exports, as_of, rules, engine, tier=tier
    )
    page = output.page(colour, everything=everything)
    verdict = explaining.write_verdict(advisor, situation, format_, page, explain=explain)
    scale = advisor.names_to_ask_about(verdicts=True)
    return int(fail_on in scale and scale.index(verdict) >= scale.index(fail_on))
