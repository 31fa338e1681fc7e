"""`advisor doctor`: what this installation is made of, and what it lacks."""

from __future__ import annotations

import os
import platform
import re
import sys
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import click

import advisor
from advisor.errors import AdvisorError
from advisor.report.layout import Sheet
from advisor.report.tables import table
from advisor.shells import options, output

if TYPE_CHECKING:
    from advisor.model.knowledge_base import KnowledgeBase
    from advisor.model.rule import Consultation

DISTRIBUTION = "etiquette-advisor"
_NEEDED = (
    "durable_rules",
    "pyyaml",
    "click",
    "pydantic",
    "rapidfuzz",
    "nicknames",
    "cleanco",
    "anyascii",
    "charset-normalizer",
    "platformdirs",
)
"""Where the package is not installed and its own list cannot be asked."""


@click.command(short_help="Show what this installation is made of and what it lacks.")
@options.rules_option()
@options.colour_option()
def doctor(rules: Path | None, colour: output.Colour) -> int:
    """Show the engine, Python, the dependencies, the knowledge base and its cache.

    Exits with 1 where something is missing.
    """
    missing: list[str] = []
    sheet = Sheet(output.page(colour))
    sections = {
        "Installation": _installation(),
        "Engine": _engine(missing),
        "Dependencies": _dependencies(missing),
        "Knowledge base": _knowledge_base(rules, missing),
        "Cache": _cache(),
    }
    for heading, rows in sections.items():
        sheet.heading(heading)
        sheet.lines += table(rows, sheet.page, indent=2, styles=["dim"])
    sheet.blank()
    if not missing:
        sheet.put("Nothing is missing.", style="green")
    for each in missing:
        sheet.put(each, mark="Missing: ", mark_style="red")
    output.write(sheet.text())
    return int(bool(missing))


def _installation() -> list[tuple[str, str]]:
    return [
        ("advisor", f"{advisor.__version__} in {Path(advisor.__file__).parent}"),
        ("python", f"{platform.python_implementation()} {platform.python_version()} ({sys.executable})"),
        ("platform", platform.platform()),
        ("output", f"{getattr(sys.stdout, 'encoding', None) or 'unknown encoding'}"),
    ]


def _engine(missing: list[str]) -> list[tuple[str, str]]:
    from advisor.inference import durable

    reason = durable.available()
    if reason is None:
        return [("auto", "durable"), ("durable", "can be had"), ("reference", "can always be had")]
    missing.append(f"the engine durable; verdicts are the same without it, but slower. {reason}")
    return [("auto", "reference"), ("durable", reason), ("reference", "can always be had")]


def _dependencies(missing: list[str]) -> list[tuple[str, str]]:
    rows = []
    for name in _required():
        try:
            rows.append((name, metadata.version(name)))
        except metadata.PackageNotFoundError:
            rows.append((name, "not installed"))
            missing.append(f"the package {name}; install it with `pip install {DISTRIBUTION}`")
    return rows


def _required() -> list[str]:
    try:
        wanted = metadata.requires(DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        return list(_NEEDED)
    return [re.split(r"[^\w.-]", each, maxsplit=1)[0] for each in wanted if "extra ==" not in each]


def _knowledge_base(rules: Path | None, missing: list[str]) -> list[tuple[str, str]]:
    from advisor.folders import folders
    from advisor.wiring import load_knowledge_base

    try:
        found = folders(rules)
        base = load_knowledge_base(rules)
    except AdvisorError as error:
        first, *others = str(error).splitlines()
        missing.append(f"rules that can be used: {first}{' (and more)' if others else ''}")
        return [("state", "cannot be used")]
    rows = [("rules", str(found.rules)), ("knowledge", str(found.knowledge))]
    for name, consultation in base.consultations.items():
        rows.append((name, _held(consultation)))
    read = [lexicon.name for lexicon in base.lexicons.values() if lexicon.covered and lexicon.name]
    library = base.library
    rows += [
        (
            "sources",
            f"{len(library.sources)}: {len(library.passages)} passages, {len(library.readings)} readings",
        ),
        ("reviews", _reviews(base)),
        ("languages", ", ".join(read) or "none"),
        ("hash", f"{base.sha256[:16]}…"),
    ]
    return rows


def _held(consultation: Consultation) -> str:
    """What is written for a consultation, and what it borrows."""
    counted = (
        f"{len(consultation.own)} rules, {len(consultation.own_facts)} facts, "
        f"{len(consultation.own_settings)} settings"
    )
    borrowed = consultation.borrowed
    lent = (
        f"; of {consultation.borrows} {len(borrowed.rules)} rules, {len(borrowed.facts)} facts, "
        f"{len(borrowed.settings)} settings"
    )
    return f"{counted}{lent if consultation.borrows else ''}; asked about: {consultation.subject}"


def _reviews(base: KnowledgeBase) -> str:
    """What should have been looked at again by now, or when the next thing should be."""
    from advisor.shells.inputs import today
    from advisor.workbench.reviews import reviews

    listed, day = reviews(base), today()
    if overdue := [each for each in listed if each.overdue(day)]:
        return (
            f"{len(overdue)} overdue: {', '.join(each.id for each in overdue[:3])}; see `advisor sources due`"
        )
    return f"none overdue; the next by {listed[0].review_by}" if listed else "none"


def _cache() -> list[tuple[str, str]]:
    from advisor.folders import cache_folder

    folder = cache_folder()
    if folder is None:
        return [("state", "off (ADVISOR_CACHE)")]
    if not folder.is_dir():
        return [
            ("folder", str(folder)),
            ("state", "nothing is cached: the folder is not there or cannot be made"),
        ]
    entries = list(folder.glob("*.kb"))
    size = sum(entry.stat().st_size for entry in entries)
    writable = "" if os.access(folder, os.W_OK) else ", and the folder cannot be written to"
    return [
        ("folder", str(folder)),
        ("state", f"{len(entries)} knowledge bases, {size // 1024:,} KiB{writable}"),
    ]
