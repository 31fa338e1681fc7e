"""The page of the fact vocabulary, and the page of conclusions with a picture for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from advisor.model.condition import GROUND_FACT
from advisor.model.documentation import Part
from advisor.model.rule import Consultation, Rule
from advisor.model.vocabulary import MAX_NUMBER, FactSpec, Lever, Origin
from advisor.model.wording import in_words
from advisor.report.graph_text import as_mermaid
from advisor.report.links import Links, anchor
from advisor.report.markdown import escaped

_HEADINGS: Mapping[Origin, str] = {
    "told": "Told by the person",
    "computed": "Computed from what was told",
    "draft": "Read from the note",
    "concluded": "Concluded by rules",
}
_LEVERS: Mapping[Lever, str] = {
    "draft": "another note",
    "profile": "another profile",
    "time": "time",
    "relationship": "meeting or working with the person",
    "channel": "another way of sending",
    "purpose": "another purpose",
    "never": "nothing",
}


def facts(part: Part) -> str:
    """The vocabulary: every fact that rules may test."""
    consultation, links = part.consultation, Links.about(part.consultation, "../..")
    lines = [
        f"# Facts of `{consultation.id}`",
        "",
        "Every fact that a rule may test. A fact that nobody told is unknown: neither true nor false.",
        "[Rules](README.md) · [conclusions](conclusions.md) · [settings](settings.md)",
    ]
    for origin, heading in _HEADINGS.items():
        specs = [spec for spec in consultation.own_facts if spec.origin == origin]
        if specs:
            lines += ["", f"## {heading} ({len(specs)})"]
        for spec in specs:
            lines += ["", anchor(spec.name), "", f"### `{spec.name}`", "", f"{escaped(spec.means)}.", ""]
            lines += _about(spec, part, links)
    if consultation.borrows:
        lines += ["", f"## Borrowed from {links.overview(consultation.borrows)}", ""]
        lines += _borrowed(consultation, links)
    return "\n".join([*lines, ""])


def _borrowed(consultation: Consultation, links: Links) -> Iterator[str]:
    """What this consultation takes from another, each with the rules that look at it here."""
    yield "They mean the same here, and are described where they are written."
    yield ""
    for spec in consultation.vocabulary.facts.values():
        if spec.name in consultation.borrowed.facts:
            users = [rule for rule in consultation.written if spec.name in rule.facts]
            looked_at = f" ({_named(users, links)})" if users else ""
            yield f"- {links.fact(spec.name)}: {escaped(spec.means)}{looked_at}"


def _about(spec: FactSpec, part: Part, links: Links) -> Iterator[str]:
    consultation = part.consultation
    yield f"- type: {_type(spec)}"
    for option in spec.options:
        also = f" (also: {escaped(', '.join(option.also))})" if option.also else ""
        means = f": {escaped(option.means)}" if option.means else ""
        yield f"  - `{option.name}`{means}{also}"
    if spec.told:
        yield f"- in a {consultation.subject} file: `{spec.told}`"
    if spec.ask:
        asked = consultation.asked_if.get(spec.name)
        when = f", where {escaped(in_words(asked, consultation))}" if asked else ""
        yield f"- asked as: “{escaped(spec.ask)}”{when}"
    if spec.told_with:
        yield f"- told with the answer to {links.fact(spec.told_with)}"
    if spec.sum_of:
        yield f"- the sum of {', '.join(map(links.fact, spec.sum_of))}"
    if spec.origin != "concluded":
        yield f"- changes with: {_LEVERS[spec.changes_with]}"
    else:
        yield f"- concluded by: {_makers(spec.name, consultation, links)}"
    users = [rule for rule in part.readers if spec.name in rule.facts]
    yield f"- tested by: {_named(users, links) or 'no rule'}"


def _type(spec: FactSpec) -> str:
    match spec.type:
        case "number":
            most = f" to {spec.maximum:,}" if spec.maximum != MAX_NUMBER else " on"
            return f"whole number from {spec.minimum}{most}{f' ({escaped(spec.unit)})' if spec.unit else ''}"
        case "choice":
            return "one of the values below"
        case "choices":
            return "any of the values below"
        case "yes-no":
            return "yes or no"


def _makers(fact: str, consultation: Consultation, links: Links) -> str:
    if fact == GROUND_FACT:
        return "every ground that holds"
    drafts = [
        rule
        for rule in consultation.rules
        if rule.effect.kind == "conclude" and rule.effect.target == fact and rule.status != "stable"
    ]
    return _named([*consultation.makers(fact), *drafts], links) or "no rule"


def _named(rules: Iterable[Rule], links: Links) -> str:
    return ", ".join(links.rule(rule.id, rule.title) for rule in rules)


def conclusions(part: Part) -> str:
    """Every conclusion: who draws it, who looks at it, and a picture of both."""
    consultation, links = part.consultation, Links.about(part.consultation, "../..")
    specs = [spec for spec in consultation.own_facts if spec.origin == "concluded"]
    lines = [
        f"# Conclusions of `{consultation.id}`",
        "",
        "What rules derive for other rules. A conclusion is true where one of its rules holds, false where"
        " none of them can, and unknown otherwise.",
        "",
        "[Rules](README.md) · [facts](facts.md) · [settings](settings.md)",
        "",
        "[![Which conclusions feed which rules](graph.svg)](graph.svg)",
        "",
    ]
    lines += [f"- [`{spec.name}`](#{spec.name}): {escaped(spec.means)}" for spec in specs]
    if not specs:
        lines.append("There are none of its own.")
    for spec in specs:
        users = [rule for rule in part.readers if spec.name in rule.facts and spec.name != GROUND_FACT]
        if spec.name == GROUND_FACT:  # each consultation has its own
            users = [rule for rule in consultation.rules if spec.name in rule.facts]
        lines += ["", anchor(spec.name), "", f"## `{spec.name}`", "", f"{escaped(spec.means)}.", ""]
        lines += [
            f"- concluded by: {_makers(spec.name, consultation, links)}",
            f"- looked at by: {_named(users, links) or 'no rule'}",
            "",
            "```mermaid",
            as_mermaid(part.around_conclusions[spec.name]).rstrip("\n"),
            "```",
        ]
    return "\n".join([*lines, ""])
