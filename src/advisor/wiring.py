"""The composition root: finds the knowledge base, picks an engine, and puts the parts together.

Everything above (command line, scripts, tests) asks here; nothing below knows that the others exist.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from advisor.errors import EngineError
from advisor.facts.case import CaseReader
from advisor.facts.draft import STRUCTURAL
from advisor.facts.later import later
from advisor.folders import cache_folder, folders
from advisor.inference.engine import Inference, InferenceEngine, Program
from advisor.model.knowledge_base import KnowledgeBase
from advisor.model.rule import Consultation, Headings
from advisor.model.situation import Situation, as_told, asked_on
from advisor.model.subject import SUBJECTS, Told
from advisor.model.verdict import Brief, Verdict
from advisor.verdict.advise import Decider

if TYPE_CHECKING:
    from advisor.model.case import Case
    from advisor.model.interview import Agenda
    from advisor.model.justification import WhyNot
    from advisor.model.receipt import Receipt, Replay
    from advisor.model.standing import Standing
    from advisor.model.vocabulary import Vocabulary
    from advisor.model.what_if import WhatIf
    from advisor.verdict.explain import Explainer

EngineName = Literal["auto", "durable", "reference"]
SHOULD_CONNECT = "should-connect"


def load_knowledge_base(chosen: Path | None = None) -> KnowledgeBase:
    """The knowledge base in `chosen` (see `folders`), from the cache where it was compiled before.

    Raises:
        RuleError: where the authored files are wrong, with all complaints.
    """
    found = folders(chosen)
    cache = cache_folder()
    if cache is None:
        from advisor.catalog.load import load

        return load(found.rules, found.knowledge, structural=STRUCTURAL)
    from advisor.catalog.cache import cached_load

    return cached_load(found.rules, found.knowledge, cache, structural=STRUCTURAL)


def make_engine(
    knowledge_base: KnowledgeBase, name: EngineName = "auto", consultation: str = SHOULD_CONNECT
) -> InferenceEngine:
    """An engine for one consultation: durable where it can be had, unless `name` says otherwise.

    Raises:
        EngineError: where `durable` is asked for and cannot be had.
    """
    chosen = knowledge_base.consultation(consultation)
    program = Program.of(chosen.active, chosen.vocabulary)
    if name != "reference":
        from advisor.inference import durable

        missing = durable.available()
        if missing is None:
            return durable.DurableEngine(program)
        if name == "durable":
            raise EngineError(f"the engine `durable` cannot be had: {missing}")
    from advisor.inference.reference import ReferenceEngine

    return ReferenceEngine(program)


class _Period:
    """The rules of a time in which none of them changes."""

    def __init__(self, decider: Decider, engine: InferenceEngine) -> None:
        self.decider, self.engine = decider, engine

    @cached_property
    def explainer(self) -> Explainer:
        """Explains; made late, since a bare verdict needs none of it."""
        from advisor.verdict.explain import Explainer

        return Explainer(self.decider)


class Advisor:
    """Answers one consultation with one knowledge base and one engine.

    Make one and keep it: cases never influence one another, and it may be used from many threads.

    >>> from advisor import Prospect
    >>> advisor = Advisor(load_knowledge_base())
    >>> advisor.brief(Situation(prospect=Prospect(name="Ana Souza"))).verdict
    'avoid'
    """

    def __init__(
        self,
        knowledge_base: KnowledgeBase | None = None,
        engine: EngineName = "auto",
        consultation: str = SHOULD_CONNECT,
    ) -> None:
        self.knowledge_base = knowledge_base or load_knowledge_base()
        self._engine_name: EngineName = engine
        self._consultation = self.knowledge_base.consultation(consultation)
        self._model = SUBJECTS[self._consultation.subject].model
        self._reader = CaseReader(self._consultation.vocabulary, self.knowledge_base.lexicons)
        self._turns = self._consultation.turns
        self._periods: dict[int, _Period] = {}
        self._period(date.today())  # an engine that cannot be had is told of at once

    def read(self, situation: Told, as_of: date | None = None) -> Case:
        """The facts of `situation`, with the words of the draft that show them.

        Asked on another day than its own, counts that it gives for its own day are no longer known.
        """
        day = self._day(situation, as_of)
        return self._reader.read(asked_on(situation, day), day)

    def forget_notes(self) -> None:
        """Forget the readings of notes that are kept so that the same note need not be read again."""
        self._reader.draft_reader.forget()

    def advise(self, situation: Told, as_of: date | None = None) -> Verdict:
        """The verdict on `situation`, asked on the day `as_of` (else the situation's own, else today)."""
        day = self._day(situation, as_of)
        return self._period(day).decider.decide(self.read(situation, as_of), day)

    def brief(self, situation: Told, as_of: date | None = None) -> Brief:
        """The verdict on `situation` with what was found, without what could still change it.

        It is what `advise` gives, less the search through all that nobody told: many times quicker.
        """
        day = self._day(situation, as_of)
        return self._period(day).decider.brief(self.read(situation, as_of), day)

    def standing(self, situation: Told, as_of: date | None = None) -> Standing:
        """How `situation` stands among many: `brief` in short, with what is missing most."""
        day = self._day(situation, as_of)
        return self._period(day).decider.standings.standing(self.read(situation, as_of), day)

    def receipt(self, situation: Told, as_of: date | None = None) -> Receipt:
        """The verdict on `situation` with the tree behind it and all that it takes to decide again."""
        day = self._day(situation, as_of)
        told = asked_on(situation, day)
        return self._period(day).decider.receipt(self.read(told, day), day, as_told(told))

    def decider(self, as_of: date) -> Decider:
        """What decides cases by the rules of the day `as_of`."""
        return self._period(as_of).decider

    @property
    def engine(self) -> InferenceEngine:
        """The engine that evaluates today's rules."""
        return self._period(date.today()).engine

    def infer(self, case: Case, as_of: date | None = None) -> Inference:
        """What follows from the facts of `case` on the day `as_of`, else today."""
        return self._period(as_of or date.today()).engine.infer(case.facts)

    def _period(self, day: date) -> _Period:
        """The rules as they are on `day`, made ready; the same for all days between two changes of them."""
        number = bisect_right(self._turns, day)
        found = self._periods.get(number)
        if found is None:
            base, name = self.knowledge_base.on(day), self._consultation.id
            engine = make_engine(base, self._engine_name, name)
            found = self._periods[number] = _Period(Decider(base, name, engine), engine)
        return found

    @property
    def vocabulary(self) -> Vocabulary:
        """The fact vocabulary, by which prospect files are read."""
        return self._consultation.vocabulary

    @property
    def consultation(self) -> Consultation:
        """The consultation that is answered."""
        return self._consultation

    @property
    def headings(self) -> Headings:
        """Under which headings a person reads what was found."""
        return self._consultation.headings

    def present_name(self, name: str) -> str:
        """The id that the rule has now which was called `name` before; `name` itself where there is none."""
        rule = None if self._consultation.rule(name) else self._consultation.renamed(name)
        return rule.id if rule else name

    def names_to_ask_about(self, day: date | None = None, *, verdicts: bool = False) -> tuple[str, ...]:
        """The rules that `why_not` can be asked about on `day`, or on any day; or the verdicts."""
        if verdicts:
            return tuple(level.name for level in self._consultation.verdicts)
        rules = self._consultation.active if day is None else self._consultation.on(day).active
        return tuple(rule.id for rule in rules)

    def why_not(self, situation: Told, asked: str, as_of: date | None = None) -> WhyNot:
        """Why the rule `asked` does not hold, or why the verdict is not `asked`.

        Raises:
            KeyError: where there is no active rule and no verdict of this name.
        """
        explainer = self._period(self._day(situation, as_of)).explainer
        return explainer.why_not(self.read(situation, as_of), asked)

    def what_if(self, situation: Situation, want: str | None = None, as_of: date | None = None) -> WhatIf:
        """All smallest sets of things to do that lead to the verdict `want`, else to the most willing one.

        Raises:
            KeyError: where the scale has no such verdict.
        """
        day = self._day(situation, as_of)

        def read(told: Situation, days: int) -> Case:
            days = min(days, (date.max - day).days)
            return self._reader.read(later(told, days), day + timedelta(days=days))

        return self._period(day).explainer.what_if(asked_on(situation, day), read, want)

    def agenda(
        self,
        situation: Told,
        as_of: date | None = None,
        *,
        skipped: Collection[str] = (),
        most: int | None = None,
    ) -> Agenda:
        """The questions that can still change the verdict, the most deciding first.

        `skipped` names facts that nobody can tell; `most` bounds the questions.
        """
        explainer = self._period(self._day(situation, as_of)).explainer
        return explainer.agenda(self.read(situation, as_of), skipped, most)

    def replay(self, receipt: Receipt, situation: Told, as_of: date | None = None) -> Replay:
        """Decide a receipt again, on the same day unless `as_of` says otherwise, and explain what differs.

        `situation` is the receipt's own, read from it.
        """
        day = as_of or date.fromisoformat(receipt.as_of)
        from advisor.verdict.replay import replayed

        return replayed(receipt, self.receipt(situation, day), self._period(day).decider.consultation)

    def decide(self, case: Case, as_of: date | None = None) -> Verdict:
        """The verdict on facts that were read before, asked on the day `as_of` (else today)."""
        day = as_of or date.today()
        return self._period(day).decider.decide(case, day)

    def _day(self, situation: Told, as_of: date | None) -> date:
        """The day of asking.

        Raises:
            TypeError: where `situation` tells of something else than what the consultation is asked about.
        """
        if not isinstance(situation, self._model):
            wanted, given = self._model.__name__, type(situation).__name__
            raise TypeError(f"`{self._consultation.id}` is asked about a {wanted}, and this is a {given}")
        return as_of or situation.as_of or date.today()


def advise(
    situation: Situation, knowledge_base: KnowledgeBase | None = None, engine: EngineName = "auto"
) -> Verdict:
    """The verdict on one situation; for more than one, make an `Advisor` and keep it."""
    return Advisor(knowledge_base, engine).advise(situation)
