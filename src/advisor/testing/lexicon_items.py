"""The sentences of a lexicon as items of the pytest plugin: what a sign has to find and to pass over.

    knowledge/lexicon/en.yaml::own_product::finds::Our payroll software saves time.

No sentence is looked at while they are collected.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

import pytest

from advisor.errors import RuleError
from advisor.facts.phrases import PhraseMatcher
from advisor.model.knowledge_base import KnowledgeBase
from advisor.model.lexicon import Lexicon
from advisor.model.trial import TrialResult
from advisor.testing.rule_files import FileOfRules, Trial, told_apart
from advisor.workbench.trial import Sentence, sentences_of

_LANGUAGE = re.compile(r"^language:[ \t]*[\"']?(\w+)", re.MULTILINE)
FINDS, PASSES_OVER = "finds", "passes_over"
"""The keys under which sentences stand."""


class LexiconFile(FileOfRules):
    """A file of `knowledge/lexicon/`: the sentences of its signs."""

    lexicon: Lexicon

    def tests(self, base: KnowledgeBase) -> Iterator[pytest.Collector]:
        """One collector for each sign that has sentences; none for a file of no lexicon."""
        try:
            text = self.text()
        except RuleError as error:
            raise self.CollectError(f"this lexicon cannot be used:\n{error}") from None
        language = _LANGUAGE.search(text)
        if language is None or language[1] not in base.lexicons:
            return
        self.lexicon = base.lexicons[language[1]]
        by_sign: dict[str, list[Sentence]] = {}
        for sentence in sentences_of(self.lexicon):
            by_sign.setdefault(sentence.sign.name, []).append(sentence)
        lines = text.splitlines()
        for name, sentences in by_sign.items():
            yield SignSentences.about(name, sentences, lines, self)

    @cached_property
    def matcher(self) -> PhraseMatcher:
        """What looks for the phrases of the lexicon; made when the first sentence is tried."""
        return PhraseMatcher(self.lexicon)


class SignSentences(pytest.Collector):
    """One sign: its sentences, those that it finds apart from those that it passes over."""

    sentences: Sequence[Sentence]
    lines: Sequence[str]
    """The lines of the file, in which the sentences are looked up."""

    @classmethod
    def about(
        cls, name: str, sentences: Sequence[Sentence], lines: Sequence[str], parent: pytest.Collector
    ) -> SignSentences:
        """The collector of `sentences`, called `name`."""
        made: SignSentences = cls.from_parent(parent, name=name)
        made.sentences, made.lines = sentences, lines
        return made

    def collect(self) -> Iterable[pytest.Collector]:
        """One collector for each of the two kinds."""
        for key, wanted in ((FINDS, True), (PASSES_OVER, False)):
            if those := [each for each in self.sentences if each.wanted is wanted]:
                yield SentencesOfAKind.about(key, those, self.lines, self)


class SentencesOfAKind(SignSentences):
    """The sentences that one sign finds, or those that it passes over."""

    def collect(self) -> Iterable[pytest.Item]:  # type: ignore[override]
        """One item for each sentence."""
        names = told_apart(each.text for each in self.sentences)
        for name, sentence in zip(names, self.sentences, strict=True):
            yield Trial.of(self, name, self._trial(sentence), line=self._line(sentence))

    def _trial(self, sentence: Sentence) -> Tries:
        file = self.getparent(LexiconFile)
        assert file is not None  # noqa: S101 - that is where they are made
        return Tries(file, sentence)

    def _line(self, sentence: Sentence) -> int:
        """Where the sentence stands: the first line that has it as a whole, else the head of the file."""
        return next((number for number, line in enumerate(self.lines, 1) if sentence.text in line), 1)


class Tries:
    """Tries one sentence, when it is called."""

    def __init__(self, file: LexiconFile, sentence: Sentence) -> None:
        self._file, self._sentence = file, sentence

    def __call__(self) -> TrialResult:
        """What came of it."""
        return self._sentence.tried(self._file.matcher)
