"""The generated pages are complete and true, every link in them leads somewhere, and none is stale."""

from __future__ import annotations

import re
import shutil
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree as ET

import pytest

from advisor.catalog.codes import complaint_codes
from advisor.catalog.load import load
from advisor.report.docs.pages import MARK, is_page, pages
from advisor.workbench.documentation import documented
from command_line import CommandLine
from small_knowledge import FILES, write
from strategies import shipped_knowledge, should_connect

ROOT = Path(__file__).parents[1]
PAGES = pages(documented(shipped_knowledge(), "should-connect", complaint_codes()))
LINK = re.compile(r"\[(?:[^\[\]\\]|\\.|\[[^\]]*\]\([^)]*\))*\]\(([^)\s]+)\)")
ANCHOR = re.compile(r'<a id="([^"]+)"></a>')


def test_the_pages_in_the_repository_are_as_the_rules_are(cli: CommandLine) -> None:
    """Whoever changes a rule writes the pages anew; `make generated` does."""
    told = cli("rules", "docs", "--check", "--to", ROOT / "docs")
    assert (told.code, told.out) == (0, ""), told.out + "run `advisor rules docs`"


def test_every_rule_code_fact_setting_action_and_passage_has_its_place() -> None:
    """Nothing that somebody wrote is left out."""
    consultation, library = should_connect(), shipped_knowledge().library
    for rule in consultation.rules:
        page = PAGES[f"rules/{rule.id}.md"]
        assert f"`{rule.id}`" in page
        assert f"({rule.id}.md)" in PAGES["rules/README.md"].replace("../rules/", "")
        assert all(f"`{passage}`" in page for passage in rule.cites)
        assert all(f"`{name}`" in page for name in rule.facts if not name.startswith("rule:"))
    listed = {
        "facts.md": consultation.vocabulary.facts,
        "settings.md": consultation.settings,
        "conclusions.md": [spec.name for spec in consultation.vocabulary.conclusions],
        "passages.md": library.passages,
    }
    for page, names in listed.items():
        assert {name.replace("/", ".") for name in names} == set(ANCHOR.findall(PAGES[page])), page
    assert all(f"`{action.id}`" in PAGES["actions.md"] for action in consultation.actions.all)
    assert {f"codes/{code}.md" for code in complaint_codes()} <= PAGES.keys()


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
    for target in LINK.findall(PAGES[path]):
        file, _, place = target.partition("#")
        parts: list[str] = []
        for part in (PurePosixPath(path).parent / file).parts if file else PurePosixPath(path).parts:
            parts = parts[:-1] if part == ".." else [*parts, part]
        reached = "/".join(parts)
        assert reached in PAGES, f"{path} links to {target}"
        if place:
            assert place in ANCHOR.findall(PAGES[reached]), f"{path} links to {target}"


def test_anchors_are_unique_and_the_picture_is_well_formed() -> None:
    """A link leads to one place; the picture has words for those who cannot see it."""
    for path, text in PAGES.items():
        anchors = ANCHOR.findall(text)
        assert len(anchors) == len(set(anchors)), path
    picture = ET.fromstring(PAGES["rules/graph.svg"])  # noqa: S314 - our own
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
    (pages_of / "facts.md").unlink()
    told = cli("rules", "docs", "--to", pages_of, "--check")
    assert told.code == 1
    kinds = {line.split()[1].rpartition("/")[2]: line.split()[0] for line in told.out.splitlines()}
    assert kinds["a-rule-of-our-own.md"] == "extra"
    assert kinds["facts.md"] == "missing"
    assert kinds["README.md"] == "stale"
    assert cli("rules", "docs", "--to", pages_of).code == 0
    assert not page.exists()
    assert own.read_text(encoding="utf-8") == "# mine\n"
    assert cli("rules", "docs", "--to", pages_of, "--check").code == 0


def test_a_file_of_somebody_else_is_never_overwritten(cli: CommandLine, tmp_path: Path) -> None:
    """Where one stands in the place of a page, nothing at all is written."""
    (tmp_path / "facts.md").write_text("# facts of mine\n", encoding="utf-8")
    told = cli("rules", "docs", "--to", tmp_path)
    assert (told.code, told.codes) == (2, ["file-exists"])
    assert [path.name for path in tmp_path.iterdir()] == ["facts.md"]


def test_where_a_page_cannot_be_written_none_is(cli: CommandLine, tmp_path: Path) -> None:
    """A reader never finds half of the pages new and half of them old."""
    (tmp_path / "codes").write_text("a file where a folder should be\n", encoding="utf-8")
    told = cli("rules", "docs", "--to", tmp_path)
    assert (told.code, told.codes) == (2, ["unwritable"])
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [tmp_path / "codes"]


def test_pages_of_other_rules_are_links_and_all_the_same(tmp_path: Path) -> None:
    """Any knowledge base has pages, and every one is marked as written by us."""
    base = load(*write(tmp_path, FILES), structural=["note.words"])
    found = pages(documented(base, "demo", {}))
    assert {"rules/too-often.md", "rules/graph.svg", "actions.md"} <= found.keys()
    assert all(is_page(text) and MARK in text for text in found.values())
    assert found == pages(documented(base, "demo", {}))
    assert "in force" not in found["rules/too-often.md"]
    assert "formerly called | an-open-door" in found["rules/a-friend-at-an-open-door.md"]
