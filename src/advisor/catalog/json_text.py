"""JSON to a document, token by token, so that everything has its place."""

from __future__ import annotations

import json
import re

from advisor.catalog.document import MAX_DEPTH, TOO_DEEP, Builder, Spot, after
from advisor.catalog.syntax import explain

_JSON_TOKEN = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[\]{}]|[^\s"\[\]{}:,]+', re.DOTALL)
"""A text, a bracket or a word; made so that it never goes back over what it has read."""


def problem_in_json(text: str) -> tuple[Spot, str, str, str] | None:
    """Say why `text` is no JSON as far as syntax and depth go: place, code, message and hint."""
    depth = 0
    for match in _JSON_TOKEN.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(match[0], 0)
        if depth > MAX_DEPTH:  # found here, so that json never recurses further
            return after(text[: match.start()]), *TOO_DEEP
    try:
        json.loads(text, parse_int=str, parse_float=str)  # for its complaint; what it makes is not used
    except json.JSONDecodeError as fault:
        words = explain(fault.msg)
        return min(after(text[: fault.pos]), after(text.rstrip())), "syntax", words.message, words.hint
    return None


def read_json(text: str, builder: Builder) -> None:
    """Build what `text`, which is JSON, says."""
    line, begin, seen = 1, 0, 0
    for match in _JSON_TOKEN.finditer(text):
        piece, start = match[0], match.start()
        if newlines := text.count("\n", seen, start):
            line, begin = line + newlines, text.rindex("\n", seen, start) + 1
        seen, spot = start, (line, start - begin + 1)
        if piece in "{[":
            builder.open({} if piece == "{" else [], spot)
        elif piece in "]}":
            builder.close()
        elif piece[0] == '"':
            builder.add(json.loads(piece), spot)
        elif piece in ("NaN", "Infinity", "-Infinity"):
            builder.refuse_number(piece, spot)
            builder.add(None, spot)
        else:
            builder.add(builder.meaning(piece, spot), spot)
