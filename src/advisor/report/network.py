"""A reviewed network: as text for a terminal, as Markdown, and as a table for a spreadsheet.

The text shows some people of each verdict and counts the others; the other forms are complete. It decides
nothing: people come in the order of the report.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from advisor.model.judgement import Reason
from advisor.model.knowledge import Library
from advisor.model.roster import NetworkReport, OpenInvitation, Reviewed
from advisor.model.rule import Headings
from advisor.report import markdown, spreadsheet, text
from advisor.report.json import plain
from advisor.report.layout import Page, Sheet, shortened
from advisor.report.markdown import escaped, head, row
from advisor.report.tables import table

SHOWN = 10
"""People of each verdict, and open invitations, that the text shows unless asked otherwise."""
_LONGEST_NAME = 28
SCHEMA_VERSION = 1
"""Raised when the JSON form changes in a way that readers must know."""
COLUMNS = (
    "name", "profile", "company", "position", "connected_on", "messages", "last_message", "verdict", "rule",
    "reason", "what_to_do", "cites",
)  # fmt: skip
_PROFILE = "https://www.linkedin.com/in/"


def as_text(
    report: NetworkReport,
    page: Page,
    library: Library,
    *,
    headings: Headings,
    shown: Collection[str],
    most: int = SHOWN,
) -> str:
    """The network as a whole, and `most` people of each verdict that is `shown`; where it is 0, all."""
    sheet = Sheet(page)
    scale = tuple(reversed(report.counts))
    sheet.lines += text.render(report.whole, page, scale, headings).rstrip("\n").split("\n")
    sheet.heading(f"One by one, as of {report.as_of.isoformat()}")
    for line in _numbers(report):
        sheet.put(line, 2)
    cited = _Numbered(library)
    for verdict in report.counts:
        people = [each for each in report.people if each.judgement.verdict == verdict]
        if verdict in shown and people:
            _people(sheet, verdict, people, most, cited)
    cited.put(sheet)
    _invitations(sheet, report.open_invitations, most)
    return sheet.text()


def as_markdown(
    report: NetworkReport, library: Library, *, headings: Headings, shown: Collection[str]
) -> str:
    """Everything, with the people of the verdicts that are `shown`."""
    blocks = [
        markdown.render(report.whole, headings).rstrip("\n"),
        f"# One by one, as of {report.as_of.isoformat()}",
        "\n".join(f"- {escaped(line)}" for line in _numbers(report)),
    ]
    rows = [each for each in report.people if each.judgement.verdict in shown]
    if rows:
        names = ("Person", "Connected", "Last message", "Verdict", "Reason", "What to do", "Rests on")
        blocks.append("\n".join([head(names), *map(_markdown_row, rows)]))
    cites = dict.fromkeys(cite for each in rows for reason in each.judgement.reasons for cite in reason.cites)
    if cites:
        blocks.append("## What it rests on")
        blocks.append("\n".join(f"- `{cite}`: {escaped(_point(cite, library))}" for cite in cites))
    if report.open_invitations:
        blocks.append("## Open invitations")
        lines = [
            row([escaped(each.name), _day(each.sent_on), "" if each.days is None else str(each.days)])
            for each in report.open_invitations
        ]
        blocks.append("\n".join([head(("Person", "Sent", "Days open")), *lines]))
    return "\n\n".join(blocks) + "\n"


def as_csv(report: NetworkReport, *, shown: Collection[str]) -> str:
    """One row for each person of the verdicts `shown`, with a header."""
    rows = (_cells(each) for each in report.people if each.judgement.verdict in shown)
    return "".join(spreadsheet.lines(chain([COLUMNS], rows)))


def _cells(person: Reviewed) -> tuple[str, ...]:
    reasons = person.judgement.reasons
    cites = dict.fromkeys(cite for reason in reasons for cite in reason.cites)
    return (
        person.name,
        _PROFILE + person.slug if person.slug else "",
        person.company,
        person.position,
        _day(person.connected_on),
        "" if person.messages is None else str(person.messages),
        _day(person.last_message),
        person.judgement.verdict,
        " ".join(reason.rule for reason in reasons),
        " ".join(reason.message for reason in reasons),
        " ".join(dict.fromkeys(reason.fix for reason in reasons if reason.fix)),
        " ".join(cites),
    )


def _numbers(report: NetworkReport) -> Iterator[str]:
    """What was counted, and what could not be."""
    yield ", ".join(f"{verdict} {count:,}" for verdict, count in report.counts.items())
    if report.hidden:
        yield f"{report.hidden:,} more hide their names; nobody can judge them."
    if not report.messages:
        yield "The records hold no messages, so that nothing is said about contact."
    elif report.unclear:
        yield (
            f"{report.unclear:,} share their names with somebody, so that their messages cannot be told "
            "apart; nothing is said about contact with them."
        )


class _Numbered:
    """What reasons rest on, numbered as they come, so that each is told once."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._reasons: dict[str, Reason] = {}

    def number(self, reason: Reason) -> int:
        """The number of the reason's rule."""
        self._reasons.setdefault(reason.rule, reason)
        return list(self._reasons).index(reason.rule) + 1

    def put(self, sheet: Sheet) -> None:
        """Write what each rests on."""
        if self._reasons:
            sheet.heading("What these rest on")
        for number, reason in enumerate(self._reasons.values(), start=1):
            mark = f"[{number}] "
            sheet.put(f"{reason.title}. {reason.fix}".strip(), 2, mark=mark)
            for cite in reason.cites if sheet.page.everything else reason.cites[:1]:
                sheet.put(_point(cite, self._library), 2 + len(mark), style="dim")


def _people(sheet: Sheet, verdict: str, people: Sequence[Reviewed], most: int, cited: _Numbered) -> None:
    sheet.heading(f"{verdict} ({len(people):,})")
    chosen = people[:most] if most else people
    rows = [("Person", "Connected", "Last message", "Reason")]
    for each in chosen:
        first = next(iter(each.judgement.reasons), None)
        rows.append(
            (
                shortened(each.name, _LONGEST_NAME),
                _day(each.connected_on) or "unknown",
                _day(each.last_message) or ("none" if each.messages == 0 else "unknown"),
                f"{first.title} [{cited.number(first)}]" if first else "",
            )
        )
    sheet.lines += table(rows, sheet.page, indent=2, styles=("", "dim", "dim"))
    if len(people) > len(chosen):
        more = f"… and {len(people) - len(chosen):,} more (--only {verdict} --limit 0)"
        sheet.put(more, 2, style="dim")


def _invitations(sheet: Sheet, invitations: Sequence[OpenInvitation], most: int) -> None:
    if not invitations:
        return
    sheet.heading(f"Your open invitations, the oldest first ({len(invitations):,})")
    chosen = invitations[:most] if most else invitations
    rows = [
        (shortened(each.name, _LONGEST_NAME), _day(each.sent_on) or "unknown", _open_for(each))
        for each in chosen
    ]
    sheet.lines += table(rows, sheet.page, indent=2, styles=("", "dim"))
    if len(invitations) > len(chosen):
        sheet.put(f"… and {len(invitations) - len(chosen):,} more (--limit 0)", 2, style="dim")


def _open_for(invitation: OpenInvitation) -> str:
    if invitation.days is None:
        return ""
    return "open for 1 day" if invitation.days == 1 else f"open for {invitation.days:,} days"


def _point(cite: str, library: Library) -> str:
    passage = library.passages[cite]
    return f"{library.sources[passage.source].title} › {passage.heading}: {passage.point}"


def _markdown_row(person: Reviewed) -> str:
    name, _, _, _, connected, messages, last, verdict, _, reason, fix, cites = map(escaped, _cells(person))
    none = "none" if messages == "0" else ""
    return row([name, connected, last or none, f"**{verdict}**", reason, fix, cites])


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def as_data(report: NetworkReport, *, shown: Collection[str]) -> Mapping[str, object]:
    """The report as data, with the people of the verdicts that are `shown`."""
    people = tuple(each for each in report.people if each.judgement.verdict in shown)
    data = plain(replace(report, people=people))
    assert isinstance(data, dict)  # noqa: S101 - a report is a mapping
    return {"schema_version": SCHEMA_VERSION, **data}
