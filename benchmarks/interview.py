"""How many questions `advisor ask` needs, against asking all questions in the order of the file.

For every example a person who knows what the example tells (and, of the rest, what is usual or nothing at
all) is interviewed from nothing but the name. Counted are questions until the verdict is settled, or until
nothing is left to ask. Also: how long what-if and the open questions take, and how that grows with what is
unknown.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

from advisor.catalog.situations import read_situation
from advisor.catalog.text import parse
from advisor.model.case import Case
from advisor.model.situation import Situation
from advisor.model.vocabulary import FactValue
from advisor.wiring import Advisor

EXAMPLES = Path(__file__).parents[1] / "examples"
DAY = date(2026, 11, 20)
USUAL: Mapping[str, FactValue] = {
    "status.now": "none", "status.declines": 0, "relationship.asked_to_connect": False, "batch.people": 1,
    "batch.filled_by_tool": False, "pace.today": 2, "pace.planned": 1, "pace.last_7_days": 11,
    "pace.restricted": False, "pace.acceptance_rate": 45,
    "pace.answered": 20, "pace.sent": 40, "profile.kind": "professional", "profile.photo": "headshot",
    "profile.completeness": "complete", "me.stage": "professional", "shared.employer": False,
    "shared.school": False, "shared.group": False, "shared.interest": False, "shared.field": False,
    "mutuals.count": 0, "mutuals.introduction": "none", "mutuals.close_to_both": 0, "met.never": True,
    "met.how": frozenset(), "met.talked": False, "met.ahead": False,
}  # fmt: skip
"""Answers of somebody about whom nothing is out of the ordinary, where the example says nothing."""

DERIVED: Mapping[tuple[str, FactValue], Mapping[str, FactValue]] = {
    ("status.now", "none"): {"status.declines": 0},
    ("mutuals.count", 0): {"mutuals.introduction": "none", "mutuals.close_to_both": 0},
    ("met.never", True): {"met.how": frozenset(), "met.talked": False, "met.ahead": False},
}
"""What the reader of prospect files makes of some answers besides."""


def examples() -> dict[str, Situation]:
    """The example files as situations."""
    advisor_vocabulary = Advisor().vocabulary
    return {
        path.stem: read_situation(parse(path.read_text("utf-8"), path.name), advisor_vocabulary, today=DAY)
        for path in sorted(EXAMPLES.glob("*.yaml"))
    }


def completed(told: Mapping[str, FactValue], told_by: Mapping[str, frozenset[str]]) -> dict[str, FactValue]:
    """What is told, and what is usual wherever nothing is told that belongs to the same answer."""
    truth = dict(told)
    for fact, tells in told_by.items():
        if not any(each in told for each in tells):
            truth |= {each: USUAL[each] for each in {fact, *tells} if each in USUAL}
    for total, part in (("pace.planned_today", "pace.today"), ("pace.planned_week", "pace.last_7_days")):
        one, other = truth.get("pace.planned"), truth.get(part)
        if isinstance(one, int) and isinstance(other, int):
            truth.setdefault(total, one + other)
    return truth


def questions_needed(
    advisor: Advisor, truth: Mapping[str, FactValue], *, by_file: bool
) -> tuple[int, str, bool]:
    """Questions asked until the end, the verdict then, and whether it is settled."""
    decider, explainer = advisor._decider, advisor._explainer
    told_by = decider.analysis.told_by
    facts: dict[str, FactValue] = {}
    skipped: set[str] = set()
    asked = 0
    while True:
        case = Case(facts)
        if by_file:
            agenda = explainer.agenda(case, set(told_by))
            state = decider.analysis.working.start(facts)
            left = [
                fact
                for fact in told_by
                if fact not in facts and fact not in skipped and decider.analysis.asks(fact, state)
            ]
        else:
            agenda = explainer.agenda(case, skipped, 1)
            left = [question.fact for question in agenda.questions]
        if agenda.settled or not left:
            return asked, agenda.verdict, agenda.settled
        asked += 1
        skipped.add(left[0])
        facts |= {fact: truth[fact] for fact in told_by[left[0]] if fact in truth}
        for (fact, value), follows in DERIVED.items():
            if facts.get(fact) == value:
                facts |= follows


def timed(action: Callable[[], object], times: int = 3) -> float:
    """Median time of `action` in milliseconds."""
    spans = []
    for _ in range(times):
        started = time.perf_counter()
        action()
        spans.append((time.perf_counter() - started) * 1000)
    return statistics.median(spans)


def thinned(situation: Situation, parts: int) -> Situation:
    """`situation` with only the first `parts` of its parts told."""
    names = ["draft", "relationship", "purpose", "me", "sending", "batch", "sent_from"]
    return replace(situation, **dict.fromkeys(names[parts:]))


def run() -> None:
    """Print all figures."""
    advisor = Advisor()
    print("questions until settled (or nothing left to ask): ours / in the file's order")
    ours_all, file_all = [], []
    told_by = advisor._decider.analysis.told_by
    for name, situation in examples().items():
        told = dict(advisor.read(situation).facts)
        for kind, truth in (("usual", completed(told, told_by)), ("told only", told)):
            ours = questions_needed(advisor, truth, by_file=False)
            file = questions_needed(advisor, truth, by_file=True)
            assert ours[1] == file[1] or not (ours[2] and file[2]), "both orders settle on one verdict"
            ours_all.append(ours[0])
            file_all.append(file[0])
            print(
                f"  {name:24} {kind:10} {ours[0]:3} / {file[0]:3}   {ours[1]}{'' if ours[2] else ' (open)'}"
            )
    print(f"  mean {statistics.mean(ours_all):.1f} / {statistics.mean(file_all):.1f}")
    print("milliseconds: what-if, all open questions, next question; by unknown facts that some rule tests")
    rows = []
    for name, situation in examples().items():
        for parts in range(8):
            part = thinned(situation, parts)
            known = advisor.read(part).facts
            unknown = sum(fact not in known for fact in advisor._decider.analysis.classes)
            rows.append(
                (
                    unknown,
                    timed(lambda part=part: advisor.what_if(part)),
                    timed(lambda part=part: advisor.agenda(part)),
                    timed(lambda part=part: advisor.agenda(part, most=1)),
                    name,
                )
            )
    edges = (0, 25, 35, 50, 70, 85, 200)
    for low, high in pairwise(edges):
        group = [row for row in rows if low <= row[0] < high]
        if group:
            worst = [max(row[column] for row in group) for column in (1, 2, 3)]
            middle = [statistics.median(row[column] for row in group) for column in (1, 2, 3)]
            print(
                f"  {low:3} to {high - 1:3} unknown ({len(group):2} files): median "
                + ", ".join(f"{value:.0f}" for value in middle)
                + "; worst "
                + ", ".join(f"{value:.0f}" for value in worst)
            )


if __name__ == "__main__":
    run()
