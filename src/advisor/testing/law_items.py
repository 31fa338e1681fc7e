"""The laws as items of the pytest plugin; loaded only where they are asked for: they need Hypothesis."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from advisor.model.knowledge_base import KnowledgeBase
from advisor.testing.check import check_law
from advisor.testing.lawbook import LAWS, Law
from advisor.testing.under_test import RulesUnderTest

if TYPE_CHECKING:
    from _pytest._code.code import TerminalRepr

    _Raised = pytest.ExceptionInfo[BaseException]


class Laws(pytest.Collector):
    """All laws, for the rules of one consultation."""

    rules: RulesUnderTest

    @classmethod
    def about(cls, base: KnowledgeBase, consultation: str, parent: pytest.Collector) -> Laws:
        """The collector of the laws for one consultation."""
        made: Laws = cls.from_parent(parent, name="laws")
        made.rules = RulesUnderTest(base, consultation)
        return made

    def collect(self) -> Iterable[pytest.Item]:
        """One item for each law that can be tried on these rules."""
        fitting = (law for law in LAWS if law.fits(self.rules.consultation))
        return [LawItem.of(law, self.rules, self) for law in fitting]


class LawItem(pytest.Item):
    """One law."""

    law: Law
    rules: RulesUnderTest

    @classmethod
    def of(cls, law: Law, rules: RulesUnderTest, parent: Laws) -> LawItem:
        """The item that tries `law`."""
        made: LawItem = cls.from_parent(parent, name=law.id)
        made.law, made.rules = law, rules
        return made

    def runtest(self) -> None:
        """Try the law on as many cases as the option says."""
        check_law(self.law, self.rules, self.config.getoption("--advisor-examples"))

    def repr_failure(
        self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None
    ) -> str | TerminalRepr:
        """The smallest case in which the law is broken, without a traceback."""
        if not isinstance(excinfo.value, AssertionError):
            return super().repr_failure(excinfo, style)
        return f"{self.law.says}\n{excinfo.value}"

    def reportinfo(self) -> tuple[Path, int, str]:
        """The file of the consultation."""
        return self.path, 0, f"laws::{self.law.id}"
