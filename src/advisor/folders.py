"""Where rules and knowledge lie, and where compiled ones are kept.

What is named on the command line comes before the environment, and that before what ships with the package.
Nothing is read here but whether folders are there.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from advisor.errors import Complaint, RuleError


@dataclass(frozen=True, slots=True)
class Folders:
    """Where the authored files lie."""

    rules: Path
    knowledge: Path


def shipped() -> Folders:
    """The rules and knowledge that come with the package, installed or in a checkout."""
    package = Path(__file__).resolve().parent
    inside = package / "_data"
    root = inside if inside.is_dir() else package.parents[1]
    return Folders(root / "rules", root / "knowledge")


def folders(chosen: Path | None = None) -> Folders:
    """The folders to use: `chosen`, else `ADVISOR_RULES`, else what comes with the package.

    `chosen` holds `rules/` and `knowledge/`; where it is a rules folder itself (it has consultations in it),
    the knowledge is taken from beside it, else from the package.

    Raises:
        RuleError: where `chosen` holds no rules.
    """
    if chosen is None:
        named = os.environ.get("ADVISOR_RULES")
        if not named:
            return shipped()
        chosen = Path(named)
    if (chosen / "rules").is_dir():
        knowledge = chosen / "knowledge"
        return Folders(chosen / "rules", knowledge if knowledge.is_dir() else shipped().knowledge)
    if any(chosen.glob("*/consultation.y*ml")):
        beside = chosen.parent / "knowledge"
        return Folders(chosen, beside if beside.is_dir() else shipped().knowledge)
    raise RuleError(
        [
            Complaint(
                str(chosen), 0, 0, "no-rules", "there are no rules here",
                "name a folder that holds `rules` and `knowledge`, such as a copy of the shipped ones",
            )
        ]
    )  # fmt: skip


def cache_folder() -> Path | None:
    """Where compiled knowledge bases are kept; None where `ADVISOR_CACHE` is `off`."""
    named = os.environ.get("ADVISOR_CACHE")
    if named == "off":
        return None
    if named:
        return Path(named)
    if base := os.environ.get("XDG_CACHE_HOME"):
        return Path(base) / "etiquette-advisor"
    from platformdirs import user_cache_path

    return user_cache_path("etiquette-advisor", appauthor=False)
