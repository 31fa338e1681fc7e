"""The group `advisor rules`, whose commands are loaded one by one."""

from __future__ import annotations

import click

from advisor.shells.lazy import LazyGroup

_COMMANDS = {
    "eject": "advisor.shells.workbench.eject:eject",
    "new": "advisor.shells.workbench.new:new",
    "list": "advisor.shells.workbench.list:list_rules",
    "docs": "advisor.shells.workbench.docs:docs",
    "graph": "advisor.shells.workbench.graph:graph",
    "codes": "advisor.shells.workbench.codes:codes",
    "check": "advisor.shells.workbench.check:check",
    "fmt": "advisor.shells.workbench.fmt:fmt",
    "test": "advisor.shells.workbench.test:test",
    "mutate": "advisor.shells.workbench.mutate:mutate",
    "diff": "advisor.shells.workbench.diff:diff",
    "analyze": "advisor.shells.workbench.analyze:analyze",
    "migrate": "advisor.shells.workbench.migrate:migrate",
}


@click.group(cls=LazyGroup, commands_in=_COMMANDS)
def rules() -> None:
    """Look at the rules, change them and see what a change does."""
