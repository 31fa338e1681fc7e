"""Trying actions: what a situation would be like, and what would be decided, once some of them are done.

Places of the file that an action changes are changed, words of the note are edited and the note is read
again; only what nobody but the writer can put into words is assumed. Nothing here searches or judges.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import combinations

from advisor.model.action import Action, patched
from advisor.model.case import Case
from advisor.model.condition import evaluate
from advisor.model.situation import Situation
from advisor.model.vocabulary import FactValue
from advisor.model.what_if import DraftEdit
from advisor.verdict.analysis import RuleAnalysis
from advisor.verdict.edits import edited, edits_of
from advisor.verdict.network import State

Read = Callable[[Situation, int], Case]
"""The facts of a situation as so many days later, in which nothing was sent."""
Chosen = frozenset[str]
"""Ids of actions."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What comes of a set of actions."""

    situation: Situation
    """What would be told; facts that only the writer's own words can bring about are not in it."""
    case: Case
    state: State
    level: int
    """The verdict, as a place on the scale."""
    days: int = 0
    """Days waited."""
    draft: str = ""
    """The note with all exact edits made; empty where none was."""


class Trials:
    """The trials of one situation."""

    def __init__(self, analysis: RuleAnalysis, situation: Situation, read: Read) -> None:
        self._analysis, self._situation, self._read = analysis, situation, read
        case = read(situation, 0)
        state = analysis.working.start(case.facts)
        self.base = Trial(situation, case, state, analysis.working.level(state))
        actions = analysis.consultation.actions.all
        self.edits: dict[str, tuple[DraftEdit, ...]] = {
            action.id: edits_of(action, situation.draft or "", case)
            for action in actions
            if action.edits_note
        }
        self.actions = {
            action.id: action for action in actions if not action.edits_note or self.edits[action.id]
        }
        """Those that can do anything here, by id."""
        self.of = lru_cache(maxsize=None)(self._of)
        """What comes of a set of actions; None where they contradict one another. Remembered."""

    def offers(self, action: Action, state: State) -> bool:
        """Whether `action` is offered where `state` is so."""
        return (action.when is None or evaluate(action.when, state) is True) and (
            action.unless is None or evaluate(action.unless, state) is not True
        )

    @cached_property
    def touched(self) -> Mapping[str, frozenset[str]]:
        """For each action every fact that may be otherwise once it is done, whatever else is done too."""
        return {name: frozenset(self._touched(action)) for name, action in self.actions.items()}

    def _touched(self, action: Action) -> Iterable[str]:
        yield from action.facts
        alone = self.of(frozenset({action.id}))
        before = self.base.case.facts
        if alone is not None:
            after = alone.case.facts
            yield from (name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
        places = [".".join(patch.place) for patch in action.file]
        for spec in self._analysis.consultation.vocabulary.given:
            by_words = spec.origin == "draft" and (action.edits_note or action.new_note)
            by_waiting = spec.changes_with == "time" and (action.waits_up_to or action.takes_days)
            told = any(_within(spec.told, place) or _within(place, spec.told) for place in places)
            if by_words or by_waiting or told:
                yield spec.name

    def _of(self, chosen: Chosen) -> Trial | None:
        actions = [self.actions[name] for name in sorted(chosen)]
        if any(_contradict(one, other) for one, other in combinations(actions, 2)):
            return None
        situation, draft = self._situation, ""
        for action in actions:
            situation = patched(situation, action.file)
        if any(action.new_note for action in actions):
            situation = replace(situation, draft="")
        edits = [edit for action in actions for edit in self.edits.get(action.id, ())]
        if edits:
            made = edited(self._situation.draft or "", edits)
            if made is None:
                return None
            situation, draft = replace(situation, draft=made), made
        least = max((action.takes_days for action in actions), default=0)
        longest = max((action.waits_up_to for action in actions), default=0)
        days = [least, *(self._days(situation, longest, least) if longest > least else ())]
        if longest and not least:
            days = days[1:]  # to wait no day is not to wait
        trials = [self._trial(situation, each, actions, draft) for each in days]
        # Of days that serve equally well the first is enough.
        return min(trials, key=lambda trial: (trial.level, trial.days))

    def _days(self, situation: Situation, longest: int, least: int) -> list[int]:
        """Days up to `longest` on which the rules see something that they did not see the day before."""
        days, seen = [], self._seen(situation, least)
        for day in range(least + 1, longest + 1):
            now = self._seen(situation, day)
            if now != seen:
                days.append(day)
                seen = now
        return days or [longest]

    def _seen(self, situation: Situation, days: int) -> tuple[object, ...]:
        facts = self._read(situation, days).facts
        return tuple(self._analysis.class_of(name, facts.get(name)) for name in self._analysis.timed)

    def _trial(self, situation: Situation, days: int, actions: Iterable[Action], draft: str) -> Trial:
        case = self._read(situation, days)
        facts = dict(case.facts)
        for action in actions:
            facts |= action.facts
        before = self.base.case.facts
        changes: dict[str, FactValue | None] = {
            name: facts.get(name)
            for name in sorted(facts.keys() | before.keys())
            if facts.get(name) != before.get(name)
        }
        network = self._analysis.working
        state = network.changed(self.base.state, changes)
        return Trial(situation, replace(case, facts=facts), state, network.level(state), days, draft)


def _within(place: str, other: str) -> bool:
    return bool(place and other) and (place == other or place.startswith(f"{other}."))


def _contradict(one: Action, other: Action) -> bool:
    """Whether two actions want different things in one place, or both write the note anew."""
    if one.new_note and other.new_note:
        return True
    if any(one.facts[name] != other.facts[name] for name in one.facts.keys() & other.facts.keys()):
        return True
    places = {patch.place: patch for patch in one.file}
    return any(
        patch.place in places
        and not (patch.adds and places[patch.place].adds)
        and patch.value != places[patch.place].value
        for patch in other.file
    )
