"""Where the nodes of a graph are put: in columns from left to right, so that edges cross little.

Columns are as late as they can be: each node stands right before what it feeds. An edge that passes columns
takes a place in each of them, so that it runs between nodes and not through them. Rows are ordered by where
their neighbours stand, and then moved towards them. Nothing here knows how anything is drawn, and the same
graph is laid out alike every time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from advisor.model.graph import Graph

_SWEEPS = 24
"""Passes over the columns that improve the order; more change next to nothing."""
_PULLS = 12
"""Passes that move rows towards their neighbours."""

Place = str | tuple[int, int]
"""A node by its key, or the place in a column (second) that an edge (first, by number) passes."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything stands: columns counted from 0, rows as numbers with at least 1 between them."""

    columns: int
    height: float
    """Rows from the first to the last, with half a row around them."""
    at: Mapping[str, tuple[int, float]]
    """Column and row of each node."""
    waypoints: Sequence[Sequence[tuple[int, float]]]
    """For each edge the columns and rows that it goes through, both ends included."""


def laid_out(graph: Graph) -> Layout:
    """Find a place for every node and a way for every edge of `graph`."""
    pairs = [(edge.source, edge.target) for edge in graph.edges]
    column = _columns(graph, pairs)
    chains = [_chain(number, *pair, column) for number, pair in enumerate(pairs)]
    links = [link for chain in chains for link in pairwise(chain)]
    where: dict[Place, int] = {}
    where.update(column)
    for chain in chains:
        where |= {place: place[1] for place in chain if isinstance(place, tuple)}
    count = max(column.values(), default=0) + 1
    order: list[list[Place]] = [[] for _ in range(count)]
    for place, number in where.items():
        order[number].append(place)
    _reduce_crossings(order, links)
    rows = _rows(order, links)
    at = {node.key: (column[node.key], rows[node.key]) for node in graph.nodes}
    ways = [[(where[place], rows[place]) for place in chain] for chain in chains]
    return Layout(count, max(rows.values(), default=0.0) + 1, at, ways)


def _columns(graph: Graph, pairs: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Put each node one column before the first that it feeds; verdicts stand last."""
    following: dict[str, list[str]] = {node.key: [] for node in graph.nodes}
    for source, target in pairs:
        following[source].append(target)
    ends = {node.key for node in graph.nodes if node.kind == "verdict"}
    from_end: dict[str, int] = {}
    for key in _innermost_first(following):
        # A target that is not placed yet closes a circle, which only drafts can; it is passed over.
        after = [from_end[each] for each in following[key] if each in from_end]
        from_end[key] = 0 if key in ends else max(after, default=0) + 1
    deepest = max(from_end.values(), default=0)
    return {node.key: deepest - from_end[node.key] for node in graph.nodes}


def _innermost_first(following: Mapping[str, Sequence[str]]) -> list[str]:
    """All nodes, each behind those that it feeds but for circles; without recursion."""
    done: dict[str, None] = {}
    begun: set[str] = set()
    for start in following:
        stack = [start]
        while stack:
            key = stack[-1]
            if key in begun:
                stack.pop()
                done.setdefault(key)
                continue
            begun.add(key)
            stack += [each for each in reversed(following[key]) if each not in begun]
    return list(done)


def _chain(number: int, source: str, target: str, column: Mapping[str, int]) -> list[Place]:
    """The places that an edge goes through, from left to right."""
    between = range(column[source] + 1, column[target])
    return [source, *((number, each) for each in between), target]


def _reduce_crossings(order: list[list[Place]], links: Iterable[tuple[Place, Place]]) -> None:
    """Sort each column by the middle of its neighbours, to and fro; the best order found is kept."""
    before, after = _neighbours(links)
    best, fewest = [list(column) for column in order], _crossings(order, after)
    for sweep in range(_SWEEPS):
        forward = sweep % 2 == 0
        neighbours = before if forward else after
        for column in order if forward else reversed(order):
            positions = {place: row for each in order for row, place in enumerate(each)}
            middles = {
                place: _middle([positions[each] for each in neighbours.get(place, ())], positions[place])
                for place in column
            }
            column.sort(key=lambda place: middles[place])
        crossed = _crossings(order, after)
        if crossed < fewest:
            best, fewest = [list(column) for column in order], crossed
    order[:] = best


def _crossings(order: Sequence[Sequence[Place]], after: Mapping[Place, Sequence[Place]]) -> int:
    """How often edges between neighbouring columns cross."""
    crossed = 0
    for left, right in pairwise(order):
        rows = {place: row for row, place in enumerate(right)}
        ends: list[int] = []
        for place in left:
            own = sorted(rows[each] for each in after.get(place, ()) if each in rows)
            crossed += sum(1 for end in own for earlier in ends if earlier > end)
            ends += own
    return crossed


def _neighbours(
    links: Iterable[tuple[Place, Place]],
) -> tuple[dict[Place, list[Place]], dict[Place, list[Place]]]:
    before: dict[Place, list[Place]] = {}
    after: dict[Place, list[Place]] = {}
    for source, target in links:
        before.setdefault(target, []).append(source)
        after.setdefault(source, []).append(target)
    return before, after


def _middle(rows: list[int], otherwise: float) -> float:
    return sum(rows) / len(rows) if rows else otherwise


def _rows(order: Sequence[Sequence[Place]], links: Iterable[tuple[Place, Place]]) -> dict[Place, float]:
    """Move rows towards their neighbours, without changing the order or coming too close."""
    before, after = _neighbours(links)
    tallest = max(map(len, order), default=0)
    rows: dict[Place, float] = {}
    for column in order:
        top = (tallest - len(column)) / 2
        rows |= {place: top + row for row, place in enumerate(column)}
    for pull in range(_PULLS):
        for column in order if pull % 2 == 0 else reversed(order):
            wished = []
            for place in column:
                near = [rows[each] for each in (*before.get(place, ()), *after.get(place, ()))]
                wished.append(sum(near) / len(near) if near else rows[place])
            rows |= dict(zip(column, _apart(wished, [_room(place) for place in column]), strict=True))
    top = min(rows.values(), default=0.0)
    return {place: row - top for place, row in rows.items()}


def _room(place: Place) -> float:
    """Rows that a place takes: a passing edge needs less than a node."""
    return 1.0 if isinstance(place, str) else 0.45


def _apart(wished: Sequence[float], room: Sequence[float]) -> list[float]:
    """The rows nearest to those wished for, by least squares, that keep the order and the room.

    >>> _apart([1.0, 1.0], [1.0, 1.0])
    [0.5, 1.5]
    """
    offsets = [0.0]
    for one, two in pairwise(room):
        offsets.append(offsets[-1] + (one + two) / 2)
    blocks: list[tuple[float, int]] = []  # sum and number of wishes that were pooled
    for wish, offset in zip(wished, offsets, strict=False):
        total, count = wish - offset, 1
        while blocks and blocks[-1][0] / blocks[-1][1] > total / count:
            more, others = blocks.pop()
            total, count = total + more, count + others
        blocks.append((total, count))
    level = [total / count for total, count in blocks for _ in range(count)]
    return [each + offset for each, offset in zip(level, offsets, strict=False)]
