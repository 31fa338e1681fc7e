"""The network: what records tell of each connection, how all are judged, and what is written of it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.catalog.situations import read_told
from advisor.catalog.text import parse
from advisor.errors import InputError
from advisor.facts.durations import days_ago, in_words
from advisor.facts.roster import roster
from advisor.facts.safelist import entries
from advisor.inference.durable import available
from advisor.model.case import Case
from advisor.model.network import Network
from advisor.model.records import Connected, Exchange, Invited, Records, Remark
from advisor.model.roster import NetworkReport
from advisor.model.vocabulary import FactValue
from advisor.report.network import COLUMNS, as_csv
from advisor.reviewing import NETWORK, review
from advisor.testing import RulesUnderTest, engines_agree, facts, the_order_of_rules_changes_nothing
from advisor.testing.about_networks import DAY, networks
from advisor.verdict.advise import Decider
from advisor.verdict.judging import judge
from advisor.wiring import Advisor, EngineName
from command_line import CommandLine, write
from conftest import Golden
from laws import choosing, share
from strategies import shipped_knowledge

EXPORT = Path(__file__).parent / "exports" / "network"
"""A small made-up export."""
RULES = RulesUnderTest(consultation=NETWORK)
CONSULTATION = shipped_knowledge().consultation(NETWORK)
SCALE = tuple(level.name for level in CONSULTATION.verdicts)


@lru_cache(maxsize=2)
def advisor(engine: EngineName = "auto") -> Advisor:
    """One advisor for all tests."""
    return Advisor(shipped_knowledge(), engine, NETWORK)


def reviewed(records: Records, protected: frozenset[int] = frozenset()) -> NetworkReport:
    """All connections of `records` judged, on the day on which they were taken."""
    return review(advisor(), roster(records, DAY, protected=protected), DAY)


def verdicts(report: NetworkReport) -> list[tuple[str, str, date | None, str]]:
    """Who got which verdict."""
    return [(each.name, each.slug, each.connected_on, each.judgement.verdict) for each in report.people]


def told(text: str) -> object:
    """What a network file tells."""
    return read_told("network", parse(text, "n.yaml"), CONSULTATION.vocabulary, as_of=DAY)


# ---------------------------------------------------------------- laws of the rules


@pytest.mark.skipif(available() is not None, reason=available() or "")
@share(100)
@given(facts(CONSULTATION))
def test_both_engines_find_the_same(case: dict[str, FactValue]) -> None:
    """Nothing of a network's verdict is an engine's own."""
    engines_agree(RULES, case)


@share(20)
@given(facts(CONSULTATION), st.integers(0, 1_000_000))
def test_the_order_of_rules_changes_nothing(case: dict[str, FactValue], seed: int) -> None:
    """Rules in another order find the same."""
    the_order_of_rules_changes_nothing(RULES, case, choosing(seed))


@share(100)
@given(st.lists(facts(CONSULTATION), min_size=1, max_size=5))
def test_what_is_remembered_is_what_is_decided(cases: list[dict[str, FactValue]]) -> None:
    """Whatever was judged before, a case gets the inference, the verdict and the words of its own."""
    decider = Decider(RULES.base, NETWORK, RULES.engine)
    for number, told_facts in enumerate([*cases, *cases]):
        case = Case(facts=told_facts, words={"connection.name": f"Person {number}"})
        brief, judged = decider.brief(case, DAY), judge(decider, case)
        found = brief.concerns or brief.grounds
        alone, remembered = decider.infer(case), decider.inferred(case.facts)
        assert (dict(remembered.facts), remembered.held) == (dict(alone.facts), alone.held)
        assert dict(remembered.blocked) == dict(alone.blocked)
        assert judged.verdict == brief.verdict
        assert [
            (each.rule, each.title, each.holds_at, each.message, each.fix) for each in judged.reasons
        ] == [(each.rule, each.title, each.holds_at, each.message, each.fix) for each in found]
        assert [each.cites for each in judged.reasons] == [
            tuple(citation.passage for citation in each.citations) for each in found
        ]


def test_the_memory_of_classes_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond so many classes all are forgotten, and the verdicts stay what they are."""
    monkeypatch.setattr("advisor.verdict.remembering.MOST_REMEMBERED", 2)
    decider = Decider(RULES.base, NETWORK, RULES.engine)
    days = [0, 200, 400, 0, 400]
    found = [judge(decider, Case(facts={"contact.days": each})).verdict for each in days]
    assert found == ["keep", "keep", "review", "keep", "review"]


# ---------------------------------------------------------------- records, person by person


@share(100)
@given(networks(), st.integers(0, 1_000_000))
def test_the_order_of_rows_changes_nothing(records: Records, seed: int) -> None:
    """Rows of an export in another order give everybody the same verdict."""
    chooser = choosing(seed)

    def shuffled(rows: tuple[object, ...]) -> tuple[object, ...]:
        return tuple(chooser.sample(rows, len(rows)))

    other = replace(
        records,
        connections=shuffled(records.connections),
        invitations=shuffled(records.invitations),
    )
    before, after = reviewed(records), reviewed(other)
    assert sorted(map(repr, verdicts(before))) == sorted(map(repr, verdicts(after)))
    assert before.counts == after.counts


@share(40)
@given(networks())
def test_a_connection_judged_alone_gets_the_same_verdict(records: Records) -> None:
    """What is said of somebody within an export is what is said of them alone, by both engines."""
    people = roster(records, DAY)
    within = review(advisor(), people, DAY)
    by_place = {id(each.told): each for each in people.members}
    alone = sorted(
        (repr(each.connected.name or each.connected.slug), advisor("reference").brief(each.told, DAY).verdict)
        for each in by_place.values()
    )
    assert sorted((repr(each.name), each.judgement.verdict) for each in within.people) == alone


@share(100)
@given(networks())
def test_records_alone_never_remove_anybody(records: Records) -> None:
    """No export holds what a removal takes: the word of the person whose network it is."""
    report = reviewed(records)
    assert report.counts["remove"] == 0
    assert report.whole.verdict != "remove"
    assert list(report.counts) == list(reversed(SCALE))
    assert sum(report.counts.values()) == len(report.people)
    assert len(report.people) + report.hidden == len(records.connections)


@share(60)
@given(networks(messages=False))
def test_without_messages_nothing_is_said_about_anybody(records: Records) -> None:
    """Where an export holds no messages, contact is unknown, and everybody is kept without a concern."""
    report = reviewed(records)
    assert {each.judgement.verdict for each in report.people} <= {"keep"}
    assert not any(reason.holds_at for each in report.people for reason in each.judgement.reasons)
    assert all(each.messages is None for each in report.people)


@share(60)
@given(networks(messages=True))
def test_a_partial_file_of_messages_is_no_file_of_messages(records: Records) -> None:
    """Where messages are known not to be all, that somebody has none is not known."""
    report = reviewed(replace(records, partial={"messages": "only the last year"}))
    assert all(each.messages is None for each in report.people)
    assert not report.messages


@share(60)
@given(networks(messages=True))
def test_who_is_on_the_safelist_is_never_looked_over(records: Records) -> None:
    """Whoever stays is kept or got in touch with, whatever else holds."""
    everybody = frozenset(range(len(records.connections)))
    report = reviewed(records, everybody)
    assert {each.judgement.verdict for each in report.people} <= {"keep", "engage"}


@share(60)
@given(networks(messages=True), st.integers(0, 7), st.integers(0, 2_000))
def test_a_fresher_message_never_makes_a_verdict_more_cautious(
    records: Records, place: int, days: int
) -> None:
    """Had somebody written later than they did, nothing worse would be said of them."""
    if not records.exchanges:
        return
    chosen = records.exchanges[place % len(records.exchanges)]
    if chosen.last is None:
        return
    later = min(DAY, chosen.last + timedelta(days=days))
    fresher = replace(chosen, last=later)
    exchanges = tuple(fresher if each is chosen else each for each in records.exchanges)
    before, after = reviewed(records), reviewed(replace(records, exchanges=exchanges))

    def caution(report: NetworkReport) -> dict[str, int]:
        worst: dict[str, int] = {}
        for name, slug, since, verdict in verdicts(report):
            key = f"{name}/{slug}/{since}"
            worst[key] = max(worst.get(key, 0), SCALE.index(verdict))
        return worst

    assert all(caution(after)[key] <= level for key, level in caution(before).items())


PEOPLE = {
    "with": Connected(name="Ana Souza", slug="ana", on=date(2019, 3, 1)),
    "other": Connected(name="Ana Souza", slug="ana-s", on=date(2020, 3, 1)),
    "without": Connected(name="Ana Souza", on=date(2021, 3, 1)),
    "plain": Connected(name="Bo Lindqvist", on=date(2021, 3, 1)),
}


@pytest.mark.parametrize(
    ("people", "exchanges", "messages"),
    [
        pytest.param(["with"], [("Ana Souza", "ana")], [5], id="the same address"),
        pytest.param(["with"], [("Ana Souza", "")], [5], id="one of this name, messages without address"),
        pytest.param(["without"], [("Ana Souza", "ana")], [5], id="one of this name, without address"),
        pytest.param(["with"], [("Ana Souza", "else")], [None], id="an address that may have changed"),
        pytest.param(["with"], [("Bo Lindqvist", "bo")], [0], id="somebody else's messages"),
        pytest.param(["with", "other"], [("Ana Souza", "ana")], [5, 0], id="two of one name told apart"),
        pytest.param(["with", "other"], [("Ana Souza", "")], [None, None], id="two that cannot be"),
        pytest.param(["with", "without"], [("Ana Souza", "ana")], [5, 0], id="the other one's address"),
        pytest.param(["without", "without"], [("Ana Souza", "")], [None, None], id="two without address"),
        pytest.param(["without", "plain"], [("Bo Lindqvist", "")], [0, 5], id="another name"),
        pytest.param(["with"], [("Ana Souza", "ana"), ("Ana Souza", "")], [None], id="more of the same name"),
    ],
)
def test_messages_are_not_mixed_up(
    people: list[str], exchanges: list[tuple[str, str]], messages: list[int | None]
) -> None:
    """Messages belong to whom the address says, or whom the name alone can mean; else nobody knows whose."""
    records = Records(
        files=frozenset({"connections", "messages"}),
        connections=tuple(PEOPLE[each] for each in people),
        exchanges=tuple(
            Exchange(name=name, slug=slug, by_you=5, last=date(2026, 11, 1), last_by_you=date(2026, 11, 1))
            for name, slug in exchanges
        ),
    )
    found = roster(records, DAY)
    told_of = [each.told.connection.contact for each in found.members if each.told.connection]
    assert [contact.messages if contact else None for contact in told_of] == messages
    assert found.unclear == messages.count(None)


def test_what_records_tell_of_a_connection() -> None:
    """Remarks, requests, employers and messages all come together, and what lies ahead is left out."""
    records = Records(
        files=frozenset({"connections", "messages", "invitations"}),
        connections=(Connected(name="Ana Souza", slug="ana", company="Oriel", on=date(2026, 10, 1)),),
        exchanges=(
            Exchange(
                name="Ana Souza",
                slug="ana",
                by_you=1,
                by_them=2,
                last=date(2026, 10, 5),
                last_by_you=date(2026, 10, 4),
            ),
        ),
        remarks=(Remark(name="Ana Souza", text="met in Bergen"),),
        invitations=(
            Invited(name="Ana Souza", slug="ana", outcome="accepted", note="about silk", on=date(2026, 9, 1)),
            Invited(name="Bo", outcome="pending", on=date(2026, 9, 1)),
            Invited(name="Cy", outcome="pending", on=date(2026, 8, 1)),
            Invited(name="Di", outcome="pending", on=date(2027, 8, 1)),
            Invited(name="Ed", outcome="pending", incoming=True, on=date(2026, 8, 1)),
        ),
    )
    found = roster(records, DAY)
    read = advisor().read(found.members[0].told, DAY).facts
    assert read["connection.since_days"] == 50
    assert read["messages.exchanged"] == 3
    assert read["messages.days"] == 46
    assert read["messages.both_ways"] is read["connection.noted"] is read["connection.reason_told"] is True
    assert read["connection.followed_up"] is True
    assert read["about.whole"] is False
    assert "contact.days" not in read
    assert [each.name for each in found.pending] == ["Cy", "Bo"]
    assert found.whole.network == Network(size=1, new_lately=1, pending=2, oldest_pending=date(2026, 8, 1))
    earlier = roster(records, date(2026, 9, 15))
    assert "connection.since_days" not in advisor().read(earlier.members[0].told).facts
    assert "messages.days" not in advisor().read(earlier.members[0].told).facts


def test_a_safelist_means_people_by_name_or_address() -> None:
    """Entries that mean nobody or several people say so by their places."""
    people = [PEOPLE["with"], PEOPLE["other"], PEOPLE["plain"]]
    lines = ["# friends", "", " BO lindqvist ", "https://www.linkedin.com/in/ana-s/", "Ana Souza", "Cy"]
    found = entries(lines, people)
    assert [(each.line, each.places) for each in found] == [(3, (2,)), (4, (1,)), (5, (0, 1)), (6, ())]


# ---------------------------------------------------------------- described in a file


@share(60)
@given(st.integers(0, 20_000))
def test_a_length_in_words_is_never_longer_than_it_was(days: int) -> None:
    """What is said in words can be read back, and is rounded down by less than its unit."""
    read = days_ago(in_words(days), DAY)
    assert read is not None
    assert days - 365 < read <= days


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("today", 0), ("Yesterday", 1), ("last week", 7), ("3 weeks ago", 21), ("for five years", 1825),
        ("a month", 30), ("about 2 years ago", 730), ("last spring", None), ("2 fortnights", None),
        ("never", None),
        ("2023", 1055), ("in 2024", 689), ("2025", None), ("2027", None), ("0000", None), ("2026-13", None),
        ("May 2026", 173), ("Sep 2026", 51), ("2026-05", 173), ("October 2026", None), ("may", None),
        (date(2026, 11, 1), 19), (date(2027, 1, 1), None),
    ],
)  # fmt: skip
def test_lengths_of_time_are_understood(words: date | str, days: int | None) -> None:
    """A date or a length of time is reckoned with; other words never are."""
    assert days_ago(words, DAY) == days


CONTACTS = [
    ("contact: never, since: 3 weeks ago", {"contact.days": 21, "contact.never": True}),
    (
        "contact: {by_you: never, by_them: never}, since: 3 weeks ago",
        {"contact.days": 21, "contact.never": True, "contact.their_days": 21, "contact.your_days": 21},
    ),
    ("contact: never", {"contact.never": True}),
    ("contact: 3 weeks ago, since: 3 weeks ago", {"contact.days": 21, "contact.never": True}),
    ("contact: 9 years ago, since: 3 weeks ago", {"contact.days": 21, "contact.never": True}),
    ("contact: 2 weeks ago, since: 3 weeks ago", {"contact.days": 14, "contact.never": False}),
    ("contact: 2 weeks ago", {"contact.days": 14}),
    ("contact: {by_them: 4 years ago}", {"contact.their_days": 1460}),
    (
        "contact: {by_them: 4 years ago, by_you: 2 weeks ago}",
        {"contact.days": 14, "contact.their_days": 1460, "contact.your_days": 14},
    ),
    ("contact: {last: 4 years, last_message: 1 year}", {"contact.days": 365, "messages.days": 365}),
    ("contact: {messages: 0}, since: 9 years ago", {"messages.exchanged": 0}),
    ("contact: {last: last spring}", {}),
]


@pytest.mark.parametrize(("said", "found"), CONTACTS)
def test_contact_is_reckoned_from_what_is_told(said: str, found: dict[str, FactValue]) -> None:
    """Connecting counts as contact, one side tells nothing of the other, and no message is no silence."""
    read = advisor().read(told(f"connection: {{name: Ana Souza, {said}}}"), DAY).facts  # type: ignore[arg-type]
    assert {
        fact: value for fact, value in read.items() if fact.startswith(("contact.", "messages."))
    } == found


@pytest.mark.parametrize(
    ("text", "place", "code"),
    [
        ("{connection: Ana, network: {size: 3}}", ("network",), "contradiction"),
        ("{as_of: 2026-11-20}", (), "empty-document"),
        ("{network: {size: 3, known: 4}}", ("network", "known"), "contradiction"),
        ("{network: {size: 3, new_lately: 4}}", ("network", "new_lately"), "contradiction"),
        ("{network: {new_lately: 3, not_followed_up: 4}}", ("network", "not_followed_up"), "contradiction"),
        ("{network: {last_reviewed: 2026-12-01}}", ("network", "last_reviewed"), "future-date"),
        ("{network: {oldest_pending: 2026-12-01}}", ("network", "oldest_pending"), "future-date"),
        ("{connection: {name: A, since: 2026-12-01}}", ("connection", "since"), "future-date"),
        ("{connection: {name: A, contact: 2026-12-01}}", ("connection", "contact"), "future-date"),
        (
            "{connection: {name: A, contact: {messages: 0, both_wrote: yes}}}",
            ("connection", "contact", "messages"),
            "contradiction",
        ),
        (
            "{connection: {name: A, contact: {last: 2020-01-01, by_them: 2021-01-01}}}",
            ("connection", "contact", "last"),
            "contradiction",
        ),
        (
            "{connection: {name: A, followed_up: yes, contact: {last: never}}}",
            ("connection", "contact", "last"),
            "contradiction",
        ),
    ],
)
def test_what_cannot_be_is_refused_at_its_place(text: str, place: tuple[str, ...], code: str) -> None:
    """Two subjects, counts beyond their totals and days that lie ahead are complained about."""
    with pytest.raises(InputError) as caught:
        told(text)
    document = parse(text, "n.yaml")
    line, column = document.place(place)
    assert [(each.code, each.line, each.column) for each in caught.value.complaints] == [(code, line, column)]


# ---------------------------------------------------------------- the command


GOLDEN: dict[str, Callable[[CommandLine], str]] = {
    "network/review.txt": lambda cli: cli("review-network", EXPORT, "--limit", "2").out,
    "network/review.md": lambda cli: cli("review-network", EXPORT, "--format", "markdown").out,
    "network/review.csv": lambda cli: cli("review-network", EXPORT, "--format", "csv").out,
    "network/review.json": lambda cli: cli(
        "review-network", EXPORT, "--only", "engage", "--format", "json"
    ).out,
}


@pytest.mark.parametrize("name", GOLDEN)
def test_a_small_export_is_written_as_before(cli: CommandLine, golden: Golden, name: str) -> None:
    """Each form of the report is what somebody has read and found right."""
    written = GOLDEN[name](cli)
    for line in [line for line in written.splitlines(keepends=True) if "rules and knowledge" in line]:
        written = written.replace(line, "")
    if name.endswith(".json"):
        data = json.loads(written)
        data["whole"].pop("knowledge_base")
        written = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    golden(name, written)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([EXPORT], 0),
        ([EXPORT / "Connections.csv"], 0),
        ([EXPORT, "--fail-on", "engage"], 1),
        ([EXPORT, "--fail-on", "remove"], 0),
        ([EXPORT, "--only", "engage,review"], 0),
        ([EXPORT, "--only", "everybody"], 2),
        ([EXPORT, "--explain"], 2),
        ([EXPORT, "--limit", "-1"], 2),
        ([EXPORT / "messages.csv"], 2),
        (["no-such-export.zip"], 2),
        ([EXPORT, "--as-of", "2026-12-24"], 0),
    ],
)
def test_exit_codes_of_an_export(cli: CommandLine, arguments: list[str | Path], code: int) -> None:
    """0 judged, 1 --fail-on met, 2 usage or bad input; data on one stream, messages on the other."""
    outcome = cli("review-network", *arguments)
    assert outcome.code == code, outcome.err
    assert bool(outcome.out) is (code < 2)
    assert "Traceback" not in outcome.err


def test_a_file_that_describes_one_subject_is_answered_like_any_question(
    cli: CommandLine, tmp_path: Path
) -> None:
    """YAML and standard input are read; what is meant for exports is refused."""
    text = "connection: {name: Ana Souza, since: 3 weeks ago, contact: never}\nas_of: 2026-11-20\n"
    file = write(tmp_path, "ana.yaml", text)
    assert cli("review-network", file).out.startswith("ENGAGE — Get in touch  ·  Ana Souza\n")
    assert cli("review-network", "-", stdin=text.encode()).out == cli("review-network", file).out
    assert json.loads(cli("review-network", file, "--format", "json").out)["consultation"] == "network"
    assert "new-connection-not-followed-up" in cli("review-network", file, "--explain", "--all").out
    assert cli("review-network", file, "--fail-on", "engage").code == 1
    for option in (["--only", "keep"], ["--safelist", file], ["--format", "csv"], ["--limit", "3"]):
        assert cli("review-network", file, *option).code == 2
    me = write(tmp_path, "me.yaml", "{industry: silk}")
    other = write(tmp_path, "bo.yaml", "connection: {name: Bo, industry: silk}\n")
    assert "work in the same field" in cli("review-network", other, "--me", me).out


def test_the_csv_is_safe_and_can_be_read_back(cli: CommandLine) -> None:
    """Every person is a line, every row has every column, and no cell is a formula."""
    out = cli("review-network", EXPORT, "--format", "csv").out
    rows = list(csv.reader(io.StringIO(out, newline="")))
    assert out.count("\n") == len(rows)
    assert tuple(rows[0]) == COLUMNS
    assert {len(row) for row in rows} == {len(COLUMNS)}
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row)
    assert any(cell.startswith("'=") for row in rows for cell in row)


@share(40)
@given(networks(), st.sets(st.sampled_from(SCALE)))
def test_the_csv_has_everybody_of_the_verdicts_that_are_wanted(records: Records, shown: set[str]) -> None:
    """One row for each person, whatever their names hold."""
    report = reviewed(records)
    rows = list(csv.reader(io.StringIO(as_csv(report, shown=shown), newline="")))[1:]
    assert [row[COLUMNS.index("verdict")] for row in rows] == [
        each.judgement.verdict for each in report.people if each.judgement.verdict in shown
    ]


def test_a_safelist_keeps_people_and_tells_of_entries_that_mean_nobody(
    cli: CommandLine, tmp_path: Path
) -> None:
    """Whoever is named stays; what means nobody is told on standard error, with its line."""
    stays = write(tmp_path, "stays.txt", "Tove Marchetti\nNobody Known\n")
    outcome = cli("review-network", EXPORT, "--safelist", stays, "--format", "csv")
    verdict = {row["name"]: row["verdict"] for row in csv.DictReader(io.StringIO(outcome.out, newline=""))}
    assert (verdict["Tove Marchetti"], verdict["Ismet Kowalczyk-Bay"]) == ("engage", "review")
    assert f"{stays}:2: Nobody Known is none of your connections\n" in outcome.err


def test_what_the_records_cannot_tell_comes_from_a_file(cli: CommandLine, tmp_path: Path) -> None:
    """What somebody tells of the network counts beside the records, and before them."""
    own = write(tmp_path, "network.yaml", "network: {last_reviewed: never, size: 900, privacy_checked: no}\n")
    outcome = cli("review-network", EXPORT, "--network", own, "--format", "json")
    whole = json.loads(outcome.out)["whole"]
    assert whole["facts"]["network.size"] == 900
    assert {each["rule"] for each in whole["concerns"]} >= {"never-gone-through"}
    assert {each["rule"] for each in whole["advice"]} >= {"look-at-privacy"}


def test_the_report_is_written_to_a_file_once(cli: CommandLine, tmp_path: Path) -> None:
    """A file that is there is not overwritten unless that is asked for."""
    target = tmp_path / "network.csv"
    first = cli("review-network", EXPORT, "--format", "csv", "--output", target)
    assert (first.code, first.out) == (0, "")
    assert target.read_bytes() == cli("review-network", EXPORT, "--format", "csv").out.encode()
    assert cli("review-network", EXPORT, "--output", target).code == 2
    assert cli("review-network", EXPORT, "--output", target, "--force").code == 0


def test_a_day_after_the_records_is_told_of(cli: CommandLine) -> None:
    """What happened after the records were taken is not in them, and nobody is left to think otherwise."""
    outcome = cli("review-network", EXPORT, "--as-of", "2026-12-24")
    assert "what happened since is not in them" in outcome.err
    assert "what happened since" not in cli("review-network", EXPORT).err


def test_a_new_file_leads_to_this_command(cli: CommandLine, tmp_path: Path) -> None:
    """`advisor new network` names the command that answers, and its text is understood."""
    file = tmp_path / "n.yaml"
    made = cli("new", "network", file)
    assert "advisor review-network" in made.err
    assert "`advisor review-network`" in file.read_text(encoding="utf-8")


def test_a_long_list_of_those_who_stay_is_read_whole(cli: CommandLine, tmp_path: Path) -> None:
    """It is a list of names and not a note, which would be cut off at some thousand signs."""
    stays = tmp_path / "stays.txt"
    stays.write_text("".join(f"Nobody Known{number}\n" for number in range(1_000)))
    told = cli("review-network", Path(__file__).parent / "exports" / "network", "--safelist", stays)
    assert told.code == 0
    assert told.err.count("is none of your connections") == 1_000
