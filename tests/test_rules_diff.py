"""The difference between two sets of rules: what is said, which verdicts change, and which edit does it."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import product
from math import prod
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import small_knowledge
from advisor.catalog.load import load
from advisor.folders import shipped
from advisor.model.clauses import changed
from advisor.model.condition import All, mapped
from advisor.model.condition import Test as Leaf
from advisor.model.difference import RulesDifference
from advisor.model.knowledge_base import KnowledgeBase
from advisor.model.rule import Consultation, Rule, SettingChange
from advisor.model.vocabulary import FactValue
from advisor.report import rules_diff
from advisor.report.layout import Page
from advisor.verdict.network import WorkingNetwork
from advisor.wiring import SHOULD_CONNECT, Advisor
from advisor.workbench.dated_edits import on_day
from advisor.workbench.flip_search import FlipSearch, joint_classes
from advisor.workbench.made_up import made_up
from advisor.workbench.rule_diff import CorpusCase, RuleDiff, Side
from advisor.workbench.rule_edits import RuleEdits
from command_line import CommandLine
from laws import share
from second_consultation import HABITS, beside_the_shipped
from strategies import as_consultation, as_yaml, catalogs, shipped_knowledge, should_connect, told_by

DAY = date(2026, 11, 20)
SETTINGS, EN = "rules/should-connect/settings.yaml", "knowledge/lexicon/en.yaml"
MOST_CASES = 3_000
"""Cases that brute force tries at most for one pair of catalogs."""


@lru_cache(maxsize=1)
def old_side() -> Side:
    """The shipped rules."""
    base = shipped_knowledge()
    return Side("old", base, Advisor(base), on_day(should_connect(), DAY))


def new_side(base: KnowledgeBase) -> Side:
    """Rules that were changed."""
    return Side("new", base, Advisor(base), on_day(base.consultation(SHOULD_CONNECT), DAY))


def shipped_copy(folder: Path) -> Path:
    """A copy of the shipped rules and knowledge."""
    found = shipped()
    shutil.copytree(found.rules, folder / "rules")
    shutil.copytree(found.knowledge, folder / "knowledge")
    return folder


def edited(folder: Path, file: str, old: str, new: str) -> Path:
    """A copy of the shipped rules, with text replaced once in one file."""
    path = shipped_copy(folder) / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} should stand in {file} once"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return folder


def small_copy(folder: Path, **edits: tuple[str, str]) -> Path:
    """A small knowledge base as files; `edits` replaces a text in the file of that stem."""
    for name, text in small_knowledge.FILES.items():
        path = folder / name.replace("rules/demo", f"rules/{SHOULD_CONNECT}")
        path.parent.mkdir(parents=True, exist_ok=True)
        old, new = edits.get(path.stem, ("", ""))
        assert old in text
        path.write_text(text.replace("id: demo", f"id: {SHOULD_CONNECT}").replace(old, new), encoding="utf-8")
    return folder


def with_consultation(change: Consultation) -> Side:
    """The shipped knowledge with another consultation, made without files."""
    base = replace(shipped_knowledge(), consultations={SHOULD_CONNECT: change})
    return new_side(base)


def with_setting(name: str, value: int | tuple[str, ...]) -> Side:
    """The shipped rules with another value of one setting."""

    def of_setting(test: Leaf) -> Leaf:
        return replace(test, value=value) if test.setting == name else test

    old = should_connect()
    rules = (
        replace(
            rule,
            when=mapped(rule.when, of_setting),
            unless=tuple(mapped(each, of_setting) for each in rule.unless),
        )
        for rule in old.rules
    )
    settings = {**old.settings, name: replace(old.settings[name], value=value)}
    return with_consultation(replace(old, rules=tuple(rules), settings=settings))


def shipped_rule(name: str) -> Rule:
    """One of the shipped rules."""
    rule = should_connect().rule(name)
    assert rule is not None
    return rule


def with_rule(rule: Rule, instead_of: str = "") -> Side:
    """The shipped rules with `rule` in the place of the one of its id, or of another one."""
    others = without_rule(instead_of or rule.id)
    return with_consultation(replace(others, rules=(*others.rules, rule)))


def without_rule(name: str) -> Consultation:
    """The shipped consultation without one rule."""
    return replace(should_connect(), rules=tuple(r for r in should_connect().rules if r.id != name))


def compare(new: Side, corpus: tuple[CorpusCase, ...] = (), *, search: bool = True) -> RulesDifference:
    """The difference from the shipped rules."""
    return RuleDiff(old_side(), new, DAY).compare(corpus, search=search)


def check_witnesses(found: RulesDifference, new: Side) -> None:
    """Every file that is shown flips as it is said, when it is advised on with either side."""
    for flip in found.flips:
        if flip.witness:
            situation = told_by(flip.witness, None)
            verdicts = [Advisor(side.base).advise(situation).verdict for side in (old_side(), new)]
            assert verdicts == [flip.before, flip.after], flip.witness


def pairs(found: RulesDifference) -> set[tuple[str, str]]:
    """Verdicts before and after of all flips that have a file."""
    return {(flip.before, flip.after) for flip in found.flips if flip.witness}


# ------------------------------------------------------------------------------------------- worked changes


def test_a_lower_limit_is_one_edit_with_witnesses_of_its_range() -> None:
    """80 for 100: the setting, the rules that read it, and files on which a verdict turns from 80 to 99."""
    new = with_setting("weekly_limit", 80)
    found = compare(new)
    [change] = found.changes
    assert (change.kind, change.name, change.parts[0].before, change.parts[0].after) == (
        "setting", "weekly_limit", ("100",), ("80",),
    )  # fmt: skip
    assert {"weekly-limit-reached", "plan-breaks-weekly-limit"} <= set(change.touches)
    assert found.edits == ("setting weekly_limit",)
    assert pairs(found) == {("connect", "wait"), ("revise", "wait")}
    assert all(flip.causes == ("setting weekly_limit",) for flip in found.flips)
    check_witnesses(found, new)
    flip = next(each for each in found.flips if each.before == "connect")
    assert "last_7_days: 80" in flip.witness
    assert flip.region == ("pace.last_7_days: 80 to 99",)
    assert "+weekly-limit-reached" in flip.turned
    for count, differs in ((79, False), (80, True), (99, True), (100, False)):
        situation = told_by(flip.witness.replace("last_7_days: 80", f"last_7_days: {count}"), None)
        one, other = (Advisor(side.base).advise(situation).verdict for side in (old_side(), new))
        assert (one != other) is differs


def test_a_higher_limit_turns_the_other_way() -> None:
    """120 for 100 lets requests go that had to wait."""
    new = with_setting("weekly_limit", 120)
    found = compare(new)
    assert {("wait", "connect"), ("wait", "revise")} <= pairs(found)
    check_witnesses(found, new)


def test_a_reworded_message_flips_nothing() -> None:
    """Words that people read decide nothing, and nothing is searched for."""
    found = compare(with_rule(replace(shipped_rule("weekly-limit-reached"), message="The week is full.")))
    [change] = found.changes
    assert (change.name, change.how, change.decides) == ("weekly-limit-reached", "changed", False)
    assert not found.edits
    assert not found.flipped
    assert "Nothing that decides has changed." in rules_diff.text(found, Page())


def test_spacing_and_comments_are_no_change(cli: CommandLine, tmp_path: Path) -> None:
    """Other spacing and comments are no change at all, however it is asked."""
    one = small_copy(tmp_path / "one")
    other = small_copy(tmp_path / "other", visits=("rules:\n", "# a comment\nrules:\n\n"))
    for format_ in ("text", "markdown"):
        outcome = cli("rules", "diff", one, other, "--format", format_, "--fail-on-flip")
        assert (outcome.code, outcome.err) == (0, "")
        assert "The two say the same." in outcome.out


def test_a_rule_removed() -> None:
    """Without the rule about a restriction, a restricted sender may go on."""
    new = with_consultation(without_rule("restricted-now"))
    found = compare(new)
    [change] = found.changes
    assert (change.name, change.how) == ("restricted-now", "removed")
    assert ("wait", "connect") in pairs(found)
    assert {flip.causes for flip in found.flips} == {("rule restricted-now",)}
    check_witnesses(found, new)


def test_an_effect_softened() -> None:
    """A concern at another verdict shows as the effect, and moves verdicts to it."""
    rule = shipped_rule("restricted-now")
    new = with_rule(replace(rule, effect=replace(rule.effect, target="revise")))
    found = compare(new)
    assert [part.part for part in found.changes[0].parts] == ["then"]
    assert pairs(found) == {("wait", "revise")}
    check_witnesses(found, new)


def test_a_clause_dropped() -> None:
    """A clause that goes is said in words, and only it."""
    rule = shipped_rule("too-many-today")
    new = with_rule(changed(rule, ("when", "any", 1), None))
    found = compare(new)
    [part] = found.changes[0].parts
    assert part.part == "when"
    assert len(part.before) == 1
    assert not part.after
    assert ("wait", "connect") in pairs(found)
    check_witnesses(found, new)


def test_a_list_value_dropped() -> None:
    """A way of knowing somebody that no longer counts takes the ground away."""
    ways = should_connect().settings["known_ways"].value
    assert isinstance(ways, tuple)
    new = with_setting("known_ways", tuple(way for way in ways if way != "acquaintance"))
    found = compare(new)
    [part] = found.changes[0].parts
    assert part.before == ("acquaintance",)
    assert any("acquaintance" in flip.witness for flip in found.flips)
    check_witnesses(found, new)


def excepted() -> Rule:
    """A shipped rule with one more exception."""
    return replace(
        shipped_rule("restricted-now"), unless=(Leaf("relationship.asked_to_connect", "eq", True),)
    )


def test_an_exception_added() -> None:
    """A new exception is named, and a file shows the rule blocked by it."""
    new = with_rule(excepted())
    found = compare(new)
    [part] = found.changes[0].parts
    assert (part.part, len(part.after)) == ("unless", 1)
    assert ("wait", "connect") in pairs(found)
    check_witnesses(found, new)


def test_a_phrase_of_the_lexicon_removed(tmp_path: Path) -> None:
    """Where words are no longer found, a note that holds them is judged otherwise."""
    sign = shipped_knowledge().lexicons["en"].signs["romantic"]
    path = shipped_copy(tmp_path) / EN
    text = path.read_text(encoding="utf-8").replace("      - You have a beautiful smile.\n", "")
    for phrase in sign.phrases:
        if "smile" in phrase:
            text = text.replace(f"      - {phrase}\n", "")
    path.write_text(text, encoding="utf-8")
    new = new_side(load(tmp_path / "rules", tmp_path / "knowledge"))
    found = compare(new)
    assert found.edits == ("lexicon en",)
    assert any("smile" in flip.witness for flip in found.flips)
    check_witnesses(found, new)


def test_of_several_edits_the_one_that_does_it_is_named() -> None:
    """Two edits, each with its own flips."""
    limited = with_setting("weekly_limit", 80).consultation
    rules = (*(rule for rule in limited.rules if rule.id != "restricted-now"), excepted())
    new = with_consultation(replace(limited, rules=rules))
    found = compare(new)
    causes = {(flip.before, flip.after): flip.causes for flip in found.flips}
    assert causes["connect", "wait"] == ("setting weekly_limit",)
    assert causes["wait", "connect"] == ("rule restricted-now",)
    check_witnesses(found, new)


def test_a_rule_with_another_id_is_renamed() -> None:
    """The same rule under another id is said to be that, and flips nothing."""
    renamed = replace(shipped_rule("restricted-now"), id="held-back-by-the-platform")
    found = compare(with_rule(renamed, "restricted-now"))
    [change] = found.changes
    assert (change.how, change.formerly, change.name) == (
        "renamed", "restricted-now", "held-back-by-the-platform",
    )  # fmt: skip
    assert not found.flipped


# ------------------------------------------------------------------------------------------------ the corpus


def test_cases_that_are_there_are_decided_with_both(cli: CommandLine, tmp_path: Path) -> None:
    """Prospect files, cases and lines of JSON are counted; each flip has its cause, each turn its cases."""
    edited(tmp_path / "new", SETTINGS, "value: 100", "value: 80")
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for count in (10, 85, 100):
        told = {
            "prospect": "Ana",
            "relationship": "colleague",
            "sending": {"last_7_days": count},
            "as_of": "2026-11-20",
        }
        (corpus / f"{count}.yaml").write_text(as_yaml(told), encoding="utf-8")
    case = {
        "name": "eighty",
        "given": {"pace.last_7_days": 80},
        "expect": {"holds": ["weekly-limit-reached"]},
    }
    (corpus / "some.cases.yaml").write_text(as_yaml({"cases": [case]}), encoding="utf-8")
    line = {"situation": {"prospect": {"name": "Ana"}, "sending": {"last_7_days": 90}, "as_of": "2026-11-20"}}
    (corpus / "lines.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    outcome = cli(
        "rules", "diff", str(shipped().rules.parent), str(tmp_path / "new"), "--corpus", corpus,
        "--format", "json", "--fail-on-flip",
    )  # fmt: skip
    assert outcome.code == 1, outcome.err
    found = part_of(outcome.out, SHOULD_CONNECT)
    assert found["corpus"]["cases"] == 5
    [flip] = [each for each in found["corpus"]["flips"] if each["name"].endswith("85.yaml")]
    assert (flip["before"], flip["after"], flip["causes"]) == ("connect", "wait", ["setting weekly_limit"])
    assert not found["searched"]
    turns = {(each["rule"], each["holds"]) for each in found["corpus"]["turns"]}
    assert ("weekly-limit-reached", True) in turns
    assert sum(sum(others.values()) for others in found["corpus"]["verdicts"].values()) == 5


def part_of(text: str, consultation: str) -> dict[str, Any]:
    """What JSON of a comparison says of one consultation."""
    (part,) = (each for each in json.loads(text)["consultations"] if each["consultation"] == consultation)
    assert isinstance(part, dict)
    return part


# ------------------------------------------------------------------------------- several consultations


def two_copies(folder: Path, file: str, old: str, new: str) -> tuple[Path, Path]:
    """Two copies of the shipped rules with a second consultation, one with a text replaced in one file."""
    copies = beside_the_shipped(folder / "one"), beside_the_shipped(folder / "two")
    path = copies[1] / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    return copies


def test_a_shared_setting_shows_its_effect_in_every_consultation(cli: CommandLine, tmp_path: Path) -> None:
    """It is told of in full where it is written, and each that goes by it shows what comes of it there."""
    one, other = two_copies(tmp_path, SETTINGS, "value: 100", "value: 80")
    told = cli("rules", "diff", one, other, "--format", "json", "--witness", tmp_path / "flips")
    home, borrower = part_of(told.out, SHOULD_CONNECT), part_of(told.out, HABITS)
    assert [each["name"] for each in home["changes"]] == ["weekly_limit"]
    assert [(each["name"], each["home"]) for each in borrower["changes"]] == [
        ("weekly_limit", SHOULD_CONNECT)
    ]
    assert {(each["before"], each["after"]) for each in borrower["flips"]} >= {("steady", "slow-down")}
    assert home["flips"]
    assert all(each["causes"] == ["setting weekly_limit"] for each in borrower["flips"])
    texts = [path.read_text(encoding="utf-8") for path in (tmp_path / "flips").iterdir()]
    (text,) = (each for each in texts if f"# Consultation: {HABITS}.\n" in each)
    assert "prospect:" not in text
    assert "last_7_days: 80" in text
    shown = cli("rules", "diff", one, other)
    for words in (f"Consultation {HABITS}", "(100 → 80), borrowed from should-connect", "steady → slow-down"):
        assert words in " ".join(shown.out.split())
    assert cli("rules", "diff", one, other, "--format", "markdown").out.count("### What the rules say") >= 2


def test_only_what_is_written_is_an_edit(cli: CommandLine, tmp_path: Path) -> None:
    """A rule that begins to use what it could always borrow is one edit: nothing was added to the home."""
    rules = f"rules/{HABITS}/pace.yaml"
    one, other = two_copies(tmp_path, rules, "unless: [relationship.known]", "unless: [introduced]")
    path = other / rules
    text = path.read_text(encoding="utf-8").replace("relationship.known: true", "introduced: true")
    path.write_text(text, encoding="utf-8")
    found = part_of(cli("rules", "diff", one, other, "--format", "json").out, HABITS)
    assert [each["name"] for each in found["changes"]] == ["habits-in-vain"]
    assert found["edits"] == ["rule habits-in-vain"]
    assert found["flips"]
    assert all(each["causes"] == ["rule habits-in-vain"] for each in found["flips"])


def test_a_consultation_that_is_new_is_named_and_each_file_goes_to_its_own(
    cli: CommandLine, tmp_path: Path
) -> None:
    """What only one side has cannot be compared; a history is decided as one, a prospect as another."""
    one, other = shipped_copy(tmp_path / "one"), beside_the_shipped(tmp_path / "two")
    added = json.loads(cli("rules", "diff", one, other, "--format", "json").out)
    assert (added["added"], added["removed"]) == ([HABITS], [])
    assert "Only the new rules have habits." in cli("rules", "diff", one, other).out
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    history = {"sending": {"last_7_days": 100}, "as_of": "2026-11-20"}
    (corpus / "mine.yaml").write_text(as_yaml(history), encoding="utf-8")
    (corpus / "ana.yaml").write_text(as_yaml({"prospect": "Ana", **history}), encoding="utf-8")
    cases = other / "rules" / HABITS / "cases"
    told = cli("rules", "diff", other, other, "--corpus", corpus, "--corpus", cases, "--format", "json")
    assert part_of(told.out, SHOULD_CONNECT)["corpus"]["cases"] == 1
    habits = part_of(told.out, HABITS)["corpus"]
    assert (habits["cases"], habits["unread"]) == (3, [])
    assert habits["verdicts"]["slow-down"] == {"slow-down": 2}


def test_facts_that_no_file_can_tell_are_shown_as_facts(cli: CommandLine, tmp_path: Path) -> None:
    """Where verdicts differ on facts and no prospect file gives them, that is said."""
    one, other = small_copy(tmp_path / "one"), small_copy(tmp_path / "two", settings=("value: 4", "value: 2"))
    outcome = cli("rules", "diff", one, other, "--witness", tmp_path / "flips")
    assert "go → pause: guest.visits" in outcome.out
    assert "No file could be made that shows it" in outcome.out
    assert not list((tmp_path / "flips").iterdir())


def test_files_of_cases_are_read_as_they_are_tested(cli: CommandLine, tmp_path: Path) -> None:
    """A misspelt fact is complained about; a case without a day is one of all days' cases, not of today."""
    one = small_copy(tmp_path / "one")
    dated = ("value: 4\n", "value: 4\n    changes: [{from: 2026-06-01, value: 2}]\n")
    other = small_copy(tmp_path / "other", settings=dated)
    place = tmp_path / "some.cases.yaml"
    place.write_text(
        "cases:\n  - {name: three, given: {guest.visits: 3}, expect: {verdict: go}}\n", encoding="utf-8"
    )
    asked = ("rules", "diff", one, other, "--as-of", "2026-11-20", "--corpus", place, "--fail-on-flip")
    outcome = cli(*asked)
    assert outcome.code == 0, outcome.out + outcome.err
    text = place.read_text(encoding="utf-8")
    place.write_text(text.replace("guest.visits", "guest.visit"), encoding="utf-8")
    wrong = cli(*asked)
    assert (wrong.code, wrong.codes, wrong.out) == (3, ["unknown-fact"], "")
    place.write_text(text.replace("given", "as_of: 2026-11-20, given"), encoding="utf-8")
    assert cli(*asked).code == 1


def test_a_case_of_another_day_has_the_causes_of_that_day() -> None:
    """A limit that is lower from a day on turns a case asked after it, though nothing turns today."""
    old = should_connect()
    limit = old.settings["weekly_limit"]
    later = replace(limit, changes=(SettingChange(date(2027, 1, 1), 80),))
    new = with_consultation(replace(old, settings={**old.settings, "weekly_limit": later}))
    case = CorpusCase(
        "ninety", given={"relationship.known_as": "colleague", "pace.last_7_days": 90}, as_of=date(2027, 2, 1)
    )
    found = compare(new, (case, replace(case, name="today", as_of=None)), search=False)
    assert not found.edits
    assert found.corpus is not None
    assert [(flip.name, flip.causes) for flip in found.corpus.flips] == [
        ("ninety", ("setting weekly_limit",))
    ]


# ------------------------------------------------------------------------------------------------ the command


def test_files_that_cannot_be_written_are_complained_about(cli: CommandLine, tmp_path: Path) -> None:
    """A file where a folder has to be, or a folder where a file: exit 2, and nothing is left behind."""
    one = small_copy(tmp_path / "one")
    other = small_copy(tmp_path / "other", visits=("concern: leave", "concern: pause"))
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    outcome = cli("rules", "diff", one, other, "--witness", tmp_path / "file" / "flips")
    assert (outcome.code, outcome.codes, outcome.out) == (2, ["unwritable"], "")
    taken = tmp_path / "flips" / "1-rule-no-hawking-leave-to-pause.yaml"
    taken.mkdir(parents=True)
    outcome = cli("rules", "diff", one, other, "--witness", tmp_path / "flips")
    assert (outcome.code, outcome.codes, outcome.out) == (2, ["not-a-file"], "")
    assert list((tmp_path / "flips").iterdir()) == [taken]


def test_revisions_of_git_are_compared_without_touching_the_work_tree(
    cli: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """HEAD against the folder, two revisions against each other, and witnesses that run."""
    folder = small_copy(tmp_path / "repository")

    def git(*arguments: str) -> None:
        identity = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)

    git("init", "-q", "-b", "trunk")
    git("add", "-A")
    git("commit", "-q", "-m", "before")
    small_copy(folder, visits=("concern: leave", "concern: pause"))
    monkeypatch.chdir(folder)
    before = {path: path.read_bytes() for path in folder.rglob("*.yaml")}
    outcome = cli("rules", "diff", "HEAD", "--witness", tmp_path / "flips", "--format", "markdown")
    assert outcome.code == 0, outcome.err
    assert outcome.out.startswith("# Rules: HEAD → .\n")
    assert "<details>" in outcome.out
    assert {path: path.read_bytes() for path in folder.rglob("*.yaml")} == before
    files = sorted((tmp_path / "flips").iterdir())
    assert files[0].name == "1-rule-no-hawking-leave-to-pause.yaml"
    told = cli("should-connect", files[0], "--rules", ".", "--format", "json")
    assert json.loads(told.out)["verdict"] == "pause"
    git("commit", "-q", "-a", "-m", "after")
    same = cli("rules", "diff", "trunk", "--fail-on-flip")
    assert (same.code, "The two say the same." in same.out) == (0, True)
    (folder / "rules" / SHOULD_CONNECT / "visits.yaml").write_text("rules: 3\n", encoding="utf-8")
    git("commit", "-q", "-a", "-m", "broken")
    broken = cli("rules", "diff", "HEAD~1", "HEAD")
    assert broken.code == 3
    assert broken.err.startswith("HEAD:rules/should-connect/visits.yaml:1:8: ")


@pytest.mark.parametrize("named", ["no-such-revision", ":", "--help:x"])
def test_a_revision_that_is_not_there_is_said_to_be_so(cli: CommandLine, named: str) -> None:
    """Neither a folder nor a revision: exit 2, with what to do."""
    outcome = cli("rules", "diff", "--", named)
    assert (outcome.code, outcome.codes) == (2, ["unknown-revision"])
    assert "Traceback" not in outcome.err


def test_without_git_folders_still_work(
    cli: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where git is missing that is said, and two folders need none."""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert cli("rules", "diff", "HEAD").codes == ["no-git"]
    here = str(shipped().rules.parent)
    assert cli("rules", "diff", here, here).code == 0


def test_a_corpus_that_is_not_there(cli: CommandLine, tmp_path: Path) -> None:
    """A place that does not exist, and a file that is no YAML, are complained about together."""
    (tmp_path / "bad.yaml").write_text("a: [", encoding="utf-8")
    here = str(shipped().rules.parent)
    outcome = cli("rules", "diff", here, here, "--corpus", tmp_path, "--corpus", tmp_path / "none")
    assert outcome.code == 2
    assert "no-such-file" in outcome.codes
    assert len(outcome.codes) == 2


def test_the_same_difference_gives_the_same_bytes(cli: CommandLine, tmp_path: Path) -> None:
    """No order of anything leaks out."""
    one, other = small_copy(tmp_path / "one"), small_copy(tmp_path / "two", settings=("value: 4", "value: 2"))
    first, second = (cli("rules", "diff", one, other, "--format", "json").out for _ in range(2))
    assert first == second
    assert part_of(first, SHOULD_CONNECT)["flips"]


# ------------------------------------------------------------------------------------------------ the search


def small_consultation(files: Mapping[str, str], folder: Path) -> tuple[KnowledgeBase, Consultation]:
    """A small knowledge base that was written to `folder`."""
    base = load(*small_knowledge.write(folder, files))
    return base, on_day(base.consultation("demo"), DAY)


def test_many_values_in_few_classes_are_searched_wholly(tmp_path: Path) -> None:
    """What counts is how many values the rules tell apart, not how many there are."""
    gifts = ", ".join(f"{name}: {{}}" for name in "abcdefghijkl")
    files = small_knowledge.changed(
        "rules/demo/facts.yaml", "{cake: {}, wine: {}}", f"{{cake: {{}}, wine: {{}}, {gifts}}}"
    )
    _, same = small_consultation(files, tmp_path)
    assert FlipSearch(same, same).find().exhaustive


def test_edits_that_make_no_rules_alone_leave_the_search_open(tmp_path: Path) -> None:
    """Two rules that go the other way round: with only one of them they would rest on each other."""
    base, sound = small_consultation(small_knowledge.FILES, tmp_path)
    first, second = sound.rule("friends-are-welcome"), sound.rule("comes-often")
    assert first is not None
    assert second is not None

    def side(**leaning: Leaf) -> Consultation:
        rules = [
            replace(rule, when=All((rule.when, leaning[name])))
            if (name := rule.effect.target) in leaning
            else rule
            for rule in sound.rules
        ]
        return replace(sound, rules=tuple(rules))

    old, new = side(frequent=Leaf("welcome", "eq", True)), side(welcome=Leaf("frequent", "eq", True))
    assert not made_up(RuleEdits(base, base, old, new), []).exhaustive


def test_the_summary_is_made_of_sentences() -> None:
    """Each begins with a capital or a figure, also where there is nothing to count."""
    found = compare(with_setting("weekly_limit", 80), search=False)
    assert "1 edit can change a verdict. No cases with another verdict are shown." in rules_diff.text(
        found, Page(width=200)
    )


@share(100)
@given(st.data())
def test_a_flip_is_found_wherever_trying_everything_finds_one(data: st.DataObject) -> None:
    """On small catalogs the search finds exactly the pairs of verdicts that brute force finds."""
    old = as_consultation(data.draw(catalogs(most=5)))
    assume(old.active)
    chosen = data.draw(st.sampled_from(old.rules))
    way = data.draw(st.sampled_from(("removed", "soft", "narrow", "bare", "turned")))
    alike = [rule.when for rule in old.rules if rule is not chosen and rule.effect == chosen.effect]
    softer = replace(chosen.effect, target="revise") if chosen.effect.kind == "concern" else chosen.effect
    other = {
        "removed": None,
        "soft": replace(chosen, effect=softer),
        "narrow": replace(chosen, when=All((chosen.when, *alike))),
        "bare": replace(chosen, unless=()),
        "turned": replace(chosen, unless=(chosen.when,)),
    }[way]
    rules = [rule for rule in old.rules if rule is not chosen]
    new = replace(old, rules=(*rules, *([other] if other else [])))
    by_class = joint_classes(old, new)
    assume(prod(len(values) + 1 for values in by_class.values()) <= MOST_CASES)
    try:
        networks = WorkingNetwork(old), WorkingNetwork(new)
    except ValueError:  # a conclusion that then rests on itself
        assume(condition=False)
    wanted: set[tuple[int, int]] = set()
    for values in product(*((None, *values) for values in by_class.values())):
        facts: Mapping[str, FactValue] = {
            name: value for name, value in zip(by_class, values, strict=True) if value is not None
        }
        one, two = (network.level(network.start(facts)) for network in networks)
        if one != two:
            wanted.add((one, two))
    found = FlipSearch(old, new).find(max_steps=20_000)
    assert found.facts.keys() == wanted
    for pair, facts in found.facts.items():
        assert tuple(network.level(network.start(facts)) for network in networks) == pair
