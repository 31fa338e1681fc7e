"""`advisor rules graph`: what feeds what, as a picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.errors import UnknownName
from advisor.model.names import did_you_mean
from advisor.shells import options, output
from advisor.shells.explain import unknown
from advisor.shells.knowledge import load
from advisor.wiring import SHOULD_CONNECT, load_knowledge_base

if TYPE_CHECKING:
    from advisor.model.graph import Graph
    from advisor.model.knowledge_base import KnowledgeBase
    from advisor.model.rule import Consultation

_EPILOG = """\b
Examples:
  advisor rules graph > rules.svg
  advisor rules graph --rule no-link-no-reason --facts > rule.svg
  advisor rules graph --conclusion reason.specific --format mermaid
  advisor rules graph --theme pace --format dot | dot -Tpdf > pace.pdf
"""


@click.command(epilog=_EPILOG, short_help="Draw which facts and conclusions feed which rules.")
@options.consultation_option(
    "The rules of this consultation; else of that which has what is named, or of should-connect."
)
@click.option("--rule", "rule_id", metavar="ID", help="Only this rule, what feeds it and what it feeds.")
@click.option("--conclusion", metavar="FACT", help="Only this conclusion: who draws it, who looks at it.")
@click.option("--theme", metavar="THEME", help="Only the rules of this theme, and what they touch.")
@click.option("--facts", is_flag=True, help="Show the facts from outside the rules too.")
@click.option(
    "--format",
    "format_",
    cls=options.NamedAfterFlag,
    type=click.Choice(["svg", "dot", "mermaid"]),
    default="svg",
    show_default=True,
    help="What to write.",
)
@options.rules_here_option()
def graph(
    consultation: str | None,
    rule_id: str | None,
    conclusion: str | None,
    theme: str | None,
    facts: bool,
    format_: str,
    rules: Path | None,
) -> int:
    """Write a picture of the rules: what they look at, what they conclude, and the verdicts they hold at.

    Dashed lines lead from what can block a rule. Everything is drawn here; nothing else has to be installed.
    """
    if sum(each is not None for each in (rule_id, conclusion, theme)) > 1:
        raise click.UsageError("Name one of --rule, --conclusion and --theme.")
    base = load_knowledge_base(rules)
    if consultation is not None:
        there = base.consultation(consultation)
    elif (rule_id, conclusion, theme) == (None, None, None):
        there = load(rules)[1]
    else:
        there = _with(base, rule_id, conclusion, theme)
    drawn = _chosen(there, rule_id, conclusion, theme, facts)
    if format_ == "svg":
        from advisor.report.graph_svg import as_svg

        output.write(as_svg(drawn))
        return 0
    from advisor.report.graph_text import as_dot, as_mermaid

    output.write(as_dot(drawn) if format_ == "dot" else as_mermaid(drawn))
    return 0


def _with(
    base: KnowledgeBase, rule_id: str | None, conclusion: str | None, theme: str | None
) -> Consultation:
    """The consultation for which what is named is written.

    Raises:
        UnknownName: where there is none.
    """
    kind = "rule" if rule_id is not None else "conclusion" if conclusion is not None else "theme"
    name = rule_id or conclusion or theme or ""
    known: dict[str, None] = {}
    for each in sorted(base.consultations.values(), key=lambda one: one.id != SHOULD_CONNECT):
        match kind:
            case "rule":
                here = [rule_name for rule in each.written for rule_name in (rule.id, *rule.formerly)]
            case "conclusion":
                here = [spec.name for spec in each.own_facts if spec.origin == "concluded"]
            case _:
                here = [rule.theme for rule in each.written]
        if name in here:
            return each
        known |= dict.fromkeys(here)
    raise (
        unknown(kind, name, known)
        if kind != "theme"
        else UnknownName(kind, name, did_you_mean(name, known) or tuple(known))
    )


def _chosen(
    consultation: Consultation, rule_id: str | None, conclusion: str | None, theme: str | None, facts: bool
) -> Graph:
    from advisor.workbench import graph as graphs

    if rule_id is not None:
        rule = consultation.rule(rule_id) or consultation.renamed(rule_id)
        if rule is None:
            raise unknown("rule", rule_id, [each.id for each in consultation.rules])
        return graphs.graph_of_rule(consultation, rule, facts=facts)
    if conclusion is not None:
        conclusions = [spec.name for spec in consultation.vocabulary.conclusions]
        if conclusion not in conclusions:
            raise unknown("conclusion", conclusion, conclusions)
        return graphs.graph_of_conclusion(consultation, conclusion, facts=facts)
    if theme is not None:
        themes = list(dict.fromkeys(rule.theme for rule in consultation.rules))
        if theme not in themes:
            raise UnknownName("theme", theme, did_you_mean(theme, themes) or tuple(themes))
        return graphs.graph_of_theme(consultation, theme, facts=facts)
    return graphs.whole_graph(consultation, facts=facts)
