"""Cases that were there before, from files: such as people fill in, files of cases, and lines of JSON.

A receipt says which consultation it is of, and a file of cases lies in the folder of one. Any other file is
put to every consultation that its keys fit, such as one that tells nothing but how somebody has been sending.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import MISSING, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from advisor.catalog.encoding import read_text
from advisor.catalog.files import CASES
from advisor.catalog.scenarios import read_scenarios
from advisor.catalog.text import Document, parse
from advisor.errors import Complaint, InputError, RuleError
from advisor.model.knowledge_base import KnowledgeBase
from advisor.model.scenario import Scenario
from advisor.model.subject import SUBJECTS
from advisor.workbench.rule_diff import CorpusCase

_SITUATION, _CONSULTATION = "situation", "consultation"
Bases = tuple[KnowledgeBase, KnowledgeBase]
"""The old rules and the new ones."""


def cases_in(path: Path, bases: Bases, names: Sequence[str]) -> list[tuple[str, CorpusCase]]:
    """The cases in one file, each with the consultation that it is put to, one of `names`.

    Raises:
        InputError: where the file cannot be read or parsed.
        RuleError: where a file of cases is wrong by the rules of either side.
    """
    text = read_text(path)
    if path.suffix == ".jsonl":
        return list(_lines(text, str(path), bases, names))
    document = parse(text, str(path))
    if path.name.lower().endswith(CASES):
        inside = [name for name in path.resolve().parts if name in names]
        consultation = inside[-1] if inside else names[0]
        return [(consultation, each) for each in _cases(text, document, bases, consultation)]
    return list(_put_to(str(path), document, bases, names))


def _lines(text: str, file: str, bases: Bases, names: Sequence[str]) -> Iterator[tuple[str, CorpusCase]]:
    complaints: list[Complaint] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        name = f"{file}:{number}"
        try:
            yield from _put_to(name, parse(line, f"{name}.json"), bases, names)
        except InputError as error:
            fault = error.complaints[0]
            complaints.append(Complaint(file, number, fault.column, fault.code, fault.message, fault.hint))
    if complaints:
        raise InputError(complaints)


def _put_to(
    name: str, document: Document, bases: Bases, names: Sequence[str]
) -> Iterator[tuple[str, CorpusCase]]:
    """The case in a document, for each consultation that it is put to; for the first where none fits."""
    case = _case(name, document)
    data = document.data if isinstance(document.data, dict) else {}
    said = data.get(_CONSULTATION)
    if isinstance(said, str) and said in names:
        yield said, case
        return
    told = case.document.data if case.document is not None else None
    keys = set(told) if isinstance(told, dict) else set()
    fitting = [each for each in names if _fits(keys, bases[1].consultation(each).subject)]
    for each in fitting or names[:1]:
        yield each, case


def _fits(keys: set[str], subject: str) -> bool:
    """Whether a file with these keys at its top may be about `subject`."""
    parts = fields(SUBJECTS[subject].model)
    needed = {each.name for each in parts if each.default is MISSING and each.default_factory is MISSING}
    return bool(keys) and needed <= keys <= {each.name for each in parts}


def _case(name: str, document: Document) -> CorpusCase:
    """One case: a situation by itself, or under the key `situation` as receipts have it."""
    if isinstance(document.data, dict) and isinstance(document.data.get(_SITUATION), dict):
        return CorpusCase(name, document.part(_SITUATION), as_of=_day(document.data))
    return CorpusCase(name, document)


def _cases(text: str, document: Document, bases: Bases, consultation: str) -> Iterator[CorpusCase]:
    """The cases of a file as `advisor rules test` reads them, each on its own day or on that of all cases."""
    cases = document.part("cases")
    for place, scenario in enumerate(_scenarios(text, document.file, bases, consultation)):
        name = f"{document.file}: {scenario.name}"
        told = cases.part(place).part(_SITUATION) if scenario.situation is not None else None
        yield CorpusCase(name, told, scenario.given, scenario.as_of)


def _scenarios(text: str, file: str, bases: Bases, consultation: str) -> tuple[Scenario, ...]:
    """The cases read by the names of the old rules, else by those of the new ones, else by those of both."""
    for base in bases:
        try:
            return read_scenarios(text, file, base, consultation)
        except RuleError:
            continue
    old, new = (base.consultation(consultation) for base in bases)
    rules = (*new.rules, *(rule for rule in old.rules if new.rule(rule.id) is None))
    vocabulary = replace(new.vocabulary, facts={**old.vocabulary.facts, **new.vocabulary.facts})
    names = {level.name for level in new.verdicts}
    verdicts = (*new.verdicts, *(level for level in old.verdicts if level.name not in names))
    both = replace(new, rules=rules, vocabulary=vocabulary, verdicts=verdicts)
    return read_scenarios(text, file, replace(bases[1], consultations={consultation: both}), consultation)


def _day(data: dict[str, Any]) -> date | None:
    try:
        return date.fromisoformat(str(data.get("as_of")))
    except ValueError:
        return None
