"""Findings: what the person reads about each rule that holds, with words of the note and citations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from advisor.model.case import Case, Span
from advisor.model.condition import GROUND_FACT, evaluate, evaluate_test, facts_of, tests
from advisor.model.knowledge import Library
from advisor.model.rule import Consultation, Rule
from advisor.model.verdict import Citation, Dispute, DisputedSide, Excused, Finding, Lift
from advisor.model.vocabulary import FactValue
from advisor.verdict.wording import fill, in_words, placeholders_in


class References:
    """What rules refer to and are referred to by; the same in every case, so each is put together once."""

    def __init__(self, consultation: Consultation, library: Library) -> None:
        self._library = library
        self._makers = lru_cache(maxsize=None)(consultation.makers)
        self._citations: dict[tuple[str, ...], tuple[Citation, ...]] = {}
        self._disputes: dict[tuple[str, ...], tuple[Dispute, ...]] = {}

    def makers(self, fact: str) -> tuple[Rule, ...]:
        """The rules that settle a conclusion; see `Consultation.makers`."""
        return self._makers(fact)

    def citations(self, rule: Rule) -> tuple[Citation, ...]:
        """The passages that `rule` rests on."""
        found = self._citations.get(rule.cites)
        if found is None:
            found = tuple(cite(passage, self._library) for passage in rule.cites)
            self._citations[rule.cites] = found
        return found

    def disputes(self, rule: Rule) -> tuple[Dispute, ...]:
        """The disputed places whose reading `rule` follows."""
        found = self._disputes.get(rule.readings)
        if found is None:
            readings = self._library.readings
            found = tuple(dispute(each, self._library) for each in rule.readings if readings[each].disputed)
            self._disputes[rule.readings] = found
        return found


class FindingWriter:
    """Writes the findings of one case."""

    def __init__(
        self,
        consultation: Consultation,
        references: References,
        case: Case,
        facts: dict[str, FactValue],
        held: frozenset[str],
        as_of: date | None = None,
    ) -> None:
        """`facts`: all facts of the case, conclusions among them; `held`: ids of the rules that hold.

        Days are counted from `as_of`; without it no finding names one.
        """
        self._consultation, self._references, self._case, self._as_of = consultation, references, case, as_of
        self._facts, self._held = facts, held

    def finding(self, rule: Rule) -> Finding:
        """Say what `rule` found in this case."""
        return Finding(
            rule=rule.id,
            title=rule.title,
            effect=rule.effect.kind,
            holds_at=rule.effect.target if rule.effect.kind == "concern" else "",
            message=fill(rule.message, self._consultation, self._facts, self._case.words),
            fix=fill(rule.fix, self._consultation, self._facts, self._case.words),
            spans=self._spans(rule),
            citations=self._references.citations(rule),
            disputes=self._references.disputes(rule),
            strength=rule.strength,
            could_be_lifted_by=tuple(self._lifts(rule)),
            words=tuple(self._words(rule)),
            by=self._by(rule),
        )

    def _words(self, rule: Rule) -> Iterator[str]:
        """The sentences to start from; those that quote what nobody told are left out."""
        for line in rule.words:
            named = {name for name in placeholders_in(line) if not name.startswith("$")}
            if all(name in self._case.words or name in self._facts for name in named):
                yield fill(line, self._consultation, self._facts, self._case.words)

    def _by(self, rule: Rule) -> str:
        days = self._consultation.settings[rule.within].value if rule.within else None
        if not isinstance(days, int) or self._as_of is None:
            return ""
        return (self._as_of + timedelta(days=min(days, (date.max - self._as_of).days))).isoformat()

    def excused(self, rule: Rule, standing: tuple[int, ...]) -> Excused:
        """Say which exceptions block `rule`, whose condition is true."""
        return Excused(
            finding=self.finding(rule),
            because=tuple(in_words(rule.unless[place], self._consultation) for place in standing),
        )

    def _lifts(self, rule: Rule) -> Iterator[Lift]:
        for exception in rule.unless:
            if evaluate(exception, self._facts) is None:
                unknown = sorted(fact for fact in facts_of(exception) if fact not in self._facts)
                yield Lift(says=in_words(exception, self._consultation), open_facts=tuple(unknown))

    def _spans(self, rule: Rule) -> tuple[Span, ...]:
        """The words of the note behind the facts that made the rule hold, conclusions followed down."""
        if not self._case.spans:
            return ()
        spans: set[Span] = set()
        seen: set[str] = set()
        pending = [*self._true_facts(rule), *rule.shows]
        while pending:
            fact = pending.pop()
            if fact in seen:
                continue
            seen.add(fact)
            spans.update(self._case.spans.get(fact, ()))
            # That some reason stands is shown by no words in particular.
            if self._facts.get(fact) is True and fact != GROUND_FACT:
                for maker in self._references.makers(fact):
                    if maker.id in self._held:
                        pending.extend(self._true_facts(maker))
        return without_overlap(spans)

    def _true_facts(self, rule: Rule) -> list[str]:
        return [test.fact for test in tests(rule.when) if evaluate_test(test, self._facts) is True]


def cite(passage_id: str, library: Library) -> Citation:
    """The citation of one passage."""
    passage = library.passages[passage_id]
    source = library.sources[passage.source]
    return Citation(
        passage=passage.id,
        source=source.id,
        source_title=source.title,
        source_file=source.file,
        heading=passage.heading,
        point=passage.point,
    )


def dispute(reading_id: str, library: Library) -> Dispute:
    """Both sides of a disputed place, and how it is read."""
    reading = library.readings[reading_id]
    return Dispute(
        id=reading.id,
        title=reading.title,
        sides=tuple(
            DisputedSide(citation=cite(side.passage, library), says=side.says) for side in reading.sides
        ),
        reading=reading.reading,
        why=reading.why,
    )


def without_overlap(spans: set[Span]) -> tuple[Span, ...]:
    """Spans in the order of the note; those that overlap are made one."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda each: (each.start, -each.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
        elif span.end > kept[-1].end:
            before = kept[-1]
            kept[-1] = Span(before.start, span.end, before.text + span.text[before.end - span.start :])
    return tuple(kept)
