"""Receipts read back: what a verdict's `--format json` wrote, checked before it is used."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import fields
from datetime import date

from advisor.catalog.text import DataPath, Document
from advisor.errors import Complaint, InputError
from advisor.model.names import shown
from advisor.model.receipt import Receipt
from advisor.model.verdict import SCHEMA_VERSION

_HINT = "write one with `--format json`, as in `advisor should-connect PROSPECT --format json`"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MARKS = ("schema_version", "consultation", "verdict", "situation", "justification")
"""Keys that a receipt is told by."""


def read_receipt(document: Document, consultations: Collection[str]) -> Receipt:
    """Validate a receipt of one of `consultations`, which are named.

    Raises:
        InputError: with all complaints, where it is none, or one of another version.
    """
    data = document.data

    def refuse(code: str, message: str, *path: str) -> InputError:
        return InputError([Complaint(document.file, *document.place(path), code, message, _HINT)])

    if not isinstance(data, dict):
        raise refuse("not-a-receipt", "this is no receipt: it holds no mapping")
    missing = [key for key in _MARKS if key not in data]
    if missing:
        raise refuse("not-a-receipt", f"this is no receipt: it lacks {', '.join(missing)}")
    if data["schema_version"] != SCHEMA_VERSION or type(data["schema_version"]) is not int:
        message = f"this receipt has version {data['schema_version']!r}, and {SCHEMA_VERSION} is read here"
        raise refuse("other-version", message, "schema_version")
    from pydantic import TypeAdapter, ValidationError

    from advisor.catalog.validation import complaints_from

    try:
        receipt = TypeAdapter(Receipt).validate_python(data)
    except ValidationError as error:
        raise InputError(complaints_from(error, document, names=_names_at)) from None
    if receipt.consultation not in consultations:
        message = f"this is a receipt of {shown(receipt.consultation)}, which these rules do not have"
        raise refuse("other-consultation", message, "consultation")
    try:
        if not _DAY.fullmatch(receipt.as_of):
            raise ValueError
        date.fromisoformat(receipt.as_of)
    except ValueError:
        raise refuse("bad-date", f"{shown(receipt.as_of)} is no day", "as_of") from None
    return receipt


def _names_at(path: DataPath) -> Iterable[str]:
    return () if path else tuple(each.name for each in fields(Receipt))
