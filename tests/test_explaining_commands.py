"""`should-connect --explain`, `why-not`, `what-if`, `ask` and `replay`, run as a person runs them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from advisor.catalog.answers import AnswerPlace, NotAnAnswer
from advisor.folders import shipped
from command_line import CommandLine, Outcome, write
from conftest import Golden
from strategies import should_connect, told_by

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
DAY = ("--as-of", "2026-11-20")
PITCH, WEBINAR, FULL = (
    EXAMPLES / f"{name}.yaml" for name in ("stranger-with-a-pitch", "webinar-contact", "full-week")
)


def said(outcome: Outcome) -> str:
    """What was written to standard output, where all went well."""
    assert (outcome.code, outcome.err) == (0, ""), outcome.err
    return outcome.out


# ------------------------------------------------------------------------------------------ golden pages

PAGES = {
    "why": ("should-connect", WEBINAR, "--explain", *DAY),
    "why-all": ("should-connect", WEBINAR, "--explain", "--all", *DAY),
    "why-not-rule": ("why-not", "generic-note", PITCH, *DAY),
    "why-not-holds": ("why-not", "generic-note", WEBINAR, *DAY),
    "why-not-connect": ("why-not", "--verdict", "connect", PITCH, *DAY),
    "why-not-avoid": ("why-not", "--verdict", "avoid", WEBINAR, *DAY),
    "what-if": ("what-if", PITCH, *DAY),
    "what-if-not-today": ("what-if", FULL, *DAY),
    "agenda": ("ask", "--no-input", WEBINAR, *DAY, "--format", "text"),
}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("format_", ["text", "markdown"])
def test_explanations_look_as_they_did(cli: CommandLine, golden: Golden, name: str, format_: str) -> None:
    """Each kind of explanation against its golden page, on the terminal and as Markdown."""
    ending = {"text": "txt", "markdown": "md"}[format_]
    arguments = [each for each in PAGES[name] if each not in ("--format", "text")]
    shown = said(cli(*arguments, "--format", format_))
    version = json.loads(said(cli("should-connect", WEBINAR, *DAY, "--format", "json")))["knowledge_base"]
    golden(f"explanations/{name}.{ending}", shown.replace(version[:12], "<hash>"))


@pytest.mark.parametrize("name", [name for name in PAGES if not name.endswith("-all")])
def test_every_explanation_can_be_had_as_json(cli: CommandLine, name: str) -> None:
    """JSON carries the same answer."""
    arguments = [each for each in PAGES[name] if each not in ("--format", "text")]
    answer = json.loads(said(cli(*arguments, "--format", "json")))
    assert answer["verdict"] in ("connect", "revise", "wait", "avoid")


def test_the_same_question_gives_the_same_bytes(cli: CommandLine) -> None:
    """Asked twice, with either engine, an explanation is the same to the byte."""
    asked = ("what-if", WEBINAR, *DAY, "--format", "json")
    assert said(cli(*asked)) == said(cli(*asked, "--engine", "reference"))


def test_a_search_that_is_cut_off_ends_at_the_same_place_in_every_process(tmp_path: Path) -> None:
    """No order of a set, which differs from process to process, decides what is tried."""
    note = (
        "Hi Ruth, I love what [Company] does. Get 50 more leads! Could we jump on a 20-minute call? "
        "You have a beautiful smile. You have ignored me twice. I am trying to grow my network."
    )
    path = write(tmp_path, "many-faults.yaml", f'prospect: Mara Lind\ndraft: "{note}"\n')

    def run(seed: str) -> bytes:
        command = [sys.executable, "-m", "advisor", "what-if", path, *DAY, "--format", "json"]
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT / "src")}
        return subprocess.run(command, env=environment, capture_output=True, check=True).stdout

    assert run("1") == run("2")


# ---------------------------------------------------------------------------------------- usage and names


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("why-not", "generic-not", WEBINAR), "generic-note"),
        (("why-not", "--verdict", "conect", WEBINAR), "connect"),
        (("what-if", WEBINAR, "--want", "conect"), "connect"),
        (("why-not", WEBINAR), "RULE and FILE"),
        (("why-not",), "RULE and FILE"),
        (("why-not", "--verdict", "connect"), "FILE"),
        (("why-not", "generic-note", WEBINAR, "--verdict", "connect"), "not about both"),
        (("what-if",), "PROSPECT"),
        (("what-if", "no-such-file.yaml"), "no-such-file.yaml"),
        (("replay", "no-such-file.json"), "no-such-file.json"),
        (("ask", "no-such-file.yaml"), "no-such-file.yaml"),
    ],
    ids=str,
)
def test_wrong_usage_is_said_plainly(cli: CommandLine, arguments: tuple[str | Path, ...], hint: str) -> None:
    """Exit code 2, no data, and words that help."""
    outcome = cli(*arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert hint in outcome.err
    assert "Traceback" not in outcome.err


def test_a_settled_refusal_says_that_nothing_leads_there(cli: CommandLine, tmp_path: Path) -> None:
    """Somebody who is connected already cannot be asked to connect, whatever one does."""
    path = write(
        tmp_path, "a.yaml", "prospect: Ana Souza\nrelationship: {known_as: friend, status: connected}\n"
    )
    shown = " ".join(said(cli("what-if", path)).split())
    assert "Nothing that you can do leads to connect." in shown
    assert "[already-connected]" in shown
    assert "It would fall only if:" in shown


def test_an_exact_edit_leads_where_it_says(cli: CommandLine, tmp_path: Path) -> None:
    """The edited note, written to a file and asked about, gives the verdict that was promised."""
    answer = json.loads(said(cli("what-if", WEBINAR, *DAY, "--format", "json")))
    edited = [way for way in answer["ways"] if way["draft"]]
    assert edited
    for way in edited:
        note = write(tmp_path, "note.txt", way["draft"])
        again = json.loads(said(cli("should-connect", WEBINAR, "--draft", note, *DAY, "--format", "json")))
        assert again["verdict"] == way["verdict"] == "connect"


# ------------------------------------------------------------------------------------------------ ask


def ask(cli: CommandLine, *arguments: str | Path, lines: str) -> Outcome:
    """An interview answered line by line."""
    outcome = cli("ask", *arguments, stdin=lines.encode())
    assert "Traceback" not in outcome.err
    return outcome


def test_an_interview_from_nothing_asks_for_the_name_and_then_for_what_decides(cli: CommandLine) -> None:
    """Empty answers are `I don't know`; in the end there is a verdict on standard output."""
    outcome = ask(cli, lines="Ana Souza\n" + "\n" * 60)
    assert outcome.code == 0
    assert outcome.out.startswith("AVOID")
    assert "Ana Souza" in outcome.out
    assert "How do you know this person?" in outcome.err
    assert "Nothing is left to ask" in outcome.err


def test_an_interview_stops_as_soon_as_the_verdict_is_settled(cli: CommandLine, tmp_path: Path) -> None:
    """One answer that decides ends it, and the file that it writes gives the same verdict."""
    path = write(tmp_path, "a.yaml", (EXAMPLES / "former-colleague.yaml").read_text())
    saved = tmp_path / "b.yaml"
    outcome = ask(cli, path, *DAY, "--tier", "premium", "--save", saved, lines="no\n")
    assert outcome.code == 0
    assert outcome.err.count("> ") == 1
    assert "Settled" in outcome.err
    again = json.loads(said(cli("should-connect", saved, *DAY, "--format", "json")))
    assert (again["verdict"], again["settled"]) == ("connect", True)


def test_why_back_and_stop_do_what_they_say(cli: CommandLine, tmp_path: Path) -> None:
    """`why` names rules, `back` asks the last question again, `stop` gives the verdict as it stands."""
    outcome = ask(cli, lines="Ana Souza\nback\nfriend\nback\nstranger\nwhy\nstop\n")
    assert outcome.code == 0
    assert "There is nothing to go back to." in outcome.err
    assert outcome.err.count("How do you know this person?") == 2
    assert "no-link-no-reason" in outcome.err
    assert "Stopped" in outcome.err
    assert outcome.out.startswith("AVOID")


@pytest.mark.parametrize(
    "answer", ["99", "perhaps", "0", "-1", "x" * 3000, "\x1b[31m", "stranger: x: y", "@nowhere.txt"]
)
def test_what_is_no_answer_is_said_and_asked_again(cli: CommandLine, answer: str) -> None:
    """A wrong answer never ends the interview and never gets into the file."""
    outcome = ask(cli, lines=f"Ana Souza\n{answer}\nstranger\nstop\n")
    assert outcome.code == 0
    assert "That " in outcome.err
    assert outcome.out.startswith("AVOID")


def test_a_note_is_taken_over_several_lines(cli: CommandLine, tmp_path: Path) -> None:
    """A note ends with a line that holds just a full stop; its blank lines stay."""
    path = write(tmp_path, "a.yaml", "prospect: Ana Souza\nrelationship: {known_as: friend, met: [call]}\n")
    saved = tmp_path / "b.yaml"
    note = "Dear Ana,\n\nthank you for the call.  \nDirk"
    outcome = ask(cli, path, "--save", saved, lines=f"{note}\n.\nstop\n")
    assert outcome.code == 0, outcome.err
    assert "What will your note say?" in outcome.err
    assert told_by(saved.read_text(), None).draft == note


def test_an_interview_cut_off_gives_the_verdict_as_it_stands(cli: CommandLine) -> None:
    """Where the input ends, so does the interview; where not even a name was told, there is no verdict."""
    assert ask(cli, lines="Ana Souza\nstranger").out.startswith("AVOID")
    nobody = ask(cli, lines="")
    assert (nobody.code, nobody.out) == (130, "")


@pytest.mark.parametrize(
    "name", ["no", "1848", "- x", "a: b", "#x", "null", 'Ana "Bo" O\'Neill', "2026-11-20", "王小明", "yes"]
)
def test_what_is_saved_reads_back_as_it_was_told(cli: CommandLine, tmp_path: Path, name: str) -> None:
    """A saved file holds just what was typed, whatever YAML might make of it."""
    saved = tmp_path / "saved.yaml"
    outcome = ask(cli, "--save", saved, lines=f"{name}\nstranger\nstop\n")
    assert outcome.code == 0
    situation = told_by(saved.read_text(encoding="utf-8"), None)
    assert situation.prospect.name == name
    assert situation.relationship is not None
    assert situation.relationship.known_as == "stranger"


def test_nothing_is_overwritten_and_that_is_said_before_the_first_question(
    cli: CommandLine, tmp_path: Path
) -> None:
    """An interview whose answers could not be written is not begun."""
    taken = write(tmp_path, "taken.yaml", "prospect: Eva\n")
    outcome = ask(cli, "--save", taken, lines="Ana\nstop\n")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.codes == ["file-exists"]
    assert "Whom" not in outcome.err
    assert taken.read_text() == "prospect: Eva\n"
    assert ask(cli, "--save", taken, "--force", lines="Ana\nstop\n").code == 0
    assert told_by(taken.read_text(), None).prospect.name == "Ana"
    nowhere = ask(cli, "--save", tmp_path / "no" / "such.yaml", lines="Ana\nstop\n")
    assert (nowhere.code, nowhere.codes) == (2, ["unwritable"])


@pytest.mark.parametrize("typed", [b"Mara\x1b[31m", b"Mara\xff\xfe", "Mara\u2028Lind".encode(), b"Ma\x00ra"])
def test_signs_that_no_file_may_hold_are_not_taken(cli: CommandLine, tmp_path: Path, typed: bytes) -> None:
    """What could not be read back is never saved."""
    saved = tmp_path / "saved.yaml"
    outcome = cli("ask", "--save", saved, stdin=typed + b"\nAna\nstop\n")
    assert outcome.code == 0, outcome.err
    assert "cannot be seen" in outcome.err
    assert told_by(saved.read_text(encoding="utf-8"), None).prospect.name == "Ana"


def test_standard_output_is_for_the_verdict(cli: CommandLine) -> None:
    """`--save -` would mix the file with the verdict."""
    assert cli("ask", "--save", "-", stdin=b"Ana\nstop\n").code == 2


def test_an_answer_about_a_meeting_goes_to_one_that_was() -> None:
    """Whether words were exchanged is told of the past occasion, not of the one to come."""
    place = AnswerPlace.at("relationship.met.talked", should_connect().vocabulary)
    met = [{"how": "webinar", "when": "2027-03-01"}, {"how": "event", "when": "2026-03-01"}]
    after = place.put({"relationship": {"met": met}}, "yes", date(2026, 11, 20))
    assert [each.get("talked") for each in after["relationship"]["met"]] == [None, True]


def test_open_questions_are_printed_as_data(cli: CommandLine) -> None:
    """`--no-input` asks nothing; each question has its place, its answers and the rules that hang on it."""
    agenda = json.loads(said(cli("ask", "--no-input", WEBINAR, *DAY)))
    assert not agenda["settled"]
    assert agenda["questions"]
    for question in agenda["questions"]:
        assert question["told"]
        assert question["hangs_on"]
        assert set(question["answers"].values()) <= {"connect", "revise", "wait", "avoid"}
    assert json.loads(said(cli("ask", "--no-input")))["verdict"] == "avoid"


@pytest.mark.parametrize(
    ("place", "typed", "told"),
    [
        ("relationship.known_as", "2", {"relationship": {"known_as": "former colleague"}}),
        ("relationship.met.how", "none", {"relationship": {"met": []}}),
        (
            "relationship.met.how",
            "2: PyCon; call",
            {"relationship": {"met": [{"how": "webinar", "where": "PyCon"}, {"how": "call"}]}},
        ),
        ("relationship.met.talked", "Yes", {"relationship": {"met": [{"talked": True}]}}),
        (
            "relationship.mutual_connections.count",
            "3",
            {"relationship": {"mutual_connections": {"count": 3}}},
        ),
        (
            "relationship.mutual_connections.people.introduction",
            "could",
            {"relationship": {"mutual_connections": {"people": [{"introduction": "could"}]}}},
        ),
        (
            "relationship.shared.schools",
            "Makerere, ETH",
            {"relationship": {"shared": {"schools": ["Makerere", "ETH"]}}},
        ),
        ("relationship.shared.schools", "no", {"relationship": {"shared": {"schools": []}}}),
        ("sending.acceptance_rate", "19 of 50", {"sending": {"sent": 50, "accepted": 19}}),
        ("sending.acceptance_rate", "38%", {"sending": {"acceptance_rate": "38%"}}),
        ("sending.restricted", "n", {"sending": {"restricted": False}}),
        ("purpose.work", "none", {"purpose": {"work": "none"}}),
        ("relationship.status_since", "2026-11-01", {"relationship": {"status_since": "2026-11-01"}}),
    ],
)
def test_an_answer_goes_where_a_prospect_file_tells_it(
    place: str, typed: str, told: dict[str, object]
) -> None:
    """Each kind of answer, in its place and form."""
    assert AnswerPlace.at(place, should_connect().vocabulary).put({}, typed) == told


@pytest.mark.parametrize(
    ("place", "typed"),
    [
        ("relationship.known_as", "99"),
        ("sending.restricted", "maybe"),
        ("sending.today", "-1"),
        ("sending.today", "many"),
        ("relationship.shared.schools", "yes"),
        ("purpose.work", "yes"),
        ("sending.acceptance_rate", "50 of 19"),
        ("sending.acceptance_rate", "0 of 0"),
    ],
)
def test_what_is_no_answer_is_refused_with_what_would_be_one(place: str, typed: str) -> None:
    """The refusal says what could be answered instead."""
    with pytest.raises(NotAnAnswer, match=r"\w"):
        AnswerPlace.at(place, should_connect().vocabulary).put({}, typed)


def test_every_question_has_a_place_that_takes_answers() -> None:
    """Whatever can be asked can be answered: its place exists, and it is clear what it takes."""
    vocabulary = should_connect().vocabulary
    for spec in vocabulary.given:
        if spec.ask:
            place = AnswerPlace.at(spec.told, vocabulary)
            assert place.takes
            assert (place.kind in ("choice", "choices")) == bool(place.options)


# ---------------------------------------------------------------------------------------------- replay


@pytest.fixture
def receipt(cli: CommandLine, tmp_path: Path) -> Path:
    """A receipt of the webinar contact."""
    return write(tmp_path, "r.json", said(cli("should-connect", WEBINAR, *DAY, "--format", "json")))


def test_a_replay_of_the_same_says_so(cli: CommandLine, receipt: Path) -> None:
    """Nothing has changed, from a file and from standard input."""
    assert "Nothing has changed" in said(cli("replay", receipt))
    assert "Nothing has changed" in said(cli("replay", "-", stdin=receipt.read_bytes()))


def test_a_replay_with_other_rules_explains_what_changed(
    cli: CommandLine, receipt: Path, tmp_path: Path
) -> None:
    """A limit that falls below what was sent makes a rule hold, and its change is named as the cause."""
    found = shipped()
    shutil.copytree(found.rules, tmp_path / "kb" / "rules")
    shutil.copytree(found.knowledge, tmp_path / "kb" / "knowledge")
    settings = tmp_path / "kb" / "rules" / "should-connect" / "settings.yaml"
    settings.write_text(settings.read_text().replace("value: 100", "value: 9", 1))
    outcome = cli("replay", receipt, "--rules", tmp_path / "kb", "--fail-on-change")
    assert outcome.code == 1
    shown = " ".join(outcome.out.split())
    assert "It was revise, and is wait now." in shown
    assert "weekly-limit-reached now holds because `weekly_limit` was changed" in shown
    data = json.loads(cli("replay", receipt, "--rules", tmp_path / "kb", "--format", "json").out)
    assert (data["same"], data["before"], data["after"]) == (False, "revise", "wait")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("[]", "not-a-receipt"),
        ('{"prospect": "Ana"}', "not-a-receipt"),
        ("{", "syntax"),
        ("", "not-a-receipt"),
    ],
)
def test_what_is_no_receipt_is_refused(cli: CommandLine, tmp_path: Path, content: str, code: str) -> None:
    """Exit code 2 and one plain complaint."""
    outcome = cli("replay", write(tmp_path, "r.json", content))
    assert (outcome.code, outcome.out, outcome.codes) == (2, "", [code])


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("schema_version", 99, "other-version"),
        ("facts", [], "wrong-type"),
        ("verdict", 3, "wrong-type"),
        ("situation", {"prospect": {"nam": "Ana"}}, "unknown-key"),
        ("as_of", "yesterday", "bad-date"),
        ("as_of", "2026-W05-1", "bad-date"),
        ("consultation", "no-such-thing", "other-consultation"),
        ("schema_version", True, "other-version"),
    ],
)
def test_a_receipt_that_was_tampered_with_is_refused_at_its_place(
    cli: CommandLine, receipt: Path, tmp_path: Path, key: str, value: object, code: str
) -> None:
    """Each fault with its place in the receipt, and no traceback."""
    data = {**json.loads(receipt.read_text()), key: value}
    outcome = cli("replay", write(tmp_path, "t.json", json.dumps(data)))
    assert (outcome.code, outcome.out) == (2, "")
    assert code in outcome.codes, outcome.err
