"""`advisor pace`: whether somebody's way of sending is all right, and what may go in the coming week."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.catalog.text import Document
from advisor.errors import Complaint, RuleError
from advisor.facts.kept import day_covered, history_of, with_told
from advisor.facts.recorded import Window
from advisor.model.history import History
from advisor.model.records import Records
from advisor.model.situation import Sending
from advisor.pacing import PACE, plan_for
from advisor.shells import explaining, inputs, options, output
from advisor.shells.answering import Answering, answering_options
from advisor.shells.charts import Chart
from advisor.shells.knowledge import advisor_for, load
from advisor.shells.records import holds_records, window

if TYPE_CHECKING:
    from advisor.wiring import Advisor

_HISTORY, _SENDING = ({each.name for each in fields(model)} for model in (History, Sending))
"""Keys of a history file, and of its part `sending`."""
_EPILOG = """\b
Examples:
  advisor new history sent.yaml                       a file to fill in
  advisor pace sent.yaml
  advisor pace sent.yaml --as-of 2026-11-27           the same a week later
  advisor pace sent.csv                               a list that you keep: date, outcome, answered
  advisor pace Basic_LinkedInDataExport_11-20-2026.zip --told sent.yaml
  advisor pace sent.yaml --chart sent.svg
  advisor pace sent.yaml --format json | jq .coming_week.next_on
  advisor pace sent.yaml --fail-on slow-down || echo "not like this"
"""


@click.command(epilog=_EPILOG, short_help="Say whether you send too many requests, and plan the week.")
@click.argument("history")
@click.option(
    "--told", metavar="FILE", help="What records do not tell, such as a restriction: a history file."
)
@click.option("--as-of", type=options.Day(), help="Ask as on this day, year-month-day; else today.")
@click.option("--chart", metavar="FILE", help="Draw the days before into this file, .svg or .png.")
@answering_options("Show everything: all passages, advice and questions.")
def pace(
    history: str,
    told: str | None,
    as_of: date | None,
    chart: str | None,
    answering: Answering,
) -> int:
    """Say whether your pace is all right, when the next request may go, and how many the week may hold.

    HISTORY is a YAML or JSON file: what `advisor new history` writes, its part `sending` alone, or just a
    list of the dates on which you sent requests; it may be `-` for standard input. Or it is your records: the
    platform's export as zip, folder or CSV, or a list of your requests that you keep as CSV. Records are
    asked about as of the day on which they were taken, unless --as-of says otherwise.
    """
    picture = None if chart is None else Chart.at(chart)
    handed = _Handed(history, told, as_of, answering.rules)
    advisor = advisor_for(handed.base, answering.engine, PACE)
    answering.check(advisor)
    return answering.exit_code(advisor, _write(advisor, handed.history, answering, picture))


class _Handed:
    """The history that was handed over, from whatever it was read, and the knowledge base."""

    def __init__(self, place: str, told: str | None, as_of: date | None, rules: Path | None) -> None:
        """Read everything.

        Raises:
            InputError: with all complaints about the files.
        """
        inputs.check_stdin(HISTORY=place, **{"--told": told})
        self.base, self._asked = load(rules, PACE)
        self._handed = inputs.Handed()
        recorded = holds_records(place)
        known = self._handed.records([Path(place)]) if recorded else None
        document = None if recorded else self._handed.document(place)
        beside = self._handed.document(told)
        if known is None or self._handed.complaints:
            self.history = self._told(document, as_of)
        else:
            self.history = self._recorded(known, as_of)
        if beside is not None:
            self.history = with_told(self.history, self._told(beside, self.history.as_of))

    def _told(self, document: Document | None, as_of: date | None) -> History:
        whole = None if document is None else _as_history(document)
        told: History = self._handed.told(self._asked.subject, whole, self._asked.vocabulary, as_of=as_of)
        return told

    def _recorded(self, records: Records, as_of: date | None) -> History:
        """What records tell, asked as of the day on which they were taken where no other is named."""
        day = as_of or inputs.today()
        if as_of is None and records.taken_on is not None and not day_covered(records, day):
            day = records.taken_on
            output.say(f"Asked as on {day.isoformat()}, the day on which the records were taken.")
        elif not day_covered(records, day):
            ended = records.taken_on.isoformat() if records.taken_on else ""
            output.say(f"The records end on {ended}, so the days up to {day.isoformat()} are unknown.")
        counted = window(self.base, day)
        if counted is None:
            names = " and ".join(f"`{each.name}`" for each in fields(Window))
            message = f"records are counted by the settings {names}, which these rules lack"
            hint = "add them to settings.yaml of the consultation, as numbers of days"
            place = str(self._asked.rules[0].file if self._asked.rules else PACE)
            raise RuleError([Complaint(place, 0, 0, "unknown-setting", message, hint)])
        return history_of(records, day, answer_time=counted.answer_time, judged_over=counted.judged_over)


def _as_history(document: Document) -> Document:
    """`document` as a whole history, where it holds the part `sending` or a list of days alone."""
    data = document.data
    if isinstance(data, list):
        return inputs.Under.of(document, "sending", inputs.dates_or_times(data))
    if isinstance(data, dict) and data.keys() & _SENDING and not data.keys() & _HISTORY:
        return inputs.Under.of(document, "sending")
    return document


def _write(advisor: Advisor, told: History, answering: Answering, picture: Chart | None) -> str:
    """Write the verdict on `told` with the plan of the coming week, and give the verdict's name."""
    from advisor.facts.coming_week import daily_counts
    from advisor.report import coming_week

    format_, page = answering.format_, answering.page
    verdict = advisor.receipt(told) if format_ == "json" else advisor.advise(told)
    plan = plan_for(advisor.knowledge_base, told, verdict)
    counts = daily_counts(told.sending, date.fromisoformat(verdict.as_of)) if told.sending else None
    if picture is not None:
        picture.write(counts, plan)
    if answering.explain and format_ != "json":
        return explaining.write_verdict(advisor, told, format_, page, explain=True)
    if format_ == "json":
        from advisor.report.json import dumped, plain

        data = plain(verdict)
        assert isinstance(data, dict)  # noqa: S101 - a receipt is a mapping
        output.write_json(dumped(data | coming_week.as_data(plan, counts)))
    else:
        week = (
            coming_week.as_markdown(plan)
            if format_ == "markdown"
            else coming_week.as_text(plan, counts, page)
        )
        output.write(explaining.rendered(advisor, verdict, format_, page) + week)
    return verdict.verdict
