"""What is still to be asked, as an outline, and why each question is asked."""

from __future__ import annotations

from collections.abc import Iterable

from advisor.model.interview import Agenda, Inquiry
from advisor.model.wording import others_in_words
from advisor.report.outline import Entry, Outline, Section

MOST_RULES = 3
"""Rules named with a question where not everything is shown."""


def agenda(answer: Agenda, title: str, *, everything: bool = False) -> Outline:
    """What is still to be asked."""
    perhaps = "" if answer.exhaustive else "perhaps "
    lead = f"{answer.verdict}, and settled: nothing that is left out could change it."
    if not answer.settled:
        others = others_in_words(answer.possible, answer.verdict)
        lead = f"{answer.verdict}, but could {perhaps}still become {others}."
    return Outline(
        title=f"What to ask · {title}",
        style="bold",
        lead=(lead,),
        sections=(
            Section(
                f"Questions that can still change it, the most deciding first ({len(answer.questions)})",
                tuple(_question(each, everything) for each in answer.questions),
            ),
        ),
    )


def _question(question: Inquiry, everything: bool) -> Entry:
    place = f" [{question.told}]" if question.told else ""
    perhaps = "" if question.certain else " (perhaps)"
    return Entry(f"{question.question}{place}{perhaps}", "?", below=tuple(reasons(question, everything)))


def reasons(question: Inquiry, everything: bool) -> Iterable[Entry]:
    """Why a question is asked: the rules that hang on its answer."""
    shown = question.hangs_on if everything else question.hangs_on[:MOST_RULES]
    said = [
        f"“{each.title}” ({each.holds_at or 'a reason to go ahead'}, {each.rule})"
        if everything
        else f"“{each.title}” ({each.holds_at or 'for'})"
        for each in shown
    ]
    more = len(question.hangs_on) - len(shown)
    text = f"because of {', '.join(said)}{f' and {more} more' if more else ''}"
    yield Entry(text, style="dim")
