"""Facts and settings that nothing uses, here or where they are borrowed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from advisor.catalog.messages import placeholders
from advisor.model.condition import GROUND_FACT, Condition, tests
from advisor.model.lint import Lint
from advisor.model.rule import Consultation


def unused(consultation: Consultation, borrowers: Sequence[Consultation] = ()) -> Iterator[Lint]:
    """Facts and settings of `consultation` that nothing uses; `borrowers` are those that borrow from it."""
    tested = {test.fact for each in _all_conditions(consultation) for test in tests(each)}
    quoted = {name for rule in consultation.rules for text in rule.texts for name in placeholders(text)}
    quoted |= {name for action in consultation.actions.all for name in placeholders(action.does)}
    used = tested | quoted | {fact for rule in consultation.rules for fact in rule.shows}
    used |= {fact for spec in consultation.vocabulary.given for fact in (spec.told_with, *spec.sum_of)}
    for action in consultation.actions.all:
        used |= {*action.facts, *action.removes, *action.strikes, *action.about}
    used = used.union(*(each.borrowed.facts for each in borrowers))
    for spec in consultation.own_facts:
        if spec.name not in used and spec.name != GROUND_FACT:
            message = f"no rule tests `{spec.name}`, and nothing else uses it"
            hint = "delete it, or write the rule that it is for"
            yield Lint("fact", f"{consultation.id}/{spec.name}", (), "unused-fact", message, hint)
    settings = {test.setting for each in _all_conditions(consultation) for test in tests(each)}
    settings |= {name[1:] for name in quoted if name.startswith("$")}
    settings |= {rule.within for rule in consultation.rules}
    settings = settings.union(*(each.borrowed.settings for each in borrowers))
    for name in (each.name for each in consultation.own_settings):
        if name not in settings and not _in_actions(consultation, name):
            message = f"nothing uses the setting `{name}`"
            hint = "delete it, or write it as `$name` where it is meant"
            yield Lint("setting", f"{consultation.id}/{name}", (), "unused-setting", message, hint)


def _in_actions(consultation: Consultation, name: str) -> bool:
    """Whether an action may take its value from the setting, whose name is no longer to be seen there."""
    value = consultation.settings[name].value
    return any(
        value in (action.takes_days, action.waits_up_to, *action.facts.values())
        for action in consultation.actions.all
    )


def _all_conditions(consultation: Consultation) -> Iterator[Condition]:
    for rule in consultation.rules:
        yield from (rule.when, *rule.unless)
    for action in consultation.actions.all:
        yield from (each for each in (action.when, action.unless) if each is not None)
    yield from consultation.asked_if.values()
    yield from consultation.impossible
