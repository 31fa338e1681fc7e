"""What can go wrong, as types: every failure that a caller may meet is one of these.

Complaints are collected, not raised one by one: an `InputError` or a `RuleError` carries all that was
found, each with its place. This module prints nothing and knows no exit codes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]
"""`error`: it cannot be used as it stands. `warning`: it can, and is hardly what somebody meant."""


@dataclass(frozen=True, slots=True, order=True)
class Complaint:
    """One thing that is wrong with what somebody wrote, and what to do about it."""

    file: str
    """Where it was read from, as the person named it; `-` for standard input."""
    line: int
    """Line, counted from 1; 0 where the complaint is about the whole file."""
    column: int
    """Column, counted from 1; 0 where the complaint is about the whole line or file."""
    code: str
    """Stable code, such as `unknown-key`."""
    message: str
    """What is wrong, in one sentence."""
    hint: str = ""
    """What to do about it; empty where the message says it already."""
    severity: Severity = "error"

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        text = f"{place}: {self.code} {self.message}"
        return f"{text}\n  hint: {self.hint}" if self.hint else text


class AdvisorError(Exception):
    """Base of every error that this package raises on purpose."""


class _Complaints(AdvisorError):
    """An error that carries one or more complaints, in the order of their places."""

    def __init__(self, complaints: list[Complaint]) -> None:
        self.complaints: tuple[Complaint, ...] = tuple(sorted(set(complaints)))
        super().__init__("\n".join(str(complaint) for complaint in self.complaints))


class InputError(_Complaints):
    """The description of the prospect, the draft or the history cannot be used as it stands."""


class RuleError(_Complaints):
    """The rules or the knowledge cannot be used as they stand: bad rules, not a bad prospect."""


class EngineError(AdvisorError):
    """An inference engine cannot be had or broke down; never a matter of the rules' content."""


class UnknownName(AdvisorError):
    """Somebody asked for a rule, passage or source that does not exist.

    `suggestions` are existing names that look alike, nearest first.
    """

    def __init__(self, kind: str, name: str, suggestions: tuple[str, ...] = ()) -> None:
        self.kind, self.name, self.suggestions = kind, name, suggestions
        hint = f"; did you mean {' or '.join(suggestions)}?" if suggestions else ""
        super().__init__(f"there is no {kind} {name!r}{hint}")
