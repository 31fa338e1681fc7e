"""A strategy for events: what became of requests like those that the other strategies make up."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st

from advisor.model.event import Event, Request
from advisor.model.knowledge_base import KnowledgeBase
from advisor.model.vocabulary import Vocabulary
from advisor.testing.filler import filler
from advisor.testing.parts import maybe, option_at, several, some
from advisor.testing.shipped import shipped_knowledge
from advisor.testing.storytelling import NOTHING, situations

FOLLOW_UP = "follow-up"
_LONG = 60
"""Days that a made-up event lies back at most."""


def events(base: KnowledgeBase | None = None) -> st.SearchStrategy[Event]:
    """Events of every kind; each has the day on which it is asked about, and does not contradict itself.

    Without `base`, for the shipped knowledge base.
    """
    return st.deferred(lambda: _events(base or shipped_knowledge()))


@st.composite
def _events(draw: st.DrawFn, base: KnowledgeBase) -> Event:
    sent = draw(situations(base))
    assert sent.as_of is not None  # noqa: S101 - made-up situations have one
    vocabulary = base.consultation(FOLLOW_UP).vocabulary
    # Where the note itself is not given, it may still be told whether there was one.
    carried = None if sent.draft is not None else draw(maybe(st.booleans()))
    ago = draw(maybe(st.integers(0, _LONG)))
    dated = ago is not None and draw(st.booleans())
    request = {
        "about": st.sampled_from((*filler().details, NOTHING)),
        "personal": st.booleans() if carried else st.nothing(),
        "relevant": st.booleans(),
    }
    return draw(
        some(
            Event,
            _parts(vocabulary),
            person=sent.prospect,
            request=draw(some(Request, request, note=carried)),
            note=sent.draft,
            since=sent.as_of - timedelta(days=ago or 0) if dated else None,
            days=None if dated else ago,
            relationship=sent.relationship,
            purpose=sent.purpose,
            batch=sent.batch,
            me=sent.me,
            sending=sent.sending,
            as_of=sent.as_of,
        )
    )


def _parts(vocabulary: Vocabulary) -> dict[str, st.SearchStrategy[object]]:
    return {
        "outcome": option_at(vocabulary, "outcome"),
        "done": several(option_at(vocabulary, "done"), 4),
        "they_wrote": st.booleans(),
    }
