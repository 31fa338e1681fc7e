"""Putting a note together that shows wanted facts and not the others: a bounded search, led by reading.

It starts from a greeting and a few sentences that show what is wanted, and then changes one thing at a time
for as long as that brings the note nearer. The reader of drafts alone says what a note shows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from advisor.model.tokens import sentence_breaks
from advisor.model.vocabulary import FactValue
from advisor.workbench.pieces import COVERED, NAMES, NOUNS, UNITS, Piece, Pieces, ReadNote
from advisor.workbench.telling import NICKNAME

GREETING, PRESENT = "note.greeting", "note.present"
_CONCRETE, _ABOUT_THEM = "note.concrete_words", "note.concrete_words_about_them"
_WORDS, _CHARACTERS, _SENTENCES = "note.words", "note.characters", "note.sentences"
MOST_READ = 400
"""Notes read in one search; a tenth of a second or two."""
_TRIED = 6
"""Sentences tried for one wanted fact at each step."""
_WRONG = 10.0
"""How bad a wrong fact is that is no number; a wrong number is less so, by how far it is off."""
_LONGEST = 4_900
"""Characters that a note may have here: a little less than a prospect file takes."""


@dataclass(frozen=True, slots=True)
class _Draft:
    """A note in the making."""

    greeting: str = ""
    pieces: tuple[str, ...] = ()
    tail: str = ""
    """What is counted rather than read: filling words and spaces."""

    def text(self) -> str:
        return " ".join(part for part in (self.greeting, *self.pieces, self.tail) if part)


class NoteSearch:
    """Finds notes with the pieces of one lexicon."""

    def __init__(self, pieces: Pieces, most_read: int = MOST_READ) -> None:
        self._pieces = pieces
        self._most_read = most_read

    def find(self, wanted: Mapping[str, FactValue], read: ReadNote, lean: int = 0, start: str = "") -> str:
        """The note that comes nearest to the facts `wanted`, all of a note; `read` reads it in its file.

        `start` is a note that is near already, if there is one. Where a number cannot be had, one that is too
        large will do rather for `lean` 1, one too small for -1.
        """
        if wanted.get(PRESENT) is False:
            return ""
        seen: dict[str, float] = {}

        def distance(draft: _Draft) -> float:
            text = draft.text()
            if text not in seen:
                too_long = len(text) > _LONGEST or not text.strip()
                seen[text] = float("inf") if too_long else _distance(wanted, read(text), lean)
            return seen[text]

        best = min(self._starts(wanted, start), key=distance)
        while distance(best) > 0 and len(seen) < self._most_read:
            near = []
            for draft in self._neighbours(best, wanted, read(best.text())):
                near.append((distance(draft), len(draft.text()), draft))
                if len(seen) >= self._most_read:
                    break
            nearest = min(near, key=lambda each: each[:2], default=None)
            if nearest is None or nearest[0] >= distance(best):
                break
            best = nearest[2]
        return best.text()

    def _starts(self, wanted: Mapping[str, FactValue], start: str) -> Iterator[_Draft]:
        """Notes to begin with: one that says nothing, and one with a sentence for whatever is to be shown."""
        if start:
            edges = [0, *sentence_breaks(start), len(start)]
            parts = (start[low:high].strip() for low, high in pairwise(edges))
            yield _Draft("", tuple(part for part in parts if part))
        kind = wanted.get(GREETING, "none")
        openings = self._pieces.greetings(str(kind), NICKNAME)
        for opening in openings:
            if wanted.get(COVERED) is False:
                yield _Draft(opening, (f"{NOUNS[0].capitalize()}, {NOUNS[1]}.",))
                continue
            yield _Draft(opening, (self._pieces.filler,))
            if opening:
                yield _Draft(opening)
            if chosen := self._covering(wanted):
                yield _Draft(opening, chosen)

    def _covering(self, wanted: Mapping[str, FactValue]) -> tuple[str, ...]:
        """Sentences that together show all signs that are wanted, as far as any do without showing others."""
        left = {name for name, value in wanted.items() if value is True and name not in (PRESENT, COVERED)}
        chosen: list[Piece] = []
        for name in sorted(left):
            if any(name in piece.shows for piece in chosen):
                continue
            options = [*self._pieces.showing(name)[:_TRIED], *self._pieces.samples(name)[:_TRIED]]
            if options:
                chosen.append(min(options, key=lambda piece: self._harm(piece, wanted)))
        return tuple(piece.text for piece in chosen)

    @staticmethod
    def _harm(piece: Piece, wanted: Mapping[str, FactValue]) -> tuple[int, int, int, str]:
        bad = sum(wanted.get(name) is False for name in piece.shows)
        good = sum(wanted.get(name) is True for name in piece.shows)
        return bad, -good, len(piece.text), piece.text

    def _neighbours(
        self, draft: _Draft, wanted: Mapping[str, FactValue], facts: Mapping[str, FactValue]
    ) -> Iterator[_Draft]:
        """Notes that differ from `draft` in one thing, which may mend something that is wrong."""
        wrong = {name: value for name, value in wanted.items() if facts.get(name) != value}
        for name, value in sorted(wrong.items()):
            if name == GREETING:
                for opening in self._pieces.greetings(str(value), NICKNAME):
                    yield replace(draft, greeting=opening)
            elif value is True:
                yield from self._with_sign(draft, name, wanted)
            elif isinstance(value, int) and not isinstance(value, bool):
                now = facts.get(name)
                yield from self._counted(draft, name, value, value - (now if type(now) is int else 0))
        if wrong:
            for place in range(len(draft.pieces)):
                yield replace(draft, pieces=(*draft.pieces[:place], *draft.pieces[place + 1 :]))
            yield from self._exchanged(draft, wanted)

    def _with_sign(self, draft: _Draft, name: str, wanted: Mapping[str, FactValue]) -> Iterator[_Draft]:
        if name in NAMES:
            before = draft.pieces or (self._pieces.filler,)
            yield replace(draft, pieces=(*before, f"{NAMES[name]}."))
        options = [*self._pieces.showing(name), *self._pieces.samples(name)]
        for piece in sorted(options, key=lambda each: self._harm(each, wanted))[:_TRIED]:
            yield replace(draft, pieces=(*draft.pieces, piece.text))
            yield replace(draft, pieces=(piece.text, *draft.pieces))

    def _exchanged(self, draft: _Draft, wanted: Mapping[str, FactValue]) -> Iterator[_Draft]:
        """Another sentence in the place of one that shows what is not wanted."""
        for place, text in enumerate(draft.pieces):
            shows = self._pieces.piece(text).shows
            if not any(wanted.get(name) is False for name in shows):
                continue
            for name in sorted(name for name in shows if wanted.get(name) is True):
                options = [*self._pieces.showing(name), *self._pieces.samples(name)]
                for piece in sorted(options, key=lambda each: self._harm(each, wanted))[:_TRIED]:
                    if piece.text != text:
                        yield replace(
                            draft, pieces=(*draft.pieces[:place], piece.text, *draft.pieces[place + 1 :])
                        )

    def _counted(self, draft: _Draft, name: str, wanted: int, missing: int) -> Iterator[_Draft]:
        """More of what is counted by `name`, where more is wanted; less of what fills, where less is."""
        if missing < 0:
            yield from _with_less(draft, -missing)
        elif name in UNITS:
            yield replace(draft, pieces=(*draft.pieces, " ".join([UNITS[name]] * missing)))
        elif name in (_CONCRETE, _ABOUT_THEM):
            yield from _with_nouns(draft, missing)
        elif name in (_SENTENCES, _WORDS, _CHARACTERS):
            yield from _longer(draft, name, missing)
        else:
            for piece in self._pieces.counting(name, wanted)[:_TRIED]:
                yield replace(draft, pieces=(*draft.pieces, piece.text))
                yield replace(draft, pieces=(piece.text,))


def _with_less(draft: _Draft, surplus: int) -> Iterator[_Draft]:
    words = draft.tail.split()
    for fewer in sorted({1, min(surplus, len(words))}):
        if words:
            yield replace(draft, tail=" ".join(words[: len(words) - fewer]))


def _with_nouns(draft: _Draft, missing: int) -> Iterator[_Draft]:
    """So many more words that say something, of nobody or of the reader."""
    used = " ".join(draft.pieces).lower()
    nouns = [noun for noun in NOUNS if noun not in used]
    for count in dict.fromkeys((missing, 1)):
        for sentence in ("{}, and so on.", "For you: {}."):
            if nouns[:count]:
                said = sentence.format(", ".join(nouns[:count]))
                yield replace(draft, pieces=(*draft.pieces, said[:1].upper() + said[1:]))


def _longer(draft: _Draft, name: str, missing: int) -> Iterator[_Draft]:
    if name == _SENTENCES:
        yield replace(draft, pieces=(*draft.pieces, *["So on."] * missing))
        return
    words = [missing] if name == _WORDS else [missing // unit * 3 for unit in (7, 10)]
    for count in words:
        if count:
            yield replace(draft, tail=" ".join(filter(None, (draft.tail, _filling(count)))))
    if name == _CHARACTERS and draft.pieces:
        yield replace(draft, pieces=(*draft.pieces[:-1], " " * missing + draft.pieces[-1]))


def _filling(count: int) -> str:
    """So many words that say nothing."""
    return " ".join(("and", "so", "on")[at % 3] for at in range(min(count, _LONGEST // 3)))


def _distance(wanted: Mapping[str, FactValue], facts: Mapping[str, FactValue], lean: int) -> float:
    total = 0.0
    for name, value in wanted.items():
        now = facts.get(name)
        if now == value and type(now) is type(value):
            continue
        if type(now) is int and type(value) is int:
            apart = abs(now - value)
            total += 1 + (_WRONG - 2) * apart / (apart + _WRONG)
            total += _WRONG if lean * (now - value) < 0 else 0
        else:
            total += _WRONG
    return total
