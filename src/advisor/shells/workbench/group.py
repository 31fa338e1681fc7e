"""The group `advisor rules`, whose commands are loaded one by one."""

from __future__ import annotations

import click

from advisor.shells.lazy import LazyGroup

_COMMANDS = {
    "list": "advisor.shells.workbench.list:list_rules",
    "check": "advisor.shells.workbench.check:check",
    "test": "advisor.shells.workbench.test:test",
    "mutate": "advisor.shells.workbench.mutate:mutate",
    "diff": "advisor.shells.workbench.diff:diff",
    "analyze": "advisor.shells.workbench.analyze:analyze",
}


@click.group(cls=LazyGroup, commands_in=_COMMANDS)
def rules() -> None:
    """Look at the rules, change them and see what a change does."""
