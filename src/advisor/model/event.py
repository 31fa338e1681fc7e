"""What became of a request that somebody sent: accepted, ignored or declined.

Plain frozen data, as `situation.py` has it for prospects; what is missing is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from advisor.model.marks import Day, Shorthand
from advisor.model.situation import STRICT, Me, Prospect


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One request and its outcome."""

    __pydantic_config__ = STRICT

    person: Annotated[Prospect, Shorthand("name")]
    """The person to whom the request went."""
    me: Me | None = None
    """You, the sender."""
    as_of: Annotated[date | None, Day(words=False)] = None
    """The day on which the question is asked; today where it is left out."""
