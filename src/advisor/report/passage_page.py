"""One passage of a source as a page, and one source with all its passages.

The words of the articles are not kept, so that a page shows the point in our own words and where it stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from advisor.model.knowledge import Library, Passage, Source
from advisor.report.layout import Page, Sheet
from advisor.report.markdown import escaped
from advisor.report.tables import table

CitedBy = Mapping[str, Sequence[str]]
"""For each passage the ids of the rules that rest on it."""


def as_text(passage: Passage, library: Library, cited_by: CitedBy, page: Page) -> str:
    """The page of one passage for a terminal."""
    sheet = Sheet(page)
    sheet.lines.append(sheet.painted(passage.id, "bold"))
    sheet.put(_place(passage, library), style="dim")
    sheet.blank()
    sheet.put(passage.point)
    sheet.blank()
    sheet.lines += table(_particulars(passage, cited_by), page, styles=["dim"])
    for reading in (each for each in library.readings.values() if passage.id in each.passages):
        sheet.heading(f"{reading.title}{' (disputed)' if reading.disputed else ''}")
        for side in reading.sides:
            sheet.put(f"{side.says} [{side.passage}]", 2, mark="- ")
        sheet.put(f"Read here: {reading.reading}", 2)
        sheet.put(f"Why: {reading.why}", 2, style="dim")
    return sheet.text()


def as_markdown(passage: Passage, library: Library, cited_by: CitedBy) -> str:
    """The page of one passage for the documentation."""
    lines = [
        f"# `{passage.id}`",
        "",
        f"*{escaped(_place(passage, library))}*",
        "",
        escaped(passage.point),
        "",
    ]
    lines += [f"- {name}: {escaped(value)}" for name, value in _particulars(passage, cited_by)]
    for reading in (each for each in library.readings.values() if passage.id in each.passages):
        lines += ["", f"## {escaped(reading.title)}{' (disputed)' if reading.disputed else ''}", ""]
        lines += [f"- {escaped(side.says)} (`{side.passage}`)" for side in reading.sides]
        lines += [f"- Read here: {escaped(reading.reading)}", f"- Why: {escaped(reading.why)}"]
    return "\n".join(lines) + "\n"


def source_as_text(source: Source, library: Library, cited_by: CitedBy, page: Page) -> str:
    """One source, and its passages under their headings."""
    sheet = Sheet(page)
    sheet.put(source.title, mark=f"{source.id}  ", mark_style="bold")
    about = [
        source.file,
        f"dated {source.dated}" if source.dated else "",
        f"to be read again by {source.review_by}",
    ]
    sheet.put(", ".join(each for each in about if each), style="dim")
    heading = ""
    for passage in (each for each in library.passages.values() if each.source == source.id):
        if passage.heading != heading and source.kind == "article":
            heading = passage.heading
            sheet.heading(heading)
        sheet.put(passage.point, 2)
        sheet.put(f"{passage.id}: {_use(passage, cited_by)}", 4, style="dim")
    return sheet.text()


def _place(passage: Passage, library: Library) -> str:
    return f"{library.sources[passage.source].title} › {passage.heading}"


def _use(passage: Passage, cited_by: CitedBy) -> str:
    rules = cited_by.get(passage.id)
    if rules:
        return f"rules: {', '.join(rules)}"
    match passage.use.kind:
        case "later":
            return f"kept for a later consultation: {passage.use.note}"
        case "background":
            return f"background: {passage.use.note}"
        case "rules":
            return "no rule rests on it"


def _particulars(passage: Passage, cited_by: CitedBy) -> list[tuple[str, str]]:
    rows = [("use", _use(passage, cited_by))]
    if passage.value is not None:
        rows.append(("value", f"{passage.value} {passage.unit}"))
    if passage.as_of is not None:
        rows.append(("as of", passage.as_of.isoformat()))
    if passage.review_by is not None:
        rows.append(("look it up by", passage.review_by.isoformat()))
    if passage.origin:
        rows.append(("origin", passage.origin))
    return rows
