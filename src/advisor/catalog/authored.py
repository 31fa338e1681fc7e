"""One authored file: its data, the words as they were written, and the complaints about it.

Reading never stops at the first fault. Each file collects its own complaints, and whoever reads the whole
knowledge base raises them together. This module refuses to know what any file is for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from advisor.catalog.text import DataPath, Document, parse
from advisor.catalog.validation import complaints_from
from advisor.errors import Complaint, RuleError
from advisor.model.names import did_you_mean, shown

Form = TypeVar("Form", bound=BaseModel)

EACH = "*"
"""In a path: every entry of the mapping that stands there."""
_BARE = re.compile(r"[^\s,\[\]{}#'\"&*!|>%@`]+")


def suggest(word: str, candidates: Iterable[str], otherwise: str) -> str:
    """Hint at the names that look like `word`, or else at what `otherwise` says.

    >>> suggest("wiat", ["connect", "wait"], "see the scale")
    'did you mean `wait`?'
    """
    near = did_you_mean(word, candidates)
    return f"did you mean {' or '.join(map(quoted, near))}?" if near else otherwise


def quoted(name: str) -> str:
    """Quote a name for a message: whole, since half a name helps nobody, unless it is absurdly long."""
    return shown(name, 100)


class Authored:
    """A file of rules or knowledge, and what is wrong with it."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        """The file as the person named it, for complaints."""
        self.complaints: list[Complaint] = []
        self.legible = True
        """Whether the file is YAML at all; where it is not, that has been complained about."""
        self._lines = text.split("\n")
        self.document = Document(file, None)
        try:
            self.document = parse(text, file, RuleError)
        except RuleError as error:
            self.legible = False
            self.complaints.extend(error.complaints)

    def complaint(
        self, path: DataPath, code: str, message: str, hint: str = "", *, key: bool = False
    ) -> Complaint:
        """Put a complaint about the value at `path`, or about the key before it, at its place."""
        return Complaint(self.file, *self.document.place(path, key=key), code, message, hint)

    def complain(self, path: DataPath, code: str, message: str, hint: str = "", *, key: bool = False) -> None:
        """Add a complaint about the value at `path`, or about the key before it."""
        self.complaints.append(self.complaint(path, code, message, hint, key=key))

    def at(self, path: DataPath) -> Any:
        """Give the value at `path`; None where the data does not reach that far."""
        here: Any = self.document.data
        for step in path:
            if isinstance(here, dict):
                here = here.get(step)
            elif isinstance(here, list) and isinstance(step, int) and step < len(here):
                here = here[step]
            else:
                return None
        return here

    def check(self, form: type[Form]) -> Form | None:
        """Read the whole file by `form`; None, with a complaint for every fault, where it does not fit."""
        if not self.legible:
            return None
        try:
            return form.model_validate(self.document.data)
        except ValidationError as error:
            found = complaints_from(error, self.document, names=lambda path: _keys_at(form, path))
            self.complaints += map(self._with_cause, found)
            return None

    def _with_cause(self, complaint: Complaint) -> Complaint:
        """Tell where an unknown key is really the rest of a text: `{name: short, but good}`."""
        if complaint.code != "unknown-key":
            return complaint
        line = self._lines[complaint.line - 1]
        before, behind = line[: complaint.column - 1].rstrip(), line[complaint.column - 1 :]
        if not before.endswith(",") or not re.match(r"[^:{}\[\],]*\s[^:{}\[\],]*[,}]", behind):
            return complaint
        return replace(
            complaint, hint="a comma ends the text between `{` and `}`: put text that has one in quotes"
        )

    @staticmethod
    def attempt(form: type[Form], value: object) -> Form | None:
        """Read one part by itself; None where it does not fit, which `check` has complained about."""
        try:
            return form.model_validate(value)
        except ValidationError:
            return None

    def items(self, key: str, form: type[Form]) -> Iterator[tuple[DataPath, Form | None]]:
        """Give the items of the list at `key` one by one; None for those that `check` complains about."""
        held = self.at((key,))
        for number, value in enumerate(held if isinstance(held, list) else ()):
            yield (key, number), self.attempt(form, value)

    def entries(self, key: str, form: type[Form]) -> Iterator[tuple[str, DataPath, Form | None]]:
        """Give the entries of the mapping at `key`, as `items` does for a list, each with its name."""
        held = self.at((key,))
        for name, value in (held if isinstance(held, dict) else {}).items():
            yield name, (key, name), self.attempt(form, value)

    def written(self, path: DataPath) -> str | None:
        """Give the text of the bare word at `path`, such as `no`; None where the file does not show it."""
        value = self.at(path)
        if isinstance(value, str):
            return value
        line, column = self.document.place(path)
        match = _BARE.match(self._lines[line - 1], column - 1)
        if match is None or not isinstance(value, bool | int | float | None):
            return None
        try:
            meant = parse(f"[{match[0]}]", "", RuleError).data
        except RuleError:
            return None
        return match[0] if meant == [value] and type(meant[0]) is type(value) else None

    def take_as_words(self, *pattern: str) -> None:
        """Turn bare words that read as yes/no, number or nothing into text in the lists at `pattern`.

        A list of words may hold `no`, `on` and `30`, and its author means the words. What cannot be recovered
        stays as it is, and `check` then asks to put it in quotes.
        """
        for path in self._matching((), pattern):
            value = self.at(path)
            for place, item in enumerate(value) if isinstance(value, list) else ():
                if isinstance(item, bool | int | float | None) and (word := self.written((*path, place))):
                    value[place] = word

    def _matching(self, path: DataPath, pattern: tuple[str, ...]) -> Iterator[DataPath]:
        if not pattern:
            yield path
            return
        here = self.at(path)
        steps: list[str | int] = [pattern[0]]
        if pattern[0] == EACH:
            steps = list(here) if isinstance(here, dict) else []
        for step in steps:
            yield from self._matching((*path, step), pattern[1:])


def _keys_at(form: type[BaseModel], path: DataPath) -> list[str]:
    """Keys that `form` allows in the mapping at `path`; none where any may stand."""
    here: list[Any] = [form]
    for step in path:
        here = [inner for each in here for inner in _inside(each, step)]
    return [field.alias or name for each in here for name, field in _fields(each)]


def _inside(kind: Any, step: str | int) -> list[Any]:
    for name, field in _fields(kind):
        if (field.alias or name) == step:
            return _choices(field.annotation)
    return _choices(get_args(kind)[-1]) if get_origin(kind) in (list, dict) else []


def _choices(kind: Any) -> list[Any]:
    """The types among which `kind` leaves the choice."""
    if get_origin(kind) is Annotated:
        return _choices(get_args(kind)[0])
    if get_origin(kind) in (Union, UnionType):
        return [choice for inner in get_args(kind) for choice in _choices(inner)]
    return [kind]


def _fields(kind: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield from kind.model_fields.items()


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one entry of the knowledge base is written."""

    authored: Authored
    path: DataPath

    def complain(
        self, inner: DataPath, code: str, message: str, hint: str = "", *, key: bool = False
    ) -> None:
        """Complain about what stands at `inner`, counted from the entry."""
        self.authored.complain((*self.path, *inner), code, message, hint, key=key)


class Origins:
    """Every entry that has a name, by kind and name, whether or not it could be read."""

    def __init__(self) -> None:
        self._known: dict[str, dict[str, Origin]] = {}
        self._open: dict[str, set[str]] = {}
        self._lenders: dict[str, str] = {}

    def add(self, kind: str, name: str, authored: Authored, path: DataPath, *, at: str = "id") -> bool:
        """Note where the entry called `name` stands; False, with a complaint, where the name is taken."""
        first = self._known.setdefault(kind, {}).setdefault(name, Origin(authored, path))
        if first.authored is authored and first.path == path:
            return True
        line, column = first.authored.document.place(first.path)
        message = f"there is another {kind} called `{name}`, at {first.authored.file}:{line}:{column}"
        authored.complain(
            (*path, at), "duplicate-id", message, "give one of the two another name, or join them"
        )
        return False

    def add_item(self, kind: str, authored: Authored, path: DataPath, *, within: str = "") -> bool:
        """Do the same for a mapping that names itself by its key `id`, inside what is called `within`."""
        name = authored.at((*path, "id"))
        if isinstance(name, str) and name:
            return self.add(kind, f"{within}{name}", authored, path)
        self.leave_open(kind, within)
        return False

    def leave_open(self, kind: str, within: str = "") -> None:
        """Note that more entries of `kind`, with names that begin with `within`, may be there unread."""
        self._open.setdefault(kind, set()).add(within)

    def borrow(self, folder: str, lender: str) -> None:
        """Note that names within `folder` may be those of `lender`, another one."""
        self._lenders[f"{folder}/"] = f"{lender}/"

    def may_exist(self, kind: str, name: str) -> bool:
        """Whether an entry is called so, or may be in a file that could not be read."""
        if name in self._known.get(kind, ()) or any(
            name.startswith(each) for each in self._open.get(kind, ())
        ):
            return True
        folder, slash, inner = name.partition("/")
        lender = self._lenders.get(folder + slash)
        return lender is not None and self.may_exist(kind, lender + inner)

    def names(self, kind: str, within: str = "") -> list[str]:
        """The names of `kind` that begin with `within`, without that beginning."""
        return [name.removeprefix(within) for name in self._known.get(kind, ()) if name.startswith(within)]

    def of(self, kind: str, name: str) -> Origin:
        """Where the entry called `name` is written.

        Raises:
            KeyError: where there is none.
        """
        return self._known[kind][name]
