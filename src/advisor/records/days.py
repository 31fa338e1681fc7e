"""Days and times as exports and spreadsheets write them, and what tells day and month apart.

`4/5/26` is two days. The whole column decides which; where it does not, the platform's own order is taken
and that is said. No clock is asked: what is a day to come is for others to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from typing import Literal

Order = Literal["day first", "month first", "both", "untold"]
"""In which order a column writes day and month: `both` where it does both, `untold` where nothing shows."""
FIRST_YEAR = 2003
"""The year in which the platform began: nothing in anybody's records is older."""
_MONTHS_OF_A_YEAR = 12
_CACHED = 100_000
_MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "jan january januar jän jänner janvier janv enero ene janeiro",
            "feb february februar février févr fév febrero febr fevereiro fev",
            "mar march mär märz mrz mars marzo março",
            "apr april avril avr abril abr",
            "may mai mayo maio",
            "jun june juni juin junio junho",
            "jul july juli juillet juil julio julho",
            "aug august août aou agosto ago",
            "sep sept september septembre septiembre setembro set",
            "oct october okt oktober octobre octubre outubro out",
            "nov november novembre noviembre novembro",
            "dec december dez dezember décembre déc diciembre dic dezembro",
        ),
        1,
    )
    for word in words.split()
}
"""Names of months in the languages that the advisor reads."""
_TIME = re.compile(
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?:[:.](?P<second>\d\d)(?:[.,]\d+)?)?\s*(?P<half>[ap]\.?\s?m\.?)?"
    r"\s*(?:utc|gmt|z|[+-]\d\d:?\d\d)?",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"(?P<day>.*?\d)(?:,|\s*t|)\s+(?P<time>\d{1,2}[:.]\d\d.*)|(?P<iso>\d{4}-\d\d-\d\d)[tT ](?P<at>\d\d:.*)",
    re.I,
)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d\d)")
_NAMED = re.compile(r"(\d{1,2})(\.?[\s-]+(?:de )?|-|/)([^\W\d]+)\.?(?:\s+de)?([\s,/-]+)(\d{4}|\d\d)")
_NAMED_FIRST = re.compile(r"([^\W\d]+)\.?\s+(\d{1,2}),?\s+(\d{4})")


@dataclass(frozen=True, slots=True)
class Day:
    """What was read of one cell."""

    on: date | None = None
    at: time | None = None
    form: str = ""
    """In what form it is written, in words."""
    code: str = ""
    """The complaint's code, where it cannot be read."""


class Days:
    """Reads the dates of one file."""

    def __init__(self, order: Callable[[], Order] = lambda: "untold") -> None:
        """`order`: finds out how the column writes dates; asked only where that matters, and only once."""
        self._find_order = order
        self._order: Order | None = None
        self._days: dict[str, Day] = {}
        self._times: dict[str, time | None] = {}
        self.forms: dict[str, int] = {}
        """How many different days were written in each form."""
        self.ambiguous = 0
        """Days that could be two, were nothing known about the column."""

    @property
    def order(self) -> Order:
        """How the column writes day and month."""
        if self._order is None:
            self._order = self._find_order()
        return self._order

    def read(self, text: str) -> Day:
        """Read one cell; an empty one is no day and no fault."""
        known = self._days.get(text)
        if known is not None:
            return known
        written = " ".join(text.split())
        if not written:
            return Day()
        split = _SPLIT.fullmatch(written)
        if split is None:
            return self._keep(text, self._day(written, ""))
        day_text, time_text = (split["day"], split["time"]) if split["day"] else (split["iso"], split["at"])
        key = f"{day_text} {'m' if 'm' in time_text.lower() else ''}"
        day = self._days.get(key) or self._keep(key, self._day(day_text, time_text))
        at = self._time(time_text)
        if at is None and not day.code:
            return Day(day.on, None, day.form, "bad-date")
        return Day(day.on, at, day.form, day.code)

    def _keep(self, text: str, day: Day) -> Day:
        if len(self._days) >= _CACHED:
            self._days.clear()
        self._days[text] = day
        if day.form:
            self.forms[day.form] = self.forms.get(day.form, 0) + 1
        return day

    def _time(self, text: str) -> time | None:
        if text not in self._times:
            if len(self._times) >= _CACHED:
                self._times.clear()
            self._times[text] = read_time(text)
        return self._times[text]

    def _day(self, text: str, time_text: str) -> Day:
        if found := _ISO.fullmatch(text):
            return _made(int(found[1]), int(found[2]), int(found[3]), "year-month-day")
        if (found := _NUMBERS.fullmatch(text)) is not None:
            return self._numbers(int(found[1]), int(found[3]), _year(found[4]), found[2], time_text)
        if found := _NAMED.fullmatch(text):
            # `08 Feb 20` is more likely a year that was cut off than the year 2020.
            whole = len(found[5]) > 2 or "-" in found[4]  # noqa: PLR2004 - digits of a short year
            month = _MONTHS.get(found[3].casefold())
            if month and whole:
                return _made(_year(found[5]), month, int(found[1]), "day, month's name, year")
        elif (found := _NAMED_FIRST.fullmatch(text)) and (month := _MONTHS.get(found[1].casefold())):
            return _made(int(found[3]), month, int(found[2]), "month's name, day, year")
        return Day(code="bad-date")

    def _numbers(self, first: int, second: int, year: int, sign: str, time_text: str) -> Day:
        if sign == ".":
            return _made(year, second, first, "day.month.year")
        order: Order = "untold"
        if max(first, second) <= _MONTHS_OF_A_YEAR and first != second:
            order = self.order
            if order == "both":
                return Day(code="ambiguous-date")
            # With `PM` behind it, it is what the platform itself writes.
            self.ambiguous += order == "untold" and not _half(time_text)
        if first > _MONTHS_OF_A_YEAR or order == "day first":
            return _made(year, second, first, f"day{sign}month{sign}year")
        return _made(year, first, second, f"month{sign}day{sign}year")


class OrderSeen:
    """What the dates of a column show about its order, seen one by one."""

    def __init__(self) -> None:
        self._day = self._month = False

    def see(self, text: str) -> None:
        """Look at one cell."""
        found = _NUMBERS.match(text.strip())
        if found is not None and found[2] != ".":
            self._day |= int(found[1]) > _MONTHS_OF_A_YEAR
            self._month |= int(found[3]) > _MONTHS_OF_A_YEAR

    @property
    def order(self) -> Order:
        """What was seen."""
        if self._day and self._month:
            return "both"
        return "day first" if self._day else "month first" if self._month else "untold"


def read_time(text: str) -> time | None:
    """The time of day that is written, without its zone; None where it is none.

    >>> read_time("2:37 PM"), read_time("14:03:22 UTC"), read_time("25:00")
    (datetime.time(14, 37), datetime.time(14, 3, 22), None)
    """
    found = _TIME.fullmatch(" ".join(text.split()))
    if found is None:
        return None
    hour, minute, second = int(found["hour"]), int(found["minute"]), int(found["second"] or 0)
    if found["half"]:
        if not 1 <= hour <= 12:  # noqa: PLR2004 - hours on a clock face
            return None
        hour = hour % 12 + (12 if found["half"][0] in "pP" else 0)
    try:
        return time(hour, minute, second)
    except ValueError:
        return None


def _half(time_text: str) -> bool:
    found = _TIME.fullmatch(time_text)
    return found is not None and found["half"] is not None


def _year(text: str) -> int:
    return int(text) if len(text) > 2 else 2000 + int(text)  # noqa: PLR2004 - digits of a short year


def _made(year: int, month: int, day: int, form: str) -> Day:
    try:
        made = date(year, month, day)
    except ValueError:
        return Day(code="impossible-date")
    return Day(made, None, form) if year >= FIRST_YEAR else Day(code="impossible-date")
