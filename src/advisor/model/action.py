"""Actions: what a person can do about a verdict, and what is otherwise once it is done.

All of them are written in `rules/<consultation>/actions.yaml`. An action never changes what cannot be decided
upon: nobody can decide to have met, but anybody can go to an event.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from advisor.model.condition import Condition, Test, mapped
from advisor.model.situation import Situation
from advisor.model.vocabulary import FactValue, Lever


@dataclass(frozen=True, slots=True)
class Patch:
    """One place of a prospect file that reads otherwise when the action is done."""

    place: tuple[str, ...]
    """Keys from the top, such as `("relationship", "met")`."""
    models: tuple[type, ...]
    """Classes of the parts on the way there, so that a part that nobody told can be made."""
    value: object
    """What stands there then, in the situation's own types."""
    adds: bool = False
    """Whether `value` holds items that are added to the list that stands there."""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do."""

    id: str
    does: str
    """What the person does, in plain words; may quote `{prospect.name}`, `{facts}` and `{$settings}`."""
    changes: Lever
    """What it changes, which also says how dear it is."""
    when: Condition | None = None
    """It is offered only where this is definitely true; None: always."""
    unless: Condition | None = None
    """It is not offered where this is definitely true; None: never so."""
    cites: tuple[str, ...] = ()
    """Passages that advise it."""
    file: tuple[Patch, ...] = ()
    """What the prospect file tells then."""
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    """Facts that are so then, where only the person can find the words that make them so."""
    new_note: bool = False
    """Whether a note is written from nothing: all that is read in a note is then absent but for `facts`."""
    removes: tuple[str, ...] = ()
    """Facts of the note: the sentences in which they show are taken out."""
    strikes: tuple[str, ...] = ()
    """Facts of the note: just the words in which they show are taken out."""
    fills: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """For texts of the prospect file the words of placeholders that they fill."""
    greets: Mapping[str, str] = field(default_factory=dict)
    """By language: the greeting that takes the place of the note's own."""
    inserts: Mapping[str, str] = field(default_factory=dict)
    """By language: a sentence that is put in after the greeting."""
    about: tuple[str, ...] = ()
    """Facts of the note whose words are quoted with it, where no exact edit is named."""
    takes_days: int = 0
    """Days that it takes at least, in which nothing is sent."""
    waits_up_to: int = 0
    """Most days to wait without sending anything; the fewest that serve are looked for."""

    @property
    def edits_note(self) -> bool:
        """Whether it names an exact change of the note's words."""
        return bool(self.removes or self.strikes or self.fills or self.greets or self.inserts)


@dataclass(frozen=True, slots=True)
class Actions:
    """All actions of a consultation."""

    levers: tuple[Lever, ...] = ()
    """What can be changed, from the cheapest to the dearest."""
    at_once: frozenset[Lever] = frozenset()
    """Levers that can be pulled today: no waiting, and nobody to be met."""
    all: tuple[Action, ...] = ()
    """By id."""

    def mapped(self, change: Callable[[Test], Test]) -> Actions:
        """The same actions with every leaf of their conditions as `change` makes it."""
        return replace(
            self,
            all=tuple(
                replace(
                    each,
                    when=each.when and mapped(each.when, change),
                    unless=each.unless and mapped(each.unless, change),
                )
                for each in self.all
            ),
        )


def patched(situation: Situation, patches: Iterable[Patch]) -> Situation:
    """`situation` with what `patches` say in its places; parts that nobody told are made where needed."""
    for patch in patches:
        situation = _put(situation, patch, 0)
    return situation


def _put(part: Any, patch: Patch, depth: int) -> Any:
    key = patch.place[depth]
    here = getattr(part, key)
    if depth + 1 == len(patch.place):
        value = (*(here or ()), *patch.value) if patch.adds else patch.value  # type: ignore[misc]
    else:
        value = _put(patch.models[depth + 1]() if here is None else here, patch, depth + 1)
    return replace(part, **{key: value})
