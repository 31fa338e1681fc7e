"""Facts that follow from an invitation that was received."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from advisor.model.case import Case
from advisor.model.invitation import Invitation

if TYPE_CHECKING:
    from advisor.facts.case import CaseReader


def read(told: Invitation, as_of: date, reader: CaseReader) -> Case:
    """All facts that `told` makes known on the day `as_of`."""
    del as_of
    del reader
    return Case(facts={}, words={"sender.name": told.sender.name})
