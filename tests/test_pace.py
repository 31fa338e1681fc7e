"""The pace of sending: a verdict, a plan that a rolling week allows, histories in every form."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor import Advisor
from advisor.facts.coming_week import coming_week, daily_counts
from advisor.facts.history import fullest_week, most_within
from advisor.facts.kept import history_of, with_told
from advisor.model.coming_week import ComingWeek
from advisor.model.history import History
from advisor.model.records import Invited, Records
from advisor.model.sending import Sending
from advisor.pacing import PACE, plan_for
from advisor.report.coming_week import dated
from advisor.shells import charts
from advisor.testing.about_histories import histories, rows
from command_line import CommandLine, write
from laws import share
from strategies import shipped_knowledge

TODAY = date(2026, 11, 20)
WEEK = 7
LIMIT, AVERAGE = 100, 14
CONSULTATION = shipped_knowledge().consultation(PACE)
EDGES = tuple(
    sorted(
        {
            each.value + step
            for each in CONSULTATION.settings.values()
            if isinstance(each.value, int)
            for step in (-1, 0, 1)
        }
    )
)
"""Numbers at and beside every threshold."""
HISTORIES = histories(TODAY, CONSULTATION.vocabulary, EDGES)
PAST = st.lists(st.integers(0, 40), min_size=WEEK, max_size=30)
"""Requests on each of the last days, today first."""


@lru_cache(maxsize=2)
def asked(engine: str = "auto") -> Advisor:
    """An advisor on the pace."""
    return Advisor(shipped_knowledge(), engine, PACE)  # type: ignore[arg-type]


def plan(past: list[int], **told: object) -> ComingWeek:
    """The plan after requests on each of the last days."""
    found = coming_week(Sending(recent_days=tuple(past), **told), TODAY, LIMIT, AVERAGE)  # type: ignore[arg-type]
    assert found is not None
    return found


def breaks(past: list[int], ahead: list[int]) -> bool:
    """Whether some seven days running that end in the plan hold too many, or some day does."""
    days = [*reversed(past[1:]), past[0] + ahead[0], *ahead[1:]]
    first = len(past) - 1
    weeks = (sum(days[max(0, end - WEEK + 1) : end + 1]) for end in range(first, len(days)))
    planned = [days[first], *ahead[1:]]
    over = any(each > AVERAGE and mine for each, mine in zip(planned, ahead, strict=True))
    return over or any(week > LIMIT and any(ahead[: end + 1]) for end, week in enumerate(weeks))


# ---------------------------------------------------------------- the plan


@given(PAST)
def test_a_plan_keeps_every_seven_days_within_the_limit_and_every_day_within_the_average(
    past: list[int],
) -> None:
    """Whatever went out before, following the plan to the full breaks neither of the two."""
    assert not breaks(past, [day.most for day in plan(past).days])


@given(PAST)
def test_a_plan_is_as_large_as_it_can_be(past: list[int]) -> None:
    """One more on any day, with all others as they are, breaks the limit or the average."""
    ahead = [day.most for day in plan(past).days]
    for place in range(WEEK):
        more = [count + (number == place) for number, count in enumerate(ahead)]
        assert breaks(past, more)


@given(PAST, st.integers(0, 250))
def test_the_next_one_goes_on_the_first_day_that_has_room(past: list[int], today: int) -> None:
    """Not a day earlier than the rolling week allows, and not a day later."""
    past = [today, *past[1:]]
    found = plan(past).next_on
    assert found is not None

    def held(day: date) -> int:
        return sum(count for age, count in enumerate(past) if (day - TODAY).days + age < WEEK)

    assert held(found) < LIMIT
    assert all(held(TODAY + timedelta(days=ahead)) >= LIMIT for ahead in range((found - TODAY).days))


@given(PAST, st.data())
def test_a_plan_from_a_sum_is_never_larger_than_the_plan_from_its_days(
    past: list[int], data: st.DataObject
) -> None:
    """What is known only as a sum is taken as late as it can be, so that the plan holds in any case."""
    known = data.draw(st.integers(0, WEEK - 1))
    told = Sending(last_7_days=sum(past[:WEEK]), recent_days=tuple(past[:known]) if known else None)
    careful = coming_week(told, TODAY, LIMIT, AVERAGE)
    assert careful is not None
    closer = plan(past[:WEEK])
    so_far = [0, 0]
    for number, (one, other) in enumerate(zip(careful.days, closer.days, strict=True)):
        so_far = [so_far[0] + one.most, so_far[1] + other.most]
        assert so_far[0] <= so_far[1], number
    assert careful.next_on is not None
    assert closer.next_on is not None
    assert careful.next_on >= closer.next_on


def test_nothing_is_planned_while_a_restriction_lasts() -> None:
    """Without an end nobody can say when the next one goes; with one, it is the first day after it."""
    assert plan([0] * WEEK, restricted=True).total == 0
    assert plan([0] * WEEK, restricted=True).next_on is None
    until = plan([0] * WEEK, restricted_until=TODAY + timedelta(days=3))
    assert [day.most for day in until.days] == [0, 0, 0, 14, 14, 14, 14]
    assert until.next_on == TODAY + timedelta(days=3)
    assert plan([0] * WEEK, restricted_until=TODAY + timedelta(days=30)).next_on == TODAY + timedelta(days=30)


@pytest.mark.parametrize(
    "told", [Sending(), Sending(today=3), Sending(recent_days=(1, 2)), Sending(acceptance_rate=40)]
)
def test_there_is_no_plan_where_the_week_is_not_known(told: Sending) -> None:
    """What nobody told is not taken for nothing."""
    assert coming_week(told, TODAY, LIMIT, AVERAGE) is None


def test_a_plan_ends_with_the_calendar() -> None:
    """The last days that there are have a plan too."""
    last = coming_week(Sending(dates=()), date.max - timedelta(days=1), LIMIT, AVERAGE)
    assert last is not None
    assert len(last.days) == 2
    assert coming_week(Sending(last_7_days=LIMIT), date.max, LIMIT, AVERAGE).next_on is None  # type: ignore[union-attr]


# ---------------------------------------------------------------- counting


@given(st.dictionaries(st.integers(0, 60), st.integers(0, 50)))
def test_the_fullest_week_is_the_fullest_of_all(counts: dict[int, int]) -> None:
    """Trying every seven days gives the same."""
    weeks = [sum(counts.get(age, 0) for age in range(first, first + WEEK)) for first in range(61)]
    assert fullest_week(counts) == max(weeks)


@given(st.lists(st.integers(0, 300), max_size=40))
def test_the_busiest_hour_is_the_busiest_of_all(minutes: list[int]) -> None:
    """Trying the hour after every request gives the same, in whatever order they are told."""
    start = datetime.combine(TODAY, time(9))
    found = most_within(start + timedelta(minutes=minute) for minute in minutes)
    assert found == max((sum(first <= each < first + 60 for each in minutes) for first in minutes), default=0)


@given(PAST)
def test_days_and_weeks_that_are_shown_are_those_that_were_told(past: list[int]) -> None:
    """The first day comes first, and a week is a sum only where all seven days are known."""
    counts = daily_counts(Sending(recent_days=tuple(past)), TODAY)
    assert counts is not None
    assert counts.sent == tuple(reversed(past))
    assert counts.weekly[-1] == sum(past[:WEEK])
    assert [each is None for each in counts.weekly] == [True] * (WEEK - 1) + [False] * (len(past) - WEEK + 1)


# ---------------------------------------------------------------- the verdict


@share(200)
@given(HISTORIES)
def test_both_engines_find_the_same_in_every_history(told: History) -> None:
    """Facts read from a history, rules that hold, and all that follows."""
    case = asked().read(told)
    assert asked("durable").infer(case) == asked("reference").infer(case)
    wrong = {
        fact: value
        for fact, value in case.facts.items()
        if fact in CONSULTATION.vocabulary and CONSULTATION.vocabulary[fact].complaint(value)
    }
    assert wrong == {}


def _moved(told: History, days: int) -> History:
    """The same history some days later or earlier, with every day in it."""
    step, sending = timedelta(days=days), told.sending
    if sending is not None:
        sending = replace(
            sending,
            dates=sending.dates and tuple(each + step for each in sending.dates),
            times=sending.times and tuple(each + step for each in sending.times),
            restricted_until=sending.restricted_until and sending.restricted_until + step,
        )
    assert told.as_of is not None
    return replace(told, sending=sending, as_of=told.as_of + step)


@share(100)
@given(HISTORIES, st.integers(-3000, 3000))
def test_another_calendar_changes_nothing(told: History, days: int) -> None:
    """Moving every day by the same number of days leaves facts, verdict and plan as they are."""
    moved = _moved(told, days)
    assert asked().read(told) == asked().read(moved)
    before, after = (asked().advise(each) for each in (told, moved))
    assert before.verdict == after.verdict
    first, second = (
        plan_for(shipped_knowledge(), each, its) for each, its in ((told, before), (moved, after))
    )
    assert (first and [day.most for day in first.days]) == (second and [day.most for day in second.days])


def test_an_empty_history_is_all_right_and_claims_nothing() -> None:
    """Nothing told: ok, provisional, and without a single reason."""
    verdict = asked().advise(History(as_of=TODAY))
    assert (verdict.verdict, verdict.settled, verdict.grounds, verdict.merits) == ("ok", False, (), ())
    assert plan_for(shipped_knowledge(), History(as_of=TODAY), verdict) is None


@given(PAST)
def test_with_a_low_rate_the_plan_is_for_people_who_know_you(past: list[int]) -> None:
    """The plan says whom it leaves out in the words of the rules, and cites why."""
    told = History(sending=Sending(recent_days=tuple(past), sent=40, accepted=2), as_of=TODAY)
    found = plan_for(shipped_knowledge(), told, asked().advise(told))
    assert found is not None
    assert found.holds == (CONSULTATION.vocabulary["plan.known_only"].means,)
    cited = {each.passage for each in found.citations}
    assert {
        "how-many-requests/weekly-limit",
        "how-many-requests/daily-average",
        "how-many-requests/low-acceptance-engage-first",
    } <= cited


# ---------------------------------------------------------------- records


def _counted(invitations: list[Invited], **more: object) -> History:
    records = Records(files=frozenset({"invitations"}), invitations=tuple(invitations), **more)  # type: ignore[arg-type]
    return history_of(records, TODAY, answer_time=7, judged_over=90)


@given(st.lists(rows(TODAY), max_size=60), st.integers())
def test_the_order_of_rows_changes_nothing(invitations: list[Invited], seed: int) -> None:
    """Records are counted the same however their rows are sorted."""
    turned = invitations[:]
    random.Random(seed).shuffle(turned)  # noqa: S311 - nothing secret
    assert _counted(invitations) == _counted(turned)


@given(st.lists(rows(TODAY), max_size=60))
def test_records_are_counted_as_by_hand(invitations: list[Invited]) -> None:
    """Only what was sent, up to the day of asking; acceptance only of what had time to be answered."""
    sending = _counted(invitations).sending
    assert sending is not None
    sent = [each for each in invitations if not each.incoming and each.on is not None and each.on <= TODAY]
    ages = [(TODAY - each.on).days for each in sent if each.on]
    assert sending.recent_days is not None
    assert list(sending.recent_days) == [ages.count(age) for age in range(len(sending.recent_days))]
    assert sum(sending.recent_days) == len(sent)
    told = [
        each
        for each, age in zip(sent, ages, strict=True)
        if 7 <= age < 97 and (each.outcome or each.answered)
    ]
    accepted = [
        each
        for each in told
        if each.outcome == "accepted" and (each.answered is None or each.answered <= TODAY)
    ]
    assert (sending.sent or 0, sending.accepted or 0) == (len(told), len(accepted))


def _row(age: int, outcome: str = "pending", answered: date | None = None) -> Invited:
    return Invited(on=TODAY - timedelta(days=age), outcome=outcome, answered=answered)  # type: ignore[arg-type]


def test_what_became_of_a_request_later_is_not_known_yet() -> None:
    """Asked as on a day, records say what could be known on it."""
    later = TODAY + timedelta(days=1)
    sending = _counted([_row(10, "accepted", later), _row(11, "accepted", TODAY)]).sending
    assert sending is not None
    assert (sending.sent, sending.accepted, sending.open) == (2, 1, 1)


def test_records_that_end_before_the_day_of_asking_say_nothing_of_the_last_days() -> None:
    """An export of last week does not say that nothing was sent since; a history that somebody keeps does."""
    ended = TODAY - timedelta(days=5)
    kept = _counted([_row(6)], taken_on=ended)
    assert kept.sending is not None
    assert kept.sending.recent_days is not None
    exported = _counted([_row(6)], taken_on=ended, partial={"invitations": "recent ones only"})
    assert exported.sending is not None
    assert exported.sending.recent_days is None
    assert exported.sending.partial


def test_acceptance_in_records_that_lack_requests_is_not_judged() -> None:
    """Two of forty is no low rate where the accepted ones are those that are missing."""
    invitations = [_row(10 + number % 50, "accepted" if number < 2 else "pending") for number in range(40)]
    told = _counted(invitations, partial={"invitations": "recent ones only"}, taken_on=TODAY)
    verdict = asked().advise(told)
    assert verdict.verdict == "ok"
    assert [each.rule for each in verdict.advice if each.rule == "counted-in-part"] == ["counted-in-part"]
    assert asked().advise(_counted(invitations)).verdict == "slow-down"


def test_rows_that_do_not_say_what_became_of_them_make_the_rate_partial() -> None:
    """An outcome that nobody wrote down is neither an acceptance nor a refusal."""
    sending = _counted([_row(10, "accepted"), _row(11, "")]).sending
    assert sending is not None
    assert (sending.sent, sending.accepted, sending.partial) == (1, 1, True)


def test_the_earlier_half_is_held_against_the_later() -> None:
    """Halves are of requests, not of days."""
    early = [_row(80, "accepted") for _ in range(10)]
    late = [_row(20, "accepted" if number < 3 else "ignored") for number in range(10)]
    trend = _counted([*late, *early]).trend
    assert trend is not None
    assert (trend.earlier_rate, trend.later_rate, trend.requests) == (100, 30, 10)


@given(HISTORIES, HISTORIES)
def test_what_is_told_beside_records_stands_in_their_place(below: History, above: History) -> None:
    """Every answer that is told wins; what is not told stays as the records say."""
    joined = with_told(below, above)
    for each in fields(Sending):
        told = getattr(above.sending, each.name, None)
        kept = getattr(below.sending, each.name, None)
        assert getattr(joined.sending, each.name, None) == (kept if told is None else told)
    assert joined.goal == (below.goal if above.goal is None else above.goal)


# ---------------------------------------------------------------- the command

STEADY = "recent_days: [14, 14, 14, 14, 14, 14, 14, 3, 0, 20]\nacceptance_rate: 40%\nrestricted: no\n"


@pytest.fixture
def pace(cli: CommandLine, tmp_path: Path) -> Callable[..., tuple[int, str, str]]:
    """Run `advisor pace` on a file with the given content, as on the day that the tests speak of."""

    def run(content: str, *options: str, name: str = "sent.yaml") -> tuple[int, str, str]:
        outcome = cli("pace", write(tmp_path, name, content), "--as-of", TODAY.isoformat(), *options)
        return outcome.code, outcome.out, outcome.err

    return run


Pace = Callable[..., tuple[int, str, str]]


def test_the_page_says_verdict_plan_and_days(pace: Pace) -> None:
    """The answer, when the next one goes, each day of the week, and the days before as bars."""
    code, out, err = pace(STEADY)
    assert (code, err) == (0, "")
    assert out.startswith("OK — Your pace is all right\n")
    assert (
        "The coming week\n  By the limit the next one may go today, and at an even pace on Sat 21 Nov." in out
    )
    assert "  Fri 20 Nov (today)   0\n  Sat 21 Nov          14  ██████████████\n" in out
    assert " 100 │" in out
    assert max(map(len, out.splitlines())) <= 80
    assert "\x1b" not in out


def test_ninety_eight_is_never_said_to_exceed_the_limit(pace: Pace) -> None:
    """Nothing on the page of somebody within the limit says that it is broken, or that too few accept."""
    _, out, _ = pace(STEADY, "--all")
    told = out.partition("Settled")[0].partition("Provisional")[0]
    assert "98 of the 100 requests" in told
    for never in ("exceeded", "more than the 100", "too few", "over the limit"):
        assert never not in told.lower()


def test_json_carries_the_plan_beside_the_verdict(pace: Pace) -> None:
    """Programs find the receipt as everywhere, and the plan under keys of its own."""
    _, out, _ = pace(STEADY, "--format", "json")
    data = json.loads(out)
    assert (data["verdict"], data["consultation"]) == ("ok", PACE)
    assert data["coming_week"]["next_on"] == "2026-11-20"
    assert [day["most"] for day in data["coming_week"]["days"]] == [0, 14, 14, 14, 14, 14, 14]
    assert data["daily_counts"]["weekly"][-1] == 98
    assert pace(STEADY, "--format", "json")[1] == out


def test_markdown_has_the_plan_as_a_table(pace: Pace) -> None:
    """For a ticket or a wiki page."""
    _, out, _ = pace(STEADY, "--format", "markdown")
    assert "\n## The coming week\n" in out
    assert "| Sat 21 Nov | 14 |" in out


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("[2026-11-20, 2026-11-20, 2026-11-18]", "sent.json.yaml"),
        ("- 2026-11-20 09:00\n- 2026-11-20 09:05\n- 2026-11-18 17:00\n", "sent.yaml"),
        ("sending: {dates: [2026-11-20, 2026-11-20, 2026-11-18]}", "sent.yaml"),
        ("dates: [2026-11-20, 2026-11-20, 2026-11-18]", "sent.yaml"),
        ("Date,Outcome\n2026-11-20,pending\n2026-11-20,pending\n2026-11-18,accepted\n", "sent.csv"),
        ("- {date: 2026-11-20}\n- {date: 2026-11-20, outcome: pending}\n- {date: 2026-11-18}\n", "sent.yaml"),
    ],
)
def test_a_history_is_read_in_every_form_that_people_keep(pace: Pace, content: str, name: str) -> None:
    """A list of days or times, the part alone, the whole, and rows as CSV or YAML say the same."""
    code, out, err = pace(content, "--format", "json", name=name)
    assert code == 0, err
    facts = json.loads(out)["facts"]
    assert (facts["pace.today"], facts["pace.last_7_days"], facts["pace.active_days"]) == (2, 3, 2)


def test_an_export_is_asked_about_as_of_its_own_day(cli: CommandLine, tmp_path: Path) -> None:
    """Days after it was taken are not in it; asked for all the same, they are unknown."""
    header = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"
    row = 'Ana Sol,Bo Lind,"11/18/20, 2:37 PM",,OUTGOING,,https://www.linkedin.com/in/bo-lind\n'
    folder = tmp_path / "Basic_LinkedInDataExport_11-20-2020"
    folder.mkdir()
    write(folder, "Invitations.csv", header + row)
    outcome = cli("pace", folder, "--format", "json")
    assert outcome.code == 0, outcome.err
    assert "the day on which the records were taken" in outcome.err
    data = json.loads(outcome.out)
    assert data["facts"]["pace.last_7_days"] == 1
    later = cli("pace", folder, "--format", "json", "--as-of", "2020-12-24")
    assert "are unknown" in later.err
    assert "pace.last_7_days" not in json.loads(later.out)["facts"]


def test_what_records_do_not_tell_is_told_beside_them(pace: Pace, tmp_path: Path) -> None:
    """A restriction stands in no export."""
    beside = write(tmp_path, "told.yaml", "sending: {restricted: yes}\ngoal: job\n")
    code, out, _ = pace(
        "Date\n2026-11-20\n", "--told", str(beside), "--format", "json", "--fail-on", "stop", name="sent.csv"
    )
    assert (code, json.loads(out)["verdict"]) == (1, "stop")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("last_7_day: 50", "unknown-key"),
        ("last_7_days: many", "wrong-type"),
        ("times: [2026-11-20]", "bad-date"),
        ("times: [2026-11-20 25:00]", "impossible-date"),
        ("dates: [2026-11-21]", "future-date"),
        ("times: [2026-11-21 10:00]", "future-date"),
        ("- 2026-11-20\n- 2026-13-20\n", "impossible-date"),
        ("rhythm: jazzy", "unknown-value"),
        ("{busiest_day: 9, last_7_days: 4}", "contradiction"),
        ("{in_one_hour: 9, busiest_day: 4}", "contradiction"),
        ("{restricted: no, restricted_until: 2026-11-28}", "contradiction"),
        ("{restricted: yes, restricted_until: 2026-11-02}", "contradiction"),
        ("", "empty-document"),
    ],
)
def test_bad_histories_are_complained_about_at_their_place(pace: Pace, content: str, code: str) -> None:
    """A file, a line and a column, a code and a hint; exit 2 and nothing on standard output."""
    exit_code, out, err = pace(content)
    assert (exit_code, out) == (2, "")
    assert f": {code} " in err
    assert "sent.yaml:" in err


def test_fail_on_counts_what_is_worse_too(pace: Pace) -> None:
    """Scripts stop at a verdict or at a worse one."""
    full = "last_7_days: 100\n"
    assert pace(full, "--fail-on", "slow-down")[0] == 1
    assert pace("last_7_days: 20\nacceptance_rate: 10%\n", "--fail-on", "stop")[0] == 0
    assert pace(STEADY, "--fail-on", "slow-down")[0] == 0


def test_the_tree_behind_the_verdict_is_shown(pace: Pace) -> None:
    """Down to what was told."""
    _, out, _ = pace("last_7_days: 101\n", "--explain")
    assert "sending.last_7_days" in out


# ---------------------------------------------------------------- charts


def test_a_chart_is_the_same_to_the_byte_and_says_what_it_shows(pace: Pace, tmp_path: Path) -> None:
    """Whoever cannot see it reads its title and description."""
    pytest.importorskip("matplotlib")
    first, second = tmp_path / "one.svg", tmp_path / "two.svg"
    assert pace(STEADY, "--chart", str(first))[0] == 0
    assert pace(STEADY, "--chart", str(second))[0] == 0
    text = first.read_text(encoding="utf-8")
    assert text == second.read_text(encoding="utf-8")
    assert "<title>Connection requests from 2026-11-11 to 2026-11-20</title>" in text
    assert "the last seven 98; the limit is 100." in text
    assert "limit of 100 in seven days" in text
    picture = tmp_path / "one.png"
    assert pace(STEADY, "--chart", str(picture))[0] == 0
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".advisor")] == []


def test_each_of_a_few_days_is_named(pace: Pace, tmp_path: Path) -> None:
    """Seven bars of which only the Monday has a name would be hard to place."""
    pytest.importorskip("matplotlib")
    picture = tmp_path / "sent.svg"
    _, _, err = pace("recent_days: [0, 2, 1, 0, 0, 3, 1]\n", "--chart", str(picture))
    assert err == f"{picture} is written.\n"
    drawn = picture.read_text(encoding="utf-8")
    assert all(dated(TODAY - timedelta(days=ago)) in drawn for ago in range(7))
    code, out, _ = pace(
        "recent_days: [0, 2, 1, 0, 0, 3, 1]\n", "--as-of", "2026-11-23"
    )  # a Monday, without room
    assert (code, out.count("      17 Nov\n")) == (0, 2)


@pytest.mark.parametrize("ending", ["pdf", "jpeg", "txt"])
def test_a_chart_of_another_kind_is_refused_before_anything_is_written(
    pace: Pace, tmp_path: Path, ending: str
) -> None:
    """Nothing is drawn that nobody asked for by its name."""
    code, out, err = pace(STEADY, "--chart", str(tmp_path / f"sent.{ending}"))
    assert (code, out) == (2, "")
    assert ".svg and .png" in err
    assert [each.name for each in tmp_path.iterdir()] == ["sent.yaml"]


def test_a_chart_without_days_is_refused(pace: Pace, tmp_path: Path) -> None:
    """A sum cannot be drawn day by day."""
    pytest.importorskip("matplotlib")
    code, out, err = pace("last_7_days: 20\n", "--chart", str(tmp_path / "sent.svg"))
    assert (code, out) == (2, "")
    assert "no days to draw" in err
    assert not (tmp_path / "sent.svg").exists()


def test_without_matplotlib_it_is_said_how_to_get_it(
    pace: Pace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The extra is named; everything else goes on without it."""

    def missing(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(charts, "import_module", missing)
    code, out, err = pace(STEADY, "--chart", str(tmp_path / "sent.svg"))
    assert (code, out) == (2, "")
    assert "pip install 'etiquette-advisor[charts]'" in err
    assert pace(STEADY)[0] == 0
