"""Ways of writing a situation down as people do, and reading it back: shorthands, other words, any order."""

from __future__ import annotations

import json
import types
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import yaml
from hypothesis import strategies as st

from advisor.catalog.situations import read_situation
from advisor.catalog.text import Document, parse
from advisor.model.marks import Choice, Percent, Shorthand, says_nothing
from advisor.model.situation import Situation
from advisor.model.vocabulary import Vocabulary
from advisor.testing.shipped import should_connect

FILE = "prospect.yaml"
"""What a made-up prospect file is called in complaints about it."""
NOTHING = ("none", "nothing", "Nobody", False)
"""Ways of writing an empty list."""


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


def prospect_files(situation: Situation, vocabulary: Vocabulary | None = None) -> st.SearchStrategy[Any]:
    """A situation as plain data as a person may write it; the day of asking stays out.

    Without `vocabulary`, with the words of the shipped one.
    """
    return _written(situation, Situation, vocabulary or should_connect().vocabulary)


@st.composite
def _written(draw: st.DrawFn, value: Any, hint: object, vocabulary: Vocabulary) -> Any:
    marks, inner = _peeled(hint)
    if is_dataclass(value):
        return _one_by_one(draw, value, marks, vocabulary)
    if isinstance(value, tuple):
        items = [draw(_written(item, inner, vocabulary)) for item in value]
        if not items and draw(st.booleans()):
            return draw(st.sampled_from(NOTHING))
        alone = len(items) == 1 and not says_nothing(items[0]) and not isinstance(items[0], list)
        return items[0] if alone and draw(st.booleans()) else items
    for mark in marks:
        if isinstance(mark, Choice):
            return draw(_other_word(mark.told, value, vocabulary))
        if isinstance(mark, Percent):
            fraction = [value / 100] if 0 < value < 100 else []  # noqa: PLR2004 - percent
            return draw(st.sampled_from([value, f"{value}%", f"{value} %", f"{value}.0", *fraction]))
    return value.isoformat() if isinstance(value, date) else value


def _one_by_one(draw: st.DrawFn, value: Any, marks: list[object], vocabulary: Vocabulary) -> Any:
    """Keys in any order; a lone one may stand for the whole where its mark says so."""
    hints = get_type_hints(type(value), include_extras=True)
    told = [each.name for each in fields(value) if each.name != "as_of"]
    told = [name for name in told if getattr(value, name) is not None]
    data = {
        name: draw(_written(getattr(value, name), hints[name], vocabulary))
        for name in draw(st.permutations(told))
    }
    lone = next((mark.key for mark in marks if isinstance(mark, Shorthand) and set(data) == {mark.key}), None)
    return data[lone] if lone and draw(st.booleans()) else data


def _other_word(place: str, name: str, vocabulary: Vocabulary) -> st.SearchStrategy[object]:
    """The ways of writing `name` in the closed list at `place`."""
    option = next(each for each in vocabulary.options_at(place) if each.name == name)
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


def told_in(data: object, as_of: date | None, vocabulary: Vocabulary | None = None) -> Situation:
    """The situation that a file with `data` tells, asked about on the day `as_of`.

    Raises:
        InputError: where the data is no situation.
    """
    words = vocabulary or should_connect().vocabulary
    return read_situation(Document(FILE, data), words, as_of=as_of)


def told_by(text: str, as_of: date | None, vocabulary: Vocabulary | None = None) -> Situation:
    """The situation that a file with the text `text` tells, asked about on the day `as_of`.

    Raises:
        InputError: where the text is no prospect file.
    """
    words = vocabulary or should_connect().vocabulary
    return read_situation(parse(text, FILE), words, as_of=as_of)
