"""Why a verdict is what it is, and why not another one, as outlines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from advisor.model.justification import NearMiss, Turn, WhyNot
from advisor.model.receipt import Receipt
from advisor.model.rule import Headings
from advisor.model.wording import others_in_words, value_in_words
from advisor.report.justification import TreeWriter
from advisor.report.outline import Entry, Outline, Section

MOST_TURNS, MOST_RULES = 5, 3
"""How many of each are shown where not everything is."""


def why(receipt: Receipt, headings: Headings | None = None, *, everything: bool = False) -> Outline:
    """Why the verdict is what it is, down to the facts and where they come from."""
    tree, headings = receipt.justification, headings or Headings()
    about = f"  ·  {receipt.prospect}" if receipt.prospect else ""
    writer = TreeWriter(tree, everything=everything)
    concerns = [
        writer.rule(trace, trace.target, "yellow") for trace in tree.findings if trace.effect == "concern"
    ]
    grounds = [writer.rule(trace, "+", "green") for trace in tree.findings if trace.effect == "ground"]
    aside = [writer.rule(trace, trace.target) for trace in tree.set_aside]
    return Outline(
        title=f"{receipt.verdict.upper()} — {receipt.says}{about}",
        style="bold",
        lead=(
            receipt.why,
            "✓ true, ✗ false, ? unknown; each line says where its fact comes from, and § what it rests on.",
        ),
        sections=(
            Section(headings.concerns, tuple(concerns)),
            Section(headings.grounds, tuple(grounds)),
            Section("Set aside", tuple(aside)),
        ),
        close=(
            _outlook(receipt),
            f"Asked on {receipt.as_of}, rules {receipt.knowledge_base[:12]}",
        ),
    )


def _outlook(receipt: Receipt) -> str:
    if receipt.settled:
        return "Settled: nothing that is left out could change it."
    others = others_in_words(receipt.possible, receipt.verdict)
    return f"Provisional: could {'' if receipt.exhaustive else 'perhaps '}still become {others}."


def why_not(answer: WhyNot, title: str, *, everything: bool = False) -> Outline:
    """Why a rule does not hold or a verdict was not reached; `title` names whom it is about."""
    writer = TreeWriter(answer.justification, everything=everything)
    if answer.kind == "rule":
        near = answer.could_hold[0]
        holds = "holds" if answer.holds else "does not hold"
        lead = f"The rule {holds}; the verdict is {answer.verdict}."
        sections = (
            Section("Its clauses", tuple(_clauses(near, writer))),
            Section("Would hold no longer if" if answer.holds else "Would hold if", _turns(near, everything)),
        )
        return Outline(f"{near.trace.title} [{answer.asked}] · {title}", "bold", (lead,), sections)
    if answer.holds:
        return Outline(f"Why not {answer.asked} · {title}", "bold", (f"The verdict is {answer.asked}.",))
    shown = answer.could_hold if everything else answer.could_hold[:MOST_RULES]
    hidden = len(answer.could_hold) - len(shown)
    return Outline(
        title=f"Why not {answer.asked} · {title}",
        style="bold",
        lead=(f"The verdict is {answer.verdict}.",),
        sections=(
            Section(
                "These hold it there, and would all have to fall",
                tuple(_near(near, writer, everything) for near in answer.must_fall),
            ),
            Section(
                f"Nothing holds at {answer.asked}; nearest to it",
                tuple(_near(near, writer, everything) for near in shown),
            ),
        ),
        close=(f"… and {hidden} more rules (--all)",) if hidden else (),
    )


def _clauses(near: NearMiss, writer: TreeWriter) -> Iterator[Entry]:
    yield from writer.clauses(near.trace.when)
    for exception in near.blocked_by:
        yield Entry("blocked by an exception", below=(writer.clause(exception),))
    others = [each for each in near.trace.unless if each.truth is None]
    if others:
        yield Entry("exceptions that could still lift it", below=tuple(map(writer.clause, others)))


def _near(near: NearMiss, writer: TreeWriter, everything: bool) -> Entry:
    turning = "would fall if" if near.trace.holds else "would hold if"
    below = [*_clauses(near, writer)] if everything or near.trace.holds else []
    below.append(Entry(turning, below=_turns(near, everything)))
    return Entry(f"{near.trace.title} [{near.trace.rule}]", near.trace.target, below=tuple(below))


def _turns(near: NearMiss, everything: bool) -> tuple[Entry, ...]:
    shown = near.turns if everything else near.turns[:MOST_TURNS]
    entries = [Entry(turns_in_words(each), "-") for each in shown]
    if not shown:
        entries.append(Entry("nothing can turn it" if near.certain else "no few clauses were found", "-"))
    elif not near.certain and everything:
        entries.append(Entry("there may be other sets", style="dim"))
    if len(shown) < len(near.turns):
        entries.append(Entry(f"… {len(near.turns) - len(shown)} more", style="dim"))
    return tuple(entries)


def turns_in_words(turns: Sequence[Turn]) -> str:
    """One set of clauses that would have to be otherwise."""
    said = []
    for turn in turns:
        seen = turn.clause.seen
        now = "" if seen is None or isinstance(seen, bool) else f" (it is {value_in_words(seen)})"
        told = f" [{turn.told}]" if turn.told else ""
        said.append(f"{turn.says}{now}{told}")
    return "; and ".join(said)
