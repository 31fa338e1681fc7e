"""All pages of the generated documentation, by where they stand."""

from __future__ import annotations

from advisor.model.documentation import Documentation
from advisor.report import code_page
from advisor.report.docs import facts, lists, rules
from advisor.report.graph_svg import as_svg
from advisor.report.links import CONSULTATIONS, RULES, page_of_rule

MARK = "written by `advisor rules docs`; change the rules instead"
"""Stands in the first line of every page, so that no other file is ever taken for one."""
FOLDERS = ("", RULES, "codes", f"{CONSULTATIONS}/*")
"""Patterns of the folders that hold pages, below the documentation's own."""


def pages(docs: Documentation) -> dict[str, str]:
    """Every page's text by its path below the documentation's folder, with `/` between folders."""
    found = {
        f"{RULES}/README.md": rules.index(docs),
        "passages.md": lists.passages(docs),
        "codes/README.md": code_page.index_as_markdown(docs.codes.values()),
    }
    for part in docs.parts:
        folder = f"{CONSULTATIONS}/{part.consultation.id}"
        found |= {
            f"{folder}/README.md": rules.overview(part),
            f"{folder}/{rules.PICTURE}": as_svg(part.overview),
            f"{folder}/facts.md": facts.facts(part),
            f"{folder}/conclusions.md": facts.conclusions(part),
            f"{folder}/settings.md": lists.settings(part, docs.library),
        }
        if part.consultation.actions.all:
            found[f"{folder}/actions.md"] = lists.actions(part.consultation)
        found |= {
            f"{RULES}/{page_of_rule(rule.id)}": rules.page_of(rule, part, docs.library)
            for rule in part.consultation.written
        }
    found |= {
        f"codes/{name}.md": f"[Complaints](README.md)\n\n{code_page.as_markdown(code)}"
        for name, code in docs.codes.items()
    }
    return {path: f"<!-- {MARK} -->\n{text}" for path, text in sorted(found.items())}


def is_page(text: str) -> bool:
    """Whether a file that begins with `text` was written as a page before."""
    return text.split("\n", 1)[0] == f"<!-- {MARK} -->"
