"""Each kind of defect is found where it was planted, with a reason that holds, and nothing where none was."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("z3", reason="the solver z3 is not installed")

from advisor.catalog.load import load
from advisor.folders import shipped
from advisor.inference.engine import Program
from advisor.inference.reference import ReferenceEngine
from advisor.model.analysis import Analysis
from advisor.model.rule import Consultation
from advisor.model.vocabulary import FactValue
from advisor.verdict.analysis import RuleAnalysis
from advisor.workbench.analyze import Wish, analyze
from advisor.workbench.defects import DefectFinder
from advisor.workbench.equivalence import compare
from command_line import CommandLine
from laws import share
from small_knowledge import FILES, changed, write
from strategies import as_consultation, cases, catalogs, should_connect

VISITS, CONCLUSIONS, SETTINGS = (f"rules/demo/{name}.yaml" for name in ("visits", "conclusions", "settings"))
LAW = """\
laws:
  - id: no-hawking
    consultation: demo
    says: Who sells is sent away
    where: note.sells
    at_least: leave
    cites: [manners/hawking]
"""


def rule(rule_id: str, when: str, then: str, *, unless: str = "") -> str:
    """A rule in the notation of the files."""
    exceptions = f"\n    unless: [{unless}]" if unless else ""
    return f"""
  - id: {rule_id}
    title: Planted
    when: {when}{exceptions}
    then: {then}
    message: Planted.
    cites: [manners/friends]
    examples:
      - {{name: open, given: {{door.open: true}}, holds: true}}
      - {{name: shut, given: {{door.open: false}}, holds: false}}
"""


def with_rule(text: str, file: str = VISITS) -> dict[str, str]:
    """The small knowledge base with one more rule."""
    return {**FILES, file: FILES[file] + text}


def consultation_of(folder: Path, files: Mapping[str, str] = FILES) -> Consultation:
    """The consultation of the small knowledge base."""
    return load(*write(folder, files), structural=["note.words"]).consultation("demo")


def analysis_of(folder: Path, files: Mapping[str, str] = FILES) -> Analysis:
    """Everything that is found in the small knowledge base."""
    return analyze(consultation_of(folder, files), Wish(), 30, lambda: 0.0)


def verdict_of(consultation: Consultation, facts: Mapping[str, FactValue]) -> str:
    """The verdict by the reference engine."""
    held = ReferenceEngine(Program.of(consultation.active, consultation.vocabulary)).infer(facts).held
    return RuleAnalysis(consultation).verdict_in(held)


def test_in_sound_rules_nothing_is_found(tmp_path: Path) -> None:
    """But for one pair that pulls apart by design: a friend who sells."""
    found = analysis_of(tmp_path)
    assert found.sound
    assert (found.never_hold, found.covered, found.unreachable, found.undecided) == ((), (), (), ())
    (pair,) = found.opposed
    assert (pair.supporting, pair.opposing, pair.theme) == (
        "a-friend-at-an-open-door",
        "no-hawking",
        "visits",
    )


def test_a_rule_that_can_never_hold_is_found_with_what_forbids_it(tmp_path: Path) -> None:
    """No more is named than it takes, and a conclusion is followed down to what it needs."""
    text = rule("trader-and-friend", "{all: [door.open, welcome, {fact: guest.kind, eq: trader}]}", "merit")
    found = analysis_of(tmp_path, with_rule(text))
    assert not found.sound
    (never,) = found.never_hold
    assert never.rule == "trader-and-friend"
    assert len(never.because) == 2
    assert not any("door" in reason for reason in never.because)


def test_what_cannot_stand_together_counts_among_the_reasons(tmp_path: Path) -> None:
    """Fewer calls than visits: the list of impossible things, or the sum, forbids it."""
    text = rule("few-calls", "{all: [{fact: guest.calls, lt: 5}, {fact: guest.visits, gte: 5}]}", "merit")
    (never,) = analysis_of(tmp_path, with_rule(text)).never_hold
    assert never.rule == "few-calls"
    assert any("never stand together" in reason or "sum" in reason for reason in never.because)


def test_an_exception_that_always_blocks_is_a_reason(tmp_path: Path) -> None:
    """It holds only where its own exception does."""
    text = rule("blocked", "{fact: guest.visits, gt: 6}", "merit", unless="frequent")
    (never,) = analysis_of(tmp_path, with_rule(text)).never_hold
    assert never.rule == "blocked"
    assert any(reason.startswith("no exception: ") for reason in never.because)


def test_a_rule_that_never_decides_is_a_note_that_names_what_covers_it(tmp_path: Path) -> None:
    """The more cautious concern holds wherever it does."""
    text = rule("selling-often", "{all: [note.sells, frequent]}", "{concern: pause}")
    found = analysis_of(tmp_path, with_rule(text))
    assert [(each.rule, each.by) for each in found.covered] == [("selling-often", ("no-hawking",))]
    assert found.sound


def test_a_rule_may_be_covered_by_several_together(tmp_path: Path) -> None:
    """No single one of them covers it."""
    text = rule("selling", "{any: [note.sells, all: [welcome, door.open]]}", "ground")
    text += rule("open", "{all: [note.sells]}", "ground")
    found = analysis_of(tmp_path, with_rule(text))
    assert ("selling", ()) in [(each.rule, each.by) for each in found.covered]


def test_an_exception_between_two_rules_settles_the_pair(tmp_path: Path) -> None:
    """What is said to yield does not pull apart any more."""
    files = changed(
        VISITS,
        "when:\n      any: [note.sells, {fact: guest.kind, eq: trader}]",
        "when:\n      any: [note.sells, {fact: guest.kind, eq: trader}]\n"
        "    unless: [{rule: a-friend-at-an-open-door}]",
    )
    assert analysis_of(tmp_path, files).opposed == ()


def test_a_verdict_that_nothing_leads_to_is_found(tmp_path: Path) -> None:
    """Nothing says pause any more."""
    found = analysis_of(tmp_path, changed(VISITS, "then: {concern: pause}", "then: {concern: leave}"))
    assert [each.verdict for each in found.unreachable] == ["pause"]
    assert not found.sound


def test_rules_that_differ_only_in_words_are_equivalent(tmp_path: Path) -> None:
    """Another title, another order of exceptions and a rule twice: no verdict differs."""
    text = rule("sells", "note.sells", "{concern: leave}")
    files = {**with_rule(text), VISITS: (FILES[VISITS] + text).replace("You come too often", "Too often")}
    here = consultation_of(tmp_path / "here")
    found = compare(here, consultation_of(tmp_path / "there", files), 30, lambda: 0.0)
    assert found.equivalent
    assert (found.only_here, found.only_there, found.narrowed) == ((), (), ())


def test_another_threshold_is_found_at_its_edge(tmp_path: Path) -> None:
    """The smallest case is the one visit that is judged otherwise."""
    here = consultation_of(tmp_path / "here")
    other = {name: text.replace("{guest.visits: 5}", "{guest.visits: 6}") for name, text in FILES.items()}
    other[SETTINGS] = other[SETTINGS].replace("value: 4\n    unit: visits", "value: 5\n    unit: visits")
    other[CONCLUSIONS] = other[CONCLUSIONS].replace("guest.visits: 4}", "guest.visits: 5}")
    there = consultation_of(tmp_path / "there", other)
    found = compare(here, there, 30, lambda: 0.0)
    (difference,) = found.differences
    assert (difference.here, difference.there) == ("pause", "go")
    assert dict(difference.witness.facts) == {"guest.visits": 5}
    assert (difference.held_here, difference.held_there) == (("too-often",), ())
    assert difference.witness.smallest


def test_facts_that_only_one_side_has_may_be_anything(tmp_path: Path) -> None:
    """A new fact that a new rule tests tells the two apart."""
    facts = FILES["rules/demo/facts.yaml"].replace(
        "  door.open:", "  door.red: {type: yes-no, from: told, means: The door is red}\n  door.open:"
    )
    files = {**with_rule(rule("red", "door.red", "{concern: pause}")), "rules/demo/facts.yaml": facts}
    here, there = consultation_of(tmp_path / "here"), consultation_of(tmp_path / "there", files)
    found = compare(here, there, 30, lambda: 0.0)
    assert (found.only_here, found.only_there) == ((), ("door.red",))
    assert [(each.here, each.there, dict(each.witness.facts)) for each in found.differences] == [
        ("go", "pause", {"door.red": True})
    ]


@share(60)
@given(st.data())
def test_two_rule_sets_are_told_apart_by_a_case_or_agree_on_every_drawn_one(data: st.DataObject) -> None:
    """Half of the rules against all of them; whoever is equivalent agrees, whoever is not has a case."""
    whole = as_consultation(data.draw(catalogs(most=6)))
    concluded = tuple(each for each in whole.rules if each.effect.kind == "conclude")
    others = [each for each in whole.rules if each.effect.kind != "conclude"]
    left = tuple(each for each in others if data.draw(st.booleans()))
    part = replace(whole, rules=(*concluded, *left))
    found = compare(whole, part, 30, lambda: 0.0)
    for difference in found.differences:
        facts = difference.witness.facts
        assert (verdict_of(whole, facts), verdict_of(part, facts)) == (difference.here, difference.there)
    given_facts = {spec.name for spec in whole.vocabulary.given}
    drawn = data.draw(cases(whole.vocabulary))
    facts = {name: value for name, value in drawn.items() if name in given_facts}
    pair = (verdict_of(whole, facts), verdict_of(part, facts))
    assert pair[0] == pair[1] or pair in {(each.here, each.there) for each in found.differences}


@share(60)
@given(st.data())
def test_what_is_said_of_rules_is_true_of_every_drawn_case(data: st.DataObject) -> None:
    """Never holding, covered, opposed and unreachable, against the reference engine."""
    consultation = as_consultation(data.draw(catalogs(most=6)))
    finder = DefectFinder(consultation, 30)
    ids = [each.id for each in consultation.active]
    never = {each.rule for each in finder.never_hold(ids)}
    covered, opposed = finder.covered(ids), finder.opposed(everything=True)
    unreachable = {each.verdict for each in finder.unreachable()}
    engine = ReferenceEngine(Program.of(consultation.active, consultation.vocabulary))
    for pair in opposed:
        assert pair.witness is not None
        assert engine.infer(pair.witness.facts).held >= {pair.supporting, pair.opposing}
    given_facts = {spec.name for spec in consultation.vocabulary.given}
    for _ in range(5):
        drawn = data.draw(cases(consultation.vocabulary))
        held = engine.infer({name: value for name, value in drawn.items() if name in given_facts}).held
        assert not held & never
        for each in covered:
            rivals = set(finder._rivals(finder._rules[each.rule]))
            assert each.rule not in held or (held & rivals and held.issuperset(each.by))
        assert RuleAnalysis(consultation).verdict_in(held) not in unreachable


def test_in_the_shipped_rules_every_rule_can_hold_and_every_verdict_be_reached() -> None:
    """And the rules that never decide alone are those that are there for their words."""
    finder = DefectFinder(should_connect(), 30)
    rules = [each.id for each in should_connect().active]
    assert (finder.never_hold(rules), finder.unreachable(), finder.undecided) == ((), (), set())
    assert {each.rule for each in finder.covered(rules)} == {
        "colleague-past-or-present",
        "future-collaboration",
        "mentorship",
        "reconnect",
        "they-asked-to-connect",
    }


def test_the_shipped_rules_are_equivalent_to_themselves() -> None:
    """Nothing tells a rule set apart from itself."""
    assert compare(should_connect(), should_connect(), 30, lambda: 0.0).equivalent


# ---------------------------------------------------------------------------------------------- the command


def folder_with(folder: Path, laws: str = LAW, files: Mapping[str, str] = FILES) -> Path:
    """The small knowledge base with laws."""
    rules, _ = write(folder, files)
    (rules / "laws.yaml").write_text(laws, encoding="utf-8")
    return folder


def test_the_command_proves_the_laws_and_exits_with_nought(cli: CommandLine, tmp_path: Path) -> None:
    """Text, Markdown and JSON say the same."""
    folder = folder_with(tmp_path)
    outcome = cli("rules", "analyze", folder)
    assert (outcome.code, outcome.err) == (0, "")
    assert "proved  Who sells is sent away (no-hawking" in outcome.out
    assert cli("rules", "analyze", folder, "--format", "markdown").out.startswith("# demo\n")
    (data,) = json.loads(cli("rules", "analyze", folder, "--format", "json").out)
    assert [(each["law"]["id"], each["outcome"]) for each in data["laws"]] == [("no-hawking", "proved")]


def test_a_broken_law_is_shown_and_written(cli: CommandLine, tmp_path: Path) -> None:
    """With the verdict, exit code 1, and a file of the case that `rules test` understands."""
    folder = folder_with(tmp_path / "rules", LAW.replace("note.sells", "{fact: guest.visits, gte: 4}"))
    outcome = cli("rules", "analyze", folder, "--law", "no-hawking", "--witness", tmp_path / "out")
    assert outcome.code == 1
    assert "guest.visits: 4" in outcome.out
    (file,) = (tmp_path / "out").iterdir()
    assert str(file) in outcome.err
    assert yaml.safe_load(file.read_text(encoding="utf-8")) == {
        "cases": [
            {
                "name": "no-hawking",
                "as_of": date.today(),
                "given": {"guest.visits": 4},
                "expect": {"verdict": "go"},
            }
        ]
    }


def test_a_case_that_cannot_be_written_is_complained_about(cli: CommandLine, tmp_path: Path) -> None:
    """With a place and a code, as any bad input."""
    folder = folder_with(tmp_path / "rules", LAW.replace("note.sells", "{fact: guest.visits, gte: 4}"))
    (tmp_path / "file").write_text("", encoding="utf-8")
    outcome = cli("rules", "analyze", folder, "--law", "no-hawking", "--witness", tmp_path / "file" / "out")
    assert (outcome.code, outcome.codes) == (2, ["unwritable"])


def test_a_rule_is_looked_at_alone(cli: CommandLine, tmp_path: Path) -> None:
    """A case in which it holds, and nothing about laws."""
    outcome = cli("rules", "analyze", folder_with(tmp_path), "--rule", "too-often")
    assert outcome.code == 0
    assert "too-often" in outcome.out
    assert "guest.visits: 5" in outcome.out
    assert "proved" not in outcome.out


def test_two_folders_are_compared(cli: CommandLine, tmp_path: Path) -> None:
    """Exit code 0 where no verdict differs, else 1."""
    here = folder_with(tmp_path / "here")
    same = folder_with(tmp_path / "same")
    other = folder_with(tmp_path / "other", LAW, with_rule(rule("open", "door.open", "{concern: pause}")))
    assert cli("rules", "analyze", here, "--against", same).code == 0
    outcome = cli("rules", "analyze", here, "--against", other)
    assert outcome.code == 1
    assert "go here, pause there" in outcome.out
    assert "only there holds: open" in outcome.out


def test_what_cannot_be_asked_is_a_usage_error(cli: CommandLine, tmp_path: Path) -> None:
    """Unknown names come with what was meant; faults in laws are faults in rules."""
    folder = folder_with(tmp_path)
    outcome = cli("rules", "analyze", folder, "--law", "no-hawkin")
    assert (outcome.code, "no-hawking" in outcome.err) == (2, True)
    outcome = cli("rules", "analyze", folder, "--rule", "too-oftn")
    assert (outcome.code, "too-often" in outcome.err) == (2, True)
    assert cli("rules", "analyze", folder, "--timeout", "0").code == 2
    folder_with(tmp_path, LAW.replace("at_least: leave", "at_least: leaf"))
    outcome = cli("rules", "analyze", folder)
    assert (outcome.code, outcome.codes) == (3, ["unknown-verdict"])


def test_what_breaks_a_law_of_the_shipped_rules_becomes_a_prospect_file(
    cli: CommandLine, tmp_path: Path
) -> None:
    """One placeholder slips through, and the file that shows it gets the verdict that it must not."""
    found = shipped()
    copy = tmp_path / "copy"
    shutil.copytree(found.rules, copy / "rules")
    shutil.copytree(found.knowledge, copy / "knowledge")
    draft = copy / "rules" / "should-connect" / "draft.yaml"
    text = draft.read_text(encoding="utf-8")
    broken = text.replace("{fact: note.placeholders, gte: 1}", "{fact: note.placeholders, gte: 2}", 1)
    assert broken != text
    draft.write_text(broken, encoding="utf-8")
    # In a process of its own, as it is used: what the solver was asked before decides which case it finds.
    command = [sys.executable, "-m", "advisor", "rules", "analyze", copy, "--law", "placeholder", "--witness"]
    outcome = subprocess.run([*command, tmp_path], capture_output=True, text=True, check=False)
    assert outcome.returncode == 1
    assert "note.placeholders: 1" in outcome.stdout
    assert "a prospect file with the verdict connect" in outcome.stderr
    file = tmp_path / "placeholder.yaml"
    verdict = cli("should-connect", file, "--rules", copy, "--format", "json")
    assert json.loads(verdict.out)["verdict"] == "connect"
    assert json.loads(verdict.out)["facts"]["note.placeholders"] == 1
    assert json.loads(cli("should-connect", file, "--format", "json").out)["verdict"] == "revise"


def test_rules_without_laws_are_analyzed_too(cli: CommandLine, tmp_path: Path) -> None:
    """There is nothing to prove then."""
    write(tmp_path)
    outcome = cli("rules", "analyze", tmp_path)
    assert outcome.code == 0
    assert "Laws" not in outcome.out
