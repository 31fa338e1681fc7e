"""The worked change of guidance is true: its commands print what it shows, and its edits apply.

`pytest tests/test_guide.py --update-golden` writes what the commands print into the guide.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from command_line import CommandLine, Outcome

GUIDE = Path(__file__).parents[1] / "docs" / "changing-guidance.md"
_BLOCK = re.compile(r"```(console|diff)\n(.*?)```", re.DOTALL)


def edited(lines: list[str]) -> None:
    """Make the edits of one block: a file, then lines with `-` and what takes their place."""
    path = Path(lines[0].removeprefix("# "))
    text = path.read_text(encoding="utf-8")
    for old, new in zip(lines[1::2], lines[2::2], strict=True):
        assert (old[0], new[0]) == ("-", "+")
        assert old[1:] in text, f"{path} has no {old[1:]!r}"
        text = text.replace(old[1:], new[1:], 1)
    path.write_text(text, encoding="utf-8")


def alone(words: list[str]) -> Outcome:
    """A command in a process of its own: which case the solver finds hangs on what it was asked before."""
    run = subprocess.run(
        [sys.executable, "-m", "advisor", *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return Outcome(run.returncode, run.stdout, run.stderr)


def printed(cli: CommandLine, commands: list[str]) -> Iterator[str]:
    """The commands with what they print, as the guide shows it."""
    for command in commands:
        cli.set("COLUMNS", "100")
        words = shlex.split(command)[2:]
        outcome = alone(words) if "analyze" in words else cli(*words)
        assert outcome.code in (0, 1, 4), outcome.err
        yield f"{command}\n"
        # What says how long it took is another time every time.
        yield re.sub(r",? ?\b\d+\.\d s\b", "", outcome.out).strip("\n") + "\n" if outcome.out.strip() else ""
        yield outcome.err if outcome.err.startswith("advisor: ") else ""


def test_the_worked_change_prints_what_it_shows(
    cli: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """From a fresh copy on, every command of the guide prints just what stands below it."""
    monkeypatch.chdir(tmp_path)
    guide = GUIDE.read_text(encoding="utf-8")

    def again(block: re.Match[str]) -> str:
        lines = block[2].rstrip("\n").split("\n")
        if block[1] == "diff":
            edited(lines)
            return block[0]
        commands = [line for line in lines if line.startswith("$ ")]
        return f"```console\n{''.join(printed(cli, commands))}```"

    shown = _BLOCK.sub(again, guide)
    if request.config.getoption("--update-golden"):
        GUIDE.write_text(shown, encoding="utf-8", newline="\n")
    assert shown == GUIDE.read_text(encoding="utf-8"), "read the diff; where it is right, --update-golden"
