"""Laws are read with all their faults told at once, and proved or refuted by a case that stands up."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.catalog.laws import read_laws
from advisor.catalog.load import load
from advisor.errors import RuleError
from advisor.folders import shipped
from advisor.inference.engine import Program
from advisor.inference.reference import ReferenceEngine
from advisor.model.analysis import LawResult, Witness
from advisor.model.condition import All, evaluate
from advisor.model.knowledge_base import KnowledgeBase
from advisor.model.law import Change, Law
from advisor.model.rule import Consultation
from advisor.model.vocabulary import FactValue
from advisor.testing.rulemaking import LEVELS
from advisor.verdict.analysis import RuleAnalysis
from command_line import CommandLine
from laws import share
from small_knowledge import write
from strategies import as_consultation, cases, catalogs, conditions, shipped_knowledge

if TYPE_CHECKING:
    from advisor.workbench.proofs import LawProver

solving = pytest.mark.skipif(find_spec("z3") is None, reason="the solver z3 is not installed")

FINE = """\
laws:
  - id: no-hawking
    consultation: demo
    says: Who sells is always sent away
    where: note.sells
    at_least: leave
    cites: [manners/hawking]
  - id: fewer-visits
    consultation: demo
    says: Fewer visits are never worse
    lower: guest.visits
    along: [guest.gifts]
    never: worse
    cites: [manners/how-often]
  - id: pals
    consultation: demo
    says: A friend fares no worse than a trader
    where: {fact: guest.visits, lte: $visits_most}
    change: {fact: guest.kind, from: trader, to: [friend, none]}
    never: worse
    cites: [manners/friends]
  - id: gifts-told
    consultation: demo
    says: Telling of a cake never makes it better
    tell: {fact: guest.gifts, to: [[cake], [cake, wine]]}
    never: better
    cites: [manners/friends]
"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """The small knowledge base."""
    return load(*write(tmp_path_factory.mktemp("demo")), structural=["note.words"])


def test_a_file_of_laws_is_read_as_it_is_meant(demo: KnowledgeBase) -> None:
    """Bounds become verdicts that are ruled out; values are those of the fact."""
    hawking, fewer, pals, told = read_laws(FINE, "laws.yaml", demo)
    assert (hawking.never, hawking.change, hawking.line) == (("go", "pause"), None, 2)
    assert fewer.change == Change("lower", "guest.visits", along=("guest.gifts",))
    assert (fewer.outcome, fewer.never, fewer.where) == ("worse", (), None)
    assert pals.change == Change("change", "guest.kind", ("trader",), ("friend", "none"))
    assert told.change == Change(
        "tell", "guest.gifts", (), (frozenset({"cake"}), frozenset({"cake", "wine"}))
    )


def test_at_most_rules_out_what_is_more_cautious(demo: KnowledgeBase) -> None:
    """And `never` lists verdicts in the order of the scale."""
    (law, *_) = read_laws(FINE.replace("at_least: leave", "at_most: pause"), "laws.yaml", demo)
    assert law.never == ("leave",)
    (law, *_) = read_laws(FINE.replace("at_least: leave", "never: [leave, go]"), "laws.yaml", demo)
    assert law.never == ("go", "leave")


FAULTS = [
    (
        "consultation: demo\n    says: Who",
        "consultation: dema\n    says: Who",
        "unknown-consultation",
        "demo",
    ),
    ("where: note.sells", "where: note.sell", "unknown-fact", "note.sells"),
    ("at_least: leave", "at_least: leaf", "unknown-verdict", "leave"),
    ("at_least: leave", "never: [go, leaf]", "unknown-verdict", "leave"),
    ("at_least: leave", "never: worse", "bad-law", "raise"),
    ("    at_least: leave\n", "", "bad-law", "at_most"),
    ("at_least: leave", "at_least: leave\n    at_most: leave", "bad-law", "one of"),
    ("at_least: leave", "at_least: leave\n    along: [guest.gifts]", "misplaced-key", "raise"),
    ("cites: [manners/hawking]", "cites: [manners/hawkin]", "unknown-passage", "manners/hawking"),
    ("    cites: [manners/hawking]\n", "", "missing-key", "cites"),
    ("id: pals", "id: fewer-visits", "duplicate-id", "fewer-visits"),
    ("lower: guest.visits", "lower: guest.visit", "unknown-fact", "guest.visits"),
    ("lower: guest.visits", "lower: guest.kind", "wrong-type", "change"),
    ("lower: guest.visits", "lower: guest.visits\n    raise: guest.calls", "bad-law", "along"),
    ("along: [guest.gifts]", "along: [welcome]", "not-from-outside", "welcome"),
    ("along: [guest.gifts]\n    never: worse", "never: [go]", "bad-law", "never: worse"),
    ("from: trader", "from: tradre", "unknown-value", "trader"),
    ("{fact: guest.kind, from", "{fact: welcome, from", "not-from-outside", "concluded"),
    ("$visits_most", "$visit_most", "unknown-setting", "$visits_most"),
    ("to: [friend, none]", "too: friend", "unknown-key", "to"),
]


@pytest.mark.parametrize(("old", "new", "code", "word"), FAULTS)
def test_a_fault_is_told_at_its_place_with_what_was_meant(
    demo: KnowledgeBase, old: str, new: str, code: str, word: str
) -> None:
    """One fault, one complaint, at a line of the file; the hint or the message names what would do."""
    assert FINE.count(old) == 1
    with pytest.raises(RuleError) as raised:
        read_laws(FINE.replace(old, new), "laws.yaml", demo)
    (complaint,) = raised.value.complaints
    assert (complaint.file, complaint.code) == ("laws.yaml", code)
    begin = FINE[: FINE.index(old) + 8].rindex("  - id")
    assert complaint.line > FINE[:begin].count("\n")
    assert word in complaint.message + complaint.hint


def test_all_faults_are_told_at_once(demo: KnowledgeBase) -> None:
    """Reading goes on behind a fault."""
    text = FINE
    for old, new in (
        ("note.sells", "note.sell"),
        ("from: trader", "from: tradre"),
        ("lower: guest.visits", "lower: x"),
    ):
        text = text.replace(old, new)
    with pytest.raises(RuleError) as raised:
        read_laws(text, "laws.yaml", demo)
    assert [each.code for each in raised.value.complaints] == [
        "unknown-fact",
        "unknown-fact",
        "unknown-value",
    ]


def test_without_the_solver_one_is_told_how_to_get_it(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A usage error, not a traceback."""
    monkeypatch.setitem(sys.modules, "z3", None)
    outcome = cli("rules", "analyze")
    assert (outcome.code, outcome.out) == (2, "")
    assert "pip install 'etiquette-advisor[verify]'" in outcome.err


# ------------------------------------------------------------------------------------------------ proving


def shipped_laws() -> tuple[Law, ...]:
    """The laws that ship with the rules."""
    path = shipped().rules / "laws.yaml"
    return read_laws(path.read_text(encoding="utf-8"), str(path), shipped_knowledge())


@lru_cache(maxsize=8)
def prover(consultation: str) -> LawProver:
    """A prover for one consultation of the shipped rules."""
    from advisor.workbench.proofs import LawProver

    return LawProver(shipped_knowledge().consultation(consultation), timeout=30, clock=lambda: 0.0)


def verdict_of(consultation: Consultation, facts: Mapping[str, FactValue]) -> str:
    """The verdict by the reference engine."""
    engine = ReferenceEngine(Program.of(consultation.active, consultation.vocabulary))
    return RuleAnalysis(consultation).verdict_in(engine.infer(facts).held)


def is_borne_out(witness: Witness, consultation: Consultation) -> bool:
    """Whether the reference engine gives the verdicts that the witness claims."""
    then = {**witness.facts, **witness.changes}
    second = {name: value for name, value in then.items() if value is not None}
    verdicts = [verdict_of(consultation, witness.facts)]
    verdicts += [verdict_of(consultation, second)] if witness.changes else []
    return verdicts == [each for each in (witness.verdict, witness.verdict_then) if each]


@solving
@pytest.mark.parametrize("law", shipped_laws(), ids=lambda law: law.id)
def test_every_law_that_ships_is_proved(law: Law) -> None:
    """And it is not empty: some situation is one that it speaks of."""
    assert prover(law.consultation).prove(law).outcome == "proved"


@solving
@pytest.mark.parametrize("law", shipped_laws(), ids=lambda law: law.id)
def test_the_opposite_of_every_law_is_refuted(law: Law) -> None:
    """So no proof is an accident: what the law speaks of does bear on the verdict."""
    consultation = shipped_knowledge().consultation(law.consultation)
    if law.change:
        opposite = replace(law, outcome="better" if law.outcome == "worse" else "worse")
    else:
        scale = [level.name for level in consultation.verdicts]
        opposite = replace(law, never=tuple(name for name in scale if name not in law.never))
    result = prover(law.consultation).prove(opposite)
    assert result.outcome == "refuted"
    assert result.witness is not None
    assert result.witness.smallest
    assert is_borne_out(result.witness, consultation)


@solving
def test_a_law_that_speaks_of_nothing_is_told_apart_from_a_proof() -> None:
    """No situation has no note and a placeholder in it."""
    (law,) = (each for each in shipped_laws() if each.id == "no-note")
    placeholder = next(each for each in shipped_laws() if each.id == "placeholder")
    assert law.where is not None
    assert placeholder.where is not None
    empty = replace(law, where=All((law.where, placeholder.where)))
    assert prover(law.consultation).prove(empty).outcome == "empty"


def proved(consultation: Consultation, law: Law) -> LawResult:
    """What becomes of `law`."""
    from advisor.workbench.proofs import LawProver

    return LawProver(consultation, timeout=30, clock=lambda: 0.0).prove(law)


@solving
@share(80)
@given(st.data())
def test_a_law_about_one_situation_is_refuted_by_a_case_or_holds_of_every_drawn_one(
    data: st.DataObject,
) -> None:
    """Whatever the rules and whatever the law."""
    consultation = as_consultation(data.draw(catalogs(most=5)))
    where = data.draw(st.none() | conditions(consultation.vocabulary, fuel=3))
    never = tuple(data.draw(st.sets(st.sampled_from(LEVELS), min_size=1)))
    result = proved(consultation, Law("law", consultation.id, "", where, never))
    engine = ReferenceEngine(Program.of(consultation.active, consultation.vocabulary))

    def breaks(facts: Mapping[str, FactValue]) -> bool:
        speaks = where is None or evaluate(where, engine.infer(facts).facts) is True
        return speaks and verdict_of(consultation, facts) in never

    if result.outcome == "refuted":
        assert result.witness is not None
        assert breaks(result.witness.facts)
        assert not any(
            breaks({name: value for name, value in result.witness.facts.items() if name != left_out})
            for left_out in result.witness.facts
        )
    else:
        given_facts = {spec.name for spec in consultation.vocabulary.given}
        drawn = data.draw(cases(consultation.vocabulary))
        assert not breaks({name: value for name, value in drawn.items() if name in given_facts})


@solving
@share(80)
@given(st.data())
def test_a_law_that_compares_is_refuted_by_a_pair_or_holds_of_every_drawn_one(data: st.DataObject) -> None:
    """The pair differs in the one fact, and the judge finds the second verdict so."""
    consultation = as_consultation(data.draw(catalogs(most=5)))
    spec = data.draw(st.sampled_from(consultation.vocabulary.given))
    kinds = ("change", "tell", "raise", "lower") if spec.type == "number" else ("change", "tell")
    outcome = data.draw(st.sampled_from(("worse", "better", "other")))
    change = Change(data.draw(st.sampled_from(kinds)), spec.name)
    result = proved(consultation, Law("law", consultation.id, "", change=change, outcome=outcome))
    scale = list(LEVELS)

    def goes(first: Mapping[str, FactValue], second: Mapping[str, FactValue]) -> bool:
        step = scale.index(verdict_of(consultation, second)) - scale.index(verdict_of(consultation, first))
        return {"worse": step > 0, "better": step < 0, "other": step != 0}[outcome]

    if result.outcome == "refuted":
        assert result.witness is not None
        facts, changes = result.witness.facts, result.witness.changes
        assert list(changes) == [spec.name]
        after = changes[spec.name]
        assert after is not None
        assert goes(facts, {**facts, spec.name: after})
        assert (spec.name in facts) == (change.kind != "tell")
        assert spec.complaint(after) is None
    else:
        given_facts = {each.name for each in consultation.vocabulary.given}
        drawn = {
            name: value
            for name, value in data.draw(cases(consultation.vocabulary)).items()
            if name in given_facts
        }
        other = data.draw(cases(consultation.vocabulary)).get(spec.name)
        before = drawn.get(spec.name)
        fits = other is not None and (before is None) == (change.kind == "tell") and other != before
        if change.kind in ("raise", "lower") and fits:
            assert isinstance(other, int)
            assert isinstance(before, int)
            fits = (other > before) == (change.kind == "raise")
        if fits and other is not None:
            assert not goes(drawn, {**drawn, spec.name: other})


@solving
def test_sums_move_with_their_parts_and_what_stands_along_may(demo: KnowledgeBase) -> None:
    """Else a law about a part would be refuted by a pair that cannot be, or hold of too little."""
    consultation = demo.consultation("demo")
    law = Law("fewer", "demo", "", change=Change("lower", "guest.visits"), outcome="worse")
    result = proved(consultation, law)
    assert (result.outcome, result.moving) == ("proved", ("guest.calls",))
    along = replace(law, change=Change("lower", "guest.visits", along=("note.sells",)))
    result = proved(consultation, along)
    assert result.outcome == "refuted"
    assert result.witness is not None
    assert result.witness.changes["note.sells"] is True
    assert is_borne_out(result.witness, consultation)


@solving
def test_the_laws_of_the_file_above(demo: KnowledgeBase) -> None:
    """Three of them hold; the cake helps whoever comes too often, and gifts may be left at home."""
    results = {law.id: proved(demo.consultation("demo"), law) for law in read_laws(FINE, "laws.yaml", demo)}
    assert {name: result.outcome for name, result in results.items()} == {
        "no-hawking": "proved",
        "fewer-visits": "refuted",
        "pals": "proved",
        "gifts-told": "refuted",
    }
    told = results["gifts-told"].witness
    assert told is not None
    assert dict(told.facts) == {"guest.visits": 5}
    assert dict(told.changes) == {"guest.gifts": frozenset({"cake"})}
    assert (told.verdict, told.verdict_then) == ("pause", "go")


def test_laws_do_not_change_the_knowledge_base(tmp_path: Path) -> None:
    """The file stands among the rules and is no part of them: neither read with them nor hashed."""
    rules, knowledge = write(tmp_path)
    before = load(rules, knowledge, structural=["note.words"]).sha256
    (rules / "laws.yaml").write_text(FINE, encoding="utf-8")
    assert load(rules, knowledge, structural=["note.words"]).sha256 == before
