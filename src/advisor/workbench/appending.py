"""Puts an item at the end of the list `rules` of a file's text, and leaves every sign before it as it is."""

from __future__ import annotations

from collections.abc import Sequence

from advisor.catalog.document import Document
from advisor.catalog.text import parse
from advisor.errors import Complaint, RuleError


def appended(text: str, file: str, item: Sequence[str]) -> str:
    """What has to be written behind `text` so that `item`, a rule that begins with `- `, is its last.

    Lines of the result end as those of `text` do.

    Raises:
        RuleError: where the rules do not stand one below the other, or nothing can stand behind them.
    """
    before = parse(text, file, RuleError)
    indent = _indent(before, text)
    if indent is not None:
        lines = [f"{' ' * indent}{line}".rstrip() for line in item]
        gap = [] if text.endswith(("\n", "\r")) else [""]
        # A blank line between rules reads well, but it would belong to a text that keeps its line ends.
        for between in (["", *lines], lines):
            added = "\n".join([*gap, *between, ""])
            if _only_adds(before, text + added, file):
                return added.replace("\n", "\r\n") if "\r\n" in text else added
    message = "a rule cannot be put at the end of this file"
    hint = "put each rule on lines of its own behind `- `, below `rules:`, and nothing behind the last"
    raise RuleError([Complaint(file, *before.place(("rules",)), "cannot-append", message, hint)])


def _indent(document: Document, text: str) -> int | None:
    """How far the dashes of the list stand in; None where its items have none."""
    rules = document.data.get("rules") if isinstance(document.data, dict) else None
    if not isinstance(rules, list) or not rules:
        return None
    line, column = document.place(("rules", len(rules) - 1))
    before = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")[line - 1][: column - 1].rstrip()
    return len(before) - 1 if before.lstrip() == "-" else None


def _only_adds(before: Document, text: str, file: str) -> bool:
    """Whether `text` holds what stood there before, and one rule more."""
    try:
        after = parse(text, file, RuleError).data
    except RuleError:
        return False
    old = before.data["rules"] if isinstance(before.data, dict) else None
    new = after.get("rules") if isinstance(after, dict) else None
    return isinstance(old, list) and isinstance(new, list) and new[:-1] == old and len(new) == len(old) + 1
