"""What records show is filled in where a prospect file is silent, and never more than they show."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.facts.acquaintance import Acquaintances
from advisor.facts.places import shared_places
from advisor.facts.recorded import Window, with_records
from advisor.facts.sending import sending_facts
from advisor.model.records import Connected, Exchange, Invited, Outcome, Records, Remark, Self, Stay
from advisor.model.sending import Sending
from advisor.model.situation import Me, Prospect, Relationship, Shared, Situation
from records_fixtures import EVERYTHING, NAMES, PARTIAL, some_records
from strategies import situations

TODAY = date(2026, 11, 20)


def records(**parts: object) -> Records:
    """Records in which every file is there, taken today."""
    return Records(**{"files": EVERYTHING, "taken_on": TODAY, **parts})  # type: ignore[arg-type]


def told_values(value: object) -> object:
    """Everything that is told, without what is not."""
    if hasattr(value, "__dataclass_fields__"):
        inner = {name: told_values(getattr(value, name)) for name in value.__dataclass_fields__}
        return {name: each for name, each in inner.items() if each not in (None, {})}
    return value


def within(part: object, whole: object) -> bool:
    """Whether all that `part` tells stands in `whole` just so."""
    if isinstance(part, dict) and isinstance(whole, dict):
        return all(name in whole and within(each, whole[name]) for name, each in part.items())
    return part == whole


# ---------------------------------------------------------------------------------------- laws


@given(situations(), some_records())
def test_what_the_file_tells_stands(situation: Situation, known: Records) -> None:
    """Records add; they never change a word of what somebody wrote."""
    filled, _ = with_records(situation, known, TODAY)
    assert within(told_values(situation), told_values(filled))


@given(situations(), some_records())
def test_filling_twice_changes_nothing(situation: Situation, known: Records) -> None:
    """What was filled in is told, and what is told stands."""
    once, _ = with_records(situation, known, TODAY)
    assert with_records(once, known, TODAY)[0] == once


@given(situations())
def test_no_records_fill_nothing(situation: Situation) -> None:
    """An export without any file tells nothing."""
    assert with_records(situation, Records(), TODAY) == (situation, ())


@given(some_records(), NAMES)
def test_nothing_is_known_before_it_happened(known: Records, name: str) -> None:
    """Asked on an earlier day, records tell only what had happened by then."""
    filled, _ = with_records(Situation(prospect=Prospect(name=name)), known, date(2026, 9, 1))
    told = filled.relationship
    assert told is None or told.status_since is None
    assert filled.sending is None or not filled.sending.dates


@given(st.lists(st.dates(date(2026, 10, 1), TODAY)))
def test_counts_of_the_week_are_those_of_all_dates(days: list[date]) -> None:
    """Older requests are left out only where no count needs them."""
    known = records(invitations=tuple(Invited(on=day) for day in days))
    filled, _ = with_records(Situation(prospect=Prospect(name="Ana")), known, TODAY)
    assert filled.sending is not None
    whole = sending_facts(Sending(dates=tuple(days)), TODAY)
    assert {**sending_facts(filled.sending, TODAY), **whole} == sending_facts(filled.sending, TODAY)


# ---------------------------------------------------------------------------------------- looking up


TWO = (
    Connected(name="Ana Lee", slug="ana-1", on=date(2026, 1, 1)),
    Connected(name="Ana Lee", slug="ana-2", on=date(2026, 2, 2)),
    Connected(name="Bo Adeyemi, PhD", slug="bo"),
    Connected(name="", slug=""),
)


@pytest.mark.parametrize(
    ("name", "profile", "slug", "ambiguous"),
    [
        ("Ana Lee", None, None, True),
        ("Ana Lee", "https://www.linkedin.com/in/ana-2/", "ana-2", False),
        ("Ana Lee", "https://www.linkedin.com/in/ana-3", None, False),
        ("bo adeyemi", None, "bo", False),
        ("Dr. Bo Adeyemi", None, "bo", False),
        ("Somebody Else", "linkedin.com/in/bo", "bo", False),
        ("Cy Ox", None, None, False),
        ("", None, None, False),
    ],
)
def test_people_are_looked_up_by_address_and_else_by_name(
    name: str, profile: str | None, slug: str | None, ambiguous: bool
) -> None:
    """Two of one name are never taken for one."""
    found = Acquaintances(records(connections=TWO), frozenset({"dr"})).connected(name, profile)
    assert (found.first.slug if found.first else None, found.ambiguous) == (slug, ambiguous)


def test_a_name_is_ambiguous_wherever_its_two_people_are() -> None:
    """One is a connection, the other was invited: the name alone tells neither."""
    known = records(
        connections=(Connected(name="Ana Lee", slug="ana-1"),),
        invitations=(Invited(name="Ana Lee", slug="ana-2"),),
    )
    people = Acquaintances(known)
    assert people.connected("Ana Lee").ambiguous
    assert people.invitations_with("Ana Lee").ambiguous
    assert [each.slug for each in people.invitations_with("Ana Lee", "in/ana-2").records] == ["ana-2"]
    filled, remarks = with_records(Situation(prospect=Prospect(name="Ana Lee")), known, TODAY)
    assert filled.relationship is None
    assert "several people called Ana Lee" in remarks[0]


def test_two_connections_without_an_address_are_two_people() -> None:
    """Nobody is connected twice, while one person may well be invited twice."""
    known = records(
        connections=(Connected(name="Bo Li"), Connected(name="Bo Li")),
        invitations=(Invited(name="Cy Ox"), Invited(name="Cy Ox")),
    )
    assert Acquaintances(known).connected("Bo Li").ambiguous
    assert len(Acquaintances(known).invitations_with("Cy Ox").records) == 2


@pytest.mark.parametrize(
    ("ours", "theirs", "same"),
    [
        ("Northwind, Inc.", "NORTHWIND", True),
        ("Société Générale SA", "Societe Generale", True),
        ("University of York", "University of Cork", False),
        ("Westminster College", "Westminister College", True),
        ("Northwind", "Northwind Power", False),
        ("IBM", "IBN", False),
    ],
)
def test_one_place_has_many_spellings(ours: str, theirs: str, same: bool) -> None:
    """Legal forms, accents and a slip in a long word make no other place; another word does."""
    assert bool(shared_places([ours], [theirs])) is same
    assert bool(shared_places([theirs], [ours])) is same


# ---------------------------------------------------------------------------------------- what is filled in


def filled(known: Records, name: str = "Ana Lee", **told: object) -> tuple[Situation, tuple[str, ...]]:
    """A situation about Ana Lee, filled in today."""
    return with_records(Situation(prospect=Prospect(name=name), **told), known, TODAY, window=Window(7, 90))  # type: ignore[arg-type]


def invited(outcome: Outcome, *, incoming: bool = False, answered: date | None = None) -> Records:
    """Records with one invitation to or from Ana Lee."""
    one = Invited(name="Ana Lee", on=date(2026, 11, 2), outcome=outcome, incoming=incoming, answered=answered)
    return records(invitations=(one,))


@pytest.mark.parametrize(
    ("known", "status", "since"),
    [
        (
            records(connections=(Connected(name="Ana Lee", on=date(2026, 3, 1)),)),
            "connected",
            date(2026, 3, 1),
        ),
        (invited("pending"), "invited", date(2026, 11, 2)),
        (invited("withdrawn", answered=date(2026, 11, 9)), "withdrawn", date(2026, 11, 9)),
        (invited("declined", answered=date(2026, 11, 9)), "declined", date(2026, 11, 9)),
        (invited("declined", answered=date(2026, 11, 21)), "invited", date(2026, 11, 2)),
        (invited("pending", incoming=True), "invited you", date(2026, 11, 2)),
        (invited(""), None, None),
        (invited("accepted"), None, None),
        (
            replace(invited("accepted", answered=date(2026, 11, 4)), files=frozenset({"invitations"})),
            "connected",
            date(2026, 11, 4),
        ),
        (records(), "none", None),
        (records(files=frozenset({"connections"})), None, None),
        (records(files=frozenset({"invitations"})), None, None),
    ],
)
def test_the_status_is_what_the_records_show(known: Records, status: str | None, since: date | None) -> None:
    """That there never was a request needs both files."""
    told = filled(known)[0].relationship
    assert (told.status if told else None, told.status_since if told else None) == (status, since)


def test_a_difference_is_said_and_the_file_believed() -> None:
    """A prospect file may know more than an export."""
    known = records(
        connections=(Connected(name="Ana Lee", on=date(2026, 3, 1)),),
        exchanges=(
            Exchange(name="Ana Lee", by_you=1, by_them=1, first=date(2026, 3, 2), last=date(2026, 4, 1)),
        ),
    )
    told = Relationship(status="declined", met=())
    situation, remarks = filled(known, relationship=told)
    assert situation.relationship == told
    assert ["believed" in each for each in remarks] == [True, True]


def test_messages_both_ways_are_an_encounter() -> None:
    """One way alone is none, whoever wrote."""
    both = Exchange(name="Ana Lee", by_you=1, by_them=1, first=date(2026, 3, 2), last=date(2026, 4, 1))
    told = filled(records(exchanges=(both,)))[0].relationship
    assert told is not None
    assert told.met is not None
    assert [(met.how, met.when, met.talked) for met in told.met] == [("messages", date(2026, 4, 1), True)]
    for one_way in (replace(both, by_you=0), replace(both, by_them=0)):
        silent = filled(records(exchanges=(one_way,)))[0].relationship
        assert silent is not None
        assert silent.met is None


def test_remarks_jobs_schools_and_profile_are_used() -> None:
    """Whatever the prospect file does not tell."""
    known = records(
        remarks=(Remark(name="Ana Lee", text="Met at the dam"),),
        positions=(Stay(place="Northwind Inc"), Stay(place="Tidewater")),
        schools=(Stay(place="Lund University"),),
        me=Self(name="Mara", headline="Builds weirs", industry="Civil Engineering"),
    )
    prospect = Prospect(
        name="Ana Lee", company="Northwind", employers=("Tidewater Ltd",), schools=("Lund University",)
    )
    situation, _ = with_records(Situation(prospect=prospect, me=Me(headline="Mine")), known, TODAY)
    assert situation.relationship is not None
    assert situation.relationship.detail == "Met at the dam"
    assert situation.relationship.shared == Shared(
        employers=("Northwind Inc", "Tidewater"), schools=("Lund University",)
    )
    assert situation.me == Me(name="Mara", headline="Mine", industry="Civil Engineering")


def test_counts_that_lack_requests_are_marked_and_give_no_rate() -> None:
    """An export that lists recent invitations alone would make anybody look unwelcome."""
    outcomes: list[Outcome] = ["accepted", "accepted", "declined", "pending"]
    sent = tuple(
        Invited(on=TODAY - timedelta(days=10 + day), outcome=each) for day, each in enumerate(outcomes)
    )
    whole = filled(records(invitations=sent))[0].sending
    assert whole is not None
    assert (whole.sent, whole.accepted, whole.answered, whole.over_days, whole.partial) == (4, 2, 3, 90, None)
    assert sending_facts(whole, TODAY)["pace.acceptance_rate"] == 50
    for partial in (
        records(invitations=sent, partial=PARTIAL),
        records(invitations=(*sent, Invited(on=TODAY - timedelta(days=10)))),
    ):
        situation, remarks = filled(partial)
        assert situation.sending is not None
        assert situation.sending.partial
        assert "pace.acceptance_rate" not in sending_facts(situation.sending, TODAY)
        assert any("2 of 4" in each for each in remarks)


@pytest.mark.parametrize(("age", "known"), [(-1, True), (0, True), (1, False), (40, False)])
def test_an_old_export_tells_nothing_of_this_week(age: int, known: bool) -> None:
    """Silence since the export was taken is no pause in sending."""
    taken_on = TODAY - timedelta(days=age)
    old = records(taken_on=taken_on, partial=PARTIAL, invitations=(Invited(on=TODAY - timedelta(days=50)),))
    situation, remarks = filled(old)
    assert (situation.sending is not None and situation.sending.dates is not None) is known
    assert any("your records end on" in each for each in remarks) is not known


def test_a_history_of_a_million_requests_is_no_burden() -> None:
    """Days that no count needs are not handed on."""
    days = tuple(Invited(on=TODAY - timedelta(days=number % 4000)) for number in range(100_000))
    situation, _ = filled(records(invitations=days))
    assert situation.sending is not None
    assert len(situation.sending.dates or ()) < 1_000
