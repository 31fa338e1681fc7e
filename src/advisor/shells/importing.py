"""`advisor import`: what is understood of an export or a history, and what is not, with every row kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.shells import options, output
from advisor.shells.new import check_free, place_file
from advisor.shells.output import progress
from advisor.shells.records import LONG_WORK

if TYPE_CHECKING:
    from advisor.model.reading import Reading
    from advisor.records import Row

_EPILOG = """\b
Examples:
  advisor import Basic_LinkedInDataExport_11-20-2026.zip
  advisor import Connections.csv Invitations.csv --all
  advisor import history.yaml --format json
  advisor import older.zip newer.zip                      what one export alone cannot tell
  advisor import export/ --to rows.jsonl                  every row, and what was understood of it
"""


@click.command("import", epilog=_EPILOG, short_help="Show what is understood of your own data.")
@click.argument("exports", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="EXPORT...")
@options.format_option("text", "json")
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write every row to FILE as JSON Lines: its cells, and what was understood of them.",
)
@click.option("--force", is_flag=True, help="Overwrite FILE where it exists.")
@options.all_option("Show all that was not understood, not just the first.")
@options.colour_option()
def import_(
    exports: tuple[Path, ...],
    format_: str,
    target: Path | None,
    force: bool,
    everything: bool,
    colour: output.Colour,
) -> int:
    """Show what is understood of EXPORT, row by row what is not, and what it gives to other commands.

    EXPORT is the zip that the platform gives you ("Get a copy of your data"), a folder in which it was
    unpacked, one of its CSV files, or a history of requests that you keep yourself (CSV, YAML or JSON).
    Nothing is stored: name it with --export wherever a command should know about it.
    """
    from advisor.records import RecordsReader

    if target is not None:
        check_free(target, overwrite=force)
    reader = RecordsReader(exports)
    with progress("Reading", reader.size, shown_from=LONG_WORK) as watch:
        rows = reader.rows(watch)
        if target is None:
            for _ in rows:
                pass
        else:
            place_file(target, _json_lines(rows), overwrite=force)
    reading = reader.reading()
    if format_ == "json":
        output.write_json(_as_json(reading, everything=everything))
    else:
        from advisor.report import records as pages

        output.write(pages.as_text(reading, output.page(colour, everything=everything)))
    if target is not None:
        output.say(f"{target} is written")
    return 0


def _as_json(reading: Reading, *, everything: bool) -> str:
    from advisor.model.reading import summary_of
    from advisor.report.json import dumped, plain
    from advisor.report.records import SHOWN

    doubts = reading.doubts if everything else reading.doubts[:SHOWN]
    return dumped(
        plain(
            {
                "taken_on": reading.records.taken_on,
                "taken_from": reading.taken_from,
                "files": reading.files,
                "doubted": reading.doubted,
                "doubts": doubts,
                "remarks": reading.remarks,
                "gives": summary_of(reading.records),
            }
        )
    )


def _json_lines(rows: Iterator[Row]) -> Iterator[str]:
    """Each row as a line of JSON: where it stands, its cells, what was understood of them, and doubts.

    Cells stand by their columns; where there are more or fewer of them than columns, they are a list.
    """
    from advisor.report.json import dumped_line, plain

    for row in rows:
        whole = len(row.cells) == len(row.names)
        line = {
            "file": row.file,
            "line": row.line,
            "kind": row.kind,
            "cells": _by_column(row) if whole else row.cells,
            "understood": plain(row.understood),
            "doubts": [
                {"code": each.code, "message": each.message, "hint": each.hint} for each in row.doubts
            ],
        }
        yield dumped_line(line)


def _by_column(row: Row) -> dict[str, str]:
    """The cells by the names of their columns; of two of one name the second has its number with it."""
    cells: dict[str, str] = {}
    for place, (name, cell) in enumerate(zip(row.names, row.cells, strict=True), 1):
        cells[name if name not in cells else f"{name} ({place})"] = cell
    return cells
