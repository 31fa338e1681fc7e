"""Every complaint can be looked up: its code has an entry, and the entry's example really causes it."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

import advisor
from advisor.catalog.allowances import settle
from advisor.catalog.codes import FILE, complaint_codes
from advisor.catalog.laws import read_laws
from advisor.catalog.load import Reading, read
from advisor.catalog.scenarios import read_scenarios
from advisor.catalog.situations import read_situation
from advisor.catalog.text import parse
from advisor.errors import AdvisorError, Complaint, InputError, RuleError
from advisor.model.codes import HEADINGS, SHELL, ComplaintCode
from advisor.workbench.lint import lint
from command_line import CommandLine
from small_knowledge import BORROWING as FILES
from small_knowledge import changed, write
from strategies import should_connect

PACKAGE = Path(advisor.__file__).parent
CODES = complaint_codes()
MADE_UP = {"unknown-{kind}": ("unknown-passage", "unknown-reading")}
"""Codes that are put together where they are used, and what comes of it."""
CODE_AT = {
    "complain": 1, "complaint": 1, "Complaint": 3, "add": 1, "stop": 1, "_refuse": 2, "refuse": 0,
    "PydanticCustomError": 0, "_complain": 1, "Lint": 3,
}  # fmt: skip
"""Which argument is the code, for functions that make complaints."""
WITH = {"exception-without-effect": ("untested-exception",)}
"""Codes that cannot come alone: no example could show an exception at work that never blocks."""
DAY = date(2026, 11, 1)


def is_code(word: str) -> bool:
    """Whether `word` could be a code."""
    return word.replace("-", "").isalpha() and word.islower() and not word.startswith("-")


def is_message(node: ast.expr) -> bool:
    """Whether `node` could be what follows a code: a sentence, or something that holds one."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and " " in node.value
    if isinstance(node, ast.Attribute):
        return node.attr == "message"
    return isinstance(node, ast.JoinedStr | ast.BinOp) or (
        isinstance(node, ast.Name) and node.id in ("message", "said")
    )


def codes_in(tree: ast.Module) -> Iterator[str]:
    """Every literal in `tree` that stands where a complaint's code stands."""
    types = {id(node.slice) for node in ast.walk(tree) if isinstance(node, ast.Subscript)}
    for node in ast.walk(tree):
        match node:
            case ast.Call(func, args):
                name = getattr(func, "attr", getattr(func, "id", ""))
                yield from codes_among(args, CODE_AT.get(name))
            case ast.Tuple(elts) if id(node) not in types:  # those are the words of a Literal
                # Of four, the first is a place and the last a hint.
                yield from codes_among(elts, 1 if len(elts) == 4 else None)
            case ast.For(ast.Tuple(targets), ast.Tuple(items)):
                names = [getattr(each, "id", "") for each in targets]
                for item in items if "code" in names else ():
                    if isinstance(item, ast.Tuple):
                        yield ast.literal_eval(item.elts[names.index("code")])


def codes_among(parts: list[ast.expr], place: int | None) -> Iterator[str]:
    """The codes among arguments or parts of a tuple, of which that at `place` is one for sure."""
    for number, (part, following) in enumerate(pairwise(parts)):
        if not is_message(following):
            continue
        if isinstance(part, ast.JoinedStr) and number == place:
            yield ast.unparse(part)[2:-1]
        word = part.value if isinstance(part, ast.Constant) else None
        # Words without hyphens are codes in their very place only.
        if isinstance(word, str) and is_code(word) and (number == place or "-" in word):
            yield word


def used_codes() -> dict[str, str]:
    """For each code in the source a file that uses it."""
    used: dict[str, str] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for code in codes_in(ast.parse(path.read_text(encoding="utf-8"))):
            for each in MADE_UP.get(code, (code,)):
                used.setdefault(each, path.relative_to(PACKAGE).as_posix())
    return used


TEMPLATE = """\
  {code}:                # used in {file}
    about: one of {groups}
    means: What is wrong, in one sentence.
    why: Why it is refused rather than passed over.
    do: What to do about it.
    example: {{file: rules/demo/visits.yaml, wrong: "causes it", right: "stands in tests/small_knowledge.py"}}
"""


def test_every_code_has_an_entry() -> None:
    """Nobody meets a complaint that `advisor explain` cannot explain."""
    missing = {code: file for code, file in used_codes().items() if code not in CODES}
    wanted = "".join(
        TEMPLATE.format(code=code, file=file, groups=", ".join(HEADINGS)) for code, file in missing.items()
    )
    assert not missing, f"add to {FILE}:\n{wanted}"


def test_every_entry_is_used() -> None:
    """A code that no complaint carries any more is not explained any more."""
    left_over = sorted(CODES.keys() - used_codes().keys())
    assert not left_over, f"no complaint carries these codes; delete them from {FILE}: {left_over}"


def test_entries_are_sentences() -> None:
    """What a code means, why it is refused and what to do: whole sentences."""
    for code in CODES.values():
        for text in (code.means, code.why, code.do):
            assert text.endswith((".", "`")), f"{code.code}: {text}"
            assert text[0].isupper() or text[0] == "`", f"{code.code}: {text}"


def reading_of(folder: Path, files: dict[str, str]) -> Reading:
    """Read a small knowledge base."""
    return read(*write(folder, files), structural=["note.words"])


def doubts(folder: Path, files: dict[str, str]) -> list[tuple[str, str]]:
    """What is doubtful about a small knowledge base: the codes, with what they are about."""
    reading = reading_of(folder, files)
    assert reading.complaints == ()
    found: list[Complaint] = []
    for each in lint(reading.knowledge_base.consultation("demo"), DAY):
        origin = reading.origins.of(each.kind, each.name)
        place = origin.authored.complaint((*origin.path, *each.path), each.code, each.name, key=not each.path)
        found.append(Complaint(place.file, place.line, 0, each.code, each.name, "", "warning"))
    settled = settle(found, {str(folder / name): text for name, text in files.items()})
    return [(each.code, each.message) for each in settled]


def codes_told(complaints: AdvisorError) -> list[str]:
    """The codes that an error carries."""
    assert isinstance(complaints, InputError | RuleError)
    return [each.code for each in complaints.complaints]


def caused_by(code: ComplaintCode, text: str, folder: Path) -> list[str]:
    """The codes of the complaints about `text`, which stands in the place of the example's right one."""
    file, right = code.example.file, code.example.right
    try:
        match file:
            case "any.yaml":
                parse(text, file)
            case "prospect.yaml":
                read_situation(parse(text, file), should_connect().vocabulary, today=DAY)
            case "demo.cases.yaml":
                base = reading_of(folder, dict(FILES)).knowledge_base
                read_scenarios(text, file, base, "demo")
            case "laws.yaml":
                read_laws(text, file, reading_of(folder, dict(FILES)).knowledge_base)
            case _ if code.about == "doubts":
                before = Counter(doubts(folder, dict(FILES)))
                after = Counter(doubts(folder, changed(file, right, text, FILES)))
                return [each for each, _ in after - before]
            case _:
                return [
                    each.code for each in reading_of(folder, changed(file, right, text, FILES)).complaints
                ]
    except AdvisorError as error:
        return codes_told(error)
    return []


EXAMPLES = [pytest.param(code, id=code.code) for code in CODES.values() if code.example.file != SHELL]


@pytest.mark.parametrize("code", EXAMPLES)
def test_the_example_causes_exactly_its_code(tmp_path: Path, code: ComplaintCode) -> None:
    """What is shown as wrong leads to this complaint and no other; what is shown as right leads to none."""
    assert caused_by(code, code.example.right, tmp_path) == []
    assert set(caused_by(code, code.example.wrong, tmp_path)) == {code.code, *WITH.get(code.code, ())}


@pytest.mark.parametrize("about", ["rules", "knowledge", "doubts", "cases", "syntax"])
def test_most_examples_are_tried(about: str) -> None:
    """Only what hangs on files and folders is shown as a command, which nobody can try here."""
    shown = [code.code for code in CODES.values() if code.about == about and code.example.file == SHELL]
    assert set(shown) <= {
        "missing-file", "missing-consultation", "stray-file", "duplicate-file", "unknown-source",
        "too-many-values", "too-many-faults", "unknown-theme", "cannot-append", "shipped-rules",
        "unknown-layout", "older-schema",
    }  # fmt: skip


@pytest.mark.parametrize("code", CODES)
def test_every_code_can_be_explained(cli: CommandLine, code: str) -> None:
    """`advisor explain CODE` shows what the entry says, as text and as Markdown."""
    text, markdown = cli("explain", code), cli("explain", code, "--format", "markdown")
    assert (text.code, text.err, markdown.code, markdown.err) == (0, "", 0, "")
    assert text.out.startswith(f"{code}  ")
    assert markdown.out.startswith(f"# `{code}`\n")
    assert CODES[code].do.split()[0].strip("`") in text.out


def test_a_code_is_explained_although_the_rules_are_broken(cli: CommandLine, tmp_path: Path) -> None:
    """Who asks what a complaint means has rules that are complained about, and is answered all the same."""
    files = changed("rules/demo/visits.yaml", "{fact: door.open, eq: true}", "{fact: dor.open, eq: true}")
    write(tmp_path, files)
    complained = cli("explain", "unknown-fact", "--rules", tmp_path)
    assert (complained.code, complained.err) == (0, "")
    assert complained.out.startswith("unknown-fact  ")
    assert cli("explain", "no-such-thing", "--rules", tmp_path).code == 3


def test_a_misspelt_code_is_guessed(cli: CommandLine) -> None:
    """Codes are among the names that are suggested."""
    told = cli("explain", "unknown-fcat")
    assert told.code == 2
    assert "did you mean unknown-fact" in told.err


def test_codes_are_listed(cli: CommandLine) -> None:
    """The list names every code once, by what it is about."""
    told = cli("rules", "codes")
    assert told.code == 0
    listed = [line.split()[0] for line in told.out.splitlines() if line.startswith("  ") and line[2] != " "]
    assert sorted(listed) == sorted(CODES)
    assert '"about": "doubts"' in cli("rules", "codes", "--format", "json").out
