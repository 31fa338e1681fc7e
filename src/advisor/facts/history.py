"""Facts that follow from a sending history."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from advisor.facts.sending import sending_facts
from advisor.model.case import Case
from advisor.model.history import History

if TYPE_CHECKING:
    from advisor.facts.case import CaseReader


def read(told: History, as_of: date, reader: CaseReader) -> Case:
    """All facts that `told` makes known on the day `as_of`."""
    del reader
    return Case(facts=sending_facts(told.sending, as_of) if told.sending else {})
