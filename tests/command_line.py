"""The command as tests run it: its real entry, in this process, with what it writes and its exit code."""

from __future__ import annotations

import io
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from advisor.shells.main import main


@dataclass(frozen=True)
class Outcome:
    """What one run of the command did."""

    code: int
    out: str
    err: str

    @property
    def codes(self) -> list[str]:
        """The codes of the complaints on standard error, in their order."""
        return [
            line.split(": ", 1)[1].split(" ")[0]
            for line in self.err.splitlines()
            if ": " in line and not line.startswith((" ", "advisor: ", "Error: ", "Usage: "))
        ]


class CommandLine:
    """Runs `advisor`."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capture: pytest.CaptureFixture[bytes]) -> None:
        self._monkeypatch, self._capture = monkeypatch, capture

    def __call__(self, *arguments: str | os.PathLike[str], stdin: bytes = b"") -> Outcome:
        """Run the command with `arguments`, as from a shell; `stdin` is what is piped into it."""
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        self._capture.readouterr()
        code = main([os.fspath(argument) for argument in arguments])
        out, err = self._capture.readouterr()
        return Outcome(code, out.decode(), err.decode())

    def set(self, name: str, value: str) -> None:
        """Set an environment variable for the runs that follow."""
        self._monkeypatch.setenv(name, value)


def page_of(cli: CommandLine, command: str, example: Path, format_: str) -> str:
    """What a command prints for an example, without the hash of the rules, which any edit changes."""
    outcome = cli(command, example, "--format", format_)
    assert outcome.code == 0, outcome.err
    return re.sub(r"\b[0-9a-f]{64}\b", "<hash>", outcome.out)


def write(folder: Path, name: str, content: str | bytes) -> Path:
    """Write one file into `folder`."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path
