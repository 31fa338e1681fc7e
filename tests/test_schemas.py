"""The schemas by which editors complete and check authored files."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import broken_knowledge
import small_knowledge
from advisor.catalog.files import is_trial, yaml_files
from advisor.catalog.kinds import KINDS, MODELINE, kind_of_file, kind_of_keys, modeline, schema_file
from advisor.catalog.load import load
from advisor.catalog.schemas import form_of, schema_of
from advisor.catalog.text import parse
from advisor.errors import AdvisorError
from advisor.model.condition import GROUND_FACT, All, Condition, Not
from advisor.model.condition import Any as AnyOf
from advisor.model.condition import Test as Leaf
from advisor.model.knowledge import Library, Passage, Use
from advisor.model.knowledge_base import KnowledgeBase
from advisor.model.rule import Consultation, Rule, VerdictLevel
from advisor.testing.rulemaking import LEVELS, Catalog, catalogs
from advisor.wiring import load_knowledge_base
from command_line import CommandLine
from second_consultation import HABITS, beside_the_shipped

ROOT = Path(__file__).resolve().parents[1]
AUTHORED = [path for top in ("rules", "knowledge") for path in yaml_files(ROOT / top)]
SHIPPED_KINDS = [path for path in AUTHORED if kind_of_file(PurePosixPath(path.relative_to(ROOT)))]
EACH_FILE = pytest.mark.parametrize("path", AUTHORED, ids=lambda path: str(path.relative_to(ROOT)))
Validator = jsonschema.Draft202012Validator


def validator(kind: str, base: KnowledgeBase, consultation: Consultation) -> Validator:
    """What judges files of one kind."""
    return Validator(schema_of(kind, base, consultation))


@cache
def shipped(kind: str) -> Validator:
    """What judges files of one kind by the shipped knowledge base."""
    base = load_knowledge_base()
    return validator(kind, base, base.consultation("should-connect"))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Validator]:
    """What judges the files of the small knowledge base, by where their schemas stand."""
    base = load(*small_knowledge.write(tmp_path_factory.mktemp("small"), small_knowledge.BORROWING))
    return {
        str(schema_file(kind, consultation.id)): validator(kind, base, consultation)
        for consultation in base.consultations.values()
        for kind in KINDS
    }


def judge_of(name: str, small: dict[str, Validator]) -> Validator:
    """What judges the file called `name`."""
    return small[str(schema_file(kind_at(name), name.split("/")[1]))]


def kind_at(name: str) -> str:
    """The kind of the file called `name`."""
    kind = kind_of_file(PurePosixPath(name))
    assert kind is not None
    return kind


# ------------------------------------------------------------------ schemas as such


@pytest.mark.parametrize("kind", KINDS)
def test_each_schema_is_a_schema_and_says_what_every_key_is_for(kind: str) -> None:
    """Completion shows a description for every key of every form."""
    schema = shipped(kind).schema
    Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    forms = [schema, *(part for name, part in schema["$defs"].items() if name.endswith("Form"))]
    for form in forms:
        for key, value in form["properties"].items():
            assert value.get("description") or "$ref" in value, f"{form.get('description')}: {key}"


@pytest.mark.parametrize("kind", KINDS)
def test_every_reference_in_a_schema_leads_somewhere_and_nothing_is_left_over(kind: str) -> None:
    """A schema is whole in itself, and holds no definition that it does not need."""
    schema = shipped(kind).schema
    text = json.dumps(schema)
    for name in schema["$defs"]:
        assert f'"#/$defs/{name}"' in text
    named = {part.split('"')[0] for part in text.split('"#/$defs/')[1:]}
    assert named == set(schema["$defs"])


def files_in(folder: Path) -> dict[str, bytes]:
    """Every file below `folder`, by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_the_schemas_in_the_documentation_are_current(cli: CommandLine, tmp_path: Path) -> None:
    """Editors read these files; `make generated` writes them anew."""
    assert cli("schema", "--all", tmp_path).code == 0
    wanted, there = files_in(tmp_path), files_in(ROOT / "docs" / "schemas")
    stale = sorted(name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name))
    assert not stale, "run `make generated`, and delete what is left over"


def test_all_schemas_are_written_at_once(cli: CommandLine, tmp_path: Path) -> None:
    """They are the ones that the commands for each kind print, and nothing else is left in the folder."""
    rules, folder = beside_the_shipped(tmp_path / "own"), tmp_path / "new" / "schemas"
    outcome = cli("schema", "--all", folder, "--rules", rules)
    assert (outcome.code, outcome.out) == (0, "")
    written = files_in(folder)
    shared = {f"{kind.name}.json" for kind in KINDS.values() if not kind.own}
    own = {f"{HABITS}/{kind.name}.json" for kind in KINDS.values() if kind.own and kind.name != "actions"}
    assert {name for name in written if "/" not in name} >= shared | {"situation.json", "verdict.json"}
    assert {name for name in written if name.startswith(HABITS)} == own
    assert "should-connect/actions.json" in written
    for name, text in written.items():
        consultation, _, file = name.rpartition("/")
        asked = ("--consultation", consultation) if consultation in (HABITS, "should-connect") else ()
        if asked or not consultation:
            printed = cli("schema", file.removesuffix(".json"), "--rules", rules, *asked)
            assert printed.out.encode() == text, name


def test_a_schema_knows_what_its_consultation_may_borrow(cli: CommandLine, tmp_path: Path) -> None:
    """Facts and settings that no rule has used yet are completed too, and none may be concluded again."""
    rules = beside_the_shipped(tmp_path / "own")
    schema = json.loads(cli("schema", "rules", "--consultation", HABITS, "--rules", rules).out)
    tests = schema["$defs"]["long-condition"]["properties"]["fact"]["enum"]
    assert {"pace.last_7_days", "introduced", "note.present"} <= set(tests)
    form = schema["$defs"]["RuleForm"]["properties"]
    assert {"$habits_rest", "$weekly_limit"} <= set(form["within"]["enum"])
    assert "introduced" not in json.dumps(form["then"])
    told = json.loads(cli("schema", "cases", "--consultation", HABITS, "--rules", rules).out)
    assert set(told["$defs"]["Situation"]["properties"]) >= {"sending", "me", "as_of"}
    assert "prospect" not in told["$defs"]["Situation"]["properties"]
    unknown = cli("schema", "rules", "--consultation", "habit", "--rules", rules)
    assert (unknown.code, unknown.out) == (2, "")
    assert "did you mean habits" in unknown.err


def test_laws_may_speak_of_any_consultation(tmp_path: Path) -> None:
    """Facts and verdicts of all of them are known, since each law names the one that it is about."""
    base = load(*small_knowledge.write(tmp_path, small_knowledge.BORROWING))
    judge = validator("laws", base, base.consultation("demo"))
    law = {"id": "a", "says": "A", "cites": ["manners/friends"]}
    there = {**law, "consultation": "demo", "where": "note.sells", "at_least": "leave"}
    here = {**law, "consultation": "rounds", "where": {"fact": "rounds.rate", "lt": 5}, "never": ["fine"]}
    judge.validate({"laws": [there, here]})
    for wrong in ({**here, "never": ["fin"]}, {**here, "where": "rounds.rat"}, {**here, "consultation": "x"}):
        assert not judge.is_valid({"laws": [wrong]})


def test_a_kind_that_does_not_exist_is_guessed(cli: CommandLine) -> None:
    """Whoever misspells a kind is told which one was meant."""
    outcome = cli("schema", "pasages")
    assert outcome.code == 2
    assert "Did you mean `passages`" in outcome.err
    assert cli("schema", "rules", "--all", "x").code == 2


def test_the_schema_of_other_rules_has_their_names(cli: CommandLine, tmp_path: Path) -> None:
    """What is completed is what there is in the folder that is named."""
    for top in ("rules", "knowledge"):
        for path in yaml_files(ROOT / top):
            place = tmp_path / path.relative_to(ROOT)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(path.read_bytes())
    facts = tmp_path / "rules/should-connect/facts.yaml"
    text = facts.read_text(encoding="utf-8")
    new = "  my.own: {type: yes-no, from: told, means: A fact of my own, told: purpose.offer}\n"
    facts.write_text(text.replace("\nfacts:\n", f"\nfacts:\n{new}"), encoding="utf-8")
    for arguments in (("schema", "rules", "--rules", tmp_path), ("schema", "--rules", tmp_path, "rules")):
        printed = json.loads(cli(*arguments).out)
        tests = printed["$defs"]["long-condition"]["properties"]["fact"]
        assert tests["enum"][0] == "my.own"
        assert tests["enumDescriptions"][0] == "A fact of my own (yes-no)"


# ------------------------------------------------------------------ what is right


@EACH_FILE
def test_every_shipped_file_keeps_to_the_schema_that_its_first_line_names(path: Path) -> None:
    """The first line leads an editor to the right schema, from where the file lies."""
    text = path.read_text(encoding="utf-8")
    first = text.split("\n", 1)[0]
    inside = PurePosixPath(path.relative_to(ROOT))
    kind = kind_at(str(inside))
    assert first == modeline(inside, kind)
    schema = (path.parent / first.removeprefix(MODELINE)).resolve()
    assert schema == ROOT / "docs" / "schemas" / schema_file(kind, inside.parts[1])
    data = parse(text, str(path)).data
    Validator(json.loads(schema.read_text(encoding="utf-8"))).validate(data)
    assert isinstance(data, dict)
    assert kind_of_keys(tuple(data), listed=isinstance(data.get("facts"), list)) == kind


@pytest.mark.parametrize("name", small_knowledge.BORROWING)
def test_the_small_knowledge_base_keeps_to_its_schemas(name: str, small: dict[str, Validator]) -> None:
    """It uses every corner of what may be written; each consultation is judged by its own names."""
    judge_of(name, small).validate(parse(small_knowledge.BORROWING[name], name).data)


def test_a_case_is_given_as_a_situation_or_as_facts() -> None:
    """Either, and never both or neither; something must be expected of it."""
    judge = shipped("cases")
    case: dict[str, Any] = {"name": "a", "expect": {"verdict": "wait", "holds": ["full-week"]}}
    told = {"prospect": {"name": "Ana"}, "relationship": "stranger"}
    rule = load_knowledge_base().consultation("should-connect").active[0].id
    case["expect"]["holds"] = [rule]
    facts = {"pace.last_7_days": 100, f"rule:{rule}": False, "met.how": ["call"]}
    judge.validate({"cases": [{**case, "situation": told}, {**case, "given": facts, "as_of": "2026-11-21"}]})
    for wrong in (
        case,
        {**case, "situation": told, "given": facts},
        {**case, "given": facts, "expect": {}},
        {**case, "given": {**facts, "met.how": ["cal"]}},
        {**case, "given": facts, "expect": {"verdict": "wiat"}},
        {**case, "situation": {**told, "relationship": {"knwon_as": "stranger"}}},
    ):
        assert not judge.is_valid({"cases": [wrong]}), wrong


# ------------------------------------------------------------------ what is wrong

BEYOND_ONE_PLACE = {
    "duplicate-id",
    "rule-is-conclusion",
    "unknown-placeholder",
    "bad-placeholder",
    "placeholder-may-be-unknown",
    "no-example-that-holds",
    "no-example-that-does-not",
    "cyclic-rules",
    "ambiguous-word",
    "ambiguous-place",
    "bad-phrase",
    "cyclic-list",
    "unknown-list",
    "side-without-passage",
    "unknown-lever",
    "action-without-effect",
    "bad-date",
}
"""Codes of faults that only a look at other places, at the text itself or at the calendar can show."""
NOT_SEEN = {
    ("out-of-range", "maximum: 31\n    minimum: 40"),
    ("id-mismatch", "id: demon"),
    ("duplicate-value", "manners/how-often"),
    ("duplicate-value", "value: [friend, friend]"),
    ("duplicate-value", "levers: [draft, time, draft]"),
    ("wrong-type", "kind: article, file: a"),
    ("missing-key", ""),
    ("bad-name", "  refusals: not never\n  topic: a b"),
    ("bad-value", "{details: a visit}"),
    ("not-from-outside", "welcome"),
    ("wrong-operator", "{fact: guest.calls, known: true}"),
    ("wrong-type", "!!bool no, 30]"),
}
"""Single faults that a schema does not see, since they are matters of two places as well."""
FAULTS = [
    fault
    for fault in broken_knowledge.LOUD
    if fault.code not in BEYOND_ONE_PLACE and (fault.code, fault.new) not in NOT_SEEN
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.code}: {fault.new[:40]}")
def test_what_the_reader_complains_about_in_one_place_the_schema_refuses(
    fault: broken_knowledge.Break, small: dict[str, Validator]
) -> None:
    """An editor underlines what `rules check` would complain about."""
    try:
        data = parse(fault.files[fault.file], fault.file).data
    except AdvisorError:
        return  # no YAML, which editors say by themselves
    assert not judge_of(fault.file, small).is_valid(data)


def test_more_than_a_hundred_faults_are_tried() -> None:
    """The list above is no empty promise."""
    assert len(FAULTS) > 100


# ------------------------------------------------------------------ laws


def written(condition: Condition) -> Any:  # noqa: PLR0911 - one for each form
    """A condition as its author writes it."""
    match condition:
        case Leaf(fact, "in" | "not in" as op, value, _) if isinstance(value, tuple):
            test: Any = {"fact": fact, "in": list(value)}
            if isinstance(value[0], bool):  # a list of yes and no cannot be written
                test = {"any": [{"fact": fact, "eq": each} for each in value]}
            return {"not": test} if op == "not in" else test
        case Leaf(fact, "known" | "unknown" as op, _, _):
            return {"fact": fact, "known": op == "known"}
        case Leaf(fact, "eq", bool(value), _):
            return fact if value else f"not {fact}"
        case Leaf(fact, op, value, _):
            return {"fact": fact, op: value}
        case All(parts):
            return {"all": [written(part) for part in parts]}
        case AnyOf(parts):
            return {"any": [written(part) for part in parts]}
        case Not(part):
            return {"not": written(part)}


def rule_written(rule: Rule) -> dict[str, Any]:
    """A rule as its author writes it, with as little as a draft may have."""
    effect = rule.effect
    then: Any = {effect.kind: effect.target} if effect.target else effect.kind
    unless = [written(each) for each in rule.unless]
    when = written(rule.when)
    return {"id": rule.id, "title": "T", "status": "draft", "when": when, "unless": unless, "then": then}


def knowledge_of(catalog: Catalog) -> tuple[KnowledgeBase, Consultation]:
    """A knowledge base with the facts and rules of `catalog`; rules that are tested are facts in it."""
    levels = tuple(VerdictLevel(name, name, name) for name in LEVELS)
    facts = dict(catalog.vocabulary.facts)
    tested = {name for rule in catalog.rules for name in rule.facts}
    spec = next(iter(facts.values()))
    for name in sorted(tested - facts.keys()):
        facts[name] = replace(spec, name=name, type="yes-no", origin="concluded", options=(), minimum=0)
    vocabulary = replace(catalog.vocabulary, facts=facts)
    consultation = Consultation("demo", "Q?", levels, vocabulary, rules=catalog.rules)
    passage = Passage("source/passage", "source", "H", "P", Use("rules"))
    return KnowledgeBase({"demo": consultation}, Library({}, {passage.id: passage})), consultation


@given(st.data())
def test_every_rule_that_can_be_made_keeps_to_the_schema_once_it_is_written(data: st.DataObject) -> None:
    """Whatever tree of conditions there is, once written as YAML an editor finds no fault in it."""
    catalog = data.draw(catalogs())
    base, consultation = knowledge_of(catalog)
    text = yaml.safe_dump({"rules": [rule_written(rule) for rule in catalog.rules]}, sort_keys=False)
    validator("rules", base, consultation).validate(parse(text, "rules.yaml").data)


@given(st.data())
def test_a_name_that_is_nowhere_is_refused_wherever_it_stands(data: st.DataObject) -> None:
    """One fact of one rule is misspelt: the file no longer keeps to the schema."""
    catalog = data.draw(catalogs().filter(lambda each: each.rules))
    base, consultation = knowledge_of(catalog)
    rules = [rule_written(rule) for rule in catalog.rules]
    rule = data.draw(st.sampled_from(catalog.rules))
    name = data.draw(st.sampled_from(sorted(rule.facts)))
    place = catalog.rules.index(rule)
    wrong = json.dumps(rules[place]).replace(f'"{name}"', '"x.y"').replace(f'"not {name}"', '"not x.y"')
    rules[place] = json.loads(wrong)
    assert not validator("rules", base, consultation).is_valid({"rules": rules})


def test_the_fact_of_grounds_cannot_be_concluded() -> None:
    """Engines settle it themselves, so it is not offered as a target."""
    assert GROUND_FACT not in json.dumps(shipped("rules").schema["$defs"]["RuleForm"]["properties"]["then"])


def test_every_kind_has_a_form_and_every_shipped_file_a_kind() -> None:
    """Nothing that is authored is without help in an editor."""
    assert all(form_of(kind).__doc__ for kind in KINDS)
    assert set(AUTHORED) == set(SHIPPED_KINDS)
    assert not is_trial(ROOT / "rules/should-connect/pace.yaml")
