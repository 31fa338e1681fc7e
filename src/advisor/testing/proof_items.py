"""The laws of `rules/laws.yaml` as items of the pytest plugin: each is proved, for all situations at once."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pytest

from advisor.catalog.laws import read_laws
from advisor.errors import RuleError
from advisor.model.analysis import LawResult
from advisor.model.knowledge_base import KnowledgeBase
from advisor.model.law import Law
from advisor.report.analysis import law_lines
from advisor.testing.rule_files import FileOfRules

if TYPE_CHECKING:
    from _pytest._code.code import TerminalRepr

    from advisor.workbench.proofs import LawProver

    _Raised = pytest.ExceptionInfo[BaseException]

TIMEOUT = 30.0
"""Most seconds for one question to the solver, as in `advisor rules analyze`."""


class ProofFile(FileOfRules):
    """The file of laws."""

    base: KnowledgeBase
    provers: dict[str, LawProver]

    def tests(self, base: KnowledgeBase) -> Iterator[pytest.Item]:
        """One item for each law, of whichever consultation."""
        self.base, self.provers = base.on(date.today()), {}
        try:
            laws = read_laws(self.text(), self.shown, base)
        except RuleError as error:
            raise self.CollectError(f"these laws cannot be used:\n{error}") from None
        for law in laws:
            yield Proof.of(law, self)

    def prover(self, consultation: str) -> LawProver:
        """What proves the laws of one consultation."""
        if consultation not in self.provers:
            from advisor.workbench.proofs import LawProver

            chosen = self.base.consultation(consultation)
            self.provers[consultation] = LawProver(chosen, TIMEOUT, time.perf_counter)
        return self.provers[consultation]


class NotProvedError(Exception):
    """A law that does not hold, speaks of nothing, or could be neither proved nor refuted in time."""

    def __init__(self, result: LawResult) -> None:
        super().__init__("\n".join(law_lines(result)))


class Proof(pytest.Item):
    """One law of the file."""

    law: Law
    file: ProofFile

    @classmethod
    def of(cls, law: Law, parent: ProofFile) -> Proof:
        """The item that proves `law`."""
        made: Proof = cls.from_parent(parent, name=law.id)
        made.law, made.file = law, parent
        return made

    def runtest(self) -> None:
        """Prove it.

        Raises:
            NotProvedError: where that cannot be done.
        """
        if find_spec("z3") is None:
            pytest.skip("proofs need z3: pip install 'etiquette-advisor[verify]'")
        result = self.file.prover(self.law.consultation).prove(self.law)
        if result.outcome != "proved":
            raise NotProvedError(result)

    def repr_failure(self, excinfo: _Raised, style: Any = None) -> str | TerminalRepr:
        """The situation that breaks it, without a traceback."""
        if not isinstance(excinfo.value, NotProvedError):
            return super().repr_failure(excinfo, style)
        return f"{excinfo.value}\n{self.file.shown}:{self.law.line}: {self.law.id}"

    def reportinfo(self) -> tuple[Any, int, str]:
        """Where it is written, counted from 0."""
        return self.path, max(self.law.line - 1, 0), self.nodeid.partition("::")[2]
