"""Cases that break a law, or that two rule sets judge apart, as files that tell them where that can be.

What a file is said to show is what reading it again gave. Where no file could be found that tells
the facts, they are written as a case of `*.cases.yaml`, which tells bare facts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from advisor.catalog.case_text import case_lines, cases_text
from advisor.model.analysis import Analysis, Witness
from advisor.model.condition import Condition
from advisor.model.knowledge_base import KnowledgeBase
from advisor.model.rule import Consultation
from advisor.model.scenario import Expected
from advisor.model.subject import article
from advisor.model.vocabulary import FactValue
from advisor.shells.knowledge import advisor_for
from advisor.shells.placing import replace_files
from advisor.workbench.encoding import Background
from advisor.workbench.judge import Judge
from advisor.workbench.witness import Witness as Told
from advisor.workbench.witness import WitnessWriter

Facts = Mapping[str, FactValue]


@dataclass(frozen=True, slots=True)
class _Exhibit:
    """A case that is to become a file."""

    name: str
    witness: Witness
    shows: Callable[[Facts], bool] | None = None
    """Whether other facts show the same; None where only the very facts will do."""


def write_witnesses(
    found: Sequence[Analysis], base: KnowledgeBase, other: KnowledgeBase | None, folder: Path, day: date
) -> Iterator[str]:
    """Write every case in `found` into `folder`; say of each file what it is and what it lacks.

    `other` are the rules that were compared with, if any.

    Raises:
        InputError: where a file cannot be written.
    """
    for analysis in found:
        consultation = base.consultation(analysis.consultation)
        files = _Files(base, consultation, day)
        there = other.consultation(analysis.consultation) if other else None
        for exhibit in _exhibits(analysis, consultation, there):
            for file, text, said in files.of(exhibit):
                replace_files({folder / file: text})
                yield f"{folder / file}: {said}"


def _exhibits(analysis: Analysis, here: Consultation, there: Consultation | None) -> Iterator[_Exhibit]:
    judge = Judge(here, Background(here))
    for result in analysis.laws:
        law = result.law
        if result.witness is not None:
            breaks = None if law.change else partial(_breaks, judge, law.where, law.never)
            yield _Exhibit(law.id, result.witness, breaks)
    if analysis.comparison and there:
        theirs = Judge(there, Background(there))
        for difference in analysis.comparison.differences:
            name = f"{difference.here}-here-{difference.there}-there"
            pair = (difference.here, difference.there)
            yield _Exhibit(name, difference.witness, partial(_is_judged, judge, theirs, pair))
    for view in analysis.views:
        if view.holds is not None:
            yield _Exhibit(view.rule, view.holds, partial(_holds, judge, view.rule))


def _breaks(judge: Judge, where: Condition | None, never: tuple[str, ...], facts: Facts) -> bool:
    return (where is None or judge.says(where, facts)) and judge.verdict(facts) in never


def _is_judged(judge: Judge, theirs: Judge, verdicts: tuple[str, str], facts: Facts) -> bool:
    return (judge.verdict(facts), theirs.verdict(facts)) == verdicts


def _holds(judge: Judge, rule: str, facts: Facts) -> bool:
    return rule in judge.infer(facts).held


class _Files:
    """Makes files for the cases of one consultation."""

    def __init__(self, base: KnowledgeBase, consultation: Consultation, day: date) -> None:
        self._consultation, self._day = consultation, day
        self._judge = Judge(consultation, Background(consultation))
        advisor = advisor_for(base, "reference", consultation.id)
        self._writer = WitnessWriter(base, consultation, advisor.read)

    def of(self, exhibit: _Exhibit) -> Iterator[tuple[str, str, str]]:
        """The name, the content and a description of each file for `exhibit`."""
        witness = exhibit.witness
        ways = [witness.facts, witness.noted] if witness.noted else [witness.facts]
        yield self._file(exhibit.name, ways, witness.verdict, exhibit.shows)
        if witness.changes:
            then = {**witness.facts, **witness.changes}
            after = {fact: value for fact, value in then.items() if value is not None}
            yield self._file(f"{exhibit.name}.then", [after], witness.verdict_then, None)

    def _file(
        self, name: str, ways: Sequence[Facts], verdict: str, shows: Callable[[Facts], bool] | None
    ) -> tuple[str, str, str]:
        """A file that tells one of `ways`, or else the first of them as bare facts."""
        file = f"{self._consultation.subject} file"
        for facts in ways:
            made = self._told(facts, shows)
            reached = self._judge.verdict(made.facts)
            if made.accepted or (shows is None and reached == verdict):
                lacks = (
                    f"; it could not tell {', '.join(made.missing)}" if shows is None and made.missing else ""
                )
                return f"{name}.yaml", made.text, f"{article(file)} with the verdict {reached}{lacks}"
        text = cases_text([case_lines(name, ways[0], Expected(verdict), self._day)])
        return (
            f"{name}.cases.yaml",
            text,
            f"facts with the verdict {verdict}; no {file} shows the same",
        )

    def _told(self, facts: Facts, shows: Callable[[Facts], bool] | None) -> Told:
        told = {fact: value for fact, value in facts.items() if fact in self._consultation.vocabulary}
        return self._writer.write(told, self._day, None if shows is None else lambda case: shows(case.facts))
