"""`advisor should-connect`: the verdict on one request."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.model.verdict import Verdict
from advisor.report.layout import Page
from advisor.shells import inputs, options, output
from advisor.shells.knowledge import advisor_for, load

if TYPE_CHECKING:
    from advisor.model.receipt import Receipt

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
@click.argument("prospect")
@click.option("--draft", metavar="FILE", help="The note, as plain text; an empty file: no note.")
@click.option("--me", metavar="FILE", help="You: the part `me` of a prospect file.")
@click.option("--history", metavar="FILE", help="Your sending: the part `sending`, or a list of dates.")
@click.option("--as-of", type=options.Day(), help="Ask as on this day, year-month-day; else today.")
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
    inputs.check_stdin(PROSPECT=prospect, **{"--draft": draft, "--me": me, "--history": history})
    handed = inputs.Handed()
    documents = handed.document(prospect), handed.note(draft), handed.document(me), handed.history(history)
    base, consultation = load(rules)
    document, note, own, sent = documents
    situation = handed.situation(
        document, consultation.vocabulary, note=note, me=own, history=sent, as_of=as_of
    )
    advisor = advisor_for(base, engine)
    scale = [level.name for level in consultation.verdicts]
    page = output.page(colour, everything=everything)
    verdict: Verdict
    if explain or format_ == "json":
        verdict = receipt = advisor.receipt(situation)
        _write_receipt(receipt, format_, page)
    else:
        verdict = advisor.advise(situation)
        _write(verdict, format_, page, scale)
    if fail_on not in scale:
        return 0
    return int(scale.index(verdict.verdict) >= scale.index(fail_on))


def _write(verdict: Verdict, format_: str, page: Page, scale: list[str]) -> None:
    if format_ == "markdown":
        from advisor.report import markdown

        output.write(markdown.render(verdict))
    else:
        from advisor.report import text

        output.write(text.render(verdict, page, scale))


def _write_receipt(receipt: Receipt, format_: str, page: Page) -> None:
    """Write the tree behind a verdict; as JSON, all that it takes to decide again besides."""
    if format_ == "json":
        from advisor.report import json

        output.write_json(json.render(receipt))
        return
    from advisor.report import outline, why

    tree = why.why(receipt, everything=page.everything)
    output.write(outline.as_markdown(tree) if format_ == "markdown" else outline.as_text(tree, page))
