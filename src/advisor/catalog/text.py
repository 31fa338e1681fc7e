"""From bytes to plain data, with a place for everything: the one reader of YAML and JSON.

Data is None, bool, int, float, str, list and dict with text keys, and nothing else. What a file could use
to surprise its reader is refused with a complaint: anchors and aliases, tags, merge keys, several documents,
keys that stand twice, control characters, and anything too large or too deep. Everything is read without
recursion, in time that grows with its length.

Words without quotes mean what YAML 1.2's core schema says, except that `yes` and `no` are booleans like
`true` and `false`, since people write them, and that `0x1F` and `0o17` are text. So are `on`, `off`, `1_000`,
`12:30:45` and `2026-11-21`, and whatever stands in quotes. Infinities and not-a-number are refused.

This module refuses to know what the data is for: shapes, dates and unknown keys are judged by its callers.
"""

from __future__ import annotations

import codecs
import json
import math
import os
import re
import stat
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from advisor.errors import Complaint, InputError, RuleError
from advisor.model.names import did_you_mean, either, kind_of, shown

MAX_BYTES = 1_048_576
"""Largest document, in bytes as stored and in characters as read (1 MiB)."""
MAX_DEPTH = 32
"""Deepest nesting of lists and mappings."""
MAX_NODES = 100_000
"""Most values and keys in one document."""
MAX_DIGITS = 100
"""Longest number, in characters: far above any quantity, far below what takes long to convert."""
MAX_COMPLAINTS = 50
"""Reading stops after this many faults: nobody mends more at once."""

ErrorType = type[InputError] | type[RuleError]
"""What is raised: `InputError` for what describes a case, `RuleError` for rules and knowledge."""
DataPath = tuple[str | int, ...]
"""The keys and list positions (from 0) that lead from the top to a value."""
Spot = tuple[int, int]
"""Line and column, each counted from 1."""


@dataclass(slots=True)
class _Place:
    """Where one value stands, and for lists and mappings where each part and key of it stands."""

    spot: Spot
    parts: dict[str | int, _Place] = field(default_factory=dict)
    keys: dict[str | int, Spot] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Document:
    """Plain data read from one file, which can say where each part of it was written."""

    file: str
    """Name of the file as the person gave it."""
    data: object
    """None, bool, int, float, str, list or dict with text keys; None for an empty document."""
    _top: _Place = field(default_factory=lambda: _Place((1, 1)), repr=False, compare=False)

    def place(self, path: DataPath = (), *, key: bool = False) -> tuple[int, int]:
        """Line and column, from 1, of the value at `path`, or of the key before it where `key` is set.

        Where the data does not reach that far, the nearest enclosing place is given.
        """
        here, spot = self._top, self._top.spot
        for step in path:
            part = here.parts.get(step)
            if part is None:
                return here.spot
            spot = here.keys.get(step, part.spot) if key else part.spot
            here = part
        return spot


# ---------------------------------------------------------------- from a file to text


def read_bytes(path: Path, display: str, error: ErrorType = InputError) -> bytes:
    """Read the file at `path`, which complaints call `display`; at most `MAX_BYTES`.

    Raises:
        InputError, RuleError: whichever `error` is, where there is no such ordinary, readable, small file.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        # Looked at before opening, since opening a device can do something; and again after, since another
        # file may have taken the name between the two. Not blocking, since that other file may be a pipe.
        _check_ordinary(path.stat(), display, error)
        with os.fdopen(os.open(path, flags), "rb") as stream:
            _check_ordinary(os.fstat(stream.fileno()), display, error)
            raw = stream.read(MAX_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        _refuse(error, display, "no-such-file", "there is no such file", _hint_for_missing(path))
    except PermissionError:
        _refuse(error, display, "no-permission", "you may not read this file", "change its permissions")
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or str(fault)
        _refuse(error, display, "unreadable", f"this file cannot be read: {reason}", "check the path")
    _check_size(len(raw), display, error)
    return raw


def _check_ordinary(status: os.stat_result, display: str, error: ErrorType) -> None:
    if stat.S_ISDIR(status.st_mode):
        _refuse(error, display, "not-a-file", "this is a folder, not a file", "name a file in it")
    if not stat.S_ISREG(status.st_mode):
        hint = "save the text in a file, or pass it on standard input with `-`"
        _refuse(error, display, "not-a-file", "this is a pipe or a device, not an ordinary file", hint)
    _check_size(status.st_size, display, error)


def _check_size(size: int, file: str, error: ErrorType, unit: str = "bytes") -> None:
    if size > MAX_BYTES:
        message = f"the document is too large: {size:,} {unit} or more, and the limit is {MAX_BYTES:,}"
        _refuse(error, file, "too-large", message, "split it, or check that it is the right file")


def _hint_for_missing(path: Path) -> str:
    try:
        names = [entry.name for entry in islice(path.parent.iterdir(), 10_000)]
    except (OSError, ValueError):
        return f"the folder {shown(str(path.parent))} cannot be read either; check the path"
    near = did_you_mean(path.name, filter(str.isprintable, names))
    return f"did you mean {either(near)}?" if near else "check the path"


_BOMS = (  # UTF-32 first, since its mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"", "utf-8"),
)


def decode(raw: bytes, file: str, error: ErrorType = InputError) -> str:
    r"""Turn stored bytes into text whose lines end with `\n`: UTF-8, or UTF-16 and UTF-32 with their mark.

    Raises:
        InputError, RuleError: whichever `error` is, for another encoding, binary data or too many bytes.
    """
    _check_size(len(raw), file, error)
    bom, encoding = next((bom, name) for bom, name in _BOMS if raw.startswith(bom))
    body, bad = raw[len(bom) :], None
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as fault:
        text, bad = body.decode(encoding, "replace"), fault.start
    hint = "save it as plain text in UTF-8; a Word document or a PDF is not plain text"
    if "\0" in text:  # asked first: that it is no text at all says more than its first odd byte
        spot = _after(text[: text.index("\0")])
        _refuse(error, file, "not-text", "this is not plain text: it holds a NUL character", hint, spot)
    if bad is not None:
        message = f"the byte 0x{body[bad]:02X} does not fit the encoding {encoding.upper()}"
        if not bom and (guess := body[bad : bad + 1].decode("cp1252", "ignore")):
            message += f" (in Windows-1252 it would be {shown(guess)})"
        _refuse(error, file, "bad-encoding", message, hint, _after(body[:bad].decode(encoding, "replace")))
    return _unify(text)


def _unify(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _after(before: str) -> Spot:
    """Place of the character that follows `before`, the beginning of a document."""
    before = _unify(before)
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _refuse(error: ErrorType, file: str, code: str, message: str, hint: str, spot: Spot = (0, 0)) -> NoReturn:
    raise error([Complaint(file, *spot, code, message, hint)]) from None


# ---------------------------------------------------------------- from text to data


def parse(text: str, file: str, error: ErrorType = InputError) -> Document:
    """Read YAML, or JSON where `file` ends with `.json` or the text is JSON; complaints name `file`.

    Raises:
        InputError, RuleError: whichever `error` is, with all faults that could be found at once.
    """
    _check_size(len(text), file, error, "characters")
    text = _unify(text.removeprefix("\ufeff"))
    faults = _Faults(file, error)
    faults.add_characters(_CONTROL, text)
    faults.settle()
    if not text.strip():
        return Document(file, None)
    builder = _Builder(faults)
    must_be_json = file.lower().endswith(".json")
    if must_be_json or text.lstrip()[0] in "{[":
        problem = _problem_in_json(text)
        if problem and must_be_json:
            faults.stop(*problem)
        (_read_yaml if problem else _read_json)(text, builder)
    else:
        _read_yaml(text, builder)
    faults.settle()
    return Document(file, *builder.result)


class _Faults:
    """The faults found so far in one document."""

    def __init__(self, file: str, error: ErrorType) -> None:
        self.file, self.error = file, error
        self.found: list[Complaint] = []

    def add(self, spot: Spot, code: str, message: str, hint: str) -> None:
        self.found.append(Complaint(self.file, *spot, code, message, hint))
        if len(self.found) >= MAX_COMPLAINTS:
            message = f"{MAX_COMPLAINTS} faults were found, and reading stopped here"
            hint = "mend these first; there may be more"
            self.found.append(Complaint(self.file, *spot, "too-many-faults", message, hint))
            self.settle()

    def add_characters(self, pattern: re.Pattern[str], text: str) -> None:
        """Complain about every character in `text` that `pattern` finds."""
        for match in pattern.finditer(text):
            message = f"the character U+{ord(match[0]):04X} cannot be seen and may not stand here"
            hint = "delete it; such characters come along when text is pasted"
            self.add(_after(text[: match.start()]), "bad-character", message, hint)

    def stop(self, spot: Spot, code: str, message: str, hint: str) -> NoReturn:
        self.add(spot, code, message, hint)
        raise self.error(self.found) from None

    def settle(self) -> None:
        if self.found:
            raise self.error(self.found) from None


_TOO_DEEP = (
    "too-deep",
    f"lists and mappings stand more than {MAX_DEPTH} deep in one another",
    "check for brackets and dashes that are not meant",
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
"""No text needs these, and on a terminal some of them give orders; with halves of surrogate pairs."""
_SPELLINGS = (str.lower, str.title, str.upper)
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", *(form("null") for form in _SPELLINGS))),
    **{form(word): True for word in ("true", "yes") for form in _SPELLINGS},
    **{form(word): False for word in ("false", "no") for form in _SPELLINGS},
}
_INT = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")


@dataclass(slots=True)
class _Open:
    """A list or mapping that is still open; `key` is the key that waits for its value."""

    data: list[Any] | dict[str, Any]
    place: _Place
    key: tuple[str | None, Spot] | None = None


class _Builder:
    """Puts values together without recursion, notes their places and checks what both formats share."""

    def __init__(self, faults: _Faults) -> None:
        self.faults = faults
        self._nodes = 0
        self._root: list[Any] = []
        self._stack = [_Open(self._root, _Place((1, 1)))]

    @property
    def result(self) -> tuple[object, _Place]:
        """The whole document and its place."""
        place = self._stack[0].place
        return (self._root[0], place.parts[0]) if self._root else (None, place)

    @property
    def at_key(self) -> bool:
        """Whether the next value is the key of a mapping."""
        return isinstance(self._stack[-1].data, dict) and self._stack[-1].key is None

    def open(self, data: list[Any] | dict[str, Any], spot: Spot) -> None:
        """Begin a list or mapping; what is added from now on goes into it."""
        if len(self._stack) > MAX_DEPTH:
            self.faults.stop(spot, *_TOO_DEEP)
        place = _Place(spot)
        self._put(data, place)
        self._stack.append(_Open(data, place))

    def close(self) -> None:
        """End the list or mapping that was begun last."""
        self._stack.pop()

    def add(self, value: object, spot: Spot) -> None:
        """Put a value that is no list or mapping where the document has come to."""
        if isinstance(value, str) and (found := _CONTROL.search(value)):
            message = f"an escape stands for the character U+{ord(found[0]):04X}, which is not allowed"
            hint = "leave it out; for an emoji, write the emoji itself instead of its two halves"
            self.faults.add(spot, "bad-character", message, hint)
        self._put(value, _Place(spot))

    def meaning(self, word: str, spot: Spot) -> object:
        """Say what `word` means without quotes: nothing, a yes/no, a number, or itself."""
        if word in _WORDS:
            return _WORDS[word]
        if _FLOAT.fullmatch(word):
            if len(word) <= MAX_DIGITS:
                number = int(word) if _INT.fullmatch(word) else float(word)
                if math.isfinite(number):
                    return number
            self.refuse_number(word, spot)
        elif _NOT_FINITE.fullmatch(word):
            self.refuse_number(word, spot)
        return word

    def refuse_number(self, word: str, spot: Spot) -> None:
        """Complain about a number that is too long, too large or not a number at all."""
        message = f"{shown(word, 20)} is not a number that can be used"
        hint = "write an ordinary number, or put it in quotes if it is meant as text"
        self.faults.add(spot, "bad-number", message, hint)

    def _put(self, value: object, place: _Place) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            message = f"the document has more than {MAX_NODES:,} values and keys"
            self.faults.stop(place.spot, "too-many-values", message, "split it into several files")
        inner = self._stack[-1]
        if isinstance(inner.data, list):
            inner.place.parts[len(inner.data)] = place
            inner.data.append(value)
        elif inner.key is None:
            inner.key = (self._key(value, place.spot, inner.place.keys), place.spot)
        else:
            (key, spot), inner.key = inner.key, None
            if key is not None:
                inner.data[key] = value
                inner.place.parts[key], inner.place.keys[key] = place, spot

    def _key(self, value: object, spot: Spot, keys: dict[str | int, Spot]) -> str | None:
        """Check a key; None, which drops its value, where it may not be one."""
        if not isinstance(value, str):
            message = f"a key has to be text, and this one is {kind_of(value)}"
            hint = "write the key before its colon, in quotes if it could be taken for something else"
            self.faults.add(spot, "bad-key", message, hint)
            return None
        if value in keys:
            line, column = keys[value]
            message = f"the key {shown(value)} stands twice here, first on line {line}, column {column}"
            self.faults.add(spot, "duplicate-key", message, "keep one of the two, or join what they hold")
            return None
        return value


_JSON_TOKEN = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[\]{}]|[^\s"\[\]{}:,]+', re.DOTALL)
"""A text, a bracket or a word; made so that it never goes back over what it has read."""


def _problem_in_json(text: str) -> tuple[Spot, str, str, str] | None:
    """Say why `text` is no JSON as far as syntax and depth go: place, code, message and hint."""
    depth = 0
    for match in _JSON_TOKEN.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(match[0], 0)
        if depth > MAX_DEPTH:  # found here, so that json never recurses further
            return _after(text[: match.start()]), *_TOO_DEEP
    try:
        json.loads(text, parse_int=str, parse_float=str)  # for its complaint; what it makes is not used
    except json.JSONDecodeError as fault:
        words = _explain(fault.msg)
        return min(_after(text[: fault.pos]), _after(text.rstrip())), "syntax", words.message, words.hint
    return None


def _read_json(text: str, builder: _Builder) -> None:
    """Build what `text`, which is JSON, says."""
    line, begin, seen = 1, 0, 0
    for match in _JSON_TOKEN.finditer(text):
        piece, start = match[0], match.start()
        if newlines := text.count("\n", seen, start):
            line, begin = line + newlines, text.rindex("\n", seen, start) + 1
        seen, spot = start, (line, start - begin + 1)
        if piece in "{[":
            builder.open({} if piece == "{" else [], spot)
        elif piece in "]}":
            builder.close()
        elif piece[0] == '"':
            builder.add(json.loads(piece), spot)
        elif piece in ("NaN", "Infinity", "-Infinity"):
            builder.refuse_number(piece, spot)
            builder.add(None, spot)
        else:
            builder.add(builder.meaning(piece, spot), spot)


_NOT_IN_YAML = re.compile("[\\u2028\\u2029\\ufeff\\ufffe\\uffff]")
"""Taken for line ends or refused by YAML 1.1, which the parser follows; JSON allows them."""
_TAGS: dict[str, type] = {
    f"tag:yaml.org,2002:{name}": kind
    for name, kind in {"str": str, "int": int, "float": float, "bool": bool, "seq": list, "map": dict}.items()
}
"""Tags that are allowed, since they say what a value is anyway."""


def _read_yaml(text: str, builder: _Builder) -> None:
    """Build what `text` says as YAML, from the parser's events, which come without recursion."""
    import yaml

    faults, end, documents = builder.faults, _after(text.rstrip()), 0
    faults.add_characters(_NOT_IN_YAML, text)
    faults.settle()
    if found := re.search(r"^%TAG", text, re.MULTILINE):  # the parser would compare each with all others
        faults.stop(_after(text[: found.start()]), "tag", "`%TAG` is not allowed", "delete this line")
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


def _read_node(event: Any, spot: Spot, builder: _Builder) -> None:
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


def _scalar(event: Any, spot: Spot, builder: _Builder) -> Any:
    plain = event.implicit[0] if event.tag is None else _TAGS.get(event.tag) is not str
    if plain and event.value == "<<" and builder.at_key:
        message = "`<<` merges one mapping into another, which is not allowed"
        builder.faults.add(spot, "merge-key", message, "write the keys out")
    return builder.meaning(event.value, spot) if plain else event.value


def _problem_in_yaml(fault: Any, text: str, spot: Spot, end: Spot) -> tuple[Spot, str, str, str]:
    """Put the parser's complaint in plain words: place, which is `spot` where it names none, and the rest."""
    words = _explain(f"{getattr(fault, 'context', '')}: {getattr(fault, 'problem', fault)}")
    mark = getattr(fault, "problem_mark", None)
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


class _Words(NamedTuple):
    """How we put what a parser says."""

    pattern: str
    """Found in what libyaml, PyYAML or json say."""
    at_start: bool
    """Whether to name the place where the thing began instead of the one where it went wrong."""
    message: str
    hint: str


def _explain(problem: str) -> _Words:
    return next((words for words in _SYNTAX if re.search(words.pattern, problem)), _SYNTAX[-1])


_LINE_UP = "line keys up, leave a space after each colon, and put nothing behind a closing quote"
_SYNTAX = tuple(
    _Words(pattern.removeprefix("^"), pattern.startswith("^"), message, hint)
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
