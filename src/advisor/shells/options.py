"""Options that several commands share, and how a day is written on the command line."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any

import click

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


class Day(click.ParamType):  # type: ignore[type-arg]  # not generic in older releases
    """A day, written year-month-day."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read a day that exists."""
        if isinstance(value, date):
            return value
        try:
            if not re.fullmatch(r"\d{4}-\d\d-\d\d", str(value)):
                raise ValueError
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a day such as 2026-11-21.", param, ctx)


def collected(name: str, kind: type[Any], decorators: Sequence[Decorator]) -> Decorator:
    """Several options, handed to the command as one argument `name`, which has a field for each."""
    keys = [each.name for each in fields(kind)]

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def bundled(*args: Any, **given: Any) -> Any:
            bundle = kind(**{key: given.pop(key) for key in keys})
            return function(*args, **{name: bundle}, **given)

        command: Callable[..., Any] = bundled
        for decorator in reversed(decorators):
            command = decorator(command)
        return command

    return decorate


class NamedAfterFlag(click.Option):
    """An option whose environment variable is named after its flag, not after our name for it."""

    def resolve_envvar_value(self, ctx: click.Context) -> str | None:
        """Look for `ADVISOR_<COMMAND>_<FLAG>`."""
        flag = self.opts[0].lstrip("-").replace("-", "_").upper()
        return os.environ.get(f"{ctx.auto_envvar_prefix}_{flag}") or None


def rules_option() -> Decorator:
    """`--rules DIR`: rules and knowledge of the user's own."""
    return _rules_named("Use the rules and knowledge in this folder.")


def rules_argument() -> Decorator:
    """DIR: the rules that a command of the workbench works on, as `--rules` names them too."""
    return click.argument(
        "folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path), callback=_not_both
    )


def rules_here_option() -> Decorator:
    """`--rules DIR` for the workbench: where nothing is named, the rules of the current folder, if any."""

    def here(ctx: click.Context, option: click.Parameter, value: Path | None) -> Path | None:
        _not_both(ctx, option, value)
        return Path() if value is None and any(Path().glob("rules/*/consultation.y*ml")) else value

    says = "Use the rules and knowledge in this folder; else the current one, if it has any."
    return _rules_named(says, callback=here)


def _rules_named(help_text: str, callback: Callable[..., Path | None] | None = None) -> Decorator:
    return click.option(
        "--rules",
        type=click.Path(path_type=Path),
        metavar="DIR",
        envvar="ADVISOR_RULES",
        show_envvar=True,
        callback=callback,
        help=help_text,
    )


def _not_both(ctx: click.Context, parameter: click.Parameter, value: Path | None) -> Path | None:
    """Refuse DIR beside `--rules`, which name the same."""
    if not any(isinstance(each, click.Argument) and each.name == "folder" for each in ctx.command.params):
        return value
    other = "folder" if parameter.name == "rules" else "rules"
    named = [ctx.get_parameter_source(name) for name in (parameter.name or "", other)]
    if named == [click.core.ParameterSource.COMMANDLINE] * 2:
        raise click.UsageError("Name the rules once: as DIR or with --rules, not both.")
    return value


def tier_option() -> Decorator:
    """`--tier`: what kind of account the sender has, as the closed list of `me.account` names them."""
    return click.option(
        "--tier",
        type=click.Choice(["free", "premium"]),
        envvar="ADVISOR_TIER",
        show_envvar=True,
        help="Your account, in place of `me.account`: notes are shorter and fewer with a free one.",
    )


def consultation_option(help_text: str, default: str | None = None) -> Decorator:
    """`--consultation NAME`: which of the consultations is meant."""
    return click.option(
        "--consultation",
        metavar="NAME",
        default=default,
        show_default=default is not None,
        help=help_text,
    )


def colour_option() -> Decorator:
    """`--color`: whether to use colours."""
    return click.option(
        "--color",
        "colour",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        envvar="ADVISOR_COLOR",
        help="Use colours; auto: on a terminal, unless NO_COLOR is set.",
    )


def engine_option() -> Decorator:
    """`--engine`: which inference engine evaluates the rules."""
    return click.option(
        "--engine",
        type=click.Choice(["auto", "durable", "reference"]),
        default="auto",
        envvar="ADVISOR_ENGINE",
        help="Evaluate with this engine; auto: durable where it can be had.",
    )


def format_option(*formats: str) -> Decorator:
    """`--format`: what is written; text unless asked otherwise."""
    return click.option(
        "--format",
        "format_",
        cls=NamedAfterFlag,
        type=click.Choice(formats),
        default="text",
        show_default=True,
        help="What to write.",
    )


def all_option(help_text: str) -> Decorator:
    """`--all`: show what is left out otherwise."""
    return click.option("--all", "everything", cls=NamedAfterFlag, is_flag=True, help=help_text)
