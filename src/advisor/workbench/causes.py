"""Which edits bring another verdict about: the fewest that do so alone, on the day of the case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from itertools import combinations

from advisor.facts.case import CaseReader
from advisor.model.case import Case
from advisor.model.rule import Consultation
from advisor.model.situation import asked_on
from advisor.model.strata import CyclicRules
from advisor.model.subject import Told
from advisor.model.vocabulary import FactValue
from advisor.verdict.network import WorkingNetwork
from advisor.workbench.rule_edits import Chosen, RuleEdits

MOST_CAUSES = 3
"""Edits that are tried together, at most, to find out what brought a flip about."""
_MOST_SETS = 300
"""Sets of edits that are tried for one flip."""


class Causes:
    """Finds out which of some edits, those of one day, bring a verdict about."""

    def __init__(self, edits: RuleEdits) -> None:
        self.edits = edits
        self._network = lru_cache(maxsize=None)(self._network_of)
        self.reader = lru_cache(maxsize=None)(self._reader_of)
        """What reads situations with only some of the edits."""

    def of(self, situation: Told | None, before: Case, day: date, after: str) -> tuple[str, ...]:
        """The fewest edits that alone lead from the old verdict to `after`; empty where none were found."""
        names = self.edits.all
        tried = 0
        for size in range(1, min(MOST_CAUSES, len(names)) + 1):
            for some in combinations(names, size):
                tried += 1
                if tried > _MOST_SETS:
                    return ()
                chosen = frozenset(some)
                facts = before.facts
                if situation is not None and self.edits.reading(chosen):
                    facts = self.reader(chosen).read(asked_on(situation, day), day).facts
                if self.verdict_with(facts, chosen) == after:
                    return some
        return ()

    def verdict_with(self, facts: Mapping[str, FactValue], chosen: Chosen) -> str | None:
        """The verdict on `facts` with only the edits `chosen`; None where these make no rules."""
        network = self._network(chosen)
        if network is None:
            return None
        consultation, working = network
        return consultation.verdicts[working.level(working.start(facts))].name

    def _network_of(self, chosen: Chosen) -> tuple[Consultation, WorkingNetwork] | None:
        try:
            consultation = self.edits.applied(chosen)
            return consultation, WorkingNetwork(consultation)
        except (ValueError, CyclicRules):
            return None

    def _reader_of(self, chosen: Chosen) -> CaseReader:
        return CaseReader(self.edits.vocabulary(chosen), self.edits.lexicons(chosen))
