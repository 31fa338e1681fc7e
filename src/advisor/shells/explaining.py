"""What the commands that explain share: a file handed over, an advisor for it, and an answer written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from advisor.model.situation import Me, Situation
from advisor.model.subject import PROSPECT, SUBJECTS, Told, article
from advisor.shells import inputs, options, output, records
from advisor.shells.knowledge import advisor_for, load
from advisor.wiring import SHOULD_CONNECT, load_knowledge_base

if TYPE_CHECKING:
    from advisor.catalog.document import Document
    from advisor.model.knowledge_base import KnowledgeBase
    from advisor.model.rule import Consultation
    from advisor.report.layout import Page
    from advisor.report.outline import Outline
    from advisor.wiring import Advisor


def prospect_options() -> options.Decorator:
    """PROSPECT and the options that put other parts in its place."""
    return _file_and_parts("prospect", required=True)


def file_options() -> options.Decorator:
    """FILE, which is about the subject of whichever consultation, and the options for parts of it."""
    return _file_and_parts("file", required=False)


def _file_and_parts(name: str, *, required: bool) -> options.Decorator:
    def decorate(function: Any) -> Any:
        return click.argument(name, required=required)(part_options()(function))

    return decorate


def part_options() -> options.Decorator:
    """The options that put other parts in the place of a prospect's own."""

    def decorate(function: Any) -> Any:
        for each in reversed(
            (
                click.option(
                    "--draft", metavar="FILE", help="The note, as plain text; an empty file: no note."
                ),
                click.option("--me", metavar="FILE", help="You: the part `me` of a prospect file."),
                click.option(
                    "--history",
                    metavar="FILE",
                    help="Your sending: the part `sending`, a list of dates, or a history or export.",
                ),
                records.export_option(),
                options.tier_option(),
                click.option(
                    "--as-of", type=options.Day(), help="Ask as on this day, year-month-day; else today."
                ),
            )
        ):
            function = each(function)
        return function

    return decorate


def handed_over(
    file: str,
    draft: str | None,
    me: str | None,
    history: str | None,
    exports: tuple[Path, ...],
    as_of: date | None,
    rules: Path | None,
    engine: str,
    consultation: str = SHOULD_CONNECT,
    tier: str | None = None,
) -> tuple[Any, Advisor]:
    """What was handed over about the subject of `consultation`, and an advisor for it.

    What is told of a prospect is filled in from records of the person's own.

    `tier` is the kind of account, in place of what the files say of it.

    Raises:
        InputError: with all complaints about all files.
        click.UsageError: where files about the subject have no such part.
    """
    inputs.check_stdin(FILE=file, **{"--draft": draft, "--me": me, "--history": history})
    base, asked = asked_about(rules, consultation)
    if asked.subject != PROSPECT:
        parts = {"--draft": ("note", draft), "--me": ("me", me), "--history": ("sending", history)}
        more = {"--export": ("exports", exports)}
        return _of_another_subject(file, {**parts, **more}, as_of, rules, engine, asked)
    handed = inputs.Handed()
    recorded = history is not None and records.holds_records(history)
    document, note, own, sent, known = (
        handed.document(file),
        handed.note(draft),
        handed.document(me),
        None if recorded else handed.history(history),
        handed.records([*exports, *([Path(history)] if recorded and history else [])]),
    )
    situation = handed.situation(document, asked.vocabulary, note=note, me=own, history=sent, as_of=as_of)
    if recorded:  # what an option gives takes the place of what the file says
        situation = replace(situation, sending=None)
    if known is not None:
        situation = records.filled(situation, known, base)
    return with_tier(situation, tier), advisor_for(base, engine, consultation)


def with_tier(situation: Situation, tier: str | None) -> Situation:
    """`situation` with the kind of account that an option named; as it is where none did."""
    return situation if tier is None else replace(situation, me=replace(situation.me or Me(), account=tier))


def _of_another_subject(
    file: str,
    parts: Mapping[str, tuple[str, Any]],
    as_of: date | None,
    rules: Path | None,
    engine: str,
    asked: Consultation,
) -> tuple[Any, Advisor]:
    """What a file tells of something else than a prospect; `parts` has options with the keys they stand for.

    Raises:
        click.UsageError: where files about the subject have no such part.
    """
    there = {each.name for each in fields(SUBJECTS[asked.subject].model)}
    given = {option: part for option, part in parts.items() if part[1]}
    for option, (key, _) in given.items():
        if key not in there:
            about = article(asked.subject)
            raise click.UsageError(f"`{asked.id}` is asked about {about}, which has no part for {option}.")
    return told_about(asked.id, file, as_of, rules, engine, dict(given.values()))


def asked_about(rules: Path | None, consultation: str) -> tuple[KnowledgeBase, Consultation]:
    """The rules and the consultation that somebody names with `--consultation`.

    Raises:
        RuleError: where the rules are wrong.
        UnknownName: where they have no such consultation.
    """
    if consultation == SHOULD_CONNECT:
        return load(rules)
    base = load_knowledge_base(rules)
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
    named = {key: place for key, place in (parts or {}).items() if place is not None}
    place = file if isinstance(file, str) else None
    inputs.check_stdin(FILE=place, **{f"--{key}": place for key, place in named.items()})
    handed = inputs.Handed()
    document = handed.document(file) if isinstance(file, str) else file
    given = {
        key: handed.note(place) if key == "note" else handed.document(place) for key, place in named.items()
    }
    base, asked = load(rules, consultation)
    told = handed.told(asked.subject, document, asked.vocabulary, given, as_of)
    return told, advisor_for(base, engine, consultation)


def title(advisor: Advisor, told: Told) -> str:
    """Whom `told` is about, by name; the question, where it names nobody."""
    name = next(iter(SUBJECTS[advisor.consultation.subject].texts), "")
    return advisor.read(told).words.get(name) or advisor.consultation.question


def write_verdict(
    advisor: Advisor, situation: Told, format_: str, page: Page, *, explain: bool = False
) -> str:
    """Write the verdict on `situation`, or with `explain` the tree behind it, and give its name.

    As JSON it is a receipt, with the tree and all that it takes to decide again.
    """
    if explain or format_ == "json":
        receipt = advisor.receipt(situation)
        if format_ == "json":
            from advisor.report import json

            output.write_json(json.render(receipt))
        else:
            from advisor.report import outline, why

            tree = why.why(receipt, advisor.headings, everything=page.everything)
            output.write(outline.as_markdown(tree) if format_ == "markdown" else outline.as_text(tree, page))
        return receipt.verdict
    verdict = advisor.advise(situation)
    if format_ == "markdown":
        from advisor.report import markdown

        output.write(markdown.render(verdict, advisor.headings))
    else:
        from advisor.report import text

        scale = advisor.names_to_ask_about(verdicts=True)
        output.write(text.render(verdict, page, scale, advisor.headings))
    return verdict.verdict


def write(answer: object, outline: Outline, format_: str, colour: output.Colour) -> None:
    """Write an answer: as JSON its data, else its outline."""
    if format_ == "json":
        from advisor.report.json import dumped, plain

        output.write_json(dumped(plain(answer)))
        return
    from advisor.report import outline as pages

    if format_ == "markdown":
        output.write(pages.as_markdown(outline))
    else:
        output.write(pages.as_text(outline, output.page(colour)))
