"""Facts that follow from what the person told about themselves, the prospect and the two of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from advisor.facts.durations import days_ago
from advisor.model.lexicon import Lexicon
from advisor.model.marks import says_nothing, says_something
from advisor.model.situation import (
    NEVER_SENT,
    Me,
    MutualConnections,
    Prospect,
    Purpose,
    Relationship,
    Shared,
    Situation,
)
from advisor.model.tokens import fold, tokenize
from advisor.model.vocabulary import FactValue, Vocabulary

_SOMEWHERE = "somewhere"
"""An encounter of which only the place or time is told."""
_TELLING_LETTERS = 3
"""A word that names a trade is longer than this."""
_INTRODUCTION = "relationship.mutual_connections.people.introduction"
"""Where a prospect file tells how far an introduction has come; its closed list is in that order."""
_DISTANT = "barely"
_CLOSE = "well"
"""The closeness that counts: whoever knows both people so can speak for one to the other."""
_Told = dict[str, FactValue | None]


def told_facts(
    situation: Situation,
    as_of: date,
    vocabulary: Vocabulary,
    lexicons: Mapping[str, Lexicon],
    skip: frozenset[str] | None = None,
) -> dict[str, FactValue]:
    """Everything the situation says outright or by plain reckoning, the draft and the sending left out.

    `skip`: what `no_trade` gives for `lexicons`, where somebody has it at hand.
    """
    facts: _Told = {}
    if situation.relationship is not None:
        facts |= _relationship(situation.relationship, as_of, vocabulary)
    if situation.purpose is not None:
        facts |= _purpose(situation.purpose)
    if situation.batch is not None:
        facts |= {
            "batch.people": situation.batch.people,
            "batch.picked_by": situation.batch.picked_by,
            "batch.filled_by_tool": situation.batch.filled_by_tool,
        }
    if situation.me is not None:
        facts |= _me(situation.me, lexicons)
    facts["channel.sent_from"] = situation.sent_from
    if facts.get("shared.field") is None and situation.me is not None:
        skip = no_trade(lexicons) if skip is None else skip
        facts["shared.field"] = same_field(situation.prospect, situation.me, skip)
    return {name: value for name, value in facts.items() if value is not None}


def _relationship(relationship: Relationship, as_of: date, vocabulary: Vocabulary) -> _Told:
    facts: _Told = {
        "relationship.known_as": relationship.known_as,
        "status.now": relationship.status,
        "status.days_ago": days_ago(relationship.status_since, as_of),
        # Who has never sent them a request has had none declined.
        "status.declines": 0
        if relationship.declines is None and relationship.status == NEVER_SENT
        else relationship.declines,
        "relationship.asked_to_connect": relationship.asked_to_connect,
    }
    if relationship.met is not None:
        past = [met for met in relationship.met if not _ahead(met.when, as_of)]
        facts["met.never"] = not relationship.met
        facts["met.how"] = frozenset(met.how or _SOMEWHERE for met in past)
        facts["met.ahead"] = len(past) < len(relationship.met)
        talked = [met.talked for met in past if met.talked is not None]
        facts["met.talked"] = any(talked) if talked or not past else None
        ages = [age for met in past if (age := days_ago(met.when, as_of)) is not None]
        facts["met.days_ago"] = min(ages, default=None)
        newest = _newest(met.when for met in past)
        if newest and isinstance(relationship.status_since, date) and relationship.status_since <= as_of:
            facts["met.since_status"] = newest > relationship.status_since
    if relationship.mutual_connections is not None:
        facts |= _mutuals(relationship.mutual_connections, vocabulary)
    if relationship.shared is not None:
        facts |= _shared(relationship.shared)
    return facts


def _mutuals(mutuals: MutualConnections, vocabulary: Vocabulary) -> _Told:
    people = mutuals.people
    count = mutuals.count
    if people is not None:
        # Whoever is named is a mutual connection, counted or not.
        count = max(count or 0, len(people))
    facts: _Told = {"mutuals.count": count}
    if mutuals.closeness is not None:
        facts["mutuals.distant"] = mutuals.closeness == _DISTANT
    if count == 0:
        facts |= {"mutuals.introduction": "none", "mutuals.close_to_both": 0}
    elif people:
        stages = [person.introduction for person in people if person.introduction is not None]
        if stages:
            order = [option.name for option in vocabulary.options_at(_INTRODUCTION)]
            facts["mutuals.introduction"] = max(stages, key=order.index)
        levels = [{person.knows_them, person.knows_me} - {None} for person in people]
        if all(levels):
            facts["mutuals.distant"] = all(_DISTANT in level for level in levels)
        if any(person.knows_them and person.knows_me for person in people):
            facts["mutuals.close_to_both"] = sum(
                person.knows_them == _CLOSE and person.knows_me == _CLOSE for person in people
            )
    return facts


def _shared(shared: Shared) -> _Told:
    return {
        "shared.employer": _any(shared.employers),
        "shared.school": _any(shared.schools),
        "shared.group": _any(shared.groups),
        "shared.interest": _any(shared.interests),
        "shared.field": shared.field,
    }


def _purpose(purpose: Purpose) -> _Told:
    detail = None if purpose.detail is None else len(tokenize(purpose.detail))
    return {
        "purpose.kind": purpose.kind,
        "purpose.detail_words": 0 if says_nothing(purpose.detail) else detail,
        "purpose.names_work": says_something(purpose.work),
        "purpose.offer": says_something(purpose.offer),
    }


def _me(me: Me, lexicons: Mapping[str, Lexicon]) -> _Told:
    facts: _Told = {
        "me.stage": me.stage,
        "me.account": me.account,
        "me.notes_this_month": me.notes_this_month,
    }
    if me.headline or me.does:
        words = {token.folded for token in tokenize(f"{me.headline or ''} {me.does or ''}")}
        facts["me.learner_words"] = any(
            words & lexicon.words("learner_words") for lexicon in lexicons.values()
        )
    if me.profile is not None:
        facts |= {
            "profile.kind": me.profile.kind,
            "profile.photo": me.profile.photo,
            "profile.completeness": me.profile.completeness,
        }
    return facts


def no_trade(lexicons: Mapping[str, Lexicon]) -> frozenset[str]:
    """Words that name no trade: ranks such as `senior manager`, and small words."""
    return _joined(
        tuple(
            words
            for lexicon in lexicons.values()
            for words in (lexicon.words("rank_words"), lexicon.function_words)
        )
    )


def same_field(prospect: Prospect, me: Me, skip: frozenset[str]) -> bool | None:
    """True where both name the same industry or trade; otherwise unknown, never false.

    Two differently worded industries may well be one field, so a difference proves nothing. `skip`: words
    that name no trade.
    """
    if me.industry and prospect.industry and fold(me.industry) == fold(prospect.industry):
        return True
    ours = _trade(skip, me.industry, me.headline, me.does)
    theirs = _trade(skip, prospect.industry, prospect.headline, prospect.title)
    return True if ours & theirs else None


@lru_cache(maxsize=8)
def _joined(sets: tuple[frozenset[str], ...]) -> frozenset[str]:
    """The union of `sets`, which are the same for all cases."""
    return frozenset().union(*sets)


@lru_cache(maxsize=4096)
def _trade(skip: frozenset[str], *texts: str | None) -> frozenset[str]:
    """Words that name a trade, ranks such as `senior manager` left out."""
    return frozenset(
        token.folded
        for text in texts
        if text
        for token in tokenize(text)
        if token.folded not in skip and len(token.folded) > _TELLING_LETTERS
    )


def _any(names: Iterable[str] | None) -> bool | None:
    return None if names is None else any(not says_nothing(name) for name in names)


def _newest(days: Iterable[date | str | None]) -> date | None:
    """The latest of those that are dates; a length of time is too coarse to say which of two came first."""
    return max((day for day in days if isinstance(day, date)), default=None)


def _ahead(day: date | str | None, as_of: date) -> bool:
    return isinstance(day, date) and day > as_of
