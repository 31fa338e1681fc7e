"""The command `advisor` and the list of its commands, each loaded when it is asked for.

What a command does stands in a module of its own; here are only their names, the help and the version.
"""

from __future__ import annotations

import click

import advisor as package
from advisor.shells.lazy import LazyGroup

_SECTIONS = {
    "Questions about one case, each with a verdict and reasons": {
        "should-connect": "advisor.shells.should_connect:should_connect",
        "should-accept": "advisor.shells.should_accept:should_accept",
        "pace": "advisor.shells.pace:pace",
        "follow-up": "advisor.shells.follow_up:follow_up",
        "goals": "advisor.shells.goals:goals",
    },
    "Many people at once, from your own data": {
        "review-network": "advisor.shells.review_network:review_network",
        "batch": "advisor.shells.batch.command:batch",
        "import": "advisor.shells.importing:import_",
    },
    "More about a verdict": {
        "why-not": "advisor.shells.why_not:why_not",
        "what-if": "advisor.shells.what_if:what_if",
        "ask": "advisor.shells.ask:ask",
        "replay": "advisor.shells.replay:replay",
        "read-draft": "advisor.shells.read_draft:read_draft",
    },
    "Files to start from, and what the answers rest on": {
        "new": "advisor.shells.new:new",
        "explain": "advisor.shells.explain:explain",
        "rules": "advisor.shells.workbench.group:rules",
        "sources": "advisor.shells.sources:sources",
        "schema": "advisor.shells.schema:schema",
        "doctor": "advisor.shells.doctor:doctor",
    },
}
_EPILOG = """\b
Examples:
  advisor new prospect mara.yaml                        a file to fill in
  advisor should-connect mara.yaml --draft note.txt     the verdict, with reasons
  advisor should-accept ana.yaml                        after `advisor new invitation ana.yaml`
  advisor pace sent.yaml                                whether you send too many, and the week to come
  advisor what-if mara.yaml                             what would lead to a better verdict
  advisor ask mara.yaml                                 only what can still change it
  advisor explain no-link-no-reason                     a rule, and what it rests on

\b
Options come from the environment too: ADVISOR_RULES, ADVISOR_ENGINE, ADVISOR_COLOR,
and ADVISOR_<COMMAND>_<OPTION>, such as ADVISOR_SHOULD_CONNECT_FORMAT=json.

\b
Exit codes: 0 evaluated, 1 --fail-on met or a check failed, 2 usage or bad input,
3 bad rules, 4 a test of the rules failed, 70 a bug of ours, 130 interrupted,
143 ended by a signal.
"""


def _version(ctx: click.Context, option: click.Parameter, asked: bool) -> None:
    del option
    if not asked or ctx.resilient_parsing:
        return
    from advisor.inference import durable

    engine = "durable" if durable.available() is None else "reference, since durable cannot be had"
    click.echo(f"advisor {package.__version__} (engine: {engine})")
    ctx.exit()


@click.command(
    cls=LazyGroup,
    commands_in={name: place for part in _SECTIONS.values() for name, place in part.items()},
    sections=_SECTIONS,
    epilog=_EPILOG,
    context_settings={
        "auto_envvar_prefix": "ADVISOR",
        "help_option_names": ["-h", "--help"],
        "max_content_width": 100,
    },
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="Say the version and which engine is there.",
)
@click.option("--debug", is_flag=True, expose_value=False, help="Show tracebacks; may stand anywhere.")
def advisor() -> None:
    """Advise on LinkedIn connection requests: whom to ask or accept, how many, and what comes after.

    Describe the case in a file, which `advisor new` writes to be filled in. The answer is a verdict with
    reasons, and each cites the guidance that it rests on. Everything happens on your machine.
    """
