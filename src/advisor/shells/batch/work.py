"""Entries to rows, in this process or in several; the order and the rows are the same either way."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from typing import Any, cast

from advisor.errors import AdvisorError, InputError
from advisor.facts.recorded import RecordsFiller
from advisor.model.batch_row import BatchRow
from advisor.model.knowledge_base import KnowledgeBase
from advisor.model.records import Records
from advisor.model.situation import Batch, Sending, Situation
from advisor.records.list_entries import EntryReader
from advisor.records.list_names import CellWords
from advisor.records.lists import Entry
from advisor.records.mapping import Column
from advisor.report.layout import harmless
from advisor.shells.handing import with_tier
from advisor.shells.records import courtesy_titles, window
from advisor.wiring import SHOULD_CONNECT, Advisor, EngineName

CHUNK = 250
"""Entries that are decided together: a fraction of a second's work."""
_AHEAD = 4
"""Chunks that wait for each process, so that none is ever idle and few entries are in memory."""


@dataclass(frozen=True, slots=True)
class Task:
    """All that it takes to decide entries of one list, in whatever process."""

    base: KnowledgeBase
    engine: str
    file: str
    """The list, as the person named it."""
    columns: tuple[Column, ...]
    words: CellWords
    parts: Mapping[str, Any]
    """What takes the place of each entry's own: `me`, `sending`, `draft`."""
    people: int | None
    """How many people get the same note; None where each has their own."""
    tier: str | None
    as_of: date | None
    today: date
    known: Records | None = None
    """The person's own records, which fill in what entries leave open."""


class Worker:
    """Decides entries, one after the other."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._advisor = Advisor(task.base, cast("EngineName", task.engine))
        self._reader = EntryReader(
            task.file,
            task.columns,
            task.words,
            task.base.consultation(SHOULD_CONNECT).vocabulary,
            parts=task.parts,
            as_of=task.as_of,
            today=task.today,
        )
        self._recorder = Recorder(task)

    def rows(self, entries: Iterable[Entry]) -> list[BatchRow]:
        """One row for each of `entries`."""
        return [self.row(entry) for entry in entries]

    def row(self, entry: Entry) -> BatchRow:
        """What becomes of one entry."""
        try:
            situation, remarks = self.asked(self._reader.read(entry))
        except InputError as error:
            return BatchRow(number=entry.number, line=entry.line, error=harmless(str(error)))
        return BatchRow(
            number=entry.number,
            line=entry.line,
            name=situation.prospect.name,
            url=situation.prospect.profile or "",
            standing=self._advisor.standing(situation),
            remarks=remarks,
        )

    def asked(self, situation: Situation) -> tuple[Situation, tuple[str, ...]]:
        """What is asked about one person, with what holds for everybody, and remarks on this person alone."""
        situation, remarks = self._recorder.fill(situation)
        situation = with_tier(situation, self._task.tier)
        if self._task.people is None:
            return situation, remarks
        batch = situation.batch or Batch()
        batch = replace(batch, people=max(self._task.people, batch.people or 0))
        return replace(situation, batch=batch), remarks


class Recorder:
    """Fills entries from the person's own records, where there are any."""

    def __init__(self, task: Task) -> None:
        self._today = task.as_of or task.today
        self._filler: RecordsFiller | None = None
        if task.known is not None:
            titles = courtesy_titles(task.base)
            self._filler = RecordsFiller(task.known, titles, window(task.base, self._today))
        self._days: dict[date, tuple[Sending | None, list[str]]] = {}

    @property
    def remarks(self) -> tuple[str, ...]:
        """What to know about how the person has been sending; the same for everybody of the list."""
        return () if self._filler is None else tuple(self._sending(self._filler, self._today)[1])

    def fill(self, situation: Situation) -> tuple[Situation, tuple[str, ...]]:
        """`situation` with what the records show of it, and remarks on this person alone."""
        if self._filler is None:
            return situation, ()
        day = situation.as_of or self._today
        sending, common = self._sending(self._filler, day)
        if situation.sending is None:
            # How one has been sending is the same for everybody of that day, and takes all records to count.
            situation = replace(situation, sending=sending)
        filled, remarks = self._filler.fill(situation, day)
        return filled, tuple(each for each in remarks if each not in common)

    def _sending(self, filler: RecordsFiller, day: date) -> tuple[Sending | None, list[str]]:
        if day not in self._days:
            remarks: list[str] = []
            self._days[day] = filler.sending(None, day, remarks), remarks
        return self._days[day]


def decided(task: Task, entries: Iterator[Entry], jobs: int) -> Generator[list[BatchRow], None, None]:
    """The rows of all `entries`, chunk by chunk and in their order, decided by `jobs` processes.

    Where it is left early, what was begun is given up and no process stays behind.

    Raises:
        AdvisorError: where something else has ended a process.
    """
    chunks = iter(lambda: list(islice(entries, CHUNK)), [])
    if jobs == 1:
        worker = Worker(task)
        yield from map(worker.rows, chunks)
        return
    # Started afresh rather than forked: an engine and its handles belong to one process.
    pool = ProcessPoolExecutor(jobs, get_context("spawn"), _begin, (task,))
    try:
        pending: deque[Future[list[BatchRow]]] = deque()
        for chunk in chunks:
            pending.append(pool.submit(_rows, chunk))
            if len(pending) >= _AHEAD * jobs:
                yield pending.popleft().result()
        while pending:
            yield pending.popleft().result()
    except BrokenProcessPool:
        message = "a process was ended from outside, perhaps for want of memory; try again with fewer --jobs"
        raise AdvisorError(message) from None
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


_worker: list[Worker] = []
"""In a process of the pool: the one that it works with."""


def _begin(task: Task) -> None:
    """Make a process of the pool ready. It leaves interrupts to its parent, and never outlives it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow_parent, daemon=True).start()
    _worker[:] = [Worker(task)]


def _follow_parent() -> None:
    parent = parent_process()
    if parent is not None:
        with contextlib.suppress(OSError):
            wait([parent.sentinel])
        os._exit(1)


def _rows(entries: Sequence[Entry]) -> list[BatchRow]:
    return _worker[0].rows(entries)
