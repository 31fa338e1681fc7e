"""Faults at places in files, in the formats that editors and continuous integration read.

`github` gives workflow commands, `sarif` a log of version 2.1.0, `junit` a test report. This module knows
nothing of what the faults are about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from advisor.errors import Complaint

SARIF = "https://json.schemastore.org/sarif-2.1.0.json"
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def github(complaints: Iterable[Complaint]) -> str:
    """One workflow command a complaint, which GitHub shows beside the line."""
    return "".join(
        command(
            each.severity, f"{each.message}{f' ({each.hint})' if each.hint else ''}",
            file=each.file, line=each.line or 1, col=each.column or 1, title=each.code,
        )
        for each in complaints
    )  # fmt: skip


def command(severity: str, message: str, **properties: str | int) -> str:
    r"""One workflow command.

    >>> command("error", "50% off", file="a,b.yaml", line=3)
    '::error file=a%2Cb.yaml,line=3::50%25 off\n'
    """
    told = ",".join(f"{name}={_escaped(str(value), also=':,')}" for name, value in properties.items())
    return f"::{severity} {told}::{_escaped(message)}\n"


def _escaped(text: str, also: str = "") -> str:
    for sign in f"%\r\n{also}":
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text


def sarif(complaints: Sequence[Complaint], version: str, pages: Mapping[str, str]) -> dict[str, Any]:
    """A SARIF log; `pages` says for a code what it means."""
    codes = sorted({each.code for each in complaints})
    return {
        "$schema": SARIF,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "advisor",
                        "version": version,
                        "rules": [
                            {"id": code, "shortDescription": {"text": pages.get(code, code)}}
                            for code in codes
                        ],
                    }
                },
                "results": [
                    {
                        "ruleId": each.code,
                        "ruleIndex": codes.index(each.code),
                        "level": each.severity,
                        "message": {"text": f"{each.message}. {each.hint}" if each.hint else each.message},
                        "locations": [{"physicalLocation": _located(each)}],
                    }
                    for each in complaints
                ],
            }
        ],
    }


def _located(complaint: Complaint) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": complaint.file.replace("\\", "/")}}
    if complaint.line:
        place["region"] = {"startLine": complaint.line, "startColumn": max(complaint.column, 1)}
    return place


@dataclass(frozen=True, slots=True)
class Check:
    """One test of a report."""

    group: str
    """File or class that it belongs to."""
    name: str
    file: str = ""
    line: int = 0
    failure: str = ""
    """What went wrong; empty where nothing did."""
    skipped: str = ""
    """Why its failure does not count; empty where that is not so."""


def junit(suite: str, checks: Sequence[Check]) -> str:
    """A JUnit report, as continuous integration reads it."""
    top = Element("testsuites")
    inner = SubElement(
        top, "testsuite", name=suite, tests=str(len(checks)), errors="0",
        failures=str(sum(bool(each.failure) for each in checks)),
        skipped=str(sum(bool(each.skipped) for each in checks)),
    )  # fmt: skip
    for each in checks:
        case = SubElement(
            inner, "testcase", classname=_legal(each.group), name=_legal(each.name), file=_legal(each.file),
            line=str(each.line),
        )  # fmt: skip
        if each.failure:
            first = each.failure.splitlines()[0]
            SubElement(case, "failure", message=_legal(first)).text = _legal(each.failure)
        elif each.skipped:
            SubElement(case, "skipped", message=_legal(each.skipped))
    indent(top)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(top, encoding="unicode")}\n'


def _legal(text: str) -> str:
    """`text` without the signs that XML cannot hold."""
    return _NOT_IN_XML.sub("\ufffd", text)
