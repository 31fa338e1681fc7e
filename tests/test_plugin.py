"""The pytest plugin on small folders of rules: what is collected, and what is told where something fails."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path
from xml.etree import ElementTree

import pytest

from advisor.testing import LAWS, RulesUnderTest, law_items, lexicon_items, proof_items, rule_files
from advisor.testing.plugin import consultation_folder, rules_beside
from small_knowledge import BORROWING, FILES, write

pytest_plugins = ["pytester"]
LOADED = law_items, lexicon_items, proof_items, rule_files
"""Runs in this process forget what they have loaded, and would load it in part: so it is loaded before."""

INSTALLED = any(each.name == "advisor" for each in entry_points(group="pytest11"))
"""Whether pytest loads the plugin by itself here; then it may not be named a second time."""
OPTIONS = () if INSTALLED else ("-p", "advisor.testing.plugin")
VISITS = "rules/demo/visits.yaml"
CASES = """\
cases:
  - name: a trader at the door
    given: {guest.kind: trader}
    expect: {verdict: leave, holds: [no-hawking], does_not_hold: [too-often]}
  - name: "a note :: that sells"
    given: {note.sells: true}
    expect: {verdict: leave}
  - name: cake makes up for it
    given: {guest.visits: 9, guest.gifts: [cake]}
    expect: {verdict: leave}
    known_miss: nobody has asked the neighbours yet
"""


@pytest.fixture(autouse=True)
def on_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other processes find the package where this one does, and nothing is kept from earlier runs."""
    monkeypatch.setenv("PYTHONPATH", str(Path(rule_files.__file__).parents[2]))
    monkeypatch.setenv("ADVISOR_CACHE", "off")


@pytest.fixture
def rules(pytester: pytest.Pytester) -> Path:
    """A folder with small rules in `rules/` and a file of cases, in which pytest runs."""
    write(pytester.path, {**FILES, "rules/demo/cases/doors.cases.yaml": CASES})
    pytester.makeini("[pytest]\n")
    return pytester.path


def change(file: Path, old: str, new: str) -> None:
    """Put `new` in place of the one `old` in `file`."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


def run(pytester: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    """Run pytest in this process."""
    return pytester.runpytest_inprocess(*OPTIONS, "-p", "no:xdist", *arguments)


def ids(result: pytest.RunResult) -> list[str]:
    """Ids that `--collect-only -q` printed."""
    return [line for line in result.outlines if "::" in line]


# ------------------------------------------------------------------------------------ what is collected


def test_what_is_borrowed_is_tried_where_it_is_written(pytester: pytest.Pytester) -> None:
    """Files of two consultations may have one name, and a borrowed conclusion stands in one of them."""
    write(pytester.path, BORROWING)
    pytester.makeini("[pytest]\n")
    rules = {
        folder: {each.split("::")[1] for each in ids(run(pytester, "--collect-only", "-q", file))}
        for folder in ("demo", "rounds")
        for file in [f"rules/{folder}/conclusions.yaml"]
    }
    assert rules == {
        "demo": {"friends-are-welcome", "comes-often"},
        "rounds": {"stay-at-home", "seldom"},
    }
    run(pytester, "-q", "rules/rounds").assert_outcomes(passed=7)


def test_examples_and_cases_are_tests(rules: Path, pytester: pytest.Pytester) -> None:
    """Each example and each case is a test of its own, by file, rule and name; nobody writes any."""
    found = ids(run(pytester, "--collect-only", "-q"))
    assert f"{VISITS}::too-often::with cake" in found
    assert "rules/demo/conclusions.yaml::comes-often::five visits" in found
    assert "rules/demo/cases/doors.cases.yaml::a note : that sells" in found
    assert "knowledge/lexicon/en.yaml::sells::finds::Buy my brushes" in found
    assert "knowledge/lexicon/en.yaml::sells::passes_over::30" in found
    assert len(found) == len(set(found)) == 11 + 3 + 3
    run(pytester).assert_outcomes(passed=16, xfailed=1)


def test_one_of_them_can_be_chosen(rules: Path, pytester: pytest.Pytester) -> None:
    """By its id, by a file, by what is in its name or in that of its rule."""
    run(pytester, f"{VISITS}::too-often::with cake").assert_outcomes(passed=1)
    run(pytester, f"{VISITS}::too-often").assert_outcomes(passed=3)
    run(pytester, VISITS).assert_outcomes(passed=7)
    run(pytester, "-k", "hawking").assert_outcomes(passed=2, deselected=15)
    run(pytester, "-k", "trader or comes-often").assert_outcomes(passed=3, deselected=14)


def test_the_same_examples_are_found_by_workers(rules: Path, pytester: pytest.Pytester) -> None:
    """Spread over processes, the same tests run."""
    pytester.runpytest_subprocess(*OPTIONS, "-n", "2").assert_outcomes(passed=16, xfailed=1)


def test_a_project_without_rules_is_left_alone(pytester: pytest.Pytester) -> None:
    """Neither YAML files elsewhere, nor a folder called rules without a consultation, are anything to us."""
    pytester.makefile(".yaml", data="a: 1")
    for name in ("rules/lint/some.yaml", "rules/lint/some.cases.yaml", "data/demo/consultation.yaml"):
        (pytester.path / name).parent.mkdir(parents=True, exist_ok=True)
        (pytester.path / name).write_text("rules: [oh", encoding="utf-8")
    assert run(pytester).ret == pytest.ExitCode.NO_TESTS_COLLECTED


def test_the_plugin_loads_nothing_where_there_are_no_rules() -> None:
    """What pytest loads in every project of an environment is the plugin alone, and none of the rest."""
    code = (
        "import sys, pytest; before = set(sys.modules); import advisor.testing.plugin; "
        "print(*sorted(name for name in set(sys.modules) - before if name != '__future__'))"
    )
    source = Path(__file__).parents[1] / "src"
    printed = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(source)},
    )
    assert printed.stdout.split() == ["advisor", "advisor.testing", "advisor.testing.plugin"]


def test_another_folder_can_be_named(rules: Path, pytester: pytest.Pytester) -> None:
    """`advisor_rules` names the folder of rules, or the one that holds it; then no other one counts."""
    other = pytester.path / "guidance"
    write(other)
    (other / "rules").rename(other / "etiquette")
    assert len(ids(run(pytester, "--collect-only", "-q"))) == 17
    found = ids(run(pytester, "--collect-only", "-q", "-o", "advisor_rules=guidance/etiquette"))
    assert len(found) == 14
    assert all(each.startswith(("guidance/etiquette/demo/", "guidance/knowledge/lexicon/")) for each in found)
    assert len(ids(run(pytester, "--collect-only", "-q", "-o", "advisor_rules=."))) == 17


@pytest.mark.parametrize(
    ("file", "chosen", "found"),
    [
        ("rules/demo/visits.yaml", None, "rules/demo"),
        ("rules/demo/deep/down/x.cases.yaml", None, "rules/demo"),
        ("rules/laws.yaml", None, None),
        ("knowledge/sources.yaml", None, None),
        ("rules/demo/visits.yaml", "elsewhere", None),
    ],
)
def test_a_file_belongs_to_the_consultation_that_it_lies_in(
    file: str, chosen: str | None, found: str | None, tmp_path: Path
) -> None:
    """Files lie in the folder of their consultation or deeper; what lies above belongs to none."""
    write(tmp_path)
    folder = consultation_folder(tmp_path / file, tmp_path / chosen if chosen else None)
    assert folder == (tmp_path / found if found else None)


@pytest.mark.parametrize(
    ("file", "chosen", "found"),
    [
        ("rules/laws.yaml", None, "rules"),
        ("rules/laws.yaml", "rules", "rules"),
        ("rules/laws.yaml", "elsewhere", None),
        ("rules/demo/laws.yaml", None, None),
        ("knowledge/lexicon/en.yaml", None, "rules"),
        ("knowledge/lexicon/en.yaml", "rules", "rules"),
        ("knowledge/lexicon/en.yaml", "other/rules", None),
        ("knowledge/sources.yaml", None, None),
        ("other/knowledge/lexicon/en.yaml", None, None),
    ],
)
def test_laws_and_lexicons_belong_to_the_rules_beside_them(
    file: str, chosen: str | None, found: str | None, tmp_path: Path
) -> None:
    """Laws stand among the rules, lexicons in the knowledge beside them; where no rules are, neither does."""
    write(tmp_path)
    folder = rules_beside(tmp_path / file, tmp_path / chosen if chosen else None)
    assert folder == (tmp_path / found if found else None)


# --------------------------------------------------------------------------------- what is told of faults


def test_a_failure_names_the_clause_and_the_line(rules: Path, pytester: pytest.Pytester) -> None:
    """Whoever keeps the rules reads what was expected and which clause made it otherwise; no traceback."""
    change(rules / VISITS, "{name: with cake, given: {frequent: true, guest.gifts: cake}, holds: false}",
           "{name: with cake, given: {frequent: true, guest.gifts: cake}, holds: true}")  # fmt: skip
    result = run(pytester)
    result.assert_outcomes(passed=15, failed=1, xfailed=1)
    line = 1 + (rules / VISITS).read_text(encoding="utf-8").splitlines().index(
        "      - {name: with cake, given: {frequent: true, guest.gifts: cake}, holds: true}"
    )
    result.stdout.fnmatch_lines(
        ["too-often: does not hold, and should", "*unless.2: what the guest brings*true: it is cake",
         f"{VISITS}:{line}: with cake", f"FAILED {VISITS}::too-often::with cake - too-often: does not *"]
    )  # fmt: skip
    result.stdout.no_fnmatch_line("*Traceback*")
    result.stdout.no_fnmatch_line("*.py:*")


def test_a_case_that_fails_tells_the_verdict(rules: Path, pytester: pytest.Pytester) -> None:
    """A case with another verdict names both, and the rule that decided."""
    change(
        rules / "rules/demo/cases/doors.cases.yaml",
        "expect: {verdict: leave, holds",
        "expect: {verdict: go, holds",
    )
    result = run(pytester, "-k", "trader")
    result.assert_outcomes(failed=1, deselected=16)
    result.stdout.fnmatch_lines(
        ["verdict: expected go, and it is leave", "*decided by no-hawking",
         "rules/demo/cases/doors.cases.yaml:2: a trader at the door"]
    )  # fmt: skip


def test_a_sentence_that_is_not_found_is_told(rules: Path, pytester: pytest.Pytester) -> None:
    """What the sign means, and the line of the sentence; nothing is looked for while tests are collected."""
    change(rules / "knowledge/lexicon/en.yaml", "finds: [Buy my brushes]", "finds: [Buy my horses]")
    result = run(pytester, "knowledge")
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(
        ["offers goods: not found, and should be", "knowledge/lexicon/en.yaml:14: Buy my horses"]
    )
    result.stdout.no_fnmatch_line("*Traceback*")


def test_no_sentence_is_tried_while_tests_are_collected(
    rules: Path, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Collecting is cheap: not even what would look for phrases is made."""
    monkeypatch.delattr(lexicon_items, "PhraseMatcher")
    assert len(ids(run(pytester, "--collect-only", "-q", "knowledge"))) == 3


def test_a_known_miss_is_expected_to_fail(rules: Path, pytester: pytest.Pytester) -> None:
    """It is told with its reason; once it passes, that has to be put right in the file."""
    result = run(pytester, "-rx", "-k", "neighbours or cake")
    result.assert_outcomes(passed=1, xfailed=1, deselected=15)
    result.stdout.fnmatch_lines(["XFAIL*cake makes up for it*nobody has asked the neighbours yet*"])
    change(
        rules / "rules/demo/cases/doors.cases.yaml",
        "{verdict: leave}\n    known_miss",
        "{verdict: go}\n    known_miss",
    )
    result = run(pytester)
    result.assert_outcomes(passed=16, failed=1)
    result.stdout.fnmatch_lines(["*marked as a known miss, and it passes*"])


def test_bad_rules_are_told_once_and_whole(rules: Path, pytester: pytest.Pytester) -> None:
    """All that is wrong is told together, with its places, in one error and not one for each file."""
    change(rules / VISITS, "then: ground", "then: {concern: flee}")
    change(rules / "rules/demo/conclusions.yaml", "{fact: guest.visits, gt", "{fact: guest.visit, gt")
    result = run(pytester)
    assert result.ret == pytest.ExitCode.INTERRUPTED
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(
        ["these rules cannot be used:", "rules/demo/conclusions.yaml:*unknown-fact*", "*hint:*guest.visits*",
         "rules/demo/visits.yaml:*flee*"]
    )  # fmt: skip
    result.stdout.no_fnmatch_line("*Traceback*")
    spread = pytester.runpytest_subprocess(*OPTIONS, "-n", "2")
    spread.assert_outcomes(errors=1)


def test_bad_cases_are_told_and_the_rest_runs(rules: Path, pytester: pytest.Pytester) -> None:
    """A file of cases with faults is an error of its own; the examples can still be asked for."""
    change(rules / "rules/demo/cases/doors.cases.yaml", "holds: [no-hawking]", "holds: [no-hawkin]")
    result = run(pytester, "--continue-on-collection-errors")
    result.assert_outcomes(passed=14, errors=1)
    result.stdout.fnmatch_lines(
        ["these cases cannot be used:", "rules/demo/cases/doors.cases.yaml:4:*no-hawkin*"]
    )


def test_what_failed_last_runs_alone_and_the_report_has_its_words(
    rules: Path, pytester: pytest.Pytester
) -> None:
    """`--lf`, `-x` and `--junitxml` do what they do for any test."""
    change(rules / VISITS, "{name: shut, given: {welcome: true, door.open: false}, holds: false}",
           "{name: shut, given: {welcome: true, door.open: true}, holds: false}")  # fmt: skip
    result = run(pytester, "--junitxml=report.xml")
    result.assert_outcomes(passed=15, failed=1, xfailed=1)
    run(pytester, "--lf").assert_outcomes(failed=1)
    assert run(pytester, "-x", VISITS).parseoutcomes()["failed"] == 1
    report = ElementTree.parse(pytester.path / "report.xml")  # noqa: S314 - we have just written it
    failed = [case for case in report.iter("testcase") if case.find("failure") is not None]
    assert [case.get("name") for case in failed] == ["shut"]
    assert "a-friend-at-an-open-door: holds, and should not" in (failed[0].find("failure").text or "")  # type: ignore[union-attr]


# --------------------------------------------------------------------------------------- laws and fixtures


def test_laws_are_tried_where_they_are_asked_for(rules: Path, pytester: pytest.Pytester) -> None:
    """Each law is a test under the file of the consultation, and only with the option."""
    found = ids(run(pytester, "--collect-only", "-q", "--advisor-laws"))
    laws = [each for each in found if "::laws::" in each]
    assert laws == [f"rules/demo/consultation.yaml::laws::{law.id}" for law in LAWS]
    result = run(pytester, "--advisor-laws", "--advisor-examples=10", "-k", "laws")
    result.assert_outcomes(passed=len(LAWS), deselected=17)


LAW = """\
laws:
  - id: no-hawking
    consultation: demo
    says: Who sells is sent away
    where: WHERE
    at_least: leave
    cites: [manners/hawking]
"""


def test_the_laws_of_these_rules_are_proved(rules: Path, pytester: pytest.Pytester) -> None:
    """Each law of `rules/laws.yaml` is a test too, and only with the option."""
    pytest.importorskip("z3")
    (rules / "rules/laws.yaml").write_text(LAW.replace("WHERE", "note.sells"), encoding="utf-8")
    assert len(ids(run(pytester, "--collect-only", "-q"))) == 17
    found = ids(run(pytester, "--collect-only", "-q", "--advisor-laws"))
    assert [each for each in found if "laws.yaml" in each] == ["rules/laws.yaml::no-hawking"]
    run(pytester, "--advisor-laws", "rules/laws.yaml").assert_outcomes(passed=1)


def test_a_law_that_does_not_hold_is_told_with_a_situation(rules: Path, pytester: pytest.Pytester) -> None:
    """The situation that breaks it and where the law is written, and no traceback."""
    pytest.importorskip("z3")
    law = LAW.replace("WHERE", "{fact: guest.visits, gte: 4}")
    (rules / "rules/laws.yaml").write_text(law, encoding="utf-8")
    result = run(pytester, "--advisor-laws", "rules/laws.yaml")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        ["refuted  Who sells is sent away*", "*guest.visits: 4*", "rules/laws.yaml:2: no-hawking"]
    )
    result.stdout.no_fnmatch_line("*Traceback*")


def test_bad_laws_are_told_and_the_rest_runs(rules: Path, pytester: pytest.Pytester) -> None:
    """A file of laws with faults is an error of its own."""
    (rules / "rules/laws.yaml").write_text(LAW.replace("WHERE", "note.sell"), encoding="utf-8")
    result = run(pytester, "--advisor-laws", "-k", "not laws", "--continue-on-collection-errors")
    result.assert_outcomes(passed=16, errors=1, xfailed=1, deselected=len(LAWS))
    result.stdout.fnmatch_lines(["these laws cannot be used:", "rules/laws.yaml:5:*note.sell*"])


def test_without_the_solver_laws_are_skipped(
    rules: Path, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the reason, which says what to install."""
    (rules / "rules/laws.yaml").write_text(LAW.replace("WHERE", "note.sells"), encoding="utf-8")
    monkeypatch.setattr(proof_items, "find_spec", lambda _: None)
    result = run(pytester, "--advisor-laws", "-rs", "rules/laws.yaml")
    result.assert_outcomes(skipped=1)
    result.stdout.fnmatch_lines(["SKIPPED*etiquette-advisor[[]verify]*"])


def test_a_broken_law_is_told_in_words(
    rules: Path, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The law and the smallest case that breaks it, and no traceback."""
    monkeypatch.setattr(RulesUnderTest, "verdict_of", lambda *_: "go")
    result = run(pytester, "--advisor-laws", "--advisor-examples=400", "-k", "the-verdict")
    result.assert_outcomes(failed=1, deselected=17 + len(LAWS) - 1)
    result.stdout.fnmatch_lines(
        [
            "The verdict is among those that are said to be possible*",
            "the verdict is go, and possible are go, *",
        ]
    )
    result.stdout.no_fnmatch_line("*Traceback*")


def test_a_test_can_ask_for_the_rules(pytester: pytest.Pytester) -> None:
    """`knowledge_base` and `advisor` have the project's rules; without any, those that the command uses."""
    pytester.makepyfile(
        """
        from advisor import Prospect, Situation

        def test_rules(advisor, knowledge_base):
            assert advisor.knowledge_base is knowledge_base
            assert "should-connect" in knowledge_base.consultations
            assert advisor.advise(Situation(prospect=Prospect(name="Ana"))).verdict
        """
    )
    run(pytester).assert_outcomes(passed=1)


def test_a_test_can_ask_for_rules_that_are_named(rules: Path, pytester: pytest.Pytester) -> None:
    """The fixture has the rules beside the tests, and tells plainly where they are no good."""
    pytester.makepyfile(
        "def test_rules(knowledge_base):\n    assert list(knowledge_base.consultations) == ['demo']"
    )
    run(pytester, "-k", "test_rules").assert_outcomes(passed=1, deselected=17)
    change(rules / VISITS, "then: ground", "then: {concern: flee}")
    result = run(pytester, "test_a_test_can_ask_for_rules_that_are_named.py")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["the rules cannot be used:", "*flee*"])
