"""The decision: activations to verdict. The most cautious standing concern decides; everything is told."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from advisor.model.case import Case
from advisor.model.knowledge_base import KnowledgeBase
from advisor.model.rule import Consultation, EffectKind, Rule
from advisor.model.subject import SUBJECTS
from advisor.model.verdict import Brief, Finding, OpenQuestion, Verdict
from advisor.model.vocabulary import FactValue
from advisor.verdict.analysis import RuleAnalysis
from advisor.verdict.findings import FindingWriter, References
from advisor.verdict.network import State
from advisor.verdict.questions import open_questions
from advisor.verdict.remembering import Inferred, Memory
from advisor.verdict.robustness import turning_points
from advisor.verdict.wording import plain

if TYPE_CHECKING:
    from advisor.model.receipt import Receipt
    from advisor.verdict.justify import Tracer
    from advisor.verdict.standing import StandingMaker
    from advisor.verdict.why_not import NearestTurns

BEARING: tuple[EffectKind, ...] = ("concern", "ground")
"""Kinds of effects that bear on the verdict."""


class Infers(Protocol):
    """What the decision needs of an engine; see `advisor.inference.engine.InferenceEngine`."""

    def infer(self, facts: Mapping[str, FactValue]) -> Inferred:
        """Evaluate all rules on `facts`."""
        ...


class Decider:
    """Decides cases of one consultation; made once, used for many cases and from many threads."""

    def __init__(self, knowledge_base: KnowledgeBase, consultation: str, engine: Infers) -> None:
        self._base = knowledge_base
        self.library = knowledge_base.library
        self.consultation = knowledge_base.consultation(consultation)
        self._engine = engine
        self.analysis = RuleAnalysis(self.consultation)
        self._references = References(self.consultation, self.library)

    @cached_property
    def _memory(self) -> Memory:
        return Memory(self.analysis, self._engine.infer)

    @cached_property
    def standings(self) -> StandingMaker:
        """Says how the people of a list stand; made late, since one prospect needs none of it."""
        from advisor.verdict.standing import StandingMaker

        return StandingMaker(self)

    def infer(self, case: Case) -> Inferred:
        """What the engine infers from the facts of `case`."""
        return self._engine.infer(case.facts)

    def inferred(self, facts: Mapping[str, FactValue]) -> Inferred:
        """The same from `facts`, found again where facts were asked about that the rules treat alike."""
        return self._memory.infer(facts)

    def verdict_of(self, facts: Mapping[str, FactValue]) -> str:
        """The bare verdict for given facts."""
        return self.analysis.verdict_in(self._engine.infer(facts).held)

    def decide(self, case: Case, as_of: date) -> Verdict:
        """The verdict on `case`, with everything it rests on."""
        return Verdict(**self._parts(case, as_of, self.infer(case)))

    def receipt(self, case: Case, as_of: date, situation: Mapping[str, object]) -> Receipt:
        """The verdict on `case` with the tree behind it, and with all that it takes to decide again."""
        from advisor.model.receipt import Receipt  # a bare verdict needs none of its many classes

        inference = self.infer(case)
        findings = [rule for kind in BEARING for rule in self.in_order(inference.held, kind)]
        set_aside = self.in_order(frozenset(inference.blocked), "concern")
        return Receipt(
            **self._parts(case, as_of, inference),
            situation=situation,
            held=tuple(sorted(inference.held)),
            justification=self.tracer(case, inference).justification(
                self.analysis.verdict_in(inference.held), findings, set_aside
            ),
            rules={rule.id: fingerprint(rule) for rule in self.consultation.active},
            settings={name: setting.value for name, setting in sorted(self.consultation.settings.items())},
        )

    def tracer(self, case: Case, inference: Inferred) -> Tracer:
        """Traces rules in one case."""
        from advisor.verdict.justify import Tracer

        return Tracer(self.consultation, self.library, case, inference.facts, inference.held)

    def turns(self, case: Case, inference: Inferred) -> NearestTurns:
        """Finds what would turn rules in one case."""
        from advisor.verdict.why_not import NearestTurns

        return NearestTurns(self.analysis, case, self.tracer(case, inference))

    def writer(self, case: Case, inference: Inferred, as_of: date | None = None) -> FindingWriter:
        """Writes the findings of one case; days in them are counted from `as_of`."""
        facts = dict(inference.facts)
        return FindingWriter(self.consultation, self._references, case, facts, inference.held, as_of)

    def brief(self, case: Case, as_of: date) -> Brief:
        """The verdict on `case` with what was found, without what could still change it."""
        return self._brief(case, as_of, self.inferred(case.facts))

    def _brief(self, case: Case, as_of: date, inference: Inferred) -> Brief:
        verdict = self.analysis.verdict_in(inference.held)
        level = self.consultation.level(verdict)
        writer = self.writer(case, inference, as_of)
        findings = {
            kind: tuple(writer.finding(rule) for rule in self.in_order(inference.held, kind))
            for kind in ("ground", "concern", "merit", "advice")
        }
        return Brief(
            consultation=self.consultation.id,
            verdict=verdict,
            says=level.says,
            why=_why(verdict, findings["concern"], findings["ground"], level.means),
            prospect=case.words.get(_about(self.consultation), ""),
            as_of=as_of.isoformat(),
            grounds=findings["ground"],
            concerns=findings["concern"],
            merits=findings["merit"],
            advice=findings["advice"],
            language=case.language,
        )

    def _parts(self, case: Case, as_of: date, inference: Inferred) -> dict[str, Any]:
        brief = self._brief(case, as_of, inference)
        verdict = brief.verdict
        writer = self.writer(case, inference, as_of)
        excused = tuple(
            writer.excused(rule, inference.blocked[rule.id])
            for rule in self.in_order(frozenset(inference.blocked), "concern")
        )
        analysis = self.analysis
        outlook = analysis.outlook.find(case.facts, verdict)
        settled = outlook.verdicts == (verdict,)
        state = analysis.working.start(case.facts)
        return {
            **{each.name: getattr(brief, each.name) for each in fields(brief)},
            "settled": settled,
            "possible": outlook.verdicts,
            "exhaustive": outlook.exhaustive,
            "excused": excused,
            "open_questions": () if settled else self._open_questions(case, state),
            "turning_points": turning_points(self.consultation, analysis.alternatives, state),
            "facts": {
                name: plain(value)
                for name, value in sorted(inference.facts.items())
                if name in self.consultation.vocabulary
            },
            "knowledge_base": self._base.sha256,
        }

    def _open_questions(self, case: Case, state: State) -> tuple[OpenQuestion, ...]:
        """Questions that an undecided way leads from to the verdict, and that make sense now.

        Whether their answers can really change it is not searched here: `Interviewer` does.
        """
        analysis = self.analysis
        told_by = analysis.told_by
        undecided = analysis.outlook.network.undecided_facts(analysis.outlook.start(case.facts))
        asked = [
            fact
            for fact, tells in told_by.items()
            if fact not in case.facts and tells & undecided and analysis.asks(fact, state)
        ]
        return open_questions(self.consultation, analysis.alternatives, state, asked)

    def in_order(self, ids: frozenset[str], kind: EffectKind) -> list[Rule]:
        """Rules of one kind, the most cautious first, then by salience; the id breaks ties."""
        rules = [each for rule in ids if (each := self.analysis.rules[rule]).effect.kind == kind]
        caution = self.consultation.caution

        def place(rule: Rule) -> tuple[int, int, str]:
            return (-caution(rule.effect.target) if kind == "concern" else 0, -rule.salience, rule.id)

        return sorted(rules, key=place)


def _about(consultation: Consultation) -> str:
    """The text that names whom a consultation is about."""
    return next(iter(SUBJECTS[consultation.subject].texts), "")


def _why(verdict: str, concerns: tuple[Finding, ...], grounds: tuple[Finding, ...], means: str) -> str:
    """One sentence: the concern that decided, or the first ground where none stands."""
    deciding = [finding for finding in concerns if finding.holds_at == verdict]
    return next((finding.message for finding in (*deciding, *grounds)), means)


def fingerprint(rule: Rule) -> str:
    """A short hash of what decides whether `rule` holds and what follows, and of nothing else."""
    decisive = repr((rule.when, rule.unless, rule.effect))
    return hashlib.sha256(decisive.encode()).hexdigest()[:12]
