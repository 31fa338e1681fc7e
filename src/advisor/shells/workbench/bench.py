"""What the commands of the workbench work with: rules, their cases, and how they are tried."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import cast

from advisor.catalog.scenarios import cases_in
from advisor.errors import Complaint, RuleError, UnknownName
from advisor.folders import Folders, folders
from advisor.model.knowledge_base import KnowledgeBase
from advisor.model.names import did_you_mean
from advisor.model.rule import Consultation
from advisor.model.scenario import Scenario
from advisor.trying import trier_for
from advisor.wiring import EngineName, load_knowledge_base
from advisor.workbench.trial import Trier

__all__ = ["Bench", "trier_for"]


@dataclass
class Bench:
    """The rules in one folder, made ready to be tried."""

    base: KnowledgeBase
    folders: Folders
    engine: EngineName = "auto"

    @classmethod
    def of(cls, chosen: Path | None, engine: str = "auto") -> Bench:
        """The rules in `chosen`, else those that are used otherwise.

        Raises:
            RuleError: where they cannot be used.
        """
        return cls(load_knowledge_base(chosen), folders(chosen), cast("EngineName", engine))

    @cached_property
    def scenarios(self) -> dict[str, tuple[Scenario, ...]]:
        """All cases, by consultation.

        Raises:
            RuleError: with all complaints about all files of cases.
        """
        found: dict[str, tuple[Scenario, ...]] = {}
        complaints: list[Complaint] = []
        for name in self.base.consultations:
            found[name], faults = cases_in(self.folders.rules / name, self.base, name)
            complaints += faults
        if complaints:
            raise RuleError(complaints)
        return found

    def triers(self) -> Iterator[tuple[Consultation, Trier]]:
        """For each consultation what tries its rules."""
        for name, consultation in self.base.consultations.items():
            yield consultation, trier_for(self.base, name, self.engine)


def present_names(base: KnowledgeBase, names: Iterable[str]) -> tuple[str, ...]:
    """The ids that the rules called `names` have now; they are active in some consultation of `base`.

    Raises:
        UnknownName: where there is no such rule, or where it is not evaluated.
    """
    there = {rule.id: rule for each in base.consultations.values() for rule in each.active}
    former = {old: rule.id for rule in there.values() for old in rule.formerly}
    for name in names:
        if name not in there and name not in former:
            raise UnknownName("active rule", name, did_you_mean(name, [*there, *former]))
    return tuple(name if name in there else former[name] for name in names)
