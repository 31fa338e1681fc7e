"""What was handed over: a file about some subject, parts in place of its own, and an advisor for it.

The options for such parts are collected here and handed on as one `Parts`; how files are read `inputs` knows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from advisor.model.situation import Me
from advisor.model.subject import PROSPECT, SUBJECTS, article
from advisor.shells import inputs, options, records
from advisor.shells.knowledge import advisor_for, load
from advisor.wiring import SHOULD_CONNECT, load_knowledge_base

if TYPE_CHECKING:
    from advisor.catalog.document import Document
    from advisor.model.knowledge_base import KnowledgeBase
    from advisor.model.records import Records
    from advisor.model.rule import Consultation
    from advisor.wiring import Advisor

_Told = TypeVar("_Told")
_KEYS = {"--draft": "note", "--me": "me", "--history": "sending", "--export": "exports", "--tier": "me"}
"""For each option the part of a file, about anything but a prospect, that it stands for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What options put in the place of parts of a file, as `part_options` collects it."""

    draft: str | None = None
    """Where the note stands; this and the next two name files, or `-`."""
    me: str | None = None
    history: str | None = None
    """Where the sending stands: the part of a file, a list of days, or records."""
    exports: tuple[Path, ...] = ()
    """Records of the person's own."""
    tier: str | None = None
    """The kind of account."""
    as_of: date | None = None
    """The day of asking."""

    @property
    def named(self) -> dict[str, str | None]:
        """The options that name one file, with what they name."""
        return {"--draft": self.draft, "--me": self.me, "--history": self.history}


@dataclass(frozen=True, slots=True)
class ReadParts:
    """Parts, read; what could not be read is complained about by whoever read it."""

    note: str | None
    me: Document | None
    sending: Document | None
    known: Records | None
    """The person's own records, that of `--history` among them."""
    recorded: bool
    """Whether `--history` names records rather than the part of a file."""

    @classmethod
    def of(cls, parts: Parts, handed: inputs.Handed) -> ReadParts:
        """Read `parts`, with complaints added to those of `handed`."""
        named = parts.history
        own = [Path(named)] if named is not None and records.holds_records(named) else []
        return cls(
            handed.note(parts.draft),
            handed.document(parts.me),
            None if own else handed.history(parts.history),
            handed.records([*parts.exports, *own]),
            bool(own),
        )


def prospect_options() -> options.Decorator:
    """PROSPECT, and the options that put other parts in its place."""
    return _file_and_parts("prospect", required=True)


def file_options() -> options.Decorator:
    """FILE, which is about the subject of whichever consultation, and the options for parts of it."""
    return _file_and_parts("file", required=False)


def _file_and_parts(name: str, *, required: bool) -> options.Decorator:
    def decorate(function: Any) -> Any:
        return click.argument(name, required=required)(part_options()(function))

    return decorate


def part_options() -> options.Decorator:
    """The options that put other parts in the place of a prospect's own, handed on as one `parts`."""
    each = (
        click.option("--draft", metavar="FILE", help="The note, as plain text; an empty file: no note."),
        click.option("--me", metavar="FILE", help="You: the part `me` of a prospect file."),
        click.option(
            "--history",
            metavar="FILE",
            help="Your sending: the part `sending`, a list of dates, or a history or export.",
        ),
        records.export_option(),
        options.tier_option(),
        click.option("--as-of", type=options.Day(), help="Ask as on this day, year-month-day; else today."),
    )
    return options.collected("parts", Parts, each)


def handed_over(
    file: str,
    parts: Parts,
    rules: Path | None,
    engine: str,
    consultation: str = SHOULD_CONNECT,
    base: KnowledgeBase | None = None,
) -> tuple[Any, Advisor]:
    """What was handed over about the subject of `consultation`, and an advisor for it.

    What is told of a prospect is filled in from records of the person's own. `base` is what was read in
    `rules`, where it was read before.

    Raises:
        InputError: with all complaints about all files.
        click.UsageError: where files about the subject have no such part.
    """
    inputs.check_stdin(FILE=file, **parts.named)
    base, asked = asked_about(rules, consultation, base)
    if asked.subject != PROSPECT:
        return _of_another_subject(file, parts, engine, base, asked)
    handed = inputs.Handed()
    document, read = handed.document(file), ReadParts.of(parts, handed)
    situation = handed.situation(
        document, asked.vocabulary, note=read.note, me=read.me, history=read.sending, as_of=parts.as_of
    )
    if read.recorded:  # what an option gives takes the place of what the file says
        situation = replace(situation, sending=None)
    if read.known is not None:
        situation = records.filled(situation, read.known, base)
    return with_tier(situation, parts.tier), advisor_for(base, engine, consultation)


def with_tier(told: _Told, tier: str | None) -> _Told:
    """`told` with the kind of account that an option named; as it is where none did."""
    if tier is None:
        return told
    of_any_subject: Any = told  # whose part `me` is the same wherever there is one
    changed: _Told = replace(of_any_subject, me=replace(of_any_subject.me or Me(), account=tier))
    return changed


def _of_another_subject(
    file: str, parts: Parts, engine: str, base: KnowledgeBase, asked: Consultation
) -> tuple[Any, Advisor]:
    """What a file tells of something else than a prospect.

    Raises:
        click.UsageError: where files about the subject have no such part.
    """
    there = {each.name for each in fields(SUBJECTS[asked.subject].model)}
    options_given = {**parts.named, "--export": parts.exports or None, "--tier": parts.tier}
    for option, given in options_given.items():
        if given is not None and _KEYS[option] not in there:
            about = article(asked.subject)
            raise click.UsageError(f"`{asked.id}` is asked about {about}, which has no part for {option}.")
    files = {_KEYS[option]: place for option, place in parts.named.items()}
    told = _told(file, files, parts.as_of, asked)
    return with_tier(told, parts.tier), advisor_for(base, engine, asked.id)


def asked_about(
    rules: Path | None, consultation: str, base: KnowledgeBase | None = None
) -> tuple[KnowledgeBase, Consultation]:
    """The rules and the consultation that somebody names with `--consultation`.

    `base` is what was read in `rules`, where it was read before.

    Raises:
        RuleError: where the rules are wrong.
        UnknownName: where they have no such consultation.
    """
    if consultation == SHOULD_CONNECT:
        return load(rules, base=base)
    base = base or load_knowledge_base(rules)
    return base, base.consultation(consultation)


def told_about(
    consultation: str,
    file: str | Document,
    as_of: date | None,
    rules: Path | None,
    engine: str,
    parts: Mapping[str, str | None] | None = None,
) -> tuple[Any, Advisor]:
    """What a file tells about the subject of `consultation`, and an advisor for it.

    `file` names the file, or is a document made of what options say.
    `parts` names the files of parts that take the place of the file's own, by their keys; a `note` is plain
    text.

    Raises:
        InputError: with all complaints about all files.
        RuleError: where the rules are wrong or have no such consultation.
    """
    files = parts or {}
    place = file if isinstance(file, str) else None
    inputs.check_stdin(FILE=place, **{f"--{key}": place for key, place in files.items()})
    base, asked = load(rules, consultation)
    return _told(file, files, as_of, asked), advisor_for(base, engine, consultation)


def _told(
    file: str | Document, files: Mapping[str, str | None], as_of: date | None, asked: Consultation
) -> Any:
    """What a file tells, with parts in place of its own that stand in `files`, by their keys.

    Raises:
        InputError: with all complaints about all files.
    """
    handed = inputs.Handed()
    document = handed.document(file) if isinstance(file, str) else file
    parts = {
        key: handed.note(place) if key == "note" else handed.document(place)
        for key, place in files.items()
        if place is not None
    }
    return handed.told(asked.subject, document, asked.vocabulary, parts, as_of)
