"""What one complaint's code means, as a page: text for a terminal, Markdown for the documentation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from advisor.model.codes import HEADINGS, SHELL, ComplaintCode
from advisor.report.layout import Page, Sheet, printable
from advisor.report.markdown import escaped
from advisor.report.tables import table

MADE_UP = ("rules/", "knowledge/")
"""Where the files of examples stand that are not whole."""


def as_text(code: ComplaintCode, page: Page) -> str:
    """The page of `code` for a terminal."""
    sheet = Sheet(page)
    sheet.put(code.means, mark=f"{code.code}  ", mark_style="bold")
    sheet.put(_about(code), style="dim")
    for heading, text in (("Why", code.why), ("What to do", code.do)):
        sheet.heading(heading)
        sheet.put(text, 2)
    example = code.example
    where = "a command" if example.file == SHELL else example.file
    where += ", about who may knock at a door" if example.file.startswith(MADE_UP) else ""
    for heading, text in ((f"For example ({where})", example.wrong), ("Mended", example.right)):
        sheet.heading(heading)
        sheet.lines += [f"  {'$ ' if example.file == SHELL else ''}{line}".rstrip() for line in _lines(text)]
    return sheet.text()


def as_markdown(code: ComplaintCode) -> str:
    """The page of `code` for the documentation."""
    return "\n".join(_markdown(code)) + "\n"


def _markdown(code: ComplaintCode) -> Iterator[str]:
    yield from (f"# `{code.code}`", "", _with_code(code.means), "")
    yield f"*{HEADINGS[code.about]}*"
    yield from ("", "## Why", "", _with_code(code.why), "", "## What to do", "", _with_code(code.do))
    example = code.example
    shell = example.file == SHELL
    yield from ("", "## Example" if shell else f"## Example in `{example.file}`", "")
    if example.file.startswith(MADE_UP):
        yield from ("From a small made-up set of rules about who may knock at a door.", "")
    yield from ("Complained about:", "")
    yield from _block(example.wrong, shell)
    yield from ("", "Mended:", "")
    yield from _block(example.right, shell)


def list_as_text(codes: Iterable[ComplaintCode], page: Page) -> str:
    """All codes by what they are about, each with what it means."""
    sheet = Sheet(page)
    for about, heading in HEADINGS.items():
        rows = [(code.code, code.means) for code in codes if code.about == about]
        if rows:
            sheet.heading(f"{heading.replace('`', '')} ({len(rows)})")
            sheet.lines += table(rows, page, indent=2, styles=["", "dim"])
    return sheet.text()


def index_as_markdown(codes: Iterable[ComplaintCode]) -> str:
    """All codes by what they are about, each with a link to its page."""
    lines = [
        "# Complaints",
        "",
        "Every complaint of `advisor` begins with its place and a code: `file:line:column: CODE message`.",
        "`advisor explain CODE` shows what a code means, and so do these pages.",
    ]
    for about, heading in HEADINGS.items():
        rows = [
            f"| [`{each.code}`]({each.code}.md) | {_with_code(each.means)} |"
            for each in codes
            if each.about == about
        ]
        if rows:
            lines += ["", f"## {heading}", "", "| Code | What is wrong |", "| --- | --- |", *rows]
    return "\n".join(lines) + "\n"


def _about(code: ComplaintCode) -> str:
    return HEADINGS[code.about].replace("`", "")


def _lines(text: str) -> list[str]:
    """The lines of an example, without the indentation that all of them share."""
    lines = text.rstrip("\n").replace("\t", "→   ").split("\n")
    indent = min((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), default=0)
    shared = indent if lines[0].startswith(" ") else 0
    return [_safe(line[shared:]) for line in lines]


def _safe(line: str) -> str:
    """The line with its blanks, but without signs that a terminal would obey."""
    blanks = len(line) - len(line.lstrip(" "))
    return line[:blanks] + printable(line[blanks:]) if line.strip() else ""


def _block(text: str, shell: bool) -> Iterator[str]:
    lines = _lines(text)
    fence = "```"
    while any(fence in line for line in lines):
        fence += "`"
    yield f"{fence}{'console' if shell else 'yaml'}"
    yield from (f"$ {line}" if shell else line for line in lines)
    yield fence


def _with_code(text: str) -> str:
    """Markdown of a sentence of ours, in which words in backquotes are code."""
    pieces = text.split("`")
    if len(pieces) % 2 == 0:
        return escaped(text)
    return "".join(f"`{piece}`" if number % 2 else escaped(piece) for number, piece in enumerate(pieces))
