"""`advisor rules check`: what can hardly be meant is told at its place, or allowed with a reason."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pytest
from hypothesis import given

from advisor.model.clauses import changed
from advisor.model.lint import Lint
from advisor.workbench.lint import lint
from advisor.workbench.sameness import difference
from advisor.workbench.search import CutOff, Searcher
from broken_knowledge import CONSULTATION, FACTS, OPEN, SETTINGS, VISITS
from command_line import CommandLine
from laws import share
from small_knowledge import FILES, write
from strategies import as_consultation, catalogs

SOUND = {
    **FILES,
    CONSULTATION: "schema_version: 2\n" + FILES[CONSULTATION],
    FACTS: FILES[FACTS].replace(
        "  note.words: {type",
        "  # advisor: allow unused-fact - shown where the note is read\n  note.words: {type",
    ),
    VISITS: FILES[VISITS]
    .replace(
        "- {name: five, given:",
        "- {name: four visits, given: {guest.visits: 4}, holds: false}\n      - {name: five, given:",
    )
    .replace(
        'given: {"rule:a-friend-at-an-open-door": true}',
        'given: {frequent: true, "rule:a-friend-at-an-open-door": true}',
    )
    .replace("message: This house", "fix: Take the offer out.\n    message: This house"),
}
"""The small knowledge base with nothing left to doubt."""


class Doubt(NamedTuple):
    """One place of the sound files written otherwise, and the complaint that it leads to."""

    file: str
    old: str
    new: str
    code: str
    points_at: str


DOUBTS = [
    Doubt(VISITS, OPEN, "{fact: guest.visits, gte: 0}", "always-true", "{fact: guest.visits"),
    Doubt(VISITS, OPEN, "{fact: guest.visits, gt: 31}", "never-true", "{fact: guest.visits"),
    Doubt(VISITS, OPEN, "{fact: guest.kind, in: [friend, trader, none]}", "always-true", "{fact: guest.kind"),
    Doubt(
        VISITS,
        OPEN,
        "{all: [{fact: guest.kind, eq: friend}, {fact: guest.kind, eq: trader}]}",
        "never-true",
        "{all",
    ),
    Doubt(VISITS, OPEN, "{any: [door.open, not door.open]}", "always-true", "{any"),
    Doubt(VISITS, OPEN, "{any: [door.open, {all: [door.open, welcome]}]}", "clause-without-effect", "{all"),
    Doubt(VISITS, OPEN, f"{OPEN}\n        - door.open", "clause-without-effect", "door.open"),
    Doubt(
        VISITS,
        "    then: {concern: leave}",
        "    unless: [{all: [not note.sells, {fact: guest.kind, eq: friend}]}]\n    then: {concern: leave}",
        "exception-without-effect",
        "{all",
    ),
    Doubt(VISITS, "unless:\n", "unless:\n      - note.sells\n", "untested-exception", "note.sells"),
    Doubt(
        VISITS,
        "      - {name: four visits, given: {guest.visits: 4}, holds: false}\n",
        "",
        "untested-threshold",
        "{fact: guest.visits",
    ),
    Doubt(
        VISITS,
        "- {name: shut,",
        "- {name: shut too, given: {welcome: true, door.open: true}, holds: false}\n      - {name: shut,",
        "contradicting-examples",
        "{name: shut too",
    ),
    Doubt(VISITS, "    fix: Take the offer out.\n", "", "concern-without-fix", "id: no-hawking"),
    Doubt(VISITS, "title: No hawking", "title: You come too often", "same-title", "You come too often"),
    Doubt(
        VISITS,
        "title: No hawking",
        "title: No hawking\n    effective: {until: 2020-01-01}",
        "expired-rule",
        "{until",
    ),
    Doubt(
        VISITS, "title: No hawking", "title: No hawking\n    review_by: 2020-01-01", "review-overdue", "2020"
    ),
    Doubt(
        SETTINGS,
        "    value: 4\n",
        "    value: 4\n    changes: [{from: 2020-01-01, value: 4}]\n",
        "passed-change",
        "{from",
    ),
    Doubt(
        SETTINGS,
        "  welcome_guests:",
        "  doors: {value: 3, means: Doors, cites: [manners/friends]}\n  welcome_guests:",
        "unused-setting",
        "doors",
    ),
    Doubt(
        FACTS,
        "  door.open: {",
        "  door.red: {type: yes-no, from: told, means: It is red}\n  door.open: {",
        "unused-fact",
        "door.red",
    ),
]
TWIN = """
  - id: no-trading
    title: No trading
    when:
      any: [{fact: guest.kind, eq: trader}, note.sells]
    then: {concern: leave}
    message: Nothing is bought here.
    fix: Take it out.
    cites: [manners/hawking]
    examples:
      - {name: a trader, given: {guest.kind: trader}, holds: true}
      - {name: a friend, given: {note.sells: false, guest.kind: friend}, holds: false}
"""
NEAR = """
  - id: {id}
    title: {id}
    when:
      all: [welcome, door.open, note.sells, {{fact: guest.kind, eq: {kind}}}]
    then: advice
    message: Mind the step.
    cites: [manners/hawking]
    examples:
      - name: so it is
        given: {{welcome: true, door.open: true, note.sells: true, guest.kind: {kind}}}
        holds: true
      - {{name: "no, shut", given: {{door.open: false}}, holds: false}}
"""


def complaints(cli: CommandLine, folder: Path, files: dict[str, str]) -> tuple[int, list[dict]]:
    """What the check has to say about `files`."""
    write(folder, files)
    outcome = cli("rules", "check", folder, "--format", "json")
    return outcome.code, json.loads(outcome.out)


def test_rules_that_leave_no_doubt_are_passed_over(cli: CommandLine, tmp_path: Path) -> None:
    """Nothing is said of sound rules, and the shipped ones are sound."""
    assert complaints(cli, tmp_path, SOUND) == (0, [])
    assert cli("rules", "check").code == 0


@pytest.mark.parametrize("doubt", DOUBTS, ids=lambda doubt: f"{doubt.code}: {doubt.new[:30]}")
def test_each_doubt_is_told_once_at_its_place(cli: CommandLine, tmp_path: Path, doubt: Doubt) -> None:
    """One doubtful place makes one complaint of its code there, as a warning, with what to do."""
    assert SOUND[doubt.file].count(doubt.old) == 1
    files = {**SOUND, doubt.file: SOUND[doubt.file].replace(doubt.old, doubt.new)}
    code, found = complaints(cli, tmp_path, files)
    told = [each for each in found if each["code"] == doubt.code]
    assert code == 1
    assert len(told) == 1, found
    line = files[doubt.file].split("\n")[told[0]["line"] - 1][told[0]["column"] - 1 :]
    assert line.startswith(doubt.points_at)
    assert told[0]["severity"] == "warning"
    assert told[0]["hint"]


def test_rules_in_other_words_and_nearly_the_same_rules_are_told(cli: CommandLine, tmp_path: Path) -> None:
    """Order hides no twin, and of two rules that differ in one test the second is pointed out."""
    _, found = complaints(cli, tmp_path, {**SOUND, VISITS: SOUND[VISITS].rstrip() + "\n" + TWIN})
    assert [each["code"] for each in found] == ["identical-rules"]
    pair = NEAR.format(id="mind-friends", kind="friend") + NEAR.format(id="mind-traders", kind="trader")
    _, found = complaints(cli, tmp_path, {**SOUND, VISITS: SOUND[VISITS].rstrip() + "\n" + pair})
    assert [each["code"] for each in found] == ["near-identical-rules"]
    apart = pair.replace("title: mind-friends", "title: a\n    effective: {until: 2099-01-01}").replace(
        "title: mind-traders", "title: b\n    effective: {from: 2099-01-02}"
    )
    _, found = complaints(cli, tmp_path, {**SOUND, VISITS: SOUND[VISITS].rstrip() + "\n" + apart})
    assert found == []  # one takes the place of the other


def test_a_doubt_is_allowed_with_a_reason_and_no_error_ever_is(cli: CommandLine, tmp_path: Path) -> None:
    """The comment needs a code that is there and a reason; what makes rules unusable stays."""
    allowed = SOUND[FACTS]
    _, without = complaints(
        cli, tmp_path, {**SOUND, FACTS: allowed.replace(" - shown where the note is read", "")}
    )
    assert [each["code"] for each in without] == ["bad-allowance", "unused-fact"]
    _, wrong = complaints(
        cli, tmp_path, {**SOUND, FACTS: allowed.replace("allow unused-fact", "allow same-title")}
    )
    assert [each["code"] for each in wrong] == ["unused-allowance", "unused-fact"]
    broken = SOUND[VISITS].replace(OPEN, "door.opne  # advisor: allow unknown-fact - it is fine")
    code, found = complaints(cli, tmp_path, {**SOUND, VISITS: broken})
    assert code == 3
    assert [each["code"] for each in found] == ["unknown-fact"]
    _, quoted = complaints(
        cli, tmp_path, {**SOUND, VISITS: SOUND[VISITS].replace("The door of", "# advisor: The door of")}
    )
    assert quoted == []  # a text is no comment


def test_errors_and_doubts_and_cases_are_told_at_once(cli: CommandLine, tmp_path: Path) -> None:
    """A fault in a file of cases, a fault in the rules and a doubt come in one run, with exit code 3."""
    files = {
        **SOUND,
        VISITS: SOUND[VISITS].replace("    fix: Take the offer out.\n", ""),
        SETTINGS: SOUND[SETTINGS].replace("cites: [manners/friends]", "cites: [manners/freinds]"),
        "rules/demo/cases/a.cases.yaml": "cases: [{name: a, given: {opne: yes}, expect: {verdict: go}}]\n",
    }
    write(tmp_path, files)
    outcome = cli("rules", "check", tmp_path)
    assert outcome.code == 3
    codes = [line.split(": ", 1)[1].split()[0] for line in outcome.out.splitlines() if line[0] != " "]
    assert sorted(codes) == ["concern-without-fix", "unknown-fact", "unknown-passage"]
    assert "2 errors and 1 doubt" in outcome.err


def test_every_format_carries_every_complaint(
    cli: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GitHub's commands, SARIF and JUnit name the same places, relative to where the command runs."""
    write(tmp_path, {**SOUND, VISITS: SOUND[VISITS].replace("    fix: Take the offer out.\n", "")})
    monkeypatch.chdir(tmp_path)
    github = cli("rules", "check", tmp_path, "--format", "github").out
    assert github.startswith(
        "::warning file=rules/demo/visits.yaml,line=37,col=5,title=concern-without-fix::"
    )
    run = json.loads(cli("rules", "check", ".", "--format", "sarif").out)["runs"][0]
    (result,) = run["results"]
    place = result["locations"][0]["physicalLocation"]
    assert (result["ruleId"], result["level"]) == ("concern-without-fix", "warning")
    assert place["artifactLocation"]["uri"] == "rules/demo/visits.yaml"
    assert place["region"] == {"startLine": 37, "startColumn": 5}
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    suite = ElementTree.fromstring(cli("rules", "check", ".", "--format", "junit").out)[0]  # noqa: S314 - our own
    failed = [case.get("name") for case in suite if case.find("failure") is not None]
    assert failed == ["rules/demo/visits.yaml"]
    assert len(suite) == len(FILES)


@share(60)
@given(catalogs(most=5))
def test_whatever_the_rules_the_lints_are_told_and_idle_clauses_are_idle(catalog) -> None:
    """No rules make the lints fail, and a rule without all clauses that are called idle is the same rule."""
    consultation = as_consultation(catalog)
    idle: dict[str, list[Lint]] = {}
    for each in lint(consultation, date(2026, 11, 24)):
        if each.code in ("clause-without-effect", "exception-without-effect"):
            idle.setdefault(each.name, []).append(each)
    for rule in consultation.active:
        found = [each.path for each in idle.get(rule.id, ())]
        without = rule
        for path in sorted(found, key=lambda each: [str(step).zfill(3) for step in each], reverse=True):
            without = changed(without, path, None)
        try:
            assert difference(rule, without, Searcher(consultation)) is None
        except CutOff:
            continue


def test_nested_clauses_that_say_one_thing_are_told_without_fail(cli: CommandLine, tmp_path: Path) -> None:
    """A clause inside one that stands behind a dropped one is still found where it stands."""
    nested = (
        "{all: [{fact: guest.visits, gte: 3}, {any: [{fact: guest.visits, gte: 5}, "
        "{all: [note.sells, {fact: guest.visits, gte: 4}]}]}]}"
    )
    code, found = complaints(cli, tmp_path, {**SOUND, VISITS: SOUND[VISITS].replace(OPEN, nested)})
    assert code == 1
    assert "clause-without-effect" in {each["code"] for each in found}


def test_later_values_of_a_setting_are_looked_at_too(cli: CommandLine, tmp_path: Path) -> None:
    """A number that can never be reached is a doubt also where it only comes later."""
    later = SOUND[SETTINGS].replace(
        "    value: 4\n", "    value: 4\n    changes: [{from: 2099-01-01, value: 31}]\n"
    )
    _, found = complaints(cli, tmp_path, {**SOUND, SETTINGS: later})
    assert {each["code"] for each in found} >= {"never-true"}
