"""One stratum as questions to an engine that only says which conjunctions are true, and what they mean.

It names the conjunctions, and puts exceptions, conclusions and conditions too wide for one list together
from the names that come back. It knows neither the engine nor how facts are sent to it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any as Untyped
from typing import NamedTuple

from advisor.errors import EngineError
from advisor.inference.states import Bits, Conjunction, Formula, Signal, Signals, Split, size
from advisor.model.condition import RULE_PREFIX, Condition, Truth
from advisor.model.rule import Rule
from advisor.model.strata import Stratum
from advisor.model.vocabulary import FactValue

NAME_LENGTH = 4
"""Length of the name of a conjunction, so that it can be cut out of what the engine returns."""


class _Meaning(NamedTuple):
    """What follows where one condition is true."""

    held: tuple[str, ...] = ()
    """Rules that hold."""
    settled: tuple[tuple[str, bool], ...] = ()
    """Facts that are settled."""
    calls: tuple[int, ...] = ()
    """Number of the condition, where more has to be known before anything follows."""

    def and_also(self, other: _Meaning) -> _Meaning:
        """Both consequences in one."""
        return _Meaning(self.held + other.held, self.settled + other.settled, self.calls + other.calls)


class _Careful(NamedTuple):
    """A rule with exceptions, or one of several rules for one conclusion."""

    id: str
    when: int
    """Number under which its condition is called true."""
    false: int
    """Number under which its condition is called false; 0 where nobody looks at the rule's own truth."""
    unless: tuple[tuple[int, int], ...]
    """Places of its exceptions, and the numbers under which they are called true."""


class Plan:
    """One stratum made ready: what to ask the engine, and what its answers mean."""

    def __init__(self, stratum: Stratum, named: frozenset[str], signals: Signals) -> None:
        self.ends_grounds = stratum.ends_grounds
        self._signals = signals
        self._names: dict[frozenset[tuple[Signal, Bits]], str] = {}
        self._conjunctions: dict[str, Conjunction] = {}
        self._meanings: dict[str, _Meaning] = {}
        self._splits: list[tuple[Untyped, _Meaning]] = []
        self._failing: list[tuple[int, _Meaning]] = []
        """What follows where a number is not called."""
        self._numbers = 0
        self._careful: list[_Careful] = []
        self._shared: dict[str, list[str]] = {}
        """Facts that hang on careful rules, and on which."""
        targets = Counter(rule.effect.target for rule in stratum.rules if rule.effect.kind == "conclude")
        for rule in stratum.rules:
            concluded = [rule.effect.target] if rule.effect.kind == "conclude" else []
            facts = [*concluded, *([RULE_PREFIX + rule.id] if rule.id in named else [])]
            if rule.unless or any(targets[fact] > 1 for fact in concluded):
                self._ask(rule, facts)
            else:
                self._tell(rule, facts)
        self.asked = {name: conjunction for name, conjunction in self._conjunctions.items() if conjunction}
        """What the engine has to decide, by name."""
        self.always = tuple(name for name in self._conjunctions if name not in self.asked)
        """What is true in every case."""

    def _tell(self, rule: Rule, facts: Iterable[str]) -> None:
        """Ask about `rule` and the `facts` that it settles, where its condition alone decides."""
        self._where(
            self._signals.true(rule.when), _Meaning((rule.id,), tuple((fact, True) for fact in facts))
        )
        if facts:
            self._where_false(rule.when, _Meaning((), tuple((fact, False) for fact in facts)))

    def _ask(self, rule: Rule, facts: Iterable[str]) -> None:
        """Ask about `rule` and the `facts` that it settles, where more than its condition decides."""
        when, *calls = (self._called(self._signals.true(each)) for each in (rule.when, *rule.unless))
        false = self._number() if facts else 0
        if facts:
            self._where_false(rule.when, _Meaning(calls=(false,)))
        self._careful.append(_Careful(rule.id, when, false, tuple(enumerate(calls))))
        for fact in facts:
            self._shared.setdefault(fact, []).append(rule.id)

    def _number(self) -> int:
        self._numbers += 1
        return self._numbers

    def _called(self, formula: Formula) -> int:
        """The number that is called where `formula` is true."""
        number = self._number()
        self._where(formula, _Meaning(calls=(number,)))
        return number

    def _where_false(self, condition: Condition, meaning: _Meaning) -> None:
        """See to it that `meaning` follows where `condition` is false, with as few firings as may be.

        "All of these" is false in many ways, each of which would fire, but not false in one.
        """
        false, possible = self._signals.false(condition), self._signals.possible(condition)
        if size(false) <= size(possible):
            self._where(false, meaning)
        else:
            self._failing.append((self._called(possible), meaning))

    def _where(self, formula: Formula, meaning: _Meaning) -> None:
        """See to it that `meaning` follows where `formula` is true."""
        if isinstance(formula, Split):
            self._splits.append((self._parts(formula), meaning))
            return
        for conjunction in formula:
            name = self._name(conjunction)
            self._meanings[name] = self._meanings[name].and_also(meaning)

    def _parts(self, formula: Formula) -> Untyped:
        if isinstance(formula, Split):
            return formula.every, tuple(self._parts(part) for part in formula.parts)
        return frozenset(self._name(conjunction) for conjunction in formula)

    def _name(self, conjunction: Conjunction) -> str:
        """The name of `conjunction`: equal ones are one rule, as the engine crashes on many of them."""
        name = self._names.setdefault(frozenset(conjunction.items()), f"{len(self._names):0{NAME_LENGTH}x}")
        if len(name) > NAME_LENGTH:
            raise EngineError("one stratum has more alternatives than durable-rules can name")
        self._conjunctions.setdefault(name, conjunction)
        self._meanings.setdefault(name, _Meaning())
        return name

    def decide(
        self, names: Sequence[str], held: set[str], blocked: dict[str, tuple[int, ...]]
    ) -> dict[str, FactValue]:
        """Add to `held` and `blocked` what follows where `names` fired; return what is settled."""
        settled: dict[str, FactValue] = {}
        calls: set[int] = set()
        meanings = [self._meanings[name] for name in names]
        if self._splits:
            fired = frozenset(names)
            meanings += [meaning for parts, meaning in self._splits if _holds(parts, fired)]
        for rules, facts, numbers in meanings:
            if rules:
                held.update(rules)
            if numbers:
                calls.update(numbers)
            if facts:
                settled.update(facts)
        settled.update(self._judge(calls, held, blocked))
        return settled

    def _judge(
        self, calls: set[int], held: set[str], blocked: dict[str, tuple[int, ...]]
    ) -> Iterator[tuple[str, bool]]:
        """Decide where more than what fired has to be known; yield what is settled by it."""
        for number, (_, facts, numbers) in self._failing:
            if number not in calls:
                calls.update(numbers)
                yield from facts
        truths: dict[str, Truth] = {}
        for rule, when, false, unless in self._careful:
            holds = when in calls
            if holds or false:
                standing = tuple([place for place, call in unless if call in calls])
                truths[rule] = False if standing or false in calls else holds or None
                if holds and standing:
                    blocked[rule] = standing
                elif holds:
                    held.add(rule)
        for fact, rules in self._shared.items():
            results = [truths[rule] for rule in rules]
            if True in results:
                yield fact, True
            elif None not in results:
                yield fact, False


def _holds(parts: Untyped, fired: frozenset[str]) -> bool:
    """Whether a split condition is true, given the names of the conjunctions that are."""
    if isinstance(parts, frozenset):
        return not parts.isdisjoint(fired)
    every, inner = parts
    return all(_holds(part, fired) for part in inner) if every else any(_holds(part, fired) for part in inner)
