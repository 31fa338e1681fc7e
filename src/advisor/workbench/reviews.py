"""Which sources, facts about the platform and rules are to be looked at again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from advisor.model.knowledge_base import KnowledgeBase
from advisor.model.review import Review


def reviews(base: KnowledgeBase) -> tuple[Review, ...]:
    """Everything that has a day for its review, the earliest first."""
    return tuple(sorted(_reviews(base), key=lambda each: (each.review_by, each.kind, each.id)))


def due(base: KnowledgeBase, by: date) -> tuple[Review, ...]:
    """What should be looked at on or before the day `by`, the most overdue first."""
    return tuple(each for each in reviews(base) if each.review_by <= by)


def _reviews(base: KnowledgeBase) -> Iterator[Review]:
    for source in base.library.sources.values():
        yield Review("source", source.id, source.title, source.review_by)
    for passage in base.library.passages.values():
        if passage.review_by is not None:
            yield Review("platform fact", passage.id, passage.point, passage.review_by)
    for consultation in base.consultations.values():
        for rule in consultation.written:
            if rule.review_by is not None and rule.status != "deprecated":
                yield Review("rule", rule.id, rule.title, rule.review_by)
