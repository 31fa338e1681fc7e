"""`advisor follow-up`: what to do once a request was accepted, ignored or declined."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from advisor.catalog.document import DataPath, Document
from advisor.shells import options
from advisor.shells.answering import Answering, answering_options
from advisor.shells.handing import told_about

_EPILOG = """\b
Examples:
  advisor new event brandvold.yaml                         a file to fill in
  advisor follow-up brandvold.yaml
  advisor follow-up brandvold.yaml --note note.txt --me me.yaml
  advisor follow-up --accepted "Oluwaseun Brandvold" --about "a shared catalogue" --since 2026-11-23
  advisor follow-up --ignored "Bertil Sangare" --since 2026-10-20
  advisor follow-up --declined "Ilse Okonjo"
  advisor follow-up brandvold.yaml --format json | jq '.grounds[].fix'
"""
_OUTCOMES = ("accepted", "ignored", "declined")
_FLAGS = "the options"
"""How complaints name what was given by options rather than in a file."""


@click.command(epilog=_EPILOG, short_help="Say what to do once a request was accepted, ignored or declined.")
@click.argument("event", required=False)
@click.option("--accepted", metavar="NAME", help="Without a file: NAME has accepted.")
@click.option("--ignored", metavar="NAME", help="Without a file: NAME has not answered.")
@click.option("--declined", metavar="NAME", help="Without a file: NAME has declined.")
@click.option("--about", metavar="TEXT", help="Without a file: what the request was about.")
@click.option(
    "--since", type=options.Day(), help="Without a file: when they answered, or when you sent the request."
)
@click.option(
    "--done",
    metavar="STEP",
    multiple=True,
    help="Without a file: what you have done since, such as thanked; may be repeated.",
)
@click.option(
    "--note", metavar="FILE", help="The note of the request, as plain text; an empty file: no note."
)
@click.option("--me", metavar="FILE", help="You: the part `me` of a prospect file.")
@click.option("--as-of", type=options.Day(), help="Ask as on this day, year-month-day; else today.")
@answering_options("Show everything: all passages, advice and words to start from.")
def follow_up(
    event: str | None,
    note: str | None,
    me: str | None,
    as_of: date | None,
    answering: Answering,
    **quick: Any,
) -> int:
    """Say what to do now that a request was accepted, ignored or declined, by when, and in which words.

    EVENT is a YAML or JSON file that describes the person, the request and what became of it; `advisor new
    event` writes one to start from. A file may be `-` for standard input. For a quick answer, name the person
    with `--accepted`, `--ignored` or `--declined` instead.
    """
    file = _handed(event, quick)
    parts = {"note": note, "me": me}
    told, advisor = told_about("follow-up", file, as_of, answering.rules, answering.engine, parts)
    return answering.write(advisor, told)


class _Options(Document):
    """What options say: it has no lines and columns."""

    def place(self, path: DataPath = (), *, key: bool = False) -> tuple[int, int]:
        """No place, which complaints then leave out."""
        del path, key
        return 0, 0


def _handed(event: str | None, quick: dict[str, Any]) -> str | Document:
    """The file that was named, or what the options say in its place.

    Raises:
        click.UsageError: where there is neither, or both, or more than one outcome.
    """
    named = {outcome: quick[outcome] for outcome in _OUTCOMES if quick[outcome] is not None}
    if event is not None:
        given = [f"--{name}" for name, value in quick.items() if value not in (None, ())]
        if given:
            raise click.UsageError(f"EVENT tells it all; {given[0]} is for a question without a file.")
        return event
    if len(named) != 1:
        raise click.UsageError("Name a file, or one person with --accepted, --ignored or --declined.")
    ((outcome, name),) = named.items()
    told: dict[str, object] = {"person": {"name": name}, "outcome": outcome}
    if quick["about"] is not None:
        told["request"] = {"about": quick["about"]}
    if quick["since"] is not None:
        told["since"] = quick["since"].isoformat()
    if quick["done"]:
        told["done"] = list(quick["done"])
    return _Options(_FLAGS, told)
