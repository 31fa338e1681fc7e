"""Gathers what the generated documentation is made of."""

from __future__ import annotations

from collections.abc import Mapping

from advisor.catalog.coverage import passages_cited
from advisor.model.codes import ComplaintCode
from advisor.model.documentation import Documentation, Part
from advisor.model.knowledge_base import KnowledgeBase
from advisor.model.rule import Consultation
from advisor.workbench.graph import (
    graph_of_conclusion,
    graph_of_conclusions,
    graph_of_rule,
    whole_graph,
)


def documented(base: KnowledgeBase, codes: Mapping[str, ComplaintCode]) -> Documentation:
    """Gather everything about the consultations of `base`, those that others borrow from first."""
    in_order = sorted(base.consultations.values(), key=lambda each: (bool(each.borrows), each.id))
    return Documentation(
        parts=tuple(_part(each, base) for each in in_order),
        library=base.library,
        cited_by=passages_cited(base),
        codes=codes,
    )


def _part(consultation: Consultation, base: KnowledgeBase) -> Part:
    return Part(
        consultation=consultation,
        borrowers=base.borrowers(consultation.id),
        whole=whole_graph(consultation, facts=True),
        overview=graph_of_conclusions(consultation),
        around_rules={rule.id: graph_of_rule(consultation, rule) for rule in consultation.written},
        around_conclusions={
            spec.name: graph_of_conclusion(consultation, spec.name)
            for spec in consultation.own_facts
            if spec.origin == "concluded"
        },
    )
