"""A user's own records for the commands that use them: the option, the reading, and what to say of it.

How records are read is for `advisor.records`; what was not understood is shown in full by `advisor import`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.shells import options, output

if TYPE_CHECKING:
    from advisor.facts.recorded import Window
    from advisor.model.knowledge_base import KnowledgeBase
    from advisor.model.reading import FileReading, Reading
    from advisor.model.records import Records
    from advisor.model.situation import Situation

LONG_WORK = 2 * 2**20
"""Bytes from which it is shown how far reading has come."""
_LISTED = 2
"""Files about which a line is said; the rest are counted."""


def export_option() -> options.Decorator:
    """`--export FILE`, as often as wanted: records of your own."""
    return click.option(
        "--export",
        "exports",
        cls=options.NamedAfterFlag,
        multiple=True,
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Your own data from the platform: its zip, a folder or a CSV; may be given several times.",
    )


def read_records(paths: Sequence[Path]) -> Records:
    """Read exports and histories, and say on standard error what of them was not understood.

    Raises:
        InputError: where they cannot be read.
    """
    from advisor.records import RecordsReader

    reader = RecordsReader(paths)
    with output.progress("Reading", reader.size, shown_from=LONG_WORK) as watch:
        for _ in reader.rows(watch):
            pass
    reading = reader.reading()
    for line in in_short(reading):
        output.say(line)
    return reading.records


def holds_records(place: str) -> bool:
    """Whether the file or folder at `place` is an export, or a history with more than days in it.

    A broken one is, so that whoever reads it as such says what is wrong with it.
    """
    from advisor.records import is_export_or_history

    return place != "-" and is_export_or_history(Path(place))


def filled(situation: Situation, known: Records, base: KnowledgeBase) -> Situation:
    """`situation` with what the records show on the day of asking; says on standard error what to know."""
    from advisor.facts.recorded import with_records

    day = situation.as_of or date.today()
    full, remarks = with_records(situation, known, day, courtesy_titles(base), window(base, day))
    for remark in remarks:
        output.say(f"note: {remark}")
    return full


def courtesy_titles(base: KnowledgeBase) -> frozenset[str]:
    """Folded words that are no part of a name, in any language."""
    return frozenset().union(*(each.words("courtesy_titles") for each in base.lexicons.values()))


def window(base: KnowledgeBase, day: date) -> Window | None:
    """Over which time these rules count acceptance, by settings of these names; None where one is missing."""
    from advisor.facts.recorded import Window
    from advisor.pacing import PACE

    if PACE not in base.consultations:
        return None
    settings = base.consultation(PACE).on(day).settings
    told = {each.name: settings[each.name].value for each in fields(Window) if each.name in settings}
    days = {name: value for name, value in told.items() if isinstance(value, int)}
    return Window(**days) if len(days) == len(fields(Window)) else None


def in_short(reading: Reading) -> list[str]:
    """What to know about records that were read: a line for each of the first files with doubts, and remarks.

    Rows that stand in a file twice are no reason to look.
    """
    doubtful = [each for each in reading.files if _not_understood(each)]
    lines = [
        f"{_not_understood(each):,} of {each.rows:,} rows of {each.file} were not understood; "
        f"`advisor import {_container(each)}` shows them"
        for each in doubtful[:_LISTED]
    ]
    if len(doubtful) > _LISTED:
        lines.append(f"rows of {len(doubtful) - _LISTED} more files were not understood")
    whole = [each for each in reading.doubts if not each.line]
    lines += [f"{each.file}: {each.message}" for each in whole[:_LISTED]]
    return [*lines, *reading.remarks]


def _not_understood(file: FileReading) -> int:
    return file.rows - file.understood


def _container(file: FileReading) -> str:
    """What to name for `advisor import`: the archive, for a file in one."""
    archive, found, _ = file.file.partition(".zip/")
    return archive + ".zip" if found else file.file
