"""The made-up names and sentences of `filler.yaml`, as data: what the other strategies draw from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

Texts = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Filler:
    """Everything in the file; its comments say what each part is."""

    people: tuple[Texts, ...]
    """First name, last name and, where they are told, the form of the whole and the nickname."""
    syllables: Mapping[str, Texts]
    """By script: the letters with which a made-up syllable begins, and those with which it ends."""
    forms: Texts
    """Forms of whole names, for made-up people."""
    companies: Texts
    titles: Texts
    industries: Texts
    events: Texts
    works: Texts
    mutuals: Texts
    places: Texts
    senders: Texts
    details: Texts
    vague_days: Texts
    """Days in words, which nobody can reckon with."""
    greetings: Mapping[str, Texts]
    """What stands first in a note, by whom it greets."""
    sentences: Mapping[str, Texts]
    """Sentences of a note, by what is planted with them."""
    placeholders: Texts
    """Gaps that somebody forgot to fill in."""
    rambling: str
    """A sentence that makes a note too long where it is repeated."""
    sign_off: str
    notes_of_nothing: Texts
    """Drafts that say that there is no note."""


@lru_cache(maxsize=1)
def filler() -> Filler:
    """The file, read once."""
    text = files("advisor.testing").joinpath("filler.yaml").read_text(encoding="utf-8")
    return Filler(**{name: _frozen(value) for name, value in yaml.safe_load(text).items()})


def _frozen(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_frozen(each) for each in value)
    return {str(name): _frozen(each) for name, each in value.items()} if isinstance(value, dict) else value
