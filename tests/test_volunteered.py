"""What is told of one's own accord, or has no place in a file, keeps no verdict open."""

from __future__ import annotations

import shutil
from dataclasses import replace
from itertools import product
from math import prod
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.catalog.load import read
from advisor.folders import shipped
from advisor.inference.engine import Program
from advisor.inference.reference import ReferenceEngine
from advisor.model.knowledge import Library
from advisor.model.knowledge_base import KnowledgeBase
from advisor.model.vocabulary import FactValue, Vocabulary
from advisor.verdict.advise import Decider
from advisor.verdict.possible import OutlookFinder, classes
from laws import every_value, share
from strategies import Catalog, as_consultation, cases, catalogs, shipped_knowledge

ACCEPT = shipped_knowledge().consultation("should-accept")


@share(100)
@given(catalogs(most=6), st.data())
def test_only_answers_to_questions_can_bring_another_verdict_about(
    catalog: Catalog, data: st.DataObject
) -> None:
    """Trying every answer to what is asked, and none to what is not, gives the possible verdicts exactly."""
    given_facts = catalog.vocabulary.given
    unasked = data.draw(st.sets(st.sampled_from([spec.name for spec in given_facts])))
    specs = {
        name: replace(spec, volunteered=name in unasked) for name, spec in catalog.vocabulary.facts.items()
    }
    consultation = replace(as_consultation(catalog), vocabulary=Vocabulary(specs))
    told = data.draw(cases(catalog.vocabulary))
    known: dict[str, FactValue] = {}
    unknown: dict[str, list[FactValue]] = {}
    for spec in given_facts:
        values = every_value(spec)
        if spec.name in told:
            known[spec.name] = told[spec.name]
        elif spec.name in unasked:
            continue
        elif prod(map(len, unknown.values())) * len(values) <= 400:
            unknown[spec.name] = values
        else:
            known[spec.name] = data.draw(st.sampled_from(values))
    engine = ReferenceEngine(Program.of(consultation.rules, consultation.vocabulary))
    verdict_of = Decider(KnowledgeBase({"demo": consultation}, Library()), "demo", engine).verdict_of
    now = verdict_of(known)
    reached = {
        verdict_of({**known, **dict(zip(unknown, each, strict=True))}) for each in product(*unknown.values())
    }
    outlook = OutlookFinder(consultation, classes(consultation)).find(known, now)
    possible = set(outlook.verdicts)
    assert possible == reached | {now} if outlook.exhaustive else possible >= reached | {now}


# ------------------------------------------------------------------------------- borrowed facts told here


def test_a_borrowed_fact_is_told_where_and_as_the_borrower_says() -> None:
    """Place, question and words are the borrower's; type, values and rules stay the lender's."""
    there = shipped_knowledge().consultation("should-connect").vocabulary["note.present"]
    here = ACCEPT.vocabulary["note.present"]
    assert (here.told, here.volunteered) == ("note", False)
    assert here.ask != there.ask
    assert (here.type, here.origin, here.changes_with) == (there.type, there.origin, there.changes_with)


def test_a_borrowed_fact_without_a_question_here_is_volunteered() -> None:
    """The question for one place does not ask for what stands at another, and no verdict waits for it."""
    here = ACCEPT.vocabulary["purpose.kind"]
    assert (here.told, here.ask, here.volunteered) == ("wants.kind", "", True)
    assert [option.name for option in here.options][:2] == ["stay in touch", "learn about company"]


def test_a_borrowed_fact_may_be_told_with_another() -> None:
    """What the answer to a question of the borrower tells too is open as long as that question is."""
    here = ACCEPT.vocabulary["batch.filled_by_tool"]
    assert (here.told_with, here.volunteered) == ("behaviour", False)


@pytest.mark.parametrize(
    ("written", "code", "place"),
    [
        ("note.presence: {told: note}", "unknown-fact", "note.presence"),
        ("note.emoji: {told: letter, ask: How many?}", "unknown-place", "note.emoji"),
        ("note.emoji: {told_with: wishes.help}", "not-asked", "wishes.help"),
        ("note.emoji: {asks: How many?}", "unknown-key", "asks"),
    ],
)
def test_a_borrowed_fact_that_cannot_be_told_so_is_complained_about(
    tmp_path: Path, written: str, code: str, place: str
) -> None:
    """A name that cannot be borrowed, a place that no file has, a teller that nobody asks, a strange key."""
    folders = shipped()
    rules = tmp_path / "rules"
    for consultation in ("should-connect", "should-accept"):
        shutil.copytree(folders.rules / consultation, rules / consultation)
    file = rules / "should-accept" / "facts.yaml"
    before = file.read_text(encoding="utf-8")
    file.write_text(before.replace("borrowed:\n", f"borrowed:\n  {written}\n"), encoding="utf-8")
    (complaint,) = read(rules, folders.knowledge).complaints
    line = file.read_text(encoding="utf-8").split("\n")[complaint.line - 1]
    assert complaint.code == code
    assert line[complaint.column - 1 :].startswith(place)
