"""`advisor rules migrate`: authored files of an older form brought to that of today."""

from __future__ import annotations

from pathlib import Path

import click

from advisor.catalog.kinds import SCHEMAS
from advisor.shells import options, output
from advisor.shells.placing import replace_files
from advisor.shells.workbench.authored_files import own_files, own_folders, read

_EPILOG = """\b
Examples:
  advisor rules migrate my-rules --check                what would change
  advisor rules migrate my-rules

\b
Exit codes: 0 the files have the form of today, 1 --check found what would change,
3 a file cannot be read, or has a newer form than this version knows.
"""


@click.command(epilog=_EPILOG, short_help="Bring files of an older form up to date.")
@options.rules_argument()
@click.option("--check", "only_check", is_flag=True, help="Change nothing; name the files that would change.")
@options.rules_here_option()
def migrate(folder: Path | None, only_check: bool, rules: Path | None) -> int:
    """Bring rules and knowledge of an older form to today's. All comments stay; all files or none change.

    A file without the line that names its schema gets it, and one that names the schema's former place is put
    right, whatever its form.
    DIR holds the rules; without it, those that are used otherwise.
    """
    from advisor.catalog.migrations import migrated

    found = own_folders(folder or rules)
    paths = own_files(found)
    result = migrated(
        {path: read(file) for path, file in paths.items()}, {path: str(file) for path, file in paths.items()}
    )
    for step in result.steps:
        click.echo(f"form {step.to}: {step.says}", err=True)
    output.write("".join(f"{paths[path]}\n" for path in result.texts))
    if only_check:
        click.echo(f"{len(result.texts)} files would change", err=True)
        return int(bool(result.texts))
    replace_files({paths[path]: text for path, text in result.texts.items()})
    click.echo(f"{len(result.texts)} file{'' if len(result.texts) == 1 else 's'} changed", err=True)
    schemas = found.rules.parent / SCHEMAS
    if result.texts and not schemas.is_dir():
        click.echo(
            f"advisor schema --all {schemas} --rules {found.rules.parent}   writes their schemas", err=True
        )
    return 0
