"""Messages to exchanges: how many you and each other person wrote, and when.

What somebody wrote is theirs, in a group too; what you wrote to a group is addressed to nobody in
particular and counts for nobody. Drafts, spam and advertising are left out. The text of messages is never
kept.
"""

from __future__ import annotations

from datetime import date

from advisor.model.people import name_key
from advisor.model.records import Exchange
from advisor.model.tokens import fold
from advisor.records.owner import Owner
from advisor.records.rows import Message

_NOBODY = frozenset({"", "linkedin member"})
"""Names under which members who left write."""


class _Tally:
    """What was counted for one person."""

    __slots__ = ("days", "name", "slug", "sums")

    def __init__(self, name: str, slug: str) -> None:
        self.name, self.slug = name, slug
        self.sums = [0, 0]
        self.days: list[list[date]] = [[], []]

    def add(self, day: date | None, *, by_them: bool) -> None:
        self.sums[by_them] += 1
        days = self.days[by_them]
        if day is not None:
            self.days[by_them] = [min(days[0], day), max(days[1], day)] if days else [day, day]

    def join(self, other: _Tally) -> None:
        for side in (0, 1):
            self.sums[side] += other.sums[side]
            both = sorted([*self.days[side], *other.days[side]])
            self.days[side] = [both[0], both[-1]] if both else []

    def exchange(self) -> Exchange:
        days = [*self.days[0], *self.days[1]]
        return Exchange(
            name=self.name,
            slug=self.slug,
            by_you=self.sums[0],
            by_them=self.sums[1],
            first=min(days, default=None),
            last=max(days, default=None),
            last_by_you=max(self.days[0], default=None),
            last_by_them=max(self.days[1], default=None),
        )


class Exchanges:
    """Messages, counted as they come."""

    def __init__(self, owner: Owner) -> None:
        self._owner = owner
        self._people: dict[tuple[str, str], _Tally] = {}
        self._several: dict[str, _Tally] = {}
        """What you wrote to names joined by commas, which may be one name with a title."""
        self._names: set[str] = set()
        self.unclear = 0
        """Messages of yours to several people, or to nobody who is named."""

    def add(self, message: Message) -> None:
        """Count one message."""
        if message.dropped:
            return
        if not self._owner.is_you(message.sender, message.sender_slug):
            if message.sender_slug or name_key(message.sender) not in _NOBODY:
                self._names.add(fold(message.sender))
                self._tally(message.sender, message.sender_slug).add(message.on, by_them=True)
            return
        slugs, names = set(message.recipient_slugs), message.recipients
        if len(slugs) == 1:
            self._tally(names, slugs.pop()).add(message.on, by_them=False)
        elif slugs or name_key(names) in _NOBODY:
            self.unclear += 1
        elif ", " in names:
            self._several.setdefault(names, _Tally(names, "")).add(message.on, by_them=False)
        else:
            self._tally(names, "").add(message.on, by_them=False)

    def result(self) -> tuple[Exchange, ...]:
        """All exchanges, in the order in which people were first met."""
        for names, tally in self._several.items():
            if fold(names) in self._names:
                self._tally(names, "").join(tally)
            else:
                self.unclear += sum(tally.sums)
        self._several.clear()
        self._join_those_without_address()
        return tuple(each.exchange() for each in self._people.values())

    def _tally(self, name: str, slug: str) -> _Tally:
        key = ("", slug) if slug else (name_key(name), "")
        tally = self._people.get(key)
        if tally is None:
            tally = self._people[key] = _Tally(name, slug)
        return tally

    def _join_those_without_address(self) -> None:
        """Older messages have no addresses; where one person alone has the name, they are theirs."""
        named: dict[str, list[_Tally]] = {}
        for tally in self._people.values():
            if tally.slug:
                named.setdefault(name_key(tally.name), []).append(tally)
        for key in [key for key in self._people if key[0] and len(named.get(key[0], ())) == 1]:
            named[key[0]][0].join(self._people.pop(key))
