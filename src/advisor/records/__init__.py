"""Somebody's own records, read: the platform's export as a zip or a folder, or a history that they keep.

`read` gives `advisor.model.records.Records`, with an account of every file and of every row that could not be
understood. Nothing is written, and nothing leaves the machine.
"""

from advisor.model.reading import FileReading, Reading
from advisor.records.files import Row
from advisor.records.reading import RecordsReader, is_export_or_history, read

__all__ = ["FileReading", "Reading", "RecordsReader", "Row", "is_export_or_history", "read"]
