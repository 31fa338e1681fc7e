"""How long ago something was: a date, or a time as people write it, to days; and days to words.

Arithmetic only: a month counts as 30 days and a year as 365, since whoever writes `5 years` counts no leap
days. `2023` and `May 2023` are a whole year and a whole month: they count from their last day, so that no
silence comes out longer than it was. Where that day is not as far back as the span is long, that would be
mostly a guess, and the day stays unknown.
"""

from __future__ import annotations

import calendar
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
_NAMED = {"today": 0, "yesterday": 1, "last week": 7}
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
_MONTH_NUMBERS = {name[:least]: number for number, name in enumerate(_MONTHS, 1) for least in (3, len(name))}
_SPAN = re.compile(
    rf"(?:(?:in|since) )?(?:(?P<name>{'|'.join(_MONTH_NUMBERS)}) (?P<of>\d{{4}})"
    r"|(?P<year>[12]\d{3})(?:-(?P<month>0?[1-9]|1[0-2]))?)"
)
_AS_WEEKS, _AS_MONTHS, _AS_YEARS = 14, 70, 730
"""Days from which on a length is said in weeks, months and years."""


def days_ago(told: date | str | None, as_of: date) -> int | None:
    """Whole days from `told` to `as_of`; None for what lies ahead, and for words that give no length or date.

    >>> days_ago(date(2026, 11, 1), date(2026, 11, 22)), days_ago("about 5 years ago", date(2026, 11, 22))
    (21, 1825)
    >>> days_ago("a week", date(2026, 11, 22)), days_ago("last spring", date(2026, 11, 22))
    (7, None)
    >>> days_ago("2023", date(2026, 11, 22)), days_ago("May 2026", date(2026, 11, 22))
    (1057, 175)
    >>> days_ago("2025", date(2026, 11, 22)), days_ago("October 2026", date(2026, 11, 22))
    (None, None)
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
        return _since_end_of_span(text, as_of)
    number = _NUMBERS.get(length[1])
    return (int(length[1]) if number is None else number) * _UNITS[length[2]]


def _since_end_of_span(text: str, as_of: date) -> int | None:
    """Days since the last day of a year or month, where that is as far back as the span is long."""
    span = _SPAN.fullmatch(text)
    if span is None:
        return None
    year = int(span["of"] or span["year"])
    month = _MONTH_NUMBERS[span["name"]] if span["name"] else int(span["month"] or 0)
    if year == 0:
        return None
    last = date(year, month, calendar.monthrange(year, month)[1]) if month else date(year, 12, 31)
    days = (as_of - last).days
    return days if days >= _UNITS["month" if month else "year"] else None


def in_words(days: int) -> str:
    """A length of time as people say it, rounded down.

    >>> in_words(1), in_words(21), in_words(400), in_words(1825)
    ('1 day', '3 weeks', '13 months', '5 years')
    """
    for least, unit in ((_AS_YEARS, "year"), (_AS_MONTHS, "month"), (_AS_WEEKS, "week")):
        if days >= least:
            return f"{days // _UNITS[unit]} {unit}s"
    return "1 day" if days == 1 else f"{days} days"
