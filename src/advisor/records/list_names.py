"""`list_columns.yaml`, which lies beside this module: how lists call their columns, and what cells say.

The file comes with the package and a test holds its form, so that no start waits for the library of forms.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from advisor.catalog.encoding import read_text
from advisor.catalog.text import parse

FILE = Path(__file__).with_name("list_columns.yaml")
_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class KnownColumn:
    """What a column of one of the known names is."""

    place: str
    """Where in a prospect file it tells; empty where it tells nothing about a request."""
    says: str = ""
    """What it is, where it tells nothing."""
    cells: Mapping[str, str] = field(default_factory=dict)
    """What cells, by their plain text, say at that place; empty where they stand there as they are."""
    tells: Mapping[str, str] = field(default_factory=dict)
    """What a filled cell tells besides, by place."""


@dataclass(frozen=True, slots=True)
class CellWords:
    """What cells of any column can say, as plain text."""

    absent: frozenset[str]
    """That nothing is known."""
    true: frozenset[str]
    false: frozenset[str]


@dataclass(frozen=True, slots=True)
class ListNames:
    """Everything in the file."""

    columns: Mapping[str, KnownColumn]
    """By plain name."""
    words: CellWords


def plain_name(name: str) -> str:
    """A header as names are compared: without case, spaces and signs.

    >>> plain_name("Linkedin URL (Public)")
    'linkedinurlpublic'
    """
    return _SIGNS.sub("", name.casefold())


def plain_cell(cell: str) -> str:
    """A cell as words are compared: without case and spaces around it."""
    return cell.strip().casefold()


@cache
def list_names() -> ListNames:
    """Everything that the file says."""
    file: Any = parse(read_text(FILE), FILE.name).data
    columns: dict[str, KnownColumn] = {}
    for what, names in file["ignored"].items():
        columns |= {plain_name(name): KnownColumn("", what) for name in names}
    for told in file["columns"]:
        cells = {plain_cell(cell): says for cell, says in told.get("cells", {}).items()}
        known = KnownColumn(told["place"], "", cells, told.get("tells", {}))
        columns |= {plain_name(name): known for name in told["names"]}
    words = (frozenset(map(plain_cell, file[key])) for key in ("absent", "yes", "no"))
    return ListNames(columns, CellWords(*words))
