"""The placeholders of messages: `{prospect.name}`, `{pace.last_7_days}`, `{$weekly_limit}`.

A message may quote settings, a few texts of the prospect file, and facts that are sure to be known wherever
its rule holds; all else is complained about here, before anybody reads a message with a hole in it. Filling
the placeholders in is the work of others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from advisor.catalog.authored import Origins, quoted, suggest
from advisor.model.condition import GROUND_FACT, All, Any, Condition, Test, facts_of, negation_normal
from advisor.model.rule import Consultation, Rule
from advisor.model.subject import PROSPECT, SUBJECTS

TEXTS = SUBJECTS[PROSPECT].texts
"""Texts of the prospect file that messages may quote."""
Behind = Mapping[str, frozenset[str]]
"""For each conclusion, facts that are known wherever it is true."""
_NOTHING: Behind = MappingProxyType({})
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def placeholders(text: str) -> tuple[str, ...]:
    """The names in braces, in their order.

    >>> placeholders("{prospect.name} has {$weekly_limit}")
    ('prospect.name', '$weekly_limit')
    """
    return tuple(_PLACEHOLDER.findall(text))


def settings_named(rule: Rule) -> tuple[str, ...]:
    """Names of the settings that `rule` tests against or quotes, in order."""
    quoted = (name[1:] for text in rule.texts for name in placeholders(text) if name.startswith("$"))
    named = {*quoted, *(test.setting for test in rule.leaves if test.setting)}
    return tuple(sorted(named | ({rule.within} if rule.within else set())))


def made_known(condition: Condition, behind: Behind = _NOTHING) -> frozenset[str]:
    """Facts that are known whenever `condition` is true; `behind` says what conclusions make known.

    >>> sorted(made_known(All((Test("a", "eq", 1), Any((Test("b", "eq", 1), Test("c", "eq", 1)))))))
    ['a']
    """
    return _made_known(negation_normal(condition), behind)


def facts_behind(rules: Sequence[Rule]) -> Behind:
    """For each conclusion of `rules` the facts that are known wherever it is true.

    A conclusion is true only through one of its rules: a message may quote the count behind `several`.
    """
    makers: dict[str, list[Condition]] = {}
    for rule in rules:
        if rule.effect.kind == "conclude":
            makers.setdefault(rule.effect.target, []).append(negation_normal(rule.when))
    behind: dict[str, frozenset[str]] = {}
    while True:  # what is known only grows, so this ends
        further = {
            fact: _common(_made_known(each, behind) for each in conditions)
            for fact, conditions in makers.items()
        }
        if further == behind:
            return behind
        behind = further


def _made_known(condition: Condition, behind: Behind) -> frozenset[str]:
    match condition:
        case Test(_, "unknown"):
            return frozenset()
        case Test(fact, op, value):
            true = (op, value) in (("eq", True), ("ne", False))
            return frozenset({fact}) | (behind.get(fact, frozenset()) if true else frozenset())
        case All(parts):
            return frozenset().union(*(_made_known(part, behind) for part in parts))
        case Any(parts):
            return _common(_made_known(part, behind) for part in parts)
        case _:  # negation_normal leaves no negation behind
            return frozenset()


def _common(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    first, *rest = sets
    return first.intersection(*rest)


def check_message(rule: Rule, consultation: Consultation, behind: Behind, origins: Origins) -> None:
    """Complain about placeholders in the message and the fix of `rule` that could not be filled in."""
    known = made_known(rule.when, behind)
    settings = [f"${name}" for name in consultation.settings]
    # A conclusion that no rule derives is complained about as such, and not wherever it is relied on.
    conclusions = {spec.name for spec in consultation.vocabulary.conclusions} - {GROUND_FACT}
    all_derived = conclusions <= behind.keys()
    origin = origins.of("rule", rule.id)
    texts = SUBJECTS[consultation.subject].texts
    # A line of the words is left out where a number in it is unknown, so any number may be quoted there.
    numbers = {spec.name for spec in consultation.vocabulary.facts.values() if spec.type == "number"}
    for key, text, allowed in (
        ("message", rule.message, known),
        ("fix", rule.fix, known),
        *(("words", line, numbers) for line in rule.words),
    ):
        if set("{}") & set(_PLACEHOLDER.sub("", text)):
            hint = "write names as `{prospect.name}`, and no other braces"
            origin.complain((key,), "bad-placeholder", f"a brace in the {key} stands alone", hint)
        for name in sorted({*placeholders(text)} - {*texts, *allowed, *settings}):
            kind, within = ("setting", name[1:]) if name.startswith("$") else ("fact", name)
            if name in consultation.vocabulary and all_derived:
                why = "can be true without it" if name in facts_of(rule.when) else "does not test it"
                message = f"`{{{name}}}` may be unknown where the rule holds, since `when` {why}"
                listed = ", ".join(sorted(known)) or "nothing"
                hint = f"test it wherever the rule can hold, or leave it out; known here: {listed}"
                origin.complain((key,), "placeholder-may-be-unknown", message, hint)
            elif not origins.may_exist(kind, f"{consultation.id}/{within}"):
                otherwise = f"facts that `when` tests, settings as `{{$name}}`, and {', '.join(texts)}"
                hint = suggest(name, [*texts, *settings, *sorted(known)], otherwise)
                origin.complain(
                    (key,), "unknown-placeholder", f"there is nothing called {quoted(name)}", hint
                )
