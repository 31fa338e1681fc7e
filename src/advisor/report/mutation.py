"""What became of the mutants, for a terminal and as data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from advisor.model.mutation import MutantKind, MutationReport, Tried
from advisor.model.vocabulary import FactValue
from advisor.model.wording import value_in_words
from advisor.report.layout import Page, Sheet
from advisor.report.tables import table


def as_text(report: MutationReport, page: Page) -> str:
    """The survivors with the facts on which they make a difference, then the score."""
    sheet = Sheet(page)
    survivors = report.of("survived")
    rules = dict.fromkeys(each.mutant.original.id for each in survivors)
    for rule in rules:
        sheet.heading(rule)
        for each in survivors:
            if each.mutant.original.id == rule:
                sheet.put(each.mutant.id.partition("/")[2], 2, mark="survived  ", mark_style="yellow")
                sheet.put(difference_in_words(each), 12, style="dim")
    if undecided := report.of("undecided"):
        sheet.heading("Whether these make a difference could not be found out")
        for each in undecided:
            sheet.put(each.mutant.id, 2)
    sheet.blank()
    rows = [("", "noticed", "survived", "same", "undecided")]
    for kind in get_args(MutantKind):
        counts = [len(report.of(fate, kind)) for fate in ("noticed", "survived", "same", "undecided")]
        if any(counts):
            rows.append((kind, *map(str, counts)))
    sheet.lines += table(rows, page, indent=2, styles=["dim"])
    sheet.blank()
    sheet.put(score_line(report), style="red" if survivors else "green")
    return sheet.text()


def score_line(report: MutationReport) -> str:
    """The score, with what it counts."""
    noticed, survived = len(report.of("noticed")), len(report.of("survived"))
    others = [
        f"{len(found)} {said}"
        for found, said in (
            (report.of("same"), "make no difference in any case"),
            (report.of("undecided"), "undecided"),
        )
        if found
    ]
    aside = f" ({', '.join(others)})" if others else ""
    return f"Score {report.score:.1f}%: {noticed} of {noticed + survived} mutants are noticed{aside}."


def difference_in_words(tried: Tried) -> str:
    """On which facts a survivor makes a difference, and how the rules decide there as they are."""
    told = facts_in_words(tried.facts)
    rule = tried.mutant.original.id
    if tried.mutant.kind == "effect":
        where = f" of {tried.consultation}" if tried.consultation else ""
        return f"missing case{where}: {told}; the verdict is {tried.verdict}, by {rule}"
    return f"missing case: {told}; {rule} {'holds' if tried.holds else 'does not hold'}"


def facts_in_words(facts: Mapping[str, FactValue]) -> str:
    """Facts in one line."""
    said = ", ".join(f"{fact}: {value_in_words(value)}" for fact, value in sorted(facts.items()))
    return said or "nothing told"


def as_data(report: MutationReport) -> dict[str, object]:
    """Score, counts and all mutants that were not noticed, for programs."""
    return {
        "score": round(report.score, 2),
        "noticed": len(report.of("noticed")),
        "survived": [_data(each) for each in report.of("survived")],
        "undecided": [each.mutant.id for each in report.of("undecided")],
        "same": [each.mutant.id for each in report.of("same")],
    }


def _data(tried: Tried) -> dict[str, object]:
    mutant = tried.mutant
    return {
        "mutant": mutant.id,
        "rule": mutant.original.id,
        "kind": mutant.kind,
        "says": mutant.says,
        "given": {
            fact: sorted(value) if isinstance(value, frozenset) else value
            for fact, value in sorted(tried.facts.items())
        },
        "consultation": tried.consultation,
        "verdict": tried.verdict,
        "holds": tried.holds,
    }
