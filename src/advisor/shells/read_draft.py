"""`advisor read-draft`: what is read in a note, and with which of its words."""

from __future__ import annotations

from pathlib import Path

import click

from advisor.errors import InputError
from advisor.shells import inputs, options, output
from advisor.shells.knowledge import advisor_for, load

_EPILOG = """\b
Examples:
  advisor read-draft note.txt
  advisor read-draft note.txt --prospect mara.yaml
  echo "Hi Mara, thanks for your talk in Bergen" | advisor read-draft - --format json
"""


@click.command(epilog=_EPILOG, short_help="Show what is read in a note.")
@click.argument("draft")
@click.option("--prospect", metavar="FILE", help="Whom the note is for; without, names are not compared.")
@options.format_option("text", "json")
@options.all_option("Show also what was looked for and not found.")
@options.engine_option()
@options.rules_option()
@options.colour_option()
def read_draft(
    draft: str,
    prospect: str | None,
    format_: str,
    everything: bool,
    engine: str,
    rules: Path | None,
    colour: output.Colour,
) -> int:
    """Show what is read in a note: each observation, with the words that show it, and what follows.

    DRAFT is a file of plain text, or `-` for standard input. It gives no verdict; `advisor should-connect`
    does.
    """
    inputs.check_stdin(DRAFT=draft, **{"--prospect": prospect})
    handed = inputs.Handed()
    note, document = handed.note(draft), handed.document(prospect)
    if handed.complaints:
        raise InputError(handed.complaints)
    base, consultation = load(rules)
    situation = (
        inputs.nobody(note)
        if document is None
        else handed.situation(document, consultation.vocabulary, note=note)
    )
    advisor = advisor_for(base, engine)
    case = advisor.read(situation)
    from advisor.report import draft_reading

    reading = draft_reading.DraftReading(
        case=case,
        conclusions=advisor.infer(case, situation.as_of).facts,
        vocabulary=consultation.vocabulary,
        language=base.lexicons[case.language].name if case.language in base.lexicons else "",
    )
    if format_ == "json":
        from advisor.report.json import dumped

        output.write_json(dumped(draft_reading.as_data(reading)))
    else:
        output.write(draft_reading.as_text(reading, output.page(colour, everything=everything)))
    return 0
