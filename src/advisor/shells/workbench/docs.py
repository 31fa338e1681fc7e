"""`advisor rules docs`: the pages about the rules, written or compared with what is there."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from pathlib import Path

import click

from advisor.errors import Complaint, InputError
from advisor.folders import folders
from advisor.shells import options, output
from advisor.shells.placing import replace_files
from advisor.wiring import load_knowledge_base

_EPILOG = """\b
Examples:
  advisor rules docs                          write the pages into docs
  advisor rules docs --check                  say which of them are no longer true
  advisor rules docs --to /tmp/pages --rules my-rules
"""


@click.command(epilog=_EPILOG, short_help="Write pages about the rules, facts, passages and complaints.")
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Folder to write to; else `docs` beside the rules that --rules names, or here.",
)
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 where a page is not as it would be.")
@options.rules_here_option()
def docs(folder: Path | None, check: bool, rules: Path | None) -> int:
    """Write a page for each rule and each code of a complaint, with lists by consultation and passage.

    Pages of rules that are gone are removed; a file that was not written by this command is never touched.
    """
    from advisor.catalog.codes import complaint_codes
    from advisor.report.docs.pages import pages
    from advisor.workbench.documentation import documented

    folder = folder or (folders(rules).rules.parent if rules is not None else Path()) / "docs"
    wanted = pages(documented(load_knowledge_base(rules), complaint_codes()))
    there = _pages_in(folder)
    if check:
        return _compared(wanted, there, folder)
    changed = {path: text for path, text in wanted.items() if there.get(path) != text}
    gone = [path for path in there if path not in wanted]
    _refuse_others([folder / path for path in changed if path not in there])
    replace_files(
        {folder / path: text for path, text in changed.items()}, removed=[folder / path for path in gone]
    )
    click.echo(
        f"advisor: {len(wanted)} pages in {folder}: {len(changed)} written, {len(gone)} removed", err=True
    )
    return 0


def _pages_in(folder: Path) -> dict[str, str]:
    """The pages that this command wrote before, by their paths below `folder`."""
    from advisor.report.docs.pages import FOLDERS, is_page

    found: dict[str, str] = {}
    for pattern in FOLDERS:
        for path in sorted(folder.glob(f"{pattern}/*" if pattern else "*")):
            if path.suffix not in (".md", ".svg") or not path.is_file():
                continue
            with contextlib.suppress(OSError, UnicodeDecodeError):
                text = path.read_bytes().decode()
                if is_page(text):
                    found[path.relative_to(folder).as_posix()] = text
    return found


def _compared(wanted: Mapping[str, str], there: Mapping[str, str], folder: Path) -> int:
    lines = []
    for path in sorted(wanted.keys() | there.keys()):
        if path not in there:
            lines.append(f"missing  {folder / path}")
        elif path not in wanted:
            lines.append(f"extra    {folder / path}")
        elif wanted[path] != there[path]:
            lines.append(f"stale    {folder / path}")
    output.write("".join(f"{line}\n" for line in lines))
    if lines:
        click.echo(
            f"advisor: {len(lines)} pages are not as the rules are; `advisor rules docs` writes them",
            err=True,
        )
        return 1
    return 0


def _refuse_others(paths: list[Path]) -> None:
    """Complain about files in the places of pages that were not written as pages.

    Raises:
        InputError: with all of them.
    """
    hint = "move it away, or choose another folder with --to"
    message = "a file that is no page of ours stands in the place of one"
    if taken := [path for path in paths if os.path.lexists(path)]:
        raise InputError([Complaint(str(path), 0, 0, "file-exists", message, hint) for path in taken])
