"""The inference engine on durable-rules: its C module finds out which conditions are true.

durable-rules knows no "unknown", no safe negation and few of its own limits, so rules never reach it as
they stand. Every fact is sent as the number of the state that it is in, every condition becomes
conjunctions of positive tests of states, and every conjunction is one durable rule that fires at most
once. What fired is put together here: exceptions, conclusions, and conditions too wide for the engine.

This is the only file that knows durable-rules. It hands it neither text nor large numbers, neither
negation nor alternatives nor callbacks, and no ruleset to two threads at a time. It agrees with the
reference engine on every fact of the type that the vocabulary states, and refuses all others.
"""

from __future__ import annotations

import os
import sys
import threading
import weakref
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from operator import getitem
from typing import Any as Untyped
from typing import NamedTuple

from advisor.errors import EngineError
from advisor.inference.engine import Inference, Program
from advisor.model.condition import (
    GROUND_FACT,
    RULE_PREFIX,
    All,
    Any,
    Condition,
    Not,
    Test,
    Truth,
    evaluate_test,
    negation_normal,
)
from advisor.model.rule import Rule
from advisor.model.strata import Stratum
from advisor.model.vocabulary import FactType, FactValue

MAX_ALTERNATIVES = 16
"""Conjunctions that one condition may become before it is split into parts."""
MAX_WIDTH = 100
"""Facts in one conjunction before it is split, so that it never fills a ruleset's keys."""
MAX_KEYS = 240
"""Keys of one ruleset; the engine refuses messages of more than 252."""
MAX_RULES = 512
"""Conjunctions in one ruleset: after every firing the engine looks through all for the next."""
MAX_PENDING = 60
"""Tests that may be true at once before the engine has followed any of them; its limit is 64."""
FAN_OUT = 16
"""Tests below one node: the engine compares every key of a message with most of them."""
REMEMBERED = 1024
"""Values of one fact whose encoding is kept."""
LARGEST = 2**50
"""Largest number in a test: below it, halves are exact."""

_TYPES: dict[FactType, type] = {"yes-no": bool, "number": int, "choice": str, "choices": frozenset}
_GUARD = "g"
"""A key that is sent as 1 in every case: tests of it only branch, so that no node has many branches."""
_KEYS = tuple("".join(pair) for pair in product("abcdefghijklmnopqrstuvwxyz", repeat=2) if pair != ("i", "d"))
"""Keys for facts. The engine knows a key by a 32-bit hash, in which no two of these meet."""
_SENTINEL = "zzzz"
"""A rule that fires first in every case: where it does not, the engine has not evaluated."""

_loading = threading.Lock()


def _module() -> Untyped:
    """The C module, loaded when first asked for.

    It names a function that Python 3.13 dropped, in callbacks that are never set here, so from there on
    names have to be looked up when they are called, not when the module is loaded.
    """
    with _loading:
        lazily = sys.version_info >= (3, 13) and hasattr(sys, "setdlopenflags")
        before = sys.getdlopenflags() if lazily else 0
        try:
            if lazily:
                sys.setdlopenflags(os.RTLD_LAZY)
            import durable_rules_engine  # nobody pays for it who does not use it
        finally:
            if lazily:
                sys.setdlopenflags(before)
    return durable_rules_engine


def available() -> str | None:
    """Say in one sentence why durable-rules cannot be had here, or None where it can."""
    try:
        _module()
    except ImportError as error:
        return f"The C module of durable-rules cannot be loaded: {error}."
    return None


# --- facts as states, conditions as conjunctions of states --------------------------------------------

_Bits = int
"""A set of states of one signal: bit n stands for state n."""


@dataclass(frozen=True, slots=True, eq=False)
class _Signal:
    """What the engine is told about one fact: the number of the state that it is in, 0 for unknown."""

    fact: str
    type: FactType
    samples: tuple[Untyped, ...]
    """A value for each further state: what a test says of the value, it says of the state."""

    @property
    def all_states(self) -> _Bits:
        """Every state, unknown included."""
        return (2 << len(self.samples)) - 1

    def state(self, value: FactValue | None) -> int:
        """Number of the state in which `value` lies."""
        if value is None:
            return 0
        if not isinstance(value, _TYPES[self.type]):
            raise EngineError(f"{value!r} cannot be a value of {self.fact}, which is of type {self.type}")
        samples = self.samples
        if isinstance(value, frozenset):
            return 2 if value & samples[1] else 1
        if self.type == "number":
            # Samples alternate: between, a number that some test names, between, and so on.
            place = bisect_left(samples, value)
            return 1 + (place if place < len(samples) and samples[place] == value else place // 2 * 2)
        return 1 + (samples.index(value) if value in samples else len(samples) - 1)


_Conjunction = dict[_Signal, _Bits]
"""True where every signal is in one of its states; the empty one is always true."""


@dataclass(frozen=True, slots=True)
class _Split:
    """A condition too wide for one list of conjunctions: the engine decides its parts one by one."""

    every: bool
    """Whether all parts have to be true, or any."""
    parts: tuple[_Formula, ...]


_Formula = tuple[_Conjunction, ...] | _Split
"""Alternatives any of which makes a condition true, or parts of a wider condition."""


class _Signals:
    """All signals of a rule set, and what its conditions come to in terms of them."""

    def __init__(self, program: Program) -> None:
        rules = [rule for stratum in program.strata for rule in stratum.rules]
        derived = {GROUND_FACT, *(rule.effect.target for rule in rules if rule.effect.kind == "conclude")}
        # What rules derive is a yes or no, and so is what nobody declared, such as `rule:<id>`.
        self._types = {
            name: spec.type for name, spec in program.vocabulary.facts.items() if name not in derived
        }
        self._named: dict[str, set[Untyped]] = {}
        self._signals: dict[tuple[str, frozenset[str]], _Signal] = {}
        for test in (leaf for rule in rules for leaf in rule.leaves):
            self._named.setdefault(test.fact, set()).update(self._constants(test))

    def true(self, condition: Condition) -> _Formula:
        """When `condition` is true."""
        return self._normal(negation_normal(condition), unknown_too=False)

    def false(self, condition: Condition) -> _Formula:
        """When `condition` is false."""
        return self._normal(negation_normal(condition, negated=True), unknown_too=False)

    def possible(self, condition: Condition) -> _Formula:
        """When `condition` is not false."""
        return self._normal(negation_normal(condition), unknown_too=True)

    def _constants(self, test: Test) -> tuple[Untyped, ...]:
        """The values that `test` names, all of them such as its fact can have."""
        if test.op in ("known", "unknown"):
            return ()
        kind = self._types.get(test.fact, "yes-no")
        constants = test.value if isinstance(test.value, tuple) else (test.value,)
        wanted = str if kind == "choices" else _TYPES[kind]
        if (
            not all(isinstance(each, wanted) for each in constants)
            or (isinstance(test.value, tuple) != (test.op in ("in", "not in")) and kind != "choices")
            or (test.op in ("lt", "lte", "gt", "gte") and kind != "number")
            or (kind == "number" and any(abs(each) > LARGEST for each in constants if isinstance(each, int)))
        ):
            raise EngineError(
                f"{test.fact} is of type {kind}: durable-rules cannot test {test.op} {test.value!r}"
            )
        return constants

    def _signal(self, test: Test) -> _Signal:
        kind = self._types.get(test.fact, "yes-no")
        wanted = frozenset(self._constants(test) if kind == "choices" else ())
        if (test.fact, wanted) not in self._signals:
            samples = self._samples(kind, sorted(self._named[test.fact]), wanted)
            self._signals[test.fact, wanted] = _Signal(test.fact, kind, samples)
        return self._signals[test.fact, wanted]

    def _samples(
        self, kind: FactType, named: Sequence[Untyped], wanted: frozenset[str]
    ) -> tuple[Untyped, ...]:
        match kind:
            case "yes-no":
                return (False, True)
            case "number":
                below = (sample for number in named for sample in (number - 0.5, number))
                return (*below, named[-1] + 0.5) if named else (0,)
            case "choice":
                return (*named, "none of " + ", ".join(named))
            case "choices":
                return (frozenset(), wanted)

    def _normal(self, condition: Condition, *, unknown_too: bool) -> _Formula:
        match condition:
            case Test():
                signal = self._signal(condition)
                known = ({condition.fact: sample} for sample in signal.samples)
                # The reference's own word for each state, so the two engines cannot read a test differently.
                truths = [evaluate_test(condition, facts) for facts in ({}, *known)]
                states = (
                    state for state, truth in enumerate(truths) if truth or (truth is None and unknown_too)
                )
                bits = sum(1 << state for state in states)
                return () if not bits else ({},) if bits == signal.all_states else ({signal: bits},)
            case All(parts):
                return _gather([self._normal(part, unknown_too=unknown_too) for part in parts], every=True)
            case Any(parts):
                return _gather([self._normal(part, unknown_too=unknown_too) for part in parts], every=False)
            case Not():  # pragma: no cover - negation_normal leaves none
                raise AssertionError(condition)


def _size(formula: _Formula) -> int:
    """Number of conjunctions in `formula`."""
    return sum(map(_size, formula.parts)) if isinstance(formula, _Split) else len(formula)


def _gather(formulas: Iterable[_Formula], *, every: bool) -> _Formula:
    """Put formulas together into as few lists of conjunctions as the limits allow."""
    neutral: tuple[_Conjunction, ...] = ({},) if every else ()
    lists, wide = [neutral], list[_Formula]()
    for formula in formulas:
        if isinstance(formula, _Split):
            wide.append(formula)
            continue
        joined = _both(lists[-1], formula) if every else _simplest((*lists[-1], *formula))
        if len(joined) <= MAX_ALTERNATIVES and all(len(each) <= MAX_WIDTH for each in joined):
            lists[-1] = joined
        else:
            lists.append(formula)
    parts = (*(each for each in lists if each != neutral), *wide)
    return parts[0] if len(parts) == 1 else _Split(every, parts) if parts else neutral


def _both(left: Sequence[_Conjunction], right: Sequence[_Conjunction]) -> tuple[_Conjunction, ...]:
    """Alternatives for "left and right"."""
    merged = (
        {signal: one.get(signal, -1) & other.get(signal, -1) for signal in (*one, *other)}
        for one, other in product(left, right)
    )
    return _simplest([each for each in merged if all(each.values())])


def _simplest(conjunctions: Iterable[_Conjunction]) -> tuple[_Conjunction, ...]:
    """The same alternatives without those that others include, and with neighbours made one.

    Each alternative that is true costs a firing, so `a in (x, y)` has to be one of them and not two.
    """
    kept: list[_Conjunction] = []
    waiting = list(conjunctions)[::-1]
    while waiting:
        new = waiting.pop()
        if any(_implies(new, old) for old in kept):
            continue
        kept = [old for old in kept if not _implies(old, new)]
        near = next((old for old in kept if _differ_once(old, new)), None)
        if near is None:
            kept.append(new)
        else:
            kept.remove(near)
            union = {signal: bits | near[signal] for signal, bits in new.items()}
            waiting.append({signal: bits for signal, bits in union.items() if bits != signal.all_states})
    return tuple(kept)


def _implies(one: _Conjunction, other: _Conjunction) -> bool:
    return all(one.get(signal, -1) & ~bits == 0 for signal, bits in other.items())


def _differ_once(one: _Conjunction, other: _Conjunction) -> bool:
    return one.keys() == other.keys() and sum(one[signal] != other[signal] for signal in one) == 1


# --- conjunctions as rulesets -------------------------------------------------------------------------


class _Row(dict[object, str]):
    """For one fact: value → what to send of it to one ruleset, worked out when a value is first met."""

    def __init__(self) -> None:
        self.signals: list[tuple[_Signal, tuple[str, ...]]] = []

    def __missing__(self, value: FactValue | None) -> str:
        text = "".join(texts[signal.state(value)] for signal, texts in self.signals)
        if len(self) < REMEMBERED:
            self[value] = text
        return text


@dataclass(frozen=True, slots=True)
class _Ruleset:
    """One durable ruleset and the way to put a case to it."""

    rules: str
    """The rules, as the engine reads them."""
    facts: tuple[str, ...]
    """The facts that it looks at."""
    rows: tuple[_Row, ...]
    """How to send them."""

    def body(self, known: Mapping[str, FactValue]) -> str:
        """What the engine has to know of the case; empty where none of its rules can be true."""
        try:
            return "".join(map(getitem, self.rows, map(known.get, self.facts)))
        except TypeError as error:
            raise EngineError(f"a fact has a value of no type that facts can have: {error}") from error


class _Encoding:
    """How states are written in one ruleset: as numbers to compare, under short keys."""

    def __init__(self, conjunctions: Iterable[_Conjunction]) -> None:
        self._used = Counter(literal for conjunction in conjunctions for literal in conjunction.items())
        self._tests: dict[tuple[_Signal, _Bits], str] = {}
        self._free = iter(_KEYS)
        self.keys = 0
        """Number of keys given out."""
        self.rows: dict[str, _Row] = {}
        signals: dict[_Signal, list[_Bits]] = {}
        for signal, bits in self._used:
            signals.setdefault(signal, []).append(bits)
        for signal, asked in signals.items():
            self.rows.setdefault(signal.fact, _Row()).signals.append((signal, self._encode(signal, asked)))

    def _key(self) -> str:
        self.keys += 1
        return next(self._free)

    def _encode(self, signal: _Signal, asked: Sequence[_Bits]) -> tuple[str, ...]:
        """Write every set of states in `asked` as one test; return what to send in each state."""
        own = self._key()
        # Where no rule asks for unknown, it is never sent, and no test has to tell it apart.
        first = 0 if any(bits & 1 for bits in asked) else 1
        sent = [""] * (len(signal.samples) + 1)
        compared = 0
        for bits in asked:
            test = _comparison(own, bits, first, len(signal.samples))
            if test:
                compared |= bits
            else:
                key = self._key()
                test = f'{{"{key}":1}}'
                sent = [f'{text},"{key}":1' if bits >> state & 1 else text for state, text in enumerate(sent)]
            self._tests[signal, bits] = test
        return tuple(
            f'{text},"{own}":{state}' if compared >> state & 1 else text for state, text in enumerate(sent)
        )

    def tests(self, conjunction: _Conjunction) -> tuple[str, ...]:
        """The tests of `conjunction`, those first that it shares with many."""
        literals = sorted((-self._used[literal], self._tests[literal]) for literal in conjunction.items())
        return tuple(test for _, test in literals)


def _comparison(key: str, bits: _Bits, first: int, last: int) -> str:
    """One comparison of `key` that tells `bits` from the other states, `first` to `last`; else empty."""
    states = [state for state in range(first, last + 1) if bits >> state & 1]
    gaps = [state for state in range(first, last + 1) if not bits >> state & 1]
    if len(states) == 1:
        return f'{{"{key}":{states[0]}}}'
    if not gaps or gaps[-1] < states[0]:
        return f'{{"$gte":{{"{key}":{states[0]}}}}}'
    if gaps[0] > states[-1]:
        return f'{{"$lte":{{"{key}":{states[-1]}}}}}'
    return f'{{"$neq":{{"{key}":{gaps[0]}}}}}' if len(gaps) == 1 else ""


def _rulesets(conjunctions: Mapping[str, _Conjunction]) -> Iterator[_Ruleset]:
    """Rulesets that decide `conjunctions` within the engine's limits: one, where it will do."""
    if not conjunctions:
        return
    if len({literal for each in conjunctions.values() for literal in each.items()}) <= MAX_KEYS:
        encoding = _Encoding(conjunctions.values())
        waiting = [(name, encoding.tests(conjunction)) for name, conjunction in conjunctions.items()]
        paths: dict[str, tuple[str, ...]] = {_SENTINEL: (f'{{"{_GUARD}":1}}',)}
        pending = 1 + _branch(waiting, (), paths)
        if len(conjunctions) <= MAX_RULES and encoding.keys <= MAX_KEYS and pending <= MAX_PENDING:
            texts = (
                f'"{name}":{{"all":[{{"m":{{"$and":[{",".join(path)}]}}}}]}}' for name, path in paths.items()
            )
            yield _Ruleset(f"{{{','.join(texts)}}}", tuple(encoding.rows), tuple(encoding.rows.values()))
            return
    # One conjunction alone fits in any case, so halving comes to an end.
    names = list(conjunctions)
    for half in (names[: len(names) // 2], names[len(names) // 2 :]):
        yield from _rulesets({name: conjunctions[name] for name in half})


_Waiting = list[tuple[str, tuple[str, ...]]]
"""Conjunctions by name, each with the tests that still have to be placed."""


def _branch(waiting: _Waiting, path: tuple[str, ...], paths: dict[str, tuple[str, ...]]) -> int:
    """Write into `paths` how each conjunction branches off `path`; return how many tests can be pending."""
    groups: dict[str, _Waiting] = {}
    for name, tests in waiting:
        if tests:
            groups.setdefault(tests[0], []).append((name, tests[1:]))
        else:
            paths[name] = path
    return _spread(list(groups.items()), path, paths)


def _spread(
    groups: list[tuple[str, _Waiting]], path: tuple[str, ...], paths: dict[str, tuple[str, ...]]
) -> int:
    """Let `groups` branch off `path`, by way of guards where they are many."""
    if len(groups) <= FAN_OUT:
        below = [_branch(waiting, (*path, test), paths) for test, waiting in groups]
    else:
        size = max(FAN_OUT, -(-len(groups) // FAN_OUT))
        chunks = [groups[start : start + size] for start in range(0, len(groups), size)]
        guards = [f'{{"$gte":{{"{_GUARD}":{-place}}}}}' for place in range(len(chunks))]
        below = [_spread(chunk, (*path, guard), paths) for guard, chunk in zip(guards, chunks, strict=True)]
    return max((len(below) - 1 + max(1, pending) for pending in below), default=0)


class _Session:
    """The rulesets of one engine while one case after another is put to them, never two at a time.

    Making them costs milliseconds and some 12 kB a conjunction. The engine gives that back only after
    `delete_state`, which crashes unless some rule has fired, so a first case is put to them at once.
    """

    def __init__(self, rulesets: Sequence[_Ruleset]) -> None:
        engine = self._engine = _module()
        self._steps = (engine.update_state, engine.start_action_for_state, engine.complete_and_start_action)
        self._handles: list[int] = []
        self._last: list[tuple[str, list[str]]] = []
        self.clean = False
        """Whether the last case was evaluated to its end."""
        self.close = weakref.finalize(self, _release, engine, self._handles)
        self.close.atexit = False
        for ruleset in rulesets:
            try:
                handle = engine.create_ruleset("advisor", ruleset.rules)
            except (engine.error, MemoryError) as error:
                raise EngineError(f"durable-rules refused the rules: {error}") from error
            self._last.append(("", self._evaluate(handle, "")))
            self._handles.append(handle)
        self.clean = True

    def fired(self, place: int, body: str) -> list[str]:
        """Names of the conjunctions of ruleset `place` that are true for `body`.

        Raises:
            EngineError: where the engine breaks down; nothing more can be asked of the session then.
        """
        last, names = self._last[place]
        if last != body:
            self.clean = False
            names = self._evaluate(self._handles[place], body)
            self._last[place] = (body, names)
            self.clean = True
        return names

    def _evaluate(self, handle: int, body: str) -> list[str]:
        update, start, complete = self._steps
        names: list[str] = []
        try:
            # One sid and one id for ever: a case takes the place of the one before.
            state = update(handle, f'{{"sid":"0","id":"c","{_GUARD}":1{body}}}')
            started = start(handle, state)
            if started is None or started[1][2:6] != _SENTINEL:
                raise EngineError("durable-rules did not evaluate the case")
            while message := complete(handle, state):
                names.append(message[2:6])
        except (self._engine.error, MemoryError) as error:
            raise EngineError(f"durable-rules broke down: {error}") from error
        return names


def _release(engine: Untyped, handles: list[int]) -> None:
    """Make the engine give back all that it holds for `handles`, whatever became of their last case."""
    while handles:
        handle = handles.pop()
        engine.abandon_action(handle, 1)
        engine.delete_state(handle, "0")
        engine.delete_ruleset(handle)


# --- what fired, and what it means --------------------------------------------------------------------


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


class _Plan:
    """One stratum made ready: what to ask the engine, and what its answers mean."""

    def __init__(self, stratum: Stratum, named: frozenset[str], signals: _Signals) -> None:
        self.ends_grounds = stratum.ends_grounds
        self._signals = signals
        self._names: dict[frozenset[tuple[_Signal, _Bits]], str] = {}
        self._conjunctions: dict[str, _Conjunction] = {}
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
        asked = {name: conjunction for name, conjunction in self._conjunctions.items() if conjunction}
        self.rulesets = tuple(_rulesets(asked))
        self.always = tuple(name for name in self._conjunctions if name not in asked)

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

    def _called(self, formula: _Formula) -> int:
        """The number that is called where `formula` is true."""
        number = self._number()
        self._where(formula, _Meaning(calls=(number,)))
        return number

    def _where_false(self, condition: Condition, meaning: _Meaning) -> None:
        """See to it that `meaning` follows where `condition` is false, with as few firings as may be.

        "All of these" is false in many ways, each of which would fire, but not false in one.
        """
        false, possible = self._signals.false(condition), self._signals.possible(condition)
        if _size(false) <= _size(possible):
            self._where(false, meaning)
        else:
            self._failing.append((self._called(possible), meaning))

    def _where(self, formula: _Formula, meaning: _Meaning) -> None:
        """See to it that `meaning` follows where `formula` is true."""
        if isinstance(formula, _Split):
            self._splits.append((self._parts(formula), meaning))
            return
        for conjunction in formula:
            name = self._name(conjunction)
            self._meanings[name] = self._meanings[name].and_also(meaning)

    def _parts(self, formula: _Formula) -> Untyped:
        if isinstance(formula, _Split):
            return formula.every, tuple(self._parts(part) for part in formula.parts)
        return frozenset(self._name(conjunction) for conjunction in formula)

    def _name(self, conjunction: _Conjunction) -> str:
        """The name of `conjunction`: equal ones are one rule, as the engine crashes on many of them."""
        name = self._names.setdefault(frozenset(conjunction.items()), f"{len(self._names):04x}")
        if len(name) > len(_SENTINEL):
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


class DurableEngine:
    """Evaluates stratum by stratum with durable-rules; any number of threads may use one engine.

    A thread borrows a session for one case and hands it back, so there are as many sessions as there
    were ever cases at the same time, and a thread that ends takes none with it.
    """

    name = "durable"

    def __init__(self, program: Program) -> None:
        reason = available()
        if reason:
            raise EngineError(reason)
        signals = _Signals(program)
        self._plans = tuple(_Plan(stratum, program.named, signals) for stratum in program.strata)
        self._rulesets = tuple(ruleset for plan in self._plans for ruleset in plan.rulesets)
        rules = (rule for stratum in program.strata for rule in stratum.rules)
        self._grounds = frozenset(rule.id for rule in rules if rule.effect.kind == "ground")
        self._idle: list[_Session] = []

    def infer(self, facts: Mapping[str, FactValue]) -> Inference:
        """Evaluate every rule on `facts`; see `InferenceEngine.infer`.

        Raises:
            EngineError: where durable-rules breaks down, or where a fact that some rule tests has a
                value of another type than the vocabulary states.
        """
        try:
            session = self._idle.pop()
        except IndexError:
            session = _Session(self._rulesets)
        try:
            return self._infer(session, facts)
        finally:
            if session.clean:
                self._idle.append(session)
            else:
                session.close()

    def _infer(self, session: _Session, facts: Mapping[str, FactValue]) -> Inference:
        known: dict[str, FactValue] = dict(facts)
        held: set[str] = set()
        blocked: dict[str, tuple[int, ...]] = {}
        if not self._grounds:
            known[GROUND_FACT] = False
        place = 0
        for plan in self._plans:
            names = [*plan.always]
            for ruleset in plan.rulesets:
                body = ruleset.body(known)
                if body:
                    names += session.fired(place, body)
                place += 1
            known.update(plan.decide(names, held, blocked))
            if plan.ends_grounds:
                known[GROUND_FACT] = not self._grounds.isdisjoint(held)
        return Inference(known, frozenset(held), blocked)
