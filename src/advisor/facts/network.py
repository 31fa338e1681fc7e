"""Facts that follow from a connection, or a whole network."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from advisor.model.case import Case
from advisor.model.network import NetworkReview

if TYPE_CHECKING:
    from advisor.facts.case import CaseReader


def read(told: NetworkReview, as_of: date, reader: CaseReader) -> Case:
    """All facts that `told` makes known on the day `as_of`."""
    del as_of
    del reader
    return Case(facts={}, words={"connection.name": told.connection.name} if told.connection else {})
