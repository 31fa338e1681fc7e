"""Lists of people: which column tells what, what cells say, and that every format tells the same."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from advisor.catalog.plain import place_of
from advisor.catalog.text import parse
from advisor.errors import InputError
from advisor.model.marks import says_nothing
from advisor.model.situation import Situation, as_told
from advisor.records.flat import FlatReader
from advisor.records.limits import MAX_COLUMNS
from advisor.records.list_entries import EntryReader
from advisor.records.list_names import FILE, list_names, plain_cell, plain_name
from advisor.records.lists import Entry, Format, open_list
from advisor.records.mapping import BESIDES, FIRST, LAST, NAME, URL, Wanted, all_places, columns_of
from advisor.records.places import Source, open_place
from laws import share
from strategies import as_yaml, should_connect, situations

DAY = date(2026, 11, 20)
NO_WISH = Wanted()
LISTED = ("relationship.met", "relationship.mutual_connections.people")
"""Places of lists whose items have places of their own."""


class _Bytes(io.BytesIO):
    """A list in memory, as files are opened."""


def source_of(content: str | bytes, name: str = "list.csv") -> Source:
    """A list in memory."""
    raw = content if isinstance(content, bytes) else content.encode()

    def opened(budget: object) -> io.BufferedReader:
        del budget
        return io.BufferedReader(_Bytes(raw))  # type: ignore[arg-type]  # the stubs ask for a raw stream

    return Source(name, name, len(raw), opened)


def people_in(
    content: str | bytes, name: str = "list.csv", wanted: Wanted = NO_WISH, named: Format | None = None
) -> tuple[list[Situation], list[str]]:
    """Everybody of a list who can be understood, and what is said of the others."""
    found = open_list(source_of(content, name), wanted, named)
    reader = EntryReader(
        name, found.columns, list_names().words, should_connect().vocabulary, parts={}, as_of=None, today=DAY
    )  # fmt: skip
    people, complaints = [], []
    for entry in found.entries():
        try:
            people.append(reader.read(entry))
        except InputError as error:
            complaints += [str(each) for each in error.complaints]
    return people, complaints


def as_csv(header: Sequence[str], *rows: Sequence[str], delimiter: str = ",") -> str:
    """A table as a spreadsheet saves it."""
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows([header, *rows])
    return stream.getvalue()


# --- columns ------------------------------------------------------------------------------------------------

TOOLS = {
    "PhantomBuster": {
        "profileUrl": URL, "fullName": NAME, "firstName": "", "lastName": "",
        "companyName": "prospect.company", "title": "prospect.title", "query": "",
        "connectionDegree": "relationship.status",
        "sharedConnectionsCount": "relationship.mutual_connections.count", "isPremium": "", "isOpenLink": "",
    },
    "Evaboot": {
        "First Name": FIRST, "Last Name": LAST, "Current Job": "prospect.title",
        "Company Name": "prospect.company",
        "Linkedin URL Public": URL, "Email": "", "No Match Reasons": "",
    },
    "Apollo": {
        "First Name": FIRST, "Last Name": LAST, "Title": "prospect.title", "Company": "prospect.company",
        "Company Name for Emails": "", "Person Linkedin Url": URL, "Company Linkedin Url": "",
        "Industry": "prospect.industry", "Seniority": "prospect.seniority",
    },
    "HubSpot": {
        "Record ID": "", "First Name": FIRST, "Last Name": LAST, "Job Title": "prospect.title",
        "Associated Company": "prospect.company", "LinkedIn Bio": URL, "Contact owner": "",
        "Lifecycle Stage": "",
        "How we know each other": "relationship.known_as",
    },
    "official": {
        "First Name": FIRST, "Last Name": LAST, "URL": URL, "Email Address": "",
        "Company": "prospect.company",
        "Position": "prospect.title", "Connected On": "relationship.status_since",
    },
    "slips and our own places": {
        "Compnay name": "prospect.company", "Name ": NAME, "relationship.shared.groups":
        "relationship.shared.groups", "purpose": "purpose.kind", "Favourite colour": "", "": "",
    },
}  # fmt: skip


@pytest.mark.parametrize("tool", TOOLS)
def test_columns_of_every_tool_are_known(tool: str) -> None:
    """What each header tells is found by its name; what tells nothing of a request is left out, with why."""
    columns = columns_of(list(TOOLS[tool]), NO_WISH)
    assert {each.header: each.place for each in columns} == TOOLS[tool]
    assert all(bool(each.place) != bool(each.why_not) for each in columns)


def test_every_known_name_leads_to_a_place_that_there_is() -> None:
    """The file of names has the form that its head describes; its places are places of prospect files."""
    file: Any = parse(FILE.read_text(encoding="utf-8"), FILE.name).data
    assert set(file) == {"columns", "ignored", "absent", "yes", "no"}
    for told in file["columns"]:
        assert {"place", "names"} <= set(told) <= {"place", "names", "cells", "tells"}
    plain = [name for told in file["columns"] for name in dict.fromkeys(map(plain_name, told["names"]))]
    assert len(plain) == len(set(plain)), "a name stands for two places"
    assert not set(plain) & {plain_name(name) for names in file["ignored"].values() for name in names}
    for name, known in list_names().columns.items():
        assert known.place in (*all_places(), ""), name
        assert set(known.tells) <= set(all_places())
    for place in set(all_places()) - set(BESIDES):
        assert place_of(Situation, tuple(place.split(".")))


@given(st.sampled_from(sorted(list_names().columns)), st.sampled_from(["_", " ", "-"]), st.booleans())
def test_a_name_counts_without_case_and_signs(name: str, sign: str, shout: bool) -> None:
    """`First_Name`, `FIRST-NAME` and `firstname` are one name."""
    written = sign.join(name[at : at + 3] for at in range(0, len(name), 3))
    (column,) = columns_of([written.upper() if shout else written], NO_WISH)
    assert (column.place, column.why_not) == (
        list_names().columns[plain_name(written)].place,
        list_names().columns[plain_name(written)].says,
    )


def test_what_the_person_says_beats_every_guess() -> None:
    """A column that is set takes its place from whichever was guessed; an empty place leaves a column out."""
    wanted = Wanted({"Who": NAME, "title": "", "Firm": "company".join(["prospect.", ""])})
    columns = columns_of(["Name", "Who", "Title", "Firm"], wanted)
    assert [each.place for each in columns] == ["", NAME, "", "prospect.company"]
    assert "tells the same" in columns[0].why_not
    nothing_guessed = columns_of(["Name", "prospect.title"], Wanted(guess=False))
    assert [each.place for each in nothing_guessed] == ["", "prospect.title"]


@pytest.mark.parametrize(
    ("header", "place", "code", "hint"),
    [
        ("Nmae", NAME, "unknown-header", "`Name`"),
        ("Name", "prospect.compny", "unknown-place", "prospect.company"),
    ],
)
def test_a_slip_in_what_is_said_is_told(header: str, place: str, code: str, hint: str) -> None:
    """An unknown header or place is refused, and what was probably meant is named."""
    with pytest.raises(InputError) as caught:
        columns_of(["Name", "Company"], Wanted({header: place}))
    (complaint,) = caught.value.complaints
    assert complaint.code == code
    assert hint in complaint.hint


def test_a_list_without_names_is_refused_with_its_headers() -> None:
    """Nobody guesses which column holds names; the person can say it."""
    with pytest.raises(InputError) as caught:
        people_in("colour,size\nred,3\n")
    assert "`colour`, `size`" in str(caught.value)
    people, _ = people_in("colour,size\nred,3\n", wanted=Wanted({"colour": NAME}))
    assert [each.prospect.name for each in people] == ["red"]


# --- cells --------------------------------------------------------------------------------------------------

CELLS: list[tuple[str, str, object]] = [
    ("Mutual connections", "1,204", {"relationship": {"mutual_connections": {"count": 1204}}}),
    ("Mutual connections", "500+", {"relationship": {"mutual_connections": {"count": 500}}}),
    ("Mutual connections", "12.0", {"relationship": {"mutual_connections": {"count": 12}}}),
    ("Mutual connections", "a few", {"relationship": {"mutual_connections": {"count": "a few"}}}),
    ("Mutual connections", "N/A", {}),
    ("Degree", "1st", {"relationship": {"status": "connected"}}),
    ("Degree", "2nd", {}),
    ("Connected On", "08 Feb 2026", {"relationship": {"status_since": "2026-02-08", "status": "connected"}}),
    ("Connected On", "last spring", {"relationship": {"status_since": "last spring", "status": "connected"}}),
    ("relationship.shared.field", "oui", {"relationship": {"shared": {"field": True}}}),
    ("Shared groups", "Rust; Go", {"relationship": {"shared": {"groups": ["Rust", "Go"]}}}),
    ("Shared groups", "none", {"relationship": {"shared": {"groups": "none"}}}),
    ("met", "webinar; event", {"relationship": {"met": [{"how": "webinar"}, {"how": "event"}]}}),
    ("met", "never", {"relationship": {"met": "none"}}),
    ("relationship.met.detail", "tea; then talk", {"relationship": {"met": [{"detail": "tea; then talk"}]}}),
    ("Draft", "  ", {}),
]  # fmt: skip


@pytest.mark.parametrize(("header", "cell", "told"), CELLS)
def test_cells_say_what_they_plainly_say(header: str, cell: str, told: object) -> None:
    """Numbers, degrees, days, yes and no, lists; the reader complains about what is not plain."""
    columns = columns_of([header], NO_WISH)
    reader = FlatReader(columns, should_connect().vocabulary, list_names().words)
    assert reader.read([cell]).data == told


def flattened(situation: Situation) -> tuple[dict[str, str], Situation]:
    """`situation` as cells by place, and what of it cells can say."""
    told = situation.relationship
    if told is not None:
        met = told.met and (*(each for each in told.met if each.how),)
        met = met and (met[0], *(replace(each, detail=None) for each in met[1:]))
        told = replace(told, met=None if told.met and not met else met)
        if told.mutual_connections is not None:
            named = told.mutual_connections.people
            people = named and (*(each for each in named if each.name),)
            people = people and (people[0], *(replace(each, detail=None) for each in people[1:]))
            told = replace(
                told,
                mutual_connections=replace(
                    told.mutual_connections, people=None if named and not people else people
                ),
            )
    situation = replace(situation, relationship=told)
    return dict(_cells(as_told(situation), "")), situation


def _cells(data: Mapping[str, Any], before: str) -> list[tuple[str, str]]:
    cells: list[tuple[str, str]] = []
    for key, value in data.items():
        place = f"{before}{key}"
        if isinstance(value, dict):
            cells += _cells(value, f"{place}.")
        elif place in LISTED:
            first = "how" if place.endswith("met") else "name"
            keys = dict.fromkeys(key for each in value for key in each) or {first: None}
            for each in keys:
                parts = [str(_said(item.get(each))) for item in value]
                whole = next((part for part in parts if part), "")
                cells.append((f"{place}.{each}", (whole if each == "detail" else ";".join(parts)) or "none"))
        else:
            cells.append(
                (place, ";".join(map(str, value)) or "none" if isinstance(value, list) else _said(value))
            )
    return cells


def _said(value: object) -> str:
    return (
        "" if value is None else {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
    )


def can_be_said(cells: Mapping[str, str]) -> bool:
    """Whether no cell holds what cells use for something else."""
    words = list_names().words.absent
    return all(
        cell == cell.strip() and plain_cell(cell) not in words and "|" not in cell and cell
        for place, cell in cells.items()
    ) and not says_nothing(cells[NAME])


@share(300)
@given(situations())
def test_what_columns_say_of_a_person_is_what_their_file_would(situation: Situation) -> None:
    """A situation put into cells, each under its place, is read back as it was."""
    cells, sayable = flattened(situation)
    assume(can_be_said(cells))
    people, complaints = people_in(as_csv(list(cells), list(cells.values())))
    assert complaints == []
    assert [as_told(each) for each in people] == [_without_empty(as_told(sayable))]


def _without_empty(told: Any) -> Any:
    """Mappings in which nothing is told are no cells, and a list of nothing is empty."""
    if isinstance(told, list) and [*map(says_nothing, told)] == [True]:
        return []
    if not isinstance(told, dict):
        return told
    inner = {key: _without_empty(value) for key, value in told.items()}
    return {key: value for key, value in inner.items() if value != {}}


# --- formats ------------------------------------------------------------------------------------------------


@share(100)
@given(st.lists(situations(), min_size=1, max_size=4))
def test_prospect_files_in_a_row_are_read_as_each_alone(told: list[Situation]) -> None:
    """JSON Lines and a stream of YAML documents tell what the prospect files in them tell."""
    lines = "\n".join(json.dumps(as_told(each)) for each in told)
    stream = "".join(f"---\n{as_yaml(as_told(each))}\n" for each in told)
    for content, name in ((lines, "a.jsonl"), (stream, "a.yaml"), (lines, "-"), (stream, "-")):
        people, complaints = people_in(content, name)
        assert complaints == []
        assert people == told


TABLE = as_csv(["Name", "Title", "Profile URL"], ["Tomás Egli", "Buyer", "https://linkedin.com/in/tomás"],
               ["Bo, PhD", 'the "b"\nof it', "x/in/bo"])  # fmt: skip
SAVED = {
    "plain": TABLE.encode(),
    "mark": b"\xef\xbb\xbf" + TABLE.encode(),
    "UTF-16": TABLE.encode("utf-16"),
    "Windows": TABLE.encode("cp1252"),
    "old lines": TABLE.replace("\r\n", "\r").encode(),
    "no last line end": TABLE.rstrip().encode(),
    "semicolons": as_csv(["Name", "Title", "Profile URL"], ["Tomás Egli", "Buyer", "https://linkedin.com/in/tomás"],
                         ["Bo, PhD", 'the "b"\nof it', "x/in/bo"], delimiter=";").encode(),
    "preamble": ('Notes:\n"Contacts, as of today, are listed below"\n\n' + TABLE).encode(),
    "blank lines and empty cells": (TABLE + "\n,,\n , ,\n").encode(),
}  # fmt: skip


@pytest.mark.parametrize("how", SAVED)
def test_a_table_is_read_the_same_however_it_was_saved(how: str) -> None:
    """Encoding, line ends, delimiter, and lines before the header change nothing."""
    people, complaints = people_in(SAVED[how])
    assert complaints == []
    assert [(each.prospect.name, each.prospect.title, each.prospect.profile) for each in people] == [
        ("Tomás Egli", "Buyer", "https://linkedin.com/in/tomás"),
        ("Bo, PhD", 'the "b"\nof it', "x/in/bo"),
    ]


def test_flat_json_has_columns_too() -> None:
    """Keys are headers; values keep their types, and keys of later entries are columns as well."""
    lines = [
        {"fullName": "Ana", "sharedConnectionsCount": 3, "shared groups": ["Rust"], "isOpenLink": True},
        {"fullName": "Bo", "companyName": "Oriel", "shared field": False},
    ]
    people, complaints = people_in("\n".join(map(json.dumps, lines)), "a.jsonl")
    assert complaints == []
    one, other = (as_told(each) for each in people)
    assert one["relationship"] == {"mutual_connections": {"count": 3}, "shared": {"groups": ["Rust"]}}
    assert other["prospect"] == {"name": "Bo", "company": "Oriel"}
    assert other["relationship"] == {"shared": {"field": False}}


BAD_ROWS = {
    "an unknown word": ("Name,Known as\nAna,boss\nBo,friend\n", "list.csv:2:2: unknown-value", "`Known as`"),
    "too many cells": ("Name,Title\nAna,Buyer,3\nBo,x\n", "list.csv:2:1: damaged-row", "3 cells"),
    "nobody": ("Name,Title\n,Buyer\nBo,x\n", "list.csv:2:", "missing-key"),
    "a count that is none": ("Name,Mutuals\nAna,some\nBo,3\n", "list.csv:2:2: wrong-type", "`Mutuals`"),
    "a control character": ("Name,Title\nAna,\aBuyer\nBo,x\n", "list.csv:2:2: bad-character", "U+0007"),
    "an open quotation mark": ('Name,Title\nAna,"Buyer\nBo,x\n', "list.csv:2:1: damaged-row", "not closed"),
    "bad JSON": ('{"prospect": "Ana", }\n{"prospect": {"name": "Bo"}}', "list.csv:1:", "syntax"),
    "NaN": ('{"name": "Ana", "mutuals": NaN}\n{"name": "Bo"}', "list.csv:1:", "bad-number"),
    "a key that stands twice": ('{"name": "A", "name": "B"}\n{"name": "Bo"}', "list.csv:1:", "duplicate-key"),
    "a bad document": ("prospect: {name: Ana}\npurpose: {kid: x}\n---\nprospect: {name: Bo}\n",
                       "list.csv:2:", "unknown-key"),
    "a bad document behind others": ("---\nprospect: {name: Bo}\n---\n\nprospect: {nmae: Ana}\n",
                                     "list.csv:5:", "missing-key"),
}  # fmt: skip


@pytest.mark.parametrize("fault", BAD_ROWS)
def test_a_bad_entry_is_told_and_costs_no_other(fault: str) -> None:
    """Its complaint names the list, its line and the column; everybody else is read."""
    content, begins, says = BAD_ROWS[fault]
    form: Format = "csv" if "Name" in content else "jsonl" if content.startswith("{") else "yaml"
    people, complaints = people_in(content, named=form)
    assert [each.prospect.name for each in people] == ["Bo"]
    assert complaints
    assert complaints[0].startswith(begins)
    assert says in complaints[0]


@given(st.binary(max_size=300))
def test_no_bytes_bring_the_reader_down(raw: bytes) -> None:
    """Whatever a file holds, it is read or refused with a complaint."""
    for form in ("csv", "jsonl", "yaml", None):
        with contextlib.suppress(InputError):
            people, complaints = people_in(raw, "any", named=form)  # type: ignore[arg-type]  # a format, or none
            lines = [line.strip() for line in raw.splitlines()]
            says_nothing = all(not line or line.startswith(b"#") for line in lines)  # but comments
            assert people or complaints or says_nothing


def test_one_json_list_is_refused_with_the_way_out() -> None:
    """It could not be read without holding it in memory; a line each can."""
    with pytest.raises(InputError, match="json-list"):
        people_in('[{"name": "Ana"}]', "a.json")


def test_parquet_is_read_where_its_library_is_there(tmp_path: Path) -> None:
    """Types, lists and missing values come through as they would from a table."""
    arrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    rows = [
        {"fullName": "Ana", "mutuals": 3.0, "shared groups": ["Rust"], "connected on": date(2026, 2, 8)},
        {"fullName": "Bo", "mutuals": None, "shared groups": None, "connected on": None},
    ]
    path = tmp_path / "a.parquet"
    parquet.write_table(arrow.Table.from_pylist(rows), path)
    (source,) = open_place(path).sources  # as it is opened from disk, and not from memory
    found = open_list(source, NO_WISH)
    entries = list(found.entries())
    reader = EntryReader(
        "a", found.columns, list_names().words, should_connect().vocabulary, parts={}, as_of=None, today=DAY
    )  # fmt: skip
    ana, bo = (as_told(reader.read(entry)) for entry in entries)
    assert ana["relationship"] == {
        "mutual_connections": {"count": 3}, "shared": {"groups": ["Rust"]}, "status": "connected",
        "status_since": "2026-02-08",
    }  # fmt: skip
    assert "relationship" not in bo
    with pytest.raises(InputError, match="unreadable"):
        open_list(source_of(b"PAR1 and nothing more", "a.parquet"), NO_WISH)


def test_without_the_library_parquet_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is optional, and the complaint names the command."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(InputError, match="pip install"):
        open_list(source_of(b"PAR1", "a.parquet"), NO_WISH)


def test_a_long_list_is_never_held_whole() -> None:
    """Entries come out while the list is still being read."""
    content = "Name\n" + "Ana\n" * 200_000
    read = 0

    def watch(count: int) -> None:
        nonlocal read
        read += count

    source = source_of(content)
    opened = source.open

    def counted(budget: Any) -> Any:
        from advisor.records.streams import measured

        return measured(opened(budget), "list.csv", budget)

    entries = open_list(replace(source, open=counted), NO_WISH).entries(watch)
    assert next(entries) == Entry(1, 2, "", ["Ana"])
    assert read < len(content) / 2


def test_a_list_of_far_too_many_columns_is_refused() -> None:
    """Each name is compared with all that are known; that takes hours where there are hundred thousands."""
    names = [f"companz {number}" for number in range(MAX_COLUMNS)]
    for content in (",".join(["name", *names]), json.dumps({"name": "Ana"} | dict.fromkeys(names, ""))):
        with pytest.raises(InputError, match="too-much-data"):
            open_list(source_of(content), NO_WISH)
    assert open_list(source_of(",".join(["name", *names[1:]])), NO_WISH).format == "csv"
