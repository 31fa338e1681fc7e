"""A verdict as text for a terminal: the answer first, then why, then what to do, then what is unknown.

Written to be read in five seconds: what is long is cut here unless the page shows everything; the JSON and
Markdown forms always carry all. This module refuses to decide anything, order included.
"""

from __future__ import annotations

from collections.abc import Sequence

from advisor.model.rule import Headings
from advisor.model.verdict import (
    Citation,
    Dispute,
    Excused,
    Finding,
    OpenQuestion,
    TurningPoint,
    Verdict,
)
from advisor.model.wording import by_verdict, others_in_words, value_in_words
from advisor.report.layout import Page, Sheet, cells, printable, shortened

MOST_ADVICE, MOST_QUESTIONS, MOST_QUOTES, MOST_TURNING, MOST_NAMED = 3, 3, 3, 3, 4
"""How many of each are shown where not everything is."""
_LONGEST_QUOTE = 60
USUAL_HEADINGS = Headings()
"""Where a consultation names none of its own."""
_STRENGTHS = {"reading": "our reading", "weak": "little to go by"}
_CONCERN_STYLES = ("green", "yellow", "red")


def render(
    verdict: Verdict, page: Page, scale: Sequence[str] = (), headings: Headings = USUAL_HEADINGS
) -> str:
    """Lay `verdict` out on `page`; `scale` names the verdicts of its consultation, the most willing first."""
    sheet = Sheet(page)
    seen: set[str] = set()
    level = _style(verdict.verdict, scale)
    title = sheet.painted(f"{verdict.verdict.upper()} — {verdict.says}", level)
    sheet.lines.append(f"{title}  ·  {_name(verdict, page)}" if verdict.prospect else title)
    sheet.put(verdict.why)
    _reasons(sheet, headings.concerns, verdict.concerns, verdict, scale, seen)
    _reasons(sheet, headings.grounds, verdict.grounds, verdict, scale, seen)
    _changes(sheet, headings.fixes, (*verdict.concerns, *verdict.grounds))
    _merits(sheet, verdict.merits, seen)
    _advice(sheet, verdict.advice, seen)
    _words(sheet, verdict)
    _excused(sheet, verdict, scale)
    _unknown(sheet, verdict)
    _robustness(sheet, verdict)
    if page.everything:
        _origin(sheet, verdict)
    return sheet.text()


def _name(verdict: Verdict, page: Page) -> str:
    room = page.width - cells(f"{verdict.verdict} — {verdict.says}  ·  ")
    return shortened(printable(verdict.prospect), max(room, 8))


def _style(verdict: str, scale: Sequence[str]) -> str:
    """Colour by the place on the scale: the most willing green, the most cautious red, others yellow."""
    if verdict not in scale:
        return "bold"
    place = scale.index(verdict)
    return _CONCERN_STYLES[0 if place == 0 else 2 if place == len(scale) - 1 else 1]


# ---------------------------------------------------------------- for and against


def _reasons(
    sheet: Sheet,
    heading: str,
    found: Sequence[Finding],
    verdict: Verdict,
    scale: Sequence[str],
    seen: set[str],
) -> None:
    if not found:
        return
    sheet.heading(heading)
    width = max(len(finding.holds_at) for finding in found)
    for finding in found:
        mark = f"{finding.holds_at:<{width}}  " if finding.holds_at else "+ "
        style = _style(finding.holds_at, scale) if finding.holds_at else "green"
        # The sentence that decided stands at the top already.
        said = finding.title if finding.message == verdict.why else finding.message
        if strength := _STRENGTHS.get(finding.strength):
            said += f" ({strength})"
        sheet.put(said, 2, mark=mark, mark_style=style)
        _grounds_of(sheet, finding, 2 + len(mark), seen)


def _grounds_of(sheet: Sheet, finding: Finding, indent: int, seen: set[str]) -> None:
    """Write what a finding rests on: passages, disputed places, exceptions that are still open."""
    everything = sheet.page.everything
    shown = finding.citations if everything else finding.citations[:1]
    more = len(finding.citations) - len(shown)
    for citation in shown:
        _citation(sheet, citation, indent, more)
    for dispute in finding.disputes:
        if dispute.id not in seen:
            seen.add(dispute.id)
            _dispute(sheet, dispute, indent)
    if everything:
        if finding.could_be_lifted_by:
            lifts = "; ".join(lift.says for lift in finding.could_be_lifted_by)
            sheet.put(f"Would fall away if: {lifts}", indent, style="dim")
        sheet.put(f"Rule: {finding.rule}", indent, style="dim")


def _citation(sheet: Sheet, citation: Citation, indent: int, more: int) -> None:
    others = f" (and {more} more)" if more else ""
    sheet.put(f"{citation.source_title} › {citation.heading}{others}", indent, style="dim")
    sheet.put_short(citation.point, indent + 2, style="dim")


def _dispute(sheet: Sheet, dispute: Dispute, indent: int) -> None:
    sides = " / ".join(_unstopped(side.says) for side in dispute.sides)
    sheet.put_short(f"Sources differ: {sides or _unstopped(dispute.title)}", indent, lines=2, style="dim")
    if dispute.sides or sheet.page.everything:
        sheet.put_short(f"Read here: {dispute.reading}", indent + 2, style="dim")
    if sheet.page.everything:
        sheet.put(f"Why: {dispute.why}", indent + 2, style="dim")


def _unstopped(sentence: str) -> str:
    return sentence.rstrip(".")


# ---------------------------------------------------------------- what to do


def _changes(sheet: Sheet, heading: str, found: Sequence[Finding]) -> None:
    """Write what to do about each finding, behind the words of the note that it is about."""
    changes: dict[str, list[str]] = {}
    for finding in found:
        if finding.fix:
            quotes = changes.setdefault(dated(finding), [])
            quotes += [span.text for span in finding.spans if span.text not in quotes]
    if not changes:
        return
    sheet.heading(heading)
    for fix, quotes in changes.items():
        sheet.put(f"{_quoted(quotes, sheet.page)}: {fix}" if quotes else fix, 2, mark="- ")


def _quoted(quotes: Sequence[str], page: Page) -> str:
    shown = quotes if page.everything else quotes[:MOST_QUOTES]
    words = [
        f"“{printable(quote if page.everything else shortened(quote, _LONGEST_QUOTE))}”" for quote in shown
    ]
    return ", ".join(words) + (", …" if len(shown) < len(quotes) else "")


def _merits(sheet: Sheet, merits: Sequence[Finding], seen: set[str]) -> None:
    if merits:
        sheet.heading("Good already")
    for finding in merits:
        sheet.put(finding.message, 2, mark="+ ", mark_style="green")
        if sheet.page.everything:
            _grounds_of(sheet, finding, 4, seen)


def _advice(sheet: Sheet, advice: Sequence[Finding], seen: set[str]) -> None:
    if not advice:
        return
    sheet.heading("Advice")
    shown = advice if sheet.page.everything else advice[:MOST_ADVICE]
    for finding in shown:
        quotes = _quoted([span.text for span in finding.spans], sheet.page) if sheet.page.everything else ""
        sheet.put(
            f"{quotes}: {finding.message} {dated(finding)}"
            if quotes
            else f"{finding.message} {dated(finding)}",
            2,
            mark="- ",
        )
        if sheet.page.everything:
            _grounds_of(sheet, finding, 4, seen)
    _and_more(sheet, len(advice) - len(shown))


def _and_more(sheet: Sheet, more: int) -> None:
    if more:
        sheet.put(f"… and {more} more (--all)", 2, style="dim")


def _words(sheet: Sheet, verdict: Verdict) -> None:
    """Write the sentences to start from: those of the weightiest finding, or of all of them."""
    found = with_words(verdict)
    if not sheet.page.everything:  # what would answer a milder concern is no answer to the one that decided
        found = [each for each in found if each.holds_at in ("", verdict.verdict)]
    for finding in found if sheet.page.everything else found[:1]:
        sheet.heading(f"Words to start from: {finding.title}")
        for line in finding.words:
            sheet.put(line, 2, mark="| ")
    if found and not sheet.page.everything:
        _and_more(sheet, len(found) - 1)


def with_words(verdict: Verdict) -> list[Finding]:
    """The findings that have sentences to start from, the weightiest first."""
    found = (*verdict.concerns, *verdict.grounds, *verdict.advice, *verdict.merits)
    return [finding for finding in found if finding.words]


def dated(finding: Finding) -> str:
    """What to do about a finding, and by which day where one is named."""
    return f"{finding.fix} (By {finding.by}.)" if finding.by and finding.fix else finding.fix


def _excused(sheet: Sheet, verdict: Verdict, scale: Sequence[str]) -> None:
    """Write what an exception set aside, where it would have made the verdict more cautious."""
    shown = [each for each in verdict.excused if sheet.page.everything or _would_matter(each, verdict, scale)]
    if shown:
        sheet.heading("Set aside")
    for excused in shown:
        because = "; ".join(excused.because)
        finding = excused.finding
        sheet.put(f"{finding.title} ({finding.holds_at}), because {because}", 2, mark="- ")
        if sheet.page.everything:
            _grounds_of(sheet, finding, 4, set())


def _would_matter(excused: Excused, verdict: Verdict, scale: Sequence[str]) -> bool:
    level = excused.finding.holds_at
    if level in scale and verdict.verdict in scale:
        return scale.index(level) > scale.index(verdict.verdict)
    return True


# ---------------------------------------------------------------- what is unknown


def _unknown(sheet: Sheet, verdict: Verdict) -> None:
    sheet.blank()
    if verdict.settled:
        sheet.put("Settled: nothing you left out could change this.", style="bold")
        return
    others = others_in_words(verdict.possible, verdict.verdict)
    perhaps = "" if verdict.exhaustive else "perhaps "
    sheet.put(f"Provisional: could {perhaps}still become {others}.", style="bold")
    questions = verdict.open_questions
    shown = questions if sheet.page.everything else questions[:MOST_QUESTIONS]
    for question in shown:
        _question(sheet, question, verdict.verdict)
    _and_more(sheet, len(questions) - len(shown))


def _robustness(sheet: Sheet, verdict: Verdict) -> None:
    """Say how close the verdict is: which told facts alone would change it."""
    points = verdict.turning_points
    if not points:
        robust = "Robust: no" if verdict.settled else "No"
        sheet.put(f"{robust} single fact that you told would change it, were it otherwise.", style="bold")
        return
    count = f"each of {len(points)} facts" if len(points) > 1 else "one fact"
    sheet.put(f"Close: {count} that you told would alone change it, were it otherwise.", style="bold")
    shown = points if sheet.page.everything else points[:MOST_TURNING]
    for point in shown:
        sheet.put(turning_in_words(point), 2, mark="~ ", mark_style="yellow")
    _and_more(sheet, len(points) - len(shown))


def turning_in_words(point: TurningPoint) -> str:
    """Say what a told fact is, and which verdicts it would lead to were it otherwise."""
    leads = by_verdict(point.otherwise).items()
    others = "; ".join(f"{verdict} if {_some(answers)}" for verdict, answers in leads)
    place = f"  [{point.told}]" if point.told else ""
    return f"{point.means}: {value_in_words(point.value)}; {others}{place}"


def _some(answers: Sequence[str]) -> str:
    """Name answers, only the first few of many."""
    names = [name for each in answers for name in each.split(" or ")] if len(answers) > 1 else list(answers)
    more = len(names) - MOST_NAMED
    return _either(names) if more <= 1 else f"{', '.join(names[:MOST_NAMED])} or {more} others"


def _question(sheet: Sheet, question: OpenQuestion, now: str) -> None:
    place = f"  [{question.told}]" if question.told else ""
    sheet.put(f"{question.question}{place}", 2, mark="? ", mark_style="yellow")
    if sheet.page.everything and question.decides:
        leads = by_verdict({answer: each for answer, each in question.answers.items() if each != now}).items()
        sheet.put("; ".join(f"{verdict} if {_either(each)}" for verdict, each in leads), 4, style="dim")


def _either(names: Sequence[str]) -> str:
    *most, last = names or ["something else"]
    return f"{', '.join(most)} or {last}" if most else last


def _origin(sheet: Sheet, verdict: Verdict) -> None:
    sheet.blank()
    language = f", note in {verdict.language}" if verdict.language else ""
    rules = f", rules {verdict.knowledge_base[:12]}" if verdict.knowledge_base else ""
    sheet.put(f"Asked on {verdict.as_of}{language}{rules}", style="dim")
