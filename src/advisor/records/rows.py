"""What one row of each kind of file says, as a record; what of it could not be read is told beside it.

A row is understood where it is clear whom or what it is about. A date that cannot be read leaves the rest
standing: that somebody is connected with you does not hang on when. Rows know nothing of one another here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from advisor.model.names import shown
from advisor.model.people import profile_slug
from advisor.model.records import Connected, Invited, Outcome, Remark, Self, Stay
from advisor.records.columns import Header
from advisor.records.days import Day, Days

_INCOMING = {"incoming": True, "received": True, "in": True, "outgoing": False, "sent": False, "out": False}
_WORDS: tuple[tuple[Outcome, str], ...] = (
    ("accepted", "accepted|accept|yes|y|true|connected|angenommen|acceptée|accepté|aceptada|aceita"),
    ("declined", "declined|rejected|refused|turned down|abgelehnt|refusée|rechazada|recusada"),
    ("ignored", "ignored|no answer|no reply|no response|unanswered|expired|lapsed"),
    ("withdrawn", "withdrawn|withdrew|cancelled|canceled|retracted|zurückgezogen"),
    ("pending", "pending|open|sent|waiting|invited|offen|en attente|pendiente|pendente"),
    ("", "|?|-|unknown|n/a|not known"),
)
_OUTCOMES = {word: outcome for outcome, words in _WORDS for word in words.split("|")}
_MEANS_ACCEPTED = frozenset({"accepted on", "date accepted", "connected on", "acceptedon"})
_YES = frozenset({"yes", "true", "1"})
_CAMPAIGN = "spinmail"
"""What the platform's advertising in the inbox is marked with."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something about a row that could not be read as it stands."""

    code: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One message, whoever wrote it."""

    conversation: str
    sender: str
    sender_slug: str
    recipients: str
    """Names as they are written, joined by commas that names may hold too."""
    recipient_slugs: tuple[str, ...]
    on: date | None
    dropped: str = ""
    """Why it does not count: `draft`, `spam` or `advertising`; empty where it does."""
    line: int = 0


Record = Connected | Invited | Message | Remark | Self | Stay
"""What a row can say."""
Read = Callable[[list[str], int, list[Trouble]], Record | None]
"""Reads the cells of the row on a line, adds to the troubles, and gives None where it is not understood."""


def reader_of(header: Header, days: Days) -> Read:
    """The reader of rows below `header`; missing columns are read as empty."""
    beyond = len(header.names)
    fields = {field: header.at.get(field, beyond) for field in header.kind.columns}
    if header.kind.name == "history":
        named = header.names[fields["answered"]].strip().casefold() if "answered" in header.at else ""
        return _History({**dict.fromkeys(_HISTORY, beyond), **fields}, days, named in _MEANS_ACCEPTED).read
    return _READERS[header.kind.name](fields, days).read


_HISTORY = ("at", "name", "first", "last", "url", "note", "outcome", "answered", "direction")


class _Rows:
    """What the readers share: where each field stands, and how days are written."""

    def __init__(self, fields: dict[str, int], days: Days) -> None:
        self._at, self._days = fields, days
        self._same: dict[str, str] = {}

    def _day(self, text: str, troubles: list[Trouble]) -> Day:
        day = self._days.read(text)
        if day.code:
            troubles.append(_bad_day(text, day.code))
        return day

    def _person(self, first: str, last: str, url: str, troubles: list[Trouble]) -> tuple[str, str]:
        name = f"{first.strip()} {last.strip()}".strip()
        slug = profile_slug(url)
        if url and not slug and url.strip():
            message = f"{shown(url)} is not the address of a profile, so the name alone tells who this is"
            troubles.append(Trouble("bad-address", message, "addresses have /in/ in them"))
        return name, slug

    def _once(self, text: str) -> str:
        """The same text as was met before, where it was: a company is written for many people."""
        return self._same.setdefault(text, text)


class _Connections(_Rows):
    def read(self, cells: list[str], line: int, troubles: list[Trouble]) -> Connected | None:
        at = self._at
        first, last = cells[at["first"]] or cells[at["name"]], cells[at["last"]]
        name, slug = self._person(first, last, cells[at["url"]], troubles)
        day = self._day(cells[at["on"]], troubles)
        if not name and not slug and day.on is None:
            troubles.append(Trouble("nobody-named", "this row names nobody and no day"))
            return None
        return Connected(
            name=name,
            slug=slug,
            company=self._once(cells[at["company"]].strip()),
            position=self._once(cells[at["position"]].strip()),
            on=day.on,
            line=line,
        )


class _Invitations(_Rows):
    def read(self, cells: list[str], line: int, troubles: list[Trouble]) -> Invited | None:
        at = self._at
        incoming = _direction(cells[at["direction"]], troubles)
        if incoming is None:
            return None
        side = "from" if incoming else "to"
        name, slug = self._person("", cells[at[side]], cells[at[f"{side}_url"]], troubles)
        day = self._day(cells[at["on"]], troubles)
        if not name and not slug and day.on is None:
            troubles.append(Trouble("nobody-named", "this row names nobody and no day"))
            return None
        return Invited(
            name=name,
            slug=slug,
            incoming=incoming,
            on=day.on,
            at=day.at,
            note=cells[at["note"]].strip(),
            line=line,
        )


class _Messages(_Rows):
    def read(self, cells: list[str], line: int, troubles: list[Trouble]) -> Message | None:
        at = self._at
        sender, slug = self._person("", cells[at["from"]], cells[at["from_url"]], [])
        day = self._day(cells[at["on"]], troubles)
        if not sender and not slug:
            troubles.append(Trouble("nobody-named", "this row does not say who wrote the message"))
            return None
        drafted = cells[at["draft"]], cells[at["draft_conversation"]]
        folder = cells[at["folder"]].casefold()
        dropped = ""
        if "draft" in folder or any(each.strip().casefold() in _YES for each in drafted):
            dropped = "draft"
        elif "spam" in folder:
            dropped = "spam"
        elif _CAMPAIGN in cells[at["content"]][:200]:
            dropped = "advertising"
        slugs = [profile_slug(each) for each in cells[at["to_urls"]].split(",") if each.strip()]
        return Message(
            conversation=self._once(cells[at["conversation"]].strip()),
            sender=self._once(sender),
            sender_slug=self._once(slug),
            recipients=self._once(" ".join(cells[at["to"]].split())),
            recipient_slugs=tuple(self._once(each) for each in slugs if each),
            on=day.on,
            dropped=dropped,
            line=line,
        )


class _Remarks(_Rows):
    def read(self, cells: list[str], line: int, troubles: list[Trouble]) -> Remark | None:
        del line
        at = self._at
        name, slug = self._person(cells[at["first"]], cells[at["last"]], cells[at["url"]], troubles)
        day = self._day(cells[at["on"]] or cells[at["edited"]], troubles)
        if not name and not slug:
            troubles.append(Trouble("nobody-named", "this row does not say on whom the remark is"))
            return None
        return Remark(name=name, slug=slug, text=cells[at["note"]].strip(), on=day.on)


class _Profile(_Rows):
    def read(self, cells: list[str], line: int, troubles: list[Trouble]) -> Self | None:
        del line, troubles
        at = self._at
        return Self(
            name=f"{cells[at['first']].strip()} {cells[at['last']].strip()}".strip(),
            headline=cells[at["headline"]].strip(),
            industry=cells[at["industry"]].strip(),
            summary=cells[at["summary"]].strip(),
        )


class _Stays(_Rows):
    def read(self, cells: list[str], line: int, troubles: list[Trouble]) -> Stay | None:
        del line
        at = self._at
        place = cells[at["place"]].strip()
        if not place:
            troubles.append(Trouble("nobody-named", "this row names no employer and no school"))
            return None
        role, since, until = (cells[at[field]].strip() for field in ("role", "since", "until"))
        return Stay(place=place, role=role, since=since, until=until)


class _History(_Rows):
    def __init__(self, fields: dict[str, int], days: Days, means_accepted: bool) -> None:
        super().__init__(fields, days)
        self._means_accepted = means_accepted

    def read(self, cells: list[str], line: int, troubles: list[Trouble]) -> Invited | None:
        at = self._at
        direction = cells[at["direction"]]
        incoming = _direction(direction, troubles) if direction.strip() else False
        day = self._day(cells[at["on"]], troubles)
        if incoming is None or day.on is None:
            if not day.code and incoming is not None:
                troubles.append(
                    Trouble("bad-date", "this row has no day, and every invitation was sent on one")
                )
            return None
        first = cells[at["first"]] or cells[at["name"]]
        name, slug = self._person(first, cells[at["last"]], cells[at["url"]], troubles)
        clock = self._day(f"2020-01-01 {cells[at['at']]}", troubles).at if cells[at["at"]].strip() else day.at
        answered = self._day(cells[at["answered"]], troubles).on
        outcome = outcome_of(cells[at["outcome"]], troubles)
        if answered and not outcome and self._means_accepted:
            outcome = "accepted"
        return Invited(
            name=name,
            slug=slug,
            incoming=incoming,
            on=day.on,
            at=clock,
            note=cells[at["note"]].strip(),
            outcome=outcome,
            answered=answered,
            line=line,
        )


_READERS: dict[str, type[_Connections | _Invitations | _Messages | _Remarks | _Profile | _Stays]] = {
    "connections": _Connections,
    "invitations": _Invitations,
    "messages": _Messages,
    "remarks": _Remarks,
    "profile": _Profile,
    "positions": _Stays,
    "schools": _Stays,
}


def outcome_of(word: str, troubles: list[Trouble]) -> Outcome:
    """The outcome that `word` stands for; empty, with a trouble, where it stands for none."""
    outcome = _OUTCOMES.get(" ".join(word.casefold().split()))
    if outcome is None:
        message = f"{shown(word)} does not say what became of the invitation"
        hint = "write accepted, declined, ignored, withdrawn or pending"
        troubles.append(Trouble("unknown-value", message, hint))
        return ""
    return outcome


def _direction(word: str, troubles: list[Trouble]) -> bool | None:
    incoming = _INCOMING.get(word.strip().casefold())
    if incoming is None:
        message = f"{shown(word)} does not say whether the invitation was sent or received"
        troubles.append(Trouble("unknown-value", message, "it is INCOMING or OUTGOING"))
    return incoming


def _bad_day(text: str, code: str) -> Trouble:
    if code == "ambiguous-date":
        message = f"{shown(text)} is two days, and this column writes both orders"
        return Trouble(code, message, "write dates as year-month-day")
    if code == "impossible-date":
        return Trouble(
            code, f"{shown(text)} is no day in the life of the platform", "check the day and the year"
        )
    return Trouble(code, f"{shown(text)} is not a day that can be read", "write dates as year-month-day")
