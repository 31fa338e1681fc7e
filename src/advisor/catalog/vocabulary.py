"""`facts.yaml` to the fact vocabulary: every fact that rules may test, with its type, range and question.

Refuses whatever would leave a prospect file or a rule ambiguous: a word that stands for two values of one
list, two closed lists for one place, limits on a fact that is no number. It knows no single fact, except
that the one which engines settle themselves is not for rules to conclude.
"""

from __future__ import annotations

from collections.abc import Mapping

from advisor.catalog.authored import EACH, Authored, Origins, quoted, suggest
from advisor.catalog.forms import FactForm, FactsFile, OptionForm
from advisor.catalog.text import DataPath
from advisor.model.marks import _plain
from advisor.model.vocabulary import MAX_NUMBER, FactSpec, Option, Vocabulary


def plain_word(word: str) -> str:
    """Give `word` as the reader of prospect files compares it: by that, ambiguity is judged too.

    >>> plain_word("Ex-Colleague")
    'ex colleague'
    """
    return _plain(word)


def read_vocabulary(
    authored: Authored | None, folder: str, origins: Origins, lent: Mapping[str, FactSpec] | None = None
) -> Vocabulary:
    """Read `facts.yaml` of the consultation in `folder`, as far as it can be read.

    `lent` holds facts that it may refer to without having them.
    """
    if authored is None or not isinstance(authored.at(("facts",)), dict):
        origins.leave_open("fact", f"{folder}/")
    if authored is None:
        return Vocabulary()
    authored.take_as_words("facts", EACH, "values", EACH, "also")
    authored.take_as_words("closed_lists", EACH, EACH, "also")
    authored.check(FactsFile)
    facts: dict[str, FactSpec] = {}
    for name, path, form in authored.entries("facts", FactForm):
        origins.add("fact", f"{folder}/{name}", authored, path)
        if form is not None and _fits(authored, path, form):
            facts[name] = _spec(name, form, _options(authored, (*path, "values"), form.values or {}))
    known = {**(lent or {}), **facts}
    _check_tellers(authored, "facts", facts, known, origins, folder)
    told_here = authored.at(("borrowed",))
    borrowed = {
        name: known[name] for name in (told_here if isinstance(told_here, dict) else ()) if name in known
    }
    _check_tellers(authored, "borrowed", borrowed, known, origins, folder)
    lists = _closed_lists(authored)
    _check_places(authored, facts, lists)
    return Vocabulary(facts, lists)


def _spec(name: str, form: FactForm, options: tuple[Option, ...]) -> FactSpec:
    return FactSpec(
        name=name,
        type=form.type,
        means=form.means,
        origin=form.origin,
        ask=form.ask or "",
        told=form.told or "",
        told_with=form.told_with or "",
        sum_of=tuple(form.sum_of or ()),
        volunteered=form.origin == "told" and not form.ask and not form.told_with,
        changes_with=form.changes_with,
        options=options,
        minimum=form.minimum or 0,
        maximum=MAX_NUMBER if form.maximum is None else form.maximum,
        unit=form.unit or "",
    )


def _fits(authored: Authored, path: DataPath, form: FactForm) -> bool:
    """Whether a fact's keys go together; complains where they do not, also about those that do no harm."""
    before = len(authored.complaints)
    listed = form.type in ("choice", "choices")
    if listed and form.values is None:
        message = f"a fact of type {form.type} lacks its `values`"
        authored.complain(path, "missing-key", message, "list them under `values`", key=True)
    if form.type == "number" and (form.minimum or 0) > (MAX_NUMBER if form.maximum is None else form.maximum):
        message = "the smallest number lies above the largest"
        authored.complain((*path, "minimum"), "out-of-range", message, "swap them, or delete one")
    if form.origin == "concluded" and form.type != "yes-no":
        hint = "write `type: yes-no`: a rule holds or does not"
        authored.complain((*path, "type"), "wrong-type", "what rules conclude is a yes-no", hint)
    fits = len(authored.complaints) == before
    kind = "a fact that rules conclude" if form.origin == "concluded" else f"a fact of type {form.type}"
    strange = {
        "values": not listed,
        **dict.fromkeys(("minimum", "maximum", "unit", "sum_of"), form.type != "number"),
    }
    strange |= dict.fromkeys(("told", "ask", "ask_if", "told_with"), form.origin == "concluded")
    for key in (key for key, wrong in strange.items() if wrong and getattr(form, key) is not None):
        authored.complain((*path, key), "misplaced-key", f"{kind} has no `{key}`", "delete it", key=True)
    return fits


def _options(
    authored: Authored, path: DataPath, values: Mapping[str, OptionForm | None]
) -> tuple[Option, ...]:
    """Read one closed list; every word in it may stand for one value only."""
    options = []
    meant: dict[str, str] = {}
    for name in values:
        first = meant.setdefault(plain_word(name), name)
        if first != name:
            message = f"`{name}` and `{first}` are the same to whoever reads a prospect file"
            authored.complain(
                (*path, name), "ambiguous-word", message, "case and hyphens do not count", key=True
            )
    for name, form in values.items():
        also = tuple(form.also) if form else ()
        for place, word in enumerate(also):
            first = meant.setdefault(plain_word(word), name)
            if first != name:
                message = f"`{word}` cannot stand for `{name}`, since it stands for `{first}` already"
                authored.complain(
                    (*path, name, "also", place), "ambiguous-word", message, "keep it in one place"
                )
        options.append(Option(name, (form.means or "") if form else "", also))
    return tuple(options)


def _closed_lists(authored: Authored) -> dict[str, tuple[Option, ...]]:
    lists = {}
    held = authored.at(("closed_lists",))
    for place, values in held.items() if isinstance(held, dict) else ():
        forms: dict[str, OptionForm | None] = {}
        entries = values if isinstance(values, dict) else {}
        for name, value in entries.items():
            form = authored.attempt(OptionForm, value)
            if form or value is None:
                forms[name] = form
        lists[place] = _options(authored, ("closed_lists", place), forms)
    return lists


def _check_tellers(
    authored: Authored,
    key: str,
    facts: Mapping[str, FactSpec],
    known: Mapping[str, FactSpec],
    origins: Origins,
    folder: str,
) -> None:
    """Complain where one of `facts` is told with another that nobody asks for, or is the sum of no numbers.

    They stand at `key` of the file; `known` holds these and all others that may be referred to.
    """
    for name, spec in facts.items():
        for place, part in enumerate(spec.sum_of):
            number = known.get(part)
            if number is None and origins.may_exist("fact", f"{folder}/{part}"):
                continue
            if number is None or number.type != "number" or part == name:
                numbers = [each for each, other in known.items() if other.type == "number"]
                hint = suggest(part, numbers, "name facts that are numbers")
                message = f"{quoted(part)} is no number that this could be the sum of"
                authored.complain((key, name, "sum_of", place), "wrong-type", message, hint)
        if not spec.told_with:
            continue
        path = (key, name, "told_with")
        teller = known.get(spec.told_with)
        if teller is None and not origins.may_exist("fact", f"{folder}/{spec.told_with}"):
            hint = suggest(spec.told_with, known, "name a fact that has a question")
            authored.complain(path, "unknown-fact", f"there is no fact {quoted(spec.told_with)}", hint)
        elif teller is not None and not teller.ask:
            message = f"nobody asks for `{spec.told_with}`, so its answer tells nothing"
            authored.complain(path, "not-asked", message, "name a fact that has `ask`, or add it there")


def _check_places(authored: Authored, facts: Mapping[str, FactSpec], lists: Mapping[str, object]) -> None:
    """Complain where two closed lists belong to one place of a prospect file."""
    taken = {place: f"closed_lists.{place}" for place in lists}
    for name, spec in facts.items():
        if spec.options and spec.told:
            first = taken.setdefault(spec.told, name)
            if first != name:
                message = f"`{spec.told}` has a closed list already, that of `{first}`"
                hint = "a place in a prospect file has one list; give the facts different places"
                authored.complain(("facts", name, "told"), "ambiguous-place", message, hint)
