"""The shapes of the files in `knowledge/`: which keys may stand where, and what they hold.

Like the forms of the rules, each looks at one place at a time.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from advisor.catalog.forms import Day, FileName, Form, Kebab, LanguageCode, Number, Pattern, Snake, Text


class SourceForm(Form):
    """An article, or the collection of facts about the platform."""

    id: Kebab
    title: Text
    kind: Literal["article", "platform-facts"]
    review_by: Day
    file: FileName | None = None
    dated: Text | None = None


class SourcesFile(Form):
    """`sources.yaml`."""

    sources: list[SourceForm]


class LaterForm(Form):
    """The passage belongs to a consultation that is not built yet."""

    later: Kebab


class BackgroundForm(Form):
    """The passage holds nothing to decide by, for the reason given."""

    background: Text


class PassageForm(Form):
    """One point made under one heading of a source."""

    id: Kebab
    heading: Text
    point: Text
    words: Annotated[int, Field(ge=1)]
    sha256: Annotated[str, AfterValidator(Pattern(r"[0-9a-f]{64}", "64 digits from 0-9 and a-f"))]
    use: Literal["rules"] | LaterForm | BackgroundForm


class PassagesFile(Form):
    """`passages/<source>.yaml`."""

    source: Kebab
    passages: list[PassageForm]


class PlatformFactForm(Form):
    """A dated fact about the platform that the articles do not state."""

    id: Kebab
    point: Text
    as_of: Day
    origin: Text
    value: Number | None = None
    unit: Text | None = None


class PlatformFile(Form):
    """`platform.yaml`."""

    facts: list[PlatformFactForm]


class SideForm(Form):
    """What one passage says in a dispute."""

    passage: Text
    says: Text


class ReadingForm(Form):
    """A contradiction or vague place, and how it is read here."""

    id: Kebab
    title: Text
    passages: Annotated[list[Text], Field(min_length=1)]
    sides: list[SideForm] = []
    reading: Text
    why: Text
    disputed: bool = False


class ReadingsFile(Form):
    """`readings.yaml`."""

    readings: list[ReadingForm]


class SignForm(Form):
    """One thing that words can show."""

    means: Text
    phrases: Annotated[list[Text], Field(min_length=1)]
    not_after: Snake | None = None
    """List of words that take a phrase back where one of them stands shortly before it."""
    empty: bool = False
    """Whether the words that show it say nothing about the prospect."""
    finds: list[Text] = []
    passes_over: list[Text] = []


class LexiconFile(Form):
    """`lexicon/<language>.yaml`: the words of one language, or, as `mul`, of all."""

    language: LanguageCode
    name: Text
    covered: bool = True
    function_words: Text | list[Text] = []
    lists: dict[Snake, Text | list[Text]] = {}
    signs: dict[Snake, SignForm] = {}
    default_texts: list[Text] = []


class LanguageForm(Form):
    """A language that is told apart from the others but not read."""

    name: Text
    function_words: Text | list[Text]


class LanguagesFile(Form):
    """`lexicon/languages.yaml`."""

    languages: dict[LanguageCode, LanguageForm]
