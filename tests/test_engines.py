"""Both engines mean the same by every rule, and nothing that durable-rules does wrong comes through."""

from __future__ import annotations

import gc
import os
import random
import sys
import threading
from collections.abc import Iterable, Mapping, Sequence
from itertools import permutations
from pathlib import Path
from typing import Any as Untyped

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.errors import EngineError
from advisor.inference import rulesets, states
from advisor.inference.durable import DurableEngine, available
from advisor.inference.engine import Inference
from advisor.inference.reference import ReferenceEngine
from advisor.model.condition import GROUND_FACT, All, Any, Condition, Not
from advisor.model.condition import Test as Leaf
from advisor.model.rule import Effect, Rule
from advisor.model.vocabulary import FactSpec, FactValue, Vocabulary
from strategies import Catalog, cases, catalogs, concluded, told

pytestmark = pytest.mark.skipif(available() is not None, reason=available() or "")

generated = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
ADVICE, GROUND = Effect("advice"), Effect("ground")


def is_true(fact: str) -> Leaf:
    """The test that `fact` is a yes."""
    return Leaf(fact, "eq", True)


def rule(rule_id: str, when: Condition, effect: Effect = ADVICE, *unless: Condition) -> Rule:
    """A rule of which only the logic matters."""
    return Rule(rule_id, rule_id, when, effect, ("source/passage",), unless=unless)


def yes_no(count: int) -> list[FactSpec]:
    """Facts `f0`, `f1` and so on."""
    return [told(f"f{place}", "yes-no") for place in range(count)]


def catalog(specs: Iterable[FactSpec], rules: Iterable[Rule]) -> Catalog:
    """A catalog of `rules` over `specs` and what the rules conclude."""
    rules = tuple(rules)
    conclusions = {each.effect.target for each in rules if each.effect.kind == "conclude"}
    every = [*specs, *(concluded(name) for name in sorted(conclusions))]
    return Catalog(Vocabulary({spec.name: spec for spec in every}), rules)


def agree(subject: Catalog, facts: Iterable[Mapping[str, FactValue]]) -> list[Inference]:
    """What both engines find out about each case, having made sure that it is the same."""
    engine, reference = DurableEngine(subject.program), ReferenceEngine(subject.program)
    found = []
    for case in facts:
        found.append(engine.infer(case))
        assert found[-1] == reference.infer(case), case
    return found


def held(subject: Catalog, facts: Mapping[str, FactValue]) -> frozenset[str]:
    """Rules that hold in one case, by the word of both engines."""
    return agree(subject, [facts])[0].held


def random_cases(count: int, names: Sequence[str], seed: int = 7) -> list[dict[str, FactValue]]:
    """Cases in which each of `names` is yes, no or unknown."""
    rng = random.Random(seed)  # noqa: S311 - nothing secret
    return [{name: rng.random() < 0.5 for name in names if rng.random() < 0.8} for _ in range(count)]


# --- what holds for all rules and facts ---------------------------------------------------------------


@generated
@given(st.data())
def test_both_engines_find_the_same(data: st.DataObject) -> None:
    """Facts, conclusions, rules that hold and blocked rules are the reference engine's, always."""
    subject = data.draw(catalogs())
    agree(subject, data.draw(st.lists(cases(subject.vocabulary), min_size=1, max_size=8)))


@generated
@given(st.data())
def test_limits_change_nothing(data: st.DataObject) -> None:
    """However small the pieces into which rules are cut for the engine, they mean what they meant."""
    subject = data.draw(catalogs())
    facts = data.draw(st.lists(cases(subject.vocabulary), min_size=1, max_size=8))
    narrow = {"ALTERNATIVES": 2, "WIDTH": 2, "KEYS": 4, "RULES": 5, "PENDING": 4}
    with pytest.MonkeyPatch.context() as patch:
        for name, limit in narrow.items():
            patch.setattr(states if name in ("ALTERNATIVES", "WIDTH") else rulesets, f"MAX_{name}", limit)
        patch.setattr(rulesets, "FAN_OUT", 2)
        patch.setattr(rulesets, "REMEMBERED", 1)
        agree(subject, facts)


@generated
@given(st.data())
def test_order_changes_nothing(data: st.DataObject) -> None:
    """Neither the order of the rules nor the order of the facts has any part in what is found."""
    subject = data.draw(catalogs())
    other = Catalog(subject.vocabulary, tuple(data.draw(st.permutations(subject.rules))))
    facts = data.draw(cases(subject.vocabulary))
    turned = dict(reversed(facts.items()))
    assert DurableEngine(subject.program).infer(facts) == DurableEngine(other.program).infer(turned)


@generated
@given(st.data())
def test_cases_do_not_influence_one_another(data: st.DataObject) -> None:
    """An engine finds the same about a case whatever was asked of it before."""
    subject = data.draw(catalogs())
    some = data.draw(st.lists(cases(subject.vocabulary), min_size=2, max_size=4))
    alone = [DurableEngine(subject.program).infer(case) for case in some]
    engine = DurableEngine(subject.program)
    for places in permutations(range(len(some))):
        for place in places:
            assert engine.infer(some[place]) == alone[place]


# --- how many, how wide -------------------------------------------------------------------------------


def test_a_condition_with_thousands_of_alternatives_is_decided() -> None:
    """All of eight times any of three makes 6,561 alternatives: the cut-up condition is still itself."""
    facts = [spec.name for spec in yes_no(24)]
    groups = [Any(tuple(map(is_true, facts[start : start + 3]))) for start in range(0, 24, 3)]
    wide = All(tuple(groups))
    subject = catalog(
        yes_no(24),
        [
            rule("wide", wide),
            rule("turned", Not(wide), ADVICE, Any((All(tuple(groups[:7])), Not(groups[7])))),
            rule("settles", Any((wide, Not(Any(tuple(groups[2:]))))), Effect("conclude", "c")),
            rule("uses", Not(is_true("c"))),
        ],
    )
    assert {"wide", "settles"} <= held(subject, dict.fromkeys(facts, True))
    agree(subject, random_cases(200, facts))


def test_a_hundred_alternatives_are_decided() -> None:
    """Each of a hundred alternatives suffices, and a condition over three hundred facts needs them all."""
    facts = [spec.name for spec in yes_no(300)]
    subject = catalog(
        yes_no(300),
        [rule("any", Any(tuple(map(is_true, facts[:100])))), rule("all", All(tuple(map(is_true, facts))))],
    )
    assert all(held(subject, {fact: True}) == {"any"} for fact in facts[:100:9])
    assert held(subject, dict.fromkeys(facts, True)) == {"any", "all"}
    assert held(subject, {**dict.fromkeys(facts, True), "f299": False}) == {"any"}


def test_every_key_is_told_apart() -> None:
    """In a ruleset with as many keys as it may have, each fact answers for itself alone."""
    facts = [spec.name for spec in yes_no(240)]
    subject = catalog(yes_no(240), [rule(f"r-{fact}", is_true(fact)) for fact in facts])
    found = agree(subject, ({fact: True} for fact in facts))
    assert [inference.held for inference in found] == [{f"r-{fact}"} for fact in facts]


def test_many_engines_live_side_by_side() -> None:
    """Engines of the same and of different rules share nothing but the C module."""
    pairs = []
    for place in range(40):
        subject = catalog(yes_no(3), [rule("r", is_true(f"f{place % 3}"))])
        pairs.append((place % 3, DurableEngine(subject.program)))
    for fact in range(3):
        for tested, engine in pairs:
            assert bool(engine.infer({f"f{fact}": True}).held) == (tested == fact)


# --- what durable-rules does wrong, one test a hazard -------------------------------------------------


def c_module() -> Untyped:
    """The C module, as the engine loaded it."""
    assert available() is None
    return sys.modules["durable_rules_engine"]


class Watched:
    """Stands in for a function of the C module: counts its calls and, if told to, fails at one of them."""

    def __init__(
        self, patch: pytest.MonkeyPatch, name: str, fails_at: int = 0, error: BaseException | None = None
    ) -> None:
        self.real, self.calls = getattr(c_module(), name), 0
        self.fails_at, self.error = fails_at, error
        patch.setattr(c_module(), name, self)

    def __call__(self, *arguments: object) -> object:
        """Do what the real one does, or fail."""
        self.calls += 1
        if self.error is not None and self.calls == self.fails_at:
            raise self.error
        return self.real(*arguments)


BREAKDOWNS = [
    *((name, call) for name in ("update_state", "start_action_for_state") for call in (1, 2, 4, 5, 6)),
    *(("complete_and_start_action", call) for call in range(1, 9)),
    ("create_ruleset", 1),
    ("create_ruleset", 2),
]
"""Functions that every inference calls, and the calls at which they fail: at first, midway, at last."""


@pytest.fixture
def chain() -> Catalog:
    """Three strata, each with something to fire."""
    return catalog(
        yes_no(3),
        [
            rule("first", All((is_true("f0"), Not(is_true("f1")))), Effect("conclude", "c0")),
            rule("second", Any((is_true("c0"), is_true("f2"))), Effect("conclude", "c1")),
            rule("ground", is_true("c1"), GROUND),
            rule("none", Leaf(GROUND_FACT, "eq", False)),
            rule("two", Any((is_true("f0"), is_true("f1"))), ADVICE, is_true("f2")),
        ],
    )


@pytest.mark.parametrize(("name", "call"), BREAKDOWNS)
def test_hazard_01_deleting_a_state_in_which_nothing_fired(
    name: str, call: int, chain: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever the engine breaks down, its state is given back without a crash and the next case is right."""
    engine, facts = DurableEngine(chain.program), {"f0": True, "f1": False}
    with monkeypatch.context() as patch:
        Watched(patch, name, call, c_module().error("broken"))
        with pytest.raises(EngineError, match="broken"):
            engine.infer(facts)
    gc.collect()
    assert engine.infer(facts) == ReferenceEngine(chain.program).infer(facts)


def test_hazard_01_a_case_that_the_engine_keeps_locked(
    chain: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the engine returns without having evaluated, that is an error, not a case without findings."""
    engine = DurableEngine(chain.program)
    with monkeypatch.context() as patch:
        patch.setattr(c_module(), "start_action_for_state", lambda *_: None)
        with pytest.raises(EngineError, match="did not evaluate"):
            engine.infer({"f0": True})
    assert engine.infer({"f0": True, "f2": True}).held == {"second", "ground"}


def test_hazard_02_negation_of_what_a_rule_derives() -> None:
    """Not-concluded is decided after the conclusion, in whatever order the rules are written."""
    rules = [
        rule("derives", is_true("f0"), Effect("conclude", "c0")),
        rule("then", Not(is_true("c0")), Effect("conclude", "c1")),
        rule("last", All((Not(is_true("c1")), is_true("f1")))),
    ]
    for order in permutations(rules):
        found = agree(catalog(yes_no(2), order), ({"f0": f0, "f1": True} for f0 in (True, False)))
        assert [inference.held for inference in found] == [{"derives", "last"}, {"then"}]


def test_hazard_03_a_missed_branch_of_any() -> None:
    """Each branch of an `any`, simple or not, makes it true on its own."""
    branches = (is_true("f0"), All((is_true("f1"), is_true("f2"))), Not(Any((is_true("f3"), is_true("f4")))))
    subject = catalog(yes_no(5), [rule("any", Any(branches))])
    alone: list[dict[str, FactValue]] = [{"f0": True}, {"f1": True, "f2": True}, {"f3": False, "f4": False}]
    assert all(inference.held == {"any"} for inference in agree(subject, alone))


def test_hazard_04_one_firing_for_every_true_branch() -> None:
    """Sixty true branches in four conditions cost sixty firings at most, not two to the power of sixty."""
    names = [spec.name for spec in yes_no(60)]
    quarters = [names[start : start + 15] for start in range(0, 60, 15)]
    conditions: list[Condition] = [Any(tuple(map(is_true, some))) for some in quarters]
    subject = catalog(
        yes_no(60), [rule("nested", Any(tuple(conditions))), rule("each", All(tuple(conditions)))]
    )
    assert held(subject, dict.fromkeys(names, True)) == {"nested", "each"}


def test_hazard_05_a_rule_about_nothing_but_unknown_facts() -> None:
    """A rule may rest on what is unknown alone, or on nothing at all, and holds once in its own case only."""
    subject = catalog(
        yes_no(2),
        [
            rule("unknown", All((Leaf("f0", "unknown"), Not(Leaf("f1", "known"))))),
            rule("either", Any((Leaf("f0", "known"), Leaf("f0", "unknown")))),
            rule("empty", All(())),
            rule("never", Any(())),
        ],
    )
    always = {"either", "empty"}
    assert held(subject, {}) == {"unknown", *always}
    assert held(subject, {"f0": False}) == always
    assert held(subject, {"f1": False, "elsewhere": True}) == always


def test_hazard_06_many_first_tests_true_at_once() -> None:
    """A hundred rules whose conditions have nothing in common may all hold in one case."""
    names = [spec.name for spec in yes_no(100)]
    subject = catalog(yes_no(100), [rule(f"r-{name}", is_true(name)) for name in names])
    assert len(held(subject, dict.fromkeys(names, True))) == 100


def test_hazard_06_many_rules_with_one_first_test() -> None:
    """A hundred rules may share a test and then part, each with two more that are all true."""
    names = [spec.name for spec in yes_no(200)]
    rules = [
        rule(f"r{place}", All((is_true("f0"), is_true(names[place]), Not(is_true(names[-1 - place])))))
        for place in range(1, 100)
    ]
    facts: dict[str, FactValue] = {name: place < 100 for place, name in enumerate(names)}
    assert len(held(catalog(yes_no(200), rules), facts)) == 99


@pytest.mark.parametrize("turn", [1, -1])
def test_hazard_06_many_tests_true_at_every_step_of_a_path(turn: int) -> None:
    """Rules that share ever more tests leave tests pending at every step: no order of them is too much."""
    path, sides = [f"f{place}" for place in range(6)], [f"f{place}" for place in range(6, 96)]
    rules = [rule("all", All(tuple(map(is_true, (*path, *sides)[::turn]))))]
    for place, side in enumerate(sides):
        rules.append(rule(f"r-{side}", All(tuple(map(is_true, (side, *path[: place // 15]))))))
    assert len(held(catalog(yes_no(96), rules), dict.fromkeys((*path, *sides), True))) == 91


def test_hazard_06_hundreds_of_rules() -> None:
    """Six hundred rules with distinct tests make no ruleset hang, and each holds in its own case."""
    numbers = [told(f"n{place}", "number") for place in range(30)]
    rules = [rule(f"r{place}", Leaf(f"n{place % 30}", "eq", place // 30)) for place in range(600)]
    found = agree(catalog(numbers, rules), ({f"n{fact}": value for fact in range(30)} for value in range(21)))
    assert [len(inference.held) for inference in found] == [30] * 20 + [0]


def test_hazard_06_hundreds_of_equal_conditions() -> None:
    """Three hundred rules with one and the same condition all hold, or none does."""
    subject = catalog(yes_no(2), [rule(f"r{n}", All((is_true("f0"), is_true("f1")))) for n in range(300)])
    found = agree(subject, [{"f0": True, "f1": True}, {"f0": True, "f1": False}])
    assert [len(inference.held) for inference in found] == [300, 0]


def test_hazard_07_more_facts_than_a_message_may_have() -> None:
    """Four hundred known facts, tested or not, are no trouble."""
    names = [spec.name for spec in yes_no(400)]
    rules = [rule(f"r{n}", All((is_true(names[n]), is_true(names[-1 - n])))) for n in range(150)]
    facts: dict[str, FactValue] = {name: place % 2 == 0 or place > 200 for place, name in enumerate(names)}
    assert len(held(catalog(yes_no(400), rules), facts)) == 75


@pytest.mark.parametrize("text", ["\r", '"', "\\", "'", "a\x00b", "}", "é", "😀", "", "x" * 70_000])
def test_hazard_07_text_that_breaks_its_reader(text: str) -> None:
    """No text reaches the engine, so none can break it: values, options and names are compared exactly."""
    specs = [told(f"fact {text[:9]}", "choice", ["plain", text]), told("set", "choices", ["plain", text])]
    subject = catalog(
        specs,
        [
            rule(f"one {text[:9]}", Leaf(specs[0].name, "eq", text)),
            rule("other", Leaf(specs[0].name, "ne", text)),
            rule("member", Leaf("set", "in", (text,))),
        ],
    )
    assert held(subject, {specs[0].name: text, "set": frozenset({text})}) == {f"one {text[:9]}", "member"}
    assert held(subject, {specs[0].name: "plain", "set": frozenset({"plain"})}) == {"other"}


def test_hazard_08_two_tests_of_one_fact() -> None:
    """A range is two tests, and both count."""
    within = All((Leaf("n", "gte", 2), Leaf("n", "lte", 4)))
    subject = catalog(
        [told("n", "number")],
        [rule("in", within), rule("out", Not(within)), rule("not3", Leaf("n", "ne", 3))],
    )
    found = agree(subject, ({"n": number} for number in range(-1, 7)))
    assert [("in" in each.held, "out" in each.held) for each in found] == [
        (2 <= n <= 4, n < 2 or n > 4) for n in range(-1, 7)
    ]


def test_hazard_09_the_same_facts_again() -> None:
    """A case may come again at once or later: it is never taken for one that was seen before."""
    subject = catalog(yes_no(12), [rule(f"r{n}", is_true(f"f{n}")) for n in range(12)])
    some = random_cases(300, [f"f{n}" for n in range(12)])
    agree(subject, [case for case in some for _ in range(2)] + some)


def test_hazard_10_memory_for_every_case_and_every_ruleset() -> None:
    """Neither thousands of cases nor hundreds of engines leave memory behind."""
    status = Path("/proc/self/statm")
    if not status.exists():
        pytest.skip("this system does not say how much memory is in use")
    subject = catalog(yes_no(20), [rule(f"r{n}", is_true(f"f{n}")) for n in range(20)])
    facts = random_cases(3000, [f"f{n}" for n in range(20)])
    engine = DurableEngine(subject.program)

    def pages() -> int:
        gc.collect()
        return int(status.read_text().split()[1])

    def work() -> None:
        for case in facts:
            engine.infer(case)
        for case in facts[:100]:
            DurableEngine(subject.program).infer(case)

    work()
    before = pages()
    work()
    assert pages() - before < 2000, "pages of memory in use grew"


def test_hazard_11_threads_that_share_an_engine(chain: Catalog) -> None:
    """Four threads with one engine each get the reference engine's results for 2,000 cases of their own."""
    names = ["f0", "f1", "f2"]
    lists = [random_cases(2000, names, seed) for seed in range(4)]
    reference, engine = ReferenceEngine(chain.program), DurableEngine(chain.program)
    expected = [[reference.infer(case) for case in some] for some in lists]
    found: list[list[Inference]] = [[] for _ in lists]
    start = threading.Barrier(len(lists))

    def work(place: int) -> None:
        start.wait()
        found[place].extend(engine.infer(case) for case in lists[place])

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        threads = [threading.Thread(target=work, args=(place,)) for place in range(len(lists))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(interval)
    assert found == expected


def test_hazard_11_threads_that_come_and_go(chain: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    """A thread for every case makes no ruleset for every thread: they are handed on."""
    counted = Watched(monkeypatch, "create_ruleset")
    engine = DurableEngine(chain.program)
    for _ in range(50):
        thread = threading.Thread(target=engine.infer, args=({"f0": True},))
        thread.start()
        thread.join()
    assert counted.calls == len(chain.program.strata)


@pytest.mark.parametrize("call", [2, 5, 6, 7])
def test_hazard_12_swallowed_interrupts(call: int, chain: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    """An interrupt in the middle of a case comes out as it is, and the next case knows nothing of it."""
    engine, reference = DurableEngine(chain.program), ReferenceEngine(chain.program)
    everything = {"f0": True, "f1": True, "f2": True}
    with monkeypatch.context() as patch:
        Watched(patch, "complete_and_start_action", call, KeyboardInterrupt())
        with pytest.raises(KeyboardInterrupt):
            engine.infer(everything)
    assert engine.infer({"f1": False}) == reference.infer({"f1": False})


def test_hazard_13_coercion_of_numbers() -> None:
    """Numbers far beyond the engine's own are compared as what they are, below zero as well."""
    tests: list[Condition] = [
        Leaf("n", "eq", 5),
        Leaf("n", "gt", -2),
        Leaf("n", "in", (0, -1)),
        Leaf("n", "lt", 2**40),
    ]
    subject = catalog([told("n", "number")], [rule(f"r{n}", test) for n, test in enumerate(tests)])
    agree(subject, ({"n": n} for n in (-(2**70), -2, -1, 0, 1, 4, 5, 6, 2**31, 2**40, 2**63, 2**64)))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("n", "5"),
        ("n", 5.0),
        ("y", "yes"),
        ("y", 2),
        ("c", 1),
        ("c", True),
        ("s", "a"),
        ("s", {"a"}),
        ("n", []),
    ],
)
def test_hazard_13_coercion_of_types(name: str, value: object) -> None:
    """A value of another type than its fact's is refused before the engine could take it for something."""
    specs = [told("n", "number"), told("y", "yes-no"), told("c", "choice", "ab"), told("s", "choices", "ab")]
    tests = [Leaf("n", "gt", 3), Leaf("y", "eq", True), Leaf("c", "eq", "a"), Leaf("s", "in", ("a",))]
    subject = catalog(specs, [rule(f"r{place}", test) for place, test in enumerate(tests)])
    engine = DurableEngine(subject.program)
    with pytest.raises(EngineError, match="value"):
        engine.infer({name: value})  # type: ignore[dict-item]
    assert engine.infer({"n": 4}).held == {"r0"}


def test_hazard_14_a_case_that_matches_nothing() -> None:
    """Where no rule holds, that is the result: nothing held, nothing blocked, the facts as they were."""
    subject = catalog(yes_no(2), [rule("r", is_true("f0"), GROUND)])
    found = agree(subject, [{}, {"f0": False}, {"f1": True}])
    assert all(inference.held == frozenset() and inference.blocked == {} for inference in found)
    assert found[2].facts == {"f1": True, GROUND_FACT: False}


# --- what is refused, and what is left alone ----------------------------------------------------------


@pytest.mark.parametrize(
    "test",
    [
        Leaf("c", "lt", "b"),
        Leaf("c", "eq", 1),
        Leaf("c", "in", "a"),
        Leaf("c", "eq", ("a", "b")),
        Leaf("n", "eq", "a"),
        Leaf("n", "gte", None),
        Leaf("n", "lt", 2**60),
        Leaf("y", "eq", 1),
        Leaf("y", "gt", False),
        Leaf("s", "in", (1,)),
        Leaf("s", "lte", "a"),
        Leaf("nobody.declared", "eq", "a"),
    ],
)
def test_a_test_that_does_not_fit_its_fact_is_refused(test: Leaf) -> None:
    """What the catalog would not let pass is an error when the engine is made, never a wrong result."""
    specs = [told("n", "number"), told("y", "yes-no"), told("c", "choice", "ab"), told("s", "choices", "ab")]
    with pytest.raises(EngineError, match=test.fact):
        DurableEngine(catalog(specs, [rule("r", Not(Any((is_true("y"), test))))]).program)


def test_facts_that_no_rule_tests_pass_by() -> None:
    """They are neither looked at nor sent, whatever they are, and stand among the facts afterwards."""
    facts = {"f0": True, "f1": "\r", "elsewhere": 1e-5}
    inference = DurableEngine(catalog(yes_no(2), [rule("r", is_true("f0"))]).program).infer(facts)  # type: ignore[arg-type]
    assert inference.facts == {**facts, GROUND_FACT: False}
    assert inference.held == {"r"}


def test_no_rules_at_all() -> None:
    """An empty rule set finds nothing, and no ground."""
    assert agree(catalog([], []), [{"f0": True}])[0].facts == {"f0": True, GROUND_FACT: False}


def test_where_the_module_is_missing_the_reason_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without its C module the engine says so in a sentence, and cannot be made."""
    monkeypatch.setitem(sys.modules, "durable_rules_engine", None)
    reason = available()
    assert reason is not None
    assert reason.startswith("The C module of durable-rules cannot be loaded: ")
    with pytest.raises(EngineError, match="cannot be loaded"):
        DurableEngine(catalog([], []).program)


@pytest.mark.skipif(not hasattr(sys, "setdlopenflags"), reason="this system has no such flags")
def test_loading_leaves_no_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    """The flags with which other modules are loaded are what they were."""
    before = sys.getdlopenflags()
    sys.setdlopenflags(os.RTLD_NOW | os.RTLD_LOCAL)
    monkeypatch.delitem(sys.modules, "durable_rules_engine")
    try:
        assert available() is None
        assert sys.getdlopenflags() == os.RTLD_NOW | os.RTLD_LOCAL
    finally:
        sys.setdlopenflags(before)
