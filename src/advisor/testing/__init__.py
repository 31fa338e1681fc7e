"""The kit with which rules are tried: made-up cases, laws, and the pytest plugin.

    from hypothesis import given
    from advisor.testing import RulesUnderTest, facts, the_verdict_is_possible

    RULES = RulesUnderTest()

    @given(facts(RULES.consultation))
    def test_what_is_said_may_come_out(told):
        the_verdict_is_possible(RULES, told)

Names are loaded when they are first asked for, since pytest loads the plugin in every project that it is
installed beside. `docs/testing.md` is the guide. Needs the extra `testing`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from advisor.testing.about_events import events
    from advisor.testing.about_goals import goals
    from advisor.testing.about_histories import histories, rows, sending_histories
    from advisor.testing.about_invitations import invitations
    from advisor.testing.about_networks import network_reviews, networks
    from advisor.testing.case_facts import contradictions, every_value, facts
    from advisor.testing.changes import renamings, reordered, with_a_rule_that_never_holds
    from advisor.testing.check import check_all_laws, check_law
    from advisor.testing.lawbook import LAWS, Good, Law, never_worse_law
    from advisor.testing.laws import (
        a_case_never_influences_the_next,
        a_receipt_gives_itself_again,
        a_rule_that_never_holds_changes_nothing,
        another_name_changes_nothing,
        engines_agree,
        never_worse,
        telling_more_stays_within_what_was_possible,
        the_order_of_rules_changes_nothing,
        the_verdict_is_possible,
        what_was_told_survives,
    )
    from advisor.testing.persons import Person, people
    from advisor.testing.planting import PlantedDraft, drafts
    from advisor.testing.rulemaking import (
        Catalog,
        as_consultation,
        cases,
        catalogs,
        conditions,
        consultations,
        rules,
        vocabularies,
    )
    from advisor.testing.shipped import shipped_knowledge, should_connect
    from advisor.testing.storytelling import Story, situations, stories
    from advisor.testing.under_test import RulesUnderTest
    from advisor.testing.writing import as_json, as_yaml, plain, prospect_files, told_by, told_in

_HOMES = {
    "rulemaking": (
        "Catalog", "as_consultation", "cases", "catalogs", "conditions", "consultations", "rules",
        "vocabularies",
    ),
    "changes": ("renamings", "reordered", "with_a_rule_that_never_holds"),
    "check": ("check_all_laws", "check_law"),
    "planting": ("PlantedDraft", "drafts"),
    "case_facts": ("contradictions", "every_value", "facts"),
    "about_events": ("events",),
    "about_goals": ("goals",),
    "about_invitations": ("invitations",),
    "about_networks": ("network_reviews", "networks"),
    "about_histories": ("histories", "rows", "sending_histories"),
    "lawbook": ("LAWS", "Good", "Law", "never_worse_law"),
    "laws": (
        "a_case_never_influences_the_next", "a_receipt_gives_itself_again",
        "a_rule_that_never_holds_changes_nothing", "another_name_changes_nothing", "engines_agree",
        "never_worse", "telling_more_stays_within_what_was_possible",
        "the_order_of_rules_changes_nothing", "the_verdict_is_possible", "what_was_told_survives",
    ),
    "persons": ("Person", "people"),
    "writing": ("as_json", "as_yaml", "plain", "prospect_files", "told_by", "told_in"),
    "shipped": ("shipped_knowledge", "should_connect"),
    "storytelling": ("Story", "situations", "stories"),
    "under_test": ("RulesUnderTest",),
}  # fmt: skip
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "LAWS", "Catalog", "Good", "Law", "Person", "PlantedDraft", "RulesUnderTest", "Story",
    "a_case_never_influences_the_next", "a_receipt_gives_itself_again",
    "a_rule_that_never_holds_changes_nothing", "another_name_changes_nothing", "as_consultation",
    "as_json", "as_yaml", "cases", "catalogs", "check_all_laws", "check_law", "conditions",
    "consultations", "contradictions", "drafts", "engines_agree", "events", "every_value", "facts",
    "goals", "histories", "invitations", "network_reviews", "networks", "never_worse",
    "never_worse_law", "people", "plain", "prospect_files", "renamings", "reordered", "rows", "rules",
    "sending_histories", "shipped_knowledge", "should_connect", "situations", "stories",
    "telling_more_stays_within_what_was_possible", "the_order_of_rules_changes_nothing",
    "the_verdict_is_possible", "told_by", "told_in", "vocabularies", "what_was_told_survives",
    "with_a_rule_that_never_holds",
]  # fmt: skip


def __getattr__(name: str) -> object:
    if name in _HOME_OF:
        return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
