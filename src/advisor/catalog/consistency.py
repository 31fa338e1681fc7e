"""What every part of a prospect file allows but the whole does not: contradictions, the future, and length.

Readers take time that grows with the texts, so texts and lists are bounded here, far above what people write.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from importlib import import_module

from advisor.catalog.text import DataPath, Document
from advisor.errors import Complaint
from advisor.model.sending import Sending
from advisor.model.situation import NEVER_SENT, Relationship
from advisor.model.subject import Told

LONGEST_DRAFT = 5_000
"""Characters of a draft; a note that the platform takes has a few hundred."""
LONGEST_TEXT = 2_000
"""Characters of any other text."""
LONGEST_LIST = 100
"""Entries of a list of people, occasions or names."""
MOST_PERIODS = 1_000
"""Entries of a log: a week each for almost twenty years."""
MOST_DATES = 20_000
"""Dates of requests: a hundred a week for almost four years."""
_LONG_LISTS: Mapping[DataPath, int] = {
    ("sending", "dates"): MOST_DATES,
    ("sending", "times"): MOST_DATES,
    ("sending", "recent_days"): MOST_DATES,
    ("log",): MOST_PERIODS,
}
"""Lists of requests and days, which may be longer than those of people."""
_NOTES = (("draft",), ("note",))
"""Where the note of an invitation stands, sent or received."""

WEEK = 7
"""Days that `last_7_days` counts."""

LEAVE_ONE = "leave one of them out"
"""The hint where two answers do not go together."""
_OF_ITS_OWN = {name: f"advisor.catalog.{name}_consistency" for name in ("event", "goals", "network")}
"""For subjects of which more can be wrong: the module whose `check` says so, loaded for these alone."""

Found = tuple[DataPath, str, str, str]
"""Place, code, message and hint."""


def check_whole(
    subject: str, situation: Told, document: Document, parts: Mapping[str, tuple[Document, DataPath]]
) -> list[Complaint]:
    """Say what is wrong with `situation`, about `subject`, as a whole, at the places that it was read from.

    `parts` gives, for parts that came from documents of their own, the document and where in it they stand.
    """
    complaints = []
    for path, code, message, hint in (
        *_contradictions(getattr(situation, "sending", None)),
        *_uncounted(situation),
        *_future(situation),
        *_of_its_own(subject, situation),
        *_lengths(situation, ()),
    ):
        source, at = parts.get(str(path[0]) if path else "", (document, path[:1]))
        spot = source.place((*at, *path[1:]))
        complaints.append(Complaint(source.file, *spot, code, message, hint))
    return complaints


def _of_its_own(subject: str, situation: Told) -> Iterator[Found]:
    if subject in _OF_ITS_OWN:
        yield from import_module(_OF_ITS_OWN[subject]).check(situation)


def _contradictions(sending: Sending | None) -> Iterator[Found]:
    """Counts of which one cannot be true beside the other."""
    if sending is None:
        return
    pairs = [
        ("accepted", sending.accepted, "sent", sending.sent),
        ("answered", sending.answered, "sent", sending.sent),
        ("accepted", sending.accepted, "answered", sending.answered),
        ("today", sending.today, "last_7_days", sending.last_7_days),
        ("busiest_day", sending.busiest_day, "last_7_days", sending.last_7_days),
        ("in_one_hour", sending.in_one_hour, "last_7_days", sending.last_7_days),
        ("indirect", sending.indirect, "last_7_days", sending.last_7_days),
        ("in_one_hour", sending.in_one_hour, "busiest_day", sending.busiest_day),
    ]
    if sending.recent_days:
        pairs.append(("recent_days", sum(sending.recent_days[:WEEK]), "last_7_days", sending.last_7_days))
        if sending.today not in (None, sending.recent_days[0]):
            message = f"`today` is {sending.today}, but `recent_days` begins with {sending.recent_days[0]}"
            yield ("sending", "today"), "contradiction", message, "both count what was sent before this one"
    for part, less, total, more in pairs:
        if less is not None and more is not None and less > more:
            message = f"`{part}` is {less} but `{total}` is only {more}"
            yield ("sending", part), "contradiction", message, f"`{part}` is counted within `{total}`"
    if sending.sent and sending.accepted is not None and sending.acceptance_rate is not None:
        counted = sending.accepted * 100 / sending.sent
        if abs(counted - sending.acceptance_rate) > 1:
            message = f"`acceptance_rate` is {sending.acceptance_rate}%, but the counts give {counted:.0f}%"
            yield ("sending", "acceptance_rate"), "contradiction", message, LEAVE_ONE
    if sending.answered == 0 and sending.acceptance_rate:
        message = f"`acceptance_rate` is {sending.acceptance_rate}%, but `answered` says that nobody answered"
        yield ("sending", "acceptance_rate"), "contradiction", message, "an acceptance is an answer"


def _uncounted(situation: Told) -> Iterator[Found]:
    """People who are named although nobody is counted, and dates of more requests than are counted."""
    told: Relationship | None = getattr(situation, "relationship", None)
    if told and told.declines and told.status == NEVER_SENT:
        message = f"`declines` is {told.declines}, but `status` says that no request was ever sent"
        yield ("relationship", "declines"), "contradiction", message, "change the status, or leave one out"
    mutuals = told.mutual_connections if told else None
    if mutuals and mutuals.people and mutuals.count is not None and mutuals.count < len(mutuals.people):
        message = f"`count` is {mutuals.count}, but {len(mutuals.people)} people are named"
        path = ("relationship", "mutual_connections", "count")
        yield path, "contradiction", message, "count at least those whom you name"
    sending: Sending | None = getattr(situation, "sending", None)
    as_of = situation.as_of
    if sending is None or as_of is None:
        return
    counted = (("today", sending.today, 1), ("last_7_days", sending.last_7_days, WEEK))
    for listed, sent_on in _days_sent(sending).items():
        ages = [(as_of - day).days for day in sent_on]
        for key, count, days in counted:
            dated = sum(0 <= age < days for age in ages)
            if count is not None and count < dated:
                message = f"`{key}` is {count}, but `{listed}` has {dated}"
                yield ("sending", key), "contradiction", message, LEAVE_ONE
    until = sending.restricted_until
    if until is not None and sending.restricted not in (None, as_of < until):
        lasts = "lies ahead" if as_of < until else "is over"
        message = f"`restricted` is {'yes' if sending.restricted else 'no'}, but {until.isoformat()} {lasts}"
        yield ("sending", "restricted"), "contradiction", message, LEAVE_ONE


def _days_sent(sending: Sending) -> dict[str, list[date]]:
    """The day of each request that is listed, by the key that lists it."""
    return {"dates": list(sending.dates or ()), "times": [each.date() for each in sending.times or ()]}


def _future(situation: Told) -> Iterator[Found]:
    if situation.as_of is None:
        return
    days: list[tuple[DataPath, object]] = []
    told: Relationship | None = getattr(situation, "relationship", None)
    if told:
        days.append((("relationship", "status_since"), told.status_since))
    sending: Sending | None = getattr(situation, "sending", None)
    if sending:
        listed = _days_sent(sending).items()
        days += [(("sending", key, at), day) for key, sent in listed for at, day in enumerate(sent)]
    yield from too_late(days, situation.as_of)


def too_late(days: Iterable[tuple[DataPath, object]], as_of: date) -> Iterator[Found]:
    """Those of `days`, by their places, that lie after the day of asking; words and None never do."""
    for path, day in days:
        if isinstance(day, date) and day > as_of:
            message = f"{day.isoformat()} lies after the day of asking, {as_of.isoformat()}"
            yield path, "future-date", message, "check the year, or give --as-of"


def _lengths(value: object, path: DataPath) -> Iterator[Found]:
    if isinstance(value, str):
        most = LONGEST_DRAFT if path in _NOTES else LONGEST_TEXT
        if len(value) > most:
            message = f"this text has {len(value):,} characters; {most:,} are read at most"
            hint = "give the note alone, not a whole conversation" if path in _NOTES else "shorten it"
            yield path, "too-long", message, hint
    elif isinstance(value, tuple):
        most = _LONG_LISTS.get(path, LONGEST_LIST)
        if len(value) > most:
            message = f"this list has {len(value):,} entries; {most:,} are read at most"
            yield path, "too-long", message, "keep those that matter"
            return
        for at, each in enumerate(value):
            yield from _lengths(each, (*path, at))
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            inner = getattr(value, name)
            if inner is not None and not isinstance(inner, int):
                yield from _lengths(inner, (*path, name))
