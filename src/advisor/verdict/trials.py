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
VARIANT = "@"
"""Stands in an id between an action that waits and the days of one variant of it."""


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
        actions = [
            variant for action in analysis.consultation.actions.all for variant in self._variants(action)
        ]
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
        self.characters_read = 0
        """Characters of edited notes that were read: what takes time in a trial."""

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
            self.characters_read += len(made)
            situation, draft = replace(situation, draft=made), made
        days = max((action.takes_days for action in actions), default=0)
        return self._trial(situation, days, actions, draft)

    def _variants(self, action: Action) -> list[Action]:
        """One that waits, once for each day on which the rules see something new; others as they are."""
        if not action.waits_up_to:
            return [action]
        days, seen = [], self._seen(0)
        for day in range(1, action.waits_up_to + 1):
            now = self._seen(day)
            if now != seen:
                days.append(day)
                seen = now
        return [
            replace(action, id=f"{action.id}{VARIANT}{day}", takes_days=day, waits_up_to=day) for day in days
        ]

    def _seen(self, days: int) -> tuple[object, ...]:
        facts = self._read(self._situation, days).facts
        return tuple(self._analysis.class_of(name, facts.get(name)) for name in self._analysis.timed)

    def _trial(self, situation: Situation, days: int, actions: Iterable[Action], draft: str) -> Trial | None:
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
        if network.contradicts(state, self.base.state):
            return None
        return Trial(situation, replace(case, facts=facts), state, network.level(state), days, draft)


def offers(action: Action, state: State) -> bool:
    """Whether `action` is offered where `state` is so."""
    return (action.when is None or evaluate(action.when, state) is True) and (
        action.unless is None or evaluate(action.unless, state) is not True
    )


def base_id(action: Action) -> str:
    """The id under which `action` is written, whatever its variant."""
    return action.id.partition(VARIANT)[0]


def _within(place: str, other: str) -> bool:
    return bool(place and other) and (place == other or place.startswith(f"{other}."))


def _contradict(one: Action, other: Action) -> bool:
    """Whether two actions want different things in one place, or both write the note anew."""
    if (one.new_note and other.new_note) or base_id(one) == base_id(other):
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
