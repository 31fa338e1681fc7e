"""The same situation some days later, where nothing was sent meanwhile: arithmetic on counts only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from advisor.facts.sending import WEEK
from advisor.model.situation import Me, Relationship, Sending, Situation

MONTH = 31
"""Days after which a month is over, whichever it is."""


def later(situation: Situation, days: int) -> Situation:
    """What would be told `days` days later, in which the person sent nothing and nobody answered.

    Dates in the situation stay what they are. A count of the last seven days of which nobody knows the days
    is carried on until seven days are over, so it may be too high, and that of the notes of a month until a
    month is over; a plan for today is over with the day.
    """
    if days <= 0:
        return situation
    sending = situation.sending and _rested(situation.sending, days)
    situation = replace(situation, sending=sending, me=situation.me and _spared(situation.me, days))
    if situation.as_of is None:
        return situation
    day = situation.as_of + timedelta(days=days)
    told = situation.relationship and _still_ahead(situation.relationship, situation.as_of, day)
    return replace(situation, as_of=day, relationship=told)


def _still_ahead(told: Relationship, before: date, day: date) -> Relationship:
    """Occasions that lay ahead still do: that days pass does not mean that one has been there."""
    met = tuple(
        replace(each, when=day + timedelta(days=1))
        if isinstance(each.when, date) and before < each.when <= day
        else each
        for each in told.met or ()
    )
    return told if told.met is None else replace(told, met=met)


def _spared(me: Me, days: int) -> Me:
    """Notes that are not used up for a whole month, whichever day the month began on."""
    return replace(me, notes_this_month=0) if me.notes_this_month and days >= MONTH else me


def _rested(sending: Sending, days: int) -> Sending:
    recent = sending.recent_days
    if recent is not None:
        recent = (*(0,) * min(days, WEEK), *recent)
    told_today = sending.today is not None or sending.recent_days is not None
    week = sending.last_7_days
    if week is not None:
        by_days = sum(recent[:WEEK]) if recent is not None else week
        week = 0 if days >= WEEK else min(week, by_days) if recent and len(recent) >= WEEK else week
    return replace(
        sending, today=0 if told_today else None, planned=None, recent_days=recent, last_7_days=week
    )
