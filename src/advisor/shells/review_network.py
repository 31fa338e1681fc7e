"""`advisor review-network`: what about the people whom you are connected with, one of them or all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from advisor.errors import Complaint, InputError
from advisor.reviewing import NETWORK, review
from advisor.shells import inputs, options, output
from advisor.shells.answering import Answering, answering_options
from advisor.shells.handing import told_about
from advisor.shells.knowledge import advisor_for, load
from advisor.shells.new import check_free, place_file

if TYPE_CHECKING:
    from advisor.catalog.document import Document
    from advisor.model.network import NetworkReview
    from advisor.model.records import Connected, Records
    from advisor.model.roster import NetworkReport
    from advisor.report.layout import Page
    from advisor.wiring import Advisor

_DESCRIBED = (".yaml", ".yml", ".json")
"""Endings of files that describe one connection, or the network, in your own words."""
_MANY = 2_000
"""Connections from which on a terminal shows how far judging has come."""
_EPILOG = """\b
Examples:
  advisor review-network Complete_LinkedInDataExport_11-20-2026.zip
  advisor review-network export.zip --safelist stays.txt --only engage
  advisor review-network export.zip --format csv --output network.csv
  advisor review-network export.zip --network mine.yaml    with what the records cannot tell
  advisor new network yara.yaml; advisor review-network yara.yaml --explain
"""


class _Verdicts(click.ParamType):  # type: ignore[type-arg]  # not generic in older releases
    """Verdicts with commas between them."""

    name = "verdicts"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """Split; which verdicts there are only the rules know."""
        del param, ctx
        return value if isinstance(value, tuple) else tuple(each.strip() for each in str(value).split(","))


@click.command("review-network", epilog=_EPILOG, short_help="Look through whom you are connected with.")
@click.argument("exports", nargs=-1, required=True, metavar="EXPORT...")
@click.option("--me", metavar="FILE", help="You: the part `me` of a network file.")
@click.option(
    "--network", metavar="FILE", help="What you tell of your network: the part `network` of a network file."
)
@click.option(
    "--safelist", metavar="FILE", help="Who stays whatever else holds: a name or profile address a line."
)
@click.option(
    "--as-of", type=options.Day(), help="Ask as on this day, year-month-day; else that of the records."
)
@click.option("--only", type=_Verdicts(), help="List people of these verdicts alone, such as engage,review.")
@click.option(
    "--limit",
    type=click.IntRange(0),
    default=10,
    show_default=True,
    help="List so many people of each verdict in text; 0: all.",
)
@click.option(
    "--output", "target", type=click.Path(path_type=Path), metavar="FILE", help="Write to FILE instead."
)
@click.option("--force", is_flag=True, help="Overwrite FILE where it exists.")
@answering_options(
    "Show everything: all passages, advice and questions, and people of every verdict.",
    "text",
    "csv",
    "markdown",
    "json",
    fails="any verdict is this",
)
@click.pass_context
def review_network(
    ctx: click.Context,
    exports: tuple[str, ...],
    me: str | None,
    network: str | None,
    safelist: str | None,
    as_of: date | None,
    only: tuple[str, ...] | None,
    limit: int,
    target: Path | None,
    force: bool,
    answering: Answering,
) -> int:
    """Say of your connections whom to keep, to get in touch with, to look over, or to let go, and why.

    EXPORT is your own data from the platform: its zip, a folder in which it was unpacked, or its CSV files.
    It holds messages and no likes or comments, so that nobody is ever proposed for removal by it: that takes
    your own word. A YAML or JSON file (or `-`) that describes one connection, or the network as a whole, is
    answered like any other question; `advisor new network` writes one to start from.
    """
    if len(exports) == 1 and (exports[0] == inputs.STDIN or exports[0].lower().endswith(_DESCRIBED)):
        _only_for(ctx, "an export", "network", "safelist", "only", "limit", "target", "force")
        if answering.format_ == "csv":
            raise click.UsageError("--format csv is for an export.")
        rules, engine = answering.rules, answering.engine
        told, advisor = told_about(NETWORK, exports[0], as_of, rules, engine, {"me": me})
        return answering.write(advisor, told)
    _only_for(ctx, "a file that describes one subject", "explain")
    if target is not None:
        check_free(target, overwrite=force)
    own = _OwnFiles(me=me, network=network, safelist=safelist)
    base, _ = load(answering.rules, NETWORK)
    advisor = advisor_for(base, answering.engine, NETWORK)
    answering.check(advisor)
    shown = _shown(advisor, only, everything=answering.everything or answering.format_ != "text")
    report = _reviewed(advisor, exports, own, as_of)
    page = answering.page
    if target is not None:
        page = replace(page, colour=answering.colour == "always")
    written = _rendered(report, advisor, page, answering.format_, shown, limit)
    if target is None:
        output.write_json(written) if answering.format_ in ("json", "csv") else output.write(written)
    else:
        place_file(target, written, overwrite=force)
        output.say(f"{target} is written")
    people = (verdict for verdict, count in report.counts.items() if count)
    return answering.exit_code(advisor, report.whole.verdict, *people)


def _only_for(ctx: click.Context, what: str, *names: str) -> None:
    """Refuse options that mean nothing here.

    Raises:
        click.UsageError: where one was given on the command line.
    """
    given = [
        name for name in names if ctx.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE
    ]
    if given:
        flag = {"target": "output"}.get(given[0], given[0])
        raise click.UsageError(f"--{flag} is for {what}.")


def _shown(advisor: Advisor, only: tuple[str, ...] | None, *, everything: bool) -> tuple[str, ...]:
    """The verdicts whose people are listed; in text all but the most willing, unless asked otherwise."""
    scale = advisor.names_to_ask_about(verdicts=True)
    unknown = [verdict for verdict in only or () if verdict not in scale]
    if unknown:
        raise click.BadParameter(f"{unknown[0]!r} is not one of {', '.join(scale)}.", param_hint="'--only'")
    return only or (scale if everything else scale[1:])


@dataclass(frozen=True, slots=True, kw_only=True)
class _OwnFiles:
    """What somebody tells beside an export, as files."""

    me: str | None
    network: str | None
    safelist: str | None


def _reviewed(
    advisor: Advisor, exports: tuple[str, ...], own: _OwnFiles, as_of: date | None
) -> NetworkReport:
    """The report on all that `exports` hold.

    Raises:
        InputError: with all complaints about all files.
    """
    from advisor.facts.roster import roster
    from advisor.shells.records import read_records

    inputs.check_stdin(**{"--me": own.me, "--network": own.network, "--safelist": own.safelist})
    handed = inputs.Handed()
    named = {"me": own.me, "network": own.network}
    parts = {key: handed.document(place) for key, place in named.items() if place is not None}
    stays = handed.lines(own.safelist)
    told = _own_words(handed, parts, advisor)
    records = read_records([Path(each) for each in exports])
    _check_connections(records, exports)
    day = as_of or records.taken_on or inputs.today()
    if records.taken_on is not None and day > records.taken_on:
        output.say(f"the records end on {records.taken_on}: what happened since is not in them")
    people = roster(records, day, me=told.me, protected=_protected(stays, own.safelist, records.connections))
    with output.progress("Judging", len(people.members), shown_from=_MANY) as watch:
        return review(advisor, people, day, taken_on=records.taken_on, told=told.network, watch=watch)


def _own_words(
    handed: inputs.Handed, parts: Mapping[str, Document | None], advisor: Advisor
) -> NetworkReview:
    from advisor.catalog.text import Document

    given = {key: document for key, document in parts.items() if document is not None}
    empty, subject = Document("", {"network": {}}), advisor.consultation.subject
    told: NetworkReview = handed.told(subject, empty, advisor.vocabulary, given)
    return told


def _check_connections(records: Records, exports: tuple[str, ...]) -> None:
    if "connections" not in records.files:
        message = "there is no list of connections in it"
        hint = "name the export itself, or its Connections.csv"
        raise InputError([Complaint(exports[0], 0, 0, "no-connections", message, hint)])


def _protected(lines: list[str] | None, place: str | None, people: Sequence[Connected]) -> frozenset[int]:
    """Places of the people who stay; entries that mean nobody, or several people, are told of."""
    if lines is None:
        return frozenset()
    from advisor.facts.safelist import entries

    found = entries(lines, people)
    for entry in found:
        if len(entry.places) != 1:
            says = "is none of your connections" if not entry.places else "could be several people; all stay"
            output.say(f"{place}:{entry.line}: {entry.text} {says}")
    return frozenset(each for entry in found for each in entry.places)


def _rendered(
    report: NetworkReport,
    advisor: Advisor,
    page: Page,
    format_: str,
    shown: tuple[str, ...],
    limit: int,
) -> str:
    from advisor.report import network as pages

    library = advisor.knowledge_base.library
    match format_:
        case "csv":
            return pages.as_csv(report, shown=shown)
        case "json":
            from advisor.report.json import dumped

            return dumped(pages.as_data(report, shown=shown))
        case "markdown":
            return pages.as_markdown(report, library, headings=advisor.headings, shown=shown)
        case _:
            return pages.as_text(report, page, library, headings=advisor.headings, shown=shown, most=limit)
