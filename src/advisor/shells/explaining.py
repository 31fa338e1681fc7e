"""Answers written: a verdict, the tree behind it, and the outlines of what explains it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from advisor.model.subject import SUBJECTS, Told
from advisor.shells import output

if TYPE_CHECKING:
    from advisor.model.verdict import Verdict
    from advisor.report.layout import Page
    from advisor.report.outline import Outline
    from advisor.wiring import Advisor


def title(advisor: Advisor, told: Told) -> str:
    """Whom `told` is about, by name; the question, where it names nobody."""
    name = next(iter(SUBJECTS[advisor.consultation.subject].texts), "")
    return advisor.read(told).words.get(name) or advisor.consultation.question


def write_verdict(
    advisor: Advisor, situation: Told, format_: str, page: Page, *, explain: bool = False
) -> str:
    """Write the verdict on `situation`, or with `explain` the tree behind it, and give its name.

    As JSON it is a receipt, with the tree and all that it takes to decide again.
    """
    if explain or format_ == "json":
        receipt = advisor.receipt(situation)
        if format_ == "json":
            from advisor.report import json

            output.write_json(json.render(receipt))
        else:
            from advisor.report import outline, why

            tree = why.why(receipt, advisor.headings, everything=page.everything)
            output.write(outline.as_markdown(tree) if format_ == "markdown" else outline.as_text(tree, page))
        return receipt.verdict
    verdict = advisor.advise(situation)
    output.write(rendered(advisor, verdict, format_, page))
    return verdict.verdict


def rendered(advisor: Advisor, verdict: Verdict, format_: str, page: Page) -> str:
    """A verdict as Markdown, or as text for `page`."""
    if format_ == "markdown":
        from advisor.report import markdown

        return markdown.render(verdict, advisor.headings)
    from advisor.report import text

    scale = advisor.names_to_ask_about(verdicts=True)
    return text.render(verdict, page, scale, advisor.headings)


def write(answer: object, outline: Outline, format_: str, colour: output.Colour) -> None:
    """Write an answer: as JSON its data, else its outline."""
    if format_ == "json":
        from advisor.report.json import dumped, plain

        output.write_json(dumped(plain(answer)))
        return
    from advisor.report import outline as pages

    if format_ == "markdown":
        output.write(pages.as_markdown(outline))
    else:
        output.write(pages.as_text(outline, output.page(colour)))
