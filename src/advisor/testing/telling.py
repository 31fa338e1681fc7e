"""How laws tell of a case: what was told, line by line, and what is otherwise in two cases."""

from __future__ import annotations

from collections.abc import Mapping

from advisor.model.wording import value_in_words


def in_words(told: Mapping[str, object]) -> str:
    """One line for each fact, in order of name.

    >>> print(in_words({"met.talked": True, "mutuals.count": 2}).strip())
    met.talked: yes
      mutuals.count: 2
    """
    return "\n".join(f"  {name}: {_shown(told[name])}" for name in sorted(told)) or "  nothing"


def difference(before: Mapping[str, object], after: Mapping[str, object]) -> str:
    """One line for each entry that is not the same in both."""
    names = sorted(before.keys() | after.keys())
    return "\n".join(
        f"  {name}: {_shown(before.get(name))} -> {_shown(after.get(name))}"
        for name in names
        if before.get(name) != after.get(name) or (name in before) != (name in after)
    )


def _shown(value: object) -> str:
    if value is None:
        return "unknown"
    return value_in_words(value) if isinstance(value, bool | int | str | frozenset) else repr(value)
