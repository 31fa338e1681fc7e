"""What two sets of rules say differently, entry by entry and part by part, in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from advisor.model.condition import All, Condition, Not, Test
from advisor.model.condition import Any as AnyOf
from advisor.model.difference import ChangeKind, PartChange, RulesChange
from advisor.model.knowledge_base import KnowledgeBase
from advisor.model.lexicon import Lexicon
from advisor.model.rule import Consultation, Rule
from advisor.model.wording import effect_in_words, in_words
from advisor.workbench.rule_edits import RuleEdits, as_written, decisive, placeless

_PLACES = frozenset({"id", "name", "theme", "file", "line", "index"})
"""Where and under which name something stands: not what it says."""
_DECISIVE_PARTS = frozenset({"type", "told", "options", "minimum", "maximum", "sum_of"})
_CONDITION = (Test, Not, All, AnyOf)
_IN_WORDS = frozenset({"when", "unless", "effect"})


def changes(edits: RuleEdits) -> tuple[RulesChange, ...]:
    """Every entry that is otherwise, what can change a verdict first within its kind."""
    return (
        *_scale(edits),
        *_rules(edits),
        *_settings(edits),
        *_facts(edits),
        *_actions(edits),
        *_library(edits.old_base, edits.new_base),
        *_lexicons(edits.old_base.lexicons, edits.new_base.lexicons),
    )


def _scale(edits: RuleEdits) -> Iterator[RulesChange]:
    old, new = ({each.name: each for each in side.verdicts} for side in (edits.old, edits.new))
    yield from _entries("verdict", old, new, decides=list(old) != list(new))


def _rules(edits: RuleEdits) -> Iterator[RulesChange]:
    old, new = edits.old, edits.new
    renamed = edits.renamed
    gone = set(renamed.values())
    for rule in new.rules:
        before = old.rule(renamed.get(rule.id, rule.id))
        if before is None:
            yield RulesChange(
                kind="rule", name=rule.id, how="added", says=rule.title, decides=rule.status == "stable",
                parts=_whole(rule, new, added=True),
            )  # fmt: skip
            continue
        parts = tuple(_rule_parts(before, old, rule, new))
        if parts or rule.id in renamed:
            yield RulesChange(
                kind="rule", name=rule.id, how="renamed" if rule.id in renamed else "changed",
                says=rule.title, parts=parts, decides=decisive(before) != decisive(rule),
                formerly=renamed.get(rule.id, ""),
            )  # fmt: skip
    for rule in old.rules:
        if new.rule(rule.id) is None and rule.id not in gone:
            yield RulesChange(
                kind="rule", name=rule.id, how="removed", says=rule.title, decides=rule.status == "stable",
                parts=_whole(rule, old, added=False),
            )  # fmt: skip


def _whole(rule: Rule, consultation: Consultation, *, added: bool) -> tuple[PartChange, ...]:
    """The condition, exceptions and effect of a rule that is there on one side only."""
    said = [("when", tuple(in_words(each, consultation) for each in _clauses(rule.when)[1]))]
    said.append(("unless", tuple(in_words(each, consultation) for each in rule.unless)))
    said.append(("then", (effect_in_words(rule, consultation),)))
    return tuple(
        PartChange(part=part, before=() if added else words, after=words if added else ())
        for part, words in said
        if words
    )


def _rule_parts(one: Rule, old: Consultation, other: Rule, new: Consultation) -> Iterator[PartChange]:
    if as_written(one.when) != as_written(other.when):
        kinds, before = zip(*(_clauses(rule.when) for rule in (one, other)), strict=True)
        if kinds[0] == kinds[1]:
            yield _part("when", before[0], old, before[1], new)
        else:
            yield _part("when", (one.when,), old, (other.when,), new)
    if tuple(map(as_written, one.unless)) != tuple(map(as_written, other.unless)):
        yield _part("unless", one.unless, old, other.unless, new)
    if one.effect != other.effect:
        yield PartChange(
            part="then", before=(effect_in_words(one, old),), after=(effect_in_words(other, new),)
        )
    yield from _field_parts(one, other, _IN_WORDS)


def _part(
    name: str,
    before: tuple[Condition, ...],
    old: Consultation,
    after: tuple[Condition, ...],
    new: Consultation,
) -> PartChange:
    """Clauses that are on one side only, in words; those that both have are left out."""
    one, other = [as_written(each) for each in before], [as_written(each) for each in after]
    return PartChange(
        part=name,
        before=tuple(
            in_words(each, old) for each, bare in zip(before, one, strict=True) if bare not in other
        ),
        after=tuple(in_words(each, new) for each, bare in zip(after, other, strict=True) if bare not in one),
    )


def _clauses(condition: Condition) -> tuple[str, tuple[Condition, ...]]:
    """The clauses that stand side by side in a condition, and whether all or any of them are wanted."""
    if isinstance(condition, All):
        return "all", condition.parts
    if isinstance(condition, AnyOf):
        return "any" if len(condition.parts) > 1 else "all", condition.parts
    return "all", (condition,)


def _settings(edits: RuleEdits) -> Iterator[RulesChange]:
    old, new = edits.old, edits.new
    for change in _entries("setting", old.settings, new.settings):
        touched = {
            rule.id
            for side in (old, new)
            for rule in side.rules
            if any(leaf.setting == change.name for leaf in rule.leaves)
        }
        yield RulesChange(
            kind="setting", name=change.name, how=change.how, says=change.says, parts=change.parts,
            decides=change.name in edits.settings, touches=tuple(sorted(touched)),
        )  # fmt: skip


def _facts(edits: RuleEdits) -> Iterator[RulesChange]:
    old, new = edits.old, edits.new
    for change in _entries("fact", old.vocabulary.facts, new.vocabulary.facts):
        touched = {rule.id for side in (old, new) for rule in side.rules if change.name in rule.facts}
        yield RulesChange(
            kind="fact", name=change.name, how=change.how, says=change.says, parts=change.parts,
            decides=any(part.part in _DECISIVE_PARTS for part in change.parts) or change.how != "changed",
            touches=tuple(sorted(touched)),
        )  # fmt: skip


def _actions(edits: RuleEdits) -> Iterator[RulesChange]:
    """Actions, but for values that a setting gave them: those are told of with the setting."""
    old = {action.id: action for action in edits.old.actions.all}
    new = {action.id: action for action in edits.new.actions.all}
    for name, action in new.items():
        if name not in old:
            continue
        facts = dict(action.facts)
        for fact, value in old[name].facts.items():
            for setting in edits.settings:
                values = edits.old.settings[setting].value, edits.new.settings[setting].value
                if (value, facts.get(fact)) == values:
                    facts[fact] = value
        new[name] = replace(action, facts=facts)
    yield from _entries("action", old, new, sides=(edits.old, edits.new))


def _library(old: KnowledgeBase, new: KnowledgeBase) -> Iterator[RulesChange]:
    yield from _entries("passage", old.library.passages, new.library.passages)
    yield from _entries("reading", old.library.readings, new.library.readings)
    yield from _entries("source", old.library.sources, new.library.sources)


def _lexicons(old: Mapping[str, Lexicon], new: Mapping[str, Lexicon]) -> Iterator[RulesChange]:
    """Languages, and within one language its signs, lists and other words."""
    for code in sorted(old.keys() | new.keys()):
        one, other = old.get(code), new.get(code)
        if one is None or other is None:
            name = (one or other or old[code]).name
            how: Any = "removed" if other is None else "added"
            yield RulesChange(kind="lexicon", name=code, how=how, says=name, decides=True)
            continue
        for change in _entries("lexicon", one.signs, other.signs, before=f"{code}/"):
            decides = any(part.part in ("phrases", "not_after", "empty") for part in change.parts)
            yield RulesChange(
                kind="lexicon", name=change.name, how=change.how, says=change.says, parts=change.parts,
                decides=decides or change.how != "changed",
            )  # fmt: skip
        lists = {**{f"list {name}": words for name, words in one.lists.items()}}
        others = {**{f"list {name}": words for name, words in other.lists.items()}}
        for name, this, that in (
            ("function words", sorted(one.function_words), sorted(other.function_words)),
            ("default texts", one.default_texts, other.default_texts),
            *((name, lists.get(name, ()), others.get(name, ())) for name in sorted(lists.keys() | others)),
        ):
            if list(this) != list(that):
                part = _listed(name, this, that)
                yield RulesChange(
                    kind="lexicon", name=f"{code}/{name}", how="changed", says=one.name, parts=(part,),
                    decides=True,
                )  # fmt: skip


def _entries(
    kind: ChangeKind,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    *,
    before: str = "",
    decides: bool = False,
    sides: tuple[Consultation, Consultation] | None = None,
) -> Iterator[RulesChange]:
    """Entries that are on one side only, or that say something else."""
    for name in sorted(old.keys() | new.keys()):
        one, other = old.get(name), new.get(name)
        says = next(
            (
                text
                for word in ("title", "means", "does", "point")
                if (text := getattr(other if other is not None else one, word, ""))
            ),
            name,
        )
        if one is None or other is None:
            yield RulesChange(
                kind=kind, name=before + name, how="removed" if other is None else "added", says=says,
                decides=decides,
            )  # fmt: skip
        elif parts := tuple(_field_parts(one, other, frozenset(), sides)):
            yield RulesChange(
                kind=kind, name=before + name, how="changed", says=says, parts=parts, decides=decides
            )


def _field_parts(
    one: Any, other: Any, besides: Iterable[str], sides: tuple[Consultation, Consultation] | None = None
) -> Iterator[PartChange]:
    """Fields of two entries that differ; of lists and mappings only what differs. `sides` word conditions."""
    for each in fields(one):
        if each.name in _PLACES or each.name in besides:
            continue
        this, that = placeless(getattr(one, each.name)), placeless(getattr(other, each.name))
        conditions = [value if isinstance(value, _CONDITION) else None for value in (this, that)]
        if sides and any(conditions):
            if len({value and as_written(value) for value in conditions}) > 1:
                said = [
                    (in_words(value, side),) if value else ()
                    for value, side in zip(conditions, sides, strict=True)
                ]
                yield PartChange(part=each.name, before=said[0], after=said[1])
        elif isinstance(this, Mapping) and isinstance(that, Mapping):
            gone = tuple(f"{key}: {_said(this[key])}" for key in this if that.get(key) != this[key])
            new = tuple(f"{key}: {_said(that[key])}" for key in that if this.get(key) != that[key])
            if gone or new:
                yield PartChange(part=each.name, before=gone, after=new)
        elif this != that:
            yield _listed(each.name, this, that)


def _listed(name: str, this: Any, that: Any) -> PartChange:
    if isinstance(this, tuple | list) and isinstance(that, tuple | list):
        gone = tuple(_said(each) for each in this if each not in that)
        new = tuple(_said(each) for each in that if each not in this)
        return PartChange(part=name, before=gone, after=new or (() if gone else ("in another order",)))
    return PartChange(part=name, before=_one(this), after=_one(that))


def _one(value: Any) -> tuple[str, ...]:
    return () if value in (None, "", (), frozenset()) else (_said(value),)


def _said(value: Any) -> str:
    if is_dataclass(value) and not isinstance(value, type):
        return str(getattr(value, "name", None) or getattr(value, "id", None) or value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple | list | frozenset):
        return ", ".join(_said(each) for each in (sorted(value) if isinstance(value, frozenset) else value))
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_said(each)}" for key, each in value.items())
    return str(value)
