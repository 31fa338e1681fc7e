"""The colours and words by which all pictures of a graph tell its nodes and edges apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from advisor.model.graph import EdgeKind, Graph, Node


class Mark(NamedTuple):
    """How one kind of node looks."""

    name: str
    """A short name for style sheets, such as `concern-2`."""
    says: str
    """What the legend says."""
    light: str
    """Fill on a light page."""
    dark: str
    """Fill on a dark page."""
    line: str
    """Colour of its border, seen on both."""


_KINDS: Mapping[str, Mark] = {
    mark.name: mark
    for mark in (
        Mark("told", "fact that is told", "#f6f8fa", "#21262d", "#8c959f"),
        Mark("draft", "fact read from the note", "#f6f8fa", "#21262d", "#8c959f"),
        Mark("computed", "fact that is computed", "#f6f8fa", "#21262d", "#8c959f"),
        Mark("conclude", "rule that concludes", "#efe7fb", "#33264d", "#8250df"),
        Mark("conclusion", "conclusion", "#d8c8f5", "#4a3575", "#8250df"),
        Mark("ground", "ground", "#d3f2dc", "#12391f", "#1a7f37"),
        Mark("merit", "merit", "#cff0f0", "#0f3d40", "#1b7c83"),
        Mark("advice", "advice", "#d9ebff", "#12304f", "#0969da"),
    )
}
_CAUTION = (
    Mark("caution-1", "", "#fff3c4", "#423a11", "#9a6700"),
    Mark("caution-2", "", "#ffdcb8", "#4d2d0c", "#bc4c00"),
    Mark("caution-3", "", "#ffd2cf", "#561f1e", "#cf222e"),
)
"""From the more willing verdicts to the most cautious one."""
_MOST_WILLING = Mark("caution-0", "", "#d3f2dc", "#12391f", "#1a7f37")
DASHED: frozenset[EdgeKind] = frozenset({"excepts"})
"""Edges that can block what they lead to."""


def mark_of(node: Node) -> Mark:
    """How `node` looks."""
    if node.kind not in ("concern", "verdict"):
        return _KINDS[node.kind]
    if not node.caution:
        return _MOST_WILLING
    return _CAUTION[max(round(node.caution * len(_CAUTION)), 1) - 1]


def legend(graph: Graph) -> list[tuple[Mark, str]]:
    """Every mark that `graph` uses, with what it stands for, in a fixed order."""
    verdicts = {(node.kind, node.caution): node.label for node in graph.nodes if node.kind == "verdict"}
    used: dict[str, tuple[Mark, str]] = {}
    for node in graph.nodes:
        mark = mark_of(node)
        says = mark.says
        if node.kind in ("concern", "verdict"):
            verdict = verdicts.get(("verdict", node.caution), "")
            says = f"holds at {verdict}" if verdict else "concern"
            if not node.caution:
                says = f"verdict {verdict}" if verdict else "verdict"
        used.setdefault(mark.name, (mark, says))
    order = [*_KINDS, _MOST_WILLING.name, *(mark.name for mark in _CAUTION)]
    return sorted(used.values(), key=lambda each: order.index(each[0].name))
