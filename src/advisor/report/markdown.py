"""A verdict as Markdown, complete: for a ticket, a wiki page or a message to a colleague.

Names and quoted words come from others; whatever Markdown would obey in them is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from advisor.model.rule import Headings
from advisor.model.verdict import Dispute, Excused, Finding, OpenQuestion, TurningPoint, Verdict
from advisor.model.wording import by_verdict, others_in_words, value_in_words
from advisor.report.layout import printable
from advisor.report.text import USUAL_HEADINGS, dated, with_words

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~&]|^[-+=]|(?<=^\d)[.)]")
_STRENGTHS = {"reading": " *(our reading)*", "weak": " *(little to go by)*"}


def render(verdict: Verdict, headings: Headings = USUAL_HEADINGS) -> str:
    """Write everything that `verdict` holds but the bare facts; ends with a line end."""
    blocks: list[str] = [
        f"# {verdict.verdict.upper()} — {escaped(verdict.says)}",
        (f"**{escaped(verdict.prospect)}**: " if verdict.prospect else "") + escaped(verdict.why),
        _outlook(verdict),
        *_findings(headings.concerns, verdict.concerns),
        *_findings(headings.grounds, verdict.grounds),
        *_changes(headings.fixes, (*verdict.concerns, *verdict.grounds)),
        *_findings("Good already", verdict.merits),
        *_findings("Advice", verdict.advice),
        *_words(verdict),
        *_excused(verdict.excused),
        *_questions(verdict.open_questions),
        *_turning_points(verdict.turning_points),
        _origin(verdict),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def escaped(text: str) -> str:
    r"""Give `text` so that Markdown shows it as it is, on one line.

    >>> escaped("Ana *Bold* <b>")
    'Ana \\*Bold\\* \\<b\\>'
    """
    return _SPECIAL.sub(r"\\\g<0>", printable(text))


def row(cells: Iterable[str]) -> str:
    """One row of a table; what stands in `cells` is escaped already.

    >>> row(["Ana", "7"])
    '| Ana | 7 |'
    """
    return f"| {' | '.join(cells)} |"


def head(names: Sequence[str]) -> str:
    """The two lines that a table begins with."""
    return f"{row(names)}\n{row('---' for _ in names)}"


def _outlook(verdict: Verdict) -> str:
    if verdict.settled:
        return "Settled: nothing that was left out could change this."
    others = others_in_words(verdict.possible, verdict.verdict)
    perhaps = "" if verdict.exhaustive else "perhaps "
    return f"Provisional: could {perhaps}still become {others}; see *Open questions*."


def _findings(heading: str, found: Sequence[Finding]) -> Iterator[str]:
    if found:
        yield f"## {heading}"
        yield "\n".join(line for finding in found for line in _finding(finding))


def _finding(finding: Finding) -> Iterator[str]:
    level = f"**{finding.holds_at}**: " if finding.holds_at else ""
    yield f"- {level}{escaped(finding.message)}{_STRENGTHS.get(finding.strength, '')} (`{finding.rule}`)"
    if finding.effect == "advice" and finding.fix:
        yield f"  - Do: {escaped(dated(finding))}"
    if finding.spans:
        yield f"  - In the note: {_quotes(finding)}"
    for citation in finding.citations:
        place = f"{escaped(citation.source_title)} › {escaped(citation.heading)}"
        yield f"  - *{place}*: {escaped(citation.point)} (`{citation.passage}`)"
    for dispute in finding.disputes:
        yield from _dispute(dispute)
    for lift in finding.could_be_lifted_by:
        yield f"  - Would fall away if: {escaped(lift.says)}"


def _quotes(finding: Finding) -> str:
    return ", ".join(f"“{escaped(span.text)}”" for span in finding.spans)


def _dispute(dispute: Dispute) -> Iterator[str]:
    yield f"  - Sources differ: {escaped(dispute.title)}"
    for side in dispute.sides:
        yield f"    - {escaped(side.says)} (`{side.citation.passage}`)"
    yield f"    - Read here: {escaped(dispute.reading)}"
    yield f"    - Why: {escaped(dispute.why)}"


def _words(verdict: Verdict) -> Iterator[str]:
    found = with_words(verdict)
    if found:
        yield "## Words to start from"
    for finding in found:
        lines = "\n".join(f"> {escaped(line)}  " for line in finding.words)
        yield f"{escaped(finding.title)} (`{finding.rule}`):\n\n{lines}"


def _changes(heading: str, found: Iterable[Finding]) -> Iterator[str]:
    fixes: dict[str, list[str]] = {}
    for finding in found:
        if finding.fix:
            quotes = fixes.setdefault(dated(finding), [])
            quotes += [f"“{escaped(span.text)}”" for span in finding.spans]
    if fixes:
        yield f"## {escaped(heading)}"
        yield "\n".join(
            f"- {', '.join(dict.fromkeys(quotes))}{': ' if quotes else ''}{escaped(fix)}"
            for fix, quotes in fixes.items()
        )


def _excused(excused: Sequence[Excused]) -> Iterator[str]:
    if excused:
        yield "## Set aside"
        yield "\n".join(
            f"- {escaped(each.finding.title)} (**{each.finding.holds_at}**, `{each.finding.rule}`), "
            f"because {escaped('; '.join(each.because))}"
            for each in excused
        )


def _questions(questions: Sequence[OpenQuestion]) -> Iterator[str]:
    if not questions:
        return
    yield "## Open questions"
    rows = ["| Question | Where the answer goes | What the answers lead to |", "| --- | --- | --- |"]
    for question in questions:
        place = f"`{question.told}`" if question.told else ""
        outcome = _leads(question.answers) if question.decides else "no change by itself"
        rows.append(f"| {escaped(question.question)} | {place} | {outcome} |")
    yield "\n".join(rows)


def _turning_points(points: Sequence[TurningPoint]) -> Iterator[str]:
    yield "## How close"
    if not points:
        yield "No single fact that was told would change it, were it otherwise."
        return
    rows = ["| Told | Where | Were it otherwise |", "| --- | --- | --- |"]
    for point in points:
        place = f"`{point.told}`" if point.told else ""
        told = escaped(f"{point.means}: {value_in_words(point.value)}")
        rows.append(f"| {told} | {place} | {_leads(point.otherwise)} |")
    yield "\n".join(rows)


def _leads(answers: Mapping[str, str]) -> str:
    """What answers lead to, verdict by verdict."""
    grouped = by_verdict(answers).items()
    return "; ".join(f"**{verdict}**: {', '.join(map(escaped, each))}" for verdict, each in grouped)


def _origin(verdict: Verdict) -> str:
    language = f"; language of the note: {verdict.language}" if verdict.language else ""
    return f"---\n\nAsked on {verdict.as_of}; rules and knowledge `{verdict.knowledge_base}`{language}."
