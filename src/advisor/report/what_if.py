"""What would change a verdict, as an outline: the ways, what stands in the way, edits of the note."""

from __future__ import annotations

import re
from collections.abc import Iterator

from advisor.model.what_if import Obstacle, Step, Way, WhatIf
from advisor.report.outline import Entry, Outline, Section
from advisor.report.why import MOST_TURNS, turns_in_words

MOST_WAYS = 5
"""Ways shown where not everything is."""


def what_if(answer: WhatIf, title: str, *, everything: bool = False) -> Outline:
    """What would lead to the wanted verdict."""
    shown = answer.ways if everything else answer.ways[:MOST_WAYS]
    hidden = len(answer.ways) - len(shown)
    # What every way asks for is said once.
    always = (
        frozenset.intersection(*(frozenset(_ids(way)) for way in answer.ways)) if answer.ways else frozenset()
    )
    always = always if len(answer.ways) > 1 else frozenset()
    common = [step for step in answer.ways[0].steps if step.action in always] if always else []
    close = [f"… and {hidden} more ways (--all)"] if hidden else []
    if not answer.settled and not answer.reached:
        close.append("Not all is told: `advisor ask` asks for what could change the verdict as well.")
    if not answer.exhaustive:
        close.append(f"The search was cut off after {answer.tried} sets of actions: there may be more ways.")
    return Outline(
        title=f"What would lead to {answer.wanted} · {title}",
        style="bold",
        lead=(_lead(answer),),
        sections=(
            Section("In any case", tuple(_entry(step, "-", everything) for step in common)),
            Section(
                "And one of these, the cheapest first" if common else "Ways, the cheapest first",
                tuple(_way(way, always, everything) for way in shown),
            ),
            Section("What stands in the way", tuple(_obstacle(each) for each in answer.obstacles)),
            Section("In the note", tuple(_mendings(answer))),
        ),
        close=tuple(close),
    )


def _lead(answer: WhatIf) -> str:
    if answer.reached:
        better = "" if answer.verdict == answer.wanted else ", which is better still"
        return f"The verdict is {answer.verdict} already{better}."
    if not answer.ways:
        if not answer.exhaustive:
            return f"The verdict is {answer.verdict}. No way to {answer.wanted} was found."
        return f"The verdict is {answer.verdict}. Nothing that you can do leads to {answer.wanted}."
    if not any(way.at_once for way in answer.ways):
        return (
            f"The verdict is {answer.verdict}. Nothing that you can change today leads to {answer.wanted}; "
            "this would have to happen first."
        )
    return f"The verdict is {answer.verdict}."


def _ids(way: Way) -> list[str]:
    return [step.action for step in way.steps]


def _entry(step: Step, mark: str, everything: bool) -> Entry:
    return Entry(_step(step), mark, below=tuple(_details(step, everything)))


def _way(way: Way, always: frozenset[str], everything: bool) -> Entry:
    """One way, without the steps that stand for all ways already."""
    first, *others = [step for step in way.steps if step.action not in always] or way.steps
    below = [*_details(first, everything)]
    below += [Entry(f"and: {_step(step)}", below=tuple(_details(step, everything))) for step in others]
    if way.draft:
        own_words = any(step.lever == "draft" and not step.edits for step in way.steps)
        says = "the note then, your own words still to come:" if own_words else "the note then:"
        paragraphs = re.split(r"\n\s*\n", way.draft)
        lines = (Entry(each, "│", style="dim", mark_style="dim") for each in paragraphs)
        below.append(Entry(says, style="dim", below=tuple(lines)))
    later = "" if way.at_once else " (not today)"
    return Entry(f"{_step(first)}{later}", way.verdict, mark_style="green", below=tuple(below))


def _step(step: Step) -> str:
    return f"Wait {step.days} day{'s' if step.days != 1 else ''}. {step.says}" if step.waits else step.says


def _details(step: Step, everything: bool) -> Iterator[Entry]:
    for edit in step.edits:
        yield Entry(_edit(edit.old, edit.new))
    if step.quotes and not step.edits:
        yield Entry(f"about {', '.join(f'“{span.text}”' for span in step.quotes)}", style="dim")
    if everything:
        for citation in step.citations:
            yield Entry(f"{citation.source_title} › {citation.heading}", "§", style="dim")


def _edit(old: str, new: str) -> str:
    old, new = old.strip(), new.strip()
    if not new:
        return f"take out “{old}”"
    return f"write “{new}” for “{old}”" if old else f"add “{new}”"


def _obstacle(obstacle: Obstacle) -> Entry:
    turned = [turns_in_words(each) for each in obstacle.would_have_to[:MOST_TURNS]]
    below = [Entry(obstacle.fix)] if obstacle.fix else []
    if turned:
        below.append(Entry("It would fall only if:", below=tuple(Entry(each, "-") for each in turned)))
    return Entry(f"{obstacle.message} [{obstacle.trace.rule}]", obstacle.trace.target, below=tuple(below))


def _mendings(answer: WhatIf) -> Iterator[Entry]:
    for mending in answer.mendings:
        edits = "; ".join(_edit(edit.old, edit.new) for edit in mending.step.edits)
        rules = ", ".join(mending.rules)
        yield Entry(edits, "-", below=(Entry(f"then {mending.verdict}; mends {rules}", style="dim"),))
