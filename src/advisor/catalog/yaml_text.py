"""YAML to a document, event by event: no anchors, tags, merge keys or second documents.

PyYAML's parser in C is used where it is there. Neither constructs anything here: only events are taken.
"""

from __future__ import annotations

import re
from typing import Any

from advisor.catalog.document import TOO_DEEP, Builder, Spot, after
from advisor.catalog.syntax import explain
from advisor.model.names import shown

_NOT_IN_YAML = re.compile("[\\u2028\\u2029\\ufeff\\ufffe\\uffff]")
"""Taken for line ends or refused by YAML 1.1, which the parser follows; JSON allows them."""
_TAGS: dict[str, type] = {
    f"tag:yaml.org,2002:{name}": kind
    for name, kind in {"str": str, "int": int, "float": float, "bool": bool, "seq": list, "map": dict}.items()
}
"""Tags that are allowed, since they say what a value is anyway."""


def read_yaml(text: str, builder: Builder) -> None:
    """Build what `text` says as YAML, from the parser's events, which come without recursion."""
    import yaml

    faults, end, documents = builder.faults, after(text.rstrip()), 0
    faults.add_characters(_NOT_IN_YAML, text)
    faults.settle()
    if found := re.search(r"^%TAG", text, re.MULTILINE):  # the parser would compare each with all others
        faults.stop(after(text[: found.start()]), "tag", "`%TAG` is not allowed", "delete this line")
    event: Any
    spot: Spot = (1, 1)
    try:
        for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            # An empty value at the end of the text is said to stand on the line after the last.
            spot = min((event.start_mark.line + 1, event.start_mark.column + 1), end)
            if isinstance(event, yaml.NodeEvent):
                _read_node(event, spot, builder)
            elif isinstance(event, yaml.CollectionEndEvent):
                builder.close()
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    message = "a second document begins here, and a file holds one"
                    hint = "delete the line `---`, or put what follows it in a file of its own"
                    faults.stop(spot, "several-documents", message, hint)
    except (yaml.YAMLError, ValueError, OverflowError) as fault:
        # The parser in Python lets some numbers through that are too large to be a character or a version.
        faults.stop(*_problem_in_yaml(fault, text, spot, end))


def _read_node(event: Any, spot: Spot, builder: Builder) -> None:
    """Build a scalar, the beginning of a list or mapping, or what stands for an alias."""
    sign, tag, faults = "&", getattr(event, "tag", None), builder.faults
    value: Any = {}
    match type(event).__name__:
        case "ScalarEvent":
            value = _scalar(event, spot, builder)
        case "AliasEvent":
            sign, value = "*", f"*{event.anchor}"
        case "SequenceStartEvent":
            value = []
    if event.anchor:
        message = f"{shown(sign + event.anchor)} names a place to repeat it elsewhere, which is not allowed"
        hint = f"write the value out where it is needed, or put text that begins with {sign} in quotes"
        faults.add(spot, "anchor", message, hint)
    if tag and type(value) is not _TAGS.get(tag):
        message = f"the tag {shown(tag)} is not allowed here"
        faults.add(spot, "tag", message, "leave it out, or put text that begins with ! in quotes")
    if isinstance(value, list | dict):
        builder.open(value, spot)
    else:
        builder.add(value, spot)


def _scalar(event: Any, spot: Spot, builder: Builder) -> Any:
    plain = event.implicit[0] if event.tag is None else _TAGS.get(event.tag) is not str
    if plain and event.value == "<<" and builder.at_key:
        message = "`<<` merges one mapping into another, which is not allowed"
        builder.faults.add(spot, "merge-key", message, "write the keys out")
    return builder.meaning(event.value, spot) if plain else event.value


def _problem_in_yaml(fault: Any, text: str, spot: Spot, end: Spot) -> tuple[Spot, str, str, str]:
    """Put the parser's complaint in plain words: place, which is `spot` where it names none, and the rest."""
    problem = getattr(fault, "problem", None) or str(fault)
    words = explain(f"{getattr(fault, 'context', '')}: {problem}")
    mark = getattr(fault, "problem_mark", None)
    if "nesting depth" in problem and mark:  # newer parsers look far ahead and refuse before we can count
        return ((mark.line + 1, mark.column + 1), *TOO_DEEP)
    if words.at_start:
        mark = getattr(fault, "context_mark", None) or mark
    if mark:
        spot = min((mark.line + 1, mark.column + 1), end)
    line = text.split("\n")[spot[0] - 1]
    if indent := re.match(r" *\t", line):
        return (spot[0], indent.end()), "tab", "a tab indents this line", "indent with spaces instead"
    if line[spot[1] - 1 : spot[1]] == "\t":
        return spot, "tab", "a tab stands outside quotes", "write a space instead, or put the text in quotes"
    return spot, "syntax", words.message, words.hint
