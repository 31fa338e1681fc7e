"""What of the prospect file a note names: companies, people, events, works. In any language.

The file is the witness: a name counts because the file says that it belongs to this prospect.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from advisor.model.tokens import Token, tokenize

STEM = 5
"""Two long words that agree in their first letters are forms of one word: restored, restoration."""
TELLING_LETTERS = 4
"""A single word names something only if it is at least this long."""
PERSON_LETTERS = 3
"""The same for names of people, which are shorter."""
TELLING_WORDS = 2
"""So many words in common show that the note speaks of what the file tells."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of the note (`first:after`) that name something of the file."""

    first: int
    after: int


class Finder:
    """Looks for names and descriptions in one note."""

    def __init__(self, tokens: Sequence[Token], text: str, common_words: frozenset[str]) -> None:
        """`common_words`: folded words that name nothing by themselves (function words, `university`)."""
        self._tokens = tokens
        self._folded = [token.folded for token in tokens]
        self._text = text
        self._common = common_words
        # Where each word, and each word's stem, stands first: descriptions may be long, and notes too.
        self._first: dict[str, int] = {}
        self._stems: dict[str, int] = {}
        self._capitals: dict[str, int] = {}
        for place, token in enumerate(tokens):
            self._first.setdefault(token.folded, place)
            if len(token.folded) >= STEM:
                self._stems.setdefault(token.folded[:STEM], place)
            if token.capital:
                self._capitals.setdefault(token.folded, place)

    def telling(self, phrase: str) -> list[str]:
        """The words of `phrase` that tell it from others, folded."""
        return [
            token.folded
            for token in tokenize(phrase)
            if token.folded not in self._common and (len(token.folded) > 1 or not token.folded.isascii())
        ]

    def name(self, phrase: str | None) -> Mention | None:
        """A name in full, by its first telling word, or by its initials."""
        if not phrase:
            return None
        words = tuple(token.folded for token in tokenize(phrase))
        if (whole := self._run(words)) is not None:
            return whole
        if (unspaced := self._unspaced(phrase)) is not None:
            return unspaced
        telling = self.telling(_without_legal_form(phrase))
        for word in telling[:2]:
            if len(word) >= TELLING_LETTERS and (place := self._capitals.get(word)) is not None:
                return Mention(place, place + 1)
        return self._initials(phrase)

    def person(self, name: str | None) -> Mention | None:
        """A person by full name, or by a first or last name of some length, capitalised."""
        if not name:
            return None
        if (whole := self._run(tuple(token.folded for token in tokenize(name)))) is not None:
            return whole
        for word in self.telling(name):
            if len(word) >= PERSON_LETTERS and (place := self._capitals.get(word)) is not None:
                return Mention(place, place + 1)
        return self._unspaced(name)

    def description(self, phrase: str | None, besides: frozenset[str] = frozenset()) -> list[Mention]:
        """Telling words that the note shares with a description, `besides` not counted.

        They count where there are two of them, or one that is a capitalised name in the note, or where
        the description has only one telling word.
        """
        if not phrase:
            return []
        wanted = {word for word in self.telling(phrase) if word not in besides}
        hits: dict[str, Mention] = {}
        for word in wanted:
            place = self._first.get(word)
            if place is None and len(word) >= STEM:
                place = self._stems.get(word[:STEM])
            if place is not None:
                hits[word] = Mention(place, place + 1)
        proper = any(self._tokens[hit.first].text[0].isupper() and hit.first for hit in hits.values())
        enough = len(hits) >= TELLING_WORDS or (hits and (proper or len(wanted) == 1))
        return sorted(hits.values(), key=lambda hit: hit.first) if enough else []

    def _run(self, words: tuple[str, ...]) -> Mention | None:
        for place in range(len(self._folded) - len(words) + 1):
            if words and tuple(self._folded[place : place + len(words)]) == words:
                return Mention(place, place + len(words))
        return None

    def _unspaced(self, phrase: str) -> Mention | None:
        """In scripts without spaces a name stands inside a longer run of letters."""
        for token in tokenize(phrase):
            if (
                token.text.isascii()
                or len(token.folded) < TELLING_WORDS
                or token.text[0].lower() != token.text[0].upper()
            ):
                continue
            for place, word in enumerate(self._folded):
                if token.folded in word:
                    return Mention(place, place + 1)
        return None

    def _initials(self, phrase: str) -> Mention | None:
        initials = "".join(token.text[0] for token in tokenize(phrase) if token.text[0].isupper()).casefold()
        if len(initials) > TELLING_WORDS:
            for place, token in enumerate(self._tokens):
                if token.folded == initials and token.text.isupper():
                    return Mention(place, place + 1)
        return None


def _without_legal_form(name: str) -> str:
    """`ACME Inc.` without the `Inc.`; only asked where the name as written is not in the note."""
    if not any(word in name for word in (" ", ".", ",")):
        return name
    from cleanco import basename

    return str(basename(name)) or name


def union(mentions: Iterable[Mention | None]) -> list[Mention]:
    """The mentions that were found, in the order of the note."""
    return sorted(
        {mention for mention in mentions if mention is not None}, key=lambda each: (each.first, each.after)
    )
