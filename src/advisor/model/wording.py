"""Conditions and values in plain words, for whoever reads a finding, a question or the page of a rule.

Every word comes from the rules, the settings and the fact vocabulary; this module only puts them together.
It refuses to lay anything out: an outline is lines with their depth, and how they are shown is for others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from advisor.model.condition import RULE_PREFIX, All, Any, Condition, Not, Test
from advisor.model.names import one_of
from advisor.model.rule import Consultation, Rule, SettingChange
from advisor.model.vocabulary import FactSpec, FactValue

_COMPARED = {
    "lt": "fewer than", "lte": "at most", "gt": "more than", "gte": "at least",
    "eq": "exactly", "ne": "other than",
}  # fmt: skip


def in_words(condition: Condition, consultation: Consultation) -> str:
    """Say a condition in plain words, on one line and without a full stop."""
    match condition:
        case All(parts):
            return " and ".join(_bracketed(part, consultation) for part in parts)
        case Any(parts):
            return " or ".join(_bracketed(part, consultation) for part in parts)
        case Not(part):
            return f"it is not so that {_bracketed(part, consultation)}"
        case Test():
            return leaf_in_words(condition, consultation)


class OutlineLine(NamedTuple):
    """One line of a condition that is written over several lines."""

    depth: int
    """0 for the outermost, one more for each group that it stands in."""
    text: str


def outline(condition: Condition, consultation: Consultation, depth: int = 0) -> list[OutlineLine]:
    """Say a condition over several lines: a line for each group, and its parts one step deeper."""
    match condition:
        case Not(All(parts)):
            heading = "not all of these:"
        case Not(Any(parts)):
            heading = "none of these:"
        case All(parts):
            heading = "all of these:"
        case Any(parts):
            heading = "any of these:"
        case _:
            return [OutlineLine(depth, in_words(condition, consultation))]
    inner = [line for part in parts for line in outline(part, consultation, depth + 1)]
    return [OutlineLine(depth, heading), *inner]


def leaf_in_words(test: Test, consultation: Consultation) -> str:
    """Say one test in plain words."""
    if test.fact.startswith(RULE_PREFIX):
        name = test.fact.removeprefix(RULE_PREFIX)
        rule = consultation.rule(name)
        negated = (test.value is False) == (test.op == "eq")
        return f"“{rule.title if rule else name}” {'does not hold' if negated else 'holds'}"
    spec = consultation.vocabulary[test.fact]
    means = spec.means[:1].lower() + spec.means[1:]
    if test.op in ("known", "unknown"):
        return f"it is {test.op} whether {means}" if spec.type == "yes-no" else f"it is {test.op}: {means}"
    if spec.type == "yes-no":
        holds = (test.value is True) == (test.op == "eq")
        return means if holds else f"not: {means}"
    return f"{means}: {_wanted(test, spec)}"


def effect_in_words(rule: Rule, consultation: Consultation) -> str:
    """Say what follows where `rule` holds."""
    match rule.effect.kind:
        case "ground":
            return "a reason to go ahead"
        case "concern":
            level = consultation.level(rule.effect.target)
            return f"a concern: the verdict is {level.name} ({level.says}) at best"
        case "merit":
            return "something done well; it changes no verdict"
        case "advice":
            return "advice; it changes no verdict"
        case "conclude":
            means = consultation.vocabulary[rule.effect.target].means
            return f"concludes {rule.effect.target}, for other rules to use: {means[:1].lower()}{means[1:]}"


def others_in_words(possible: Sequence[str], verdict: str) -> str:
    """Verdicts that could come out instead of `verdict`, joined as one says them.

    >>> others_in_words(("connect", "revise", "wait", "avoid"), "revise")
    'connect, wait or avoid'
    """
    return one_of([each for each in possible if each != verdict] or ["something else"])


def by_verdict(leads: Mapping[str, str]) -> dict[str, list[str]]:
    """Answers that lead to the same verdict together, in the order in which they come.

    >>> by_verdict({"yes": "wait", "no": "connect", "perhaps": "wait"})
    {'wait': ['yes', 'perhaps'], 'connect': ['no']}
    """
    grouped: dict[str, list[str]] = {}
    for answer, verdict in leads.items():
        grouped.setdefault(verdict, []).append(answer)
    return grouped


def value_in_words(value: FactValue | tuple[str, ...] | None) -> str:
    """Say the value of a fact as people write it; None is unknown.

    >>> value_in_words(True), value_in_words(frozenset()), value_in_words(("call", "event"))
    ('yes', 'none', 'call, event')
    """
    if value is None:
        return "unknown"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, frozenset | tuple):
        return ", ".join(sorted(value)) or "none"
    return str(value)


def later_value(change: SettingChange) -> str:
    """Say which value a setting takes later, and from when on.

    >>> from datetime import date
    >>> later_value(SettingChange(date(2027, 1, 1), 80))
    'from 2027-01-01 80'
    """
    value = ", ".join(change.value) if isinstance(change.value, tuple) else change.value
    return f"from {change.since} {value}"


def _bracketed(part: Condition, consultation: Consultation) -> str:
    said = in_words(part, consultation)
    return f"({said})" if isinstance(part, All | Any) and len(part.parts) > 1 else said


def _wanted(test: Test, spec: FactSpec) -> str:
    value = test.value
    listed = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    if spec.type == "number":
        unit = spec.unit.removesuffix("s") if value == 1 else spec.unit
        return f"{_COMPARED.get(test.op, test.op)} {listed}{f' {unit}' if unit else ''}"
    several = isinstance(value, tuple) and len(value) > 1
    either, neither = ("one of ", "none of ") if several else ("", "not ")
    return f"{either if test.op in ('eq', 'in') else neither}{listed}"
