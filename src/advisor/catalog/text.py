"""From bytes to plain data, with a place for everything: the one reader of YAML and JSON.

Data is None, bool, int, float, str, list and dict with text keys, and nothing else. What a file could use
to surprise its reader is refused with a complaint: anchors and aliases, tags, merge keys, several documents,
keys that stand twice, control characters, and anything too large or too deep. Everything is read without
recursion, in time that grows with its length.

Words without quotes mean what YAML 1.2's core schema says, except that `yes` and `no` are booleans like
`true` and `false`, since people write them, and that `0x1F` and `0o17` are text. So are `on`, `off`, `1_000`,
`12:30:45` and `2026-11-21`, and whatever stands in quotes. Infinities and not-a-number are refused.

This module refuses to know what the data is for: shapes, dates and unknown keys are judged by its callers.
"""

from __future__ import annotations

from advisor.catalog.document import (
    CONTROL,
    MAX_COMPLAINTS,
    MAX_DEPTH,
    MAX_DIGITS,
    MAX_NODES,
    Builder,
    DataPath,
    Document,
    ErrorType,
    Faults,
    Spot,
    unify,
)
from advisor.catalog.encoding import MAX_BYTES, check_size, decode, read_bytes
from advisor.errors import InputError

__all__ = [
    "MAX_BYTES",
    "MAX_COMPLAINTS",
    "MAX_DEPTH",
    "MAX_DIGITS",
    "MAX_NODES",
    "DataPath",
    "Document",
    "ErrorType",
    "Spot",
    "decode",
    "parse",
    "read_bytes",
]


def parse(text: str, file: str, error: ErrorType = InputError) -> Document:
    """Read YAML, or JSON where `file` ends with `.json` or the text is JSON; complaints name `file`.

    Raises:
        InputError, RuleError: whichever `error` is, with all faults that could be found at once.
    """
    check_size(len(text), file, error, "characters")
    text = unify(text.removeprefix("\ufeff"))
    faults = Faults(file, error)
    faults.add_characters(CONTROL, text)
    faults.settle()
    if not text.strip():
        return Document(file, None)
    builder = Builder(faults)
    must_be_json = file.lower().endswith(".json")
    if must_be_json or text.lstrip()[0] in "{[":
        from advisor.catalog.json_text import problem_in_json, read_json

        problem = problem_in_json(text)
        if problem and must_be_json:
            faults.stop(*problem)
        if not problem:
            read_json(text, builder)
            faults.settle()
            return Document(file, *builder.result)
    from advisor.catalog.yaml_text import read_yaml

    read_yaml(text, builder)
    faults.settle()
    return Document(file, *builder.result)
