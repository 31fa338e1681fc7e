"""Laws that hold for every situation: what no rule, no lexicon and no change of either may break."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise, product
from math import prod
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.catalog.consistency import LONGEST_DRAFT
from advisor.inference.durable import available
from advisor.inference.engine import Inference, Program
from advisor.inference.reference import ReferenceEngine
from advisor.model.case import Case
from advisor.model.knowledge import Library
from advisor.model.knowledge_base import KnowledgeBase
from advisor.model.situation import (
    Encounter,
    MutualConnection,
    MutualConnections,
    Prospect,
    Purpose,
    Relationship,
    Shared,
    Situation,
)
from advisor.model.verdict import Finding, Verdict
from advisor.model.vocabulary import FactValue
from advisor.report.json import render
from advisor.testing import reordered
from advisor.verdict.advise import Decider
from advisor.verdict.possible import OutlookFinder, classes
from advisor.wiring import Advisor, make_engine
from laws import (
    advisor,
    answers,
    choosing,
    completed,
    decider,
    every_value,
    outlooks,
    pool,
    share,
)
from strategies import (
    ANY_TEXT,
    PLACEHOLDERS,
    Catalog,
    Story,
    as_consultation,
    as_json,
    as_yaml,
    cases,
    catalogs,
    plain,
    prospect_files,
    renamings,
    shipped_knowledge,
    should_connect,
    situations,
    stories,
    told_by,
    told_in,
)

MANY = 10_000
"""Consultations in one process, as the issue asks."""
THREADS = 4
NASTY = "[]{}<>%$#_X.,;:!?-–—'\"«»()/\\@+0179 \n\t\u200b\u0301\ufe0f🙂é你ßمİǆﬁ"
"""Signs that placeholders, links, names and sentences are told by, and letters that folding changes."""
SEEDS = st.integers(0, 1_000_000)
ASK_AGAIN = """
import json, sys
from datetime import date
from advisor import Advisor
from advisor.catalog.situations import read_situation
from advisor.catalog.text import parse
from advisor.report.json import render
from advisor.testing import reordered
advisor = Advisor()
vocabulary = advisor.knowledge_base.consultation("should-connect").vocabulary
for line in sys.stdin:
    day, _, text = line.partition(" ")
    situation = read_situation(parse(text, "-"), vocabulary, as_of=date.fromisoformat(day))
    print(json.dumps(render(advisor.advise(situation))))
"""
"""What another process does: read situations, one a line, and print the verdicts."""


def caution(situation: Situation) -> int:
    """Place of the verdict on the scale, 0 for the most willing."""
    return should_connect().caution(decider().verdict_of(advisor().read(situation).facts))


def findings(verdict: Verdict) -> list[Finding]:
    """Everything the person reads about rules."""
    excused = [each.finding for each in verdict.excused]
    return [*verdict.grounds, *verdict.concerns, *verdict.merits, *verdict.advice, *excused]


# ----------------------------------------------------------------------------------- engines and order


@pytest.mark.skipif(available() is not None, reason=available() or "")
@share(60)
@given(situations())
def test_both_engines_give_the_same_verdict(situation: Situation) -> None:
    """Nothing of a verdict is the engine's own: both engines give the same, word for word."""
    assert advisor("durable").advise(situation) == advisor("reference").advise(situation)


@share(10)
@given(SEEDS, st.lists(situations(), min_size=3, max_size=3))
def test_the_order_of_rules_and_words_never_matters(seed: int, asked: list[Situation]) -> None:
    """Rules, passages, lexicons and their words give the same verdict in any order."""
    other = reordered(shipped_knowledge(), choosing(seed))
    asked_of = Advisor(other)
    for situation in asked:
        assert asked_of.advise(situation) == advisor().advise(situation)


# ----------------------------------------------------------------------------------- one after another


@lru_cache(maxsize=1)
def fresh_inferences() -> tuple[tuple[Case, Inference], ...]:
    """For every case of the pool what an engine infers that has never seen another case."""
    read = [advisor().read(situation) for situation in pool()]
    return tuple((case, make_engine(shipped_knowledge()).infer(case.facts)) for case in read)


def asked_at_random(engine_of: Advisor, count: int, seed: int) -> list[int]:
    """Places of the cases, out of `count` picked at random, that came out other than when asked alone."""
    picks = choosing(seed).choices(range(len(fresh_inferences())), k=count)
    known = fresh_inferences()
    return [place for place in picks if engine_of.engine.infer(known[place][0].facts) != known[place][1]]


def test_ten_thousand_consultations_do_not_influence_one_another() -> None:
    """Whatever was asked before, a case comes out as if it were the first."""
    assert asked_at_random(Advisor(shipped_knowledge()), MANY, seed=1) == []


def test_threads_that_share_an_advisor_do_not_influence_one_another() -> None:
    """Ten thousand cases asked from four threads at once come out as if each were asked alone."""
    fresh_inferences()
    shared = Advisor(shipped_knowledge())
    with ThreadPoolExecutor(THREADS) as threads:
        wrong = threads.map(lambda seed: asked_at_random(shared, MANY // THREADS, seed), range(THREADS))
        assert [place for places in wrong for place in places] == []


def whole_verdicts_from_threads(count: int) -> None:
    """Ask `count` times for a whole verdict, from four threads at once, and compare."""
    alone = {place: render(advisor().advise(situation)) for place, situation in enumerate(pool())}
    shared = Advisor(shipped_knowledge())
    picks = choosing(count).choices(range(len(alone)), k=count)
    with ThreadPoolExecutor(THREADS) as threads:
        for place, text in zip(
            picks, threads.map(lambda each: render(shared.advise(pool()[each])), picks), strict=True
        ):
            assert text == alone[place]


def test_whole_verdicts_from_threads_are_those_asked_alone() -> None:
    """Words, spans, questions and all: nothing of one person's verdict turns up in another's."""
    whole_verdicts_from_threads(160)


@pytest.mark.deep
def test_ten_thousand_whole_verdicts_from_threads_are_those_asked_alone() -> None:
    """The same, ten thousand times."""
    whole_verdicts_from_threads(MANY)


def test_the_same_input_gives_the_same_bytes_in_every_process() -> None:
    """Two processes, whose sets and hashes fall in different orders, print the same JSON as this one."""
    asked = pool()[:50]
    lines = "".join(f"{each.as_of} {json.dumps(plain(each))}\n" for each in asked)
    source = str(Path(sys.modules["advisor"].__file__ or "").parents[1])
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", ASK_AGAIN],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={
                **os.environ,
                "PYTHONHASHSEED": seed,
                "PYTHONPATH": source,
                "PYTHONUTF8": "1",
                "ADVISOR_CACHE": "off",
            },
        )
        for seed in ("1", "2")
    ]
    printed = [
        [json.loads(line) for line in process.communicate(lines)[0].splitlines()] for process in processes
    ]
    here = [render(Advisor(shipped_knowledge()).advise(each)) for each in asked[:1]]
    here += [render(advisor().advise(each)) for each in asked[1:]]
    assert printed == [here, here]


# -------------------------------------------------------------------------------- what changes nothing


@share(60)
@given(renamings())
def test_another_name_changes_no_rule(both: tuple[Situation, Situation]) -> None:
    """Who a prospect is called, in the file and in the note alike, is no reason for or against anything."""
    before, after = (advisor().advise(situation) for situation in both)
    assert rules_of(before) == rules_of(after)


def rules_of(verdict: Verdict) -> list[tuple[str, ...]]:
    """Ids of the rules that the verdict tells about, in their order, by kind."""
    excused = tuple(each.finding.rule for each in verdict.excused)
    kinds = (verdict.grounds, verdict.concerns, verdict.merits, verdict.advice)
    return [*(tuple(each.rule for each in kind) for kind in kinds), excused]


@share(100)
@given(st.data())
def test_a_situation_written_down_and_read_again_is_the_same(data: st.DataObject) -> None:
    """However a situation is written down, reading gives it back: in full, in shorthand, in other words."""
    situation = data.draw(situations())
    for way in (plain(situation), data.draw(prospect_files(situation))):
        told = told_in(way, situation.as_of)
        assert told == situation
        assert plain(told) == plain(situation)
    told = data.draw(prospect_files(situation))
    assert told_by(data.draw(st.sampled_from((as_yaml, as_json)))(told), situation.as_of) == situation


def test_a_percentage_is_the_same_however_it_is_written() -> None:
    """Every whole percentage is read back as itself: as a number, a fraction, or with its sign."""
    for percent in range(101):
        fraction = [percent / 100] if 0 < percent < 100 else []
        for way in (percent, float(percent), f"{percent}%", f"{percent} %", f"{percent},0", *fraction):
            told = told_in({"prospect": "Ana", "sending": {"acceptance_rate": way}}, None).sending
            assert told is not None
            assert told.acceptance_rate == percent


# --------------------------------------------------------------------------- what never makes it worse


@share(200)
@given(situations(), st.integers(0, 5), st.booleans())
def test_one_more_mutual_connection_never_makes_it_worse(
    situation: Situation, count: int, named: bool
) -> None:
    """Whoever shares one more connection with the prospect is not told anything stricter for it."""
    told = situation.relationship or Relationship()
    mutuals = told.mutual_connections or MutualConnections()
    people = mutuals.people or ()
    more_people = (*people, MutualConnection(name="Zdenka")) if named else mutuals.people
    before = replace(mutuals, count=max(count, len(people)))
    after = replace(mutuals, count=max(count, len(people)) + 1, people=more_people)
    less, more = (
        replace(situation, relationship=replace(told, mutual_connections=each)) for each in (before, after)
    )
    assert caution(more) <= caution(less)


@share(200)
@given(situations())
def test_a_shared_employer_never_makes_it_worse(situation: Situation) -> None:
    """Whoever has worked for the same employer as the prospect is not told anything stricter for it."""
    told = situation.relationship or Relationship()
    shared = told.shared or Shared()
    more = replace(shared, employers=(*(shared.employers or ()), "Vandelay Industries"))
    assert caution(replace(situation, relationship=replace(told, shared=more))) <= caution(situation)


@share(200)
@given(stories().filter(lambda story: story.note is not None), st.data())
def test_a_placeholder_removed_never_makes_it_worse(story: Story, data: st.DataObject) -> None:
    """A note from which a placeholder is taken out is never judged more strictly than with it."""
    draft = story.situation.draft or ""
    borders = [0, *(place + 1 for place, sign in enumerate(draft) if sign in " \n"), len(draft)]
    place, gap = data.draw(st.sampled_from(borders)), data.draw(st.sampled_from(PLACEHOLDERS))
    with_gap = replace(story.situation, draft=f"{draft[:place]} {gap} {draft[place:]}")
    assert caution(story.situation) <= caution(with_gap)


NO_MUTUALS: Mapping[str, FactValue] = {
    "mutuals.count": 0,
    "mutuals.introduction": "none",
    "mutuals.close_to_both": 0,
}
BETTER: Mapping[str, tuple[Mapping[str, FactValue], Mapping[str, FactValue]]] = {
    "a first mutual connection": (NO_MUTUALS, {"mutuals.count": 1}),
    "a second mutual connection": ({"mutuals.count": 1}, {"mutuals.count": 2}),
    "a third mutual connection": ({"mutuals.count": 2}, {"mutuals.count": 3}),
    "a fourth mutual connection": ({"mutuals.count": 3}, {"mutuals.count": 4}),
    "a shared employer instead of none": ({"shared.employer": False}, {"shared.employer": True}),
    "a shared employer that nobody knew of": ({}, {"shared.employer": True}),
    "a shared employer that the note names": (
        {"shared.employer": False, "note.names_shared": False},
        {"shared.employer": True, "note.names_shared": True},
    ),
    "a placeholder removed": ({"note.placeholders": 1}, {"note.placeholders": 0}),
    "a name in place of a placeholder": (
        {"note.greeting": "placeholder", "note.placeholders": 1},
        {"note.greeting": "right name", "note.placeholders": 0},
    ),
    "a shared school instead of none": ({"shared.school": False}, {"shared.school": True}),
    "a shared group instead of none": ({"shared.group": False}, {"shared.group": True}),
    "a headshot": ({"profile.photo": "none"}, {"profile.photo": "headshot"}),
    "a complete profile": ({"profile.completeness": "empty"}, {"profile.completeness": "complete"}),
    "a professional profile": ({"profile.kind": "personal"}, {"profile.kind": "professional"}),
    "a restriction lifted": ({"pace.restricted": True}, {"pace.restricted": False}),
    "one request fewer in the week": (
        {"pace.last_7_days": 100, "pace.planned_week": 101},
        {"pace.last_7_days": 99, "pace.planned_week": 100},
    ),
    "a wish of theirs to connect": (
        {"relationship.asked_to_connect": False}, {"relationship.asked_to_connect": True},
    ),
    "an introduction made": ({"mutuals.introduction": "could"}, {"mutuals.introduction": "done"}),
}  # fmt: skip
"""What is better for the sender, as facts before and after."""


@pytest.mark.parametrize("better", BETTER)
def test_what_is_better_never_makes_it_worse(better: str) -> None:
    """Whatever else is told, alone or together with more, the better case is not judged more strictly."""
    never_worse(better, [{}, *told_alone(), *told_together(choosing(better), 400)])


@pytest.mark.deep
@pytest.mark.parametrize("better", BETTER)
def test_what_is_better_never_makes_it_worse_whatever_two_things_are_told(better: str) -> None:
    """The same for every two facts that may be told besides, and for many more together."""
    alone = list(told_alone())
    pairs = (
        {**one, **other}
        for place, one in enumerate(alone)
        for other in alone[:place]
        if one.keys() != other.keys()
    )
    never_worse(better, [*pairs, *told_together(choosing(better), 20_000)])


def never_worse(better: str, told: Iterable[Mapping[str, FactValue]]) -> None:
    """Compare both sides of a pair from `BETTER`; name what breaks the law, the smallest case first."""
    before, after = BETTER[better]
    place = should_connect().caution
    broken = []
    for facts in told:
        rest = {fact: value for fact, value in facts.items() if fact not in {**before, **after}}
        was, became = (decider().verdict_of({**rest, **each}) for each in (before, after))
        if place(became) > place(was):
            broken.append((rest, was, became))
    broken.sort(key=lambda each: len(each[0]))
    assert broken[:5] == []


def told_alone() -> Iterable[dict[str, FactValue]]:
    """Every single thing that may be told, as far as rules tell it from others."""
    return ({fact: value} for fact, values in answers().items() for value in values)


def told_together(chooser: random.Random, count: int) -> Iterable[dict[str, FactValue]]:
    """Many sets of things told, small and large."""
    names = list(answers())
    for _ in range(count):
        told = chooser.sample(names, chooser.choice((2, 3, 4, 6, 9, 15, 30, len(names))))
        yield {fact: chooser.choice(answers()[fact]) for fact in told}


# --------------------------------------------------------------------------------------- what is shown


@share(100)
@given(situations())
def test_every_span_quotes_the_note(situation: Situation) -> None:
    """Every span lies in the note and holds exactly the words that stand there, in their order."""
    draft = situation.draft or ""
    spans = [finding.spans for finding in findings(advisor().advise(situation))]
    for span in (span for each in (*spans, *advisor().read(situation).spans.values()) for span in each):
        assert 0 <= span.start < span.end <= len(draft)
        assert span.text == draft[span.start : span.end]
    for each in spans:
        assert all(one.end <= next_one.start for one, next_one in pairwise(each))


@share(60)
@given(situations())
def test_every_reason_cites_passages_that_exist(situation: Situation) -> None:
    """Every finding rests on at least one passage, and each is quoted as the library has it."""
    library = shipped_knowledge().library
    for finding in findings(advisor().advise(situation)):
        sides = [side.citation for dispute in finding.disputes for side in dispute.sides]
        assert finding.citations
        for citation in (*finding.citations, *sides):
            passage = library.passages[citation.passage]
            assert (citation.source, citation.heading, citation.point) == (
                passage.source,
                passage.heading,
                passage.point,
            )
            assert citation.source_title == library.sources[passage.source].title


@share(60)
@given(situations())
def test_the_most_cautious_concern_decides(situation: Situation) -> None:
    """The verdict is that of the most cautious concern that stands; where none does, the most willing."""
    verdict = advisor().advise(situation)
    held_at = [should_connect().caution(finding.holds_at) for finding in verdict.concerns]
    assert should_connect().caution(verdict.verdict) == max(held_at, default=0)
    assert held_at == sorted(held_at, reverse=True)
    assert verdict.grounds or verdict.concerns, "no ground and no concern is a concern of its own"


@share(100)
@given(stories().filter(lambda story: story.note is not None))
def test_a_greeting_is_read_as_it_was_meant(story: Story) -> None:
    """Who greets the prospect is not said to greet another, nor is another's name taken for theirs."""
    greeting = advisor().read(story.situation).facts["note.greeting"]
    never = {
        "right": {"none", "without name", "wrong name", "placeholder", "unclear"},
        "nickname": {"none", "without name", "wrong name", "placeholder", "unclear"},
        "wrong": {"none", "without name", "right name", "nickname", "placeholder"},
        "placeholder": {"none", "without name", "right name", "nickname", "wrong name", "unclear"},
        "nobody": {"none", "nickname", "wrong name"},
        "none": {"wrong name"},
    }
    if not story.person.name.isascii():
        never["wrong"].discard("right name")  # only the sound is compared then
    assert story.note is not None
    assert greeting not in never[story.note.greeting]


# ---------------------------------------------------------------------------------- what is still open


@share(50)
@given(situations(), SEEDS)
def test_no_answers_lead_to_a_verdict_that_was_not_possible(situation: Situation, seed: int) -> None:
    """Whatever is answered to the open questions, the verdict is among those said to be possible."""
    stays_within_what_was_possible(advisor().read(situation).facts, choosing(seed), whole=True)


@share(50)
@given(situations(), SEEDS)
def test_some_answers_lead_to_no_other_verdict_either(situation: Situation, seed: int) -> None:
    """The same where only some of the questions are answered and others stay open."""
    stays_within_what_was_possible(advisor().read(situation).facts, choosing(seed), whole=False)


@share(50)
@given(situations(), SEEDS)
def test_settled_keeps_its_word(situation: Situation, seed: int) -> None:
    """Where much is told, most verdicts are settled: then no answer to what is left changes them."""
    chooser = choosing(seed)
    facts = completed(chooser, advisor().read(situation).facts, whole=True)
    kept = chooser.choice((0.6, 0.8, 0.9))
    stays_within_what_was_possible(
        {fact: value for fact, value in facts.items() if chooser.random() < kept}, chooser, whole=True
    )


def stays_within_what_was_possible(
    facts: Mapping[str, FactValue], chooser: random.Random, *, whole: bool
) -> None:
    """Decide a case, then answer open questions at random, many times over."""
    now = decider().verdict_of(facts)
    outlook = outlooks().find(facts, now)
    assert now in outlook.verdicts
    for _ in range(30):
        answered = completed(chooser, facts, whole=whole)
        if whole and not answers().keys() <= answered.keys():
            continue  # what was made up first allows no answer to the rest
        assert decider().verdict_of(answered) in outlook.verdicts, {
            fact: value for fact, value in answered.items() if fact not in facts
        }


@share(100)
@given(catalogs(most=6), st.data())
def test_what_is_possible_is_exactly_what_answers_can_bring_about(
    catalog: Catalog, data: st.DataObject
) -> None:
    """Trying every answer to everything unknown gives the verdicts said to be possible, and no others."""
    consultation = as_consultation(catalog)
    told = data.draw(cases(catalog.vocabulary))
    facts: dict[str, FactValue] = {}
    unknown: dict[str, list[FactValue]] = {}
    for spec in catalog.vocabulary.given:
        values = every_value(spec)
        if spec.name in told:
            facts[spec.name] = told[spec.name]
        elif prod(map(len, unknown.values())) * len(values) <= 400:
            unknown[spec.name] = values
        else:
            facts[spec.name] = data.draw(st.sampled_from(values))
    engine = ReferenceEngine(Program.of(consultation.rules, consultation.vocabulary))
    verdict_of = Decider(KnowledgeBase({"demo": consultation}, Library()), "demo", engine).verdict_of
    completions = (dict(zip(unknown, each, strict=True)) for each in product(*unknown.values()))
    now = verdict_of(facts)
    reached = {verdict_of({**facts, **each}) for each in completions}
    outlook = OutlookFinder(consultation, classes(consultation)).find(facts, now)
    possible = set(outlook.verdicts)
    assert possible == reached | {now} if outlook.exhaustive else possible >= reached | {now}


# ------------------------------------------------------------------------------------- any text at all


@share(200)
@given(st.data())
def test_any_text_can_be_read(data: st.DataObject) -> None:
    """No name, no company and no note, in whatever signs and however senseless, stops the reader."""
    text = ANY_TEXT | st.text(NASTY, max_size=60) | st.sampled_from(("none", "?", " "))
    draw: list[str] = data.draw(st.lists(text, min_size=10, max_size=10))
    situation = Situation(
        prospect=Prospect(
            name=draw[0] or "?", nickname=draw[1], company=draw[2], headline=draw[3], about=(draw[4], "a b c")
        ),
        relationship=Relationship(
            met=(Encounter(where=draw[5], detail=draw[6]),),
            mutual_connections=MutualConnections(people=(MutualConnection(name=draw[7]),)),
            shared=Shared(schools=(draw[7],), groups=(draw[6],)),
        ),
        purpose=Purpose(detail=draw[8], work=draw[5]),
        draft=data.draw(st.sampled_from(("", f"Hi {draw[0]}, ", f"Your talk on {draw[5]} "))) + draw[9],
        as_of=None,
    )
    verdict = advisor().read(situation)
    for spans in verdict.spans.values():
        for span in spans:
            assert span.text == (situation.draft or "")[span.start : span.end]


@pytest.mark.parametrize(
    "piece",
    [*"[X.(+aA0-😀'\n你", "Hi ", "a@", "<a ", "1 ", "your ", "our team has ", "a. ", "X_", "“a", "www."],
)
def test_the_longest_note_is_read_in_bounded_time(piece: str) -> None:
    """The longest note that is taken, whatever it holds, is read in seconds: no pattern goes astray."""
    draft = (piece * LONGEST_DRAFT)[:LONGEST_DRAFT]
    start = time.process_time()
    advisor().read(Situation(prospect=Prospect(name="Ana Souza", company="Acme Inc."), draft=draft))
    assert time.process_time() - start < 5
