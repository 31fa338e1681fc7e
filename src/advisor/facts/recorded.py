"""What a prospect file leaves open, filled in from the person's own records; what it tells, it tells.

Only what the records show is filled in, and only as of the day of asking. Where the file says otherwise,
the file is believed and the difference is said. Counts of what was accepted that are known not to be whole
are marked so, and nobody takes a rate from them: an export lists recent and open invitations alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from advisor.facts.acquaintance import Acquaintances
from advisor.facts.kept import day_covered, history_of, outcome_on
from advisor.facts.places import shared_places
from advisor.model.records import Connected, Exchange, Invited, Records
from advisor.model.situation import NEVER_SENT, Encounter, Me, Relationship, Sending, Shared, Situation

_CONNECTED = "connected"
_INVITED = "invited"
_INVITED_YOU = "invited you"
_MESSAGES = "messages"
_DAYS_KEPT = 31
"""Days before the day of asking whose requests are handed on one by one; counts need no older ones."""
_MOST_DATES = 10_000
"""Requests of those days that are handed on; nobody can send so many."""
_LONGEST_DETAIL = 2_000
"""Characters of a remark that are handed on: as many as a prospect file may have."""
_TOLD_PACE = (
    "today",
    "last_7_days",
    "recent_days",
    "dates",
    "times",
    "busiest_day",
    "active_days",
    "in_one_hour",
)
_TOLD_RATES = ("sent", "accepted", "answered", "acceptance_rate", "over_days", "partial")
_RATES = ("sent", "accepted", "answered", "over_days", "partial")
"""What is taken over of a history's counts; those that are partial are passed over by whoever reckons."""


@dataclass(frozen=True, slots=True)
class Window:
    """The time over which acceptance is counted."""

    answer_time: int
    """Days that a request gets to be answered before it counts."""
    judged_over: int
    """Days before those that are counted."""


def with_records(
    situation: Situation,
    records: Records,
    as_of: date,
    titles: frozenset[str] = frozenset(),
    window: Window | None = None,
) -> tuple[Situation, tuple[str, ...]]:
    """`situation` with what `records` show on the day `as_of`, and remarks for people.

    `titles` are folded words that are no part of a name. Without a `window` acceptance is not counted.
    """
    return RecordsFiller(records, titles, window).fill(situation, as_of)


class RecordsFiller:
    """Fills situations from one set of records; made once for many prospects."""

    def __init__(
        self, records: Records, titles: frozenset[str] = frozenset(), window: Window | None = None
    ) -> None:
        self._records, self._window = records, window
        self._people = Acquaintances(records, titles)

    def fill(self, situation: Situation, as_of: date) -> tuple[Situation, tuple[str, ...]]:
        """`situation` with what the records show on the day `as_of`, and remarks for people."""
        remarks: list[str] = []
        filled = replace(
            situation,
            relationship=self._relationship(situation, as_of, remarks),
            me=own_profile(situation.me, self._records),
            sending=self.sending(situation.sending, as_of, remarks),
        )
        return filled, tuple(remarks)

    def sending(self, told: Sending | None, as_of: date, remarks: list[str]) -> Sending | None:
        """The part `sending` with what the records show; adds to `remarks` what to know about it."""
        if "invitations" not in self._records.files:
            return told
        changes: dict[str, object] = {}
        if not _tells(told, _TOLD_PACE):
            changes |= self._pace(as_of, remarks)
        if not _tells(told, _TOLD_RATES):
            changes |= self._rates(as_of, remarks)
        return replace(told or Sending(), **changes) if changes else told  # type: ignore[arg-type]

    def _pace(self, as_of: date, remarks: list[str]) -> dict[str, object]:
        if not day_covered(self._records, as_of):
            remarks.append(
                f"your records end on {self._records.taken_on}: how many requests you sent since then is not "
                "known, nor is your pace"
            )
            return {}
        first = as_of - timedelta(days=min(_DAYS_KEPT, (as_of - date.min).days))
        sent = (each.on for each in self._records.invitations if not each.incoming and each.on is not None)
        dates = sorted((day for day in sent if first < day <= as_of), reverse=True)
        return {"dates": tuple(dates[:_MOST_DATES])}

    def _rates(self, as_of: date, remarks: list[str]) -> dict[str, object]:
        if self._window is None:
            return {}
        counted = history_of(
            self._records, as_of, answer_time=self._window.answer_time, judged_over=self._window.judged_over
        ).sending
        if counted is None or counted.sent is None:
            return {}
        if counted.partial:
            why = self._records.partial.get("invitations", "it is not told what became of all of them")
            remarks.append(
                f"{counted.accepted} of {counted.sent} requests in your records were accepted; no rate is "
                f"taken from that, since {why}"
            )
        return {name: getattr(counted, name) for name in _RATES}

    def _relationship(self, situation: Situation, as_of: date, remarks: list[str]) -> Relationship | None:
        prospect, told = situation.prospect, situation.relationship or Relationship()
        name, profile = prospect.name, prospect.profile
        connected = self._people.connected(name, profile)
        invited = self._people.invitations_with(name, profile)
        exchange = self._people.exchange(name, profile)
        remark = self._people.remark(name, profile)
        if any(each.ambiguous for each in (connected, invited, exchange, remark)):
            remarks.append(
                f"your records know several people called {name}; `profile` in the prospect file, with the "
                "address of theirs, tells which one it is"
            )
        changes: dict[str, object] = {}
        if not (connected.ambiguous or invited.ambiguous):
            changes |= self._status(told, connected.first, invited.records, as_of, remarks)
        if exchange.first is not None:
            changes |= _met(told, exchange.first, as_of, remarks)
        about = [each for each in remark.records if each.text and (each.on is None or each.on <= as_of)]
        if told.detail is None and about:
            changes["detail"] = about[-1].text[:_LONGEST_DETAIL]
        shared = self._shared(situation, connected.first)
        if shared is not None and shared != told.shared:
            changes["shared"] = shared
        return replace(told, **changes) if changes else situation.relationship  # type: ignore[arg-type]

    def _status(
        self,
        told: Relationship,
        connected: Connected | None,
        invited: Iterable[Invited],
        as_of: date,
        remarks: list[str],
    ) -> dict[str, object]:
        status, since = self._status_shown(connected, invited, as_of)
        if status is None:
            return {}
        if told.status is None:
            if status == NEVER_SENT and told.declines:
                return {}
            when = {} if told.status_since is not None or since is None else {"status_since": since}
            return {"status": status, **when}
        if told.status != status:
            if status != NEVER_SENT:  # records that know of nothing are no reason to doubt what is told
                day = f" since {since}" if since is not None else ""
                remarks.append(
                    f"the prospect file says `status: {told.status}`, your records say {status}{day}; "
                    "the file is believed"
                )
            return {}
        return {"status_since": since} if told.status_since is None and since is not None else {}

    def _status_shown(
        self, connected: Connected | None, invited: Iterable[Invited], as_of: date
    ) -> tuple[str | None, date | None]:
        """What the records say of earlier requests, and since when; None where they do not say."""
        if connected is not None and (connected.on is None or connected.on <= as_of):
            return _CONNECTED, connected.on
        known = [each for each in invited if each.on is None or each.on <= as_of]
        if ours := [each for each in known if not each.incoming]:
            return self._from_ours(max(ours, key=_day), as_of)
        if known:
            theirs = max(known, key=_day)
            return (_INVITED_YOU, theirs.on) if outcome_on(theirs, as_of) == "pending" else (None, None)
        both = {"connections", "invitations"} <= self._records.files
        return (NEVER_SENT, None) if both and connected is None else (None, None)

    def _from_ours(self, invited: Invited, as_of: date) -> tuple[str | None, date | None]:
        """What our latest invitation shows; an accepted one nothing, where they are no connection now."""
        match outcome_on(invited, as_of):
            case "pending":
                return _INVITED, invited.on
            case "withdrawn" | "declined":
                return invited.outcome, invited.answered
            case "accepted" if "connections" not in self._records.files:
                return _CONNECTED, invited.answered
        return None, None

    def _shared(self, situation: Situation, connected: Connected | None) -> Shared | None:
        told = situation.relationship.shared if situation.relationship else None
        prospect = situation.prospect
        company = prospect.company or (connected.company if connected is not None else None)
        changes: dict[str, object] = {}
        if told is None or told.employers is None:
            places = (each.place for each in self._records.positions)
            if found := shared_places(places, (company, *(prospect.employers or ()))):
                changes["employers"] = found
        if told is None or told.schools is None:
            places = (each.place for each in self._records.schools)
            if found := shared_places(places, prospect.schools or ()):
                changes["schools"] = found
        return replace(told or Shared(), **changes) if changes else told  # type: ignore[arg-type]


def _met(told: Relationship, exchange: Exchange, as_of: date, remarks: list[str]) -> dict[str, object]:
    if not (exchange.by_you and exchange.by_them) or not _by(exchange.first, as_of):
        return {}
    if told.met is not None:
        if not told.met:
            remarks.append(
                "the prospect file says that you never met or interacted, your records hold messages both "
                "ways; the file is believed"
            )
        return {}
    when = exchange.last if _by(exchange.last, as_of) else None
    return {"met": (Encounter(how=_MESSAGES, when=when, talked=True),)}


def own_profile(told: Me | None, records: Records) -> Me | None:
    """What is told of oneself, filled in from the profile in one's records; None where neither tells."""
    own = records.me
    if own is None:
        return told
    shown = {"name": own.name, "headline": own.headline, "industry": own.industry}
    changes = {key: text for key, text in shown.items() if text and getattr(told, key, None) is None}
    return replace(told or Me(), **changes) if changes else told  # type: ignore[arg-type]


def _tells(sending: Sending | None, fields: Iterable[str]) -> bool:
    return any(getattr(sending, each, None) is not None for each in fields)


def _by(day: date | None, as_of: date) -> bool:
    """Whether something had happened by the day of asking."""
    return day is not None and day <= as_of


def _day(invited: Invited) -> date:
    return invited.on or date.min
