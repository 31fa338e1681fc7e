"""Cases that were there before, from files: prospect files, files of cases, and lines of JSON."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from advisor.catalog.files import CASES
from advisor.catalog.text import Document, decode, parse, read_bytes
from advisor.errors import Complaint, InputError
from advisor.model.vocabulary import FactValue
from advisor.workbench.rule_diff import CorpusCase

_SITUATION = "situation"


def cases_in(path: Path) -> list[CorpusCase]:
    """The cases in one file; a prospect file is one case.

    Raises:
        InputError: where the file cannot be read or parsed, or holds no case.
    """
    text = decode(read_bytes(path, str(path)), str(path))
    if path.suffix == ".jsonl":
        return list(_lines(text, str(path)))
    document = parse(text, str(path))
    if path.name.lower().endswith(CASES):
        return list(_cases(document))
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


def _cases(document: Document) -> Iterator[CorpusCase]:
    whole: Any = document.data
    cases = document.part("cases")
    listed = whole.get("cases") if isinstance(whole, dict) else None
    if not isinstance(listed, list):
        message, hint = "a file of cases has the list `cases`", "`advisor rules test` checks such files"
        raise InputError([Complaint(document.file, 0, 0, "missing-key", message, hint)])
    for place, data in enumerate(listed):
        if not isinstance(data, dict):
            continue
        name = f"{document.file}: {data.get('name', place + 1)}"
        inner = Document(document.file, data, cases._top.parts.get(place, cases._top))
        if isinstance(data.get(_SITUATION), dict):
            yield CorpusCase(name, inner.part(_SITUATION), as_of=_day(data))
        elif isinstance(data.get("given"), dict):
            yield CorpusCase(name, given=_given(data["given"]), as_of=_day(data))


def _given(raw: dict[str, Any]) -> dict[str, FactValue]:
    return {name: frozenset(value) if isinstance(value, list) else value for name, value in raw.items()}


def _day(data: dict[str, Any]) -> date | None:
    try:
        return date.fromisoformat(str(data.get("as_of")))
    except ValueError:
        return None
