"""`# advisor: allow CODE - reason`: a doubt that the rule keeper has looked at and lets stand.

It stands on the line that is complained about or on one right above it, speaks of one code, and needs a
reason. Only doubts can be allowed: what makes rules unusable cannot.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from advisor.errors import Complaint
from advisor.model.names import did_you_mean

_COMMENT = re.compile(r"(?:^|\s)#\s*advisor:\s*(?P<order>.*)$")
_ALLOW = re.compile(r"allow\s+(?P<code>[a-z]+(?:-[a-z]+)*)(?:\s*[-:\u2013\u2014]+\s*(?P<reason>\S.*))?$")


def settle(
    complaints: Iterable[Complaint], texts: Mapping[str, str], *, everything: bool = True
) -> list[Complaint]:
    """Leave out what is allowed in `texts`, by file, and complain about allowances that allow nothing.

    Where not `everything` could be looked at, what an allowance speaks of may be there all the same.
    """
    standing = list(complaints)
    for file, text in texts.items():
        for number, line in enumerate(text.split("\n"), start=1):
            if (found := _COMMENT.search(line)) is not None and not line[: found.start()].count('"') % 2:
                standing = _applied(standing, file, text, number, found, everything)
    return sorted(set(standing))


def _applied(
    complaints: list[Complaint], file: str, text: str, line: int, found: re.Match[str], everything: bool
) -> list[Complaint]:
    column = found.start("order") + 1
    order = _ALLOW.match(found["order"].strip())
    if order is None or not order["reason"]:
        message = "this comment allows nothing: it is not `advisor: allow CODE - reason`"
        hint = (
            "give the code and, behind a hyphen, the reason" if order is None else "say why, behind a hyphen"
        )
        return [*complaints, Complaint(file, line, column, "bad-allowance", message, hint, "warning")]
    spoken_of = {line, *_next_lines(text, line)}
    allowed = [
        each
        for each in complaints
        if each.file == file
        and each.code == order["code"]
        and each.line in spoken_of
        and each.severity == "warning"
    ]
    if allowed:
        return [each for each in complaints if each not in allowed]
    if not everything:
        return complaints
    message = f"there is no `{order['code']}` here to be allowed"
    here = {each.code for each in complaints if each.file == file and each.line in spoken_of}
    near = did_you_mean(order["code"], sorted(here))
    hint = f"did you mean `{near[0]}`?" if near else "delete this comment"
    return [*complaints, Complaint(file, line, column, "unused-allowance", message, hint, "warning")]


def _next_lines(text: str, line: int) -> Iterator[int]:
    """The line after `line` that is more than a comment."""
    lines = text.split("\n")
    for number in range(line, len(lines)):
        if lines[number].strip() and not lines[number].lstrip().startswith("#"):
            yield number + 1
            return
