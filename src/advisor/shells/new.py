"""`advisor new`: files to start from. A file that exists is never overwritten unless that is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from advisor.errors import Complaint, InputError
from advisor.model.names import shown
from advisor.model.subject import SUBJECTS
from advisor.shells import options, output
from advisor.shells.knowledge import about, command_for
from advisor.shells.lazy import LazyGroup
from advisor.shells.placing import replace_files, taken

_EPILOG = """\b
Examples:
  advisor new {subject} mine.yaml
  advisor new {subject} > mine.yaml
"""


class _Subjects(LazyGroup):
    """One command for each subject, made when it is asked for."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Make the command that writes one kind of file; None where there is none of this name."""
        del ctx
        return _command(cmd_name) if cmd_name in SUBJECTS else None


@click.group(cls=_Subjects, commands_in={name: each.says for name, each in SUBJECTS.items()})
def new() -> None:
    """Write a file to start from."""


def _command(subject: str) -> click.Command:
    @click.command(
        subject,
        epilog=_EPILOG.format(subject=subject),
        short_help=f"Write a file to fill in: {SUBJECTS[subject].says}",
    )
    @click.argument("file", required=False)
    @click.option("--force", is_flag=True, help="Overwrite FILE where it exists.")
    @options.rules_option()
    def write_new(file: str | None, force: bool, rules: Path | None) -> int:
        from advisor.catalog.situations import schema_of_subject
        from advisor.report.template import template

        consultation = about(subject, rules)
        answers = command_for(consultation)
        text = template(SUBJECTS[subject], answers, schema_of_subject(subject, consultation.vocabulary))
        if file is None or file == "-":
            output.write(text)
            return 0
        place_file(Path(file), text, overwrite=force)
        output.say(f"{file} is written; fill it in, then: advisor {answers} {file}")
        return 0

    command: click.Command = write_new
    command.help = (
        f"Write a {subject} file with everything that it can hold, explained and commented out.\n\n"
        "It is written to FILE, or to standard output where none is named."
    )
    return command


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
