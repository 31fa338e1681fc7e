"""The shapes of the files in `rules/`: which keys may stand where, and what they hold.

One form for each kind of file; editors get their JSON Schemas from the same forms. A form looks at one place
at a time: whether names refer to anything is for those who read the whole knowledge base.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from advisor.model.rule import Status, Strength
from advisor.model.vocabulary import MAX_NUMBER, FactType, Lever, Origin


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


def _day(value: object) -> date:
    try:
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    hint = "write year-month-day in digits, such as 2026-11-21, for a day that exists"
    raise PydanticCustomError("bad-date", " should be a date", {"hint": hint})


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Kebab = Annotated[
    str,
    AfterValidator(
        Pattern(r"[a-z0-9]+(-[a-z0-9]+)*", "small letters and digits with hyphens, such as `note-limit`")
    ),
]
Snake = Annotated[
    str,
    AfterValidator(Pattern(r"[a-z][a-z0-9_]*", "small letters with underscores, such as `weekly_limit`")),
]
Dotted = Annotated[
    str,
    AfterValidator(
        Pattern(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*", "small letters with dots, such as `mutuals.count`")
    ),
]
FileName = Annotated[
    str, AfterValidator(Pattern(r"[^/\\\x00-\x1f.][^/\\\x00-\x1f]*", "the name of a file, without folders"))
]
LanguageCode = Annotated[
    str, AfterValidator(Pattern(r"[a-z]{2,3}", "a language code of two or three letters, such as `en`"))
]
Day = Annotated[date, BeforeValidator(_day)]
Number = Annotated[int, Field(ge=0, le=MAX_NUMBER)]
Tree = Any
"""A condition or another shape that is read by its own reader."""


class LevelForm(Form):
    """One step of the scale of verdicts."""

    name: Kebab
    says: Text
    means: Text


class ConsultationForm(Form):
    """The question and its scale, from the most willing verdict to the most cautious."""

    id: Kebab
    question: Text
    verdicts: Annotated[list[LevelForm], Field(min_length=2)]


class ConsultationFile(Form):
    """`consultation.yaml`."""

    consultation: ConsultationForm


class OptionForm(Form):
    """One value of a closed list."""

    means: Text | None = None
    also: list[Text] = []
    """Other words that people write for it."""


Values = Annotated[dict[Text, OptionForm | None], Field(min_length=1)]


class FactForm(Form):
    """One fact of the vocabulary."""

    type: FactType
    origin: Annotated[Origin, Field(alias="from")]
    means: Text
    told: Dotted | None = None
    told_with: Dotted | None = None
    sum_of: list[Dotted] | None = None
    ask: Text | None = None
    ask_if: Tree | None = None
    changes_with: Lever = "never"
    values: Values | None = None
    minimum: Number | None = None
    maximum: Number | None = None
    unit: Text | None = None


class FactsFile(Form):
    """`facts.yaml`."""

    facts: dict[Dotted, FactForm]
    closed_lists: dict[Dotted, Values] = {}
    impossible: list[Tree] = []
    """Conditions on facts from outside that never hold: what cannot stand together."""


SettingValue = Number | Annotated[list[Text], Field(min_length=1)]


class SettingChangeForm(Form):
    """Another value from a day on."""

    since: Annotated[Day, Field(alias="from")]
    value: SettingValue


class SettingForm(Form):
    """A number or list of words that several rules share."""

    value: SettingValue
    changes: list[SettingChangeForm] = []
    """Values that take its place later, the earliest first."""
    means: Text
    unit: Text | None = None
    cites: list[Text] = []
    readings: list[Text] = []


class SettingsFile(Form):
    """`settings.yaml`."""

    settings: dict[Snake, SettingForm]


class ExampleForm(Form):
    """A case that the rule's author vouches for."""

    name: Text
    given: dict[str, Any]
    holds: bool


class EffectiveForm(Form):
    """The days on which a rule is in force, both included."""

    since: Annotated[Day | None, Field(alias="from")] = None
    until: Day | None = None


class RuleForm(Form):
    """One rule."""

    id: Kebab
    title: Text
    formerly: list[Kebab] = []
    """Ids that it had before, by which it is still found."""
    status: Status = "stable"
    effective: EffectiveForm | None = None
    """The days on which it is in force; where nothing is said, all."""
    review_by: Day | None = None
    """When somebody should see whether it still holds."""
    strength: Strength = "plain"
    salience: int = 0
    when: Tree
    unless: list[Tree] = []
    then: Tree
    message: Text | None = None
    fix: Text | None = None
    cites: list[Text] = []
    readings: list[Text] = []
    shows: list[Text] = []
    """Facts of the note whose words are quoted with the finding, besides those that `when` tests."""
    examples: list[ExampleForm] = []


class RulesFile(Form):
    """Every other file of the folder: rules of one theme."""

    rules: list[RuleForm]
