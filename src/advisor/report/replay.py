"""What is otherwise when a receipt is decided again, as an outline."""

from __future__ import annotations

from advisor.model.receipt import Difference, Replay
from advisor.model.wording import value_in_words
from advisor.report.outline import Entry, Outline, Section

MOST_NAMED = 5
"""Rules without effect that are named where not everything is shown."""


def replay(answer: Replay, title: str, *, everything: bool = False) -> Outline:
    """What is otherwise now."""
    lead = f"Still {answer.after}." if answer.same else f"It was {answer.before}, and is {answer.after} now."
    if not answer.differences:
        lead += " Nothing has changed."
    headings = {
        "verdict": "Verdict", "as-of": "Circumstances", "knowledge-base": "Circumstances",
        "setting": "Settings", "rule": "Rules", "fact": "Facts",
    }  # fmt: skip
    sections = []
    for heading in dict.fromkeys(headings.values()):
        found = [each for each in answer.differences if headings[each.kind] == heading]
        sections.append(Section(heading, tuple(map(_difference, found))))
    unused = answer.changed_without_effect
    named = ", ".join(unused if everything else unused[:MOST_NAMED])
    more = f" and {len(unused) - MOST_NAMED} more" if len(unused) > MOST_NAMED and not everything else ""
    close = (f"New, gone or changed without effect here: {named}{more}",) if unused else ()
    return Outline(f"Decided again · {title}", "bold", (lead,), tuple(sections), close)


def _difference(found: Difference) -> Entry:
    match found.kind:
        case "rule":
            text, mark = f"{found.name} {'now holds' if found.after else 'no longer holds'}", "-"
        case "knowledge-base":
            text, mark = f"rules and knowledge {str(found.after)[:12]}, not {str(found.before)[:12]}", "-"
        case "as-of":
            text, mark = f"asked as on {found.after}, not on {found.before}", "-"
        case _:
            name = f"{found.name}: " if found.name else ""
            text, mark = f"{name}{value_in_words(found.before)} → {value_in_words(found.after)}", "-"
    return Entry(text, mark, below=(Entry(f"because {found.because}", style="dim"),))
