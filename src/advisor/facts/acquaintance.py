"""Who somebody's records know: looked up by the address of a profile, by the name where that is all there is.

Two people of one name are answered as ambiguous and never as one of them. Only spelling is compared: whether
`Bob` is `Robert` is not for a look-up to guess.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from advisor.model.people import Named, name_key, profile_slug
from advisor.model.records import Connected, Exchange, Invited, Records, Remark

_Record = TypeVar("_Record", bound=Named)


@dataclass(frozen=True, slots=True)
class Found(Generic[_Record]):
    """What the records hold about one person."""

    records: tuple[_Record, ...] = ()
    """In the order of the file; empty where they hold nothing."""
    ambiguous: bool = False
    """Whether several people have this name and nothing tells which of them is meant."""

    @property
    def first(self) -> _Record | None:
        """The first of them, where there is one."""
        return self.records[0] if self.records else None


class Acquaintances:
    """Looks people up in one set of records; made once for many look-ups."""

    def __init__(self, records: Records, titles: frozenset[str] = frozenset()) -> None:
        """`titles`: folded words that are no part of a name, such as `dr`."""
        self._titles = titles
        self._addresses: dict[str, set[str]] = {}
        self._connections = self._index(each for each in records.connections if each.name or each.slug)
        self._invitations = self._index(each for each in records.invitations if each.name or each.slug)
        self._exchanges = self._index(records.exchanges)
        self._remarks = self._index(records.remarks)

    def connected(self, name: str, profile: str | None = None) -> Found[Connected]:
        """The connection with the person of this name, whose profile is at the address `profile`."""
        found = self._find(self._connections, name, profile)
        # Nobody is connected twice: two without an address are two people.
        return Found(ambiguous=True) if len(found.records) > 1 else found

    def invitations_with(self, name: str, profile: str | None = None) -> Found[Invited]:
        """All invitations to and from this person."""
        return self._find(self._invitations, name, profile)

    def exchange(self, name: str, profile: str | None = None) -> Found[Exchange]:
        """The messages exchanged with this person."""
        return self._find(self._exchanges, name, profile)

    def remark(self, name: str, profile: str | None = None) -> Found[Remark]:
        """Your remarks on this person."""
        return self._find(self._remarks, name, profile)

    def _key(self, name: str) -> str:
        key = name_key(name)
        if not self._titles:
            return key
        return " ".join(word for word in key.split() if word not in self._titles) or key

    def _index(self, records: Iterable[_Record]) -> dict[str, list[_Record]]:
        """Records by the name, and by the address with a stroke before it, which no name has."""
        index: dict[str, list[_Record]] = {}
        for each in records:
            key = self._key(each.name)
            if key:
                index.setdefault(key, []).append(each)
            if each.slug:
                index.setdefault(f"/{each.slug}", []).append(each)
                if key:
                    self._addresses.setdefault(key, set()).add(each.slug)
        return index

    def _find(self, index: dict[str, list[_Record]], name: str, profile: str | None) -> Found[_Record]:
        slug, key = profile_slug(profile or ""), self._key(name)
        same = index.get(key, []) if key else []
        addresses = self._addresses.get(key, set())
        if not slug:
            return Found(ambiguous=True) if len(addresses) > 1 else Found(tuple(same))
        theirs = index.get(f"/{slug}", [])
        unaddressed = [each for each in same if not each.slug]
        if unaddressed and addresses - {slug}:  # they may as well be about the other of this name
            return Found(tuple(theirs), ambiguous=not theirs)
        return Found((*theirs, *unaddressed))
