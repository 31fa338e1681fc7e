"""The decision: activations to verdict. The most cautious standing concern decides; everything is told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from advisor.model.case import Case
from advisor.model.knowledge_base import KnowledgeBase
from advisor.model.rule import EffectKind, Rule
from advisor.model.verdict import Finding, Verdict
from advisor.model.vocabulary import FactValue
from advisor.verdict.findings import FindingWriter
from advisor.verdict.possible import OutlookFinder, classes
from advisor.verdict.questions import answers, open_questions


class Inferred(Protocol):
    """What the decision needs of an inference; see `advisor.inference.engine.Inference`."""

    @property
    def facts(self) -> Mapping[str, FactValue]:
        """Given facts and settled conclusions."""
        ...

    @property
    def held(self) -> frozenset[str]:
        """Ids of the rules that hold."""
        ...

    @property
    def blocked(self) -> Mapping[str, tuple[int, ...]]:
        """Places of the exceptions that block a rule whose condition is true."""
        ...


class Infers(Protocol):
    """What the decision needs of an engine; see `advisor.inference.engine.InferenceEngine`."""

    def infer(self, facts: Mapping[str, FactValue]) -> Inferred:
        """Evaluate all rules on `facts`."""
        ...


class Decider:
    """Decides cases of one consultation; made once, used for many cases and from many threads."""

    def __init__(self, knowledge_base: KnowledgeBase, consultation: str, engine: Infers) -> None:
        self._base = knowledge_base
        self.consultation = knowledge_base.consultation(consultation)
        self._engine = engine
        self._rules = {rule.id: rule for rule in self.consultation.active}
        self._classes = classes(self.consultation, self.consultation.active)
        self._answers = answers(self.consultation, self.consultation.active, self._classes)
        self._outlook = OutlookFinder(self.consultation, self.consultation.active, self._classes)

    def verdict_of(self, facts: Mapping[str, FactValue]) -> str:
        """The bare verdict for given facts."""
        return self._decide(self._engine.infer(facts).held)

    def _decide(self, held: frozenset[str]) -> str:
        concerns = [self._rules[rule].effect for rule in held if self._rules[rule].effect.kind == "concern"]
        level = max((self.consultation.caution(effect.target) for effect in concerns), default=0)
        return self.consultation.verdicts[level].name

    def decide(self, case: Case, as_of: date) -> Verdict:
        """The verdict on `case`, with everything it rests on."""
        inference = self._engine.infer(case.facts)
        verdict = self._decide(inference.held)
        writer = FindingWriter(
            self.consultation, self._base.library, case, dict(inference.facts), inference.held
        )
        findings = {
            kind: tuple(writer.finding(rule) for rule in self._in_order(inference.held, kind))
            for kind in ("ground", "concern", "merit", "advice")
        }
        excused = tuple(
            writer.excused(rule, inference.blocked[rule.id])
            for rule in self._in_order(frozenset(inference.blocked), "concern")
        )
        outlook = self._outlook.find(case.facts, verdict)
        settled = outlook.verdicts == (verdict,)
        questions = (
            ()
            if settled
            else open_questions(self.consultation, self._answers, case.facts, verdict, self.verdict_of)
        )
        return Verdict(
            consultation=self.consultation.id,
            verdict=verdict,
            says=self.consultation.level(verdict).says,
            why=_why(
                verdict, findings["concern"], findings["ground"], self.consultation.level(verdict).means
            ),
            settled=settled,
            possible=outlook.verdicts,
            exhaustive=outlook.exhaustive,
            prospect=case.words.get("prospect.name", ""),
            as_of=as_of.isoformat(),
            grounds=findings["ground"],
            concerns=findings["concern"],
            merits=findings["merit"],
            advice=findings["advice"],
            excused=excused,
            open_questions=questions,
            facts={
                name: _plain(value)
                for name, value in sorted(inference.facts.items())
                if name in self.consultation.vocabulary
            },
            language=case.language,
            knowledge_base=self._base.sha256,
        )

    def _in_order(self, ids: frozenset[str], kind: EffectKind) -> list[Rule]:
        """Rules of one kind, the most cautious first, then by salience; the id breaks ties."""
        rules = [self._rules[rule] for rule in ids if self._rules[rule].effect.kind == kind]
        caution = self.consultation.caution

        def place(rule: Rule) -> tuple[int, int, str]:
            return (-caution(rule.effect.target) if kind == "concern" else 0, -rule.salience, rule.id)

        return sorted(rules, key=place)


def _why(verdict: str, concerns: tuple[Finding, ...], grounds: tuple[Finding, ...], means: str) -> str:
    """One sentence: the concern that decided, or the first ground where none stands."""
    deciding = [finding for finding in concerns if finding.holds_at == verdict]
    return next((finding.message for finding in (*deciding, *grounds)), means)


def _plain(value: FactValue) -> bool | int | str | tuple[str, ...]:
    return tuple(sorted(value)) if isinstance(value, frozenset) else value
