"""Cases that were there before, from files: prospect files, files of cases, and lines of JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
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
from advisor.workbench.rule_diff import CorpusCase

_SITUATION = "situation"
Bases = tuple[KnowledgeBase, KnowledgeBase]
"""The old rules and the new ones."""


def cases_in(path: Path, bases: Bases, consultation: str) -> list[CorpusCase]:
    """The cases in one file; a prospect file is one case.

    Raises:
        InputError: where the file cannot be read or parsed.
        RuleError: where a file of cases is wrong by the rules of either side.
    """
    text = read_text(path)
    if path.suffix == ".jsonl":
        return list(_lines(text, str(path)))
    document = parse(text, str(path))
    if path.name.lower().endswith(CASES):
        return list(_cases(text, document, bases, consultation))
    return [_case(str(path), document)]


def _lines(text: str, file: str) -> Iterator[CorpusCase]:
    complaints: list[Complaint] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        name = f"{file}:{number}"
        try:
            yield _case(name, parse(line, f"{name}.json"))
        except InputError as error:
            fault = error.complaints[0]
            complaints.append(Complaint(file, number, fault.column, fault.code, fault.message, fault.hint))
    if complaints:
        raise InputError(complaints)


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
