"""The shapes of the files in `rules/`: which keys may stand where, and what they hold.

One form for each kind of file; editors get their JSON Schemas from the same forms. A form looks at one place
at a time: whether names refer to anything is for those who read the whole knowledge base.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from advisor.model.rule import Headings, Status, Strength
from advisor.model.subject import PROSPECT, SubjectName
from advisor.model.vocabulary import MAX_NUMBER, FactType, Lever, Origin

SCHEMA_VERSION = 2
"""The form that authored files have now, as `consultation.yaml` states it."""


class Form(BaseModel):
    """Base of all forms: unknown keys are errors, and no value is bent into another type."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, use_attribute_docstrings=True)


class Pattern:
    """Text of a form that people can be told in words."""

    def __init__(self, pattern: str, words: str) -> None:
        self.pattern, self.words = re.compile(pattern), words

    def __call__(self, value: str) -> str:
        """Give `value` back where it fits."""
        if not self.pattern.fullmatch(value):
            raise PydanticCustomError("bad-name", " should be {words}", {"words": self.words})
        return value

    @property
    def schema(self) -> dict[str, Any]:
        """The same for editors, as a JSON Schema with the words in which a fault is told."""
        pattern = f"^({self.pattern.pattern})$"
        return {"type": "string", "pattern": pattern, "patternErrorMessage": f"should be {self.words}"}


def _day(value: object) -> date:
    try:
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    hint = "write year-month-day in digits, such as 2026-11-21, for a day that exists"
    raise PydanticCustomError("bad-date", " should be a date", {"hint": hint})


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
_KEBAB = Pattern(r"[a-z0-9]+(-[a-z0-9]+)*", "small letters and digits with hyphens, such as `note-limit`")
SNAKE = Pattern(r"[a-z][a-z0-9_]*", "small letters with underscores, such as `weekly_limit`")
_DOTTED = Pattern(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*", "small letters with dots, such as `mutuals.count`")
_FILE_NAME = Pattern(r"[^/\\\x00-\x1f.][^/\\\x00-\x1f]*", "the name of a file, without folders")
_LANGUAGE = Pattern(r"[a-z]{2,3}", "a language code of two or three letters, such as `en`")
_DAY = {
    "type": "string",
    "format": "date",
    "pattern": r"^\d{4}-\d\d-\d\d$",
    "patternErrorMessage": "should be a day, written year-month-day, such as 2026-11-21",
}
Kebab = Annotated[str, AfterValidator(_KEBAB), WithJsonSchema(_KEBAB.schema)]
Snake = Annotated[str, AfterValidator(SNAKE), WithJsonSchema(SNAKE.schema)]
Dotted = Annotated[str, AfterValidator(_DOTTED), WithJsonSchema(_DOTTED.schema)]
FileName = Annotated[str, AfterValidator(_FILE_NAME), WithJsonSchema(_FILE_NAME.schema)]
LanguageCode = Annotated[str, AfterValidator(_LANGUAGE), WithJsonSchema(_LANGUAGE.schema)]
Day = Annotated[date, BeforeValidator(_day), WithJsonSchema(_DAY)]
Number = Annotated[int, Field(ge=0, le=MAX_NUMBER)]
Tree = Any
"""A condition or another shape that is read by its own reader."""


class LevelForm(Form):
    """One step of the scale of verdicts."""

    name: Kebab
    """How it is called in rules, such as `wait`."""
    says: Text
    """What the person is told in a word or two, such as `Not yet`."""
    means: Text
    """What it stands for, in one sentence."""


_HEADINGS = Headings()


class HeadingsForm(Form):
    """Under which headings a person reads what was found."""

    grounds: Text = _HEADINGS.grounds
    """Above the reasons to go ahead."""
    concerns: Text = _HEADINGS.concerns
    """Above the reasons against it."""
    fixes: Text = _HEADINGS.fixes
    """Above what to do about those reasons."""


class ConsultationForm(Form):
    """The question and its scale, from the most willing verdict to the most cautious."""

    id: Kebab
    """The name of its folder."""
    question: Text
    """What people ask it."""
    subject: SubjectName = PROSPECT
    """What it is asked about: prospect, invitation, history, network, event or goals."""
    borrows: Kebab | None = None
    """The consultation whose facts, settings and conclusions may be used here by their names."""
    headings: HeadingsForm = HeadingsForm()
    """Under which headings a person reads what was found."""
    verdicts: Annotated[list[LevelForm], Field(min_length=2)]
    """From the most willing to the most cautious; the most cautious standing concern decides."""


class ConsultationFile(Form):
    """`consultation.yaml`."""

    schema_version: Annotated[int, Field(ge=1)] | None = None
    """The form that the files of this folder have; 1 where nothing is said."""
    consultation: ConsultationForm
    """The question and its scale of verdicts."""


class OptionForm(Form):
    """One value of a closed list."""

    means: Text | None = None
    """What it stands for, where the name alone does not say it."""
    also: list[Text] = []
    """Other words that people write for it."""


Values = Annotated[dict[Text, OptionForm | None], Field(min_length=1)]


class FactForm(Form):
    """One fact of the vocabulary."""

    type: FactType
    """`yes-no`, `number` (whole), `choice` (one of `values`) or `choices` (any of `values`)."""
    origin: Annotated[Origin, Field(alias="from")]
    """`told` by the person, read from the `draft`, `computed` from what was told, or `concluded` by rules."""
    told: Dotted | None = None
    """Where it is written in a prospect file, such as `relationship.known_as`."""
    minimum: Number | None = None
    """Smallest number; 0 where nothing is said."""
    maximum: Number | None = None
    """Largest number."""
    unit: Text | None = None
    """Unit of a number, such as `requests`."""
    means: Text
    """What it says when it holds, or what it counts."""
    ask: Text | None = None
    """The question that asks for it."""
    ask_if: Tree | None = None
    """A condition: the question is asked only where it is definitely true."""
    told_with: Dotted | None = None
    """The fact whose answer tells this one too, where it has no question of its own."""
    sum_of: list[Dotted] | None = None
    """Numbers that this one is the sum of, where all of them are known."""
    changes_with: Lever = "never"
    """What would have to change for the fact to change."""
    values: Values | None = None
    """The closed list of its values, in the order in which they are shown."""


class BorrowedFactForm(Form):
    """How a fact of the consultation that is borrowed from is told here, where its own words do not fit."""

    told: Dotted | None = None
    """Where it is written in files about what this consultation is asked about."""
    means: Text | None = None
    """What it says when it holds, or what it counts, in words that fit here."""
    ask: Text | None = None
    """The question that asks for it here."""
    told_with: Dotted | None = None
    """The fact whose answer tells this one too, where it has no question of its own."""


class FactsFile(Form):
    """`facts.yaml`."""

    facts: dict[Dotted, FactForm]
    """Every fact that rules may test, by its dotted name."""
    borrowed: dict[Dotted, BorrowedFactForm] = {}
    """Borrowed facts that are told at another place or in other words here; they mean the same as there."""
    closed_lists: dict[Dotted, Values] = {}
    """Lists of words for places of a prospect file that are no fact by themselves."""
    impossible: list[Tree] = []
    """Conditions on facts from outside that never hold: what cannot stand together."""


SettingValue = Number | Annotated[list[Text], Field(min_length=1)]


class SettingChangeForm(Form):
    """Another value from a day on."""

    since: Annotated[Day, Field(alias="from")]
    """The first day on which it counts."""
    value: SettingValue
    """The value from then on, of the same kind."""


class SettingForm(Form):
    """A number or list of words that several rules share."""

    value: SettingValue
    """A whole number, or a list of words."""
    unit: Text | None = None
    """Unit of the number, such as `days`."""
    changes: list[SettingChangeForm] = []
    """Values that take its place later, the earliest first."""
    means: Text
    """What it is, in one line."""
    cites: list[Text] = []
    """Passages that it rests on, as `source/passage`."""
    readings: list[Text] = []
    """Readings of vague places that it follows."""


class SettingsFile(Form):
    """`settings.yaml`."""

    settings: dict[Snake, SettingForm]
    """By name; rules refer to one as `$name`."""


class ExampleForm(Form):
    """A case that the rule's author vouches for."""

    name: Text
    """What makes this case special, in a few words."""
    given: dict[str, Any]
    """Facts told or concluded; everything else is unknown."""
    holds: bool
    """Whether the rule holds then."""


class EffectiveForm(Form):
    """The days on which a rule is in force, both included."""

    since: Annotated[Day | None, Field(alias="from")] = None
    """The first day."""
    until: Day | None = None
    """The last day."""


class RuleForm(Form):
    """One rule."""

    id: Kebab
    """Stays the same for ever: people and programs refer to it."""
    title: Text
    """What it is about, in a few words."""
    formerly: list[Kebab] = []
    """Ids that it had before, by which it is still found."""
    status: Status = "stable"
    """Only `stable` rules are evaluated; `draft` and `deprecated` ones are shown and no more."""
    effective: EffectiveForm | None = None
    """The days on which it is in force; where nothing is said, all."""
    review_by: Day | None = None
    """When somebody should see whether it still holds."""
    strength: Strength = "plain"
    """How sure: `plain` (an article says so), `reading` (our reading of a vague place), `weak`."""
    salience: int = 0
    """Order within a list of findings, greater first; never a matter of the verdict."""
    when: Tree
    """The condition: the rule holds only where it is definitely true."""
    unless: list[Tree] = []
    """Exceptions: each blocks the rule where it is definitely true."""
    then: Tree
    """What follows: `ground`, `merit`, `advice`, `{concern: VERDICT}` or `{conclude: FACT}`."""
    message: Text | None = None
    """What the person reads; may quote `{facts}` that `when` makes known, and `{$settings}`."""
    fix: Text | None = None
    """What to do about it."""
    words: list[Text] = []
    """Sentences to start from, one a line; a line that quotes what nobody told is left out."""
    within: Text | None = None
    """In how many days it should be done: a setting, as `$name`."""
    cites: list[Text] = []
    """Passages that it rests on, as `source/passage`; the first is quoted first."""
    readings: list[Text] = []
    """Contradictions or vague places whose reading it follows."""
    shows: list[Text] = []
    """Facts of the note whose words are quoted with the finding, besides those that `when` tests."""
    examples: list[ExampleForm] = []
    """Cases on both sides of every boundary; they run as tests."""


class RulesFile(Form):
    """Every other file of the folder: rules of one theme."""

    rules: list[RuleForm]
    """Their order changes nothing."""
