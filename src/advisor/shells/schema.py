"""`advisor schema`: the JSON Schemas of what goes in and what comes out."""

from __future__ import annotations

from pathlib import Path

import click

from advisor.report.json import dumped, receipt_schema
from advisor.shells import options, output
from advisor.shells.knowledge import load

_EPILOG = """\b
Example:
  advisor schema situation > situation.schema.json      beside your prospect files
"""


@click.group()
def schema() -> None:
    """Print a JSON Schema."""


@schema.command(epilog=_EPILOG, short_help="The schema of prospect files.")
@options.rules_option()
def situation(rules: Path | None) -> int:
    """Print the JSON Schema of prospect files, for your editor to complete and check them."""
    from advisor.catalog.situations import situation_schema

    _, consultation = load(rules)
    output.write_json(dumped(situation_schema(consultation.vocabulary)))
    return 0


@schema.command(short_help="The schema of verdicts.")
def verdict() -> int:
    """Print the JSON Schema of what `advisor should-connect --format json` writes."""
    output.write_json(dumped(receipt_schema()))
    return 0
