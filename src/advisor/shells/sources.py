"""`advisor sources`: what the rules rest on, whether it still stands, and what no rule encodes yet."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.catalog.coverage import Coverage, coverage, passages_cited
from advisor.catalog.knowledge import PLATFORM
from advisor.model.knowledge_base import KnowledgeBase
from advisor.report.layout import Sheet
from advisor.report.tables import table
from advisor.shells import inputs, options, output
from advisor.shells.explain import passage_page, unknown
from advisor.shells.main import BAD_RULES
from advisor.wiring import load_knowledge_base

if TYPE_CHECKING:
    from advisor.model.review import Review

_VERIFY_EPILOG = """\b
Example:
  advisor sources verify --from articles/
"""
_DUE_EPILOG = """\b
Examples:
  advisor sources due                                    overdue, or due within 30 days
  advisor sources due --within 365
  advisor sources due --as-of 2027-06-01 --format json
"""
_SHOW_EPILOG = """\b
Examples:
  advisor sources show okay-to-send                      a source with its passages
  advisor sources show okay-to-send/known-directly       one passage
"""


@click.group()
def sources() -> None:
    """Look at the guidance that the rules rest on."""


@sources.command("list", short_help="All sources.")
@options.rules_option()
@options.colour_option()
def list_sources(rules: Path | None, colour: output.Colour) -> int:
    """List the sources: how many passages each has, and when it is to be read again."""
    from advisor.model.review import in_words
    from advisor.workbench.reviews import due as due_by

    base = load_knowledge_base(rules)
    day = inputs.today()
    late = due_by(base, day)
    counts = dict.fromkeys(base.library.sources, 0)
    for passage in base.library.passages.values():
        counts[passage.source] += 1
    sheet = Sheet(output.page(colour))
    for source in base.library.sources.values():
        sheet.put(source.title, mark=f"{source.id}  ", mark_style="bold")
        dated = f", dated {source.dated}" if source.dated else ""
        sheet.put(
            f"{counts[source.id]} passages{dated}, to be read again by {source.review_by}", 2, style="dim"
        )
    if late:
        sheet.blank()
    for review in late:
        sheet.put(f"{review.kind} {review.id}: {in_words(review, day)}", style="yellow")
    output.write(sheet.text())
    return 0


@sources.command(epilog=_DUE_EPILOG, short_help="What is to be read or looked up again.")
@click.option("--as-of", "as_of", type=options.Day(), help="The day of asking; else today.")
@click.option(
    "--within",
    type=click.IntRange(0, 36_500),
    default=30,
    show_default=True,
    metavar="DAYS",
    help="Show what is due within so many days too.",
)
@options.format_option("text", "json")
@options.rules_option()
@options.colour_option()
def due(as_of: date | None, within: int, format_: str, rules: Path | None, colour: output.Colour) -> int:
    """List sources, facts about the platform and rules whose review is due, the most overdue first.

    Exits with 1 where something is overdue.
    """
    from advisor.model.review import in_words
    from advisor.workbench.reviews import due as due_by

    base = load_knowledge_base(rules)
    day = as_of or inputs.today()
    found = due_by(base, day + min(timedelta(days=within), date.max - day))
    overdue = [each for each in found if each.overdue(day)]
    if format_ == "json":
        from advisor.report.json import dumped, plain

        items = [{**_as_data(each), "overdue_days": each.overdue(day)} for each in found]
        output.write_json(dumped(plain({"as_of": day, "overdue": len(overdue), "due": items})))
        return int(bool(overdue))
    page = output.page(colour)
    sheet = Sheet(page)
    for heading, some in (
        ("Overdue", overdue),
        ("Due soon", [each for each in found if each not in overdue]),
    ):
        if some:
            sheet.heading(f"{heading} ({len(some)})")
        rows = [(in_words(each, day), f"{each.kind} {each.id}", each.title) for each in some]
        sheet.lines += table(
            rows, page, indent=2, styles=["yellow" if heading == "Overdue" else "", "", "dim"]
        )
    if not found:
        sheet.put(f"Nothing is due on {day} or within {within} days.")
    output.write(sheet.text())
    return int(bool(overdue))


def _as_data(review: Review) -> dict[str, object]:
    return {"kind": review.kind, "id": review.id, "title": review.title, "review_by": review.review_by}


@sources.command(epilog=_SHOW_EPILOG, short_help="A source, or one of its passages.")
@click.argument("name", metavar="ID")
@options.rules_option()
@options.colour_option()
def show(name: str, rules: Path | None, colour: output.Colour) -> int:
    """Show a source with all its passages, or one passage, written source/passage."""
    base = load_knowledge_base(rules)
    if name in base.library.passages:
        output.write(passage_page(name, base, "text", colour))
        return 0
    if name not in base.library.sources:
        raise unknown("source or passage", name, [*base.library.sources, *base.library.passages])
    from advisor.report.passage_page import source_as_text

    source = base.library.sources[name]
    output.write(source_as_text(source, base.library, passages_cited(base), output.page(colour)))
    return 0


@sources.command(epilog=_VERIFY_EPILOG, short_help="Whether the articles still say what the passages say.")
@click.option(
    "--from",
    "folder",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Folder with the articles' texts.",
)
@options.rules_option()
@options.colour_option()
def verify(folder: Path, rules: Path | None, colour: output.Colour) -> int:
    """Look every passage up in the articles; exit with 1 where one is not there as it was."""
    from advisor.catalog.sources import verify as check

    base = load_knowledge_base(rules)
    checks = check(base.library, folder)
    cited = passages_cited(base)
    page = output.page(colour)
    sheet = Sheet(page)
    faulty = [each for each in checks if each.outcome != "present"]
    rows = [
        (
            each.outcome,
            each.passage,
            f"now under: {each.found_under}" if each.found_under else f"{each.file}: {each.heading}",
        )
        for each in faulty
    ]
    sheet.lines += table(rows, page, styles=["yellow", "", "dim"])
    touched = sorted({rule for each in faulty for rule in cited.get(each.passage, ())})
    if touched:
        sheet.put(f"Rules to read again: {', '.join(touched)}")
    sheet.put(f"{len(checks) - len(faulty)} of {len(checks)} passages stand in the articles as they were.")
    output.write(sheet.text())
    return int(bool(faulty))


@sources.command("coverage", short_help="Which passages the rules encode, and which they do not.")
@options.all_option("List the passages.")
@options.rules_option()
@options.colour_option()
def show_coverage(everything: bool, rules: Path | None, colour: output.Colour) -> int:
    """Account for every passage of the articles; exit with 3 where one is unaccounted for."""
    base = load_knowledge_base(rules)
    account = coverage(base)
    sheet = Sheet(output.page(colour))
    later = {
        name: [each for each in names if each not in account.encoded] for name, names in account.later.items()
    }
    background = [each for each in account.background if each not in account.encoded]
    kept = {name: len(names) for name, names in later.items() if names}
    named = ", ".join(f"{name} {count}" for name, count in kept.items())
    sheet.put(
        f"{account.total} passages: {len(account.encoded)} encoded by rules"
        f"{f', {sum(kept.values())} kept for consultations to come ({named})' if kept else ''}"
        f", {len(background)} background; {len(account.unaccounted)} unaccounted"
    )
    _platform(sheet, base)
    if account.rules_without_passage:
        sheet.put(f"Rules that rest on nothing: {', '.join(account.rules_without_passage)}")
    if everything:
        _passages(sheet, account, later, background)
    elif account.unaccounted:
        _named(sheet, "Unaccounted", account.unaccounted)
    output.write(sheet.text())
    return BAD_RULES if account.unaccounted or account.rules_without_passage else 0


def _platform(sheet: Sheet, base: KnowledgeBase) -> None:
    facts = [each.id for each in base.library.passages.values() if each.source == PLATFORM]
    cited = passages_cited(base)
    sheet.put(f"{len(facts)} facts about the platform: {sum(each in cited for each in facts)} cited by rules")


def _passages(sheet: Sheet, account: Coverage, later: dict[str, list[str]], background: list[str]) -> None:
    _named(sheet, "Unaccounted", account.unaccounted)
    rows = [(passage, ", ".join(rules) or "by a setting") for passage, rules in account.encoded.items()]
    sheet.heading(f"Encoded by rules ({len(rows)})")
    sheet.lines += table(rows, sheet.page, indent=2, styles=["", "dim"])
    for name, names in later.items():
        _named(sheet, f"Kept for {name}", names)
    _named(sheet, "Background", background)


def _named(sheet: Sheet, heading: str, names: list[str] | tuple[str, ...]) -> None:
    if names:
        sheet.heading(f"{heading} ({len(names)})")
    for name in names:
        sheet.put(name, 2)
