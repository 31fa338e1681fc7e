"""Whose records these are: what tells the messages that you wrote from those that you got.

Your profile says, or the invitations that you sent, or the one name that stands on every conversation.
Where none of them does, nobody is taken for you.
"""

from __future__ import annotations

from collections import Counter

from advisor.model.people import name_key, profile_slug
from advisor.model.records import Self
from advisor.records.files import File, Row

_SOME = 2
"""Conversations that it takes for a name on all of them to mean anything."""


class Owner:
    """What is known about whose records are read."""

    def __init__(self) -> None:
        self._names: set[str] = set()
        self._sent: Counter[tuple[str, str]] = Counter()
        self._slugs: set[str] = set()

    @property
    def known(self) -> bool:
        """Whether anything is."""
        return bool(self._names or self._slugs)

    def see_profile(self, me: Self) -> None:
        """Your profile names you."""
        if key := name_key(me.name):
            self._names.add(key)

    def see_invitation(self, file: File, row: Row, *, incoming: bool) -> None:
        """One end of every invitation is you."""
        side, at = ("to" if incoming else "from"), file.header.at
        name = row.cells[at[side]] if side in at else ""
        address = row.cells[at[f"{side}_url"]] if f"{side}_url" in at else ""
        self._sent[name, address] += 1

    def settle_invitations(self) -> None:
        """Take the name and the address that most invitations have at your end for yours."""
        for (name, address), count in self._sent.most_common():
            same = name_key(name) in self._names
            if same or count * 2 > self._sent.total():
                self._names.add(name_key(name))
                self._slugs.add(profile_slug(address))
        self._slugs.discard("")
        self._names.discard("")

    def is_you(self, name: str, slug: str) -> bool:
        """Whether this is you."""
        return slug in self._slugs or name_key(name) in self._names

    def settle_messages(self, file: File) -> None:
        """Where you are not on the messages, look for the one name that is on every conversation."""
        sides: dict[str, set[str]] = {}
        at = file.header.at
        for _, cells, fault in file.table(None):
            if fault:
                continue
            recipients = cells[at["to"]] if "to" in at else ""
            names = {cells[at["from"]], recipients, *recipients.split(", ")}
            keys = {name_key(each) for each in names}
            if keys & self._names:
                return
            sides.setdefault(cells[at["conversation"]], set()).update(keys)
        everywhere = set.intersection(*sides.values()) - {""} if len(sides) >= _SOME else set()
        if len(everywhere) == 1:
            self._names |= everywhere
