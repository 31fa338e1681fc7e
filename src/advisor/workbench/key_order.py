"""In which order the keys of an authored file stand: as in the forms, the one place that says so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from advisor.catalog.kinds import kind_of_keys

Item = TypeVar("Item")
_FIRST_IN_TREES = "fact"
"""The key that a test of a condition begins with."""


@dataclass(frozen=True)
class Shape:
    """The order of the keys of one mapping, or of those in a list of them."""

    keys: tuple[str, ...] | None = None
    """None where any keys may stand, in the order that the author gave them."""
    _schema: dict[str, Any] = field(default_factory=dict, repr=False)
    _defs: dict[str, Any] = field(default_factory=dict, repr=False)

    def inside(self, key: str) -> Shape:
        """The shape of what stands at `key`, or, where that is empty, of each item."""
        found = self._schema.get("properties", {}).get(_bare(key)) if key else self._schema.get("items")
        if found is None and key:
            others = [*self._schema.get("patternProperties", {}).values()]
            found = next(iter(others), self._schema.get("additionalProperties"))
        return _shape(found, self._defs) if isinstance(found, dict) else FREE

    def ordered(self, items: Sequence[Item], key: Callable[[Item], str]) -> list[Item]:
        """The items in the order of their keys; those that have no place in it stand last, as they stood."""
        names = [_bare(key(item)) for item in items]
        order = self.keys
        if order is None:
            order = (_FIRST_IN_TREES,) if _FIRST_IN_TREES in names else ()
            return sorted(items, key=lambda item: _bare(key(item)) not in order)
        places = {name: place for place, name in enumerate(order)}
        return sorted(items, key=lambda item: places.get(_bare(key(item)), len(places)))


FREE = Shape()
"""Any keys, in the order that the author gave them."""


def shape_of(data: object) -> Shape:
    """The shape of a file that holds `data`; free where it is of no kind that is known."""
    if not isinstance(data, dict):
        return FREE
    kind = kind_of_keys(tuple(data), listed=isinstance(data.get("facts"), list))
    if kind is None:
        return FREE
    from advisor.catalog.schemas import form_of

    schema = form_of(kind).model_json_schema()
    return _shape(schema, schema.get("$defs", {}))


def _shape(schema: dict[str, Any], defs: dict[str, Any]) -> Shape:
    alternatives = [*schema.get("anyOf", []), schema]
    for each in alternatives:
        found = defs[each["$ref"].rpartition("/")[2]] if "$ref" in each else each
        if found.get("properties"):
            return Shape(tuple(found["properties"]), found, defs)
        if found.get("items") or found.get("additionalProperties") or found.get("patternProperties"):
            return Shape(None, found, defs)
    return FREE


def _bare(key: str) -> str:
    """A key without its quotes."""
    return key[1:-1] if len(key) > 1 and key[0] == key[-1] and key[0] in "'\"" else key
