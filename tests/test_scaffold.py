"""`advisor rules new`: a draft that reads at once, put behind what stands there without touching it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.catalog.load import read
from advisor.errors import RuleError
from advisor.folders import Folders
from advisor.model.condition import evaluate
from advisor.model.rule import Consultation, Effect
from advisor.shells.workbench import authored_files
from advisor.workbench.appending import appended
from advisor.workbench.scaffold import Wish, draft_of, refusals, theme_for
from command_line import CommandLine
from small_knowledge import FILES, write
from strategies import shipped_knowledge, should_connect
from test_rule_docs import rules_of_ours

SLOW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
IDS = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}", fullmatch=True)
TITLES = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=60)
THEME_FILE = "rules/demo/visits.yaml"


def demo(folder: Path, files: dict[str, str] | None = None) -> Consultation:
    """The small knowledge base's only consultation."""
    reading = read(*write(folder, files or dict(FILES)), structural=["note.words"])
    assert reading.complaints == ()
    return reading.knowledge_base.consultation("demo")


def effects(consultation: Consultation) -> st.SearchStrategy[Effect]:
    """Everything that may follow from a rule."""
    conclusions = [each.name for each in consultation.vocabulary.conclusions if each.name != "verdict.ground"]
    return st.sampled_from(
        [
            *(Effect("concern", level.name) for level in consultation.verdicts[1:]),
            *(Effect("conclude", name) for name in conclusions),
            Effect("ground"), Effect("merit"), Effect("advice"),
        ]
    )  # fmt: skip


@SLOW
@given(st.data())
def test_a_draft_of_anything_reads_and_its_examples_are_true(tmp_path: Path, data: st.DataObject) -> None:
    """Whatever is wished for: the rules read as before with one draft more, and it does what it shows."""
    consultation = demo(tmp_path)
    passages = list(read(tmp_path / "rules", tmp_path / "knowledge").knowledge_base.library.passages)
    wish = Wish(
        id=data.draw(IDS),
        effect=data.draw(effects(consultation)),
        title=data.draw(TITLES),
        cites=tuple(data.draw(st.lists(st.sampled_from(passages), max_size=3))),
        facts=tuple(data.draw(st.lists(st.sampled_from(sorted(consultation.vocabulary.facts)), max_size=4))),
    )
    base = read(tmp_path / "rules", tmp_path / "knowledge").knowledge_base
    if complaints := refusals(wish, consultation, base):
        assert {each.code for each in complaints} <= {"duplicate-id", "cyclic-rules", "bad-character"}
        return
    theme = theme_for(wish, consultation)
    file = f"rules/demo/{theme}.yaml"
    added = appended(FILES[file], file, draft_of(wish, consultation))
    after = demo(tmp_path, {**FILES, file: FILES[file] + added})
    rule = after.rule(wish.id)
    assert rule is not None
    assert (rule.status, rule.theme, rule.effect) == ("draft", theme, wish.effect)
    assert rule.cites == tuple(dict.fromkeys(wish.cites))
    assert set(wish.facts) <= rule.facts
    assert [each for each in after.rules if each != rule] == list(consultation.rules)
    assert after.active == consultation.active
    for example in rule.examples:
        assert (evaluate(rule.when, example.given) is True) is example.holds


@pytest.mark.parametrize("fact", sorted(should_connect().vocabulary.facts))
def test_every_shipped_fact_can_be_tested_by_a_draft(fact: str) -> None:
    """A template for each type of fact, with a value on each side."""
    consultation = should_connect()
    wish = Wish("a-new-rule", Effect("advice"), facts=(fact,))
    assert refusals(wish, consultation, shipped_knowledge()) == []
    text = "\n".join(draft_of(wish, consultation))
    assert f"{fact}: " in text.split("holds: true")[0].split("given:")[1]


# ------------------------------------------------------------------------------------------ files


SHAPES = {
    "as it is": FILES[THEME_FILE],
    "without a last line end": FILES[THEME_FILE].rstrip("\n"),
    "with line ends of Windows": FILES[THEME_FILE].replace("\n", "\r\n"),
    "with dashes at the margin": FILES[THEME_FILE].replace("\n  ", "\n"),
    "with a comment at the end": FILES[THEME_FILE] + "\n# the end\n",
    "with a text that keeps its line ends": FILES[THEME_FILE].replace(
        "    message: This house buys nothing at the door.\n", ""
    )
    + "    message: |+\n      This house buys nothing at the door.\n\n",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_what_stood_there_stays_as_it_was(tmp_path: Path, shape: str) -> None:
    """Text, comments and line ends before the draft are kept to the last sign."""
    text = SHAPES[shape]
    files = {**FILES, THEME_FILE: text}
    before = demo(tmp_path, files)
    added = appended(text, THEME_FILE, draft_of(Wish("a-new-rule", Effect("merit")), before))
    after = demo(tmp_path, {**files, THEME_FILE: text + added})
    assert [rule for rule in after.rules if rule.id != "a-new-rule"] == list(before.rules)
    assert ("\r\n" in added) == ("\r\n" in text)
    assert added.count("\n") == added.count("\r\n") or "\r\n" not in text


@pytest.mark.parametrize(
    "text", ["rules: [{id: a}]\n", "rules: []\n", "rules:\n", "rules:\n  - {id: a}\n...\n", "{rules: [1]}\n"]
)
def test_where_nothing_can_be_put_behind_the_rules_it_is_said(text: str) -> None:
    """Rather than a file that no longer reads."""
    with pytest.raises(RuleError) as caught:
        appended(text, "theme.yaml", ["- id: a-new-rule"])
    assert [each.code for each in caught.value.complaints] == ["cannot-append"]


# ------------------------------------------------------------------------------------------ the command


@pytest.mark.parametrize(
    ("options", "effect", "theme"),
    [
        pytest.param((), "advice", "draft", marks=pytest.mark.deep),
        pytest.param(("--merit", "--theme", "pace"), "merit", "pace", marks=pytest.mark.deep),
        (("--concern", "wait", "--cites", "okay-to-send/flooding"), "wait", "pace"),
        pytest.param(
            ("--conclude", "note.pitch", "--fact", "note.present"),
            "conclude",
            "conclusions",
            marks=pytest.mark.deep,
        ),
    ],
)
def test_the_draft_is_written_listed_and_explained(
    cli: CommandLine, tmp_path: Path, options: tuple[str, ...], effect: str, theme: str
) -> None:
    """After it the folder still reads, and shows the draft where it was put."""
    rules = rules_of_ours(tmp_path / "own")
    path = rules / "rules" / "should-connect" / f"{theme}.yaml"
    before = path.read_bytes()
    told = cli("rules", "new", "a-rule-of-ours", *options, "--rules", rules)
    assert (told.code, told.out) == (0, ""), told.err
    assert path.read_bytes().startswith(before)
    listed = cli("rules", "list", "--rules", rules, "--theme", theme)
    assert listed.code == 0, listed.err
    line = next(line for line in listed.out.splitlines() if "a-rule-of-ours" in line)
    assert f"{effect} (draft)" in line
    assert "shown, but not evaluated" in cli("explain", "a-rule-of-ours", "--rules", rules).out
    assert cli("rules", "fmt", path, "--check").code == 0
    again = cli("rules", "new", "a-rule-of-ours", *options, "--rules", rules)
    assert (again.code, again.codes) == (2, ["duplicate-id"])


def test_a_trial_run_writes_nothing(cli: CommandLine, tmp_path: Path) -> None:
    """`--dry-run` shows the draft and leaves every file alone."""
    rules = rules_of_ours(tmp_path / "own")
    files = {path: path.read_bytes() for path in rules.rglob("*") if path.is_file()}
    told = cli("rules", "new", "a-rule-of-ours", "--dry-run", "--rules", rules)
    assert told.code == 0
    assert told.out.startswith("  - id: a-rule-of-ours\n")
    assert {path: path.read_bytes() for path in rules.rglob("*") if path.is_file()} == files


def test_everything_that_is_wrong_is_said_at_once(cli: CommandLine, tmp_path: Path) -> None:
    """Each under its option, with what was probably meant; and nothing is written."""
    rules = rules_of_ours(tmp_path / "own")
    options = ("--theme", "pase", "--cites", "flodding", "--fact", "note.pich", "--concern", "wiat")
    told = cli("rules", "new", "A Rule", *options, "--title", "\x1b[31m", "--rules", rules)
    assert told.code == 2
    found = {line.split(": ")[0]: line.split()[1] for line in told.err.splitlines() if line[0] != " "}
    assert found == {
        "ID": "bad-name", "--theme": "unknown-theme", "--cites": "unknown-passage",
        "--fact": "unknown-fact", "--concern": "unknown-verdict", "--title": "bad-character",
    }  # fmt: skip
    for meant in ("`pace`", "`okay-to-send/flooding`", "`note.pitch`", "`wait`"):
        assert meant in told.err


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--concern", "connect"), "concern-without-effect"),
        (("--conclude", "verdict.ground"), "not-a-conclusion"),
        (("--conclude", "note.present"), "not-a-conclusion"),
        (("--conclude", "note.pich"), "unknown-fact"),
        (("--conclude", "note.pitch", "--fact", "note.pitch"), "cyclic-rules"),
        (("--ground", "--fact", "verdict.ground"), "cyclic-rules"),
        (("--title", "\u2028x\u2029\x9b"), "bad-character"),
    ],
)
def test_a_rule_that_could_not_work_is_refused(cli: CommandLine, options: tuple[str, ...], code: str) -> None:
    """What the reader of rules would complain about is complained about before it is written."""
    told = cli("rules", "new", "a-rule-of-ours", *options, "--dry-run")
    assert told.code == 2
    assert f": {code} " in told.err


def test_two_effects_are_one_too_many(cli: CommandLine) -> None:
    """A rule does one thing."""
    assert cli("rules", "new", "a-rule-of-ours", "--ground", "--merit", "--dry-run").code == 2


def test_a_draft_for_the_installed_rules_can_be_looked_at(
    cli: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is written there, and what would be written can still be seen."""
    rules = rules_of_ours(tmp_path / "_data")
    monkeypatch.setattr(authored_files, "shipped", lambda: Folders(rules / "rules", rules / "knowledge"))
    assert cli("rules", "new", "a-rule-of-ours", "--rules", rules).codes == ["shipped-rules"]
    assert cli("rules", "new", "a-rule-of-ours", "--rules", rules, "--dry-run").code == 0


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="a folder nobody may write to")
def test_a_folder_that_cannot_be_written_to_is_said(cli: CommandLine, tmp_path: Path) -> None:
    """Nothing is left behind."""
    rules = rules_of_ours(tmp_path / "own")
    folder = rules / "rules" / "should-connect"
    folder.chmod(0o555)
    try:
        told = cli("rules", "new", "a-rule-of-ours", "--rules", rules)
    finally:
        folder.chmod(0o755)
    assert (told.code, told.codes) == (2, ["unwritable"])
