"""The generated pages are complete and true, every link in them leads somewhere, and none is stale."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree as ET

import pytest

from advisor.catalog.codes import complaint_codes
from advisor.catalog.load import load
from advisor.model.knowledge_base import KnowledgeBase
from advisor.model.rule import Consultation
from advisor.report.docs.pages import MARK, is_page, pages
from advisor.workbench.documentation import documented
from command_line import CommandLine
from second_consultation import HABITS, beside_the_shipped
from small_knowledge import BORROWING, FILES, write
from strategies import shipped_knowledge

ROOT = Path(__file__).parents[1]
PAGES = pages(documented(shipped_knowledge(), complaint_codes()))
LINK = re.compile(r"\[(?:[^\[\]\\]|\\.|\[[^\]]*\]\([^)]*\))*\]\(([^)\s]+)\)")
ANCHOR = re.compile(r'<a id="([^"]+)"></a>')


def test_the_pages_in_the_repository_are_as_the_rules_are(cli: CommandLine) -> None:
    """Whoever changes a rule writes the pages anew; `make generated` does."""
    told = cli("rules", "docs", "--check", "--to", ROOT / "docs")
    assert (told.code, told.out) == (0, ""), told.out + "run `advisor rules docs`"


def test_every_rule_code_fact_setting_action_and_passage_has_its_place() -> None:
    """Nothing that somebody wrote is left out."""
    for consultation in shipped_knowledge().consultations.values():
        assert_complete(consultation, PAGES)
    passages = {name.replace("/", ".") for name in shipped_knowledge().library.passages}
    assert passages == set(ANCHOR.findall(PAGES["passages.md"]))
    assert {f"codes/{code}.md" for code in complaint_codes()} <= PAGES.keys()


def assert_complete(consultation: Consultation, found: Mapping[str, str]) -> None:
    """What is written for one consultation has its place, and what it borrows leads to its home."""
    folder = f"consultations/{consultation.id}"
    assert f"]({PurePosixPath('..', folder)}/README.md)" in found["rules/README.md"]
    for rule in consultation.written:
        page = found[f"rules/{rule.id}.md"]
        assert f"`{rule.id}`" in page
        assert f"(../../rules/{rule.id}.md)" in found[f"{folder}/README.md"]
        assert all(f"`{passage}`" in page for passage in rule.cites)
        assert all(f"`{name}`" in page for name in rule.facts if not name.startswith("rule:"))
    own = consultation.own_facts
    listed = {
        "facts.md": [spec.name for spec in own],
        "settings.md": [each.name for each in consultation.own_settings],
        "conclusions.md": [spec.name for spec in own if spec.origin == "concluded"],
    }
    for page, names in listed.items():
        assert set(names) == set(ANCHOR.findall(found[f"{folder}/{page}"])), page
    for page, names in (
        ("facts.md", consultation.borrowed.facts),
        ("settings.md", consultation.borrowed.settings),
    ):
        for name in names:
            lender = f"consultations/{consultation.borrows}/{page}#{name}"
            assert f"[`{name}`](../../{lender})" in found[f"{folder}/{page}"]
    for action in consultation.actions.all:
        assert f"`{action.id}`" in found[f"{folder}/actions.md"]


@pytest.fixture(scope="module")
def borrowing(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """A small knowledge base with a second consultation, which borrows from the first."""
    return load(*write(tmp_path_factory.mktemp("small"), BORROWING), structural=["note.words"])


def test_each_consultation_has_its_pages_and_they_are_linked(borrowing: KnowledgeBase) -> None:
    """Whoever reads of a borrowed name is led to its home, and the home names those that borrow it."""
    found = pages(documented(borrowing, {}))
    for consultation in borrowing.consultations.values():
        assert_complete(consultation, found)
    for path in found:
        if path.endswith(".md"):
            assert_links_lead_somewhere(path, found)
    assert "consultations/rounds/actions.md" not in found
    home = found["rules/comes-often.md"]
    assert "borrowed by [`rounds`](../consultations/rounds/README.md)" in home
    assert "(../rules/stay-at-home.md)" in home
    assert "(../../rules/seldom.md)" in found["consultations/demo/settings.md"]
    assert found["passages.md"].count("(./rules/stay-at-home.md)") == 2


def test_passages_without_a_rule_say_why() -> None:
    """A reader sees that a point was not forgotten."""
    for passage in shipped_knowledge().library.passages.values():
        entry = (
            PAGES["passages.md"].split(f'<a id="{passage.id.replace("/", ".")}"></a>')[1].split("<a id=")[0]
        )
        assert re.search(r"^- (rules: \[|cited by a setting|no rule: \S)", entry, re.MULTILINE), passage.id


@pytest.mark.parametrize("path", [path for path in PAGES if path.endswith(".md")])
def test_every_link_leads_to_a_page_and_a_place_on_it(path: str) -> None:
    """Relative links only, so that they work in a checkout, on GitHub and in any copy."""
    assert_links_lead_somewhere(path, PAGES)


def assert_links_lead_somewhere(path: str, found: Mapping[str, str]) -> None:
    """Follow every link of one page."""
    for target in LINK.findall(found[path]):
        file, _, place = target.partition("#")
        parts: list[str] = []
        for part in (PurePosixPath(path).parent / file).parts if file else PurePosixPath(path).parts:
            parts = parts[:-1] if part == ".." else [*parts, part]
        reached = "/".join(parts)
        assert reached in found, f"{path} links to {target}"
        if place:
            assert place in ANCHOR.findall(found[reached]), f"{path} links to {target}"


def test_anchors_are_unique_and_the_picture_is_well_formed() -> None:
    """A link leads to one place; the picture has words for those who cannot see it."""
    for path, text in PAGES.items():
        anchors = ANCHOR.findall(text)
        assert len(anchors) == len(set(anchors)), path
    picture = ET.fromstring(PAGES["consultations/should-connect/graph.svg"])  # noqa: S314 - our own
    assert [child.tag.rpartition("}")[2] for child in picture][:2] == ["title", "desc"]


def test_every_block_of_code_is_closed() -> None:
    """What follows a picture or an example is text again."""
    for path, text in PAGES.items():
        fences = re.findall(r"^(`{3,})(\w*)$", text, re.MULTILINE)
        assert len(fences) % 2 == 0, path
        assert all(not name for _, name in fences[1::2]), path


# ------------------------------------------------------------------------------------------ writing


def rules_of_ours(folder: Path, **changes: str) -> Path:
    """A copy of the shipped rules, whose files are changed by `changes`, `{theme: text to append}`."""
    for name in ("rules", "knowledge"):
        shutil.copytree(ROOT / name, folder / name)
    for theme, text in changes.items():
        path = folder / "rules" / "should-connect" / f"{theme}.yaml"
        path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
    return folder


DRAFT = """
  - id: a-rule-of-our-own
    title: A rule | with <signs> & [brackets](x)
    status: draft
    when: note.present
    then: advice
    message: "Say `hello` *there*."
"""


def test_pages_are_written_compared_and_removed(cli: CommandLine, tmp_path: Path) -> None:
    """A page comes with its rule, is stale when the rule changes, and goes with it."""
    rules, pages_of = rules_of_ours(tmp_path / "own", pace=DRAFT), tmp_path / "pages"
    assert cli("rules", "docs", "--to", pages_of, "--rules", rules).code == 0
    assert cli("rules", "docs", "--to", pages_of, "--rules", rules, "--check").code == 0
    page = pages_of / "rules" / "a-rule-of-our-own.md"
    assert "A rule \\| with \\<signs\\> \\& \\[brackets\\](x)" in page.read_text(encoding="utf-8")
    own = pages_of / "rules" / "notes-of-mine.md"
    own.write_text("# mine\n", encoding="utf-8")
    page.write_text(page.read_text(encoding="utf-8") + "more\n", encoding="utf-8")
    (pages_of / "passages.md").unlink()
    told = cli("rules", "docs", "--to", pages_of, "--check")
    assert told.code == 1
    kinds = {line.split()[1].rpartition("/")[2]: line.split()[0] for line in told.out.splitlines()}
    assert kinds["a-rule-of-our-own.md"] == "extra"
    assert kinds["passages.md"] == "missing"
    assert kinds["README.md"] == "stale"
    assert cli("rules", "docs", "--to", pages_of).code == 0
    assert not page.exists()
    assert own.read_text(encoding="utf-8") == "# mine\n"
    assert cli("rules", "docs", "--to", pages_of, "--check").code == 0


def test_the_pages_of_a_consultation_go_with_it(cli: CommandLine, tmp_path: Path) -> None:
    """Its rules, its lists and its picture are removed, and nothing of the other is."""
    rules, pages_of = beside_the_shipped(tmp_path / "own"), tmp_path / "pages"
    assert cli("rules", "docs", "--to", pages_of, "--rules", rules).code == 0
    assert (pages_of / "consultations" / HABITS / "graph.svg").is_file()
    shutil.rmtree(rules / "rules" / HABITS)
    told = cli("rules", "docs", "--to", pages_of, "--rules", rules, "--check")
    extra = [line.split()[1] for line in told.out.splitlines() if line.startswith("extra")]
    assert {Path(each).name for each in extra if HABITS in each and "habits-" not in each} == {
        "README.md", "facts.md", "conclusions.md", "settings.md", "graph.svg",
    }  # fmt: skip
    assert cli("rules", "docs", "--to", pages_of, "--rules", rules).code == 0
    assert not list((pages_of / "consultations").glob(f"{HABITS}/*"))
    assert (pages_of / "consultations" / "should-connect" / "facts.md").is_file()


def test_a_file_of_somebody_else_is_never_overwritten(cli: CommandLine, tmp_path: Path) -> None:
    """Where one stands in the place of a page, nothing at all is written."""
    (tmp_path / "passages.md").write_text("# passages of mine\n", encoding="utf-8")
    told = cli("rules", "docs", "--to", tmp_path)
    assert (told.code, told.codes) == (2, ["file-exists"])
    assert [path.name for path in tmp_path.iterdir()] == ["passages.md"]


def test_where_a_page_cannot_be_written_none_is(cli: CommandLine, tmp_path: Path) -> None:
    """A reader never finds half of the pages new and half of them old."""
    (tmp_path / "codes").write_text("a file where a folder should be\n", encoding="utf-8")
    told = cli("rules", "docs", "--to", tmp_path)
    assert (told.code, told.codes) == (2, ["unwritable"])
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [tmp_path / "codes"]


def test_pages_of_other_rules_are_links_and_all_the_same(tmp_path: Path) -> None:
    """Any knowledge base has pages, and every one is marked as written by us."""
    base = load(*write(tmp_path, FILES), structural=["note.words"])
    found = pages(documented(base, {}))
    folder = "consultations/demo"
    assert {"rules/too-often.md", f"{folder}/graph.svg", f"{folder}/actions.md"} <= found.keys()
    assert all(is_page(text) and MARK in text for text in found.values())
    assert found == pages(documented(base, {}))
    assert "in force" not in found["rules/too-often.md"]
    assert "formerly called | an-open-door" in found["rules/a-friend-at-an-open-door.md"]
