"""The difference between two sets of rules in all their consultations, for a terminal and for a review.

Where both have one and the same consultation and no other, it reads as that one's difference.
"""

from __future__ import annotations

from dataclasses import replace

from advisor.model.difference import RulesComparison, RulesDifference
from advisor.report import rules_diff
from advisor.report.layout import Page, Sheet
from advisor.report.markdown import escaped

_SHARED = "Sources, passages and words of notes, for all consultations"


def text(found: RulesComparison, page: Page) -> str:
    """The comparison on a page; ends with a line end."""
    if (alone := _alone(found)) is not None:
        return rules_diff.text(alone, page)
    sheet = Sheet(page)
    sheet.put(f"{found.old} → {found.new}  (as on {found.as_of})", style="bold")
    for line in _beside(found):
        sheet.put(line)
    if found.shared:
        sheet.heading(_SHARED)
        for change in found.shared:
            rules_diff.write_change(sheet, change)
    for each in _otherwise(found):
        sheet.heading(f"Consultation {each.consultation}")
        rules_diff.write_difference(sheet, each)
    return sheet.text()


def markdown(found: RulesComparison) -> str:
    """The comparison for a review; ends with a line end."""
    if (alone := _alone(found)) is not None:
        return rules_diff.markdown(alone)
    blocks = [f"# Rules: {escaped(found.old)} → {escaped(found.new)}", f"As on {found.as_of}."]
    blocks += [escaped(line) for line in _beside(found)]
    if found.shared:
        blocks.append(f"## {_SHARED}")
        blocks += [rules_diff.change_block(change) for change in found.shared]
    for each in _otherwise(found):
        blocks += [f"## Consultation `{each.consultation}`", escaped(rules_diff.summary(each))]
        blocks += rules_diff.blocks_of(each, "###")
    return "\n\n".join(blocks) + "\n"


def _alone(found: RulesComparison) -> RulesDifference | None:
    """The only consultation that there is, with what is shared as a part of it."""
    if len(found.consultations) != 1 or found.added or found.removed:
        return None
    (only,) = found.consultations
    return replace(only, changes=(*only.changes, *found.shared))


def _otherwise(found: RulesComparison) -> list[RulesDifference]:
    """The consultations of which there is something to show."""
    return [each for each in found.consultations if each.changes or each.edits or each.corpus is not None]


def _beside(found: RulesComparison) -> list[str]:
    """Consultations that are on one side only, and those in which the two say the same."""
    shown = {each.consultation for each in _otherwise(found)}
    same = [each.consultation for each in found.consultations if each.consultation not in shown]
    said = (("Only the new rules have", found.added), ("Only the old rules have", found.removed))
    lines = [f"{words} {', '.join(names)}." for words, names in said if names]
    return [*lines, *([f"The two say the same in {', '.join(same)}."] if same else [])]
