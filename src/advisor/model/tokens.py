"""Text to tokens: folded words with their places, sentences and clauses, for any language and script.

Folding takes away case, accents and typographic variants and keeps the place of every character, so that
whatever is found can be quoted from the note as it was written.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:[.&+#][^\W_]+)*[+#]*|[&@]")
_ELISION = re.compile(r"(?<=[^\W\d_])['\u2018\u2019\u02bc\u00b4`](?=[^\W\d_])")
_SENTENCE_END = re.compile(
    r"[.!?\u2026]+(?=[\s\"'\u201d\u2019)\]]|$)|[\u3002\uff01\uff1f]+|\n\s*\n|\n(?=\s*[-*\u2022])"
)
_CLAUSE_BREAK = re.compile(r"[,;:()\[\]\u2013\u2014\u3001\n]|\s-+\s")
_ABBREVIATION = re.compile(
    r"(?:\b(?:dr|prof|mr|mrs|ms|mme|mlle|hr|fr|sr|sra|srta|st|dra|dipl|ing|no|vs|etc|inc|ltd|co|corp|jr|approx"
    r"|e\.g|i\.e|z\.b|u\.a|bzw|ca|nr|p\.ex|ex)|\b[^\W\d_])\.$",
    re.IGNORECASE,
)
_QUOTED = re.compile(
    '["\u201c\u201e\u00ab\u2018]([^"\u201c\u201d\u201e\u00bb\u2019\n]{2,120})["\u201d\u201c\u00bb\u2019]'
)
_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad\ufe0f\ufe0e")


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text."""

    text: str
    """As it was written."""
    folded: str
    """Without case, accents and typographic variants."""
    start: int
    end: int
    """Place in the text, in characters; `text[start:end]` is the word."""
    sentence: int
    """Number of its sentence, from 0."""
    breaks: bool
    """Whether a comma, bracket, dash, colon or line break stands before it."""
    quoted: bool
    """Whether it stands in quotation marks."""

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter or a digit, or its script has no capitals."""
        first = self.text[0]
        return first.isupper() or first.isdigit() or (first.isalpha() and first.lower() == first.upper())


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Lower case without accents, one form for all apostrophes and widths.

    >>> fold("Þór’s ÉCOLE")
    "þor's ecole"
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = (char for char in plain if not unicodedata.combining(char) and char not in _INVISIBLE)
    return "".join("'" if char in "\u2018\u2019\u02bc\u00b4`" else char for char in kept)


def sentence_breaks(text: str) -> list[int]:
    """Places at which a new sentence begins, the first sentence excepted."""
    breaks = []
    for match in _SENTENCE_END.finditer(text):
        before = text[max(0, match.start() - 8) : match.start() + 1]
        if match[0] == "." and _ABBREVIATION.search(before):
            continue
        breaks.append(match.end())
    return breaks


def tokenize(text: str) -> tuple[Token, ...]:
    """Split `text` into words; elisions part at the apostrophe (`j'ai`, `you're` are two words each)."""
    breaks = sentence_breaks(text)
    quotes = [match.span(1) for match in _QUOTED.finditer(text)]
    tokens: list[Token] = []
    sentence = previous = quote = 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        while sentence < len(breaks) and start >= breaks[sentence]:
            sentence += 1
        while quote < len(quotes) and quotes[quote][1] < end:
            quote += 1
        between = text[previous:start]
        elided = bool(_ELISION.fullmatch(text, previous, start)) if previous else False
        quoted = quote < len(quotes) and quotes[quote][0] <= start
        folded = fold(match[0])
        if folded:
            tokens.append(
                Token(
                    text=match[0],
                    folded=folded,
                    start=start,
                    end=end,
                    sentence=sentence,
                    breaks=not elided and bool(_CLAUSE_BREAK.search(between)),
                    quoted=quoted,
                )
            )
        previous = end
    return tuple(tokens)
