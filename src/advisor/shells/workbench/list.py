"""`advisor rules list`: all rules, by consultation and theme."""

from __future__ import annotations

from pathlib import Path

import click

from advisor.errors import UnknownName
from advisor.model.names import did_you_mean
from advisor.model.rule import Consultation, Rule
from advisor.shells import options, output
from advisor.wiring import load_knowledge_base

_LIST_EPILOG = """\b
Examples:
  advisor rules list
  advisor rules list --theme pace
  advisor rules list --consultation should-connect
  advisor rules list --format json | jq -r '.[].id'
"""


@click.command("list", epilog=_LIST_EPILOG, short_help="All rules, by consultation and theme.")
@options.consultation_option("Only the rules of this consultation.")
@click.option("--theme", metavar="THEME", help="Only the rules of this theme.")
@options.format_option("text", "json")
@options.rules_here_option()
@options.colour_option()
def list_rules(
    consultation: str | None, theme: str | None, format_: str, rules: Path | None, colour: output.Colour
) -> int:
    """List all rules: what each does, whether it is a draft or has a first or last day, and its title.

    A rule that another consultation borrows is listed where it is written.
    """
    base = load_knowledge_base(rules)
    listed = [base.consultation(consultation)] if consultation else list(base.consultations.values())
    themes = list(dict.fromkeys(rule.theme for each in listed for rule in each.written))
    if theme is not None and theme not in themes:
        raise UnknownName("theme", theme, did_you_mean(theme, themes) or tuple(themes))
    shown = [(each, rule) for each in listed for rule in each.written if theme in (None, rule.theme)]
    if format_ == "json":
        from advisor.report.json import dumped

        output.write_json(dumped([_as_data(rule, home) for home, rule in shown]))
        return 0
    from advisor.report.layout import Sheet
    from advisor.report.tables import table

    page = output.page(colour)
    sheet = Sheet(page)
    for home in listed:
        for each in themes:
            rows = [
                (rule.id, _effect(rule), rule.title)
                for written_in, rule in shown
                if written_in is home and rule.theme == each
            ]
            if rows:
                where = f"{home.id}/{each}" if len(listed) > 1 else each
                sheet.heading(f"{where} ({len(rows)})")
                sheet.lines += table(rows, page, indent=2, styles=["", "cyan", "dim"])
    output.write(sheet.text())
    return 0


def _effect(rule: Rule) -> str:
    effect = rule.effect
    said = effect.target if effect.kind == "concern" else effect.kind
    return f"{said} ({rule.standing})" if rule.standing else said


def _as_data(rule: Rule, consultation: Consultation) -> dict[str, object]:
    return {
        "id": rule.id,
        "title": rule.title,
        "consultation": consultation.id,
        "theme": rule.theme,
        "status": rule.status,
        "since": rule.since and rule.since.isoformat(),
        "until": rule.until and rule.until.isoformat(),
        "review_by": rule.review_by and rule.review_by.isoformat(),
        "formerly": list(rule.formerly),
        "effect": rule.effect.kind,
        "target": rule.effect.target,
        "strength": rule.strength,
        "salience": rule.salience,
        "message": rule.message,
        "fix": rule.fix,
        "cites": list(rule.cites),
        "readings": list(rule.readings),
    }
