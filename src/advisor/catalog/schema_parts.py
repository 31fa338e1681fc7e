"""What forms leave open, filled in from a knowledge base: for each form, the schemas of such keys.

Forms know which keys there are; which facts, passages, settings and verdicts may be named is known here.
"""

from __future__ import annotations

from collections.abc import Mapping

from advisor.catalog import condition_schema
from advisor.catalog.actions import DAYS_WAITED_AT_MOST, FILLING
from advisor.catalog.condition_schema import CONDITION, EXCEPTION
from advisor.catalog.forms import SNAKE
from advisor.catalog.lexicons import COMMON
from advisor.catalog.schema_words import Schema, facts_of, given, listed, names, note_facts
from advisor.catalog.situations import schema_of_subject
from advisor.model.knowledge_base import KnowledgeBase
from advisor.model.rule import Consultation

SITUATION = "Situation"
"""Name of the definition of what a file about the subject tells."""
_A_CONDITION: Schema = {"$ref": f"#/$defs/{CONDITION}"}
_TEXT: Schema = {"type": "string", "minLength": 1}
_WORDS = listed({"type": ["string", "number", "boolean", "null"], "minLength": 1})
"""A list of words, of which one may look like a number or a yes-no: `no`, `30`."""
_SOME_WORDS: Schema = {**_WORDS, "minItems": 1}
_WORDS_OR_TEXT: Schema = {"anyOf": [_WORDS, _TEXT]}
_NUMBER_OR_WORDS: Schema = {"anyOf": [{"type": "integer", "minimum": 0}, _SOME_WORDS]}

Parts = Mapping[str, Mapping[str, Schema]]
"""By the name of a form and of a key in it."""


def parts(base: KnowledgeBase, consultation: Consultation) -> Parts:
    """What stands at the keys whose names are known only to a knowledge base."""
    return _of_rules(base, consultation) | _of_laws(base, consultation) | _of_knowledge(base)


def definitions(consultation: Consultation) -> dict[str, Schema]:
    """What is referred to from several places: conditions, and what a file about the subject tells."""
    schema = schema_of_subject(consultation.subject, consultation.vocabulary)
    inner: dict[str, Schema] = schema.get("$defs", {})
    keys = ("type", "properties", "required", "additionalProperties")
    whole = {key: schema[key] for key in keys if key in schema}
    return {**condition_schema.definitions(consultation), **inner, SITUATION: whole}


def _of_rules(base: KnowledgeBase, consultation: Consultation) -> dict[str, Mapping[str, Schema]]:
    facts = consultation.vocabulary.facts.values()
    citations = {
        "cites": listed(_passages(base), unique=True),
        "readings": listed(_readings(base), unique=True),
    }
    of_the_note = listed(names(note_facts(consultation), "a fact that is read from the note"))
    active = listed(names({rule.id: rule.title for rule in consultation.active}, "a stable rule"))
    levels = {level.name: level.means for level in consultation.verdicts}
    asked = {spec.name: spec.ask for spec in facts if spec.ask}
    return {
        "RuleForm": {
            "when": _A_CONDITION,
            "unless": listed({"$ref": f"#/$defs/{EXCEPTION}"}),
            "then": condition_schema.effect(consultation),
            "shows": of_the_note,
            "within": names(_numbers_set(consultation), "a setting that is a number, as $name"),
            **citations,
        },
        "ConsultationForm": {"borrows": names(_lenders(base), "a consultation that borrows nothing itself")},
        "ExampleForm": {"given": condition_schema.example(consultation)},
        "SettingForm": {"value": _NUMBER_OR_WORDS, **citations},
        "OptionForm": {"also": _WORDS},
        "FactForm": {
            "ask_if": _A_CONDITION,
            "told_with": names(asked, "a fact that is asked for"),
            "sum_of": listed(names(_numbers(consultation), "a fact that is a number")),
        },
        "BorrowedFactForm": {"told_with": names(asked, "a fact that is asked for")},
        "FactsFile": {"impossible": listed(_A_CONDITION)},
        "ActionForm": {
            "when": _A_CONDITION,
            "unless": _A_CONDITION,
            "cites": {**citations["cites"], "minItems": 1},
            "file": _places(consultation),
            "facts": _changed_facts(consultation),
            "fills": _closed(dict.fromkeys(FILLING, listed(_TEXT))),
            "waits_up_to": _days(consultation),
            **dict.fromkeys(("removes", "strikes", "about"), of_the_note),
            **dict.fromkeys(("greets", "inserts"), _by_language(base)),
        },
        "CaseForm": {
            "situation": {"$ref": f"#/$defs/{SITUATION}"},
            "given": condition_schema.example(consultation),
        },
        "ExpectForm": {"verdict": names(levels, "a verdict"), "holds": active, "does_not_hold": active},
    }


def _of_laws(base: KnowledgeBase, consultation: Consultation) -> dict[str, Mapping[str, Schema]]:
    facts = names(facts_of(consultation), "a fact")
    numbers = names(_numbers(consultation), "a fact that is a number")
    verdict = names({level.name: level.means for level in consultation.verdicts}, "a verdict")
    becomes = names({"worse": "", "better": "", "other": ""}, "what a verdict can become")
    return {
        "LawForm": {
            "consultation": names({each.id: each.question for each in base.consultations.values()}, ""),
            "where": _A_CONDITION,
            "never": {"anyOf": [listed(verdict, least=1), becomes]},
            **dict.fromkeys(("at_least", "at_most"), verdict),
            **dict.fromkeys(("raise", "lower"), numbers),
            "along": listed(facts),
            "cites": listed(_passages(base), least=1),
        },
        "ChangeForm": {"fact": facts},
        "TellForm": {"fact": facts},
    }


def _lenders(base: KnowledgeBase) -> dict[str, str]:
    return {each.id: each.question for each in base.consultations.values() if not each.borrows}


def _numbers_set(consultation: Consultation) -> dict[str, str]:
    """Settings that are numbers, as `$name`."""
    settings = consultation.settings.values()
    return {f"${each.name}": each.means for each in settings if isinstance(each.value, int)}


def _numbers(consultation: Consultation) -> dict[str, str]:
    facts = consultation.vocabulary.facts.values()
    return {spec.name: spec.means for spec in facts if spec.type == "number"}


def _of_knowledge(base: KnowledgeBase) -> dict[str, Mapping[str, Schema]]:
    articles = {
        each.id: each.title for each in base.library.sources.values() if each.kind != "platform-facts"
    }
    by_name = {"type": "object", "propertyNames": SNAKE.schema}
    return {
        "PassagesFile": {"source": names(articles, "an article")},
        "ReadingForm": {"passages": {**listed(_passages(base)), "minItems": 1}},
        "SideForm": {"passage": _passages(base)},
        "LexiconFile": {
            "function_words": _WORDS_OR_TEXT,
            "lists": {**by_name, "additionalProperties": _WORDS_OR_TEXT},
            "default_texts": _WORDS,
        },
        "SignForm": {"phrases": _SOME_WORDS, "finds": _WORDS, "passes_over": _WORDS},
        "LanguageForm": {"function_words": _WORDS_OR_TEXT},
    }


def _passages(base: KnowledgeBase) -> Schema:
    return names({each.id: each.point for each in base.library.passages.values()}, "a passage")


def _readings(base: KnowledgeBase) -> Schema:
    return names({each.id: each.title for each in base.library.readings.values()}, "a reading")


def _changed_facts(consultation: Consultation) -> Schema:
    """Facts that an action may change: neither concluded nor said never to change."""
    facts = consultation.vocabulary.facts.values()
    free = [spec for spec in facts if spec.origin != "concluded" and spec.changes_with != "never"]
    return given(free, settings=consultation.settings)


def _days(consultation: Consultation) -> Schema:
    days = {"type": "integer", "minimum": 0, "maximum": DAYS_WAITED_AT_MOST}
    return {"anyOf": [days, names(_numbers_set(consultation), "a setting that is a number")]}


def _by_language(base: KnowledgeBase) -> Schema:
    lexicons = {code: each for code, each in sorted(base.lexicons.items()) if code != COMMON}
    return _closed({code: {**_TEXT, "description": each.name} for code, each in lexicons.items()})


def _places(consultation: Consultation) -> Schema:
    """The places of a prospect file, each with what may stand there."""
    known = definitions(consultation)
    found: dict[str, Schema] = {}

    def walk(path: str, schema: Schema) -> None:
        for alternative in schema.get("anyOf", [schema]):
            part = known.get(str(alternative.get("$ref", "")).rpartition("/")[2], {})
            for key, value in part.get("properties", {}).items():
                found[path + key] = _place(value)
                walk(f"{path}{key}.", value)

    walk("", {"$ref": f"#/$defs/{SITUATION}"})
    return _closed(found)


def _place(value: Schema) -> Schema:
    """What may stand at one place; items may be added to a list."""
    alternatives = value.get("anyOf", [value])
    if not any(each.get("type") == "array" for each in alternatives):
        return value
    added = {**_closed({"add": listed({}, least=1)}), "required": ["add"]}
    return {"anyOf": [*alternatives, added], "description": value.get("description", "")}


def _closed(properties: Mapping[str, Schema]) -> Schema:
    return {"type": "object", "properties": dict(properties), "additionalProperties": False}
