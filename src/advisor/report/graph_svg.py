"""A graph as a picture: SVG that needs nothing else, for light and dark pages, with words for screen readers.

Names are set in letters of one width, so that boxes fit without asking any font. Everything that comes from
others is escaped, and what XML cannot hold is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from advisor.model.graph import Edge, Graph, Node
from advisor.report.graph_layout import Layout, laid_out
from advisor.report.graph_marks import DASHED, Mark, legend, mark_of
from advisor.report.layout import cells, printable

_ROW, _BOX = 30.0, 22.0
"""Pixels from one row to the next, and of a box's height."""
_SIGN, _PADDING = 6.8, 9.0
"""Pixels of one sign, and beside the text of a box."""
_GAP_LEAST, _GAP_MOST, _GAP_PER_EDGE = 56.0, 190.0, 2.6
"""Pixels between columns: more where more edges run."""
_MARGIN, _TOP = 20.0, 74.0
"""Pixels around the picture, and above it for title and legend."""
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_STYLE = """\
  .page { fill: #ffffff; }
  text { fill: #1f2328; font-size: 11px; }
  text { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
  .title { font-size: 16px; font-weight: bold; }
  .soft { fill: #59636e; }
  .node rect { stroke-width: 1; }
  .verdict rect { stroke-width: 2; }
  .verdict text { font-weight: bold; }
  .inactive { opacity: 0.55; }
  .centre rect { stroke-width: 3; }
  .edge { fill: none; stroke: #8c959f; stroke-width: 1; opacity: 0.75; }
  .excepts { stroke-dasharray: 5 3; stroke: #cf222e; opacity: 0.6; }"""
_DARK_STYLE = """\
    .page { fill: #0d1117; }
    text { fill: #e6edf3; }
    .soft { fill: #9198a1; }
    .edge { stroke: #6e7681; }
    .excepts { stroke: #f85149; }"""


def as_svg(graph: Graph) -> str:
    """Draw `graph`; the text ends with a line end."""
    return "\n".join(_Drawing(graph).lines()) + "\n"


class _Drawing:
    """One picture: where its columns lie, and what is drawn in which order."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._labels = {node.key: node.label for node in graph.nodes}
        self.layout: Layout = laid_out(graph)
        widths = [0.0] * self.layout.columns
        for node in graph.nodes:
            column, _ = self.layout.at[node.key]
            widths[column] = max(widths[column], _width(node.label))
        self.widths = widths
        self.left: list[float] = []
        x = _MARGIN
        for column, width in enumerate(widths):
            self.left.append(x)
            x += width + self._gap(column)
        right = self.left[-1] + widths[-1] if widths else _MARGIN
        marks = legend(graph)
        self.legend_width = sum(_width(says) + 30 for _, says in marks) + 190
        self.size = (
            max(right, _MARGIN + self.legend_width, _MARGIN + 10 * cells(graph.title)) + _MARGIN,
            _TOP + self.layout.height * _ROW + _MARGIN,
        )

    def _gap(self, column: int) -> float:
        if column == self.layout.columns - 1:
            return 0.0
        passing = sum(any(place[0] == column for place in way[:-1]) for way in self.layout.waypoints)
        return min(_GAP_LEAST + passing * _GAP_PER_EDGE, _GAP_MOST)

    def lines(self) -> Iterator[str]:
        """The lines of the file, from back to front."""
        width, height = (_number(each) for each in self.size)
        yield (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}"'
            f' height="{height}" role="img" aria-labelledby="title description">'
        )
        yield f'<title id="title">{_text(self.graph.title)}</title>'
        yield f'<desc id="description">{_text(self.graph.describes)}</desc>'
        yield f"<style>\n{_STYLE}"
        yield from self._colours()
        yield "</style>"
        yield '<rect class="page" width="100%" height="100%"/>'
        yield f'<text class="title" x="{_number(_MARGIN)}" y="30">{_text(self.graph.title)}</text>'
        yield from self._legend()
        for edge, way in zip(self.graph.edges, self.layout.waypoints, strict=True):
            yield self._edge(edge, way)
        for node in self.graph.nodes:
            yield from self._node(node)
        yield "</svg>"

    def _colours(self) -> Iterator[str]:
        marks = [mark for mark, _ in legend(self.graph)]
        for mark in marks:
            yield f"  .{mark.name} {{ fill: {mark.light}; stroke: {mark.line}; }}"
        yield f"  @media (prefers-color-scheme: dark) {{\n{_DARK_STYLE}"
        for mark in marks:
            yield f"    .{mark.name} {{ fill: {mark.dark}; }}"
        yield "  }"

    def _legend(self) -> Iterator[str]:
        x, y = _MARGIN, 44.0
        for mark, says in legend(self.graph):
            box = f'x="{_number(x)}" y="{_number(y)}" width="14" height="14" rx="3"'
            yield f'<rect class="{mark.name}" {box}/>'
            yield self._soft(x + 20, y + 11, says)
            x += _width(says) + 26
        if any(edge.kind in DASHED for edge in self.graph.edges):
            line = f"M{_number(x)} {_number(y + 7)}h24"
            yield f'<path class="edge excepts" d="{line}"/>'
            yield self._soft(x + 30, y + 11, "can block (exception)")

    @staticmethod
    def _soft(x: float, y: float, says: str) -> str:
        return f'<text class="soft" x="{_number(x)}" y="{_number(y)}">{_text(says)}</text>'

    def _edge(self, edge: Edge, way: Sequence[tuple[int, float]]) -> str:
        (column, row), *others = way
        x, y = self.left[column] + _width(self._label(edge.source)), self._y(row)
        path = [f"M{_number(x)} {_number(y)}"]
        for last, (column, row) in _with_last(others):
            to_x, to_y = self.left[column], self._y(row)
            reach = max(abs(to_x - x) / 2, 24.0)
            path.append(
                f"C{_number(x + reach)} {_number(y)} {_number(to_x - reach)} {_number(to_y)}"
                f" {_number(to_x)} {_number(to_y)}"
            )
            x, y = to_x, to_y
            if not last:
                x += self.widths[column]
                path.append(f"H{_number(x)}")
        kinds = "edge excepts" if edge.kind in DASHED else "edge"
        said = f"{self._label(edge.source)} {_ARROWS[edge.kind]} {self._label(edge.target)}"
        return f'<path class="{kinds}" d="{"".join(path)}"><title>{_text(said)}</title></path>'

    def _node(self, node: Node) -> Iterator[str]:
        column, row = self.layout.at[node.key]
        x, y = self.left[column], self._y(row)
        mark: Mark = mark_of(node)
        extra = [*(["verdict"] if node.kind == "verdict" else []), *([] if node.active else ["inactive"])]
        classes = " ".join(["node", *extra, *(["centre"] if node.centre else [])])
        rounded = {"conclusion": 11, "verdict": 2}.get(node.kind, 5)
        yield f'<g class="{classes}"><title>{_text(node.title or node.label)}</title>'
        yield (
            f'<rect class={quoteattr(mark.name)} x="{_number(x)}" y="{_number(y - _BOX / 2)}"'
            f' width="{_number(_width(node.label))}" height="{_number(_BOX)}" rx="{rounded}"/>'
        )
        yield f'<text x="{_number(x + _PADDING)}" y="{_number(y + 4)}">{_text(node.label)}</text></g>'

    def _label(self, key: str) -> str:
        return self._labels[key]

    def _y(self, row: float) -> float:
        return _TOP + (row + 0.5) * _ROW


_ARROWS = {"tests": "→", "excepts": "⇢", "concludes": "→", "holds at": "→"}


def _with_last(items: Sequence[tuple[int, float]]) -> Iterator[tuple[bool, tuple[int, float]]]:
    for place, item in enumerate(items):
        yield place == len(items) - 1, item


def _width(label: str) -> float:
    return cells(printable(label)) * _SIGN + 2 * _PADDING


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _text(text: str) -> str:
    return escape(_NOT_IN_XML.sub("\ufffd", printable(text)))
