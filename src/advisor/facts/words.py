"""The words of a situation: what a draft is read against, without what is chosen from lists or counted.

Two situations with the same words read alike, so that a note need not be read again when only a choice, a
count or a date is otherwise.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from advisor.model.situation import (
    Encounter,
    Me,
    MutualConnection,
    MutualConnections,
    Purpose,
    Relationship,
    Shared,
    Situation,
)
from advisor.model.tokens import tokenize

_Part = TypeVar("_Part")


def words_only(situation: Situation) -> Situation:
    """`situation` with nothing but its words; parts in which none are left are dropped."""
    told, purpose, me = situation.relationship, situation.purpose, situation.me
    return Situation(
        prospect=situation.prospect,
        draft=situation.draft,
        relationship=_relationship(told) if told else None,
        purpose=_or_none(Purpose(detail=purpose.detail, work=purpose.work, offer=purpose.offer), Purpose())
        if purpose
        else None,
        me=_or_none(replace(me, stage=None, profile=None, account=None, notes_this_month=None), Me())
        if me
        else None,
    )


def _relationship(told: Relationship) -> Relationship | None:
    met = tuple(
        Encounter(where=each.where, detail=each.detail)
        for each in told.met or ()
        if each.where or each.detail
    )
    people = tuple(
        MutualConnection(name=each.name, detail=each.detail)
        for each in (told.mutual_connections.people if told.mutual_connections else None) or ()
        if each.name or each.detail
    )
    shared = _or_none(replace(told.shared, field=None), Shared()) if told.shared else None
    words = Relationship(
        detail=told.detail,
        met=met or None,
        mutual_connections=MutualConnections(people=people) if people else None,
        shared=shared,
    )
    return _or_none(words, Relationship())


def _or_none(part: _Part, empty: _Part) -> _Part | None:
    return None if part == empty else part


def names_in(situation: Situation) -> frozenset[str]:
    """Names of the two people and of the prospect's company: known to all who write to this person."""
    told = (situation.prospect.name, situation.prospect.company, situation.me and situation.me.name)
    return frozenset(token.folded for text in told if text for token in tokenize(text))


def told_texts(situation: Situation) -> list[str]:
    """Every text of the file but the draft."""
    texts: list[str] = []

    def walk(value: object) -> None:
        if isinstance(value, str):
            texts.append(value)
        elif isinstance(value, tuple):
            for item in value:
                walk(item)
        elif hasattr(value, "__dataclass_fields__"):
            for name in value.__dataclass_fields__:
                if name != "draft":
                    walk(getattr(value, name))

    walk(situation)
    return texts
