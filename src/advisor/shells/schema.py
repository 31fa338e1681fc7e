"""`advisor schema`: the JSON Schemas of what goes in, what comes out, and what rule keepers write."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import click

from advisor.catalog.kinds import KINDS, schema_file
from advisor.model.knowledge_base import KnowledgeBase
from advisor.model.subject import PROSPECT, SUBJECTS
from advisor.report.json import dumped, receipt_schema
from advisor.shells import options, output
from advisor.shells.handing import asked_about
from advisor.shells.knowledge import about
from advisor.shells.lazy import LazyGroup
from advisor.wiring import SHOULD_CONNECT, load_knowledge_base

_EPILOG = """\b
Examples:
  advisor schema situation > situation.schema.json      beside your prospect files
  advisor schema rules --rules .                        with the names of your own facts and passages
  advisor schema rules --consultation pace              with those that rules about the pace may use
  advisor schema --all docs/schemas --rules .           all of them, after you added a fact or a passage
"""
_VERDICT, _ACTIONS = "verdict", "actions"
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
    help="Write all schemas into this folder, those of each consultation into one of its own.",
)
@options.rules_option()
@click.pass_context
def schema(ctx: click.Context, folder: Path | None, rules: Path | None) -> int:
    """Print a JSON Schema, for your editor to complete and check files.

    Schemas of rules and knowledge hold the names that there are: facts with their values, settings, passages.
    Those of facts, settings, actions, rules and cases are for one consultation each.
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


def schema_texts(rules: Path | None) -> dict[PurePosixPath, str]:
    """All schemas, by where they stand in the folder of schemas, with the names of `rules`.

    Raises:
        RuleError: where the rules cannot be read.
    """
    from advisor.catalog.schemas import schema_of

    texts = {PurePosixPath(f"{_VERDICT}.json"): dumped(receipt_schema())}
    base = load_knowledge_base(rules)
    there = {each.subject for each in base.consultations.values()}
    for name, subject in _SUBJECTS.items():
        if subject.name in there:
            texts[PurePosixPath(f"{name}.json")] = _of_subject(name, rules, base)
    for consultation in base.consultations.values():
        for kind in KINDS:
            place = schema_file(kind, consultation.id)
            if place not in texts and (kind != _ACTIONS or consultation.subject == PROSPECT):
                texts[place] = dumped(schema_of(kind, base, consultation))
    return texts


def schema_text(kind: str, rules: Path | None, consultation: str) -> str:
    """One schema as it is printed; `consultation` is that whose names a schema of its own holds.

    Raises:
        RuleError: where the rules cannot be read.
        UnknownName: where they have no such consultation.
    """
    if kind == _VERDICT:
        return dumped(receipt_schema())
    if kind in _SUBJECTS:
        return _of_subject(kind, rules)
    from advisor.catalog.schemas import schema_of

    base, asked = asked_about(rules, consultation)
    return dumped(schema_of(kind, base, asked))


def _of_subject(name: str, rules: Path | None, base: KnowledgeBase | None = None) -> str:
    from advisor.catalog.situations import schema_of_subject

    subject = _SUBJECTS[name].name
    return dumped(schema_of_subject(subject, about(subject, rules, base).vocabulary))


def _command(kind: str) -> click.Command:
    def print_schema(ctx: click.Context, rules: Path | None, consultation: str = SHOULD_CONNECT) -> int:
        output.write_json(schema_text(kind, rules or ctx.obj, consultation))
        return 0

    decorated = options.rules_option()(click.pass_context(print_schema))
    if kind in KINDS and KINDS[kind].own:
        decorated = options.consultation_option("The one whose names it holds.", SHOULD_CONNECT)(decorated)
    says = f"Print the JSON Schema of: {_SAYS[kind]}"
    command: click.Command = click.command(kind, short_help=_SAYS[kind], help=says)(decorated)
    return command


def _write_all(folder: Path, rules: Path | None) -> int:
    from advisor.shells.placing import replace_files

    texts = schema_texts(rules)
    replace_files({folder / place: text for place, text in texts.items()})
    output.say(f"{len(texts)} schemas are in {folder}")
    return 0
