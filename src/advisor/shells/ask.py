"""`advisor ask`: an interview that asks only what can still change the verdict.

Questions and what they are about go to standard error, the verdict to standard output. Nothing is written to
a file before the end, and an interview that is interrupted leaves no trace.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from advisor.catalog.answers import AnswerPlace, NotAnAnswer, Told
from advisor.catalog.plain import NoSuchPlace
from advisor.catalog.situations import read_told
from advisor.catalog.text import Document
from advisor.catalog.told_text import as_yaml
from advisor.errors import Complaint, InputError, RuleError
from advisor.model.interview import Agenda, Inquiry
from advisor.model.marks import says_nothing
from advisor.model.situation import as_told
from advisor.model.subject import PROSPECT
from advisor.model.subject import Told as Subject
from advisor.model.wording import by_verdict, others_in_words
from advisor.report.layout import Page, Sheet
from advisor.shells import explaining, inputs, options, output
from advisor.shells.handing import Parts, asked_about, file_options, handed_over, with_tier
from advisor.shells.knowledge import advisor_for, command_for
from advisor.shells.new import check_free, place_file
from advisor.wiring import SHOULD_CONNECT

if TYPE_CHECKING:
    from advisor.wiring import Advisor

_EPILOG = """\b
Examples:
  advisor ask                                  from nothing
  advisor ask mara.yaml --save mara.more.yaml  goes on from a file, and writes what you tell
  advisor ask mara.yaml --no-input             the open questions as JSON
  advisor ask --consultation pace              about your sending
"""
_DONT_KNOW = ("", "?", "don't know", "dont know", "unknown")
_BACK, _WHY, _STOP = "back", "why", "stop"
_PROMPT = "> "
_END_OF_NOTE = "."
_MOST_REASONS = 8
"""Rules that `why` names where not everything is shown."""
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffd-\uffff]")
"""Signs that no file may hold."""
_WHOM: Mapping[str, str] = {PROSPECT: "Whom do you want to write to?"}
"""How the name is asked for that files about a subject cannot do without."""


@click.command(epilog=_EPILOG, short_help="Ask only what can still change the verdict.")
@file_options()
@options.consultation_option("The consultation that is asked; FILE is about its subject.", SHOULD_CONNECT)
@click.option("--save", metavar="PATH", help="Write what you told as a file.")
@click.option("--force", is_flag=True, help="Overwrite PATH where it exists.")
@click.option(
    "--no-input", is_flag=True, help="Ask nothing; print the open questions, as JSON unless --format."
)
@options.format_option("text", "json", "markdown")
@options.all_option("Show everything: all rules that hang on an answer, all of the verdict.")
@options.engine_option()
@options.rules_option()
@options.colour_option()
@click.pass_context
def ask(
    context: click.Context,
    file: str | None,
    parts: Parts,
    consultation: str,
    save: str | None,
    force: bool,
    no_input: bool,
    format_: str,
    everything: bool,
    engine: str,
    rules: Path | None,
    colour: output.Colour,
) -> int:
    """Ask the most deciding question first, and stop as soon as the verdict is settled.

    FILE is a file to go on from, about what the consultation is asked about: a prospect, where none is named.
    An empty answer says that you do not know; `back` takes the last answer back, `why` says what hangs on the
    question, `stop` gives the verdict as it stands.
    """
    if save == inputs.STDIN:
        raise click.UsageError("Standard output is for the verdict; name a file to save to.")
    if save is not None:
        check_free(Path(save), overwrite=force)
    if no_input and save is not None:
        raise click.UsageError("With --no-input nothing is told that could be saved.")
    if file is None and (parts.exports or any(place is not None for place in parts.named.values())):
        raise click.UsageError("--draft, --me, --history and --export go with FILE, a file to go on from.")
    situation: Any = None
    if file is None:
        base, _ = asked_about(rules, consultation)
        advisor = advisor_for(base, engine, consultation)
    else:
        situation, advisor = handed_over(file, parts, rules, engine, consultation)
    if no_input:
        chosen = context.get_parameter_source("format_")
        format_ = "json" if chosen is click.core.ParameterSource.DEFAULT else format_
        if situation is None:
            nothing = inputs.nothing_told(advisor.consultation.subject, advisor.vocabulary)
            situation = with_tier(nothing, parts.tier)
        return _print_agenda(situation, advisor, format_, everything, colour, parts.as_of)
    interview = Interview(advisor, output.page(colour, everything=everything), parts.as_of)
    account: Told = {"me": {"account": parts.tier}} if parts.tier else {}
    told = interview.run(as_told(situation) if situation else account)
    day = parts.as_of or inputs.today()
    told.setdefault("as_of", day.isoformat())  # what is counted is counted on this day
    if save is not None:
        comment = f"Written by `advisor ask`; go on with `advisor {command_for(advisor.consultation)}`."
        place_file(Path(save), as_yaml(told, comment), overwrite=force)
        output.say(f"{save} is written.")
    page = output.page(colour, everything=everything)
    explaining.write_verdict(advisor, interview.situation(told), format_, page)
    return 0


def _print_agenda(
    situation: Subject,
    advisor: Advisor,
    format_: str,
    everything: bool,
    colour: output.Colour,
    as_of: date | None,
) -> int:
    from advisor.report import agenda as page

    agenda = advisor.agenda(situation, as_of)
    outline = page.agenda(agenda, explaining.title(advisor, situation), everything=everything)
    explaining.write(agenda, outline, format_, colour)
    return 0


@dataclass(frozen=True, slots=True)
class _Moment:
    """What was told, and what nobody could tell, when a question was asked."""

    told: Told
    skipped: frozenset[str]


class Interview:
    """One interview. It reads lines and writes questions; what to ask is decided elsewhere."""

    def __init__(self, advisor: Advisor, page: Page, as_of: date | None) -> None:
        self.advisor, self._page, self._as_of = advisor, page, as_of
        self._vocabulary, self._subject = advisor.vocabulary, advisor.consultation.subject
        self._name = AnswerPlace.of_name(self._subject)

    def situation(self, told: Told) -> Subject:
        """What was told, checked as a file is.

        Raises:
            InputError: where it does not fit.
        """
        document = Document("your answer", told)
        read: Subject = read_told(
            self._subject, document, self._vocabulary, as_of=self._as_of, today=inputs.today()
        )
        return read

    def run(self, told: Told) -> Told:
        """Ask until the verdict is settled, nothing is left to ask, or the person has had enough."""
        self._say(["Enter alone: I don't know.  `back`, `why` and `stop` do what they say."], style="dim")
        moment = _Moment(told, frozenset())
        if self._name is not None and self._name.path[0] not in told:
            named = self._ask_name(moment, self._name)
            if named is None:
                self._say(["Without a name there is nobody to decide about."])
                raise click.Abort
            moment = named
        past: list[_Moment] = []
        while True:
            agenda = self.advisor.agenda(self.situation(moment.told), skipped=moment.skipped, most=1)
            if agenda.settled or not agenda.questions:
                self._close(agenda)
                return moment.told
            after = self._ask(agenda.questions[0], agenda, moment, past)
            if after is None:
                self._say(["Stopped; this is the verdict as it stands."])
                return moment.told
            moment = after

    def _ask(self, question: Inquiry, agenda: Agenda, moment: _Moment, past: list[_Moment]) -> _Moment | None:
        """One question: the moment after it; None where the person stops."""
        try:
            place = AnswerPlace.at(question.told, self._vocabulary, self._subject)
        except NoSuchPlace:
            file = f"{self._subject} file"
            message = f"`{question.fact}` is asked for, but no {file} has the place `{question.told}`"
            hint = "name another place as `told` in facts.yaml, or take its question out"
            raise RuleError([Complaint("facts.yaml", 0, 0, "unknown-place", message, hint)]) from None
        self._show(question, place, agenda, len(past) + 1)
        while True:
            typed = self._line()
            if typed is None or typed.casefold() == _STOP:
                return None
            command = typed.casefold()
            if command == _BACK:
                if past:
                    return past.pop()
                self._say(["There is nothing to go back to."])
            elif command == _WHY:
                self._say(self._reasons(question))
            elif command in _DONT_KNOW:
                past.append(moment)
                return _Moment(moment.told, moment.skipped | {question.fact})
            else:
                after = self._take(place, moment.told, typed)
                if after is not None:
                    past.append(moment)
                    # An answer may leave its own fact open, such as a date in words; it is not asked again.
                    return _Moment(after, moment.skipped | {question.fact})

    def _reasons(self, question: Inquiry) -> Iterable[str]:
        """What the answers lead to by themselves, and the rules that hang on them."""
        leads = by_verdict(question.answers)
        if len(leads) > 1:
            said = (f"{verdict} if {', '.join(each)}" for verdict, each in leads.items())
            yield f"By itself: {'; '.join(said)}."
        most = len(question.hangs_on) if self._page.everything else _MOST_REASONS
        for each in question.hangs_on[:most]:
            yield f"- {each.title} ({each.holds_at or 'a reason to go ahead'}, {each.rule})"
        if len(question.hangs_on) > most:
            yield f"… and {len(question.hangs_on) - most} more (--all)"

    def _ask_name(self, moment: _Moment, name: AnswerPlace) -> _Moment | None:
        whom = _WHOM.get(self._subject, f"Whom is it about, as the {name.path[0]}?")
        self._say([f"{whom} (their name)"], style="bold")
        while (typed := self._line()) is not None and typed.casefold() != _STOP:
            if typed and (after := self._take(name, moment.told, typed)):
                return _Moment(after, moment.skipped)
            self._say(["A name is needed; without one there is nobody to decide about."])
        return None

    def _take(self, place: AnswerPlace, told: Told, typed: str) -> Told | None:
        """What is told with the answer; None, with the reason said, where it is none."""
        try:
            if place.kind == "note":
                typed = self._note(typed)
            if (sign := _UNSEEN.search(typed)) is not None:
                raise NotAnAnswer(f"it holds a sign that cannot be seen, U+{ord(sign[0]):04X}")
            after = place.put(told, typed, self._as_of or inputs.today())
            self.situation(after)
        except NotAnAnswer as fault:
            self._say([f"That is no answer here: {fault}."])
        except InputError as fault:
            for complaint in fault.complaints:
                hint = f" ({complaint.hint})" if complaint.hint else ""
                self._say([f"That cannot be taken: {complaint.message}{hint}."])
        else:
            return after
        return None

    def _note(self, first: str) -> str:
        if first.startswith("@"):
            return inputs.note_in(first[1:])
        if says_nothing(first):
            return first
        lines = [first]
        while (line := self._raw_line()) is not None:
            if line.strip() == _END_OF_NOTE:
                break
            lines.append(line)
        return "\n".join(lines)

    def _show(self, question: Inquiry, place: AnswerPlace, agenda: Agenda, number: int) -> None:
        others = others_in_words(agenda.possible, agenda.verdict)
        perhaps = "" if agenda.exhaustive else "perhaps "
        sheet = Sheet(self._page)
        sheet.put(f"{number}  {agenda.verdict} so far; could {perhaps}become {others}", style="dim")
        sheet.put(question.question, style="bold")
        for at, option in enumerate(place.options, 1):
            means = f" ({option.means[:1].lower()}{option.means[1:]})" if option.means else ""
            sheet.put(f"{option.name}{means}", 2, mark=f"{at:>2} ")
        sheet.put(place.takes, 2, style="dim")
        from advisor.report.agenda import reasons

        for reason in reasons(question, self._page.everything):
            sheet.put(reason.text, 2, style="dim")
        click.echo(f"\n{sheet.text()}", err=True, nl=False)

    def _close(self, agenda: Agenda) -> None:
        if agenda.settled:
            self._say(["Settled: no other answer could change it any more."], style="bold")
        else:
            others = others_in_words(agenda.possible, agenda.verdict)
            self._say([f"Nothing is left to ask; what you do not know could still make it {others}."])

    def _say(self, lines: Iterable[str], style: str = "") -> None:
        sheet = Sheet(self._page)
        for line in lines:
            sheet.put(line, style=style)
        click.echo(sheet.text(), err=True, nl=False)

    def _line(self) -> str | None:
        click.echo(_PROMPT, err=True, nl=False)
        line = self._raw_line()
        return None if line is None else line.strip()

    def _raw_line(self) -> str | None:
        """The next line; None where there is no more."""
        raw = sys.stdin.buffer.readline(inputs.LONGEST_LINE) if sys.stdin is not None else b""
        # What is no UTF-8 becomes a sign that no answer may hold, and is complained about there.
        return raw.decode("utf-8", "replace").rstrip("\r\n").lstrip("\ufeff") if raw else None
