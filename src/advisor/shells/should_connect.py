"""`advisor should-connect`: the verdict on one request."""

from __future__ import annotations

import click

from advisor.shells.answering import Answering, answering_options
from advisor.shells.handing import Parts, handed_over, prospect_options

_EPILOG = """\b
Examples:
  advisor should-connect mara.yaml
  advisor should-connect mara.yaml --draft note.txt --me me.yaml --history sent.yaml
  pbpaste | advisor should-connect mara.yaml --draft -
  advisor should-connect mara.yaml --explain
  advisor should-connect mara.yaml --format json | jq .verdict
  advisor should-connect mara.yaml --fail-on revise || echo "not as it is"
"""


@click.command(epilog=_EPILOG, short_help="Say whether to send a connection request.")
@prospect_options()
@answering_options("Show everything: all passages, advice and questions.")
def should_connect(
    prospect: str,
    parts: Parts,
    answering: Answering,
) -> int:
    """Say whether to send a connection request, and why.

    PROSPECT is a YAML or JSON file that describes the person and how you are linked; `advisor new prospect`
    writes one to start from. A file may be `-` for standard input. Parts given as options take the place of
    those in the file.
    """
    situation, advisor = handed_over(prospect, parts, answering.rules, answering.engine)
    return answering.write(advisor, situation)
