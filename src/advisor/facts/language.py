"""Which language a note is in, told by its frequent words. It guesses nothing where there are too few."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from advisor.model.lexicon import Lexicon
from advisor.model.tokens import Token

MINIMUM_HITS = 2
"""A single frequent word proves nothing: `die` is German and English."""


def identify(tokens: Sequence[Token], lexicons: Mapping[str, Lexicon]) -> str:
    """Code of the language whose frequent words occur most often; empty where none stands out.

    A tie between two languages is no answer either, unless one of them also has more different words.
    """
    scores = []
    for code, lexicon in lexicons.items():
        hits = [token.folded for token in tokens if token.folded in lexicon.function_words]
        scores.append((len(hits), len(set(hits)), code))
    scores.sort(reverse=True)
    if not scores or scores[0][0] < MINIMUM_HITS:
        return ""
    if len(scores) > 1 and scores[0][:2] == scores[1][:2]:
        return ""
    return scores[0][2]
