"""How somebody's records were read: file by file, with what was not understood, and what they give.

Plain data and plain counts, none of them judged. What the records do not tell is None and never zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from advisor.errors import Complaint
from advisor.model.records import Records

WEEK = 7
"""Days of a rolling week."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReading:
    """How one file was read."""

    file: str
    """As the person named it, with the archive or folder before it."""
    kind: str = ""
    """What of the records it is; empty where it is not used."""
    rows: int = 0
    """Rows that hold anything."""
    understood: int = 0
    """Rows of which a record was made, those that stand there again among them."""
    repeated: int = 0
    """Rows that are the same as one before, and count once."""
    nameless: int = 0
    """Connections who hide themselves; they count, without a name."""
    dropped: Mapping[str, int] = field(default_factory=dict)
    """Messages that do not count, by the reason, such as `draft` or `spam`."""
    columns: tuple[str, ...] = ()
    """Columns that are used, as written."""
    unknown_columns: tuple[str, ...] = ()
    """Columns that are not."""
    encoding: str = ""
    guessed: bool = False
    """Whether nothing in the file proves that encoding."""
    delimiter: str = ""
    """The sign between cells, by its name."""
    header_line: int = 0
    dates: tuple[str, ...] = ()
    """The forms in which days are written, the most frequent first."""
    official: bool = False
    """Whether it has the columns of the platform's own export."""
    doubted: int = 0
    """How many doubts there are about it, whether kept or not."""
    unused: str = ""
    """Why it is not used; empty where it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Records, and how they were come by."""

    records: Records
    taken_from: str = ""
    """What told the day on which the records were taken, in words."""
    files: tuple[FileReading, ...] = ()
    doubts: tuple[Complaint, ...] = ()
    """What could not be read as it stands, row by row: of each file the first ones; each file counts all."""
    remarks: tuple[str, ...] = ()
    """What there is to know about the whole, in words for people."""

    @property
    def doubted(self) -> int:
        """How many doubts there are, whether kept or not."""
        return sum(each.doubted for each in self.files)


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Counts; each is None where there is no file that could tell."""

    taken_on: date | None
    connections: int | None
    """People you are connected with."""
    nameless: int | None
    """How many of them hide themselves, so that nobody can tell who they are."""
    sent: int | None
    """Invitations that you sent, as far as they are recorded."""
    first_sent: date | None
    """The day of the first of them."""
    open_sent: int | None
    """Sent ones that are known to be open."""
    open_received: int | None
    """Received ones that are known to be open."""
    accepted: int | None
    """Sent ones that are known to be accepted."""
    untold: int | None
    """Sent ones of which nobody can tell what became of them."""
    last_week: int | None
    """Sent in the seven days up to the day on which the records were taken."""
    exchanges: int | None
    """People with whom messages went one way or the other."""
    both_ways: int | None
    """People with whom they went both ways."""
    partial: str
    """Why the invitations are not all; empty where nothing says so."""


def summary_of(records: Records) -> Summary:
    """Count what `records` hold."""
    sent = [each for each in records.invitations if not each.incoming]
    received = [each for each in records.invitations if each.incoming]
    days = [each.on for each in sent if each.on is not None]
    invitations, taken_on = "invitations" in records.files, records.taken_on
    week = sum(0 <= (taken_on - day).days < WEEK for day in days) if taken_on is not None else None
    people = records.connections if "connections" in records.files else None
    exchanges = records.exchanges if "messages" in records.files else None
    return Summary(
        taken_on=taken_on,
        connections=None if people is None else len(people),
        nameless=None if people is None else sum(not (each.name or each.slug) for each in people),
        sent=len(sent) if invitations else None,
        first_sent=min(days, default=None),
        open_sent=sum(each.outcome == "pending" for each in sent) if invitations else None,
        open_received=sum(each.outcome == "pending" for each in received) if invitations else None,
        accepted=sum(each.outcome == "accepted" for each in sent) if invitations else None,
        untold=sum(not each.outcome for each in sent) if invitations else None,
        last_week=week if invitations else None,
        exchanges=None if exchanges is None else len(exchanges),
        both_ways=None
        if exchanges is None
        else sum(bool(each.by_you and each.by_them) for each in exchanges),
        partial=records.partial.get("invitations", ""),
    )
