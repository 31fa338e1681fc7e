"""Facts to the data of a file: what a person would have to write so that just these are told.

Most facts are told at one place, which the fact vocabulary names; those that are worked out from several
(occasions, mutual connections, counts of requests) are put together here, as `facts/` takes them apart.
Nothing here knows whether it succeeded: whoever asks reads the data back. Names are invented.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, timedelta
from typing import Any

from advisor.catalog.answers import AnswerPlace
from advisor.catalog.plain import NoSuchPlace
from advisor.facts.sending import WEEK
from advisor.model.lexicon import Lexicon
from advisor.model.subject import PROSPECT as A_PROSPECT
from advisor.model.subject import SUBJECTS
from advisor.model.vocabulary import FactSpec, FactValue, Vocabulary

PROSPECT, NICKNAME, COMPANY = "Mira Holm", "Mimi", "Brightwater Works"
SENDER, MUTUAL, EVENT, SHARED, WORK = (
    "Kaj Berg",
    "Tove Lind",
    "Harbour Days",
    "Lakeside Choir",
    "Saltmarsh Atlas",
)
_MADE_UP = {"about": WORK, "work": WORK}
_SOME_WORDS = "swap maps of old tide mills, lakes, dunes and reeds along each shore"
_NOTHING_LEARNED = "bookbinding"
_SOMEWHERE = "somewhere"
_LATER = timedelta(days=WEEK)
_CLOSENESS = "relationship.mutual_connections.people.closeness"
Data = dict[str, Any]
"""A file in the making."""


def nothing(subject: str) -> Data:
    """A file about `subject` that tells no more than it has to: a name, where it needs one."""
    name = AnswerPlace.of_name(subject)
    return name.put({}, PROSPECT) if name else {}


def told(
    facts: Mapping[str, FactValue],
    as_of: date,
    vocabulary: Vocabulary,
    lexicons: Mapping[str, Lexicon],
    *,
    planned: int = 1,
    subject: str = A_PROSPECT,
) -> Data:
    """Data in which `facts` are told, as far as one place does not speak against another.

    `planned` is how many requests of a sum were planned rather than sent, where the facts leave that open.
    The note is left out.
    """
    data = nothing(subject)
    wanted = {name: value for name, value in facts.items() if name in vocabulary}
    _put_all(data, ("relationship", "met"), _met(wanted, as_of))
    _put_all(data, ("relationship", "mutual_connections"), _mutuals(wanted, vocabulary))
    _put_all(data, ("sending",), _sending(wanted, planned))
    if "me.learner_words" in wanted:
        words = sorted(word for each in lexicons.values() for word in each.words("learner_words"))
        does = words[0] if wanted["me.learner_words"] and words else _NOTHING_LEARNED
        _put(data, ("me", "does"), does)
    for spec in vocabulary.given:
        own = spec.name.startswith(("met.", "mutuals.")) or (
            spec.name.startswith("pace.") and spec.told.startswith("sending.") and _is_count_of_days(spec)
        )
        if spec.name in wanted and spec.told and spec.origin != "draft" and not own:
            _tell_at_its_place(data, spec, wanted[spec.name], as_of, vocabulary, subject)
    _put_day_of_status(data, wanted, as_of)
    data["as_of"] = as_of
    known = {each.name for each in fields(SUBJECTS[subject].model)}
    return {key: part for key, part in data.items() if key in known}


def dress(data: Data, wanted: Mapping[str, FactValue]) -> None:
    """Put names into `data` that the note is to hold, or to be held against."""
    if "note.names_company" in wanted or wanted.get("note.wrong_company"):
        _put(data, ("prospect", "company"), COMPANY)
    if wanted.get("note.greeting") == "nickname":
        _put(data, ("prospect", "nickname"), NICKNAME)
    if wanted.get("note.names_known_work"):
        _put(data, ("prospect", "about"), [WORK])
    if wanted.get("note.names_sender"):
        _put(data, ("me", "name"), SENDER)
    if wanted.get("note.names_shared"):
        _put(data, ("relationship", "detail"), SHARED)
    if wanted.get("note.names_meeting"):
        met = data.setdefault("relationship", {}).setdefault("met", [{}])
        if met:
            met[0]["where"] = EVENT
    if wanted.get("note.names_mutual"):
        mutuals = data.setdefault("relationship", {}).setdefault("mutual_connections", {})
        if mutuals.get("count") != 0:
            mutuals.setdefault("people", [{}])[0]["name"] = MUTUAL


def _is_count_of_days(spec: FactSpec) -> bool:
    return spec.told.rpartition(".")[2] in ("today", "planned", "last_7_days", "recent_days", "dates")


def _tell_at_its_place(
    data: Data, spec: FactSpec, value: FactValue, as_of: date, vocabulary: Vocabulary, subject: str
) -> None:
    try:
        place = AnswerPlace.at(spec.told, vocabulary, subject)
    except NoSuchPlace:
        return
    written: object
    match place.kind:
        case "yes-no" | "number" | "rate" | "choice":
            written = value
        case "options":
            written = sorted(value) if isinstance(value, frozenset) else []
        case "names":
            written = [_MADE_UP.get(place.path[-1], SHARED)] if value else []
        case "date":
            if isinstance(value, bool) or not isinstance(value, int) or value >= as_of.toordinal():
                return
            written = as_of - timedelta(days=value)
        case "choices":
            several = sorted(value) if isinstance(value, frozenset) else []
            _put(data, place.path[:-1], [{place.path[-1]: each} for each in several])
            return
        case "name" | "text":
            written = _in_words(value, _MADE_UP.get(place.path[-1], _SOME_WORDS))
        case "note":
            return
    _put(data, place.path, written)


def _in_words(value: FactValue, words: str) -> str:
    """A text for a fact that asks whether there is one, or counts its words."""
    if isinstance(value, bool):
        return words if value else "none"
    if not isinstance(value, int):
        return str(value)
    few = words.split()
    return " ".join(few[at % len(few)] for at in range(value)) if value else "none"


def _met(facts: Mapping[str, FactValue], as_of: date) -> list[Data] | None:
    """Occasions behind them and ahead of them; None where nothing is to be told of any."""
    if not any(name.startswith("met.") for name in facts):
        return None
    ways = facts.get("met.how", frozenset())
    past: list[Data] = [
        {"where": EVENT} if way == _SOMEWHERE else {"how": way}
        for way in (sorted(ways) if isinstance(ways, frozenset) else ())
    ]
    ahead, never = facts.get("met.ahead") is True, facts.get("met.never")
    talked, age = facts.get("met.talked"), facts.get("met.days_ago")
    recent = facts.get("met.since_status")
    met_before = never is False and not ahead
    needed = (
        talked is True or (talked is False and never is not True) or age is not None or recent is not None
    )
    if not past and (needed or met_before) and "met.how" not in facts:
        past.append({"where": EVENT})
    if past and talked is not None:
        past[0]["talked"] = talked
    if past and age is None and recent is not None:
        status = facts.get("status.days_ago", 1)
        if isinstance(status, int):
            age = max(0, status - 1) if recent else status + 1
    if past and isinstance(age, int) and age < as_of.toordinal():
        past[0]["when"] = as_of - timedelta(days=age)
    return [*past, {"where": EVENT, "when": as_of + _LATER}] if ahead else past


def _put_day_of_status(data: Data, facts: Mapping[str, FactValue], as_of: date) -> None:
    """The day of the earlier request, where it is asked for only as before or after a meeting."""
    if "met.since_status" not in facts or "status.days_ago" in facts:
        return
    met = facts.get("met.days_ago", 0 if facts["met.since_status"] else 2)
    if isinstance(met, int) and met < as_of.toordinal() - 1:
        days = met + 1 if facts["met.since_status"] else max(0, met - 1)
        _put(data, ("relationship", "status_since"), as_of - timedelta(days=days))


def _mutuals(facts: Mapping[str, FactValue], vocabulary: Vocabulary) -> Data | None:
    """Mutual connections: how many, and what is told of those that are named."""
    if not any(name.startswith("mutuals.") for name in facts):
        return None
    data: Data = {}
    count, distant = facts.get("mutuals.count"), facts.get("mutuals.distant")
    close, stage = facts.get("mutuals.close_to_both"), facts.get("mutuals.introduction")
    if count is not None:
        data["count"] = count
    levels = [option.name for option in vocabulary.options_at(_CLOSENESS)]
    nearest, middle, farthest = (levels[0], levels[len(levels) // 2], levels[-1]) if levels else ("", "", "")
    people: list[Data] = []
    if count != 0:
        if isinstance(close, int) and close:
            people = [{"knows_them": nearest, "knows_me": nearest} for _ in range(min(close, 100))]
        elif close == 0:
            level = farthest if distant else middle
            people = [{"knows_them": level, "knows_me": level}]
        if stage is not None:
            people = people or [{}]
            people[0]["introduction"] = stage
        if people and close and distant and (not isinstance(count, int) or count > len(people)):
            people.append({})
    if people:
        data["people"] = people
    if distant is not None and (not people or {} in people or close is None):
        data["closeness"] = farthest if distant else middle
    return data


def _sending(facts: Mapping[str, FactValue], split: int) -> Data | None:
    """Counts of requests that give the wanted counts and sums."""
    numbers = {
        name.removeprefix("pace."): value
        for name, value in facts.items()
        if name.startswith("pace.") and isinstance(value, int) and not isinstance(value, bool)
    }
    today, planned, week = (numbers.get(name) for name in ("today", "planned", "last_7_days"))
    sum_today, sum_week = numbers.get("planned_today"), numbers.get("planned_week")
    if planned is None and (sum_today is not None or sum_week is not None):
        if sum_today is not None and today is not None:
            planned = sum_today - today
        elif sum_week is not None and week is not None:
            planned = sum_week - week
        else:
            planned = min(split, *(total for total in (sum_today, sum_week) if total is not None))
    if planned is not None:
        today = sum_today - planned if today is None and sum_today is not None else today
        week = sum_week - planned if week is None and sum_week is not None else week
    data: Data = {}
    days = _days(numbers, today)
    for key, count in (("today", today), ("planned", planned), ("last_7_days", week)):
        if count is not None:
            data[key] = count
    if days is not None:
        data["recent_days"] = days
    return data or None


def _days(numbers: Mapping[str, int], today: int | None) -> list[int] | None:
    """Seven days, today first, with the wanted busiest day and number of days on which anything was sent."""
    busiest, active = numbers.get("busiest_day"), numbers.get("active_days")
    if busiest is None and active is None:
        return None
    if busiest is None:
        busiest = max(today or 0, min(1, active or 0))
    if active is None:
        active = int(busiest > 0) + int(bool(today) and today != busiest)
    days = [0] * WEEK
    days[0] = today or 0
    if busiest not in days:
        days[1] = busiest
    for place in range(1, WEEK):
        if sum(count > 0 for count in days) < active and not days[place]:
            days[place] = min(1, busiest)
    if today is None and active == WEEK and not days[0]:
        days[0] = min(1, busiest)
    return days


def _put_all(data: Data, path: tuple[str, ...], value: object) -> None:
    if value is not None:
        _put(data, path, value)


def _put(data: Data, path: tuple[str, ...], value: object) -> None:
    here = data
    for step in path[:-1]:
        inner = here.setdefault(step, {})
        if not isinstance(inner, dict):
            return
        here = inner
    here[path[-1]] = value
