"""Notes that are nothing but courtesies: a greeting, thanks, a closing, a signature."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from advisor.model.lexicon import Lexicon
from advisor.model.tokens import Token

SIGNATURE_WORDS = 4
"""What follows a closing and is no longer than this is a signature."""


def only_courtesies(
    body: Sequence[Token], courtesies: Sequence[tuple[str, ...]], names: Collection[str]
) -> bool:
    """Whether `body`, which follows the greeting, holds nothing but names, courtesies and a signature."""
    place = 0
    while place < len(body):
        rest = tuple(token.folded for token in body[place:])
        longest = max((len(each) for each in courtesies if rest[: len(each)] == each), default=0)
        if (
            longest
            and len(rest) - longest <= SIGNATURE_WORDS
            and body[place].sentence >= body[-1].sentence - 1
        ):
            return True
        if not longest and rest[0] not in names:
            return False
        place += longest or 1
    return True


def language_of_courtesies(tokens: Sequence[Token], lexicons: Mapping[str, Lexicon]) -> str:
    """The one language that is read and whose greetings or closings the words are; else empty."""
    words = {token.folded for token in tokens}
    found = [
        code
        for code, lexicon in lexicons.items()
        if lexicon.covered and words & (lexicon.words("salutations") | lexicon.words("sign_offs"))
    ]
    return found[0] if len(found) == 1 else ""
