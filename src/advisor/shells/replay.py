"""`advisor replay`: decide a receipt again, and say what has changed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from advisor.shells import explaining, inputs, options, output
from advisor.shells.knowledge import advisor_for
from advisor.wiring import load_knowledge_base

_EPILOG = """\b
Examples:
  advisor should-connect mara.yaml --format json > mara.receipt.json
  advisor replay mara.receipt.json                      with the rules of today
  advisor replay mara.receipt.json --as-of 2026-12-01   as on another day
  advisor replay mara.receipt.json --rules DIR          with rules of your own
"""


@click.command(epilog=_EPILOG, short_help="Decide a receipt again, and say what has changed.")
@click.argument("receipt")
@click.option("--as-of", type=options.Day(), help="Ask as on this day; else on the receipt's own.")
@click.option("--fail-on-change", is_flag=True, help="Exit with 1 where the verdict is another one.")
@options.format_option("text", "json", "markdown")
@options.all_option("Name every rule that has changed, also those without effect.")
@options.engine_option()
@options.rules_option()
@options.colour_option()
def replay(
    receipt: str,
    as_of: date | None,
    fail_on_change: bool,
    format_: str,
    everything: bool,
    engine: str,
    rules: Path | None,
    colour: output.Colour,
) -> int:
    """Decide again what RECEIPT was decided on, and explain every difference.

    RECEIPT is what a verdict's `--format json` wrote, of whichever consultation, or `-` for standard input.
    What was told is read anew, with the rules and words of now; nothing that the receipt says of facts is
    believed.
    """
    from advisor.catalog.receipts import read_receipt
    from advisor.errors import InputError
    from advisor.report import replay as page

    handed = inputs.Handed()
    document = handed.document(receipt)
    if document is None:
        raise InputError(handed.complaints)
    base = load_knowledge_base(rules)
    before = read_receipt(document, base.consultations)
    consultation = base.consultation(before.consultation)
    situation = handed.told(consultation.subject, document.part("situation"), consultation.vocabulary)
    advisor = advisor_for(base, engine, consultation.id)
    answer = advisor.replay(before, situation, as_of)
    outline = page.replay(answer, explaining.title(advisor, situation), everything=everything)
    explaining.write(answer, outline, format_, colour)
    return int(fail_on_change and not answer.same)
