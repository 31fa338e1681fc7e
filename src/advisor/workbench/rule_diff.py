"""What becomes of verdicts where one set of rules takes the place of another, and which edit does it.

Cases that are there already are decided with both. Besides, cases are made up around what was changed: facts
on which the two come apart, written down as files that are read and decided again before they are shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from itertools import chain
from typing import Any, Protocol

from advisor.catalog.situations import read_told
from advisor.catalog.text import Document, parse
from advisor.errors import InputError
from advisor.model.case import Case
from advisor.model.difference import CorpusDifference, Flip, RulesDifference, Turn
from advisor.model.knowledge_base import KnowledgeBase
from advisor.model.rule import Consultation
from advisor.model.subject import PROSPECT, Told
from advisor.model.vocabulary import FactValue
from advisor.verdict.wording import plain
from advisor.workbench.causes import Causes
from advisor.workbench.dated_edits import DatedEdits
from advisor.workbench.made_up import MadeUp, made_up
from advisor.workbench.rule_changes import changes, shared_changes
from advisor.workbench.rule_edits import RuleEdits
from advisor.workbench.witness import FILE, Witness, WitnessWriter


class Advises(Protocol):
    """What is needed of an advisor; see `advisor.wiring.Advisor`."""

    def read(self, situation: Told, as_of: date | None = None) -> Case:
        """The facts of a situation on a day."""
        ...

    def infer(self, case: Case, as_of: date | None = None) -> Any:
        """What follows from them."""
        ...


@dataclass(frozen=True)
class Side:
    """One of the two sets of rules."""

    name: str
    """How it was named."""
    base: KnowledgeBase
    advisor: Advises
    consultation: Consultation
    """The consultation that is compared, as it is on the day of comparing."""

    def held(self, case: Case, day: date) -> frozenset[str]:
        """Ids of the rules that hold on `day`."""
        held: frozenset[str] = self.advisor.infer(case, day).held
        return held

    def verdict(self, held: Iterable[str]) -> str:
        """The verdict where these rules hold."""
        return self.base.consultation(self.consultation.id).verdict_where(frozenset(held))


@dataclass(frozen=True)
class CorpusCase:
    """One case that was there before: told as in a file about the subject, or as bare facts."""

    name: str
    document: Document | None = None
    given: Mapping[str, FactValue] = field(default_factory=dict)
    as_of: date | None = None
    """The day on which it is asked, where it does not say so itself."""


@dataclass(frozen=True, slots=True)
class TwoReadings(Case):
    """A case as the old rules read it, with the same as the new rules read it."""

    after: Case = field(default_factory=lambda: Case({}))


class RuleDiff:
    """Compares two sets of rules in one consultation."""

    def __init__(self, old: Side, new: Side, day: date) -> None:
        self.old, self.new, self._day = old, new, day
        self.edits = RuleEdits(old.base, new.base, old.consultation, new.consultation)
        self.causes = Causes(self.edits)
        self._dated = DatedEdits(self.edits, day)
        self._causes_on = lru_cache(maxsize=None)(self._causes_of)

    def compare(self, corpus: Sequence[CorpusCase], *, search: bool, shared: bool = True) -> RulesDifference:
        """The whole difference; `search` asks for cases that are made up.

        With `shared`, what is written for all consultations counts as a part of it: the library and the words
        by which notes are read.
        """
        decides = bool(self.edits.all)
        found = self._search(corpus) if search and decides else ((), True)
        return RulesDifference(
            consultation=self.old.consultation.id,
            old=self.old.name,
            new=self.new.name,
            as_of=self._day.isoformat(),
            turns=tuple(turn.isoformat() for turn in self._dated.turns),
            changes=(
                *changes(self._dated),
                *(shared_changes(self.old.base, self.new.base) if shared else ()),
            ),
            edits=self.edits.all,
            corpus=self._corpus(corpus) if corpus else None,
            flips=found[0],
            searched=search,
            exhaustive=found[1],
        )

    # ------------------------------------------------------------------------------------------ the corpus

    def _corpus(self, corpus: Sequence[CorpusCase]) -> CorpusDifference:
        verdicts: dict[str, Counter[str]] = {}
        flips: list[Flip] = []
        turned: dict[tuple[str, bool], list[str]] = {}
        unread: list[str] = []
        decided = 0
        for case in corpus:
            read = self._readings(case)
            if isinstance(read, str):
                unread.append(f"{case.name}: {read}")
                continue
            situation, day, before, after = read
            held = self.old.held(before, day), self.new.held(after, day)
            one, other = self.old.verdict(held[0]), self.new.verdict(held[1])
            verdicts.setdefault(one, Counter())[other] += 1
            decided += 1
            if one != other:
                causes = self._causes_on(day).of(situation, before, day, other)
                turns = self._turned(*held)
                flips.append(
                    Flip(name=case.name, before=one, after=other, causes=causes, turned=turns, facts={})
                )
            else:
                for sign in self._turned(*held):
                    turned.setdefault((sign[1:], sign[0] == "+"), []).append(case.name)
        return CorpusDifference(
            cases=decided,
            verdicts={one: dict(sorted(others.items())) for one, others in sorted(verdicts.items())},
            flips=tuple(flips),
            turns=tuple(
                Turn(rule=rule, holds=holds, cases=tuple(names))
                for (rule, holds), names in sorted(turned.items())
            ),
            unread=tuple(unread),
        )

    def _readings(self, case: CorpusCase) -> tuple[Told | None, date, Case, Case] | str:
        if case.document is None:
            day = case.as_of or self._day
            return None, day, Case(case.given), Case(case.given)
        try:
            one, other = (
                read_told(
                    side.consultation.subject,
                    case.document,
                    side.consultation.vocabulary,
                    as_of=case.as_of,
                    today=self._day,
                )
                for side in (self.old, self.new)
            )
        except InputError as error:
            return str(error.complaints[0])
        day = one.as_of or self._day
        return one, day, self.old.advisor.read(one, day), self.new.advisor.read(other, day)

    def _turned(self, before: frozenset[str], after: frozenset[str]) -> tuple[str, ...]:
        """Rules that people read and that hold on one side only."""
        found = []
        for sign, names, side in (("-", before - after, self.old), ("+", after - before, self.new)):
            rules = (side.base.consultation(side.consultation.id).rule(name) for name in sorted(names))
            found += [sign + rule.id for rule in rules if rule and rule.effect.kind != "conclude"]
        return tuple(found)

    def _causes_of(self, day: date) -> Causes:
        """What finds the causes of a case that is asked on `day`, on which other edits may count."""
        edits = self._dated.on(day)
        return self.causes if edits is self.edits else Causes(edits)

    # ------------------------------------------------------------------------------------------- the search

    def _search(self, corpus: Sequence[CorpusCase]) -> tuple[tuple[Flip, ...], bool]:
        seeds = [read for case in corpus if not isinstance(read := self._readings(case), str)]
        search = made_up(self.edits, [(before.facts, situation) for situation, _, before, _ in seeds])
        flips: dict[tuple[tuple[str, ...], str, str], Flip] = {}
        for made in chain(search.found, self._notes(search.notes)):
            key = (made.causes, made.before, made.after)
            if key in flips and flips[key].witness:
                continue
            flip = self._flip(made)
            if flip is not None and (key not in flips or flip.witness):
                flips[key] = flip
        return tuple(flips.values()), search.exhaustive

    def _flip(self, made: MadeUp) -> Flip | None:
        """A flip with its file; without one where none could be made."""

        def accept(case: Case) -> bool:
            if not isinstance(case, TwoReadings):
                return False
            one = self.old.verdict(self.old.held(case, self._day))
            other = self.new.verdict(self.new.held(case.after, self._day))
            return (one, other) == (made.before, made.after)

        if made.data is not None:
            witness = self._writer.smaller(made.data, self._day, accept)
        else:
            witness = self._writer.write(made.facts, self._day, accept, made.start)
        verified = self._verified(witness, made) if witness.accepted else None
        if verified is None and made.data is not None:
            return None
        causes = made.causes or self.causes.of(None, Case(made.facts), self._day, made.after)
        if verified and not made.causes:
            causes = self.causes.of(witness.situation, Case(witness.facts), self._day, made.after)
        return Flip(
            name=", ".join(made.focus) or "made up", before=made.before, after=made.after, causes=causes,
            turned=verified or (), facts={name: plain(value) for name, value in sorted(made.facts.items())},
            region=made.region, witness=witness.text if verified is not None else "",
        )  # fmt: skip

    def _verified(self, witness: Witness, made: MadeUp) -> tuple[str, ...] | None:
        """Rules that turn in the file, read as any file is by either side; None where it does not flip."""
        held = []
        for side, wanted in ((self.old, made.before), (self.new, made.after)):
            try:
                asked = side.consultation
                situation = read_told(asked.subject, parse(witness.text, FILE), asked.vocabulary)
            except InputError:
                return None
            held.append(side.held(side.advisor.read(situation, self._day), self._day))
            if side.verdict(held[-1]) != wanted:
                return None
        return self._turned(held[0], held[1])

    def _notes(self, notes: Iterable[tuple[str, str]]) -> Iterator[MadeUp]:
        """Flips in which a note is read otherwise: `notes` are edits, each with a note that may show it."""
        from advisor.workbench.note_flips import note_flips

        if self.old.consultation.subject != PROSPECT:  # others have no drafts to be written otherwise
            return
        chosen = frozenset(self.edits.all)
        yield from note_flips(
            self.edits, self.causes.reader(frozenset()), self.causes.reader(chosen), notes, self._day
        )

    @cached_property
    def _writer(self) -> WitnessWriter:
        def read(situation: Told, day: date) -> Case:
            before = self.old.advisor.read(situation, day)
            after = self.new.advisor.read(situation, day) if self.edits.reads_otherwise else before
            return TwoReadings(before.facts, before.spans, before.words, before.language, after)

        return WitnessWriter(self.old.base, self.old.consultation, read)
