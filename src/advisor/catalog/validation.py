"""From pydantic's errors to complaints: plain words, at the place where the person wrote the thing.

Every complaint names the key, what should stand there and what stands there now. Of a union's branches only
the one that was most likely meant is heard, or one sentence that says what all of them ask for.

This module refuses to validate anything and to read files; it knows no single key, only how errors are put.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import NoneType
from typing import Any, Literal, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails, core_schema

from advisor.catalog.text import MAX_COMPLAINTS, DataPath, Document
from advisor.catalog.validation_words import FORMS, LIMITS, STEMS
from advisor.errors import Complaint
from advisor.model.names import described, did_you_mean, either, one_of, shown

NamesAt = Callable[[DataPath], Iterable[str]]
"""Gives the keys that the mapping at a path of the document may have."""
Words = tuple[str, str, str]
"""Code, message and hint of a complaint."""

_MAX_ERRORS = 1_000
"""Errors that are looked at: more than enough for `MAX_COMPLAINTS`, few enough to stay quick."""
_MAX_READINGS = 16
"""Ways to fit an error's location to the data that are followed at a time."""

_BUILT_IN = frozenset(get_args(core_schema.ErrorType))
_MISSING = {
    "missing",
    "missing_argument",
    "missing_keyword_only_argument",
    "missing_positional_only_argument",
}
_UNKNOWN = {"extra_forbidden", "unexpected_keyword_argument", "unexpected_positional_argument"}
_CHOICES = {"literal_error": "expected", "enum": "expected", "union_tag_invalid": "expected_tags"}
"""Types whose context lists what may stand there, and under what name it does."""
_BRANCH = re.compile(
    r"[A-Z]\w*|.*[\[(].*|int|str|bool|float|bytes|decimal|date|datetime|time|timedelta|none|url"
)
"""How pydantic calls a union's branches in locations: by class or by type."""


def complaints_from(
    error: ValidationError, document: Document, *, names: NamesAt | None = None, at: DataPath = ()
) -> list[Complaint]:
    """Turn `error`, raised for what stands at `at` in `document`, into complaints, in order of place.

    `names` gives the keys that may stand in the mapping at a path, counted from the top of the document.
    Validate the very objects that `document.data` holds: an error is placed by the object that it is about.
    A `PydanticCustomError` keeps its type as the code, its message, and `hint` from its context.
    """
    top: Any = document.data
    for step in at:
        top = top[step]
    found = [_located(details, top, at) for details in error.errors(include_url=False)[:_MAX_ERRORS]]
    lacking: dict[DataPath, list[str]] = {}
    for fault in found:
        if fault.group == "missing":
            lacking.setdefault(fault.path, []).extend(fault.wanted)
    placed = [(document.place(fault.path, key=fault.at_key), fault) for fault in _most_useful(found)]
    placed.sort(key=lambda pair: pair[0])
    complaints = {
        Complaint(document.file, *place, *_words(fault, names or (lambda _: ()), lacking))
        for place, fault in placed[:MAX_COMPLAINTS]
    }
    if len(placed) > MAX_COMPLAINTS:
        message = f"{MAX_COMPLAINTS} faults are listed, and there are more"
        place = placed[MAX_COMPLAINTS][0]
        complaints.add(Complaint(document.file, *place, "too-many-faults", message, "mend these first"))
    return sorted(complaints)


@dataclass(frozen=True, slots=True)
class _Fault:
    """One error of pydantic's, with its place in the document."""

    group: Literal["missing", "unknown", "wrong", "said"]
    """A key too few, a key too many, a value of another kind, or a fault with words of its own."""
    path: DataPath
    seen: object
    """The value that the error is about."""
    at_key: bool = False
    """Whether it is about the key rather than its value."""
    branches: tuple[tuple[int, str], ...] = ()
    """The unions on the way: how long the path to each is, and which branch of it was tried."""
    wanted: tuple[str, ...] = ()
    """The missing key, or the kinds of value that could stand there."""
    options: tuple[str, ...] = ()
    """The words that could stand there."""
    said: Words = ("", "", "")
    """Its own words; a message that begins with a blank goes on from the name of the thing."""


def _located(details: ErrorDetails, top: object, at: DataPath) -> _Fault:
    """Sort one error into its group and find the path that its location stands for."""
    kind, loc, seen, context = details["type"], details["loc"], details["input"], details.get("ctx", {})
    at_key = bool(loc) and loc[-1] == "[key]"
    path, branches = _path_for(loc[:-1] if at_key or kind in _MISSING else loc, top, seen)
    branches = tuple((len(at) + depth, name) for depth, name in branches)
    fault = _Fault("said", (*at, *path), seen, at_key or kind in _UNKNOWN, branches)
    tagged_by = str(context.get("discriminator", "")).strip("'")
    if kind in _MISSING or kind == "union_tag_not_found":
        return replace(fault, group="missing", wanted=(tagged_by or str(loc[-1]),))
    if kind in _UNKNOWN:
        return replace(fault, group="unknown")
    if kind in _CHOICES:
        fault = replace(fault, group="wrong", options=_listed(context[_CHOICES[kind]]))
        if isinstance(seen, dict) and tagged_by in seen:
            return replace(fault, path=(*fault.path, tagged_by), seen=seen[tagged_by])
        return fault
    if wanted := _wanted(kind):
        return replace(fault, group="wrong", wanted=(wanted,))
    return replace(fault, said=_said(kind, details["msg"], context))


def _path_for(
    loc: tuple[str | int, ...], top: object, seen: object
) -> tuple[DataPath, tuple[tuple[int, str], ...]]:
    """Tell the steps of a location that lead through the data from those that name a union's branch.

    A branch may be called like a key, so that both readings are followed; the one that ends at the very
    object that the error is about is right, else the one that gets furthest.
    """
    readings: list[tuple[DataPath, tuple[tuple[int, str], ...], Any]] = [((), (), top)]
    for step in loc:
        following = []
        for path, branches, value in readings:
            keys: Iterable[object] = value if isinstance(value, dict) else ()
            leads = step in (range(len(value)) if isinstance(value, list) else keys)
            if leads:
                following.append(((*path, step), branches, value[step]))
            if isinstance(step, str):
                following.append((path, (*branches, (len(path), step)), value))
            elif not leads:
                following.append((path, branches, value))
        readings = sorted(following, key=lambda reading: -len(reading[0]))[:_MAX_READINGS]
    path, branches, value = min(readings, key=lambda reading: (reading[2] is not seen, -len(reading[0])))
    if value is not seen:
        # The value was changed before it was checked, so that these may be keys that nobody wrote.
        branches = tuple(one for one in branches if one[0] < len(path) or _BRANCH.fullmatch(one[1]))
    return path, branches


def _most_useful(faults: list[_Fault], level: int = 0) -> list[_Fault]:
    """Leave out the faults of those branches of unions that were hardly meant."""
    kept = [fault for fault in faults if len(fault.branches) <= level]
    unions: dict[DataPath, dict[str, list[_Fault]]] = {}
    for fault in faults:
        if len(fault.branches) > level:
            depth, name = fault.branches[level]
            unions.setdefault(fault.path[:depth], {}).setdefault(name, []).append(fault)
    for place, tried in unions.items():
        branches = [_most_useful(branch, level + 1) for branch in tried.values()]
        distances = [_distance(branch, place) for branch in branches]
        nearest = [branch for branch, far in zip(branches, distances, strict=True) if far == min(distances)]
        kept += [_joined(fault, nearest) for fault in nearest[0]]
    return kept


def _distance(branch: list[_Fault], place: DataPath) -> tuple[int, int, int, int]:
    """How far what was written is from this branch of the union at `place`: the nearest was meant."""
    misshapen = sum(one.group == "wrong" and one.path == place and not _fits_shape(one) for one in branch)
    lacking = [name for one in branch if one.group == "missing" and one.path == place for name in one.wanted]
    unknown = [str(one.path[-1]) for one in branch if one.group == "unknown" and one.path[:-1] == place]
    slips = sum(bool(did_you_mean(name, lacking)) for name in unknown)
    return misshapen, len(lacking) + len(unknown), -slips, len(branch)


def _fits_shape(fault: _Fault) -> bool:
    """Whether the value is at least a list, a mapping or neither, as it should be."""
    shapes = {"a list": list, "a mapping": dict}
    wanted = [shapes.get(words) for words in fault.wanted] or [None]
    return any(isinstance(fault.seen, shape or (str, int, float, NoneType)) for shape in wanted)


def _joined(fault: _Fault, branches: list[list[_Fault]]) -> _Fault:
    """Let `fault` speak for its like in all `branches`, where each of them has exactly one."""
    alike = [
        [one for one in branch if (one.group, one.path) == (fault.group, fault.path)] for branch in branches
    ]
    if fault.group not in ("missing", "wrong") or any(len(ones) != 1 for ones in alike):
        return fault
    wanted = dict.fromkeys(words for (one,) in alike for words in one.wanted)
    options = dict.fromkeys(word for (one,) in alike for word in one.options)
    return replace(fault, wanted=tuple(wanted), options=tuple(options))


def _wanted(kind: str) -> str | None:
    """What should stand there by the type of the error; None where that is not a matter of kind."""
    if kind not in _BUILT_IN or kind in LIMITS or kind in FORMS:
        return None
    words = kind.split("_")
    stems = ("_".join(words[:count]) for count in range(len(words), 0, -1))
    return next((STEMS[stem] for stem in stems if stem in STEMS), None)


def _listed(expected: str) -> tuple[str, ...]:
    """Read the values out of pydantic's list of them, such as `'a', 'b' or True`."""
    pieces = re.findall(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[^\s,]+""", expected)
    plain = {"True": "yes", "False": "no", "None": "nothing"}
    return tuple(plain.get(piece, piece.strip("'\"")) for piece in pieces if piece != "or")


def _said(kind: str, message: str, context: Mapping[str, Any]) -> Words:
    """Put an error that is not about keys or kinds."""
    if kind not in _BUILT_IN:
        return kind, message, str(context.get("hint", ""))
    if kind in LIMITS:
        # Bounds of fractions come as 1.0, which nobody writes.
        context = {
            name: f"{bound:g}" if isinstance(bound, float) else bound for name, bound in context.items()
        }
        limit = LIMITS[kind].format_map(context) if context.get("min_length") != 1 else "should not be empty"
        return "out-of-range", " " + re.sub(r"\b1 (\w+)s\b", r"1 \1", limit), ""
    if kind in FORMS:
        return "bad-value", " " + FORMS[kind].format_map(context), ""
    return "bad-value", str(context.get("error", "")) or " should be something else", ""


def _words(fault: _Fault, names: NamesAt, lacking: Mapping[DataPath, list[str]]) -> Words:
    """Put a fault in words; `lacking` are the keys that are missing at each path."""
    match fault.group:
        case "missing":
            hint = "add one of them" if len(fault.wanted) > 1 else "add it"
            return "missing-key", f"{_named(fault.path)} lacks the key {either(fault.wanted)}", hint
        case "unknown":
            outer, key = fault.path[:-1], str(fault.path[-1])
            known = [name for name in names(outer) if name != key]
            hint = (
                f"keys that can stand here: {either(known)}" if known else "delete it, or check its spelling"
            )
            if near := did_you_mean(key, [*known, *lacking.get(outer, ())]):
                hint = f"did you mean {either(near)}?"
            return "unknown-key", f"{_named(outer)} has no key {shown(key)}", hint
        case "wrong":
            return _words_for_wrong(fault)
        case "said":
            code, message, hint = fault.said
            if message.startswith(" "):
                message = f"{_subject(fault)}{message}, but is {described(fault.seen)}"
            return code, message, hint


def _words_for_wrong(fault: _Fault) -> Words:
    """Put a fault where another kind of value should stand there, or one of a list."""
    seen, wanted = fault.seen, one_of([*fault.wanted, *map(shown, fault.options)])
    message = f"{_subject(fault)} should be {wanted}, but is {described(seen)}"
    hint = _hint_for_kind(seen, fault.wanted) or f"write {wanted} instead"
    if isinstance(seen, str) and fault.options:
        near = did_you_mean(seen, fault.options)
        return "unknown-value", message, f"did you mean {either(near)}?" if near else hint
    if isinstance(seen, str) and all(words.startswith("a date") for words in fault.wanted):
        return "bad-date", message, "write year-month-day in digits, for a day that exists"
    return "wrong-type", message, hint


def _hint_for_kind(seen: object, wanted: Sequence[str]) -> str:
    """Say how to write what was probably meant; empty where that cannot be told."""
    match seen:
        case None:
            return "write a value, or delete the key"
        case str() if "a list" in wanted:
            return "write it as a list: `[one, two]`, or each item on a line of its own behind `- `"
        case str() if "a yes/no" in wanted:
            return "write yes or no, without quotes"
        case str() if "a whole number" in wanted or "a number" in wanted:
            return "write digits only, without quotes"
        case bool() | int() | float() if "text" in wanted:
            return "put it in quotes"
        case _:
            return ""


def _named(path: DataPath) -> str:
    """Name the thing at `path` by its key, or by its number in the list it stands in."""
    if not path:
        return "the document"
    if isinstance(path[-1], str):
        return shown(path[-1])
    return f"item {path[-1] + 1}" + (f" of {_named(path[:-1])}" if path[:-1] else "")


def _subject(fault: _Fault) -> str:
    return f"the key {_named(fault.path)}" if fault.at_key else _named(fault.path)
