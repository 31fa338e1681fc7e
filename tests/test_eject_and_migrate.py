"""`advisor rules eject` and `advisor rules migrate`: files of one's own, and files of an older form."""

from __future__ import annotations

import json
import shutil
from pathlib import Path, PurePosixPath

import jsonschema
import pytest

import small_knowledge
from advisor import folders as package_folders
from advisor.catalog import migrations
from advisor.catalog.files import fingerprint, yaml_files
from advisor.catalog.forms import SCHEMA_VERSION
from advisor.catalog.kinds import KINDS, MODELINE, kind_of_file, schema_file
from advisor.catalog.load import read as read_folders
from advisor.catalog.migrations import MIGRATIONS, migrated, oldest_version, outdated
from advisor.catalog.text import parse
from advisor.errors import RuleError
from advisor.folders import Folders, shipped
from advisor.shells.workbench import authored_files
from advisor.workbench.formatting import formatted
from advisor.workbench.source_reader import comments_in
from command_line import CommandLine

HEAD = "rules/demo/consultation.yaml"
TEXTS = {PurePosixPath(name): text for name, text in small_knowledge.FILES.items()}
NAMES = {path: str(path) for path in TEXTS}


def contents(folder: Path) -> dict[str, bytes]:
    """Every file in `folder`, by its path."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


# ------------------------------------------------------------------ eject


def test_what_is_ejected_is_the_same_knowledge_base(cli: CommandLine, tmp_path: Path) -> None:
    """Same hash, no complaint, schemas where the first lines say, and a word on what to do next."""
    folder = tmp_path / "mine"
    outcome = cli("rules", "eject", folder)
    assert (outcome.code, outcome.out) == (0, "")
    assert f"advisor rules check {folder}" in outcome.err
    ours = shipped()
    assert fingerprint(folder / "rules", folder / "knowledge") == fingerprint(ours.rules, ours.knowledge)
    assert sorted(path.name for path in folder.iterdir()) == ["README.md", "docs", "knowledge", "rules"]
    for path in (*yaml_files(folder / "rules"), *yaml_files(folder / "knowledge")):
        text = path.read_text(encoding="utf-8")
        schema = path.parent / text.split("\n", 1)[0].removeprefix(MODELINE)
        judge = jsonschema.Draft202012Validator(json.loads(schema.read_text(encoding="utf-8")))
        judge.validate(parse(text, str(path)).data)
    readme = (folder / "README.md").read_text(encoding="utf-8")
    assert "advisor rules check ." in readme
    assert f"export ADVISOR_RULES={folder}" in readme
    assert cli("rules", "fmt", folder, "--check").code == 0
    assert cli("rules", "migrate", folder, "--check").code == 0
    assert cli("rules", "list", "--rules", folder).code == 0


def test_cases_and_laws_come_along(cli: CommandLine, tmp_path: Path) -> None:
    """Whatever stands among the shipped rules is copied, byte by byte."""
    ours, folder = shipped(), tmp_path / "mine"
    folder.mkdir()  # an empty folder will do
    assert cli("rules", "eject", folder).code == 0
    copied = contents(folder)
    for top, source in (("rules", ours.rules), ("knowledge", ours.knowledge)):
        for path in yaml_files(source):
            assert copied[f"{top}/{path.relative_to(source).as_posix()}"] == path.read_bytes()


def test_nothing_is_overwritten(cli: CommandLine, tmp_path: Path) -> None:
    """A folder that holds anything, a file, or a place that is not there is refused."""
    held = tmp_path / "held"
    held.mkdir()
    (held / ".hidden").write_text("x", encoding="utf-8")
    outcome = cli("rules", "eject", held)
    assert (outcome.code, outcome.codes) == (2, ["folder-not-empty"])
    assert contents(held) == {".hidden": b"x"}
    assert cli("rules", "eject", held / ".hidden").codes == ["not-a-folder"]
    assert cli("rules", "eject", tmp_path / "no" / "where").codes == ["unwritable"]
    (tmp_path / "link").symlink_to(tmp_path / "gone")
    assert cli("rules", "eject", tmp_path / "link").codes == ["unwritable"]


@pytest.mark.parametrize("made", [True, False])
def test_where_writing_fails_nothing_is_left(
    cli: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made: bool
) -> None:
    """The last part cannot be put into its place: those before it are taken back."""
    folder = tmp_path / "mine"
    if not made:
        folder.mkdir()
    rename = Path.rename

    def fail(self: Path, target: Path) -> Path:
        if self.name == "rules":
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail)
    outcome = cli("rules", "eject", folder)
    assert (outcome.code, outcome.codes) == (2, ["unwritable"])
    assert not folder.exists() if made else not contents(folder)


# ------------------------------------------------------------------ migrate


def test_an_old_copy_is_brought_up_to_date(cli: CommandLine, tmp_path: Path) -> None:
    """`--check` says what would change; then it changes, all data and comments stay, and never again."""
    rules, knowledge = small_knowledge.write(tmp_path)
    before = contents(tmp_path)
    outcome = cli("rules", "migrate", tmp_path, "--check")
    assert outcome.code == 1
    assert sorted(outcome.out.splitlines()) == sorted(str(tmp_path / name) for name in before)
    assert contents(tmp_path) == before
    outcome = cli("rules", "migrate", tmp_path)
    assert outcome.code == 0
    assert f"advisor schema --all {tmp_path}/docs/schemas" in outcome.err
    after = contents(tmp_path)
    assert after.keys() == before.keys()
    for name, text in after.items():
        kind = kind_of_file(PurePosixPath(name))
        assert kind is not None
        up = "../" * name.count("/")
        schema = schema_file(kind, "demo")
        assert text.startswith(f"{MODELINE}{up}docs/schemas/{schema}\n".encode())
    assert f"schema_version: {SCHEMA_VERSION}\nconsultation:\n".encode() in after[HEAD]
    assert not read_folders(rules, knowledge).complaints
    outcome = cli("rules", "migrate", tmp_path)
    assert (outcome.code, outcome.out) == (0, "")
    assert contents(tmp_path) == after


@pytest.mark.parametrize("name", small_knowledge.FILES)
def test_a_migration_adds_nothing_but_the_version(name: str) -> None:
    """What a file says is what it said, and its comments are still there behind the new first line."""
    path = PurePosixPath(name)
    text = "# The head.\n" + small_knowledge.FILES[name] + "# The end.\n"
    new = migrated({**TEXTS, path: text}, NAMES).texts[path]
    said = parse(new, name).data
    assert isinstance(said, dict)
    assert said.pop("schema_version", None) == (SCHEMA_VERSION if name == HEAD else None)
    assert said == parse(text, name).data
    assert comments_in(new)[1:] == comments_in(text)


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        ("consultation:\n", "schema_version: 2\nconsultation:\n"),
        ("schema_version: 1  # old\nconsultation:\n", "schema_version: 2  # old\nconsultation:\n"),
        ("consultation:\n  id: demo\nschema_version:\n", "consultation:\n  id: demo\nschema_version: 2\n"),
    ],
)
def test_the_version_is_stated_wherever_it_belongs(head: str, wanted: str) -> None:
    """An older version in the file is replaced, and what stands beside it stays."""
    path = PurePosixPath(HEAD)
    new = migrated({path: head}, {path: HEAD}).texts[path]
    assert new.split("\n", 1)[1] == wanted


def test_a_file_in_braces_is_brought_up_to_date_too() -> None:
    """The version goes into the braces."""
    path = PurePosixPath(HEAD)
    new = migrated({path: "{consultation: {id: demo}}\n"}, {path: HEAD}).texts[path]
    assert parse(new, HEAD).data == {"schema_version": 2, "consultation": {"id": "demo"}}


def test_files_that_name_a_schema_keep_the_one_they_name() -> None:
    """An author may keep schemas somewhere else."""
    path = PurePosixPath("knowledge/sources.yaml")
    text = f"# Ours.\n{MODELINE}elsewhere.json\nsources: []\n"
    assert path not in migrated({**TEXTS, path: text}, NAMES).texts


def test_a_file_that_came_later_gets_its_first_line() -> None:
    """Whoever adds a file need not know how the line goes; no migration is needed for that."""
    once = {**TEXTS, **migrated(TEXTS, NAMES).texts}
    late = PurePosixPath("rules/demo/cases/late.cases.yaml")
    result = migrated({**once, late: "cases: []\n"}, {**NAMES, late: str(late)})
    line = f"{MODELINE}../../../docs/schemas/demo/cases.json"
    assert (result.steps, dict(result.texts)) == ((), {late: f"{line}\ncases: []\n"})


def test_a_line_that_leads_to_where_a_schema_stood_is_put_right() -> None:
    """While all consultations shared one set, the line named no folder; what stands beside it stays."""
    once = {**TEXTS, **migrated(TEXTS, NAMES).texts}
    old = PurePosixPath("rules/demo/cases/old.cases.yaml")
    former = f"# Ours.\n{MODELINE}../../../docs/schemas/cases.json\ncases: []\n"
    result = migrated({**once, old: former}, {**NAMES, old: str(old)})
    now = f"# Ours.\n{MODELINE}../../../docs/schemas/demo/cases.json\ncases: []\n"
    assert dict(result.texts) == {old: now}
    assert not migrated({**once, **result.texts}, {**NAMES, old: str(old)}).texts


def test_a_newer_form_is_refused_by_all_who_read_it(cli: CommandLine, tmp_path: Path) -> None:
    """The complaint says to update, at its place, and complains about nothing else in that file."""
    text = f"schema_version: {SCHEMA_VERSION + 1}\nnews: 1\n" + small_knowledge.FILES[HEAD]
    rules, knowledge = small_knowledge.write(tmp_path, {**small_knowledge.FILES, HEAD: text})
    complaints = [each for each in read_folders(rules, knowledge).complaints if each.file.endswith(HEAD)]
    assert [(each.code, each.line, each.column) for each in complaints] == [("newer-schema", 1, 17)]
    assert complaints[0].hint == "update advisor"
    before = contents(tmp_path)
    for command in ("migrate", "check"):
        outcome = cli("rules", command, tmp_path)
        assert outcome.code == 3
        assert "newer-schema" in outcome.out + outcome.err
    assert contents(tmp_path) == before


@pytest.mark.parametrize("version", ["0", "-1", "yes", "two", "[2]"])
def test_a_version_that_is_none_is_complained_about(version: str) -> None:
    """It is neither guessed nor migrated from."""
    path = PurePosixPath(HEAD)
    text = f"schema_version: {version}\n" + small_knowledge.FILES[HEAD]
    with pytest.raises(RuleError, match="wrong-type"):
        migrated({**TEXTS, path: text}, NAMES)


def test_a_file_that_cannot_be_read_stops_everything(cli: CommandLine, tmp_path: Path) -> None:
    """All or nothing: no file changes while one is broken."""
    small_knowledge.write(tmp_path, {**small_knowledge.FILES, "knowledge/sources.yaml": "a: [\n"})
    before = contents(tmp_path)
    assert cli("rules", "migrate", tmp_path).code == 3
    assert contents(tmp_path) == before


def test_an_older_form_is_read_and_warned_about() -> None:
    """The warning names what brings it up to date."""
    warnings = outdated(TEXTS, NAMES)
    assert [(each.code, each.severity, each.file) for each in warnings] == [("older-schema", "warning", HEAD)]
    assert "advisor rules migrate" in warnings[0].hint
    assert outdated(migrated(TEXTS, NAMES).texts, NAMES) == []


def test_the_migrations_lead_to_the_form_of_today_step_by_step() -> None:
    """None is left out, none stands twice, and every one can be run again."""
    assert [step.to for step in MIGRATIONS] == list(range(2, SCHEMA_VERSION + 1))
    assert oldest_version(TEXTS, NAMES) == 1
    once = {**TEXTS, **migrated(TEXTS, NAMES).texts}
    assert oldest_version(once, NAMES) == SCHEMA_VERSION
    for step in MIGRATIONS:
        assert step.change(once) == once
    assert not migrated(once, NAMES).texts


def test_a_step_is_taken_only_from_older_forms(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was migrated before is not migrated again, and steps follow one another."""
    taken: list[int] = []

    def step(number: int) -> migrations.Migration:
        return migrations.Migration(number, "", lambda texts: (taken.append(number), dict(texts))[1])

    monkeypatch.setattr(migrations, "SCHEMA_VERSION", 4)
    monkeypatch.setattr(migrations, "MIGRATIONS", (step(2), step(3), step(4)))
    path = PurePosixPath(HEAD)
    migrated({**TEXTS, path: f"schema_version: 2\n{small_knowledge.FILES[HEAD]}"}, NAMES)
    assert taken == [3, 4]


def test_what_is_migrated_can_be_laid_out() -> None:
    """The first line stays the first, as editors want it."""
    for path, text in migrated(TEXTS, NAMES).texts.items():
        assert formatted(text, str(path)).startswith(MODELINE)
    assert len(KINDS) >= len({kind_of_file(path) for path in TEXTS})


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data of an installed package, from which everything is taken."""
    ours = shipped()
    data = tmp_path / "advisor" / "_data"
    shutil.copytree(ours.rules, data / "rules")
    shutil.copytree(ours.knowledge, data / "knowledge")
    there = Folders(data / "rules", data / "knowledge")
    monkeypatch.setattr(package_folders, "shipped", lambda: there)
    monkeypatch.setattr(authored_files, "shipped", lambda: there)
    return data


@pytest.mark.parametrize(
    "command",
    [
        ("fmt",),
        ("fmt", "DATA"),
        ("fmt", "DATA/rules/laws.yaml"),
        ("migrate",),
        ("migrate", "DATA"),
        ("mutate", "--rule", "weekly-limit-reached", "--write-cases"),
        ("mutate", "DATA/rules", "--rule", "weekly-limit-reached", "--write-cases"),
        ("new", "a-rule-of-ours"),
        ("new", "a-rule-of-ours", "--rules", "DATA"),
    ],
    ids=" ".join,
)
def test_the_files_of_an_installation_are_not_changed_in_place(
    cli: CommandLine,
    installed: Path,
    command: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whoever names no folder, or that of the package, is told to eject a copy first."""
    monkeypatch.chdir(tmp_path)  # where no rules are, those of the package are in use
    laws = installed / "rules" / "laws.yaml"
    laws.write_text(laws.read_text(encoding="utf-8").replace("laws:", "laws:  ", 1), encoding="utf-8")
    before = contents(installed)
    outcome = cli("rules", *(word.replace("DATA", str(installed)) for word in command))
    assert (outcome.code, outcome.codes) == (2, ["shipped-rules"])
    assert "advisor rules eject DIR" in outcome.err
    assert contents(installed) == before


@pytest.mark.parametrize("command", ["fmt", "migrate"])
def test_own_rules_beside_the_knowledge_of_an_installation(
    cli: CommandLine, installed: Path, tmp_path: Path, command: str
) -> None:
    """Where only the rules are one's own, they are changed, and the knowledge is not."""
    own = tmp_path / "own" / "rules"
    shutil.copytree(installed / "rules", own)
    for place in (own / "laws.yaml", installed / "knowledge" / "sources.yaml"):
        lines = place.read_text(encoding="utf-8").splitlines()[1:]
        place.write_text("\n".join(["", "", *lines, ""]), encoding="utf-8")
    before, ours = contents(installed), contents(own)
    assert cli("rules", command, "--rules", own).code == 0
    assert contents(installed) == before
    assert contents(own) != ours
