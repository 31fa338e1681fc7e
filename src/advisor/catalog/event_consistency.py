"""What every part of a file about an event allows but the whole does not: a note that was none, two days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from advisor.catalog.consistency import LEAVE_ONE, Found, too_late
from advisor.model.event import Event
from advisor.model.marks import says_nothing


def check(event: Event) -> Iterator[Found]:
    """Say what is wrong with `event` as a whole."""
    request, note = event.request, event.note
    carried = None if note is None else bool(note.strip()) and not says_nothing(note)
    if request and request.note is not None and carried is not None and request.note is not carried:
        message = "`note` of the request says that it carried " + ("one" if request.note else "none")
        yield ("note",), "contradiction", f"{message}, and here is {'one' if carried else 'none'}", LEAVE_ONE
    if request and request.personal and False in (request.note, carried):
        message = "`personal` is yes, but the request carried no note"
        yield ("request", "personal"), "contradiction", message, LEAVE_ONE
    if isinstance(event.since, date) and event.days is not None and event.as_of is not None:
        passed = (event.as_of - event.since).days
        if passed >= 0 and passed != event.days:
            message = f"`days` is {event.days}, but it is {passed} days since {event.since.isoformat()}"
            yield ("days",), "contradiction", message, LEAVE_ONE
    if event.as_of is not None:
        yield from too_late([(("since",), event.since)], event.as_of)
