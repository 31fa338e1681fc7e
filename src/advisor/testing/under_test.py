"""The rules that a law is tried on: one consultation with an engine, and what is worked out once for both."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from advisor.facts.case import CaseReader
from advisor.inference.engine import InferenceEngine
from advisor.model.case import Case
from advisor.model.knowledge_base import KnowledgeBase
from advisor.model.rule import Consultation, Rule
from advisor.model.situation import Situation, asked_on
from advisor.model.vocabulary import FactValue
from advisor.testing.shipped import shipped_knowledge
from advisor.verdict.advise import Decider
from advisor.wiring import SHOULD_CONNECT, EngineName, make_engine

MakesEngines = Callable[[Consultation], InferenceEngine]
"""Makes an engine for a consultation: how somebody else's engine is put to the laws."""
DAY = date(2026, 11, 20)
"""The day of asking where a situation names none, so that nothing hangs on today."""


class RulesUnderTest:
    """One consultation of a knowledge base, with an engine.

    Without arguments, the shipped one with the engine that would answer. `engine` may be the name of one of
    ours, or a function that makes another for a consultation. The rules are those in force on `day`, else
    today.
    """

    def __init__(
        self,
        base: KnowledgeBase | None = None,
        consultation: str = SHOULD_CONNECT,
        engine: EngineName | MakesEngines = "auto",
        day: date | None = None,
    ) -> None:
        self._day = day or date.today()
        self.base = (base or shipped_knowledge()).on(self._day)
        self.consultation = self.base.consultation(consultation)
        self._engine = engine

    def new_engine(self) -> InferenceEngine:
        """An engine that has never seen a case.

        Raises:
            EngineError: where an engine is asked for by name that cannot be had.
        """
        if callable(self._engine):
            return self._engine(self.consultation)
        return make_engine(self.base, self._engine, self.consultation.id)

    @cached_property
    def engine(self) -> InferenceEngine:
        """The engine that all cases are put to."""
        return self.new_engine()

    @cached_property
    def decider(self) -> Decider:
        """What decides cases by what the engine infers."""
        return Decider(self.base, self.consultation.id, self.engine)

    @cached_property
    def _reader(self) -> CaseReader:
        return CaseReader(self.consultation.vocabulary, self.base.lexicons)

    def read(self, situation: Situation) -> Case:
        """The facts of a situation, asked about on its own day."""
        day = day_of(situation)
        return self._reader.read(asked_on(situation, day), day)

    def verdict_of(self, facts: Mapping[str, FactValue]) -> str:
        """The bare verdict where these facts are told."""
        return self.decider.verdict_of(facts)

    def with_engine(self, engine: EngineName | MakesEngines) -> RulesUnderTest:
        """The same rules with another engine."""
        return RulesUnderTest(self.base, self.consultation.id, engine, self._day)

    def with_base(self, base: KnowledgeBase) -> RulesUnderTest:
        """The same consultation of another knowledge base, with the same kind of engine."""
        return RulesUnderTest(base, self.consultation.id, self._engine, self._day)

    def with_rules(self, rules: Sequence[Rule]) -> RulesUnderTest:
        """The same consultation with other rules, and the same kind of engine."""
        changed = replace(self.consultation, rules=tuple(rules))
        consultations = {**self.base.consultations, changed.id: changed}
        return self.with_base(replace(self.base, consultations=consultations))


def day_of(situation: Situation) -> date:
    """The day on which a situation is asked about."""
    return situation.as_of or DAY
