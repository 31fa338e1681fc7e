"""What the pytest plugin makes of rule files: collectors and items for examples, cases and laws.

Loaded only where there are rules. Whatever goes wrong is told in the words of the workbench, without a
traceback.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from advisor.catalog.encoding import decode, read_bytes
from advisor.catalog.files import CASES
from advisor.catalog.scenarios import read_scenarios
from advisor.errors import RuleError
from advisor.model.knowledge_base import KnowledgeBase
from advisor.model.rule import Rule
from advisor.model.trial import TrialResult
from advisor.report.trial import failure_lines
from advisor.trying import trier_for
from advisor.wiring import load_knowledge_base
from advisor.workbench.trial import Trier

if TYPE_CHECKING:
    from _pytest._code.code import TerminalRepr

    _Raised = pytest.ExceptionInfo[BaseException]

OTHER = ("facts", "settings", "actions")
"""Files of a consultation that hold neither rules nor cases."""
CONSULTATION = "consultation"
"""The file under which the laws are collected."""


def collector_beside(file: Path, rules: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """What collects the tests in `file`, the laws or a lexicon of the rules in `rules`."""
    if file.parent != rules:
        from advisor.testing.lexicon_items import LexiconFile

        return LexiconFile.of(file, rules, parent)
    if not parent.config.getoption("--advisor-laws"):
        return None
    from advisor.testing.proof_items import ProofFile

    return ProofFile.of(file, rules, parent)


def collector(file: Path, folder: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """What collects the tests in `file`, which lies among the rules of the consultation in `folder`."""
    kind: type[FileOfRules]
    if file.name.lower().endswith(CASES):
        kind = CaseFile
    elif file.parent != folder or file.stem in OTHER:
        return None
    elif file.stem == CONSULTATION:
        if not parent.config.getoption("--advisor-laws"):
            return None
        kind = LawsFile
    else:
        kind = RuleFile
    return kind.of(file, folder.parent, parent, folder.name)


# ----------------------------------------------------------------------------------- the rules in a folder


@dataclass
class _Rules:
    """The rules in one folder, read once in a run."""

    folder: Path
    told: bool = False
    """Whether somebody was told already that they cannot be used."""
    triers: dict[str, Trier] = field(default_factory=dict)

    @cached_property
    def base(self) -> KnowledgeBase | RuleError:
        """The knowledge base, or why there is none."""
        try:
            return load_knowledge_base(Path(_as_seen_from_here(self.folder)))
        except RuleError as error:
            return error

    def trier(self, consultation: str) -> Trier:
        """What tries the rules of one consultation."""
        if consultation not in self.triers:
            self.triers[consultation] = trier_for(_usable(self.base), consultation)
        return self.triers[consultation]


def _usable(base: KnowledgeBase | RuleError) -> KnowledgeBase:
    if isinstance(base, RuleError):
        raise base
    return base


_READ = pytest.StashKey[dict[Path, _Rules]]()


def _as_seen_from_here(path: Path) -> str:
    """The path as people write it, where it lies below the folder that pytest was started in."""
    inside = path.is_relative_to(Path.cwd())
    return os.fspath(path.relative_to(Path.cwd()) if inside else path)


class FileOfRules(pytest.File):
    """A file among the rules of one consultation, or one that belongs to all of them."""

    rules: _Rules
    consultation: str
    """Empty where it belongs to all."""

    @classmethod
    def of(cls, file: Path, rules: Path, parent: pytest.Collector, consultation: str = "") -> FileOfRules:
        """The collector of `file`, beside those of the other files of the same `rules`."""
        made: FileOfRules = cls.from_parent(parent, path=file)
        read = parent.config.stash.setdefault(_READ, {})
        made.rules = read.setdefault(rules, _Rules(rules))
        made.consultation = consultation
        return made

    @property
    def shown(self) -> str:
        """The path, as people write it."""
        return _as_seen_from_here(self.path)

    def text(self) -> str:
        """What is written in it.

        Raises:
            RuleError: where it cannot be read.
        """
        return decode(read_bytes(self.path, self.shown, RuleError), self.shown, RuleError)

    def collect(self) -> Iterable[pytest.Item | pytest.Collector]:
        """The tests in the file; what is wrong with the rules is told once, under the first file of them."""
        base = self.rules.base
        if not isinstance(base, RuleError):
            if not self.consultation or self.consultation in base.consultations:
                return list(self.tests(base))
            return []  # the folder has another name than its consultation
        if self.rules.told:
            return []
        self.rules.told = True
        raise self.CollectError(f"these rules cannot be used:\n{base}")

    def tests(self, base: KnowledgeBase) -> Iterator[pytest.Item | pytest.Collector]:
        """The tests in the file."""
        raise NotImplementedError


class RuleFile(FileOfRules):
    """A file of rules: the examples of each."""

    def tests(self, base: KnowledgeBase) -> Iterator[pytest.Collector]:
        """One collector for each rule."""
        for rule in base.consultation(self.consultation).written:
            if rule.theme == self.path.stem:
                yield RuleExamples.about(rule, self)


class RuleExamples(pytest.Collector):
    """One rule: its examples."""

    rule: Rule

    @classmethod
    def about(cls, rule: Rule, parent: RuleFile) -> RuleExamples:
        """The collector of the examples of `rule`."""
        made: RuleExamples = cls.from_parent(parent, name=rule.id)
        made.rule = rule
        return made

    def collect(self) -> Iterable[pytest.Item]:
        """One item for each example."""
        file = self.getparent(RuleFile)
        assert file is not None  # noqa: S101 - that is where they are made
        names = told_apart(example.name for example in self.rule.examples)
        for name, example in zip(names, self.rule.examples, strict=True):
            trier = file.rules.trier(file.consultation)
            yield Trial.of(
                self,
                name,
                partial(trier.example, self.rule, example),
                line=example.line or self.rule.line,
            )


class CaseFile(FileOfRules):
    """A file of cases."""

    def tests(self, base: KnowledgeBase) -> Iterator[pytest.Item]:
        """One item for each case."""
        try:
            scenarios = read_scenarios(self.text(), self.shown, base, self.consultation)
        except RuleError as error:
            raise self.CollectError(f"these cases cannot be used:\n{error}") from None
        names = told_apart(scenario.name for scenario in scenarios)
        trier = self.rules.trier(self.consultation)
        for name, scenario in zip(names, scenarios, strict=True):
            yield Trial.of(self, name, partial(trier.case, scenario), line=scenario.line)


class LawsFile(FileOfRules):
    """The file of a consultation, under which the laws stand."""

    def tests(self, base: KnowledgeBase) -> Iterator[pytest.Collector]:
        """One collector for all laws."""
        if find_spec("hypothesis") is None:
            raise self.CollectError("laws need the extra: pip install 'etiquette-advisor[testing]'")
        from advisor.testing.law_items import Laws

        yield Laws.about(base, self.consultation, self)


def told_apart(names: Iterable[str]) -> list[str]:
    """Names as parts of ids: on one line, without the sign that parts them, the second of a name numbered."""
    seen: Counter[str] = Counter()
    apart = []
    for name in (" ".join(name.replace("::", ":").split()) for name in names):
        seen[name] += 1
        apart.append(f"{name} ({seen[name]})" if seen[name] > 1 else name)
    return apart


# --------------------------------------------------------------------------- examples, cases and sentences


class NotAsExpectedError(Exception):
    """An example, a case or a sentence came out otherwise than its author says."""

    def __init__(self, result: TrialResult) -> None:
        self.result = result
        super().__init__("\n".join(failure_lines(result)))


class Trial(pytest.Item):
    """One example, one case or one sentence."""

    tries: Callable[[], TrialResult]
    line: int

    @classmethod
    def of(
        cls,
        parent: pytest.Collector,
        name: str,
        tries: Callable[[], TrialResult],
        *,
        line: int,
    ) -> Trial:
        """The item that runs `tries`."""
        made: Trial = cls.from_parent(parent, name=name)
        made.tries, made.line = tries, line
        return made

    def runtest(self) -> None:
        """Try it.

        Raises:
            NotAsExpectedError: where it did not come out as expected.
        """
        result = self.tries()
        if result.outcome == "known miss":
            pytest.xfail(result.known_miss)
        if result.outcome != "passed":
            raise NotAsExpectedError(result)

    def repr_failure(
        self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None
    ) -> str | TerminalRepr:
        """What was expected and which clauses made it otherwise, without a traceback."""
        if not isinstance(excinfo.value, NotAsExpectedError):
            return super().repr_failure(excinfo, style)
        return f"{excinfo.value}\n{_as_seen_from_here(self.path)}:{self.line}: {self.name}"

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where it is written, counted from 0."""
        return self.path, max(self.line - 1, 0), self.nodeid.partition("::")[2]
