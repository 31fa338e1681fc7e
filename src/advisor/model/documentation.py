"""All that the generated documentation is made of, gathered so that its writers look nothing up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from advisor.model.codes import ComplaintCode
from advisor.model.graph import Graph
from advisor.model.knowledge import Library
from advisor.model.rule import Consultation


@dataclass(frozen=True, slots=True)
class Documentation:
    """One consultation with its library, what feeds what in it, and the codes of complaints."""

    consultation: Consultation
    library: Library
    cited_by: Mapping[str, tuple[str, ...]]
    """For each passage that is cited the active rules that rest on it, perhaps by a setting."""
    whole: Graph
    """Everything, with the facts from outside."""
    overview: Graph
    """Which conclusions feed which rules."""
    around_rules: Mapping[str, Graph]
    """For each rule what feeds it and what it feeds."""
    around_conclusions: Mapping[str, Graph]
    """For each conclusion who draws it and who looks at it."""
    codes: Mapping[str, ComplaintCode]
