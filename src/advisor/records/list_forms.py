"""`list_columns.yaml`, which lies beside this module: read and checked, once a process that needs it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic import Field

from advisor.catalog.authored import Authored
from advisor.catalog.forms import Form, Text
from advisor.errors import RuleError
from advisor.records.list_names import CellWords, KnownColumn, ListNames, plain_cell, plain_name

FILE = Path(__file__).with_name("list_columns.yaml")


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
