"""One run of a batch: the list opened, everybody decided, the rows written in order.

Standard error says what the columns were taken for, how far it has come and what could not be read.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

import advisor
from advisor.catalog.text import Document
from advisor.model.batch_row import PlacedRow
from advisor.model.knowledge_base import KnowledgeBase
from advisor.model.records import Records
from advisor.model.situation import Me, Prospect, Situation, as_told
from advisor.records.list_names import list_names
from advisor.records.lists import Format, PeopleList, open_list
from advisor.records.mapping import Wanted
from advisor.report import batch as report
from advisor.report.json import plain
from advisor.report.layout import Page
from advisor.shells import inputs, output
from advisor.shells.batch import lists
from advisor.shells.batch.journal import Journal, journal_of
from advisor.shells.batch.work import Recorder, Task, decided
from advisor.shells.handing import Parts, ReadParts
from advisor.shells.knowledge import advisor_for, load
from advisor.shells.main import USAGE
from advisor.shells.placing import replace_files
from advisor.wiring import SHOULD_CONNECT

FIRST = 25
"""Rows that a terminal shows unless told otherwise."""
_SHOWN_ERRORS = 10
"""Entries that could not be read and are told of one by one."""
_BLOCK = 2**16
"""Characters that are written at a time."""
_MOST_NOTES = "free_notes_most"
"""The setting of the rules that says how many notes a month a free account has."""
_PIECES: dict[str, Callable[[Iterable[PlacedRow]], Iterator[str]]] = {
    "csv": report.csv_pieces,
    "jsonl": report.jsonl_pieces,
    "markdown": report.markdown_pieces,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked: everything that the rows hang on, and how to find them."""

    place: str
    """The list, or `-`."""
    wanted: Wanted
    input_format: Format | None
    parts: Parts
    """What holds for everybody."""
    rules: Path | None
    engine: str
    jobs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """How it is answered: where and in what form."""

    format: str
    target: Path | None
    """The file to write; None for standard output."""
    notes_left: int | None
    limit: int | None
    fresh: bool
    strict: bool
    page: Page


@dataclass(frozen=True, slots=True)
class _ForAll:
    """What holds for everybody of the list."""

    parts: dict[str, Any] = field(default_factory=dict)
    """What takes the place of each entry's own part."""
    known: Records | None = None
    """The person's own records."""
    notes_left: int | None = None
    """Notes that a free account has left this month; None where the account is another or not told."""

    @property
    def told(self) -> dict[str, object]:
        """The parts as plain data."""
        return as_told(Situation(prospect=Prospect(name=inputs.NOBODY), **self.parts))


def run(question: Question, answer: Answer) -> int:
    """Decide everybody of a list and write it; give the exit code.

    Raises:
        InputError: where the list, or what was handed over with it, cannot be used.
    """
    base, _ = load(question.rules)
    if question.engine != "auto":
        advisor_for(base, question.engine)  # where it cannot be had, that is said before anything is done
    for_all = _for_all(question, base)
    with lists.source_of(question.place) as source:
        people = open_list(source, question.wanted, question.input_format)
        if said := lists.columns_in_words(people, answer.page):
            output.say_laid_out(said)
        task = _task(question, base, people, for_all)
        for remark in Recorder(task).remarks:
            output.say(f"note: {remark}")
        path = answer.target and journal_of(answer.target)
        journal = Journal(path, _content(task, people, for_all) if path else {}, fresh=answer.fresh)
        finished = False
        try:
            _decide(task, people, journal, question.jobs)
            left = for_all.notes_left if answer.notes_left is None else answer.notes_left
            code = _write(journal, base, answer, left)
            finished = True
        finally:
            journal.close(finished=finished)
    return code


def _for_all(question: Question, base: KnowledgeBase) -> _ForAll:
    handed, options = inputs.Handed(), question.parts
    read = ReadParts.of(options, handed)
    consultation = base.consultation(SHOULD_CONNECT)
    nobody = Document(question.place, {"prospect": {"name": inputs.NOBODY}})
    told = handed.situation(
        nobody, consultation.vocabulary, note=read.note, me=read.me, history=read.sending, as_of=options.as_of
    )
    given = {"me": options.me, "sending": options.history, "draft": options.draft}
    parts = {key: getattr(told, key) for key, place in given.items() if place is not None}
    own = told.me or Me()
    most = consultation.settings.get(_MOST_NOTES)
    if (options.tier or own.account) != "free" or most is None:
        return _ForAll(parts, read.known)
    assert isinstance(most.value, int)  # noqa: S101 - it counts notes
    return _ForAll(parts, read.known, max(0, most.value - (own.notes_this_month or 0)))


def _task(question: Question, base: KnowledgeBase, people: PeopleList, for_all: _ForAll) -> Task:
    today = inputs.today()
    # Where no entry can name a day of its own, all are asked about on the same.
    as_of = question.parts.as_of if _names_days(people) else question.parts.as_of or today
    return Task(
        base=base,
        engine=question.engine,
        file=question.place,
        columns=people.columns,
        words=list_names().words,
        parts=for_all.parts,
        people=sum(1 for _ in people.entries()) if question.parts.draft is not None else None,
        tier=question.parts.tier,
        as_of=as_of,
        today=today,
        known=for_all.known,
    )


def _names_days(people: PeopleList) -> bool:
    return not people.columns or any(each.place == "as_of" for each in people.columns)


def _content(task: Task, people: PeopleList, for_all: _ForAll) -> dict[str, str]:
    """What the rows hang on, by what people call it; see `Journal`."""
    told: list[object] = [
        advisor.__version__,
        task.file,
        people.format,
        [asdict(column) for column in task.columns],
        for_all.told,
        plain(for_all.known),
        task.tier,
    ]
    day = {"day": (task.as_of or task.today).isoformat()}
    if _names_days(people):
        told += [day, task.as_of is None]
        day = {}
    options = hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
    return {"list": lists.hash_of(people.source), "rules": task.base.sha256, "options": options, **day}


def _decide(task: Task, people: PeopleList, journal: Journal, jobs: int) -> None:
    """Decide all entries that are not in the journal yet."""
    done = journal.done
    if done:
        output.say(f"Going on behind entry {done:,}.")
    with contextlib.ExitStack() as stack:
        watch = stack.enter_context(output.progress("Deciding", people.source.size))
        entries = (entry for entry in people.entries(watch) if entry.number > done)
        chunks = stack.enter_context(contextlib.closing(decided(task, entries, jobs)))
        try:
            for rows in chunks:
                journal.add(rows)
        except KeyboardInterrupt:
            if journal.path is not None:
                output.say(f"{journal.done:,} entries are done; the same command goes on there.")
            raise


def _write(journal: Journal, base: KnowledgeBase, answer: Answer, notes_left: int | None) -> int:
    total = journal.done
    counts = journal.counts([level.name for level in base.consultation(SHOULD_CONNECT).verdicts])
    unread, complaints = journal.failed(_SHOWN_ERRORS)
    for complaint in complaints:
        output.say(complaint)
    if unread > len(complaints):
        output.say(f"… and {unread - len(complaints):,} more entries that cannot be read")
    if unread == total or (answer.strict and unread):
        output.say(f"{report.summary(counts, total)}; nothing is written.")
        return USAGE
    if answer.format == "text":
        rows = journal.placed(notes_left, answer.limit or FIRST)
        pieces = iter([report.text(rows, answer.page, counts, total)])
    else:
        pieces = _PIECES[answer.format](journal.placed(notes_left, answer.limit))
    if answer.target is not None:
        replace_files({answer.target: pieces})
        output.say(f"{answer.target} is written. {report.summary(counts, total)}.")
    elif answer.format == "text":
        output.write("".join(pieces))
    else:
        for block in _in_blocks(pieces):
            output.write_json(block)
    return 0


def _in_blocks(pieces: Iterable[str]) -> Iterator[str]:
    """The same text in fewer and larger pieces."""
    block: list[str] = []
    size = 0
    for piece in chain(pieces, [""]):
        block.append(piece)
        size += len(piece)
        if size >= _BLOCK or not piece:
            yield "".join(block)
            block, size = [], 0
