"""A document: plain data, with the place of every part of it, and the faults found on the way there.

It is built value by value by whoever reads a format, without recursion. What a file could use to surprise its
reader (keys that stand twice, depth, size, odd numbers) is complained about here, the same for all formats.
This module parses nothing.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import Any, NoReturn

from advisor.errors import Complaint, InputError, RuleError
from advisor.model.names import kind_of, shown

MAX_DEPTH = 32
"""Deepest nesting of lists and mappings."""
MAX_NODES = 100_000
"""Most values and keys in one document."""
MAX_DIGITS = 100
"""Longest number, in characters: far above any quantity, far below what takes long to convert."""
MAX_COMPLAINTS = 50
"""Reading stops after this many faults: nobody mends more at once."""

ErrorType = type[InputError] | type[RuleError]
"""What is raised: `InputError` for what describes a case, `RuleError` for rules and knowledge."""
DataPath = tuple[str | int, ...]
"""The keys and list positions (from 0) that lead from the top to a value."""
Spot = tuple[int, int]
"""Line and column, each counted from 1."""


@dataclass(slots=True)
class _Place:
    """Where one value stands, and for lists and mappings where each part and key of it stands."""

    spot: Spot
    parts: dict[str | int, _Place] = field(default_factory=dict)
    keys: dict[str | int, Spot] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Document:
    """Plain data read from one file, which can say where each part of it was written."""

    file: str
    """Name of the file as the person gave it."""
    data: object
    """None, bool, int, float, str, list or dict with text keys; None for an empty document."""
    _top: _Place = field(default_factory=lambda: _Place((1, 1)), repr=False, compare=False)

    def part(self, key: str | int) -> Document:
        """What stands at `key` of the mapping or list that this holds, as a document of its own."""
        data: object = None
        if isinstance(self.data, dict):
            data = self.data.get(key)
        elif isinstance(self.data, list) and isinstance(key, int) and key < len(self.data):
            data = self.data[key]
        return Document(self.file, data, self._top.parts.get(key, self._top))

    def place(self, path: DataPath = (), *, key: bool = False) -> tuple[int, int]:
        """Line and column, from 1, of the value at `path`, or of the key before it where `key` is set.

        Where the data does not reach that far, the nearest enclosing place is given.
        """
        here, spot = self._top, self._top.spot
        for step in path:
            part = here.parts.get(step)
            if part is None:
                return here.spot
            spot = here.keys.get(step, part.spot) if key else part.spot
            here = part
        return spot


def unify(text: str) -> str:
    r"""Let every line end with `\n`."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def after(before: str) -> Spot:
    """Place of the character that follows `before`, the beginning of a document."""
    before = unify(before)
    return before.count("\n") + 1, len(before) - before.rfind("\n")


class Faults:
    """The faults found so far in one document."""

    def __init__(self, file: str, error: ErrorType) -> None:
        self.file, self.error = file, error
        self.found: list[Complaint] = []

    def add(self, spot: Spot, code: str, message: str, hint: str) -> None:
        """Note one fault and go on, unless there are too many."""
        self.found.append(Complaint(self.file, *spot, code, message, hint))
        if len(self.found) >= MAX_COMPLAINTS:
            message = f"{MAX_COMPLAINTS} faults were found, and reading stopped here"
            hint = "mend these first; there may be more"
            self.found.append(Complaint(self.file, *spot, "too-many-faults", message, hint))
            self.settle()

    def add_characters(self, pattern: re.Pattern[str], text: str) -> None:
        """Complain about every character in `text` that `pattern` finds."""
        for match in pattern.finditer(text):
            message = f"the character U+{ord(match[0]):04X} cannot be seen and may not stand here"
            hint = "delete it; such characters come along when text is pasted"
            self.add(after(text[: match.start()]), "bad-character", message, hint)

    def stop(self, spot: Spot, code: str, message: str, hint: str) -> NoReturn:
        """Note a fault behind which nothing can be read, and raise all."""
        self.add(spot, code, message, hint)
        raise self.error(self.found) from None

    def settle(self) -> None:
        """Raise what was found, if anything was."""
        if self.found:
            raise self.error(self.found) from None


TOO_DEEP = (
    "too-deep",
    f"lists and mappings stand more than {MAX_DEPTH} deep in one another",
    "check for brackets and dashes that are not meant",
)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
"""No text needs these, and on a terminal some of them give orders; with halves of surrogate pairs."""
_SPELLINGS = (str.lower, str.title, str.upper)
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", *(form("null") for form in _SPELLINGS))),
    **{form(word): True for word in ("true", "yes") for form in _SPELLINGS},
    **{form(word): False for word in ("false", "no") for form in _SPELLINGS},
}
_INT = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")


@dataclass(slots=True)
class _Open:
    """A list or mapping that is still open; `key` is the key that waits for its value."""

    data: list[Any] | dict[str, Any]
    place: _Place
    key: tuple[str | None, Spot] | None = None


class Builder:
    """Puts values together without recursion, notes their places and checks what both formats share."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        self._nodes = 0
        self._root: list[Any] = []
        self._stack = [_Open(self._root, _Place((1, 1)))]

    @property
    def result(self) -> tuple[object, _Place]:
        """The whole document and its place."""
        place = self._stack[0].place
        return (self._root[0], place.parts[0]) if self._root else (None, place)

    @property
    def at_key(self) -> bool:
        """Whether the next value is the key of a mapping."""
        return isinstance(self._stack[-1].data, dict) and self._stack[-1].key is None

    def open(self, data: list[Any] | dict[str, Any], spot: Spot) -> None:
        """Begin a list or mapping; what is added from now on goes into it."""
        if len(self._stack) > MAX_DEPTH:
            self.faults.stop(spot, *TOO_DEEP)
        place = _Place(spot)
        self._put(data, place)
        self._stack.append(_Open(data, place))

    def close(self) -> None:
        """End the list or mapping that was begun last."""
        self._stack.pop()

    def add(self, value: object, spot: Spot) -> None:
        """Put a value that is no list or mapping where the document has come to."""
        if isinstance(value, str) and (found := CONTROL.search(value)):
            message = f"an escape stands for the character U+{ord(found[0]):04X}, which is not allowed"
            hint = "leave it out; for an emoji, write the emoji itself instead of its two halves"
            self.faults.add(spot, "bad-character", message, hint)
        self._put(value, _Place(spot))

    def meaning(self, word: str, spot: Spot) -> object:
        """Say what `word` means without quotes: nothing, a yes/no, a number, or itself."""
        if word in _WORDS:
            return _WORDS[word]
        if _FLOAT.fullmatch(word):
            if len(word) <= MAX_DIGITS:
                number = int(word) if _INT.fullmatch(word) else float(word)
                if math.isfinite(number):
                    return number
            self.refuse_number(word, spot)
        elif _NOT_FINITE.fullmatch(word):
            self.refuse_number(word, spot)
        return word

    def refuse_number(self, word: str, spot: Spot) -> None:
        """Complain about a number that is too long, too large or not a number at all."""
        message = f"{shown(word, 20)} is not a number that can be used"
        hint = "write an ordinary number, or put it in quotes if it is meant as text"
        self.faults.add(spot, "bad-number", message, hint)

    def _put(self, value: object, place: _Place) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            message = f"the document has more than {MAX_NODES:,} values and keys"
            self.faults.stop(place.spot, "too-many-values", message, "split it into several files")
        inner = self._stack[-1]
        if isinstance(inner.data, list):
            inner.place.parts[len(inner.data)] = place
            inner.data.append(value)
        elif inner.key is None:
            inner.key = (self._key(value, place.spot, inner.place.keys), place.spot)
        else:
            (key, spot), inner.key = inner.key, None
            if key is not None:
                inner.data[key] = value
                inner.place.parts[key], inner.place.keys[key] = place, spot

    def _key(self, value: object, spot: Spot, keys: dict[str | int, Spot]) -> str | None:
        """Check a key; None, which drops its value, where it may not be one."""
        if not isinstance(value, str):
            message = f"a key has to be text, and this one is {kind_of(value)}"
            hint = "write the key before its colon, in quotes if it could be taken for something else"
            self.faults.add(spot, "bad-key", message, hint)
            return None
        if value in keys:
            line, column = keys[value]
            message = f"the key {shown(value)} stands twice here, first on line {line}, column {column}"
            self.faults.add(spot, "duplicate-key", message, "keep one of the two, or join what they hold")
            return None
        return value
