"""Names under which tests know the kit's strategies: those for the shipped rules, which need no argument.

The strategies themselves are public, in `advisor.testing`.
"""

from __future__ import annotations

from advisor.testing.about_events import events
from advisor.testing.about_goals import goals
from advisor.testing.about_invitations import invitations, received, told_on_both_ends
from advisor.testing.changes import renamings
from advisor.testing.filler import filler
from advisor.testing.planting import ANY_TEXT
from advisor.testing.rulemaking import Catalog, as_consultation, cases, catalogs, concluded, conditions, told
from advisor.testing.shipped import shipped_knowledge, should_connect
from advisor.testing.storytelling import Story, situations, stories
from advisor.testing.writing import as_json, as_yaml, plain, prospect_files, told_by, told_in

PLACEHOLDERS = filler().placeholders
"""Gaps that somebody forgot to fill in."""


__all__ = [
    "ANY_TEXT", "PLACEHOLDERS", "Catalog", "Story", "as_consultation", "as_json", "as_yaml", "cases",
    "catalogs", "concluded", "conditions", "events", "goals", "invitations", "plain", "prospect_files",
    "received", "renamings", "shipped_knowledge", "should_connect", "situations", "stories", "told",
    "told_by", "told_in", "told_on_both_ends",
]  # fmt: skip
