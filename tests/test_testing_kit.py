"""The kit in `advisor.testing`: what it draws is valid and goes everywhere, and every law can be broken."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

import advisor.testing
from advisor.catalog.load import load
from advisor.facts.phrases import PhraseMatcher
from advisor.inference.engine import Inference, Program
from advisor.inference.reference import ReferenceEngine
from advisor.model.case import Case
from advisor.model.condition import RULE_PREFIX, Condition, evaluate, evaluate_test
from advisor.model.condition import Test as Leaf
from advisor.model.knowledge_base import KnowledgeBase
from advisor.model.rule import Consultation, Effect, Rule
from advisor.model.situation import Prospect, Situation
from advisor.model.strata import stratify
from advisor.model.subject import SUBJECTS, Told
from advisor.model.tokens import tokenize
from advisor.model.vocabulary import FactSpec, FactValue, Vocabulary
from advisor.testing import (
    LAWS,
    Law,
    Person,
    PlantedDraft,
    RulesUnderTest,
    another_name_changes_nothing,
    as_yaml,
    catalogs,
    check_all_laws,
    check_law,
    conditions,
    consultations,
    contradictions,
    drafts,
    facts,
    never_worse_law,
    people,
    plain,
    prospect_files,
    rules,
    shipped_knowledge,
    should_connect,
    situations,
    told_by,
    vocabularies,
    what_was_told_survives,
)
from advisor.testing.filler import filler
from advisor.testing.lawbook import Good, steps
from advisor.wiring import Advisor
from laws import share
from small_knowledge import write

Facts = Mapping[str, FactValue]
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
DEMO = "demo"
LAW_OF = {law.id: law for law in LAWS}


@lru_cache(maxsize=1)
def shipped() -> RulesUnderTest:
    """The shipped rules, by the specification of what they mean."""
    return RulesUnderTest(engine="reference")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """A small knowledge base about knocking at doors."""
    return load(*write(tmp_path_factory.mktemp("demo")))


# ------------------------------------------------------------------------------- what is drawn is valid


def is_valid(consultation: Consultation, told: Facts) -> None:
    """Facts from outside that exist, with values that they can have, and that can be so together."""
    given_facts = {spec.name: spec for spec in consultation.vocabulary.given}
    assert [name for name, value in told.items() if given_facts[name].complaint(value)] == []
    assert contradictions(consultation, told) == []
    for total in (spec for spec in given_facts.values() if spec.sum_of):
        parts = [told[name] for name in total.sum_of if name in told]
        if total.name in told:
            known = sum(int(part) for part in parts)  # type: ignore[call-overload]
            assert told[total.name] == known if len(parts) == len(total.sum_of) else told[total.name] >= known  # type: ignore[operator]


@share(200)
@given(facts())
def test_facts_of_the_shipped_rules_are_valid(told: dict[str, FactValue]) -> None:
    """Whatever is drawn could be told: types, ranges, closed lists, sums and what is impossible."""
    is_valid(should_connect(), told)


@share(100)
@given(facts(how="whole"))
def test_a_whole_case_tells_everything(told: dict[str, FactValue]) -> None:
    """Where the whole is asked for, no fact from outside is left out."""
    is_valid(should_connect(), told)
    assert told.keys() == {spec.name for spec in should_connect().vocabulary.given}


def numbers(*specs: tuple[str, int, tuple[str, ...]]) -> Consultation:
    """A consultation about numbers, by name, most, and what they are the sum of."""
    made = {
        name: FactSpec(name, "number", name, "told", maximum=most, sum_of=parts)
        for name, most, parts in specs
    }
    return Consultation("numbers", "How many?", (), Vocabulary(made))


SHARED = numbers(
    ("all", 30, ("left", "right")), ("left", 20, ()), ("right", 20, ()), ("sides", 15, ("right", "top")),
    ("top", 9, ()), ("sum", 40, ("all", "sides")),
)  # fmt: skip


@share(400)
@given(facts(SHARED))
def test_sums_that_share_their_parts_fit_one_another(told: dict[str, FactValue]) -> None:
    """However little is told of numbers and their sums, the rest can be so that all adds up."""
    is_valid(SHARED, told)
    ranges = [
        [told[name]] if name in told else range(most + 1)
        for name, most in (("left", 20), ("right", 20), ("top", 9))
    ]
    fits = [
        (left, right, top)
        for left in ranges[0]
        for right in ranges[1]
        for top in ranges[2]
        if told.get("all", left + right) == left + right  # type: ignore[operator]
        and told.get("sides", right + top) == right + top  # type: ignore[operator]
        and told.get("sum", left + 2 * right + top) == left + 2 * right + top  # type: ignore[operator]
    ]
    assert fits, "no values for what is not told add up"


@share(100)
@given(st.data())
def test_facts_of_any_consultation_are_valid(data: st.DataObject) -> None:
    """The vocabulary and the rules of any other consultation serve as well, what is impossible included."""
    consultation = data.draw(consultations())
    given_facts = Vocabulary({spec.name: spec for spec in consultation.vocabulary.given})
    never = data.draw(conditions(given_facts, fuel=4).filter(lambda each: evaluate(each, {}) is not True))
    consultation = replace(consultation, impossible=(never,))
    is_valid(consultation, data.draw(facts(consultation)))


@share(100)
@given(st.data())
def test_rules_are_such_as_the_catalog_lets_pass(data: st.DataObject) -> None:
    """Constants have the types of their facts, and nothing depends on itself."""
    catalog = data.draw(catalogs())
    assert stratify(catalog.rules) is not None
    for each in catalog.rules:
        fit(catalog.vocabulary, each.leaves)
    vocabulary = data.draw(st.just(should_connect().vocabulary) | vocabularies())
    made: Rule = data.draw(rules(vocabulary))
    fit(vocabulary, made.leaves)
    assert made.facts <= {spec.name for spec in vocabulary.given}
    assert stratify((*should_connect().active, made))


def fit(vocabulary: Vocabulary, leaves: tuple[Leaf, ...]) -> None:
    """Every constant is a value of its fact, or one of several."""
    for leaf in leaves:
        spec = vocabulary.facts.get(leaf.fact)
        if spec is None or leaf.value is None:
            continue
        for value in leaf.value if isinstance(leaf.value, tuple) else (leaf.value,):
            assert spec.complaint(frozenset({value}) if spec.type == "choices" else value) is None


def test_situations_for_other_rules_can_be_told(demo: KnowledgeBase) -> None:
    """Where a vocabulary lacks the closed lists of the shipped one, what needs them is left out."""
    vocabulary = demo.consultation(DEMO).vocabulary
    seen: set[str | None] = set()

    @share(100)
    @given(st.data())
    def are_told(data: st.DataObject) -> None:
        situation = data.draw(situations(demo, DEMO))
        told = data.draw(prospect_files(situation, vocabulary))
        assert told_by(as_yaml(told), situation.as_of, vocabulary) == situation
        seen.add(situation.relationship.known_as if situation.relationship else None)
        assert situation.purpose is None or situation.purpose.kind is None

    are_told()
    assert {None} < seen <= {None, "friend", "trader", "none"}


@share(100)
@given(people(), st.data())
def test_a_draft_holds_what_is_planted_in_it(person: Person, data: st.DataObject) -> None:
    """Every feature stands in the text, in its order: a kind of sentence, or a sentence of a sign."""
    lexicons = shipped_knowledge().lexicons
    draft: PlantedDraft = data.draw(drafts(person, "Acme", lexicons))
    place = 0
    for feature in draft.features:
        language, _, sign = feature.partition("/")
        sentences = lexicons[language].signs[sign].finds if sign else filler().sentences[feature]
        starts = [draft.text.find(sentence.partition("{")[0], place) for sentence in sentences]
        assert max(starts) >= 0, f"{feature} does not stand in {draft.text!r} after {place}"
        place = min(start for start in starts if start >= 0)


@share(200)
@given(st.data())
def test_a_planted_sign_is_found_whatever_stands_around_it(data: st.DataObject) -> None:
    """A sentence that shows a sign by itself shows it on a line of its own too, whatever else is planted."""
    lexicons = shipped_knowledge().lexicons
    draft = data.draw(drafts(Person("Ana", "Souza"), "Acme", lexicons))
    lines = draft.text.splitlines()
    for feature in draft.features:
        language, _, name = feature.partition("/")
        sentences = lexicons[language].signs[name].finds if name else ()
        if any(sentence in lines for sentence in sentences):
            shown = {match.sign for match in matcher(language).find(tokenize(draft.text))}
            assert name in shown


@lru_cache(maxsize=32)
def matcher(language: str) -> PhraseMatcher:
    """The matcher of one language."""
    return PhraseMatcher(shipped_knowledge().lexicons[language])


# ------------------------------------------------------------------------------ what is drawn goes everywhere


def one_sided(strategy: st.SearchStrategy[Facts], most: int) -> set[Leaf]:
    """Clauses of the shipped rules that do not come to both truth values in `most` cases."""
    subject = shipped()
    leaves = {leaf for rule in subject.consultation.active for leaf in rule.leaves}
    seen: dict[Leaf, set[bool | None]] = {leaf: set() for leaf in leaves}

    batch = 250

    @settings(
        max_examples=batch, database=None, phases=[Phase.generate], deadline=None, suppress_health_check=SLOW
    )
    @given(strategy)
    def watch(told: Facts) -> None:
        inference = subject.engine.infer(told)
        held = {RULE_PREFIX + rule.id: rule.id in inference.held for rule in subject.consultation.active}
        for leaf, truths in seen.items():
            truths.add(evaluate_test(leaf, {**inference.facts, **held}))

    for number in range(most // batch):
        seed(number)(watch)()
        left = {leaf for leaf, truths in seen.items() if not {True, False} <= truths}
        if not left:
            break
    return left


def test_facts_bring_about_both_truth_values_of_every_clause() -> None:
    """Some hundred cases suffice for all clauses of the shipped rules, those on conclusions included."""
    assert one_sided(facts(), 2000) == set()


FAR_OFF = ("linked", "rule:claims-contact-that-never-was", "note.shouting")
"""Facts whose clauses made-up situations do not bring about on both sides, in four clauses altogether.

That nothing links two people is known only where every kind of link is told to be missing (two clauses look
at it); a contact that never was needs a note that recalls one and a file that says there was none; and notes
are not made up with several words in capitals.
"""


@pytest.mark.deep
def test_situations_bring_about_nearly_every_clause() -> None:
    """Told from outside, with notes that are read, hardly any clause is out of reach but those far off.

    Two more are allowed, since some come about once in a thousand notes: a mutual connection named in the
    text, and a text like the platform's own. Each was missed in one of two runs.
    """
    left = one_sided(situations().map(lambda situation: shipped().read(situation).facts), 5000)
    others = {leaf for leaf in left if leaf.fact not in FAR_OFF}
    assert len(left) <= 6, left
    assert len(others) <= 2, others


# ------------------------------------------------------------------------------------ every law can be broken


class Broken(ReferenceEngine):
    """The specification, but for one defect."""

    def __init__(self, consultation: Consultation) -> None:
        super().__init__(Program.of(consultation.active, consultation.vocabulary))
        self.rules = consultation.active

    @property
    def name(self) -> str:
        """A name that no engine of ours has."""
        return "broken"


class FirstRuleOnly(Broken):
    """Stops at the first rule that holds, in the order in which rules are written."""

    def infer(self, facts: Facts) -> Inference:
        """What holds, the later rules left out."""
        found = super().infer(facts)
        first = next(({rule.id} for rule in self.rules if rule.id in found.held), set[str]())
        return replace(found, held=frozenset(first))


class FirstFactOnly(Broken):
    """Looks at nothing but the fact that is told first."""

    def infer(self, facts: Facts) -> Inference:
        """What follows from the first fact."""
        return super().infer(dict(list(facts.items())[:1]))


class UnknownIsNo(Broken):
    """Takes every yes/no fact that nobody told for a no."""

    def infer(self, facts: Facts) -> Inference:
        """What follows where silence is a no."""
        return super().infer({**dict.fromkeys(("note.present", "door.open"), False), **facts})


class Remembers(Broken):
    """Keeps what was told in earlier cases."""

    def __init__(self, consultation: Consultation) -> None:
        super().__init__(consultation)
        self.seen: dict[str, FactValue] = {}

    def infer(self, facts: Facts) -> Inference:
        """What follows from this case and all before it."""
        self.seen |= facts
        return super().infer(dict(self.seen))


class WritesIntoTheCase(Broken):
    """Puts what it finds into the facts that it was given."""

    def infer(self, facts: Facts) -> Inference:
        """What follows; `facts` are no longer what they were."""
        found = super().infer(dict(facts))
        assert isinstance(facts, dict)
        facts.update(found.facts)
        return found


class EveryOther(Broken):
    """Is right every other time."""

    calls = 0

    def infer(self, facts: Facts) -> Inference:
        """What follows, or nothing."""
        self.calls += 1
        return super().infer(facts if self.calls % 2 else {})


class ForgetsConcerns(Broken):
    """Finds no concern once much is told."""

    def infer(self, facts: Facts) -> Inference:
        """What holds, concerns only where little is told."""
        found = super().infer(facts)
        concerns = {rule.id for rule in self.rules if rule.effect.kind == "concern"}
        return replace(found, held=found.held - concerns) if len(facts) > 90 else found


class ForgetsTheLast(Broken):
    """Never comes to the rule that is written last."""

    def infer(self, facts: Facts) -> Inference:
        """What holds, the last rule left out."""
        found = super().infer(facts)
        return replace(found, held=found.held - {self.rules[-1].id})


DEFECTS: list[tuple[str, Callable[[Consultation], Broken]]] = [
    ("the-order-of-rules-changes-nothing", FirstRuleOnly),
    ("the-order-of-rules-changes-nothing", FirstFactOnly),
    ("engines-agree", UnknownIsNo),
    ("a-case-never-influences-the-next", Remembers),
    ("a-case-never-influences-the-next", WritesIntoTheCase),
    ("the-verdict-is-possible", ForgetsConcerns),
    ("telling-more-stays-within-what-was-possible", ForgetsConcerns),
    ("a-rule-that-never-holds-changes-nothing", ForgetsTheLast),
    ("a-receipt-gives-itself-again", EveryOther),
]


@pytest.mark.parametrize(("law", "engine"), DEFECTS)
def test_a_law_finds_the_defect_that_it_is_about(law: str, engine: Callable[[Consultation], Broken]) -> None:
    """An engine with a defect breaks the law, and what is told about it names a case."""
    with pytest.raises(AssertionError, match=r"(?s)\w+: |->") as broken:
        check_law(LAW_OF[law], RulesUnderTest(engine=engine), 200, smallest=False)
    assert "Traceback" not in str(broken.value)


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.id)
def test_the_shipped_rules_keep_the_law(law: Law) -> None:
    """With the engine that answers, every law holds for the rules that ship."""
    check_law(law, RulesUnderTest(), 40)


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.id)
def test_other_rules_keep_the_law(law: Law, demo: KnowledgeBase) -> None:
    """The laws are about no rule in particular: they hold for rules about something else."""
    check_law(law, RulesUnderTest(demo, DEMO), 60)


def test_a_word_that_means_two_things_is_found() -> None:
    """Where one word stands for two values, what was told does not come back as it was."""
    spec = should_connect().vocabulary["relationship.known_as"]
    first, *others = spec.options
    twice = replace(first, also=(*first.also, *(option.name for option in others)))
    vocabulary = should_connect().vocabulary
    broken = replace(
        vocabulary, facts={**vocabulary.facts, spec.name: replace(spec, options=(twice, *others))}
    )
    base = with_consultation(replace(should_connect(), vocabulary=broken))
    with pytest.raises(AssertionError, match=r"came back otherwise:\n  relationship: "):
        check_law(LAW_OF["what-was-told-survives"], RulesUnderTest(base), 300, smallest=False)


def with_consultation(consultation: Consultation) -> KnowledgeBase:
    """The shipped knowledge base with another consultation in its place."""
    return replace(shipped_knowledge(), consultations={consultation.id: consultation})


class JudgesByInitials(RulesUnderTest):
    """Reads situations rightly, but for people whose name begins late in the alphabet."""

    def read(self, situation: Situation) -> Case:
        """The facts of a situation, and one more for some."""
        case = super().read(situation)
        late = ord(situation.prospect.name[0]) % 4 == 0
        return replace(case, facts={**case.facts, "batch.filled_by_tool": True}) if late else case


def test_judging_people_by_their_names_is_found() -> None:
    """Where it matters how somebody's name begins, other rules hold for other names."""
    with pytest.raises(AssertionError, match=r"(?s)nothing but their names.*batch\.filled_by_tool: "):
        check_law(LAW_OF["another-name-changes-nothing"], JudgesByInitials(), 400, smallest=False)


def test_a_law_can_be_tried_on_one_case() -> None:
    """Each law is a function that takes a case, for tests that have cases of their own."""
    ana = Situation(prospect=Prospect(name="Ana Souza"), draft="Hi Ana, I run a two-person consultancy.")
    another_name_changes_nothing(shipped(), ana, ana)
    with pytest.raises(AssertionError, match="Ana Souza and Rui Melo"):
        another_name_changes_nothing(shipped(), ana, replace(ana, prospect=Prospect(name="Rui Melo")))
    what_was_told_survives(shipped(), ana, as_yaml(plain(ana)))
    with pytest.raises(AssertionError, match="draft: "):
        what_was_told_survives(shipped(), ana, "prospect: Ana Souza")


# -------------------------------------------------------------------------------- what never makes it worse

NEVER_WORSE: Mapping[str, Good] = {
    "mutuals.count": "more",
    "shared.employer": True,
    "note.placeholders": "less",
}


def one_more_rule(when: Condition) -> KnowledgeBase:
    """The shipped rules with a concern more, of the most cautious kind."""
    rule = replace(
        should_connect().active[0], id="more", when=when, unless=(), effect=Effect("concern", "avoid")
    )
    return with_consultation(replace(should_connect(), rules=(*should_connect().rules, rule)))


@pytest.mark.parametrize("fact", NEVER_WORSE)
def test_what_never_makes_it_worse_does_not_do_so_in_the_shipped_rules(fact: str) -> None:
    """More mutual connections, a shared employer and fewer placeholders are never held against anybody."""
    check_law(never_worse_law(fact, NEVER_WORSE[fact]), RulesUnderTest(), 100)


@pytest.mark.parametrize(
    ("fact", "when"),
    [
        ("mutuals.count", Leaf("mutuals.count", "gte", 2)),
        ("shared.employer", Leaf("shared.employer", "eq", True)),
        ("note.placeholders", Leaf("note.placeholders", "eq", 0)),
    ],
)
def test_a_rule_that_makes_the_better_worse_is_found(fact: str, when: Leaf) -> None:
    """A rule by which another mutual connection speaks against a request breaks the law."""
    with pytest.raises(AssertionError, match=rf"(?s)to the stricter avoid.*\n  {fact}: .* -> "):
        check_law(never_worse_law(fact, NEVER_WORSE[fact]), RulesUnderTest(one_more_rule(when)), 200)


def test_the_good_way_of_a_fact_has_to_fit_it() -> None:
    """A number goes up or down, a yes/no to an answer, a choice through a list; conclusions are not told."""
    consultation = should_connect()
    assert steps(consultation, "shared.employer", good=True) == [(False, True)]
    assert (0, 3) in steps(consultation, "mutuals.count", "more")
    assert (3, 1) in steps(consultation, "mutuals.count", "less")
    photos = ("none", "unsuitable", "headshot")
    assert steps(consultation, "profile.photo", photos) == [
        ("none", "unsuitable"),
        ("none", "headshot"),
        ("unsuitable", "headshot"),
    ]
    wrong: list[tuple[str, Good]] = [
        ("linked", True), ("no.such.fact", True), ("mutuals.count", True), ("shared.employer", "more"),
        ("profile.photo", ("none", "a painting")),
    ]  # fmt: skip
    for fact, good in wrong:
        with pytest.raises(ValueError, match=fact):
            steps(consultation, fact, good)


def test_all_laws_are_tried_in_one_call(demo: KnowledgeBase) -> None:
    """Sound rules pass; of others, every law that they break is told, each with a case."""
    check_all_laws(demo, DEMO, never_worse={"door.open": True, "guest.visits": "less"}, max_examples=30)
    with pytest.raises(AssertionError, match=r"^\d of 10 laws are broken") as broken:
        check_all_laws(demo, DEMO, engine=Remembers, never_worse={"guest.visits": "more"}, max_examples=60)
    told = str(broken.value)
    assert "a-case-never-influences-the-next: Whatever an engine was asked before" in told
    assert "never-worse-guest.visits: " in told
    assert "guest.visits: 0 -> 5" in told


# ---------------------------------------------------------------------------------------- the package itself


def test_every_public_name_is_there_and_is_no_module() -> None:
    """What `advisor.testing` lists can be had from it, no module hides it, and it says what it is."""
    for name in (*advisor.testing.__all__, *advisor.testing.__all__):  # a module that loads may hide a name
        found = getattr(advisor.testing, name)
        assert not isinstance(found, ModuleType), f"a module hides {name}"
        assert name in ("Good", "LAWS") or found.__doc__, name
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = advisor.testing.no_such_name  # type: ignore[attr-defined]


STRATEGIES: dict[str, st.SearchStrategy[Told]] = {
    "should-connect": situations(),
    "should-accept": advisor.testing.invitations(),
    "pace": advisor.testing.histories(
        date(2026, 11, 20), shipped_knowledge().consultation("pace").vocabulary
    ),
    "follow-up": advisor.testing.events(),
    "network": advisor.testing.network_reviews(),
    "goals": advisor.testing.goals(),
}


@pytest.mark.parametrize("consultation", shipped_knowledge().consultations)
def test_there_is_a_strategy_for_the_subject_of_every_consultation(consultation: str) -> None:
    """What it draws can be asked about, and is of the class that files about the subject are read to."""
    asked = Advisor(shipped_knowledge(), "reference", consultation)

    @settings(max_examples=3, deadline=None)
    @given(STRATEGIES[consultation])
    def try_it(told: Told) -> None:
        assert isinstance(told, SUBJECTS[asked.consultation.subject].model)
        assert asked.brief(told).consultation == consultation

    try_it()


def test_the_package_is_cheap_to_import() -> None:
    """Naming the package loads neither Hypothesis nor anything of ours that reads or thinks."""
    code = "import sys, advisor.testing; print('hypothesis' in sys.modules, 'yaml' in sys.modules)"
    source = str(Path(advisor.testing.__file__).parents[2])
    printed = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONPATH": source}
    )
    assert printed.stdout.split() == ["False", "False"]


# ------------------------------------------------------------------------------------------------- the guide

GUIDE = Path(__file__).parents[1] / "docs" / "testing.md"
SNIPPETS = re.findall(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("snippet", SNIPPETS)
def test_the_snippets_of_the_guide_run(snippet: str) -> None:
    """Every test that the guide shows can be copied as it stands, and passes."""
    names: dict[str, Callable[[], None]] = {}
    exec(compile(snippet, str(GUIDE), "exec"), names)  # noqa: S102 - our own guide
    shown = [name for name in names if name.startswith("test_")]
    assert shown
    for name in shown:
        names[name]()


def test_the_guide_speaks_of_every_law_and_every_strategy() -> None:
    """No law and no strategy is left out of the guide."""
    text = GUIDE.read_text(encoding="utf-8")
    public = {law.holds.__name__ for law in LAWS} | {
        "facts", "situations", "stories", "drafts", "prospect_files", "sending_histories", "people",
        "vocabularies", "conditions", "rules", "catalogs", "consultations", "check_all_laws", "never_worse",
    }  # fmt: skip
    assert [name for name in sorted(public) if f"`{name}" not in text] == []
