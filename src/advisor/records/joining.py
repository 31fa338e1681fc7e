"""Several exports and histories to one set of records: the newest tells what is, all together what was.

Whom you are connected with, and what stands on your profile, the newest export says that has such a file.
Invitations are those of all of them, each once; a history that you keep yourself knows best what became of
them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from advisor.model.people import name_key
from advisor.model.records import Connected, Exchange, Invited, Records, Remark, Self, Stay
from advisor.records.outcomes import settled

RECENT = "the platform's export lists recent and open invitations alone, not those answered long ago"
MORE_THAN_HISTORY = "the export holds {count} invitations that your history does not have"
_ONE_DAY = timedelta(days=1)


@dataclass(slots=True)
class Part:
    """What one path gave."""

    taken_on: date | None
    taken_from: str
    kinds: set[str] = field(default_factory=set)
    """What there was, a history that somebody keeps being `history`."""
    official: bool = False
    """Whether its invitations are the platform's own list."""
    me: Self | None = None
    connections: list[Connected] = field(default_factory=list)
    invitations: list[Invited] = field(default_factory=list)
    exchanges: tuple[Exchange, ...] = ()
    remarks: list[Remark] = field(default_factory=list)
    positions: list[Stay] = field(default_factory=list)
    schools: list[Stay] = field(default_factory=list)
    latest: date | None = None
    """The latest day that anything in it is dated."""

    def see(self, day: date | None) -> None:
        """Something in it is dated so."""
        if day is not None and (self.latest is None or day > self.latest):
            self.latest = day

    @property
    def day(self) -> date | None:
        """The day on which it was taken, as well as that is known."""
        return self.taken_on or self.latest


def join(parts: Iterable[Part]) -> tuple[Records, str, tuple[str, ...]]:
    """The records of all `parts`, what told their day, and remarks for people."""
    ordered = sorted(parts, key=lambda part: part.day or date.min)
    newest = {kind: part for part in ordered for kind in part.kinds}
    files = {("invitations" if kind == "history" else kind) for kind in newest}
    last = ordered[-1]
    invitations, listed, partial = _invitations(ordered, newest.get("invitations"))
    connections = newest["connections"].connections if "connections" in newest else None
    told = settled(invitations, connections, listed)
    remarks = _gone(told, ordered, newest)
    records = Records(
        files=frozenset(files),
        taken_on=last.day,
        me=newest["profile"].me if "profile" in newest else None,
        connections=tuple(connections or ()),
        invitations=told,
        exchanges=newest["messages"].exchanges if "messages" in newest else (),
        remarks=tuple(newest["remarks"].remarks) if "remarks" in newest else (),
        positions=tuple(newest["positions"].positions) if "positions" in newest else (),
        schools=tuple(newest["schools"].schools) if "schools" in newest else (),
        partial={"invitations": partial} if partial else {},
    )
    return records, last.taken_from if last.taken_on else "the latest day in the records", tuple(remarks)


def _invitations(parts: list[Part], newest: Part | None) -> tuple[list[Invited], frozenset[int], str]:
    """All invitations, each once, the places of those still listed, and why they are not all."""
    kept = [each for part in parts if "history" in part.kinds for each in part.invitations]
    history = bool(kept) or any("history" in part.kinds for part in parts)
    own = len(kept)
    listed: set[int] = set()
    for part in reversed(parts):  # the newest first: what it says of an invitation stands
        if "invitations" not in part.kinds:
            continue
        known = _Known(kept) if kept else None
        for each in part.invitations:
            place = known.place(each) if known is not None else None
            if place is None:
                place = len(kept)
                kept.append(each)
            elif not kept[place].name:  # a history of days alone learns who it was
                told = kept[place]
                kept[place] = replace(each, outcome=told.outcome, answered=told.answered)
            if part is newest and part.official:
                listed.add(place)
    partial = RECENT if any(part.official for part in parts) else ""
    if history and partial:
        added = len(kept) - own
        partial = MORE_THAN_HISTORY.format(count=added) if added else ""
    return kept, frozenset(listed), partial


class _Known:
    """Invitations that are there already, each found once: by person and day, or by the day alone."""

    def __init__(self, invitations: list[Invited]) -> None:
        self._invitations = invitations
        self._places: dict[tuple[str, bool, date | None], list[int]] = {}
        for place, each in enumerate(invitations):
            for key in _keys(each) or [""]:
                self._places.setdefault((key, each.incoming, each.on), []).append(place)
        self._found: set[int] = set()

    def place(self, invited: Invited) -> int | None:
        """Where the same invitation stands; None where it does not."""
        days = [invited.on]
        if invited.on is not None:  # no zone is known: a history may have the day before or after
            days += [invited.on - _ONE_DAY, invited.on + _ONE_DAY]
        keys = _keys(invited)
        for key, day in (*((key, day) for key in keys for day in days), ("", invited.on)):
            for place in self._places.get((key, invited.incoming, day), ()):
                theirs = self._invitations[place].slug
                if place not in self._found and (not theirs or not invited.slug or theirs == invited.slug):
                    self._found.add(place)
                    return place
        return None


def _keys(invited: Invited) -> list[str]:
    names = [f"/{invited.slug}"] if invited.slug else []
    return [*names, key] if (key := name_key(invited.name)) else names


def _gone(invitations: Iterable[Invited], parts: list[Part], newest: dict[str, Part]) -> list[str]:
    """What can be said of invitations that an older export lists and the newest does not."""
    last = newest.get("invitations")
    if last is None or "connections" not in last.kinds:
        return []
    reach = min((each.on for each in last.invitations if each.on is not None), default=None)
    older = [part for part in parts if part is not last and part.official]
    if not older:
        return []
    dated = [each.on for each in invitations if not (each.outcome or each.incoming) and each.on is not None]
    gone = sum(reach is not None and day >= reach for day in dated)
    beyond = len(dated) - gone
    remarks = []
    if gone:
        remarks.append(
            f"open in an older export and not listed in the newest: {gone} of the invitations; withdrawn, "
            "declined or lapsed, which cannot be told"
        )
    if beyond:
        remarks.append(
            f"older than all that the newest export lists: {beyond} of the invitations; what became of them "
            "cannot be told"
        )
    return remarks
