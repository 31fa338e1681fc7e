"""Matching phrases of a lexicon against the words of a text.

Only words of one sentence are matched together, every repetition is bounded, a phrase is tried only where its
first word stands, and what was found out about a list at a word is remembered: the time taken grows with the
text and not with a product of repetitions.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from advisor.model.lexicon import Lexicon
from advisor.model.phrases import Either, Gap, Listing, Part, Slot, Word, parse_phrase
from advisor.model.phrases import Sequence as Phrase
from advisor.model.tokens import Token

TOPIC_WORDS = 8
"""A topic ends after this many words: what follows is another thought."""
NAME_WORDS = 5
TAKEN_BACK_WITHIN = 3
"""How many words before a phrase a negation or a wish may stand to take it back."""


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found: the words from `first` up to, not including, `after`."""

    sign: str
    first: int
    after: int


class PhraseMatcher:
    """Finds the signs of one lexicon; may be used from many threads."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._bland = lexicon.words("bland") | lexicon.function_words
        self._persons = lexicon.words("person_words")
        self._second_person = lexicon.words("second_person")
        self._takers = {
            sign.not_after: lexicon.words(sign.not_after) for sign in lexicon.signs.values() if sign.not_after
        }
        self._names = frozenset(lexicon.lists)
        # Phrases are parsed when a note first needs them: most notes need a few dozen out of thousands.
        self._phrase = lru_cache(maxsize=None)(lambda text: parse_phrase(text, self._names))
        self._list = lru_cache(maxsize=None)(self._choice_of_list)
        # By identity: parsed phrases live as long as the matcher, and hashing a phrase walks all of it.
        self._choices: dict[int, _Choice] = {}

    def find(self, tokens: Sequence[Token]) -> list[Match]:
        """All signs in `tokens`, each phrase at its longest, in the order of the text."""
        found: set[Match] = set()
        text = _Text(self, tokens)
        index = self.lexicon.index
        for place, token in enumerate(tokens):
            stems = (phrases for stem, phrases in index.by_stem if token.folded.startswith(stem))
            for phrases in (index.by_word.get(token.folded, ()), *stems, index.anywhere):
                for name, phrase in phrases:
                    after = max(text.ends(self._phrase(phrase), place), default=place)
                    if after > place and not self._taken_back(name, tokens, place, after):
                        found.add(Match(name, place, after))
        return sorted(found, key=lambda match: (match.first, match.after, match.sign))

    def concrete(self, tokens: Sequence[Token], matches: Sequence[Match], names: frozenset[str]) -> list[int]:
        """Places of words that tell something concrete about the two people, each word once.

        Left out are bland words, `names` (folded), the words of signs that say nothing of the prospect, and a
        first sentence that speaks of neither person: it introduces the writer.
        """
        empty = self._empty(matches)
        opening = tokens[0].sentence if tokens else 0
        if any(token.folded in self._persons for token in tokens if token.sentence == opening):
            opening = -1
        first_seen: dict[str, int] = {}
        for place, token in enumerate(tokens):
            counts = place not in empty and token.sentence != opening and token.folded not in names
            if counts and self.is_content(token):
                first_seen.setdefault(token.folded, place)
        return sorted(first_seen.values())

    def addressed(self, tokens: Sequence[Token], matches: Sequence[Match]) -> frozenset[int]:
        """Numbers of the sentences that speak of the reader, in words that are not a mere pleasantry.

        Languages that leave pronouns out list no second person; there every sentence may speak of the reader.
        """
        if not self._second_person:
            return frozenset(token.sentence for token in tokens)
        empty = self._empty(matches)
        return frozenset(
            token.sentence
            for place, token in enumerate(tokens)
            if token.folded in self._second_person and place not in empty
        )

    def _empty(self, matches: Sequence[Match]) -> frozenset[int]:
        """Places of the words of signs that say nothing about the reader."""
        return frozenset(
            place
            for match in matches
            if self.lexicon.signs[match.sign].empty
            for place in range(match.first, match.after)
        )

    def is_content(self, token: Token) -> bool:
        """Whether a word says something: neither a function word nor one of the bland ones."""
        return token.folded not in self._bland and (len(token.folded) > 1 or not token.folded.isascii())

    def choice(self, part: Either | Listing) -> _Choice:
        """The alternatives of `part`, arranged for quick trying."""
        if isinstance(part, Listing):
            return self._list(part.name)
        if (known := self._choices.get(id(part))) is None:
            known = self._choices[id(part)] = _Choice.of(part.alternatives)
        return known

    def _choice_of_list(self, name: str) -> _Choice:
        words = self.lexicon.words(name)
        phrases = _Choice.of(self._phrase(entry) for entry in self.lexicon.lists[name] if entry not in words)
        return _Choice(words | phrases.words, phrases.others)

    def _taken_back(self, sign: str, tokens: Sequence[Token], first: int, after: int) -> bool:
        takers = self._takers.get(self.lexicon.signs[sign].not_after)
        if not takers or any(token.folded in takers for token in tokens[first:after]):
            return False  # a phrase that holds such a word itself means it: "I can't wait to sell you"
        return any(
            token.folded in takers and token.sentence == tokens[first].sentence
            for token in tokens[max(0, first - TAKEN_BACK_WITHIN) : first]
        )


@dataclass(frozen=True, slots=True)
class _Choice:
    """Alternatives: single words are looked up together, everything else is tried one by one."""

    words: frozenset[str]
    others: tuple[Part, ...]

    @classmethod
    def of(cls, alternatives: Iterable[Part]) -> _Choice:
        words: set[str] = set()
        others: list[Part] = []
        for part in alternatives:
            inner = part.parts[0] if isinstance(part, Phrase) and len(part.parts) == 1 else part
            if isinstance(inner, Word) and not (inner.prefix or inner.suffix):
                words.add(inner.text)
            else:
                others.append(inner)
        return cls(frozenset(words), tuple(others))


class _Text:
    """One text while phrases are tried on it; remembers how far each choice reaches from each word."""

    def __init__(self, matcher: PhraseMatcher, tokens: Sequence[Token]) -> None:
        self._matcher, self._tokens = matcher, tokens
        self._sentence_ends = _sentence_ends(tokens)
        self._known: dict[tuple[int, int], frozenset[int]] = {}

    def ends(self, part: Part, place: int) -> Iterable[int]:
        """Places at which `part` may end when it begins at `place`; never beyond the sentence."""
        # Asked thousands of times a note, mostly about words and phrases: those are told apart first.
        if type(part) is Word:
            return (place + 1,) if self._is_word(part, place) else ()
        if type(part) is Phrase:
            return self._phrase_ends(part, place)
        match part:
            case Either() | Listing():
                return self._repeated(part, place)
            case Gap(most):
                return range(place, min(place + most, self._limit(place)) + 1)
            case Slot(kind) if place < len(self._tokens):
                return tuple(self._slot(kind, place))
            case _:
                return ()

    def _is_word(self, word: Word, place: int) -> bool:
        if place >= len(self._tokens):
            return False
        token = self._tokens[place]
        folded, text = token.folded, word.text
        if word.suffix:
            long = len(folded) > len(text) + 1
            return long and folded.endswith(text) and self._matcher.is_content(token)
        return folded == text or (word.prefix and folded.startswith(text))

    def _phrase_ends(self, phrase: Phrase, place: int) -> Iterable[int]:
        reached: Collection[int] = (place,)
        for inner in phrase.parts:
            if type(inner) is Word:
                reached = [end + 1 for end in reached if self._is_word(inner, end)]
            else:
                reached = {after for end in reached for after in self.ends(inner, end)}
            if not reached:
                return ()
        limit = self._limit(place)
        return [end for end in reached if end <= limit]

    def _limit(self, place: int) -> int:
        """End of the sentence that the word at `place` stands in."""
        return self._sentence_ends[place] if place < len(self._tokens) else place

    def _repeated(self, part: Either | Listing, place: int) -> frozenset[int]:
        key = (id(part), place)
        if (known := self._known.get(key)) is not None:
            return known
        choice = self._matcher.choice(part)
        reached = {place} if part.least == 0 else set()
        frontier = {place}
        for number in range(1, part.most + 1):
            frontier = {after for end in frontier for after in self._once(choice, end)} - reached - {place}
            if not frontier:
                break
            if number >= part.least:
                reached |= frontier
        self._known[key] = frozenset(reached)
        return self._known[key]

    def _once(self, choice: _Choice, place: int) -> Iterator[int]:
        if place < len(self._tokens) and self._tokens[place].folded in choice.words:
            yield place + 1
        for part in choice.others:
            yield from self.ends(part, place)

    def _slot(self, kind: str, place: int) -> Iterator[int]:
        match kind:
            case "content":
                if self._matcher.is_content(self._tokens[place]):
                    yield place + 1
            case "number":
                if self._tokens[place].folded[0].isdigit():
                    yield place + 1
            case "topic":
                yield from self._topic(place)
            case "Name":
                for end in self._run(place, NAME_WORDS):
                    token = self._tokens[end - 1]
                    named = token.capital and self._matcher.is_content(token)
                    if not named or (end - 1 > place and token.breaks):
                        return
                    yield end
            case "Title":
                yield from self._title(place)

    def _topic(self, place: int) -> Iterator[int]:
        """A few words of one clause, from the first that says something on."""
        says = False
        for end in self._run(place, TOPIC_WORDS):
            if end - 1 > place and self._tokens[end - 1].breaks:
                return
            says = says or self._matcher.is_content(self._tokens[end - 1])
            if says:
                yield end

    def _title(self, place: int) -> Iterator[int]:
        """A run in quotation marks, or at least two capitalised words or numbers in a row."""
        quoted = self._tokens[place].quoted
        says = False
        for end in self._run(place, TOPIC_WORDS + NAME_WORDS):
            token = self._tokens[end - 1]
            if not (token.quoted if quoted else token.capital):
                return
            says = says or self._matcher.is_content(token)
            if says and (quoted or end - place > 1):
                yield end

    def _run(self, place: int, most: int) -> range:
        """Ends of runs of 1..most words from `place` that stay in its sentence."""
        return range(place + 1, min(place + most, self._limit(place)) + 1)


def _sentence_ends(tokens: Sequence[Token]) -> list[int]:
    """For each word the place after the last word of its sentence."""
    ends = [len(tokens)] * len(tokens)
    for place in range(len(tokens) - 2, -1, -1):
        ends[place] = ends[place + 1] if tokens[place].sentence == tokens[place + 1].sentence else place + 1
    return ends
