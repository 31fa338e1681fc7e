"""Reading YAML and JSON: nothing but plain data comes out, and every complaint has its place."""

import itertools
import json
import os
import string
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from advisor.catalog.text import (
    MAX_BYTES,
    MAX_COMPLAINTS,
    MAX_DEPTH,
    MAX_DIGITS,
    MAX_NODES,
    decode,
    parse,
    read_bytes,
)
from advisor.errors import Complaint, InputError, RuleError


@pytest.fixture(params=["c", "python"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run a test with the parser in C, where it is there, and with the one in Python."""
    if request.param == "python":
        monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    elif not hasattr(yaml, "CSafeLoader"):
        pytest.skip("this PyYAML comes without its parser in C")
    return str(request.param)


def complaints(text: str, file: str = "f.yaml") -> tuple[Complaint, ...]:
    """What is said against `text`; nothing where it can be read."""
    try:
        parse(text, file)
    except InputError as error:
        return error.complaints
    return ()


def lies_within(complaint: Complaint, text: str) -> bool:
    """Whether the complaint's place is a place in `text`, or the one right behind its last character."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return 1 <= complaint.line <= len(lines) and 1 <= complaint.column <= len(lines[complaint.line - 1]) + 1


# ---------------------------------------------------------------- YAML: faults

DEEP = MAX_DEPTH + 1
YAML_FAULTS = [
    ("a colon in text", "a: b: c", "syntax", 1, 5),
    ("a key below a value", "a: 1\n  b: 2", "syntax", 2, 4),
    ("no space after a colon", "a:1\nb: 2", "syntax", 2, 2),
    ("a single quote left open", "a: 'x\nb: 1\n", "syntax", 1, 4),
    ("a double quote left open", 'a: 1\nb: "x', "syntax", 2, 4),
    ("a quote left open before a separator", "a: 'x\n---\ny'", "syntax", 1, 4),
    ("text behind a closing quote", 'a: "x" y', "syntax", 1, 8),
    ("an apostrophe in single quotes", "a: 'it's'", "syntax", 1, 8),
    ("an escape that does not exist", 'a: "C:\\quiet"', "syntax", 1, None),
    ("a character beyond Unicode", 'a: "\\U00110000"', "syntax", 1, None),
    ("a character far beyond Unicode", 'a: "\\UFFFFFFFF"', "syntax", 1, None),
    ("a version of many digits", "%YAML 1." + "1" * 5000 + "\n---\na", "syntax", 1, None),
    ("a tab before a nested key", "a:\n\tb: 1", "tab", 2, 1),
    ("a tab before the next key", "a: 1\n\tb: 2", "tab", 2, 1),
    ("a tab behind spaces", "a:\n  b: 1\n  \tc: 2", "tab", 3, 3),
    ("a tab in a block of text", "a: |\n\tb", "tab", 2, 1),
    ("a colon at the end of text in brackets", "a: {b: http:, c: 1}", "syntax", 1, None),
    ("a list left open", "a: [1, 2\nb: 3", "syntax", 1, 4),
    ("a mapping left open", "a: {b: 1\n", "syntax", 1, 4),
    ("a bracket too many", "{a: 1}}", "syntax", 1, 7),
    ("a lone bracket", "a: }", "syntax", 1, 4),
    ("an at sign first", "a: @x", "syntax", 1, 4),
    ("a backtick first", "a: `x`", "syntax", 1, 4),
    ("a percent sign first", "a: %x", "syntax", 1, 4),
    ("bold text", "a: **bold**", "syntax", 1, 4),
    ("an ampersand first", "a: & co", "syntax", 1, 4),
    ("a question mark first", "a: ? b", "syntax", 1, 4),
    ("a word among keys", "a: 1\nb", "syntax", 2, 1),
    ("a key among items", "- a\nb: 1", "syntax", 2, 1),
    ("an item among keys", "a: 1\n- b", "syntax", 2, 1),
    ("an item behind a key", "a: - b", "syntax", 1, 4),
    ("a key out of line", "a:\n   b: 1\n  c: 2", "syntax", 3, 3),
    ("text behind a bar", "a: |x\n b", "syntax", 1, 5),
    ("a template without quotes", "a: {name} said", "syntax", 1, 11),
    ("an unknown version", "%YAML 3.0\n---\na", "syntax", 1, 1),
    ("a tag prefix", "%TAG ! tag:example.org,2000:\n---\na: 1", "tag", 1, 1),
    ("an undefined tag prefix", "a: !x!y z", "syntax", 1, 4),
    ("a custom tag", "a: !include other.yaml", "tag", 1, 4),
    ("a Python object", "a: !!python/object/apply:os.system [ls]", "tag", 1, 4),
    ("a bare tag", "a: ! 5", "tag", 1, 4),
    ("a tag on a mapping", "a: !!set {b: }", "tag", 1, 4),
    ("a tag that does not fit", "a: !!int five", "tag", 1, 4),
    ("an anchor", "a: &x 1", "anchor", 1, 4),
    ("an anchor on a list", "- &x [1]", "anchor", 1, 3),
    ("an alias", "a: *x", "anchor", 1, 4),
    ("a merge key", "<<: {a: 1}", "merge-key", 1, 1),
    ("a key that stands twice", "a: 1\nb: 2\na: 3", "duplicate-key", 3, 1),
    ("a key that stands twice deep down", "a:\n  - {b: 1, 'b': 2}", "duplicate-key", 2, 12),
    ("a number as key", "a: 1\n5: 2", "bad-key", 2, 1),
    ("a yes/no as key", "no: 2", "bad-key", 1, 1),
    ("no key", "? \n: 2", "bad-key", 1, None),
    ("a list as key", "[a]: 1", "bad-key", 1, 1),
    ("a mapping as key", "a:\n  {name}: 1", "bad-key", 2, 3),
    ("two documents", "a: 1\n---\nb: 2", "several-documents", 2, 1),
    ("a separator at the end", "a: 1\n---\n", "several-documents", 2, 1),
    ("infinity", "a: .inf", "bad-number", 1, 4),
    ("not a number", "a: [.NaN]", "bad-number", 1, 5),
    ("a float beyond all bounds", "a: 1e999", "bad-number", 1, 4),
    ("an endless number", "a: " + "1" * (MAX_DIGITS + 1), "bad-number", 1, 4),
    ("a raw control character", "a: b\x1b[2J", "bad-character", 1, 5),
    ("a form feed", "a: 1\n\x0cb: 2", "bad-character", 2, 1),
    ("an escaped control character", 'a: "\\e[2J"', "bad-character", 1, 4),
    ("half a surrogate pair", "a: \ud83d", "bad-character", 1, 4),
    ("a byte order mark amid text", "a: 1\nb: \ufeff2", "bad-character", 2, 4),
    ("a line separator", "a: x\u2028y", "bad-character", 1, 5),
    ("lists too deep", "[" * DEEP + "]" * DEEP, "too-deep", 1, DEEP),
    ("dashes too deep", "- " * DEEP, "too-deep", 1, 2 * DEEP - 1),
    ("mappings too deep", "{a: " * DEEP, "too-deep", 1, 4 * DEEP - 3),
]


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [case[1:] for case in YAML_FAULTS],
    ids=[case[0] for case in YAML_FAULTS],
)
def test_every_fault_in_yaml_has_code_place_and_hint(
    parser: str, text: str, code: str, line: int, column: int | None
) -> None:
    """Whatever is wrong, the reader learns where, what, and what to do; with either parser the same."""
    (complaint,) = complaints(text)
    assert (complaint.code, complaint.line) == (code, line)
    # Where None stands, one parser points at the escape's backslash and the other behind it.
    assert column is None or complaint.column == column
    assert complaint.file == "f.yaml"
    assert complaint.message
    assert complaint.hint
    assert lies_within(complaint, text)


def test_the_number_of_values_is_limited() -> None:
    """What a small file can hold is more than any person writes, and a list counts like what is in it."""
    assert not complaints("- 1\n" * (MAX_NODES - 1))
    (complaint,) = complaints("- 1\n" * MAX_NODES)
    assert (complaint.code, complaint.line, complaint.column) == ("too-many-values", MAX_NODES, 3)
    assert f"{MAX_NODES:,}" in complaint.message


def test_surrogate_halves_in_yaml_escapes_are_refused(parser: str) -> None:
    """The parsers differ in how they meet an emoji written as two halves, but neither lets it through."""
    (complaint,) = complaints('a: "\\uD83D\\uDE00"')
    assert complaint.code in ("syntax", "bad-character")
    assert "emoji" in complaint.hint


def test_a_tab_amid_text_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The parser in Python takes no tab without quotes, the one in C does; nobody hunts for a blank."""
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    (complaint,) = complaints("a: one\ttwo")
    assert (complaint.code, complaint.line, complaint.column) == ("tab", 1, 7)


def test_a_key_that_stands_twice_is_placed_twice() -> None:
    """The complaint stands at the second place and names the first."""
    (complaint,) = complaints("a:\n  key: 1\n  other: 2\n  key: 3\n")
    assert (complaint.line, complaint.column) == (4, 3)
    assert "`key`" in complaint.message
    assert "line 2, column 3" in complaint.message


def test_all_faults_come_at_once(parser: str) -> None:
    """Whoever mends a file need not run the check once a fault, even where it ends in a broken line."""
    text = "a: &x 1\nb: *x\na: .inf\n7: [!t u]\nc: 'open"
    assert [(fault.line, fault.code) for fault in complaints(text)] == [
        (1, "anchor"),
        (2, "anchor"),
        (3, "duplicate-key"),
        (3, "bad-number"),
        (4, "bad-key"),
        (4, "tag"),
        (5, "syntax"),
    ]


def test_complaints_end_somewhere() -> None:
    """A file of nothing but faults gives a list that can be read, which says that it is cut."""
    found = complaints("- &a 1\n" * 5_000)
    assert len(found) == MAX_COMPLAINTS + 1
    assert found[-1].code == "too-many-faults"


def test_rules_raise_their_own_error() -> None:
    """Bad rules are not bad input: the caller says which of the two it reads."""
    with pytest.raises(RuleError) as caught:
        parse("a: [1", "rules/r.yaml", RuleError)
    assert str(caught.value).startswith("rules/r.yaml:1:4: syntax ")


# ---------------------------------------------------------------- YAML: values

VALUES = [
    *((word, True) for word in ("true", "True", "TRUE", "yes", "Yes", "YES")),
    *((word, False) for word in ("false", "False", "FALSE", "no", "No", "NO")),
    *((word, None) for word in ("null", "Null", "NULL", "~", "")),
    *((word, word) for word in ("on", "Off", "y", "n", "Y", "N", "yES", "nULL", "none", "None")),
    *(
        (word, word)
        for word in ("0x1F", "0o17", "1_000", "12:30:45", "1:30", "2026-11-21", "2026-11-21T10:00:00Z")
    ),
    *(
        (word, word)
        for word in ("1,5", "1.2.3", "+", "-x", ".", "e5", "1e", "\u0661", "NaN", "Infinity", "+49 1")
    ),
    *(("5", 5), ("-5", -5), ("+5", 5), ("0", 0), ("-0", 0), ("007", 7), ("9" * 40, int("9" * 40))),
    *(("1.5", 1.5), (".5", 0.5), ("5.", 5.0), ("1e3", 1000.0), ("-1.5E-3", -0.0015), ("+.5", 0.5)),
    *(
        ("'5'", "5"),
        ('"yes"', "yes"),
        ("''", ""),
        ("|\n 5\n", "5\n"),
        (">-\n a\n b\n", "a b"),
        ('"\\t\\u00e9"', "\té"),
    ),
    *(
        ("!!str 5", "5"),
        ("!!int '5'", 5),
        ("!!bool yes", True),
        ("!!seq [1]", [1]),
        ("!!map {a: 1}", {"a": 1}),
    ),
    *(
        ("a b # c", "a b"),
        ("a#b", "a#b"),
        ("http://x.y", "http://x.y"),
        ("[a, [], {}]", ["a", [], {}]),
        ("x\n  y", "x y"),
    ),
]


@pytest.mark.parametrize(("written", "meant"), VALUES)
def test_words_mean_what_people_mean(parser: str, written: str, meant: object) -> None:
    """`yes` is a yes, a date or a time of day is text, and what stands in quotes is always text."""
    data = parse(f"key: {written}", "f").data
    assert repr(data) == repr({"key": meant})


@pytest.mark.parametrize("file", ["f.yaml", "f.json"])
@pytest.mark.parametrize("text", ["", " \n\n", "\ufeff"])
def test_an_empty_document_is_nothing(text: str, file: str) -> None:
    """Nobody is told that an empty file is broken; it says nothing, at its beginning."""
    document = parse(text, file)
    assert (document.data, document.place(("a",))) == (None, (1, 1))


@pytest.mark.parametrize("text", ["# only a comment\n", "---\n", "---\n...\n"])
def test_a_document_without_content_is_nothing(parser: str, text: str) -> None:
    """Comments and separators are no content."""
    assert parse(text, "f").data is None


def test_quoted_keys_are_text(parser: str) -> None:
    """What may not be a key without quotes may be one within; `on` needs none."""
    assert parse("'5': 1\n\"<<\": 2\n'no': 3\non: 4\n'': 5", "f").data == {
        "5": 1,
        "<<": 2,
        "no": 3,
        "on": 4,
        "": 5,
    }


# ---------------------------------------------------------------- JSON

JSON_FAULTS = [
    ("a key without quotes", "{a: 1}", "syntax", 1, 2),
    ("an object left open", '{"a": 1', "syntax", 1, 8),
    ("no colon", '{"a" 1}', "syntax", 1, 6),
    ("a comma too many in an object", '{"a": 1,\n}', "syntax", None, None),
    ("a comma too many in a list", "[1,]", "syntax", 1, None),
    ("a comma too few", "[1\n 2]", "syntax", 2, 2),
    ("single quotes", "['a']", "syntax", 1, 2),
    ("a text left open", '{"a": "x}', "syntax", 1, 7),
    ("an escape that does not exist", '["\\q"]', "syntax", 1, 3),
    ("a line break in a text", '["a\nb"]', "syntax", 1, 4),
    ("text behind the end", "{} x", "syntax", 1, 4),
    ("a bracket too many", "[1]]", "syntax", 1, 4),
    ("no JSON at all", "a: 1", "syntax", 1, 1),
    ("a comment", "// x\n{}", "syntax", 1, 1),
    ("not a number", '{"a": NaN}', "bad-number", 1, 7),
    ("infinity", "[1, -Infinity]", "bad-number", 1, 5),
    ("a float beyond all bounds", "[1e999]", "bad-number", 1, 2),
    ("an endless number", "[" + "1" * 5000 + "]", "bad-number", 1, 2),
    ("a key that stands twice", '{"a": 1,\n "\\u0061": 2}', "duplicate-key", 2, 2),
    ("half a surrogate pair", '["x", "\\ud83d"]', "bad-character", 1, 7),
    ("an escaped control character", '["\\u001b[2J"]', "bad-character", 1, 2),
    ("lists too deep", "\n" + "[" * DEEP + "]" * DEEP, "too-deep", 2, DEEP),
    ("objects too deep", '{"a":' * 50_000, "too-deep", 1, 5 * DEEP - 4),
    ("too many values", "[" + "1," * MAX_NODES + "1]", "too-many-values", 1, 2 * MAX_NODES),
]


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [case[1:] for case in JSON_FAULTS],
    ids=[case[0] for case in JSON_FAULTS],
)
def test_every_fault_in_json_has_code_place_and_hint(
    text: str, code: str, line: int | None, column: int | None
) -> None:
    """JSON faults read like YAML faults; None stands where releases of Python point at different places."""
    (complaint,) = complaints(text, "f.json")
    assert complaint.code == code
    assert line in (None, complaint.line)
    assert column in (None, complaint.column)
    assert complaint.message
    assert complaint.hint
    assert lies_within(complaint, text)


def test_json_needs_no_file_name() -> None:
    """What comes on standard input is read as JSON where it is JSON, with all that YAML would not take."""
    assert parse(' {"a":"\\ud83d\\ude00\\/\u2028"}', "-").data == {"a": "😀/\u2028"}


def test_what_only_looks_like_json_is_yaml() -> None:
    """A list in brackets without quotes is good YAML, whichever file it stands in."""
    assert parse("[a, b]", "-").data == ["a", "b"]
    assert parse('{"a": 1, # why\n}', "-").data == {"a": 1}


# ---------------------------------------------------------------- places

PLACED = """\
# a comment
title: A note
when:
  all:
    - {fact: known, eq: yes}
    -   fact: "mutuals"
        eq:   3
empty:
"""


@pytest.mark.parametrize(
    ("path", "value", "key"),
    [
        ((), (2, 1), (2, 1)),
        (("title",), (2, 8), (2, 1)),
        (("when",), (4, 3), (3, 1)),
        (("when", "all"), (5, 5), (4, 3)),
        (("when", "all", 0), (5, 7), (5, 7)),
        (("when", "all", 0, "eq"), (5, 25), (5, 21)),
        (("when", "all", 1, "fact"), (6, 15), (6, 9)),
        (("when", "all", 1, "eq"), (7, 15), (7, 9)),
        (("empty",), (8, 7), (8, 1)),
        (("when", "any"), (4, 3), (4, 3)),
        (("when", "any", 3, "fact"), (4, 3), (4, 3)),
        (("title", "x"), (2, 8), (2, 8)),
        (("when", "all", 7), (5, 5), (5, 5)),
        (("none",), (2, 1), (2, 1)),
    ],
)
def test_a_path_leads_to_a_place(
    parser: str, path: tuple[str | int, ...], value: tuple[int, int], key: tuple[int, int]
) -> None:
    """Values and keys are placed where they begin; what is not there, at what should hold it."""
    document = parse(PLACED, "f")
    assert document.place(path) == value
    assert document.place(path, key=True) == key


def test_places_survive_changes_to_the_data() -> None:
    """A caller that replaces a value still learns where the old one stood."""
    document = parse("a: [1, 2]", "f")
    assert isinstance(document.data, dict)
    document.data["a"] = {"b": 1}
    assert document.place(("a",)) == (1, 4)
    assert document.place(("a", "b")) == (1, 4)


# ---------------------------------------------------------------- bytes

GREETING = "name: Zoë 😀\nwhy: x\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_editors_may_choose_encoding_and_line_ends(encoding: str, end: str) -> None:
    """What the editors of this world write comes out the same."""
    raw = GREETING.replace("\n", end).encode(encoding)
    assert decode(raw, "f") == GREETING


@pytest.mark.parametrize("mark", [b"\xfe\xff", b"\x00\x00\xfe\xff"])
def test_the_other_byte_order_is_understood(mark: bytes) -> None:
    """UTF-16 and UTF-32 say by their mark which byte comes first."""
    encoding = "utf-16-be" if len(mark) == 2 else "utf-32-be"
    assert decode(mark + GREETING.encode(encoding), "f") == GREETING


@pytest.mark.parametrize(
    ("raw", "code", "line", "column"),
    [
        (b"a: 1\nb: Zo\xeb\n", "bad-encoding", 2, 6),
        (b"a: 1\r\nb: \x96", "bad-encoding", 2, 4),
        (b"\xef\xbb\xbfa\xff", "bad-encoding", 1, 2),
        (b"\xed\xa0\x80", "bad-encoding", 1, 1),
        (b"a\xc3", "bad-encoding", 1, 2),
        (b"\xff\xfea\x00b", "bad-encoding", 1, 2),
        (b"\xff\xfe\x3d\xd8a\x00", "bad-encoding", 1, 1),
        (b"a: \x00", "not-text", 1, 4),
        (b"\xff\xfea\x00\x00\x00", "not-text", 1, 2),
        (b"a\x00b\x00", "not-text", 1, 2),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not-text", None, None),
        (b"PK\x03\x04\x14\x00\x06\x00", "not-text", 1, 6),
        (b"a" * (MAX_BYTES + 1), "too-large", 0, 0),
    ],
)
def test_bytes_that_are_no_text_are_refused(
    raw: bytes, code: str, line: int | None, column: int | None
) -> None:
    """Other encodings and binary data are named as such instead of being guessed at."""
    with pytest.raises(InputError) as caught:
        decode(raw, "note.txt")
    (complaint,) = caught.value.complaints
    assert complaint.code == code
    assert line in (None, complaint.line)
    assert column in (None, complaint.column)
    assert complaint.hint


def test_a_foreign_letter_is_named() -> None:
    """The commonest case is a file from an old Windows program; its letter shows that this is it."""
    with pytest.raises(InputError, match=r"0xEB .*Windows-1252 it would be `ë`"):
        decode(b"Zo\xeb", "f")


def test_the_limit_and_the_size_are_named() -> None:
    """Who is over a limit wants to know the limit."""
    with pytest.raises(InputError, match=r"2,000,000 bytes.* limit is 1,048,576"):
        decode(b"a" * 2_000_000, "f")
    with pytest.raises(InputError, match="2,000,000 characters"):
        parse("a" * 2_000_000, "f")
    assert len(decode(b"a" * MAX_BYTES, "f")) == MAX_BYTES


# ---------------------------------------------------------------- files


def refusal(path: Path) -> Complaint:
    """The one complaint about the file at `path`."""
    with pytest.raises(RuleError) as caught:
        read_bytes(path, "shown-name", RuleError)
    (complaint,) = caught.value.complaints
    assert (complaint.file, complaint.line, complaint.column) == ("shown-name", 0, 0)
    assert complaint.hint
    return complaint


def test_an_ordinary_file_is_read(tmp_path: Path) -> None:
    """Up to the limit, every byte comes through, and a link is as good as the file."""
    (tmp_path / "a.yaml").write_bytes(b"\xef\xbb\xbfa: 1\r\n" + b" " * (MAX_BYTES - 9))
    (tmp_path / "link").symlink_to("a.yaml")
    assert len(read_bytes(tmp_path / "link", "link")) == MAX_BYTES


def test_a_missing_file_brings_its_neighbours(tmp_path: Path) -> None:
    """A slip in a file's name is answered with the name that was meant."""
    (tmp_path / "prospect.yaml").touch()
    (tmp_path / "prospect\x1b[2J.yaml").touch()
    complaint = refusal(tmp_path / "Prospct.yaml")
    assert complaint.code == "no-such-file"
    assert complaint.hint == "did you mean `prospect.yaml`?"
    assert "folder" in refusal(tmp_path / "nowhere" / "a.yaml").hint
    assert refusal(tmp_path / "prospect.yaml" / "a.yaml").code == "no-such-file"
    assert refusal(tmp_path / "zzz").hint == "check the path"


def test_folders_pipes_and_devices_are_refused_at_once(tmp_path: Path) -> None:
    """A pipe that nobody writes to must not make the program wait for ever, nor an endless device."""
    os.mkfifo(tmp_path / "pipe")
    begun = time.monotonic()
    assert "folder" in refusal(tmp_path).message
    for path in (tmp_path / "pipe", Path("/dev/zero")):
        assert refusal(path).code == "not-a-file"
    assert time.monotonic() - begun < 1


def test_a_large_file_is_not_read(tmp_path: Path) -> None:
    """Its size says enough: a file of a terabyte costs nothing."""
    with (tmp_path / "big").open("wb") as stream:
        stream.truncate(2**40)
    complaint = refusal(tmp_path / "big")
    assert complaint.code == "too-large"
    assert "1,099,511,627,776" in complaint.message


@pytest.mark.parametrize("name", ["a\0b", "a" * 5_000, "loop"])
def test_names_that_no_file_can_have_are_refused(tmp_path: Path, name: str) -> None:
    """Whatever the system says about a name, it comes as a complaint."""
    (tmp_path / "loop").symlink_to("loop")
    assert refusal(tmp_path / name).code == "unreadable"


def test_a_file_without_permission_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Told apart from a missing file, since what to do about it differs."""

    def denied(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "secret").touch()
    monkeypatch.setattr(os, "open", denied)
    assert refusal(tmp_path / "secret").code == "no-permission"


def test_a_file_that_is_swapped_while_it_is_opened_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was looked at and what was opened may differ: the open file is looked at again."""
    (tmp_path / "a").touch()
    os.mkfifo(tmp_path / "pipe")
    really_open = os.open
    monkeypatch.setattr(os, "open", lambda _, flags: really_open(tmp_path / "pipe", flags))
    assert refusal(tmp_path / "a").code == "not-a-file"


def test_importing_the_reader_is_cheap() -> None:
    """Every run pays for imports: neither YAML nor pydantic comes before it is needed."""
    code = "import advisor.catalog.text, sys; print({'yaml', 'pydantic'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "set()\n"


# ---------------------------------------------------------------- properties

LETTERS = st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\t\n")
KEYS = st.text(LETTERS, max_size=8) | st.sampled_from(["yes", "5", "<<", "~", "a: b", "# x", "- x"])
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**40), 10**40)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(LETTERS)
    | KEYS
)
DATA = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=15,
)
SIGNS = st.text(alphabet="[]{}:,-?&*!|>'\"%@`# \n\r\tab1<.~\\\x00\x85\u2028\ufeff\ud800", max_size=60)


class Quoting(yaml.SafeDumper):
    """Writes YAML with all text in quotes, since the dumper's plain words follow YAML 1.1."""

    def ignore_aliases(self, *_: object) -> bool:
        """Write everything out."""
        return True


Quoting.add_representer(
    str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')
)


def as_yaml(data: object, *, flow: bool = False) -> str:
    """Write `data` as YAML."""
    return yaml.dump(data, Dumper=Quoting, sort_keys=False, default_flow_style=flow, allow_unicode=True)


def check_any(text: str, file: str, *, in_python: bool = False) -> None:
    """Read what may be anything: a document comes out, or complaints that lie within the text."""
    with pytest.MonkeyPatch.context() as patch:
        if in_python:
            patch.delattr(yaml, "CSafeLoader", raising=False)
        found = complaints(text, file)
    assert all(lies_within(complaint, text) for complaint in found)


@settings(max_examples=300, deadline=None)
@given(
    text=st.text(st.characters(exclude_categories=[])) | SIGNS,
    file=st.sampled_from(["f", "f.json"]),
    in_python=st.booleans(),
)
@example(text="", file="f", in_python=False)
@example(text="a: 'x\n\n\n", file="f", in_python=False)
@example(text="{\n\n", file="f.json", in_python=False)
@example(text='"\\', file="f.json", in_python=False)
def test_any_text_is_read_or_complained_about(text: str, file: str, in_python: bool) -> None:
    """No text brings another error than ours, and every complaint points into the text."""
    check_any(text, file, in_python=in_python)


@settings(max_examples=200, deadline=None)
@given(raw=st.binary() | SIGNS.map(lambda text: text.encode("utf-16", "surrogatepass")))
def test_any_bytes_are_read_or_complained_about(raw: bytes) -> None:
    """No bytes bring another error than ours."""
    text = ""
    found: tuple[Complaint, ...] = ()
    try:
        text = decode(raw, "f")
    except InputError as error:
        found = error.complaints
    lines = raw.count(b"\n") + raw.count(b"\r") + 1
    assert all(1 <= complaint.line <= lines for complaint in found)
    assert "\r" not in text
    check_any(text, "f")


@settings(max_examples=300, deadline=None)
@given(
    data=DATA,
    flow=st.booleans(),
    cuts=st.tuples(*[st.floats(0, 1)] * 3),
    way=st.sampled_from(range(4)),
    put=SIGNS,
    in_python=st.booleans(),
)
def test_damaged_yaml_is_read_or_complained_about(
    data: object, flow: bool, cuts: tuple[float, ...], way: int, put: str, in_python: bool
) -> None:
    """Nearly right text is what people write: cut short, doubled, spliced, or with signs thrown in."""
    text = as_yaml(data, flow=flow)
    first, second, third = sorted(int(cut * len(text)) for cut in cuts)
    damaged = [
        text[:first],
        text[:second] + text[first:],
        text[:first] + text[second:third] + text[first:second],
        text[:first] + put + text[first:],
    ]
    check_any(damaged[way], "f", in_python=in_python)


@settings(max_examples=200, deadline=None)
@given(data=DATA, flow=st.booleans(), ascii_only=st.booleans())
def test_what_was_written_is_read(data: object, flow: bool, ascii_only: bool) -> None:
    """YAML and JSON give back what was put in, to the type and order, and so they agree with one another."""
    expected = repr(data)
    assert repr(parse(as_yaml(data, flow=flow), "f.yaml").data) == expected
    text = json.dumps(data, ensure_ascii=ascii_only)
    assert repr(parse(text, "f.json").data) == expected
    if isinstance(data, list | dict):
        assert repr(parse(text, "-").data) == expected


def paths(data: object, here: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The paths to every value in `data`."""
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [here, *itertools.chain.from_iterable(paths(value, (*here, step)) for step, value in inner)]


@settings(max_examples=100, deadline=None)
@given(data=DATA, indent=st.sampled_from([None, 0, 2]), file=st.sampled_from(["f", "f.json"]))
def test_every_value_and_key_is_found_where_it_stands(data: object, indent: int | None, file: str) -> None:
    """Reading JSON on from the place of a value gives that value, and from the place of a key that key."""
    text = json.dumps(data, indent=indent, ensure_ascii=file == "f.json")
    document = parse(text, file) if isinstance(data, list | dict) else parse(text, "f.json")
    starts = [0, *itertools.accumulate(len(line) + 1 for line in text.split("\n"))]

    def value_at(place: tuple[int, int]) -> object:
        line, column = place
        return json.JSONDecoder().raw_decode(text, starts[line - 1] + column - 1)[0]

    for path in paths(data):
        value = data
        for step in path:
            value = value[step]  # type: ignore[index]
        assert repr(value_at(document.place(path))) == repr(value)
        if path and isinstance(path[-1], str):
            assert value_at(document.place(path, key=True)) == path[-1]


# ---------------------------------------------------------------- time and memory


def fill(pattern: str, size: int) -> str:
    """Repeat `pattern` up to `size` characters."""
    return (pattern * (size // len(pattern) + 1))[:size]


NASTY = {
    **{
        pattern: pattern
        for pattern in ("[", "{a: ", "- ", "? ", "&a [*a, ", '"', "'", "*", "!a ", "a: ", "a ", ": ", "#\n")
    },
    **{
        pattern: pattern
        for pattern in ("k: v\n", "- &a 1\n", "%TAG !a! b\n", "---\n", "\t", "1", "1e", "x\n", "\u2028", "[]")
    },
}


@pytest.mark.parametrize("head", ["", "[", "a: |\n  "])
def test_nasty_documents_take_bounded_time(head: str) -> None:
    """Depth, length and repetition cost time in proportion at most, up to the largest document."""
    for pattern in NASTY:
        begun = time.process_time()
        check_any(head + fill(pattern, MAX_BYTES // 6 if head else MAX_BYTES), "f")
        assert time.process_time() - begun < 5, pattern


def test_many_different_names_take_bounded_time(parser: str) -> None:
    """Nor does it cost more where nothing repeats, with either parser."""
    for form in ("k{}: {}\n", "- &a{} {}\n", "%TAG !{}! {}\n", "{}{}\n", "- [{}, {}]\n"):
        text = "".join(form.format(number, number) for number in range(MAX_BYTES // 160))
        begun = time.process_time()
        check_any(text, "f")
        assert time.process_time() - begun < 5, form


@pytest.mark.parametrize("pattern", ["[", '{"a":', '"', '"",', "\\", "1", "1,", "[],", "{"])
def test_nasty_json_takes_bounded_time(pattern: str) -> None:
    """JSON is held to the same bounds, and never read by recursion beyond the limit on depth."""
    for head in ("", "[", '["'):
        begun = time.process_time()
        check_any(head + fill(pattern, MAX_BYTES // 3 if head else MAX_BYTES), "f.json")
        assert time.process_time() - begun < 5, head


def test_random_signs_take_bounded_time() -> None:
    """A megabyte of every printable sign in turn is refused or read like anything else."""
    begun = time.process_time()
    for step in range(1, 12, 2):
        check_any(fill(string.printable[:-2][::step], MAX_BYTES), "f")
    assert time.process_time() - begun < 5
