"""What two sets of rules say differently, entry by entry and part by part, in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from advisor.model.action import Action
from advisor.model.condition import All, Condition
from advisor.model.condition import Any as AnyOf
from advisor.model.difference import ChangeKind, PartChange, RulesChange
from advisor.model.knowledge_base import KnowledgeBase
from advisor.model.lexicon import Lexicon
from advisor.model.rule import Consultation, Rule
from advisor.model.vocabulary import FactSpec
from advisor.model.wording import effect_in_words, in_words
from advisor.workbench.dated_edits import DatedEdits
from advisor.workbench.entry_parts import condition_parts, field_parts, listed
from advisor.workbench.rule_edits import RULE, SETTING, RuleEdits, as_written, told_by

_IN_WORDS = frozenset({"when", "unless", "effect"})
_HEARD = frozenset({"phrases", "not_after", "empty"})
"""What of a sign bears on how notes are read."""


def changes(dated: DatedEdits) -> tuple[RulesChange, ...]:
    """Every entry of the consultation that is written otherwise, whether or not it counts on the day.

    Of what it borrows is only said that it is otherwise; how, is said where it is written.
    """
    edits = dated.written
    found = (
        *_consultation(edits),
        *_scale(edits),
        *_rules(dated),
        *_settings(dated),
        *_facts(edits),
        *_lists(edits),
        *_actions(edits),
    )
    return tuple(_at_home(each, edits) for each in found)


def shared_changes(old: KnowledgeBase, new: KnowledgeBase) -> tuple[RulesChange, ...]:
    """Every entry that is written for all consultations and is otherwise: passages, and words of notes."""
    return (*_library(old, new), *_lexicons(old.lexicons, new.lexicons))


def _at_home(change: RulesChange, edits: RuleEdits) -> RulesChange:
    """The change, which says where the entry is written if that is another consultation."""
    for side in (edits.new, edits.old):
        borrowed: Mapping[str, frozenset[str]] = {
            "rule": side.borrowed.rules,
            "fact": side.borrowed.facts,
            "setting": side.borrowed.settings,
        }
        if change.name in borrowed.get(change.kind, ()):
            return replace(change, home=side.borrows)
    return change


def _consultation(edits: RuleEdits) -> Iterator[RulesChange]:
    """What stands beside the entries: the question, what cannot be, and what can be changed at all."""
    old, new = edits.old, edits.new
    pairs: list[tuple[str, Any, Any]] = [
        ("question", old.question, new.question),
        ("levers", old.actions.levers, new.actions.levers),
        ("at_once", old.actions.at_once, new.actions.at_once),
    ]
    pairs += [
        ("subject", old.subject, new.subject),
        ("borrows", old.borrows or "nothing", new.borrows or "nothing"),
    ]
    facts = [[spec.name for spec in side.own_facts] for side in (old, new)]
    if {*facts[0]} == {*facts[1]}:  # else they are told of one by one
        pairs.append(("facts", facts[0], facts[1]))
    parts = [listed(name, this, that) for name, this, that in pairs if this != that]
    lent = [
        frozenset(base.consultation(side.borrows).impossible) if side.borrows else frozenset()
        for base, side in ((edits.old_base, old), (edits.new_base, new))
    ]
    before, after = (
        tuple(each for each in side.impossible if each not in theirs)
        for side, theirs in zip((old, new), lent, strict=True)
    )
    parts += condition_parts("impossible", before, old, after, new)
    if parts:
        yield RulesChange(
            kind="consultation", name=new.id, how="changed", says=new.question, parts=tuple(parts)
        )  # fmt: skip


def _scale(edits: RuleEdits) -> Iterator[RulesChange]:
    """Steps of the scale; where they only stand in another order, the whole scale before and after."""
    names = [[each.name for each in side.verdicts] for side in (edits.old, edits.new)]
    old, new = ({each.name: each for each in side.verdicts} for side in (edits.old, edits.new))
    yield from _entries("verdict", old, new, decides=names[0] != names[1])
    if names[0] != names[1] and old.keys() == new.keys():
        before, after = ((" < ".join(each),) for each in names)
        part = PartChange(part="verdicts", before=before, after=after)
        yield RulesChange(
            kind="consultation", name=edits.new.id, how="changed", says=edits.new.question, parts=(part,),
            decides=True,
        )  # fmt: skip


def _rules(dated: DatedEdits) -> Iterator[RulesChange]:
    old, new = dated.written.old, dated.written.new
    renamed = dated.written.renamed
    gone = set(renamed.values())

    def change(rule: Rule, how: Any, parts: tuple[PartChange, ...], formerly: str = "") -> RulesChange:
        return RulesChange(
            kind="rule", name=rule.id, how=how, says=rule.title, parts=parts, formerly=formerly,
            decides=dated.decides(RULE + rule.id), days=dated.days(RULE + rule.id),
        )  # fmt: skip

    for rule in new.rules:
        before = old.rule(renamed.get(rule.id, rule.id))
        if before is None:
            yield change(rule, "added", _whole(rule, new, added=True))
            continue
        parts = tuple(_rule_parts(before, old, rule, new))
        if rule.id in renamed:
            yield change(rule, "renamed", parts, renamed[rule.id])
        elif parts:
            yield change(rule, "changed", parts)
    for rule in old.rules:
        if new.rule(rule.id) is None and rule.id not in gone:
            yield change(rule, "removed", _whole(rule, old, added=False))


def _whole(rule: Rule, consultation: Consultation, *, added: bool) -> tuple[PartChange, ...]:
    """The condition, exceptions, effect and dates of a rule that is there on one side only."""
    said = [("when", tuple(in_words(each, consultation) for each in _clauses(rule.when)[1]))]
    said.append(("unless", tuple(in_words(each, consultation) for each in rule.unless)))
    said.append(("then", (effect_in_words(rule, consultation),)))
    said += [(name, (str(day),)) for name, day in (("since", rule.since), ("until", rule.until)) if day]
    return tuple(
        PartChange(part=part, before=() if added else words, after=words if added else ())
        for part, words in said
        if words
    )


def _rule_parts(one: Rule, old: Consultation, other: Rule, new: Consultation) -> Iterator[PartChange]:
    if as_written(one.when) != as_written(other.when):
        kinds, clauses = zip(*(_clauses(rule.when) for rule in (one, other)), strict=True)
        before, after = clauses if kinds[0] == kinds[1] else ((one.when,), (other.when,))
        yield from condition_parts("when", before, old, after, new)
    yield from condition_parts("unless", one.unless, old, other.unless, new)
    if one.effect != other.effect:
        yield PartChange(
            part="then", before=(effect_in_words(one, old),), after=(effect_in_words(other, new),)
        )
    yield from field_parts(one, other, _IN_WORDS)


def _clauses(condition: Condition) -> tuple[str, tuple[Condition, ...]]:
    """The clauses that stand side by side in a condition, and whether all or any of them are wanted."""
    if isinstance(condition, All):
        return "all", condition.parts
    if isinstance(condition, AnyOf):
        return "any" if len(condition.parts) > 1 else "all", condition.parts
    return "all", (condition,)


def _settings(dated: DatedEdits) -> Iterator[RulesChange]:
    sides = dated.written.old, dated.written.new
    for change in _entries("setting", sides[0].settings, sides[1].settings):
        touched = {
            rule.id
            for side in sides
            for rule in side.rules
            if any(leaf.setting == change.name for leaf in rule.leaves)
        }
        edit = SETTING + change.name
        yield replace(
            change, decides=dated.decides(edit), days=dated.days(edit), touches=tuple(sorted(touched))
        )


def _facts(edits: RuleEdits) -> Iterator[RulesChange]:
    """Facts, each with when it is asked."""
    old, new = edits.old, edits.new
    found = {each.name: each for each in _entries("fact", old.vocabulary.facts, new.vocabulary.facts)}
    for name in sorted(old.vocabulary.facts.keys() & new.vocabulary.facts.keys()):
        one, other = ((side.asked_if[name],) if name in side.asked_if else () for side in (old, new))
        spec = new.vocabulary[name]
        if parts := tuple(condition_parts("ask_if", one, old, other, new)):
            plain = RulesChange(kind="fact", name=name, how="changed", says=spec.means)
            change = found.get(name, plain)
            found[name] = replace(change, parts=(*change.parts, *parts))
    for name, change in sorted(found.items()):
        touched = {rule.id for side in (old, new) for rule in side.rules if name in rule.facts}
        specs: list[FactSpec | None] = [side.vocabulary.facts.get(name) for side in (old, new)]
        heard = [spec and told_by(spec) for spec in specs]
        yield replace(change, decides=heard[0] != heard[1], touches=tuple(sorted(touched)))


def _lists(edits: RuleEdits) -> Iterator[RulesChange]:
    """Closed lists of places in a prospect file that are no facts."""
    old, new = edits.old.vocabulary.lists, edits.new.vocabulary.lists
    homes = [
        base.consultation(side.borrows).vocabulary
        for base, side in ((edits.old_base, edits.old), (edits.new_base, edits.new))
        if side.borrows
    ]
    lent = {name for home in homes for name in (*home.lists, *(spec.told for spec in home.facts.values()))}
    for name in sorted(old.keys() | new.keys()):
        one, other = old.get(name, ()), new.get(name, ())
        if one != other and name not in lent:
            words = [[(each.name, each.also) for each in side] for side in (one, other)]
            how: Any = "added" if name not in old else "changed" if name in new else "removed"
            yield RulesChange(
                kind="list", name=name, how=how, says=name, parts=(listed("values", one, other),),
                decides=words[0] != words[1],
            )  # fmt: skip


def _actions(edits: RuleEdits) -> Iterator[RulesChange]:
    """Actions, but for values that a setting gave them: those are told of with the setting."""
    old = {action.id: action for action in edits.old.actions.all}
    new = {action.id: action for action in edits.new.actions.all}
    both = edits.old.settings.keys() & edits.new.settings.keys()
    values = {(edits.old.settings[name].value, edits.new.settings[name].value) for name in both}
    for name in old.keys() & new.keys():
        new[name] = _less_settings(old[name], new[name], values)
    yield from _entries("action", old, new, sides=(edits.old, edits.new))


def _less_settings(before: Action, after: Action, values: set[tuple[Any, Any]]) -> Action:
    """The action with its old numbers where each new one may just be that of a setting."""
    facts = {
        fact: before.facts[fact] if (before.facts.get(fact), value) in values else value
        for fact, value in after.facts.items()
    }
    days = {
        name: getattr(before, name)
        for name in ("takes_days", "waits_up_to")
        if (getattr(before, name), getattr(after, name)) in values
    }
    return replace(after, facts=facts, **days)


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
            decides = change.how != "changed" or any(part.part in _HEARD for part in change.parts)
            yield replace(change, decides=decides)
        lists = [{f"list {name}": words for name, words in each.lists.items()} for each in (one, other)]
        for name, this, that in (
            ("name", one.name, other.name),
            ("covered", one.covered, other.covered),
            ("function words", one.function_words, other.function_words),
            ("default texts", one.default_texts, other.default_texts),
            *(
                (name, lists[0].get(name, ()), lists[1].get(name, ()))
                for name in sorted({*lists[0], *lists[1]})
            ),
        ):
            if this != that:
                yield RulesChange(
                    kind="lexicon", name=f"{code}/{name}", how="changed", says=other.name,
                    parts=(listed(name, this, that),), decides=name != "name",
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
            how: Any = "removed" if other is None else "added"
            yield RulesChange(kind=kind, name=before + name, how=how, says=says, decides=decides)
        elif parts := tuple(field_parts(one, other, sides=sides)):
            yield RulesChange(
                kind=kind, name=before + name, how="changed", says=says, parts=parts, decides=decides
            )
