"""All laws in one call, and one law alone: what a test of a rule set needs to say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings

from advisor.model.knowledge_base import KnowledgeBase
from advisor.testing.lawbook import LAWS, Good, Law, never_worse_law
from advisor.testing.under_test import MakesEngines, RulesUnderTest
from advisor.wiring import SHOULD_CONNECT, EngineName

EXAMPLES = 100
"""Cases that a law is tried on where nobody says otherwise."""
FEWEST = 5
"""Cases that even the dearest law is tried on."""
_PHASES = (Phase.generate, Phase.target, Phase.shrink)


def check_law(
    law: Law, rules: RulesUnderTest, max_examples: int = EXAMPLES, *, smallest: bool = True
) -> None:
    """Try one law on made-up cases; `max_examples` for a law that costs little, less for a dear one.

    With `smallest`, a case in which the law is broken is made as small as can be, which may take a while.

    Raises:
        AssertionError: where the law is broken, with a case in which it is.
    """
    # No example is kept between runs: which law it was for, nobody could tell.

    @settings(
        max_examples=max(FEWEST, max_examples * law.percent // 100),
        deadline=None,
        database=None,
        phases=_PHASES if smallest else _PHASES[:1],
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    @given(law.cases(rules))
    def holds(case: tuple[Any, ...]) -> None:
        law.holds(rules, *case)

    holds()


def check_all_laws(
    base: KnowledgeBase | None = None,
    consultation: str = SHOULD_CONNECT,
    *,
    engine: EngineName | MakesEngines = "auto",
    never_worse: Mapping[str, Good] | None = None,
    max_examples: int = EXAMPLES,
) -> None:
    """Try every law that fits on the rules of one consultation; without `base`, of the shipped one.

    `never_worse` names facts that must never make a verdict stricter by going the way that is good. `engine`
    may be the name of one of ours, or a function that makes an engine for a consultation.

    Raises:
        AssertionError: with all laws that are broken, and for each the smallest case found in which it is.
    """
    rules = RulesUnderTest(base, consultation, engine)
    fitting = (law for law in LAWS if law.fits(rules.consultation))
    chosen = (*fitting, *(never_worse_law(fact, good) for fact, good in (never_worse or {}).items()))
    broken = []
    for law in chosen:
        try:
            check_law(law, rules, max_examples)
        except AssertionError as error:
            broken.append(f"{law.id}: {law.says}\n{error}")
    if broken:
        raise AssertionError(f"{len(broken)} of {len(chosen)} laws are broken\n\n" + "\n\n".join(broken))
