"""Changes that must change nothing: other names, another order, a rule that never holds."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar

from hypothesis import strategies as st

from advisor.model.condition import All, Test
from advisor.model.knowledge_base import KnowledgeBase
from advisor.model.lexicon import Lexicon, PhraseIndex
from advisor.model.rule import Consultation, Rule
from advisor.model.situation import Situation
from advisor.testing.filler import filler
from advisor.testing.persons import Person, knows, made_up
from advisor.testing.shipped import shipped_knowledge
from advisor.testing.storytelling import stories
from advisor.wiring import SHOULD_CONNECT

T = TypeVar("T")
NEVER = "never-holds"
"""Id of the rule that is added where it must change nothing."""


# ------------------------------------------------------------------------------------------ other names


def with_texts(value: T, change: Callable[[str], str]) -> T:
    """The same data with every text in it changed."""
    if isinstance(value, str):
        return change(value)  # type: ignore[return-value]
    if isinstance(value, tuple):
        return tuple(with_texts(item, change) for item in value)  # type: ignore[return-value]
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{each.name: with_texts(getattr(value, each.name), change) for each in fields(value)}
        )
    return value


def renamed(text: str, one: Person, other: Person) -> str:
    """`text` with the names of `one` replaced by those of `other`."""
    # Letters of private use stand between, so that nothing is replaced twice.
    marked = text.replace(one.last, "\ue001").replace(one.first, "\ue000")
    return marked.replace("\ue000", other.first).replace("\ue001", other.last)


def renamings(
    base: KnowledgeBase | None = None, consultation: str = SHOULD_CONNECT
) -> st.SearchStrategy[tuple[Situation, Situation]]:
    """A situation, and the same about somebody whose names have another sound but script and length alike.

    Without `base`, for the shipped knowledge base.
    """
    return _renamings(base, consultation)


@st.composite
def _renamings(draw: st.DrawFn, base: KnowledgeBase | None, consultation: str) -> tuple[Situation, Situation]:
    lexicons = (base or shipped_knowledge()).lexicons
    script, lengths = draw(st.sampled_from(tuple(filler().syllables))), (2, draw(st.integers(3, 4)))
    form = draw(st.sampled_from(filler().forms))
    unknown = made_up(script, lengths).filter(lambda person: not knows(person.name, lexicons))
    one, other = replace(draw(unknown), form=form), draw(unknown)
    situation = draw(stories(st.just(one), base, consultation)).situation
    return situation, with_texts(situation, lambda text: renamed(text, one, other))


# ---------------------------------------------------------------------------------------- another order


def reordered(base: KnowledgeBase, chooser: random.Random) -> KnowledgeBase:
    """The same knowledge base with everything in it in another order, as other files would give it."""
    consultations = {
        name: replace(
            each,
            rules=tuple(chooser.sample(each.rules, len(each.rules))),
            settings=shuffled(chooser, each.settings),
        )
        for name, each in shuffled(chooser, base.consultations).items()
    }
    lexicons = {
        code: replace(
            each,
            lists=shuffled(chooser, each.lists),
            signs=shuffled(chooser, each.signs),
            index=_other_order(chooser, each),
        )
        for code, each in shuffled(chooser, base.lexicons).items()
    }
    library = replace(
        base.library,
        passages=shuffled(chooser, base.library.passages),
        readings=shuffled(chooser, base.library.readings),
    )
    return replace(
        base,
        consultations=consultations,
        library=library,
        lexicons=lexicons,
    )


def _other_order(chooser: random.Random, lexicon: Lexicon) -> PhraseIndex:
    """The lexicon's index with the phrases of each word in another order."""
    by_word = {
        word: tuple(chooser.sample(phrases, len(phrases))) for word, phrases in lexicon.index.by_word.items()
    }
    stems = chooser.sample(lexicon.index.by_stem, len(lexicon.index.by_stem))
    return replace(
        lexicon.index, by_word=by_word, by_stem=tuple(stems), anywhere=lexicon.index.anywhere[::-1]
    )


def shuffled(chooser: random.Random, items: Mapping[str, T]) -> dict[str, T]:
    """The same mapping with its keys in another order."""
    return dict(chooser.sample(list(items.items()), len(items)))


# ------------------------------------------------------------------------------- a rule that never holds


def with_a_rule_that_never_holds(consultation: Consultation, like: Rule) -> Consultation:
    """The consultation with one more rule, like `like`, that wants a fact to be both known and unknown."""
    given = [spec.name for spec in consultation.vocabulary.given]
    fact = next((name for name in given if name in like.facts), given[0])
    never = All((like.when, Test(fact, "known"), Test(fact, "unknown")))
    rule = replace(like, id=NEVER, title=NEVER, when=never, status="stable", examples=())
    return replace(consultation, rules=(*consultation.rules, rule))
