"""Lints: what is written in good form and can hardly be meant.

Each looks at rules as they are, asks the search for facts on which they would differ, and hands back where
the doubtful place stands. Whatever makes rules unusable is not found here but when they are read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations

from advisor.model.clauses import Clause, Path, blocks_alone, changed, clauses
from advisor.model.condition import (
    RULE_PREFIX,
    Condition,
    Test,
    tests,
)
from advisor.model.lint import Lint
from advisor.model.rule import Consultation, Rule
from advisor.model.wording import in_words
from advisor.workbench.demands import is_false, is_true
from advisor.workbench.leftovers import unused
from advisor.workbench.sameness import difference
from advisor.workbench.search import CutOff, Searcher
from advisor.workbench.twins import twins

TO_BE_WRITTEN = "To be written"
"""How the words begin that a new rule holds until somebody writes its own."""
BEYOND = {"lt": -1, "lte": 1, "gt": 1, "gte": -1}
"""For comparisons with a number: the step from it to the nearest value on the other side."""


def lint(consultation: Consultation, today: date, borrowers: Sequence[Consultation] = ()) -> Iterator[Lint]:
    """Everything that looks doubtful in `consultation` on the day `today`, or with later numbers.

    `borrowers` are the consultations that borrow from it; what it borrows itself is doubted in its own home.
    """
    consultation = replace(
        consultation,
        rules=tuple(rule for rule in consultation.rules if _legible(rule, consultation)),
        impossible=tuple(
            each for each in consultation.impossible if _can_be_tested(tests(each), consultation)
        ),
    )
    told = set()
    for each in _lint(consultation, today, borrowers):
        told.add((each.name, each.path, each.code))
        yield each
    for turn in consultation.turns:
        then = consultation.on(turn)
        for each in _of_rules(then, today):
            # What examples lack for a later number can be told only once it has come.
            if (each.name, each.path, each.code) not in told and each.code not in _OF_EXAMPLES:
                told.add((each.name, each.path, each.code))
                yield each


_OF_EXAMPLES = ("untested-threshold", "untested-exception")


def _lint(consultation: Consultation, today: date, borrowers: Sequence[Consultation]) -> Iterator[Lint]:
    yield from _of_rules(consultation, today)
    yield from twins(consultation)
    yield from unused(consultation, borrowers)
    yield from _passed(consultation, today)


def _of_rules(consultation: Consultation, today: date) -> Iterator[Lint]:
    searcher = Searcher(consultation)
    for rule in consultation.own:
        found = list(_conditions(rule, consultation, searcher))
        yield from found
        if not found:  # what can never be true is not told again as what makes no difference
            yield from _idle_clauses(rule, consultation, searcher)
        yield from _examples(rule, consultation)
        yield from _words(rule)
        yield from _times(rule, today)


def _legible(rule: Rule, consultation: Consultation) -> bool:
    """Whether all that the rule speaks of is there; where not, that was complained about when it was read."""
    names = [level.name for level in consultation.verdicts]
    return (rule.effect.kind != "concern" or rule.effect.target in names) and _can_be_tested(
        rule.leaves, consultation
    )


def _can_be_tested(leaves: Iterable[Test], consultation: Consultation) -> bool:
    return all(
        (test.fact in consultation.vocabulary or test.fact.startswith(RULE_PREFIX))
        and (test.value is not None or test.op in ("known", "unknown"))
        for test in leaves
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
    dropped: list[Path] = []
    from_behind = list(clauses(rule))[::-1]
    for clause in sorted(from_behind, key=lambda each: len(each.path)):
        if any(clause.path[: len(path)] == path for path in dropped):
            continue
        left, without = (_without(rule, paths) for paths in (dropped, [*dropped, clause.path]))
        if left is None or without is None:
            continue
        try:
            differs = difference(left, without, searcher) is not None
        except CutOff:
            differs = True
        if differs:
            continue
        dropped.append(clause.path)
        if len(clause.path) == 2 and clause.path[0] == "unless":  # noqa: PLR2004 - the place of an exception
            hint = "it can only be true where the condition is not; delete it, or see what was meant"
            yield _at(
                rule, clause, "exception-without-effect", "this exception blocks nothing", consultation, hint
            )
        else:
            hint = "the other clauses say it already; delete it, or see what was meant"
            yield _at(
                rule, clause, "clause-without-effect", "without this the rule is the same", consultation, hint
            )


def _without(rule: Rule, paths: list[Path]) -> Rule | None:
    """`rule` without the clauses at `paths`; None where one of them cannot be spared."""
    left = rule
    # What stands behind goes first, so that the paths of the others stay what they are.
    for path in sorted(paths, key=_in_reading_order, reverse=True):
        exception = len(path) == 2 and path[0] == "unless"  # noqa: PLR2004 - the place of one
        if not exception and path[-2:-1] not in (("all",), ("any",)):
            return None
        try:
            left = changed(left, path, None)
        except ValueError:
            return None
    return left


def _in_reading_order(path: Path) -> tuple[tuple[int, str], ...]:
    return tuple((step, "") if isinstance(step, int) else (-1, step) for step in path)


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
        if not any(blocks_alone(rule, place, example.given) for example in rule.examples):
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


def _words(rule: Rule) -> Iterator[Lint]:
    words = " ".join(rule.words)
    for key, text in (("title", rule.title), ("message", rule.message), ("fix", rule.fix), ("words", words)):
        if TO_BE_WRITTEN.casefold() in text.casefold():
            message = f"the `{key}` still says that it is to be written"
            hint = "write what the person is to read, or leave the rule a draft"
            yield Lint("rule", rule.id, (key,), "unfinished-rule", message, hint)
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


def _passed(consultation: Consultation, today: date) -> Iterator[Lint]:
    """Settings whose first value no longer counts: examples still go by it, and would speak of the past."""
    for setting in consultation.own_settings:
        for place in reversed(range(len(setting.changes))):
            change = setting.changes[place]
            if change.since <= today:
                message = f"since {change.since} this is the value, and examples still go by the first one"
                hint = "make it the first `value`, take it out here, and see what the examples say"
                path: Path = ("changes", place)
                yield Lint(
                    "setting", f"{consultation.id}/{setting.name}", path, "passed-change", message, hint
                )
                break
