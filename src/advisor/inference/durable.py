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
from collections.abc import Mapping, Sequence
from typing import Any as Untyped

from advisor.errors import EngineError
from advisor.inference.engine import Inference, Program
from advisor.inference.plan import NAME_LENGTH, Plan
from advisor.inference.rulesets import GUARD, SENTINEL, Ruleset, rulesets_for
from advisor.inference.states import Signals
from advisor.model.condition import GROUND_FACT
from advisor.model.vocabulary import FactValue

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


class _Session:
    """The rulesets of one engine while one case after another is put to them, never two at a time.

    Making them costs milliseconds and some 12 kB a conjunction. The engine gives that back only after
    `delete_state`, which crashes unless some rule has fired, so a first case is put to them at once.
    """

    def __init__(self, rulesets: Sequence[Ruleset]) -> None:
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
            state = update(handle, f'{{"sid":"0","id":"c","{GUARD}":1{body}}}')
            started = start(handle, state)
            if started is None or started[1][name] != SENTINEL:
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
        self._steps = [(plan, tuple(rulesets_for(plan.asked))) for plan in plans]
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
