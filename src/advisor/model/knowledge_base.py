"""The knowledge base: consultations, library and lexicons together, with the hash that names them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from advisor.model.knowledge import Library
from advisor.model.lexicon import Lexicon
from advisor.model.rule import Consultation


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

    def consultation(self, name: str) -> Consultation:
        """The consultation called `name`.

        Raises:
            KeyError: where there is none.
        """
        return self.consultations[name]
