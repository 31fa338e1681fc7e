"""Whether two versions of a rule hold in the same cases, and where not."""

from __future__ import annotations

from collections.abc import Mapping

from advisor.model.rule import Rule
from advisor.model.vocabulary import FactValue
from advisor.workbench.demands import rule_does_not_hold, rule_holds
from advisor.workbench.search import Searcher


def difference(
    first: Rule, second: Rule, searcher: Searcher, *, only: bool | None = None
) -> Mapping[str, FactValue] | None:
    """Facts on which one of them holds and the other does not; None where there are none.

    With `only` true, facts on which the first holds and the second does not; with false the other way round.

    Raises:
        CutOff: where that could not be found out.
    """
    if (
        only is not False
        and (found := searcher.find(rule_holds(first), rule_does_not_hold(second))) is not None
    ):
        return found
    if only is True:
        return None
    return searcher.find(rule_holds(second), rule_does_not_hold(first))
