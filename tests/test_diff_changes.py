"""What a comparison of rules says of every edit: nothing that is written otherwise may be passed over."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

import small_knowledge
from advisor.catalog.load import load
from advisor.catalog.text import parse
from advisor.errors import RuleError
from advisor.model.difference import RulesDifference
from advisor.model.knowledge_base import KnowledgeBase
from advisor.report import rules_diff
from advisor.report.layout import Page
from advisor.wiring import Advisor
from advisor.workbench.dated_edits import on_day
from advisor.workbench.rule_diff import RuleDiff, Side

DAY = date(2026, 11, 20)
SAME = "The two say the same."
RULES, FACTS, SETTINGS, SCALE = (
    f"rules/demo/{name}.yaml" for name in ("visits", "facts", "settings", "consultation")
)
Steps = tuple[str | int, ...]
"""Where a value stands in a file."""


# ---------------------------------------------------------------------------------- every key that is written


@lru_cache(maxsize=1)
def written() -> Mapping[str, Any]:
    """The content of each file of the small knowledge base."""
    return {name: parse(text, name).data for name, text in small_knowledge.FILES.items()}


def places(value: object, steps: Steps = ()) -> Iterator[Steps]:
    """Where every single value stands in some content."""
    inner: Any = ()
    if isinstance(value, dict):
        inner = value.items()
    elif isinstance(value, list):
        inner = enumerate(value)
    else:
        yield steps
    for key, each in inner:
        yield from places(each, (*steps, key))


def keys() -> dict[tuple[str, str], list[Steps]]:
    """All places of values by file and key; those in lists and under chosen names together."""
    found: dict[tuple[str, str], list[Steps]] = {}
    for file, content in written().items():
        for steps in places(content):
            named = [step for step in steps if isinstance(step, str)]
            found.setdefault((file, "/".join(named[:1] + named[-2:])), []).append(steps)
    return found


def others(value: object, file: str) -> list[object]:
    """Values that could stand there instead."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value + 1, value - 1]
    kin = {
        "friend": "trader",
        "told": "computed",
        "leave": "pause",
        "draft": "time",
        "note.sells": "door.open",
    }
    return [f"{value} too", f"{value}-too", "2027-06-01", kin.get(str(value), "article")]


def with_value(content: Any, steps: Steps, value: object) -> Any:
    """A copy of some content with another value in one place."""
    if not steps:
        return value
    copy = content.copy()
    copy[steps[0]] = with_value(content[steps[0]], steps[1:], value)
    return copy


def loaded(contents: Mapping[str, Any], folder: Path) -> KnowledgeBase:
    """The knowledge base of some contents, written so that everything stands on the first line."""
    texts = {name: json.dumps(content, ensure_ascii=False) for name, content in contents.items()}
    base = load(*small_knowledge.write(folder, texts))
    return replace(base, sha256="", origin="")


def compared(one: KnowledgeBase, other: KnowledgeBase, day: date = DAY) -> RulesDifference:
    """The difference, without a search."""
    sides = (
        Side(name, base, Advisor(base, "reference", "demo"), on_day(base.consultation("demo"), day))
        for name, base in (("old", one), ("new", other))
    )
    return RuleDiff(*sides, day).compare([], search=False)


def shown(found: RulesDifference) -> str:
    """The difference as it is read."""
    return rules_diff.text(found, Page(width=200))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The one folder that all are written to, so that rules of two bases name the same files."""
    return tmp_path_factory.mktemp("small")


@pytest.fixture(scope="module")
def before(folder: Path) -> KnowledgeBase:
    """The small knowledge base as it is."""
    return loaded(written(), folder)


@pytest.mark.parametrize(("file", "key"), keys(), ids=lambda each: each)
def test_no_value_changes_in_silence(file: str, key: str, before: KnowledgeBase, folder: Path) -> None:
    """Whatever value is another one, the difference says so, with something in words that differs."""
    for steps, value in candidates(file, keys()[file, key]):
        contents = {**written(), file: with_value(written()[file], steps, value)}
        try:
            after = loaded(contents, folder)
        except RuleError:
            continue
        if after != before:
            check(before, after)
            return
    pytest.skip("no other value makes good rules there; see EDITS")


def candidates(file: str, where: list[Steps]) -> Iterator[tuple[Steps, object]]:
    """Places and other values for them."""
    for steps in where[:3]:
        here: Any = written()[file]
        for step in steps:
            here = here[step]
        for value in others(here, file)[:5]:
            yield steps, value


def check(before: KnowledgeBase, after: KnowledgeBase) -> RulesDifference:
    """The difference, which says what is otherwise, in words that differ and in no programmer's notation."""
    found = compared(before, after)
    text = shown(found)
    assert SAME not in text
    assert found.changes
    assert all(change.how != "changed" or change.parts for change in found.changes)
    said = [part for change in found.changes for part in change.parts]
    assert not said or any(part.before != part.after for part in said)
    assert not any(sign in text for sign in ("(name=", "frozenset", "datetime", "None", "=("))
    return found


EDITS = {
    "a concern from next year on": (
        RULES,
        "    fix: Wait",
        "    effective: {from: 2027-06-01}\n    fix: Wait",
    ),
    "a rule that has ended": (RULES, "    fix: Wait", "    effective: {until: 2026-01-01}\n    fix: Wait"),
    "a rule to be looked at": (RULES, "    fix: Wait", "    review_by: 2027-06-01\n    fix: Wait"),
    "a draft": (RULES, "    fix: Wait", "    status: draft\n    fix: Wait"),
    "another operator": (RULES, "{fact: guest.kind, eq: trader}", "{fact: guest.kind, ne: friend}"),
    "a setting that changes": (SETTINGS, "value: 4", "value: 4\n    changes: [{from: 2027-06-01, value: 4}]"),
    "a question": (SCALE, "May I knock?", "May I ring?"),
    "when it is asked": (FACTS, "{fact: guest.kind, known: true}", "{fact: guest.kind, known: false}"),
    "what cannot be": (FACTS, "{fact: guest.calls, lt: 5}", "{fact: guest.calls, lt: 4}"),
    "facts in another order": (
        FACTS,
        "  welcome: {type: yes-no, from: concluded, means: The guest is welcome}\n"
        "  frequent: {type: yes-no, from: concluded, means: The guest comes often}\n",
        "  frequent: {type: yes-no, from: concluded, means: The guest comes often}\n"
        "  welcome: {type: yes-no, from: concluded, means: The guest is welcome}\n",
    ),
    "a list of words": ("knowledge/lexicon/en.yaml", "brush*, ", "brush*, broom, "),
    "an article's file": ("knowledge/sources.yaml", "file: manners.txt", "file: manner.txt"),
    "a closed list": (FACTS, "also: [little]", "also: [tiny]"),
}
"""Edits of keys that the small knowledge base does not have, or that take more than another value."""


def small(folder: Path, files: Mapping[str, str] = small_knowledge.FILES) -> KnowledgeBase:
    """The small knowledge base from files as people write them."""
    return load(*small_knowledge.write(folder, files))


@pytest.mark.parametrize("what", EDITS)
def test_no_edit_is_passed_over(what: str, tmp_path: Path) -> None:
    """Dates, conditions, orders and lists are said too, and what does not count on the day is marked so."""
    found = check(small(tmp_path), small(tmp_path, small_knowledge.changed(*EDITS[what])))
    days = {change.days for change in found.changes} - {""}
    if what == "a concern from next year on":
        # Until then the rule is missing: that is what decides on the day.
        assert [(change.decides, change.days) for change in found.changes] == [(True, "")]
        assert found.turns == ("2027-06-01",)
        assert "Rules or values turn on 2027-06-01" in shown(found)
    if what == "a setting that changes":
        assert "from 2027-06-01 4" in shown(found)
        assert not days


def test_what_counts_later_is_marked(tmp_path: Path) -> None:
    """A new concern of next year is said today, with its day, and decides on that day."""
    added = """\
  - id: no-cake
    title: No cake
    effective: {from: 2027-06-01}
    when: {fact: guest.gifts, in: [cake]}
    then: {concern: leave}
    message: No cake here.
    fix: Bring wine.
    cites: [manners/hawking]
    examples:
      - {name: cake, given: {guest.gifts: [cake]}, holds: true}
      - {name: wine, given: {guest.gifts: [wine]}, holds: false}
"""
    one = small(tmp_path)
    other = small(tmp_path, {**small_knowledge.FILES, RULES: small_knowledge.FILES[RULES] + "\n" + added})
    found = compared(one, other)
    [change] = found.changes
    assert (change.how, change.decides, change.days) == ("added", False, "decides from 2027-06-01 on")
    assert "Nothing that decides on this day has changed." in shown(found)
    [change] = compared(one, other, date(2027, 6, 1)).changes
    assert (change.decides, change.days) == (True, "")


def test_other_spacing_and_comments_are_no_change(tmp_path: Path) -> None:
    """The same content written otherwise says the same."""
    one = small(tmp_path)
    files = {name: f"# a comment\n\n{text}" for name, text in small_knowledge.FILES.items()}
    assert SAME in shown(compared(one, small(tmp_path, files)))
