"""Notes that are nothing but courtesies: a greeting, thanks, a closing, a signature."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from advisor.model.lexicon import Lexicon
from advisor.model.tokens import Token

SIGNATURE_WORDS = 4
"""What follows a closing and is no longer than this is a signature."""


def only_courtesies(
    body: Sequence[Token],
    closings: Sequence[tuple[str, ...]],
    salutations: Sequence[tuple[str, ...]],
    names: Collection[str],
) -> bool:
    """Whether `body`, which follows the greeting, holds nothing but names, courtesies and a signature."""
    place = 0
    while place < len(body):
        closing = _longest(closings, body, place)
        after = place + closing
        if closing and len(body) - after <= SIGNATURE_WORDS and (after == len(body) or body[after].breaks):
            return True
        taken = max(closing, _longest(salutations, body, place))
        if not taken and body[place].folded not in names:
            return False
        place += taken or 1
    return True


def _longest(phrases: Sequence[tuple[str, ...]], body: Sequence[Token], place: int) -> int:
    """Words of the longest of `phrases` that begins at `place`; 0 where none does."""
    words = tuple(token.folded for token in body[place:])
    return max((len(each) for each in phrases if words[: len(each)] == each), default=0)


def language_of_courtesies(tokens: Sequence[Token], lexicons: Mapping[str, Lexicon]) -> str:
    """The one language that is read and whose greetings or closings the words are; else empty."""
    words = {token.folded for token in tokens}
    found = [
        code
        for code, lexicon in lexicons.items()
        if lexicon.covered and words & (lexicon.words("salutations") | lexicon.words("sign_offs"))
    ]
    return found[0] if len(found) == 1 else ""
