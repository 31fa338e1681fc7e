"""Cases to text, as `*.cases.yaml` holds them: one case a block, facts on one line where they fit."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date

from advisor.model.scenario import Expected
from advisor.model.vocabulary import FactValue

_PLAIN = re.compile(r"[a-z][a-z0-9-]*( [a-z0-9-]+)*")
_NOT_PLAIN = {"true", "false", "yes", "no", "null"}
"""Words that would be read as something else."""
_WIDTH = 118
_FURTHER = 6
"""Columns before what goes on in the next line of a file, as `rules fmt` wants them."""


def case_lines(
    name: str, given: Mapping[str, FactValue], expected: Expected, as_of: date | None = None
) -> list[str]:
    r"""The lines of one case that is given as facts, as an item of the list `cases`.

    >>> print(*case_lines("five", {"guest.visits": 5}, Expected("pause", holds=("too-often",))), sep="\n")
    - name: five
      given: {guest.visits: 5}
      expect: {verdict: pause, holds: [too-often]}
    """
    wanted = [
        *([f"verdict: {expected.verdict}"] if expected.verdict else []),
        *([f"holds: [{', '.join(expected.holds)}]"] if expected.holds else []),
        *([f"does_not_hold: [{', '.join(expected.does_not_hold)}]"] if expected.does_not_hold else []),
    ]
    facts = [f"{_word(fact)}: {_value(value)}" for fact, value in sorted(given.items())]
    day = f"  as_of: {as_of}\n" if as_of else ""
    return (
        f"- name: {_word(name)}\n{day}"
        f"  given: {_braced(facts, 11)}\n"
        f"  expect: {_braced(wanted, 12)}"
    ).split("\n")  # fmt: skip


def cases_text(items: Iterable[list[str]]) -> str:
    """The list `cases` of a file, from the lines of each case."""
    return "cases:\n" + "\n".join("".join(f"  {line}\n" for line in lines) for lines in items)


def _braced(parts: list[str], indent: int) -> str:
    """`{a, b}`, broken where a line would be too long."""
    lines: list[str] = []
    line = ""
    for part in parts:
        added = f"{line}, {part}" if line else part
        if line and (_FURTHER if lines else indent) + len(added) + 2 > _WIDTH:
            lines.append(line + ",")
            added = part
        line = added
    return "{" + ("\n" + " " * (_FURTHER - 2)).join([*lines, line]) + "}"


def _value(value: FactValue) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case str():
            return _word(value)
        case _:
            return f"[{', '.join(_word(each) for each in sorted(value))}]"


def _word(text: str) -> str:
    dotted = re.fullmatch(r"[a-z][a-z0-9_.]*", text)
    if (dotted or _PLAIN.fullmatch(text)) and text not in _NOT_PLAIN:
        return text
    return json.dumps(text, ensure_ascii=False)
