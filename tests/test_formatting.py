"""`advisor rules fmt`: one form for authored files, in which nothing is lost."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from advisor.catalog.document import unify
from advisor.catalog.files import yaml_files
from advisor.catalog.text import parse
from advisor.errors import RuleError
from advisor.workbench.formatting import formatted
from advisor.workbench.layout import WIDTH
from advisor.workbench.source_reader import comments_in
from authored_texts import texts
from command_line import CommandLine, write

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = [path for top in ("rules", "knowledge", "examples") for path in yaml_files(ROOT / top)]


def meant(text: str) -> str:
    """What a text says, whatever the order of its keys."""
    return json.dumps(parse(text, "x.yaml", RuleError).data, sort_keys=True)


def legible(text: str) -> None:
    """Pass over texts that are no YAML."""
    try:
        parse(text, "x.yaml", RuleError)
    except RuleError:
        assume(False)


# ------------------------------------------------------------------ laws


@given(st.one_of(texts(), texts("rules"), texts("facts")))
@example("a: |+\n  x\n\nb: 1\n")
@example("k: [a, b,  # in it\n    c]  # beside\n")
@example("rules:\n  - # odd\n    then: x\n    id: y\n")
def test_what_a_file_says_stays_and_a_second_time_changes_nothing(text: str) -> None:
    """The data is the same but for the order of keys, and the form is a fixed point."""
    legible(text)
    once = formatted(text, "x.yaml")
    assert meant(once) == meant(text)
    assert formatted(once, "x.yaml") == once


@given(texts())
def test_every_comment_survives_in_order(text: str) -> None:
    """Where no key has another place, the comments are the same list."""
    legible(text)
    assume(not any(key in text for key in ("consultation", "rules:", "facts:")))
    assert comments_in(formatted(text, "x.yaml")) == comments_in(unify(text))


@given(texts("rules"))
def test_where_keys_move_their_comments_move_along(text: str) -> None:
    """No comment is lost, none is made up.

    A text that keeps its last empty lines may be left alone where it would have to move: they would not be
    the same lines elsewhere.
    """
    legible(text)
    try:
        after = formatted(text, "x.yaml")
    except RuleError as error:
        if [each.code for each in error.complaints] != ["unknown-layout"] or "+" not in text:
            raise
        return
    assert sorted(comments_in(after)) == sorted(comments_in(unify(text)))


@given(st.one_of(texts(), texts("rules")))
def test_lines_are_tidy(text: str) -> None:
    """No line ends with blanks unless they are a part of a text; the file ends with one line end."""
    legible(text)
    assume("|" not in text and ">" not in text)
    result = formatted(text, "x.yaml")
    assert "\r" not in result
    assert "\t" not in result.replace("\\t", "")
    lines = result.split("\n")
    assert lines[-1] == ""
    assert result == "" or lines[0] != ""
    assert not any(line != line.rstrip() for line in lines)


# ------------------------------------------------------------------ the form itself

UNTIDY = """\
# The head of the file.

rules:
- then:   {concern:  wait}
  id:   one   # its name
  # Why it is asked.
  when: { all: [ a,b ],   }
  title: "One"


  # About two.
  - id: two
    examples:
        - {holds: true,   name: x, given: {a: 1}}
    title: >-
          Two
           and more

    when: {gte: $most, fact: n}
    then: ground
# The end.
"""
TIDY = """\
# The head of the file.

rules:
  - id: one  # its name
    title: "One"
    # Why it is asked.
    when: {all: [a, b]}
    then: {concern: wait}

  # About two.
  - id: two
    title: >-
      Two
       and more
    when: {fact: n, gte: $most}
    then: ground
    examples:
      - {name: x, given: {a: 1}, holds: true}
# The end.
"""


def test_a_file_of_rules_gets_its_form() -> None:
    """Keys in one order, two columns a step, a blank line between rules, brackets without blanks."""
    untidy = UNTIDY.replace("- then", "  - then", 1).replace("\n  id:   one", "\n    id:   one")
    untidy = untidy.replace("\n  # Why", "\n    # Why").replace("\n  when: {", "\n    when: {")
    untidy = untidy.replace('\n  title: "One"', '\n    title: "One"')
    assert formatted(untidy, "x.yaml") == TIDY


def test_long_lists_are_filled_and_an_authors_lines_stay_where_they_fit() -> None:
    """A list that is too wide is filled; one that was broken by hand and fits is left as it is."""
    words = ", ".join(f"word-{number}" for number in range(40))
    result = formatted(f"x: [{words}]\n", "x.yaml")
    assert max(map(len, result.split("\n"))) <= WIDTH
    assert result.split("\n")[1].startswith("  word-")
    by_hand = "x: [" + ",\n  ".join(
        ", ".join(f"w-{10 * row + place}" for place in range(10)) for row in range(3)
    )
    assert formatted(f"{by_hand}]\n", "x.yaml") == f"{by_hand}]\n"
    assert formatted("x: [a,\n b]\n", "x.yaml") == "x: [a, b]\n"


def test_one_example_is_one_row_however_wide() -> None:
    """A mapping in brackets that is an item of a list is read across."""
    row = "  - {name: " + "very " * 30 + "long, given: {a: [b, c]}, holds: true}\n"
    assert formatted(f"x:\n{row}", "x.yaml") == f"x:\n{row}"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# only\n# comments\n",
        "[a, b]\n",
        "word\n",
        '{"json": [1, 2]}\n',
        "|\n  text\n",
        "---\n# x\na: 1\n",
    ],
)
def test_files_of_other_shapes_are_no_trouble(text: str) -> None:
    """Whatever can be read has a form."""
    result = formatted(text, "x.yaml")
    assert meant(result) == meant(text)
    assert formatted(result, "x.yaml") == result


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_is_shipped_has_its_form(path: Path) -> None:
    """`advisor rules fmt` writes it anew."""
    text = path.read_text(encoding="utf-8")
    assert formatted(text, str(path)) == text


# ------------------------------------------------------------------ the command


def test_files_are_rewritten_and_named(cli: CommandLine, tmp_path: Path) -> None:
    """What changed goes to standard output, and a second run changes nothing."""
    untidy, tidy = write(tmp_path, "a.yaml", "a:   1\n"), write(tmp_path, "b.yml", "b: 1\n")
    outcome = cli("rules", "fmt", tmp_path)
    assert (outcome.code, outcome.out) == (0, f"{untidy}\n")
    assert outcome.err == "1 of 2 files changed\n"
    assert (untidy.read_bytes(), tidy.read_bytes()) == (b"a: 1\n", b"b: 1\n")
    assert cli("rules", "fmt", untidy, tidy).out == ""
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.yaml", "b.yml"]


def test_checking_changes_nothing(cli: CommandLine, tmp_path: Path) -> None:
    """`--check` names the files and fails; `--diff` shows what would change and fails too."""
    untidy = write(tmp_path, "a.yaml", "a:   1\n")
    outcome = cli("rules", "fmt", tmp_path, "--check")
    assert (outcome.code, outcome.out) == (1, f"{untidy}\n")
    outcome = cli("rules", "fmt", tmp_path, "--diff")
    assert outcome.code == 1
    assert outcome.out == f"--- {untidy}\n+++ {untidy}\n@@ -1 +1 @@\n-a:   1\n+a: 1\n"
    assert untidy.read_bytes() == b"a:   1\n"
    assert cli("rules", "fmt", write(tmp_path, "c.yaml", "c: 1\n"), "--check").code == 0


def test_a_file_that_cannot_be_read_is_left_alone_and_the_others_are_not(
    cli: CommandLine, tmp_path: Path
) -> None:
    """All complaints come, with their places, and nothing is written to that file."""
    broken, untidy = write(tmp_path, "a.yaml", "a: [1\nb: 2\n"), write(tmp_path, "b.yaml", "b:   1\n")
    outcome = cli("rules", "fmt", tmp_path)
    assert outcome.code == 3
    assert f"{broken}:" in outcome.err
    assert "1 of 2 files changed; 1 left alone" in outcome.err
    assert (broken.read_bytes(), untidy.read_bytes()) == (b"a: [1\nb: 2\n", b"b: 1\n")


@pytest.mark.parametrize("text", ["%YAML 1.1\n---\na: 1\n", "? a\n: 1\n"])
def test_a_layout_that_is_not_understood_is_refused(cli: CommandLine, tmp_path: Path, text: str) -> None:
    """Rather than guessing, it says so and leaves the file alone."""
    path = write(tmp_path, "a.yaml", text)
    outcome = cli("rules", "fmt", path)
    assert (outcome.code, outcome.codes) == (3, ["unknown-layout"])
    assert path.read_text(encoding="utf-8") == text


def test_line_ends_and_encodings_become_the_usual_ones(cli: CommandLine, tmp_path: Path) -> None:
    """CRLF, a byte order mark and UTF-16 are read and written as UTF-8 with LF."""
    crlf = write(tmp_path, "a.yaml", b"\xef\xbb\xbfa: \xc3\xa4\r\nb: 1\r\n")
    wide = write(tmp_path, "b.yaml", "a: ä\n".encode("utf-16"))
    assert "only line ends or the encoding differ" in cli("rules", "fmt", crlf, "--diff").out
    assert cli("rules", "fmt", tmp_path).code == 0
    assert (crlf.read_bytes(), wide.read_bytes()) == ("a: ä\nb: 1\n".encode(), "a: ä\n".encode())


def test_links_stay_links_and_permissions_stay(cli: CommandLine, tmp_path: Path) -> None:
    """What a link leads to is rewritten; the mode of the file is kept."""
    real = write(tmp_path, "real.yaml", "a:   1\n")
    real.chmod(0o640)
    link = tmp_path / "link.yaml"
    link.symlink_to(real)
    assert cli("rules", "fmt", link).code == 0
    assert link.is_symlink()
    assert real.read_bytes() == b"a: 1\n"
    assert real.stat().st_mode & 0o777 == 0o640


def test_a_read_only_file_is_left_alone_and_so_is_everything_then(cli: CommandLine, tmp_path: Path) -> None:
    """Its owner did not want it changed, and half of the work is worse than none."""
    first, locked = write(tmp_path, "a.yaml", "a:   1\n"), write(tmp_path, "b.yaml", "b:   1\n")
    locked.chmod(0o444)
    outcome = cli("rules", "fmt", tmp_path)
    assert (outcome.code, outcome.codes[-1]) == (2, "unwritable")
    assert (first.read_bytes(), locked.read_bytes()) == (b"a:   1\n", b"b:   1\n")


def test_where_writing_fails_every_file_keeps_its_content(
    cli: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second file cannot be renamed: the first gets its old content back, and nothing is left over."""
    write(tmp_path, "a.yaml", "a:   1\n"), write(tmp_path, "b.yaml", "b:   1\n")
    replace = Path.replace

    def fail(self: Path, target: str | os.PathLike[str]) -> Path:
        if Path(target).name == "b.yaml":
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fail)
    outcome = cli("rules", "fmt", tmp_path)
    assert (outcome.code, outcome.codes[-1]) == (2, "unwritable")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "a.yaml": b"a:   1\n",
        "b.yaml": b"b:   1\n",
    }


def test_a_file_that_is_not_there_is_complained_about(cli: CommandLine, tmp_path: Path) -> None:
    """Nothing is done then."""
    outcome = cli("rules", "fmt", tmp_path / "none.yaml")
    assert (outcome.code, outcome.codes) == (2, ["no-such-file"])
