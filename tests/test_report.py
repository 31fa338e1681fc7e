"""What a verdict looks like: each format against a golden file, and what must hold of any text."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from advisor.catalog.load import load
from advisor.model import condition as tree
from advisor.model.case import Case, Span
from advisor.model.justification import Clause, FactSeen, Justification, RuleTrace
from advisor.model.receipt import Receipt
from advisor.model.rule import Consultation
from advisor.model.verdict import (
    Citation,
    Dispute,
    DisputedSide,
    Excused,
    Finding,
    Lift,
    OpenQuestion,
    TurningPoint,
    Verdict,
)
from advisor.model.vocabulary import FactSpec, Option, Vocabulary
from advisor.model.wording import in_words, outline
from advisor.report import draft_reading, markdown, passage_page, rule_page, text
from advisor.report import json as json_report
from advisor.report.json import dumped, dumped_line
from advisor.report.layout import Page, Sheet, cells, harmless, printable, shortened, wrapped
from advisor.report.spreadsheet import lines as csv_lines
from advisor.report.tables import table
from command_line import CommandLine, page_of
from conftest import Golden
from small_knowledge import write as write_small

ROOT = Path(__file__).parent.parent
EXAMPLES = ("former-colleague", "stranger-with-a-pitch", "webinar-contact")
SCALE = ("connect", "revise", "wait", "avoid")
KIND = Citation(
    passage="okay-to-send/greeting-and-reason",
    source="okay-to-send",
    source_title="When it is and is not okay to send a connection request",
    source_file="001.txt",
    heading="Personalize your request",
    point="Give each invitation a greeting and a few words on why you want to connect, all in your words.",
)
BRIEF = replace(
    KIND,
    passage="purpose-and-practice/brief",
    source="purpose-and-practice",
    source_title="What connection requests are for",
    heading="Best Practices",
    point="Be brief.",
)
DISPUTE = Dispute(
    id="brief-or-long",
    title="A brief note against all that it should hold",
    sides=(
        DisputedSide(citation=BRIEF, says="The note should be short."),
        DisputedSide(citation=KIND, says="It should say why."),
    ),
    reading="A greeting and the reason are required; everything else is advice.",
    why="A note with everything on the list would not be brief.",
)
NOTE = "Hi [name], I love your *great* work!\nLet us connect."


def finding(rule: str, message: str, effect: Any = "concern", **more: Any) -> Finding:
    """One finding, with plain values where nothing else is said."""
    told: dict[str, Any] = {"holds_at": "", "fix": "", "spans": (), "citations": (KIND,), **more}
    return Finding(
        rule=rule, title=rule.replace("-", " ").capitalize(), effect=effect, message=message, **told
    )


VERDICT = Verdict(
    consultation="should-connect",
    verdict="wait",
    says="Not yet",
    why="Somebody you both know could introduce you to 王小明 (Xiaoming Wang).",
    settled=False,
    possible=("revise", "wait", "avoid"),
    exhaustive=False,
    prospect="王小明 (Xiaoming Wang)",
    as_of="2026-11-20",
    grounds=(
        finding("specific-reason", "You have a reason.", "ground", strength="weak", disputes=(DISPUTE,)),
        finding("crossed-paths", "You have crossed paths.", "ground", citations=(BRIEF,)),
    ),
    concerns=(
        finding(
            "ask-first",
            "Somebody you both know could introduce you to 王小明 (Xiaoming Wang).",
            holds_at="wait",
            fix="Ask your shared contact for an introduction, then send the request.",
            citations=(KIND, BRIEF),
            could_be_lifted_by=(
                Lift(says="you know the person directly", open_facts=("relationship.known_as",)),
            ),
        ),
        finding(
            "placeholder-left",
            "A placeholder was not filled in: whoever reads it sees a template.",
            holds_at="revise",
            fix="Fill it in, or take it out.",
            spans=(Span(3, 9, "[name]"),),
            strength="reading",
            disputes=(DISPUTE,),
        ),
        finding(
            "stock-phrases",
            "The note praises without saying what for.",
            holds_at="revise",
            fix="Name the work that impressed you.",
            spans=tuple(
                Span(0, 1, f"I love your *great* work number {number}!\nLet us connect")
                for number in range(5)
            ),
        ),
    ),
    merits=(finding("greets", "The note greets by name.", "merit"),),
    advice=tuple(
        finding(f"advice-{number}", f"Piece of advice {number}.", "advice", fix="Do it.")
        for number in range(5)
    ),
    excused=(
        Excused(
            finding=finding("no-link", "Nothing links you.", holds_at="avoid"), because=("you share a group",)
        ),
        Excused(
            finding=finding("thin-link", "A thin link.", holds_at="revise"), because=("you share a school",)
        ),
    ),
    open_questions=(
        OpenQuestion(
            fact="relationship.known_as",
            question="How do you know this person?",
            told="relationship.known_as",
            answers={"colleague": "revise", "friend": "revise", "stranger": "avoid", "met once": "wait"},
            decides=True,
        ),
        *(
            OpenQuestion(
                fact=f"fact.{number}",
                question=f"Question {number}?",
                told="",
                answers={"yes": "wait"},
                decides=False,
            )
            for number in range(4)
        ),
    ),
    turning_points=(
        TurningPoint(
            fact="mutuals.count",
            means="How many connections the two of you share",
            told="relationship.mutual_connections.count",
            value=4,
            otherwise={"0": "avoid", "1 to 2": "revise"},
        ),
    ),
    facts={"met.how": ("call", "event"), "note.present": True, "pace.today": 3},
    language="en",
    knowledge_base="0123456789abcdef" * 4,
)

CLAUSE = Clause(
    kind="any",
    says="",
    truth=True,
    parts=(
        Clause(
            kind="fact",
            says="how many connections the two of you share: at least 3 mutual connections",
            truth=True,
            name="mutuals.count",
            op="gte",
            wanted=3,
            seen=4,
        ),
        Clause(kind="rule", says="“Thin” holds", truth=None, name="thin-link", op="eq", wanted=True),
    ),
)
TRACE = RuleTrace(
    rule="ask-first",
    title="Ask first",
    effect="concern",
    target="wait",
    holds=True,
    when=CLAUSE,
    unless=(Clause(kind="not", says="", truth=None, parts=(CLAUSE.parts[1],)),),
    cites=(KIND.passage,),
)
RECEIPT = Receipt(
    **{each.name: getattr(VERDICT, each.name) for each in fields(VERDICT)},
    situation={"prospect": {"name": "王小明 (Xiaoming Wang)"}, "as_of": "2026-11-20"},
    justification=Justification(
        verdict="wait",
        findings=(TRACE,),
        set_aside=(),
        rules={"thin-link": replace(TRACE, rule="thin-link", holds=False)},
        facts={
            "mutuals.count": FactSeen(
                name="mutuals.count",
                means="How many connections the two of you share",
                value=4,
                origin="told",
                told="relationship.mutual_connections.count",
                spans=(Span(3, 9, "[name]"),),
            )
        },
        passages={KIND.passage: KIND},
    ),
    rules={"ask-first": "0123456789ab"},
)


# ---------------------------------------------------------------- golden files


def test_text_looks_as_it_did(golden: Golden) -> None:
    """The text for 80 columns, with long lists cut."""
    golden("verdict.txt", text.render(VERDICT, Page(), SCALE))


def test_text_with_everything_looks_as_it_did(golden: Golden) -> None:
    """The text for 100 columns, with nothing cut."""
    golden("verdict-all.txt", text.render(VERDICT, Page(100, everything=True), SCALE))


def test_text_on_a_narrow_terminal_looks_as_it_did(golden: Golden) -> None:
    """The text for 40 columns, in colour."""
    golden("verdict-narrow-colour.txt", text.render(VERDICT, Page(40, colour=True), SCALE))


def test_json_looks_as_it_did(golden: Golden) -> None:
    """The JSON."""
    golden("verdict.json", json_report.render(VERDICT))


def test_markdown_looks_as_it_did(golden: Golden) -> None:
    """The Markdown."""
    golden("verdict.md", markdown.render(VERDICT))


@pytest.mark.parametrize(("format_", "ending"), [("text", "txt"), ("json", "json"), ("markdown", "md")])
@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_look_as_they_did(
    name: str, format_: str, ending: str, cli: CommandLine, golden: Golden
) -> None:
    """What the command prints for the examples, without the hash of the rules, which any edit changes."""
    golden(f"{name}.{ending}", page_of(cli, "should-connect", ROOT / "examples" / f"{name}.yaml", format_))


def test_pages_of_rules_and_passages_look_as_they_did(tmp_path: Path, golden: Golden) -> None:
    """A rule and a passage of a small knowledge base, as text and as Markdown."""
    base = load(*write_small(tmp_path), structural=["note.words"])
    consultation, library = base.consultation("demo"), base.library
    pages = []
    for rule in consultation.rules:
        pages.append(rule_page.as_text(rule, consultation, library, Page()))
        pages.append(rule_page.as_markdown(rule, consultation, library))
    for passage in library.passages.values():
        cited = {passage.id: [rule.id for rule in consultation.rules if passage.id in rule.cites]}
        pages.append(passage_page.as_text(passage, library, cited, Page()))
        pages.append(passage_page.as_markdown(passage, library, cited))
    golden("pages.txt", "\n=====\n".join(pages))


def test_a_reading_of_a_draft_looks_as_it_did(golden: Golden) -> None:
    """Observations with their words, then what was concluded."""
    specs = [
        FactSpec("note.present", "yes-no", "There is a note", "draft"),
        FactSpec("note.words", "number", "Words in the note", "draft", unit="words"),
        FactSpec("note.greeting", "choice", "Whom the note greets", "draft"),
        FactSpec("note.flattery", "yes-no", "It praises", "draft"),
        FactSpec("note.links", "number", "Links in the note", "draft"),
        FactSpec("note.generic", "yes-no", "The note could have gone to anybody", "concluded"),
        FactSpec("note.personal", "yes-no", "The note is about them", "concluded"),
        FactSpec("note.pitch", "yes-no", "The note sells", "concluded"),
    ]
    reading = draft_reading.DraftReading(
        case=Case(
            facts={
                "note.present": True,
                "note.words": 12,
                "note.greeting": "placeholder",
                "note.flattery": True,
                "note.links": 0,
            },
            spans={
                "note.greeting": (Span(0, 9, "Hi [name]"),),
                "note.flattery": (Span(11, 35, "I love your *great* work"),),
            },
            language="en",
        ),
        conclusions={"note.generic": True, "note.pitch": False},
        vocabulary=Vocabulary({spec.name: spec for spec in specs}),
        language="English",
    )
    pages = [
        draft_reading.as_text(reading, Page()),
        draft_reading.as_text(reading, Page(everything=True)),
        json_report.dumped(draft_reading.as_data(reading)),
    ]
    golden("draft-reading.txt", "\n=====\n".join(pages))


# ---------------------------------------------------------------- what must hold


def test_the_first_line_is_the_verdict_and_the_name() -> None:
    """Whoever reads one line knows the answer."""
    first, second, *_ = text.render(VERDICT, Page(), SCALE).splitlines()
    assert first == "WAIT — Not yet  ·  王小明 (Xiaoming Wang)"
    assert second == VERDICT.why


def test_every_reason_shows_source_heading_and_point() -> None:
    """In every format, reasons for and against name where they come from and what it says."""
    everything = text.render(VERDICT, Page(100, everything=True), SCALE)
    for written in (everything, json_report.render(VERDICT), markdown.render(VERDICT)):
        flat = " ".join(written.split())
        for reason in (*VERDICT.grounds, *VERDICT.concerns):
            for citation in reason.citations:
                assert all(part in flat for part in (citation.source_title, citation.heading, citation.point))


def test_the_short_text_shows_a_source_and_a_heading_for_every_reason() -> None:
    """What is cut is never the place where a reason comes from."""
    flat = " ".join(text.render(VERDICT, Page(), SCALE).split())
    reasons = (*VERDICT.grounds, *VERDICT.concerns)
    assert sum(flat.count(f"{each.source_title} › {each.heading}") for each in (KIND, BRIEF)) == len(reasons)


def test_both_sides_of_a_dispute_are_shown_once() -> None:
    """A dispute that two reasons share is told under the first of them."""
    flat = " ".join(text.render(VERDICT, Page(), SCALE).split())
    assert flat.count("The note should be short / It should say why") == 1


def test_only_exceptions_that_matter_are_shown() -> None:
    """What was set aside matters where it would have made the verdict more cautious."""
    short, whole = text.render(VERDICT, Page(), SCALE), text.render(VERDICT, Page(everything=True), SCALE)
    assert "No link" in short
    assert "Thin link" not in short
    assert "Thin link" in whole


def test_long_lists_are_cut_and_say_so() -> None:
    """At most three pieces of advice and three questions, unless everything is asked for."""
    short, whole = text.render(VERDICT, Page(), SCALE), text.render(VERDICT, Page(everything=True), SCALE)
    assert short.count("… and 2 more (--all)") == 2
    assert "advice 4" not in short
    assert "advice 4" in whole
    assert "(--all)" not in whole


def test_colour_changes_nothing_but_colour() -> None:
    """Without the codes, the coloured text is the plain text."""
    coloured = text.render(VERDICT, Page(colour=True), SCALE)
    assert "\x1b[" in coloured
    plain = "".join(
        part.partition("m")[2] if number else part for number, part in enumerate(coloured.split("\x1b["))
    )
    assert [line.rstrip() for line in plain.splitlines()] == text.render(VERDICT, Page(), SCALE).splitlines()


@pytest.mark.parametrize("width", [40, 60, 80, 100])
@pytest.mark.parametrize("everything", [False, True])
def test_no_line_is_wider_than_the_page(width: int, everything: bool) -> None:
    """Signs of double width are counted as such."""
    lines = text.render(VERDICT, Page(width, everything=everything), SCALE).splitlines()
    assert max(map(cells, lines)) <= width


def test_a_verdict_without_anything_has_only_its_beginning_and_its_end() -> None:
    """No heading stands over nothing."""
    empty = replace(
        VERDICT,
        grounds=(),
        concerns=(),
        merits=(),
        advice=(),
        excused=(),
        open_questions=(),
        turning_points=(),
        settled=True,
    )
    assert text.render(empty, Page(), SCALE).splitlines() == [
        "WAIT — Not yet  ·  王小明 (Xiaoming Wang)",
        VERDICT.why,
        "",
        "Settled: nothing you left out could change this.",
        "Robust: no single fact that you told would change it, were it otherwise.",
    ]
    assert re.findall("##.*", markdown.render(empty)) == ["## How close"]


def test_json_keeps_to_its_schema_and_comes_back_whole() -> None:
    """The schema that is printed describes what is written, key by key."""
    schema = json_report.receipt_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    written = json.loads(json_report.render(RECEIPT))
    jsonschema.validate(written, schema, cls=jsonschema.Draft202012Validator)
    assert list(written) == schema["required"]
    parts = {"Receipt": schema, **schema["$defs"]}
    undescribed = [
        f"{part}.{name}"
        for part, node in parts.items()
        for name, inner in node.get("properties", {}).items()
        if not inner.get("description")
    ]
    assert set(undescribed) <= {"Span.start", "Span.end", "Span.text"}
    assert TypeAdapter(Receipt).validate_python(written) == RECEIPT


def test_the_schema_refuses_a_verdict_of_another_version() -> None:
    """A reader that checks notices that the form has changed."""
    written = {**json.loads(json_report.render(RECEIPT)), "schema_version": 2}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(written, json_report.receipt_schema(), cls=jsonschema.Draft202012Validator)


def test_names_cannot_change_the_markdown_around_them() -> None:
    """A name or a quoted word with signs of Markdown or HTML in it stays a name or a word."""
    nasty = replace(VERDICT, prospect="<script>alert(1)</script> | **x** [y](z)\n# z", why="why")
    assert "\\<script\\>alert(1)\\</script\\> \\| \\*\\*x\\*\\* \\[y\\](z) \\# z" in markdown.render(nasty)


@given(st.text())
@example("\x1b]0;title\x07\u202etxet\x85")
def test_no_text_gives_a_terminal_orders(told: str) -> None:
    """Whatever others wrote, neither control characters nor turns of direction come through."""
    shown = printable(told)
    assert not any(
        ord(sign) < 32 or 0x7F <= ord(sign) < 0xA0 or sign in "\u202e\u2066\u2028" for sign in shown
    )


@given(st.text(), st.integers(2, 40))
@example("王小明王小明王小明", 5)
@example("a" * 50, 7)
def test_wrapping_loses_nothing_and_keeps_to_the_width(told: str, width: int) -> None:
    """All signs come through in their order, and no line is too wide."""
    line = printable(told)
    lines = wrapped(line, width)
    assert "".join("".join(lines).split()) == "".join(line.split())
    assert all(cells(each) <= width for each in lines)


@given(st.text(alphabet="ab ä王́.", max_size=60), st.integers(2, 30))
def test_shortening_keeps_to_the_width_and_to_the_beginning(told: str, width: int) -> None:
    """What is cut ends with an ellipsis and begins as the whole does."""
    short = shortened(told, width)
    assert cells(short) <= width
    assert told == short or (short.endswith("…") and told.startswith(short[:-1]))


DEMO_FACTS = (
    FactSpec("known", "yes-no", "You know them", "told"),
    FactSpec("how", "choice", "How you know them", "told", options=(Option("work"), Option("school"))),
    FactSpec("count", "number", "How many you share", "told", unit="people"),
)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (tree.Test("known", "eq", True), "you know them"),
        (tree.Test("known", "ne", True), "not: you know them"),
        (tree.Test("known", "unknown"), "it is unknown whether you know them"),
        (tree.Test("how", "known"), "it is known: how you know them"),
        (tree.Test("how", "in", ("work", "school")), "how you know them: one of work, school"),
        (tree.Test("how", "not in", ("work", "school")), "how you know them: none of work, school"),
        (tree.Test("how", "ne", "work"), "how you know them: not work"),
        (tree.Test("count", "gte", 3), "how many you share: at least 3 people"),
        (tree.Test("rule:other", "eq", True), "“other” holds"),
        (tree.Test("rule:other", "eq", False), "“other” does not hold"),
        (tree.Not(tree.Test("known", "eq", True)), "it is not so that you know them"),
        (
            tree.All(
                (
                    tree.Test("known", "eq", True),
                    tree.Any((tree.Test("count", "lt", 3), tree.Test("how", "eq", "work"))),
                )
            ),
            "you know them and (how many you share: fewer than 3 people or how you know them: work)",
        ),
    ],
)
def test_conditions_in_plain_words(condition: tree.Condition, words: str) -> None:
    """Whoever keeps the rules can check a page without knowing the notation."""
    vocabulary = Vocabulary({spec.name: spec for spec in DEMO_FACTS})
    consultation = Consultation("demo", "May I?", (), vocabulary)
    assert in_words(condition, consultation) == words


def test_an_outline_has_a_line_for_each_group() -> None:
    """Groups in groups stand deeper, negated ones say so."""
    known, count = tree.Test("known", "eq", True), tree.Test("count", "lt", 3)
    vocabulary = Vocabulary({spec.name: spec for spec in DEMO_FACTS})
    consultation = Consultation("demo", "May I?", (), vocabulary)
    lines = outline(
        tree.All((known, tree.Not(tree.Any((known, count))), tree.Not(tree.All((known, count))))),
        consultation,
    )
    assert [("  " * line.depth) + line.text for line in lines] == [
        "all of these:",
        "  you know them",
        "  none of these:",
        "    you know them",
        "    how many you share: fewer than 3 people",
        "  not all of these:",
        "    you know them",
        "    how many you share: fewer than 3 people",
    ]


def test_columns_line_up_for_any_script() -> None:
    """Wide signs do not push the next column away."""
    lines = table([("王小明", "one"), ("Ana", "two"), ("e\u0301", "three")], Page())
    assert [
        cells(line[: line.index(word)]) for line, word in zip(lines, ("one", "two", "three"), strict=True)
    ] == [8, 8, 8]
    assert table([], Page()) == []


def test_the_last_column_wraps_or_moves_below() -> None:
    """A narrow page still shows all."""
    long = "many words that do not fit into one line of the page"
    assert len(table([("key", long)], Page(40))) == 2
    first, *below = table([("a key that leaves no room at all", long)], Page(40))
    assert first == "a key that leaves no room at all"
    assert " ".join(" ".join(below).split()) == long


def test_a_sheet_never_begins_with_a_blank_or_has_two() -> None:
    """Sections are apart by one line."""
    sheet = Sheet(Page())
    sheet.blank()
    sheet.heading("One")
    sheet.blank()
    sheet.blank()
    sheet.heading("Two")
    assert sheet.lines == ["One", "", "Two"]


ORDERS = "\x00\a\x1b\x7f\x9b\u061c\u200e\u200f\u2028\u202e\u2066\ufeff\ud800\udcff"
"""Signs that a terminal would obey, or that no encoding has."""


@given(st.text(st.sampled_from(ORDERS + 'aé王\n\t =+-@\\"')))
def test_nothing_written_by_others_gives_orders(told: str) -> None:
    """To no terminal and no spreadsheet, in no format; JSON says the same for all that."""
    written = "".join(csv_lines([["first", told]]))
    (_, cell), *_ = csv.reader(io.StringIO(written))
    for shown in (printable(told), harmless(told), written, dumped([told]), dumped_line([told])):
        assert not set(shown) & set(ORDERS)
    # Two halves of one sign side by side are that sign to JSON.
    joined = told.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    assert json.loads(dumped([told])) == json.loads(dumped_line([told])) == [joined]
    assert harmless(told).count("\n") == told.count("\n")
    assert not cell.strip(" ").startswith(("=", "+", "-", "@", "\t"))
