"""The command line: what each command does, its exit codes, and what it says of bad input."""

from __future__ import annotations

import errno
import io
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import click
import jsonschema
import pytest

import advisor
from advisor.catalog.load import load
from advisor.catalog.situations import read_situation
from advisor.catalog.text import parse
from advisor.errors import EngineError
from advisor.inference import durable
from advisor.model.knowledge_base import KnowledgeBase
from advisor.model.rule import Consultation
from advisor.model.subject import SUBJECTS
from advisor.report import passage_page, rule_page
from advisor.report.layout import Page
from advisor.shells import main as entry
from advisor.shells.cli import advisor as command
from advisor.shells.new import place_file
from command_line import CommandLine, write
from small_knowledge import write as write_small

ROOT = Path(__file__).parent.parent
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
ARTICLES = ROOT.parent / "shared" / "sources"
WEBINAR = ROOT / "examples" / "webinar-contact.yaml"
STRANGER = ROOT / "examples" / "stranger-with-a-pitch.yaml"
COLLEAGUE = ROOT / "examples" / "former-colleague.yaml"


@pytest.fixture(scope="module")
def base() -> KnowledgeBase:
    """The knowledge base that ships."""
    return load(ROOT / "rules", ROOT / "knowledge")


@pytest.fixture
def ana(tmp_path: Path) -> Path:
    """A prospect file that says next to nothing."""
    return write(tmp_path, "ana.yaml", "prospect: Ana Souza\n")


def commands(
    group: click.Group = command, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command with the words that call it."""
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        assert found is not None
        yield (*path, name), found
        if isinstance(found, click.Group):
            yield from commands(found, (*path, name))


# ---------------------------------------------------------------- the verdict


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([WEBINAR], 0),
        ([WEBINAR, "--fail-on", "revise"], 1),
        ([WEBINAR, "--fail-on", "wait"], 0),
        ([WEBINAR, "--fail-on", "avoid"], 0),
        ([STRANGER, "--fail-on", "revise"], 1),
        ([STRANGER, "--fail-on", "avoid"], 1),
        ([COLLEAGUE, "--fail-on", "revise"], 0),
        ([WEBINAR, "--engine", "reference"], 0),
        ([WEBINAR, "--as-of", "2026-11-25"], 0),
        ([WEBINAR, "--as-of", "25.11.2026"], 2),
        ([WEBINAR, "--as-of", "2026-02-30"], 2),
        ([WEBINAR, "--format", "xml"], 2),
        ([WEBINAR, "--fail-on", "connect"], 2),
        ([WEBINAR, "--engine", "clips"], 2),
        ([WEBINAR, "--colour"], 2),
        ([], 2),
        ([WEBINAR, STRANGER], 2),
        (["no-such-file.yaml"], 2),
        ([WEBINAR, "--rules", "no-such-folder"], 3),
    ],
)
def test_exit_codes(cli: CommandLine, arguments: list[str | Path], code: int) -> None:
    """0 evaluated, 1 --fail-on met, 2 usage or bad input, 3 bad rules; never a traceback."""
    outcome = cli("should-connect", *arguments)
    assert outcome.code == code, outcome.err
    assert bool(outcome.out) is (code < 2)
    assert bool(outcome.err) is (code > 1)
    assert "Traceback" not in outcome.err


def consultation_of(example: Path, base: KnowledgeBase) -> Consultation:
    """The consultation that an example is for, by the schema that its first line names."""
    name = Path(example.read_text(encoding="utf-8").splitlines()[0].rpartition("/")[2]).stem
    return next(each for each in base.consultations.values() if SUBJECTS[each.subject].schema == name)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_is_understood_and_points_to_its_schema(
    cli: CommandLine, base: KnowledgeBase, example: Path
) -> None:
    """Each example file loads, keeps to the schema that its first line names, and gets a verdict."""
    first, *_ = example.read_text(encoding="utf-8").splitlines()
    schema = example.parent / first.removeprefix("# yaml-language-server: $schema=")
    data = parse(example.read_text(encoding="utf-8"), example.name).data
    jsonschema.validate(
        data, json.loads(schema.read_text(encoding="utf-8")), cls=jsonschema.Draft202012Validator
    )
    asked = consultation_of(example, base)
    outcome = cli(asked.id, example, "--format", "json")
    assert (outcome.code, outcome.err) == (0, "")
    assert json.loads(outcome.out)["verdict"] in {level.name for level in asked.verdicts}


def test_the_same_input_gives_the_same_bytes_with_both_engines(cli: CommandLine) -> None:
    """The JSON does not hang on the engine, the run or the place of the file."""
    outputs = {cli("should-connect", WEBINAR, "--format", "json").out for _ in range(2)}
    outputs.add(cli("should-connect", WEBINAR, "--format", "json", "--engine", "reference").out)
    outputs.add(cli("should-connect", "-", "--format", "json", stdin=WEBINAR.read_bytes()).out)
    assert len(outputs) == 1
    only = outputs.pop()
    assert only.endswith("}\n")
    assert str(ROOT) not in only


def test_json_output_keeps_to_the_schema(cli: CommandLine, base: KnowledgeBase) -> None:
    """What the commands write is what `advisor schema verdict` describes."""
    schema = json.loads(cli("schema", "verdict").out)
    for example in EXAMPLES:
        written = json.loads(cli(consultation_of(example, base).id, example, "--format", "json").out)
        jsonschema.validate(written, schema, cls=jsonschema.Draft202012Validator)


def test_markdown_goes_to_standard_output(cli: CommandLine) -> None:
    """Markdown begins with the verdict."""
    assert cli("should-connect", WEBINAR, "--format", "markdown").out.startswith("# REVISE — ")


def test_parts_come_from_files_of_their_own(cli: CommandLine, ana: Path, tmp_path: Path) -> None:
    """Draft, own profile and history replace what the prospect file says of them."""
    note = write(tmp_path, "note.txt", "Hi Ana, [reason]\r\n")
    me = write(tmp_path, "me.json", '{"me": {"stage": "student"}}')
    sent = write(tmp_path, "sent.yaml", "sending: {last_7_days: 100}\n")
    outcome = cli("should-connect", ana, "--draft", note, "--me", me, "--history", sent, "--format", "json")
    facts = json.loads(outcome.out)["facts"]
    assert (facts["note.placeholders"], facts["me.stage"], facts["pace.last_7_days"]) == (1, "student", 100)


def test_a_history_may_be_a_bare_list_of_dates(cli: CommandLine, ana: Path, tmp_path: Path) -> None:
    """A list is taken for the dates of requests, and its faults are found on their own lines."""
    sent = write(tmp_path, "sent.yaml", "- 2026-11-20\n- 2026-11-19\n- 2026-10-01\n")
    outcome = cli("should-connect", ana, "--history", sent, "--as-of", "2026-11-20", "--format", "json")
    assert json.loads(outcome.out)["facts"]["pace.last_7_days"] == 2
    bad = write(tmp_path, "bad.yaml", "- 2026-11-20\n- 2026-11-31\n- soon\n")
    outcome = cli("should-connect", ana, "--history", bad)
    assert outcome.code == 2
    assert [line.split(": ")[0] for line in outcome.err.splitlines()[::2]] == [f"{bad}:2:3", f"{bad}:3:3"]


@pytest.mark.parametrize(
    ("content", "present"), [("", False), ("\n\n", False), ("none", False), ("Hi", True)]
)
def test_an_empty_draft_file_says_that_there_is_no_note(
    cli: CommandLine, ana: Path, tmp_path: Path, content: str, present: bool
) -> None:
    """No note is told, and is not the same as not having said."""
    note = write(tmp_path, "note.txt", content)
    outcome = cli("should-connect", ana, "--draft", note, "--format", "json")
    assert json.loads(outcome.out)["facts"]["note.present"] is present
    assert "note.present" not in json.loads(cli("should-connect", ana, "--format", "json").out)["facts"]


def test_standard_input_may_hold_the_prospect_or_the_draft(cli: CommandLine, ana: Path) -> None:
    """`-` stands for standard input."""
    assert "Bo Ek" in cli("should-connect", "-", stdin=b"prospect: Bo Ek\n").out
    outcome = cli(
        "should-connect", ana, "--draft", "-", "--format", "json", stdin="Hallo Ana".encode("utf-16")
    )
    assert json.loads(outcome.out)["facts"]["note.words"] == 2


@pytest.mark.parametrize(
    "arguments", [["-", "--draft", "-"], ["-", "--history", "-"], ["x", "--draft", "-", "--me", "-"]]
)
def test_two_things_from_standard_input_are_refused(cli: CommandLine, arguments: list[str]) -> None:
    """It says which two."""
    outcome = cli("should-connect", *arguments, stdin=b"prospect: Bo\n")
    assert outcome.code == 2
    assert "standard input" in outcome.err
    assert all(name in outcome.err for name in arguments if name.startswith("--"))


def test_all_shows_more(cli: CommandLine) -> None:
    """What is cut is announced, and `--all` shows it."""
    short, whole = cli("should-connect", WEBINAR).out, cli("should-connect", WEBINAR, "--all").out
    assert "(--all)" in short
    assert "(--all)" not in whole
    assert len(whole) > len(short)


def test_options_come_from_the_environment_and_flags_beat_it(cli: CommandLine) -> None:
    """`ADVISOR_*` sets what no flag sets."""
    cli.set("ADVISOR_SHOULD_CONNECT_FORMAT", "json")
    assert cli("should-connect", WEBINAR).out.startswith("{")
    assert cli("should-connect", WEBINAR, "--format", "text").out.startswith("REVISE")
    cli.set("ADVISOR_RULES", "no-such-folder")
    assert cli("should-connect", WEBINAR).code == 3
    assert cli("should-connect", WEBINAR, "--rules", ROOT).code == 0


def test_colour_is_used_only_where_asked_for(cli: CommandLine) -> None:
    """Not in a pipe, not with NO_COLOR; with `--color always` in any case."""
    cli.set("NO_COLOR", "1")
    assert "\x1b" not in cli("should-connect", WEBINAR).out
    assert "\x1b[" in cli("should-connect", WEBINAR, "--color", "always").out
    assert "\x1b" not in cli("should-connect", WEBINAR, "--format", "markdown", "--color", "always").out


@pytest.mark.parametrize(("columns", "width"), [("20", 40), ("60", 60), ("300", 100), ("x", 80)])
def test_lines_keep_to_the_width_of_the_terminal(cli: CommandLine, columns: str, width: int) -> None:
    """Within 40 and 100 columns; 80 where nothing tells."""
    cli.set("COLUMNS", columns)
    lines = cli("should-connect", STRANGER).out.splitlines()
    assert width - 10 < max(map(len, lines)) <= width


# ---------------------------------------------------------------- bad input

DOCUMENTS: dict[str, tuple[str | bytes, list[str]]] = {
    "empty": ("", ["bad.yaml: empty-document"]),
    "only a comment": ("# nothing\n", ["bad.yaml: empty-document"]),
    "binary": (b"\x89PNG\r\n\x1a\n\x00\x00\xff", ["bad.yaml:3:1: not-text"]),
    "latin-1": ("prospect: Zoë\n".encode("latin-1"), ["bad.yaml:1:13: bad-encoding"]),
    "half of UTF-16": (b"\xff\xfep", ["bad.yaml:1:1: bad-encoding"]),
    "tab": ("prospect:\n\tname: Ana\n", ["bad.yaml:2:1: tab"]),
    "duplicate key": ("prospect:\n  name: Ana\n  name: Bo\n", ["bad.yaml:3:3: duplicate-key"]),
    "unknown keys": (
        "prospect: {name: Ana, compny: X}\nrelationshp: friend\n",
        ["bad.yaml:1:23: unknown-key", "bad.yaml:2:1: unknown-key"],
    ),
    "wrong types": (
        "prospect: {name: [1]}\nsending: {today: many, restricted: perhaps}\n",
        ["bad.yaml:1:18: wrong-type", "bad.yaml:2:18: wrong-type", "bad.yaml:2:36: wrong-type"],
    ),
    "no name": ("prospect: {title: x}\n", ["bad.yaml:1:11: missing-key"]),
    "blank name": ('prospect: ""\n', ["bad.yaml:1:11: out-of-range"]),
    "no prospect": ("purpose: sell\n", ["bad.yaml:1:1: missing-key"]),
    "a list": ("- Ana\n", ["bad.yaml:1:1: wrong-type"]),
    "closed list": ("prospect: Ana\npurpose: colaboration\n", ["bad.yaml:2:10: unknown-value"]),
    "impossible date": (
        "prospect: Ana\nrelationship: {met: [{how: call, when: 2026-02-30}]}\n",
        ["bad.yaml:2:40: impossible-date"],
    ),
    "negative count": ("prospect: Ana\nsending: {today: -3}\n", ["bad.yaml:2:18: out-of-range"]),
    "contradiction": (
        "prospect: Ana\nsending: {sent: 3, accepted: 5}\n",
        ["bad.yaml:2:30: contradiction"],
    ),
    "alias bomb": (
        "a: &a [x, x]\n"
        + "".join(f"{two}: &{two} [*{one}, *{one}]\n" for one, two in zip("abcdefg", "bcdefgh", strict=True)),
        ["bad.yaml:1:4: anchor"],
    ),
    "deep nesting": ("[" * 900, ["bad.yaml:1:33: too-deep"]),
    "deep JSON": ('{"a":' * 50_000, ["bad.yaml:1:161: too-deep"]),
    "10 MB": (b"prospect: " + b"x" * 10_000_000, ["bad.yaml: too-large"]),
    "custom tag": ("prospect: !!python/object:os.system x\n", ["bad.yaml:1:11: tag"]),
    "NUL": ("prospect: A\0na\n", ["bad.yaml:1:12: not-text"]),
    "lone surrogate in bytes": (b"prospect: A\xed\xa0\x80\n", ["bad.yaml:1:12: bad-encoding"]),
    "lone surrogate in an escape": ('{"prospect": "A\\ud800"}', ["bad.yaml:1:14: bad-character"]),
    "escape sequence": ("prospect: A\x1b[31m\n", ["bad.yaml:1:12: bad-character"]),
    "two documents": ("prospect: A\n---\nprospect: B\n", ["bad.yaml:2:1: several-documents"]),
    "not closed": ('prospect: "Ana\n', ["bad.yaml:1:11: syntax"]),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_bad_documents_are_complained_about_with_their_place(
    cli: CommandLine, tmp_path: Path, name: str
) -> None:
    """Exit code 2, file:line:column and a code, all at once, in bounded time, no data written."""
    content, wanted = DOCUMENTS[name]
    path = write(tmp_path, "bad.yaml", content)
    started = time.perf_counter()
    outcome = cli("should-connect", path)
    assert time.perf_counter() - started < 10
    assert (outcome.code, outcome.out) == (2, "")
    complaints = [line for line in outcome.err.splitlines() if not line.startswith("  hint: ")]
    begun = [line.replace(str(path), "bad.yaml") for line in complaints]
    assert all(line.startswith(start) for line, start in zip(begun, wanted, strict=False)), outcome.err
    assert len(begun) >= len(wanted)
    assert "Traceback" not in outcome.err
    assert len(outcome.err) < 20_000


def test_nesting_beyond_what_the_parser_takes_is_called_too_deep(cli: CommandLine, tmp_path: Path) -> None:
    """Some releases of libyaml give up a thousand brackets in, before our own count can begin."""
    outcome = cli("should-connect", write(tmp_path, "bad.yaml", "[" * 100_000))
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.codes == ["too-deep"]


@pytest.mark.parametrize(
    "content",
    [
        "prospect: Ana\n".encode("utf-16"),
        b"\xef\xbb\xbfprospect: Ana\n",
        b"prospect: Ana\r\nrelationship: friend\r\n",
        b'{"prospect": "Ana"}',
    ],
    ids=["UTF-16", "BOM", "CRLF", "JSON"],
)
def test_files_as_other_programs_write_them_are_understood(
    cli: CommandLine, tmp_path: Path, content: bytes
) -> None:
    """Encoding marks and line ends are no faults."""
    assert cli("should-connect", write(tmp_path, "file.yaml", content)).code == 0


def test_did_you_mean(cli: CommandLine, tmp_path: Path) -> None:
    """Unknown keys, values, commands, rules, themes and passages come with the nearest name."""
    path = write(tmp_path, "x.yaml", "prospect: {name: Ana, compny: X}\npurpose: colaboration\n")
    assert "did you mean `company`?" in cli("should-connect", path).err
    assert "did you mean collaboration" in cli("should-connect", path).err
    assert "`should-connect`" in cli("should-conect").err
    assert "mass-by-title" in cli("explain", "mass-by-titel").err
    assert "okay-to-send/known-directly" in cli("explain", "okay-to-send/knwon-directly").err
    assert "pace" in cli("rules", "list", "--theme", "pase").err
    assert "okay-to-send" in cli("sources", "show", "ok-to-send").err


def test_missing_files_and_folders_are_all_told_at_once(cli: CommandLine, tmp_path: Path) -> None:
    """One run tells everything that is wrong."""
    outcome = cli(
        "should-connect", tmp_path / "no.yaml", "--draft", tmp_path / "no.txt", "--history", tmp_path
    )
    assert outcome.code == 2
    assert outcome.codes == ["no-records", "no-such-file", "no-such-file"]


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (b"\x00\x01\x02", "not-text"),
        (b"Hi \x1b[31mAna", "1:4: bad-character"),
        ("Zoë".encode("latin-1"), "1:3: bad-encoding"),
        (b"word " * 5_000, "too-long"),
        (b"x" * 2_000_000, "too-large"),
    ],
)
def test_bad_drafts_are_complained_about(
    cli: CommandLine, ana: Path, tmp_path: Path, content: bytes, wanted: str
) -> None:
    """A draft is plain text of a length that a note can have."""
    note = write(tmp_path, "note.txt", content)
    for arguments in (["should-connect", ana, "--draft", note], ["read-draft", note]):
        outcome = cli(*arguments)
        assert (outcome.code, outcome.out) == (2, "")
        assert wanted in outcome.err


def test_bad_rules_are_told_apart_from_bad_input(cli: CommandLine, tmp_path: Path) -> None:
    """Exit code 3, with the place in the rules."""
    rules, _ = write_small(tmp_path)
    outcome = cli("should-connect", WEBINAR, "--rules", tmp_path)
    assert outcome.code == 3
    assert "missing-consultation" in outcome.err
    (rules / "demo" / "visits.yaml").write_text("rules: [{id: x}]\n", encoding="utf-8")
    outcome = cli("should-connect", WEBINAR, "--rules", tmp_path)
    assert outcome.code == 3
    assert re.search(r"visits\.yaml:1:9: missing-key ", outcome.err)


# ---------------------------------------------------------------- what goes wrong inside


def test_a_bug_is_told_in_two_lines_and_shown_with_debug(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 70; the traceback is for those who ask for it, wherever they put the flag."""
    monkeypatch.setattr("advisor.wiring.Advisor.advise", lambda *_: 1 // 0)
    outcome = cli("should-connect", WEBINAR)
    assert outcome.code == 70
    assert "ZeroDivisionError" in outcome.err
    assert "--debug" in outcome.err
    assert len(outcome.err.splitlines()) == 2
    assert "Traceback" in cli("--debug", "should-connect", WEBINAR).err
    assert "Traceback" in cli("should-connect", WEBINAR, "--debug").err


def test_an_engine_that_breaks_down_is_no_fault_of_the_rules(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 70, with the way around it."""

    def fail(*_: object) -> None:
        raise EngineError("the engine lost a message")

    monkeypatch.setattr("advisor.wiring.Advisor.advise", fail)
    outcome = cli("should-connect", WEBINAR)
    assert outcome.code == 70
    assert "the engine lost a message" in outcome.err
    assert "--engine reference" in outcome.err


def test_an_interrupt_is_130_and_says_nothing(cli: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever presses Ctrl-C knows that."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("advisor.wiring.Advisor.advise", interrupt)
    assert cli("should-connect", WEBINAR).code == 130
    monkeypatch.setattr(entry, "_run", interrupt)
    assert (cli("doctor").code, cli("doctor").err) == (130, "")


def test_an_engine_that_cannot_be_had_is_told(cli: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    """`auto` does without it, `durable` says what to do, `doctor` and `--version` say that it is missing."""
    monkeypatch.setattr(durable, "available", lambda: "The C module is not there.")
    assert cli("should-connect", WEBINAR).code == 0
    outcome = cli("should-connect", WEBINAR, "--engine", "durable")
    assert outcome.code == 2
    assert "--engine reference" in outcome.err
    outcome = cli("doctor")
    assert outcome.code == 1
    assert "Missing: the engine durable" in outcome.out
    assert "reference" in cli("--version").out


def test_a_reader_that_goes_away_is_no_failure(cli: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    """The exit code says what was evaluated, not who listened."""

    class Gone(io.TextIOWrapper):
        def write(self, _: str) -> int:
            raise BrokenPipeError(errno.EPIPE, "gone")

    stream = Gone(io.BytesIO())
    monkeypatch.setattr(sys, "stdout", stream)
    assert entry.main(["should-connect", str(WEBINAR), "--fail-on", "revise"]) == 1


@pytest.mark.skipif(os.name == "nt", reason="pipes break in another way there")
def test_the_installed_entry_works_as_a_process(tmp_path: Path) -> None:
    """`python -m advisor` gives the same codes; a closed pipe and a closed standard input are survived."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "ADVISOR_CACHE": str(tmp_path)}
    start = [sys.executable, "-m", "advisor"]
    done = subprocess.run(
        [*start, "should-connect", STRANGER, "--fail-on", "avoid"],
        env=environment,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, b"")
    line = f"{sys.executable} -m advisor rules list | head -1"
    piped = subprocess.run(["sh", "-c", line], env=environment, capture_output=True, check=False)
    assert (piped.returncode, piped.stderr) == (0, b"")
    closed = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m advisor read-draft - <&-"],
        env=environment,
        capture_output=True,
        check=False,
    )
    assert closed.returncode == 2
    assert b"standard input is closed" in closed.stderr
    poor = {**environment, "PYTHONIOENCODING": "ascii"}
    shown = subprocess.run([*start, "should-connect", STRANGER], env=poor, capture_output=True, check=False)
    assert (shown.returncode, shown.stderr) == (0, b"")
    whole = subprocess.run(
        [*start, "should-connect", STRANGER, "--format", "json"], env=poor, capture_output=True, check=False
    )
    assert json.loads(whole.stdout)["verdict"] == "avoid"
    assert "–".encode() in whole.stdout


# ---------------------------------------------------------------- the other commands


def test_every_command_is_documented() -> None:
    """Each has help that begins with a sentence, a short help, and help for each option."""
    for words, found in commands():
        help_text = found.help or ""
        assert re.match(r"[A-Z][^\n]*(\n[^\n]+)*[.:]", help_text), words
        assert found.get_short_help_str(), words
        for parameter in found.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, (words, parameter.name)


def test_help_shows_every_command_and_the_exit_codes(cli: CommandLine) -> None:
    """The first thing that a newcomer reads."""
    outcome = cli("--help")
    assert outcome.code == 0
    assert all(words[0] in outcome.out for words, _ in commands())
    assert "Exit codes" in outcome.out
    for words, _ in commands():
        assert cli(*words, "--help").code == 0


def test_version_says_the_engine(cli: CommandLine) -> None:
    """One line."""
    assert re.fullmatch(rf"advisor {re.escape(advisor.__version__)} \(engine: .+\)\n", cli("--version").out)


def test_read_draft_shows_what_is_read_with_its_words(cli: CommandLine, tmp_path: Path) -> None:
    """Observations with quotes, language and length, and what is concluded."""
    note = write(
        tmp_path, "note.txt", "Hi Mara, I'd like to add you to my professional network on LinkedIn. [name]"
    )
    outcome = cli("read-draft", note)
    assert outcome.code == 0
    assert "“[name]”" in outcome.out
    assert outcome.out.startswith("English: ")
    assert re.search(r"yes +The note could have gone to anybody", outcome.out)
    data = json.loads(cli("read-draft", note, "--prospect", WEBINAR, "--format", "json").out)
    by_name = {each["fact"]: each for each in data["observations"]}
    assert by_name["note.greeting"]["value"] == "right name"
    text = note.read_text(encoding="utf-8")
    for each in data["observations"]:
        for quote in each["quotes"]:
            assert text[quote["start"] : quote["end"]] == quote["text"]
    assert {each["fact"] for each in data["conclusions"]} >= {"note.personal", "note.generic", "note.pitch"}


def test_read_draft_of_nothing_says_so(cli: CommandLine) -> None:
    """An empty note is no note."""
    assert cli("read-draft", "-").out == "There is no note.\n"


def test_new_prospect_loads_as_it_is_and_with_every_line_uncommented(
    cli: CommandLine, base: KnowledgeBase
) -> None:
    """The file names every key, keeps to the schema, and each example in it is understood."""
    text = cli("new", "prospect").out
    assert text.startswith("# yaml-language-server: $schema=")
    vocabulary = base.consultation("should-connect").vocabulary
    assert read_situation(parse(text, "new.yaml"), vocabulary).prospect.name == "?"
    filled = re.sub(r"^( *)#(?! \S)", r"\1", text, flags=re.MULTILINE)
    document = parse(filled, "new.yaml")
    read_situation(document, vocabulary)
    schema = json.loads(cli("schema", "situation").out)
    jsonschema.validate(document.data, schema, cls=jsonschema.Draft202012Validator)
    keys = set(re.findall(r"^ *(?:- )?(\w+):", filled, flags=re.MULTILINE))
    named = {name for part in (schema, *schema["$defs"].values()) for name in part["properties"]}
    assert named == keys
    assert len(max(text.splitlines(), key=len)) <= 110


@pytest.mark.parametrize("subject", SUBJECTS)
def test_words_for_nothing_are_no_closed_list(cli: CommandLine, subject: str) -> None:
    """A list of anything at all is not said to be one of the words by which people say that it is empty."""
    flat = " ".join(cli("new", subject).out.replace("#", " ").split())
    assert "One of: none, no, nothing" not in flat
    assert "your words" not in flat.replace("in your words", "")


@pytest.mark.parametrize("subject", SUBJECTS)
def test_nobody_is_called_by_a_question_mark(cli: CommandLine, subject: str) -> None:
    """A file in which nothing is filled in is answered, and `?` in it is no name."""
    command = {"prospect": "should-connect", "invitation": "should-accept", "history": "pace",
               "event": "follow-up", "network": "review-network", "goals": "goals"}[subject]  # fmt: skip
    outcome = cli(command, "-", "--all", stdin=cli("new", subject).out.encode())
    assert outcome.code == 0
    assert not re.search(r"(?<=\w) \?(?! \w)|· *\?", outcome.out)


@pytest.mark.parametrize("command", ["should-connect", "follow-up", "pace", "goals", "review-network", "ask"])
def test_a_file_about_something_else_is_sent_to_its_command(
    cli: CommandLine, tmp_path: Path, command: str
) -> None:
    """One complaint in place of one for each key that does not fit."""
    path = write(tmp_path, "ana.yaml", "sender: Ana Souza\nnote: none\nwishes: {contact: yes}\n")
    outcome = cli(command, path)
    assert (outcome.code, outcome.out) == (2, "")
    assert f"{path}:1:1: unknown-key this file describes an invitation" in outcome.err
    assert outcome.err.count("\n") == 2
    assert "`advisor should-accept`" in outcome.err


def test_new_prospect_names_the_closed_lists_of_the_vocabulary(cli: CommandLine, base: KnowledgeBase) -> None:
    """The comments come from the vocabulary, so that a new word appears by itself."""
    flat = " ".join(cli("new", "prospect").out.replace("#", " ").split())
    for spec in base.consultation("should-connect").vocabulary.given:
        if spec.told and spec.options and spec.told != "relationship.mutual_connections.people.introduction":
            assert all(option.name in flat for option in spec.options), spec.name


def test_new_prospect_never_overwrites_unless_forced(cli: CommandLine, tmp_path: Path) -> None:
    """What somebody wrote is not lost, and nothing half-written is left behind."""
    path = tmp_path / "ana.yaml"
    assert cli("new", "prospect", path).code == 0
    path.write_text("mine", encoding="utf-8")
    outcome = cli("new", "prospect", path)
    assert outcome.code == 2
    assert "file-exists" in outcome.err
    assert path.read_text(encoding="utf-8") == "mine"
    assert cli("new", "prospect", path, "--force").code == 0
    assert path.read_text(encoding="utf-8") != "mine"
    assert list(tmp_path.iterdir()) == [path]
    outcome = cli("new", "prospect", tmp_path / "no" / "ana.yaml")
    assert outcome.code == 2
    assert "unwritable" in outcome.err


def test_a_file_system_without_links_is_no_hindrance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a file cannot be linked, it is renamed, and what exists is still not overwritten."""

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EPERM, "no links here")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    place_file(tmp_path / "a", "one", overwrite=False)
    with pytest.raises(advisor.InputError, match="file-exists"):
        place_file(tmp_path / "a", "two", overwrite=False)
    assert (tmp_path / "a").read_text(encoding="utf-8") == "one"


@pytest.mark.parametrize("name", ["situation", "verdict"])
def test_the_schemas_in_the_documentation_are_current(cli: CommandLine, name: str) -> None:
    """Editors read these files; `make generated` writes them anew."""
    written = (ROOT / "docs" / "schemas" / f"{name}.json").read_text(encoding="utf-8")
    assert cli("schema", name).out == written, "stale: run `make generated`"


def test_sources_are_listed_shown_and_counted(cli: CommandLine, base: KnowledgeBase) -> None:
    """Every source, and every passage of one, can be looked at."""
    listed = cli("sources", "list").out
    assert all(source in listed for source in base.library.sources)
    shown = cli("sources", "show", "okay-to-send").out
    assert all(name in shown for name, each in base.library.passages.items() if each.source == "okay-to-send")
    assert "point" not in cli("sources", "show", "platform/note-limit-free").err
    assert cli("sources", "show", "nothing").code == 2


def test_coverage_accounts_for_every_passage(cli: CommandLine) -> None:
    """The numbers add up, and the lists are there to be asked for."""
    outcome = cli("sources", "coverage")
    assert outcome.code == 0
    total, encoded, background, unaccounted = map(
        int, re.findall(r"(\d+) (?:passages|encoded|background|unaccounted)", " ".join(outcome.out.split()))
    )
    assert total == encoded + background == 146
    assert (unaccounted, "kept" in outcome.out) == (0, False)
    assert "okay-to-send/known-directly" in cli("sources", "coverage", "--all").out


def test_verify_tells_what_has_changed(cli: CommandLine, tmp_path: Path, base: KnowledgeBase) -> None:
    """Exit code 1 and the rules to read again, where an article is missing or says something else."""
    outcome = cli("sources", "verify", "--from", tmp_path)
    assert outcome.code == 1
    assert "missing file" in outcome.out
    assert "Rules to read again" in outcome.out
    assert cli("sources", "verify", "--from", tmp_path / "no").code == 2
    if not ARTICLES.is_dir():
        pytest.skip("the articles are not there: they are not part of the project")
    assert cli("sources", "verify", "--from", ARTICLES).code == 0
    for source in base.library.sources.values():
        if source.file:
            article = (ARTICLES / source.file).read_text(encoding="utf-8")
            (tmp_path / source.file).write_text(article.replace("intrusive", "charming"), encoding="utf-8")
    outcome = cli("sources", "verify", "--from", tmp_path)
    assert outcome.code == 1
    assert "okay-to-send/strangers-intrusive" in outcome.out


def test_lists_and_pictures_say_from_when_and_until_when(cli: CommandLine, tmp_path: Path) -> None:
    """A rule that is out of force, or not yet in it, never looks like any other."""
    for name in ("rules", "knowledge"):
        shutil.copytree(ROOT / name, tmp_path / name)
    file = tmp_path / "rules/should-connect/pace.yaml"
    text = file.read_text(encoding="utf-8")
    head = "  - id: weekly-limit-reached\n"
    dated = f"{head}    effective: {{from: 2026-01-01, until: 2026-08-31}}\n    formerly: [full-week]\n"
    assert text.count(head) == 1
    file.write_text(text.replace(head, dated), encoding="utf-8")
    limits = "from 2026-01-01, until 2026-08-31"
    listed = " ".join(cli("rules", "list", "--rules", tmp_path).out.split())
    assert f"({limits})" in listed
    data = json.loads(cli("rules", "list", "--rules", tmp_path, "--format", "json").out)
    found = next(rule for rule in data if rule["id"] == "weekly-limit-reached")
    keys = ("since", "until", "review_by", "formerly")
    assert [found[key] for key in keys] == ["2026-01-01", "2026-08-31", None, ["full-week"]]
    for format_ in ("svg", "dot", "mermaid"):
        drawn = cli("rules", "graph", "--theme", "pace", "--rules", tmp_path, "--format", format_).out
        assert drawn.count(limits) >= 1
    assert cli("rules", "docs", "--rules", tmp_path, "--to", tmp_path / "docs").code == 0
    pages = (tmp_path / "docs").rglob("README.md")
    assert any(f"*({limits})*" in page.read_text(encoding="utf-8") for page in pages)


def test_rules_are_listed_by_theme(cli: CommandLine, base: KnowledgeBase) -> None:
    """Every rule is in the list, and in the JSON with what it cites."""
    rules = [rule for each in base.consultations.values() for rule in each.rules]
    listed = cli("rules", "list").out
    assert all(rule.id in listed for rule in rules)
    data = json.loads(cli("rules", "list", "--format", "json").out)
    assert {each["id"] for each in data} == {rule.id for rule in rules}
    pace = json.loads(cli("rules", "list", "--theme", "pace", "--format", "json").out)
    assert {each["theme"] for each in pace} == {"pace"}
    assert cli("rules", "list", "--theme", "nothing").code == 2


def test_every_rule_and_passage_can_be_explained(cli: CommandLine, base: KnowledgeBase) -> None:
    """No page fails, and each shows the title and every citation."""
    consultation, library = base.consultation("should-connect"), base.library
    for rule in consultation.rules:
        as_text = rule_page.as_text(rule, consultation, library, Page(200))
        for page in (as_text, rule_page.as_markdown(rule, consultation, library)):
            assert all(passage in page for passage in rule.cites)
        assert as_text.startswith(f"{rule.id}  {rule.title}")
    for passage in library.passages.values():
        assert passage.point in passage_page.as_text(passage, library, {}, Page(2000))
        assert f"# `{passage.id}`" in passage_page.as_markdown(passage, library, {})
    for name in ("no-link-no-reason", "okay-to-send/known-directly"):
        for format_ in ("text", "markdown"):
            assert name in cli("explain", name, "--format", format_).out
    assert cli("explain", "no-such-rule-at-all").code == 2


def test_doctor_names_the_parts_and_what_is_missing(cli: CommandLine, tmp_path: Path) -> None:
    """Exit code 0 where nothing is missing, 1 where the rules cannot be used."""
    outcome = cli("doctor")
    assert outcome.code == (0 if durable.available() is None else 1), outcome.out
    assert all(word in outcome.out for word in ("Engine", "Python", "pydantic", "hash", "Cache"))
    outcome = cli("doctor", "--rules", tmp_path)
    assert outcome.code == 1
    assert "no-rules" in outcome.out
    cli.set("ADVISOR_CACHE", "off")
    assert "off" in cli("doctor").out


def test_the_text_of_a_verdict_needs_neither_pydantic_nor_the_other_formats(tmp_path: Path) -> None:
    """The way that is taken most is kept short: what it does not need is not imported."""
    program = (
        "import sys\nfrom advisor.shells.main import main\n"
        f"code = main(['should-connect', {str(WEBINAR)!r}])\n"
        "heavy = ['pydantic', 'advisor.report.json', 'advisor.report.markdown', 'importlib.metadata',\n"
        "         'advisor.model.justification', 'advisor.verdict.explain']\n"
        "sys.exit(code or ' '.join(name for name in heavy if name in sys.modules) or 0)"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "ADVISOR_CACHE": str(tmp_path)}

    def run() -> bytes:
        return subprocess.run(
            [sys.executable, "-c", program], env=environment, capture_output=True, check=False
        ).stderr

    run()  # compiles the knowledge base, which does need pydantic
    assert run() == b""
