"""Whoever breaks a rule or a piece of knowledge is told where, what, and all of it at once."""

from __future__ import annotations

import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.catalog.load import load, read
from advisor.errors import Complaint, RuleError
from broken_knowledge import (
    ACTS,
    COMMON,
    CONCLUSIONS,
    CONSULTATION,
    ENGLISH,
    FACTS,
    GAPS,
    LANGUAGES,
    LOUD,
    PASSAGES,
    PLATFORM,
    READINGS,
    SETTINGS,
    SOURCES,
    VISITS,
    Break,
)
from small_knowledge import FILES, write

STRUCTURAL = ["note.words"]
"""Facts of the small knowledge base that a draft reader finds without the lexicon."""


def complaints_about(folder: Path, files: dict[str, str]) -> tuple[Complaint, ...]:
    """Load `files` from `folder`, which is emptied first."""
    shutil.rmtree(folder, ignore_errors=True)
    return read(*write(folder, files), structural=STRUCTURAL).complaints


@cache
def told_alone(folder: Path, fault: Break) -> tuple[Complaint, ...]:
    """What `fault` leads to where nothing else is wrong."""
    return complaints_about(folder, fault.files)


def standing_at(complaint: Complaint, files: dict[str, str]) -> str:
    """What stands in the file from the complaint's place on."""
    text = next(text for name, text in files.items() if complaint.file.endswith(name))
    return text.split("\n")[complaint.line - 1][complaint.column - 1 :]


def test_the_small_knowledge_base_has_no_fault(tmp_path: Path) -> None:
    """What the tests below complain about is what they broke."""
    assert complaints_about(tmp_path, dict(FILES)) == ()


@pytest.mark.parametrize("fault", [*LOUD, *GAPS], ids=lambda fault: f"{fault.code}: {fault.new[:40]}")
def test_each_fault_is_told_once_at_its_place(tmp_path: Path, fault: Break) -> None:
    """One fault makes one complaint, with a stable code, at the very place, with what to do about it."""
    complaints = complaints_about(tmp_path, fault.files)
    assert [complaint.code for complaint in complaints] == fault.code.split(), [*map(str, complaints)]
    told = complaints[-1]
    assert standing_at(told, fault.files).startswith(fault.points_at), str(told)
    assert fault.hint in told.hint


# ---------------------------------------------------------------- all at once

ONE_EACH = [
    next(fault for fault in LOUD if (fault.file, fault.code) == wanted)
    for wanted in [
        (CONSULTATION, "id-mismatch"),
        (FACTS, "ambiguous-word"),
        (SETTINGS, "unknown-passage"),
        (ACTS, "unknown-place"),
        (CONCLUSIONS, "cyclic-rules"),
        (VISITS, "unknown-verdict"),
        (SOURCES, "bad-date"),
        (PLATFORM, "missing-key"),
        (READINGS, "side-without-passage"),
        (PASSAGES, "unknown-value"),
        (ENGLISH, "bad-phrase"),
        (COMMON, "bad-name"),
        (LANGUAGES, "duplicate-id"),
    ]
]
"""Faults of all kinds, one in every file."""


def test_faults_in_all_files_are_told_together(tmp_path: Path) -> None:
    """Nobody has to mend twelve files one after the other to learn what is wrong with the last."""
    files = dict(FILES) | {fault.file: fault.files[fault.file] for fault in ONE_EACH}
    with pytest.raises(RuleError) as caught:
        load(*write(tmp_path, files))
    assert sorted(each.code for each in caught.value.complaints) == sorted(each.code for each in ONE_EACH)
    assert list(caught.value.complaints) == sorted(caught.value.complaints)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_faults_in_different_files_do_not_hide_one_another(tmp_path: Path, data: st.DataObject) -> None:
    """Together they lead to what each of them leads to alone; only hints may look at other files."""
    faults = data.draw(st.lists(st.sampled_from(ONE_EACH), min_size=1, max_size=4, unique=True))
    visits = data.draw(st.sampled_from([fault for fault in LOUD if fault.file == VISITS]))
    chosen = [*(fault for fault in faults if fault.file != VISITS), visits]
    alone = {replace(each, hint="") for fault in chosen for each in told_alone(tmp_path, fault)}
    files = dict(FILES) | {fault.file: fault.files[fault.file] for fault in chosen}
    assert {replace(each, hint="") for each in complaints_about(tmp_path, files)} == alone


def test_two_faults_in_one_rule_are_both_told(tmp_path: Path) -> None:
    """A key that does not belong there does not keep the condition from being read."""
    text = FILES[VISITS].replace("salience: 5", "saliense: 5").replace("- frequent\n", "- frequnet\n")
    complaints = complaints_about(tmp_path, {**FILES, VISITS: text})
    assert [complaint.code for complaint in complaints] == ["unknown-key", "unknown-fact"]


# ---------------------------------------------------------------- files that are not what they should be


@pytest.mark.parametrize("file", FILES)
def test_an_illegible_file_is_the_only_thing_complained_about(tmp_path: Path, file: str) -> None:
    """What other files say of it may be right, so they are left in peace."""
    complaints = complaints_about(tmp_path, {**FILES, file: FILES[file] + "]: ["})
    assert {Path(complaint.file).name for complaint in complaints} == {Path(file).name}
    assert [complaint.code for complaint in complaints] == ["syntax"]


@pytest.mark.parametrize("file", FILES)
def test_an_empty_file_is_complained_about_alone(tmp_path: Path, file: str) -> None:
    """An empty file is a file that somebody has not finished."""
    complaints = complaints_about(tmp_path, {**FILES, file: "# nothing yet\n"})
    assert {Path(complaint.file).name for complaint in complaints} == {Path(file).name}


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize(
    "content", ["- a\n- b\n", "text\n", "7\n", "{rules: 1, facts: 2}\n", "rules: [1, [], {}]\n"]
)
def test_a_file_of_another_shape_never_breaks_the_reader(tmp_path: Path, file: str, content: str) -> None:
    """Whatever stands in a file, its reader answers with complaints."""
    assert complaints_about(tmp_path, {**FILES, file: content})


@pytest.mark.parametrize(
    ("file", "code", "hint"),
    [
        ("knowledge/readingz.yaml", "stray-file", "`readings`"),
        ("knowledge/lexikon/de.yaml", "stray-file", "`lexicon`"),
        ("rules/loose.yaml", "stray-file", "move it"),
        ("rules/demo/deeper/rules.yaml", "stray-file", "move it"),
        ("rules/demo/visits.yml", "duplicate-file", "rename"),
        ("rules/other/facts.yaml", "missing-file", "the question"),
        ("rules/other/consultation.yaml", "missing-file", "what the rules may test"),
    ],
)
def test_files_in_the_wrong_place_are_not_passed_over(
    tmp_path: Path, file: str, code: str, hint: str
) -> None:
    """Who writes a rule where none is read would believe that it counts."""
    content = (
        FILES[CONSULTATION].replace("id: demo", "id: other") if "consultation" in file else "facts: {}\n"
    )
    (complaint,) = complaints_about(tmp_path, {**FILES, file: content})
    assert (complaint.code, complaint.line) == (code, 0)
    assert hint in complaint.hint


def test_passages_need_a_source_that_is_listed(tmp_path: Path) -> None:
    """Otherwise nobody knows when they should be read again."""
    file = "knowledge/passages/maners.yaml"
    files = {**FILES, file: "source: maners\npassages: []\n"}
    (complaint,) = complaints_about(tmp_path, files)
    assert (complaint.code, standing_at(complaint, files)) == ("unknown-source", "maners")
    assert "`manners`" in complaint.hint


def test_folders_that_are_not_there_are_told_both(tmp_path: Path) -> None:
    """A mistyped `--rules` gets an answer, not an empty knowledge base."""
    complaints = read(tmp_path / "rules", tmp_path / "knowledge").complaints
    assert [complaint.code for complaint in complaints] == ["no-such-folder"] * 2


def test_empty_folders_hold_no_knowledge_base(tmp_path: Path) -> None:
    """Nothing can be decided by no rules."""
    complaints = complaints_about(tmp_path, {"rules/README.md": "", "knowledge/README.md": ""})
    assert [complaint.code for complaint in complaints] == ["missing-file"] * 2


def test_an_undecodable_file_is_named(tmp_path: Path) -> None:
    """A file in another encoding is complained about, and the others are read all the same."""
    folders = write(tmp_path, {**FILES, VISITS: FILES[VISITS].replace("salience: 5", "saliense: 5")})
    (tmp_path / READINGS).write_bytes("title: B\u00fccher".encode("latin-1"))
    assert [complaint.code for complaint in read(*folders).complaints] == ["bad-encoding", "unknown-key"]
