"""Which language a note is in, told by its frequent words. It guesses nothing where there are too few."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from advisor.model.lexicon import Lexicon
from advisor.model.tokens import Token

MINIMUM_HITS = 2
"""A single frequent word proves nothing: `die` is German and English."""
LEAD = 2
"""By how many words a language that is not read must lead one that is: near relatives share many words."""


def identify(tokens: Sequence[Token], lexicons: Mapping[str, Lexicon]) -> str:
    """Code of the language whose frequent words occur most often; empty where none stands out.

    A tie between two languages is no answer, unless one of them has more different words.
    """
    scores = []
    for code, lexicon in lexicons.items():
        hits = [token.folded for token in tokens if token.folded in lexicon.function_words]
        lead = 0 if lexicon.covered else LEAD
        scores.append((len(hits) - lead, len(set(hits)), code))
    scores.sort(reverse=True)
    if not scores or scores[0][0] < MINIMUM_HITS:
        return ""
    if len(scores) > 1 and scores[0][:2] == scores[1][:2]:
        return ""
    return scores[0][2]
