"""`advisor new`: files to start from. A file that exists is never overwritten unless that is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from advisor.errors import Complaint, InputError
from advisor.model.names import shown
from advisor.shells import options, output
from advisor.shells.knowledge import load
from advisor.shells.placing import replace_files, taken

_EPILOG = """\b
Examples:
  advisor new prospect mara.yaml
  advisor new prospect > mara.yaml
"""


@click.group()
def new() -> None:
    """Write a file to start from."""


@new.command(epilog=_EPILOG, short_help="Write a prospect file to fill in.")
@click.argument("file", required=False)
@click.option("--force", is_flag=True, help="Overwrite FILE where it exists.")
@options.rules_option()
def prospect(file: str | None, force: bool, rules: Path | None) -> int:
    """Write a prospect file with everything that it can hold, explained and commented out.

    It is written to FILE, or to standard output where none is named.
    """
    from advisor.catalog.situations import situation_schema
    from advisor.report.prospect_template import prospect_template

    _, consultation = load(rules)
    text = prospect_template(situation_schema(consultation.vocabulary))
    if file is None or file == "-":
        output.write(text)
        return 0
    place_file(Path(file), text, overwrite=force)
    click.echo(f"{file} is written; fill in the name, then: advisor should-connect {file}", err=True)
    return 0


def check_free(path: Path, *, overwrite: bool) -> None:
    """Complain early about a file that could not be written later.

    Raises:
        InputError: where it exists and is not to be overwritten, or is no file.
    """
    if path.is_dir() or not path.name:
        message = "this is a folder, not a file"
        raise InputError([Complaint(str(path), 0, 0, "not-a-file", message, "name a file in it")])
    if path.exists() and not path.is_file():
        message = "this is a pipe or a device, not an ordinary file"
        raise InputError([Complaint(str(path), 0, 0, "not-a-file", message, "choose another name")])
    if path.exists() and not overwrite:
        raise InputError([taken(path)])
    if not path.parent.is_dir():
        message = f"the folder {shown(str(path.parent))} is not there"
        raise InputError([Complaint(str(path), 0, 0, "unwritable", message, "make it, or name another one")])


def place_file(path: Path, text: str | Iterable[str], *, overwrite: bool) -> None:
    """Put `text`, whole or in pieces, into the file at `path`, wholly or not at all.

    Raises:
        InputError: where the file exists and is not to be overwritten, or cannot be written.
    """
    check_free(path, overwrite=overwrite)
    replace_files({path: text}, fresh=not overwrite)
