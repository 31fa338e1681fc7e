"""`advisor schema`: the JSON Schemas of what goes in, what comes out, and what rule keepers write."""

from __future__ import annotations

from pathlib import Path

import click

from advisor.catalog.kinds import KINDS
from advisor.model.subject import SUBJECTS
from advisor.report.json import dumped, receipt_schema
from advisor.shells import options, output
from advisor.shells.knowledge import about, load
from advisor.shells.lazy import LazyGroup

_EPILOG = """\b
Examples:
  advisor schema situation > situation.schema.json      beside your prospect files
  advisor schema rules --rules .                        with the names of your own facts and passages
  advisor schema --all docs/schemas --rules .           all of them, after you added a fact or a passage
"""
_VERDICT = "verdict"
_SUBJECTS = {subject.schema: subject for subject in SUBJECTS.values()}
_SAYS = (
    {name: f"{subject.name.capitalize()} files: {subject.says}" for name, subject in _SUBJECTS.items()}
    | {_VERDICT: "What `--format json` writes."}
    | {name: kind.says for name, kind in KINDS.items()}
)
"""What each schema describes, in the order in which the help shows them."""


class _Kinds(LazyGroup):
    """One command for each kind of schema, made when it is asked for."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Make the command that prints one schema; None where there is none of this name."""
        del ctx
        return _command(cmd_name) if cmd_name in _SAYS else None


@click.group(cls=_Kinds, commands_in=_SAYS, epilog=_EPILOG, invoke_without_command=True)
@click.option(
    "--all",
    "folder",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Write all schemas into this folder, each as KIND.json.",
)
@options.rules_option()
@click.pass_context
def schema(ctx: click.Context, folder: Path | None, rules: Path | None) -> int:
    """Print a JSON Schema, for your editor to complete and check files.

    Schemas of rules and knowledge hold the names that there are: facts with their values, settings, passages.
    """
    ctx.obj = rules
    if ctx.invoked_subcommand is not None:
        if folder is not None:
            ctx.fail("--all writes every schema, so it takes no kind.")
        return 0
    if folder is None:
        click.echo(ctx.get_help())
        return 2
    return _write_all(folder, rules)


def schema_texts(rules: Path | None, *kinds: str) -> dict[str, str]:
    """Schemas as they are printed, by kind, with the names of `rules`; where no kind is named, of all.

    Raises:
        RuleError: where the rules cannot be read.
    """
    wanted = kinds or tuple(_SAYS)
    texts = {_VERDICT: dumped(receipt_schema())} if _VERDICT in wanted else {}
    if texts.keys() == set(wanted):
        return texts
    from advisor.catalog.schemas import schema_of
    from advisor.catalog.situations import schema_of_subject

    base, consultation = load(rules)
    there = {each.subject for each in base.consultations.values()}
    for kind in wanted:
        if kind in _SUBJECTS:
            subject = _SUBJECTS[kind].name
            if subject in there or kinds:  # of all schemas, those that can be had
                texts[kind] = dumped(schema_of_subject(subject, about(subject, rules).vocabulary))
        elif kind != _VERDICT:
            texts[kind] = dumped(schema_of(kind, base, consultation))
    return texts


def _command(kind: str) -> click.Command:
    @click.command(kind, short_help=_SAYS[kind], help=f"Print the JSON Schema of: {_SAYS[kind]}")
    @options.rules_option()
    @click.pass_context
    def print_schema(ctx: click.Context, rules: Path | None) -> int:
        output.write_json(schema_texts(rules or ctx.obj, kind)[kind])
        return 0

    command: click.Command = print_schema
    return command


def _write_all(folder: Path, rules: Path | None) -> int:
    from advisor.shells.placing import replace_files

    texts = schema_texts(rules)
    replace_files({folder / f"{kind}.json": text for kind, text in texts.items()})
    click.echo(f"{len(texts)} schemas are in {folder}", err=True)
    return 0
