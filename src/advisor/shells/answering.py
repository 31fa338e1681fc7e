"""How commands that give a verdict answer: the options that they share, what is written, and the exit code.

Which verdicts there are only the rules know, so that `--fail-on` is held against them once they are read.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.shells import explaining, options, output

if TYPE_CHECKING:
    from advisor.model.subject import Told
    from advisor.report.layout import Page
    from advisor.wiring import Advisor


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """By which rules a verdict is wanted, and in what form, as `answering_options` collects it."""

    format_: str
    fail_on: str | None
    """The mildest verdict that is a failure."""
    explain: bool
    """Whether the tree behind the verdict is wanted."""
    everything: bool
    engine: str
    rules: Path | None
    colour: output.Colour

    @property
    def page(self) -> Page:
        """The page to write on."""
        return output.page(self.colour, everything=self.everything)

    def check(self, advisor: Advisor) -> None:
        """Refuse a `--fail-on` that could never be met, before anything is written.

        Raises:
            click.BadParameter: where it is no verdict, or the most willing one.
        """
        scale = advisor.names_to_ask_about(verdicts=True)
        if self.fail_on is not None and self.fail_on not in scale[1:]:
            names = ", ".join(scale[1:])
            raise click.BadParameter(f"{self.fail_on!r} is not one of {names}.", param_hint="'--fail-on'")

    def write(self, advisor: Advisor, told: Told) -> int:
        """Write the verdict on `told`, and give the exit code."""
        self.check(advisor)
        verdict = explaining.write_verdict(advisor, told, self.format_, self.page, explain=self.explain)
        return self.exit_code(advisor, verdict)

    def exit_code(self, advisor: Advisor, *verdicts: str) -> int:
        """1 where any of `verdicts` is that of `--fail-on` or more cautious, else 0."""
        if self.fail_on is None:
            return 0
        caution = advisor.consultation.caution
        return int(any(caution(each) >= caution(self.fail_on) for each in verdicts))


def answering_options(
    everything: str, *formats: str, fails: str = "the verdict is this"
) -> options.Decorator:
    """The options for a verdict, handed on as one `answering`; `everything` says what `--all` shows."""
    each = (
        options.format_option(*(formats or ("text", "json", "markdown"))),
        click.option("--fail-on", metavar="VERDICT", help=f"Exit with 1 where {fails} or more cautious."),
        click.option(
            "--explain", is_flag=True, help="Show why as a tree, down to facts, their origin and passages."
        ),
        options.all_option(everything),
        options.engine_option(),
        options.rules_option(),
        options.colour_option(),
    )
    return options.collected("answering", Answering, each)
