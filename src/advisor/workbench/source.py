"""An authored file as its author sees it: entries with their comments, blank lines and words as written.

It is what a formatter works on: the data is what the one reader of YAML says (`catalog.text`), and this adds
where everything stands. Every comment belongs to one entry: to the one that it stands before or beside, or,
where it is indented like the entries of a block that ends there, to that block.
"""

from __future__ import annotations

from dataclasses import dataclass, field

BLANK = ""
"""In what stands before an entry: a blank line, or several."""


class Unfamiliar(Exception):
    """The file uses a form of YAML that this does not know how to lay out."""


@dataclass
class Leaf:
    """A scalar, or a list or mapping in brackets."""

    text: str
    """As it is written; empty where nothing is."""
    block: bool = False
    """Whether it is a text behind `|` or `>`, which then is in `lines`."""
    lines: tuple[str, ...] = ()
    """Lines of a text behind `|` or `>`, without their indentation."""
    flow: Flow | None = None
    """What stands in the brackets; None for scalars, and where comments or broken lines are in it."""

    @property
    def keeps_blanks(self) -> bool:
        """Whether blank lines after it are a part of it."""
        return self.block and "+" in self.text


@dataclass
class Pair:
    """One key with its value, or one item, in brackets."""

    key: str
    """As it is written; empty for items."""
    value: str | Flow
    fresh: bool
    """Whether its author began a line with it."""


@dataclass
class Flow:
    """A list or mapping in brackets."""

    pairs: list[Pair]
    mapping: bool


@dataclass
class Entry:
    """One key with its value, or one item of a list."""

    key: str
    """As it is written; empty for items."""
    value: Leaf | Block
    before: list[str] = field(default_factory=list)
    """Comments on lines of their own, and `BLANK`s."""
    beside: str = ""
    """The comment on its line."""


@dataclass
class Block:
    """A mapping or list with a line for each entry."""

    entries: list[Entry]
    mapping: bool
    after: list[str] = field(default_factory=list)
    """Comments behind the last entry, and `BLANK`s."""


@dataclass
class Source:
    """A whole file."""

    top: Leaf | Block
    header: list[str]
    """Comments at the very top, and `BLANK`s."""
    footer: list[str]
    """Comments at the end that no block takes."""
