"""Whether the articles still say what the passages were made from.

A passage is kept as a number of words and the hash of those words, so that the articles themselves need not
be kept. Words are runs of letters and digits after NFKC and case folding: layout, punctuation and case of
an article may change freely. Which rules a change concerns is for the reader of the outcome to see.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from advisor.catalog.encoding import read_text
from advisor.model.knowledge import Library, Passage

Outcome = Literal["present", "moved", "changed", "missing file"]

INTRODUCTION = "(introduction)"
"""Heading of what stands before the first heading of an article."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class PassageCheck:
    """What became of one passage in its article."""

    passage: str
    """`source/passage`."""
    outcome: Outcome
    """`present`: its words stand under its heading. `moved`: they stand under another heading only.
    `changed`: they stand nowhere. `missing file`: the folder has no such article."""
    file: str
    """Name of the article's file."""
    heading: str
    """Heading that it should stand under."""
    found_under: str = ""
    """For `moved`: the heading that it stands under now."""


def verify(library: Library, folder: Path) -> list[PassageCheck]:
    """Look for every passage of `library` in the articles in `folder`, in the library's order.

    Raises:
        InputError: where an article is there but cannot be read as text.
    """
    checks: list[PassageCheck] = []
    for source in library.sources.values():
        if source.kind != "article":
            continue
        passages = [passage for passage in library.passages.values() if passage.source == source.id]
        path = folder / source.file
        if not path.is_file():
            outcome: Outcome = "missing file"
            checks += [PassageCheck(each.id, outcome, source.file, each.heading) for each in passages]
            continue
        text = read_text(path)
        article = _Article(text, {passage.heading for passage in passages})
        checks += [article.check(passage, source.file) for passage in passages]
    return checks


def words_of(text: str) -> list[str]:
    """The words of `text` as passages count and hash them.

    >>> words_of("Don\u2019t overwhelm \u2013 20-30 a day!")
    ['don', 't', 'overwhelm', '20', '30', 'a', 'day']
    """
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def hash_of(words: Sequence[str]) -> str:
    """The `sha256` by which passages know their words."""
    return hashlib.sha256(" ".join(words).encode()).hexdigest()


class _Article:
    """An article as words, each under its heading."""

    def __init__(self, text: str, headings: Collection[str]) -> None:
        self._words: list[str] = []
        self._headings: list[str] = []
        heading = INTRODUCTION
        for line in text.split("\n"):
            if line.strip() in headings:
                heading = line.strip()
            words = words_of(line)
            self._words += words
            self._headings += [heading] * len(words)
        self._spans: dict[int, dict[str, list[int]]] = {}

    def check(self, passage: Passage, file: str) -> PassageCheck:
        """Look for one passage."""
        places = self._spans_of(passage.words).get(passage.sha256, [])
        found = [self._headings[place] for place in places]
        if not found:
            return PassageCheck(passage.id, "changed", file, passage.heading)
        if passage.heading in found:
            return PassageCheck(passage.id, "present", file, passage.heading)
        return PassageCheck(passage.id, "moved", file, passage.heading, found[0])

    def _spans_of(self, length: int) -> dict[str, list[int]]:
        """Where each run of `length` words begins, by its hash; made once for each length."""
        if length not in self._spans:
            spans: dict[str, list[int]] = defaultdict(list)
            for start in range(len(self._words) - length + 1):
                spans[hash_of(self._words[start : start + length])].append(start)
            self._spans[length] = spans
        return self._spans[length]
