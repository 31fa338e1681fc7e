"""`advisor import` shows what is understood of an export; --export and --history let others use it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from command_line import CommandLine, write
from records_fixtures import CONNECTIONS, folder_of, profile_of, sample_export, table, zip_of

ROOT = Path(__file__).parent.parent
PROSPECT = """\
prospect: {{name: {name}}}
draft: "Hello {name}, thank you for your talk on weirs in Lund, which I still think of."
as_of: 2026-11-20
"""


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """The sample export, zipped."""
    return zip_of(tmp_path, sample_export())


def prospect(tmp_path: Path, name: str) -> Path:
    """A prospect file that tells a name and a note."""
    return write(tmp_path, "prospect.yaml", PROSPECT.format(name=name))


def test_what_is_understood_is_shown(cli: CommandLine, export: Path) -> None:
    """Each file with its rows and columns, then what the records give."""
    told = cli("import", export)
    assert (told.code, told.err) == (0, "")
    for part in (
        "Files (7 used, 1 not)", "4 of 4 rows understood; 1 without a name", "Skills.csv: not used",
        "2026-11-20, as the name of the export says", "1 of 2 that are listed, which is partial",
        "2 people, with 1 of them both ways",
    ):  # fmt: skip
        assert part in told.out


def test_doubts_are_listed_row_by_row(cli: CommandLine, tmp_path: Path) -> None:
    """The first of them, and all where that is asked for."""
    bad = [("Ana", f"Souza {number}", "", "", "", "", "soon") for number in range(25)]
    path = write(tmp_path, "Connections.csv", table(CONNECTIONS, bad))
    told = cli("import", path)
    assert told.out.count("bad-date") == 20
    assert "5 more; --all shows them" in told.out
    assert cli("import", path, "--all").out.count("bad-date") == 25
    data = json.loads(cli("import", path, "--format", "json", "--all").out)
    assert [each["line"] for each in data["doubts"]] == list(range(2, 27))
    assert data["doubted"] == 25


def test_json_says_the_same(cli: CommandLine, export: Path) -> None:
    """As data: files, doubts and counts, where nothing told is null."""
    data = json.loads(cli("import", export, "--format", "json").out)
    assert data["gives"]["connections"] == 4
    assert data["gives"]["accepted"] == 1
    assert data["taken_on"] == "2026-11-20"
    kinds = {each["kind"] or each["unused"] for each in data["files"]}
    assert kinds == {
        "connections", "invitations", "messages", "remarks", "profile", "positions", "schools", "not used",
    }  # fmt: skip


def test_every_row_can_be_kept(cli: CommandLine, tmp_path: Path) -> None:
    """As JSON Lines, those that were not understood among them; nothing is overwritten unasked."""
    files = {**sample_export(), "Connections.csv": sample_export()["Connections.csv"] + b"\nbroken,row\n"}
    folder, target = folder_of(tmp_path, files), tmp_path / "rows.jsonl"
    assert cli("import", folder, "--to", target).code == 0
    rows = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    shown = json.loads(cli("import", folder, "--format", "json").out)
    assert len(rows) == sum(each["rows"] for each in shown["files"])
    broken = [row for row in rows if row["understood"] is None]
    assert [(row["line"], row["cells"], row["doubts"][0]["code"]) for row in broken] == [
        (9, ["broken", "row"], "damaged-row")
    ]
    ana = next(row for row in rows if row["kind"] == "connections")
    assert ana["cells"]["Company"] == "Northwind, Inc."
    assert ana["understood"]["slug"] == "ana-souza"
    again = cli("import", folder, "--to", target)
    assert (again.code, again.codes) == (2, ["file-exists"])
    assert cli("import", folder, "--to", target, "--force").code == 0


def test_rows_of_a_broken_archive_are_not_half_kept(cli: CommandLine, tmp_path: Path) -> None:
    """Where reading stops, no file is left behind."""
    path = tmp_path / "Basic_LinkedInDataExport_11-20-2026.zip"
    path.write_bytes(zip_of(tmp_path, sample_export(), "whole.zip").read_bytes()[:-30])
    target = tmp_path / "rows.jsonl"
    told = cli("import", path, "--to", target)
    assert (told.code, told.codes, target.exists()) == (2, ["bad-archive"], False)


@pytest.mark.parametrize(
    "command", [["should-connect"], ["what-if"], ["ask", "--no-input"], ["why-not", "already-invited"]]
)
def test_commands_know_what_an_export_knows(
    cli: CommandLine, tmp_path: Path, export: Path, command: list[str]
) -> None:
    """Cleo has an open invitation; without the export nobody could tell."""
    file = prospect(tmp_path, "Cleo Varga")
    without, told = cli(*command, file), cli(*command, file, "--export", export)
    assert (without.code, told.code) == (0, 0)
    assert told.out != without.out


def test_an_open_invitation_is_not_sent_again(cli: CommandLine, tmp_path: Path, export: Path) -> None:
    """And the receipt says what it was decided on."""
    told = cli("should-connect", prospect(tmp_path, "Cleo Varga"), "--export", export, "--format", "json")
    receipt = json.loads(told.out)
    assert receipt["verdict"] == "wait"
    assert receipt["situation"]["relationship"]["status"] == "invited"
    assert receipt["situation"]["sending"]["partial"]
    assert "no rate is taken" in told.err


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("h.csv", "date,name,outcome\n2026-11-18,Bo,accepted\n2026-11-19,Cy,pending\n"),
        ("h.txt", "sent;person;result\n18.11.2026;Bo;accepted\n19.11.2026;Cy;pending\n"),
        ("h.yaml", "- {date: 2026-11-18, outcome: accepted}\n- {date: 2026-11-19, outcome: pending}\n"),
        ("days.yaml", "- 2026-11-18\n- 2026-11-19\n"),
        ("part.yaml", "dates: [2026-11-18, 2026-11-19]\n"),
    ],
)
def test_a_history_is_known_by_what_is_in_it(cli: CommandLine, tmp_path: Path, name: str, text: str) -> None:
    """Tables, lists and the part of a prospect file all take the place of what the file says."""
    content = PROSPECT.format(name="Ana") + "sending: {last_7_days: 99}\n"
    file, history = write(tmp_path, "prospect.yaml", content), write(tmp_path, name, text)
    told = cli("should-connect", file, "--history", history, "--format", "json")
    sending = json.loads(told.out)["situation"]["sending"]
    assert sorted(sending["dates"]) == ["2026-11-18", "2026-11-19"]
    assert "last_7_days" not in sending
    assert "last_7_days" not in sending


def test_all_complaints_about_all_files_are_told(cli: CommandLine, tmp_path: Path) -> None:
    """A broken archive and a broken prospect file together."""
    (tmp_path / "a.zip").write_bytes(b"PK")
    bad = write(tmp_path, "bad.yaml", "prospect: {nam: Ana}\n")
    told = cli("should-connect", bad, "--export", tmp_path / "a.zip")
    assert told.code == 2
    assert {"bad-archive", "unknown-key"} <= set(told.codes)


def test_what_was_not_understood_is_said_in_a_line(cli: CommandLine, tmp_path: Path) -> None:
    """With the command that shows it."""
    path = write(
        tmp_path,
        "Connections.csv",
        table(CONNECTIONS, [("a",), ("A", "B", profile_of("b"), "", "", "", "08 Feb 2026")]),
    )
    told = cli("should-connect", prospect(tmp_path, "Ana"), "--export", path)
    assert told.code == 0
    assert f"1 of 2 rows of {path} were not understood; `advisor import {path}` shows them" in told.err


def test_the_example_export_is_understood(cli: CommandLine) -> None:
    """It has a row that nobody closed, and everything else is read."""
    data = json.loads(cli("import", ROOT / "examples" / "export", "--format", "json").out)
    assert [(each["line"], each["code"]) for each in data["doubts"]] == [(9, "damaged-row")]
    assert data["gives"]["connections"] == 21


def test_names_of_files_in_other_encodings_are_told_as_json(cli: CommandLine, tmp_path: Path) -> None:
    """Such a name is no Unicode; JSON writes what of it is none as an escape."""
    folder = folder_of(tmp_path, sample_export()).rename(tmp_path / os.fsdecode(b"mine\xff\x1b[31m"))
    rows = tmp_path / "rows.jsonl"
    for told in (cli("import", folder, "--format", "json", "--all"), cli("import", folder, "--to", rows)):
        assert told.code == 0
        assert "\x1b" not in told.out + told.err
    assert str(folder / "Connections.csv") in {
        json.loads(line)["file"] for line in rows.read_text().splitlines()
    }
