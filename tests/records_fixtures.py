"""Exports of made-up people, in every form in which the platform and spreadsheets have written them.

The home of strategies for records; those for situations are in `strategies.py`.
"""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hypothesis import strategies as st

from advisor.model.records import Connected, Exchange, Invited, Outcome, Records, Self

NAMED = "Basic_LinkedInDataExport_11-20-2026"
"""What the platform calls an export of that day."""
NOTES = (
    "Notes:",
    '"When exporting your connection data, you may notice that some of the email addresses are missing."',
    "",
)
"""What stands before the header of Connections.csv."""
CONNECTIONS = ("First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On")
INVITATIONS = ("From", "To", "Sent At", "Message", "Direction", "inviterProfileUrl", "inviteeProfileUrl")
MESSAGES = (
    "CONVERSATION ID", "CONVERSATION TITLE", "FROM", "SENDER PROFILE URL", "TO", "RECIPIENT PROFILE URLS",
    "DATE", "SUBJECT", "CONTENT", "FOLDER", "ATTACHMENTS", "IS MESSAGE DRAFT", "IS CONVERSATION DRAFT",
)  # fmt: skip
REMARKS = (
    "Connection First Name", "Connection Last Name", "Connection Profile URL", "Note", "Created On",
    "Edited On",
)  # fmt: skip
PROFILE = ("First Name", "Last Name", "Maiden Name", "Headline", "Summary", "Industry")
POSITIONS = ("Company Name", "Title", "Description", "Location", "Started On", "Finished On")
SCHOOLS = ("School Name", "Start Date", "End Date", "Notes", "Degree Name", "Activities")
ME = "Mara Lindqvist"
DAY_FORMS: Mapping[str, Callable[[date], str]] = {
    "the platform's": lambda day: day.strftime("%d %b %Y"),
    "a spreadsheet's": lambda day: f"{day.day}-{day:%b-%y}",
    "ISO": lambda day: day.isoformat(),
    "month first": lambda day: day.strftime("%m/%d/%Y"),
    "day first": lambda day: day.strftime("%d/%m/%Y"),
    "with points": lambda day: day.strftime("%d.%m.%Y"),
}
"""How days are written."""


@dataclass(frozen=True)
class Variant:
    """One way to write a table to a file."""

    delimiter: str = ","
    encoding: str = "utf-8"
    mark: bytes = b""
    before: Sequence[str] = ()
    """Lines before the header."""
    order: Sequence[int] = ()
    """In which order the columns stand; as they are where it is empty."""
    quoted: bool = False
    """Whether everything stands in quotation marks."""
    line_end: str = "\n"
    ended: bool = True
    """Whether the last line is."""
    trailing: int = 0
    """Empty columns at the end."""


MARKS = {"utf-8": codecs.BOM_UTF8, "utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}


def profile_of(slug: str) -> str:
    """The address of a profile."""
    return f"https://www.linkedin.com/in/{slug}" if slug else ""


_LETTERS = st.characters(codec="utf-8", exclude_categories=("C", "Z"), exclude_characters="\ufffdÂÃâ")
WORDS = st.lists(st.text(_LETTERS, min_size=1, max_size=8), min_size=1, max_size=3).map(" ".join)
WESTERN = st.text("abcdefgHIJKéüñ&'-", min_size=1, max_size=8)
_SLUGS = st.text("abcdefghij0123456789-", min_size=1, max_size=10)
_DAYS = st.dates(date(2004, 1, 1), date(2026, 11, 20))
Person = tuple[str, str, str, str, date]
"""First and last name, slug, company, day."""


def people(words: st.SearchStrategy[str]) -> st.SearchStrategy[list[Person]]:
    """Made-up connections, no two alike."""
    person = st.tuples(words, words, _SLUGS, words, _DAYS)
    return st.lists(person, min_size=1, max_size=8, unique_by=lambda each: each[2])


@st.composite
def variants(draw: st.DrawFn) -> Variant:
    """Ways to save a table."""
    encoding = draw(st.sampled_from(["utf-8", "utf-16-le", "utf-16-be", "cp1252"]))
    marked = encoding.startswith("utf-16") or (encoding == "utf-8" and draw(st.booleans()))
    preambles = [(), NOTES, ("sep=;",), ("Notes:", "of", "many", "lines", "", ""), ('"odd',)]
    return Variant(
        delimiter=draw(st.sampled_from([",", ";", "\t"])),
        encoding=encoding,
        mark=MARKS[encoding] if marked else b"",
        before=draw(st.sampled_from(preambles)),
        order=draw(st.permutations(range(len(CONNECTIONS)))),
        quoted=draw(st.booleans()),
        line_end=draw(st.sampled_from(["\n", "\r\n", "\r"])),
        ended=draw(st.booleans()),
        trailing=draw(st.integers(0, 2)),
    )


EVERYTHING = frozenset(
    {"connections", "invitations", "messages", "remarks", "profile", "positions", "schools"}
)
PARTIAL = {"invitations": "only recent ones are listed"}
NAMES = st.sampled_from(["Ana Lee", "Bo Li", "ana  lee", "Cy Ox"])
_FEW_SLUGS = st.sampled_from(["", "ana-1", "ana-2", "bo"])
_LATELY = st.none() | st.dates(date(2026, 10, 1), date(2026, 12, 1))
_OUTCOMES: st.SearchStrategy[Outcome] = st.sampled_from(
    ["", "pending", "accepted", "declined", "ignored", "withdrawn"]
)


@st.composite
def some_records(draw: st.DrawFn) -> Records:
    """Records of a few people, some of whom have one name."""
    connections = st.builds(Connected, name=NAMES, slug=_FEW_SLUGS, on=_LATELY)
    invitations = st.builds(
        Invited,
        name=NAMES,
        slug=_FEW_SLUGS,
        incoming=st.booleans(),
        on=_LATELY,
        outcome=_OUTCOMES,
        answered=_LATELY,
    )
    exchanges = st.builds(
        Exchange,
        name=NAMES,
        slug=_FEW_SLUGS,
        by_you=st.integers(0, 2),
        by_them=st.integers(0, 2),
        first=_LATELY,
        last=_LATELY,
    )
    return Records(
        files=draw(st.frozensets(st.sampled_from(sorted(EVERYTHING)))),
        taken_on=draw(_LATELY),
        me=draw(st.none() | st.just(Self(name="Mara", headline="Builds weirs"))),
        connections=tuple(draw(st.lists(connections, max_size=4))),
        invitations=tuple(draw(st.lists(invitations, max_size=5))),
        exchanges=tuple(draw(st.lists(exchanges, max_size=3))),
        partial=draw(st.sampled_from([{}, PARTIAL])),
    )


def table(header: Sequence[str], rows: Sequence[Sequence[str]], variant: Variant | None = None) -> bytes:
    """Write a table as `variant` says."""
    variant = variant or Variant()
    text = io.StringIO()
    text.write("".join(line + "\n" for line in variant.before))
    quoting = csv.QUOTE_ALL if variant.quoted else csv.QUOTE_MINIMAL
    writer = csv.writer(text, delimiter=variant.delimiter, quoting=quoting, lineterminator="\n")
    for row in (header, *rows):
        cells = [row[place] for place in variant.order] if variant.order else list(row)
        writer.writerow([*cells, *[""] * variant.trailing])
    written = text.getvalue()
    if not variant.ended:
        written = written.removesuffix("\n")
    return variant.mark + written.replace("\n", variant.line_end).encode(variant.encoding)


def sample_export() -> dict[str, bytes]:
    """A whole small export: files by name, with the quirks of the platform's own."""
    me = profile_of("mara-lindqvist")
    ana, bo = profile_of("ana-souza"), profile_of("bo-adeyemi")
    connections = [
        ("Ana", "Souza", ana, "", "Northwind, Inc.", "Engineer", "08 Feb 2026"),
        ("Bo", "Adeyemi, PhD", bo, "", "Tidewater", "Founder", "11 Oct 2026"),
        ("", "", "", "", "", "", "07 Jun 2026"),
        ("José", "Ibarra", profile_of("jos%C3%A9-ibarra"), "", "", "", "01 Mar 2020"),
    ]
    invitations = [
        (ME, "Bo Adeyemi, PhD", "10/1/26, 2:37 PM", "", "OUTGOING", me, bo),
        (ME, "Cleo Varga", "11/19/26, 9:07 AM", "Hi Cleo,\nthanks", "OUTGOING", me, profile_of("cleo-varga")),
        ("Dag Holm", ME, "11/18/26, 12:00 AM", "", "INCOMING", profile_of("dag-holm"), me),
    ]
    messages = [
        message("1", ME, me, "Ana Souza", ana, "2026-06-01 14:03:22 UTC"),
        message("1", "Ana Souza", ana, ME, me, "2026-06-02 08:00:00 UTC"),
        message("2", "Bo Adeyemi, PhD", bo, ME, me, "2026-10-12 08:00:00 UTC"),
        message("2", ME, me, "Bo Adeyemi, PhD", bo, "2026-10-13 08:00:00 UTC", draft="Yes"),
        message("3", "Offers", "", ME, me, "2026-10-14 08:00:00 UTC", folder="SPAM"),
        message("4", ME, me, "Ana Souza, Bo Adeyemi, PhD", f"{ana},{bo}", "2026-10-15 08:00:00 UTC"),
    ]
    return {
        "Connections.csv": table(CONNECTIONS, connections, Variant(before=NOTES, ended=False)),
        "Invitations.csv": table(INVITATIONS, invitations),
        "messages.csv": table(MESSAGES, messages, Variant(quoted=True)),
        "Notes.csv": table(REMARKS, [("Ana", "Souza", ana, "Met at the dam", "2026-03-01", "")]),
        "Profile.csv": table(PROFILE, [("Mara", "Lindqvist", "", "Builds weirs", "", "Civil Engineering")]),
        "Positions.csv": table(POSITIONS, [("Northwind Inc", "Engineer", "", "", "Jan 2020", "")]),
        "Education.csv": table(SCHOOLS, [("Lund University", "2010", "2015", "", "MSc", "")]),
        "Skills.csv": table(("Name",), [("Weirs",)]),
    }


def message(
    conversation: str, sender: str, address: str, to: str, addresses: str, day: str, *, folder: str = "INBOX",
    draft: str = "No", content: str = "…",
) -> tuple[str, ...]:  # fmt: skip
    """One row of messages.csv."""
    return (
        conversation, "", sender, address, to, addresses, day, "", content, folder, "", draft, "No",
    )  # fmt: skip


def folder_of(top: Path, files: Mapping[str, bytes], name: str = NAMED) -> Path:
    """Write an export as a folder."""
    for each, content in files.items():
        place = top / name / each
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    return top / name


def zip_of(top: Path, files: Mapping[str, bytes], name: str = f"{NAMED}.zip") -> Path:
    """Write an export as the platform does."""
    with zipfile.ZipFile(top / name, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, content in files.items():
            info = zipfile.ZipInfo(each, (2026, 11, 19, 3, 4, 6))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return top / name
