"""`advisor pace`: whether somebody's way of sending is all right, and what may go in the coming week."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.catalog.text import Document
from advisor.model.history import History
from advisor.pacing import PACE, plan_for
from advisor.shells import explaining, inputs, options, output
from advisor.shells.knowledge import advisor_for, load

if TYPE_CHECKING:
    from advisor.report.layout import Page
    from advisor.wiring import Advisor

_EPILOG = """\b
Examples:
  advisor new history sent.yaml                       a file to fill in
  advisor pace sent.yaml
  advisor pace sent.yaml --as-of 2026-11-27           the same a week later
  advisor pace sent.yaml --format json | jq .coming_week.next_on
  advisor pace sent.yaml --fail-on slow-down || echo "not like this"
"""


@click.command(epilog=_EPILOG, short_help="Say whether you send too many requests, and plan the week.")
@click.argument("history")
@click.option("--as-of", type=options.Day(), help="Ask as on this day, year-month-day; else today.")
@options.format_option("text", "json", "markdown")
@click.option(
    "--fail-on",
    type=click.Choice(["slow-down", "stop"]),
    help="Exit with 1 where the verdict is this or worse.",
)
@click.option("--explain", is_flag=True, help="Show why as a tree, down to facts, their origin and passages.")
@options.all_option("Show everything: all passages, advice and questions.")
@options.engine_option()
@options.rules_option()
@options.colour_option()
def pace(
    history: str,
    as_of: date | None,
    format_: str,
    fail_on: str | None,
    explain: bool,
    everything: bool,
    engine: str,
    rules: Path | None,
    colour: output.Colour,
) -> int:
    """Say whether your pace is all right, when the next request may go, and how many the week may hold.

    HISTORY is a YAML or JSON file: what `advisor new history` writes, its part `sending` alone, or just a
    list of the dates on which you sent requests. It may be `-` for standard input.
    """
    told, advisor = _handed_over(history, as_of, rules, engine)
    page = output.page(colour, everything=everything)
    verdict = _write(advisor, told, format_, page, explain=explain)
    scale = advisor.names_to_ask_about(verdicts=True)
    return int(fail_on in scale and scale.index(verdict) >= scale.index(fail_on))


def _handed_over(place: str, as_of: date | None, rules: Path | None, engine: str) -> tuple[History, Advisor]:
    """The history that was handed over, and an advisor for it.

    Raises:
        InputError: with all complaints about the file.
    """
    handed = inputs.Handed()
    document = handed.document(place)
    base, asked = load(rules, PACE)
    whole = None if document is None else _as_history(document)
    told: History = handed.told(asked.subject, whole, asked.vocabulary, as_of=as_of)
    return told, advisor_for(base, engine, PACE)


def _as_history(document: Document) -> Document:
    """`document` as a whole history, where it holds the part `sending` or a list of days alone."""
    data = document.data
    if isinstance(data, list):
        return inputs.Under.of(document, "sending", inputs.dates_or_times(data))
    if isinstance(data, dict) and data and not data.keys() & {each.name for each in fields(History)}:
        return inputs.Under.of(document, "sending")
    return document


def _write(advisor: Advisor, told: History, format_: str, page: Page, *, explain: bool) -> str:
    """Write the verdict on `told` with the plan of the coming week, and give the verdict's name."""
    if explain and format_ != "json":
        return explaining.write_verdict(advisor, told, format_, page, explain=True)
    from advisor.facts.coming_week import daily_counts
    from advisor.report import coming_week

    verdict = advisor.receipt(told) if format_ == "json" else advisor.advise(told)
    plan = plan_for(advisor.knowledge_base, told, verdict)
    counts = daily_counts(told.sending, date.fromisoformat(verdict.as_of)) if told.sending else None
    if format_ == "json":
        from advisor.report.json import dumped, plain

        data = plain(verdict)
        assert isinstance(data, dict)  # noqa: S101 - a receipt is a mapping
        output.write_json(dumped(data | coming_week.as_data(plan, counts)))
    elif format_ == "markdown":
        from advisor.report import markdown

        output.write(markdown.render(verdict, advisor.headings) + coming_week.as_markdown(plan))
    else:
        from advisor.report import text

        scale = advisor.names_to_ask_about(verdicts=True)
        page_of_verdict = text.render(verdict, page, scale, advisor.headings)
        output.write(page_of_verdict + coming_week.as_text(plan, counts, page))
    return verdict.verdict
