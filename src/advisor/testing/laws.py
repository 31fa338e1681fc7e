"""Laws that hold for every rule set: what no rule, no engine and no change of either may break.

Each law is a function that takes the rules under test and one case and raises an AssertionError that says
what was told and what came out otherwise. `lawbook` draws cases for them.
"""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence

from advisor.catalog.receipts import read_receipt
from advisor.catalog.text import Document
from advisor.inference.durable import available
from advisor.inference.engine import Inference
from advisor.model.rule import Consultation, Rule
from advisor.model.situation import Situation, as_told, asked_on
from advisor.model.vocabulary import FactValue
from advisor.testing.case_facts import contradictions
from advisor.testing.changes import reordered, with_a_rule_that_never_holds
from advisor.testing.telling import difference, in_words
from advisor.testing.under_test import RulesUnderTest, day_of
from advisor.testing.writing import told_by
from advisor.verdict.replay import replayed

Facts = Mapping[str, FactValue]
"""What is told, by fact."""


def the_order_of_rules_changes_nothing(rules: RulesUnderTest, told: Facts, chooser: random.Random) -> None:
    """Rules in another order, in other files, and facts told in another order give the same."""
    other = rules.with_base(reordered(rules.base, chooser))
    turned = dict(chooser.sample(list(told.items()), len(told)))
    before, after = rules.engine.infer(told), other.new_engine().infer(turned)
    _same("with rules and facts in another order", told, before, after)


def engines_agree(rules: RulesUnderTest, told: Facts) -> None:
    """The engine under test, and ours as far as they can be had, find what the specification finds."""
    wanted = rules.with_engine("reference").engine.infer(told)
    _same(f"by the engine `{rules.engine.name}`", told, wanted, rules.engine.infer(told))
    if available() is None:
        _same("by the engine `durable`", told, wanted, rules.with_engine("durable").engine.infer(told))


def a_case_never_influences_the_next(rules: RulesUnderTest, cases: Sequence[Facts]) -> None:
    """Whatever an engine was asked before, it finds what one finds that was never asked anything."""
    alone = []
    for case in cases:
        given = dict(case)
        alone.append(rules.new_engine().infer(case))
        if case != given:
            raise AssertionError(f"an engine changed the facts that it was given:\n{difference(given, case)}")
    shared = rules.new_engine()
    for place in (*range(len(cases)), *reversed(range(len(cases)))):
        _same("after other cases", cases[place], alone[place], shared.infer(cases[place]))


def the_verdict_is_possible(rules: RulesUnderTest, told: Facts) -> None:
    """The verdict is among those that are said to be possible; where all is told, no other is."""
    now = rules.verdict_of(told)
    analysis = rules.decider.analysis
    possible = analysis.outlook.find(told, now).verdicts
    whole = analysis.classes.keys() <= told.keys()
    if now not in possible or (whole and possible != (now,)):
        much = "and everything is told" if whole else "where this is told"
        raise AssertionError(
            f"the verdict is {now}, and possible are {', '.join(possible)}, {much}:\n{in_words(told)}"
        )


def telling_more_stays_within_what_was_possible(rules: RulesUnderTest, told: Facts, more: Facts) -> None:
    """Whatever else is answered, the verdict is one of those that were possible; a settled one stays.

    `more` holds all of `told`; where it holds what cannot stand together, nothing is said about it. Of what
    is told of one's own accord, which no verdict waits for, only what is told already counts.

    Raises:
        ValueError: where `more` lacks something that was told.
    """
    if not told.items() <= more.items():
        raise ValueError("`more` must hold everything that was told")
    more = answered_only(rules.consultation, told, more)
    impossible = contradictions(rules.consultation, told)
    if any(each not in impossible for each in contradictions(rules.consultation, more)):
        return
    before, after = rules.verdict_of(told), rules.verdict_of(more)
    possible = rules.decider.analysis.outlook.find(told, before).verdicts
    if after not in possible:
        added = {fact: value for fact, value in more.items() if fact not in told}
        state = f"settled as {before}" if len(possible) == 1 else f"{before}, possible {', '.join(possible)}"
        raise AssertionError(
            f"the verdict was {state}, and became {after} when more was told\n"
            f"{in_words(told)}\nand then:\n{in_words(added)}"
        )


def answered_only(consultation: Consultation, told: Facts, more: Facts) -> Facts:
    """`more` without what nobody asks for, so far as `told` lacks it."""
    untold = {spec.name for spec in consultation.vocabulary.given if spec.volunteered} - told.keys()
    return {fact: value for fact, value in more.items() if fact not in untold}


def never_worse(rules: RulesUnderTest, told: Facts, before: Facts, after: Facts) -> None:
    """With `after` in place of `before`, the verdict is not stricter, whatever else is told."""
    rest = {fact: value for fact, value in told.items() if fact not in before and fact not in after}
    was, became = rules.verdict_of({**rest, **before}), rules.verdict_of({**rest, **after})
    caution = rules.consultation.caution
    if caution(became) > caution(was):
        raise AssertionError(
            f"the verdict went from {was} to the stricter {became} by what should never make it worse:\n"
            f"{difference(before, after)}\nwhere besides this is told:\n{in_words(rest)}"
        )


def a_rule_that_never_holds_changes_nothing(rules: RulesUnderTest, told: Facts, like: Rule) -> None:
    """With one more rule, which like `like` has an effect but can never hold, everything is as before."""
    added = with_a_rule_that_never_holds(rules.consultation, like)
    other = rules.with_rules(added.rules)
    _same("with a rule more that never holds", told, rules.engine.infer(told), other.engine.infer(told))
    before, after = rules.verdict_of(told), other.verdict_of(told)
    if before != after:
        raise AssertionError(
            f"a rule that never holds turned the verdict from {before} to {after}\n{in_words(told)}"
        )


def what_was_told_survives(rules: RulesUnderTest, situation: Situation, text: str) -> None:
    """A prospect file that says what `situation` says is read back as just that."""
    told = told_by(text, situation.as_of, rules.consultation.vocabulary)
    if told != situation:
        raise AssertionError(
            f"what was told came back otherwise:\n"
            f"{difference(as_told(situation), as_told(told))}\nfrom:\n{text}"
        )


def another_name_changes_nothing(rules: RulesUnderTest, before: Situation, after: Situation) -> None:
    """Two situations that differ in nothing but names give the same."""
    cases = [rules.read(situation) for situation in (before, after)]
    first, second = (rules.engine.infer(case.facts) for case in cases)
    names = " and ".join(situation.prospect.name for situation in (before, after))
    if (first.held, dict(first.blocked)) != (second.held, dict(second.blocked)):
        raise AssertionError(
            f"other rules hold for {names}, who differ in nothing but their names:\n"
            f"{_turned(first, second)}\n{difference(cases[0].facts, cases[1].facts)}\n"
            f"the note: {before.draft!r}"
        )


def a_receipt_gives_itself_again(rules: RulesUnderTest, situation: Situation) -> None:
    """Written down, read back and decided again on the same day, a receipt shows no difference."""
    from advisor.report.json import dumped, plain

    day, decider = day_of(situation), rules.decider
    situation = asked_on(situation, day)
    first = decider.receipt(rules.read(situation), day, as_told(situation))
    text = dumped(plain(first))
    read = read_receipt(Document("receipt", json.loads(text)), [rules.consultation.id])
    again = told_by(dumped(plain(read.situation)), day, rules.consultation.vocabulary)
    replay = replayed(read, decider.receipt(rules.read(again), day, as_told(again)), rules.consultation)
    found = [f"{each.kind} {each.name}: {each.before} -> {each.after}" for each in replay.differences]
    if found:
        raise AssertionError("a receipt that is decided again is otherwise:\n" + "\n".join(found))
    if dumped(plain(replay.receipt)) != text:
        raise AssertionError("a receipt that is decided again has another wording")


def _same(how: str, told: Facts, before: Inference, after: Inference) -> None:
    if before != after:
        raise AssertionError(
            f"something else is found {how}:\n{_turned(before, after)}\n"
            f"{difference(before.facts, after.facts)}\nwhere this is told:\n{in_words(told)}"
        )


def _turned(before: Inference, after: Inference) -> str:
    """What holds in one and not in the other."""
    gone, new = sorted(before.held - after.held), sorted(after.held - before.held)
    lines = [f"  no longer holds: {', '.join(gone)}"] if gone else []
    lines += [f"  holds now: {', '.join(new)}"] if new else []
    if before.blocked != after.blocked:
        lines.append(f"  exceptions that block: {difference(before.blocked, after.blocked).strip()}")
    return "\n".join(lines)
