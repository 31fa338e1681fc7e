"""Which column of a list tells which place of a prospect file: guessed by its name, or set by the person.

What a guess rests on is kept with it, so that it can be shown. Cells are none of this module's business.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cache
from typing import Any, Literal, get_args, get_type_hints

from advisor.catalog.plain import class_in
from advisor.errors import Complaint, InputError
from advisor.model.marks import Shorthand
from advisor.model.names import did_you_mean, either, shown
from advisor.model.situation import Situation
from advisor.records.list_names import KnownColumn, list_names, plain_name

How = Literal["set", "place", "known", "near", ""]
"""Why a column tells what it does: the person said so, it has the place's own name, a known one, or one that
is spelt much like a known one; empty where it tells nothing."""
NAME = "prospect.name"
FIRST, LAST = f"{NAME}.first", f"{NAME}.last"
URL = "prospect.profile"
BESIDES = (FIRST, LAST)
"""What a column may tell that is no place of a prospect file."""
_NEAR = 90
"""Likeness, from 0 to 100, from which on a name counts as a slip of a known one."""
_SHORT = 5
"""Shorter names are too much like one another to be guessed at."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list."""

    header: str
    """As it is written."""
    place: str = ""
    """Where it tells; empty where it is not used."""
    how: How = ""
    why_not: str = ""
    """Why it is not used."""
    cells: Mapping[str, str] = field(default_factory=dict)
    tells: Mapping[str, str] = field(default_factory=dict)
    """As in `KnownColumn`."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the person says about columns."""

    places: Mapping[str, str] = field(default_factory=dict)
    """By header, the place that it tells; empty where the column is not to be used."""
    guess: bool = True
    """Whether names of columns may be guessed at."""
    file: str = ""
    """Where that was said, for complaints."""


@cache
def all_places() -> Mapping[str, str]:
    """Every place that a column may be said to tell, with the place where its cells then stand.

    They differ where one value stands for several: what is told of `purpose` stands at `purpose.kind`.
    """
    return {**dict(_places(Situation, ())), **{each: each for each in BESIDES}}


def _places(model: Any, path: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    hints = get_type_hints(model, include_extras=True)
    for each in fields(model):
        here, hint = (*path, each.name), hints[each.name]
        inner = class_in(hint)
        if inner is None:
            yield ".".join(here), ".".join(here)
            continue
        short = _shorthand(hint)
        if short:
            yield ".".join(here), ".".join((*here, short))
        yield from _places(inner, here)


def _shorthand(hint: Any) -> str:
    """The key at which a value stands that stands for a whole mapping; empty where none may."""
    for each in get_args(hint):
        if isinstance(each, Shorthand):
            return each.key
        if found := _shorthand(each):
            return found
    return ""


def columns_of(headers: Sequence[str], wanted: Wanted) -> tuple[Column, ...]:
    """What each of `headers` tells, as far as `wanted` says or it can be guessed.

    Raises:
        InputError: where a header or a place is named that there is not, or a place is told twice.
    """
    told = _told(headers, wanted)
    columns = [told.get(header) or _guessed(header, wanted.guess) for header in headers]
    # What the person set comes first, then what is surest; of equals the column that stands first.
    order: tuple[How, ...] = ("set", "place", "known", "near", "")
    taken: dict[str, str] = {}
    for place in sorted(range(len(columns)), key=lambda at: order.index(columns[at].how)):
        column = columns[place]
        if not column.place:
            continue
        if column.place in taken:
            columns[place] = _unused(column, f"{shown(taken[column.place])} tells the same")
        else:
            taken[column.place] = column.header
    if NAME in taken:
        columns = [
            _unused(each, f"{shown(taken[NAME])} is the whole name") if each.place in (FIRST, LAST) else each
            for each in columns
        ]
    return tuple(columns)


def names_somebody(columns: Iterable[Column], *, sure: bool = False) -> bool:
    """Whether the columns tell the one thing that every row needs, a name; `sure`: not by a likeness."""
    named = (each.how for each in columns if each.place in (NAME, FIRST, LAST))
    return any(how != "near" or not sure for how in named)


def _told(headers: Sequence[str], wanted: Wanted) -> dict[str, Column]:
    complaints = []
    told: dict[str, Column] = {}
    by_plain = {plain_name(header): header for header in reversed(headers)}
    for named, place in wanted.places.items():
        header = named if named in headers else by_plain.get(plain_name(named))
        if header is None:
            complaints.append(_unknown(wanted.file, "column", named, headers))
        elif place and place not in all_places():
            complaints.append(_unknown(wanted.file, "place", place, [*all_places()]))
        elif place:
            place = all_places()[place]  # noqa: PLW2901 - what is meant by what was said
            known = list_names().columns.get(plain_name(header))
            told[header] = _column(header, known if known and known.place == place else None, place, "set")
        else:
            told[header] = Column(header, "", "set", "you said so")
    if complaints:
        raise InputError(complaints)
    return told


def _unknown(file: str, kind: str, name: str, known: Sequence[str]) -> Complaint:
    near = did_you_mean(name, known)
    hint = f"did you mean {either(near)}?" if near else f"such as {either(known[:5])}"
    if kind == "column":
        return Complaint(file, 0, 0, "unknown-header", f"the list has no column {shown(name)}", hint)
    message = f"a prospect file has no place {shown(name)}"
    return Complaint(file, 0, 0, "unknown-place", message, hint)


def _guessed(header: str, may_guess: bool) -> Column:
    written = header.strip()
    if written in all_places():
        return Column(header, all_places()[written], "place")
    plain = plain_name(header)
    if not plain:
        return Column(header, why_not="it has no name")
    if not may_guess:
        return Column(header, why_not="names are not guessed at")
    known = list_names().columns
    if plain in known:
        return _column(header, known[plain], known[plain].place, "known")
    if len(plain) >= _SHORT:
        from rapidfuzz import fuzz, process  # where every name is known, nothing has to be compared

        near = process.extractOne(plain, [name for name in known if len(name) >= _SHORT], scorer=fuzz.ratio)
        if near is not None and near[1] >= _NEAR:
            return _column(header, known[near[0]], known[near[0]].place, "near")
    return Column(header, why_not="its name is not known")


def _column(header: str, known: KnownColumn | None, place: str, how: How) -> Column:
    if known is None:
        return Column(header, place, how)
    if not known.place:
        return Column(header, why_not=known.says)
    return Column(header, place, how, "", known.cells, known.tells)


def _unused(column: Column, why: str) -> Column:
    return replace(column, place="", how="", why_not=why)
