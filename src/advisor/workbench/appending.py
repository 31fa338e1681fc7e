"""Puts an item at the end of a list in a file's text, and leaves every sign before it as it is."""

from __future__ import annotations

from collections.abc import Sequence

from advisor.catalog.document import Document
from advisor.catalog.text import parse
from advisor.errors import Complaint, RuleError


def appended(text: str, file: str, item: Sequence[str], key: str = "rules") -> str:
    """What has to stand behind `text` so that `item`, which begins with `- `, is the last of the list `key`.

    Lines of the result end as those of `text` do.

    Raises:
        RuleError: where the items do not stand one below the other, or nothing can stand behind them.
    """
    before = parse(text, file, RuleError)
    indent = _indent(before, text, key)
    if indent is not None:
        lines = [f"{' ' * indent}{line}".rstrip() for line in item]
        gap = [] if text.endswith(("\n", "\r")) else [""]
        # A blank line between rules reads well, but it would belong to a text that keeps its line ends.
        for between in (["", *lines], lines):
            added = "\n".join([*gap, *between, ""])
            if _only_adds(before, text + added, file, key):
                return added.replace("\n", "\r\n") if "\r\n" in text else added
    message = f"nothing can be put at the end of the list `{key}` in this file"
    hint = f"put each item on lines of its own behind `- `, below `{key}:`, and nothing behind the last"
    raise RuleError([Complaint(file, *before.place((key,)), "cannot-append", message, hint)])


def _indent(document: Document, text: str, key: str) -> int | None:
    """How far the dashes of the list stand in; None where its items have none."""
    items = document.data.get(key) if isinstance(document.data, dict) else None
    if not isinstance(items, list) or not items:
        return None
    line, column = document.place((key, len(items) - 1))
    before = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")[line - 1][: column - 1].rstrip()
    return len(before) - 1 if before.lstrip() == "-" else None


def _only_adds(before: Document, text: str, file: str, key: str) -> bool:
    """Whether `text` holds what stood there before, and one item more."""
    try:
        after = parse(text, file, RuleError).data
    except RuleError:
        return False
    old = before.data[key] if isinstance(before.data, dict) else None
    new = after.get(key) if isinstance(after, dict) else None
    return isinstance(old, list) and isinstance(new, list) and new[:-1] == old and len(new) == len(old) + 1
