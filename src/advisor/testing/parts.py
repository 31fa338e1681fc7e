"""Small strategies of which the others are put together: maybe something, some parts, several items."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from hypothesis import strategies as st

from advisor.model.vocabulary import Vocabulary

T = TypeVar("T")


def maybe(strategy: st.SearchStrategy[T]) -> st.SearchStrategy[T | None]:
    """The strategy's values, or None as often."""
    return st.none() | strategy


def several(items: Iterable[T] | st.SearchStrategy[T], most: int = 2) -> st.SearchStrategy[tuple[T, ...]]:
    """Up to `most` of some items, or none."""
    each = items if isinstance(items, st.SearchStrategy) else st.sampled_from(tuple(items))
    return st.lists(each, max_size=most).map(tuple)


def some(
    make: Callable[..., T], parts: Mapping[str, st.SearchStrategy[Any]], **always: object
) -> st.SearchStrategy[T]:
    """What `make` makes of some of its parts, of none, of few or of all, and of what is there always.

    Parts of which there is no value, such as one of a list that the vocabulary lacks, are left out.
    """
    return _some(make, {name: part for name, part in parts.items() if not part.is_empty}, always)


@st.composite
def _some(
    draw: st.DrawFn,
    make: Callable[..., T],
    parts: Mapping[str, st.SearchStrategy[Any]],
    always: Mapping[str, object],
) -> T:
    # Every third has all of its parts, or what lies deep in a situation would hardly ever be told.
    if draw(st.integers(0, 2)) == 2:  # noqa: PLR2004 - one of three
        names = list(parts)
    else:
        most = draw(st.integers(0, len(parts)))
        names = draw(st.lists(st.sampled_from(tuple(parts)), unique=True, max_size=most)) if most else []
    return make(**{name: draw(parts[name]) for name in names}, **always)


def option_at(vocabulary: Vocabulary, place: str) -> st.SearchStrategy[str]:
    """One value of the closed list at `place` of a prospect file; no value where there is no such list."""
    names = [option.name for option in vocabulary.options_at(place)]
    return st.sampled_from(names) if names else st.nothing()
