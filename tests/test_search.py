"""The search for facts: what it finds is so, and where it finds nothing there is nothing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.inference.engine import Program
from advisor.inference.reference import ReferenceEngine
from advisor.model.clauses import changed, clauses, holds, leaves
from advisor.model.condition import Condition, Not, evaluate
from advisor.model.rule import Consultation, Rule
from advisor.model.vocabulary import FactValue
from advisor.verdict.possible import classes
from advisor.workbench.demands import (
    is_false,
    is_not_true,
    is_true,
    rule_does_not_hold,
    rule_holds,
)
from advisor.workbench.sameness import difference
from advisor.workbench.search import CutOff, Searcher
from laws import share
from strategies import as_consultation, catalogs, should_connect

MOST_CASES = 3_000
"""Cases of a small catalog that are all tried, to see whether the search missed one."""


def every_case(consultation: Consultation, facts: frozenset[str]) -> Iterator[dict[str, FactValue]]:
    """Each combination of classes of values of `facts`, or unknown; nothing where they are too many."""
    values = {fact: (None, *found) for fact, found in classes(consultation).items() if fact in facts}
    size = 1
    for each in values.values():
        size *= len(each)
    if size <= MOST_CASES:
        for chosen in product(*values.values()):
            yield {fact: value for fact, value in zip(values, chosen, strict=True) if value is not None}


def told(consultation: Consultation) -> frozenset[str]:
    """The facts that come from outside the rules."""
    return frozenset(spec.name for spec in consultation.vocabulary.given)


@share(100)
@given(catalogs(most=4), st.data())
def test_what_is_found_meets_the_demand_and_nothing_is_missed(catalog, data) -> None:
    """Facts are found on which a condition is true, false or neither, exactly where there are any."""
    consultation = as_consultation(catalog)
    if not consultation.rules:
        return
    rule: Rule = data.draw(st.sampled_from(consultation.rules))
    wanted = data.draw(st.sampled_from([is_true, is_false, is_not_true]))
    condition: Condition = rule.when
    searcher = Searcher(consultation)
    try:
        found = searcher.find(wanted(condition))
    except CutOff:
        return

    def meets(facts: dict[str, FactValue]) -> bool:
        truth = evaluate(condition, facts)
        return {is_true: truth is True, is_false: truth is False, is_not_true: truth is not True}[wanted]

    if found is not None:
        assert meets(dict(found))
    elif rule.facts <= told(consultation):
        assert not any(meets(case) for case in every_case(consultation, rule.facts))


@share(100)
@given(catalogs(most=4), st.data())
def test_through_conclusions_what_is_found_holds_by_all_rules(catalog, data) -> None:
    """Traced to what is told, a rule is found to hold where the reference engine says so, and only there."""
    consultation = as_consultation(catalog)
    if not consultation.rules:
        return
    engine = ReferenceEngine(Program.of(consultation.active, consultation.vocabulary))
    rule: Rule = data.draw(st.sampled_from(consultation.rules))
    wanted = data.draw(st.booleans())
    demand = rule_holds(rule) if wanted else rule_does_not_hold(rule)
    try:
        found = Searcher(consultation, through=True).find(demand)
    except CutOff:
        return
    if found is not None:
        assert (rule.id in engine.infer(found).held) is wanted
        assert found.keys() <= told(consultation)
    else:
        cases = every_case(consultation, told(consultation))
        assert not any((rule.id in engine.infer(case).held) is wanted for case in cases)


@share(100)
@given(catalogs(most=4), st.data())
def test_two_versions_of_a_rule_differ_where_facts_are_found_and_nowhere_else(catalog, data) -> None:
    """A clause turned round makes a difference exactly on the facts that the search hands back."""
    consultation = as_consultation(catalog)
    rules = [rule for rule in consultation.rules if rule.facts <= told(consultation)]
    if not rules:
        return
    rule: Rule = data.draw(st.sampled_from(rules))
    clause = data.draw(st.sampled_from(list(clauses(rule))))
    other = changed(rule, clause.path, Not(clause.condition))
    try:
        found = difference(rule, other, Searcher(consultation))
    except CutOff:
        return
    if found is not None:
        assert holds(rule, found) is not holds(other, found)
    else:
        assert all(holds(rule, case) is holds(other, case) for case in every_case(consultation, rule.facts))


@given(catalogs(most=4), st.data())
def test_a_clause_stands_where_its_path_says(catalog, data) -> None:
    """Put back at its own path, every clause leaves the rule as it was."""
    for rule in catalog.rules:
        for clause in clauses(rule):
            assert changed(rule, clause.path, clause.condition) == rule
        assert [each.condition for each in leaves(rule)] == list(rule.leaves)


@pytest.mark.parametrize("rule", should_connect().active, ids=lambda rule: rule.id)
def test_every_shipped_rule_can_hold_and_fail_by_what_is_told(rule: Rule) -> None:
    """For each shipped rule there are facts on which it holds, and none of them can never stand together."""
    consultation = should_connect()
    engine = ReferenceEngine(Program.of(consultation.active, consultation.vocabulary))
    searcher = Searcher(consultation, through=True)
    found = searcher.find(rule_holds(rule))
    assert found is not None
    assert rule.id in engine.infer(found).held
    assert not any(evaluate(each, found) is True for each in consultation.impossible)
    missed = searcher.find(rule_does_not_hold(rule))
    assert missed is not None
    assert rule.id not in engine.infer(missed).held
