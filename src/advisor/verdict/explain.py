"""The explanation facility of one consultation: why not, what would change it, what to ask."""

from __future__ import annotations

from collections.abc import Collection

from advisor.model.case import Case
from advisor.model.interview import Agenda
from advisor.model.justification import WhyNot
from advisor.model.situation import Situation
from advisor.model.what_if import WhatIf
from advisor.verdict.advise import Decider
from advisor.verdict.interview import Interviewer
from advisor.verdict.trials import Read, Trials
from advisor.verdict.what_if import MOST_TRIED, WhatIfSearch
from advisor.verdict.why_not import why_not_rule, why_not_verdict


class Explainer:
    """Explains what a decider decides; made once, used for many cases and from many threads."""

    def __init__(self, decider: Decider) -> None:
        self._decider = decider
        self._consultation = decider.consultation
        self._interviewer = Interviewer(decider.analysis)

    def why_not(self, case: Case, asked: str) -> WhyNot:
        """Why the rule `asked` does not hold, or the verdict `asked` was not reached.

        Raises:
            KeyError: where there is no active rule and no verdict of this name.
        """
        inference = self._decider.infer(case)
        verdict = self._decider.analysis.verdict_in(inference.held)
        tracer, turns = self._decider.tracer(case, inference), self._decider.turns(case, inference)
        if asked in {level.name for level in self._consultation.verdicts}:
            return why_not_verdict(asked, verdict, self._consultation, inference.held, turns, tracer)
        return why_not_rule(self._decider.analysis.rules[asked], verdict, turns, tracer)

    def what_if(
        self, situation: Situation, read: Read, wanted: str | None = None, most_tried: int = MOST_TRIED
    ) -> WhatIf:
        """All smallest sets of actions that lead to `wanted`, else to the most willing verdict.

        Raises:
            KeyError: where the scale has no such verdict.
        """
        names = [level.name for level in self._consultation.verdicts]
        if wanted is not None and wanted not in names:
            raise KeyError(wanted)
        trials = Trials(self._decider.analysis, situation, read)
        return WhatIfSearch(self._decider, trials, wanted or names[0]).run(most_tried)

    def agenda(self, case: Case, skipped: Collection[str] = (), most: int | None = None) -> Agenda:
        """What is still to be asked; see `Interviewer.agenda`."""
        return self._interviewer.agenda(case, self._decider.verdict_of(case.facts), skipped, most)
