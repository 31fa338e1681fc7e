"""`advisor explain`: one rule, one passage or one code of a complaint as a page."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from advisor.errors import RuleError, UnknownName
from advisor.model.knowledge_base import KnowledgeBase
from advisor.model.names import did_you_mean
from advisor.shells import options, output
from advisor.wiring import load_knowledge_base

_EXPLAIN_EPILOG = """\b
Examples:
  advisor explain no-link-no-reason
  advisor explain okay-to-send/known-directly
  advisor explain weekly-limit-reached --format markdown
  advisor explain unknown-fact                           what a complaint means
"""


@click.command(
    epilog=_EXPLAIN_EPILOG, short_help="Show a rule, a passage of a source, or what a complaint means."
)
@click.argument("name", metavar="RULE|PASSAGE|CODE")
@options.format_option("text", "markdown")
@options.rules_option()
@options.colour_option()
def explain(name: str, format_: str, rules: Path | None, colour: output.Colour) -> int:
    """Show one rule of whichever consultation: when it holds, what it says, what it rests on, its examples.

    A passage, written source/passage, is shown with the rules that rest on it; the code of a complaint with
    what it means, an example, and what to do.
    """
    try:
        base = load_knowledge_base(rules)
    except RuleError:
        # Whoever asks what a complaint means may well have rules that are complained about.
        if (page := _code_page(name, format_, colour)) is None:
            raise
        output.write(page)
        return 0
    rule = base.rule(name)
    if rule is not None:
        consultation = base.home(rule)
        if rule.id != name:
            output.say(f"advisor: the rule {name!r} is now called {rule.id!r}")
        from advisor.report import rule_page

        output.write(
            rule_page.as_markdown(rule, consultation, base.library)
            if format_ == "markdown"
            else rule_page.as_text(rule, consultation, base.library, output.page(colour))
        )
        return 0
    if name in base.library.passages:
        output.write(passage_page(name, base, format_, colour))
        return 0
    page = _code_page(name, format_, colour)
    if page is None:
        from advisor.catalog.codes import complaint_codes

        ids = [each.id for home in base.consultations.values() for each in home.written]
        raise unknown("rule, passage or code", name, [*ids, *base.library.passages, *complaint_codes()])
    output.write(page)
    return 0


def _code_page(name: str, format_: str, colour: output.Colour) -> str | None:
    """The page of a complaint's code; None where there is no such code."""
    from advisor.catalog.codes import complaint_codes
    from advisor.report import code_page

    code = complaint_codes().get(name)
    if code is None:
        return None
    if format_ == "markdown":
        return code_page.as_markdown(code)
    return code_page.as_text(code, output.page(colour))


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
