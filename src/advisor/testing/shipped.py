"""The knowledge base that ships, for tests that name no other."""

from __future__ import annotations

from functools import lru_cache

from advisor.catalog.load import load
from advisor.folders import shipped
from advisor.model.knowledge_base import KnowledgeBase
from advisor.model.rule import Consultation
from advisor.wiring import SHOULD_CONNECT


@lru_cache(maxsize=1)
def shipped_knowledge() -> KnowledgeBase:
    """The knowledge base that ships, parsed once in a test run; no cache can make it stale."""
    found = shipped()
    return load(found.rules, found.knowledge)


def should_connect() -> Consultation:
    """The consultation that the shipped knowledge base is about."""
    return shipped_knowledge().consultation(SHOULD_CONNECT)
