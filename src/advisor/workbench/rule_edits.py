"""The single edits that lead from one set of rules to another, and what comes of some of them alone.

An edit is what one person does in one place: the value of a setting, a rule, the words of one language. Rules
are compared as they are written, with settings by name, so that a threshold is one edit however many rules
refer to it. Only what can change a verdict counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cached_property
from typing import Any

from advisor.model.condition import RULE_PREFIX, Condition, Test, mapped
from advisor.model.knowledge_base import KnowledgeBase
from advisor.model.lexicon import Lexicon
from advisor.model.rule import Consultation, Rule, Setting
from advisor.model.vocabulary import FactSpec, Vocabulary

SETTING, RULE, LEXICON, FACTS, SCALE = "setting ", "rule ", "lexicon ", "facts", "scale"
Chosen = frozenset[str]
"""Names of edits."""


def as_written(condition: Condition) -> Condition:
    """The condition with settings by name rather than by value."""
    return mapped(condition, lambda test: replace(test, value=None) if test.setting else test)


def bears(rule: Rule, consultation: Consultation) -> bool:
    """Whether a verdict can hang on `rule`: merits and advice only where another rule names them."""
    if rule.effect.kind not in ("merit", "advice"):
        return True
    return any(RULE_PREFIX + rule.id in other.facts for other in consultation.active)


def decisive(rule: Rule) -> tuple[object, ...]:
    """What of a rule bears on verdicts, as it is written."""
    when, unless = as_written(rule.when), tuple(map(as_written, rule.unless))
    return when, unless, rule.effect, rule.status == "stable"


def placeless(value: Any) -> Any:
    """An entry, or entries, without the file and line where each is written."""
    if isinstance(value, tuple):
        return tuple(map(placeless, value))
    if not is_dataclass(value) or isinstance(value, type):
        return value
    names = {each.name for each in fields(value)}
    # Without a line, `file` is no place but something that is said, such as the file of an article.
    nowhere = {"file": "", "line": 0} if names >= {"file", "line"} else {"line": 0} if "line" in names else {}
    inner = {name: placeless(getattr(value, name)) for name in ("examples",) if name in names}
    changed: Any = replace(value, **nowhere, **inner)
    return changed


def content(rule: Rule) -> tuple[object, ...]:
    """All that a rule says, whatever it is called and wherever it stands."""
    bare = replace(placeless(rule), id="", theme="", formerly=(), when=as_written(rule.when))
    return (replace(bare, unless=tuple(map(as_written, rule.unless))),)


def renamings(old: Consultation, new: Consultation) -> dict[str, str]:
    """For rules that are new: the id under which the same rule stood before."""
    gone = {rule.id: rule for rule in old.rules if new.rule(rule.id) is None}
    found: dict[str, str] = {}
    for rule in new.rules:
        if old.rule(rule.id) is not None:
            continue
        alike = [name for name in gone if name in rule.formerly or content(gone[name]) == content(rule)]
        if alike:
            found[rule.id] = alike[0]
            del gone[alike[0]]
    return found


@dataclass(frozen=True)
class RuleEdits:
    """The edits between two knowledge bases, as far as one consultation and one day go."""

    old_base: KnowledgeBase
    new_base: KnowledgeBase
    old: Consultation
    new: Consultation

    @cached_property
    def renamed(self) -> Mapping[str, str]:
        """New ids of rules, with their old ones."""
        return renamings(self.old, self.new)

    @cached_property
    def settings(self) -> tuple[str, ...]:
        """Settings of other values that some rule refers to."""
        rules = (rule for each in (self.old, self.new) for rule in each.active if bears(rule, each))
        used = {leaf.setting for rule in rules for leaf in rule.leaves}
        both = self.old.settings.keys() & self.new.settings.keys() & used
        return tuple(
            name for name in sorted(both) if self.old.settings[name].value != self.new.settings[name].value
        )

    @cached_property
    def rules(self) -> tuple[str, ...]:
        """Ids of rules that decide otherwise, those that are gone among them."""
        before = {rule.id: decisive(rule) for rule in self.old.rules}
        after = {rule.id: decisive(rule) for rule in self.new.rules}
        gone = set(self.renamed.values())
        found = []
        for name in sorted((before.keys() | after.keys()) - gone):
            one, other = before.get(self.renamed.get(name, name)), after.get(name)
            sides = (self.old, self.renamed.get(name, name)), (self.new, name)
            bearing = any(
                rule is not None and rule.status == "stable" and bears(rule, side)
                for side, rule_id in sides
                for rule in [side.rule(rule_id)]
            )
            if bearing and (one != other or name in self.renamed):
                found.append(name)
        return tuple(found)

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """Codes of languages that are read otherwise."""
        before, after = self.old_base.lexicons, self.new_base.lexicons
        if not any(spec.origin == "draft" for side in (self.old, self.new) for spec in side.vocabulary.given):
            return ()  # no note is read here
        return tuple(
            code
            for code in sorted(before.keys() | after.keys())
            if _read_by(before.get(code)) != _read_by(after.get(code))
        )

    @cached_property
    def all(self) -> tuple[str, ...]:
        """Names of all edits."""
        names = [
            *(SETTING + name for name in self.settings),
            *(RULE + name for name in self.rules),
            *(LEXICON + code for code in self.languages),
        ]
        if _told_by(self.old.vocabulary) != _told_by(self.new.vocabulary):
            names.append(FACTS)
        if [each.name for each in self.old.verdicts] != [each.name for each in self.new.verdicts]:
            names.append(SCALE)
        return tuple(names)

    def applied(self, chosen: Chosen) -> Consultation:
        """The old consultation with only the edits `chosen`.

        Raises:
            ValueError: where a rule refers to a verdict that the scale does not have then.
        """
        settings: dict[str, Setting] = {**self.new.settings, **self.old.settings}
        for name in self.settings:
            if SETTING + name in chosen:
                settings[name] = self.new.settings[name]

        def of_settings(test: Test) -> Test:
            known = test.setting in settings
            return replace(test, value=settings[test.setting].value) if known else test

        taken = {name for name in self.rules if RULE + name in chosen}
        left_out = taken | {self.renamed[name] for name in taken if name in self.renamed}
        rules = [rule for rule in self.old.rules if rule.id not in left_out]
        rules += [rule for rule in self.new.rules if rule.id in taken]
        verdicts = self.new.verdicts if SCALE in chosen else self.old.verdicts
        names = {level.name for level in verdicts}
        if any(rule.effect.kind == "concern" and rule.effect.target not in names for rule in rules):
            raise ValueError("a verdict is not on the scale")
        return replace(
            self.old,
            verdicts=verdicts,
            settings=settings,
            vocabulary=self.merged_vocabulary,
            # What cannot be is not a matter of some edits: cases are made up of what the new rules allow.
            impossible=self.new.impossible,
            rules=tuple(
                replace(
                    rule,
                    when=mapped(rule.when, of_settings),
                    unless=tuple(mapped(each, of_settings) for each in rule.unless),
                )
                for rule in sorted(rules, key=lambda each: each.id)
            ),
        )

    @cached_property
    def merged_vocabulary(self) -> Vocabulary:
        """All facts of both."""
        old, new = self.old.vocabulary, self.new.vocabulary
        return Vocabulary({**old.facts, **new.facts}, {**old.lists, **new.lists})

    def lexicons(self, chosen: Chosen) -> dict[str, Lexicon]:
        """The lexicons with only the edits `chosen`."""
        taken = {code for code in self.languages if LEXICON + code in chosen}
        before = {code: each for code, each in self.old_base.lexicons.items() if code not in taken}
        return before | {code: each for code, each in self.new_base.lexicons.items() if code in taken}

    @property
    def reads_otherwise(self) -> bool:
        """Whether any edit bears on which facts a situation gives."""
        return self.reading(frozenset(self.all))

    @staticmethod
    def reading(chosen: Chosen) -> bool:
        """Whether any of the edits `chosen` bears on which facts a situation gives."""
        return any(name == FACTS or name.startswith(LEXICON) for name in chosen)

    def vocabulary(self, chosen: Chosen) -> Vocabulary:
        """The vocabulary by which situations are read."""
        return self.new.vocabulary if FACTS in chosen else self.old.vocabulary


def _read_by(lexicon: Lexicon | None) -> object:
    """What of a lexicon bears on how notes are read."""
    if lexicon is None:
        return None
    signs = {name: (each.phrases, each.not_after, each.empty) for name, each in lexicon.signs.items()}
    return lexicon.covered, lexicon.function_words, lexicon.lists, signs, lexicon.default_texts


def told_by(spec: FactSpec) -> object:
    """What of a fact bears on whether a situation gives it, and with which values."""
    options = [(each.name, each.also) for each in spec.options]
    return spec.type, spec.origin, spec.told, options, spec.minimum, spec.maximum, spec.sum_of


def _told_by(vocabulary: Vocabulary) -> object:
    """What of a vocabulary bears on which facts a situation gives."""
    facts = {spec.name: told_by(spec) for spec in vocabulary.given}
    return facts, {name: [(each.name, each.also) for each in some] for name, some in vocabulary.lists.items()}
