"""Trying rules on examples and cases: what came out, which clause made it so, and what they cover.

An example is decided on its own rule alone, on nothing but the facts that it gives. A case goes the whole
way, from a situation (or from facts) through every rule to the verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from advisor.facts.phrases import PhraseMatcher
from advisor.inference.engine import Inference
from advisor.model.clauses import Path, blocks_alone, holds, leaves, shown
from advisor.model.condition import All, Any, Condition, Not, Test, Truth, evaluate
from advisor.model.lexicon import Lexicon, Sign
from advisor.model.rule import Consultation, Example, Rule
from advisor.model.scenario import Scenario
from advisor.model.subject import Told
from advisor.model.tokens import tokenize
from advisor.model.trial import (
    ClauseCoverage,
    DecidingClause,
    RuleCoverage,
    RuleMiss,
    TrialCoverage,
    TrialOutcome,
    TrialResult,
)
from advisor.model.vocabulary import FactValue
from advisor.model.wording import in_words, value_in_words

Reads = Callable[[Told, date], Mapping[str, FactValue]]
"""Facts of a situation, asked on a day."""
Infers = Callable[[Mapping[str, FactValue], date], Inference]
"""What follows from facts on a day."""


@dataclass(frozen=True, slots=True)
class Observed:
    """Facts and conclusions of one example or case, and the rules that can be judged by them."""

    facts: Mapping[str, FactValue]
    rule: str = ""
    """The only rule that an example speaks of; empty for a case, which speaks of all."""
    day: date | None = None
    """The day on which a case is asked; an example is of no day."""


class Trier:
    """Tries the rules of one consultation."""

    def __init__(self, consultation: Consultation, reads: Reads, infers: Infers) -> None:
        self._consultation, self._reads, self._infers = consultation, reads, infers
        self.observed: list[Observed] = []
        """What was seen so far, for the coverage."""

    def example(self, rule: Rule, example: Example) -> TrialResult:
        """Try one example of `rule`."""
        self.observed.append(Observed(example.given, rule.id))
        held = holds(rule, example.given)
        misses = () if held is example.holds else (self._miss(rule, example.given, held=held),)
        return TrialResult(
            kind="example",
            name=example.name,
            rule=rule.id,
            file=rule.file,
            line=example.line or rule.line,
            outcome="failed" if misses else "passed",
            misses=misses,
        )

    def case(self, scenario: Scenario) -> TrialResult:
        """Try one case."""
        facts = self.facts(scenario)
        inference = self._infers(facts, scenario.as_of)
        self.observed.append(Observed(inference.facts, day=scenario.as_of))
        then = self._consultation.on(scenario.as_of)
        expected = scenario.expected
        wrong = [
            (name, held)
            for names, held in ((expected.holds, False), (expected.does_not_hold, True))
            for name in names
            if (name in inference.held) is held
        ]
        misses = tuple(self._miss_of(name, then, inference.facts, held=held) for name, held in wrong)
        verdict = then.verdict_where(inference.held)
        differs = bool(expected.verdict) and verdict != expected.verdict
        decided = [
            rule
            for rule in then.active
            if rule.id in inference.held and rule.effect.kind == "concern" and rule.effect.target == verdict
        ]
        return TrialResult(
            kind="case",
            name=scenario.name,
            rule="",
            file=scenario.file,
            line=scenario.line,
            outcome=_outcome(failed=bool(misses) or differs, known_miss=scenario.known_miss),
            wanted=expected.verdict,
            verdict=verdict,
            misses=misses,
            decided=tuple(self._miss(rule, inference.facts, held=True) for rule in decided)
            if differs
            else (),
            known_miss=scenario.known_miss,
        )

    def facts(self, scenario: Scenario) -> Mapping[str, FactValue]:
        """The facts of `scenario`: those that it gives, or those that its situation is read as."""
        if scenario.situation is None:
            return scenario.given
        return self._reads(scenario.situation, scenario.as_of)

    def coverage(self) -> TrialCoverage:
        """What all that was tried shows of the rules."""
        return coverage(self._consultation, self.observed)

    def _miss_of(
        self, name: str, then: Consultation, facts: Mapping[str, FactValue], *, held: bool
    ) -> RuleMiss:
        rule = then.rule(name)
        return RuleMiss(name, held, in_force=False) if rule is None else self._miss(rule, facts, held=held)

    def _miss(self, rule: Rule, facts: Mapping[str, FactValue], *, held: bool) -> RuleMiss:
        return RuleMiss(rule.id, held, tuple(self._deciding(rule, facts, held=held)))

    def _deciding(
        self, rule: Rule, facts: Mapping[str, FactValue], *, held: bool
    ) -> Iterator[DecidingClause]:
        if held:
            found = list(_blame(rule.when, facts, ("when",), _HELD))
        elif evaluate(rule.when, facts) is True:
            found = [
                each
                for place, exception in enumerate(rule.unless)
                if evaluate(exception, facts) is True
                for each in _blame(exception, facts, ("unless", place), _HELD)
            ]
        else:
            found = list(_blame(rule.when, facts, ("when",), _HELD_NOT))
        for path, test in found:
            value = facts.get(test.fact)
            yield DecidingClause(
                path=shown(path),
                says=in_words(test, self._consultation),
                truth=evaluate(test, facts),
                saw="" if value is None else value_in_words(value),
            )


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that the author of a sign vouches for."""

    language: str
    sign: Sign
    text: str
    wanted: bool
    """Whether the sign has to find it; else it has to pass it over."""

    @property
    def rule(self) -> str:
        """The language and the sign, by which it is named."""
        return f"{self.language}/{self.sign.name}"

    def tried(self, matcher: PhraseMatcher) -> TrialResult:
        """Look for the sign in the sentence, by the phrases of its language."""
        found = any(match.sign == self.sign.name for match in matcher.find(tokenize(self.text)))
        said = "found, and should be passed over" if found else "not found, and should be"
        return TrialResult(
            kind="sentence",
            name=self.text,
            rule=self.rule,
            file="",
            line=0,
            outcome="passed" if found is self.wanted else "failed",
            said="" if found is self.wanted else f"{self.sign.means}: {said}",
        )


def sentences_of(lexicon: Lexicon) -> Iterator[Sentence]:
    """All sentences of a lexicon, by sign: those that are to be found, then those to be passed over."""
    for sign in lexicon.signs.values():
        for wanted, those in ((True, sign.finds), (False, sign.passes_over)):
            yield from (Sentence(lexicon.language, sign, text, wanted) for text in those)


def sentences(
    lexicons: Mapping[str, Lexicon], chosen: Callable[[str], bool] = lambda _: True
) -> Iterator[TrialResult]:
    """Try the sentences of the lexicons: what a sign finds is found, and the rest is passed over.

    `chosen` says of a name, which is the sign's and the sentence, whether it is tried.
    """
    for lexicon in lexicons.values():
        these = [each for each in sentences_of(lexicon) if chosen(f"{each.rule}: {each.text}")]
        matcher = PhraseMatcher(lexicon) if these else None
        yield from (each.tried(matcher) for each in these if matcher)


def _outcome(*, failed: bool, known_miss: str) -> TrialOutcome:
    if known_miss:
        return "known miss" if failed else "no longer missed"
    return "failed" if failed else "passed"


_HELD: frozenset[Truth] = frozenset({True})
_HELD_NOT: frozenset[Truth] = frozenset({False, None})
_OPPOSITE: Mapping[Truth, Truth] = {True: False, False: True, None: None}


def _blame(
    condition: Condition, facts: Mapping[str, FactValue], path: Path, truths: frozenset[Truth]
) -> Iterator[tuple[Path, Test]]:
    """The tests by which the truth of `condition` is one of `truths`."""
    match condition:
        case Test():
            yield path, condition
        case Not(part):
            opposite = frozenset(_OPPOSITE[each] for each in truths)
            yield from _blame(part, facts, (*path, "not"), opposite)
        case All(parts) | Any(parts):
            name = "all" if isinstance(condition, All) else "any"
            for place, part in enumerate(parts):
                if evaluate(part, facts) in truths:
                    yield from _blame(part, facts, (*path, name, place), truths)


def coverage(consultation: Consultation, observed: Iterable[Observed]) -> TrialCoverage:
    """What `observed` shows of every active rule that is written here, and of every passage that one cites.

    Rules that are borrowed count where they are written. A case shows nothing of rules that are not in force
    on its day, and of others what they say on that day.
    """
    seen = list(observed)
    then = {each.day: consultation if each.day is None else consultation.on(each.day) for each in seen}
    by_day = {day: {rule.id: rule for rule in there.active} for day, there in then.items()}
    rules = []
    for rule in consultation.own:
        versions = [
            (by_day[each.day][rule.id], each.facts)
            for each in seen
            if each.rule in ("", rule.id) and rule.id in by_day[each.day]
        ]
        rules.append(_rule_coverage(consultation, rule, versions))
    passages: dict[str, bool] = {}
    for rule, covered in zip(consultation.own, rules, strict=True):
        for passage in rule.cites:
            passages[passage] = passages.get(passage, False) or covered.held
    return TrialCoverage(tuple(rules), dict(sorted(passages.items())))


def _rule_coverage(
    consultation: Consultation, rule: Rule, seen: list[tuple[Rule, Mapping[str, FactValue]]]
) -> RuleCoverage:
    truths: list[set[Truth]] = [set() for _ in leaves(rule)]
    for version, facts in seen:
        for found, leaf in zip(truths, leaves(version), strict=True):
            found.add(evaluate(leaf.condition, facts))
    outcomes = {holds(version, facts) for version, facts in seen}
    return RuleCoverage(
        rule=rule.id,
        clauses=tuple(
            ClauseCoverage(
                shown(leaf.path), in_words(leaf.condition, consultation), True in found, False in found
            )
            for leaf, found in zip(leaves(rule), truths, strict=True)
        ),
        exceptions=tuple(
            (
                in_words(exception, consultation),
                any(blocks_alone(version, place, facts) for version, facts in seen),
            )
            for place, exception in enumerate(rule.unless)
        ),
        held=True in outcomes,
        held_not=False in outcomes,
    )
