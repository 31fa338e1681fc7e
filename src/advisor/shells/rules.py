"""`advisor rules` and `advisor explain`: what the rules say, and what they rest on."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from advisor.errors import UnknownName
from advisor.model.knowledge_base import KnowledgeBase
from advisor.model.names import did_you_mean
from advisor.model.rule import Consultation, Rule
from advisor.shells import options, output
from advisor.shells.knowledge import load

_LIST_EPILOG = """\b
Examples:
  advisor rules list
  advisor rules list --theme pace
  advisor rules list --format json | jq -r '.[].id'
"""
_EXPLAIN_EPILOG = """\b
Examples:
  advisor explain no-link-no-reason
  advisor explain okay-to-send/known-directly
  advisor explain weekly-limit-reached --format markdown
"""


@click.group()
def rules() -> None:
    """Look at the rules."""


@rules.command("list", epilog=_LIST_EPILOG, short_help="All rules, by theme.")
@click.option("--theme", metavar="THEME", help="Only the rules of this theme.")
@options.format_option("text", "json")
@options.rules_option()
@options.colour_option()
def list_rules(theme: str | None, format_: str, rules: Path | None, colour: output.Colour) -> int:
    """List all rules: what each does, and its title."""
    base, consultation = load(rules)
    del base
    themes = list(dict.fromkeys(rule.theme for rule in consultation.rules))
    if theme is not None and theme not in themes:
        raise UnknownName("theme", theme, did_you_mean(theme, themes) or tuple(themes))
    shown = [rule for rule in consultation.rules if theme in (None, rule.theme)]
    if format_ == "json":
        from advisor.report.json import dumped

        output.write_json(dumped([_as_data(rule, consultation) for rule in shown]))
        return 0
    from advisor.report.layout import Sheet
    from advisor.report.tables import table

    page = output.page(colour)
    sheet = Sheet(page)
    for each in themes:
        rows = [(rule.id, _effect(rule), rule.title) for rule in shown if rule.theme == each]
        if rows:
            sheet.heading(f"{each} ({len(rows)})")
            sheet.lines += table(rows, page, indent=2, styles=["", "cyan", "dim"])
    output.write(sheet.text())
    return 0


@click.command(epilog=_EXPLAIN_EPILOG, short_help="Show a rule, or a passage of a source.")
@click.argument("name", metavar="RULE|PASSAGE")
@options.format_option("text", "markdown")
@options.rules_option()
@options.colour_option()
def explain(name: str, format_: str, rules: Path | None, colour: output.Colour) -> int:
    """Show one rule as a page: when it holds, what it says, what it rests on, and its examples.

    A passage, written source/passage, is shown with the rules that rest on it.
    """
    base, consultation = load(rules)
    rule = consultation.rule(name)
    if rule is not None:
        from advisor.report import rule_page

        output.write(
            rule_page.as_markdown(rule, consultation, base.library)
            if format_ == "markdown"
            else rule_page.as_text(rule, consultation, base.library, output.page(colour))
        )
        return 0
    if name not in base.library.passages:
        raise unknown(
            "rule or passage", name, [*(each.id for each in consultation.rules), *base.library.passages]
        )
    output.write(passage_page(name, base, format_, colour))
    return 0


def passage_page(name: str, base: KnowledgeBase, format_: str, colour: output.Colour) -> str:
    """The page of one passage."""
    from advisor.catalog.coverage import passages_cited
    from advisor.report import passage_page as page_of

    passage, cited = base.library.passages[name], passages_cited(base)
    if format_ == "markdown":
        return page_of.as_markdown(passage, base.library, cited)
    return page_of.as_text(passage, base.library, cited, output.page(colour))


def unknown(kind: str, name: str, names: Iterable[str]) -> UnknownName:
    """The error for a name that nothing has, with the names that look like it."""
    listed = list(names)
    near = did_you_mean(name, listed)
    if not near:  # perhaps only the source was left out, or one word is remembered
        near = tuple(each for each in listed if name and name in each)[:3]
    return UnknownName(kind, name, near)


def _effect(rule: Rule) -> str:
    effect = rule.effect
    said = effect.target if effect.kind == "concern" else effect.kind
    return said if rule.status == "stable" else f"{said} ({rule.status})"


def _as_data(rule: Rule, consultation: Consultation) -> dict[str, object]:
    return {
        "id": rule.id,
        "title": rule.title,
        "consultation": consultation.id,
        "theme": rule.theme,
        "status": rule.status,
        "effect": rule.effect.kind,
        "target": rule.effect.target,
        "strength": rule.strength,
        "salience": rule.salience,
        "message": rule.message,
        "fix": rule.fix,
        "cites": list(rule.cites),
        "readings": list(rule.readings),
    }
