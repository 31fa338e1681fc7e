"""`advisor rules new`: a draft of a rule, put at the end of its theme's file."""

from __future__ import annotations

from pathlib import Path

import click

from advisor.catalog.borrowing import opened
from advisor.catalog.encoding import read_as_stored
from advisor.errors import InputError, RuleError
from advisor.folders import folders
from advisor.model.rule import Consultation, Effect
from advisor.shells import options, output
from advisor.shells.knowledge import load
from advisor.shells.placing import replace_files
from advisor.shells.workbench.authored_files import own_folders
from advisor.wiring import SHOULD_CONNECT, load_knowledge_base

_EPILOG = """\b
Examples:
  advisor rules new no-weekend-notes --rules my-rules
  advisor rules new asks-for-money --concern avoid --fact note.pitch --cites okay-to-send/flooding
  advisor rules new met-at-fair --conclude relationship.interacted --fact met.how --dry-run
  advisor rules new too-many-pending --consultation pace --concern slow-down
"""


@click.command(epilog=_EPILOG, short_help="Write a draft of a rule to fill in.")
@click.argument("rule_id", metavar="ID")
@options.consultation_option("The consultation that it is for.", SHOULD_CONNECT)
@click.option(
    "--theme", default="", metavar="THEME", help="The file to put it in; else where its like stand."
)
@click.option("--title", default="", metavar="TEXT", help="Its title; else made of the id.")
@click.option("--concern", metavar="VERDICT", help="It holds the verdict there.")
@click.option("--ground", is_flag=True, help="It is a reason to go ahead.")
@click.option("--merit", is_flag=True, help="It finds something done well.")
@click.option(
    "--advice", is_flag=True, help="It advises and changes no verdict; so it is where nothing is said."
)
@click.option("--conclude", metavar="FACT", help="It derives this fact for other rules.")
@click.option("--cites", multiple=True, metavar="PASSAGE", help="A passage that says so, as source/passage.")
@click.option("--fact", "facts", multiple=True, metavar="FACT", help="A fact that it tests.")
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@options.rules_here_option()
def new(
    rule_id: str,
    consultation: str,
    theme: str,
    title: str,
    concern: str | None,
    ground: bool,
    merit: bool,
    advice: bool,
    conclude: str | None,
    cites: tuple[str, ...],
    facts: tuple[str, ...],
    dry_run: bool,
    rules: Path | None,
) -> int:
    """Put a draft of the rule ID at the end of its theme's file, with comments that say what to fill in.

    A draft is read and shown, and never evaluated. What stood in the file before stays as it is.
    """
    from advisor.workbench.appending import appended
    from advisor.workbench.scaffold import Wish, draft_of, refusals, theme_for

    effect = _effect(concern, conclude, {"ground": ground, "merit": merit, "advice": advice})
    base = load(rules)[0] if consultation == SHOULD_CONNECT else load_knowledge_base(rules)
    there = opened(base.consultation(consultation), base)
    wish = Wish(rule_id, effect, theme, title, cites, facts)
    if complaints := refusals(wish, there, base):
        raise InputError(complaints)
    path = _file_of(theme_for(wish, there), there, rules)
    text = read_as_stored(path, RuleError)
    added = appended(text, str(path), draft_of(wish, there))
    if dry_run:
        output.write(added.replace("\r\n", "\n").lstrip("\n"))
        click.echo(f"advisor: this would be put at the end of {path}", err=True)
        return 0
    own_folders(rules)
    replace_files({path: text + added})
    place = "" if rules is None else f" --rules {rules}"
    then = f"fill it in, then: advisor explain {rule_id}{place}"
    click.echo(f"advisor: the draft stands at the end of {path}; {then}", err=True)
    return 0


def _effect(concern: str | None, conclude: str | None, alone: dict[str, bool]) -> Effect:
    chosen = [Effect(kind) for kind, asked in alone.items() if asked]  # type: ignore[arg-type]
    chosen += [Effect("concern", concern)] if concern is not None else []
    chosen += [Effect("conclude", conclude)] if conclude is not None else []
    if len(chosen) > 1:
        raise click.UsageError("Name one of --concern, --ground, --merit, --advice and --conclude.")
    return chosen[0] if chosen else Effect("advice")


def _file_of(theme: str, consultation: Consultation, rules: Path | None) -> Path:
    folder = folders(rules).rules / consultation.id
    named = [folder / f"{theme}{ending}" for ending in (".yaml", ".yml")]
    return next((path for path in named if path.is_file()), named[0]).resolve()
