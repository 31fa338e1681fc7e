"""How somebody has been sending requests, and what came of it.

Plain frozen data, as `situation.py` has it for prospects; what is missing is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from advisor.model.marks import Day
from advisor.model.situation import STRICT, Me, Sending


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The sending of one person."""

    __pydantic_config__ = STRICT

    sending: Sending | None = None
    """How much was sent lately, and what came of it."""
    me: Me | None = None
    """You, the sender."""
    as_of: Annotated[date | None, Day(words=False)] = None
    """The day on which the question is asked; today where it is left out."""
