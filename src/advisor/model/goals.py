"""What somebody wants of their network, and what came of it over time.

Plain frozen data, as `situation.py` has it for prospects; what is missing is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from advisor.model.marks import Day
from advisor.model.situation import STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Goals:
    """The goals of one person, and the record of what came of them."""

    __pydantic_config__ = STRICT

    as_of: Annotated[date | None, Day(words=False)] = None
    """The day on which the question is asked; today where it is left out."""
