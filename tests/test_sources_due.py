"""What should be looked at again is listed in time: sources, facts about the platform, and rules."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.catalog.load import load, read
from advisor.model.knowledge_base import KnowledgeBase
from advisor.shells import inputs
from advisor.workbench.reviews import due, reviews
from command_line import CommandLine
from small_knowledge import FILES, changed, write
from strategies import shipped_knowledge

PLATFORM = "knowledge/platform.yaml"
VISITS = "rules/demo/visits.yaml"
AS_OF = "as_of: 2026-11-01, origin: the maker}\n  - {id: keyhole"
DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))


def with_reviews(folder: Path) -> KnowledgeBase:
    """The small knowledge base, in which a fact about the platform and a rule have days of their own."""
    files = changed(PLATFORM, AS_OF, AS_OF.replace("origin", "review_by: 2026-12-01, origin"))
    files[VISITS] = files[VISITS].replace("salience: 5", "salience: 5\n    review_by: 2026-12-24")
    return load(*write(folder, files), structural=["note.words"])


def test_sources_facts_and_rules_have_their_days(tmp_path: Path) -> None:
    """The earliest comes first, and each is named as other commands name it."""
    found = [(each.kind, each.id, each.review_by) for each in reviews(with_reviews(tmp_path))]
    assert found == [
        ("platform fact", "platform/doorbell", date(2026, 12, 1)),
        ("rule", "too-often", date(2026, 12, 24)),
        ("source", "manners", date(2027, 5, 31)),
        ("source", "platform", date(2027, 5, 31)),
    ]


@given(DAYS, st.integers(0, 400))
def test_what_is_due_grows_with_time_and_the_most_overdue_comes_first(day: date, later: int) -> None:
    """Nothing that is due stops being due by waiting."""
    base = shipped_knowledge()
    now, then = due(base, day), due(base, day + timedelta(days=later))
    assert then[: len(now)] == now
    late = [each.overdue(day) for each in now]
    assert late == sorted(late, reverse=True)
    assert all((each.review_by <= day) == (each in now) for each in reviews(base))


def test_every_fact_about_the_platform_says_when_to_look_again() -> None:
    """The platform changes without notice, and no later than its collection is each fact looked up."""
    facts = [each for each in shipped_knowledge().library.passages.values() if each.source == "platform"]
    assert facts
    for each in facts:
        assert each.review_by is not None, each.id
        assert each.as_of is not None
        assert each.as_of < each.review_by


def test_a_review_before_the_fact_was_seen_is_a_slip(tmp_path: Path) -> None:
    """Whoever looks a fact up again moves both days on."""
    files = changed(PLATFORM, AS_OF, AS_OF.replace("origin", "review_by: 2026-10-01, origin"))
    (complaint,) = read(*write(tmp_path, files), structural=["note.words"]).complaints
    assert (complaint.code, Path(complaint.file).name) == ("dates-out-of-order", "platform.yaml")


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--as-of", "2027-01-01", "--within", "0"), 0, "Nothing is due on 2027-01-01"),
        (("--as-of", "2027-01-15"), 0, "due in 17 days"),
        (("--as-of", "2027-02-01", "--within", "0"), 0, "due today"),
        (("--as-of", "2027-02-02"), 1, "1 day overdue"),
        (("--as-of", "2028-01-01"), 1, "source okay-to-send"),
        (("--as-of", "9999-12-31", "--within", "36500"), 1, "Overdue"),
    ],
)
def test_what_is_due_is_told(cli: CommandLine, options: tuple[str, ...], code: int, said: str) -> None:
    """Exit code 1 once something is overdue, so that a job can watch over it."""
    told = cli("sources", "due", *options)
    assert (told.code, told.err) == (code, "")
    assert said in " ".join(told.out.split())


def test_what_is_due_is_told_to_programs(cli: CommandLine) -> None:
    """The same as JSON, with the day of asking."""
    told = cli("sources", "due", "--as-of", "2027-02-05", "--format", "json")
    data = json.loads(told.out)
    assert (told.code, data["as_of"], data["overdue"]) == (1, "2027-02-05", len(data["due"]))
    assert {each["overdue_days"] for each in data["due"]} == {4}


def test_lists_and_the_doctor_say_what_is_overdue(cli: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever looks at the sources or at the installation learns of it too."""
    monkeypatch.setattr(inputs, "today", lambda: date(2027, 1, 1))
    assert "overdue" not in cli("sources", "list").out
    assert "none overdue; the next by 2027-02-01" in cli("doctor").out
    monkeypatch.setattr(inputs, "today", lambda: date(2027, 3, 1))
    assert "platform/notes-a-month-free: 28 days overdue" in cli("sources", "list").out
    assert "3 overdue: platform/" in cli("doctor").out


def test_the_page_of_a_fact_says_when_to_look_it_up(cli: CommandLine) -> None:
    """Beside the day on which it was seen to hold."""
    assert "look it up by" in cli("explain", "platform/note-limit-free").out
    assert "review_by" not in FILES[PLATFORM]
