"""What to ask: questions that can still change the verdict, the most deciding first, and why each is asked.

A question is worth asking only where some answer to it, together with some answers to the others, leads to
another verdict than some other answer would, or than the present one. The question on whose answer the
most and the most cautious undecided concerns hang comes first; of several ways to reckon this, it needed the
fewest questions (`benchmarks/interview.py`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from advisor.model.case import Case
from advisor.model.condition import RULE_PREFIX, Truth
from advisor.model.interview import Agenda, HangsOn, Inquiry
from advisor.model.vocabulary import FactSpec, FactValue
from advisor.verdict.analysis import RuleAnalysis
from advisor.verdict.network import State
from advisor.verdict.possible import Outlook


class Interviewer:
    """Finds the questions of one consultation; holds nothing of any interview."""

    def __init__(self, analysis: RuleAnalysis) -> None:
        self._analysis = analysis
        self._consultation = analysis.consultation
        self._told_by = analysis.told_by

    def agenda(
        self, case: Case, verdict: str, skipped: Collection[str] = (), most: int | None = None
    ) -> Agenda:
        """What is still to be asked where `verdict` is the one reached now.

        `skipped` are facts that nobody can tell; `most` bounds the questions, since each takes a search.
        """
        outlook = self._analysis.outlook.find(case.facts, verdict)
        settled = outlook.verdicts == (verdict,)
        questions = [] if settled else self._questions(case.facts, verdict, outlook, skipped, most)
        return Agenda(
            verdict=verdict,
            settled=settled,
            possible=outlook.verdicts,
            exhaustive=outlook.exhaustive,
            questions=tuple(questions),
        )

    def _questions(
        self,
        facts: Mapping[str, FactValue],
        verdict: str,
        outlook: Outlook,
        skipped: Collection[str],
        most: int | None,
    ) -> list[Inquiry]:
        finder = self._analysis.outlook
        first = finder.start(facts)
        undecided = finder.network.undecided_facts(first)
        state = self._analysis.working.start(facts)
        candidates = [
            spec
            for spec in self._consultation.vocabulary.given
            if spec.ask
            and spec.name not in facts
            and spec.name not in skipped
            and self._analysis.asks(spec.name, state)
            and undecided & self._told_by[spec.name]
        ]
        candidates.sort(key=lambda spec: -self._weight(spec, first))  # stable: else the vocabulary's order
        found: list[Inquiry] = []
        for spec in candidates:
            if most is not None and len(found) >= most:
                break
            inquiry = self._inquiry(spec, first, state)
            # All answers may lead to one verdict that is not the present one, which rests on not knowing.
            decides = any(each != verdict for each in inquiry.answers.values())
            matters = True if decides else self._matters(spec, facts, first, outlook)
            if matters is not False:
                found.append(replace(inquiry, certain=matters is True))
        if not found and not skipped:
            # No answer makes a difference to another, and yet all of them together bring another verdict.
            asked = [self._inquiry(spec, first, state) for spec in candidates[:most]]
            found = [replace(inquiry, certain=False) for inquiry in asked]
        return found

    def _weight(self, spec: FactSpec, state: State) -> int:
        """How much hangs on the answer: undecided concerns, each by its place on the scale."""
        network = self._analysis.outlook.network
        floor = network.level(state)
        reached = network.undecided_from(self._told_by[spec.name], state)
        return sum(level for node, level in network.concerns if level > floor and node in reached)

    def _matters(
        self, spec: FactSpec, facts: Mapping[str, FactValue], first: State, outlook: Outlook
    ) -> Truth:
        """Whether the answer can make a difference; None where the search was cut off."""
        finder = self._analysis.outlook
        # Of a question that tells several facts, one that matters is enough.
        tells = sorted(self._told_by[spec.name] & finder.network.undecided_facts(first))
        if any(finder.shown_to_matter(facts, fact, outlook) for fact in tells):
            return True
        truth: Truth = False
        for fact in tells:
            matters = finder.matters_in(first, fact)
            if matters:
                return True
            truth = None if matters is None else truth
        return truth

    def _inquiry(self, spec: FactSpec, first: State, state: State) -> Inquiry:
        return Inquiry(
            fact=spec.name,
            question=spec.ask,
            told=spec.told,
            type=spec.type,
            answers=self._analysis.alternatives.leads(spec, state),
            hangs_on=tuple(self._hanging(spec, first)),
        )

    def _hanging(self, spec: FactSpec, state: State) -> Iterable[HangsOn]:
        """Undecided rules that an undecided way leads to from the answer, the most cautious first."""
        network = self._analysis.outlook.network
        reached = network.undecided_from(self._told_by[spec.name], state)
        rules = [
            rule
            for rule in self._consultation.active
            if rule.effect.kind in ("concern", "ground") and RULE_PREFIX + rule.id in reached
        ]
        caution = self._consultation.caution

        def place(concern: str) -> int:
            return -caution(concern) if concern else 1

        found = [
            HangsOn(
                rule=rule.id,
                title=rule.title,
                effect=rule.effect.kind,
                holds_at=rule.effect.target if rule.effect.kind == "concern" else "",
            )
            for rule in sorted(rules, key=lambda rule: (-rule.salience, rule.id))
        ]
        return sorted(found, key=lambda each: place(each.holds_at))
