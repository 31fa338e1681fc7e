"""Lints: what is written in good form and can hardly be meant.

Each looks at rules as they are, asks the search for facts on which they would differ, and hands back where
the doubtful place stands. Whatever makes rules unusable is not found here but when they are read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

from advisor.catalog.messages import placeholders
from advisor.model.clauses import Clause, Path, changed, clauses
from advisor.model.condition import (
    GROUND_FACT,
    RULE_PREFIX,
    All,
    Any,
    Condition,
    Not,
    Test,
    evaluate,
    negation_normal,
    tests,
)
from advisor.model.rule import Consultation, Rule
from advisor.model.wording import in_words
from advisor.workbench.demands import is_false, is_true
from advisor.workbench.sameness import difference
from advisor.workbench.search import CutOff, Searcher

BEYOND = {"lt": -1, "lte": 1, "gt": 1, "gte": -1}
"""For comparisons with a number: the step from it to the nearest value on the other side."""
_ALIKE = 3
"""Tests that two rules share at least where they are called alike; with fewer, most rules would be."""


@dataclass(frozen=True, slots=True)
class Lint:
    """One doubtful place."""

    kind: str
    """What kind of entry it stands in, as the origins name it: `rule`, `fact` or `setting`."""
    name: str
    """Name of the entry; facts and settings with their consultation before a slash."""
    path: Path
    """Where in the entry."""
    code: str
    message: str
    hint: str


def lint(consultation: Consultation, today: date) -> Iterator[Lint]:
    """Everything that looks doubtful in `consultation` on the day `today`."""
    consultation = replace(
        consultation, rules=tuple(rule for rule in consultation.rules if _legible(rule, consultation))
    )
    searcher = Searcher(consultation)
    for rule in consultation.active:
        found = list(_conditions(rule, consultation, searcher))
        yield from found
        if not found:  # what can never be true is not told again as what makes no difference
            yield from _idle_clauses(rule, consultation, searcher)
        yield from _examples(rule, consultation)
        yield from _words(rule)
        yield from _times(rule, today)
    yield from _alike(consultation)
    yield from _unused(consultation)


def _legible(rule: Rule, consultation: Consultation) -> bool:
    """Whether all that the rule speaks of is there; where not, that was complained about when it was read."""
    names = [level.name for level in consultation.verdicts]
    return (rule.effect.kind != "concern" or rule.effect.target in names) and all(
        (test.fact in consultation.vocabulary or test.fact.startswith(RULE_PREFIX))
        and (test.value is not None or test.op in ("known", "unknown"))
        for test in rule.leaves
    )


def _conditions(rule: Rule, consultation: Consultation, searcher: Searcher) -> Iterator[Lint]:
    """Clauses that are never true, or never false once their facts are known; the innermost of each."""
    told: list[Path] = []
    for clause in sorted(clauses(rule), key=lambda each: -len(each.path)):
        if any(path[: len(clause.path)] == clause.path for path in told):
            continue  # it follows from a clause inside it
        if not _possible(searcher, clause.condition, is_true):
            told.append(clause.path)
            hint = "nothing can make it true; see whether `all` is meant as `any`, or a number is off"
            yield _at(rule, clause, "never-true", "this can never be true", consultation, hint)
        elif not _asks_whether_known(clause.condition) and not _possible(
            searcher, clause.condition, is_false
        ):
            told.append(clause.path)
            hint = "nothing can make it false; to ask whether a fact is told, write `known: true`"
            yield _at(rule, clause, "always-true", "this is true of every value", consultation, hint)


def _possible(searcher: Searcher, condition: Condition, demand: Callable[[Condition], object]) -> bool:
    try:
        return searcher.find(demand(condition)) is not None  # type: ignore[arg-type]
    except CutOff:
        return True


def _asks_whether_known(condition: Condition) -> bool:
    return any(test.op in ("known", "unknown") for test in tests(condition))


def _at(rule: Rule, clause: Clause, code: str, message: str, consultation: Consultation, hint: str) -> Lint:
    says = in_words(clause.condition, consultation)
    return Lint("rule", rule.id, clause.path, code, f"{message}: {says}", hint)


def _idle_clauses(rule: Rule, consultation: Consultation, searcher: Searcher) -> Iterator[Lint]:
    """Clauses without which the rule holds just the same: of several that say one thing, the last."""
    left = rule
    dropped: list[Path] = []
    # From the outside in and from behind, so that the paths of what is still to come stay what they are.
    from_behind = list(clauses(rule))[::-1]
    for clause in sorted(from_behind, key=lambda each: len(each.path)):
        exception = len(clause.path) == 2 and clause.path[0] == "unless"  # noqa: PLR2004 - the place of one
        if any(clause.path[: len(path)] == path for path in dropped) or not (
            exception or _has_neighbours(left, clause.path)
        ):
            continue
        without = changed(left, clause.path, None)
        try:
            differs = difference(left, without, searcher) is not None
        except CutOff:
            differs = True
        if differs:
            continue
        left = without
        dropped.append(clause.path)
        if exception:
            hint = "it can only be true where the condition is not; delete it, or see what was meant"
            yield _at(
                rule, clause, "exception-without-effect", "this exception blocks nothing", consultation, hint
            )
        else:
            hint = "the other clauses say it already; delete it, or see what was meant"
            yield _at(
                rule, clause, "clause-without-effect", "without this the rule is the same", consultation, hint
            )


def _has_neighbours(rule: Rule, path: Path) -> bool:
    """Whether the clause is one of several in its group."""
    if len(path) < 2 or path[-2] not in ("all", "any"):  # noqa: PLR2004
        return False
    parent = next(each for each in clauses(rule) if each.path == path[:-2])
    return isinstance(parent.condition, All | Any) and len(parent.condition.parts) > 1


def _examples(rule: Rule, consultation: Consultation) -> Iterator[Lint]:
    """Numbers without an example on each side, exceptions never shown at work, examples that contradict."""
    for clause in clauses(rule):
        test = clause.condition
        if isinstance(test, Test) and test.op in BEYOND and isinstance(test.value, int):
            given = {example.given.get(test.fact) for example in rule.examples}
            wanted = [test.value, test.value + BEYOND[test.op]]
            if missing := [
                value for value in wanted if value not in given and _fits(consultation, test, value)
            ]:
                numbers = " and ".join(map(str, missing))
                message = f"no example has `{test.fact}` at {numbers}"
                hint = "give an example exactly at the number and one just beyond it"
                yield Lint("rule", rule.id, clause.path, "untested-threshold", message, hint)
    for place, exception in enumerate(rule.unless):
        if not any(_blocks_alone(rule, place, example.given) for example in rule.examples):
            hint = "give an example in which the rule would hold but for this alone"
            clause = Clause(("unless", place), exception)
            message = "no example shows this exception at work"
            yield _at(rule, clause, "untested-exception", message, consultation, hint)
    for first, second in combinations(enumerate(rule.examples), 2):
        if first[1].given == second[1].given and first[1].holds is not second[1].holds:
            message = f"this tells the same as “{first[1].name}” and expects the opposite"
            hint = "one of the two is wrong, or tells too little"
            yield Lint("rule", rule.id, ("examples", second[0]), "contradicting-examples", message, hint)


def _fits(consultation: Consultation, test: Test, value: int) -> bool:
    spec = consultation.vocabulary.facts.get(test.fact)
    return spec is None or spec.complaint(value) is None


def _blocks_alone(rule: Rule, place: int, given: object) -> bool:
    if not isinstance(given, dict) or evaluate(rule.when, given) is not True:
        return False
    return [evaluate(each, given) is True for each in rule.unless] == [
        number == place for number in range(len(rule.unless))
    ]


def _words(rule: Rule) -> Iterator[Lint]:
    if rule.effect.kind == "concern" and not rule.fix:
        hint = "add `fix:`, one sentence on what the person can do"
        message = "the concern does not say what to do about it"
        yield Lint("rule", rule.id, (), "concern-without-fix", message, hint)


def _times(rule: Rule, today: date) -> Iterator[Lint]:
    if rule.until is not None and rule.until < today:
        message = f"the rule has not been in force since {rule.until}"
        hint = "write `status: deprecated`, or move the day on"
        yield Lint("rule", rule.id, ("effective",), "expired-rule", message, hint)
    if rule.review_by is not None and rule.review_by < today:
        message = f"the rule should have been looked at by {rule.review_by}"
        hint = "see whether it still holds, and move `review_by` on"
        yield Lint("rule", rule.id, ("review_by",), "review-overdue", message, hint)


def _alike(consultation: Consultation) -> Iterator[Lint]:
    """Rules of one effect that hold in the same cases, or that differ in one test of several."""
    rules = consultation.active
    shapes = {rule.id: _shape(rule) for rule in rules}
    for first, second in combinations(rules, 2):
        if first.effect != second.effect or _apart_in_time(first, second):
            continue
        one, other = shapes[first.id], shapes[second.id]
        if one == other:
            message = f"this holds in the same cases as `{first.id}` and leads to the same"
            hint = "join the two, or see which of them is off"
            yield Lint("rule", second.id, ("when",), "identical-rules", message, hint)
        elif len(one & other) >= _ALIKE and len(one - other) <= 1 and len(other - one) <= 1:
            message = f"but for one test this is `{first.id}`, and it leads to the same"
            hint = "join the two with `any`, or see which of them is off"
            yield Lint("rule", second.id, ("when",), "near-identical-rules", message, hint)
    titles: dict[str, str] = {}
    for rule in (each for each in rules if each.effect.kind != "conclude"):  # nobody reads those
        if (former := titles.setdefault(rule.title.casefold(), rule.id)) != rule.id:
            message = f"`{former}` has the same title, so that people cannot tell them apart"
            yield Lint("rule", rule.id, ("title",), "same-title", message, "say what is particular about it")


def _apart_in_time(first: Rule, second: Rule) -> bool:
    """Whether one of them ends before the other begins."""
    return any(
        one.until is not None and other.since is not None and one.until < other.since
        for one, other in ((first, second), (second, first))
    )


def _shape(rule: Rule) -> frozenset[str]:
    """The tests of a rule with what they are a part of, so that order makes no difference."""
    parts = [
        ("when", negation_normal(rule.when)),
        *(("unless", negation_normal(each)) for each in rule.unless),
    ]
    return frozenset(word for role, part in parts for word in _shape_of(part, role))


def _shape_of(condition: Condition, role: str) -> Iterator[str]:
    match condition:
        case Test(fact, op, value):
            yield f"{role} {fact} {op} {value}"
        case Not(part):
            yield from _shape_of(part, f"{role} not")
        case All(parts):
            for part in parts:
                yield from _shape_of(part, role if role in ("when", "unless all") else f"{role} all")
        case Any(parts):
            for part in parts:
                yield from _shape_of(part, f"{role} any")


def _unused(consultation: Consultation) -> Iterator[Lint]:
    """Facts and settings that nothing uses."""
    tested = {test.fact for each in _all_conditions(consultation) for test in tests(each)}
    quoted = {
        name
        for rule in consultation.rules
        for text in (rule.message, rule.fix)
        for name in placeholders(text)
    }
    quoted |= {name for action in consultation.actions.all for name in placeholders(action.does)}
    used = tested | quoted | {fact for rule in consultation.rules for fact in rule.shows}
    used |= {fact for spec in consultation.vocabulary.given for fact in (spec.told_with, *spec.sum_of)}
    for action in consultation.actions.all:
        used |= {*action.facts, *action.removes, *action.strikes, *action.about}
    for spec in consultation.vocabulary.facts.values():
        if spec.name not in used and spec.name != GROUND_FACT:
            message = f"no rule tests `{spec.name}`, and nothing else uses it"
            hint = "delete it, or write the rule that it is for"
            yield Lint("fact", f"{consultation.id}/{spec.name}", (), "unused-fact", message, hint)
    settings = {test.setting for each in _all_conditions(consultation) for test in tests(each)}
    settings |= {name[1:] for name in quoted if name.startswith("$")}
    for name in consultation.settings:
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
