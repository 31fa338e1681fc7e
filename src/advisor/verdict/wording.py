"""Words for findings: the placeholders of messages filled in.

How conditions are said in plain words is the model's business, since the pages of rules say them too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from advisor.model.rule import Consultation
from advisor.model.vocabulary import FactValue
from advisor.model.wording import in_words

__all__ = ["UNKNOWN", "fill", "in_words", "placeholders_in", "plain", "quoted_texts"]

_PLACE = re.compile(r"\{(\$?[\w.]+)\}")
UNKNOWN = "an unknown number of"
"""Stands in a message for a number that nobody told; the catalog refuses messages that could need it."""


def plain(value: FactValue | None) -> bool | int | str | tuple[str, ...] | None:
    """The value of a fact as JSON can hold it."""
    return tuple(sorted(value)) if isinstance(value, frozenset) else value


def fill(
    template: str, consultation: Consultation, facts: Mapping[str, FactValue], words: Mapping[str, str]
) -> str:
    """Put facts, settings and told texts into a message: `{pace.today}`, `{$limit}`, `{prospect.name}`."""

    def value(match: re.Match[str]) -> str:
        name = match[1]
        if name.startswith("$"):
            return str(consultation.settings[name[1:]].value)
        if name in words:
            return words[name]
        return str(facts[name]) if name in facts else UNKNOWN

    return _PLACE.sub(value, template)


def placeholders_in(template: str) -> set[str]:
    """Names of everything that `template` quotes."""
    return set(_PLACE.findall(template))


def quoted_texts(template: str, words: Mapping[str, str]) -> str:
    """Put told texts into a template that quotes nothing else.

    >>> quoted_texts("We met at {met.where}.", {"met.where": "PyCon"})
    'We met at PyCon.'
    """
    return _PLACE.sub(lambda match: words[match[1]], template)
