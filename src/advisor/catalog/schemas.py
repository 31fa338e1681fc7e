"""The JSON Schemas of authored files, from the same forms that read them, filled with the names there are.

A form gives the keys and says what each is for; what it leaves open (conditions, effects, names of facts,
passages and settings) comes from a knowledge base, so that an editor can complete it. A schema judges a file
by itself; what only the whole knowledge base can show is left to `advisor rules check`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from typing import Any

from pydantic import BaseModel

from advisor.catalog.borrowing import opened
from advisor.catalog.forms import SCHEMA_VERSION
from advisor.catalog.kinds import KINDS
from advisor.catalog.schema_parts import Parts, definitions, parts
from advisor.catalog.schema_words import Schema
from advisor.model.knowledge_base import KnowledgeBase
from advisor.model.rule import Consultation
from advisor.model.vocabulary import FactSpec, Vocabulary

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_REFERENCE = "#/$defs/"


def schema_of(kind: str, base: KnowledgeBase, consultation: Consultation) -> Schema:
    """The schema of one kind of file, with the names of `base` and, for its rules, of `consultation`.

    Names that the consultation may borrow are among them. A law may speak of any consultation, so that for
    laws the names of all are there.

    Raises:
        KeyError: where there is no such kind.
    """
    form = form_of(kind)
    own = KINDS[kind].own
    consultation = opened(consultation, base) if own else _joined(base) if kind == "laws" else consultation
    known = parts(base, consultation)
    schema = form.model_json_schema()
    inner: dict[str, Schema] = schema.pop("$defs", {})
    for name, part in {form.__name__: schema, **inner}.items():
        _fill(name, part, known)
        part.pop("title")
        part.update(_BESIDE.get(name, {}))
    inner |= definitions(consultation)
    return {
        "$schema": _DIALECT,
        "$id": f"urn:etiquette-advisor:schema:{f'{consultation.id}:' if own else ''}{kind}:{SCHEMA_VERSION}",
        "title": KINDS[kind].says.rstrip("."),
        **schema,
        "$defs": {name: inner[name] for name in sorted(_needed(schema, inner))},
    }


def form_of(kind: str) -> type[BaseModel]:
    """The form of one kind of file.

    Raises:
        KeyError: where there is no such kind.
    """
    module, _, name = KINDS[kind].form.partition(":")
    form: type[BaseModel] = getattr(import_module(f"advisor.catalog.{module}"), name)
    return form


def _joined(base: KnowledgeBase) -> Consultation:
    """The names of all consultations as if they were one's; what two call alike may be as either says."""
    facts: dict[str, FactSpec] = {}
    for each in base.consultations.values():
        for spec in each.vocabulary.facts.values():
            facts[spec.name] = _either(facts[spec.name], spec) if spec.name in facts else spec
    consultations = tuple(base.consultations.values())
    levels = {level.name: level for each in consultations for level in each.verdicts}
    settings = {name: setting for each in consultations for name, setting in each.settings.items()}
    first = consultations[0]
    return replace(
        first,
        verdicts=tuple(levels.values()),
        vocabulary=Vocabulary(facts, first.vocabulary.lists),
        settings=settings,
        rules=tuple({rule.id: rule for each in consultations for rule in each.rules}.values()),
    )


def _either(one: FactSpec, other: FactSpec) -> FactSpec:
    options = {option.name: option for option in (*one.options, *other.options)}
    return replace(
        one,
        options=tuple(options.values()),
        minimum=min(one.minimum, other.minimum),
        maximum=max(one.maximum, other.maximum),
    )


def _fill(name: str, part: Schema, known: Parts) -> None:
    """Put what is known in place of what the form called `name` leaves open, and tidy the rest."""
    properties: Schema = part.get("properties", {})
    for key, value in properties.items():
        _tidy(value)
        filled = known.get(name, {}).get(key)
        if filled is not None:
            said = {"description": value["description"]} if "description" in value else {}
            properties[key] = {**filled, **said}


def _tidy(value: Schema) -> None:
    """Take out what helps no author: titles made from keys, defaults, and nothing as a value."""
    value.pop("title", None)
    value.pop("default", None)
    alternatives = [each for each in value.get("anyOf", ()) if each != {"type": "null"}]
    if len(alternatives) == 1:
        del value["anyOf"]
        value |= {**alternatives[0], **value}
    elif alternatives:
        value["anyOf"] = alternatives
    patterns = value.pop("patternProperties", {})
    for pattern, held in patterns.items():
        value["additionalProperties"] = held
        value["propertyNames"] = {**value.get("propertyNames", {}), "pattern": pattern}
        _tidy(held)


def _needed(schema: Schema, known: dict[str, Schema]) -> set[str]:
    """Names of the definitions that `schema` refers to, directly or through others."""
    found: set[str] = set()
    frontier = set(_references(schema))
    while frontier:
        found |= frontier
        frontier = {name for each in frontier for name in _references(known[each])} - found
    return found


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        target = node.get("$ref")
        if isinstance(target, str):
            yield target.removeprefix(_REFERENCE)
        for value in node.values():
            yield from _references(value)
    elif isinstance(node, list):
        for value in node:
            yield from _references(value)


def _where(key: str, values: list[str], then: Schema) -> Schema:
    return {"if": {"properties": {key: {"enum": values}}, "required": [key]}, "then": then}


def _without(keys: tuple[str, ...], message: str) -> Schema:
    """A mapping that has none of `keys`."""
    return {"propertyNames": {"not": {"enum": list(keys)}, "errorMessage": message}}


_TOLD = ("told", "ask", "ask_if", "told_with", "sum_of")
_COUNTED = ("minimum", "maximum", "unit", "sum_of")
_BESIDE: dict[str, Schema] = {
    "FactForm": {
        "allOf": [
            _where("type", ["choice", "choices"], {"required": ["values"]}),
            _where("type", ["yes-no", "number"], _without(("values",), "Only choices have `values`.")),
            _where(
                "type",
                ["yes-no", "choice", "choices"],
                _without(_COUNTED, f"Only a number has {', '.join(f'`{key}`' for key in _COUNTED)}."),
            ),
            _where(
                "from",
                ["concluded"],
                {
                    "properties": {
                        "type": {"const": "yes-no", "errorMessage": "What rules conclude is a yes-no."}
                    },
                    **_without(_TOLD, "Nobody is asked for what rules conclude."),
                },
            ),
        ],
        "dependentRequired": {"ask_if": ["ask"]},
    },
    # A draft may still lack what every other rule has to bring along.
    "RuleForm": {
        "if": {"properties": {"status": {"const": "draft"}}, "required": ["status"]},
        "else": {
            "required": ["cites", "examples"],
            "properties": {"cites": {"minItems": 1}, "examples": {"minItems": 2}},
            "if": {"properties": {"then": {"type": "object", "required": ["conclude"]}}},
            "else": {"required": ["message"]},
        },
    },
    "SourceForm": {
        "allOf": [
            _where("kind", ["article"], {"required": ["file"]}),
            _where("kind", ["own", "platform-facts"], _without(("file",), "Only an article has a `file`.")),
        ],
    },
    "CaseForm": {
        "oneOf": [{"required": ["situation"]}, {"required": ["given"]}],
        "errorMessage": "A case has either a `situation` or facts as `given`.",
    },
    "ExpectForm": {"minProperties": 1},
    "EffectiveForm": {"minProperties": 1},
}
"""What a form's reader checks besides: how the keys of one mapping go together."""
