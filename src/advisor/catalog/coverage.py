"""Which passages the rules encode, and what becomes of the others.

It counts what the articles say; facts about the platform are there to be cited and need no account. It
judges nothing: whether a passage without a rule is a fault is for the audit to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from advisor.catalog.knowledge import PLATFORM
from advisor.catalog.messages import settings_named
from advisor.model.knowledge_base import KnowledgeBase
from advisor.model.rule import Consultation, Rule


@dataclass(frozen=True, slots=True)
class Coverage:
    """What becomes of every passage of the articles; all names in order."""

    total: int
    """Number of passages."""
    encoded: Mapping[str, tuple[str, ...]]
    """For each cited passage the active rules that rest on it: they cite it, or use a setting that does."""
    later: Mapping[str, tuple[str, ...]]
    """For each consultation that is not built yet, the passages kept for it."""
    background: tuple[str, ...]
    """Passages that hold nothing to decide by."""
    unaccounted: tuple[str, ...]
    """Passages meant for rules that nothing cites."""
    rules_without_passage: tuple[str, ...]
    """Active rules that cite nothing."""

    @property
    def cited_all_the_same(self) -> tuple[str, ...]:
        """Passages that are cited although they are kept for later or for background."""
        others = {*self.background, *(passage for passages in self.later.values() for passage in passages)}
        return tuple(sorted(others & self.encoded.keys()))


def coverage(base: KnowledgeBase) -> Coverage:
    """Account for every passage of the articles in `base`."""
    passages = {
        passage.id: passage for passage in base.library.passages.values() if passage.source != PLATFORM
    }
    cited = passages_cited(base)
    later: dict[str, list[str]] = {}
    for passage in passages.values():
        if passage.use.kind == "later":
            later.setdefault(passage.use.note, []).append(passage.id)
    return Coverage(
        total=len(passages),
        encoded={name: cited[name] for name in sorted(passages) if name in cited},
        later={name: tuple(sorted(later[name])) for name in sorted(later)},
        background=tuple(sorted(each.id for each in passages.values() if each.use.kind == "background")),
        unaccounted=tuple(
            sorted(each.id for each in passages.values() if each.use.kind == "rules" and each.id not in cited)
        ),
        rules_without_passage=tuple(sorted(rule.id for _, rule in active_rules(base) if not rule.cites)),
    )


def active_rules(base: KnowledgeBase) -> Iterator[tuple[Consultation, Rule]]:
    """Every rule that is evaluated, with the consultation that it is written for."""
    for consultation in base.consultations.values():
        for rule in consultation.own:
            yield consultation, rule


def passages_cited(base: KnowledgeBase) -> dict[str, tuple[str, ...]]:
    """For each passage that an active rule or any setting cites, the ids of the active rules behind it."""
    cited: dict[str, set[str]] = {}
    for consultation in base.consultations.values():
        for setting in consultation.settings.values():
            for passage in setting.cites:
                cited.setdefault(passage, set())
    for consultation, rule in active_rules(base):
        settings = [
            consultation.settings[name] for name in settings_named(rule) if name in consultation.settings
        ]
        for passage in (*rule.cites, *(name for setting in settings for name in setting.cites)):
            cited.setdefault(passage, set()).add(rule.id)
    return {passage: tuple(sorted(rules)) for passage, rules in cited.items()}
