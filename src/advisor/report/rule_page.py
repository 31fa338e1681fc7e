"""One rule as a page: what it finds, when, why, and the examples that its author vouches for.

Text for a terminal, Markdown for the documentation. It shows what was authored and refuses to evaluate it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from advisor.model.knowledge import Library
from advisor.model.rule import Consultation, Example, Rule, Setting
from advisor.model.wording import effect_in_words, in_words, later_value, outline, value_in_words
from advisor.report.layout import Page, Sheet
from advisor.report.links import Links
from advisor.report.markdown import escaped
from advisor.report.tables import table

STRENGTHS = {
    "plain": "a source says so",
    "reading": "our reading of a vague place",
    "weak": "little to go by",
}
_SETTING = re.compile(r"\{\$(\w+)\}")


def as_text(rule: Rule, consultation: Consultation, library: Library, page: Page) -> str:
    """The page of `rule` for a terminal."""
    sheet = Sheet(page)
    sheet.put(rule.title, mark=f"{rule.id}  ", mark_style="bold")
    sheet.blank()
    sheet.lines += table(_particulars(rule, consultation), page, indent=2, styles=["dim"])
    sheet.heading("Holds when")
    for line in outline(rule.when, consultation):
        sheet.put(line.text, 2 + 2 * line.depth, mark="- " if line.depth else "")
    if rule.unless:
        sheet.heading("Except when")
        for exception in rule.unless:
            sheet.put(in_words(exception, consultation), 2, mark="- ")
    for heading, texts in (
        ("Says", (rule.message,)),
        (consultation.headings.fixes, (rule.fix,)),
        ("Words to start from", rule.words),
    ):
        if any(texts):
            sheet.heading(heading)
            for text in texts:
                sheet.put(text, 2)
    _settings_as_text(sheet, rule, consultation)
    sheet.heading("Rests on")
    for passage, place, point in _citations(rule, library):
        sheet.put(place, 2)
        sheet.put(point, 4)
        sheet.put(passage, 4, style="dim")
    _readings_as_text(sheet, rule, library)
    if rule.examples:
        sheet.heading("Examples")
        for example in rule.examples:
            sheet.put(example.name, 2, mark="holds    " if example.holds else "does not ")
            sheet.put(_given(example), 11, style="dim")
    return sheet.text()


def as_markdown(rule: Rule, consultation: Consultation, library: Library, links: Links | None = None) -> str:
    """The page of `rule` for the documentation; with `links`, what it names leads to its page."""
    return "\n".join(_markdown(rule, consultation, library, links or Links())) + "\n"


def _markdown(rule: Rule, consultation: Consultation, library: Library, links: Links) -> Iterator[str]:
    yield from (f"# {escaped(rule.title)}", "", "| | |", "| --- | --- |", f"| rule | `{rule.id}` |")
    for name, value in _particulars(rule, consultation):
        shown = escaped(value)
        yield f"| {name} | {links.theme(shown, rule.theme) if name == 'theme' and rule.theme else shown} |"
    holds = [f"{'  ' * line.depth}- {escaped(line.text)}" for line in outline(rule.when, consultation)]
    excepted = [f"- {escaped(in_words(exception, consultation))}" for exception in rule.unless]
    shared = [
        f"- {links.setting(setting.name)} = {escaped(setting_value(setting))}: {escaped(setting.means)}"
        for setting in _settings(rule, consultation)
    ]
    rests_on = [
        f"- *{escaped(place)}*: {escaped(point)} ({links.passage(passage)})"
        for passage, place, point in _citations(rule, library)
    ]
    for heading, lines in (
        ("Holds when", holds),
        ("Except when", excepted),
        ("Says", [f"> {escaped(rule.message)}"] if rule.message else []),
        (consultation.headings.fixes, [f"> {escaped(rule.fix)}"] if rule.fix else []),
        ("Words to start from", [f"> {escaped(line)}  " for line in rule.words]),
        ("Shared numbers and lists", shared),
        ("Rests on", rests_on),
        ("How we read the sources", list(_readings_as_markdown(rule, library, links))),
        ("Examples", list(_examples_as_markdown(rule))),
    ):
        if lines:
            yield from ("", f"## {heading}", "", *lines)


def _readings_as_markdown(rule: Rule, library: Library, links: Links) -> Iterator[str]:
    for reading in (library.readings[name] for name in rule.readings):
        disputed = " (disputed)" if reading.disputed else ""
        yield f"- **{escaped(reading.title)}**{disputed} (`{reading.id}`)"
        yield from (f"  - {escaped(side.says)} ({links.passage(side.passage)})" for side in reading.sides)
        yield f"  - Read here: {escaped(reading.reading)}"
        yield f"  - Why: {escaped(reading.why)}"


def _examples_as_markdown(rule: Rule) -> Iterator[str]:
    if rule.examples:
        yield from ("| Case | Told | Holds |", "| --- | --- | --- |")
    for example in rule.examples:
        yield f"| {escaped(example.name)} | {escaped(_given(example))} | {'yes' if example.holds else 'no'} |"


def _particulars(rule: Rule, consultation: Consultation) -> list[tuple[str, str]]:
    rows = [
        ("effect", effect_in_words(rule, consultation)),
        ("theme", f"{consultation.id}/{rule.theme}" if rule.theme else consultation.id),
        ("strength", f"{rule.strength}: {STRENGTHS[rule.strength]}"),
    ]
    if rule.status != "stable":
        rows.append(("status", f"{rule.status}: shown, but not evaluated"))
    for name, value in (
        ("in force from", rule.since),
        ("in force until", rule.until),
        ("to be looked at again by", rule.review_by),
        ("formerly called", ", ".join(rule.formerly)),
    ):
        if value:
            rows.append((name, str(value)))
    return rows


def _settings(rule: Rule, consultation: Consultation) -> list[Setting]:
    quoted = _SETTING.findall(" ".join(rule.texts))
    tested = [test.setting for test in rule.leaves if test.setting]
    names = dict.fromkeys([*tested, *quoted, *([rule.within] if rule.within else [])])
    return [consultation.settings[name] for name in names if name in consultation.settings]


def setting_value(setting: Setting) -> str:
    """The value of a setting with its unit, and the values that it takes later."""
    value = ", ".join(setting.value) if isinstance(setting.value, tuple) else str(setting.value)
    later = "".join(f"; {later_value(each)}" for each in setting.changes)
    return f"{value} {setting.unit}".rstrip() + later


def _settings_as_text(sheet: Sheet, rule: Rule, consultation: Consultation) -> None:
    settings = _settings(rule, consultation)
    if settings:
        sheet.heading("Shared numbers and lists")
    for setting in settings:
        sheet.put(f"{setting.name} = {setting_value(setting)}", 2)
        sheet.put(setting.means, 4, style="dim")


def _citations(rule: Rule, library: Library) -> Iterator[tuple[str, str, str]]:
    """For each citation the passage's id, where it stands, and its point."""
    for name in rule.cites:
        passage = library.passages[name]
        yield name, f"{library.sources[passage.source].title} › {passage.heading}", passage.point


def _readings_as_text(sheet: Sheet, rule: Rule, library: Library) -> None:
    if rule.readings:
        sheet.heading("How we read the sources")
    for reading in (library.readings[name] for name in rule.readings):
        sheet.put(f"{reading.title}{' (disputed)' if reading.disputed else ''}", 2)
        for side in reading.sides:
            sheet.put(side.says, 4, mark="- ")
        sheet.put(f"Read here: {reading.reading}", 4)
        sheet.put(f"Why: {reading.why}", 4, style="dim")


def _given(example: Example) -> str:
    return (
        ", ".join(f"{fact}: {value_in_words(value)}" for fact, value in example.given.items())
        or "nothing told"
    )
