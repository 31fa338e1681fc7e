"""`list_columns.yaml`, which lies beside this module: how lists call their columns, and what cells say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from pydantic import Field

from advisor.catalog.authored import Authored
from advisor.catalog.forms import Form, Text
from advisor.errors import RuleError

FILE = Path(__file__).with_name("list_columns.yaml")
_SIGNS = re.compile(r"[\W_]+")


class ColumnForm(Form):
    """Names of columns that tell one place."""

    place: Text
    names: list[Text]
    cells: dict[str, Text] = Field(default_factory=dict)
    tells: dict[str, Text] = Field(default_factory=dict)


class ListColumnsFile(Form):
    """`list_columns.yaml`."""

    columns: list[ColumnForm]
    ignored: dict[str, list[Text]]
    absent: list[Text]
    true: list[Text] = Field(alias="yes")
    false: list[Text] = Field(alias="no")


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
    """The known names.

    Raises:
        RuleError: where the file, which comes with the package, is not as it should be.
    """
    authored = Authored(FILE.read_text(encoding="utf-8"), FILE.name)
    file = authored.check(ListColumnsFile)
    if file is None:
        raise RuleError(authored.complaints)
    columns: dict[str, KnownColumn] = {}
    for what, names in file.ignored.items():
        columns |= {plain_name(name): KnownColumn("", what) for name in names}
    for form in file.columns:
        cells = {plain_cell(cell): says for cell, says in form.cells.items()}
        columns |= {plain_name(name): KnownColumn(form.place, "", cells, form.tells) for name in form.names}
    words = (frozenset(map(plain_cell, each)) for each in (file.absent, file.true, file.false))
    return ListNames(columns, CellWords(*words))
