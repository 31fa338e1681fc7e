"""A graph as text that other programs draw: DOT for Graphviz, Mermaid for GitHub.

Names and titles are other people's words, so that each is quoted by the rules of its notation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from advisor.model.graph import EdgeKind, Graph, Node
from advisor.report.graph_marks import DASHED, legend, mark_of
from advisor.report.layout import printable

_ARROWS: Mapping[EdgeKind, str] = {"tests": "-->", "excepts": "-.->", "concludes": "-->", "holds at": "==>"}


def as_dot(graph: Graph) -> str:
    """Write `graph` for Graphviz: `dot -Tsvg`."""
    return "\n".join(_dot(graph)) + "\n"


def _dot(graph: Graph) -> Iterator[str]:
    yield f"digraph {_dot_quoted(graph.title)} {{"
    yield f"  graph [rankdir=LR, label={_dot_quoted(graph.title)}, labelloc=t, fontname=Helvetica];"
    yield '  node [shape=box, style="rounded,filled", fontname=Helvetica, fontsize=11];'
    yield '  edge [color="#8c959f"];'
    for node in graph.nodes:
        mark = mark_of(node)
        style = '"filled,bold"' if node.kind == "verdict" or node.centre else '"rounded,filled"'
        style = style if node.active else '"rounded,filled,dashed"'
        yield (
            f"  {_dot_quoted(node.key)} [label={_dot_quoted(node.label)},"
            f" tooltip={_dot_quoted(node.title or node.label)},"
            f' fillcolor="{mark.light}", color="{mark.line}", style={style}];'
        )
    for edge in graph.edges:
        looks = ' [style=dashed, color="#cf222e"]' if edge.kind in DASHED else ""
        yield f"  {_dot_quoted(edge.source)} -> {_dot_quoted(edge.target)}{looks};"
    yield "}"


def _dot_quoted(text: str) -> str:
    r"""Quote for DOT, where a backslash begins an escape in labels.

    >>> print(_dot_quoted('say "a\\b"'))
    "say \"a\\b\""
    """
    escaped = printable(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def as_mermaid(graph: Graph) -> str:
    """Write `graph` as a Mermaid flowchart, as it stands in a Markdown block."""
    return "\n".join(_mermaid(graph)) + "\n"


def _mermaid(graph: Graph) -> Iterator[str]:
    names = {node.key: f"n{number}" for number, node in enumerate(graph.nodes)}
    yield "flowchart LR"
    yield f"  accTitle: {_plain(graph.title)}"
    yield f"  accDescr: {_plain(graph.describes)}"
    for node in graph.nodes:
        before, after = _shape(node)
        yield f"  {names[node.key]}{before}{_mermaid_quoted(node.label)}{after}:::{mark_of(node).name}"
    for edge in graph.edges:
        yield f"  {names[edge.source]} {_ARROWS[edge.kind]} {names[edge.target]}"
    for mark, _ in legend(graph):
        yield f"  classDef {mark.name} fill:{mark.light},stroke:{mark.line},color:#1f2328"
    for node in graph.nodes:
        if node.centre:
            yield f"  style {names[node.key]} stroke-width:3px"
        if not node.active:
            yield f"  style {names[node.key]} stroke-dasharray:4 3"


def _shape(node: Node) -> tuple[str, str]:
    if node.kind == "conclusion":
        return "([", "])"
    return ("[[", "]]") if node.kind == "verdict" else ("[", "]")


def _mermaid_quoted(text: str) -> str:
    """Quote for Mermaid, which knows entities in place of signs that mean something to it.

    >>> _mermaid_quoted('say "a" & `b`')
    '"say #34;a#34; #38; #96;b#96;"'
    """
    return '"' + "".join(_entity(sign) for sign in printable(text)) + '"'


def _entity(sign: str) -> str:
    return f"#{ord(sign)};" if sign in '"#&<>`\\;{}[]()|' else sign


def _plain(text: str) -> str:
    """A line of words for screen readers: nothing that could end it early."""
    return "".join(" " if sign in '{}#;<>"%' else sign for sign in printable(text))
