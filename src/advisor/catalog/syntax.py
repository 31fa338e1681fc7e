"""What parsers say about broken syntax, put in plain words with a hint."""

from __future__ import annotations

import re
from typing import NamedTuple


class Words(NamedTuple):
    """How we put what a parser says."""

    pattern: str
    """Found in what libyaml, PyYAML or json say."""
    at_start: bool
    """Whether to name the place where the thing began instead of the one where it went wrong."""
    message: str
    hint: str


def explain(problem: str) -> Words:
    """How to put what a parser says."""
    return next((words for words in _SYNTAX if re.search(words.pattern, problem)), _SYNTAX[-1])


_LINE_UP = "line keys up, leave a space after each colon, and put nothing behind a closing quote"
_SYNTAX = tuple(
    Words(pattern.removeprefix("^"), pattern.startswith("^"), message, hint)
    for pattern, message, hint in (
        block.splitlines()
        for block in f"""\
mapping values are not
a colon makes this look like a key where no key can stand
put text that has a colon and a space in it in quotes; {_LINE_UP}

^find expected ':'
this is neither a key with a colon nor a list item
write `key: value`, begin a list item with `- `, or indent text that goes on

found unexpected ':'
a colon stands in text without quotes
put the text in quotes, or leave a space after the colon if it ends a key

cannot start any|tab character
text without quotes cannot begin with this sign
put the text in quotes

^quoted scalar: found unexpected (end|doc)|Unterminated string
this quoted text is never closed
close it with the sign that opens it; inside '…' write an apostrophe twice, inside "…" write a quote as \\"

^tag|expected '!'|URI
`!` has a meaning of its own at the beginning of text
put the text in quotes

escape|hexa?decimal|chr\\(|C int
a backslash in double quotes begins an escape that does not exist
write two backslashes, or use single quotes in YAML; write an emoji itself instead of its two halves

entries are not
a list item cannot stand here
put each `- item` on a line of its own below the key; put text that begins with `- ` in quotes

mapping keys are not
a `?` cannot stand here
put text that begins with `? ` in quotes

^scanning an (alias|anchor)
`*` and `&` have a meaning of their own at the beginning of text
put the text in quotes

^flow sequence|expected ',' or ']'
this `[` is not closed, or a comma is missing between its items
close it with `]`, or put text that begins with `[` in quotes

^flow mapping|expected ',' or '}}'
this `{{` is not closed, or a comma is missing between its pairs
close it with `}}`, or put text that begins with `{{` in quotes

block (mapping|collection)
this does not belong to the list or mapping before it
{_LINE_UP} or bracket; text that begins with {{ or [ needs quotes

node content
a value is missing here, or it begins with a sign that needs quotes
put text that begins with , ] or }} in quotes

document start
this stands behind the end of what was begun
{_LINE_UP}

block scalar
after `|` or `>` the text begins on the next line, indented with spaces
put the text on the next line

^directive|incompatible
a line that begins with `%` has a meaning of its own
put the text in quotes

property name|trailing comma
a key in double quotes should stand here
put keys in double quotes, and no comma behind the last pair

':' delimiter
a colon should stand here
write a colon between the key and its value

',' delimiter
a comma or a closing bracket should stand here
put a comma between items; inside text write a quote as \\"

Expecting value
a value should stand here
put text in double quotes, write yes and no as true and false, and no comma behind the last item

Extra data
something stands behind the end of the data
delete it, or check the brackets

control character
a line break or a tab stands inside quotes
write them as \\n and \\t

.
this cannot be read
check quotes, brackets, colons and indentation here and on the line before""".split("\n\n")
    )
)
