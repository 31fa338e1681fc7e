"""Rules that never hold or never decide, pairs that pull apart, verdicts that nothing leads to.

Each is a question about all situations at once. Whatever a case is to show, the judge has confirmed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from advisor.model.analysis import Covered, NeverHolds, Opposed, RuleView, Unreachable, Witness
from advisor.model.condition import RULE_PREFIX, All, Condition, Not, Test, facts_of
from advisor.model.rule import Consultation, Rule
from advisor.model.vocabulary import FactValue
from advisor.model.wording import in_words
from advisor.workbench.encoding import Background, Encoding, Sum
from advisor.workbench.finder import Cases, Finder, Query
from advisor.workbench.judge import Judge
from advisor.workbench.prover import Prover
from advisor.workbench.symbols import Formula, opposite, symbols_for

_DEEPEST = 3
"""Conclusions behind conclusions that a reason is followed down to."""


class DefectFinder:
    """Looks for defects of one consultation."""

    def __init__(self, consultation: Consultation, timeout: float) -> None:
        """`timeout` in seconds for each question put to the solver."""
        self._consultation = consultation
        self._rules = {rule.id: rule for rule in consultation.active}
        background = Background(consultation)
        symbols = symbols_for(consultation.vocabulary.given)
        self._encoding = Encoding(consultation, symbols)
        self._judge = Judge(consultation, background)
        self._prover = Prover(symbols, background.formulas(self._encoding), timeout)
        self._finder = Finder(self._prover, self._judge)
        self._seen: list[frozenset[str]] = []
        """Rules that hold together in cases that were found; a case seen once answers many questions."""
        self.undecided: set[str] = set()
        """Rules about which time ran out."""

    def never_hold(self, rules: Iterable[str]) -> tuple[NeverHolds, ...]:
        """Those of `rules` that hold in no case."""
        return tuple(
            NeverHolds(rule, self._why_never(self._rules[rule], 0))
            for rule in rules
            if self._can(self._query((rule,)), rule) is False
        )

    def covered(self, rules: Iterable[str]) -> tuple[Covered, ...]:
        """Those of `rules` that never decide, since another that counts as much always holds too."""
        found = []
        for rule in rules:
            rivals = self._rivals(self._rules[rule])
            if not rivals or self._can(self._query((rule,)), rule) is not True:
                continue
            if self._can(self._query((rule,), rivals), rule) is not False:
                continue
            together = [held for held in self._seen if rule in held]
            likely = [rival for rival in rivals if all(rival in held for held in together)]
            by = tuple(each for each in likely if self._can(self._query((rule,), (each,)), rule) is False)
            found.append(Covered(rule, self._rules[rule].effect.kind, by))
        return tuple(found)

    def opposed(self, rules: Iterable[str] | None = None, *, everything: bool = False) -> tuple[Opposed, ...]:
        """Pairs that can both hold and know nothing of each other, those of `rules` where they are given.

        A ground against a concern at the most cautious verdict, or a merit against a concern whose condition
        tests the same. Only close pairs get a case, unless `everything`.
        """
        wanted = None if rules is None else frozenset(rules)
        found = []
        for one in self._rules.values():
            for other in self._rules.values():
                pair = self._pair(one, other)
                if pair is None or not (wanted is None or wanted & {one.id, other.id}):
                    continue
                query = self._query((one.id, other.id))
                if not self._can(query, one.id):
                    continue
                if pair.close or everything:
                    pair = replace(pair, witness=self._witness(query, smallest=False))
                found.append(pair)
        return tuple(found)

    def _pair(self, one: Rule, other: Rule) -> Opposed | None:
        """Two rules as a pair; None where they do not pull apart, or where one yields to the other."""
        shared = tuple(sorted(facts_of(one.when) & facts_of(other.when)))
        if other.effect.kind != "concern" or _know_each_other(one, other):
            return None
        cautious = other.effect.target == self._consultation.verdicts[-1].name
        if not ((one.effect.kind == "ground" and cautious) or (one.effect.kind == "merit" and shared)):
            return None
        return Opposed(one.id, other.id, one.theme if one.theme == other.theme else "", shared)

    def unreachable(self) -> tuple[Unreachable, ...]:
        """Verdicts that no case leads to."""
        found = []
        for level in self._consultation.verdicts:
            reached = self._can(self._verdict_query(level.name), "")
            if reached is not True:
                found.append(Unreachable(level.name, undecided=reached is None))
        return tuple(found)

    def view(self, rule: str) -> RuleView:
        """One rule on its own, each answer with a smallest case."""
        holds = self._query((rule,))
        decides = self._query((rule,), self._rivals(self._rules[rule]))
        return RuleView(rule, self._witness(holds, smallest=True), self._witness(decides, smallest=True))

    def _query(self, holding: tuple[str, ...], others: Iterable[str] = ()) -> Query:
        """Cases in which all of `holding` hold and none of `others`."""
        refused = tuple(others)
        formulas = (
            *(self._encoding.holds[rule] for rule in holding),
            *(opposite(self._encoding.holds[rule]) for rule in refused),
        )

        def check(facts: Mapping[str, FactValue]) -> bool:
            held = self._judge.infer(facts).held
            return held.issuperset(holding) and held.isdisjoint(refused)

        return Query(formulas, check)

    def _verdict_query(self, verdict: str) -> Query:
        return Query(
            (self._encoding.verdict_is(verdict),), lambda facts: self._judge.verdict(facts) == verdict
        )

    def _can(self, query: Query, rule: str) -> bool | None:
        """Whether there is a case of the kind; None, which is noted for `rule`, where time ran out."""
        found, cases = self._finder.find(query)
        if found:
            self._seen.append(self._judge.infer(cases[0]).held)
        elif found is None and rule:
            self.undecided.add(rule)
        return found

    def _witness(self, query: Query, *, smallest: bool) -> Witness | None:
        found, cases = self._finder.find(query)
        if not found:
            return None
        proved = False
        small: Cases
        if smallest:
            small, proved = self._finder.smallest(query, cases)
        else:
            small = self._finder.small(query, cases)
        return Witness(small[0], self._judge.verdict(small[0]), smallest=proved)

    def _rivals(self, rule: Rule) -> tuple[str, ...]:
        """Other rules that count as much where they hold: none for those that bear on nothing."""
        return tuple(each.id for each in self._consultation.rivals(rule))

    def _why_never(self, rule: Rule, depth: int) -> tuple[str, ...]:
        """What cannot all be true where `rule` is to hold, as few parts as say so."""
        parts: list[tuple[Condition | str, Formula]] = [
            (part, self._encoding.truth(part).true) for part in _conjuncts(rule.when)
        ]
        parts += [
            (f"no exception: {in_words(each, self._consultation)}", opposite(self._encoding.truth(each).true))
            for each in rule.unless
        ]
        conflict = self._prover.conflict(parts)
        return () if conflict is None else tuple(self._told(part, depth) for part in conflict)

    def _told(self, part: Condition | Sum | str, depth: int) -> str:
        """One part of a conflict in words."""
        if isinstance(part, str):
            return part
        if isinstance(part, Sum):
            return f"{part.fact} is the sum of {' and '.join(part.of)}"
        words = in_words(part, self._consultation)
        if any(part is each for each in self._consultation.impossible):
            return f"these never stand together: {words}"
        makers = self._consultation.makers(part.fact) if isinstance(part, Test) and part.value is True else ()
        if makers and depth < _DEEPEST:
            reasons = [(maker.id, self._why_never(maker, depth + 1)) for maker in makers]
            if all(reason for _, reason in reasons):
                said = "; ".join(f"{maker}: {', and '.join(reason)}" for maker, reason in reasons)
                return f"{words} (which nothing can conclude: {said})"
        return words


def _know_each_other(one: Rule, other: Rule) -> bool:
    """Whether one of two rules names the other among its exceptions."""
    named = frozenset().union(*(facts_of(each) for rule in (one, other) for each in rule.unless))
    return not named.isdisjoint({RULE_PREFIX + one.id, RULE_PREFIX + other.id})


def _conjuncts(condition: Condition) -> list[Condition]:
    """The parts that all have to be true, those inside others included."""
    match condition:
        case All(parts):
            return [inner for part in parts for inner in _conjuncts(part)]
        case Not(Not(part)):
            return _conjuncts(part)
        case _:
            return [condition]
