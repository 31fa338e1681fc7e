"""Answers of an interview: what a person types, put where a file about the subject tells it.

What a place takes is read from the annotations of the subject's class, and what stands there in the end is
checked as a file is. Of single places this module knows three: the note, the kind and name of an occasion,
and the counts behind a rate.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from advisor.catalog.plain import place_of
from advisor.model.marks import Choice, Day, Percent, says_nothing
from advisor.model.subject import PROSPECT, SUBJECTS
from advisor.model.vocabulary import Option, Vocabulary

AnswerKind = Literal[
    "yes-no", "number", "rate", "choice", "choices", "options", "names", "date", "name", "text", "note"
]
"""What a place takes; `choices` and `options` are several of a closed list, each of the former with a name
behind a colon if wanted."""
_YES, _NO = ("y", "yes", "true"), ("n", "no", "false")
_SHARE = re.compile(r"(\d{1,7})\s*(?:of|/|out of|von|sur|de)\s*(\d{1,7})", re.IGNORECASE)
_NOTES = (("draft",), ("note",))
"""Where the note of an invitation stands, sent or received."""
Told = dict[str, Any]
"""A file in the making."""


class NotAnAnswer(ValueError):
    """What was typed is no answer to the question; the message says what is."""


@dataclass(frozen=True, slots=True)
class AnswerPlace:
    """One place of a file, and what it takes."""

    path: tuple[str, ...]
    kind: AnswerKind
    options: tuple[Option, ...] = ()
    subject: str = PROSPECT
    """What the file is about."""

    @classmethod
    def at(cls, told: str, vocabulary: Vocabulary, subject: str = PROSPECT) -> AnswerPlace:
        """The place `told`, such as `relationship.known_as`, of files about `subject`.

        Raises:
            NoSuchPlace: where such files have no such place.
        """
        path = tuple(told.split("."))
        model = SUBJECTS[subject].model
        place = place_of(model, path)
        kind, choice = _kind(place.hint)
        if kind == "text" and path in _NOTES:
            kind = "note"
        several = kind == "choice" and any(
            place_of(model, path[: end + 1]).listed for end in range(len(path))
        )
        options = vocabulary.options_at(choice.told) if choice else ()
        several = several and path[-1] == "how"
        return cls(path, "choices" if several else kind, options, subject)

    @classmethod
    def of_name(cls, subject: str) -> AnswerPlace | None:
        """The name of whom files about `subject` are; None where they are about the sender alone."""
        part, _, key = next(iter(SUBJECTS[subject].texts), "").partition(".")
        return cls((part, key), "name", subject=subject) if key == "name" and part != "me" else None

    @property
    def takes(self) -> str:
        """What may be typed, in a few words; empty where the options say it."""
        return {
            "yes-no": "yes or no",
            "number": "a number",
            "rate": "a share such as 38%, or 19 of 50",
            "choice": "a number of the list, or a word",
            "choices": "one or more of the list, each with its name if you like, as in 2: PyCon; or none",
            "options": "one or more of the list, with commas; or none",
            "names": "their names, with commas; or none",
            "date": "a day such as 2026-11-21",
            "name": "a name",
            "text": "in your words; or none",
            "note": "the note, line by line, then a line with just a full stop; or none; or @FILE",
        }[self.kind]

    def put(self, told: Mapping[str, Any], typed: str, day: date | None = None) -> Told:
        """`told` with the answer in its place; of several items of a list, what is past on `day` is meant.

        Raises:
            NotAnAnswer: where it cannot stand there.
        """
        after: Told = copy.deepcopy(dict(told))
        match self.kind:
            case "choices":
                self._place(after, self.path[:-1], self._occasions(typed), day)
            case "rate":
                self._put_rate(after, typed)
            case _:
                self._place(after, self.path, self._read(typed), day)
        return after

    def _read(self, typed: str) -> object:
        words = typed.strip()
        lowered = words.casefold()
        match self.kind:
            case "yes-no":
                if lowered in _YES or lowered in _NO:
                    return lowered in _YES
                raise NotAnAnswer("answer yes or no")
            case "number":
                if words.isdecimal() and len(words) <= 9:  # noqa: PLR2004 - more digits than any count has
                    return int(words)
                raise NotAnAnswer("answer with a whole number, such as 12")
            case "choice":
                return self._option(words)
            case "options" | "names":
                return self._several(words)
            case "text" if lowered in _YES:
                raise NotAnAnswer("say it in a few words, or none")
            case "text" if says_nothing(words):
                return "none"
            case _:
                return words

    def _several(self, words: str) -> list[str]:
        if words.casefold() in _YES:
            raise NotAnAnswer("say which, by name, or none")
        parts = [part.strip() for part in re.split(r"[;,]", words) if part.strip()]
        if says_nothing(words):
            return []
        return [self._option(part) for part in parts] if self.kind == "options" else parts

    def _option(self, words: str) -> str:
        if words.isdecimal():
            if 1 <= int(words) <= len(self.options):
                return self.options[int(words) - 1].name
            raise NotAnAnswer(f"the list has the numbers 1 to {len(self.options)}")
        return words

    def _occasions(self, typed: str) -> list[dict[str, str]]:
        if says_nothing(typed.strip()):
            return []
        found = []
        for part in re.split(r"[;,]", typed):
            how, _, where = (each.strip() for each in part.partition(":"))
            if how:
                found.append({self.path[-1]: self._option(how), **({"where": where} if where else {})})
        return found

    def _put_rate(self, told: Told, typed: str) -> None:
        match = _SHARE.fullmatch(typed.strip())
        if match is None:
            self._place(told, self.path, typed.strip())
            return
        accepted, sent = int(match[1]), int(match[2])
        if not sent or accepted > sent:
            raise NotAnAnswer("the first number is a part of the second, such as 19 of 50")
        self._place(told, (*self.path[:-1], "sent"), sent)
        self._place(told, (*self.path[:-1], "accepted"), accepted)

    def _place(self, told: Told, path: tuple[str, ...], value: object, day: date | None = None) -> None:
        here: Any = told
        for step in path[:-1]:
            here = _item(here, day)
            inner = here.get(step)
            if inner is None or inner == []:
                inner = here[step] = [{}] if self._listed(path, step) else {}
            here = inner
        _item(here, day)[path[-1]] = value

    def _listed(self, path: tuple[str, ...], step: str) -> bool:
        return place_of(SUBJECTS[self.subject].model, path[: path.index(step) + 1]).listed


def _item(here: Any, day: date | None) -> Any:
    """Of a list the first item that does not lie ahead; what is no list is meant itself."""
    if not isinstance(here, list):
        return here
    past = [each for each in here if not (day and str(each.get("when", "")) > day.isoformat())]
    return (past or here)[0]


def _kind(hint: Any) -> tuple[AnswerKind, Choice | None]:
    """What an annotation takes, and the mark of its closed list."""
    marks = list(_marks(hint))
    for mark in marks:
        if isinstance(mark, Choice):
            return "choice", mark
        if isinstance(mark, Percent):
            return "rate", None
        if isinstance(mark, Day):
            return "date", None
    types = set(_types(hint))
    if tuple in types:
        several = [mark for item in _items(hint) for mark in _marks(item) if isinstance(mark, Choice)]
        return ("options", several[0]) if several else ("names", None)
    if bool in types:
        return "yes-no", None
    return ("number" if int in types else "text"), None


def _marks(hint: Any) -> list[Any]:
    if get_origin(hint) is Annotated:
        inner, *marks = get_args(hint)
        return [*marks, *_marks(inner)]
    if get_origin(hint) in (Union, UnionType):
        return [mark for each in get_args(hint) for mark in _marks(each)]
    return []


def _items(hint: Any) -> list[Any]:
    """What the items of a list in an annotation may be."""
    if get_origin(hint) is Annotated:
        return _items(get_args(hint)[0])
    if get_origin(hint) in (Union, UnionType):
        return [item for each in get_args(hint) for item in _items(each)]
    return [get_args(hint)[0]] if get_origin(hint) is tuple else []


def _types(hint: Any) -> list[Any]:
    if get_origin(hint) is Annotated:
        return _types(get_args(hint)[0])
    if get_origin(hint) in (Union, UnionType):
        return [kind for each in get_args(hint) if each is not NoneType for kind in _types(each)]
    return [get_origin(hint) or hint]
