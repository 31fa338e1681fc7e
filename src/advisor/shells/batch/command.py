"""The command `advisor batch`: its options and its help. What it does stands in `run`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from advisor.records.lists import FORMATS
from advisor.shells import inputs, options, output
from advisor.shells.batch import lists
from advisor.shells.batch.journal import journal_of
from advisor.shells.batch.run import FIRST, Answer, Question, run
from advisor.shells.handing import Parts, part_options
from advisor.shells.new import check_free
from advisor.shells.placing import same_file

_EPILOG = """\b
Examples:
  advisor batch prospects.csv --me me.yaml
  advisor batch prospects.csv --output sorted.csv --jobs 2
  advisor batch leads.csv --map "Current Job=prospect.title" --map "Notes="
  advisor batch people.jsonl --format jsonl | jq -r 'select(.worth_a_note) | .name'
  advisor batch prospects.csv --tier free --format markdown --output sorted.md

\b
The order: first the verdict (connect, revise, wait, avoid); then those to whom something can be sent;
then more reasons that an article gives outright; then more other reasons; then fewer concerns; then
the order of the list. There is no score. The column `standing` says it in words.

\b
With --output, what is done is kept in FILE.journal: where the command is interrupted or killed, the
same command goes on from there and writes the same file. The journal is removed in the end. From
standard input that works too, if the same list comes in again. Without --output nothing is kept.

\b
Exit codes: 0 evaluated (entries that cannot be read are told, and have an `error`), 2 nothing could
be evaluated, or with --strict any entry could not; nothing is written then. 130 interrupted.
"""


@click.command(epilog=_EPILOG, short_help="Sort a list of people by who deserves a note.")
@click.argument("people", metavar="LIST")
@part_options()
@click.option(
    "--input-format", type=click.Choice(FORMATS), help="What LIST is; else by its name or its content."
)
@click.option(
    "--map", "places", multiple=True, metavar="HEADER=PLACE",
    help="A column tells this place of a prospect file; an empty PLACE leaves it out. May be repeated.",
)  # fmt: skip
@click.option("--map-file", metavar="FILE", help="The same for many columns: a YAML file, HEADER: PLACE.")
@click.option("--no-guess", is_flag=True, help="Use only columns that are mapped or have a place's own name.")
@click.option(
    "--notes-left", type=click.IntRange(0),
    help="Mark the first N who would get a note; else as many as a free account has left this month.",
)  # fmt: skip
@options.format_option("text", "csv", "jsonl", "markdown")
@click.option("--limit", type=click.IntRange(1), metavar="N",
              help=f"Show the first N; {FIRST} unless told, as text, and else all.")  # fmt: skip
@click.option(
    "--output", "target", metavar="FILE", help="Write to FILE (CSV unless --format), and keep a journal."
)
@click.option("--fresh", is_flag=True, help="Begin anew, whatever FILE.journal holds.")
@click.option("--jobs", type=click.IntRange(1, 64), default=1, show_default=True,
              help="Processes that decide; the result is the same.")  # fmt: skip
@click.option("--strict", is_flag=True, help="Exit with 2 and write nothing where any entry cannot be read.")
@options.engine_option()
@options.rules_option()
@options.colour_option()
@click.pass_context
def batch(
    context: click.Context,
    people: str,
    parts: Parts,
    input_format: Any,
    places: tuple[str, ...],
    map_file: str | None,
    no_guess: bool,
    notes_left: int | None,
    format_: str,
    limit: int | None,
    target: str | None,
    fresh: bool,
    jobs: int,
    strict: bool,
    engine: str,
    rules: Path | None,
    colour: output.Colour,
) -> int:
    """Give the verdict on everybody of LIST, those first who deserve a note.

    LIST is CSV (of PhantomBuster, Evaboot, Apollo, HubSpot, the platform's export, or your own), JSON Lines,
    YAML with `---` between prospect files, or Parquet; `-` is standard input. Each entry is read as a
    prospect file would be. Which column tells what is guessed by its name and shown.

    A note given with --draft goes to everybody: it counts as sent to as many people as LIST has.
    """
    chosen = context.get_parameter_source("format_") is not click.core.ParameterSource.DEFAULT
    target = None if target == inputs.STDIN else target
    handed = {"LIST": people, **parts.named, "--map-file": map_file}
    if target is not None:
        given = [(name, Path(place)) for name, place in handed.items() if place not in (None, inputs.STDIN)]
        _check_target(Path(target), [*given, *(("--export", export) for export in parts.exports)])
    inputs.check_stdin(LIST=people, **parts.named)
    question = Question(
        place=people,
        wanted=lists.wanted(places, map_file, guess=not no_guess),
        input_format=input_format,
        parts=parts,
        rules=rules,
        engine=engine,
        jobs=jobs,
    )
    answer = Answer(
        format=format_ if chosen or target is None else "csv",
        target=None if target is None else Path(target),
        notes_left=notes_left,
        limit=limit,
        fresh=fresh,
        strict=strict,
        page=output.page(colour),
    )
    return run(question, answer)


def _check_target(target: Path, given: Sequence[tuple[str, Path]]) -> None:
    """Refuse an output that cannot be one before anything is done.

    Raises:
        click.UsageError: where it, or its journal, is a file that is read.
        InputError: where it is no ordinary file.
    """
    check_free(target, overwrite=True)
    for name, place in given:
        if same_file(target, place):
            raise click.UsageError(f"--output names {name} itself, which would be lost.")
        if same_file(journal_of(target), place):
            raise click.UsageError(f"{name} has the name of the journal of --output and would be lost.")
