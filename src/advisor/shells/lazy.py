"""Groups of commands that load a command only when it is asked for, and guess which one was meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import Any

import click

from advisor.model.names import did_you_mean, either


class LazyGroup(click.Group):
    """A group whose commands are imported when somebody asks for them."""

    def __init__(
        self,
        *arguments: Any,
        commands_in: Mapping[str, str],
        sections: Mapping[str, Iterable[str]] | None = None,
        **settings: Any,
    ) -> None:
        """`commands_in`: for each command, in the order of the help, `module:name` of it.

        `sections`: the commands under each heading of the help; all under one where there are none.
        """
        super().__init__(*arguments, **settings)
        self._sections = sections or {"Commands": tuple(commands_in)}
        self._places = commands_in

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order in which the help shows them."""
        del ctx
        return list(self._places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command; None where there is none of this name."""
        del ctx
        if cmd_name not in self._places:
            return None
        module, _, name = self._places[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands with their short help, section by section."""
        widest = max(map(len, self._places))
        room = formatter.width - 6 - widest
        for heading, names in self._sections.items():
            found = [(name, self.get_command(ctx, name)) for name in names]
            rows = [(name.ljust(widest), each.get_short_help_str(room)) for name, each in found if each]
            with formatter.section(heading):
                formatter.write_dl(rows)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that `args` begin with, or say which one was probably meant."""
        wanted = args[0] if args else ""
        if wanted and not wanted.startswith("-") and wanted not in self._places:
            near = did_you_mean(wanted, self._places)
            ctx.fail(f"No such command '{wanted}'." + (f" Did you mean {either(near)}?" if near else ""))
        return super().resolve_command(ctx, args)
