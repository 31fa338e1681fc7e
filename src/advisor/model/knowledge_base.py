"""The knowledge base: consultations, library and lexicons together, with the hash that names them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from advisor.errors import UnknownName
from advisor.model.knowledge import Library
from advisor.model.lexicon import Lexicon
from advisor.model.names import did_you_mean
from advisor.model.rule import Consultation, Rule


@dataclass(frozen=True, slots=True)
class KnowledgeBase:
    """Everything that rule keepers write, read and checked."""

    consultations: Mapping[str, Consultation]
    library: Library
    lexicons: Mapping[str, Lexicon] = field(default_factory=dict)
    """By language code; `mul` holds what is common to all languages."""
    sha256: str = ""
    """Hash of the content of all files, independent of where they lie."""
    origin: str = ""
    """Where it was read from, for people; never part of a result."""

    def on(self, day: date) -> KnowledgeBase:
        """The knowledge base as it is on `day`; see `Consultation.on`."""
        if not any(each.turns for each in self.consultations.values()):
            return self
        return replace(self, consultations={name: each.on(day) for name, each in self.consultations.items()})

    def rule(self, name: str) -> Rule | None:
        """The rule of whichever consultation that is called `name` or was called so before; else None."""
        rules = [rule for each in self.consultations.values() for rule in each.written]
        now = next((rule for rule in rules if rule.id == name), None)
        return now or next((rule for rule in rules if name in rule.formerly), None)

    def home(self, rule: Rule) -> Consultation:
        """The consultation that `rule`, one of these rules, is written for.

        Raises:
            KeyError: where it is none of these rules.
        """
        for consultation in self.consultations.values():
            if any(each.id == rule.id for each in consultation.written):
                return consultation
        raise KeyError(rule.id)

    def borrowers(self, name: str) -> tuple[Consultation, ...]:
        """The consultations that borrow from the one called `name`."""
        return tuple(each for each in self.consultations.values() if each.borrows == name)

    def consultation(self, name: str) -> Consultation:
        """The consultation called `name`.

        Raises:
            UnknownName: where there is none, with those that there are or the likeliest of them.
        """
        if name not in self.consultations:
            there = tuple(self.consultations)
            raise UnknownName("consultation", name, did_you_mean(name, there) or there)
        return self.consultations[name]
