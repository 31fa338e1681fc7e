"""`advisor explain`: one rule or one passage as a page."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from advisor.errors import UnknownName
from advisor.model.knowledge_base import KnowledgeBase
from advisor.model.names import did_you_mean
from advisor.shells import options, output
from advisor.shells.knowledge import load

_EXPLAIN_EPILOG = """\b
Examples:
  advisor explain no-link-no-reason
  advisor explain okay-to-send/known-directly
  advisor explain weekly-limit-reached --format markdown
"""


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
    rule = consultation.rule(name) or consultation.renamed(name)
    if rule is not None:
        if rule.id != name:
            click.echo(f"advisor: the rule {name!r} is now called {rule.id!r}", err=True)
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
