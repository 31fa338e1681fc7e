"""Links between the pages of the generated documentation; without a root, names stand there unlinked.

A rule has a page of its own, whichever consultation it is written for: ids are unique over all. Facts and
settings are listed for each consultation, and what is borrowed leads to the consultation that it comes from.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from advisor.model.rule import Borrowed, Consultation
from advisor.report.markdown import escaped

RULES, CONSULTATIONS = "rules", "consultations"
"""Folders of pages: of rules, and of a folder for each consultation."""


@dataclass(frozen=True, slots=True)
class Links:
    """Where the pages lie, seen from the page that links to them."""

    root: str | None = None
    """The way to the documentation's folder, such as `..`; None where nothing is linked."""
    consultation: str = ""
    """The consultation that the page is about."""
    lender: str = ""
    """The one that it borrows from."""
    borrowed: Borrowed = field(default_factory=Borrowed)

    @classmethod
    def about(cls, consultation: Consultation, root: str) -> Links:
        """Links from pages about `consultation`."""
        return cls(root, consultation.id, consultation.borrows, consultation.borrowed)

    def rule(self, rule_id: str, title: str = "") -> str:
        """A rule, by its title where one is given."""
        shown = escaped(title) if title else f"`{rule_id}`"
        return self._to(shown, f"{RULES}/{page_of_rule(rule_id)}")

    def fact(self, name: str) -> str:
        """A fact, on the page of the vocabulary."""
        return self._to(f"`{name}`", f"{self._folder(name in self.borrowed.facts)}/facts.md#{name}")

    def conclusion(self, name: str) -> str:
        """A conclusion, on the page that says who draws it."""
        return self._to(f"`{name}`", f"{self._folder(name in self.borrowed.facts)}/conclusions.md#{name}")

    def setting(self, name: str) -> str:
        """A setting, on the page of settings."""
        return self._to(f"`{name}`", f"{self._folder(name in self.borrowed.settings)}/settings.md#{name}")

    def passage(self, passage_id: str) -> str:
        """A passage, on the page of passages."""
        return self._to(f"`{passage_id}`", f"passages.md#{passage_id.replace('/', '.')}")

    def theme(self, shown: str, theme: str) -> str:
        """A theme, in the list of rules."""
        return self._to(shown, f"{self._folder()}/README.md#theme-{theme}")

    def overview(self, consultation: str = "") -> str:
        """The list of the rules of a consultation; without a name, of the one that the page is about."""
        name = consultation or self.consultation
        return self._to(f"`{name}`", f"{CONSULTATIONS}/{name}/README.md")

    def _folder(self, borrowed: bool = False) -> str:
        return f"{CONSULTATIONS}/{self.lender if borrowed else self.consultation}"

    def _to(self, shown: str, target: str) -> str:
        return shown if self.root is None else f"[{shown}]({self.root}/{target})"


def page_of_rule(rule_id: str) -> str:
    """The name of a rule's page; the underscore, which no id has, keeps it apart from the index.

    >>> page_of_rule("no-note"), page_of_rule("readme")
    ('no-note.md', 'readme_.md')
    """
    return f"{rule_id}_.md" if rule_id == "readme" else f"{rule_id}.md"


def anchor(name: str) -> str:
    """A place on a page that links can lead to.

    >>> anchor("okay-to-send/flooding")
    '<a id="okay-to-send.flooding"></a>'
    """
    return f'<a id="{name.replace("/", ".")}"></a>'
