"""The text of an authored file to its source: every entry with the comments and blank lines that are its own.

The text is read from top to bottom, and every comment is given away once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from advisor.workbench.source import BLANK, Block, Entry, Flow, Leaf, Pair, Source, Unfamiliar
from advisor.workbench.yaml_nodes import (
    children,
    find_comments,
    indent_of,
    is_block,
    is_empty,
    last_line_of_block,
    scalars,
)


def read_source(text: str) -> Source:
    """Read a text that `catalog.text.parse` has read without a complaint; its lines end with LF.

    Raises:
        Unfamiliar: where it is laid out in a way that is not known here.
    """
    import yaml

    if any(line.startswith(("%", "...")) for line in text.split("\n")):
        raise Unfamiliar("a directive or the end of a document")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return _Reader(text, yaml.compose(text, Loader=loader)).source()


def comments_in(text: str) -> list[str]:
    """Every comment of a text that can be read, in order."""
    import yaml

    root = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return [comment.text for comment in _Reader(text, root).comments]


class _Reader:
    """Reads one text, from top to bottom, and gives every comment away once."""

    def __init__(self, text: str, root: Any) -> None:
        self._text, self._root = text, root
        self._lines = text.split("\n")
        self._starts = [0]
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line) + 1)
        self.comments = find_comments(text, self._spans(root), self._starts)
        self._next = 0
        """The first comment that nobody has taken."""
        self._last = -1
        """The last line of what was read before."""

    def source(self) -> Source:
        if self._root is None:
            return Source(Leaf(""), self._take(len(self._text) + 1), [])
        header = self._take(self._offset(self._root.start_mark))
        gap = self._blank_before(self._root.start_mark.line) if header else []
        self._last = self._root.start_mark.line - 1
        end = len(self._text) + 1
        top, beside = self._value(self._root, column=0, limit=(end, -1))
        footer = ([beside] if beside else []) + self._take(end)
        return Source(top, [*header, *gap], footer)

    # ------------------------------------------------------------------ comments

    def _take(self, before: int) -> list[str]:
        """The comments that stand before an offset, and the blank lines among them."""
        found: list[str] = []
        while self._next < len(self.comments) and self.comments[self._next].offset < before:
            found += self._take_one()
        return found

    def _take_one(self) -> list[str]:
        comment = self.comments[self._next]
        self._next += 1
        blank = self._blank_before(comment.line)
        self._last = comment.line
        return [*blank, comment.text]

    def _take_beside(self, line: int, after: int) -> str:
        """The comment on `line` behind the offset `after`; empty where there is none."""
        if self._next < len(self.comments):
            comment = self.comments[self._next]
            if comment.line == line and comment.offset >= after:
                self._next += 1
                return comment.text
        return ""

    def _take_after(self, column: int, limit: tuple[int, int]) -> list[str]:
        """The comments behind a block whose entries stand at `column`, up to what follows at `limit`."""
        offset, next_column = limit
        found: list[str] = []
        while column > next_column and self._next < len(self.comments):
            comment = self.comments[self._next]
            if comment.offset >= offset or comment.column < column or not comment.alone:
                break
            found += self._take_one()
        return found

    def _blank_before(self, line: int) -> list[str]:
        return [BLANK] if line - self._last > 1 and self._last >= 0 else []

    # ------------------------------------------------------------------ nodes

    def _value(self, node: Any, column: int, limit: tuple[int, int]) -> tuple[Leaf | Block, str]:
        """A value and the comment beside it; `column` is that of the block that it belongs to."""
        import yaml

        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, column)
        if node.flow_style:
            return self._brackets(node)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, limit), ""
        return self._sequence(node, limit), ""

    def _mapping(self, node: Any, limit: tuple[int, int]) -> Block:
        column = node.start_mark.column
        entries: list[Entry] = []
        for place, (key, value) in enumerate(node.value):
            start = self._offset(key.start_mark)
            if key.start_mark.column != column or key.start_mark.line != key.end_mark.line:
                raise Unfamiliar("a key in an unusual place")
            following = node.value[place + 1][0] if place + 1 < len(node.value) else None
            inner = (self._offset(following.start_mark), column) if following else limit
            before = self._take(start) + self._blank_before(key.start_mark.line)
            self._last = key.start_mark.line
            entries.append(self._entry(self._slice(key), key.end_mark.line, value, column, before, inner))
        return Block(entries, mapping=True, after=self._take_after(column, limit))

    def _sequence(self, node: Any, limit: tuple[int, int]) -> Block:
        column = node.start_mark.column
        dashes = list(self._dashes(node, column))
        entries: list[Entry] = []
        for place, (value, line) in enumerate(zip(node.value, dashes, strict=True)):
            following = dashes[place + 1] if place + 1 < len(dashes) else None
            inner = limit if following is None else (self._starts[following] + column, column)
            before = self._take(self._starts[line] + column) + self._blank_before(line)
            self._last = line
            entry = self._entry("", line, value, column, before, inner)
            if isinstance(entry.value, Block):  # what stands between the dash and what comes first
                first = entry.value.entries[0]
                between = [entry.beside, *first.before]
                entry.before += [each for each in between if each != BLANK]
                entry.beside, first.before = "", []
            entries.append(entry)
        return Block(entries, mapping=False, after=self._take_after(column, limit))

    def _dashes(self, node: Any, column: int) -> Iterator[int]:
        """The lines on which the items of a list begin."""
        line = node.start_mark.line
        for place, item in enumerate(node.value):
            while place and not (
                self._lines[line][:column].strip() == "" and self._lines[line][column : column + 1] == "-"
            ):
                line += 1
            yield line
            line = max(line, self._last_line(item)) + 1

    def _entry(
        self, key: str, line: int, value: Any, column: int, before: list[str], limit: tuple[int, int]
    ) -> Entry:
        empty = is_empty(value)
        block = not empty and is_block(value)
        beside = ""
        if block and value.start_mark.line > line:
            beside = self._take_beside(line, self._starts[line])
        elif not empty and not block:
            before = [
                *before,
                *(each for each in self._take(self._offset(value.start_mark)) if each != BLANK),
            ]
        if empty:
            self._last = line
            return Entry(key, Leaf(""), before, self._take_beside(line, self._starts[line]))
        read, behind = self._value(value, column, limit)
        return Entry(key, read, before, beside or behind)

    def _scalar(self, node: Any, column: int) -> tuple[Leaf, str]:
        if node.style in ("|", ">"):
            return self._block_scalar(node, column)
        self._last = node.end_mark.line
        beside = self._take_beside(node.end_mark.line, self._offset(node.end_mark))
        return Leaf(self._slice(node)), beside

    def _block_scalar(self, node: Any, column: int) -> tuple[Leaf, str]:
        first = node.start_mark.line
        head = self._lines[first][node.start_mark.column :].split("#")[0].strip()
        beside = self._take_beside(first, self._offset(node.start_mark))
        last = last_line_of_block(node, self._lines)
        held = self._lines[first + 1 : last + 1]
        digit = next((int(sign) for sign in head if sign.isdigit()), 0)
        filled = [line for line in held if line.strip()]
        indent = column + digit if digit else indent_of(filled[0]) if filled else 0
        if held and last == len(self._lines) - 1:  # no line end behind it, so none is in it
            head = f"{head.rstrip('+-')}-"
        self._last = last
        return Leaf(head, block=True, lines=tuple(line[indent:] for line in held)), beside

    def _brackets(self, node: Any) -> tuple[Leaf, str]:
        end = self._offset(node.end_mark)
        text = self._slice(node)
        commented = self._next < len(self.comments) and self.comments[self._next].offset < end
        while self._next < len(self.comments) and self.comments[self._next].offset < end:
            self._next += 1  # they stay where they are, in the text
        self._last = node.end_mark.line
        beside = self._take_beside(node.end_mark.line, end)
        whole = not commented and all(each.start_mark.line == each.end_mark.line for each in scalars(node))
        return Leaf(text, flow=self._flow(node) if whole else None), beside

    def _flow(self, node: Any) -> Flow:
        mapping = node.id == "mapping"
        pairs: list[Pair] = []
        line = node.start_mark.line
        for each in node.value:
            key, value = each if mapping else (None, each)
            start = (key or value).start_mark.line
            name = self._held_key(key) if key else ""
            held = self._slice(value) if value.id == "scalar" else self._flow(value)
            pairs.append(Pair(name, held, fresh=bool(pairs) and start > line))
            line = max(line, value.end_mark.line)
        return Flow(pairs, mapping)

    def _held_key(self, node: Any) -> str:
        text = self._slice(node)
        if not text:
            raise Unfamiliar("an empty key")
        return text

    # ------------------------------------------------------------------ places

    def _offset(self, mark: Any) -> int:
        line: int = mark.line
        column: int = mark.column
        return self._starts[line] + column

    def _slice(self, node: Any) -> str:
        return self._text[self._offset(node.start_mark) : self._offset(node.end_mark)].rstrip()

    def _last_line(self, node: Any) -> int:
        """The last line on which something of `node` stands."""
        if is_block(node):
            return max(self._last_line(each) for each in children(node))
        if getattr(node, "style", None) in ("|", ">"):
            return last_line_of_block(node, self._lines)
        return int(node.start_mark.line if is_empty(node) else node.end_mark.line)

    def _spans(self, node: Any) -> list[tuple[int, int]]:
        """Where scalars stand, from offset to offset, so that no `#` in them passes for a comment."""
        spans = []
        for scalar in scalars(node) if node is not None else ():
            start, end = self._offset(scalar.start_mark), self._offset(scalar.end_mark)
            if scalar.style in ("|", ">"):
                start = self._starts[scalar.start_mark.line + 1]
                end = self._starts[last_line_of_block(scalar, self._lines) + 1]
            spans.append((start, end))
        return sorted(spans)
