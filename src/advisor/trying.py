"""Trying rules with an engine: put together here for the commands and for the test kit alike."""

from __future__ import annotations

from advisor.model.case import Case
from advisor.model.knowledge_base import KnowledgeBase
from advisor.wiring import Advisor, EngineName
from advisor.workbench.trial import Trier


def trier_for(base: KnowledgeBase, consultation: str, engine: EngineName = "auto") -> Trier:
    """What tries the rules of one consultation."""
    advisor = Advisor(base, engine, consultation)
    return Trier(
        base.consultation(consultation),
        reads=lambda situation, day: advisor.read(situation, day).facts,
        infers=lambda facts, day: advisor.infer(Case(facts), day),
    )
