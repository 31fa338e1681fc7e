"""The difference between two sets of rules, for a terminal and for a review."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from advisor.model.difference import CorpusDifference, Flip, PartChange, RulesChange, RulesDifference
from advisor.model.wording import value_in_words
from advisor.report.layout import Page, Sheet
from advisor.report.markdown import escaped
from advisor.report.tables import table

_NOTHING = "The two say the same."
_NOTHING_DECIDES = "Nothing that decides has changed."
_NOTHING_THEN = "Nothing that decides on this day has changed."
_FEW = 8
"""Cases that are named for one rule."""


def text(found: RulesDifference, page: Page) -> str:
    """The difference in one consultation on a page; ends with a line end."""
    sheet = Sheet(page)
    sheet.put(f"{found.old} → {found.new}  ({found.consultation}, as on {found.as_of})", style="bold")
    write_difference(sheet, found)
    return sheet.text()


def write_difference(sheet: Sheet, found: RulesDifference) -> None:
    """Put all that is otherwise in one consultation on `sheet`, below its heading."""
    sheet.put(summary(found))
    if turns := _turning(found):
        sheet.put(turns)
    if found.changes:
        sheet.heading("What the rules say")
        for change in found.changes:
            write_change(sheet, change)
    if found.corpus is not None:
        _corpus(sheet, found.corpus)
    if found.flips:
        sheet.heading(f"Verdicts that change, in cases made up around the edits ({len(found.flips)})")
        for number, flip in enumerate(found.flips, 1):
            _flip(sheet, flip, f"{number} ")


def write_change(sheet: Sheet, change: RulesChange) -> None:
    """Put one change on `sheet`; of what is borrowed only that there is one."""
    sheet.put(_headline(change), 2, style="" if change.decides else "dim")
    if change.days:
        sheet.put(change.days, 4, style="yellow")
    for part in _parts(change):
        sheet.put(f"{part.part}:", 4, style="dim")
        for each in part.before:
            sheet.put(each, 6, mark="- ", mark_style="red")
        for each in part.after:
            sheet.put(each, 6, mark="+ ", mark_style="green")
    if change.touches:
        sheet.put(f"read by {', '.join(change.touches)}", 4, style="dim")


def _flip(sheet: Sheet, flip: Flip, mark: str = "- ") -> None:
    sheet.blank()
    sheet.put(f"{flip.before} → {flip.after}: {flip.name}", 2, mark=mark, style="bold")
    sheet.put(_because(flip), 4)
    for each in flip.region:
        sheet.put(f"the same for {each}", 4, style="dim")
    if flip.turned:
        sheet.put(_turned(flip.turned), 4, style="dim")
    if flip.witness:
        sheet.lines += [f"      {line}" for line in flip.witness.splitlines()]
    elif flip.facts:
        sheet.put(f"No file could be made that shows it; the facts are: {_facts(flip.facts)}.", 4)


def _corpus(sheet: Sheet, corpus: CorpusDifference) -> None:
    sheet.heading(f"Cases that were there before ({corpus.cases})")
    rows = [(one, other, str(count)) for one, other, count in _pairs(corpus)]
    sheet.lines += table([("before", "after", "cases"), *rows], sheet.page, indent=2)
    for flip in corpus.flips:
        _flip(sheet, flip)
    if corpus.turns:
        sheet.blank()
        sheet.put("The verdict stays, but other rules hold:", 2)
        for turn in corpus.turns:
            holds = "now holds" if turn.holds else "no longer holds"
            sheet.put(f"{turn.rule} {holds} in {_named(turn.cases)}", 4)
    for each in corpus.unread:
        sheet.put(f"not decided with both: {each}", 2, style="yellow")


def markdown(found: RulesDifference) -> str:
    """The difference in one consultation for a review; ends with a line end."""
    blocks = [
        f"# Rules: {escaped(found.old)} → {escaped(found.new)}",
        f"{escaped(summary(found))} Consultation `{found.consultation}`, as on {found.as_of}.",
        *blocks_of(found, "##"),
    ]
    return "\n\n".join(blocks) + "\n"


def blocks_of(found: RulesDifference, level: str) -> list[str]:
    """All that is otherwise in one consultation, under headings of this level, such as `##`."""
    blocks: list[str] = []
    if turns := _turning(found):
        blocks.append(escaped(turns))
    if found.changes:
        blocks.append(f"{level} What the rules say")
        blocks += [change_block(change) for change in found.changes]
    if found.corpus is not None:
        blocks += _corpus_blocks(found.corpus, level)
    if found.flips:
        blocks.append(f"{level} Verdicts that change")
        rows = [
            f"| {number} | {flip.before} → {flip.after} | {escaped(flip.name)} | {_code(flip.causes)} |"
            for number, flip in enumerate(found.flips, 1)
        ]
        blocks.append("\n".join(["| | verdict | case | because of |", "| --- | --- | --- | --- |", *rows]))
        blocks += [_details(number, flip) for number, flip in enumerate(found.flips, 1)]
    return blocks


def change_block(change: RulesChange) -> str:
    """One change as an item; of what is borrowed only that there is one."""
    lines = [
        f"- {'**' if change.decides else ''}{escaped(_headline(change))}{'**' if change.decides else ''}"
    ]
    if change.days:
        lines.append(f"  - {escaped(change.days)}")
    for part in _parts(change):
        lines.append(f"  - {escaped(part.part)}")
        lines += [f"    - ~~{escaped(each)}~~" for each in part.before]
        lines += [f"    - {escaped(each)}" for each in part.after]
    if change.touches:
        lines.append(f"  - read by {_code(change.touches)}")
    return "\n".join(lines)


def _corpus_blocks(corpus: CorpusDifference, level: str) -> Iterator[str]:
    yield f"{level} Cases that were there before ({corpus.cases})"
    rows = [f"| {one} | {other} | {count} |" for one, other, count in _pairs(corpus)]
    yield "\n".join(["| before | after | cases |", "| --- | --- | ---: |", *rows])
    if corpus.flips:
        yield "\n".join(
            f"- **{flip.before} → {flip.after}** {escaped(flip.name)}: {escaped(_because(flip))}"
            for flip in corpus.flips
        )
    if corpus.turns:
        yield "Rules that hold in other cases, where the verdict stays:"
        yield "\n".join(
            f"- `{turn.rule}` {'now holds' if turn.holds else 'no longer holds'} in "
            f"{escaped(_named(turn.cases))}"
            for turn in corpus.turns
        )
    if corpus.unread:
        yield "\n".join(f"- not decided with both: {escaped(each)}" for each in corpus.unread)


def _details(number: int, flip: Flip) -> str:
    said = [escaped(_because(flip)), *(f"The same for {escaped(each)}." for each in flip.region)]
    if flip.turned:
        said.append(escaped(_turned(flip.turned)))
    if flip.witness:
        fence = "`" * (3 + flip.witness.count("```"))
        body = f"{fence}yaml\n{flip.witness}{fence}"
    else:
        body = f"No file could be made that shows it. Facts: {escaped(_facts(flip.facts))}"
    title = f"{number}. {flip.before} → {flip.after}"
    return f"<details><summary>{title}</summary>\n\n{' '.join(said)}\n\n{body}\n\n</details>"


def _parts(change: RulesChange) -> tuple[PartChange, ...]:
    """What exactly is otherwise, where it is written here."""
    return () if change.home else change.parts


def summary(found: RulesDifference) -> str:
    """What comes of the difference in one consultation, in a sentence or two."""
    if not found.changes and not found.edits and not found.flipped:
        return _NOTHING
    if not found.edits and not found.flipped:
        return _NOTHING_THEN if any(change.days for change in found.changes) else _NOTHING_DECIDES
    edits = f"{_count(len(found.edits), 'edit').capitalize()} can change a verdict."
    flips = len(found.flips) + len(found.corpus.flips if found.corpus else ())
    cases = (
        f"{_count(flips, 'case').capitalize()} with another verdict {'is' if flips == 1 else 'are'} shown."
    )
    said = f"{edits} {cases}"
    if found.searched and not found.exhaustive:
        return f"{said} The search for more was cut off."
    return said


def _turning(found: RulesDifference) -> str:
    """The days on which rules or values take turns, which need a comparison of their own."""
    if not found.turns or not found.changes:
        return ""
    days = ", ".join(found.turns)
    return f"Rules or values turn on {days}: `--as-of` compares the two as on another day."


def _headline(change: RulesChange) -> str:
    how = f"renamed from {change.formerly}" if change.how == "renamed" else change.how
    beside = "" if change.says == change.name else f": {change.says}"
    home = f", borrowed from {change.home}" if change.home else ""
    return f"{change.kind} {change.name} {how}{_values(change)}{home}{beside}"


def _values(change: RulesChange) -> str:
    """A single value before and after, on the line itself."""
    for part in change.parts:
        if part.part == "value" and len(part.before) == len(part.after) == 1:
            return f" ({_arrow(part)})"
    return ""


def _arrow(part: PartChange) -> str:
    return f"{part.before[0]} → {part.after[0]}"


def _because(flip: Flip) -> str:
    if not flip.causes:
        return "No few edits alone bring it about."
    together = " together" if len(flip.causes) > 1 else ""
    return f"Because of {' and '.join(flip.causes)}{together}."


def _turned(turned: Sequence[str]) -> str:
    holds = [each[1:] for each in turned if each[0] == "+"]
    gone = [each[1:] for each in turned if each[0] == "-"]
    said = [f"now holds: {', '.join(holds)}"] if holds else []
    return "; ".join([*said, *([f"no longer holds: {', '.join(gone)}"] if gone else [])])


def _facts(facts: Mapping[str, object]) -> str:
    return ", ".join(
        f"{name} is {value_in_words(tuple(value) if isinstance(value, list | tuple) else value)}"  # type: ignore[arg-type]
        for name, value in facts.items()
    )


def _pairs(corpus: CorpusDifference) -> list[tuple[str, str, int]]:
    return [(one, other, count) for one, others in corpus.verdicts.items() for other, count in others.items()]


def _named(cases: Sequence[str]) -> str:
    few = list(cases[:_FEW])
    more = len(cases) - len(few)
    return ", ".join(few) + (f" and {_count(more, 'other')}" if more else "")


def _code(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _count(number: int, what: str) -> str:
    return f"{number or 'no'} {what}{'' if number == 1 else 's'}"
