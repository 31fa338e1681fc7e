"""The formulas mean what the reference engine does: on every case, and the other way round."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

pytest.importorskip("z3", reason="the solver z3 is not installed")

from advisor.catalog.situations import read_situation
from advisor.catalog.text import parse
from advisor.errors import InputError
from advisor.facts.case import CaseReader
from advisor.inference.engine import Program
from advisor.inference.reference import ReferenceEngine
from advisor.model.condition import GROUND_FACT, RULE_PREFIX, evaluate
from advisor.model.condition import Test as Leaf
from advisor.model.rule import Consultation
from advisor.model.situation import Situation
from advisor.model.vocabulary import FactSpec, FactValue, Vocabulary
from advisor.testing.rulemaking import LEVELS
from advisor.verdict.analysis import RuleAnalysis
from advisor.workbench.encoding import Background, Encoding
from advisor.workbench.prover import Prover
from advisor.workbench.symbols import Symbols, either, opposite, symbols_for
from laws import choosing, completed, pool, share
from strategies import (
    as_consultation,
    cases,
    catalogs,
    conditions,
    shipped_knowledge,
    should_connect,
    situations,
    told,
)


def symbols_of(consultation: Consultation) -> Symbols:
    """An unknown for every fact, conclusions included, as where a case tells these too."""
    return symbols_for(consultation.vocabulary.facts.values())


def fixed(symbols: Symbols, facts: Mapping[str, FactValue]) -> list[object]:
    """That the facts are just these."""
    return [symbol.is_(facts.get(name)) for name, symbol in symbols.items()]


def holds_in(prover: Prover, formula: object, facts: Mapping[str, FactValue]) -> bool:
    """Whether `formula` follows from the facts: it can be so, and cannot be otherwise."""
    fix = fixed(prover.symbols, facts)
    can, cannot = prover.find(formula, *fix).found, prover.find(opposite(formula), *fix).found
    assert {can, cannot} == {True, False}, "facts that are fixed decide everything"
    return can is True


def verdict_of(consultation: Consultation, facts: Mapping[str, FactValue]) -> str:
    """The verdict by the reference engine."""
    held = ReferenceEngine(Program.of(consultation.active, consultation.vocabulary)).infer(facts).held
    return RuleAnalysis(consultation).verdict_in(held)


@share(200)
@given(st.data())
def test_with_the_facts_fixed_the_formulas_say_what_the_reference_engine_does(data: st.DataObject) -> None:
    """Rules that hold, every conclusion in all three truths, named rules, the ground, and the verdict."""
    consultation = as_consultation(data.draw(catalogs()))
    facts = data.draw(cases(consultation.vocabulary))
    program = Program.of(consultation.active, consultation.vocabulary)
    expected = ReferenceEngine(program).infer(facts)
    symbols = symbols_of(consultation)
    encoding = Encoding(consultation, symbols)
    prover = Prover(symbols, (), timeout=30)
    wrong = {rule: formula for rule, formula in encoding.holds.items() if rule not in expected.held}
    right = [formula for rule, formula in encoding.holds.items() if rule in expected.held]
    checks = [*right, *map(opposite, wrong.values())]
    for name in (*consultation.vocabulary.facts, *(RULE_PREFIX + rule for rule in program.named)):
        if consultation.vocabulary.facts.get(name, told("", "yes-no")).type == "yes-no":
            value = expected.facts.get(name)
            truth = encoding.truth(Leaf(name, "eq", True))
            checks.append(truth.true if value is True else opposite(truth.true))
            checks.append(truth.false if value is False else opposite(truth.false))
    checks.append(encoding.verdict_is(verdict_of(consultation, facts)))
    assert prover.find(*fixed(symbols, facts)).found is True
    otherwise = prover.find(either(map(opposite, checks)), *fixed(symbols, facts))
    assert otherwise.found is False


@share(100)
@given(st.data())
def test_a_condition_alone_has_the_same_truth(data: st.DataObject) -> None:
    """Kleene's three values of any condition over given facts."""
    consultation = as_consultation(data.draw(catalogs(most=0)))
    given_only = Vocabulary({spec.name: spec for spec in consultation.vocabulary.given})
    condition = data.draw(conditions(given_only))
    facts = data.draw(cases(given_only))
    symbols = symbols_for(given_only.given)
    truth = Encoding(consultation, symbols).truth(condition)
    prover = Prover(symbols, (), timeout=30)
    expected = evaluate(condition, facts)
    assert holds_in(prover, truth.true, facts) is (expected is True)
    assert holds_in(prover, truth.false, facts) is (expected is False)


@share(100)
@given(st.data())
def test_a_case_that_the_solver_finds_is_one_in_the_reference_engine(data: st.DataObject) -> None:
    """For every rule and verdict: what is found is so; what is said to be nowhere is not in a drawn case."""
    consultation = as_consultation(data.draw(catalogs()))
    symbols = symbols_for(consultation.vocabulary.given)
    encoding = Encoding(consultation, symbols)
    prover = Prover(symbols, (), timeout=30)
    engine = ReferenceEngine(Program.of(consultation.active, consultation.vocabulary))
    drawn = data.draw(cases(consultation.vocabulary))
    seen = engine.infer({name: value for name, value in drawn.items() if name in symbols})
    for rule in consultation.active:
        answer = prover.find(encoding.holds[rule.id])
        if answer.found:
            assert rule.id in engine.infer(answer.facts).held
            assert all(symbols[name].spec.complaint(value) is None for name, value in answer.facts.items())
        else:
            assert answer.found is False
            assert rule.id not in seen.held
    for verdict in LEVELS:
        answer = prover.find(encoding.verdict_is(verdict))
        if answer.found:
            assert verdict_of(consultation, answer.facts) == verdict


@share(100)
@given(st.data())
def test_no_more_facts_are_known_than_were_allowed(data: st.DataObject) -> None:
    """A bound on the known facts is kept."""
    consultation = as_consultation(data.draw(catalogs()))
    symbols = symbols_for(consultation.vocabulary.given)
    encoding = Encoding(consultation, symbols)
    assume(encoding.holds)
    rule = data.draw(st.sampled_from(sorted(encoding.holds)))
    most = data.draw(st.integers(0, 3))
    answer = Prover(symbols, (), timeout=30).find(encoding.holds[rule], at_most=most)
    assert answer.found is False or len(answer.facts) <= most


@lru_cache(maxsize=1)
def shipped() -> tuple[Encoding, Prover]:
    """The shipped rules as formulas."""
    consultation = should_connect()
    symbols = symbols_for(consultation.vocabulary.given)
    encoding = Encoding(consultation, symbols)
    return encoding, Prover(symbols, Background(consultation).formulas(encoding), timeout=30)


def test_each_shipped_rule_holds_in_the_case_that_was_found_for_it() -> None:
    """And the case is one that can be."""
    consultation = should_connect()
    encoding, prover = shipped()
    background = Background(consultation)
    engine = ReferenceEngine(Program.of(consultation.active, consultation.vocabulary))
    for rule in consultation.active:
        answer = prover.find(encoding.holds[rule.id])
        assert answer.found, rule.id
        assert rule.id in engine.infer(answer.facts).held
        assert background.allows(answer.facts)


@pytest.mark.parametrize("seed", range(6))
def test_the_shipped_rules_say_the_same_of_made_up_cases(seed: int) -> None:
    """Held rules and verdict of situations, with some of the rest made up."""
    chooser = choosing(f"encoding {seed}")
    consultation = should_connect()
    encoding, _ = shipped()
    situation = chooser.choice(pool())
    read = CaseReader(consultation.vocabulary, shipped_knowledge().lexicons)
    assert situation.as_of is not None
    facts = completed(chooser, read.read(situation, situation.as_of).facts, whole=False)
    engine = ReferenceEngine(Program.of(consultation.active, consultation.vocabulary))
    held = engine.infer(facts).held
    checks = [formula if rule in held else opposite(formula) for rule, formula in encoding.holds.items()]
    checks.append(encoding.verdict_is(verdict_of(consultation, facts)))
    prover = Prover(encoding.symbols, (), timeout=30)
    fix = fixed(encoding.symbols, facts)
    assert prover.find(*fix).found is True
    assert prover.find(either(map(opposite, checks)), *fix).found is False


@share(100)
@given(situations())
def test_what_is_assumed_is_true_of_whatever_is_read(situation: Situation) -> None:
    """Facts that never stand together and sums: proofs rest on it, so no prospect file may break it."""
    consultation = should_connect()
    read = CaseReader(consultation.vocabulary, shipped_knowledge().lexicons)
    assert situation.as_of is not None
    facts = read.read(situation, situation.as_of).facts
    background = Background(consultation)
    assert background.allows(facts), [
        each for each in consultation.impossible if evaluate(each, facts) is True
    ]


def test_a_file_that_would_break_what_is_assumed_is_refused() -> None:
    """Somebody accepted, and nobody answered: read as it stands, it would be a case that cannot be."""
    text = "prospect: {name: Ana Souza}\nsending: {answered: 0, sent: 20, acceptance_rate: 50}\n"
    with pytest.raises(InputError) as raised:
        read_situation(parse(text, "ana.yaml"), should_connect().vocabulary)
    (complaint,) = raised.value.complaints
    assert (complaint.code, complaint.line) == ("contradiction", 2)


def a_sum(*, told_at: str) -> Consultation:
    """A consultation over two numbers and their sum."""
    parts = [told("a", "number"), told("b", "number")]
    total = replace(told("both", "number"), sum_of=("a", "b"), told=told_at, minimum=-10)
    specs: list[FactSpec] = [*parts, total]
    return Consultation("demo", "?", (), Vocabulary({spec.name: spec for spec in specs}))


@pytest.mark.parametrize("told_at", ["", "somewhere"])
@pytest.mark.parametrize(
    ("facts", "can_be"),
    [
        ({"a": 1, "b": 2, "both": 3}, {"", "somewhere"}),
        ({"a": 1, "b": 2, "both": 4}, set()),
        ({"a": 1, "b": 2}, set()),
        ({"a": 1, "both": 3}, {"somewhere"}),
        ({"a": 1}, {"", "somewhere"}),
        ({}, {"", "somewhere"}),
    ],
)
def test_a_sum_is_known_where_its_parts_are(
    facts: dict[str, FactValue], can_be: set[str], told_at: str
) -> None:
    """Formulas and check agree: it is that of its parts, and known without them only where it is told."""
    consultation = a_sum(told_at=told_at)
    background = Background(consultation)
    symbols = symbols_for(consultation.vocabulary.given)
    formulas = background.formulas(Encoding(consultation, symbols))
    found = Prover(symbols, formulas, timeout=30).find(*fixed(symbols, facts)).found
    assert found is background.allows(facts) is (told_at in can_be)


def test_the_ground_is_false_and_not_unknown_where_there_are_no_grounds() -> None:
    """Closed-world, as in the engine."""
    consultation = a_sum(told_at="")
    truth = Encoding(consultation, {}).truth(Leaf(GROUND_FACT, "eq", False))
    assert Prover({}, (), timeout=30).find(opposite(truth.true)).found is False


def test_time_that_runs_out_is_no_answer() -> None:
    """With next to no time, nothing is claimed about a hard question."""
    encoding, _ = shipped()
    background = Background(should_connect()).formulas(encoding)
    prover = Prover(encoding.symbols, background, timeout=0.000001)
    answers = {prover.find(formula).found for formula in encoding.holds.values()}
    assert False not in answers
