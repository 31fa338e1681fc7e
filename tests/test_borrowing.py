"""What one consultation borrows from another means the same there, and is written, tried and doubted once."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.catalog.coverage import coverage, passages_cited
from advisor.catalog.load import load, read
from advisor.errors import Complaint
from advisor.folders import shipped
from advisor.inference.engine import Inference
from advisor.model.case import Case
from advisor.model.history import History
from advisor.model.knowledge_base import KnowledgeBase
from advisor.model.rule import Consultation
from advisor.model.situation import Sending
from advisor.model.vocabulary import FactValue
from advisor.testing import facts
from advisor.wiring import SHOULD_CONNECT, Advisor, make_engine
from advisor.workbench.lint import lint
from advisor.workbench.mutation import MutationRun
from broken_knowledge import LOUD, SETTINGS, Break
from command_line import CommandLine
from second_consultation import HABITS, beside_its_lender
from small_knowledge import BORROWING, changed, write
from strategies import shipped_knowledge

HEAD, OWN_FACTS, OWN_SETTINGS, OWN_RULES = (
    f"rules/rounds/{name}.yaml" for name in ("consultation", "facts", "settings", "conclusions")
)
STRUCTURAL = ["note.words"]
DAY = date(2026, 11, 1)


def complaints_about(folder: Path, files: dict[str, str]) -> list[tuple[str, str, str]]:
    """For each complaint about `files` its file, its code and what stands at its place."""
    return [_shown(each, files) for each in read(*write(folder, files), structural=STRUCTURAL).complaints]


def _shown(complaint: Complaint, files: dict[str, str]) -> tuple[str, str, str]:
    name = next(name for name in files if complaint.file.endswith(name))
    line = files[name].split("\n")[complaint.line - 1]
    return name, complaint.code, line[complaint.column - 1 :]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """The small knowledge base, whose second consultation borrows."""
    return load(*write(tmp_path_factory.mktemp("small"), BORROWING), structural=STRUCTURAL)


# ---------------------------------------------------------------------------- a borrowed name means the same


ALL_CONCLUSIONS = "rules/everything/consultation.yaml"


@cache
def borrowing_everything() -> KnowledgeBase:
    """The shipped rules beside a consultation that borrows every conclusion that can be borrowed."""
    from tempfile import TemporaryDirectory

    names = [
        spec.name
        for spec in shipped_knowledge().consultation(SHOULD_CONNECT).vocabulary.conclusions
        if spec.name != "verdict.ground"
    ]
    files = {
        "consultation": f"schema_version: 2\nconsultation:\n  id: everything\n  question: All of it?\n"
        f"  borrows: {SHOULD_CONNECT}\n  verdicts:\n"
        "    - {name: all, says: All, means: All of it.}\n"
        "    - {name: none, says: None, means: None of it.}\n",
        "facts": "facts: {}\n",
        "all": "rules:\n  - id: all-at-once-here\n    title: Everything at once\n    when:\n      any: "
        f"[{', '.join(names)}]\n    then: {{concern: none}}\n    message: All of it.\n    fix: Less.\n"
        "    cites: [okay-to-send/known-directly]\n    examples:\n"
        "      - {name: known, given: {linked: true}, holds: true}\n"
        "      - {name: nothing, given: {linked: false}, holds: false}\n",
    }
    with TemporaryDirectory() as folder:
        rules, knowledge = _copied(Path(folder))
        (rules / "everything").mkdir()
        for name, text in files.items():
            (rules / "everything" / f"{name}.yaml").write_text(text, encoding="utf-8")
        return load(rules, knowledge)


def _copied(folder: Path) -> tuple[Path, Path]:
    import shutil

    found = shipped()
    shutil.copytree(found.rules, folder / "rules")
    shutil.copytree(found.knowledge, folder / "knowledge")
    return folder / "rules", folder / "knowledge"


@cache
def inferring(engine: str, consultation: str):
    """What follows in one of two consultations, by one of the engines."""
    return make_engine(borrowing_everything(), engine, consultation)  # type: ignore[arg-type]


def _about(inference: Inference, names: frozenset[str]) -> dict[str, FactValue | None]:
    return {name: inference.facts.get(name) for name in sorted(names)}


@pytest.mark.parametrize("engine", ["reference", "durable"])
@given(data=st.data())
def test_a_borrowed_conclusion_is_what_it_is_in_its_home(engine: str, data: st.DataObject) -> None:
    """Whatever is told: both find it true, both find it false, or neither can say."""
    base = borrowing_everything()
    home, borrower = base.consultation(SHOULD_CONNECT), base.consultation("everything")
    told = data.draw(facts(home))
    conclusions = frozenset(spec.name for spec in borrower.vocabulary.conclusions)
    known = {name: value for name, value in told.items() if name in borrower.vocabulary}
    here = inferring(engine, "everything").infer(known)
    there = inferring(engine, SHOULD_CONNECT).infer(told)
    assert len(conclusions) > 15
    assert _about(here, conclusions) == _about(there, conclusions)
    assert {name for name in there.held if name in borrower.borrowed.rules} == {
        name for name in here.held if name in borrower.borrowed.rules
    }


@pytest.mark.parametrize(("limit", "verdicts"), [("4", ("pause", "rest")), ("9", ("go", "fine"))])
def test_a_setting_is_changed_for_both(tmp_path: Path, limit: str, verdicts: tuple[str, str]) -> None:
    """There is one place to change a number, whoever goes by it."""
    files = changed(SETTINGS, "value: 4", f"value: {limit}", BORROWING)
    base = load(*write(tmp_path, files))
    told = Case({"guest.visits": 5, "rounds.rate": 10})
    found = [Advisor(base, "reference", name).decide(told, DAY).verdict for name in ("demo", "rounds")]
    assert tuple(found) == verdicts


def test_a_later_value_of_a_setting_counts_for_both(tmp_path: Path) -> None:
    """What changes on a day changes on that day in every consultation that goes by it."""
    files = changed(SETTINGS, "value: 4", "value: 4\n    changes: [{from: 2027-01-01, value: 9}]", BORROWING)
    base = load(*write(tmp_path, files)).on(date(2027, 1, 1))
    assert [base.consultation(name).settings["visits_most"].value for name in ("demo", "rounds")] == [9, 9]
    (rule,) = (rule for rule in base.consultation("rounds").rules if rule.id == "comes-often")
    assert [leaf.value for leaf in rule.leaves] == [9]


def test_only_what_is_needed_is_taken(small: KnowledgeBase) -> None:
    """Names that rules use, what these rest on, and nothing else."""
    rounds = small.consultation("rounds")
    assert rounds.borrowed.rules == {"comes-often", "friends-are-welcome"}
    assert rounds.borrowed.settings == {"visits_most", "welcome_guests"}
    assert {"frequent", "welcome", "guest.visits", "guest.kind"} <= rounds.borrowed.facts
    assert not {"door.open", "note.sells", "guest.calls"} & rounds.vocabulary.facts.keys()
    assert [rule.id for rule in rounds.written] == ["seldom", "stay-at-home"]
    assert [spec.name for spec in rounds.own_facts] == ["rounds.rate"]
    assert {each.name for each in rounds.own_settings} == {"days_of_rest", "doors_least"}


def test_a_fact_without_a_place_is_never_asked_for(small: KnowledgeBase) -> None:
    """A history has no place for who somebody is; it stays unknown, and the verdict says so."""
    rounds = small.consultation("rounds")
    assert rounds.vocabulary["guest.kind"].ask == rounds.vocabulary["guest.kind"].told == ""
    assert rounds.vocabulary["guest.visits"].ask
    asked = Advisor(small, "reference", "rounds").agenda(History())
    assert {question.fact for question in asked.questions} == {"guest.visits", "rounds.rate"}


@pytest.mark.parametrize("name", ["a-round", "zz-rounds"])
def test_the_order_of_the_folders_changes_nothing(small: KnowledgeBase, tmp_path: Path, name: str) -> None:
    """One that borrows may stand before or behind the one that it borrows from."""
    files = {
        path.replace("rules/rounds/", f"rules/{name}/"): text.replace("id: rounds", f"id: {name}")
        for path, text in BORROWING.items()
    }
    there, here = (
        load(*write(tmp_path, files)).consultation(name),
        small.consultation("rounds"),
    )

    def bare(consultation: Consultation) -> Consultation:
        rules = tuple(replace(rule, file="") for rule in consultation.rules)
        return replace(consultation, id="", rules=rules)

    assert bare(there) == bare(here)


# --------------------------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "points_at"),
    [
        (OWN_FACTS, "facts:\n", "facts:\n  door.open: {type: yes-no, from: told, means: Open}\n",
         "duplicate-id", "door.open: {"),
        (OWN_FACTS, "facts:\n", "facts:\n  frequent: {type: yes-no, from: concluded, means: Often}\n",
         "duplicate-id", "frequent: {"),
        (OWN_SETTINGS, "settings:\n", "settings:\n  visits_most: {value: 3, means: Visits}\n",
         "duplicate-id", "visits_most: {"),
        (HEAD, "borrows: demo", "borrows: dem", "unknown-consultation", "dem"),
        (HEAD, "borrows: demo", "borrows: rounds", "unknown-consultation", "rounds"),
        (HEAD, "borrows: demo", "borrows: Demo", "bad-name", "Demo"),
        (OWN_RULES, "within: $days_of_rest", "within: days_of_rest", "wrong-type", "days_of_rest"),
        (OWN_RULES, "within: $days_of_rest", "within: $welcome_guests", "wrong-type", "$welcome_guests"),
        (OWN_RULES, "within: $days_of_rest", "within: $days_of_rst", "unknown-setting", "$days_of_rst"),
        (OWN_RULES, "then: ground", "then: {conclude: welcome}", "not-a-conclusion", "welcome}"),
        (OWN_RULES, "unless: [welcome]", "unless: [{rule: too-often}]", "unknown-rule", "too-often"),
        (OWN_RULES, "unless: [welcome]", "unless: [wellcome]", "unknown-fact", "wellcome"),
        ("rules/demo/conclusions.yaml", "when: {fact: guest.visits, gt: $visits_most}",
         "when: {all: [{fact: guest.visits, gt: $visits_most}, not verdict.ground]}",
         "not-lent", "id: stay-at-home"),
    ],
)  # fmt: skip
def test_what_would_make_a_borrowed_name_mean_two_things_is_refused(
    tmp_path: Path, file: str, old: str, new: str, code: str, points_at: str
) -> None:
    """One complaint, at the place where it is written, and none about each use of what is then not lent."""
    (complaint,) = complaints_about(tmp_path, changed(file, old, new, BORROWING))
    assert complaint[1] == code
    assert complaint[2].startswith(points_at)


@pytest.mark.parametrize(
    "slip", [("subject: history", "subject: histori"), ("id: rounds", "id rounds"), ("", "")]
)
def test_a_head_that_cannot_be_read_hides_no_names(tmp_path: Path, slip: tuple[str, str]) -> None:
    """What it borrows is not known then, so that no use of a name can be called wrong for its sake."""
    files = changed(HEAD, *slip, BORROWING) if slip[0] else {k: v for k, v in BORROWING.items() if k != HEAD}
    found = read(*write(tmp_path, files), structural=STRUCTURAL).complaints
    assert found
    assert not {each.code for each in found} & {"unknown-fact", "unknown-setting", "unknown-placeholder"}


def test_one_that_borrows_lends_nothing(tmp_path: Path) -> None:
    """A chain of loans would hide where a name is written."""
    third = {
        path.replace("rules/rounds/", "rules/third/"): text
        for path, text in BORROWING.items()
        if path in (HEAD, OWN_FACTS)
    }
    third["rules/third/consultation.yaml"] = (
        BORROWING[HEAD].replace("id: rounds", "id: third").replace("borrows: demo", "borrows: rounds")
    )
    third["rules/third/facts.yaml"] = "facts: {}\n"
    found = complaints_about(tmp_path, {**BORROWING, **third})
    assert found == [("rules/third/consultation.yaml", "unknown-consultation", "rounds")]


def test_actions_of_another_subject_are_refused(tmp_path: Path) -> None:
    """Actions change prospect files, so that those about a history would never be looked at."""
    files = {**BORROWING, "rules/rounds/actions.yaml": BORROWING["rules/demo/actions.yaml"]}
    ((file, code, _),) = complaints_about(tmp_path, files)
    assert (file, code) == ("rules/rounds/actions.yaml", "stray-file")


@pytest.mark.parametrize("fault", LOUD, ids=lambda fault: f"{fault.file}: {fault.new[:30]}")
def test_a_fault_in_the_home_is_told_once(tmp_path: Path, fault: Break) -> None:
    """Whoever breaks what others borrow reads of it where it is written, and not once for each borrower."""
    files = {**BORROWING, fault.file: fault.files[fault.file]}
    found = read(*write(tmp_path, files), structural=STRUCTURAL).complaints
    home = [each for each in found if "rules/rounds/" not in each.file]
    assert len(home) == len({(each.file, each.line, each.column, each.code) for each in home})
    alone = read(*write(tmp_path / "alone", fault.files), structural=STRUCTURAL).complaints
    assert [(each.line, each.column, each.code) for each in home] == [
        (each.line, each.column, each.code) for each in alone
    ]
    theirs = {each.code for each in found if "rules/rounds/" in each.file}
    assert theirs <= {"unknown-fact", "unknown-setting"}  # where a name that is borrowed is gone


# --------------------------------------------------------------------------- written, tried, doubted once


def test_doubts_are_told_in_the_home_and_uses_elsewhere_count(small: KnowledgeBase) -> None:
    """A fact that only a borrower tests is of use; a doubtful rule is doubted where it stands."""
    demo, rounds = small.consultation("demo"), small.consultation("rounds")
    written = {rule.id for rule in rounds.written} | {"rounds/rounds.rate"}
    assert {each.name for each in lint(rounds, DAY)} <= written
    less = replace(demo, rules=tuple(rule for rule in demo.rules if rule.id != "too-often"))
    for borrowers, unused in (((), True), ((rounds,), False)):
        names = {each.name for each in lint(less, DAY, borrowers) if each.code.startswith("unused-")}
        assert ("demo/frequent" in names) is unused


def test_a_setting_that_only_a_borrower_goes_by_is_of_use(tmp_path: Path, cli: CommandLine) -> None:
    """Shared numbers may stand in one place for the sake of another."""
    more = "settings:\n  doors_least: {value: 30, unit: percent, means: Doors, cites: [manners/hawking]}\n"
    files = changed(SETTINGS, "settings:\n", more, BORROWING)
    own = BORROWING[OWN_SETTINGS].splitlines(keepends=True)
    files[OWN_SETTINGS] = "".join(line for line in own if "doors_least" not in line)
    write(tmp_path, files)
    assert "unused-setting" not in cli("rules", "check", tmp_path).out
    del files[OWN_RULES]
    (tmp_path / OWN_RULES).unlink()
    (tmp_path / "rules/rounds/cases/rounds.cases.yaml").unlink()
    assert "unused-setting nothing uses the setting `doors_least`" in cli("rules", "check", tmp_path).out


def test_examples_are_tried_once_and_coverage_counts_each_rule_once(cli: CommandLine, tmp_path: Path) -> None:
    """A borrowed conclusion is tried in its own home only."""
    write(tmp_path, BORROWING)
    report = json.loads(cli("rules", "test", tmp_path, "--coverage", "--format", "json").out)
    tried = [(each["rule"], each["name"]) for each in report["results"]]
    assert len(tried) == len(set(tried))
    covered = [each["rule"] for each in report["coverage"]["rules"]]
    assert len(covered) == len(set(covered))
    assert {"comes-often", "stay-at-home"} <= set(covered)


def test_a_change_of_the_home_may_be_noticed_by_a_borrower(small: KnowledgeBase) -> None:
    """Mutants are made in the home only, and the cases of those that borrow look at them too."""
    demo, rounds = small.consultation("demo"), small.consultation("rounds")
    rule = demo.rule("comes-often")
    assert rule is not None
    bare = replace(rule, examples=())
    home = replace(demo, rules=tuple(bare if each.id == rule.id else each for each in demo.rules))
    told = {"guest.visits": 5, "rounds.rate": 10}
    from advisor.model.scenario import Expected

    case = ("in vain", told, Expected("rest"))
    alone = list(MutationRun(home, []).run([bare]))
    both = list(MutationRun(home, [], [MutationRun(rounds, [case])]).run([bare]))
    assert len(alone) == len(both)
    assert not any(each.by == "in vain" for each in alone)
    assert sum(each.by == "in vain" for each in both) >= 2


def test_what_only_a_borrower_looks_at_survives_there(small: KnowledgeBase) -> None:
    """Where no rule of the home looks at a conclusion, the missing case belongs to the borrower."""
    demo, rounds = small.consultation("demo"), small.consultation("rounds")
    home = replace(demo, rules=tuple(rule for rule in demo.rules if rule.id != "too-often"))
    rule = home.rule("comes-often")
    assert rule is not None
    found = {each.mutant.kind: each for each in MutationRun(home, [], [MutationRun(rounds, [])]).run([rule])}
    effect = found["effect"]
    assert (effect.fate, effect.consultation, effect.verdict) == ("survived", "rounds", "rest")


def test_missing_cases_are_written_for_every_consultation(cli: CommandLine, tmp_path: Path) -> None:
    """Each into the folder of the consultation in which they make a difference; then nothing survives."""
    write(tmp_path, BORROWING)
    assert cli("rules", "mutate", tmp_path, "--write-cases").code == 0
    for folder in ("demo", "rounds"):
        assert list((tmp_path / "rules" / folder / "cases").glob("*.cases.yaml"))
    assert cli("rules", "test", tmp_path).code == 0
    report = json.loads(cli("rules", "mutate", tmp_path, "--format", "json").out)
    assert report["survived"] == []


def test_passages_are_accounted_for_once(small: KnowledgeBase) -> None:
    """A passage that both rest on is cited by the rules of both, each named once."""
    cited = passages_cited(small)
    assert cited["manners/how-often"] == ("comes-often", "seldom", "stay-at-home", "too-often")
    assert coverage(small).rules_without_passage == ()


def test_the_same_history_is_judged_by_what_is_borrowed(tmp_path: Path) -> None:
    """From a file about another subject to a verdict, by a conclusion, facts and a setting of the home."""
    advisor = Advisor(load(*_copied_with_habits(tmp_path)), "reference", HABITS)
    for sending, verdict in (
        (Sending(last_7_days=100, restricted=False), "slow-down"),
        (Sending(last_7_days=99, restricted=False, acceptance_rate=29), "stop"),
        (Sending(last_7_days=99, restricted=False, acceptance_rate=30), "steady"),
    ):
        assert advisor.advise(History(sending=sending), DAY).verdict == verdict


def _copied_with_habits(folder: Path) -> tuple[Path, Path]:
    root = beside_its_lender(folder)
    return root / "rules", root / "knowledge"
