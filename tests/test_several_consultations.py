"""The workbench and the explaining commands, on rules with a second consultation about another subject."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import advisor
from advisor.catalog.answers import AnswerPlace, NotAnAnswer
from advisor.catalog.load import load
from advisor.errors import UnknownName
from advisor.model.situation import Prospect, Situation
from advisor.model.subject import SUBJECTS, Subject
from advisor.model.vocabulary import Option, Vocabulary
from advisor.testing import LAWS, check_all_laws
from advisor.wiring import Advisor
from command_line import CommandLine, Outcome, write
from second_consultation import HABITS, beside_its_lender, beside_the_shipped
from strategies import shipped_knowledge, should_connect

ASKED = ("--consultation", HABITS)
DAY = ("--as-of", "2026-11-20")
FULL = "sending: {last_7_days: 100, restricted: no, acceptance_rate: 20%}\n"


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped rules with a second consultation; only read."""
    return beside_its_lender(tmp_path_factory.mktemp("two"))


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """A history file: a full week, and few acceptances."""
    return write(tmp_path, "mine.yaml", FULL)


def said(outcome: Outcome) -> str:
    """What was written to standard output, where all went well."""
    assert (outcome.code, outcome.err) == (0, ""), outcome.err
    return outcome.out


# ------------------------------------------------------------------------------------ from Python


@pytest.mark.parametrize("subject", SUBJECTS.values(), ids=SUBJECTS)
def test_what_can_be_asked_about_comes_from_the_package(subject: Subject) -> None:
    """Whoever asks another consultation needs no inner module for it."""
    name = subject.model.__name__
    assert getattr(advisor, name) is subject.model
    assert name in advisor.__all__


def test_a_misspelt_consultation_is_named_with_its_likeness() -> None:
    """From Python as from the command line."""
    with pytest.raises(UnknownName, match="did you mean pace"):
        Advisor(shipped_knowledge(), "reference", "pase")


@pytest.mark.parametrize("told", [Situation(prospect=Prospect(name="Ana Souza")), {"sending": {"today": 3}}])
def test_what_is_no_history_is_not_judged_as_one(told: Any) -> None:
    """Where nothing that was told is looked at, an answer would be a guess."""
    pace = Advisor(shipped_knowledge(), "reference", "pace")
    for answer in (pace.advise, pace.brief, pace.standing, pace.receipt, pace.read):
        with pytest.raises(TypeError, match="asked about a History"):
            answer(told)


# ------------------------------------------------------------------------------------ looking at rules


def test_all_rules_are_listed_by_consultation_each_once(cli: CommandLine, rules: Path) -> None:
    """What is borrowed is listed where it is written."""
    everything = json.loads(said(cli("rules", "list", "--rules", rules, "--format", "json")))
    ids = [each["id"] for each in everything]
    assert len(ids) == len(set(ids))
    homes = {each["id"]: each["consultation"] for each in everything}
    assert (homes["habits-in-vain"], homes["acceptance-too-low"]) == (HABITS, "should-connect")
    own = json.loads(said(cli("rules", "list", "--rules", rules, *ASKED, "--format", "json")))
    assert [each["id"] for each in own] == ["habits-free", "habits-in-vain", "habits-too-much"]
    shown = said(cli("rules", "list", "--rules", rules, "--theme", "pace"))
    assert f"{HABITS}/pace (3)" in shown
    assert "should-connect/pace (" in shown
    unknown = cli("rules", "list", "--rules", rules, "--consultation", "habit")
    assert (unknown.code, unknown.out) == (2, "")
    assert "did you mean habits" in unknown.err


def test_a_rule_of_any_consultation_is_explained(cli: CommandLine, rules: Path) -> None:
    """The page says where it belongs; the page of a passage names rules of both."""
    assert f"{HABITS}/pace" in said(cli("explain", "habits-in-vain", "--rules", rules))
    passage = said(cli("explain", "how-many-requests/weekly-limit", "--rules", rules))
    assert "habits-too-much" in passage
    assert "weekly-limit-reached" in passage
    assert "did you mean habits-free" in cli("explain", "habits-fre", "--rules", rules).err


def test_pictures_are_drawn_of_the_consultation_that_has_what_is_named(cli: CommandLine, rules: Path) -> None:
    """A rule or a conclusion leads to its home; without one, should-connect is drawn."""
    drawing = ("rules", "graph", "--rules", rules, "--format", "mermaid")
    assert "habits-in-vain" in said(cli(*drawing, "--rule", "habits-in-vain"))
    assert "acceptance-too-low" in said(cli(*drawing, "--rule", "habits-in-vain"))
    assert "habits-" not in said(cli(*drawing, "--conclusion", "acceptance.low"))
    assert "habits-too-much" in said(cli(*drawing, *ASKED))
    assert "habits-" not in said(cli(*drawing))
    assert cli(*drawing, "--rule", "no-such-rule").code == 2


def test_a_draft_goes_into_the_folder_of_its_consultation(cli: CommandLine, tmp_path: Path) -> None:
    """It may test what can be borrowed, conclude nothing that is borrowed, and take no id that is taken."""
    rules = beside_the_shipped(tmp_path / "own")
    new = ("rules", "new", "--rules", rules, *ASKED)
    assert cli(*new, "a-new-one", "--fact", "introduced", "--concern", "stop").code == 0
    text = (rules / "rules" / HABITS / "pace.yaml").read_text(encoding="utf-8")
    assert "id: a-new-one" in text
    assert "when: introduced" in text
    assert "{me.name}" in text
    assert cli("rules", "check", rules).code == 0
    base = load(rules / "rules", rules / "knowledge")
    assert [rule.status for rule in base.consultation(HABITS).written if rule.id == "a-new-one"] == ["draft"]
    taken = cli(*new, "known-directly")
    assert (taken.code, taken.codes) == (2, ["duplicate-id"])
    assert "in `should-connect`" in taken.err
    concluding = cli(*new, "another", "--conclude", "introduced", "--fact", "met.how")
    assert (concluding.code, concluding.codes) == (2, ["not-a-conclusion"])
    assert "--consultation should-connect" in concluding.err
    assert cli("rules", "new", "b", "--rules", rules, "--consultation", "habit").code == 2


def test_doctor_says_what_each_consultation_has(cli: CommandLine, rules: Path) -> None:
    """Its own, what it borrows, and what it is asked about."""
    told = " ".join(cli("doctor", "--rules", rules).out.split())
    assert "habits 3 rules, 0 facts, 1 settings; of should-connect 2 rules, 8 facts, 4 settings" in told
    assert "asked about: history" in told


# ---------------------------------------------------------------------------------------- explanations


def test_why_not_takes_a_file_about_the_subject(cli: CommandLine, rules: Path, history: Path) -> None:
    """A rule that is borrowed can be asked about too; the clauses say what they saw."""
    asked = ("why-not", "--rules", rules, *ASKED, *DAY)
    answer = json.loads(said(cli(*asked, "--verdict", "steady", history, "--format", "json")))
    assert (answer["verdict"], answer["holds"]) == ("stop", False)
    page = said(cli(*asked, "habits-free", history))
    assert page.startswith("Nothing is restricted [habits-free] · Have I been sending too much?")
    assert "told at sending.restricted" in " ".join(page.split())
    assert "The rule holds" in said(cli(*asked, "acceptance-too-low", history))
    assert cli(*asked, "known-dirctly", history).code == 2


def test_a_file_about_something_else_is_refused_at_its_place(
    cli: CommandLine, rules: Path, tmp_path: Path
) -> None:
    """A prospect file is no history, and a history no prospect file."""
    prospect = write(tmp_path, "ana.yaml", "prospect: Ana\n")
    told = cli("why-not", "--rules", rules, *ASKED, "habits-free", prospect)
    assert (told.code, told.codes) == (2, ["unknown-key"])
    assert cli("why-not", "--rules", rules, "no-note", write(tmp_path, "b.yaml", FULL)).code == 2
    for option in ("--draft", "--export"):
        refused = cli("why-not", "--rules", rules, *ASKED, "habits-free", prospect, option, prospect)
        assert refused.code == 2
        assert f"asked about a history, which has no part for {option}" in " ".join(refused.err.split())


def test_what_if_is_for_prospects(cli: CommandLine, rules: Path, history: Path) -> None:
    """It says so, and where to look instead."""
    refused = cli("what-if", history, "--rules", rules, *ASKED)
    assert (refused.code, refused.out) == (2, "")
    assert "change prospect files; `habits` is asked about a history" in " ".join(refused.err.split())


def test_an_interview_asks_what_the_subject_has_places_for(
    cli: CommandLine, rules: Path, tmp_path: Path
) -> None:
    """Nothing that only a prospect file could tell; what is told is written as a file of the subject."""
    saved = tmp_path / "saved.yaml"
    told = cli("ask", "--rules", rules, *ASKED, *DAY, "--save", saved, stdin=b"19 of 50\n100\n\n\n\n")
    assert told.code == 0, told.err
    assert told.out.startswith("SLOW-DOWN")
    assert "How do you know" not in told.err
    text = saved.read_text(encoding="utf-8")
    assert "go on with `advisor habits`" in text
    assert "last_7_days: 100" in text
    again = cli("ask", saved, "--rules", rules, *ASKED, *DAY, stdin=b"stop\n")
    assert (again.code, again.out.splitlines()[0]) == (0, told.out.splitlines()[0])
    questions = json.loads(said(cli("ask", "--no-input", "--rules", rules, *ASKED)))["questions"]
    assert {each["fact"] for each in questions} == {"pace.acceptance_rate", "pace.last_7_days"}


def test_a_receipt_says_which_consultation_it_is_of(cli: CommandLine, rules: Path, tmp_path: Path) -> None:
    """It is decided again by that one's rules, and refused where there is none of that name."""
    from advisor.model.history import History
    from advisor.model.situation import Sending
    from advisor.report.json import render
    from advisor.wiring import Advisor

    advisor = Advisor(load(rules / "rules", rules / "knowledge"), "reference", HABITS)
    receipt = write(tmp_path, "r.json", render(advisor.receipt(History(sending=Sending(last_7_days=100)))))
    told = cli("replay", receipt, "--rules", rules)
    assert "Still slow-down" in told.out
    assert told.out.startswith("Decided again · Have I been sending too much?")
    elsewhere = cli("replay", receipt)
    assert (elsewhere.code, elsewhere.codes) == (2, ["other-consultation"])


def test_a_closed_list_of_several_takes_several() -> None:
    """Numbers and words of the list, with commas; what is no list of words stays names."""
    vocabulary = Vocabulary({}, {"done": (Option("thanked"), Option("wrote"))})
    place = AnswerPlace.at("done", vocabulary, "event")
    assert (place.kind, [option.name for option in place.options]) == ("options", ["thanked", "wrote"])
    assert place.put({}, "1, wrote") == {"done": ["thanked", "wrote"]}
    assert place.put({}, "none") == {"done": []}
    with pytest.raises(NotAnAnswer, match="numbers 1 to 2"):
        place.put({}, "3")
    with pytest.raises(NotAnAnswer, match="which"):
        place.put({}, "yes")
    assert AnswerPlace.at("prospect.about", should_connect().vocabulary).kind == "names"


def test_whom_a_file_is_about_is_known_for_each_subject() -> None:
    """An interview from nothing begins with the name, unless files are about the sender alone."""
    names = {subject: AnswerPlace.of_name(subject) for subject in SUBJECTS}
    paths = {subject: name and name.path for subject, name in names.items()}
    assert paths == {
        "prospect": ("prospect", "name"),
        "invitation": ("sender", "name"),
        "history": None,
        "network": ("connection", "name"),
        "event": ("person", "name"),
        "goals": None,
    }


# ------------------------------------------------------------------------------------------------ laws

LAW = """\
  - id: habits-law
    consultation: habits
    says: A full week is never steady
    where: {fact: pace.last_7_days, gte: 90}
    never: [steady]
    cites: [how-many-requests/weekly-limit]
"""


def test_what_breaks_a_law_of_another_consultation_is_told_as_a_file_of_its_subject(
    cli: CommandLine, tmp_path: Path
) -> None:
    """The counterexample reads well, and the file that shows it is one that `ask` goes on from."""
    pytest.importorskip("z3")
    rules = beside_its_lender(tmp_path / "own")
    laws = rules / "rules" / "laws.yaml"
    laws.write_text(laws.read_text(encoding="utf-8") + "\n" + LAW, encoding="utf-8")
    told = cli("rules", "analyze", rules, "--law", "habits-law", "--witness", tmp_path / "broken")
    assert told.code == 1
    assert "habits-law" in told.out
    assert "a history file with the verdict steady" in told.err
    file = tmp_path / "broken" / "habits-law.yaml"
    assert "last_7_days: 9" in file.read_text(encoding="utf-8")
    agenda = cli("ask", file, "--no-input", "--format", "text", "--rules", rules, *ASKED)
    assert (agenda.code, agenda.out.splitlines()[1].split(",")[0]) == (0, "steady")


def test_the_laws_of_the_kit_hold_for_rules_that_borrow(rules: Path) -> None:
    """Those about prospect files are for consultations about prospects; the others are tried on any."""
    base = load(rules / "rules", rules / "knowledge")
    check_all_laws(base, HABITS, engine="reference", max_examples=20)
    fitting = {law.id for law in LAWS if law.fits(base.consultation(HABITS))}
    assert {"engines-agree", "the-verdict-is-possible"} <= fitting
    assert "what-was-told-survives" not in fitting
    assert all(law.fits(should_connect()) for law in LAWS)
