"""JSON Schemas of names and values, such as all facts or the values of one fact, for editors to complete.

Besides the standard keywords they carry some that editors know: `enumDescriptions`, shown beside each name;
`errorMessage`, said in place of a list of all that could have stood there; `defaultSnippets`, to begin with.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from advisor.catalog.text import parse
from advisor.errors import InputError
from advisor.model.rule import Consultation, Setting
from advisor.model.vocabulary import FactSpec

Schema = dict[str, Any]
NOTHING: Schema = {"not": {}}
"""What no value fits."""
_FEW = 12
"""So many values at most are named in a complaint; of more, it only says what they are."""


def names(known: Mapping[str, str], what: str) -> Schema:
    """One of the names in `known`, each with what it means; `what` says what they are, such as `a fact`."""
    if not known:
        return NOTHING
    schema: Schema = {"type": "string", "enum": list(known)}
    if any(known.values()):
        schema["enumDescriptions"] = list(known.values())
    if len(known) > _FEW:
        schema["errorMessage"] = f"This is not {what}: completion lists all of them."
    return schema


def listed(item: Schema, *, least: int = 0, unique: bool = False) -> Schema:
    """A list of `item`."""
    schema: Schema = {"type": "array", "items": item}
    if least:
        schema["minItems"] = least
    if unique:
        schema["uniqueItems"] = True
    return schema


def word_or_mapping(word: Schema, mapping: Schema) -> Schema:
    """Either a word or a mapping: an editor completes both, and complains about the one that is meant."""
    return {"anyOf": [word, {"type": "object"}], "if": {"type": "object"}, "then": mapping}


def snippets(*bodies: Schema) -> Schema:
    """What an editor offers to begin a mapping with; `$1` is where one goes on typing."""
    return {"defaultSnippets": [{"label": next(iter(body)), "body": body} for body in bodies]}


def constant(spec: FactSpec) -> Schema:
    """One value of a fact, which for `choices` is one of them."""
    match spec.type:
        case "yes-no":
            return {"type": "boolean"}
        case "number":
            return {"type": "integer", "minimum": spec.minimum, "maximum": spec.maximum}
        case _:
            words = names({option.name: option.means for option in spec.options}, f"a value of {spec.name}")
            unquoted = [value for option in spec.options for value in bare(option.name)]
            return {"anyOf": [words, {"enum": unquoted, "doNotSuggest": True}]} if unquoted else words


def told(spec: FactSpec) -> Schema:
    """A value of a fact as it is given; several where the fact has several."""
    one = constant(spec)
    return {"anyOf": [one, listed(one)]} if spec.type == "choices" else one


def against(spec: FactSpec, op: str, settings: Mapping[str, Setting]) -> Schema:
    """What stands behind an operator: values of the fact, or a setting that fits."""
    if op == "known":
        return {"type": "boolean"}
    one = constant(spec)
    value = listed(one, least=1, unique=True) if op == "in" else one
    return _or_setting(value, settings_for(spec, settings, several=op == "in"))


def given(facts: Iterable[FactSpec], *, settings: Mapping[str, Setting] | None = None) -> Schema:
    """Facts with their values; where `settings` are given, one of them may stand for a value."""
    properties: Schema = {}
    for spec in facts:
        value = _or_setting(told(spec), settings_for(spec, settings or {}, several=spec.type == "choices"))
        properties[spec.name] = {**value, "description": spec.means}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _or_setting(value: Schema, fitting: Mapping[str, str]) -> Schema:
    """The value itself or, written `$name`, a setting."""
    if not fitting:
        return value
    alternatives = value.get("anyOf", [value])
    what = "a list" if alternatives[-1].get("type") == "array" else "a number"
    said = {"errorMessage": f"Write {what}, or a setting as $name: completion lists those that fit."}
    return {"anyOf": [*({**each, **said} for each in alternatives), {**names(fitting, ""), **said}]}


def settings_for(spec: FactSpec, settings: Mapping[str, Setting], *, several: bool) -> dict[str, str]:
    """The settings, as `$name`, that a fact can be held against; `several` asks for lists of words."""
    fitting = {}
    words = {option.name for option in spec.options}
    for name, setting in settings.items():
        value = setting.value
        if isinstance(value, tuple):
            fits = several and spec.type in ("choice", "choices") and words.issuperset(value)
        else:
            fits = not several and spec.type == "number" and spec.minimum <= value <= spec.maximum
        if fits:
            fitting[f"${name}"] = f"{setting.means} ({_shown(value)})"
    return fitting


def facts_of(consultation: Consultation) -> dict[str, str]:
    """All facts of a consultation with what they mean."""
    return {spec.name: _described(spec) for spec in consultation.vocabulary.facts.values()}


def note_facts(consultation: Consultation) -> dict[str, str]:
    """The facts that are read from the note."""
    facts = consultation.vocabulary.facts.values()
    return {spec.name: spec.means for spec in facts if spec.origin == "draft"}


def _described(spec: FactSpec) -> str:
    match spec.type:
        case "number":
            what = f"number of {spec.unit}" if spec.unit else "number"
        case "yes-no":
            what = "yes-no"
        case _:
            what = f"{spec.type}: {', '.join(option.name for option in spec.options)}"
    return f"{spec.means} ({what})"


def _shown(value: int | tuple[str, ...]) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)


@cache
def bare(word: str) -> tuple[object, ...]:
    """What `word` is to a reader of YAML that knows no closed lists, where that is no text."""
    try:
        value = parse(f"[{word}]", "").data
    except InputError:
        return ()
    held = value[0] if isinstance(value, list) and len(value) == 1 else ""
    return () if isinstance(held, str | list | dict) else (held,)
