"""What was read in a draft: every observation with the words that show it, and what follows from them.

The meanings come from the fact vocabulary. This module gives no verdict: what is concluded about a note is
what the rules conclude from the note and whatever else was told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from advisor.model.case import Case, Span
from advisor.model.vocabulary import FactSpec, FactValue, Vocabulary
from advisor.model.wording import value_in_words
from advisor.report.layout import Page, Sheet, printable
from advisor.report.tables import table

SCHEMA_VERSION = 1
_ABOUT_THE_TEXT = ("note.present", "note.words_covered", "note.characters", "note.words", "note.sentences")
"""Told in the first line rather than as observations."""
_QUOTES = 6
_ORDER: tuple[FactValue | None, ...] = (True, False, None)
"""What was concluded comes first, what is unknown last."""


@dataclass(frozen=True, slots=True)
class DraftReading:
    """What was read in one draft."""

    case: Case
    """Facts and the words that show them."""
    conclusions: Mapping[str, FactValue]
    """What the rules conclude; what is missing is unknown."""
    vocabulary: Vocabulary
    language: str
    """Name of the note's language; empty where it cannot be told."""

    @property
    def observed(self) -> Iterator[tuple[FactSpec, FactValue, tuple[Span, ...]]]:
        """Every fact that was read from the note, in the vocabulary's order."""
        for spec in self.vocabulary.given:
            if spec.origin == "draft" and spec.name in self.case.facts:
                yield spec, self.case.facts[spec.name], self.case.spans.get(spec.name, ())

    @property
    def concluded(self) -> Iterator[tuple[FactSpec, FactValue | None]]:
        """Every conclusion about the note; None where it is unknown."""
        for spec in self.vocabulary.conclusions:
            if spec.name.startswith("note."):
                yield spec, self.conclusions.get(spec.name)


def as_text(reading: DraftReading, page: Page) -> str:
    """Lay the reading out for a terminal."""
    sheet = Sheet(page)
    facts = reading.case.facts
    if not facts.get("note.present"):
        sheet.put("There is no note.")
        return sheet.text()
    counted = [f"{facts[name]} {name.partition('.')[2]}" for name in _ABOUT_THE_TEXT[2:] if name in facts]
    sheet.put(f"{reading.language or 'Language unknown'}: {', '.join(counted)}", style="bold")
    if facts.get("note.words_covered") is False:
        sheet.put("The words of this language are not covered: what depends on them is unknown.")
    sheet.heading("Concluded")
    concluded = sorted(reading.concluded, key=lambda each: _ORDER.index(each[1]))
    rows = [(_answer(value), spec.means) for spec, value in concluded]
    sheet.lines += table(rows, page, indent=2, styles=["bold"])
    sheet.heading("Read in the note")
    absent: list[str] = []
    for spec, value, spans in reading.observed:
        if spec.name in _ABOUT_THE_TEXT:
            continue
        if value in (False, 0) and not page.everything:
            absent.append(spec.name)
            continue
        said = spec.means if value is True else f"{spec.means}: {value_in_words(value)}"
        sheet.put(said, 2, mark="- ")
        if spans:
            shown = spans if page.everything else spans[:_QUOTES]
            quotes = ", ".join(f"“{printable(span.text)}”" for span in shown)
            sheet.put(quotes + (", …" if len(shown) < len(spans) else ""), 4, style="cyan")
        if page.everything:
            sheet.put(spec.name, 4, style="dim")
    if absent:
        sheet.put(f"Looked for and not found: {len(absent)} more (--all)", 2, style="dim")
    return sheet.text()


def as_data(reading: DraftReading) -> dict[str, object]:
    """Give the reading as plain data, for JSON."""
    return {
        "schema_version": SCHEMA_VERSION,
        "language": reading.case.language,
        "observations": [
            {
                "fact": spec.name,
                "means": spec.means,
                "value": value,
                "quotes": [{"start": span.start, "end": span.end, "text": span.text} for span in spans],
            }
            for spec, value, spans in reading.observed
        ],
        "conclusions": [
            {"fact": spec.name, "means": spec.means, "value": value} for spec, value in reading.concluded
        ],
    }


def _answer(value: FactValue | None) -> str:
    return "unknown" if value is None else value_in_words(value)
