"""What does not fit its shape is complained about in plain words, once, at the place where it stands."""

import datetime
import enum
import json
import time
from collections.abc import Iterable
from typing import Annotated, Any, Literal, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError, core_schema

from advisor.catalog.text import MAX_COMPLAINTS, DataPath, parse
from advisor.catalog.validation import complaints_from
from advisor.errors import Complaint
from advisor.model.names import MAX_LISTED, described, did_you_mean, either, kind_of, one_of, shown


class Shape(BaseModel):
    """Strict, as the forms of authored files are."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Every(Shape):
    """A condition that asks for all of a list."""

    all: list["Condition"]


class Some(Shape):
    """A condition that asks for any of a list."""

    any: list["Condition"]


class Test(Shape):
    """A condition that looks at one fact."""

    __test__ = False
    fact: str
    eq: bool | int | str | list[str] | None = None


Condition = Every | Some | Test


class Ground(Shape):
    """An effect that is told by its kind."""

    kind: Literal["ground"]


class Concern(Shape):
    """Another, with a key of its own."""

    kind: Literal["concern"]
    level: Literal["wait", "avoid"]


class Channel(enum.Enum):
    """A closed list as an enumeration."""

    WEB = "web"
    MOBILE = "mobile"


class Rule(Shape):
    """One of everything that a form may ask for."""

    id: Annotated[str, Field(pattern=r"^[a-z-]+$", min_length=1, max_length=20)]
    when: Condition | None = None
    effect: Annotated[Ground | Concern, Field(discriminator="kind")] | None = None
    status: Literal["draft", "stable"] = "stable"
    mixed: Literal["many", 1, True] | None = None
    channel: Annotated[Channel, Field(strict=False)] | None = None
    sent: Annotated[int, Field(ge=0, lt=1000, multiple_of=5)] | None = None
    share: Annotated[float, Field(gt=0, le=1)] | None = None
    known: bool | None = None
    since: Annotated[datetime.date, Field(strict=False)] | Literal["unknown"] | None = None
    day: Annotated[datetime.date, Field(strict=False)] | None = None
    cites: Annotated[list[str], Field(min_length=1, max_length=3)] | None = None
    words: str | list[str] | None = None
    amounts: dict[Annotated[str, Field(pattern="^[a-z]+$")], int] | None = None
    loud: Annotated[int | float, BeforeValidator(lambda value: f"{value}!")] | None = None
    custom: object = None
    plain: object = None

    @field_validator("custom")
    @classmethod
    def _refuse(cls, value: object) -> object:
        if value is not None:
            raise PydanticCustomError("too-loud", "this is {how}", {"how": "too loud", "hint": "whisper"})
        return value

    @field_validator("plain")
    @classmethod
    def _doubt(cls, value: object) -> object:
        if value is not None:
            raise ValueError("a plain word, please")
        return value


class Rules(Shape):
    """A file of rules."""

    rules: list[Rule]

    @model_validator(mode="after")
    def _one_at_least(self) -> "Rules":
        if not self.rules:
            raise PydanticCustomError("no-rules", "a file of rules holds a rule")
        return self


def names_at(path: DataPath) -> Iterable[str]:
    """The keys of the shapes above, by path."""
    if not path:
        return Rules.model_fields
    return Rule.model_fields if len(path) == 2 and path[0] == "rules" else ()


def complaints(text: str, shape: type[BaseModel] = Rules, at: DataPath = ()) -> list[Complaint]:
    """What is said against `text`, or what stands at `at` in it, where it should have `shape`."""
    document = parse(text, "rules.yaml")
    data: Any = document.data
    for step in at:
        data = data[step]
    try:
        shape.model_validate(data)
    except ValidationError as error:
        return complaints_from(error, document, names=names_at, at=at)
    return []


def rule(line: str) -> str:
    """A file with one rule, whose second line is `line`."""
    return f"rules:\n  - id: a-rule\n    {line}\n"


FAULTS = [
    # What stands in line 3, code, column, words of the message, words of the hint.
    ("statsu: draft", "unknown-key", 5, "item 1 of `rules` has no key `statsu`", "did you mean `status`?"),
    ("Known: yes", "unknown-key", 5, "no key `Known`", "did you mean `known`?"),
    ("zebra: 1", "unknown-key", 5, "no key `zebra`", "keys that can stand here: `id`, `when`"),
    ("status: drft", "unknown-value", 13, "`status` should be `draft` or `stable`", "did you mean `draft`?"),
    ("status: zzz", "unknown-value", 13, "but is text: `zzz`", "write `draft` or `stable` instead"),
    ("status: 5", "wrong-type", 13, "but is a number: `5`", "`draft` or `stable`"),
    ("status:", "wrong-type", 12, "but is empty", "delete the key"),
    ("mixed: none", "unknown-value", 12, "`many`, `1` or `yes`", "instead"),
    ("channel: Webb", "unknown-value", 14, "`web` or `mobile`", "did you mean `web`?"),
    ("sent: '5'", "wrong-type", 11, "should be a whole number, but is text: `5`", "without quotes"),
    ("sent: 5.5", "wrong-type", 11, "a whole number, but is a number: `5.5`", "a whole number instead"),
    ("sent: yes", "wrong-type", 11, "a whole number, but is a yes/no: yes", "a whole number instead"),
    ("sent: [5]", "wrong-type", 11, "a whole number, but is a list of 1", "a whole number instead"),
    ("sent: -5", "out-of-range", 11, "`sent` should be 0 or more", ""),
    ("sent: 1000", "out-of-range", 11, "should be less than 1000, but is a number: `1000`", ""),
    ("sent: 7", "out-of-range", 11, "should be a multiple of 5", ""),
    ("share: 0", "out-of-range", 12, "should be greater than 0", ""),
    ("share: 1.5", "out-of-range", 12, "should be 1 or less", ""),
    ("share: half", "wrong-type", 12, "should be a number, but is text: `half`", "digits"),
    ("known: maybe", "wrong-type", 12, "should be a yes/no, but is text: `maybe`", "write yes or no"),
    ("known: {}", "wrong-type", 12, "should be a yes/no, but is an empty mapping", "a yes/no"),
    ("day: 2026-02-30", "bad-date", 10, "a date such as 2026-11-21, but is text: `2026-02-30`", "exists"),
    ("day: tomorrow", "bad-date", 10, "should be a date", "year-month-day"),
    ("day: [1]", "wrong-type", 10, "should be a date", "instead"),
    (
        "since: unknwon",
        "unknown-value",
        12,
        "a date such as 2026-11-21 or `unknown`",
        "did you mean `unknown`?",
    ),
    ("since: {a: 1}", "wrong-type", 12, "or `unknown`, but is a mapping of 1", "instead"),
    ("cites: one", "wrong-type", 12, "should be a list, but is text: `one`", "`- `"),
    ("cites: []", "out-of-range", 12, "`cites` should not be empty, but is an empty list", ""),
    ("cites: [a, b, c, d]", "out-of-range", 12, "at most 3 items, but is a list of 4", ""),
    (
        "cites: [a, 7]",
        "wrong-type",
        16,
        "item 2 of `cites` should be text, but is a number: `7`",
        "in quotes",
    ),
    ("cites: [no]", "wrong-type", 13, "item 1 of `cites` should be text, but is a yes/no: no", "in quotes"),
    ("words: 5", "wrong-type", 12, "`words` should be text, but is a number", "in quotes"),
    ("words: [a, 5]", "wrong-type", 16, "item 2 of `words` should be text", "in quotes"),
    (
        "words: {a: 1}",
        "wrong-type",
        12,
        "`words` should be text or a list, but is a mapping",
        "text or a list",
    ),
    ("amounts: {B: 1}", "bad-value", 15, "the key `B` should have the form `^[a-z]+$`", ""),
    ("amounts: {b: x}", "wrong-type", 18, "`b` should be a whole number", "digits"),
    ("amounts: 5", "wrong-type", 14, "should be a mapping, but is a number", "a mapping"),
    ("loud: x", "wrong-type", 11, "should be a whole number or a number, but is text: `x!`", "digits"),
    ("effect: {kind: grund}", "unknown-value", 20, "`kind` should be `ground` or `concern`", "`ground`?"),
    ("effect: {level: wait}", "missing-key", 13, "`effect` lacks the key `kind`", "add it"),
    ("effect: {kind: concern}", "missing-key", 13, "`effect` lacks the key `level`", "add it"),
    ("effect: {kind: concern, level: wiat}", "unknown-value", 36, "`wait` or `avoid`", "`wait`?"),
    ("effect: ground", "wrong-type", 13, "`effect` should be a mapping", "a mapping"),
    ("custom: 1", "too-loud", 13, "this is too loud", "whisper"),
    ("plain: 1", "bad-value", 12, "a plain word, please", ""),
    ("when: 5", "wrong-type", 11, "`when` should be a mapping, but is a number: `5`", "a mapping"),
    ("when: {}", "missing-key", 11, "`when` lacks the key `all`, `any` or `fact`", "add one of them"),
    ("when: {fact: [x]}", "wrong-type", 18, "`fact` should be text, but is a list of 1", "text"),
    ("when: {fact: x, eq: {}}", "wrong-type", 25, "a yes/no, a whole number, text or a list", "instead"),
    ("when: {fact: x, eq: [1]}", "wrong-type", 26, "item 1 of `eq` should be text", "in quotes"),
    ("when: {fact: x, eqq: 1}", "unknown-key", 21, "`when` has no key `eqq`", "spelling"),
    ("when: {all: x}", "wrong-type", 17, "`all` should be a list, but is text: `x`", "as a list"),
    ("when: {all: [{any: [{fact: 5}]}]}", "wrong-type", 32, "`fact` should be text", "in quotes"),
    (
        "when: {all: [{any: []}, {all: [], any: []}]}",
        "unknown-key",
        None,
        "item 2 of `all` has no key",
        "spelling",
    ),
]


@pytest.mark.parametrize(
    ("line", "code", "column", "message", "hint"), FAULTS, ids=[case[0] for case in FAULTS]
)
def test_every_fault_is_put_once_in_plain_words(
    line: str, code: str, column: int | None, message: str, hint: str
) -> None:
    """One fault is one complaint, however many branches of a union failed over it."""
    (complaint,) = complaints(rule(line))
    assert (complaint.file, complaint.line, complaint.code) == ("rules.yaml", 3, code)
    assert column in (None, complaint.column)
    assert message in complaint.message
    assert hint in complaint.hint
    assert bool(hint) == bool(complaint.hint)


def test_a_missing_key_is_placed_at_what_lacks_it() -> None:
    """Nothing stands where the key should be, so the mapping around it is named."""
    (complaint,) = complaints("rules:\n  - status: draft\n")
    assert str(complaint).splitlines() == [
        "rules.yaml:2:5: missing-key item 1 of `rules` lacks the key `id`",
        "  hint: add it",
    ]
    (complaint,) = complaints("{}")
    assert (complaint.line, complaint.message) == (1, "the document lacks the key `rules`")


def test_a_mistyped_key_of_a_branch_tells_which_branch_was_meant() -> None:
    """Every branch of the union fails on `al` alike; the one that has a key like it was meant."""
    missing, unknown = complaints(rule("when: {al: []}"))
    assert missing.message == "`when` lacks the key `all`"
    assert (unknown.message, unknown.hint) == ("`when` has no key `al`", "did you mean `all`?")


def test_many_faults_come_in_order_of_place() -> None:
    """Everything that pydantic found is said at once, from the top of the file to its end."""
    text = "rules:\n  - id: A\n    sent: x\n  - {}\n  - 7\nrule: 1\n"
    found = complaints(text)
    assert [(fault.line, fault.code) for fault in found] == [
        (2, "bad-value"),
        (3, "wrong-type"),
        (4, "missing-key"),
        (5, "wrong-type"),
        (6, "unknown-key"),
    ]
    assert found == sorted(found)


@pytest.mark.parametrize(("text", "kind"), [("", "empty"), ("5", "a number"), ("[]", "an empty list")])
def test_the_whole_document_may_be_of_the_wrong_kind(text: str, kind: str) -> None:
    """A file that holds no mapping at all is told so at its beginning."""
    (complaint,) = complaints(text)
    assert (complaint.line, complaint.column) == (1, 1)
    assert complaint.message.startswith("the document should be a mapping, but is ")
    assert kind in complaint.message


def test_a_part_of_a_document_can_be_checked_by_itself() -> None:
    """Items that are validated one by one are still placed, and their keys known, from the top."""
    text = "rules:\n  - {id: a}\n  - {id: b, statsu: draft, sent: x}\n"
    unknown, wrong = complaints(text, Rule, ("rules", 1))
    assert (unknown.line, unknown.column, unknown.hint) == (3, 13, "did you mean `status`?")
    assert (wrong.line, wrong.column) == (3, 34)
    (complaint,) = complaints("rules: [5]", Rule, ("rules", 0))
    assert (complaint.column, complaint.message) == (
        9,
        "item 1 of `rules` should be a mapping, but is a number: `5`",
    )


def test_a_fault_of_the_whole_keeps_its_own_code() -> None:
    """What a form says itself, such as a check over several keys, comes through as it is."""
    (complaint,) = complaints("rules: []")
    assert (complaint.code, complaint.message, complaint.hint) == (
        "no-rules",
        "a file of rules holds a rule",
        "",
    )


def test_without_names_there_are_still_suggestions() -> None:
    """A key that is missing and one too many that looks like it explain each other."""
    document = parse("rulse: []", "f")
    with pytest.raises(ValidationError) as caught:
        Rules.model_validate(document.data)
    assert [fault.hint for fault in complaints_from(caught.value, document)] == [
        "add it",
        "did you mean `rules`?",
    ]


def test_keys_that_nobody_wrote_are_complained_about_where_they_come_from() -> None:
    """Where a short form is spelled out before it is checked, all its faults stand at the short form."""

    class Point(Shape):
        x: int
        y: int

    def spelled_out(value: object) -> object:
        return dict(zip("xy", str(value).split(","), strict=False))

    class Line(Shape):
        start: Annotated[Point, BeforeValidator(spelled_out)]

    found = complaints("start: a,b", Line)
    assert [(fault.line, fault.column, fault.code) for fault in found] == [(1, 8, "wrong-type")] * 2
    assert any("lacks the key `y`" in fault.message for fault in complaints("start: a", Line))


def test_a_branch_may_be_called_like_a_key() -> None:
    """The tag of a union's branch may be a key of the data too; the fault is placed by its value."""

    class Leaf(Shape):
        kind: Literal["leaf"]
        leaf: list[str]

    class Twig(Shape):
        kind: Literal["twig"]
        leaf: int

    class Tree(Shape):
        part: Annotated[Leaf | Twig, Field(discriminator="kind")]

    (complaint,) = complaints("part: {kind: leaf, leaf: [a, 5]}", Tree)
    assert (complaint.column, complaint.code) == (30, "wrong-type")
    (complaint,) = complaints("part: {kind: leaf, leaf: [a], Leaf: 5}", Tree)
    assert (complaint.column, complaint.hint) == (31, "delete it, or check its spelling")


def test_many_faults_end_somewhere_and_soon() -> None:
    """A file of nothing but faults is answered quickly, with a list that can be read."""
    for text in (
        "rules:\n" + "  - {idd: 1, when: {al: [], eq: {}}}\n" * 3_000,
        "rules:\n  - {" + ", ".join(f"sent{number}: 1" for number in range(20_000)) + "}",
        '{"rules": [{"' + "k" * 900_000 + '": 1}]}',
    ):
        begun = time.process_time()
        found = complaints(text)
        assert len(found) <= MAX_COMPLAINTS + 1
        assert (found[-1].code == "too-many-faults") == (len(found) > MAX_COMPLAINTS)
        assert time.process_time() - begun < 5


KNOWN_CODES = {
    "missing-key", "unknown-key", "wrong-type", "unknown-value", "bad-value", "bad-date", "out-of-range",
}  # fmt: skip
CONTEXT: dict[str, Any] = {
    **dict.fromkeys(["gt", "ge", "lt", "le", "multiple_of", "min_length", "max_length", "actual_length"], 3),
    **dict.fromkeys(["max_digits", "decimal_places", "whole_digits", "tz_expected", "tz_actual"], 3),
    **dict.fromkeys(["expected_version"], 4),
    "error": ValueError("too odd"),
    "expected": "'a' or True",
    "expected_tags": "'a', 'b'",
    "discriminator": "'kind'",
}
JARGON = (
    "input",
    "valid ",
    "dict",
    "instance",
    "string",
    "boolean",
    "integer",
    "none",
    "python",
    "pydantic",
    "_",
)


@pytest.mark.parametrize("kind", get_args(core_schema.ErrorType))
def test_every_error_of_pydantic_has_plain_words(kind: Any) -> None:
    """Whatever a form asks for some day, nobody reads `Input should be a valid dictionary`."""
    others = ("tag", "class", "class_name", "encoding", "attribute", "encoding_error", "expected_schemes")
    context = {**CONTEXT, **dict.fromkeys((*others, "field_type", "method_name", "pattern"), "odd")}
    if kind not in ("value_error", "assertion_error"):
        context["error"] = "odd"
    for value in ("5", "word", "[1]", "{x: 1}", "yes", ""):
        document = parse(f"key: {value}", "f")
        assert isinstance(document.data, dict)
        details = InitErrorDetails(type=kind, loc=("key",), input=document.data["key"], ctx=context)
        error = ValidationError.from_exception_data("Form", [details])
        (complaint,) = complaints_from(error, document)
        assert complaint.code in KNOWN_CODES
        assert complaint.line == 1
        assert complaint.message
        said = f"{complaint.message} {complaint.hint}".lower()
        assert not [word for word in JARGON if word in said]


FITTING = st.sampled_from(
    ["id", "when", "all", "any", "fact", "eq", "kind", "effect", "rules", "words", "since"]
)
VALUES = (
    st.none() | st.booleans() | st.integers(-9, 9) | st.floats(0, 1) | FITTING | st.text("ab-", max_size=3)
)
SHAPELESS = st.recursive(
    VALUES,
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(FITTING | st.text("ab", max_size=2), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=200, deadline=None)
@given(
    data=st.fixed_dictionaries(
        {"rules": st.lists(st.dictionaries(FITTING, SHAPELESS, max_size=5), max_size=3)}
    )
    | SHAPELESS
)
def test_any_data_gets_complaints_at_places_in_the_text(data: object) -> None:
    """Whatever stands in a file, what is wrong is said at a place that the file has, and once."""
    text = json.dumps(data, indent=1)
    document = parse(text, "f.json")
    try:
        Rules.model_validate(document.data)
    except ValidationError as error:
        found = complaints_from(error, document, names=names_at)
        lines = text.split("\n")
        assert found
        assert len({(fault.line, fault.column, fault.code, fault.message) for fault in found}) == len(found)
        for fault in found:
            assert 1 <= fault.column <= len(lines[fault.line - 1])


# ---------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("known as", ("known_as",)),
        ("Known-As", ("known_as",)),
        ("KNOWN_AS", ("known_as",)),
        ("knwon_as", ("known_as",)),
        ("common ground", ("common_ground", "common-ground")),
        ("mutuals", ("mutuals", "mutuals.count")),
        ("zebra", ()),
        ("", ()),
        ("k" * 100_000, ()),
    ],
)
def test_slips_are_recognised(word: str, meant: tuple[str, ...]) -> None:
    """Case and the sign between words are no difference, and a letter out of place is a small one."""
    names = ["mutuals.count", "mutuals", "known_as", "common_ground", "common-ground", "x" * 5_000]
    assert did_you_mean(word, iter(names)) == meant


def test_suggestions_are_few() -> None:
    """A suggestion that lists everything suggests nothing."""
    assert len(did_you_mean("name", [f"name{number}" for number in range(50)])) == 3


@given(word=st.text(), names=st.lists(st.text(), max_size=8))
@settings(max_examples=100, deadline=None)
def test_suggestions_exist_and_an_existing_name_comes_first(word: str, names: list[str]) -> None:
    """Nothing is made up, and what exists is its own best suggestion."""
    near = did_you_mean(word, names)
    assert set(near) <= set(names)
    assert len(set(near)) == len(near)
    if word.strip() and len(word) <= 100:
        assert word in did_you_mean(word, [word])


def test_values_are_shown_short_and_harmless() -> None:
    """A message stays on one line, and no value can give orders to the terminal."""
    assert shown("a\n  b\tc") == "`a b c`"
    assert shown("\x1b[2J") == "`\ufffd[2J`"
    assert shown("x" * 10**6) == f"`{'x' * 40}…`"
    values: list[object] = [None, False, 5, 0.5, "x", [], {}, [1], {"a": 1}]
    assert [described(value) for value in values] == [
        "empty", "a yes/no: no", "a number: `5`", "a number: `0.5`", "text: `x`", "an empty list",
        "an empty mapping", "a list of 1", "a mapping of 1",
    ]  # fmt: skip
    assert [kind_of(value) for value in values[:-2]] == [
        "empty", "a yes/no", "a number", "a number", "text", "a list", "a mapping",
    ]  # fmt: skip


def test_long_lists_are_cut() -> None:
    """A hint lists what can be taken in at a glance."""
    assert one_of(["a"]) == "a"
    assert either([str(number) for number in range(50)]).endswith(f"`{MAX_LISTED - 1}` or others")
