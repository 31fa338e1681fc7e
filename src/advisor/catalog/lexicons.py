"""The files of `knowledge/lexicon/` to lexicons: words folded, phrases parsed, one lexicon a language.

`languages.yaml` lists languages that are only told apart; `mul` is the lexicon of what is common to all.
Words are split and folded just as the words of a note are, or they would never be found in one. Whether a
sign finds the sentences that its author names is left to the tests.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from advisor.catalog.authored import EACH, Authored, Origins, suggest
from advisor.catalog.knowledge_forms import LanguageForm, LanguagesFile, LexiconFile, SignForm
from advisor.catalog.text import DataPath
from advisor.model.lexicon import Lexicon, PhraseIndex, Sign
from advisor.model.names import shown
from advisor.model.phrases import SLOTS, BadPhrase, Word, listings, openers, parse_phrase
from advisor.model.phrases import Sequence as Phrase
from advisor.model.tokens import tokenize

COMMON = "mul"
"""Language code of the lexicon that holds for all languages (ISO 639-2: multiple languages)."""
LANGUAGES = "languages"
"""Name of the file that lists languages which are only told apart."""
_DEEPEST = 8
"""Most brackets of a phrase within one another."""


def read_lexicons(files: Mapping[str, Authored], origins: Origins) -> dict[str, Lexicon]:
    """Read the lexicons, by language; `files` are by their names without the ending."""
    lexicons: dict[str, Lexicon] = {}
    for name, authored in sorted(files.items()):
        found = _read_languages(authored, origins) if name == LANGUAGES else _read_lexicon(authored, origins)
        lexicons |= {lexicon.language: lexicon for lexicon in found}
    return lexicons


def _read_languages(authored: Authored, origins: Origins) -> list[Lexicon]:
    authored.take_as_words("languages", EACH, "function_words")
    authored.check(LanguagesFile)
    return [
        Lexicon(code, form.name, covered=False, function_words=_folded(form.function_words))
        for code, path, form in authored.entries("languages", LanguageForm)
        if origins.add("language", code, authored, path, at="name") and form
    ]


def _read_lexicon(authored: Authored, origins: Origins) -> list[Lexicon]:
    for pattern in (("function_words",), ("lists", EACH), ("default_texts",)):
        authored.take_as_words(*pattern)
    for key in ("phrases", "finds", "passes_over"):
        authored.take_as_words("signs", EACH, key)
    form = authored.check(LexiconFile)
    language = authored.at(("language",))
    if not isinstance(language, str):
        origins.leave_open("language")
        return []
    fresh = origins.add("language", language, authored, (), at="language")
    if not fresh:
        origins.leave_open("language")  # the one that is meant is somewhere, perhaps here
    reader = _PhraseReader(authored)
    lists = {name: reader.phrases(("lists", name)) for name in sorted(reader.lists)}
    sound = reader.check_no_list_holds_itself(lists)
    signs: dict[str, Sign] = {}
    for name, path, sign in authored.entries("signs", SignForm):
        origins.add("sign", f"{language}/{name}", authored, path, at="")
        phrases = reader.phrases((*path, "phrases"))
        if sign is not None:
            reader.check_list_exists(sign.not_after, (*path, "not_after"))
            signs[name] = Sign(
                name=name,
                means=sign.means,
                phrases=phrases,
                not_after=sign.not_after or "",
                empty=sign.empty,
                finds=tuple(sign.finds),
                passes_over=tuple(sign.passes_over),
            )
    if form is None or not fresh:
        return []
    if language != COMMON and not form.function_words:
        message = "a language is known by its function words, and this one has none"
        authored.complain((), "missing-key", message, "add `function_words`")
    return [
        Lexicon(
            language=language,
            name=form.name,
            covered=form.covered and language != COMMON,
            function_words=_folded(form.function_words),
            lists=lists,
            signs=signs,
            default_texts=tuple(form.default_texts),
            index=_index(signs, reader.parsed, lists) if sound else PhraseIndex(),
        )
    ]


def _folded(words: str | Sequence[str]) -> frozenset[str]:
    text = words if isinstance(words, str) else "\n".join(words)
    return frozenset(token.folded for token in tokenize(text))


def _check_depth(phrase: str) -> None:
    """Refuse what nobody could read, and what could take the readers of phrases too deep."""
    depth = 0
    for sign in phrase:
        depth += (sign in "([") - (sign in ")]")
        if depth > _DEEPEST:
            raise BadPhrase(f"more than {_DEEPEST} brackets stand in one another")


def _written(phrase: str, parsed: Phrase) -> str:
    """A phrase of plain words folded, as texts are; every other one as it was written."""
    words = [
        part.text for part in parsed.parts if isinstance(part, Word) and not (part.prefix or part.suffix)
    ]
    return " ".join(words) if len(words) == len(parsed.parts) else phrase


def _index(
    signs: Mapping[str, Sign], parsed: Mapping[str, Phrase], lists: Mapping[str, Sequence[str]]
) -> PhraseIndex:
    """Arrange the phrases of all signs by the words with which they may begin."""
    words: dict[str, list[tuple[str, str]]] = {}
    stems: dict[str, list[tuple[str, str]]] = {}
    anywhere: list[tuple[str, str]] = []
    for sign in signs.values():
        for phrase in sign.phrases:
            first = openers(parsed[phrase], lambda name: tuple(parsed[entry] for entry in lists[name]))
            if first is None:
                anywhere.append((sign.name, phrase))
            for word in sorted(first or (), key=lambda each: (each.text, each.prefix)):
                (stems if word.prefix else words).setdefault(word.text, []).append((sign.name, phrase))
    return PhraseIndex(
        by_word={word: tuple(phrases) for word, phrases in sorted(words.items())},
        by_stem=tuple((stem, tuple(phrases)) for stem, phrases in sorted(stems.items())),
        anywhere=tuple(anywhere),
    )


class _PhraseReader:
    """Parses the phrases of one lexicon."""

    def __init__(self, authored: Authored) -> None:
        self._authored = authored
        self.parsed: dict[str, Phrase] = {}
        """Every phrase that could be parsed, by its text."""
        held = authored.at(("lists",))
        self.lists: frozenset[str] = frozenset(held if isinstance(held, dict) else ())
        for name in sorted(self.lists & frozenset(SLOTS)):
            message = f"a list cannot be called `{name}`, since `<{name}>` is a slot"
            authored.complain(("lists", name), "bad-name", message, "give it another name", key=True)

    def phrases(self, path: DataPath) -> tuple[str, ...]:
        """Parse the phrases at `path`: a list of them, or a text of which each word is one."""
        held = self._authored.at(path)
        pairs: list[tuple[DataPath, object]] = []
        if isinstance(held, str):
            pairs = [(path, word) for word in held.split()]
        elif isinstance(held, list):
            pairs = [((*path, place), phrase) for place, phrase in enumerate(held)]
        texts: list[str] = []
        for place, phrase in pairs:
            if not isinstance(phrase, str):
                continue
            try:
                _check_depth(phrase)
                parsed = parse_phrase(phrase, self.lists)
            except BadPhrase as fault:
                self._complain(place, phrase, str(fault))
            else:
                texts.append(_written(phrase, parsed))
                self.parsed[texts[-1]] = parsed
        return tuple(dict.fromkeys(texts))

    def _complain(self, path: DataPath, phrase: str, fault: str) -> None:
        hint = "see docs/lexicon.md for the notation"
        if "neither a slot nor a list" in fault:
            name = fault.rpartition("<")[2].rstrip(">")
            hint = suggest(name, [*SLOTS, *sorted(self.lists)], "add the list under `lists`")
        self._authored.complain(path, "bad-phrase", f"{shown(phrase)}: {fault}", hint)

    def check_no_list_holds_itself(self, lists: Mapping[str, Sequence[str]]) -> bool:
        """Complain about lists that could go on for ever, since they refer to themselves through others."""
        within = {
            name: frozenset().union(*(listings(self.parsed[phrase]) for phrase in phrases))
            for name, phrases in lists.items()
        }
        sound = True
        for name in lists:
            reached: set[str] = set()
            frontier = within[name]
            while frontier:
                reached |= frontier
                frontier = frozenset().union(*(within[each] for each in frontier)) - reached
            if name in reached:
                sound = False
                message = f"the list {shown(name)} holds itself, directly or through other lists"
                self._authored.complain(
                    ("lists", name), "cyclic-list", message, "write its phrases out", key=True
                )
        return sound

    def check_list_exists(self, name: str | None, path: DataPath) -> None:
        """Complain where a sign names a list that this lexicon does not have."""
        if name is not None and name not in self.lists:
            hint = suggest(name, sorted(self.lists), "add the list under `lists`")
            self._authored.complain(
                path, "unknown-list", f"there is no list {shown(name)} in this lexicon", hint
            )
