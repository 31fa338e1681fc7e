"""The greeting of a note: whether there is one, and whom it greets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from advisor.facts.people import PersonName
from advisor.model.tokens import Token

ADDRESS_WORDS = 6
"""An address is no longer than this: what follows is the note itself."""
LOWER_CASE_WORDS = 3
"""A name in lower case is believed only where a comma or line end follows this soon."""


@dataclass(frozen=True, slots=True)
class GreetingWords:
    """Words of all languages by which a greeting is recognised; all folded."""

    salutations: frozenset[tuple[str, ...]]
    impersonal: frozenset[tuple[str, ...]]
    titles: frozenset[str]
    particles: frozenset[str]
    function_words: frozenset[str]
    """Frequent words, which are nobody's name unless they are the prospect's."""


@dataclass(frozen=True, slots=True)
class Greeting:
    """What the greeting shows; `first:after` are its words, `after` is where the note goes on."""

    kind: str
    """A value of the fact `note.greeting`."""
    first: int = 0
    after: int = 0


def read_greeting(
    tokens: Sequence[Token],
    prospect: PersonName,
    words: GreetingWords,
    placeholders: Sequence[tuple[int, int]],
) -> Greeting:
    """Find the greeting at the beginning of a note and compare its address with the prospect."""
    if not tokens:
        return Greeting("none")
    opening = max((len(salute) for salute in words.salutations if _starts(tokens, 0, salute)), default=0)
    while opening and any(_starts(tokens, opening, salute) for salute in words.salutations):
        opening += 1  # "Hello, good morning"
    if opening:
        follows = tokens[opening].start if opening < len(tokens) else None
        for start, _ in placeholders:
            if tokens[opening - 1].end <= start and (follows is None or start <= follows):
                return Greeting("placeholder", 0, opening)
    address = _address(tokens, opening, prospect, words)
    kind = _kind(tokens, opening, address, prospect, words)
    if kind == "none":
        return Greeting("none")
    # "Hello, Priya Nair and I ...": what follows a comma and is no address belongs to the note.
    nobody = kind in ("without name", "unclear") and address.named and tokens[opening].breaks
    return Greeting(kind, 0, opening if nobody else max(opening, address.after))


@dataclass(frozen=True, slots=True)
class _Address:
    """The words after a salutation that may name somebody."""

    after: int
    named: tuple[str, ...] = ()
    sure: bool = True
    """Whether they are written as a name, with a capital letter."""


def _kind(
    tokens: Sequence[Token], opening: int, address: _Address, prospect: PersonName, words: GreetingWords
) -> str:
    """What a greeting with this address is. Somebody else is greeted only where that is beyond doubt."""
    otherwise = "without name" if opening else "none"
    if not address.named:
        return otherwise
    kind = prospect.match(address.named)
    apart = _stands_apart(tokens, address.after)
    salutes = bool(opening) or tokens[0].folded in words.titles
    if kind in ("right name", "nickname"):
        return kind if salutes or apart else "none"
    if not salutes:
        return "none"
    if opening and tokens[opening].breaks:
        # "Hello, Congratulations! ...": what follows a comma is a name only if another comma follows it.
        comma = address.after < len(tokens) and tokens[address.after].breaks
        return kind if comma and address.sure else otherwise
    return kind if apart and address.sure else "unclear"


def _address(tokens: Sequence[Token], place: int, prospect: PersonName, words: GreetingWords) -> _Address:
    longest = max((len(phrase) for phrase in words.impersonal if _starts(tokens, place, phrase)), default=0)
    if longest and place:
        after = place + longest
        goes_on = not _stands_apart(tokens, after) and (
            tokens[after].capital
            or tokens[after].folded in words.particles
            or tokens[after].folded in prospect.parts
        )
        if not goes_on:
            return _Address(after)
        place = after  # "Dear colleague Anna"
    end = place
    named: list[str] = []
    for at in range(place, min(place + ADDRESS_WORDS, len(tokens))):
        token = tokens[at]
        # "Dr. Pappa": the stop after a title ends neither sentence nor address.
        titled = at > place and tokens[at - 1].folded in words.titles
        if at > place and not titled and (token.breaks or token.sentence != tokens[at - 1].sentence):
            break
        theirs = token.folded in prospect.parts or token.folded in prospect.nickname
        if token.folded in words.titles or token.folded in words.particles:
            end = at + 1
        elif theirs or (token.capital and token.folded not in words.function_words):
            named.append(token.folded)
            end = at + 1
        else:
            break
    if named or not place:
        return _Address(end, tuple(named))
    return _lower_case_name(tokens, place, words) or _Address(end)


def _lower_case_name(tokens: Sequence[Token], place: int, words: GreetingWords) -> _Address | None:
    """`hi anna, ...`: a few words in lower case that stand apart, and no frequent words."""
    for after in range(place + 1, min(place + LOWER_CASE_WORDS, len(tokens)) + 1):
        if tokens[after - 1].folded in words.function_words or tokens[place].breaks:
            return None
        if _stands_apart(tokens, after):
            return _Address(after, tuple(token.folded for token in tokens[place:after]), sure=False)
    return None


def _stands_apart(tokens: Sequence[Token], after: int) -> bool:
    """Whether the words before `after` are closed by a comma, a line's or the text's end."""
    return (
        after >= len(tokens) or tokens[after].breaks or tokens[after].sentence != tokens[after - 1].sentence
    )


def _starts(tokens: Sequence[Token], place: int, phrase: tuple[str, ...]) -> bool:
    return tuple(token.folded for token in tokens[place : place + len(phrase)]) == phrase
