"""What is otherwise when a receipt is decided again, and what brought each difference about."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.model.receipt import Difference, Receipt, Replay
from advisor.model.rule import Consultation
from advisor.model.vocabulary import FactSpec
from advisor.model.wording import value_in_words


def replayed(before: Receipt, after: Receipt, consultation: Consultation) -> Replay:
    """Compare two receipts on one situation; `consultation` is the one that `after` was decided with."""
    found = _Comparison(before, after, consultation)
    return Replay(
        same=before.verdict == after.verdict,
        before=before.verdict,
        after=after.verdict,
        differences=(
            *found.verdict(),
            *found.circumstances(),
            *found.settings(),
            *found.rules(),
            *found.facts(),
        ),
        changed_without_effect=found.changed_without_effect(),
        receipt=after,
    )


class _Comparison:
    def __init__(self, before: Receipt, after: Receipt, consultation: Consultation) -> None:
        self._before, self._after, self._consultation = before, after, consultation
        self._held_before, self._held_after = frozenset(before.held), frozenset(after.held)
        self._turned = sorted(self._held_before ^ self._held_after)
        names = sorted(before.facts.keys() | after.facts.keys())
        settings = before.settings, after.settings
        self._other_settings = [
            name
            for name in sorted(settings[0].keys() | settings[1].keys())
            if settings[0].get(name) != settings[1].get(name)
        ]
        self._facts = [name for name in names if before.facts.get(name) != after.facts.get(name)]
        known = before.rules.keys() | after.rules.keys()
        self._changed = sorted(each for each in known if before.rules.get(each) != after.rules.get(each))

    def verdict(self) -> Iterator[Difference]:
        if self._before.verdict == self._after.verdict:
            return
        deciding = [
            f"`{finding.rule}` {'now holds' if finding.rule in self._held_after else 'no longer holds'}"
            for finding in (*self._before.concerns, *self._after.concerns)
            if finding.rule in self._turned
        ]
        yield Difference(
            kind="verdict",
            name="",
            before=self._before.verdict,
            after=self._after.verdict,
            because="; ".join(dict.fromkeys(deciding)) or "the rules hold at other verdicts than before",
        )

    def circumstances(self) -> Iterator[Difference]:
        if self._before.as_of != self._after.as_of:
            yield Difference(
                kind="as-of",
                name="",
                before=self._before.as_of,
                after=self._after.as_of,
                because="it was asked as on another day",
            )
        if self._before.knowledge_base != self._after.knowledge_base:
            count = len(self._changed)
            rules = f"{count} rule{'s are' if count != 1 else ' is'} new, gone or changed"
            yield Difference(
                kind="knowledge-base",
                name="",
                before=self._before.knowledge_base,
                after=self._after.knowledge_base,
                because=rules if count else "words, knowledge or lexicons were changed",
            )

    def settings(self) -> Iterator[Difference]:
        for name in self._other_settings:
            yield Difference(
                kind="setting",
                name=name,
                before=self._before.settings.get(name),
                after=self._after.settings.get(name),
                because="it was changed in the rules",
            )

    def rules(self) -> Iterator[Difference]:
        for name in self._turned:
            yield Difference(
                kind="rule",
                name=name,
                before=name in self._held_before,
                after=name in self._held_after,
                because=self._why_turned(name),
            )

    def facts(self) -> Iterator[Difference]:
        for name in self._facts:
            yield Difference(
                kind="fact",
                name=name,
                before=self._before.facts.get(name),
                after=self._after.facts.get(name),
                because=self._why_other(name),
            )

    def changed_without_effect(self) -> tuple[str, ...]:
        return tuple(name for name in self._changed if name not in self._turned)

    def _why_turned(self, name: str) -> str:
        if name not in self._before.rules:
            return "the rule is new"
        if name not in self._after.rules:
            return "the rule is gone or no longer active"
        rule = self._consultation.rule(name)
        if name in self._changed:
            used = {test.setting for test in rule.leaves} if rule else set()
            numbers = [f"`{each}`" for each in self._other_settings if each in used]
            if numbers:
                return f"{' and '.join(numbers)} {'were' if len(numbers) > 1 else 'was'} changed"
            return "its condition, exceptions or effect were changed"
        looked_at = [fact for fact in self._facts if rule and fact in rule.facts]
        if looked_at:
            return "; ".join(f"`{fact}` is {self._values(fact)}" for fact in looked_at)
        return "a rule that it looks at holds no longer, or holds now"

    def _why_other(self, name: str) -> str:
        spec = self._consultation.vocabulary.facts.get(name)
        if spec is None:
            return "the fact is no longer in the vocabulary"
        if spec.origin == "concluded":
            return self._why_concluded(spec)
        if spec.origin == "draft":
            return (
                "the note is read otherwise: words of the lexicon were changed, or what it is compared with"
            )
        if self._before.as_of != self._after.as_of:
            return "it depends on the day of asking"
        return "it is worked out otherwise, or its values were changed"

    def _why_concluded(self, spec: FactSpec) -> str:
        makers = self._consultation.makers(spec.name)
        changed = [rule.id for rule in makers if rule.id in self._changed]
        if changed:
            return f"{', '.join(f'`{rule}`' for rule in changed)} was changed"
        behind = sorted({fact for rule in makers for fact in rule.facts if fact in self._facts})
        if behind:
            return "; ".join(f"`{fact}` is {self._values(fact)}" for fact in behind)
        return "a rule that concluded it is gone"

    def _values(self, fact: str) -> str:
        before, after = self._before.facts.get(fact), self._after.facts.get(fact)
        return f"{value_in_words(after)}, and was {value_in_words(before)}"
