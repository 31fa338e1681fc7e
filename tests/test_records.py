"""Exports and histories are read whatever form they were saved in, and nothing of them is lost or made up."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from advisor.errors import InputError
from advisor.model.records import Connected, Invited
from advisor.records import Reading, RecordsReader, read
from records_fixtures import (
    CONNECTIONS,
    DAY_FORMS,
    INVITATIONS,
    ME,
    MESSAGES,
    NOTES,
    PROFILE,
    WESTERN,
    WORDS,
    Person,
    Variant,
    folder_of,
    message,
    people,
    profile_of,
    sample_export,
    table,
    variants,
    zip_of,
)


def rows_of(persons: Sequence[Person], form: str = "the platform's") -> list[tuple[str, ...]]:
    """Rows of Connections.csv."""
    return [
        (first, last, profile_of(slug), "", company, "", DAY_FORMS[form](day))
        for first, last, slug, company, day in persons
    ]


def connected(persons: Sequence[Person]) -> list[tuple[str, str, str, date]]:
    """What is to be understood of them."""
    return [(f"{first} {last}", slug, company, day) for first, last, slug, company, day in persons]


def understood(reading: Reading) -> list[tuple[str, str, str, date | None]]:
    """What was."""
    return [(each.name, each.slug, each.company, each.on) for each in reading.records.connections]


@pytest.fixture(scope="module")
def top() -> Iterator[Path]:
    """A folder for the files of one module."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def saved(top: Path, content: bytes, name: str = "Connections.csv") -> Path:
    """One file, written anew."""
    path = top / name
    path.write_bytes(content)
    return path


def read_sample(tmp_path: Path, **files: bytes) -> Reading:
    """Read the sample export with some files in place of its own."""
    changed = {name.replace("__", "."): content for name, content in files.items()}
    return read([zip_of(tmp_path, {**sample_export(), **changed})])


# ---------------------------------------------------------------------------------------- laws


@given(st.data(), variants(), st.sampled_from(sorted(DAY_FORMS)))
def test_however_a_table_is_saved_it_reads_the_same(
    top: Path, data: st.DataObject, variant: Variant, form: str
) -> None:
    """Delimiter, encoding, preamble, order of columns, form of dates and last line end change nothing."""
    persons = data.draw(people(WESTERN if variant.encoding == "cp1252" else WORDS))
    if form == "day first":  # else nobody could tell
        assume(any(day.day > 12 for *_, day in persons))
    reading = read([saved(top, table(CONNECTIONS, rows_of(persons, form), variant))])
    assert understood(reading) == connected(persons)


@given(people(WORDS), st.booleans(), st.floats(0, 1))
def test_a_file_that_was_cut_off_keeps_its_whole_rows(
    top: Path, persons: list[Person], quoted: bool, share: float
) -> None:
    """Wherever a file ends, the rows before that are read, or it is refused with a plain complaint."""
    rows = rows_of(persons)
    whole = table(CONNECTIONS, rows, Variant(before=NOTES, quoted=quoted))
    cut = round(len(whole) * share)
    form = Variant(before=NOTES, quoted=quoted)
    ends = [len(table(CONNECTIONS, rows[:count], form)) for count in range(len(rows) + 1)]
    kept = max(sum(end <= cut for end in ends) - 1, 0)
    try:
        reading = read([saved(top, whole[:cut])])
    except InputError:  # without its header it says nothing
        assert kept == 0
    else:
        assert understood(reading)[:kept] == connected(persons)[:kept]


@given(people(WORDS), st.randoms(use_true_random=False))
def test_the_order_of_rows_is_of_no_account(top: Path, persons: list[Person], random: object) -> None:
    """Rows in another order give the same people."""
    mixed = [*persons]
    random.shuffle(mixed)  # type: ignore[attr-defined]
    one = read([saved(top, table(CONNECTIONS, rows_of(persons)))])
    other = read([saved(top, table(CONNECTIONS, rows_of(mixed)))])
    assert sorted(map(str, understood(one))) == sorted(map(str, understood(other)))


@given(people(WORDS), WORDS, st.integers(0, len(CONNECTIONS)))
def test_columns_that_nobody_knows_change_nothing(
    top: Path, persons: list[Person], cell: str, place: int
) -> None:
    """Wherever they stand, and whatever stands in them."""
    header = [*CONNECTIONS[:place], "Favourite Colour", *CONNECTIONS[place:]]
    rows = [[*row[:place], cell, *row[place:]] for row in rows_of(persons)]
    reading = read([saved(top, table(header, rows))])
    assert understood(reading) == connected(persons)
    assert reading.files[0].unknown_columns == ("Favourite Colour",)


@given(people(WORDS))
def test_rows_that_stand_twice_count_once(top: Path, persons: list[Person]) -> None:
    """Joining a file with itself makes no new connections, and is said."""
    reading = read([saved(top, table(CONNECTIONS, [*rows_of(persons), *rows_of(persons)]))])
    assert understood(reading) == connected(persons)
    assert reading.files[0].repeated == len(persons)


@given(
    people(WORDS), st.integers(0, 7), st.sampled_from(['a,"b', "a,b", "a,b,c,d,e,f,g,h,i", "\0", '"a"b,c'])
)
def test_a_damaged_row_costs_no_other(top: Path, persons: list[Person], place: int, damaged: str) -> None:
    """It is told with its line, and the rows before and after it are read."""
    lines = table(CONNECTIONS, rows_of(persons), Variant(quoted=True)).decode().split("\n")
    at = 1 + place % len(persons)
    content = "\n".join([*lines[:at], damaged, *lines[at:]])
    reading = read([saved(top, content.encode())])
    assert understood(reading) == connected(persons)
    assert [(each.line, each.code) for each in reading.doubts] == [(at + 1, "damaged-row")]


# ---------------------------------------------------------------------------------------- the export


def test_an_export_is_read_as_a_zip_and_as_a_folder(tmp_path: Path) -> None:
    """Both give the same records, whatever the case of names and the folders in between."""
    files = sample_export()
    packed = read([zip_of(tmp_path, files)]).records
    deeper = {f"some/where/{name.upper()}": content for name, content in files.items()}
    complete = "x/Complete_LinkedInDataExport_11-20-2026"
    assert packed == read([folder_of(tmp_path, files)]).records
    assert packed == read([folder_of(tmp_path, deeper, complete)]).records
    assert packed.files == {
        "connections", "invitations", "messages", "remarks", "profile", "positions", "schools",
    }  # fmt: skip
    assert packed.me is not None
    assert (packed.me.name, packed.me.industry) == (ME, "Civil Engineering")
    assert [each.text for each in packed.remarks] == ["Met at the dam"]
    assert [each.place for each in (*packed.positions, *packed.schools)] == [
        "Northwind Inc",
        "Lund University",
    ]


def test_people_are_told_apart_by_their_addresses(tmp_path: Path) -> None:
    """Addresses are decoded; who hides has no name and counts all the same."""
    found = read_sample(tmp_path)
    assert [(each.name, each.slug) for each in found.records.connections] == [
        ("Ana Souza", "ana-souza"),
        ("Bo Adeyemi, PhD", "bo-adeyemi"),
        ("", ""),
        ("José Ibarra", "josé-ibarra"),
    ]
    assert next(each for each in found.files if each.kind == "connections").nameless == 1


def test_what_became_of_invitations_is_claimed_only_where_it_is_known(tmp_path: Path) -> None:
    """A connection since then is an acceptance; who is listed and not connected has not answered."""
    invitations = read_sample(tmp_path).records.invitations
    told = [(each.name, each.incoming, each.on, each.at, each.outcome, each.answered) for each in invitations]
    assert told == [
        ("Bo Adeyemi, PhD", False, date(2026, 10, 1), time(14, 37), "accepted", date(2026, 10, 11)),
        ("Cleo Varga", False, date(2026, 11, 19), time(9, 7), "pending", None),
        ("Dag Holm", True, date(2026, 11, 18), time(0, 0), "pending", None),
    ]  # fmt: skip


def test_without_connections_nothing_is_said_of_outcomes(tmp_path: Path) -> None:
    """Invitations.csv alone does not tell who has accepted."""
    path = saved(tmp_path, sample_export()["Invitations.csv"], "Invitations.csv")
    records = read([path]).records
    assert {each.outcome for each in records.invitations} == {""}
    assert "recent" in records.partial["invitations"]


def test_messages_are_counted_by_who_wrote_them(tmp_path: Path) -> None:
    """Drafts and spam are left out, and what went to a group counts for nobody."""
    reading = read_sample(tmp_path)
    told = {
        each.slug: (each.by_you, each.by_them, each.first, each.last) for each in reading.records.exchanges
    }
    assert told == {
        "ana-souza": (1, 1, date(2026, 6, 1), date(2026, 6, 2)),
        "bo-adeyemi": (0, 1, date(2026, 10, 12), date(2026, 10, 12)),
    }
    dropped = next(each for each in reading.files if each.kind == "messages").dropped
    assert dropped == {"draft": 1, "spam": 1, "sent to several people, or to nobody who is named": 1}


@pytest.mark.parametrize("columns", [9, 10, 11, 12, 13])
def test_messages_of_all_years_are_read(tmp_path: Path, columns: int) -> None:
    """Addresses, attachments and drafts came and went."""
    names = [name for name in MESSAGES if columns > 9 or name != "RECIPIENT PROFILE URLS"][:columns]
    rows = [
        message("1", ME, "", "Ana Souza", "", "2026-06-01 14:03:22 UTC"),
        message("1", "Ana Souza", "", ME, "", "2026-06-02 14:03:22 UTC"),
        message("2", ME, "", "Bo Adeyemi", "", "2026-06-03 14:03:22 UTC"),
    ]
    kept = [[row[MESSAGES.index(name)] for name in names] for row in rows]
    found = read([saved(tmp_path, table(names, kept), "messages.csv")]).records.exchanges
    assert [(each.name, each.by_you, each.by_them) for each in found] == [
        ("Ana Souza", 1, 1),
        ("Bo Adeyemi", 1, 0),
    ]


def test_who_you_are_is_not_guessed(tmp_path: Path) -> None:
    """One conversation between two people shows which of them is you only where something else does."""
    rows = [message("1", ME, "", "Ana Souza", "", "2026-06-01 14:03:22 UTC")]
    path = saved(tmp_path, table(MESSAGES, rows), "messages.csv")
    alone = read([path])
    assert alone.records.exchanges == ()
    assert "messages" not in alone.records.files
    assert "which of the people in it is you" in alone.remarks[0]
    profile = table(PROFILE, [("Mara", "Lindqvist", "", "x", "", "")])
    folder = folder_of(tmp_path, {"messages.csv": path.read_bytes(), "Profile.csv": profile}, "both")
    assert [each.name for each in read([folder]).records.exchanges] == ["Ana Souza"]


def test_files_named_one_by_one_are_one_export(tmp_path: Path) -> None:
    """In any order: who you are one file tells for the others, and connections answer invitations."""
    files = sample_export()
    paths = [saved(tmp_path, content, name) for name, content in files.items() if name != "Skills.csv"]
    whole = read([folder_of(tmp_path, files, "whole")]).records
    assert read(paths).records == read(paths[::-1]).records == whole


def test_a_name_with_a_comma_is_one_person(tmp_path: Path) -> None:
    """`Bo Adeyemi, PhD` is somebody who has written; `Ana Souza, Bo Adeyemi` are two, and nobody's."""
    rows = [
        message("1", "Bo Adeyemi, PhD", "", ME, "", "2026-06-01 14:03:22 UTC"),
        message("1", ME, "", "Bo Adeyemi, PhD", "", "2026-06-02 14:03:22 UTC"),
        message("2", ME, "", "Ana Souza, Bo Adeyemi", "", "2026-06-03 14:03:22 UTC"),
    ]
    reading = read([folder_of(tmp_path, {**sample_export(), "messages.csv": table(MESSAGES, rows)})])
    assert [(each.name, each.by_you) for each in reading.records.exchanges] == [("Bo Adeyemi, PhD", 1)]


@pytest.mark.parametrize(
    ("name", "day", "source"),
    [
        ("Basic_LinkedInDataExport_11-20-2026.zip", date(2026, 11, 20), "the name of the export"),
        ("export.zip", date(2026, 11, 19), "the newest file in the archive"),
        ("Basic_LinkedInDataExport_13-40-2026.zip", date(2026, 11, 19), "the newest file in the archive"),
    ],
)
def test_the_day_of_an_export_is_told_and_by_what(tmp_path: Path, name: str, day: date, source: str) -> None:
    """Its name, else its archive, else the latest day in it."""
    reading = read([zip_of(tmp_path, sample_export(), name)])
    assert (reading.records.taken_on, reading.taken_from) == (day, source)
    latest = read([folder_of(tmp_path, sample_export(), "unpacked")])
    assert (latest.records.taken_on, latest.taken_from) == (
        date(2026, 11, 19),
        "the latest day in the records",
    )


def test_columns_that_came_later_may_be_missing(tmp_path: Path) -> None:
    """Before 2023 there were no addresses; the name tells who it is."""
    files = {
        "Connections.csv": table(
            [*CONNECTIONS[:2], *CONNECTIONS[3:]], [("Bo", "Li", "", "", "", "11 Oct 2026")]
        ),
        "Invitations.csv": table(INVITATIONS[:5], [(ME, "Bo Li", "10/1/26, 2:37 PM", "", "OUTGOING")]),
    }
    records = read([folder_of(tmp_path, files)]).records
    assert [each.outcome for each in records.invitations] == ["accepted"]


def test_two_of_one_name_are_not_taken_for_one(tmp_path: Path) -> None:
    """Where the name alone is known and two people have it, nothing is said of the invitation."""
    rows = [("Bo", "Li", profile_of(slug), "", "", "", "11 Oct 2026") for slug in ("bo-1", "bo-2")]
    files = {
        "Connections.csv": table(CONNECTIONS, rows),
        "Invitations.csv": table(INVITATIONS[:5], [(ME, "Bo Li", "10/1/26, 2:37 PM", "", "OUTGOING")]),
    }
    assert [each.outcome for each in read([folder_of(tmp_path, files)]).records.invitations] == [""]


def test_an_older_export_tells_of_invitations_that_are_gone(tmp_path: Path) -> None:
    """Open then, not listed now, and not connected: that it is over is said, and not how."""
    me = profile_of("mara-lindqvist")
    gone = (ME, "Eve Roth", "10/5/26, 1:00 PM", "", "OUTGOING", me, profile_of("eve-roth"))
    files = sample_export()
    older = {**files, "Invitations.csv": table(INVITATIONS, [gone])}
    paths = [
        zip_of(tmp_path, older, "Basic_LinkedInDataExport_10-06-2026.zip"),
        zip_of(tmp_path, files),
    ]
    both = read(paths)
    assert both.records == read(paths[::-1]).records
    outcomes = {each.name: each.outcome for each in both.records.invitations}
    assert outcomes == {
        "Bo Adeyemi, PhD": "accepted",
        "Cleo Varga": "pending",
        "Dag Holm": "pending",
        "Eve Roth": "",
    }
    assert any("withdrawn, declined or lapsed" in each for each in both.remarks)
    assert both.records.taken_on == date(2026, 11, 20)


# ---------------------------------------------------------------------------------------- dates and letters


@pytest.mark.parametrize(
    ("days", "read_as", "codes"),
    [
        (["04/05/2026", "13/05/2026"], [date(2026, 5, 4), date(2026, 5, 13)], []),
        (["04/05/2026", "05/13/2026"], [date(2026, 4, 5), date(2026, 5, 13)], []),
        (["04/05/2026"], [date(2026, 4, 5)], ["ambiguous-date"]),
        (
            ["04/05/2026", "13/05/2026", "05/13/2026"],
            [None, date(2026, 5, 13), date(2026, 5, 13)],
            ["ambiguous-date"],
        ),
        (
            ["4-Apr-21", "31 Feb 2026", "soon"],
            [date(2021, 4, 4), None, None],
            ["impossible-date", "bad-date"],
        ),
        (["05/05/2026"], [date(2026, 5, 5)], []),
    ],
)
def test_day_and_month_are_told_apart_by_the_whole_column(
    tmp_path: Path, days: list[str], read_as: list[date | None], codes: list[str]
) -> None:
    """One day above twelve decides for all; where none does, that is said."""
    rows = [("Ana", f"Souza {number}", "", "", "", "", day) for number, day in enumerate(days)]
    reading = read([saved(tmp_path, table(CONNECTIONS, rows))])
    assert [each.on for each in reading.records.connections] == read_as
    assert [each.code for each in reading.doubts] == codes


def test_a_guess_at_the_encoding_is_said(tmp_path: Path) -> None:
    """A file in no Unicode encoding is read and doubted; what is broken already is left as it stands."""
    rows = [("José", "Ibarra", "", "", "", "", "08 Feb 2026")]
    western = read([saved(tmp_path, table(CONNECTIONS, rows, Variant(encoding="cp1252")))])
    assert [each.name for each in western.records.connections] == ["José Ibarra"]
    assert [each.code for each in western.doubts] == ["guessed-encoding"]
    apple = read([saved(tmp_path, table(CONNECTIONS, rows, Variant(encoding="mac_roman")))])
    assert [each.code for each in apple.doubts] == ["guessed-encoding"]
    garbled = table(CONNECTIONS, [("JosÃ©", "Ibarra", "", "", "", "", "08 Feb 2026")])
    broken = read([saved(tmp_path, garbled)])
    assert [(each.name, broken.doubts[0].code) for each in broken.records.connections] == [
        ("JosÃ© Ibarra", "garbled-text")
    ]


def test_one_broken_letter_costs_no_encoding(tmp_path: Path) -> None:
    """Where all other lines are UTF-8, the file is, and the row with the broken letter is doubted."""
    rows = [("José", f"Ibarra {number}", "", "", "", "", "08 Feb 2026") for number in range(3)]
    content = (
        table(CONNECTIONS, rows)
        .replace("é Ibarra 1".encode(), b"\xc3 Ibarra 1")
        .replace("José,Ibarra 1".encode(), b"Jos\xc3,Ibarra 1")
    )
    reading = read([saved(tmp_path, content)])
    assert [each.name for each in reading.records.connections] == [
        "José Ibarra 0",
        "Jos\ufffd Ibarra 1",
        "José Ibarra 2",
    ]
    assert [(each.line, each.code) for each in reading.doubts] == [(0, "bad-encoding"), (3, "garbled-text")]


# ---------------------------------------------------------------------------------------- histories


def test_a_history_says_the_same_in_every_form(tmp_path: Path) -> None:
    """CSV, YAML and JSON give the same invitations."""
    texts = {
        "h.csv": "date,name,url,outcome,answered\n"
        "2026-10-01,Bo Li,in/bo-li,Accepted,2026-10-03\n2026-11-02,Cy Ox,,no reply,\n2026-11-03,,,,\n",
        "h.yaml": "- {date: 2026-10-01, name: Bo Li, url: in/bo-li, outcome: accepted, "
        "answered: 2026-10-03}\n- {date: 2026-11-02, name: Cy Ox, outcome: no reply}\n- 2026-11-03\n",
        "h.json": '[{"sent": "2026-10-01", "person": "Bo Li", "profile": "in/bo-li", "result": "accepted", '
        '"answered on": "2026-10-03"}, {"sent": "2026-11-02", "person": "Cy Ox", "result": "ignored"}, '
        '{"sent": "2026-11-03"}]',
    }
    found = [read([saved(tmp_path, text.encode(), name)]).records for name, text in texts.items()]
    said = [
        [(each.name, each.slug, each.on, each.outcome, each.answered) for each in records.invitations]
        for records in found
    ]
    assert said[0] == said[1] == said[2] == [
        ("Bo Li", "bo-li", date(2026, 10, 1), "accepted", date(2026, 10, 3)),
        ("Cy Ox", "", date(2026, 11, 2), "ignored", None),
        ("", "", date(2026, 11, 3), "", None),
    ]  # fmt: skip
    assert found[0].files == {"invitations"}
    assert not found[0].partial


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("2026-10-01,Bo,maybe", "unknown-value"),
        (",Bo,accepted", "bad-date"),
        ("2026-02-30,Bo,", "impossible-date"),
    ],
)
def test_what_a_history_does_not_say_plainly_is_told(tmp_path: Path, row: str, code: str) -> None:
    """Outcomes that nobody knows, and rows without a day."""
    reading = read([saved(tmp_path, f"date,name,outcome\n{row}\n2026-11-01,Cy,pending\n".encode(), "h.csv")])
    assert [(each.line, each.code) for each in reading.doubts] == [(2, code)]
    assert reading.records.invitations[-1].outcome == "pending"


def test_a_history_and_an_export_count_nobody_twice(tmp_path: Path) -> None:
    """What became of an invitation the history knows best; whom a day was for, the export tells."""
    text = "date,name,outcome\n2026-09-30,Bo Adeyemi,accepted\n2026-11-19,,\n2026-01-05,Old Friend,ignored\n"
    records = read([zip_of(tmp_path, sample_export()), saved(tmp_path, text.encode(), "h.csv")]).records
    assert [(each.name, each.outcome) for each in records.invitations if not each.incoming] == [
        ("Bo Adeyemi", "accepted"), ("Cleo Varga", "pending"), ("Old Friend", "ignored"),
    ]  # fmt: skip


# ---------------------------------------------------------------------------------------- nothing is lost


def test_every_row_comes_out(tmp_path: Path) -> None:
    """Row by row with its line and its cells, whether understood or not."""
    rows = [("Ana", "Souza", "", "", "", "", "08 Feb 2026"), ("Bo", "Li", "x", "", "", "", "no day")]
    content = table(CONNECTIONS, rows, Variant(before=NOTES)) + b"a,b\n"
    reader = RecordsReader([saved(tmp_path, content)])
    out = [
        (row.line, row.cells[0], row.understood is not None, [each.code for each in row.doubts])
        for row in reader.rows()
    ]
    assert out == [
        (5, "Ana", True, []),
        (6, "Bo", True, ["bad-address", "bad-date"]),
        (7, "a", False, ["damaged-row"]),
    ]
    file = reader.reading().files[0]
    assert (file.rows, file.understood, file.doubted) == (3, 2, 3)


def test_doubts_are_counted_beyond_those_that_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Memory is bounded, and the number is true."""
    monkeypatch.setattr("advisor.records.files.DOUBTS_KEPT", 2)
    reading = read([saved(tmp_path, table(CONNECTIONS, [("a", "b", "", "", "", "", "x"), *[("a",)] * 5]))])
    assert (len(reading.doubts), reading.doubted) == (2, 6)


def test_empty_and_absent_files_are_told_apart(tmp_path: Path) -> None:
    """A header without rows says that there is nobody; no file says nothing."""
    nobody = read([folder_of(tmp_path, {"Connections.csv": table(CONNECTIONS, [])})]).records
    assert nobody.files == {"connections"}
    assert nobody.connections == ()
    headless = {"Connections.csv": b"nothing\n", "Profile.csv": table(PROFILE, [("A", "B", "", "", "", "")])}
    reading = read([folder_of(tmp_path, headless, "other")])
    assert reading.records.files == {"profile"}
    assert [each.code for each in reading.doubts] == ["unknown-columns"]


def test_the_records_are_plain_data(tmp_path: Path) -> None:
    """What was read is of the model's own types."""
    records = read_sample(tmp_path).records
    assert {type(each) for each in records.connections} == {Connected}
    assert {type(each) for each in records.invitations} == {Invited}
