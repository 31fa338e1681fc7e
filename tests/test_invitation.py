"""An invitation is a request seen from its other end; its verdict rests on nothing but what is told of it."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.catalog.situations import read_told
from advisor.catalog.text import Document, parse
from advisor.inference.durable import available
from advisor.model.invitation import Invitation
from advisor.model.situation import Prospect, Relationship, Situation
from advisor.testing import LAWS, Law, RulesUnderTest, check_law
from advisor.wiring import Advisor, EngineName
from command_line import CommandLine, page_of, write
from conftest import Golden
from laws import advisor as on_requests
from laws import share
from strategies import (
    invitations,
    plain,
    received,
    renamings,
    shipped_knowledge,
    situations,
    told_on_both_ends,
)

ROOT = Path(__file__).parent.parent
SHOULD_ACCEPT = "should-accept"
EXAMPLES = ROOT / "examples"
ON_FILES = {"what-was-told-survives", "another-name-changes-nothing", "a-receipt-gives-itself-again"}
"""Laws that are tried on prospect files; the others are about facts."""


@lru_cache(maxsize=2)
def advisor(engine: EngineName = "auto") -> Advisor:
    """One advisor for all tests."""
    return Advisor(shipped_knowledge(), engine, SHOULD_ACCEPT)


def held(invitation: Invitation) -> frozenset[str]:
    """The rules that hold."""
    return advisor().infer(advisor().read(invitation)).held


# ------------------------------------------------------------------------------------------ laws of rules


@pytest.mark.parametrize("law", [each for each in LAWS if each.id not in ON_FILES], ids=lambda law: law.id)
def test_the_laws_of_all_rules_hold_for_those_about_invitations(law: Law) -> None:
    """Engines agree, order changes nothing, and no case influences the next, here as elsewhere."""
    check_law(law, RulesUnderTest(consultation=SHOULD_ACCEPT), 40)


@pytest.mark.skipif(available() is not None, reason=available() or "")
@share(30)
@given(invitations())
def test_both_engines_give_the_same_verdict_on_an_invitation(invitation: Invitation) -> None:
    """Nothing of a verdict is the engine's own: both engines give the same, word for word."""
    assert advisor("durable").advise(invitation) == advisor("reference").advise(invitation)


# ------------------------------------------------------------------------------------------ the other end


@share(60)
@given(situations().map(told_on_both_ends))
def test_a_note_is_read_alike_on_both_ends(situation: Situation) -> None:
    """What is read in a note, and in what words, is the same for who sends it and for who receives it."""
    sent, got = on_requests().read(situation), advisor().read(received(situation))
    read = {name: value for name, value in sent.facts.items() if name.startswith("note.")}
    assert {name: value for name, value in got.facts.items() if name.startswith("note.")} == {
        name: value for name, value in read.items() if name in advisor().vocabulary
    }
    assert got.spans == sent.spans


@share(60)
@given(situations().map(told_on_both_ends))
def test_two_people_are_linked_alike_on_both_ends(situation: Situation) -> None:
    """Acquaintance, occasions, shared connections and common ground are the same from either end."""
    sent, got = on_requests().read(situation).facts, advisor().read(received(situation)).facts
    for name in (fact for fact in got if fact.startswith(("relationship.", "met.", "mutuals.", "shared."))):
        assert got[name] == sent[name]


@share(60)
@given(invitations())
def test_every_fact_of_an_invitation_is_in_the_vocabulary(invitation: Invitation) -> None:
    """Whatever the reader says is a fact that the vocabulary knows, with a value that it allows."""
    vocabulary = advisor().vocabulary
    for fact, value in advisor().read(invitation).facts.items():
        assert vocabulary[fact].complaint(value) is None
        assert vocabulary[fact].origin != "concluded"


@share(60)
@given(renamings())
def test_other_names_change_nothing_about_an_invitation(both: tuple[Situation, Situation]) -> None:
    """What the one who was asked is called, in the file and in the note alike, turns no rule."""
    before, after = (received(told_on_both_ends(each)) for each in both)
    assert held(before) == held(after)


@share(60)
@given(
    invitations().filter(lambda each: not each.note), st.sampled_from(["Bo Ek", "Aiko 藤田", "Нина Орлова"])
)
def test_another_sender_changes_nothing_where_there_is_no_note(invitation: Invitation, name: str) -> None:
    """What the sender is called is no reason for or against anything."""
    assert held(replace(invitation, sender=replace(invitation.sender, name=name))) == held(invitation)


@share(60)
@given(invitations(), st.sampled_from(["", " ", "\n \n", "none", "None"]))
def test_a_note_without_words_is_no_note(invitation: Invitation, note: str) -> None:
    """An empty note, one of blanks and a told absence are one and the same."""
    without = replace(invitation, note="")
    assert advisor().read(replace(invitation, note=note)) == advisor().read(without)
    assert advisor().read(without).facts["note.present"] is False


@share(60)
@given(invitations())
def test_nothing_but_harm_leads_to_a_report(invitation: Invitation) -> None:
    """Without abusive behaviour, a threat or pursuit after a no, nobody is reported: not for a pitch."""
    verdict = advisor().brief(invitation)
    harm = {"abusive-behaviour", "threat-in-the-note", "pursued-after-a-no"} & held(invitation)
    assert (verdict.verdict == "report") is bool(harm)


def test_an_invitation_without_a_name_of_ones_own_is_read() -> None:
    """Who does not say who they are is greeted by nobody in particular, and no name is wrong."""
    told = Invitation(sender=Prospect(name="Bo Ek"), note="Dear Ana, I liked your talk on tidal mills. Bo Ek")
    assert advisor().read(told).facts["note.greeting"] == "unclear"


def test_a_stranger_of_whom_all_is_told_is_settled_without_a_word_about_ones_wishes() -> None:
    """What the sender wants, and what one wishes oneself, is told of one's own accord: no verdict waits."""
    told = json.loads(json.dumps(plain(read("glassblower-with-an-idea"))))
    assert {"wants", "wishes"}.isdisjoint(told)
    assert advisor().advise(read("glassblower-with-an-idea")).settled


def read(name: str) -> Invitation:
    """An example."""
    text = (EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8")
    told: Invitation = read_told("invitation", parse(text, name), advisor().vocabulary)
    return told


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ({"sender": "Ana", "behaviour": "stalking"}, {"behaviour": ("harassing",)}),
        ({"sender": "Ana", "behaviour": "none"}, {"behaviour": ()}),
        ({"sender": "Ana", "behaviour": ["flirting", "spam"]}, {"behaviour": ("romantic", "mass mailing")}),
        ({"sender": "Ana", "benefit": True}, {"benefit": "me"}),
        (
            {"sender": "Ana", "relationship": "ex-colleague"},
            {"relationship": Relationship(known_as="former colleague")},
        ),
    ],
)
def test_an_invitation_may_be_told_in_a_few_words(told: dict[str, object], meant: dict[str, object]) -> None:
    """Shorthands and other words for the values of closed lists are understood."""
    read_as = read_told("invitation", Document("ana", told), advisor().vocabulary)
    assert read_as == Invitation(sender=Prospect(name="Ana"), **meant)  # type: ignore[arg-type]


@pytest.mark.parametrize(("told", "kind"), [("pitch", "sell"), ("job offer", "hire"), ("none", "none")])
def test_what_they_want_may_be_told_in_a_word(told: str, kind: str) -> None:
    """`wants: pitch` is enough."""
    wants = read_told(
        "invitation", Document("ana", {"sender": "Ana", "wants": told}), advisor().vocabulary
    ).wants
    assert wants.kind == kind


@pytest.mark.parametrize(("told", "contact"), [(True, "yes"), (False, "no"), ("maybe", "unsure")])
def test_ones_own_wish_may_be_told_in_a_word(told: object, contact: str) -> None:
    """`wishes: no` is enough."""
    wishes = read_told(
        "invitation", Document("ana", {"sender": "Ana", "wishes": told}), advisor().vocabulary
    ).wishes
    assert wishes.contact == contact


# ------------------------------------------------------------------------------------------ words to send


def test_a_question_is_made_of_what_was_told(cli: CommandLine, tmp_path: Path) -> None:
    """The words of a question name the sender and the user, and leave out what nobody told."""
    file = write(tmp_path, "ana.yaml", "sender: Ana Souza\nme: {name: Bo Ek}\n")
    written = json.loads(cli("should-accept", file, "--format", "json").out)
    (asking,) = written["concerns"]
    assert asking["words"][0] == "Hello Ana Souza,"
    assert asking["words"][-1] == "Kind regards, Bo Ek"
    nameless = write(tmp_path, "nobody.yaml", "sender: '?'\n")
    written = json.loads(cli("should-accept", nameless, "--format", "json").out)
    assert all("?," not in line and "regards" not in line for line in written["concerns"][0]["words"])


# ------------------------------------------------------------------------------------------ the command


@pytest.mark.parametrize(
    ("name", "format_", "ending"),
    [
        ("glassblower-with-an-idea", "text", "txt"),
        ("glassblower-with-an-idea", "markdown", "md"),
        ("glassblower-with-an-idea", "json", "json"),
        ("nobody-in-common", "text", "txt"),
        ("nobody-in-common", "markdown", "md"),
    ],
)
def test_examples_of_invitations_look_as_they_did(
    name: str, format_: str, ending: str, cli: CommandLine, golden: Golden
) -> None:
    """What the command prints for the examples, without the hash of the rules, which any edit changes."""
    golden(f"invitations/{name}.{ending}", page_of(cli, "should-accept", EXAMPLES / f"{name}.yaml", format_))


def test_the_note_and_oneself_may_stand_in_files_of_their_own(cli: CommandLine, tmp_path: Path) -> None:
    """Parts given as options take the place of those in the file; the note may be piped in."""
    ana = write(tmp_path, "ana.yaml", "sender: Ana Souza\nrelationship: stranger\nnote: Hello.\n")
    me = write(tmp_path, "me.yaml", "me: {name: Bo Ek}\n")
    note = b"Dear Bo, your talk on tidal mills in Porto was a joy."
    outcome = cli("should-accept", ana, "--note", "-", "--me", me, "--format", "json", stdin=note)
    facts = json.loads(outcome.out)["facts"]
    assert facts["note.personal"] is True
    assert facts["note.greeting"] == "right name"
    empty = write(tmp_path, "note.txt", "")
    outcome = cli("should-accept", ana, "--note", empty, "--format", "json")
    assert json.loads(outcome.out)["facts"]["note.present"] is False


@pytest.mark.parametrize(("limit", "code"), [("ask", 1), ("ignore", 1), ("decline", 0), ("report", 0)])
def test_fail_on_tells_a_script(cli: CommandLine, limit: str, code: int) -> None:
    """The exit code is 1 from the named verdict on, and the verdict is written all the same."""
    outcome = cli("should-accept", EXAMPLES / "nobody-in-common.yaml", "--fail-on", limit)
    assert (outcome.code, outcome.out.split(" ")[0]) == (code, "IGNORE")


def test_all_faults_of_an_invitation_are_told_at_once(cli: CommandLine, tmp_path: Path) -> None:
    """A wrong word, an unknown key and a missing name are complained about together, with hints."""
    file = write(tmp_path, "bad.yaml", "behaviour: harrassing\nnotes: Hello\n")
    outcome = cli("should-accept", file)
    assert outcome.code == 2
    assert outcome.out == ""
    assert "did you mean harassing " in outcome.err
    assert "did you mean `note` " in outcome.err
    assert "sender" in outcome.err


def test_a_file_to_start_from_is_answered_once_it_has_a_name(cli: CommandLine, tmp_path: Path) -> None:
    """`advisor new invitation` writes a file that `should-accept` takes as it is."""
    file = tmp_path / "ana.yaml"
    assert cli("new", "invitation", file).code == 0
    assert "advisor should-accept" in file.read_text(encoding="utf-8")
    assert cli("should-accept", file).out.startswith("ASK")
