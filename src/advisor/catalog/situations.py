"""Files to what they tell: prospect files to situations, others to their subjects, with parts from elsewhere.

Shorthands, closed lists and all complaints are pydantic's and `validation`'s business; this module joins the
parts and checks what only the whole can show. It opens no file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import fields, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, get_type_hints

from advisor.catalog.consistency import check_whole
from advisor.catalog.plain import NotPlain, build, class_in
from advisor.catalog.schema_words import bare
from advisor.catalog.text import DataPath, Document
from advisor.errors import Complaint, InputError
from advisor.model.situation import Situation, asked_on
from advisor.model.subject import PROSPECT, SUBJECTS
from advisor.model.vocabulary import Vocabulary

if TYPE_CHECKING:
    from pydantic import TypeAdapter

Part = object
"""A part handed over by itself: a document, or what stands there once it is built, such as a note's text."""


def read_told(
    subject: str,
    document: Document,
    vocabulary: Vocabulary,
    *,
    parts: Mapping[str, Part] | None = None,
    as_of: date | None = None,
    today: date | None = None,
) -> Any:
    """Validate a file about `subject`, with `parts` in place of its own, and give what it tells.

    The day of asking is `as_of`, else the file's own, else `today`.

    Raises:
        InputError: with all complaints about all documents together.
    """
    complaints: list[Complaint] = []
    model = SUBJECTS[subject].model
    told = _validated(model, document, (), vocabulary, complaints)
    replacements: dict[str, Any] = {}
    places: dict[str, tuple[Document, DataPath]] = {}
    for key, part in (parts or {}).items():
        if not isinstance(part, Document):
            replacements[key] = part
            continue
        at: DataPath = (key,) if isinstance(part.data, dict) and set(part.data) == {key} else ()
        hint = class_in(get_type_hints(model)[key])
        replacements[key] = _validated(hint, part, at, vocabulary, complaints)
        places[key] = (part, at)
    if told is not None and not complaints:
        told = asked_on(told, as_of or told.as_of or today)
        told = replace(told, **replacements)
        complaints += check_whole(subject, told, document, places)
    if complaints or told is None:
        raise InputError(complaints)
    return told


def read_situation(
    document: Document,
    vocabulary: Vocabulary,
    *,
    draft: str | None = None,
    me: Document | None = None,
    sending: Document | None = None,
    as_of: date | None = None,
    today: date | None = None,
) -> Situation:
    """Validate a prospect file, with `draft`, `me` and `sending` in place of its own parts where given.

    A document for `me` or `sending` may hold the part itself or a mapping with the part under its name. The
    day of asking is `as_of`, else the file's own, else `today`.

    Raises:
        InputError: with all complaints about all documents together.
    """
    parts: dict[str, Part] = {"me": me, "sending": sending, "draft": draft}
    told = {key: part for key, part in parts.items() if part is not None}
    situation: Situation = read_told(PROSPECT, document, vocabulary, parts=told, as_of=as_of, today=today)
    return situation


def schema_of_subject(subject: str, vocabulary: Vocabulary) -> dict[str, Any]:
    """The JSON Schema of files about `subject`, with the closed lists of `vocabulary` filled in."""
    about = SUBJECTS[subject]
    schema: dict[str, Any] = _adapter(about.model).json_schema()
    _fill_lists(schema, vocabulary)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:etiquette-advisor:schema:{about.schema}:1",
        **schema,
        "title": f"{subject.capitalize()} file",
    }


@lru_cache(maxsize=16)
def _adapter(model: Any) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    return TypeAdapter(model)


def _validated(
    model: Any,
    document: Document,
    at: DataPath,
    vocabulary: Vocabulary,
    complaints: list[Complaint],
) -> Any:
    data: Any = document.data
    for step in at:
        data = data[step]
    if data is None:
        hint = "`advisor new prospect` writes a file to start from"
        complaints.append(Complaint(document.file, 0, 0, "empty-document", "the file says nothing", hint))
        return None
    with suppress(NotPlain):
        return build(model, data, vocabulary)
    from pydantic import ValidationError

    from advisor.catalog.validation import complaints_from

    try:
        return _adapter(model).validate_python(data, context={"vocabulary": vocabulary})
    except ValidationError as error:
        names = lambda path: _names_at(model, path[len(at) :])  # noqa: E731 - one line says it
        complaints += complaints_from(error, document, names=names, at=at)
        return None


def _names_at(model: Any, path: DataPath) -> Iterable[str]:
    """Keys that may stand at `path`: the fields of the class that belongs there."""
    for step in path:
        if isinstance(step, int):
            continue
        hint = get_type_hints(model).get(step)
        model = class_in(hint)
        if model is None:
            return ()
    return tuple(each.name for each in fields(model))


def _fill_lists(node: Any, vocabulary: Vocabulary) -> None:
    if isinstance(node, dict):
        place = node.pop("x-closed-list", None)
        if place is not None:
            options = vocabulary.options_at(place)
            node["anyOf"] = [
                {"enum": [option.name for option in options]},
                {
                    "enum": [word for option in options for word in option.also],
                    "description": "Other words for these",
                },
            ]
            # Without quotes, `yes` is no text to YAML.
            if unquoted := [value for option in options for value in bare(option.name)]:
                node["anyOf"].append({"enum": unquoted, "doNotSuggest": True})
            node.pop("type", None)
        for value in node.values():
            _fill_lists(value, vocabulary)
    elif isinstance(node, list):
        for value in node:
            _fill_lists(value, vocabulary)
