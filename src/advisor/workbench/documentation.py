"""Gathers what the generated documentation of one consultation is made of."""

from __future__ import annotations

from collections.abc import Mapping

from advisor.catalog.coverage import passages_cited
from advisor.model.codes import ComplaintCode
from advisor.model.documentation import Documentation
from advisor.model.knowledge_base import KnowledgeBase
from advisor.workbench.graph import (
    graph_of_conclusion,
    graph_of_conclusions,
    graph_of_rule,
    whole_graph,
)


def documented(
    base: KnowledgeBase, consultation_id: str, codes: Mapping[str, ComplaintCode]
) -> Documentation:
    """Gather everything about one consultation of `base`.

    Raises:
        KeyError: where there is no such consultation.
    """
    consultation = base.consultation(consultation_id)
    return Documentation(
        consultation=consultation,
        library=base.library,
        cited_by=passages_cited(base),
        whole=whole_graph(consultation, facts=True),
        overview=graph_of_conclusions(consultation),
        around_rules={rule.id: graph_of_rule(consultation, rule) for rule in consultation.rules},
        around_conclusions={
            spec.name: graph_of_conclusion(consultation, spec.name)
            for spec in consultation.vocabulary.conclusions
        },
        codes=codes,
    )
