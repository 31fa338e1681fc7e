"""On which days the differences between two sets of rules count, where rules or values have dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from advisor.model.rule import Consultation
from advisor.workbench.rule_edits import RULE, SETTING, RuleEdits, decisive


def on_day(consultation: Consultation, day: date) -> Consultation:
    """The consultation with the rules in force on `day`, in order of their ids."""
    today = consultation.on(day)
    return replace(today, rules=tuple(sorted(today.rules, key=lambda rule: rule.id)))


def as_authored(consultation: Consultation, day: date) -> Consultation:
    """All that is written, in force or not, with the rules in order of their ids.

    Settings have all their values; the numbers in conditions are those of `day`.
    """
    dateless = tuple(replace(rule, since=None, until=None) for rule in consultation.rules)
    today = on_day(replace(consultation, rules=dateless), day)
    dates = {rule.id: (rule.since, rule.until) for rule in consultation.rules}
    rules = (replace(rule, since=dates[rule.id][0], until=dates[rule.id][1]) for rule in today.rules)
    return replace(today, settings=consultation.settings, rules=tuple(rules))


class DatedEdits:
    """The edits between two knowledge bases in one consultation: what is written, and what counts when."""

    def __init__(self, edits: RuleEdits, day: date) -> None:
        """`edits` are those that count on `day`."""
        self.of_day, self.day = edits, day
        bases = edits.old_base, edits.new_base
        self._whole = tuple(base.consultation(edits.new.id) for base in bases)
        self.turns = tuple(sorted({turn for each in self._whole for turn in each.turns}))
        """The days from which on either side says something else than the day before."""
        self.written = RuleEdits(*bases, *(as_authored(each, day) for each in self._whole))
        """The edits as they are written, whatever the day."""
        self.on = lru_cache(maxsize=None)(self._on)
        """The edits that count on a day."""
        self._deciding = lru_cache(maxsize=None)(self._deciding_on)

    def decides(self, edit: str) -> bool:
        """Whether the edit, such as `rule too-often`, can change a verdict on the day of comparing."""
        return edit in self._deciding(self.day)

    def days(self, edit: str) -> str:
        """When the edit counts, in words; empty where it counts on the day, or never changes a verdict."""
        if not self.turns or self.decides(edit):
            return ""
        starts = (date.min, *self.turns)
        ends = [*(start - timedelta(days=1) for start in self.turns), date.max]
        spans: list[tuple[date, date]] = []
        for start, end in zip(starts, ends, strict=True):
            if edit not in self._deciding(start):
                continue
            goes_on = spans and spans[-1][1] + timedelta(days=1) == start
            spans.append((spans.pop()[0] if goes_on else start, end))
        for start, end in spans:
            if start > self.day:
                return f"decides from {start} on" if end == date.max else f"decides from {start} to {end}"
        if spans:
            start, end = spans[-1]
            return f"decided until {end}" if start == date.min else f"decided from {start} to {end}"
        return "" if self._in_force(edit) else f"not in force on {self.day}"

    def _in_force(self, edit: str) -> bool:
        if not edit.startswith(RULE):
            return True
        name = edit.removeprefix(RULE)
        before = self.written.renamed.get(name, name)
        found = self.of_day.old.rule(before) or self.of_day.new.rule(name)
        return found is not None

    def _on(self, day: date) -> RuleEdits:
        if day == self.day or not self.turns:
            return self.of_day
        old, new = (on_day(each, day) for each in self._whole)
        return RuleEdits(self.of_day.old_base, self.of_day.new_base, old, new)

    def _deciding_on(self, day: date) -> frozenset[str]:
        """Names of settings and rules that can change a verdict: not of rules that only have another id."""
        edits = self.on(day)
        found = {SETTING + name for name in edits.settings}
        for name in edits.rules:
            one, other = edits.old.rule(edits.renamed.get(name, name)), edits.new.rule(name)
            if one is None or other is None or decisive(one) != decisive(other):
                found.add(RULE + name)
        return frozenset(found)
