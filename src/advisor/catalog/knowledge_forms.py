"""The shapes of the files in `knowledge/`: which keys may stand where, and what they hold.

Like the forms of the rules, each looks at one place at a time.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, WithJsonSchema

from advisor.catalog.forms import Day, FileName, Form, Kebab, LanguageCode, Number, Pattern, Snake, Text

_SHA256 = Pattern(r"[0-9a-f]{64}", "64 digits from 0-9 and a-f")


class SourceForm(Form):
    """An article, guidance of your own, or the collection of facts about the platform."""

    id: Kebab
    """By which passages are cited, as `id/passage`."""
    title: Text
    """What people call it."""
    kind: Literal["article", "own", "platform-facts"]
    """`article`; `own` for guidance that you give yourself; `platform-facts` for what no article says."""
    file: FileName | None = None
    """Name of the article in the folder given to `advisor sources verify --from`."""
    dated: Text | None = None
    """The date that the article itself gives."""
    review_by: Day
    """When somebody should read it again."""


class SourcesFile(Form):
    """`sources.yaml`."""

    sources: list[SourceForm]
    """All sources that rules may cite."""


class LaterForm(Form):
    """The passage belongs to a consultation that is not built yet."""

    later: Kebab
    """Name of that consultation."""


class BackgroundForm(Form):
    """The passage holds nothing to decide by, for the reason given."""

    background: Text
    """Why there is nothing to decide by."""


class PassageForm(Form):
    """One point made under one heading of a source."""

    id: Kebab
    """By which it is cited, as `source/id`."""
    heading: Text
    """The article's own heading."""
    point: Text
    """The point, in our own words."""
    words: Annotated[int, Field(ge=1)] | None = None
    """How many words of the article it spans; guidance of your own has no article."""
    sha256: Annotated[str, AfterValidator(_SHA256), WithJsonSchema(_SHA256.schema)] | None = None
    """Hash of those words, by which `advisor sources verify` finds them again."""
    use: Literal["rules"] | LaterForm | BackgroundForm
    """`rules` where rules cite it, else why none does."""


class PassagesFile(Form):
    """`passages/<source>.yaml`."""

    source: Kebab
    """The id of the source, which is also the name of this file."""
    passages: list[PassageForm]
    """In the order of the article."""


class PlatformFactForm(Form):
    """A dated fact about the platform that the articles do not state."""

    id: Kebab
    """By which it is cited, as `platform/id`."""
    point: Text
    """The fact, in one sentence."""
    value: Number | None = None
    """The number, where it is one."""
    unit: Text | None = None
    """Unit of the number, such as `characters`."""
    as_of: Day
    """When it was last seen to hold."""
    origin: Text
    """Where it comes from, since the articles do not say it."""
    review_by: Day | None = None
    """When somebody should look it up again; where nothing is said, with its source."""


class PlatformFile(Form):
    """`platform.yaml`."""

    facts: list[PlatformFactForm]
    """Facts about the platform, each with its day."""


class SideForm(Form):
    """What one passage says in a dispute."""

    passage: Text
    """Which passage, as `source/passage`."""
    says: Text
    """What it says, in our own words."""


class ReadingForm(Form):
    """A contradiction or vague place, and how it is read here."""

    id: Kebab
    """By which rules and settings name it."""
    title: Text
    """What it is about, in a few words."""
    passages: Annotated[list[Text], Field(min_length=1)]
    """The passages that are read so, as `source/passage`."""
    sides: list[SideForm] = []
    """What each of them says, where they differ."""
    reading: Text
    """How it is read here."""
    why: Text
    """Why it is read so."""
    disputed: bool = False
    """Whether the articles pull apart, so that both sides are shown with a verdict."""


class ReadingsFile(Form):
    """`readings.yaml`."""

    readings: list[ReadingForm]
    """All readings."""


class SignForm(Form):
    """One thing that words can show."""

    means: Text
    """What the words show."""
    empty: bool = False
    """Whether the words that show it say nothing about the prospect."""
    not_after: Snake | None = None
    """List of words that take a phrase back where one of them stands shortly before it."""
    phrases: Annotated[list[Text], Field(min_length=1)]
    """In the notation of docs/lexicon.md."""
    finds: list[Text] = []
    """Sentences in which it must be found; they run as tests."""
    passes_over: list[Text] = []
    """Sentences in which it must not be found; they run as tests."""


class LexiconFile(Form):
    """`lexicon/<language>.yaml`: the words of one language, or, as `mul`, of all."""

    language: LanguageCode
    """Its code, such as `en`; `mul` for what is common to all."""
    name: Text
    """What the language is called in English."""
    covered: bool = True
    """Whether notes in it are read, rather than only told apart."""
    function_words: Text | list[Text] = []
    """Small words by which the language is known."""
    lists: dict[Snake, Text | list[Text]] = {}
    """Words that phrases name as `<list>`."""
    signs: dict[Snake, SignForm] = {}
    """By name: what a note can show."""
    default_texts: list[Text] = []
    """Texts that the platform itself puts into a request."""


class LanguageForm(Form):
    """A language that is told apart from the others but not read."""

    name: Text
    """What it is called in English."""
    function_words: Text | list[Text]
    """Small words by which it is known."""


class LanguagesFile(Form):
    """`lexicon/languages.yaml`."""

    languages: dict[LanguageCode, LanguageForm]
    """By code."""
