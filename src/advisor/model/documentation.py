"""All that the generated documentation is made of, gathered so that its writers look nothing up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from advisor.model.codes import ComplaintCode
from advisor.model.graph import Graph
from advisor.model.knowledge import Library
from advisor.model.rule import Consultation, Rule


@dataclass(frozen=True, slots=True)
class Part:
    """One consultation, and what feeds what in it."""

    consultation: Consultation
    borrowers: tuple[Consultation, ...]
    """Those that borrow from it."""
    whole: Graph
    """Everything, with the facts from outside."""
    overview: Graph
    """Which conclusions feed which rules."""
    around_rules: Mapping[str, Graph]
    """For each rule that is written for it what feeds it and what it feeds."""
    around_conclusions: Mapping[str, Graph]
    """For each conclusion of its own who draws it and who looks at it."""

    @property
    def readers(self) -> tuple[Rule, ...]:
        """Every rule that may look at its facts and settings: its own, then those of its borrowers."""
        borrowing = (rule for each in self.borrowers for rule in each.written)
        return (*self.consultation.rules, *borrowing)


@dataclass(frozen=True, slots=True)
class Documentation:
    """All consultations with the library that they rest on, and the codes of complaints."""

    parts: tuple[Part, ...]
    library: Library
    cited_by: Mapping[str, tuple[str, ...]]
    """For each passage that is cited the active rules that rest on it, perhaps by a setting."""
    codes: Mapping[str, ComplaintCode]
