"""`advisor rules fmt`: authored files in their one form."""

from __future__ import annotations

import difflib
from pathlib import Path

import click

from advisor.errors import Complaint, RuleError
from advisor.shells import options, output
from advisor.shells.placing import replace_files
from advisor.shells.workbench.authored_files import files_named, own_files, own_folders, read

_EPILOG = """\b
Examples:
  advisor rules fmt                                     the rules and knowledge that are in use
  advisor rules fmt my-rules/rules/should-connect/pace.yaml
  advisor rules fmt my-rules --check                    for continuous integration
  advisor rules fmt my-rules --diff                     look first

\b
Exit codes: 0 everything is in its form now, 1 --check or --diff found what is not,
3 a file cannot be read, and was left alone.
"""


@click.command(epilog=_EPILOG, short_help="Lay authored files out in their one form.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@click.option("--check", "only_check", is_flag=True, help="Change nothing; name the files that would change.")
@click.option("--diff", "only_show", is_flag=True, help="Change nothing; show what would change.")
@options.rules_here_option()
def fmt(paths: tuple[Path, ...], only_check: bool, only_show: bool, rules: Path | None) -> int:
    """Lay rules, knowledge, cases and laws out in their one form. The data and all comments stay.

    PATH is a file or a folder; without one, the rules and knowledge that are in use. Keys stand in one order,
    a blank line stands between rules, lists in brackets are at most 120 columns wide.
    """
    from advisor.workbench.formatting import formatted

    files = files_named(paths) if paths else list(own_files(own_folders(rules)).values())
    changed: dict[Path, tuple[str, str]] = {}
    complaints: list[Complaint] = []
    for path in files:
        try:
            before = read(path)
            after = formatted(before, str(path))
        except RuleError as error:
            complaints += error.complaints
            continue
        if path.read_bytes() != after.encode():
            changed[path] = (before, after)
    if only_show:
        output.write("".join(_difference(path, *texts) for path, texts in changed.items()))
    else:
        output.write("".join(f"{path}\n" for path in changed))
    if not (only_check or only_show):
        replace_files({path: after for path, (_, after) in changed.items()})
    _say(len(files), len(changed), len(complaints), would=only_check or only_show)
    if complaints:
        raise RuleError(complaints)
    return int(bool(changed) and (only_check or only_show))


def _difference(path: Path, before: str, after: str) -> str:
    old, new = (text.splitlines(keepends=True) for text in (before, after))
    lines = list(difflib.unified_diff(old, new, str(path), str(path)))
    if not lines:
        return f"{path}: only line ends or the encoding differ\n"
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


def _say(files: int, changed: int, broken: int, *, would: bool) -> None:
    verb = "would change" if would else "changed"
    left = f"; {broken} left alone" if broken else ""
    click.echo(f"{changed} of {files} files {verb}{left}", err=True)
