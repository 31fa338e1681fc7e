"""`advisor batch`: each row is the single verdict; neither order, processes nor interruptions change one."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.errors import AdvisorError, InputError
from advisor.facts.recorded import with_records
from advisor.model.batch_row import BatchRow
from advisor.model.records import Records
from advisor.model.situation import NOTHING_TO_SEND, Situation, as_told
from advisor.model.standing import Standing
from advisor.records.list_names import list_names
from advisor.records.lists import Entry
from advisor.report.batch import COLUMNS
from advisor.shells.batch import work
from advisor.shells.batch.journal import Journal
from advisor.shells.batch.work import CHUNK, Task, Worker, decided
from advisor.shells.records import courtesy_titles, window
from command_line import CommandLine, Outcome, write
from conftest import Golden
from laws import advisor, share
from records_fixtures import folder_of, profile_of, sample_export, some_records
from strategies import shipped_knowledge, situations

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
LIST = EXAMPLES / "prospects.csv"
ME = "{name: Dirk Vandewalle, industry: logistics, account: free, notes_this_month: 2}"
DAY = ("--as-of", "2026-11-20")
WAYS = ("", "stranger", "former colleague", "alumni", "friend", "boss")
"""One of them is no way of knowing somebody."""


def task(**changes: object) -> Task:
    """Everybody of a list whose entries are prospect files."""
    made = Task(
        base=shipped_knowledge(), engine="auto", file="list.jsonl", columns=(), words=list_names().words,
        parts={}, people=None, tier=None, as_of=None, today=date(2026, 11, 20),
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]  # named by each test


@lru_cache(maxsize=1)
def worker() -> Worker:
    """One for all tests that ask for nothing more, since making it takes longer than its work."""
    return Worker(task())


def entries_of(told: Sequence[Situation]) -> list[Entry]:
    """Situations as the lines of a list."""
    return [Entry(at, at, json.dumps(as_told(each))) for at, each in enumerate(told, 1)]


def a_list(rows: int, seed: int = 1) -> str:
    """A made-up list, with entries that cannot be read among the others."""
    chosen = random.Random(seed)  # noqa: S311 - nothing secret
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(["Name", "Company", "Mutual connections", "Known as", "Purpose", "Profile URL"])
    for number in range(rows):
        mutuals, way = chosen.choice(["", 0, 1, 3]), chosen.choice(WAYS)
        purpose = chosen.choice(["", "exchange", "sell", "grow my network"])
        address = f"https://linkedin.com/in/made-up-{number}"
        writer.writerow([f"Ana Souza {number}", f"Company {number % 7}", mutuals, way, purpose, address])
    return stream.getvalue()


def rows_in(outcome: Outcome) -> list[dict[str, str]]:
    """The rows that were written as CSV."""
    return list(csv.DictReader(io.StringIO(outcome.out)))


# --- one row and one case -----------------------------------------------------------------------------------


@share(100)
@given(st.lists(situations(), min_size=1, max_size=3))
def test_a_row_says_what_the_single_verdict_says(told: list[Situation]) -> None:
    """Verdict, first reason, what that rests on and what to change are those of `advise`."""
    for row, situation in zip(worker().rows(entries_of(told)), told, strict=True):
        verdict, standing = advisor().advise(situation), row.standing
        assert standing is not None
        deciding = [each for each in verdict.concerns if each.holds_at == verdict.verdict][:1]
        first = [*deciding, *verdict.grounds][:1]
        cited = [f"{each.citations[0].source_title} › {each.citations[0].heading}" for each in first]
        assert (standing.verdict, standing.why) == (verdict.verdict, verdict.why)
        assert [standing.citation] == (cited or [""])
        assert [standing.fix] == ([each.fix for each in deciding] or [""])
        assert standing.grounds == tuple(each.title for each in verdict.grounds)
        assert len(standing.others) == len(verdict.concerns) - len(deciding)
        assert row.name == situation.prospect.name


@share(100)
@given(situations())
def test_only_what_nobody_told_is_missing(situation: Situation) -> None:
    """What is called missing is unknown; and nothing is missing where nothing can be sent."""
    standing = advisor().standing(situation)
    facts = advisor().read(situation).facts
    vocabulary = advisor().vocabulary
    for place in standing.missing_places:
        assert any(spec.name not in facts for spec in vocabulary.given if spec.told == place)
    status = situation.relationship.status if situation.relationship else None
    assert standing.nothing_to_send == (status in NOTHING_TO_SEND)
    assert not (standing.nothing_to_send and standing.missing)


@share(60)
@given(situations(), st.integers(2, 500))
def test_one_note_for_all_counts_as_sent_to_all(situation: Situation, people: int) -> None:
    """A note that goes to everybody of a list is judged as one that goes to as many people."""
    worker = Worker(task(parts={"draft": "Hello, I would like to connect."}, people=people))
    (row,) = worker.rows(entries_of([situation]))
    asked, _ = worker.asked(replace(situation, draft="Hello, I would like to connect."))
    assert asked.batch is not None
    assert asked.batch.people is not None
    assert asked.batch.people >= people
    assert row.standing == advisor().standing(asked)


@share(60)
@given(st.lists(situations(), min_size=1, max_size=2), some_records())
def test_records_fill_a_row_in_as_they_fill_in_a_file(told: list[Situation], known: Records) -> None:
    """With records of the person's own each row is still the single verdict, with the remarks on it."""
    worker, base = Worker(task(known=known)), shipped_knowledge()
    counted = window(base, date(2026, 11, 20))
    for row, situation in zip(worker.rows(entries_of(told)), told, strict=True):
        assert situation.as_of is not None
        filled, remarks = with_records(situation, known, situation.as_of, courtesy_titles(base), counted)
        assert row.standing == advisor().standing(filled)
        assert set(row.remarks) <= set(remarks)


def test_whoever_is_connected_or_invited_gets_nothing(cli: CommandLine, tmp_path: Path) -> None:
    """An export given with the list shows it, by the profile's address or the name."""
    export = folder_of(tmp_path, sample_export())
    people = [("Ana Souza", ""), ("A. Souza", profile_of("ana-souza")), ("Cleo Varga", ""), ("Nobody", "")]
    rows = "".join(f"{name},{address},exchange\n" for name, address in people)
    path = write(tmp_path, "list.csv", "Name,Profile URL,Why\n" + rows)
    for option in ("--export", "--history"):
        told = rows_in(cli("batch", path, *DAY, option, export, "--format", "csv"))
        assert {row["row"] for row in told if "Nothing to send" in row["standing"]} == {"1", "2", "3"}


def test_an_archive_is_no_list(cli: CommandLine, tmp_path: Path) -> None:
    """Its bytes are never read as if they were rows, and what looks through an export is named."""
    with ZipFile(tmp_path / "export.zip", "w") as archive:
        archive.writestr("Connections.csv", "First Name,Last Name\nAna,Souza\n")
    outcome = cli("batch", tmp_path / "export.zip")
    assert (outcome.code, outcome.out) == (2, "")
    assert "not-a-file" in outcome.err
    assert "advisor review-network" in outcome.err


# --- the order ----------------------------------------------------------------------------------------------


@share(60)
@given(st.lists(situations(), min_size=2, max_size=6), st.randoms(use_true_random=False))
def test_any_order_of_entries_gives_the_same_rows(told: list[Situation], chosen: random.Random) -> None:
    """Rows do not hang on one another: entries in another order are the same rows."""
    shuffled = list(told)
    chosen.shuffle(shuffled)
    one, other = (
        sorted((replace(row, number=0, line=0) for row in worker().rows(entries_of(each))), key=repr)
        for each in (told, shuffled)
    )
    assert one == other


@share(100)
@given(st.lists(situations(), min_size=1, max_size=6), st.integers(0, 4))
def test_rows_are_ordered_step_by_step_and_notes_go_to_the_first(told: list[Situation], notes: int) -> None:
    """Verdict, then whether it can be sent, then grounds, then concerns, then the list's own order."""
    rows = worker().rows(entries_of(told))
    journal = Journal(None, {})
    journal.add(rows)
    placed = list(journal.placed(notes))
    journal.close(finished=True)
    assert [each.row for each in placed] == sorted(rows, key=lambda row: (row.order, row.number))
    assert [each.place for each in placed] == list(range(1, len(told) + 1))
    deserving = [each for each in placed if each.row.deserves_a_note]
    assert [each for each in placed if each.worth_a_note] == deserving[:notes]
    assert not any(each.row.standing and each.row.standing.nothing_to_send for each in deserving)


def standing(**changes: object) -> Standing:
    """A standing with nothing for or against it."""
    made = Standing(
        verdict="connect", caution=0, why="", citation="", fix="", others=(), grounds=(), plain_grounds=0,
        concerns=0, nothing_to_send=False, missing=(), missing_places=(),
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]  # named by each test


STEPS = [
    standing(grounds=("a", "b"), plain_grounds=2, concerns=3),
    standing(grounds=("a", "b"), plain_grounds=1),
    standing(grounds=("a",), plain_grounds=1),
    standing(grounds=("a", "b", "c"), plain_grounds=0),
    standing(grounds=("a", "b", "c"), plain_grounds=0, concerns=1),
    standing(grounds=("a", "b", "c", "d"), plain_grounds=4, nothing_to_send=True),
    standing(verdict="revise", caution=1, grounds=("a", "b", "c", "d"), plain_grounds=4),
]


def test_no_step_outweighs_one_before_it() -> None:
    """However much there is of the one, it never counts against the other."""
    assert [each.order for each in STEPS] == sorted(each.order for each in STEPS)
    assert len({each.order for each in STEPS}) == len(STEPS)
    assert STEPS[0].in_words == "2 reasons: a; b."
    assert standing(missing=("Why?", "How?")).in_words == "No reason. Missing: Why?"
    assert STEPS[5].in_words.startswith("Nothing to send. 4 reasons")


# --- processes, journals, interruptions ---------------------------------------------------------------------


@pytest.fixture
def chunk(monkeypatch: pytest.MonkeyPatch) -> int:
    """Entries that are decided together: few, so that a short list has several chunks."""
    monkeypatch.setattr(work, "CHUNK", 20)
    return work.CHUNK


def test_processes_change_nothing(cli: CommandLine, tmp_path: Path, chunk: int) -> None:
    """Two processes write to the byte what one writes."""
    path = write(tmp_path, "list.csv", a_list(3 * chunk + 7))
    outputs = [tmp_path / "one.csv", tmp_path / "two.csv"]
    for jobs, output in enumerate(outputs, 1):
        assert cli("batch", path, *DAY, "--output", output, "--jobs", str(jobs)).code == 0
    assert outputs[0].read_bytes() == outputs[1].read_bytes()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["list.csv", "one.csv", "two.csv"]


class Killed(BaseException):
    """Stands for whatever ends a command in the middle."""


@pytest.mark.parametrize("after", [0, 1, 2])
def test_what_was_interrupted_goes_on_to_the_same_bytes(
    cli: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int, chunk: int
) -> None:
    """Wherever it is interrupted, the same command decides only what is left and writes the same file."""
    path = write(tmp_path, "list.csv", a_list(2 * chunk + 9))
    whole, parts = tmp_path / "whole.csv", tmp_path / "parts.csv"
    assert cli("batch", path, *DAY, "--output", whole).code == 0
    add, added = Journal.add, []

    def failing(self: Journal, rows: Sequence[BatchRow]) -> None:
        if len(added) == after:
            raise KeyboardInterrupt
        added.append(len(rows))
        add(self, rows)

    with monkeypatch.context() as patched:
        patched.setattr(Journal, "add", failing)
        assert cli("batch", path, *DAY, "--output", parts).code == 130
    assert not parts.exists()
    seen: list[int] = []
    rows = Worker.rows

    def watched(self: Worker, entries: Sequence[Entry]) -> list[BatchRow]:
        seen.extend(entry.number for entry in entries)
        return rows(self, entries)

    monkeypatch.setattr(Worker, "rows", watched)
    again = cli("batch", path, *DAY, "--output", parts)
    assert again.code == 0
    assert seen == list(range(after * chunk + 1, 2 * chunk + 10))
    assert ("Going on behind entry" in again.err) == (after > 0)
    assert parts.read_bytes() == whole.read_bytes()
    assert not Path(f"{parts}.journal").exists()


@contextlib.contextmanager
def started(*arguments: str | Path) -> Iterator[subprocess.Popen[bytes]]:
    """The command in a session of its own, of which nothing is left afterwards."""
    command = [sys.executable, "-m", "advisor", "batch", *map(str, arguments)]
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def until(holds: object, seconds: float = 60) -> bool:
    """Wait until something holds; say whether it does."""
    end = time.monotonic() + seconds
    assert callable(holds)
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


def nobody_left(group: int) -> bool:
    """Whether no process of a session is there any more."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    return False


@pytest.mark.parametrize(
    ("sign", "code"), [(signal.SIGKILL, -signal.SIGKILL), (signal.SIGINT, 130), (signal.SIGTERM, 143)]
)
@pytest.mark.skipif(sys.platform == "win32", reason="sessions and signals as POSIX has them")
def test_killed_at_any_time_it_leaves_no_process_and_a_beginning(
    cli: CommandLine, tmp_path: Path, sign: signal.Signals, code: int
) -> None:
    """Killed or interrupted, its processes go, and the next run writes what an undisturbed one writes."""
    path = write(tmp_path, "list.csv", a_list(5 * CHUNK))
    whole, parts = tmp_path / "whole.csv", tmp_path / "parts.csv"
    journal = Path(f"{parts}.journal")
    with started(path, *DAY, "--output", parts, "--jobs", "2") as process:
        # Some chunks are kept by then: the tables alone take less.
        assert until(lambda: journal.exists() and journal.stat().st_size > 2**17)
        process.send_signal(sign)
        assert process.wait(60) == code
        assert until(lambda: nobody_left(process.pid))
    assert journal.exists()
    assert not parts.exists()
    again = cli("batch", path, *DAY, "--output", parts)
    assert again.code == 0
    assert "Going on behind entry" in again.err
    assert cli("batch", path, *DAY, "--output", whole).code == 0
    assert parts.read_bytes() == whole.read_bytes()


def test_given_up_early_no_process_stays(chunk: int) -> None:
    """Whoever stops asking for rows stops the processes too."""
    entries = iter([Entry(at, at, '{"prospect": {"name": "Ana"}}') for at in range(1, 4 * chunk)])
    with contextlib.closing(decided(task(), entries, 2)) as chunks:
        assert [row.number for row in next(chunks)] == list(range(1, chunk + 1))


@pytest.mark.parametrize("change", ["list", "options", "day"])
def test_a_journal_of_something_else_is_refused(
    cli: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    """Another list, other options or another day are never mixed; --fresh begins anew."""
    path, output = write(tmp_path, "list.csv", a_list(5)), tmp_path / "out.csv"
    journal = Path(f"{output}.journal")

    def stop(self: Journal, rows: Sequence[BatchRow]) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Journal, "add", stop)
        assert cli("batch", path, *DAY, "--output", output).code == 130
    command: list[str | Path] = ["batch", path, *DAY, "--output", output]
    if change == "list":
        path.write_text(a_list(6))
    elif change == "options":
        command += ["--tier", "free"]
    else:
        command[3] = "2026-11-21"
    refused = cli(*command)
    assert (refused.code, refused.codes) == (2, ["other-journal"])
    assert change in refused.err
    assert journal.exists()
    assert not output.exists()
    assert cli(*command, "--fresh").code == 0
    assert output.exists()
    assert not journal.exists()


def test_what_is_no_journal_is_left_alone(cli: CommandLine, tmp_path: Path) -> None:
    """A file that happens to have its name is neither read nor overwritten without being told."""
    output = tmp_path / "out.csv"
    precious = write(tmp_path, "out.csv.journal", "something of mine, and long enough to be looked at " * 9)
    refused = cli("batch", LIST, "--output", output)
    assert (refused.code, refused.codes) == (2, ["other-journal"])
    assert precious.read_text().startswith("something of mine")


def test_two_runs_at_once_do_not_share_a_journal(tmp_path: Path) -> None:
    """The second is told, rather than both writing into one."""
    path = tmp_path / "out.csv.journal"
    first = Journal(path, {"list": "a"})
    with pytest.raises(InputError, match="another run"):
        Journal(path, {"list": "a"})
    with pytest.raises(InputError, match="another run"):
        Journal(path, {"list": "a"}, fresh=True)
    first.add([BatchRow(number=1, line=1, name="Ana")])
    first.close(finished=False)
    again = Journal(path, {"list": "a"})
    assert again.done == 1
    again.close(finished=True)
    assert not path.exists()


@pytest.mark.parametrize("place", range(0, 40_000, 4_096))
def test_a_damaged_journal_is_told(tmp_path: Path, place: int) -> None:
    """Wherever it was overwritten; what it would say is not believed, and nothing breaks."""
    path = tmp_path / "out.csv.journal"
    journal = Journal(path, {"list": "a"})
    journal.add([BatchRow(number=at, line=at, error=f"{at:04}" * 40) for at in range(1, 200)])
    journal.close(finished=False)
    content = bytearray(path.read_bytes())
    content[place : place + 4_096] = random.Random(place).randbytes(4_096)  # noqa: S311 - no secret
    path.write_bytes(content)
    found, said = [199, 199, 199], ""  # a page may be one that nothing is read from
    try:
        damaged = Journal(path, {"list": "a"})
        with contextlib.closing(damaged._database):
            found = [damaged.done, damaged.failed(1_000)[0], len(list(damaged.placed(None)))]
    except InputError as error:
        said = error.complaints[0].code
    assert said == "other-journal" or found == [199, 199, 199]


def test_another_database_is_no_journal(tmp_path: Path) -> None:
    """It is named as such and left as it is."""
    path = tmp_path / "out.csv.journal"
    with contextlib.closing(sqlite3.connect(path)) as other:
        other.execute("create table mine (own)")
    before = path.read_bytes()
    with pytest.raises(InputError, match="no journal"):
        Journal(path, {"list": "a"})
    assert path.read_bytes() == before


def test_a_process_that_something_else_ends_is_no_bug_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where memory runs out, the system ends one of them; what is done by then is kept."""

    def ended(self: ProcessPoolExecutor, *given: object) -> Future[object]:
        found: Future[object] = Future()
        found.set_exception(BrokenProcessPool("gone"))
        return found

    monkeypatch.setattr(ProcessPoolExecutor, "submit", ended)
    with pytest.raises(AdvisorError, match="fewer --jobs"):
        list(decided(task(), iter([Entry(1, 1, "{}")]), 2))


# --- what is written ----------------------------------------------------------------------------------------


def test_the_example_looks_as_it_did(
    cli: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, golden: Golden
) -> None:
    """Text for the terminal and the table for a spreadsheet, from the list that comes with the project."""
    me = write(tmp_path, "me.yaml", ME)
    monkeypatch.chdir(EXAMPLES)
    text = cli("batch", LIST.name, "--me", me, *DAY)
    assert text.code == 0
    golden("batch/prospects.txt", text.out)
    golden("batch/prospects.err", text.err)
    table = cli("batch", LIST.name, "--me", me, *DAY, "--format", "csv")
    golden("batch/prospects.csv", table.out)
    markdown = cli("batch", LIST.name, "--me", me, *DAY, "--format", "markdown", "--limit", "2")
    golden("batch/prospects.md", markdown.out)


def test_every_format_says_the_same(cli: CommandLine) -> None:
    """CSV and JSON Lines have the same columns and the same rows."""
    table = rows_in(cli("batch", LIST, *DAY, "--format", "csv"))
    lines = [json.loads(line) for line in cli("batch", LIST, *DAY, "--format", "jsonl").out.splitlines()]
    assert [list(line) for line in lines] == [list(COLUMNS)] * 8
    assert [row["name"] for row in table] == [line["name"] for line in lines]
    assert [row["grounds"] for row in table] == ["; ".join(line["grounds"]) for line in lines]
    assert [line["verdict"] for line in lines][-1] == ""
    assert "unknown-value" in lines[-1]["error"]


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("x")'])
def test_no_cell_is_a_formula(cli: CommandLine, tmp_path: Path, name: str) -> None:
    """What a spreadsheet would reckon with is marked as text; JSON keeps it as it is."""
    path = write(tmp_path, "list.csv", f'Name,Title\n"{name.replace(chr(34), chr(34) * 2)}",x\n')
    (row,) = rows_in(cli("batch", path, "--format", "csv"))
    assert row["name"] == f"'{name}"
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row.values())
    assert json.loads(cli("batch", path, "--format", "jsonl").out)["name"] == name


@pytest.mark.parametrize(
    ("options", "notes"),
    [([], 3), (["--tier", "premium"], 0), (["--notes-left", "1"], 1), (["--notes-left", "0"], 0)],
)
def test_notes_are_given_to_the_first(
    cli: CommandLine, tmp_path: Path, options: list[str], notes: int
) -> None:
    """As many as a free account has left this month, or as one says; never to those to whom nothing goes."""
    me = write(tmp_path, "me.yaml", ME)
    rows = rows_in(cli("batch", LIST, "--me", me, *DAY, "--format", "csv", *options))
    worth = [row for row in rows if row["worth_a_note"]]
    assert len(worth) == notes
    assert all(row["verdict"] in ("connect", "revise") for row in worth)
    assert worth == rows[:notes]


def test_standard_input_is_a_list_like_any_other(cli: CommandLine) -> None:
    """A pipe is read as the file would be, but for its name."""
    piped = cli("batch", "-", *DAY, "--format", "csv", stdin=LIST.read_bytes())
    assert piped.code == 0
    assert rows_in(piped)[:7] == rows_in(cli("batch", LIST, *DAY, "--format", "csv"))[:7]


def test_one_note_for_all_is_counted(cli: CommandLine, tmp_path: Path) -> None:
    """With --draft the whole list gets the note, which is what the guidance warns against."""
    note = write(tmp_path, "note.txt", "Hello, I would like to connect with you here.")
    rows = rows_in(cli("batch", LIST, *DAY, "--draft", note, "--format", "csv"))
    assert "connect" not in {row["verdict"] for row in rows}


def test_bad_entries_decide_the_exit_code_only_where_nothing_is_left_or_asked(
    cli: CommandLine, tmp_path: Path
) -> None:
    """0 where somebody was evaluated; 2, and nothing written, where nobody was or --strict is given."""
    some = write(tmp_path, "some.csv", "Name,Known as\nAna,boss\nBo,friend\n")
    none = write(tmp_path, "none.csv", "Name,Known as\nAna,boss\n")
    output = tmp_path / "out.csv"
    read = cli("batch", some, "--output", output)
    assert (read.code, output.exists()) == (0, True)
    assert f"{some}:2:2: unknown-value" in read.err
    output.unlink()
    for arguments in ([some, "--strict"], [none]):
        refused = cli("batch", *arguments, "--output", output)
        assert (refused.code, refused.out, output.exists()) == (2, "", False)
        assert not Path(f"{output}.journal").exists()


def test_many_bad_entries_are_counted_not_listed(cli: CommandLine, tmp_path: Path) -> None:
    """Standard error stays short, with the true number; each row has its own error."""
    path = write(tmp_path, "list.csv", "Name,Known as\n" + "Ana,boss\n" * 100 + "Bo,friend\n")
    told = cli("batch", path, "--format", "jsonl")
    assert told.err.count("unknown-value") == 10
    assert "90 more" in told.err
    assert sum(bool(json.loads(line)["error"]) for line in told.out.splitlines()) == 100


MAPPED = {
    "an option": ["--map", "Who=prospect.name"],
    "a file": ["--map-file", "map.yaml"],
    "an option beats the file": ["--map-file", "map.yaml", "--map", "Who=prospect.name"],
}


@pytest.mark.parametrize("how", MAPPED)
def test_columns_are_set_by_option_or_file(
    cli: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """Both say which place a column tells, and the table on standard error shows it."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "map.yaml", "Who: prospect.name\nFirm: prospect.company\n")
    path = write(tmp_path, "list.csv", "Who,Firm\nAna,Oriel\n")
    told = cli("batch", path, *MAPPED[how], "--format", "csv")
    assert [row["name"] for row in rows_in(told)] == ["Ana"]
    assert "prospect.name (as you said)" in told.err


def test_slips_in_options_are_told(cli: CommandLine, tmp_path: Path) -> None:
    """A place or header that there is not, a --map without a sign, a file that maps nothing."""
    bad = write(tmp_path, "map.yaml", "[1, 2]")
    assert cli("batch", LIST, "--map", "Why=purpose.knd").codes == ["unknown-place"]
    assert cli("batch", LIST, "--map", "Whyy=purpose.kind").codes == ["unknown-header"]
    assert "HEADER" in cli("batch", "--help").out
    assert cli("batch", LIST, "--map", "Why").code == 2
    assert cli("batch", LIST, "--map-file", bad).codes == ["wrong-type"]
    assert cli("batch", "-", "--me", "-").code == 2
    assert "would be lost" in cli("batch", LIST, "--output", LIST).err
    assert cli("batch", tmp_path / "nowhere.csv").codes == ["no-such-file"]


def test_a_file_that_cannot_be_written_keeps_what_was_done(cli: CommandLine, tmp_path: Path) -> None:
    """The old output stays as it was."""
    output = write(tmp_path, "out.csv", "old")
    output.chmod(0o400)
    refused = cli("batch", LIST, *DAY, "--output", output)
    assert (refused.code, output.read_text()) == (2, "old")
    assert "unwritable" in refused.codes


@pytest.mark.parametrize("journal", [False, True])
@pytest.mark.parametrize("option", ["LIST", "--me", "--draft", "--history", "--map-file", "--export"])
def test_nothing_that_is_read_is_written_over(
    cli: CommandLine, tmp_path: Path, option: str, journal: bool
) -> None:
    """Neither by the output nor by its journal, under no other name, and not with --fresh either."""
    output = tmp_path / "sorted.csv"
    place = tmp_path / f"sorted.csv{'.journal' if journal else ''}"
    place.write_bytes(LIST.read_bytes())
    other = tmp_path / "other name"
    other.hardlink_to(place)
    given = (other,) if option == "LIST" else (LIST, option, other)
    told = cli("batch", *given, "--output", output, "--fresh")
    assert told.code == 2
    assert f"{option} " in told.err
    assert "would be lost" in told.err
    assert place.read_bytes() == LIST.read_bytes()


@pytest.mark.parametrize("target", [".", "/", "", "folder", "pipe", "gone/x.csv"])
def test_an_output_that_cannot_be_one_is_refused_before_anything_is_done(
    cli: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    """A folder, a pipe or a device: none is replaced by a file, and nobody waits for hours to hear of it."""
    monkeypatch.chdir(tmp_path)
    Path("folder").mkdir()
    os.mkfifo("pipe")
    told = cli("batch", LIST, "--output", target)
    assert told.code == 2
    assert told.codes in (["not-a-file"], ["unwritable"])
    assert "Columns of" not in told.err
    assert Path("pipe").is_fifo()


def test_bars_in_a_name_make_no_columns_of_a_markdown_table(cli: CommandLine, tmp_path: Path) -> None:
    """Each is escaped once: a reader of tables takes a bar behind two backslashes for the end of a cell."""
    people = write(tmp_path, "list.csv", "name\nAna | Souza\nBo Ek\n")
    told = cli("batch", people, "--format", "markdown", *DAY)
    bars = {len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) for line in told.out.splitlines()}
    assert len(bars) == 1
    assert "Ana \\| Souza" in told.out


def test_names_of_files_in_other_encodings_are_told_and_do_no_harm(cli: CommandLine, tmp_path: Path) -> None:
    """What complaints and rows say of them can be written and does not reach a terminal as it is."""
    people = tmp_path / os.fsdecode(b"li\xffst\x1b[31m.csv")
    people.write_bytes(b"name,mutuals\nAna,some\nBo,3\n")
    for form in ("text", "csv", "jsonl", "markdown"):
        told = cli("batch", people, "--format", form, *DAY)
        assert told.code == 0
        assert "\x1b" not in told.out + told.err
    told = cli("batch", people, "--output", tmp_path / "sorted.csv", *DAY)
    assert told.code == 0
    assert "li\ufffdst\ufffd[31m.csv:2:2" in (tmp_path / "sorted.csv").read_text()
