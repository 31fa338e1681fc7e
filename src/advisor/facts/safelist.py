"""Who is meant by the entries of a safelist: names, or addresses of profiles, one for each person who stays.

An entry that could mean several people keeps all of them, since keeping somebody does no harm; whoever looks
after the list is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from advisor.model.people import name_key, profile_slug
from advisor.model.records import Connected


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry, and whom it means."""

    text: str
    line: int
    """Where it is written."""
    places: tuple[int, ...]
    """Places of those people among the connections."""


def entries(lines: Iterable[str], people: Sequence[Connected]) -> tuple[Entry, ...]:
    """Each entry of `lines` with the people whom it means; empty lines and those after a `#` are none.

    >>> ana = Connected(name="Ana Souza", slug="ana-s")
    >>> [each.places for each in entries(["# friends", "ana  souza", "linkedin.com/in/ana-s/"], [ana])]
    [(0,), (0,)]
    """
    by_slug: dict[str, list[int]] = {}
    by_name: dict[str, list[int]] = {}
    for place, person in enumerate(people):
        if person.slug:
            by_slug.setdefault(person.slug, []).append(place)
        if key := name_key(person.name):
            by_name.setdefault(key, []).append(place)
    found = []
    for number, line in enumerate(lines, start=1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        slug = profile_slug(text)
        places = by_slug.get(slug, []) if slug else by_name.get(name_key(text), [])
        found.append(Entry(text, number, tuple(places)))
    return tuple(found)
