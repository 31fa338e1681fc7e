"""Laws of the explanation facility: tried exhaustively on small catalogs, by search on the shipped rules."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, permutations, product
from math import prod

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from advisor.catalog.receipts import read_receipt
from advisor.catalog.text import Document
from advisor.facts.later import later
from advisor.inference.engine import Program
from advisor.inference.reference import ReferenceEngine
from advisor.model.action import Action, Actions
from advisor.model.case import Case
from advisor.model.condition import RULE_PREFIX, evaluate
from advisor.model.knowledge import Library, Passage, Source, Use
from advisor.model.knowledge_base import KnowledgeBase
from advisor.model.rule import Consultation
from advisor.model.situation import Prospect, Sending, Situation, as_told
from advisor.model.vocabulary import FactValue
from advisor.model.what_if import DraftEdit, Way
from advisor.report.json import dumped, plain
from advisor.testing.rulemaking import LEVELS
from advisor.verdict.advise import Decider
from advisor.verdict.analysis import RuleAnalysis
from advisor.verdict.edits import edited
from advisor.verdict.interview import Interviewer
from advisor.verdict.network import WorkingNetwork
from advisor.verdict.trials import VARIANT, Chosen, Trials, offers
from advisor.verdict.what_if import WhatIfSearch
from laws import (
    advisor,
    answers,
    choosing,
    completed,
    contradicts,
    decider,
    every_value,
    share,
)
from strategies import (
    Catalog,
    as_consultation,
    cases,
    catalogs,
    conditions,
    shipped_knowledge,
    should_connect,
    situations,
    stories,
    told_by,
    told_in,
)

DAY = date(2026, 11, 20)
SEEDS = st.integers(0, 1_000_000)
LIBRARY = Library(
    sources={"source": Source("source", "A source", "article", DAY)},
    passages={"source/passage": Passage("source/passage", "source", "Heading", "The point.", Use("rules"))},
)
SITUATION = Situation(prospect=Prospect(name="Ana Souza"))


def engine_for(consultation: Consultation) -> ReferenceEngine:
    """The specification of what the rules of a small consultation mean."""
    return ReferenceEngine(Program.of(consultation.active, consultation.vocabulary))


def decider_for(consultation: Consultation) -> Decider:
    """Decides cases of a small consultation by the specification."""
    base = KnowledgeBase({consultation.id: consultation}, LIBRARY)
    return Decider(base, consultation.id, engine_for(consultation))


def given_of(consultation: Consultation, facts: Mapping[str, FactValue]) -> dict[str, FactValue]:
    """Those of `facts` that come from outside the rules."""
    names = {spec.name for spec in consultation.vocabulary.given}
    return {name: value for name, value in facts.items() if name in names}


@st.composite
def small_cases(
    draw: st.DrawFn, most_completions: int = 200
) -> tuple[Consultation, dict[str, FactValue], dict[str, list[FactValue]]]:
    """A small consultation, told facts, and every value of each of the others."""
    catalog: Catalog = draw(catalogs(most=6))
    told = draw(cases(catalog.vocabulary))
    facts: dict[str, FactValue] = {}
    unknown: dict[str, list[FactValue]] = {}
    for spec in catalog.vocabulary.given:
        values = every_value(spec)
        if spec.name in told:
            facts[spec.name] = told[spec.name]
        elif prod(map(len, unknown.values())) * len(values) <= most_completions:
            unknown[spec.name] = values
        else:
            facts[spec.name] = draw(st.sampled_from(values))
    return as_consultation(catalog), facts, unknown


def completions(unknown: Mapping[str, list[FactValue]]) -> Iterable[dict[str, FactValue]]:
    """Every way to answer all that is unknown."""
    return (dict(zip(unknown, each, strict=True)) for each in product(*unknown.values()))


# ------------------------------------------------------------------------------------------- networks


@share(100)
@given(catalogs(), st.data())
def test_the_working_network_says_what_the_specification_says(catalog: Catalog, data: st.DataObject) -> None:
    """Whatever is told, the network holds the same rules and reaches the same place on the scale."""
    consultation = as_consultation(catalog)
    network = WorkingNetwork(consultation)
    facts = given_of(consultation, data.draw(cases(catalog.vocabulary)))
    agrees_with_the_specification(consultation, network.start(facts), facts, network)


@share(100)
@given(catalogs(), st.data())
def test_a_change_in_the_network_is_as_if_it_had_been_told_at_once(
    catalog: Catalog, data: st.DataObject
) -> None:
    """Working out again only what hangs on a change loses nothing, also where a fact becomes unknown."""
    consultation = as_consultation(catalog)
    network = WorkingNetwork(consultation)
    before = given_of(consultation, data.draw(cases(catalog.vocabulary)))
    after = given_of(consultation, data.draw(cases(catalog.vocabulary)))
    changes = {name: after.get(name) for name in before.keys() | after.keys()}
    agrees_with_the_specification(
        consultation, network.changed(network.start(before), changes), after, network
    )


def agrees_with_the_specification(
    consultation: Consultation,
    state: Mapping[str, FactValue],
    facts: dict[str, FactValue],
    network: WorkingNetwork,
) -> None:
    """The network's state holds just the rules that the reference engine finds, and their verdict."""
    inferred = engine_for(consultation).infer(facts)
    bearing = {
        rule.id for rule in consultation.active if rule.effect.kind in ("concern", "ground", "conclude")
    }
    assert {rule for rule in bearing if state.get(RULE_PREFIX + rule) is True} == inferred.held & bearing
    assert LEVELS[network.level(state)] == decider_for(consultation).verdict_of(facts)


@share(60)
@given(situations(), SEEDS)
def test_the_network_of_the_shipped_rules_says_what_the_engine_says(situation: Situation, seed: int) -> None:
    """On real situations and on changes of any of their facts the network and the engine agree."""
    chooser = choosing(seed)
    network = decider().analysis.working
    facts = dict(advisor().read(situation).facts)
    state = network.start(facts)
    for _ in range(10):
        name = chooser.choice(sorted(answers()))
        value = chooser.choice([*answers()[name], None])
        state = network.changed(state, {name: value})
        facts.pop(name, None)
        if value is not None:
            facts[name] = value
        assert LEVELS[network.level(state)] == decider().verdict_of(facts)


# ------------------------------------------------------------------------------------ what cannot be so


@share(200)
@given(situations())
def test_what_is_called_impossible_is_never_read_from_a_situation(situation: Situation) -> None:
    """No situation that can be told makes a condition under `impossible` true."""
    facts = advisor().read(situation).facts
    assert [each for each in should_connect().impossible if evaluate(each, facts) is True] == []


@share(60)
@given(catalogs(most=5), st.data())
def test_searches_pass_over_what_is_impossible_and_over_nothing_else(
    catalog: Catalog, data: st.DataObject
) -> None:
    """With declared impossibilities, what is possible is just what the remaining completions bring about."""
    plain_vocabulary = replace(catalog.vocabulary, facts={
        name: spec for name, spec in catalog.vocabulary.facts.items() if spec.origin != "concluded"
    })  # fmt: skip
    never = data.draw(conditions(plain_vocabulary, fuel=4).filter(compares_values))
    consultation = replace(as_consultation(catalog), impossible=(never,))
    unknown: dict[str, list[FactValue]] = {}
    facts: dict[str, FactValue] = {}
    for spec in consultation.vocabulary.given:
        values = every_value(spec)
        if prod(map(len, unknown.values())) * len(values) <= 200:
            unknown[spec.name] = values
        else:
            facts[spec.name] = data.draw(st.sampled_from(values))
    assume(evaluate(never, facts) is not True)
    small = decider_for(consultation)
    now = small.verdict_of(facts)
    reached = {
        small.verdict_of({**facts, **each})
        for each in completions(unknown)
        if evaluate(never, {**facts, **each}) is not True
    }
    outlook = small.analysis.outlook.find(facts, now)
    if outlook.exhaustive:
        assert set(outlook.verdicts) == reached | {now}
    else:
        assert set(outlook.verdicts) >= reached | {now}


def compares_values(condition: object) -> bool:
    """Whether a condition says nothing about what is known, as the catalog demands of impossibilities."""
    return "'known'" not in repr(condition) and "'unknown'" not in repr(condition)


# --------------------------------------------------------------------------------------------- what to ask


@share(100)
@given(small_cases())
def test_an_answer_matters_exactly_where_trying_everything_says_so(
    small: tuple[Consultation, dict[str, FactValue], dict[str, list[FactValue]]],
) -> None:
    """A question is worth asking just where two answers to it, all else alike, give two verdicts."""
    consultation, facts, unknown = small
    decide = decider_for(consultation)
    verdicts = {tuple(each.values()): decide.verdict_of({**facts, **each}) for each in completions(unknown)}
    for place, fact in enumerate(unknown):
        by_others: dict[tuple[FactValue, ...], set[str]] = {}
        for values, verdict in verdicts.items():
            by_others.setdefault((*values[:place], *values[place + 1 :]), set()).add(verdict)
        matters = any(len(each) > 1 for each in by_others.values())
        said = decide.analysis.outlook.matters(facts, fact)
        assert said is matters, fact


@share(100)
@given(small_cases(), SEEDS)
def test_an_interview_on_a_small_catalog_ends_settled_and_keeps_its_word(
    small: tuple[Consultation, dict[str, FactValue], dict[str, list[FactValue]]], seed: int
) -> None:
    """Once it says settled, no answer to anything that was left out gives another verdict: all are tried."""
    consultation, facts, unknown = small
    vocabulary = replace(consultation.vocabulary, facts={
        name: replace(spec, ask=f"{name}?") if spec.origin != "concluded" else spec
        for name, spec in consultation.vocabulary.facts.items()
    })  # fmt: skip
    consultation = replace(consultation, vocabulary=vocabulary)
    decide = decider_for(consultation)
    interviewer = Interviewer(decide.analysis)
    truth = {fact: choosing(f"{seed}{fact}").choice(values) for fact, values in unknown.items()}
    told = dict(facts)
    for _ in range(len(unknown) + 1):
        agenda = interviewer.agenda(Case(told), decide.verdict_of(told), most=1)
        if agenda.settled:
            break
        assert agenda.questions, "what is not settled can be asked about"
        fact = agenda.questions[0].fact
        assert fact not in told, "nothing is asked twice"
        told[fact] = truth[fact]
    assert agenda.settled
    left = {fact: values for fact, values in unknown.items() if fact not in told}
    assert {decide.verdict_of({**told, **each}) for each in completions(left)} == {agenda.verdict}


@share(40)
@given(situations(), SEEDS)
def test_an_interview_on_the_shipped_rules_ends_and_keeps_its_word(situation: Situation, seed: int) -> None:
    """Answered at random, it ends; where it says settled, random completions give no other verdict."""
    chooser = choosing(seed)
    explainer, analysis = advisor()._period(date.today()).explainer, decider().analysis
    facts = dict(advisor().read(situation).facts)
    truth = completed(chooser, facts, whole=True)
    skipped: set[str] = set()
    while True:
        agenda = explainer.agenda(Case(facts), skipped, 1)
        if agenda.settled or not agenda.questions:
            break
        fact = agenda.questions[0].fact
        assert fact not in skipped
        skipped.add(fact)
        if chooser.random() < 0.8:
            facts |= {
                each: truth[each] for each in analysis.told_by[fact] if each in truth and each not in facts
            }
    if agenda.settled:
        for _ in range(20):
            answered = completed(chooser, facts, whole=True)
            if (
                answers().keys() <= answered.keys()
            ):  # else what was made up so far allows no answer to the rest
                assert decider().verdict_of(answered) == agenda.verdict


@share(30)
@given(situations(), SEEDS)
def test_a_question_that_is_left_out_makes_no_difference(situation: Situation, seed: int) -> None:
    """What the agenda leaves out changes no verdict, however all else is answered."""
    chooser = choosing(seed)
    analysis = decider().analysis
    facts = advisor().read(situation).facts
    agenda = advisor().agenda(situation)
    asked = {each for question in agenda.questions for each in analysis.told_by[question.fact]}
    state = analysis.working.start(facts)
    left_out = [
        fact
        for fact in analysis.told_by
        if fact not in facts and fact not in asked and analysis.asks(fact, state) and fact in answers()
    ]
    for fact in left_out:
        others = completed(chooser, facts, whole=True)
        if not answers().keys() <= others.keys():
            continue  # what was made up first allows no answer to the rest
        others.pop(fact, None)
        verdicts = {
            decider().verdict_of({**others, fact: value})
            for value in answers()[fact]
            if not contradicts({**others, fact: value}, facts)
        }
        assert len(verdicts) <= 1, fact


# --------------------------------------------------------------------------------------------- how close


@share(40)
@given(situations())
def test_a_turning_point_turns_the_verdict_as_it_says(situation: Situation) -> None:
    """Told otherwise, a fact with its sums gives the verdict that it names.

    Where it cannot stand alone, any other value of what its answer tells besides gives that verdict.
    """
    verdict = advisor().advise(situation)
    facts, analysis = advisor().read(situation).facts, decider().analysis
    for point in verdict.turning_points:
        for says, other in point.otherwise.items():
            alone = otherwise(facts, point.fact, says)
            if not contradicts(alone, facts):
                assert decider().verdict_of(alone) == other, (point, says)
                continue
            with_it = analysis.told_by.get(point.fact, frozenset()) - {point.fact}
            reached = {
                decider().verdict_of({**alone, name: value})
                for name in with_it & facts.keys() & answers().keys()
                for value in answers()[name]
                if not contradicts({**alone, name: value}, facts)
            }
            assert reached == {other}, (point, says)


def otherwise(facts: Mapping[str, FactValue], fact: str, says: str) -> dict[str, FactValue]:
    """`facts` with another value of one, which is said in words, and with the sums that it is part of."""
    vocabulary = should_connect().vocabulary
    if vocabulary[fact].type != "number":
        kinds = {kind.says: kind.value for kind in decider().analysis.kinds[fact]}
        return {**facts, fact: kinds[says]}
    after = {**facts, fact: int(says.split()[0])}
    for spec in vocabulary.given:
        if fact in spec.sum_of and all(part in after for part in spec.sum_of):
            after[spec.name] = sum(int(str(after[part])) for part in spec.sum_of)
    return after


@share(40)
@given(situations(), SEEDS)
def test_what_is_no_turning_point_does_not_turn_the_verdict(situation: Situation, seed: int) -> None:
    """No told fact that is not named changes the verdict by itself."""
    chooser = choosing(seed)
    verdict = advisor().advise(situation)
    facts, analysis = advisor().read(situation).facts, decider().analysis
    named = {point.fact for point in verdict.turning_points}
    vocabulary = should_connect().vocabulary
    others = [
        fact
        for fact in facts
        if fact in answers()
        and vocabulary[fact].origin != "draft"
        and fact not in named
        and vocabulary[fact].told_with not in named
    ]
    for fact in chooser.sample(others, min(5, len(others))):
        for value in answers()[fact]:
            number = vocabulary[fact].type == "number"
            after = otherwise(facts, fact, str(value)) if number else {**facts, fact: value}
            alike = analysis.class_of(fact, value) == analysis.class_of(fact, facts[fact])
            several = isinstance(value, frozenset) and len(value) > 1  # named by its members
            if not (alike or several or contradicts(after, facts)):
                assert decider().verdict_of(after) == verdict.verdict, fact


# ------------------------------------------------------------------------------------------------ why not


@share(40)
@given(situations(), SEEDS)
def test_the_nearest_clauses_of_the_shipped_rules_are_on_facts_from_outside(
    situation: Situation, seed: int
) -> None:
    """What would turn a rule is said of facts that can be told or read; only smallest sets are named."""
    chooser = choosing(seed)
    case = advisor().read(situation)
    inference = decider().infer(case)
    turns = decider().turns(case, inference)
    given = {spec.name for spec in should_connect().vocabulary.given}
    for rule in chooser.sample(should_connect().active, 12):
        near = turns.near_miss(rule)
        assert near.trace.holds is (rule.id in inference.held)
        assert len({len(each) for each in near.turns}) <= 1
        assert {turn.clause.name for each in near.turns for turn in each} <= given


@share(60)
@given(catalogs(), st.data())
def test_what_is_named_turns_a_rule(catalog: Catalog, data: st.DataObject) -> None:
    """On small catalogs: some values of the facts that are named turn the rule; where none are, none do."""
    consultation = as_consultation(catalog)
    assume(consultation.active)
    decide = decider_for(consultation)
    facts = given_of(consultation, data.draw(cases(catalog.vocabulary)))
    case = Case(facts)
    inference = decide.infer(case)
    rule = data.draw(st.sampled_from(consultation.active))
    near = decide.turns(case, inference).near_miss(rule)
    holds = rule.id in inference.held

    def turned_by(names: Iterable[str], *unknown: None) -> bool:
        """Whether some values of these facts turn the rule, all else as it is."""
        listed = sorted(names)
        choices = [[*decide.analysis.classes[name], *unknown] for name in listed]
        for values in product(*choices):
            otherwise = {name: value for name, value in facts.items() if name not in listed}
            told = {name: value for name, value in zip(listed, values, strict=True) if value is not None}
            if (rule.id in engine_for(consultation).infer({**otherwise, **told}).held) is not holds:
                return True
        return False

    for each in near.turns[:5]:
        assert turned_by({turn.clause.name for turn in each}, None)
    behind = decide.analysis.behind.get(RULE_PREFIX + rule.id, rule.facts)
    single = [fact for fact in behind if fact in decide.analysis.classes]
    if not near.turns and near.certain and all(map(compares_values, consultation.active)):
        assert not any(turned_by({fact}) for fact in single if fact in facts)


@pytest.mark.parametrize("asked", LEVELS)
@share(20)
@given(situation=situations())
def test_why_not_a_verdict_names_all_that_stands_in_its_way(asked: str, situation: Situation) -> None:
    """Every standing concern above the verdict asked about is named, and no other."""
    answer = advisor().why_not(situation, asked)
    verdict = advisor().advise(situation)
    caution = should_connect().caution
    above = {each.rule for each in verdict.concerns if caution(each.holds_at) > caution(asked)}
    assert {near.trace.rule for near in answer.must_fall} == above
    assert answer.holds == (verdict.verdict == asked)
    assert all(near.trace.target == asked and near.turns for near in answer.could_hold)


# ------------------------------------------------------------------------------------------------- why


@share(40)
@given(situations())
def test_the_tree_has_every_fact_rule_and_passage_that_it_names(situation: Situation) -> None:
    """Nothing in the tree points to something that is not in it, and its truths are those of the engine."""
    receipt = advisor().receipt(situation)
    tree = receipt.justification
    bearing = {each.rule for each in (*receipt.grounds, *receipt.concerns)}
    assert {each.rule for each in tree.findings} == bearing
    assert {each.rule for each in tree.set_aside} == {each.finding.rule for each in receipt.excused}
    traces = {each.rule: each for each in (*tree.findings, *tree.set_aside, *tree.rules.values())}
    for trace in traces.values():
        assert set(trace.cites) <= tree.passages.keys()
        assert trace.holds is (trace.when.truth is True and not any(each.truth for each in trace.unless))
        pending = [trace.when, *trace.unless]
        while pending:
            clause = pending.pop()
            pending += clause.parts
            assert bool(clause.parts) is not bool(clause.says)
            if clause.kind == "fact":
                assert tree.facts[clause.name].value == clause.seen
            elif clause.kind == "rule":
                assert clause.name in traces
    for fact in tree.facts.values():
        assert set(fact.concluded_by) <= traces.keys()
        assert all(situation.draft and span.text in situation.draft for span in fact.spans)


# --------------------------------------------------------------------------------- what would change it


@st.composite
def small_actions(draw: st.DrawFn, consultation: Consultation) -> tuple[Action, ...]:
    """Up to six actions on the facts of a small consultation, some of them offered only at times."""
    given = consultation.vocabulary.given
    actions = []
    for place in range(draw(st.integers(1, 6))):
        specs = draw(
            st.lists(st.sampled_from(given), min_size=1, max_size=2, unique_by=lambda spec: spec.name)
        )
        plain_vocabulary = replace(consultation.vocabulary, facts={spec.name: spec for spec in given})
        condition = st.none() | conditions(plain_vocabulary, fuel=2)
        actions.append(
            Action(
                id=f"a{place}",
                does="Do it.",
                changes=draw(st.sampled_from(("draft", "time", "relationship"))),
                when=draw(condition),
                unless=draw(condition),
                facts={spec.name: draw(st.sampled_from(every_value(spec))) for spec in specs},
            )
        )
    return tuple(actions)


def possible_in_order(trials: Trials, way: Way) -> bool:
    """Whether each step is on offer when its turn comes."""
    done: Chosen = frozenset()
    for step in way.steps:
        (name,) = chosen_in(trials, replace(way, steps=(step,)))
        before = trials.of(done) if done else trials.base
        if before is None or not offers(trials.actions[name], before.state):
            return False
        done |= {name}
    return True


def feasible(trials: Trials, chosen: Chosen) -> bool:
    """Whether there is an order in which each action is offered when its turn comes."""
    for order in permutations(sorted(chosen)):
        done: Chosen = frozenset()
        for name in order:
            before = trials.of(done) if done else trials.base
            if before is None or not offers(trials.actions[name], before.state):
                break
            done |= {name}
        else:
            return trials.of(chosen) is not None
    return False


def working_sets(trials: Trials, level: int, most: int) -> list[Chosen]:
    """All feasible sets of up to `most` actions that lead to `level` or a more willing place."""
    found = []
    for size in range(1, most + 1):
        for names in combinations(sorted(trials.actions), size):
            chosen = frozenset(names)
            trial = trials.of(chosen)
            if trial is not None and trial.level <= level and feasible(trials, chosen):
                found.append(chosen)
    return found


@share(100)
@given(catalogs(most=6), st.data())
def test_the_ways_are_exactly_the_smallest_sets_that_work(catalog: Catalog, data: st.DataObject) -> None:
    """On small catalogs: what trying all feasible sets finds to be smallest is what is suggested."""
    consultation = as_consultation(catalog)
    assume(consultation.vocabulary.given)
    actions = data.draw(small_actions(consultation))
    levers = Actions(("draft", "time", "relationship"), frozenset({"draft"}), actions)
    consultation = replace(consultation, actions=levers)
    decide = decider_for(consultation)
    told = given_of(consultation, data.draw(cases(catalog.vocabulary)))
    trials = Trials(decide.analysis, SITUATION, lambda *_: Case(told))
    wanted = data.draw(st.sampled_from(LEVELS))
    answer = WhatIfSearch(decide, trials, wanted).run()
    level = consultation.caution(wanted)
    if trials.base.level <= level:
        assert answer.reached
        assert not answer.ways
        return
    works = working_sets(trials, level, len(actions))
    smallest = {each for each in works if not any(other < each for other in works)}
    assert answer.exhaustive
    assert {frozenset(step.action for step in way.steps) for way in answer.ways} == smallest


@share(40)
@given(situations())
def test_a_suggested_set_gives_the_wanted_verdict_and_no_part_of_it_does(situation: Situation) -> None:
    """On the shipped rules: done, it leads there; with any step left out that can be, it does not."""
    trials = trials_of(situation)
    answer = advisor().what_if(situation)
    for way in answer.ways[:6]:
        chosen = chosen_in(trials, way)
        assert possible_in_order(trials, way)
        trial = trials.of(chosen)
        assert trial is not None
        assert decider().verdict_of(trial.case.facts) == way.verdict == answer.wanted
        # A search that was cut off has only tried to leave out one step at a time.
        for size in range(1 if answer.exhaustive else len(chosen) - 1, len(chosen)):
            for part in map(frozenset, combinations(sorted(chosen), size)):
                tried = trials.of(part)
                if tried is not None and feasible(trials, part):
                    assert decider().verdict_of(tried.case.facts) != answer.wanted, (chosen, part)


@share(40)
@given(situations())
def test_what_can_be_written_down_gives_the_verdict_when_asked_again(situation: Situation) -> None:
    """Ways that only change the file and exact words of the note give their verdict from a fresh start."""
    trials = trials_of(situation)
    answer = advisor().what_if(situation)
    for way in answer.ways[:6]:
        actions = [trials.actions[name] for name in chosen_in(trials, way)]
        if any(action.facts for action in actions):
            continue  # only the writer can put it into words
        trial = trials.of(frozenset(action.id for action in actions))
        assert trial is not None
        day = (situation.as_of or DAY) + timedelta(days=trial.days)
        again = advisor().advise(later(trial.situation, trial.days), day)
        assert again.verdict == way.verdict
    for mending in answer.mendings:
        again = advisor().advise(replace(situation, draft=mending.draft))
        assert again.verdict == mending.verdict
        now = advisor().advise(situation)
        before, after = ({each.rule for each in (*one.concerns, *one.advice)} for one in (now, again))
        assert set(mending.rules) == before - after


def chosen_in(trials: Trials, way: Way) -> Chosen:
    """The actions of a way, as the trials know them: those that wait once for each number of days."""
    return frozenset(
        step.action if step.action in trials.actions else f"{step.action}{VARIANT}{step.days}"
        for step in way.steps
    )


def trials_of(situation: Situation) -> Trials:
    """Trials on the shipped rules, as `Advisor.what_if` makes them."""
    day = situation.as_of or date.today()

    def read(told: Situation, days: int) -> Case:
        return advisor()._reader.read(later(told, days), day + timedelta(days=days))

    return Trials(decider().analysis, situation, read)


@share(40)
@given(situations())
def test_where_there_is_no_way_something_is_named_that_stands_in_it(situation: Situation) -> None:
    """`Nothing leads there` names concerns that stand, and is never said where some single action helps."""
    answer = advisor().what_if(situation)
    if answer.reached or answer.ways:
        assert not answer.obstacles
        return
    standing = {each.rule for each in advisor().advise(situation).concerns}
    assert answer.obstacles
    assert {each.trace.rule for each in answer.obstacles} <= standing
    assert working_sets(trials_of(situation), 0, 1) == []


def told(text: str) -> Situation:
    """A prospect file, asked about on the day of these tests."""
    return told_by(text, DAY)


def steps(situation: Situation, want: str = "connect") -> list[list[tuple[str, int]]]:
    """The actions of every way, each with the days that it waits."""
    answer = advisor().what_if(situation, want)
    return [[(step.action, step.days) for step in way.steps] for way in answer.ways]


FULL_WEEK = "sending: {recent_days: [30, 20, 20, 20, 10, 5, 5], restricted: %s}\n"
COLLEAGUE = """\
prospect: Mara Lind
relationship: former colleague
draft: "Dear Mara, since our Bergen project I have often thought of your drying shelves. May I stay in touch?"
"""


def test_waiting_is_as_long_as_it_takes_whatever_else_stands_in_the_way() -> None:
    """The days that are waited belong to the set: another concern does not hide what waiting would do."""
    alone = steps(told(COLLEAGUE + FULL_WEEK % "no"))
    assert alone == [[("wait", 3)]]
    both = steps(told(COLLEAGUE + FULL_WEEK % "yes"))
    assert both == [[("wait-for-the-restriction", 1), ("wait", 3)]]


def test_a_greeting_that_is_only_a_placeholder_can_be_mended() -> None:
    """Also in a language that is not read, the name can be put where the placeholder is."""
    note = "draft: Hi [First Name], czytałem Twój artykuł o torfowiskach i chciałbym dowiedzieć się więcej."
    ways = steps(told(f"prospect: Mara Lind\nrelationship: former colleague\n{note}\n"))
    assert [("fill-the-placeholder-from-the-file", 0)] in ways
    assert [("fill-in-the-name", 0)] in ways


NEVER_SAID = {
    "an occasion that is still to come": "met: [{how: event, where: PyCon 2027, when: 2027-04-01}]",
    "a meeting without a word": "met: [{how: event, where: PyCon 2026, talked: no}]",
    "a post": "met: [{how: same post, where: a post on nitrate}]",
    "a mutual connection without a name": "mutual_connections: {people: [{name: unknown}]}",
}


@pytest.mark.parametrize("relationship", NEVER_SAID.values(), ids=NEVER_SAID)
def test_no_sentence_is_put_in_that_would_not_be_true(relationship: str) -> None:
    """Words that are put into a note say only what the file tells."""
    situation = told(
        f"prospect: Mara Lind\nrelationship: {{known_as: stranger, {relationship}}}\n"
        'draft: "Dear Mara, I would like to connect with you. Best wishes, Owen"\n'
    )
    trials = trials_of(situation)
    offered = [each for each in trials.actions.values() if offers(each, trials.base.state)]
    added = " ".join(edit.new for each in offered for edit in trials.edits.get(each.id, ()))
    assert "PyCon" not in added
    assert "post on" not in added
    assert "unknown" not in added


def test_somebody_without_a_name_is_greeted_by_none() -> None:
    """`unknown` is no name to greet."""
    situation = told('prospect: unknown\ndraft: "Hello, I read your essay on peat bogs."\n')
    assert "greet-by-name" not in trials_of(situation).actions


MENDED = {
    "a sentence without spaces around it": (
        "Hi [Name]。泥炭地のご研究を拝読しました。Please reply ASAP。よろしくお願いします。",
        "note.pressure",
        None,
    ),
    "a closing on a line of its own": (
        "Hello Mara, I read your paper on peat bogs twice. You have a beautiful smile\nBest regards\nSeyi",
        "note.romantic",
        "Hello Mara, I read your paper on peat bogs twice. Best regards\nSeyi",
    ),
    "emoji of several signs": (
        "Hi Mara 👩‍👩‍👧 ❤️ 👍🏽, your talk on peat bogs stuck with me.",
        "note.emoji",
        "Hi Mara, your talk on peat bogs stuck with me.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("draft", "fact", "wanted"), MENDED.values(), ids=MENDED)
def test_an_edit_leaves_the_rest_of_the_note_alone(draft: str, fact: str, wanted: str | None) -> None:
    """What goes is the sentence or the sign in question, and nothing else."""
    situation = Situation(prospect=Prospect(name="Mara Lind"), draft=draft, as_of=DAY)
    trials = trials_of(situation)
    made = [
        edited(draft, trials.edits[action.id])
        for action in trials.actions.values()
        if fact in (*action.removes, *action.strikes) and trials.edits.get(action.id)
    ]
    assert made == ([wanted] if wanted else []) or all(each and "拝読しました" in each for each in made)


def test_a_greeting_in_brackets_or_before_a_list_is_replaced_alone() -> None:
    """Brackets before it and marks of a list after it stay."""
    for draft, wanted in (
        ("(Hi Ruth, please ignore) I read your essay.", "(Dear Mara Lind, please ignore) I read your essay."),
        (
            "Hi Ruth,\n- I liked your essay.\n- Would you tell me more?",
            "Dear Mara Lind,\n- I liked your essay.\n- Would you tell me more?",
        ),
    ):
        situation = Situation(prospect=Prospect(name="Mara Lind"), draft=draft, as_of=DAY)
        edits = trials_of(situation).edits["greet-by-name"]
        assert edited(draft, edits) == wanted


def test_a_note_full_of_faults_still_gets_an_answer_in_bounded_time() -> None:
    """Where trying all sets would take too long, the search says so, and one way is found all the same."""
    note = (
        "Hi Ruth, I am trying to grow my network. I love what [Company] does. As a fellow Siemens member I "
        "would like to connect. Get 50 more leads in 24 hours! Could we jump on a 20-minute call next week? "
        "You have a beautiful smile. You have ignored me twice."
    )
    situation = Situation(prospect=Prospect(name="Mara Lind"), draft=note, as_of=DAY)
    answer = advisor().what_if(situation)
    assert answer.ways
    assert answer.tried < 600
    for way in answer.ways:
        trials = trials_of(situation)
        trial = trials.of(chosen_in(trials, way))
        assert trial is not None
        assert trial.level == 0


def test_the_last_day_there_is_can_be_asked_about() -> None:
    """Waiting past the end of the calendar is no error."""
    assert advisor().what_if(replace(told(COLLEAGUE + FULL_WEEK % "no"), as_of=date.max), as_of=date.max)


LIFTED_BY_NOBODY = {
    "already-connected": "there is nothing to send",
    "already-invited": "the answer is the other's",
    "they-invited-you": "the answer is yours, and no request",
}
"""Concerns that no action touches, with the reason."""


def test_every_other_concern_can_be_touched_by_some_action() -> None:
    """Whoever adds a concern says what can be done about it in actions.yaml, or here why nothing can."""
    analysis = RuleAnalysis(should_connect())
    waited = {name for name in analysis.timed if should_connect().vocabulary[name].changes_with == "time"}
    touched: set[str] = set()
    for action in should_connect().actions.all:
        touched.update(action.facts, action.removes, action.strikes)
        places = [".".join(patch.place) for patch in action.file]
        touched.update(
            spec.name
            for spec in should_connect().vocabulary.given
            if any(spec.told and (spec.told + ".").startswith(place) for place in places)
            or (action.waits_up_to and spec.name in waited and not spec.name.startswith("status.now"))
            or (action.greets and spec.name == "note.greeting")
            or (action.new_note and spec.origin == "draft")
        )
    untouched = {
        rule.id
        for rule in should_connect().active
        if rule.effect.kind == "concern" and not analysis.behind[RULE_PREFIX + rule.id] & touched
    }
    assert untouched == LIFTED_BY_NOBODY.keys()


@pytest.mark.parametrize(
    "fact", ["purpose.kind", "relationship.known_as", "shared.school", "shared.employer", "met.never"]
)
def test_no_action_changes_what_nobody_can_decide_upon(fact: str) -> None:
    """Nobody can decide to have met, to want something else or to have been at another school."""
    told = should_connect().vocabulary[fact].told
    for action in should_connect().actions.all:
        assert fact not in action.facts
        places = [patch for patch in action.file if ".".join(patch.place) == told]
        assert all(patch.adds for patch in places), "what was is not rewritten; something may come to it"


# ------------------------------------------------------------------------------------------------- edits


@share(100)
@given(stories())
def test_an_edit_names_the_words_that_stand_there(story: object) -> None:
    """The old words are those at its place, only they change, and the edited note is what is said."""
    situation: Situation = story.situation  # type: ignore[attr-defined]
    draft = situation.draft or ""
    for edits in trials_of(situation).edits.values():
        made = edited(draft, edits)
        assert made is not None
        kept, last = [], 0
        for edit in sorted(edits, key=lambda each: each.start):
            assert draft[edit.start : edit.end] == edit.old
            assert edit.old != edit.new
            kept += [draft[last : edit.start], edit.new]
            last = edit.end
        assert "".join([*kept, draft[last:]]).strip() == made


@given(st.text("ab .!?\n", max_size=30), st.data())
def test_deletions_that_overlap_are_made_once(draft: str, data: st.DataObject) -> None:
    """Of several stretches that go, every sign goes that lies in one of them, and no other does."""
    spots = st.integers(0, len(draft))
    ranges = [sorted((data.draw(spots), data.draw(spots))) for _ in range(data.draw(st.integers(0, 4)))]
    edits = [DraftEdit(start=low, end=high, old=draft[low:high], new="") for low, high in ranges]
    left = "".join(
        sign for place, sign in enumerate(draft) if not any(low <= place < high for low, high in ranges)
    )
    assert edited(draft, edits) == left.strip()


# ------------------------------------------------------------------------------------ later, told, receipts


@share(60)
@given(situations(), st.integers(1, 40))
def test_waiting_never_makes_the_week_fuller(situation: Situation, days: int) -> None:
    """Days on which nothing is sent leave fewer requests in the last seven days, or as many."""
    day = situation.as_of or DAY
    before = advisor().read(situation, day).facts
    after = advisor().read(later(situation, days), day + timedelta(days=days)).facts
    week = "pace.last_7_days"
    if week in before:
        assert int(str(after[week])) <= int(str(before[week]))
        assert days < 7 or after[week] == 0
    if "pace.today" in before:
        assert after.get("pace.today", 0) == 0


def test_waiting_a_day_lets_the_oldest_day_fall_out() -> None:
    """Counted by days, the week moves on with each day that nothing is sent."""
    sending = Sending(recent_days=(5, 10, 10, 10, 10, 10, 40))
    rested = later(Situation(prospect=Prospect(name="Ana"), sending=sending), 1)
    facts = advisor().read(rested, DAY).facts
    assert (facts["pace.last_7_days"], facts["pace.today"]) == (55, 0)


@share(100)
@given(situations())
def test_what_was_told_reads_back_as_it_was(situation: Situation) -> None:
    """The plain form of a situation is a prospect file that says the same."""
    assert told_in(as_told(situation), None) == situation


@share(20)
@given(situations())
def test_a_receipt_decided_again_on_the_same_day_is_the_same(situation: Situation) -> None:
    """Written as JSON and read back, a receipt gives itself again, byte for byte, and no difference."""
    day = situation.as_of or DAY
    receipt = advisor().receipt(situation, day)
    read = read_receipt(Document("receipt", json.loads(dumped(plain(receipt)))), ["should-connect"])
    assert dumped(plain(read)) == dumped(plain(receipt))
    told = told_in(json.loads(dumped(plain(read.situation))), None)
    replay = advisor().replay(read, told)
    assert replay.same
    assert replay.differences == ()
    assert dumped(plain(replay.receipt)) == dumped(plain(receipt))


@share(20)
@given(situations(), st.integers(1, 60))
def test_every_difference_of_a_replay_is_there_and_explained(situation: Situation, days: int) -> None:
    """Asked as on another day, the replay names just the facts that are otherwise, each with a cause."""
    day = situation.as_of or DAY
    receipt = advisor().receipt(situation, day)
    replay = advisor().replay(receipt, situation, day + timedelta(days=days))
    after = replay.receipt.facts
    other = {
        name for name in receipt.facts.keys() | after.keys() if receipt.facts.get(name) != after.get(name)
    }
    assert {each.name for each in replay.differences if each.kind == "fact"} == other
    assert replay.same == (replay.before == replay.after)
    assert all(each.because for each in replay.differences)
    assert ("verdict" in {each.kind for each in replay.differences}) is not replay.same
    turned = set(receipt.held) ^ set(replay.receipt.held)
    assert {each.name for each in replay.differences if each.kind == "rule"} == turned


def test_a_replay_with_other_rules_says_which_rule_was_changed() -> None:
    """A changed threshold is named as the cause of the verdict that it changes."""
    situation = Situation(
        prospect=Prospect(name="Ana"), sending=Sending(last_7_days=90), draft="none", as_of=DAY
    )
    receipt = advisor().receipt(situation, DAY)
    consultation = should_connect()
    changed = tuple(
        replace(rule, when=replace(rule.when, value=80)) if rule.id == "weekly-limit-reached" else rule  # type: ignore[call-arg]
        for rule in consultation.rules
    )
    base = shipped_knowledge()
    stricter = replace(
        base,
        consultations={consultation.id: replace(consultation, rules=changed)},
        sha256="0" * 64,
    )
    from advisor.wiring import Advisor

    replay = Advisor(stricter, "reference").replay(receipt, situation)
    rules = {each.name: each for each in replay.differences if each.kind == "rule"}
    assert "condition" in rules["weekly-limit-reached"].because
    assert (rules["weekly-limit-reached"].before, rules["weekly-limit-reached"].after) == (False, True)


def test_explanations_are_the_same_with_both_engines() -> None:
    """Nothing that is explained is an engine's own."""
    situation = Situation(prospect=Prospect(name="Ana Souza"), draft="Hi Ana, let us connect.", as_of=DAY)
    both = [advisor(name) for name in ("auto", "reference")]
    for ask in (
        lambda one: one.what_if(situation),
        lambda one: one.agenda(situation),
        lambda one: one.why_not(situation, "connect"),
        lambda one: one.receipt(situation),
    ):
        first, second = (dumped(plain(ask(one))) for one in both)
        assert first == second


def test_unknown_names_are_refused() -> None:
    """A rule or verdict that does not exist is a KeyError, not an empty answer."""
    with pytest.raises(KeyError):
        advisor().why_not(SITUATION, "no-such-rule")
    with pytest.raises(KeyError):
        advisor().what_if(SITUATION, "perhaps")
