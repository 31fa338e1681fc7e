"""Hypothesis strategies for situations, drafts and sending histories, and ways of writing them down.

The one home of generated cases: closed lists come from the shipped fact vocabulary, drafts are put together
from features whose presence is known, and every situation can be written as a person would write it. The
strategies for rules and vocabularies are in `strategies_rules`.
"""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

import yaml
from hypothesis import strategies as st

from advisor.catalog.load import load
from advisor.catalog.situations import read_situation
from advisor.catalog.text import Document, parse
from advisor.model.knowledge_base import KnowledgeBase
from advisor.model.marks import Choice, Percent, Shorthand, says_nothing
from advisor.model.rule import Consultation
from advisor.model.situation import (
    Batch,
    Encounter,
    Me,
    MutualConnection,
    MutualConnections,
    Profile,
    Prospect,
    Purpose,
    Relationship,
    Sending,
    Shared,
    Situation,
)
from advisor.model.tokens import tokenize
from advisor.wiring import SHOULD_CONNECT, shipped

T = TypeVar("T")


@lru_cache(maxsize=1)
def shipped_knowledge() -> KnowledgeBase:
    """The knowledge base that ships, parsed once in a test run; no cache can make it stale."""
    found = shipped()
    return load(found.rules, found.knowledge)


def should_connect() -> Consultation:
    """The consultation that the shipped knowledge base is about."""
    return shipped_knowledge().consultation(SHOULD_CONNECT)


# ---------------------------------------------------------------------------------------------- people


@dataclass(frozen=True)
class Person:
    """A name in its parts, so that a note can greet it and a test can replace it."""

    first: str
    last: str
    form: str = "{first} {last}"
    """How the whole is written: titles, particles, order, brackets."""
    nickname: str | None = None

    @property
    def name(self) -> str:
        """The whole name, as the prospect file has it."""
        return self.form.format(first=self.first, last=self.last)


PEOPLE = (
    Person("Ana", "Souza"), Person("Robert", "Kowalski", nickname="Bob"), Person("Siobhán", "O'Neill"),
    Person("Jean-Luc", "Dupont-Moretti"), Person("Ludwig", "Berg", "Dr. {first} van der {last}"),
    Person("María", "Lucía", "{first} de la Cruz {last} García", "Malú"), Person("Þórdís", "Jónsdóttir"),
    Person("Đặng", "Nguyễn", "{last} Thị {first}"),
    Person("Wilfried", "Asante-Moor", "Prof. Dr. {first} {last}, PhD"),
    Person("美玲", "王", "{last}{first}"), Person("美玲", "王", "{last}{first} (Mei-Ling Wang)", "Mei"),
    Person("さくら", "田中", "{last} {first}"), Person("지민", "김", "{last}{first}"),
    Person("محمد", "الحسن"), Person("Ελένη", "Παπαδοπούλου"), Person("Наталья", "Иванова", nickname="Наташа"),
    Person("दीपा", "शर्मा"), Person("Chinedu", "Eze", "Engr. {last} {first}"),
    Person("X", "Æ", "{first}. {last}"),
)  # fmt: skip
SYLLABLES: Mapping[str, tuple[str, str]] = {
    "latin": ("bdgkmnprtvz", "aeiou"), "accented": ("čďłňřşťž", "áéíóőů"), "greek": ("βγδζκλμν", "αειου"),
    "cyrillic": ("бгджклмн", "аеиоу"), "arabic": ("بتثجحخدذ", "اوي"),
    "hiragana": ("かきくけこ", "さしすせそ"),
    "chinese": ("峰岚岭川", "瑶琪琳珊"),
}  # fmt: skip
"""First and second letters of made-up syllables: names in many scripts that no lexicon knows."""
FORMS = (
    "{first} {last}",
    "Dr. {first} {last}",
    "{first} van {last}",
    "{last}, {first}",
    "{first} {last} MBA",
)
COMPANIES = (
    "Acme", "Acme Holdings, Inc.", "Müller & Söhne GmbH", "L'Atelier S.A.S.", "3M", "AT&T", "1848",
    "University of São Paulo", "St. Mary's Hospital", "東京電力株式会社", "ООО Ромашка", "{last} & Co. KG",
    "C++ Partners LLP", "self-employed",
)  # fmt: skip
TITLES = (
    "head of logistics",
    "VP Marketing",
    "Geologin",
    "textile conservator",
    "學生",
    "CEO & founder",
    "senior manager",
)
EVENTS = (
    "the fish-farming congress in Bergen",
    "PyCon Namibia",
    "a webinar on climate-controlled storage",
    "Messe 2026",
)
WORKS = (
    "her essay on peat bogs",
    "12 Ways to Ruin a Sourdough",
    "the restored 1911 tram",
    "湿地の研究",
    "tidal turbines",
)
MUTUALS = ("Priya Nair", "Tomasz Zieliński", "Ngozi", "陈伟", "Dr. Ilse Aichinger")
PLACES = ("Makerere University", "Siemens", "Rust Nairobi", "peat restoration", "École Polytechnique", "none")
DETAILS = (
    "coffee", "a joint pilot of low-power sensors in two orchards", "none",
    "to ask how they moved from lab to field",
    "mehr über den Umbau der Nachtschicht erfahren", "-",
)  # fmt: skip
SAYINGS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)
"""Any text that may stand in a file."""
ANY_TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=120)
"""Any text at all but for halves of surrogate pairs, which no file can hold."""


@st.composite
def made_up(draw: st.DrawFn, script: str, lengths: tuple[int, int]) -> Person:
    """A person whose names are made of syllables: `lengths` of them in the first and the last name."""
    letters = SYLLABLES[script]
    first, last = (
        "".join(draw(st.sampled_from(side)) for _ in range(length) for side in letters).capitalize()
        for length in lengths
    )
    return Person(first, last)


def knows(name: str) -> bool:
    """Whether some lexicon has a word of `name`: then it is more than a name."""
    words = {token.folded for token in tokenize(name)}
    lists = (
        words & (lexicon.function_words | frozenset().union(*map(lexicon.words, lexicon.lists)))
        for lexicon in shipped_knowledge().lexicons.values()
    )
    return any(lists)


# ---------------------------------------------------------------------------------------------- drafts

GREETINGS: Mapping[str, tuple[str, ...]] = {
    "none": ("",),
    "right": ("Hi {first},", "Dear {first} {last},", "{first},", "Hallo {first}!", "Bonjour {first},",
              "Good morning {first} -", "Dear Dr. {last},", "Hola {first}:", "Hello again {first}."),
    "nickname": ("Hi {nick},", "Dear {nick} {last},"),
    "wrong": ("Hi Ruth,", "Dear Mr. Whitby,", "Hello Ruth Whitby!"),
    "nobody": ("Hi there,", "Hello,", "Dear Sir or Madam,", "Guten Tag,", "Hi all,"),
    "placeholder": ("Hi [First Name],", "Dear {{{{name}}}},", "Hello XXXX,"),
}  # fmt: skip
"""By what is planted; `{nick}` is the nickname that the file tells, or else the first name."""
SENTENCES: Mapping[str, tuple[str, ...]] = {
    "work": ("Your talk on {work} stuck with me.", "I read your paper on {work} twice.",
             "On {work}: I keep coming back to it."),
    "deed": ("I saw that you rebuilt the night-plant rota at {company}.",
             "Congratulations on the Aga Khan award, {first}."),
    "met": ("We met at {event} last spring.", "Thanks again for answering my question at {event}.",
            "Great talking to you."),
    "mutual": ("{mutual} suggested I get in touch.", "Our mutual friend {mutual} told me about your bakery."),
    "circle": ("As a fellow {place} member I would like to connect.", "I also worked at {place}."),
    "praise": ("Your profile is very impressive.", "I love what you do!",
               "{first} {last} is a name I hear a lot."),
    "default": ("I'd like to add you to my professional network on LinkedIn.",
                "I'd like to join your LinkedIn network."),
    "pitch": ("We help dentists get more patients.", "Our payroll software could save {company} money.",
              "Get 50 more leads in 24 hours!", "Can I book a short demo?"),
    "ask": ("Could we jump on a 20-minute call next week?", "Could you refer me for the analyst role?",
            "What is your phone number?", "Please donate."),
    "count": ("I am trying to grow my network.",), "claim": ("We have several mutual connections.",),
    "pressure": ("Please reply ASAP.", "You have ignored me twice."),
    "private": ("You have a beautiful smile.",),
    "reason": ("I am writing a guide to peat bogs and would like to ask you about one of them.",
               "May I learn from you?"),
    "who": ("I'm a second-year student of geology in Hilo.", "I run a two-person consultancy."),
    "employer": ("I admire your work at Globex.", "I see you are at {company}."),
    "placeholder": ("I love what [Company] does.", "Your work on {{{{topic}}}} is great.",
                    "XXXX told me about you."),
    "noise": ("🙂🙂🙂", "https://calendly.com/me", "Call +44 20 7946 0958!", "READ THIS NOW",
              "a\u0301b\u200bc …"),
    "german": ("Ich habe Ihren Vortrag über Moore in Kiel gehört und würde mich gern vernetzen.",),
    "french": ("J'ai lu votre article sur les tourbières et je voudrais vous poser une question.",),
    "spanish": ("Leí su artículo sobre las turberas de Chiloé y me gustaría saber más.",),
    "portuguese": ("Li o seu artigo sobre as turfeiras e gostaria de saber mais.",),
    "others": ("泥炭地のご研究を拝読しました。", "قرأت مقالك عن الأراضي الرطبة.", "Διάβασα το άρθρο σας.",
               "Я прочитала вашу статью."),
}  # fmt: skip
PLACEHOLDERS = ("[Company]", "{{first_name}}", "<insert topic>", "XXXX", "____", "%NAME%")
RAMBLING = "I have always been interested in many things, and one of them is what people do all day. "
NOTES_OF_NOTHING = ("", " \n", "none", "no")


@dataclass(frozen=True)
class Note:
    """A draft and what is planted in it."""

    text: str
    greeting: str
    """Key of `GREETINGS`."""
    features: tuple[str, ...]
    """Keys of `SENTENCES`, in their order."""


@st.composite
def notes(draw: st.DrawFn, person: Person, company: str = "Acme") -> Note:
    """A draft to `person`: a greeting, up to five sentences of known features, perhaps too much besides."""
    greeting = draw(st.sampled_from(tuple(GREETINGS)))
    features = draw(st.lists(st.sampled_from(tuple(SENTENCES)), max_size=5))
    parts = [draw(st.sampled_from(GREETINGS[greeting]))]
    parts += [draw(st.sampled_from(SENTENCES[feature])) for feature in features]
    slots = {
        name: draw(st.sampled_from(of))
        for name, of in (("work", WORKS), ("event", EVENTS), ("mutual", MUTUALS), ("place", PLACES))
    }
    slots |= {
        "first": person.first,
        "last": person.last,
        "nick": person.nickname or person.first,
        "company": company,
    }
    text = draw(st.sampled_from((" ", "\n", "\n\n"))).join(part.format(**slots) for part in parts if part)
    extra = draw(st.integers(0, 11))
    if extra == 0:
        text += " " + RAMBLING * 8
    elif extra == 1:
        text += " " + draw(SAYINGS)
    elif extra == 2:
        text += "\nBest regards,\nSeyi"
    return Note(text, greeting, tuple(features))


# ------------------------------------------------------------------------------------------ situations


def maybe(strategy: st.SearchStrategy[T]) -> st.SearchStrategy[T | None]:
    """The strategy's values, or None as often."""
    return st.none() | strategy


@st.composite
def some(
    draw: st.DrawFn, make: Callable[..., T], parts: Mapping[str, st.SearchStrategy[Any]], **always: object
) -> T:
    """What `make` makes of some of its parts, of none, of few or of all, and of what is there always."""
    names = draw(
        st.lists(st.sampled_from(tuple(parts)), unique=True, max_size=draw(st.integers(0, len(parts))))
    )
    return make(**{name: draw(parts[name]) for name in names}, **always)


def one_of(place: str) -> st.SearchStrategy[str]:
    """One value of the closed list at `place` of a prospect file."""
    return st.sampled_from([option.name for option in should_connect().vocabulary.options_at(place)])


def several(items: Iterable[T] | st.SearchStrategy[T], most: int = 2) -> st.SearchStrategy[tuple[T, ...]]:
    """Up to `most` of some items, or none."""
    each = items if isinstance(items, st.SearchStrategy) else st.sampled_from(tuple(items))
    return st.lists(each, max_size=most).map(tuple)


DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))
IN_WORDS = st.sampled_from(("last spring", "2026-11", "in 2024"))
WEEK = 7
EDGES = (0, 1, 2, 3, 5, 9, 10, 14, 15, 19, 20, 21, 29, 30, 31, 99, 100, 101)
SMALL = st.sampled_from(EDGES) | st.integers(0, 1000)
"""Counts, those at the edges of the shipped thresholds often among them."""


def days_before(as_of: date, most: int = 40) -> st.SearchStrategy[date]:
    """Days up to `most` before `as_of`, that day included."""
    return st.integers(0, most).map(lambda age: as_of - timedelta(days=age))


@st.composite
def sendings(draw: st.DrawFn, as_of: date) -> Sending:
    """A sending history that does not contradict itself."""
    days, dates = draw(st.sampled_from(((True, False), (False, True), (False, False))))
    recent = draw(several(SMALL, 9)) if days else None
    dated = draw(several(days_before(as_of), 9)) if dates else None
    ages = [(as_of - day).days for day in dated or ()]
    least = recent[0] if recent else ages.count(0)
    today = draw(maybe(st.just(least) if recent else SMALL.map(lambda count: count + least)))
    week = sum(recent[:WEEK]) if recent else max(sum(age < WEEK for age in ages), today or 0)
    sent = draw(maybe(SMALL))
    answered = draw(maybe(SMALL if sent is None else st.integers(0, sent)))
    most = next((count for count in (answered, sent) if count is not None), 1000)
    accepted = draw(maybe(st.integers(0, most)))
    share = st.integers(0, 100) if not sent or accepted is None else st.just(accepted * 100 // sent)
    parts = {
        "planned": SMALL,
        "last_7_days": SMALL.map(lambda count: count + week),
        "acceptance_rate": share,
        "over_days": SMALL,
        "restricted": st.booleans(),
    }
    told = draw(some(Sending, parts))
    counts = {"sent": sent, "answered": answered, "accepted": accepted}
    return replace(told, today=today, recent_days=recent, dates=dated, **counts)


@st.composite
def mutual_connections(draw: st.DrawFn) -> MutualConnections:
    """Mutual connections, of which at least those are counted that are named."""
    place = "relationship.mutual_connections.people."
    close = one_of(place + "closeness")
    parts = {
        "name": st.sampled_from(MUTUALS),
        "knows_them": close,
        "knows_me": close,
        "detail": st.sampled_from(DETAILS),
        "introduction": one_of(place + "introduction"),
    }
    people = draw(maybe(several(some(MutualConnection, parts))))
    count = st.integers(0, 5).map(lambda more: more + len(people or ()))
    return MutualConnections(count=draw(maybe(count)), closeness=draw(maybe(close)), people=people)


@lru_cache(maxsize=1)
def _parts() -> dict[str, st.SearchStrategy[Any]]:
    """Strategies for the parts that depend on nothing but the vocabulary."""
    profile, yes_no = "me.profile.", st.booleans()
    details, titles, places = st.sampled_from(DETAILS), st.sampled_from(TITLES), several(PLACES)
    return {
        "shared": some(
            Shared,
            {**dict.fromkeys(("employers", "schools", "groups", "interests"), places), "field": yes_no},
        ),
        "purpose": some(
            Purpose,
            {
                "kind": one_of("purpose.kind"),
                "detail": details,
                "work": st.sampled_from(WORKS),
                "offer": details,
            },
        ),
        "batch": some(
            Batch, {"people": SMALL, "picked_by": one_of("batch.picked_by"), "filled_by_tool": yes_no}
        ),
        "me": some(
            Me,
            {
                "name": st.sampled_from(("Seyi", "Jordan Lee")),
                "headline": titles,
                "company": st.sampled_from(PLACES),
                "industry": st.sampled_from(("shipping", "health")),
                "stage": one_of("me.stage"),
                "does": titles,
                "profile": some(
                    Profile, {key: one_of(profile + key) for key in ("photo", "completeness", "kind")}
                ),
            },
        ),
    }


@st.composite
def relationships(draw: st.DrawFn, as_of: date) -> Relationship:
    """How two people are linked, as told on the day `as_of`."""
    met = some(
        Encounter,
        {
            "how": one_of("relationship.met.how"),
            "where": st.sampled_from(EVENTS),
            "when": days_before(as_of, 400) | DAYS | IN_WORDS,
            "talked": st.booleans(),
            "detail": st.sampled_from(DETAILS),
        },
    )
    parts = {
        "known_as": one_of("relationship.known_as"),
        "detail": st.sampled_from(DETAILS),
        "met": several(met),
        "mutual_connections": mutual_connections(),
        "shared": _parts()["shared"],
        "asked_to_connect": st.booleans(),
        "status": one_of("relationship.status"),
        "status_since": days_before(as_of) | IN_WORDS,
    }
    told = draw(some(Relationship, parts))
    declines = draw(maybe(st.integers(0, 2))) if told.status in (None, "declined") else None
    return replace(told, declines=declines)


@dataclass(frozen=True)
class Story:
    """A situation together with what is planted in it."""

    situation: Situation
    person: Person
    note: Note | None


@st.composite
def stories(draw: st.DrawFn, people: st.SearchStrategy[Person] | None = None) -> Story:
    """A prospect, how the two are linked, why, a draft, a sender and a history: all of it, or any part."""
    scripts = st.sampled_from(tuple(SYLLABLES))
    any_person = st.sampled_from(PEOPLE) | scripts.flatmap(lambda script: made_up(script, (2, 3)))
    person = draw(any_person if people is None else people)
    as_of = draw(DAYS)
    prospect = draw(
        some(
            Prospect,
            {
                "headline": st.sampled_from(TITLES),
                "title": st.sampled_from(TITLES),
                "industry": st.sampled_from(("shipping", "health")),
                "seniority": st.just("senior"),
                "location": st.just("Hilo"),
                "about": several(WORKS),
                "company": st.sampled_from(COMPANIES).map(lambda name: name.format(last=person.last)),
            },
            name=person.name,
            nickname=person.nickname,
        )
    )
    note = draw(maybe(notes(person, prospect.company or "Acme")))
    situation = draw(
        some(
            Situation,
            {
                "relationship": relationships(as_of),
                **{name: _parts()[name] for name in ("purpose", "batch", "me")},
                "sent_from": one_of("sent_from"),
                "sending": sendings(as_of),
                "draft": st.sampled_from(NOTES_OF_NOTHING),
            },
            prospect=prospect,
            as_of=as_of,
        )
    )
    return Story(replace(situation, draft=note.text) if note else situation, person, note)


def situations() -> st.SearchStrategy[Situation]:
    """Situations of every kind; each has the day on which it is asked about."""
    return stories().map(lambda story: story.situation)


# --------------------------------------------------------------------------------------------- changes


def with_texts(value: T, change: Callable[[str], str]) -> T:
    """The same data with every text in it changed."""
    if isinstance(value, str):
        return change(value)  # type: ignore[return-value]
    if isinstance(value, tuple):
        return tuple(with_texts(item, change) for item in value)  # type: ignore[return-value]
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{each.name: with_texts(getattr(value, each.name), change) for each in fields(value)}
        )
    return value


@st.composite
def renamings(draw: st.DrawFn) -> tuple[Situation, Situation]:
    """A situation, and the same about somebody whose names have another sound but script and length alike."""
    script, lengths = draw(st.sampled_from(tuple(SYLLABLES))), (2, draw(st.integers(3, 4)))
    form = draw(st.sampled_from(FORMS))
    unknown = made_up(script, lengths).filter(lambda person: not knows(person.name))
    one, other = replace(draw(unknown), form=form), draw(unknown)
    situation = draw(stories(st.just(one))).situation
    return situation, with_texts(situation, lambda text: renamed(text, one, other))


def renamed(text: str, one: Person, other: Person) -> str:
    """`text` with the names of `one` replaced by those of `other`."""
    # Letters of private use stand between, so that nothing is replaced twice.
    marked = text.replace(one.last, "\ue001").replace(one.first, "\ue000")
    return marked.replace("\ue000", other.first).replace("\ue001", other.last)


# ----------------------------------------------------------------------------------------------- files


def plain(value: object) -> Any:
    """A situation as plain data, every key written out; what is unknown and the day of asking stay out."""
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        told = {each.name: getattr(value, each.name) for each in fields(value) if each.name != "as_of"}
        return {name: plain(item) for name, item in told.items() if item is not None}
    return value


def written(value: object, hint: object = Situation) -> st.SearchStrategy[Any]:
    """A situation as plain data as a person may write it: shorthands, other words, keys in any order."""
    return _written(value, hint)


@st.composite
def _written(draw: st.DrawFn, value: Any, hint: object) -> Any:
    marks, inner = _peeled(hint)
    if is_dataclass(value):
        hints = get_type_hints(type(value), include_extras=True)
        told = [
            each.name
            for each in fields(value)
            if each.name != "as_of" and getattr(value, each.name) is not None
        ]
        data = {
            name: draw(_written(getattr(value, name), hints[name])) for name in draw(st.permutations(told))
        }
        lone = next(
            (mark.key for mark in marks if isinstance(mark, Shorthand) and set(data) == {mark.key}), None
        )
        return data[lone] if lone and draw(st.booleans()) else data
    if isinstance(value, tuple):
        items = [draw(_written(item, inner)) for item in value]
        if not items and draw(st.booleans()):
            return draw(st.sampled_from(("none", "nothing", "Nobody", False)))
        alone = len(items) == 1 and not says_nothing(items[0]) and not isinstance(items[0], list)
        return items[0] if alone and draw(st.booleans()) else items
    for mark in marks:
        if isinstance(mark, Choice):
            return draw(_other_word(mark.told, value))
        if isinstance(mark, Percent):
            ways = [
                value,
                f"{value}%",
                f"{value} %",
                f"{value}.0",
                *([value / 100] if 0 < value < 100 else []),
            ]
            return draw(st.sampled_from(ways))
    return value.isoformat() if isinstance(value, date) else value


def _other_word(place: str, name: str) -> st.SearchStrategy[object]:
    """The ways of writing `name` in the closed list at `place`."""
    option = next(each for each in should_connect().vocabulary.options_at(place) if each.name == name)
    ways = st.sampled_from((name, *option.also))
    spellings = st.sampled_from((str, str.upper, str.title, lambda word: word.replace(" ", "_")))
    yes_no = {"yes": True, "no": False}
    return st.builds(lambda word, spell: yes_no.get(word, spell(word)), ways, spellings)


def _peeled(hint: object) -> tuple[list[object], object]:
    """The marks on a type, and the type of a list's items where it is one."""
    marks: list[object] = []
    while True:
        origin, parts = get_origin(hint), get_args(hint)
        if origin is Annotated:
            marks += parts[1:]
            hint = parts[0]
        elif origin in (Union, types.UnionType):
            hint = next(part for part in parts if part is not type(None))
        else:
            return marks, parts[0] if origin is tuple else hint


class _Dumper(yaml.SafeDumper):
    """Writes YAML as people do: long texts as blocks, and in quotes what could be taken for a number."""


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else '"' if text[:1] in "+-.0123456789" else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _represent_text)


def as_yaml(data: object) -> str:
    """Plain data as a YAML file."""
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False)


def as_json(data: object) -> str:
    """Plain data as a JSON file."""
    return json.dumps(data, ensure_ascii=False, indent=1)


def told_in(data: object, as_of: date | None) -> Situation:
    """The situation that a file with `data` tells, asked about on the day `as_of`."""
    return read_situation(Document("prospect.yaml", data), should_connect().vocabulary, as_of=as_of)


def told_by(text: str, as_of: date | None) -> Situation:
    """The situation that a file with the text `text` tells, asked about on the day `as_of`."""
    return read_situation(parse(text, "prospect.yaml"), should_connect().vocabulary, as_of=as_of)
