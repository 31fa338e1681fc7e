"""Exact changes to the words of a note: sentences taken out, words struck, a greeting or a line put in.

It knows where sentences end and what follows a greeting; what is to go and what is to come is for the actions
to say, and what comes of it for the reader of drafts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import get_args

from advisor.model.action import Action
from advisor.model.case import Case, Span
from advisor.model.tokens import fold, sentence_breaks
from advisor.model.what_if import DraftEdit, EditKind
from advisor.verdict.wording import placeholders_in, quoted_texts

_KINDS = get_args(EditKind)
GREETING = "note.greeting"
PLACEHOLDERS = "note.placeholders"
"""Facts whose words bound the greeting."""
_AFTER_GREETING = re.compile(r"[ \t]*[,;:.!\u2013\u2014\uff0c\u3001-]*\s*")
_NEW_LINE = re.compile(r"\n(?=[ \t]*[^\W\d_a-z](?:\S*[ \t]+){0,3}\S*[ \t]*(?:\n|$))")
"""A line end before a short line that begins with a capital: a closing or a name, and a sentence's end."""
_JOINED = re.compile("[\u200d\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff\u2600-\u27bf\U0001f300-\U0001faff]*")
"""What belongs to an emoji."""
_SIGNS = re.compile(r"[\[\]{}<>%$#\u00ab\u00bb]+")
"""What placeholders are marked by."""
_GAP = re.compile(r"\s*")


def edits_of(action: Action, draft: str, case: Case) -> tuple[DraftEdit, ...]:
    """The exact changes that `action` makes to `draft`; empty where it makes none, or cannot here.

    A greeting or a line is put in only where it is written for the note's language and every text that it
    quotes is told.
    """
    start = _end_of_greeting(draft, case)
    ranges = [
        *_sentences(draft, _spans(case, action.removes), start),
        *(_struck(draft, span) for span in _spans(case, action.strikes)),
    ]
    edits = [DraftEdit(start=low, end=high, old=draft[low:high], new="") for low, high in _merged(ranges)]
    edits += _filled(action, case)
    closed = len(draft[:start].rstrip())  # where the greeting and its signs end, without the gap that follows
    if greeting := _worded(action.greets, case):
        first = min((span.start for span in case.spans.get(GREETING, ())), default=0)
        new = greeting if closed else f"{greeting} "
        edits.append(DraftEdit(start=first, end=closed, old=draft[first:closed], new=new, kind="greeting"))
    if line := _worded(action.inserts, case):
        # After a greeting the line begins a paragraph, and what follows it a sentence.
        new = f"\n\n{line}" if closed else f"{line} "
        edits.append(DraftEdit(start=closed, end=closed, old="", new=new, kind="line"))
        letter = draft[start : start + 1]
        if closed and letter.islower():
            edits.append(
                DraftEdit(start=start, end=start + 1, old=letter, new=letter.upper(), kind="capital")
            )
    return tuple(edit for edit in edits if edit.old != edit.new)


def edited(draft: str, edits: Iterable[DraftEdit]) -> str | None:
    """`draft` with all `edits` made; None where two of them want different words in one place."""
    chosen = set(edits)
    gone = _merged((edit.start, edit.end) for edit in chosen if not edit.new)
    changes = [(low, high, _KINDS.index("deletion"), "") for low, high in gone]
    for edit in chosen:
        # Of a letter that goes, nobody asks whether it is a capital.
        moot = edit.kind == "capital" and any(low <= edit.start < high for low, high in gone)
        if edit.new and not moot:
            changes.append((edit.start, edit.end, _KINDS.index(edit.kind), edit.new))
    changes.sort()
    if any(one[1] > other[0] for one, other in pairwise(changes)):
        return None
    made = draft
    for low, high, _, new in reversed(changes):
        made = made[:low] + new + made[high:]
    return made.strip()


def _worded(texts: Mapping[str, str], case: Case) -> str | None:
    """The text for the note's language; None where there is none, or something it quotes is not told."""
    template = texts.get(case.language)
    if template is None or not placeholders_in(template) <= case.words.keys():
        return None
    return quoted_texts(template, case.words)


def _filled(action: Action, case: Case) -> list[DraftEdit]:
    """Every placeholder with the text of the file that fills it; nothing where one of them has none."""
    text_for = {word: case.words.get(name) for name, words in action.fills.items() for word in words}
    edits = []
    for span in case.spans.get(PLACEHOLDERS, ()) if text_for else ():
        text = text_for.get(fold(_SIGNS.sub(" ", span.text)).strip())
        if text is None:
            return []
        edits.append(DraftEdit(start=span.start, end=span.end, old=span.text, new=text, kind="filling"))
    return edits


def _spans(case: Case, facts: Sequence[str]) -> list[Span]:
    return [span for fact in facts for span in case.spans.get(fact, ())]


def _sentences(draft: str, spans: Iterable[Span], start: int) -> list[tuple[int, int]]:
    """The sentences in which `spans` lie, with the gap that follows; nothing before `start` is touched."""
    breaks = [*sentence_breaks(draft), *(match.end() for match in _NEW_LINE.finditer(draft))]
    edges = sorted({start, *(place for place in breaks if place > start), len(draft)})
    bounds = [(_skip(draft, low), _skip(draft, high)) for low, high in pairwise(edges)]
    return [
        (low, high)
        for low, high in bounds
        if any(span.start < high and span.end > low for span in spans) and low < high
    ]


def _struck(draft: str, span: Span) -> tuple[int, int]:
    """A stretch with what belongs to it, and with one of the gaps between which it stands."""
    low, high = span.start, span.end
    match = _JOINED.match(draft, high)
    high = match.end() if match else high
    if (low and draft[low - 1] == " ") and (high == len(draft) or not draft[high].isalnum()):
        low -= 1
    return low, high


def _skip(draft: str, place: int) -> int:
    match = _GAP.match(draft, place)
    return match.end() if match else place


def _bare_end(draft: str, case: Case) -> int:
    """Where the words of the greeting end, a placeholder in the place of the name among them."""
    greeting = case.spans.get(GREETING, ())
    end = max((span.end for span in greeting), default=0)
    if case.facts.get(GREETING) == "placeholder":
        for span in case.spans.get(PLACEHOLDERS, ()):
            if end <= span.start <= _skip(draft, end):
                end = span.end
    return end


def _end_of_greeting(draft: str, case: Case) -> int:
    """Where the note goes on after the greeting and the signs that close it."""
    end = _bare_end(draft, case)
    match = _AFTER_GREETING.match(draft, end) if end else None
    return match.end() if match else _skip(draft, 0)


def _merged(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if merged and low <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return merged
