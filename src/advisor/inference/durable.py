"""The inference engine on durable-rules: its C module finds out which conditions are true.

durable-rules knows no "unknown", no safe negation and few of its own limits, so rules never reach it as
they stand. Every fact is sent as the number of the state that it is in, every condition becomes
conjunctions of positive tests of states, and every conjunction is one durable rule that fires at most
once. `states` says what the conjunctions are, `plan` what it means that they fired.

This is the only file that knows durable-rules. It hands it neither text nor large numbers, neither
negation nor alternatives nor callbacks, and no ruleset to two threads at a time. It agrees with the
reference engine on every fact of the type that the vocabulary states, and refuses all others.
"""

from __future__ import annotations

import os
import sys
import threading
import weakref
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from operator import getitem
from typing import Any as Untyped

from advisor.errors import EngineError
from advisor.inference.engine import Inference, Program
from advisor.inference.plan import NAME_LENGTH, Plan
from advisor.inference.states import Bits, Conjunction, Signal, Signals
from advisor.model.condition import GROUND_FACT
from advisor.model.vocabulary import FactValue

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

_GUARD = "g"
"""A key that is sent as 1 in every case: tests of it only branch, so that no node has many branches."""
_KEYS = tuple(
    "".join(pair) for pair in product("abcdefghijklmnopqrstuvwxyz0123456789", repeat=2) if pair != ("i", "d")
)
"""Keys for facts. The engine knows a key by a 32-bit hash, in which no two of these meet."""
_SENTINEL = "z" * NAME_LENGTH
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


class _Row(dict[object, str]):
    """For one fact: value → what to send of it to one ruleset, worked out when a value is first met."""

    def __init__(self) -> None:
        self.signals: list[tuple[Signal, tuple[str, ...]]] = []

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

    def __init__(self, conjunctions: Iterable[Conjunction]) -> None:
        self._used = Counter(literal for conjunction in conjunctions for literal in conjunction.items())
        self._tests: dict[tuple[Signal, Bits], str] = {}
        self._free = iter(_KEYS)
        self.keys = 0
        """Number of keys given out."""
        self.rows: dict[str, _Row] = {}
        signals: dict[Signal, list[Bits]] = {}
        for signal, bits in self._used:
            signals.setdefault(signal, []).append(bits)
        for signal, asked in signals.items():
            self.rows.setdefault(signal.fact, _Row()).signals.append((signal, self._encode(signal, asked)))

    def _key(self) -> str:
        self.keys += 1
        return next(self._free)

    def _encode(self, signal: Signal, asked: Sequence[Bits]) -> tuple[str, ...]:
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

    def tests(self, conjunction: Conjunction) -> tuple[str, ...]:
        """The tests of `conjunction`, those first that it shares with many."""
        literals = sorted((-self._used[literal], self._tests[literal]) for literal in conjunction.items())
        return tuple(test for _, test in literals)


def _comparison(key: str, bits: Bits, first: int, last: int) -> str:
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


def _rulesets(conjunctions: Mapping[str, Conjunction]) -> Iterator[_Ruleset]:
    """Rulesets that decide `conjunctions` within the engine's limits: one, where it will do."""
    if not conjunctions:
        return
    # No test takes more than two keys, so from there on there is no need to try.
    if len({literal for each in conjunctions.values() for literal in each.items()}) <= len(_KEYS) // 2:
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
        name = slice(2, 2 + NAME_LENGTH)
        names: list[str] = []
        try:
            # One sid and one id for ever: a case takes the place of the one before.
            state = update(handle, f'{{"sid":"0","id":"c","{_GUARD}":1{body}}}')
            started = start(handle, state)
            if started is None or started[1][name] != _SENTINEL:
                raise EngineError("durable-rules did not evaluate the case")
            while message := complete(handle, state):
                names.append(message[name])
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
        signals = Signals(program)
        plans = [Plan(stratum, program.named, signals) for stratum in program.strata]
        self._steps = [(plan, tuple(_rulesets(plan.asked))) for plan in plans]
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
            session = _Session([ruleset for _, rulesets in self._steps for ruleset in rulesets])
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
        for plan, rulesets in self._steps:
            names = [*plan.always]
            for ruleset in rulesets:
                body = ruleset.body(known)
                if body:
                    names += session.fired(place, body)
                place += 1
            known.update(plan.decide(names, held, blocked))
            if plan.ends_grounds:
                known[GROUND_FACT] = not self._grounds.isdisjoint(held)
        return Inference(known, frozenset(held), blocked)
