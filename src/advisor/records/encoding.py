"""In which encoding a file is written: known where it is Unicode, else guessed, and said to be guessed.

A file is looked through once before it is read. What was once decoded wrongly and saved so is seen and left
as it stands: to repair it would be to guess a name.
"""

from __future__ import annotations

import codecs
import io
import re
from dataclasses import dataclass
from typing import BinaryIO, TextIO

from advisor.catalog.encoding import BOMS
from advisor.records.places import Source
from advisor.records.streams import Budget

_CHUNK = 2**20
_SAMPLE = 2**16
"""Bytes of telling lines that a guess rests on."""
_HEAD = 4_096
_HALF_EMPTY = 0.3
"""Share of zero bytes at even or at odd places by which UTF-16 is known without a mark."""
_GUESSES = [
    "cp1252", "mac_roman", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "koi8_r",
    "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr",
]  # fmt: skip
"""What spreadsheets save in where they do not save Unicode."""
_WESTERN = re.compile("[\x00-\x7f\u00c0-\u024f‘’“”–—…€•\u00a0-\u00bf]*")
_MOSTLY = 0.5
_MOJIBAKE = re.compile(
    "[\u00c2\u00c3][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u2018-\u203a]|â€"
)
UNDECODED = "\ufffd"
"""What stands where bytes could not be decoded."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a file is written."""

    name: str
    """As Python calls it."""
    mark: int = 0
    """Bytes of the mark at its beginning."""
    guessed: bool = False
    """Whether nothing proves it."""
    broken: bool = False
    """Whether some bytes do not fit it."""

    def open(self, source: Source, budget: Budget | None) -> TextIO:
        """Open `source` as text whose lines all end with a line feed; bytes that do not fit are marked."""
        stream = source.open(budget)
        stream.read(self.mark)
        return io.TextIOWrapper(stream, encoding=self.name, errors="replace", newline=None)


def encoding_of(source: Source) -> Encoding:
    """Find out how `source` is written.

    Raises:
        InputError: where it cannot be read, or is too large.
    """
    with source.open(None) as stream:
        head = stream.read(_HEAD)
        for mark, name in BOMS:
            if head.startswith(mark):
                return Encoding(name, len(mark))
        if (unmarked := _unmarked(head)) is not None:
            return Encoding(unmarked)
        if _fits_utf8(head, stream):
            return Encoding("utf-8")
    with source.open(None) as stream:
        return _guess(_telling(stream))


def is_garbled(text: str) -> bool:
    """Whether `text` was once decoded wrongly, or holds bytes that could not be decoded."""
    return UNDECODED in text or _MOJIBAKE.search(text) is not None


def _unmarked(head: bytes) -> str | None:
    half = len(head) // 2
    if not half:
        return None
    for first, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if head[first::2].count(0) > half * _HALF_EMPTY and head[1 - first :: 2].count(0) < half / 100:
            return name
    return None


def _fits_utf8(head: bytes, stream: BinaryIO) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    chunk = head
    try:
        while chunk:
            decoder.decode(chunk)
            chunk = stream.read(_CHUNK)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _telling(stream: BinaryIO) -> list[bytes]:
    """Lines with signs beyond ASCII, the last of the file among them where it is one."""
    lines: list[bytes] = []
    size = 0
    while size < _SAMPLE and (line := stream.readline(_SAMPLE)):
        if not line.isascii():
            lines.append(line)
            size += len(line)
    return lines


def _guess(lines: list[bytes]) -> Encoding:
    fit = sum(_is_utf8(line) for line in lines)
    if fit >= len(lines) - fit or _is_cut_short(lines):
        return Encoding("utf-8", broken=True)
    sample = b"".join(lines)
    try:
        text = sample.decode("cp1252")
    except UnicodeDecodeError:
        text = ""
    letters = [sign for sign in text if sign.isalpha()]
    foreign = sum(not sign.isascii() for sign in letters)
    if text and _WESTERN.fullmatch(text) and foreign < len(letters) * _MOSTLY:
        return Encoding("cp1252", guessed=True)
    from charset_normalizer import from_bytes  # only where plain attempts have failed: it takes its time

    best = from_bytes(sample, cp_isolation=_GUESSES).best()
    return Encoding(best.encoding if best is not None else "cp1252", guessed=True)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_cut_short(lines: list[bytes]) -> bool:
    """Whether the only fault is a last letter of which not all bytes are there."""
    try:
        b"".join(lines).decode("utf-8")
    except UnicodeDecodeError as fault:
        return fault.reason == "unexpected end of data"
    return True
