"""`advisor sources`: what the rules rest on, whether it still stands, and what no rule encodes yet."""

from __future__ import annotations

from pathlib import Path

import click

from advisor.catalog.coverage import Coverage, coverage, passages_cited
from advisor.catalog.knowledge import PLATFORM
from advisor.model.knowledge_base import KnowledgeBase
from advisor.report.layout import Sheet
from advisor.report.tables import table
from advisor.shells import options, output
from advisor.shells.explain import passage_page, unknown
from advisor.shells.knowledge import load
from advisor.shells.main import BAD_RULES

_VERIFY_EPILOG = """\b
Example:
  advisor sources verify --from articles/
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
    base, _ = load(rules)
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
    output.write(sheet.text())
    return 0


@sources.command(epilog=_SHOW_EPILOG, short_help="A source, or one of its passages.")
@click.argument("name", metavar="ID")
@options.rules_option()
@options.colour_option()
def show(name: str, rules: Path | None, colour: output.Colour) -> int:
    """Show a source with all its passages, or one passage, written source/passage."""
    base, _ = load(rules)
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

    base, _ = load(rules)
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
    base, _ = load(rules)
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
