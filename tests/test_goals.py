"""`advisor goals`: sums, progress and comparisons of what somebody wants and what came of it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.catalog.situations import read_told
from advisor.catalog.text import Document
from advisor.facts.goals import names, survey
from advisor.model.goals import COUNTED, Goal, Goals, Period, Progress, Survey
from advisor.model.situation import as_told
from advisor.report import goals as tables
from advisor.report.layout import Page
from advisor.wiring import Advisor
from command_line import CommandLine, page_of
from conftest import Golden
from laws import share
from strategies import goals, shipped_knowledge
from told_files import only_complaint

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "goals.yaml"
DAY = date(2026, 11, 10)
FIRST = date(2026, 11, 1)


@cache
def advisor(engine: str = "reference") -> Advisor:
    """One advisor for all examples."""
    return Advisor(shipped_knowledge(), engine, "goals")


def one(goal: Goal, *log: Period, as_of: date = DAY) -> Progress:
    """How far one goal has come."""
    (progress,) = survey(Goals(goals=(goal,), log=log, as_of=as_of), as_of).progress
    return progress


def facts_of(*log: Period, as_of: date = DAY) -> dict[str, object]:
    """The facts that a log gives."""
    return dict(advisor().read(Goals(log=log, as_of=as_of)).facts)


# ------------------------------------------------------------------------------------------------------ laws


@share(100)
@given(goals())
def test_both_engines_find_the_same(told: Goals) -> None:
    """Which engine evaluates the rules is nobody's business but its own."""
    assert advisor().brief(told) == advisor("durable").brief(told)


@share(100)
@given(goals(), st.randoms(use_true_random=False))
def test_the_order_of_the_log_changes_nothing(told: Goals, chance: object) -> None:
    """Entries have their days, so they may be told in any order."""
    log = list(told.log or ())
    chance.shuffle(log)  # type: ignore[attr-defined]
    turned = replace(told, log=tuple(log) if told.log is not None else None)
    assert advisor().brief(turned) == advisor().brief(told)
    assert told.as_of is not None
    assert survey(turned, told.as_of) == survey(told, told.as_of)


@share(100)
@given(goals())
def test_what_was_done_is_the_sum_of_the_periods(told: Goals) -> None:
    """No period is counted twice, and none of those within the goal's days is left out."""
    assert told.as_of is not None
    seen = survey(told, told.as_of)
    for progress in seen.progress:
        goal = progress.goal
        if goal.what is None:
            assert progress.done is None
            continue
        start = goal.since or min((each.since for each in told.log or ()), default=told.as_of)
        counts = [
            getattr(each, goal.what)
            for each in told.log or ()
            if start <= each.since <= min(told.as_of, goal.by or told.as_of)
        ]
        known = [count for count in counts if count is not None]
        assert progress.done == (sum(known) if known else None)


@share(100)
@given(goals(), st.integers(1, 20))
def test_more_of_what_a_goal_counts_never_sets_it_back(told: Goals, more: int) -> None:
    """Another interaction brings no goal further behind."""
    order = ["not counted", "not specific", "missed", "behind", "on course", "reached"]
    assert told.as_of is not None
    log = tuple(
        replace(
            each, **{what: getattr(each, what) + more for what in COUNTED if getattr(each, what) is not None}
        )
        for each in told.log or ()
    )
    before = survey(told, told.as_of).progress
    after = survey(replace(told, log=log), told.as_of).progress
    for old, new in zip(before, after, strict=True):
        assert order.index(new.standing) >= order.index(old.standing)


@share(100)
@given(goals())
def test_goals_are_read_back_as_they_were_told(told: Goals) -> None:
    """What is written down as a file tells the same again, and is free of contradictions."""
    vocabulary = shipped_knowledge().consultation("goals").vocabulary
    assert read_told("goals", Document("mine.yaml", as_told(told)), vocabulary) == told


@share(100)
@given(goals(), st.integers(44, 100))
def test_tables_hold_every_number_and_keep_to_the_page(told: Goals, width: int) -> None:
    """Each period and each goal has its row, and no line of the log runs over."""
    assert told.as_of is not None
    seen = survey(told, told.as_of)
    words = names(shipped_knowledge().consultation("goals").vocabulary)
    text = tables.as_text(seen, words, Page(width))
    marked = tables.as_markdown(seen, words)
    assert all(len(line) <= width for line in text.split("\n"))
    for stretch in seen.stretches:
        counts = [str(count) for what in COUNTED if (count := stretch.count(what)) is not None]
        (row,) = [
            line for line in marked.split("\n") if line.startswith(f"| {stretch.period.since.isoformat()}")
        ]
        assert [cell for cell in row.strip("| ").split(" | ")[2:] if cell != "–"] == counts
        assert stretch.period.since.isoformat() in text
    for progress in seen.progress:
        assert progress.standing in text
        assert progress.standing in marked


# -------------------------------------------------------------------------------------------------- progress


@pytest.mark.parametrize(
    ("done", "standing"), [(9, "behind"), (10, "on course"), (19, "on course"), (20, "reached")]
)
def test_an_even_pace_is_what_a_goal_is_held_against(done: int, standing: str) -> None:
    """After ten of twenty days, ten of twenty are due."""
    goal = Goal(what="accepted", count=20, since=FIRST, by=date(2026, 11, 20))
    progress = one(goal, Period(since=FIRST, accepted=done))
    assert (progress.due, progress.done, progress.standing) == (10, done, standing)


def test_a_goal_may_still_be_reached_on_its_day() -> None:
    """The day itself belongs to the goal; the day after does not."""
    goal = Goal(what="accepted", count=20, since=FIRST, by=DAY)
    log = Period(since=FIRST, accepted=19)
    assert one(goal, log).standing == "behind"
    assert one(goal, log, as_of=DAY + timedelta(days=1)).standing == "missed"


@pytest.mark.parametrize(
    "goal",
    [Goal(what="posts"), Goal(what="posts", count=3), Goal(count=3, by=DAY), Goal(what="posts", by=DAY)],
)
def test_what_cannot_be_measured_is_said_to_be_so(goal: Goal) -> None:
    """What, how many and by when belong to a goal."""
    assert one(goal, Period(since=FIRST, posts=1)).standing == "not specific"


def test_a_goal_without_a_day_can_be_reached() -> None:
    """Three posts are three posts, whenever they were wanted."""
    assert one(Goal(what="posts", count=3), Period(since=FIRST, posts=3)).standing == "reached"


def test_what_is_not_counted_is_unknown_and_not_nothing() -> None:
    """An entry that is silent about posts does not say that there were none."""
    goal = Goal(what="posts", count=3, by=DAY)
    assert one(goal, Period(since=FIRST, sent=3)).standing == "not counted"
    assert one(goal, Period(since=FIRST, posts=0)).standing == "behind"


def test_an_entry_lasts_until_the_next_begins() -> None:
    """Days that nobody told are filled in, the last ones up to the day of asking."""
    seen: Survey = survey(Goals(log=(Period(since=date(2026, 11, 5)), Period(since=FIRST))), DAY)
    assert [each.until for each in seen.stretches] == [date(2026, 11, 4), DAY]
    assert [each.days for each in seen.stretches] == [4, 6]


# ------------------------------------------------------------------------------------------------ the record


def test_a_rate_rests_on_entries_that_count_both_sides() -> None:
    """What was sent without a word about acceptance says nothing of the rate."""
    facts = facts_of(Period(since=FIRST, sent=10, accepted=4), Period(since=DAY, sent=90))
    assert (facts["pace.sent"], facts["pace.acceptance_rate"], facts["total.sent"]) == (10, 40, 100)


def test_interactions_are_compared_by_the_day() -> None:
    """A short last entry with fewer of them may still be livelier than long ones before."""
    long_ago = Period(since=date(2026, 10, 1), until=date(2026, 10, 31), interactions=10)
    assert facts_of(long_ago, Period(since=DAY, interactions=1))["trend.interactions"] == "more"
    assert facts_of(long_ago, Period(since=FIRST, interactions=1))["trend.interactions"] == "fewer"
    assert "trend.interactions" not in facts_of(long_ago)


def test_a_fall_of_the_rate_names_what_it_rests_on() -> None:
    """Both shares and both counts stand in the message, and no verdict hangs on it."""
    earlier, latest = (
        Period(since=FIRST, sent=20, accepted=10),
        Period(since=date(2026, 11, 6), sent=20, accepted=7),
    )
    goal = Goal(what="accepted", count=10, by=DAY)
    brief = advisor().brief(Goals(goals=(goal,), log=(earlier, latest), as_of=DAY))
    (found,) = [each for each in brief.advice if each.rule == "rate-has-fallen"]
    assert "35% of 20 requests were accepted, before it 50% of 20" in found.message
    assert brief.verdict == "on-course"


# -------------------------------------------------------------------------------------------- contradictions


@pytest.mark.parametrize(
    ("text", "place", "code"),
    [
        ("log: [{since: 2026-11-01, until: 2026-10-31}]\n", "1:34", "contradiction"),
        ("log:\n- {since: 2026-11-01, until: 2026-11-07}\n- {since: 2026-11-07}\n", "3:11", "contradiction"),
        ("log:\n- {since: 2026-11-01}\n- {since: 2026-11-01}\n", "3:11", "contradiction"),
        ("log: [{since: 2026-11-11}]\n", "1:15", "future-date"),
        ("looked_at: 2026-11-11\n", "1:12", "future-date"),
        ("goals: [{since: 2026-11-01, by: 2026-10-01}]\n", "1:33", "contradiction"),
        ("goals: [{what: fame}]\n", "1:16", "unknown-value"),
        ("log: [{sent: 3}]\n", "1:7", "missing-key"),
    ],
)
def test_what_cannot_be_is_complained_about_where_it_stands(text: str, place: str, code: str) -> None:
    """A log that counts a day twice is refused, never guessed at."""
    assert only_complaint("goals", text, DAY) == (place, code)


# ------------------------------------------------------------------------------------------ the command line


@pytest.mark.parametrize(("format_", "ending"), [("text", "txt"), ("json", "json"), ("markdown", "md")])
def test_the_example_looks_as_it_did(format_: str, ending: str, cli: CommandLine, golden: Golden) -> None:
    """What the command prints for the example, without the hash of the rules, which any edit changes."""
    golden(f"goals.{ending}", page_of(cli, "goals", EXAMPLE, format_))


def test_the_json_holds_the_log_and_what_was_worked_out(cli: CommandLine) -> None:
    """A program finds the numbers as told and as summed."""
    told = json.loads(cli("goals", EXAMPLE, "--format", "json").out)
    assert len(told["situation"]["log"]) == 6
    assert (told["facts"]["pace.sent"], told["facts"]["goals.behind"]) == (37, 1)


def test_a_new_file_says_that_goals_come_first(cli: CommandLine, tmp_path: Path) -> None:
    """What `advisor new goals` writes is a file that the command reads."""
    file = tmp_path / "mine.yaml"
    assert cli("new", "goals", file).code == 0
    outcome = cli("goals", file, "--as-of", "2026-11-10", "--fail-on", "set-goals")
    assert (outcome.code, outcome.out.split(" ")[0]) == (1, "SET-GOALS"), outcome.err
