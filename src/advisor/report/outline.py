"""An outline: a title, a few sentences, and sections of entries that have entries below them.

Explanations are built as outlines once, and written for a terminal or as Markdown from there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from advisor.report.layout import Page, Sheet, cells, printable
from advisor.report.markdown import escaped


@dataclass(frozen=True, slots=True)
class Entry:
    """A line with what stands below it."""

    text: str
    mark: str = ""
    """What stands before it, such as `✓` or `revise`."""
    style: str = ""
    mark_style: str = ""
    below: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Entries under a heading."""

    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole page."""

    title: str
    style: str = ""
    """Style of the title on a terminal."""
    lead: tuple[str, ...] = ()
    """Sentences below the title, each a paragraph."""
    sections: tuple[Section, ...] = ()
    """Those without entries are left out."""
    close: tuple[str, ...] = ()
    """Paragraphs at the end."""


def as_text(outline: Outline, page: Page) -> str:
    """Write an outline for a terminal."""
    sheet = Sheet(page)
    sheet.put(outline.title, style=outline.style)
    for paragraph in outline.lead:
        sheet.put(paragraph)
    for section in outline.sections:
        if section.entries:
            sheet.heading(section.heading)
            _put(sheet, section.entries, 2)
    if outline.close:
        sheet.blank()
    for paragraph in outline.close:
        sheet.put(paragraph, style="dim")
    return sheet.text()


def _put(sheet: Sheet, entries: Sequence[Entry], indent: int) -> None:
    width = max((cells(entry.mark) for entry in entries), default=0)
    for entry in entries:
        mark = entry.mark + " " * (width - cells(entry.mark) + 1) if width else ""
        sheet.put(entry.text, indent, mark=mark, style=entry.style, mark_style=entry.mark_style)
        _put(sheet, entry.below, indent + (len(mark) or 2))


def as_markdown(outline: Outline) -> str:
    """Write an outline as Markdown."""
    blocks = [f"# {escaped(outline.title)}", *map(escaped, outline.lead)]
    for section in outline.sections:
        if section.entries:
            blocks += [f"## {escaped(section.heading)}", "\n".join(_items(section.entries, 0))]
    blocks += [f"*{escaped(paragraph)}*" for paragraph in outline.close]
    return "\n\n".join(blocks) + "\n"


def _items(entries: Sequence[Entry], depth: int) -> Iterator[str]:
    for entry in entries:
        mark = f"**{escaped(printable(entry.mark).strip())}** " if entry.mark.strip(" -+") else ""
        yield f"{'  ' * depth}- {mark}{escaped(entry.text)}"
        yield from _items(entry.below, depth + 1)
