"""`advisor follow-up`: what is read of an event, what is found about it, and what a person sees of it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.catalog.situations import read_told
from advisor.catalog.text import Document, parse
from advisor.model.event import Event, Request
from advisor.model.situation import Prospect, Purpose, Sending, as_told, asked_on
from advisor.model.verdict import Brief
from advisor.wiring import Advisor
from command_line import CommandLine, page_of
from conftest import Golden
from laws import share
from strategies import events, shipped_knowledge
from told_files import only_complaint

ROOT = Path(__file__).parent.parent
EXAMPLES = ("accepted-request", "ignored-request", "declined-request")
ACCEPTED = ROOT / "examples" / "accepted-request.yaml"
DAY = date(2026, 11, 24)
ANA = Event(person=Prospect(name="Ana Soto"), as_of=DAY)


@cache
def advisor(engine: str = "reference") -> Advisor:
    """One advisor for all examples."""
    return Advisor(shipped_knowledge(), engine, "follow-up")


def test_what_options_say_has_no_line(cli: CommandLine) -> None:
    """A complaint about an option points at no place of a file that nobody wrote."""
    outcome = cli("follow-up", "--accepted", "Ana Soto", "--done", "thankd")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("the options: unknown-value `thankd` is not one of ")


def found(brief: Brief) -> set[str]:
    """The rules that found something."""
    kinds = (brief.grounds, brief.concerns, brief.merits, brief.advice)
    return {finding.rule for findings in kinds for finding in findings}


def said(brief: Brief) -> str:
    """Everything that a person reads, in lower case."""
    kinds = (brief.grounds, brief.concerns, brief.merits, brief.advice)
    parts = [
        [brief.says, brief.why],
        *([each.message, each.fix, *each.words] for findings in kinds for each in findings),
    ]
    return "\n".join(text for part in parts for text in part).lower()


# --------------------------------------------------------------------------------------- laws of the answers


@share(100)
@given(events())
def test_both_engines_find_the_same(event: Event) -> None:
    """Which engine evaluates the rules is nobody's business but its own."""
    assert advisor().brief(event) == advisor("durable").brief(event)


@share(100)
@given(events())
def test_a_brief_says_what_the_verdict_says(event: Event) -> None:
    """A whole verdict adds only what could still change it."""
    assert advisor().brief(event).verdict == advisor().advise(event).verdict


@share(100)
@given(events())
def test_what_is_done_already_is_not_asked_for_again(event: Event) -> None:
    """Nobody is told to thank, to follow up or to respond who has done so."""
    rules = found(advisor().brief(event))
    asks = {
        "thanked": {"thank-for-accepting", "thank-them-late"},
        "followed up": {"follow-up-on-the-reason", "follow-up-on-the-note", "say-why-you-connected"},
        "posts": {"respond-to-their-posts"},
        "conversation": {"answer-them", "talk-about-something-of-substance"},
    }
    assert [each for each in event.done or () if rules & asks.get(each, set())] == []


@share(100)
@given(events())
def test_only_who_accepted_is_thanked_and_only_who_did_not_answer_is_sought(event: Event) -> None:
    """What is said fits the outcome: no thanks for silence, no groups after a no."""
    brief = advisor().brief(event)
    text, rules = said(brief), found(brief)
    if event.outcome != "accepted":
        assert f"thank {event.person.name.lower()} for accepting" not in text
        assert not rules & {"thank-for-accepting", "thank-them-late", "follow-up-on-the-reason"}
    else:
        assert brief.grounds or brief.verdict == "engage"
    if event.outcome not in ("ignored", "pending"):
        assert "become-visible" not in rules
    if event.outcome == "declined":
        assert brief.verdict == "let-go"


@share(100)
@given(events())
def test_the_order_of_what_was_done_changes_nothing(event: Event) -> None:
    """What was done is a set."""
    turned = replace(event, done=tuple(reversed(event.done)) if event.done else event.done)
    assert advisor().brief(turned) == advisor().brief(event)


@share(100)
@given(events())
def test_an_event_is_read_back_as_it_was_told(event: Event) -> None:
    """What is written down as a file tells the same again, and is free of contradictions."""
    vocabulary = shipped_knowledge().consultation("follow-up").vocabulary
    read = read_told("event", Document("event.yaml", as_told(event)), vocabulary)
    assert read == event


@share(100)
@given(events(), st.integers(0, 30))
def test_days_go_on_counting(event: Event, more: int) -> None:
    """Whether a day is dated or counted, asking later finds the same."""
    if event.days is None:
        return
    assert event.as_of is not None
    later = event.as_of + timedelta(days=more)
    dated = replace(event, days=None, since=event.as_of - timedelta(days=event.days))
    assert advisor().brief(asked_on(event, later)) == advisor().brief(asked_on(dated, later))


# ---------------------------------------------------------------------------- what must and must not be said


@pytest.mark.parametrize("rate", [30, 40, 100])
def test_a_healthy_rate_is_never_called_low(rate: int) -> None:
    """Forty percent is healthy, so one silence is no reason to doubt the way of asking."""
    event = replace(ANA, outcome="ignored", days=35, sending=Sending(acceptance_rate=rate))
    text = said(advisor().brief(event))
    assert f"{rate}% of your requests are accepted, which is healthy" in text
    assert "wants rethinking" not in text


def test_one_ignored_request_is_no_rate() -> None:
    """Nothing is said about a share of one."""
    event = replace(ANA, outcome="ignored", days=35, sending=Sending(sent=1, accepted=0))
    assert "%" not in said(advisor().brief(event))


def test_nothing_is_said_about_asking_again_after_a_no() -> None:
    """The articles are silent about a second request, and so are we."""
    event = replace(
        ANA, outcome="declined", days=2, request=Request(about="hedges", note=True, personal=True)
    )
    text = said(advisor().brief(event))
    assert (
        re.search(r"ask again|second request|another request|new request|send it again|re-?send", text)
        is None
    )
    assert "discretion" in text


def test_words_to_start_from_are_made_of_what_was_told() -> None:
    """The reason, the offer and the name stand in them; of what nobody told there is no line."""
    told = replace(
        ANA,
        outcome="accepted",
        days=1,
        request=Request(about="a joint grant application"),
        purpose=Purpose(offer="a draft of the first work package"),
    )
    (thanks, *_) = advisor().brief(told).grounds
    words = "\n".join(thanks.words)
    assert "Dear Ana Soto" in words
    assert "a joint grant application" in words
    assert "a draft of the first work package" in words
    (bare, *_) = advisor().brief(replace(ANA, outcome="accepted", days=1)).grounds
    assert bare.words == ("Dear Ana Soto, thank you for accepting my request.",)


def test_a_reason_in_the_note_is_taken_up_in_its_own_words() -> None:
    """Where only the note tells the reason, its words are quoted with what to do."""
    note = "Dear Ana, your talk on tidal clocks was a joy. I would like to compare our gauges with yours. Jo"
    brief = advisor().brief(replace(ANA, outcome="accepted", days=1, note=note))
    (finding,) = [each for each in brief.grounds if each.rule == "follow-up-on-the-note"]
    assert any("compare our gauges" in span.text or "tidal clocks" in span.text for span in finding.spans)


def test_thanks_are_due_within_days_of_the_day_of_asking() -> None:
    """A step that is due carries its day, which text and Markdown show."""
    brief = advisor().brief(replace(ANA, outcome="accepted", days=1, done=()))
    days = {each.rule: each.by for each in brief.grounds}
    assert days["thank-for-accepting"] == "2026-11-26"
    assert days["say-why-you-connected"] == "2026-12-01"


# -------------------------------------------------------------------------------------------- contradictions


@pytest.mark.parametrize(
    ("text", "place", "code"),
    [
        ("person: Ana\nrequest: {note: no}\nnote: Dear Ana, hello.\n", "3:7", "contradiction"),
        ("person: Ana\nrequest: {note: yes}\nnote: none\n", "3:7", "contradiction"),
        ("person: Ana\nrequest: {note: no, personal: yes}\n", "2:31", "contradiction"),
        ("person: Ana\nnote: none\nrequest: {personal: yes}\n", "3:21", "contradiction"),
        ("person: Ana\nsince: 2026-11-20\ndays: 9\n", "3:7", "contradiction"),
        ("person: Ana\nsince: 2026-11-25\n", "2:8", "future-date"),
        ("person: Ana\noutcome: perhaps\n", "2:10", "unknown-value"),
    ],
)
def test_what_cannot_be_is_complained_about_where_it_stands(text: str, place: str, code: str) -> None:
    """A file that says two things is refused, never guessed at."""
    assert only_complaint("follow-up", text, DAY) == (place, code)


def test_a_day_and_its_count_may_agree() -> None:
    """Saying the same twice is no contradiction."""
    vocabulary = shipped_knowledge().consultation("follow-up").vocabulary
    text = "person: Ana\nsince: 2026-11-20\ndays: 4\nrequest: {note: yes}\nnote: Dear Ana\n"
    assert read_told("event", parse(text, "e.yaml"), vocabulary, as_of=DAY).days == 4


# ------------------------------------------------------------------------------------------ the command line


@pytest.mark.parametrize(("format_", "ending"), [("text", "txt"), ("json", "json"), ("markdown", "md")])
@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_look_as_they_did(
    name: str, format_: str, ending: str, cli: CommandLine, golden: Golden
) -> None:
    """What the command prints for the examples, without the hash of the rules, which any edit changes."""
    golden(f"{name}.{ending}", page_of(cli, "follow-up", ROOT / "examples" / f"{name}.yaml", format_))


def test_every_step_that_is_due_shows_without_all(cli: CommandLine) -> None:
    """What is due is not cut: each fix of a ground and its day stand on the page."""
    outcome = cli("follow-up", ACCEPTED)
    told = json.loads(cli("follow-up", ACCEPTED, "--format", "json").out)
    page = " ".join(outcome.out.split())
    assert len(told["grounds"]) == 5
    for finding in told["grounds"]:
        assert finding["fix"] in page
        assert f"(By {finding['by']}.)" in page


@pytest.mark.parametrize(
    ("arguments", "verdict"),
    [
        (("--accepted", "Ana Soto", "--about", "tidal clocks", "--since", "2026-11-23"), "write"),
        (
            ("--accepted", "Ana Soto", "--about", "tidal clocks", "--done", "thanked", "--done", "follow-up"),
            "engage",
        ),
        (("--ignored", "Ana Soto", "--since", "2026-10-01"), "rethink"),
        (("--ignored", "Ana Soto", "--since", "2026-11-23"), "wait"),
        (("--declined", "Ana Soto"), "let-go"),
    ],
)
def test_a_quick_question_needs_no_file(cli: CommandLine, arguments: tuple[str, ...], verdict: str) -> None:
    """Name, outcome and a day are enough for an answer."""
    outcome = cli("follow-up", *arguments, "--as-of", "2026-11-24", "--format", "json")
    told = json.loads(outcome.out)
    assert (outcome.code, told["verdict"], told["prospect"]) == (0, verdict, "Ana Soto")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "Name a file"),
        (("--about", "clocks"), "Name a file"),
        (("--accepted", "A", "--declined", "B"), "Name a file, or one person"),
        ((ACCEPTED, "--about", "clocks"), "--about is for a question without a file"),
        (("--accepted", "A", "--done", "danced"), "unknown-value"),
        (("--accepted", "A", "--since", "2026-12-24"), "future-date"),
        (("--accepted", ""), "should not be empty"),
    ],
)
def test_a_question_that_is_not_clear_is_refused(
    cli: CommandLine, arguments: tuple[str | Path, ...], says: str
) -> None:
    """Nothing is guessed: no person, two outcomes, a file and options beside it, steps that nobody knows."""
    outcome = cli("follow-up", *arguments, "--as-of", "2026-11-24")
    assert (outcome.code, outcome.out) == (2, "")
    assert says in outcome.err


def test_a_note_may_be_handed_over(cli: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--note` is read in place of the file's own; an empty one says that there was none."""
    note = tmp_path / "note.txt"
    note.write_text("", encoding="utf-8")
    bare = cli("follow-up", "--ignored", "Ana Soto", "--note", note, "--format", "json")
    assert "ignored-without-a-note" in {each["rule"] for each in json.loads(bare.out)["concerns"]}
    note.write_text("Dear Ana, your paper on tidal clocks changed how I read our gauges.", encoding="utf-8")
    full = cli("follow-up", "--ignored", "Ana Soto", "--note", note, "--format", "json")
    assert json.loads(full.out)["verdict"] == "engage"


@pytest.mark.parametrize(("level", "code"), [("engage", 1), ("rethink", 1), ("let-go", 0)])
def test_fail_on_counts_from_the_level_named(cli: CommandLine, level: str, code: int) -> None:
    """A script can stop where the verdict is as cautious as it likes."""
    outcome = cli("follow-up", "--ignored", "Ana Soto", "--as-of", "2026-11-24", "--fail-on", level)
    assert outcome.code == code


def test_a_new_file_can_be_asked_about_at_once(cli: CommandLine, tmp_path: Path) -> None:
    """What `advisor new event` writes is a file that the command reads."""
    file = tmp_path / "event.yaml"
    assert cli("new", "event", file).code == 0
    outcome = cli("follow-up", file, "--format", "json")
    assert (outcome.code, json.loads(outcome.out)["verdict"]) == (0, "wait"), outcome.err
