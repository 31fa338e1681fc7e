"""One entry of a list of people with what became of it, and its place among the others."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.model.standing import Standing

SENT = ("connect", "revise")
"""Verdicts whose requests go out, as they are or once they are changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRow:
    """One entry of a list, decided or refused."""

    number: int
    """Number of the entry in its list, from 1."""
    line: int
    """The line that it begins on."""
    name: str = ""
    """The person's name, as told."""
    url: str = ""
    """Address of their profile."""
    standing: Standing | None = None
    """How they stand; None where the entry could not be read."""
    remarks: tuple[str, ...] = ()
    """What to know about what the person's own records say of this one."""
    error: str = ""
    """Why it could not be read: all complaints, each on a line."""

    @property
    def deserves_a_note(self) -> bool:
        """Whether a request goes to this person, so that a note would not be wasted."""
        standing = self.standing
        return standing is not None and standing.verdict in SENT and not standing.nothing_to_send

    @property
    def order(self) -> tuple[int, ...]:
        """What puts one row before another; entries that could not be read come last."""
        return (0, *self.standing.order) if self.standing else (1, 0, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row with its place in the whole list."""

    place: int
    """From 1."""
    row: BatchRow
    worth_a_note: bool = False
    """Whether it is among the first for whom there are notes left."""
