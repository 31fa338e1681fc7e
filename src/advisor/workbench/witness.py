"""From facts to a file that anybody can read and ask about: a witness that such a case can be.

A file is put together, read as every file is, and only what that reading gives is claimed. Where a verdict is
wanted rather than exact facts, the caller says what will do, and the file is made as small as that allows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from itertools import product
from typing import Any

from advisor.catalog.situations import read_told
from advisor.catalog.text import Document, parse
from advisor.catalog.told_text import as_yaml
from advisor.errors import InputError
from advisor.model.case import Case
from advisor.model.knowledge_base import KnowledgeBase
from advisor.model.rule import Consultation
from advisor.model.subject import PROSPECT as A_PROSPECT
from advisor.model.subject import SUBJECTS, Told
from advisor.model.vocabulary import FactValue
from advisor.workbench.note_search import PRESENT, NoteSearch
from advisor.workbench.pieces import COVERED, Pieces
from advisor.workbench.shrinking import shrunk
from advisor.workbench.telling import COMPANY, PROSPECT, Data, dress, nothing, told

Read = Callable[[Told, date], Case]
"""The facts of what was told on a day, as `wiring.Advisor.read` gives them."""
Accept = Callable[[Case], bool]
"""Whether a case shows what is wanted of it."""
FILE = "witness.yaml"
_FIRST_LANGUAGE = "en"
"""The language of notes, where its lexicon is there; else the first that is read."""
_NOTES = ("draft", "note")
"""Where the note of an invitation stands, sent or received."""
_SPLITS = (1, 0, 1_000_000)
"""Requests of a sum that are planned: one, none, all."""


@dataclass(frozen=True, slots=True)
class Witness:
    """A file about the subject of a consultation, and what it is good for."""

    text: str
    """The file, as YAML."""
    situation: Told
    """What the file tells."""
    facts: Mapping[str, FactValue]
    """The facts that the file gives when it is read."""
    missing: Mapping[str, FactValue]
    """Facts that were wanted and could not be brought about."""
    dropped: Mapping[str, FactValue]
    """Facts that were wanted and left out again, since what is accepted does not need them."""
    extra: Mapping[str, FactValue]
    """Facts that came along: the file gives them, and nobody wanted them."""
    accepted: bool
    """Whether the file shows what was wanted: all facts or, where the caller says what will do, that."""


class WitnessWriter:
    """Writes files about the subject of one consultation; made once, used for many sets of facts."""

    def __init__(self, base: KnowledgeBase, consultation: Consultation, read: Read) -> None:
        self._base, self._consultation, self._read = base, consultation, read
        self._subject = consultation.subject
        self._order = tuple(each.name for each in fields(SUBJECTS[self._subject].model))
        self._note_at = next((key for key in _NOTES if key in self._order), "")

    def write(
        self,
        facts: Mapping[str, FactValue],
        as_of: date,
        accept: Accept | None = None,
        start: Data | None = None,
    ) -> Witness:
        """The file that tells `facts` on the day `as_of`; with `accept`, the least that `accept` lets pass.

        `start` is the data of a file that tells most of it already. Facts that rules conclude cannot be told;
        they are missing.
        """
        best: Data = {**nothing(self._subject), "as_of": as_of}
        nearest: tuple[bool, int, int] | None = None
        for data in self._attempts(facts, as_of, (0, 1, -1) if accept else (0,), start or {}):
            case = self._case(data)
            if case is None:
                continue
            lacking = sum(not _same(case.facts, name, value) for name, value in facts.items())
            fits = accept(case) if accept else not lacking
            rank = (not fits, lacking, len(case.facts.keys() - facts.keys()))
            if nearest is None or rank < nearest:
                best, nearest = data, rank
            if fits:
                break
        return self._finished(best, facts, accept)

    def smaller(self, data: Mapping[str, Any], as_of: date, accept: Accept) -> Witness:
        """The file with the plain data `data`, which `accept` lets pass, made as small as it allows."""
        whole = {**data, "as_of": data.get("as_of", as_of)}
        return self._finished(whole, {}, accept)

    def _finished(self, data: Data, wanted: Mapping[str, FactValue], accept: Accept | None) -> Witness:
        case = self._case(data)
        reached = case.facts if case else {}
        missing = {name: value for name, value in wanted.items() if not _same(reached, name, value)}
        fits = case is not None and (accept(case) if accept else not missing)
        if accept and fits:
            data = shrunk(data, lambda each: (tried := self._case(each)) is not None and accept(tried))
        text = as_yaml({name: data[name] for name in self._order if name in data})
        situation: Told = read_told(self._subject, parse(text, FILE), self._consultation.vocabulary)
        facts = dict(self._read(situation, self._day(data)).facts)
        gone = {name: value for name, value in wanted.items() if not _same(facts, name, value)}
        return Witness(
            text=text,
            situation=situation,
            facts=facts,
            missing={name: value for name, value in gone.items() if name in missing},
            dropped={name: value for name, value in gone.items() if name not in missing},
            extra={name: value for name, value in facts.items() if name not in wanted},
            accepted=fits,
        )

    def _attempts(
        self, facts: Mapping[str, FactValue], as_of: date, leans: tuple[int, ...], start: Data
    ) -> Iterator[Data]:
        """Files that may tell `facts`: what is open is filled in one way or another."""
        vocabulary = self._consultation.vocabulary
        drafted = {spec.name for spec in vocabulary.given if spec.origin == "draft"}
        wanted = {name: value for name, value in facts.items() if name in drafted}
        outside = {name: value for name, value in facts.items() if name not in drafted}
        seen: list[tuple[int, Data]] = []
        for lean, split in product(leans, _SPLITS):
            data = self._told(outside, as_of, split)
            data = _over(start, data)
            if (lean, data) in seen:
                continue
            seen.append((lean, data))
            if lean and not wanted:
                return
            if wanted and not start and self._subject == A_PROSPECT:
                dress(data, wanted)
            if self._case(data) is None:
                data = self._sound(outside, as_of, split)
            if wanted and self._note_at:
                data = {**data, self._note_at: self._note(wanted, data, lean)}
            yield data

    def _told(self, facts: Mapping[str, FactValue], as_of: date, split: int) -> Data:
        vocabulary, lexicons = self._consultation.vocabulary, self._base.lexicons
        return told(facts, as_of, vocabulary, lexicons, planned=split, subject=self._subject)

    def _sound(self, facts: Mapping[str, FactValue], as_of: date, split: int) -> Data:
        """A file that tells as many of `facts` as do not contradict one another, in their order."""
        kept: dict[str, FactValue] = {}
        data: Data = {**nothing(self._subject), "as_of": as_of}
        for name in facts:
            tried = self._told({**kept, name: facts[name]}, as_of, split)
            if self._case(tried) is not None:
                kept[name], data = facts[name], tried
        return data

    def _note(self, wanted: Mapping[str, FactValue], data: Data, lean: int) -> str:
        if wanted.get(COVERED) is False:
            # Of a note that cannot be read, nothing is known that its words would show.
            wanted = {name: value for name, value in wanted.items() if not isinstance(value, bool)} | {
                name: wanted[name] for name in (PRESENT, COVERED) if name in wanted
            }
        at = self._note_at
        start = str(data.get(at, ""))
        return self._search.find(wanted, lambda text: self._facts({**data, at: text}), lean, start)

    @cached_property
    def _search(self) -> NoteSearch:
        plain: Data = {**nothing(self._subject), "as_of": date(2000, 1, 1)}
        if self._subject == A_PROSPECT:
            plain["prospect"] = {"name": PROSPECT, "company": COMPANY}
        covered = {code: each for code, each in sorted(self._base.lexicons.items()) if each.covered}
        lexicon = covered.get(_FIRST_LANGUAGE) or next(iter(covered.values()))
        at = self._note_at
        return NoteSearch(Pieces(lexicon, lambda text: self._facts({**plain, at: text})))

    def _facts(self, data: Data) -> Mapping[str, FactValue]:
        case = self._case(data)
        return case.facts if case else {}

    def _case(self, data: Data) -> Case | None:
        """What the file with `data` gives; None where it contradicts itself or is none."""
        try:
            document = Document(FILE, data)
            situation: Told = read_told(self._subject, document, self._consultation.vocabulary)
        except InputError:
            return None
        return self._read(situation, self._day(data))

    @staticmethod
    def _day(data: Data) -> date:
        day = data["as_of"]
        return day if isinstance(day, date) else date.fromisoformat(day)


def _over(below: Data, above: Data) -> Data:
    """`below` with what `above` tells in its places; the name stays."""
    both = dict(below)
    for name, value in above.items():
        inner = both.get(name)
        if name == "prospect" and inner is not None:
            continue
        both[name] = _over(inner, value) if isinstance(inner, dict) and isinstance(value, dict) else value
    return both


def _same(facts: Mapping[str, FactValue], name: str, value: FactValue) -> bool:
    return name in facts and facts[name] == value and type(facts[name]) is type(value)
