"""What a complaint's code means, for whoever meets it: data of which pages and tests are made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

About = Literal["syntax", "files", "prospect", "records", "receipts", "rules", "knowledge", "cases", "doubts"]
"""What is wrong: any YAML or JSON file, a file as such, a prospect file, records, a receipt,
rules, knowledge, cases, or rules that are in good form and can hardly be meant."""
HEADINGS: dict[About, str] = {
    "prospect": "Prospect files",
    "records": "Exports and histories",
    "rules": "Rules, facts, settings and actions",
    "doubts": "Doubts about rules (`advisor rules check`)",
    "knowledge": "Sources, passages, readings and the lexicon",
    "cases": "Cases and laws",
    "receipts": "Receipts",
    "syntax": "Any YAML or JSON file",
    "files": "Files and folders",
}
"""Every group, in the order in which people look for it."""
SHELL = "shell"
"""In place of a file: the example is a command."""


@dataclass(frozen=True, slots=True)
class CodeExample:
    """A place that causes the complaint, and the same place mended."""

    file: str
    """What kind of file it stands in, or `shell`."""
    wrong: str
    right: str


@dataclass(frozen=True, slots=True)
class ComplaintCode:
    """One code that a complaint can carry."""

    code: str
    about: About
    means: str
    """What is wrong."""
    why: str
    """Why it is refused, or doubted, rather than passed over."""
    do: str
    """What to do about it."""
    example: CodeExample
