"""Making a prospect file smaller for as long as it still shows what it is meant to show.

Parts of the data are taken out, the largest first, then sentences of the note. It knows nothing of what is to
be shown: that is the caller's to say.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from advisor.model.tokens import sentence_breaks
from advisor.workbench.telling import Data

Path = tuple[str | int, ...]
_NEEDED: tuple[Path, ...] = (("prospect",), ("prospect", "name"), ("as_of",))
_DRAFT = "draft"
MOST_TRIED = 400
"""Files tried while one is made smaller."""


def shrunk(data: Data, still: Callable[[Data], bool], most_tried: int = MOST_TRIED) -> Data:
    """The smallest file that is found by taking out parts of `data`, one after the other.

    `still` says whether a file still shows what it should; `data` itself must.

    >>> shrunk({"prospect": {"name": "Ana"}, "purpose": {"kind": "sell"}, "batch": {"people": 3}},
    ...        lambda data: "batch" in data)
    {'prospect': {'name': 'Ana'}, 'batch': {'people': 3}}
    """
    tried = 0
    changed = True
    while changed:
        changed = False
        for smaller in _smaller(data):
            if tried >= most_tried:
                return data
            tried += 1
            if still(smaller):
                data, changed = smaller, True
                break
    return data


def _smaller(data: Data) -> Iterator[Data]:
    """`data` without one of its parts, and with one sentence less in the note."""
    for path in sorted(_paths(data, ()), key=lambda each: (len(each), str(each))):
        if path not in _NEEDED and (smaller := _without(data, path)) is not None:
            yield smaller
    draft = data.get(_DRAFT)
    if isinstance(draft, str):
        edges = [0, *sentence_breaks(draft), len(draft)]
        for start, end in pairwise(edges):
            left = f"{draft[:start]}{draft[end:]}".strip()
            if left and len(left) < len(draft):
                yield {**data, _DRAFT: left}
        if (tidy := " ".join(draft.split())) != draft and tidy:
            yield {**data, _DRAFT: tidy}


def _paths(value: Any, path: Path) -> Iterator[Path]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inner:
        yield (*path, key)
        yield from _paths(part, (*path, key))


def _without(data: Data, path: Path) -> Data | None:
    """`data` without the part at `path`, and without mappings that this leaves empty.

    None where an entry of a list would be left that says nothing.
    """
    after = copy.deepcopy(data)
    owners: list[Any] = [after]
    for step in path[:-1]:
        owners.append(owners[-1][step])
    del owners[-1][path[-1]]
    if owners[-1] == {} and len(owners) > 1 and isinstance(owners[-2], list):
        return None  # an entry of which nothing is said cannot be read by people
    for place in range(len(owners) - 1, 0, -1):
        if owners[place] == {} and isinstance(owners[place - 1], dict):
            del owners[place - 1][path[place - 1]]
    return after
