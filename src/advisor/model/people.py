"""Which person is meant: the key of a profile's address, and of a name that somebody recorded.

Two recorded names that have one key are spelt alike, which does not make them one person: whoever looks
people up by name has to reckon with two of that name. Pure; it refuses to guess at misspellings.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Protocol

from advisor.model.tokens import fold

_PROFILE = re.compile(r"(?:^|/)in/+([^/?#\s]+)", re.IGNORECASE)
_HOST = re.compile(r"^(?:[a-z][a-z0-9+.-]*:)?//|^[^/?#]*\.[^/?#]*(?:/|$)", re.IGNORECASE)
_OURS = re.compile(r"^(?:https?:)?(?://)?(?:[\w-]+\.)*linkedin\.com(?::\d+)?/", re.IGNORECASE)
_ENCODED = re.compile(r"(?:%[0-9a-f]{2})+", re.IGNORECASE)
_BRACKETS = re.compile(r"[(\[{<][^)\]}>]*[)\]}>]")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9' -]*")
_NO_LETTERS = re.compile(r"[^\w'\s]+")
_NAME_BEFORE_COMMA = 2
"""Words that stand before a comma where what follows it is a title: `Jane Doe, PhD`, but not `Doe, Jane`."""
_USUAL = "https://www.linkedin.com/in/"
_PLAIN_SLUG = re.compile(r"[a-z0-9-]+/?")


class Named(Protocol):
    """A record of one person, or about one."""

    @property
    def name(self) -> str:
        """As it was recorded; may be empty."""

    @property
    def slug(self) -> str:
        """Key of their profile's address; empty where none is recorded."""


def profile_slug(address: str) -> str:
    """The last part of a profile's address, lower-cased and decoded; empty where it is no such address.

    >>> profile_slug("http://uk.linkedin.com/in/Jos%C3%A9-Silva/?trk=x"), profile_slug("in/ana")
    ('josé-silva', 'ana')
    >>> profile_slug("https://example.org/in/ana"), profile_slug("ana")
    ('', '')
    """
    if address.startswith(_USUAL) and _PLAIN_SLUG.fullmatch(address, len(_USUAL)):
        return address[len(_USUAL) :].rstrip("/")
    address = address.strip()
    if _HOST.match(address) and not _OURS.match(address):
        return ""
    found = _PROFILE.search(address)
    if found is None:
        return ""
    return unicodedata.normalize("NFC", _ENCODED.sub(_decoded, found[1])).casefold()


def _decoded(run: re.Match[str]) -> str:
    try:
        return bytes.fromhex(run[0].replace("%", "")).decode()
    except UnicodeDecodeError:
        return run[0]


def name_key(name: str) -> str:
    """`name` without case, accents, signs, and titles behind a comma or in brackets; empty where it is none.

    >>> name_key("José  da Silva, MBA"), name_key("Anna-Lena Berg (she/her) 🌱")
    ('jose da silva', 'anna lena berg')
    """
    if name.isascii() and _PLAIN_NAME.fullmatch(name):  # most names, and there may be a million of them
        return " ".join(name.lower().replace("-", " ").split())
    name = _BRACKETS.sub(" ", name)
    before, comma, _ = name.partition(",")
    if comma and len(before.split()) >= _NAME_BEFORE_COMMA:
        name = before
    return " ".join(_NO_LETTERS.sub(" ", fold(name)).split())
