"""What a note shows in any language: placeholders, links, emoji, capitals, likeness to default texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from advisor.model.tokens import Token, fold

_BRACKETED = re.compile(
    r"\[(?!\s*[\d,\s–-]+\])[^\[\]\n]{1,60}\]|\{\{?[^{}\n]{1,60}\}?\}|<[^<>\n@/]{1,40}>|%[A-Za-z_]{2,30}%|\$\{[^}\n]{1,40}\}"
    r"|\u00ab\s*[A-Z_]{2,30}\s*\u00bb|#[A-Z_]{3,30}#"
)
_FILLER = re.compile(r"\b[Xx]{3,}\b|_{3,}|\b[A-Z]+_[A-Z_]+\b|\.{6,}")
_LINK = re.compile(
    r"https?://\S+|\bwww\.\S+|\b[\w.+-]{1,64}@[\w-]{1,63}\.[\w.]{1,63}|\b[a-z0-9-]{1,63}\.(?:com|net|org|io|co|ly|me|app|ai|biz)(?:/\S*)?\b"
    r"|(?<![\d-])\+?\d[\d\s().-]{7,16}\d(?![\d-])",
    re.IGNORECASE,
)
_EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf\u2b50\u2b55]|(?<!\\w)[:;]-?[)D(P](?!\\w)")
_SHOUT_LETTERS = 5
"""Capitalised words shorter than this are read as abbreviations; so are those that stand alone."""
_WORTH_COMPARING = 0.5
"""Share of a note's words that a default text must have before the two are compared letter by letter."""


def placeholders(
    text: str, filler_words: Iterable[tuple[str, ...]], tokens: Sequence[Token]
) -> list[tuple[int, int]]:
    """Places of unfilled placeholders: brackets, XXX, underscores, and words such as `firstname`."""
    found = [match.span() for pattern in (_BRACKETED, _FILLER) for match in pattern.finditer(text)]
    for phrase in filler_words:
        found.extend(
            (tokens[place].start, tokens[place + len(phrase) - 1].end)
            for place in range(len(tokens) - len(phrase) + 1)
            if tuple(token.folded for token in tokens[place : place + len(phrase)]) == phrase
        )
    return _merged(found)


def links(text: str) -> list[tuple[int, int]]:
    """Web and mail addresses and telephone numbers."""
    return _merged(match.span() for match in _LINK.finditer(text))


def emoji(text: str) -> list[tuple[int, int]]:
    """Emoji and smileys."""
    return [match.span() for match in _EMOJI.finditer(text)]


def shouting(tokens: Sequence[Token], known: frozenset[str]) -> list[tuple[int, int]]:
    """Words in capitals, those of names in the file (`known`, folded) excepted."""
    return [
        (token.start, token.end)
        for token in tokens
        if len(token.text) >= _SHOUT_LETTERS
        and token.text.isupper()
        and token.text.isalpha()
        and token.folded not in known
    ]


def default_likeness(body: str, sentences: Sequence[str], defaults: Sequence[str]) -> int:
    """How near the note (greeting and sender's name left out) comes to a default text, in percent.

    A default sentence in a longer note counts by its share of the note's words.
    """
    words = _words(body)
    if not words:
        return 0
    best = 0.0
    for default in defaults:
        theirs = set(_words(default))
        if sum(word in theirs for word in words) < _WORTH_COMPARING * len(words):
            continue
        from rapidfuzz import fuzz  # costs more to import than all else here; most notes never need it

        best = max(best, fuzz.ratio(" ".join(words), " ".join(_words(default))))
        for sentence in sentences:
            part = _words(sentence)
            likeness = fuzz.ratio(" ".join(part), " ".join(_words(default)))
            best = max(best, likeness * min(1.0, len(part) / len(words)))
    return int(best)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", fold(text))


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
