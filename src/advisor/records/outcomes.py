"""What became of invitations, as far as connections and later exports tell: never more than they say.

An invitation of an export that leads to a connection was accepted. One that the newest export still lists,
and that led to none, is open. One that only an older export lists was withdrawn, declined or has lapsed;
which, nobody can tell, and it stays without an outcome.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from advisor.model.people import name_key
from advisor.model.records import Connected, Invited


class Since:
    """Since when somebody is connected, for those people alone who are asked about."""

    def __init__(self, connections: Iterable[Connected], wanted: Iterable[Invited]) -> None:
        slugs, names = set(), set()
        for each in wanted:
            slugs.add(each.slug)
            names.add(name_key(each.name))
        self._by_slug: dict[str, Connected] = {}
        self._by_name: dict[str, list[Connected]] = {}
        for each_one in connections:
            if each_one.slug and each_one.slug in slugs:
                self._by_slug[each_one.slug] = each_one
            if each_one.name and (key := name_key(each_one.name)) in names:
                self._by_name.setdefault(key, []).append(each_one)

    def find(self, invited: Invited) -> Connected | None | bool:
        """The connection with this person; False where there is none, None where it cannot be told."""
        if invited.slug in self._by_slug and invited.slug:
            return self._by_slug[invited.slug]
        same = self._by_name.get(name_key(invited.name), []) if invited.name else []
        if invited.slug:  # one with another address is somebody else
            same = [each for each in same if not each.slug]
        if not same:
            return False if invited.slug or invited.name else None
        return same[0] if len(same) == 1 else None


def settled(
    invitations: Sequence[Invited], connections: Sequence[Connected] | None, listed: frozenset[int]
) -> tuple[Invited, ...]:
    """`invitations` with the outcomes that follow; `connections` is None where no file tells them.

    `listed` holds the places of those that the newest export of the platform still lists. Outcomes that are
    told stay as they are.
    """
    if connections is None:
        return tuple(invitations)
    since = Since(connections, invitations)
    return tuple(
        each if each.outcome or each.answered else _settled(each, since.find(each), open_=place in listed)
        for place, each in enumerate(invitations)
    )


def _settled(invited: Invited, connected: Connected | None | bool, *, open_: bool) -> Invited:
    if isinstance(connected, Connected):
        if _not_before(connected.on, invited.on):
            return replace(invited, outcome="accepted", answered=connected.on)
        return invited
    return replace(invited, outcome="pending") if connected is False and open_ else invited


def _not_before(later: date | None, earlier: date | None) -> bool:
    """Whether both days are known and in this order; a connection of unknown age answers nothing."""
    return later is not None and earlier is not None and later >= earlier
