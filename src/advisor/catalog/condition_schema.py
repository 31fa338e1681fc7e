"""JSON Schemas of what forms leave to other readers: conditions, exceptions, effects and given facts.

They say what the reader of conditions says, as far as one place can be judged by itself: which facts there
are, which operators go with each and which values it can take. They are written so that an editor finds the
one alternative that is meant and complains about that alone.
"""

from __future__ import annotations

import json
from typing import get_args

from advisor.catalog.conditions import FITTING, OPERATORS
from advisor.catalog.schema_words import (
    Schema,
    against,
    facts_of,
    given,
    listed,
    names,
    snippets,
    word_or_mapping,
)
from advisor.model.condition import GROUND_FACT, RULE_PREFIX
from advisor.model.rule import Consultation, EffectKind

CONDITION = "condition"
"""Name of the definition of conditions, which refers to itself."""
EXCEPTION = "exception"
"""Name of the definition of what may stand under `unless`."""
_SHORT, _LONG = "short-condition", "long-condition"
_SELF: Schema = {"$ref": f"#/$defs/{CONDITION}"}
_MEANS = {
    "eq": "Is this value; for several values: has this one among them.",
    "ne": "Is not this value; for several values: does not have it among them.",
    "lt": "Is less than this.",
    "lte": "Is at most this.",
    "gt": "Is more than this.",
    "gte": "Is at least this.",
    "in": "Is one of these.",
    "known": "Whether the fact is known at all.",
}
_GROUPS = {
    "all": "True where every part is true.",
    "any": "True where some part is true.",
}


def definitions(consultation: Consultation) -> dict[str, Schema]:
    """Conditions on the facts of `consultation` and exceptions, with the definitions that these refer to."""
    said = "`all`, `any`, `not`, a test of one fact, or in short `fact` and `not fact`."
    ids = names({rule.id: rule.title for rule in consultation.written}, "a rule")
    rule: Schema = {
        "type": "object",
        "properties": {"rule": {**ids, "description": "Another rule that holds, by its id."}},
        "required": ["rule"],
        "additionalProperties": False,
    }
    tree: Schema = {"$ref": f"#/$defs/{_LONG}"}
    alone: Schema = {"$ref": f"#/$defs/{_SHORT}"}
    begun = snippets({"fact": "$1"}, {"all": ["$1"]}, {"any": ["$1"]}, {"not": "$1"})
    return {
        CONDITION: {"description": said, **word_or_mapping(alone, tree), **begun},
        EXCEPTION: {
            "description": f"{said} Or `rule`: another rule that holds.",
            **word_or_mapping(alone, {"if": {"required": ["rule"]}, "then": rule, "else": tree}),
            **snippets({"rule": "$1"}, {"fact": "$1"}, {"all": ["$1"]}, {"any": ["$1"]}, {"not": "$1"}),
        },
        _SHORT: _short(consultation),
        _LONG: _long(consultation),
    }


def effect(consultation: Consultation) -> Schema:
    """What can follow from a rule."""
    levels = {level.name: f"{level.says}: {level.means}" for level in consultation.verdicts[1:]}
    facts = {
        spec.name: spec.means
        for spec in consultation.own_facts
        if spec.origin == "concluded" and spec.name != GROUND_FACT and spec.type == "yes-no"
    }
    alone = {
        "ground": "A reason to go ahead.",
        "merit": "Something done well.",
        "advice": "Changes no verdict.",
    }
    targets = {
        "concern": {**names(levels, "a verdict"), "description": "Holds the verdict at this step."},
        "conclude": {**names(facts, "a fact that rules conclude"), "description": "Derives this fact."},
    }
    assert {*alone, *targets} == {*get_args(EffectKind)}  # noqa: S101 - no effect is forgotten
    mapping: Schema = {
        "type": "object",
        "properties": targets,
        "minProperties": 1,
        "maxProperties": 1,
        "additionalProperties": False,
    }
    return {
        "description": "What follows where the rule holds.",
        **word_or_mapping(names(alone, "something that can follow"), mapping),
        **snippets(*({key: "$1"} for key in targets)),
    }


def example(consultation: Consultation) -> Schema:
    """Facts as an example or a case gives them; rules may be given as holding or not."""
    schema = given(consultation.vocabulary.facts.values())
    return {**schema, "patternProperties": {f"^{RULE_PREFIX}.": {"type": "boolean"}}}


def _short(consultation: Consultation) -> Schema:
    facts = [spec for spec in consultation.vocabulary.facts.values() if spec.type == "yes-no"]
    words = {spec.name: spec.means for spec in facts}
    words |= {f"not {spec.name}": f"It is false that: {spec.means}" for spec in facts}
    return names(words, "a yes-no fact, nor `not` and one")


def _long(consultation: Consultation) -> Schema:
    properties: Schema = {
        head: {**listed(_SELF, least=1), "description": means} for head, means in _GROUPS.items()
    }
    properties["not"] = {**_SELF, "description": "True where this is false."}
    properties["fact"] = {**names(facts_of(consultation), "a fact"), "description": "The fact to be tested."}
    return {
        "type": "object",
        "properties": properties | dict.fromkeys(OPERATORS, True),
        "additionalProperties": False,
        "if": {"required": ["fact"]},
        "then": {"minProperties": 2, "maxProperties": 2, "allOf": _tests(consultation)},
        "else": {
            "minProperties": 1,
            "maxProperties": 1,
            "propertyNames": {
                "enum": [*_GROUPS, "not"],
                "errorMessage": "Write `fact`, `all`, `any` or `not`; an operator stands beside `fact`.",
            },
        },
    }


def _tests(consultation: Consultation) -> list[Schema]:
    """For all facts that can be tested alike: their operators, and what each operator takes."""
    alike: dict[str, tuple[Schema, list[str]]] = {}
    for spec in consultation.vocabulary.facts.values():
        operators: Schema = {
            op: {**against(spec, op, consultation.settings), "description": _MEANS[op]}
            for op in FITTING[spec.type]
        }
        alike.setdefault(json.dumps(operators), (operators, []))[1].append(spec.name)
    return [
        {
            "if": {"properties": {"fact": {"enum": facts}}, "required": ["fact"]},
            "then": {
                "properties": operators,
                "propertyNames": {
                    "enum": ["fact", *operators],
                    "errorMessage": f"This does not go with the fact; use {', '.join(operators)}.",
                },
            },
        }
        for operators, facts in alike.values()
    ]
