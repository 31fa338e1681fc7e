"""Cells of CSV tables, so that neither a spreadsheet nor a terminal obeys what others wrote in them."""

from __future__ import annotations

from advisor.report.layout import harmless

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""How cells begin that spreadsheets reckon with; some take the wide signs for the narrow ones."""


def cell(text: str) -> str:
    r"""`text` as a spreadsheet will show it and not reckon with it.

    >>> cell("=1+1"), cell("a\x1b[31m"), cell("plain")
    ("'=1+1", 'a\ufffd[31m', 'plain')
    """
    return harmless(f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text)
