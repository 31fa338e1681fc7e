"""The examples in the rules are true, and there are enough of them: each is a promise of the rule's author.

Every rule is decided alone, on nothing but the facts that its example gives; conclusions and other rules may
be given there like any other fact.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from advisor.model.condition import RULE_PREFIX, Condition, evaluate
from advisor.model.condition import Test as Leaf
from advisor.model.rule import Example, Rule
from advisor.model.vocabulary import FactValue
from strategies import shipped_knowledge, should_connect

RULES = should_connect().rules
EXAMPLES = [
    pytest.param(rule, each, id=f"{rule.id}: {each.name}") for rule in RULES for each in rule.examples
]
EXCEPTIONS = [
    pytest.param(rule, exception, id=f"{rule.id}: {place}")
    for rule in RULES
    for place, exception in enumerate(rule.unless)
]
BEYOND = {"lt": -1, "lte": 1, "gt": 1, "gte": -1}
"""For comparisons with a number: the step from it to the nearest value on the other side."""


def thresholds(rule: Rule) -> Iterator[Leaf]:
    """The tests of `rule` that compare a number with a threshold."""
    return (test for test in rule.leaves if test.op in BEYOND)


THRESHOLDS = [
    pytest.param(rule, test, id=f"{rule.id}: {test.fact} {test.op} {test.value}")
    for rule in RULES
    for test in thresholds(rule)
]


def holds(rule: Rule, facts: Mapping[str, FactValue]) -> bool:
    """Whether `rule` by itself holds: its condition is true, and no exception definitely is."""
    return evaluate(rule.when, facts) is True and not any(
        evaluate(each, facts) is True for each in rule.unless
    )


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_the_example_is_true(rule: Rule, example: Example) -> None:
    """The rule holds where its example says that it does, and does not hold where it says so."""
    assert holds(rule, example.given) is example.holds


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_the_example_gives_facts_of_the_vocabulary(rule: Rule, example: Example) -> None:
    """What an example gives are facts that there are, with values that they can have."""
    vocabulary, ids = should_connect().vocabulary, {RULE_PREFIX + each.id for each in RULES}
    complaints = {
        fact: vocabulary[fact].complaint(value)
        if fact in vocabulary
        else None
        if fact in ids
        else "no such fact"
        for fact, value in example.given.items()
    }
    assert not any(complaints.values()), complaints


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.id) for rule in RULES])
def test_a_rule_has_examples_on_both_sides(rule: Rule) -> None:
    """Every rule shows cases in which it holds and in which it does not, each by a name of its own."""
    assert {each.holds for each in rule.examples} == {True, False}
    assert len({each.name for each in rule.examples}) == len(rule.examples)


@pytest.mark.parametrize(("rule", "exception"), EXCEPTIONS)
def test_an_exception_is_shown_at_work(rule: Rule, exception: Condition) -> None:
    """Every exception has an example in which it, and it alone, keeps the rule from holding."""
    others = [each for each in rule.unless if each is not exception]
    assert any(
        evaluate(rule.when, each.given) is True
        and evaluate(exception, each.given) is True
        and not any(evaluate(other, each.given) is True for other in others)
        for each in rule.examples
    ), f"give an example in which {rule.id} would hold but for: {exception}"


@pytest.mark.parametrize(("rule", "threshold"), THRESHOLDS)
def test_a_threshold_is_shown_from_both_sides(rule: Rule, threshold: Leaf) -> None:
    """Every number that a rule compares with has an example exactly there and one just on the other side.

    So whoever moves the number by one, either way, breaks an example.
    """
    assert isinstance(threshold.value, int)
    given = {each.given.get(threshold.fact) for each in rule.examples}
    assert {threshold.value, threshold.value + BEYOND[threshold.op]} <= given


def test_every_rule_is_told_from_the_others() -> None:
    """No two rules, in whatever file, have the same id, and every one of them is read."""
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert all(rule.cites and set(rule.cites) <= set(shipped_knowledge().library.passages) for rule in RULES)
