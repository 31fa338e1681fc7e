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
    after, named = _address(tokens, opening, prospect, words)
    if opening and opening < len(tokens):
        reach = (tokens[opening - 1].end, tokens[opening].start)
        if any(reach[0] <= start <= reach[1] for start, _ in placeholders):
            return Greeting("placeholder", 0, max(after, opening))
    if not named:
        return Greeting("without name", 0, max(after, opening)) if opening else Greeting("none")
    titled = tokens[0].folded in words.titles
    kind = prospect.match(named)
    if not opening and not titled and kind not in ("right name", "nickname"):
        return Greeting("none")
    return Greeting(kind, 0, after)


def _address(
    tokens: Sequence[Token], place: int, prospect: PersonName, words: GreetingWords
) -> tuple[int, tuple[str, ...]]:
    """The words that follow the salutation and name somebody: where they end, and which they are."""
    longest = max((len(phrase) for phrase in words.impersonal if _starts(tokens, place, phrase)), default=0)
    if longest and place:
        after = place + longest
        ends = (
            after >= len(tokens) or tokens[after].breaks or tokens[after].sentence != tokens[place].sentence
        )
        if ends or not tokens[after].capital:
            return after, ()
        place = after  # "Dear colleague Anna"
    end = place
    named: list[str] = []
    for at in range(place, min(place + ADDRESS_WORDS, len(tokens))):
        token = tokens[at]
        same_line = at == 0 or (
            token.sentence == tokens[at - 1].sentence and not (token.breaks and at > place)
        )
        titled = at > 0 and tokens[at - 1].folded in words.titles  # "Dr. Pappa": the stop ends no sentence
        if not same_line and not titled and at > place:
            break
        if token.folded in words.titles or token.folded in words.particles:
            end = at + 1
        elif (token.capital or token.folded in prospect.parts or token.folded in prospect.nickname) and not (
            place and at == place and token.breaks and token.sentence != tokens[at - 1].sentence
        ):
            named.append(token.folded)
            end = at + 1
        else:
            break
    if not named and place:
        named, end = _lower_case_name(tokens, place, end)
    if (
        not place
        and end < len(tokens)
        and not (tokens[end].breaks or tokens[end].sentence != tokens[0].sentence)
    ):
        # Without a salutation only a name that stands apart is an address: "Marcus, your talk ...".
        return 0, ()
    return end, tuple(named)


def _lower_case_name(tokens: Sequence[Token], place: int, end: int) -> tuple[list[str], int]:
    for at in range(place + 1, min(place + LOWER_CASE_WORDS, len(tokens)) + 1):
        closes = at == len(tokens) or tokens[at].breaks or tokens[at].sentence != tokens[place].sentence
        if closes and not tokens[place].breaks:
            return [token.folded for token in tokens[place:at]], at
    return [], end


def _starts(tokens: Sequence[Token], place: int, phrase: tuple[str, ...]) -> bool:
    return tuple(token.folded for token in tokens[place : place + len(phrase)]) == phrase
