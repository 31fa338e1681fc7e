"""Writing: on what page, in what colours, and to whom. Data goes to standard output and nothing else does.

How far long work has come is shown on standard error, and on a terminal alone.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal

import click

from advisor.report.layout import Page
from advisor.shells.main import say, silence

__all__ = ["Colour", "page", "progress", "say", "say_laid_out", "write", "write_json"]

Colour = Literal["auto", "always", "never"]
_MOST_DIGITS = 6
_WIDTH_ELSEWHERE = 80
"""Where there is no terminal to ask."""


def page(colour: Colour = "auto", *, everything: bool = False) -> Page:
    """The page that standard output is."""
    return Page.of_width(_width(), colour=_coloured(colour), everything=everything)


def write(text: str) -> None:
    """Write to standard output; a reader that has gone away is no failure."""
    _echo(text)


def write_json(text: str) -> None:
    """Write JSON to standard output, in UTF-8 whatever the terminal speaks, and no line end changed."""
    _echo(text.encode())


@contextmanager
def progress(label: str, size: int, *, shown_from: int = 0) -> Iterator[Callable[[int], None] | None]:
    """Show on a terminal how far work of `size` has come; None elsewhere, and for less than `shown_from`.

    What it gives takes how much was done since it was last called.
    """
    if size < shown_from or sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=size, label=label, file=sys.stderr) as bar:
        yield bar.update


def say_laid_out(text: str) -> None:
    """Write to standard error what was made for a page: nothing in it that a terminal should not obey."""
    with contextlib.suppress(OSError, ValueError):
        click.echo(text, err=True)


def _echo(said: str | bytes) -> None:
    try:
        click.echo(said, nl=False, color=True)
    except BrokenPipeError:
        silence()
    except OSError as fault:
        silence()
        raise click.ClickException(f"The output cannot be written: {fault.strerror or fault}.") from fault


def _width() -> int:
    told = os.environ.get("COLUMNS", "")
    if told.isdecimal() and len(told) <= _MOST_DIGITS and int(told):
        return int(told)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or _WIDTH_ELSEWHERE
    except (OSError, ValueError, AttributeError):
        return _WIDTH_ELSEWHERE


def _coloured(colour: Colour) -> bool:
    if colour != "auto":
        return colour == "always"
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    try:
        return sys.stdout.isatty()
    except (AttributeError, ValueError):
        return False
