"""Parquet lists, batch by batch. The library that reads them is large and optional, and loaded only here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any

from advisor.errors import Complaint, InputError
from advisor.records.places import Source

_BATCH = 1_000
"""Rows that stand in memory at a time, beside the group of rows that the file keeps them in."""


def headers_of(source: Source) -> list[str]:
    """The names of the columns.

    Raises:
        InputError: where it is no Parquet file, or the library is missing.
    """
    return [str(name) for name in _opened(source).schema_arrow.names]


def rows_of(source: Source, headers: Sequence[str]) -> Iterator[list[object]]:
    """Every row, as one value for each of `headers`.

    Raises:
        InputError: where the file turns out to be damaged.
    """
    arrow = _library(source)
    try:
        for batch in _opened(source).iter_batches(batch_size=_BATCH):
            columns = [batch.column(header).to_pylist() for header in headers]
            yield from (list(row) for row in zip(*columns, strict=True))
    except (arrow.ArrowInvalid, OSError) as fault:
        raise _unreadable(source, fault) from None


def _opened(source: Source) -> Any:
    arrow = _library(source)
    try:
        return import_module("pyarrow.parquet").ParquetFile(source.open(None))
    except (arrow.ArrowInvalid, OSError) as fault:
        raise _unreadable(source, fault) from None


def _library(source: Source) -> Any:
    try:
        return import_module("pyarrow")
    except ImportError:
        message = "reading Parquet needs a library that is not installed"
        hint = 'install it: `pip install "etiquette-advisor[parquet]"`, or save the list as CSV'
        raise InputError([Complaint(source.display, 0, 0, "missing-library", message, hint)]) from None


def _unreadable(source: Source, fault: Exception) -> InputError:
    said = " ".join(str(fault).split())[:100]
    hint = "write it again, or save the list as CSV"
    return InputError(
        [Complaint(source.display, 0, 0, "unreadable", f"this Parquet file cannot be read: {said}", hint)]
    )
