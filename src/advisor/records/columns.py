"""Which files and columns are known, under all names that exports and people's own lists give them.

Columns are found by name, wherever they stand. A name counts without case, spaces and signs. What a row
says is for `rows`; a file that is not known here is listed and not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TextIO

from advisor.records.limits import HEADER_WITHIN, MAX_COLUMNS, MAX_LINE
from advisor.records.table import DELIMITERS, split, width_of

_SIGNS = re.compile(r"[\W_]+")
_COPY = re.compile(r"\s*(\(\d+\)|- copy)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file."""

    name: str
    """As `Records.files` calls it."""
    files: tuple[str, ...]
    """Plain names of the files of an export that are of this kind."""
    columns: Mapping[str, tuple[str, ...]]
    """For each field the plain names that its column may have."""
    needed: tuple[tuple[str, ...], ...]
    """Of each of these groups at least one field must have a column."""
    date: str = ""
    """The field that dates a row and that every row has, if there is one."""


_URL = (
    "url",
    "profileurl",
    "linkedinurl",
    "profile",
    "link",
    "address",
    "linkedin",
    "personlinkedinurl",
    "profillink",
)
CONNECTIONS = Kind(
    "connections",
    ("connections",),
    {
        "first": ("firstname", "givenname"),
        "last": ("lastname", "surname", "familyname"),
        "name": ("name", "fullname"),
        "url": _URL,
        "email": ("emailaddress", "email"),
        "company": ("company", "companyname", "currentcompany", "organization"),
        "position": ("position", "currentposition", "jobtitle", "title"),
        "on": ("connectedon", "connectiondate", "dateconnected", "connectedat"),
    },
    (("on",), ("first", "last", "name", "url")),
    "on",
)
INVITATIONS = Kind(
    "invitations",
    ("invitations",),
    {
        "from": ("from",),
        "to": ("to",),
        "on": ("sentat", "senton", "date"),
        "note": ("message", "note"),
        "direction": ("direction",),
        "from_url": ("inviterprofileurl",),
        "to_url": ("inviteeprofileurl",),
    },
    (("on",), ("direction",), ("from", "from_url"), ("to", "to_url")),
    "on",
)
MESSAGES = Kind(
    "messages",
    ("messages",),
    {
        "conversation": ("conversationid",),
        "title": ("conversationtitle",),
        "from": ("from",),
        "from_url": ("senderprofileurl",),
        "to": ("to",),
        "to_urls": ("recipientprofileurls", "recipientprofileurl"),
        "on": ("date",),
        "subject": ("subject",),
        "content": ("content",),
        "folder": ("folder",),
        "draft": ("ismessagedraft",),
        "draft_conversation": ("isconversationdraft",),
    },
    (("conversation",), ("from",), ("on",)),
    "on",
)
REMARKS = Kind(
    "remarks",
    ("notes", "connectionnotes"),
    {
        "first": ("connectionfirstname", "firstname"),
        "last": ("connectionlastname", "lastname"),
        "url": ("connectionprofileurl", "profileurl", "url"),
        "note": ("note",),
        "on": ("createdon", "createdat"),
        "edited": ("editedon", "editedat"),
    },
    (("note",), ("first", "last", "url"), ("on", "edited")),
)
PROFILE = Kind(
    "profile",
    ("profile",),
    {
        "first": ("firstname",),
        "last": ("lastname",),
        "headline": ("headline",),
        "summary": ("summary",),
        "industry": ("industry",),
    },
    (("headline",), ("first", "last")),
)
POSITIONS = Kind(
    "positions",
    ("positions",),
    {
        "place": ("companyname",),
        "role": ("title",),
        "since": ("startedon", "startdate"),
        "until": ("finishedon", "enddate"),
    },
    (("place",), ("role", "since")),
)
SCHOOLS = Kind(
    "schools",
    ("education",),
    {
        "place": ("schoolname",),
        "role": ("degreename",),
        "since": ("startdate", "startedon"),
        "until": ("enddate", "finishedon"),
    },
    (("place",),),
)
HISTORY = Kind(
    "history",
    (),
    {
        "on": (
            "date", "day", "sent", "senton", "sentat", "datesent", "invited", "invitedon", "requested",
            "requestedon", "when", "datum", "fecha", "data",
        ),
        "at": ("time", "hour", "senttime", "uhrzeit", "hora", "heure"),
        "name": (
            "name", "fullname", "person", "who", "to", "contact", "invitee", "prospect", "nom", "nombre",
            "nome",
        ),
        "first": ("firstname", "givenname", "vorname"),
        "last": ("lastname", "surname", "familyname", "nachname"),
        "url": (
            "url", "profileurl", "linkedinurl", "profile", "profilelink", "linkedin", "inviteeprofileurl",
        ),
        "note": ("note", "message", "text"),
        "outcome": ("outcome", "result", "status", "answer", "response", "accepted", "ergebnis", "resultado"),
        "answered": (
            "answered", "answeredon", "answeredat", "acceptedon", "respondedon", "dateanswered",
            "dateaccepted", "connectedon",
        ),
        "direction": ("direction",),
    },
    (("on",), ("name", "first", "url", "outcome", "answered")),
    "on",
)  # fmt: skip
DAYS_ALONE = Kind("history", (), {"on": HISTORY.columns["on"]}, (("on",),), "on")
"""A history that is nothing but a column of days."""
KINDS = (MESSAGES, INVITATIONS, REMARKS, HISTORY, CONNECTIONS, PROFILE, POSITIONS, SCHOOLS, DAYS_ALONE)
"""All kinds, those with the most telling columns first."""
IN_EXPORTS = (PROFILE, POSITIONS, SCHOOLS, CONNECTIONS, INVITATIONS, REMARKS, MESSAGES)
"""An export's kinds in the order in which they are read: who you are is known before what you wrote."""


@dataclass(frozen=True, slots=True)
class Header:
    """The header of one file."""

    kind: Kind
    line: int
    """The line that it stands on, counted from 1."""
    delimiter: str
    names: tuple[str, ...]
    """As they are written."""
    at: Mapping[str, int]
    """For each field the place of its column."""

    @property
    def width(self) -> int:
        """How many columns there are, empty names at the end left out."""
        return width_of(self.names)

    @property
    def unknown(self) -> tuple[str, ...]:
        """Names of columns that are not used."""
        used = set(self.at.values())
        return tuple(
            name.strip() for place, name in enumerate(self.names) if place not in used and name.strip()
        )

    @property
    def official(self) -> bool:
        """Whether it has the names that the platform's own export gives the columns."""
        return all(_plain(self.names[self.at[field]]) in self.kind.columns[field][:1] for field in self.at)


def kind_of_file(name: str) -> Kind | None:
    """The kind of a file of an export by its name.

    >>> kind_of_file("connections (1).CSV").name, kind_of_file("guide_messages.csv")
    ('connections', None)
    """
    stem, dot, ending = name.rpartition(".")
    if not dot or ending.lower() not in ("csv", "tsv", "txt"):
        return None
    plain = _plain(_COPY.sub("", stem))
    return next((kind for kind in KINDS if plain in kind.files), None)


def find_header(stream: TextIO, kinds: Iterable[Kind]) -> Header | None:
    """Find the header of one of `kinds` among the first lines of `stream`; None where there is none.

    `stream` then stands behind it.
    """
    wanted = tuple(kinds)
    left = MAX_LINE
    for number in range(1, HEADER_WITHIN + 1):
        line = stream.readline(left)
        left -= len(line)
        if not line or left <= 0:
            return None
        for delimiter in DELIMITERS:
            cells = split(line.rstrip("\n"), delimiter)
            if cells and len(cells) <= MAX_COLUMNS and (found := header_of(cells, wanted)) is not None:
                return Header(found[0], number, delimiter, tuple(cells), found[1])
    return None


def header_of(
    cells: list[str], kinds: tuple[Kind, ...], *, partly: bool = False
) -> tuple[Kind, dict[str, int]] | None:
    """The kind of which `cells` are the header, and for each field the place of its column.

    With `partly` it is enough that the first group of columns that a kind needs is there.
    """
    plain = [_plain(each) for each in cells]
    for kind in kinds:
        at: dict[str, int] = {}
        for field, names in kind.columns.items():
            place = next((plain.index(name) for name in names if name in plain), None)
            if place is not None and place not in at.values():
                at[field] = place
        if kind is DAYS_ALONE and sum(map(bool, plain)) > 1:
            continue
        if all(any(field in at for field in group) for group in kind.needed[: 1 if partly else None]):
            return kind, at
    return None


def _plain(name: str) -> str:
    return _SIGNS.sub("", name.casefold())
