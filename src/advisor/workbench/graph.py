"""The graph of a consultation: which facts and conclusions feed which rules, and what the rules lead to.

Drafts and deprecated rules are part of it, so it may hold circles that active rules never could. It shows
what is written and refuses to say whether any of it is good.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from advisor.model.condition import GROUND_FACT, RULE_PREFIX, facts_of
from advisor.model.graph import FACTS, Edge, EdgeKind, Graph, Node
from advisor.model.rule import Consultation, Rule, VerdictLevel
from advisor.model.vocabulary import FactSpec


def whole_graph(consultation: Consultation, *, facts: bool = False) -> Graph:
    """Everything; with `facts` also what comes from outside the rules."""
    return _graph(consultation, _all_edges(consultation), facts, f"Rules of {consultation.id}")


def graph_of_conclusions(consultation: Consultation) -> Graph:
    """Which conclusions feed which rules: the whole without the rules that no conclusion has to do with."""
    conclusions = {_fact_key(spec.name) for spec in consultation.vocabulary.conclusions}
    edges = _all_edges(consultation)
    linked = {key for edge in _touching(edges, conclusions) for key in (edge.source, edge.target)}
    grounds = {_key(rule) for rule in consultation.rules if rule.effect.kind == "ground"}
    fed = {edge.target for edge in edges if edge.source in conclusions}
    linked -= grounds - fed  # every ground feeds the ground itself, which says nothing about this one
    shown = [edge for edge in edges if edge.source in linked]
    return _graph(consultation, shown, False, "Which conclusions feed which rules", extra=linked)


def graph_of_theme(consultation: Consultation, theme: str, *, facts: bool = False) -> Graph:
    """The rules of one theme, with what they look at and what they lead to."""
    keys = {_key(rule) for rule in consultation.rules if rule.theme == theme}
    edges = _touching(_all_edges(consultation), keys)
    return _graph(consultation, edges, facts, f"Rules about {theme}", extra=keys)


def graph_of_rule(consultation: Consultation, rule: Rule, *, facts: bool = False) -> Graph:
    """One rule, with what it looks at and who concludes that, and what it feeds and where that leads."""
    return _around(consultation, _key(rule), facts, f"What feeds {rule.id}, and what it feeds")


def graph_of_conclusion(consultation: Consultation, fact: str, *, facts: bool = False) -> Graph:
    """One conclusion, with the rules that draw it and the rules that look at it."""
    return _around(consultation, _fact_key(fact), facts, f"Who concludes {fact}, and who looks at it")


def _around(consultation: Consultation, centre: str, facts: bool, title: str) -> Graph:
    """Two steps upstream and two downstream: past a conclusion stands the rule that settles or uses it."""
    edges = _all_edges(consultation)
    kept: set[Edge] = set()
    for ends in (("target", "source"), ("source", "target")):
        reached = {centre}
        for _ in range(2):
            step = [edge for edge in edges if getattr(edge, ends[0]) in reached]
            kept.update(step)
            reached = {getattr(edge, ends[1]) for edge in step}
    chosen = [edge for edge in edges if edge in kept]
    return _graph(consultation, chosen, facts, title, extra={centre}, centre=centre)


def _graph(
    consultation: Consultation,
    edges: Iterable[Edge],
    facts: bool,
    title: str,
    *,
    extra: Collection[str] | None = None,
    centre: str = "",
) -> Graph:
    """The graph that `edges` span, with the nodes in `extra`, or with all rules where that is None."""
    nodes = {node.key: node for node in _all_nodes(consultation, centre)}
    outside = set() if facts else {key for key, node in nodes.items() if node.kind in FACTS}
    shown = [edge for edge in edges if not {edge.source, edge.target} & outside]
    named = {key for edge in shown for key in (edge.source, edge.target)}
    named |= {_key(rule) for rule in consultation.rules} if extra is None else set(extra)
    kept = tuple(node for key, node in nodes.items() if key in named)
    rules = sum(node.key.startswith(RULE_PREFIX) for node in kept)
    conclusions = sum(node.kind == "conclusion" for node in kept)
    outer = sum(node.kind in FACTS for node in kept)
    counted = [
        f"{rules} rules",
        f"{conclusions} conclusions",
        *([_counted(outer, "fact") + " from outside"] if outer else []),
    ]
    describes = (
        f"{title}: {', '.join(counted)}, and the verdicts that rules hold at."
        " Arrows lead from what is looked at to what looks at it."
    )
    return Graph(title, describes, kept, tuple(shown))


def _all_nodes(consultation: Consultation, centre: str) -> Iterator[Node]:
    for spec in sorted(consultation.vocabulary.facts.values(), key=lambda spec: spec.name):
        yield _fact_node(spec, centre)
    steps = max(len(consultation.verdicts) - 1, 1)
    places = {level.name: place / steps for place, level in enumerate(consultation.verdicts)}
    for rule in consultation.rules:
        caution = places.get(rule.effect.target, 0.0) if rule.effect.kind == "concern" else 0.0
        key, active = _key(rule), rule.status == "stable"
        limits = f" ({rule.standing})" if rule.standing else ""
        label, title = rule.id + limits, rule.title + limits
        yield Node(key, rule.effect.kind, label, title, caution, active, key == centre)
    for level in consultation.verdicts:
        yield Node(_verdict_key(level), "verdict", level.name, level.says, places[level.name])


def _fact_node(spec: FactSpec, centre: str) -> Node:
    key = _fact_key(spec.name)
    kind = "conclusion" if spec.origin == "concluded" else spec.origin
    return Node(key, kind, spec.name, spec.means, centre=key == centre)


def _all_edges(consultation: Consultation) -> list[Edge]:
    """Every edge once, in the order of the rules."""
    found: dict[Edge, None] = {}
    for rule in consultation.rules:
        found |= dict.fromkeys(_edges_of(rule, consultation))
    return list(found)


def _edges_of(rule: Rule, consultation: Consultation) -> Iterator[Edge]:
    blocking = frozenset().union(*(facts_of(exception) for exception in rule.unless))
    looked_at: tuple[tuple[EdgeKind, frozenset[str]], ...]
    looked_at = (("tests", facts_of(rule.when)), ("excepts", blocking))
    for kind, names in looked_at:
        for name in sorted(names):
            source = name if name.startswith(RULE_PREFIX) else _fact_key(name)
            yield Edge(source, _key(rule), kind)
    match rule.effect.kind:
        case "conclude":
            yield Edge(_key(rule), _fact_key(rule.effect.target), "concludes")
        case "ground" if GROUND_FACT in consultation.vocabulary:
            yield Edge(_key(rule), _fact_key(GROUND_FACT), "concludes")
        case "concern":
            yield Edge(_key(rule), _verdict_key(consultation.level(rule.effect.target)), "holds at")


def _touching(edges: Iterable[Edge], keys: Collection[str]) -> list[Edge]:
    return [edge for edge in edges if edge.source in keys or edge.target in keys]


def _key(rule: Rule) -> str:
    return RULE_PREFIX + rule.id


def _fact_key(name: str) -> str:
    return f"fact:{name}"


def _verdict_key(level: VerdictLevel) -> str:
    return f"verdict:{level.name}"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
