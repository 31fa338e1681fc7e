"""The pages of settings, of actions, and of passages with the rules that rest on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from advisor.model.action import Action
from advisor.model.documentation import Documentation, Part
from advisor.model.knowledge import Library, Passage, Source
from advisor.model.rule import Consultation, Rule, Setting
from advisor.model.wording import in_words, value_in_words
from advisor.report.links import Links, anchor
from advisor.report.markdown import escaped
from advisor.report.rule_page import setting_value

_NAVIGATION = "[Rules](README.md) · [facts](facts.md) · [conclusions](conclusions.md)"


def settings(part: Part, library: Library) -> str:
    """Every number and list that several rules share, with the rules that use it."""
    consultation, links = part.consultation, Links.about(part.consultation, "../..")
    lines = [
        f"# Settings of `{consultation.id}`",
        "",
        "Numbers and lists that several rules share.",
        _NAVIGATION,
    ]
    for setting in consultation.own_settings:
        lines += ["", anchor(setting.name), "", f"## `{setting.name}`", "", f"{escaped(setting.means)}.", ""]
        lines += _about_setting(setting, part, library, links)
    borrowed = [
        each for each in consultation.settings.values() if each.name in consultation.borrowed.settings
    ]
    if borrowed:
        lines += ["", f"## Borrowed from {links.overview(consultation.borrows)}", ""]
    for setting in borrowed:
        lines.append(
            f"- {links.setting(setting.name)}: {escaped(setting.means)}, {escaped(setting_value(setting))}"
        )
    return "\n".join([*lines, ""])


def _about_setting(setting: Setting, part: Part, library: Library, links: Links) -> Iterator[str]:
    yield f"- value: **{escaped(setting_value(setting))}**"
    users = [rule for rule in part.readers if _uses(rule, setting.name)]
    yield f"- used by: {_named(users, links) or 'no rule'}"
    if setting.cites:
        yield f"- rests on: {', '.join(map(links.passage, setting.cites))}"
    for reading in (library.readings[name] for name in setting.readings):
        yield f"- read so: {escaped(reading.reading)} {escaped(reading.why)}"


def _uses(rule: Rule, setting: str) -> bool:
    quoted = f"{{${setting}}}"
    return (
        setting == rule.within
        or any(quoted in text for text in rule.texts)
        or any(test.setting == setting for test in rule.leaves)
    )


def actions(consultation: Consultation) -> str:
    """Everything that a person can do about a verdict, from the cheapest to the dearest."""
    links = Links.about(consultation, "../..")
    lines = [
        f"# Actions of `{consultation.id}`",
        "",
        "What a person can do about a verdict; `advisor what-if` looks for the smallest sets of them.",
        _NAVIGATION,
    ]
    for lever in consultation.actions.levers:
        chosen = [action for action in consultation.actions.all if action.changes == lever]
        today = "" if lever in consultation.actions.at_once else ", not at once"
        if chosen:
            lines += ["", f"## Changes the {lever}{today} ({len(chosen)})"]
        for action in chosen:
            lines += ["", f"### `{action.id}`", "", escaped(action.does), ""]
            lines += _about_action(action, consultation, links)
    return "\n".join([*lines, ""])


def _about_action(action: Action, consultation: Consultation, links: Links) -> Iterator[str]:
    for heading, condition in (("offered where", action.when), ("not offered where", action.unless)):
        if condition is not None:
            yield f"- {heading}: {escaped(in_words(condition, consultation))}"
    for name, value in action.facts.items():
        yield f"- then {links.fact(name)} is: {escaped(value_in_words(value))}"
    for patch in action.file:
        yield f"- then the prospect file tells `{'.'.join(patch.place)}`"
    for heading, names in (
        ("takes out the sentences that show", action.removes),
        ("takes out the words that show", action.strikes),
        ("is about the words that show", action.about),
    ):
        if names:
            yield f"- {heading}: {', '.join(map(links.fact, names))}"
    if action.takes_days:
        yield f"- takes at least {action.takes_days} days"
    if action.waits_up_to:
        yield f"- waits up to {action.waits_up_to} days"
    yield f"- rests on: {', '.join(map(links.passage, action.cites))}"


def passages(docs: Documentation) -> str:
    """Every passage with the rules that rest on it; those that no rule encodes with the reason."""
    titles = {rule.id: rule.title for part in docs.parts for rule in part.consultation.written}
    lines = [
        "# Passages",
        "",
        "What the rules rest on: each point of each source, in our own words, with the rules that encode it.",
        "[Rules](rules/README.md)",
    ]
    for source in docs.library.sources.values():
        found = [each for each in docs.library.passages.values() if each.source == source.id]
        lines += ["", f"## {escaped(source.title)} ({len(found)})", "", _about_source(source)]
        for passage in found:
            lines += ["", anchor(passage.id), "", f"### `{passage.id}`", ""]
            lines += _about_passage(passage, docs.cited_by, titles)
    return "\n".join([*lines, ""])


def _about_source(source: Source) -> str:
    dated = f", dated {escaped(source.dated)}" if source.dated else ""
    return f"*`{source.id}`{dated}, to be read again by {source.review_by}.*"


def _about_passage(
    passage: Passage, cited_by: Mapping[str, tuple[str, ...]], titles: Mapping[str, str]
) -> Iterator[str]:
    yield from (f"*{escaped(passage.heading)}*: {escaped(passage.point)}", "")
    if passage.value is not None:
        yield f"- value: {passage.value:,} {escaped(passage.unit)}"
    if passage.as_of is not None:
        yield f"- seen to hold on {passage.as_of}; {escaped(passage.origin)}"
    if passage.review_by is not None:
        yield f"- to be looked up again by {passage.review_by}"
    rules = cited_by.get(passage.id)
    if rules:
        listed = ", ".join(Links(".").rule(each, titles[each]) for each in rules if each in titles)
        yield f"- rules: {listed or escaped(', '.join(rules))}"
    elif rules is not None:
        yield "- cited by a setting"
    else:
        yield f"- no rule: {_reason(passage)}"


def _reason(passage: Passage) -> str:
    match passage.use.kind:
        case "later":
            return f"kept for the consultation `{passage.use.note}`"
        case "background":
            return escaped(passage.use.note)
        case "rules":
            return "one is still to be written"


def _named(rules: Iterable[Rule], links: Links) -> str:
    return ", ".join(links.rule(rule.id, rule.title) for rule in rules)
