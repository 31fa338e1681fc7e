"""Somebody whom one is connected with, or the network as a whole, to be looked through.

Plain frozen data, as `situation.py` has it for prospects; what is missing is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from advisor.model.marks import Day, Shorthand
from advisor.model.situation import STRICT, Prospect


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkReview:
    """One connection, or the whole network."""

    __pydantic_config__ = STRICT

    connection: Annotated[Prospect | None, Shorthand("name")] = None
    """The person, where one connection is looked at."""
    as_of: Annotated[date | None, Day(words=False)] = None
    """The day on which the question is asked; today where it is left out."""
