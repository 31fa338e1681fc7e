"""What every part of a file of goals allows but the whole does not: days out of order, days counted twice."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from advisor.catalog.consistency import Found, too_late
from advisor.model.goals import Goals


def check(told: Goals) -> Iterator[Found]:
    """Say what is wrong with `told` as a whole."""
    for at, goal in enumerate(told.goals or ()):
        if goal.since and goal.by and goal.by < goal.since:
            message = f"`by` lies before `since`, {goal.since.isoformat()}"
            yield ("goals", at, "by"), "contradiction", message, "swap them, or leave one out"
    ordered = sorted(enumerate(told.log or ()), key=lambda each: each[1].since)
    for at, entry in ordered:
        if entry.until and entry.until < entry.since:
            message = f"`until` lies before `since`, {entry.since.isoformat()}"
            yield ("log", at, "until"), "contradiction", message, "swap them, or leave `until` out"
    for (_, before), (at, entry) in pairwise(ordered):
        if entry.since <= max(before.since, before.until or before.since):
            message = f"this entry begins on {entry.since.isoformat()}, which another one counts already"
            hint = "let each entry begin after the one before it has ended"
            yield ("log", at, "since"), "contradiction", message, hint
    if told.as_of is not None:
        begun = [(("log", at, "since"), each.since) for at, each in enumerate(told.log or ())]
        yield from too_late([(("looked_at",), told.looked_at), *begun], told.as_of)
