"""Pieces that notes are put together from: the sentences of a lexicon, and a few that say nothing.

What a note's words show is for the lexicon to say, so its own sentences (`finds`, `passes_over`, the default
texts) and samples of its phrases are the material; the rest are names of the file, signs of structure such as
a link, and nouns that mean nothing. What a piece shows is found by reading it, never assumed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from advisor.model.lexicon import Lexicon
from advisor.model.phrases import Either, Gap, Listing, Part, Slot, Word, parse_phrase
from advisor.model.phrases import Sequence as Phrase
from advisor.model.vocabulary import FactValue
from advisor.workbench.telling import COMPANY, EVENT, MUTUAL, PROSPECT, SENDER, SHARED, WORK

ReadNote = Callable[[str], Mapping[str, FactValue]]
"""The facts of a note with this text, in one and the same file."""
_LEAD = ("And", "so", "on")
"""Words that show nothing, where they are frequent words of the language."""
NOUNS = (
    "herons", "tulips", "basalt", "lanterns", "juniper", "walnuts", "cobalt", "thimbles", "otters", "saffron",
    "pewter", "lichen", "barley", "marble", "kestrels", "amber", "quartz", "fennel", "sardines", "velvet",
    "poplars", "magnets", "turnips", "beetles", "granite", "pumice", "lobsters", "nutmeg", "cedars", "plums",
)  # fmt: skip
"""Nouns that say something and mean nothing here."""
NAMES: Mapping[str, str] = {
    "note.names_prospect": PROSPECT, "note.names_company": COMPANY, "note.names_mutual": MUTUAL,
    "note.names_meeting": EVENT, "note.names_shared": SHARED, "note.names_known_work": WORK,
    "note.names_sender": SENDER,
}  # fmt: skip
COVERED = "note.words_covered"
UNITS: Mapping[str, str] = {
    "note.placeholders": "[topic]", "note.links": "www.example.org", "note.emoji": "\U0001f642",
    "note.shouting": "GRANITE",
}  # fmt: skip
"""What is counted, once."""
_STRANGER, _PLACEHOLDER = "Ruth", "[name]"
_SAMPLES = 60
"""Phrases of a sign of which a sample is made at most."""
_SLOTS = {
    "topic": "herons", "content": "herons", "Name": "Ada Lovell", "Title": '"Saltmarsh Songs"', "number": "7",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence, and what it shows when it is all that a note says."""

    text: str
    shows: frozenset[str]
    """Facts that are true of it."""
    counts: Mapping[str, int]
    """Its numbers, such as `note.concrete_words`."""


class Pieces:
    """The pieces of one lexicon; what each shows is read once, when it is first wanted."""

    def __init__(self, lexicon: Lexicon, read: ReadNote) -> None:
        self.lexicon = lexicon
        self._read = read
        self._lists = frozenset(lexicon.lists)
        known = {word.lower() for word in _LEAD} <= lexicon.function_words
        words = _LEAD if known else tuple(sorted(lexicon.function_words))[: len(_LEAD)]
        self.lead = " ".join(words).capitalize()
        """Words that show nothing, and by which the language can be told."""
        self.filler = f"{self.lead}, {self.lead.lower()}."
        """A sentence that shows nothing."""
        self.piece = lru_cache(maxsize=None)(self._piece)
        self.samples = lru_cache(maxsize=None)(self._samples)

    def _piece(self, text: str) -> Piece:
        facts = self._read(text)
        return Piece(
            text,
            frozenset(name for name, value in facts.items() if value is True),
            {n: v for n, v in facts.items() if isinstance(v, int) and not isinstance(v, bool)},
        )

    @cached_property
    def sentences(self) -> tuple[Piece, ...]:
        """Every sentence that the lexicon's authors wrote."""
        signs = self.lexicon.signs.values()
        texts = [text for sign in signs for text in (*sign.finds, *sign.passes_over)]
        found = []
        for text in dict.fromkeys((*texts, *self.lexicon.default_texts)):
            piece = self.piece(text)
            # Of a few words alone the language may not be known.
            found.append(piece if COVERED in piece.shows else self.piece(f"{self.lead}: {text}"))
        return tuple(found)

    def showing(self, fact: str) -> list[Piece]:
        """Sentences that show `fact`, those that show least besides first."""
        found = [piece for piece in self.sentences if fact in piece.shows]
        return sorted(found, key=lambda piece: (len(piece.shows), len(piece.text), piece.text))

    def counting(self, fact: str, wanted: int) -> list[Piece]:
        """Sentences in which the number `fact` is not 0, those nearest to what is wanted first."""
        found = [piece for piece in self.sentences if piece.counts.get(fact)]
        return sorted(
            found, key=lambda piece: (abs(piece.counts[fact] - wanted), len(piece.shows), piece.text)
        )

    def _samples(self, fact: str) -> list[Piece]:
        """Samples of the phrases of a sign, as pieces: curt, but they show little besides."""
        sign = self.lexicon.signs.get(fact.removeprefix("note."))
        if sign is None:
            return []
        step = max(1, len(sign.phrases) // _SAMPLES)
        made = (self.sample(phrase) for phrase in sign.phrases[::step])
        found = [self.piece(text) for text in dict.fromkeys(made)]
        found = [piece for piece in found if fact in piece.shows]
        return sorted(found, key=lambda piece: (len(piece.shows), len(piece.text), piece.text))

    def sample(self, phrase: str) -> str:
        """A few words in which `phrase` is found, with words around that let the language be told.

        >>> lexicon = Lexicon("en", "English", True, frozenset({"and", "so", "on"}), {"goods": ("brushes",)})
        >>> Pieces(lexicon, lambda text: {}).sample("(buy|take) [my] <goods>")
        'And so on: buy brushes.'
        """
        words = " ".join(self._words(parse_phrase(phrase, self._lists)))
        return f"{self.lead}: {words}."

    def _words(self, part: Part, depth: int = 0) -> Iterator[str]:
        match part:
            case Word():
                yield part.text
            case Slot(kind):
                yield _SLOTS[kind]
            case Phrase(parts):
                for each in parts:
                    yield from self._words(each, depth)
            case Either(alternatives, least, _):
                if least:
                    yield from self._words(alternatives[0], depth)
            case Listing(name, least, _):
                entries = self.lexicon.lists.get(name, ())
                if least and entries and depth < len(self._lists):
                    yield from self._words(parse_phrase(entries[0], self._lists), depth + 1)
            case Gap():
                return

    def greetings(self, kind: str, nickname: str) -> list[str]:
        """Openings that could be a greeting of this kind."""
        salutes = sorted(self.lexicon.lists.get("salutations", ()), key=lambda each: (len(each), each))
        salute = salutes[0] if salutes else "Hello"
        hello = salute[:1].upper() + salute[1:]
        first = PROSPECT.split()[0]
        return {
            "none": [""],
            "without name": [f"{hello},", f"{hello}!"],
            "right name": [f"{hello} {first},"],
            "nickname": [f"{hello} {nickname},"],
            "wrong name": [f"{hello} {_STRANGER},"],
            "placeholder": [f"{hello} {_PLACEHOLDER},"],
            "unclear": [f"{salute} {_STRANGER.lower()},"],
        }.get(kind, [""])
