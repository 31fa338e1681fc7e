"""`advisor rules codes`: every code that a complaint can carry."""

from __future__ import annotations

import click

from advisor.shells import options, output

_EPILOG = """\b
Examples:
  advisor rules codes
  advisor explain unknown-fact
  advisor rules codes --format json | jq -r 'keys[]'
"""


@click.command(epilog=_EPILOG, short_help="All codes of complaints, and what they mean.")
@options.format_option("text", "json")
@options.colour_option()
def codes(format_: str, colour: output.Colour) -> int:
    """List every code that a complaint can carry, by what it is about; `advisor explain CODE` says more."""
    from advisor.catalog.codes import complaint_codes

    known = complaint_codes()
    if format_ == "json":
        from advisor.report.json import dumped, plain

        output.write_json(dumped({name: plain(code) for name, code in known.items()}))
        return 0
    from advisor.report.code_page import list_as_text

    output.write(list_as_text(known.values(), output.page(colour)))
    return 0
