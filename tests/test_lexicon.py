"""The sentences in the lexicons are promises: what a sign says it finds is found, the rest passed over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

import pytest

from advisor.facts.language import identify
from advisor.facts.phrases import PhraseMatcher
from advisor.model.lexicon import Lexicon, PhraseIndex, Sign
from advisor.model.phrases import SLOTS, Either, Part, Slot, Word, listings, parse_phrase
from advisor.model.phrases import Sequence as Phrase
from advisor.model.tokens import fold, tokenize
from strategies import shipped_knowledge

LEXICONS = shipped_knowledge().lexicons
READ = {code: lexicon for code, lexicon in LEXICONS.items() if lexicon.covered}
SPOKEN = {code: lexicon for code, lexicon in LEXICONS.items() if lexicon.function_words}
SIGNS = [(lexicon, sign) for lexicon in LEXICONS.values() for sign in lexicon.signs.values()]
EACH_READ = pytest.mark.parametrize("lexicon", READ.values(), ids=READ)
EACH_LEXICON = pytest.mark.parametrize("lexicon", LEXICONS.values(), ids=LEXICONS)


def sentences(kind: str) -> list[object]:
    """One parameter set for each sentence of one kind, with an id that says where it stands."""
    return [
        pytest.param(lexicon.language, sign, sentence, id=f"{lexicon.language}/{sign.name}: {sentence}")
        for lexicon, sign in SIGNS
        for sentence in getattr(sign, kind)
    ]


@lru_cache(maxsize=32)
def matcher(language: str) -> PhraseMatcher:
    """The matcher of one language."""
    return PhraseMatcher(LEXICONS[language])


def found(language: str, sentence: str) -> set[str]:
    """Names of the signs that a sentence shows."""
    return {match.sign for match in matcher(language).find(tokenize(sentence))}


@pytest.mark.parametrize(("language", "sign", "sentence"), sentences("finds"))
def test_a_sign_finds_what_it_says(language: str, sign: Sign, sentence: str) -> None:
    """A sentence under `finds` shows the sign."""
    assert sign.name in found(language, sentence)


@pytest.mark.parametrize(("language", "sign", "sentence"), sentences("passes_over"))
def test_a_sign_passes_over_what_it_says(language: str, sign: Sign, sentence: str) -> None:
    """A sentence under `passes_over` does not show the sign."""
    assert sign.name not in found(language, sentence)


@pytest.mark.parametrize(
    ("lexicon", "sign"), [pytest.param(*each, id=f"{each[0].language}/{each[1].name}") for each in SIGNS]
)
def test_a_sign_shows_itself_from_both_sides(lexicon: Lexicon, sign: Sign) -> None:
    """Every sign has a sentence that it finds and one that it passes over, and no sentence is both."""
    assert sign.finds, f"{lexicon.language}/{sign.name} finds nothing"
    assert sign.passes_over, f"{lexicon.language}/{sign.name} passes over nothing"
    assert not set(sign.finds) & set(sign.passes_over)


@EACH_READ
def test_a_language_has_the_signs_of_the_others(lexicon: Lexicon) -> None:
    """Every language is read for the same signs: a note is not judged by what its language lacks."""
    assert set(lexicon.signs) == set(LEXICONS["en"].signs)


@EACH_READ
def test_capitals_and_accents_hide_nothing(lexicon: Lexicon) -> None:
    """A sentence in capitals shows the same signs, but for those that a capitalised name is part of."""
    for sign in lexicon.signs.values():
        if any("<Name>" in phrase or "<Title>" in phrase for phrase in sign.phrases):
            continue
        for sentence in sign.finds:
            assert sign.name in found(lexicon.language, sentence.upper()), sentence


@EACH_READ
def test_a_language_is_told_from_the_others(lexicon: Lexicon) -> None:
    """All sentences of a language together are taken for that language, in any order and any half of them."""
    spoken = [sentence for sign in lexicon.signs.values() for sentence in sign.finds]
    for some in (spoken, spoken[::-1], spoken[::2], spoken[1::2], spoken[: len(spoken) // 4]):
        assert identify(tokenize(" ".join(some)), SPOKEN) == lexicon.language


@EACH_READ
def test_a_language_is_seldom_mistaken_in_one_sentence(lexicon: Lexicon) -> None:
    """A single sentence is taken for its own language or for none, hardly ever for another."""
    spoken = [sentence for sign in lexicon.signs.values() for sentence in sign.finds]
    mistaken = [each for each in spoken if identify(tokenize(each), SPOKEN) not in ("", lexicon.language)]
    assert len(mistaken) <= len(spoken) // 20, mistaken


@EACH_LEXICON
def test_words_are_folded(lexicon: Lexicon) -> None:
    """Function words and the words of lists and phrases stand as a note's words are compared: folded."""
    texts = [part.text for phrase in phrases(lexicon) for part in parts(phrase) if isinstance(part, Word)]
    singles = [word for name in lexicon.lists for word in lexicon.words(name)]
    assert [
        word for word in (*lexicon.function_words, *singles, *texts) if word != fold(word) or not word
    ] == []


@EACH_LEXICON
def test_every_list_that_a_phrase_names_exists(lexicon: Lexicon) -> None:
    """Every `<list>` of a phrase is a list of the same lexicon, every slot is known, and no list is empty."""
    assert frozenset().union(*map(listings, phrases(lexicon))) <= set(lexicon.lists)
    assert {
        part.kind for phrase in phrases(lexicon) for part in parts(phrase) if isinstance(part, Slot)
    } <= set(SLOTS)
    assert {sign.not_after for sign in lexicon.signs.values() if sign.not_after} <= set(lexicon.lists)
    assert all(lexicon.lists.values())


@EACH_READ
def test_the_index_of_first_words_loses_nothing(lexicon: Lexicon) -> None:
    """Trying every phrase at every word finds what is found by trying those that may begin there."""
    the_index_loses_nothing(lexicon, every=25)


@pytest.mark.deep
@EACH_READ
def test_the_index_of_first_words_loses_nothing_anywhere(lexicon: Lexicon) -> None:
    """The same in all sentences of the lexicon."""
    the_index_loses_nothing(lexicon, every=1)


def the_index_loses_nothing(lexicon: Lexicon, every: int) -> None:
    """Compare what is found in every so many-th sentence of the lexicon, with the index and without."""
    everywhere = PhraseMatcher(unindexed(lexicon))
    spoken = [sentence for sign in lexicon.signs.values() for sentence in (*sign.finds, *sign.passes_over)]
    for sentence in spoken[::every]:
        tokens = tokenize(sentence)
        assert matcher(lexicon.language).find(tokens) == everywhere.find(tokens), sentence


def unindexed(lexicon: Lexicon) -> Lexicon:
    """The same lexicon with all phrases to be tried anywhere."""
    every = tuple((sign.name, phrase) for sign in lexicon.signs.values() for phrase in sign.phrases)
    return replace(lexicon, index=PhraseIndex(anywhere=every))


def phrases(lexicon: Lexicon) -> list[Phrase]:
    """All phrases of a lexicon, those of its lists included."""
    written = [*lexicon.lists.values(), *(sign.phrases for sign in lexicon.signs.values())]
    return [parse_phrase(text, frozenset(lexicon.lists)) for texts in written for text in texts]


def parts(part: Part) -> Iterator[Part]:
    """A part of a phrase and all that it is made of; lists are named, not opened."""
    yield part
    inner: Sequence[Part] = (
        part.parts if isinstance(part, Phrase) else part.alternatives if isinstance(part, Either) else ()
    )
    for each in inner:
        yield from parts(each)
