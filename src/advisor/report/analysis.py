"""What was found out about all situations at once, for a terminal and as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from advisor.model.analysis import Analysis, Comparison, LawResult, Opposed, RuleView, Witness
from advisor.model.vocabulary import FactValue
from advisor.model.wording import value_in_words
from advisor.report.layout import Page, Sheet
from advisor.report.markdown import escaped

_STYLES = {"proved": "green", "refuted": "red", "undecided": "yellow", "empty": "yellow"}
_SAID = {"empty": "says nothing"}


@dataclass(frozen=True, slots=True)
class _Line:
    """One paragraph of the report."""

    text: str
    depth: int = 0
    """0 for an entry, 1 and more for what belongs to it."""
    mark: str = ""
    style: str = ""


@dataclass(frozen=True, slots=True)
class _Section:
    """A heading and what stands under it."""

    heading: str
    lines: tuple[_Line, ...]


def as_text(analysis: Analysis, page: Page) -> str:
    """The report for a terminal."""
    sheet = Sheet(page)
    sheet.put(_summary(analysis), mark=f"{analysis.consultation}  ", mark_style="bold")
    for section in _sections(analysis, everything=page.everything):
        sheet.heading(section.heading)
        for line in section.lines:
            mark = f"{line.mark}  " if line.mark else ""
            sheet.put(
                line.text,
                2 + 4 * line.depth,
                mark=mark,
                mark_style=line.style,
                style="dim" if line.depth else "",
            )
    sheet.blank()
    sheet.put(_end(analysis), style="green" if analysis.sound else "red")
    return sheet.text()


def as_markdown(analysis: Analysis, *, everything: bool = False) -> str:
    """The report for a ticket or a page of the documentation."""
    blocks = [f"# {escaped(analysis.consultation)}", escaped(_summary(analysis))]
    for section in _sections(analysis, everything=everything):
        blocks.append(f"## {escaped(section.heading)}")
        items = (
            f"{'  ' * line.depth}- {f'**{escaped(line.mark)}** ' if line.mark else ''}{escaped(line.text)}"
            for line in section.lines
        )
        blocks.append("\n".join(items))
    return "\n\n".join([*blocks, escaped(_end(analysis))]) + "\n"


def _summary(analysis: Analysis) -> str:
    return f"{analysis.rules} rules over {analysis.facts} facts, {analysis.seconds:.1f} s"


def _end(analysis: Analysis) -> str:
    if analysis.sound:
        return "Nothing was found that must not be."
    differ = analysis.comparison is not None and not analysis.comparison.equivalent
    alone = replace(analysis, comparison=None).sound
    return "The two sets of rules differ." if differ and alone else "Something was found that must not be."


def _sections(analysis: Analysis, *, everything: bool) -> Iterator[_Section]:
    made = [
        ("Rules that can never hold", _never_hold(analysis)),
        ("Verdicts that nothing leads to", _unreachable(analysis)),
        ("Undecided within the time", _undecided(analysis)),
        ("Laws", [line for result in analysis.laws for line in _law(result)]),
        ("Compared with the other rules", _comparison(analysis.comparison)),
        ("The rules asked about", [line for view in analysis.views for line in _view(view)]),
        (
            "Worth knowing: rules that never decide alone, and may still be worth their words",
            _covered(analysis),
        ),
        ("Worth knowing: pairs that pull apart", _opposed(analysis.opposed, everything=everything)),
    ]
    for heading, lines in made:
        kept = tuple(lines)
        if kept:
            yield _Section(heading, kept)


def _never_hold(analysis: Analysis) -> Iterator[_Line]:
    for found in analysis.never_hold:
        yield _Line("holds in no situation", mark=found.rule, style="red")
        if found.because:
            yield _Line(
                "since these cannot all be so:" if len(found.because) > 1 else "since this cannot be:", 1
            )
        yield from (_Line(reason, 2) for reason in found.because)


def _unreachable(analysis: Analysis) -> Iterator[_Line]:
    for found in analysis.unreachable:
        said = "was not reached within the time" if found.undecided else "no situation leads to it"
        yield _Line(said, mark=found.verdict, style="yellow" if found.undecided else "red")


def _undecided(analysis: Analysis) -> Iterator[_Line]:
    for rule in analysis.undecided:
        yield _Line("not everything could be found out", mark=rule, style="yellow")


def law_lines(result: LawResult) -> list[str]:
    """What came of one law, line by line, without any style."""
    lines = list(_law(result))
    return [f"{line.mark}  {line.text}" if line.mark else f"{'  ' * line.depth}{line.text}" for line in lines]


def _law(result: LawResult) -> Iterator[_Line]:
    law, outcome = result.law, result.outcome
    said = f"{law.says} ({law.id}, {result.seconds:.1f} s)"
    yield _Line(said, mark=f"{_SAID.get(outcome, outcome):<9}".rstrip(), style=_STYLES[outcome])
    if outcome == "empty":
        yield _Line("no situation is one that it speaks of", 1)
    if law.change is not None and (moving := [*result.moving, *law.change.along]):
        yield _Line(f"everything stays the same but {law.change.fact}, and with it {_listed(moving)}", 1)
    if result.witness is not None:
        yield from _witness(result.witness)


def _comparison(comparison: Comparison | None) -> Iterator[_Line]:
    if comparison is None:
        return
    if comparison.equivalent:
        yield _Line(
            f"they give the same verdict to every situation ({comparison.seconds:.1f} s)",
            mark="same",
            style="green",
        )
    if comparison.scales_differ:
        yield _Line(
            "the scales of verdicts differ; verdicts of one name count as the same", mark="scale", style="red"
        )
    for difference in comparison.differences:
        mark = f"{difference.here} here, {difference.there} there"
        yield _Line("for some situations, the smallest of which are like this:", mark=mark, style="red")
        yield from _facts(difference.witness)
        for where, held in (("here", difference.held_here), ("there", difference.held_there)):
            if held:
                yield _Line(f"only {where} holds: {', '.join(held)}", 1)
    for here, there in comparison.undecided:
        yield _Line("not decided within the time", mark=f"{here} here, {there} there", style="yellow")
    for facts, said in (
        (comparison.only_here, "facts that only these rules have; they may be anything"),
        (comparison.only_there, "facts that only the other rules have; they may be anything"),
        (comparison.narrowed, "facts with other values there; only values that both allow were looked at"),
    ):
        if facts:
            yield _Line(f"{said}: {', '.join(facts)}", mark="note", style="dim")


def _view(view: RuleView) -> Iterator[_Line]:
    if view.holds is None:
        return
    yield _Line("holds in such a situation:", mark=view.rule, style="bold")
    yield from _facts(view.holds)
    if view.decides is not None and view.decides != view.holds:
        yield _Line("and alone, with nothing else that counts as much, in such a one:", 1)
        yield from _facts(view.decides)


def _covered(analysis: Analysis) -> Iterator[_Line]:
    what = {
        "ground": "ground",
        "concern": "concern at least as cautious",
        "conclude": "rule for the same fact",
    }
    for found in analysis.covered:
        other = what[found.kind]
        said = (
            f"wherever it holds, so does {_listed(found.by, 'and')}"
            if found.by
            else f"wherever it holds, so does another {other}, though not always the same"
        )
        yield _Line(said, mark=found.rule)


def _opposed(pairs: tuple[Opposed, ...], *, everything: bool) -> Iterator[_Line]:
    if not pairs:
        return
    close = [pair for pair in pairs if pair.close]
    yield _Line(
        f"{len(pairs)} pairs of rules for and against can hold together with no exception between them; the "
        f"more cautious one wins. {len(close)} of them test the same fact or stand in one file."
    )
    for pair in pairs if everything else close:
        over = f" (both test {_listed(pair.over, 'and')})" if pair.over else ""
        yield _Line(f"and {pair.opposing}{over}", mark=pair.supporting)
        if everything and pair.witness is not None:
            yield from _facts(pair.witness)


def _witness(witness: Witness) -> Iterator[_Line]:
    yield from _facts(witness)
    if not witness.changes:
        yield _Line(f"verdict: {witness.verdict}", 1, style="red")
        return
    changed = ", ".join(f"{fact}: {value_in_words(value)}" for fact, value in witness.changes.items())
    yield _Line(f"verdict: {witness.verdict}; but with {changed}: {witness.verdict_then}", 1)


def _facts(witness: Witness) -> Iterator[_Line]:
    told = _told(witness.facts)
    fewer = "" if witness.smallest or not witness.facts else " (fewer facts may do)"
    yield _Line(f"{told}{fewer}", 1)


def _told(facts: Mapping[str, FactValue]) -> str:
    return (
        ", ".join(f"{fact}: {value_in_words(value)}" for fact, value in facts.items())
        or "nothing told at all"
    )


def _listed(names: Iterable[str], joint: str = "and") -> str:
    *most, last = names
    return f"{', '.join(most)} {joint} {last}" if most else last
