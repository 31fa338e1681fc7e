"""What feeds what: facts, conclusions, rules and verdicts as a graph, for whoever draws or lists it.

Only the shape: `workbench/graph.py` builds it from the rules, and `report/` writes it down.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

NodeKind = Literal[
    "told", "draft", "computed", "conclusion", "conclude", "ground", "concern", "merit", "advice", "verdict"
]
"""Facts by their origin, conclusions, rules by their effect, and the verdicts of the scale."""
EdgeKind = Literal["tests", "excepts", "concludes", "holds at"]
"""`tests`: the rule looks at it. `excepts`: it can block the rule. `concludes`: the rule settles it.
`holds at`: the rule holds the verdict there."""
FACTS: tuple[NodeKind, ...] = ("told", "draft", "computed")
"""Kinds of facts that come from outside the rules."""


@dataclass(frozen=True, slots=True)
class Node:
    """A fact, a conclusion, a rule or a verdict."""

    key: str
    """Unique in the graph: `fact:..`, `rule:..` or `verdict:..`."""
    kind: NodeKind
    label: str
    """Its name, as authors write it; of a rule also its status and dates, where it has any."""
    title: str = ""
    """What it says, in plain words."""
    caution: float = 0.0
    """For concerns and verdicts the place on the scale, from 0 (most willing) to 1 (most cautious)."""
    active: bool = True
    """False for drafts and deprecated rules, which are shown and not evaluated."""
    centre: bool = False
    """Whether the graph is about it."""


@dataclass(frozen=True, slots=True)
class Edge:
    """One node feeds another; `source` comes first."""

    source: str
    target: str
    kind: EdgeKind


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes and edges, each in an order that depends on nothing but what they are."""

    title: str
    describes: str
    """One sentence that says what is shown, for those who cannot see it."""
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    def into(self, key: str) -> tuple[Edge, ...]:
        """The edges that end at the node `key`."""
        return tuple(edge for edge in self.edges if edge.target == key)

    def out_of(self, key: str) -> tuple[Edge, ...]:
        """The edges that begin at the node `key`."""
        return tuple(edge for edge in self.edges if edge.source == key)
