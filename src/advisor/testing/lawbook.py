"""The laws with cases drawn for them, for whoever wants all of them tried."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Literal

from hypothesis import strategies as st

from advisor.model.rule import Consultation
from advisor.model.situation import Situation
from advisor.model.subject import PROSPECT
from advisor.model.vocabulary import FactValue
from advisor.testing import laws
from advisor.testing.case_facts import every_value, facts
from advisor.testing.changes import renamings
from advisor.testing.rulemaking import rules as made_up_rules
from advisor.testing.storytelling import situations
from advisor.testing.under_test import RulesUnderTest
from advisor.testing.writing import as_json, as_yaml, prospect_files
from advisor.verdict.possible import classes

Case = tuple[Any, ...]
Cases = Callable[[RulesUnderTest], st.SearchStrategy[Case]]
Good = bool | Literal["more", "less"] | Sequence[str]
"""Which way a fact is better: the better answer to a yes/no, `more` or `less` of a number, or the values of a
closed list from worst to best."""


@dataclass(frozen=True)
class Law:
    """A law with the cases that it is tried on."""

    id: str
    """A short name, such as `engines-agree`."""
    says: str
    """The law in one sentence."""
    holds: Callable[..., None]
    """Takes the rules under test and one case; raises an AssertionError where the law is broken."""
    cases: Cases
    """A strategy for cases, for the rules under test: what `holds` takes besides them."""
    percent: int = 100
    """How many of the examples that are asked for, in percent: some laws cost a hundred times as much."""
    of_prospects: bool = False
    """Whether it is tried on prospect files, so that it says nothing where something else is asked about."""

    def fits(self, consultation: Consultation) -> bool:
        """Whether it can be tried on the rules of `consultation`."""
        return not self.of_prospects or consultation.subject == PROSPECT


def never_worse_law(fact: str, good: Good) -> Law:
    """The law that `fact` never makes the verdict stricter by going the `good` way, one step at a time."""

    def cases(rules: RulesUnderTest) -> st.SearchStrategy[Case]:
        worse_and_better = steps(rules.consultation, fact, good)
        pairs = st.sampled_from(worse_and_better).map(lambda pair: ({fact: pair[0]}, {fact: pair[1]}))
        return st.builds(lambda told, pair: (told, *pair), facts(rules.consultation), pairs)

    way = good if isinstance(good, str) else ("yes" if good else "no") if isinstance(good, bool) else good[-1]
    says = f"A case in which `{fact}` is better ({way}) is not judged more strictly."
    return Law(f"never-worse-{fact}", says, laws.never_worse, cases)


def steps(consultation: Consultation, fact: str, good: Good) -> list[tuple[FactValue, FactValue]]:
    """Values of a fact that are one step apart where rules tell them apart, the worse first.

    Raises:
        ValueError: where there is no such fact, or `good` does not fit its type.
    """
    spec = consultation.vocabulary.facts.get(fact)
    if spec is None or spec.origin == "concluded":
        raise ValueError(f"`{fact}` is no fact that is told")
    if spec.type == "yes-no" and isinstance(good, bool):
        return [(not good, good)]
    values: list[FactValue]
    if spec.type == "number" and good in ("more", "less"):
        values = list(classes(consultation).get(fact, (spec.minimum, spec.minimum + 1)))
        values = values if good == "more" else values[::-1]
    elif spec.type == "choice" and not isinstance(good, bool | str) and set(good) <= {*_options(spec)}:
        values = [*good]
    else:
        raise ValueError(f"{good!r} does not say which way `{fact}`, a {spec.type}, is better")
    return [(worse, better) for place, worse in enumerate(values) for better in values[place + 1 :]]


def _options(spec: Any) -> list[FactValue]:
    return every_value(spec, 0, 0)


# ----------------------------------------------------------------------------------------------- cases


def _told(rules: RulesUnderTest) -> st.SearchStrategy[Case]:
    return facts(rules.consultation).map(lambda told: (told,))


def _often_whole(rules: RulesUnderTest) -> st.SearchStrategy[Case]:
    return (facts(rules.consultation) | facts(rules.consultation, how="whole")).map(lambda told: (told,))


def _told_in_any_order(rules: RulesUnderTest) -> st.SearchStrategy[Case]:
    return st.tuples(facts(rules.consultation), st.integers(0, 2**32).map(Random))


def _several(rules: RulesUnderTest) -> st.SearchStrategy[Case]:
    return st.lists(facts(rules.consultation), min_size=2, max_size=4).map(lambda cases: (cases,))


@st.composite
def _less_and_more(draw: st.DrawFn, strategy: st.SearchStrategy[dict[str, FactValue]]) -> Case:
    """A case and less of it; mostly little less, so that many verdicts are settled already."""
    more = draw(strategy)
    names = tuple(more)
    left_out = draw(st.sets(st.integers(0, max(len(names) - 1, 0)), max_size=max(len(names) // 3, 1)))
    return {name: more[name] for place, name in enumerate(names) if place not in left_out}, more


def _telling_more(rules: RulesUnderTest) -> st.SearchStrategy[Case]:
    return _less_and_more(facts(rules.consultation, how="whole") | facts(rules.consultation))


def _with_a_rule(rules: RulesUnderTest) -> st.SearchStrategy[Case]:
    consultation = rules.consultation
    levels = [level.name for level in consultation.verdicts]
    return st.tuples(facts(consultation), made_up_rules(consultation.vocabulary, levels))


@st.composite
def _written_down(draw: st.DrawFn, rules: RulesUnderTest, told: st.SearchStrategy[Situation]) -> Case:
    situation = draw(told)
    data = draw(prospect_files(situation, rules.consultation.vocabulary))
    return situation, draw(st.sampled_from((as_yaml, as_json)))(data)


def _files(rules: RulesUnderTest) -> st.SearchStrategy[Case]:
    return _written_down(rules, situations(rules.base, rules.consultation.id))


def _situation(rules: RulesUnderTest) -> st.SearchStrategy[Case]:
    return situations(rules.base, rules.consultation.id).map(lambda situation: (situation,))


def _renamings(rules: RulesUnderTest) -> st.SearchStrategy[Case]:
    return renamings(rules.base, rules.consultation.id)


def _law(law: Callable[..., None], cases: Cases, percent: int = 100, *, of_prospects: bool = False) -> Law:
    name = law.__name__.replace("_", "-")
    return Law(name, (law.__doc__ or name).splitlines()[0], law, cases, percent, of_prospects)


LAWS: tuple[Law, ...] = (
    _law(laws.engines_agree, _told),
    _law(laws.the_order_of_rules_changes_nothing, _told_in_any_order, 20),
    _law(laws.a_case_never_influences_the_next, _several, 20),
    _law(laws.the_verdict_is_possible, _often_whole, 50),
    _law(laws.telling_more_stays_within_what_was_possible, _telling_more, 50),
    _law(laws.a_rule_that_never_holds_changes_nothing, _with_a_rule, 20),
    _law(laws.what_was_told_survives, _files, 50, of_prospects=True),
    _law(laws.another_name_changes_nothing, _renamings, 50, of_prospects=True),
    _law(laws.a_receipt_gives_itself_again, _situation, 10, of_prospects=True),
)
"""Every law that holds for all rules, whatever they say."""
