"""An invitation that somebody received: who sent it, what they wrote, and how the two are linked.

Plain frozen data, as `situation.py` has it for prospects; what is missing is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from advisor.model.marks import Day, Shorthand
from advisor.model.situation import STRICT, Me, Prospect, Relationship


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """One invitation, as the person who received it describes it."""

    __pydantic_config__ = STRICT

    sender: Annotated[Prospect, Shorthand("name")]
    """The person who sent it."""
    relationship: Annotated[Relationship | None, Shorthand("known_as")] = None
    """How the two of you are linked."""
    note: str | None = None
    """Their note; none or empty where it came without one."""
    me: Me | None = None
    """You, who received it."""
    as_of: Annotated[date | None, Day(words=False)] = None
    """The day on which the question is asked; today where it is left out."""
