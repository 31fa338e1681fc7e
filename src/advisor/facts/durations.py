"""How long ago something was: a date, or a length of time as people write it, to days; and days to words.

Arithmetic only: a month counts as 30 days and a year as 365, since whoever writes `5 years` counts no leap
days.
"""

from __future__ import annotations

import re
from datetime import date

_UNITS = {"day": 1, "week": 7, "month": 30, "year": 365}
_WORDS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
_NUMBERS = {word: number for number, word in enumerate(_WORDS)} | {"a": 1, "an": 1}
_LENGTH = re.compile(
    rf"(?:(?:for|about|around|over|more than|at least|some|nearly|almost) )*"
    rf"(\d{{1,5}}|{'|'.join(_NUMBERS)}) ({'|'.join(_UNITS)})s?(?: ago)?",
    re.IGNORECASE,
)
_NAMED = {"today": 0, "yesterday": 1}
_AS_WEEKS, _AS_MONTHS, _AS_YEARS = 14, 70, 730
"""Days from which on a length is said in weeks, months and years."""


def days_ago(told: date | str | None, as_of: date) -> int | None:
    """Whole days from `told` to `as_of`; None for what lies ahead, and for words that give no length.

    >>> days_ago(date(2026, 11, 1), date(2026, 11, 22)), days_ago("about 5 years ago", date(2026, 11, 22))
    (21, 1825)
    >>> days_ago("a week", date(2026, 11, 22)), days_ago("last spring", date(2026, 11, 22))
    (7, None)
    """
    if told is None:
        return None
    if isinstance(told, date):
        return (as_of - told).days if told <= as_of else None
    text = " ".join(told.split()).casefold()
    if text in _NAMED:
        return _NAMED[text]
    length = _LENGTH.fullmatch(text)
    if length is None:
        return None
    number = _NUMBERS.get(length[1])
    return (int(length[1]) if number is None else number) * _UNITS[length[2]]


def in_words(days: int) -> str:
    """A length of time as people say it, rounded down.

    >>> in_words(1), in_words(21), in_words(400), in_words(1825)
    ('1 day', '3 weeks', '13 months', '5 years')
    """
    for least, unit in ((_AS_YEARS, "year"), (_AS_MONTHS, "month"), (_AS_WEEKS, "week")):
        if days >= least:
            return f"{days // _UNITS[unit]} {unit}s"
    return "1 day" if days == 1 else f"{days} days"
