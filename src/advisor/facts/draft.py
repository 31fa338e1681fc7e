"""Reading the draft: what its words and its structure show, each with the words that show it.

Signs come from the lexicon of the note's language, names from the prospect file. Nothing here weighs what
it finds: whether a note is personal, generic or a pitch is concluded by rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from advisor.facts import structure
from advisor.facts.courtesies import language_of_courtesies, only_courtesies
from advisor.facts.greeting import GreetingWords, read_greeting
from advisor.facts.language import identify
from advisor.facts.mentions import Finder, Mention, union
from advisor.facts.people import PersonName
from advisor.facts.phrases import PhraseMatcher
from advisor.facts.words import names_in, told_texts, words_only
from advisor.model.case import Span
from advisor.model.lexicon import Lexicon
from advisor.model.marks import says_nothing
from advisor.model.situation import Situation
from advisor.model.tokens import Token, sentence_breaks, tokenize
from advisor.model.vocabulary import FactValue

PREFIX = "note."
_COUNTED = tuple(
    PREFIX + name
    for name in ("characters", "words", "sentences", "placeholders", "links", "emoji", "shouting",
                 "wrong_company", "default_likeness", "concrete_words", "concrete_words_about_them")
)  # fmt: skip
_NAMED = tuple(
    PREFIX + "names_" + name
    for name in ("prospect", "company", "mutual", "meeting", "shared", "known_work", "sender")
)
_READ_FROM_WORDS = tuple(
    PREFIX + name
    for name in ("wrong_company", "default_likeness", "concrete_words", "concrete_words_about_them")
)
"""Counts that need a lexicon."""
STRUCTURAL = frozenset({"note.present", "note.words_covered", "note.greeting", *_COUNTED, *_NAMED})
"""Facts about a note that are read without the lexicon's signs."""
_READINGS_KEPT = 64
"""Readings of notes that are remembered."""
COMMON = "mul"
"""Code of the lexicon whose lists hold for all languages (ISO 639-2: multiple languages)."""


@dataclass(slots=True)
class Reading:
    """What was read from one draft."""

    facts: dict[str, FactValue] = field(default_factory=dict)
    spans: dict[str, tuple[Span, ...]] = field(default_factory=dict)
    language: str = ""


class DraftReader:
    """Reads drafts with one set of lexicons; holds no state of any draft."""

    def __init__(self, lexicons: Mapping[str, Lexicon]) -> None:
        self._lexicons = lexicons
        self._spoken = {code: lexicon for code, lexicon in lexicons.items() if code != COMMON}
        # Signs called `ascribes_...` serve the reader itself and are no facts.
        self._signs = sorted(
            {sign for each in lexicons.values() for sign in each.signs if not sign.startswith("ascribes_")}
        )
        self._common = lexicons.get(COMMON) or Lexicon(COMMON, "", covered=False, function_words=frozenset())
        self._matcher = lru_cache(maxsize=None)(lambda code: PhraseMatcher(self._lexicons[code]))
        self._greeting_words = lru_cache(maxsize=1)(self._collect_greeting_words)
        # What would change a verdict is found by reading the same note against much the same file again.
        self._read_words = lru_cache(maxsize=_READINGS_KEPT)(self._read_text)

    @property
    def signs(self) -> Sequence[str]:
        """Names of all signs that some lexicon defines; each gives the fact `note.<sign>`."""
        return self._signs

    def forget(self) -> None:
        """Forget what was read."""
        self._read_words.cache_clear()

    def read(self, situation: Situation) -> Reading:
        """Read the draft of `situation`; without one, everything about the note is unknown.

        Only the words of the situation count, not what is chosen from lists or counted in it.
        """
        draft = situation.draft
        if draft is None:
            return Reading()
        if not draft.strip() or says_nothing(draft):
            return Reading(facts=self._absent())
        return self._read_words(draft, words_only(situation))

    def _absent(self) -> dict[str, FactValue]:
        facts: dict[str, FactValue] = {"note.present": False, "note.greeting": "none"}
        return (
            facts
            | dict.fromkeys(_COUNTED, 0)
            | dict.fromkeys((*_NAMED, *map(PREFIX.__add__, self._signs)), False)
        )

    def _read_text(self, draft: str, situation: Situation) -> Reading:
        everything = tokenize(draft)
        gaps = structure.placeholders(draft, self._phrases("placeholder_words"), everything)
        # A placeholder is evidence of nothing, and may not come between the words of a phrase either.
        tokens = tuple(
            token for token in everything if not any(start <= token.start < end for start, end in gaps)
        )
        language = identify(tokens, self._spoken)
        note = _Note(draft, tokens)
        words = self._greeting_words()
        prospect = PersonName(
            situation.prospect.name,
            situation.prospect.nickname,
            words.titles | words.particles,
            self._phrases("nicknames"),
        )
        greeting = read_greeting(tokens, prospect, self._greeting_words(), gaps)
        empty = only_courtesies(
            tokens[greeting.after :],
            self._phrases("sign_offs"),
            self._phrases("salutations"),
            names_in(situation),
        )
        if empty and not language:
            language = language_of_courtesies(tokens, self._spoken)
        lexicon = self._lexicons.get(language)
        # A bare greeting says nothing in any language.
        covered = empty or (lexicon is not None and lexicon.covered)

        note.facts |= {"note.present": True, "note.words_covered": covered, "note.greeting": greeting.kind}
        note.show("note.greeting", [Mention(greeting.first, greeting.after)] if greeting.after else [])
        note.facts |= {"note.characters": len(draft.strip()), "note.words": len(everything)}
        note.facts["note.sentences"] = len(sentence_breaks(draft.strip())) + 1
        known = frozenset(token.folded for text in told_texts(situation) for token in tokenize(text))
        note.count("note.placeholders", gaps)
        note.count("note.links", structure.links(draft))
        note.count("note.emoji", structure.emoji(draft))
        note.count("note.shouting", structure.shouting(tokens, known))
        self._mentions(note, situation, greeting.after, prospect)
        if covered and lexicon is not None:
            self._signs_of(note, language, greeting.after, names_in(situation))
            start = tokens[greeting.after].start if greeting.after < len(tokens) else 0
            note.facts["note.default_likeness"] = structure.default_likeness(
                draft[start:], _sentences(draft[start:]), lexicon.default_texts
            )
            self._wrong_company(note, situation, known)
        elif empty:
            note.facts |= dict.fromkeys(_READ_FROM_WORDS, 0)
            note.facts |= dict.fromkeys((PREFIX + sign for sign in self._signs), False)
        return Reading(note.facts, note.spans(), language)

    def _signs_of(self, note: _Note, language: str, body: int, names: frozenset[str]) -> None:
        found: dict[str, list[Mention]] = {}
        matcher = self._matcher(language)
        # What begins in the greeting is no sign: "Ana, suggested by the dean" names no go-between.
        matches = [match for match in matcher.find(note.tokens) if match.first >= body]
        for match in matches:
            found.setdefault(match.sign, []).append(Mention(match.first, match.after))
        concrete = [place for place in matcher.concrete(note.tokens, matches, names) if place >= body]
        note.facts["note.concrete_words"] = len(concrete)
        note.show("note.concrete_words", [Mention(place, place + 1) for place in concrete])
        addressed = matcher.addressed(note.tokens, matches)
        note.facts["note.concrete_words_about_them"] = sum(
            note.tokens[place].sentence in addressed for place in concrete
        )
        for sign in self._signs:
            note.facts[PREFIX + sign] = sign in found
        for sign, mentions in found.items():
            note.show(PREFIX + sign, mentions)

    def _mentions(self, note: _Note, situation: Situation, body: int, prospect: PersonName) -> None:
        """Names and descriptions of the file that the note's body holds."""
        function_words = frozenset().union(*(lexicon.function_words for lexicon in self._spoken.values()))
        common = function_words | self._common.words("organisation_words") | frozenset(prospect.parts)
        finder = Finder(note.tokens[body:], note.text, common)
        person, told = situation.prospect, situation.relationship

        def found(fact: str, mentions: Iterable[Mention | None], *, asked: bool = True) -> None:
            here = [Mention(mention.first + body, mention.after + body) for mention in union(mentions)]
            if asked:
                note.facts[fact] = bool(here)
            note.show(fact, here)

        name_in_body = finder.person(person.name) if prospect.known else None
        note.facts["note.names_prospect"] = name_in_body is not None or note.facts["note.greeting"] in (
            "right name",
            "nickname",
        )
        found("note.names_company", [finder.name(person.company)], asked=person.company is not None)
        mutuals = told.mutual_connections.people if told and told.mutual_connections else None
        found("note.names_mutual", [finder.person(each.name) for each in mutuals or ()])
        met = told.met if told and told.met else ()
        places = [finder.name(each.where) for each in met]
        accounts = [
            hit for each in met for text in (each.where, each.detail) for hit in finder.description(text)
        ]
        found("note.names_meeting", [*places, *accounts])
        shared = told.shared if told else None
        lists = (shared.employers, shared.schools, shared.groups, shared.interests) if shared else ()
        background = finder.description(told.detail) if told else []
        named = [finder.name(name) for names in lists for name in names or ()]
        found("note.names_shared", [*named, *background])
        me = situation.me
        own = (
            [finder.person(me.name), *finder.description(me.does), *finder.description(me.headline)]
            if me
            else []
        )
        found("note.names_sender", [*own, finder.name(me.company) if me else None])
        role = frozenset(
            word
            for text in (person.company, person.industry, person.title, person.location)
            if text
            for word in finder.telling(text)
        )
        purpose = situation.purpose
        works = [*(person.about or ()), *((purpose.work,) if purpose and purpose.work else ())]
        found("note.names_known_work", [hit for text in works for hit in finder.description(text, role)])

    def _wrong_company(self, note: _Note, situation: Situation, known: frozenset[str]) -> None:
        """Employers that the note gives the prospect although the file names another."""
        note.facts["note.wrong_company"] = 0
        if not situation.prospect.company:
            return
        contradicting = []
        for mention in note.mentions.get("note.ascribes_employer", ()):
            name = _trailing_name(note.tokens, mention)
            if name is not None and not any(
                token.folded in known for token in note.tokens[name.first : name.after]
            ):
                contradicting.append(name)
        note.facts["note.wrong_company"] = len(contradicting)
        note.show("note.wrong_company", contradicting)

    def _phrases(self, name: str) -> list[tuple[str, ...]]:
        """The entries of a list in all lexicons, as folded words."""
        return [
            tuple(entry.split())
            for lexicon in self._lexicons.values()
            for entry in lexicon.lists.get(name, ())
        ]

    def _collect_greeting_words(self) -> GreetingWords:
        return GreetingWords(
            salutations=frozenset(self._phrases("salutations")),
            impersonal=frozenset(self._phrases("impersonal")),
            titles=frozenset(word for phrase in self._phrases("courtesy_titles") for word in phrase),
            particles=frozenset(word for phrase in self._phrases("name_particles") for word in phrase),
            function_words=frozenset().union(*(each.function_words for each in self._spoken.values())),
        )


class _Note:
    """One draft while it is read."""

    def __init__(self, text: str, tokens: tuple[Token, ...]) -> None:
        self.text, self.tokens = text, tokens
        self.facts: dict[str, FactValue] = {}
        self.mentions: dict[str, list[Mention]] = {}
        self._spans: dict[str, tuple[Span, ...]] = {}

    def show(self, fact: str, mentions: Sequence[Mention]) -> None:
        """Remember the words that show `fact`."""
        if mentions:
            self.mentions[fact] = list(mentions)
            merged: list[tuple[int, int]] = []
            for mention in sorted(mentions, key=lambda each: (each.first, each.after)):
                start, end = self.tokens[mention.first].start, self.tokens[mention.after - 1].end
                if merged and start <= merged[-1][1]:
                    merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
                else:
                    merged.append((start, end))
            self._spans[fact] = self._quote(merged)

    def count(self, fact: str, places: Sequence[tuple[int, int]]) -> None:
        """Note how often something occurs, and where."""
        self.facts[fact] = len(places)
        if places:
            self._spans[fact] = self._quote(places)

    def spans(self) -> dict[str, tuple[Span, ...]]:
        """All evidence, by fact."""
        return self._spans

    def _quote(self, places: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
        return tuple(Span(start, end, self.text[start:end]) for start, end in places)


def _sentences(text: str) -> list[str]:
    edges = [0, *sentence_breaks(text), len(text)]
    return [text[start:end].strip() for start, end in pairwise(edges) if text[start:end].strip()]


def _trailing_name(tokens: Sequence[Token], mention: Mention) -> Mention | None:
    """The capitalised run at the end of a mention."""
    first = mention.after
    while first > mention.first and tokens[first - 1].capital:
        first -= 1
    return Mention(first, mention.after) if first < mention.after else None
