"""Facts that follow from goals and what came of them: sums, comparisons of periods, progress by an even pace.

Nothing here is weighed or scored, and nothing is called good or bad: what follows from the numbers is for
rules to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from advisor.facts.durations import days_ago
from advisor.facts.sending import sending_facts
from advisor.model.case import Case
from advisor.model.goals import COUNTED, Goal, Goals, Progress, Standing, Stretch, Survey
from advisor.model.situation import Sending
from advisor.model.vocabulary import FactValue, Vocabulary

if TYPE_CHECKING:
    from advisor.facts.case import CaseReader

_PLACE = "goals.what"
_STANDINGS: tuple[tuple[Standing, str], ...] = (
    ("reached", "goals.reached"),
    ("on course", "goals.on_course"),
    ("behind", "goals.behind"),
    ("missed", "goals.missed"),
    ("not counted", "goals.not_counted"),
    ("not specific", "goals.not_specific"),
)
_ENOUGH_TO_COMPARE = 2
"""Periods that it takes for one to be compared with those before."""


def read(told: Goals, as_of: date, reader: CaseReader) -> Case:
    """All facts that `told` makes known on the day `as_of`."""
    seen = survey(told, as_of)
    facts: dict[str, FactValue | None] = {"looked.days_ago": days_ago(told.looked_at, as_of)}
    words = {"me.name": told.me.name} if told.me and told.me.name else {}
    if told.goals is not None:
        facts["goals.number"] = len(told.goals)
        for standing, fact in _STANDINGS:
            which = [each for each in seen.progress if each.standing == standing]
            facts[fact] = len(which)
            if which:
                words[f"{fact}.named"] = ", ".join(in_words(each, reader.vocabulary) for each in which)
    if told.log is not None:
        facts |= _record(seen.stretches, as_of)
    known = {name: value for name, value in facts.items() if value is not None}
    return Case(facts=known, words=words)


def survey(told: Goals, as_of: date) -> Survey:
    """What goals and log show together on the day `as_of`; periods that lie ahead are left out."""
    begun = sorted(
        (each for each in told.log or () if each.since <= as_of), key=lambda each: (each.since, repr(each))
    )
    nexts = (*(each.since - timedelta(days=1) for each in begun[1:]), as_of)
    stretches = tuple(
        Stretch(each, min(as_of, max(each.since, each.until or last)))
        for each, last in zip(begun, nexts, strict=False)
    )
    return Survey(stretches, tuple(_progress(goal, stretches, as_of) for goal in told.goals or ()))


def names(vocabulary: Vocabulary) -> dict[str, str]:
    """What goals can count, in words."""
    return {option.name: option.means or option.name for option in vocabulary.options_at(_PLACE)}


def in_words(progress: Progress, vocabulary: Vocabulary) -> str:
    """One goal and how far it has come, such as `meaningful interactions (3 of 10 by 2026-12-31)`."""
    goal = progress.goal
    what = goal.said(names(vocabulary))
    parts = []
    if goal.count is not None:
        parts.append(f"{progress.done} of {goal.count}" if progress.done is not None else f"{goal.count}")
    if goal.by is not None:
        parts.append(f"by {goal.by.isoformat()}")
    what = what or "a goal that says neither what nor why"
    return f"{what} ({' '.join(parts)})" if parts else what


def _progress(goal: Goal, stretches: Sequence[Stretch], as_of: date) -> Progress:
    start = goal.since or (stretches[0].period.since if stretches else as_of)
    last = as_of if goal.by is None else min(as_of, goal.by)
    within = [each for each in stretches if start <= each.period.since <= last]
    told = [count for each in within if goal.what and (count := each.count(goal.what)) is not None]
    done = sum(told) if told else None
    due = None
    if goal.count is not None and goal.by is not None:
        whole = max((goal.by - start).days + 1, 1)
        passed = min(max((last - start).days + 1, 0), whole)
        due = -(-goal.count * passed // whole)
    return Progress(goal, done, due, _standing(goal, done, due, as_of))


def _standing(goal: Goal, done: int | None, due: int | None, as_of: date) -> Standing:
    if goal.count is not None and done is not None and done >= goal.count:
        return "reached"
    if goal.what is None or goal.count is None or goal.by is None or due is None:
        return "not specific"
    if done is None:
        return "not counted"
    if as_of > goal.by:
        return "missed"
    return "on course" if done >= due else "behind"


def _record(stretches: Sequence[Stretch], as_of: date) -> dict[str, FactValue | None]:
    """What the log says by itself."""
    facts: dict[str, FactValue | None] = {"record.periods": len(stretches)}
    if not stretches:
        return facts
    totals = {what: _total(stretches, what) for what in COUNTED}
    facts |= {f"total.{what}": total for what, total in totals.items()}
    facts["record.counts"] = frozenset(what for what, total in totals.items() if total is not None)
    facts["record.days_ago"] = (as_of - max(each.until for each in stretches)).days
    shared = [each.until for each in stretches if each.count("posts")]
    facts["posts.days_ago"] = (as_of - max(shared)).days if shared else None
    both = [each for each in stretches if None not in (each.count("sent"), each.count("accepted"))]
    sent, accepted = _total(both, "sent"), _total(both, "accepted")
    # More may be accepted in a period than was sent in it: requests of earlier weeks are answered too.
    if sent is not None and accepted is not None:
        facts |= sending_facts(Sending(sent=sent, accepted=min(sent, accepted)), as_of)
    if len(both) >= _ENOUGH_TO_COMPARE:
        facts |= _rates(both[-1], both[:-1])
    lively = [each for each in stretches if each.count("interactions") is not None]
    if len(lively) >= _ENOUGH_TO_COMPARE:
        facts["trend.interactions"] = _compared(lively[-1], lively[:-1], "interactions")
    return facts


def _rates(latest: Stretch, earlier: Sequence[Stretch]) -> dict[str, FactValue | None]:
    """Acceptance of the latest period against that of all before it, in whole percent."""
    now, before = _rate([latest]), _rate(earlier)
    facts: dict[str, FactValue | None] = {
        "trend.sent_latest": _total([latest], "sent"),
        "trend.sent_earlier": _total(earlier, "sent"),
        "trend.rate_latest": now,
        "trend.rate_earlier": before,
    }
    if now is not None and before is not None:
        facts["trend.rate_drop"] = max(before - now, 0)
    return facts


def _rate(stretches: Sequence[Stretch]) -> int | None:
    sent, accepted = _total(stretches, "sent"), _total(stretches, "accepted")
    return min(100, accepted * 100 // sent) if sent and accepted is not None else None


def _compared(latest: Stretch, earlier: Sequence[Stretch], what: str) -> str:
    """Whether the latest period has more of something a day than those before it."""
    now = (latest.count(what) or 0) * sum(each.days for each in earlier)
    before = (_total(earlier, what) or 0) * latest.days
    return "more" if now > before else "fewer" if now < before else "as many"


def _total(stretches: Sequence[Stretch], what: str) -> int | None:
    counts = [count for each in stretches if (count := each.count(what)) is not None]
    return sum(counts) if counts else None
