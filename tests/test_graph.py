"""The graph of the rules says what they say, nothing in it overlaps, and every notation is well formed."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.catalog.load import load
from advisor.model.condition import GROUND_FACT, RULE_PREFIX
from advisor.model.graph import FACTS, Edge, EdgeKind, Graph, Node, NodeKind
from advisor.report.graph_layout import laid_out
from advisor.report.graph_svg import as_svg
from advisor.report.graph_text import as_dot, as_mermaid
from advisor.workbench.graph import (
    graph_of_conclusion,
    graph_of_conclusions,
    graph_of_rule,
    graph_of_theme,
    whole_graph,
)
from command_line import CommandLine
from small_knowledge import FILES, write
from strategies import should_connect

SVG = "{http://www.w3.org/2000/svg}"
DOT_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
KINDS: list[NodeKind] = [
    "told", "draft", "computed", "conclusion", "conclude", "ground", "concern", "merit", "advice", "verdict",
]  # fmt: skip
EDGES: list[EdgeKind] = ["tests", "excepts", "concludes", "holds at"]
LABELS = st.text(max_size=20)


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """Any graph, with names that mean something to every notation, and with circles."""
    keys = draw(st.lists(LABELS, min_size=1, max_size=9, unique=True))
    nodes = tuple(
        Node(
            key,
            draw(st.sampled_from(KINDS)),
            draw(LABELS),
            draw(LABELS),
            draw(st.sampled_from([0.0, 1 / 3, 0.5, 2 / 3, 1.0])),
            draw(st.booleans()),
            draw(st.booleans()),
        )
        for key in keys
    )
    pairs = draw(st.lists(st.tuples(st.sampled_from(keys), st.sampled_from(keys)), max_size=14))
    edges = tuple(
        Edge(source, target, draw(st.sampled_from(EDGES))) for source, target in pairs if source != target
    )
    return Graph(draw(LABELS), draw(LABELS), nodes, edges)


# ------------------------------------------------------------------------------------------ what it says


def test_every_test_effect_and_exception_is_an_edge() -> None:
    """Nothing is left out and nothing is made up."""
    consultation = should_connect()
    graph = whole_graph(consultation, facts=True)
    labels = {node.key: node.label for node in graph.nodes}
    for rule in consultation.rules:
        key = RULE_PREFIX + rule.id
        into = {edge.source.removeprefix("fact:") for edge in graph.into(key)}
        assert into == rule.facts
        led = [labels[edge.target] for edge in graph.out_of(key) if edge.kind in ("concludes", "holds at")]
        expected = {"ground": [GROUND_FACT], "merit": [], "advice": []}
        assert led == expected.get(rule.effect.kind, [rule.effect.target])


def test_without_facts_only_what_rules_derive_is_shown() -> None:
    """The default picture is about rules; `--facts` adds the rest."""
    graph = whole_graph(should_connect())
    assert not [node for node in graph.nodes if node.kind in FACTS]
    assert {node.label for node in graph.nodes} >= {rule.id for rule in should_connect().rules}


def test_a_part_is_part_of_the_whole() -> None:
    """Whatever is singled out says nothing that the whole does not say."""
    consultation = should_connect()
    whole = {*whole_graph(consultation, facts=True).edges}
    parts = [graph_of_rule(consultation, rule, facts=True) for rule in consultation.rules]
    parts += [graph_of_conclusion(consultation, each.name) for each in consultation.vocabulary.conclusions]
    parts += [graph_of_theme(consultation, rule.theme, facts=True) for rule in consultation.rules[:1]]
    parts.append(graph_of_conclusions(consultation))
    for part in parts:
        assert {*part.edges} <= whole
        named = {node.key for node in part.nodes}
        assert {key for edge in part.edges for key in (edge.source, edge.target)} <= named


def test_a_rule_alone_is_still_in_its_own_picture() -> None:
    """A rule that no conclusion feeds and that feeds nothing is drawn all the same."""
    for rule in should_connect().rules:
        (centre,) = [node for node in graph_of_rule(should_connect(), rule).nodes if node.centre]
        assert centre.label == rule.id


# ------------------------------------------------------------------------------------------ layout


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(graphs())
def test_no_two_nodes_overlap_and_every_edge_has_its_way(graph: Graph) -> None:
    """Circles included: every node has a place of its own, and edges begin and end at their nodes."""
    layout = laid_out(graph)
    rows: dict[int, list[float]] = {}
    for column, row in layout.at.values():
        assert 0 <= column < layout.columns
        assert -1e-9 <= row <= layout.height
        rows.setdefault(column, []).append(row)
    for there in rows.values():
        ordered = sorted(there)
        assert all(after - before >= 1 - 1e-9 for before, after in pairwise(ordered))
    for edge, way in zip(graph.edges, layout.waypoints, strict=True):
        assert (way[0], way[-1]) == (layout.at[edge.source], layout.at[edge.target])
    assert laid_out(graph) == layout


def test_edges_of_the_rules_all_run_from_left_to_right() -> None:
    """Active rules have no circles, so that a reader follows every arrow in one direction."""
    graph = whole_graph(should_connect(), facts=True)
    at = laid_out(graph).at
    assert all(at[edge.source][0] < at[edge.target][0] for edge in graph.edges)


# ------------------------------------------------------------------------------------------ notations


@given(graphs())
def test_any_names_give_well_formed_svg(graph: Graph) -> None:
    """A title and a description come first; every node and edge is drawn, and no name is markup."""
    picture = ET.fromstring(as_svg(graph))  # noqa: S314 - our own
    assert [child.tag for child in picture][:2] == [f"{SVG}title", f"{SVG}desc"]
    drawn = [group for group in picture.iter(f"{SVG}g") if "node" in (group.get("class") or "")]
    assert len(drawn) == len(graph.nodes)
    ways = [path for path in picture.iter(f"{SVG}path") if path.find(f"{SVG}title") is not None]
    assert len(ways) == len(graph.edges)
    assert not list(picture.iter(f"{SVG}script"))


def test_every_label_of_the_rules_fits_its_box_and_the_page() -> None:
    """Text of eleven pixels in letters of one width takes 6.62 a sign; no box is narrower than its label."""
    picture = ET.fromstring(as_svg(whole_graph(should_connect(), facts=True)))  # noqa: S314
    width, height = (float(picture.get(name) or 0) for name in ("width", "height"))
    for group in picture.iter(f"{SVG}g"):
        box, text = group.find(f"{SVG}rect"), group.find(f"{SVG}text")
        assert box is not None
        assert text is not None
        x, wide = float(box.get("x") or 0), float(box.get("width") or 0)
        assert float(text.get("x") or 0) + 6.62 * len(text.text or "") <= x + wide
        assert x + wide <= width
        assert float(box.get("y") or 0) + float(box.get("height") or 0) <= height


@given(graphs())
def test_any_names_give_dot_whose_quotes_close(graph: Graph) -> None:
    """Outside of quotes only our own words remain, one statement a line."""
    lines = as_dot(graph).splitlines()
    assert len(lines) == 5 + len(graph.nodes) + len(graph.edges)
    for line in lines:
        assert re.fullmatch(r"[\w\s={}\[\],;>-]*", DOT_QUOTED.sub("", line)), line


@given(graphs())
def test_any_names_give_mermaid_whose_quotes_close(graph: Graph) -> None:
    """A name is in quotes and holds no sign that means something to Mermaid."""
    text = as_mermaid(graph)
    statements = [line for line in text.splitlines() if re.match(r"  n\d+[\[(]", line)]
    assert len(statements) == len(graph.nodes)
    for line in statements:
        assert re.fullmatch(r'  n\d+(\(\[|\[\[|\[)"[^"`<>\\{}\[\]()|]*"(\]\)|\]\]|\]):::[a-z0-9-]+', line), (
            line
        )
    assert text.startswith("flowchart LR\n  accTitle: ")


def test_pictures_are_the_same_every_time(tmp_path: Path) -> None:
    """Order of files plays no part, so that a page changes only with the rules."""
    first = load(*write(tmp_path / "one", FILES))
    second = load(*write(tmp_path / "two", dict(reversed(FILES.items()))))
    for draw in (as_svg, as_dot, as_mermaid):
        assert draw(whole_graph(first.consultation("demo"))) == draw(whole_graph(second.consultation("demo")))


def test_the_picture_suits_light_and_dark_pages() -> None:
    """It brings its own background and asks the reader which is wanted."""
    text = as_svg(graph_of_theme(should_connect(), "pace"))
    assert "prefers-color-scheme: dark" in text
    assert 'class="page" width="100%"' in text


# ------------------------------------------------------------------------------------------ the command


@pytest.mark.parametrize("format_", ["svg", "dot", "mermaid"])
@pytest.mark.parametrize(
    "part", [(), ("--facts",), ("--theme", "pace"), ("--conclusion", "note.pitch"), ("--rule", "no-note")]
)
def test_every_part_is_drawn_in_every_format(cli: CommandLine, format_: str, part: tuple[str, ...]) -> None:
    """What is asked for is written to standard output, and nothing else is said."""
    told = cli("rules", "graph", "--format", format_, *part)
    assert (told.code, told.err) == (0, "")
    assert told.out.startswith({"svg": "<svg ", "dot": "digraph ", "mermaid": "flowchart LR"}[format_])


@pytest.mark.parametrize(
    ("part", "meant"),
    [
        (("--rule", "no-notes"), "no-note"),
        (("--conclusion", "note.pich"), "note.pitch"),
        (("--theme", "pase"), "pace"),
        (("--theme", "pace", "--rule", "no-note"), "Name one of"),
    ],
)
def test_a_name_that_is_none_is_guessed(cli: CommandLine, part: tuple[str, ...], meant: str) -> None:
    """And two parts at once are one too many."""
    told = cli("rules", "graph", *part)
    assert told.code == 2
    assert meant in told.err
