"""How long one inference takes, engine beside engine, and whether memory grows.

A catalog of some 100 rules and 20 conclusions over 80 facts is drawn from a seed; every engine gets the
same cases in the same run, round by round, and every result is compared with the reference engine's
before anything is timed. Besides the two engines of this package there are two others for comparison:
durable-rules used plainly (text and numbers as they are, one fact asserted and retracted a case), and
CLIPS. It measures engines only: neither reading rules nor wording findings.

    python benchmarks/inference.py [--rounds 9] [--cases 300] [--memory-calls 100000]
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any as Untyped

from advisor.errors import EngineError
from advisor.inference.durable import DurableEngine, available
from advisor.inference.engine import Inference, InferenceEngine, Program
from advisor.inference.reference import ReferenceEngine
from advisor.model.condition import (
    GROUND_FACT,
    RULE_PREFIX,
    All,
    Any,
    Condition,
    Not,
    Operator,
    Test,
    Truth,
    negation_normal,
)
from advisor.model.rule import Effect, EffectKind, Rule
from advisor.model.vocabulary import FactSpec, FactType, FactValue, Option, Vocabulary

Facts = dict[str, FactValue]
Conjunction = tuple[Test, ...]

OPTIONS = ("first", "second", "third", "none", "other")
KINDS: tuple[FactType, ...] = (
    "yes-no",
    "yes-no",
    "number",
    "choice",
    "yes-no",
    "number",
    "choices",
    "choice",
)


# --- what is measured -------------------------------------------------------------------------------


def draw_vocabulary() -> Vocabulary:
    """80 facts of all types, and 20 conclusions."""
    specs = [
        FactSpec(
            f"topic{place}.fact{place}",
            KINDS[place % len(KINDS)],
            "drawn",
            "told",
            options=tuple(map(Option, OPTIONS)) if KINDS[place % len(KINDS)].startswith("choice") else (),
        )
        for place in range(80)
    ]
    specs += [FactSpec(f"conclusion{place}", "yes-no", "drawn", "concluded") for place in range(20)]
    return Vocabulary({spec.name: spec for spec in specs})


def draw_test(rng: random.Random, spec: FactSpec) -> Test:
    """A test such as rules of this kind make."""
    match spec.type:
        case "yes-no":
            return Test(spec.name, "eq", rng.random() < 0.7)
        case "number":
            comparing: tuple[Operator, ...] = ("lt", "lte", "gt", "gte")
            return Test(spec.name, rng.choice(comparing), rng.randrange(1, 40))
        case "choice" if rng.random() < 0.6:
            return Test(spec.name, "eq", rng.choice(OPTIONS))
        case _:
            return Test(spec.name, "in", tuple(rng.sample(OPTIONS, 2)))


def draw_condition(rng: random.Random, specs: Sequence[FactSpec]) -> Condition:
    """Two to four tests that must all hold, with now and then an alternative or a negation inside."""
    tests: list[Condition] = [draw_test(rng, spec) for spec in rng.sample(specs, rng.randint(2, 4))]
    dice = rng.random()
    if dice < 0.2:
        return All((tests[0], Any(tuple(tests[1:]))))
    if dice < 0.3:
        return All((Not(tests[0]), *tests[1:]))
    return All(tuple(tests))


def draw_rules(rng: random.Random, vocabulary: Vocabulary) -> Iterator[Rule]:
    """20 conclusions in two layers, 30 grounds, and 70 others of which some ask for grounds."""
    given, concluded = vocabulary.given, vocabulary.conclusions
    for place, target in enumerate(concluded):
        tested = given if place < 12 else (*given[:20], *concluded[:12])
        yield Rule(target.name, "", draw_condition(rng, tested), Effect("conclude", target.name), ())
    others: tuple[EffectKind, ...] = ("concern", "concern", "advice", "merit")
    for place in range(100):
        when = draw_condition(rng, (*given, *concluded))
        unless = [draw_condition(rng, given)] if rng.random() < 0.25 else []
        if place > 30 and rng.random() < 0.1:
            unless.append(Test(f"{RULE_PREFIX}rule{place - 20}", "eq", True))
        if place > 90:
            when = All((Test(GROUND_FACT, "eq", False), when))
        effect = Effect("ground") if place < 30 else Effect(rng.choice(others), "wait")
        yield Rule(f"rule{place}", "", when, effect, (), unless=tuple(unless))


def draw_value(rng: random.Random, spec: FactSpec) -> FactValue:
    """A value that `spec` allows."""
    match spec.type:
        case "yes-no":
            return rng.random() < 0.5
        case "number":
            return rng.randrange(50)
        case "choice":
            return rng.choice(OPTIONS)
        case "choices":
            return frozenset(rng.sample(OPTIONS, rng.randint(0, 3)))


def draw_case(rng: random.Random, vocabulary: Vocabulary) -> Facts:
    """Seven facts out of ten are known."""
    return {spec.name: draw_value(rng, spec) for spec in vocabulary.given if rng.random() < 0.7}


# --- the engines for comparison ---------------------------------------------------------------------


def alternatives(condition: Condition, kinds: Mapping[str, FactType]) -> list[Conjunction]:
    """The textbook disjunctive form of a condition without `not`, in tests for equality and order only."""
    match condition:
        case Test(fact, "in" | "not in" as op, tuple(values)):
            several, within = kinds[fact] == "choices", op == "in"
            tests = [
                Test(f"{fact}/{value}", "eq", within)
                if several
                else Test(fact, "eq" if within else "ne", value)
                for value in values
            ]
            return [(test,) for test in tests] if within else [tuple(tests)]
        case Test():
            return [(condition,)]
        case Any(parts):
            return [conjunction for part in parts for conjunction in alternatives(part, kinds)]
        case All(parts):
            return [sum(each, ()) for each in product(*(alternatives(part, kinds) for part in parts))]
        case Not():
            raise AssertionError(condition)


class Plain:
    """Stratum by stratum with an engine that only says which conjunctions are true."""

    name = "plain"

    def __init__(self, program: Program) -> None:
        self.program = program
        kinds = {spec.name: spec.type for spec in program.vocabulary.facts.values()}
        self.steps = []
        for stratum in program.strata:
            names: dict[Conjunction, str] = {}
            meant = {
                rule.id: [
                    {
                        names.setdefault(each, f"c{len(names)}")
                        for each in alternatives(negation_normal(part), kinds)
                    }
                    for part in (rule.when, Not(rule.when) if self.settles(rule) else Any(()), *rule.unless)
                ]
                for rule in stratum.rules
            }
            grounds = {rule.id for rule in stratum.rules if rule.effect.kind == "ground"}
            self.steps.append((stratum, meant, grounds, self.prepare(names)))

    def settles(self, rule: Rule) -> bool:
        """Whether others look at the truth of `rule`, so that false must be told from unknown."""
        return rule.effect.kind == "conclude" or rule.id in self.program.named

    def prepare(self, names: Mapping[Conjunction, str]) -> Callable[[Mapping[str, FactValue]], set[str]]:
        """Make a function that says which of the named conjunctions are true."""
        raise NotImplementedError

    def infer(self, facts: Mapping[str, FactValue]) -> Inference:
        """Evaluate every rule on `facts`; see `InferenceEngine.infer`."""
        known: Facts = dict(facts)
        held: set[str] = set()
        blocked: dict[str, tuple[int, ...]] = {}
        standing_grounds: set[str] = set()
        for stratum, meant, grounds, fire in self.steps:
            fired = fire(known)
            for rule in stratum.rules:
                when, false, *unless = meant[rule.id]
                truth: Truth = True if fired & when else False if fired & false else None
                standing = tuple(place for place, exception in enumerate(unless) if fired & exception)
                if truth and standing:
                    blocked[rule.id] = standing
                elif truth:
                    held.add(rule.id)
                truth = False if standing else truth
                if truth is None:
                    continue
                if rule.effect.kind == "conclude":
                    known[rule.effect.target] = truth
                if rule.id in self.program.named:
                    known[RULE_PREFIX + rule.id] = truth
            standing_grounds |= grounds & held
            if stratum.ends_grounds:
                known[GROUND_FACT] = bool(standing_grounds)
        return Inference(known, frozenset(held), blocked)


class PlainDurable(Plain):
    """durable-rules as its documentation has it, without its Python classes: assert, loop, retract."""

    name = "durable-rules, plain use"

    def prepare(self, names: Mapping[Conjunction, str]) -> Callable[[Mapping[str, FactValue]], set[str]]:
        """Make rulesets of a few rules each."""
        import durable_rules_engine as engine

        handles = []
        listed = list(names.items())
        # It refuses more than 64 first tests that are true at once, so not all rules fit in one set.
        for start in range(0, len(listed), 60):
            rules = {
                name: {"all": [{"m": {"$and": [self.leaf(test) for test in conjunction]}}]}
                for conjunction, name in listed[start : start + 60]
            }
            handles.append(engine.create_ruleset("plain", json.dumps(rules)))
        tested = {test.fact for conjunction in names for test in conjunction}

        def fire(known: Mapping[str, FactValue]) -> set[str]:
            message: dict[str, object] = {"sid": "0", "id": "case"}
            for fact, value in known.items():
                if isinstance(value, frozenset):
                    members = {f"{fact}/{option}": option in value for option in OPTIONS}
                    message.update((member, told) for member, told in members.items() if member in tested)
                elif fact in tested:
                    message[fact] = value
            text, fired = json.dumps(message), set()
            for handle in handles:
                _, state = engine.assert_fact(handle, text)
                started = engine.start_action_for_state(handle, state)
                result = started and started[1]
                while result:
                    fired.add(result[2 : result.index('"', 2)])
                    result = engine.complete_and_start_action(handle, state)
                engine.retract_fact(handle, text)
            return fired

        return fire

    def leaf(self, test: Test) -> Untyped:
        """One test as durable-rules writes it; what needs more than one never gets here."""
        operators = {"ne": "$neq", "lt": "$lt", "lte": "$lte", "gt": "$gt", "gte": "$gte"}
        plain = {test.fact: test.value}
        return {operators[test.op]: plain} if test.op in operators else plain


class Clips(Plain):
    """CLIPS through clipspy: one environment a stratum, one fact a case with a slot for everything tested."""

    name = "CLIPS (clipspy)"

    def prepare(self, names: Mapping[Conjunction, str]) -> Callable[[Mapping[str, FactValue]], set[str]]:
        """Make an environment of all the rules."""
        import clips  # type: ignore[import-not-found,unused-ignore]

        fired: set[str] = set()
        environment = clips.Environment()
        environment.define_function(fired.add, name="fired")
        tested = sorted({test.fact for conjunction in names for test in conjunction})
        slots = {fact: f"s{place}" for place, fact in enumerate(tested)}
        declared = " ".join(f"(slot {slot} (default unknown))" for slot in slots.values())
        environment.build(f"(deftemplate case {declared})")
        for conjunction, name in names.items():
            constraints: dict[str, list[str]] = {}
            for place, test in enumerate(conjunction):
                constraints.setdefault(slots[test.fact], []).append(self.constraint(test, place))
            pattern = " ".join(f"({slot} {'&'.join(each)})" for slot, each in constraints.items())
            environment.build(f'(defrule {name} (case {pattern}) => (fired "{name}"))')
        template = environment.find_template("case")

        def fire(known: Mapping[str, FactValue]) -> set[str]:
            fired.clear()
            environment.reset()
            told: dict[str, object] = {}
            for fact, value in known.items():
                members = {fact: value}
                if isinstance(value, frozenset):
                    members = {f"{fact}/{option}": option in value for option in OPTIONS}
                for member, part in members.items():
                    if member in slots:
                        number = isinstance(part, int) and not isinstance(part, bool)
                        told[slots[member]] = part if number else clips.Symbol(self.constant(part))
            template.assert_fact(**told)
            environment.run()
            return set(fired)

        return fire

    def constant(self, value: object) -> str:
        """A value as CLIPS writes it."""
        return str(value).upper() if isinstance(value, bool) else str(value)

    def constraint(self, test: Test, place: int) -> str:
        """The constraint on a slot that stands for one test."""
        signs = {"lt": "<", "lte": "<=", "gt": ">", "gte": ">="}
        if test.op in signs:
            return f"?v{place}&:(numberp ?v{place})&:({signs[test.op]} ?v{place} {test.value})"
        return f"~{self.constant(test.value)}&~unknown" if test.op == "ne" else self.constant(test.value)


# --- measuring ------------------------------------------------------------------------------------


def engines(program: Program) -> Iterator[InferenceEngine]:
    """All engines that can be had; says why where one cannot."""
    yield ReferenceEngine(program)
    reason = available()
    if reason:
        print(f"durable-rules left out: {reason}")
    else:
        yield DurableEngine(program)
        yield PlainDurable(program)
    try:
        yield Clips(program)
    except ImportError as error:
        print(f"CLIPS left out: {error}")


def check(engine: InferenceEngine, cases: Iterable[Facts], expected: Iterable[Inference]) -> None:
    """Refuse to time an engine that does not agree with the reference engine."""
    for place, (facts, inference) in enumerate(zip(cases, expected, strict=True)):
        if engine.infer(facts) != inference:
            raise EngineError(f"{engine.name} differs from the reference engine on case {place}")


def microseconds(engine: InferenceEngine, cases: Sequence[Facts]) -> float:
    """Median time of one inference over `cases`."""
    times = []
    for facts in cases:
        start = time.perf_counter_ns()
        engine.infer(facts)
        times.append(time.perf_counter_ns() - start)
    return statistics.median(times) / 1000


def megabytes() -> float:
    """Memory that the process occupies now (where the system does not say: at most so far)."""
    status = Path("/proc/self/statm")
    if status.exists():
        return int(status.read_text().split()[1]) * resource.getpagesize() / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--cases", type=int, default=300)
    parser.add_argument("--memory-calls", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)  # noqa: S311 - nothing secret
    vocabulary = draw_vocabulary()
    program = Program.of(tuple(draw_rules(rng, vocabulary)), vocabulary)
    cases = [draw_case(rng, vocabulary) for _ in range(options.cases)]
    count = sum(len(stratum.rules) for stratum in program.strata)
    print(f"{count} rules in {len(program.strata)} strata, {len(vocabulary.given)} facts, {len(cases)} cases")

    contenders = list(engines(program))
    expected = [contenders[0].infer(facts) for facts in cases]
    for engine in contenders:
        check(engine, cases, expected)
    rounds = [[microseconds(engine, cases) for engine in contenders] for _ in range(options.rounds)]
    print(f"\n{'engine':<28}{'median µs':>10}{'best':>8}{'worst':>8}   (of {options.rounds} rounds)")
    for engine, times in zip(contenders, zip(*rounds, strict=True), strict=True):
        print(f"{engine.name:<28}{statistics.median(times):>10.1f}{min(times):>8.1f}{max(times):>8.1f}")

    for engine in contenders[1:2]:
        before = megabytes()
        for place in range(options.memory_calls):
            engine.infer(cases[place % len(cases)])
        grown = megabytes() - before
        print(
            f"\n{engine.name}: {grown:+.1f} MB over {options.memory_calls:,} inferences, at {before:.0f} MB"
        )


if __name__ == "__main__":
    main()
