"""A verdict as JSON: versioned, complete, and the same to the byte for the same verdict.

Keys stand in the order of the model's fields. There is no clock in it and no path of any machine.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import Any

from advisor.model.receipt import Receipt
from advisor.model.verdict import SCHEMA_VERSION, Verdict

_ESCAPED = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
"""Signs that a terminal would obey, or that no encoding has; JSON can write each with ASCII alone."""
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def render(verdict: Verdict) -> str:
    """Give everything that `verdict` holds; ends with a line end."""
    return dumped(plain(verdict))


def dumped(data: object) -> str:
    """Write plain data as every JSON output of the command is written."""
    return _safe(json.dumps(data, ensure_ascii=False, indent=2)) + "\n"


def dumped_line(data: object) -> str:
    """Write plain data on one line."""
    return _safe(json.dumps(data, ensure_ascii=False)) + "\n"


def _safe(text: str) -> str:
    """JSON that says the same and can be written anywhere."""
    if text.isascii() and "\x7f" not in text:
        return text
    return _ESCAPED.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)


def plain(value: object) -> object:
    """Turn models into mappings and tuples into lists; sets are sorted, dates become text.

    >>> plain((1, frozenset({"b", "a"})))
    [1, ['a', 'b']]
    """
    match value:
        case str() | int() | float() | None:
            return value
        case Mapping():
            return {str(key): plain(inner) for key, inner in value.items()}
        case tuple() | list():
            return [plain(inner) for inner in value]
        case frozenset() | set():
            return sorted(str(inner) for inner in value)
        case _ if is_dataclass(value):
            model: Any = type(value)
            return {name: plain(getattr(value, name)) for name in _names(model)}
        case _:
            return str(value)


@lru_cache(maxsize=64)
def _names(model: Any) -> tuple[str, ...]:
    return tuple(each.name for each in fields(model))


def receipt_schema() -> dict[str, Any]:
    """The JSON Schema that `render` keeps to; descriptions come from the model's own docstrings.

    Within one version keys may be added, so that others than those named are allowed.
    """
    from pydantic import TypeAdapter

    schema = TypeAdapter(Receipt).json_schema(mode="serialization")
    # Pydantic finds the docstrings of a class's own fields, and not those of the fields that it inherits.
    inherited = TypeAdapter(Verdict).json_schema(mode="serialization")
    schema["properties"] |= inherited["properties"]
    for each in (schema, *schema.get("$defs", {}).values()):
        if "properties" in each:
            each["required"] = list(each["properties"])  # every key is always written
    for each in _mappings_in(schema):
        each.pop("default", None)
    schema["properties"]["schema_version"] = {
        "const": SCHEMA_VERSION, "description": schema["properties"]["schema_version"]["description"],
    }  # fmt: skip
    return {
        "$schema": _DIALECT,
        "$id": f"urn:etiquette-advisor:schema:verdict:{SCHEMA_VERSION}",
        **schema,
    }


def _mappings_in(node: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [node] if isinstance(node, dict) else []
    inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    for each in inner:
        found += _mappings_in(each)
    return found
