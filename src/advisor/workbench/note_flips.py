"""Files in which a note is read otherwise than before, and the verdict is another one for that reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from advisor.catalog.situations import read_situation
from advisor.catalog.text import Document
from advisor.errors import InputError
from advisor.facts.case import CaseReader
from advisor.model.case import Case
from advisor.model.vocabulary import FactValue
from advisor.workbench.flip_search import FlipSearch
from advisor.workbench.made_up import MadeUp
from advisor.workbench.pieces import Pieces
from advisor.workbench.rule_edits import LEXICON, RuleEdits
from advisor.workbench.telling import PROSPECT, Data, told
from advisor.workbench.witness import FILE

_MOST_NOTES = 60
"""Notes read for all edits of words together."""
_STEPS = 600
PHRASE = "phrase:"


def note_flips(
    edits: RuleEdits, old: CaseReader, new: CaseReader, notes: Iterable[tuple[str, str]], day: date
) -> Iterator[MadeUp]:
    """Flips that come of reading: `notes` are names of edits, each with a text or a phrase to make one of."""
    search = FlipSearch(edits.applied(frozenset()), edits.applied(frozenset(edits.all)))
    names = [level.name for level in edits.old.verdicts]
    greeting = f"Hi {PROSPECT.split()[0]}, "
    seen: set[tuple[object, ...]] = set()
    for edit, text in list(notes)[:_MOST_NOTES]:
        for draft in _drafts(edits, edit, text):
            data: Data = {"prospect": {"name": PROSPECT}, "draft": greeting + draft, "as_of": day}
            cases = [_case(edits, reader, data, day) for reader in (old, new)]
            before, after = (case.facts if case else {} for case in cases)
            if before == after:
                continue
            key = tuple(sorted((name, str(before.get(name)), str(after.get(name))) for name in before))
            if key in seen:
                continue
            seen.add(key)
            turned = tuple(name for name in sorted(before) if before[name] != after.get(name))
            found = search.find(before, after, max_steps=_STEPS)
            for pair, facts in sorted(found.facts.items()):
                context: dict[str, FactValue] = {n: v for n, v in facts.items() if n not in search.drafted}
                whole = {**told(context, day, edits.old.vocabulary, edits.old_base.lexicons), **data}
                yield MadeUp(
                    before=names[pair[0]],
                    after=names[pair[1]],
                    causes=(edit,),
                    facts={**context, **{name: before[name] for name in turned}},
                    focus=turned,
                    data=whole,
                )


def _drafts(edits: RuleEdits, edit: str, text: str) -> list[str]:
    """The text itself, or samples of a phrase by the lexicon of either side."""
    if not text.startswith(PHRASE):
        return [text]
    code = edit.removeprefix(LEXICON)
    drafts = []
    for base in (edits.old_base, edits.new_base):
        lexicon = base.lexicons.get(code)
        if lexicon is not None:
            try:
                drafts.append(Pieces(lexicon, lambda _: {}).sample(text.removeprefix(PHRASE)))
            except ValueError:  # a list that it refers to is there on the other side only
                continue
    return list(dict.fromkeys(drafts))


def _case(edits: RuleEdits, reader: CaseReader, data: Data, day: date) -> Case | None:
    try:
        return reader.read(read_situation(Document(FILE, data), edits.old.vocabulary), day)
    except InputError:
        return None
