"""Examples and cases are tried, mutants noticed, dates kept: the rule keepers' own tests work as they say."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.catalog.case_text import case_lines, cases_text
from advisor.catalog.load import load, read
from advisor.catalog.scenarios import read_scenarios
from advisor.errors import RuleError
from advisor.inference.engine import Program
from advisor.inference.reference import ReferenceEngine
from advisor.model.clauses import holds, leaves
from advisor.model.condition import evaluate
from advisor.model.mutation import MutationReport
from advisor.model.scenario import Expected
from advisor.model.situation import Prospect, Relationship, Situation
from advisor.wiring import Advisor
from advisor.workbench.mutants import mutants
from advisor.workbench.mutation import MutationRun, as_expected, expected_of
from advisor.workbench.trial import Observed, Trier, coverage
from broken_knowledge import CONCLUSIONS, SETTINGS, VISITS
from command_line import CommandLine
from laws import share
from small_knowledge import FILES, write
from strategies import as_consultation, cases, catalogs, shipped_knowledge, should_connect

CASES = "rules/demo/cases/doors.cases.yaml"
HEAD = "cases:\n"


def small(folder: Path, **more: str):
    """The small knowledge base, with some files written otherwise."""
    return load(*write(folder, {**FILES, **{name.replace("__", "/"): text for name, text in more.items()}}))


def engine_of(consultation):
    """The reference engine for a consultation."""
    return ReferenceEngine(Program.of(consultation.active, consultation.vocabulary))


# ---------------------------------------------------------------- cases as text


def test_a_case_is_read_with_all_that_it_says(tmp_path: Path) -> None:
    """Name, facts, verdict, rules, day and reason of a case come out as they were written."""
    text = HEAD + (
        "  - name: cake\n    as_of: 2026-03-01\n    given: {guest.gifts: [cake], frequent: true}\n"
        "    expect: {verdict: go, holds: [], does_not_hold: [too-often]}\n    known_miss: not yet\n"
    )
    (case,) = read_scenarios(text, "a.cases.yaml", small(tmp_path), "demo")
    assert case.given == {"guest.gifts": frozenset({"cake"}), "frequent": True}
    assert case.expected == Expected("go", (), ("too-often",))
    assert (case.name, case.as_of, case.known_miss, case.line) == ("cake", date(2026, 3, 1), "not yet", 2)


@pytest.mark.parametrize(
    ("item", "code", "place"),
    [
        ("{name: a, given: {door.opne: true}, expect: {verdict: go}}", "unknown-fact", "door.opne"),
        ("{name: a, given: {guest.kind: frend}, expect: {verdict: go}}", "unknown-value", "frend"),
        ("{name: a, given: {}, expect: {verdict: goo}}", "unknown-verdict", "goo"),
        ("{name: a, given: {}, expect: {holds: [no-hawkin]}}", "unknown-rule", "no-hawkin"),
        (
            "{name: a, given: {}, expect: {holds: [too-often], does_not_hold: [too-often]}}",
            "duplicate-value",
            "too",
        ),
        ("{name: a, given: {}, expect: {}}", "empty-group", "{}}"),
        ("{name: a, expect: {verdict: go}}", "bad-case", "{name"),
        ("{name: a, given: {}, situation: {prospect: A}, expect: {verdict: go}}", "bad-case", "{name"),
        ("{name: a, situation: {prospekt: A}, expect: {verdict: go}}", "unknown-key missing-key", "prospekt"),
        ("{name: a, given: {}, expect: {verdict: go}, as_of: soon}", "bad-date", "soon"),
        ("{name: a, given: {}, expects: {verdict: go}}", "unknown-key missing-key", "expects"),
        ('{name: a, given: {"rule:too-often": 3}, expect: {verdict: go}}', "wrong-type", "3"),
    ],
)
def test_each_fault_of_a_case_is_told_at_its_place(tmp_path: Path, item: str, code: str, place: str) -> None:
    """A file of cases is complained about as rules are: once, where it stands."""
    text = f"{HEAD}  - {item}\n"
    with pytest.raises(RuleError) as raised:
        read_scenarios(text, "a.cases.yaml", small(tmp_path), "demo")
    assert sorted(each.code for each in raised.value.complaints) == sorted(code.split())
    first = next(each for each in raised.value.complaints if each.code == code.split()[0])
    assert text.split("\n")[first.line - 1][first.column - 1 :].startswith(place)


def test_two_cases_have_two_names(tmp_path: Path) -> None:
    """A second case of the same name is complained about."""
    text = HEAD + "  - {name: a, given: {}, expect: {verdict: go}}\n" * 2
    with pytest.raises(RuleError, match="duplicate-id"):
        read_scenarios(text, "a.cases.yaml", small(tmp_path), "demo")


@given(st.data())
def test_a_case_that_is_written_reads_as_it_was(data) -> None:
    """Whatever facts and rules a written case holds, reading the text gives them back."""
    consultation = should_connect()
    facts = {
        fact: value
        for fact, value in data.draw(cases(consultation.vocabulary)).items()
        if consultation.vocabulary[fact].complaint(value) is None
    }
    ids = [rule.id for rule in consultation.active]
    names = data.draw(st.lists(st.sampled_from(ids), unique=True, max_size=4))
    expected = Expected(data.draw(st.sampled_from(["", "wait"])), tuple(names[:2]), tuple(names[2:]))
    if expected == Expected():
        expected = Expected("avoid")
    name = data.draw(st.text("abc: #{}'\"ü→", min_size=1, max_size=12).filter(str.strip))
    day = data.draw(st.none() | st.dates())
    text = cases_text([case_lines(name, facts, expected, day)])
    (read_back,) = read_scenarios(text, "a.cases.yaml", shipped_knowledge(), consultation.id)
    assert (read_back.given, read_back.expected, read_back.name) == (facts, expected, name.strip())
    assert day is None or read_back.as_of == day


# ---------------------------------------------------------------- trying


def outcome_of(cli: CommandLine, folder: Path, text: str, *options: str) -> tuple[int, dict]:
    """What `rules test --format json` says of the small rules with one file of cases."""
    write(folder, {**FILES, CASES: HEAD + text})
    outcome = cli("rules", "test", folder, "--format", "json", *options)
    return outcome.code, json.loads(outcome.out)


def test_cases_pass_fail_and_are_known_misses(cli: CommandLine, tmp_path: Path) -> None:
    """What comes out passes; a miss that is known does not fail, and one that is none does."""
    text = (
        "  - {name: sells, given: {note.sells: true}, expect: {verdict: leave, holds: [no-hawking]}}\n"
        "  - {name: wrong, given: {note.sells: true}, expect: {verdict: go}}\n"
        "  - {name: known, given: {note.sells: true}, expect: {verdict: go}, known_miss: some day}\n"
        "  - {name: mended, given: {note.sells: true}, expect: {verdict: leave}, known_miss: some day}\n"
    )
    code, found = outcome_of(cli, tmp_path, text)
    outcomes = {each["name"]: each["outcome"] for each in found["results"] if each["kind"] == "case"}
    assert outcomes == {
        "sells": "passed", "wrong": "failed", "known": "known miss", "mended": "no longer missed",
    }  # fmt: skip
    assert code == 4


def test_a_failure_names_the_clause_that_made_it(cli: CommandLine, tmp_path: Path) -> None:
    """The text says which clause of which rule differed, with the value that it saw."""
    text = (
        "  - name: a\n    given: {guest.visits: 5, guest.gifts: [cake]}\n"
        "    expect: {verdict: pause, holds: [too-often]}\n"
    )
    write(tmp_path, {**FILES, CASES: HEAD + text})
    outcome = cli("rules", "test", tmp_path, "--run", "a")
    said = " ".join(outcome.out.split())
    assert outcome.code == 4
    assert "verdict: expected pause, and it is go" in said
    blamed = "unless.2: what the guest brings: one of cake, wine - true: it is cake"
    assert f"too-often: does not hold, and should {blamed}" in said


def test_an_example_that_is_wrong_fails_with_its_clause(cli: CommandLine, tmp_path: Path) -> None:
    """An example turned round fails, and the clause that decided is named."""
    visits = FILES[VISITS].replace("door.open: true}, holds: true", "door.open: true}, holds: false")
    write(
        tmp_path,
        {
            **FILES,
            VISITS: visits.replace("door.open: false}, holds: false", "door.open: false}, holds: true"),
        },
    )
    outcome = cli("rules", "test", tmp_path)
    said = " ".join(outcome.out.split())
    assert outcome.code == 4
    assert "a-friend-at-an-open-door: holds, and should not when.all.1: the guest is welcome - true" in said
    assert "does not hold, and should when.all.2: the door is open - false: it is no" in said


def test_coverage_counts_what_was_seen_and_no_more(tmp_path: Path) -> None:
    """Held against counting by hand: truths of clauses, exceptions alone, outcomes, passages."""
    consultation = small(tmp_path).consultation("demo")
    seen = [Observed({"note.sells": True, "guest.kind": "friend"})]
    found = {each.rule: each for each in coverage(consultation, seen).rules}
    assert found["no-hawking"].held
    assert not found["no-hawking"].held_not
    assert [(each.seen_true, each.seen_false) for each in found["no-hawking"].clauses] == [
        (True, False),
        (False, True),
    ]
    assert found["too-often"].seen == 1  # it did not hold, and that is all
    assert coverage(consultation, seen).passages == {
        "manners/friends": True,
        "manners/hawking": True,
        "manners/how-often": False,
        "platform/doorbell": False,
    }
    everything = coverage(
        consultation, [*seen, *(Observed(e.given, r.id) for r in consultation.rules for e in r.examples)]
    )
    assert everything.seen > coverage(consultation, seen).seen


@share(100)
@given(catalogs(), st.data())
def test_more_cases_never_cover_less(catalog, data) -> None:
    """Coverage grows with what is seen, and all of it is what evaluating each clause gives."""
    consultation = as_consultation(catalog)
    seen = [Observed(data.draw(cases(catalog.vocabulary))) for _ in range(data.draw(st.integers(0, 4)))]
    before = None
    for count in range(len(seen) + 1):
        now = coverage(consultation, seen[:count])
        assert before is None or now.seen >= before.seen
        before = now
    assert before is not None
    for rule, covered in zip(consultation.active, before.rules, strict=True):
        for leaf, clause in zip(leaves(rule), covered.clauses, strict=True):
            truths = {evaluate(leaf.condition, each.facts) for each in seen}
            assert (clause.seen_true, clause.seen_false) == (True in truths, False in truths)


def test_the_threshold_of_coverage_decides_the_exit_code(cli: CommandLine, tmp_path: Path) -> None:
    """Below the threshold the command exits with 1 and says why; at it with 0."""
    write(tmp_path)
    assert cli("rules", "test", tmp_path, "--threshold", "100").code == 1
    outcome = cli("rules", "test", tmp_path, "--coverage", "--threshold", "50")
    assert outcome.code == 0
    assert "never" in outcome.out


def test_names_choose_what_is_tried(cli: CommandLine, tmp_path: Path) -> None:
    """A pattern chooses by rule, example, case or file; one that chooses nothing is a mistake."""
    write(
        tmp_path,
        {**FILES, CASES: HEAD + "  - {name: sells, given: {note.sells: true}, expect: {verdict: leave}}\n"},
    )
    assert (
        "1 passed, 0 failed: 0 examples, 1 cases."
        in cli("rules", "test", tmp_path, "--run", "doors.cases").out
    )
    assert (
        "2 passed, 0 failed: 2 examples, 0 cases."
        in cli("rules", "test", tmp_path, "--run", "No-Hawking").out
    )
    outcome = cli("rules", "test", tmp_path, "--run", "zebra")
    assert outcome.code == 2
    assert "zebra" in outcome.err


def test_reports_for_machines_name_every_test(cli: CommandLine, tmp_path: Path) -> None:
    """JUnit holds every example and case; GitHub's commands hold the failures."""
    write(
        tmp_path,
        {**FILES, CASES: HEAD + "  - {name: wrong, given: {note.sells: true}, expect: {verdict: go}}\n"},
    )
    suite = ElementTree.fromstring(cli("rules", "test", tmp_path, "--format", "junit").out)[0]  # noqa: S314 - our own
    assert (suite.get("tests"), suite.get("failures")) == ("15", "1")
    github = cli("rules", "test", tmp_path, "--format", "github").out
    assert github.count("::error") == 1
    assert "doors.cases.yaml,line=2" in github


def test_the_shipped_rules_pass_their_own_tests(cli: CommandLine) -> None:
    """All shipped examples and cases pass, on both engines, and cover nearly everything."""
    for engine in ("auto", "reference"):
        assert cli("rules", "test", "--threshold", "99", "--engine", engine).code == 0


# ---------------------------------------------------------------- mutants


@share(60)
@given(catalogs(most=4), st.data())
def test_a_survivor_is_one_and_its_case_notices_it(catalog, data) -> None:
    """Each survivor differs on its facts by the engine, and with its case written it is noticed."""
    consultation = as_consultation(catalog)
    if not consultation.rules:
        return
    rule = data.draw(st.sampled_from(consultation.rules))
    run = MutationRun(consultation, [])
    for tried in run.run([rule]):
        if tried.fate == "survived":
            again = MutationRun(consultation, [(tried.mutant.id, tried.facts, expected_of(tried))])
            (same,) = [each for each in again.run([rule]) if each.mutant.id == tried.mutant.id][:1]
            assert same.fate == "noticed", tried
            assert as_expected(consultation, expected_of(tried), engine_of(consultation).infer(tried.facts))


@share(60)
@given(catalogs(most=4), st.data())
def test_a_mutant_that_is_the_same_is_the_same_everywhere(catalog, data) -> None:
    """On generated cases, what was called the same holds exactly where the rule as it is does."""
    consultation = as_consultation(catalog)
    if not consultation.rules:
        return
    rule = data.draw(st.sampled_from(consultation.rules))
    same = [each for each in MutationRun(consultation, []).run([rule]) if each.fate == "same"]
    for _ in range(5):
        facts = {
            fact: value
            for fact, value in data.draw(cases(consultation.vocabulary)).items()
            if consultation.vocabulary[fact].origin != "concluded"
        }
        as_is = engine_of(consultation).infer(facts)
        for tried in same:
            others = tuple(each for each in consultation.rules if each is not rule)
            changed = replace(
                consultation, rules=(*others, *([tried.mutant.rule] if tried.mutant.rule else ()))
            )
            inferred = engine_of(changed).infer(facts)
            assert changed.verdict_where(inferred.held) == consultation.verdict_where(as_is.held)
            if tried.mutant.kind != "effect":
                assert (rule.id in inferred.held) is (rule.id in as_is.held)


def test_each_kind_of_mutant_is_made(tmp_path: Path) -> None:
    """Thresholds both ways, operators, groups, clauses, values, exceptions and effects."""
    consultation = small(tmp_path).consultation("demo")
    made = [each for rule in consultation.rules for each in mutants(rule, consultation)]
    assert {each.kind for each in made} == {
        "threshold", "operator", "group", "clause", "value", "exception", "effect",
    }  # fmt: skip
    assert {each.says for each in made if each.kind == "threshold"} == {
        "gt 4 → 3",
        "gt 4 → 5",
        "lte 4 → 3",
        "lte 4 → 5",
    }
    assert len({each.id for each in made}) == len(made)


def test_missing_cases_are_written_and_close_every_survivor(cli: CommandLine, tmp_path: Path) -> None:
    """After `--write-cases` the cases pass, nothing survives, and a second run writes nothing."""
    write(tmp_path)
    before = json.loads(cli("rules", "mutate", tmp_path, "--format", "json", "--write-cases").out)
    assert before["survived"]
    assert cli("rules", "test", tmp_path).code == 0
    files = {path: path.read_text() for path in tmp_path.rglob("*.cases.yaml")}
    after = cli("rules", "mutate", tmp_path, "--format", "json", "--write-cases", "--threshold", "100")
    assert (after.code, json.loads(after.out)["survived"]) == (0, [])
    assert {path: path.read_text() for path in tmp_path.rglob("*.cases.yaml")} == files


def test_mutants_are_not_tried_where_a_case_fails_already(cli: CommandLine, tmp_path: Path) -> None:
    """A case that fails as it is has to be mended first."""
    write(
        tmp_path,
        {**FILES, CASES: HEAD + "  - {name: wrong, given: {note.sells: true}, expect: {verdict: go}}\n"},
    )
    outcome = cli("rules", "mutate", tmp_path)
    assert outcome.code == 4
    assert "wrong" in outcome.err


@pytest.mark.deep
def test_every_mutant_of_the_shipped_rules_is_noticed(cli: CommandLine) -> None:
    """No small change of the shipped rules slips through, as far as can be found out."""
    assert cli("rules", "mutate", "--threshold", "100").code == 0


# ---------------------------------------------------------------- dates and names


def dated(folder: Path):
    """The small rules with a number that changes twice and a rule that ends."""
    visits = FILES[VISITS].replace(
        "title: No hawking", "title: No hawking\n    effective: {until: 2026-08-31}"
    )
    settings = FILES[SETTINGS].replace(
        "    value: 4\n",
        "    value: 4\n    changes: [{from: 2026-06-01, value: 2}, {from: 2027-01-01, value: 6}]\n",
    )
    return small(folder, **{SETTINGS: settings, VISITS: visits})


def test_a_day_has_the_rules_and_numbers_of_its_time(tmp_path: Path) -> None:
    """Numbers change on their day and not before; a rule counts on its last day and not after."""
    consultation = dated(tmp_path).consultation("demo")
    assert consultation.turns == (date(2026, 6, 1), date(2026, 9, 1), date(2027, 1, 1))
    for day, most, hawking in [
        ("2026-05-31", 4, True), ("2026-06-01", 2, True), ("2026-08-31", 2, True), ("2026-09-01", 2, False),
        ("2027-01-01", 6, False),
    ]:  # fmt: skip
        then = consultation.on(date.fromisoformat(day))
        held = engine_of(then).infer({"guest.visits": 5, "note.sells": True}).held
        assert then.settings["visits_most"].value == most
        assert ("comes-often" in held) is (most < 5)
        assert ("no-hawking" in held) is hawking


@given(st.integers(-400, 400))
def test_between_two_turns_nothing_changes(days: int) -> None:
    """A day's rules are those of the last turn before it."""
    rule = replace(should_connect().active[0], since=date(2026, 3, 1), until=date(2026, 10, 31))
    consultation = replace(should_connect(), rules=(rule,))
    day = date(2026, 6, 1) + timedelta(days=days)
    last = max((turn for turn in consultation.turns if turn <= day), default=date.min)
    assert consultation.on(day) == consultation.on(last)
    assert bool(consultation.on(day).rules) is (rule.since <= day <= rule.until)


def test_the_advisor_asks_the_rules_of_the_day() -> None:
    """With a rule out of force from tomorrow on, today's verdict rests on it and tomorrow's does not."""
    base = shipped_knowledge()
    consultation = should_connect()
    ends = tuple(
        replace(rule, until=date(2026, 11, 20)) if rule.effect.kind == "ground" else rule
        for rule in consultation.rules
    )
    changed = replace(base, consultations={consultation.id: replace(consultation, rules=ends)})
    situation = Situation(prospect=Prospect(name="Ana"), relationship=Relationship(known_as="colleague"))
    asked = Advisor(changed)
    assert asked.advise(situation, date(2026, 11, 20)).verdict == "connect"
    assert asked.advise(situation, date(2026, 11, 21)).verdict == "avoid"
    assert Advisor(base).advise(situation, date(2026, 11, 21)).verdict == "connect"


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        (
            VISITS,
            "title: No hawking",
            "title: No hawking\n    effective: {from: 2026-02-01, until: 2026-01-31}",
            "dates-out-of-order",
        ),
        (VISITS, "title: No hawking", "title: No hawking\n    effective: {}", "empty-group"),
        (
            SETTINGS,
            "    value: 4\n",
            "    value: 4\n    changes: [{from: 2026-02-01, value: 3}, {from: 2026-02-01, value: 2}]\n",
            "dates-out-of-order",
        ),
        (
            SETTINGS,
            "    value: 4\n",
            "    value: 4\n    changes: [{from: 2026-02-01, value: [a]}]\n",
            "wrong-type",
        ),
        (VISITS, "{rule: a-friend-at-an-open-door}", "{rule: an-open-door}", "renamed-rule"),
        (VISITS, "title: No hawking", "title: No hawking\n    formerly: [too-often]", "duplicate-id"),
        (
            CONCLUSIONS,
            "title: Friends are welcome",
            "title: Friends are welcome\n    effective: {until: 2026-01-31}",
            "underived-conclusion",
        ),
    ],
)
def test_dates_and_old_ids_are_checked(tmp_path: Path, file: str, old: str, new: str, code: str) -> None:
    """Days out of order, old ids that lead nowhere or to two rules, conclusions without a rule at times."""
    files = dict(FILES)
    assert old in files[file]
    files[file] = files[file].replace(old, new)
    assert [each.code for each in read(*write(tmp_path, files)).complaints] == [code]


def test_a_rule_is_found_by_its_old_id(cli: CommandLine, tmp_path: Path) -> None:
    """`explain` shows the rule by the id that it had, and says what it is called now."""
    from advisor.folders import shipped

    folder = tmp_path / "copy"
    for name, source in (("rules", shipped().rules), ("knowledge", shipped().knowledge)):
        for path in source.rglob("*.yaml"):
            target = folder / name / path.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    pace = folder / "rules" / "should-connect" / "pace.yaml"
    pace.write_text(
        pace.read_text().replace("- id: steady-pace\n", "- id: steady-pace\n    formerly: [even-pace]\n")
    )
    outcome = cli("explain", "even-pace", "--rules", folder)
    assert outcome.code == 0
    assert "now called 'steady-pace'" in outcome.err
    assert "steady-pace" in outcome.out


def test_the_trier_judges_an_example_on_its_rule_alone(tmp_path: Path) -> None:
    """An example passes exactly where its rule by itself says what it promises."""
    consultation = small(tmp_path).consultation("demo")
    trier = Trier(consultation, lambda *_: {}, lambda facts, _: engine_of(consultation).infer(facts))
    for rule in consultation.rules:
        for example in rule.examples:
            for promised in (example, replace(example, holds=not example.holds)):
                result = trier.example(rule, promised)
                assert (result.outcome == "passed") is (holds(rule, promised.given) is promised.holds)


def test_the_report_scores_what_makes_a_difference() -> None:
    """With nothing to notice the score is full, not a division by nothing."""
    assert MutationReport(()).score == 100.0


# ---------------------------------------------------------------- days, and more than one consultation


def test_a_failure_is_explained_by_the_numbers_of_its_day(cli: CommandLine, tmp_path: Path) -> None:
    """A case of a day with another number is judged, explained and counted by that number."""
    settings = FILES[SETTINGS].replace(
        "    value: 4\n", "    value: 4\n    changes: [{from: 2027-01-01, value: 10}]\n"
    )
    text = (
        "  - {name: now, as_of: 2026-06-01, given: {guest.visits: 6}, expect: {holds: [comes-often]}}\n"
        "  - {name: then, as_of: 2027-06-01, given: {guest.visits: 6}, expect: {holds: [comes-often]}}\n"
    )
    write(tmp_path, {**FILES, SETTINGS: settings, CASES: HEAD + text})
    outcome = cli("rules", "test", tmp_path, "--run", "*then*")
    assert outcome.code == 4
    assert "more than 10 visits - false: it is 6" in " ".join(outcome.out.split())
    assert cli("rules", "test", tmp_path, "--run", "*now*").code == 0


def test_a_rule_that_is_not_in_force_is_said_to_be_so(cli: CommandLine, tmp_path: Path) -> None:
    """A case that expects a rule on a day on which it does not count fails, and says why."""
    visits = FILES[VISITS].replace(
        "title: No hawking", "title: No hawking\n    effective: {until: 2026-08-31}"
    )
    text = "  - {name: a, as_of: 2026-09-01, given: {note.sells: true}, expect: {holds: [no-hawking]}}\n"
    write(tmp_path, {**FILES, VISITS: visits, CASES: HEAD + text})
    outcome = cli("rules", "test", tmp_path, "--run", "a")
    assert outcome.code == 4
    assert "no-hawking: does not hold, and should: it is not in force on that day" in outcome.out


def test_mutants_are_made_of_the_rules_of_the_day(cli: CommandLine, tmp_path: Path) -> None:
    """Of a rule that took the place of another only the present one is tried, and cases name their day."""
    old = FILES[VISITS].replace("title: No hawking", "title: No hawking\n    effective: {until: 2026-08-31}")
    new = (
        old[old.index("  - id: no-hawking") :]
        .replace("no-hawking", "no-selling", 1)
        .replace("until: 2026-08-31", "from: 2026-09-01")
    )
    write(tmp_path, {**FILES, VISITS: old + "\n" + new.replace("No hawking", "No selling")})
    outcome = cli("rules", "mutate", tmp_path, "--as-of", "2026-10-01", "--write-cases", "--format", "json")
    survived = json.loads(outcome.out)["survived"]
    assert "no-selling" in {each["rule"] for each in survived}
    assert "no-hawking" not in {each["rule"] for each in survived}
    assert cli("rules", "test", tmp_path).code == 0
    again = cli("rules", "mutate", tmp_path, "--as-of", "2026-10-01", "--format", "json")
    assert json.loads(again.out)["survived"] == []
    earlier = cli("rules", "mutate", tmp_path, "--as-of", "2026-01-01")
    assert "on days with other rules" in earlier.err


def test_cases_are_put_behind_those_of_another_hand(cli: CommandLine, tmp_path: Path) -> None:
    """A file that is indented otherwise, with comments and Windows line ends, keeps every sign of its own."""
    mine = [
        "# mine",
        "cases:",
        "- name: sells # so",
        "  given: {note.sells: true}",
        "  expect: {verdict: leave}",
    ]
    before = "".join(f"{line}\r\n" for line in mine)
    write(tmp_path, {**FILES, "rules/demo/cases/visits.cases.yaml": before})
    assert cli("rules", "mutate", tmp_path, "--write-cases").code == 0
    after = (tmp_path / "rules/demo/cases/visits.cases.yaml").read_bytes().decode()
    assert after.startswith(before)
    assert len(after) > len(before)
    assert cli("rules", "test", tmp_path).code == 0


def test_two_consultations_share_a_folder(cli: CommandLine, tmp_path: Path) -> None:
    """Each is tried by its own cases; a passage that either shows is shown; a rule is found in either."""
    other = {
        name.replace("rules/demo/", "rules/other/"): text.replace("id: demo", "id: other")
        for name, text in FILES.items()
        if name.startswith("rules/demo/")
    }
    for name in ("rules/other/visits.yaml", "rules/other/conclusions.yaml", "rules/other/actions.yaml"):
        other[name] = re.sub(r"(\n  - id: |\{rule: |formerly: \[)([a-z]+)", r"\1other-\2", other[name])
    write(tmp_path, {**FILES, **other})
    assert cli("rules", "check", tmp_path).code == 1
    report = json.loads(cli("rules", "test", tmp_path, "--coverage", "--format", "json").out)
    assert {each["rule"] for each in report["results"]} >= {"no-hawking", "other-no-hawking"}
    assert report["coverage"]["passages"]["manners/hawking"] is True
    for rule in ("too-often", "other-too-often"):
        assert cli("rules", "mutate", tmp_path, "--rule", rule).code == 0
    assert cli("rules", "mutate", tmp_path, "--rule", "nowhere").code == 2
