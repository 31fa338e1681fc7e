"""Trying mutants: which small changes of the rules the examples and cases notice, and which case is missing.

A mutant is noticed where an example of its own rule comes out otherwise, or where a case does: its verdict,
or a rule of which it says whether it holds. What no case notices and what makes no difference in any case, by
all rules together, is the same rule in other words. What is left has survived, and facts are found for it on
which it makes a difference; each is confirmed by the reference engine before anything is said of it.

Only rules that are written for a consultation are changed there; a change of what others borrow may be
noticed by their cases as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from advisor.inference.engine import Inference, Program
from advisor.inference.reference import ReferenceEngine
from advisor.model.clauses import holds
from advisor.model.mutation import Mutant, Tried
from advisor.model.rule import Consultation, Effect, Rule
from advisor.model.scenario import Expected
from advisor.model.vocabulary import FactValue
from advisor.workbench.demands import Formula, rule_does_not_hold, rule_holds
from advisor.workbench.mutants import mutants
from advisor.workbench.search import CutOff, Searcher

Facts = Mapping[str, FactValue]
MAX_STEPS = 1_000
"""Trials in the search for facts on which one mutant makes a difference: a second or so."""


@dataclass(frozen=True, slots=True)
class PreparedCase:
    """A case that passes, with what follows from its facts by the rules as they are."""

    name: str
    facts: Facts
    expected: Expected
    inferred: Inference


class MutationRun:
    """Tries the mutants of one consultation."""

    def __init__(
        self,
        consultation: Consultation,
        cases: Iterable[tuple[str, Facts, Expected]],
        borrowers: Sequence[MutationRun] = (),
    ) -> None:
        """`cases`: names, facts and what is expected; those that fail already notice nothing.

        `borrowers` are the runs of consultations that borrow from this one, with cases of their own.
        """
        self._consultation, self._borrowers = consultation, borrowers
        self._engine = self._engine_of(consultation)
        prepared = [
            PreparedCase(name, facts, expected, self._engine.infer(facts)) for name, facts, expected in cases
        ]
        self._cases = [each for each in prepared if as_expected(consultation, each.expected, each.inferred)]
        self._local = Searcher(consultation)
        self._global = Searcher(consultation, through=True)

    @staticmethod
    def _engine_of(consultation: Consultation) -> ReferenceEngine:
        return ReferenceEngine(Program.of(consultation.active, consultation.vocabulary))

    def run(self, rules: Iterable[Rule]) -> Iterator[Tried]:
        """Try every mutant of `rules`, which are written for this consultation."""
        for rule in rules:
            for mutant in mutants(rule, self._consultation):
                yield self._try(mutant)

    def missing(self, survivors: Iterable[Tried]) -> Iterator[Tried]:
        """As many of `survivors` as it takes: their facts, as cases, notice the others too."""
        for each in survivors:
            changed = self._with(each.mutant)
            engine = self._engine_of(changed)
            if any(
                self._may_differ(each.mutant, case)
                and not as_expected(changed, case.expected, engine.infer(case.facts))
                for case in self._cases
            ):
                continue
            expected = expected_of(each)
            self._cases.append(
                PreparedCase(each.mutant.id, each.facts, expected, self._engine.infer(each.facts))
            )
            yield each

    def _try(self, mutant: Mutant) -> Tried:
        if mutant.kind != "effect" and (by := _failing_example(mutant)):
            return Tried(mutant, "noticed", by)
        borrowers = [
            each for each in self._borrowers if mutant.original.id in each._consultation.borrowed.rules
        ]
        for run in (self, *borrowers):
            if noticed := run._noticing(mutant):
                return Tried(mutant, "noticed", noticed)
        found = self._difference(mutant)
        if found.fate != "survived" and mutant.kind == "effect":
            # Where nothing here looks at what is concluded, the difference shows in those that borrow it.
            there = (
                replace(tried, consultation=run._consultation.id)
                for run in borrowers
                if (tried := run._difference(mutant)).fate == "survived"
            )
            return next(there, found)
        return found

    def _noticing(self, mutant: Mutant) -> str:
        """The first case that notices `mutant`; empty where none does."""
        changed = self._with(mutant)
        engine = self._engine_of(changed)
        for case in self._cases:
            if self._may_differ(mutant, case) and not as_expected(
                changed, case.expected, engine.infer(case.facts)
            ):
                return case.name
        return ""

    def _difference(self, mutant: Mutant) -> Tried:
        """What becomes of a mutant that no case notices."""
        changed = self._with(mutant)
        engine = self._engine_of(changed)
        open_ = False
        for demands in self._differences(mutant):
            try:
                facts = self._global.find(*demands, max_steps=MAX_STEPS)
            except CutOff:
                open_ = True
                continue
            if facts is not None:
                if found := self._confirmed(mutant, changed, engine, facts):
                    return found
                open_ = True
        return Tried(mutant, "undecided" if open_ else "same")

    def _with(self, mutant: Mutant) -> Consultation:
        rules = [each for each in self._consultation.rules if each.id != mutant.original.id]
        return replace(self._consultation, rules=(*rules, *([mutant.rule] if mutant.rule else ())))

    def _may_differ(self, mutant: Mutant, case: PreparedCase) -> bool:
        """Whether the mutant decides otherwise on the facts of the case, conclusions included."""
        held = mutant.original.id in case.inferred.held
        if mutant.kind == "effect":
            return held
        assert mutant.rule is not None  # noqa: S101 - only an effect can be dropped with its rule
        return held != holds(mutant.rule, case.inferred.facts)

    def _differences(self, mutant: Mutant) -> Iterator[tuple[Formula, ...]]:
        """Demands under which the mutant makes a difference; together they leave out no case in which it may.

        Of a conclusion that is drawn no longer the difference shows in rules that test it, so each of these
        is asked to hold; where no such case is confirmed, nothing is claimed.
        """
        original = mutant.original
        if mutant.kind != "effect":
            assert mutant.rule is not None  # noqa: S101 - see above
            yield (rule_holds(original), rule_does_not_hold(mutant.rule))
            yield (rule_holds(mutant.rule), rule_does_not_hold(original))
            return
        seen = (rule_holds(original), *map(rule_does_not_hold, self._rivals(original)))
        if original.effect.kind == "conclude":
            for rule in self._consultation.active:
                if original.effect.target in rule.facts:
                    yield (*seen, rule_holds(rule))
        yield seen

    def _rivals(self, rule: Rule) -> Sequence[Rule]:
        """Rules beside which the effect of `rule` cannot be seen; of a ground, what decides all the same."""
        rivals = self._consultation.rivals(rule)
        if rule.effect.kind != "ground":
            return rivals
        most = Effect("concern", self._consultation.verdicts[-1].name)
        return (*rivals, *(each for each in self._consultation.active if each.effect == most))

    def _confirmed(
        self, mutant: Mutant, changed: Consultation, engine: ReferenceEngine, facts: Facts
    ) -> Tried | None:
        """The survivor with `facts`, where they really lead to something else."""
        as_is, otherwise = self._engine.infer(facts), engine.infer(facts)
        verdict = self._consultation.verdict_where(as_is.held)
        if mutant.kind != "effect":
            held = mutant.original.id in as_is.held
            differs = held is not (mutant.original.id in otherwise.held)
            return Tried(mutant, "survived", facts=facts, verdict=verdict, holds=held) if differs else None
        others = tuple(sorted(as_is.held - otherwise.held - {mutant.original.id}))[:1]
        if verdict == changed.verdict_where(otherwise.held) and not others:
            return None
        return Tried(mutant, "survived", facts=facts, verdict=verdict, holds=True, others=others)


def as_expected(consultation: Consultation, expected: Expected, inference: Inference) -> bool:
    """Whether what follows from a case is what is expected of it."""
    return (
        inference.held.issuperset(expected.holds)
        and inference.held.isdisjoint(expected.does_not_hold)
        and expected.verdict in ("", consultation.verdict_where(inference.held))
    )


def expected_of(survivor: Tried) -> Expected:
    """What a case expects that notices `survivor`: what the rules say as they are."""
    mutant = survivor.mutant
    if not survivor.holds:
        return Expected(does_not_hold=(mutant.original.id,))
    if mutant.kind != "effect":
        return Expected(holds=(mutant.original.id,))
    return Expected(survivor.verdict, (mutant.original.id, *survivor.others))


def _failing_example(mutant: Mutant) -> str:
    assert mutant.rule is not None  # noqa: S101 - asked only of mutants that have a rule
    for example in mutant.original.examples:
        if holds(mutant.rule, example.given) is not example.holds:
            return f"{mutant.original.id}: {example.name}"
    return ""
