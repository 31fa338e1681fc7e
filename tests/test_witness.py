"""Facts to prospect files: what is claimed of a file is what reading it gives, and told facts come back."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.model.case import Case
from advisor.model.situation import Situation
from advisor.model.vocabulary import FactValue
from advisor.model.wording import value_in_words
from advisor.verdict.possible import classes
from advisor.workbench.pieces import Pieces
from advisor.workbench.shrinking import shrunk
from advisor.workbench.witness import Witness, WitnessWriter
from laws import advisor, decider, pool, share
from strategies import shipped_knowledge, should_connect, situations, told_by, told_in

DAY = date(2026, 11, 20)
NEARLY_ALL = 0.98
"""Share of told facts that come back; 1.0 where it was measured on a hundred situations."""
MOST_OF_A_NOTE = 0.93
"""The same for what is read from notes, exact lengths among it; 0.96 where it was measured."""


@lru_cache(maxsize=1)
def writer() -> WitnessWriter:
    """One writer for all tests, on the shipped knowledge base."""
    return WitnessWriter(shipped_knowledge(), should_connect(), advisor().read)


def told_facts(case: Case) -> dict[str, FactValue]:
    """The facts of a case but for those of the note."""
    vocabulary = should_connect().vocabulary
    return {name: value for name, value in case.facts.items() if vocabulary[name].origin != "draft"}


def is_true_to_itself(witness: Witness, wanted: dict[str, FactValue]) -> bool:
    """Whether all that is said of a witness is what its text gives."""
    read = advisor().read(told_by(witness.text, None), None).facts
    lacking = {name for name, value in wanted.items() if read.get(name) != value}
    return (
        dict(witness.facts) == dict(read)
        and witness.missing.keys() | witness.dropped.keys() == lacking
        and witness.extra.keys() == read.keys() - wanted.keys()
    )


@share(60)
@given(situations())
def test_what_is_claimed_of_a_witness_is_what_its_file_gives(situation: Situation) -> None:
    """Facts, what is missing and what came along are told as the text, read as any file, has them."""
    wanted = dict(advisor().read(situation).facts)
    witness = writer().write(wanted, situation.as_of or DAY)
    assert is_true_to_itself(witness, wanted)
    assert witness.accepted == (not witness.missing)
    assert witness.situation == told_by(witness.text, None)


@share(60)
@given(st.data())
def test_whatever_is_wanted_the_claims_are_true(data: st.DataObject) -> None:
    """Facts that contradict one another, or that no file can tell, are said to be missing."""
    by_class = classes(should_connect())
    names = data.draw(st.lists(st.sampled_from(sorted(by_class)), max_size=12, unique=True))
    wanted = {name: data.draw(st.sampled_from(by_class[name])) for name in names}
    assert is_true_to_itself(writer().write(wanted, DAY), wanted)


def test_told_facts_come_back_in_nearly_all_cases() -> None:
    """Of many situations nearly every told fact, and most of what their notes show."""
    told = found = of_notes = found_of_notes = 0
    for number, situation in enumerate(pool()[::2]):
        case = advisor().read(situation)
        wanted = told_facts(case)
        told += len(wanted)
        found += len(wanted) - len(writer().write(wanted, situation.as_of or DAY).missing)
        if number % 4 == 0 and len(case.facts) > len(wanted):
            witness = writer().write(case.facts, situation.as_of or DAY)
            of_notes += len(case.facts) - len(wanted)
            found_of_notes += len(case.facts) - len(wanted) - len(witness.missing.keys() - wanted.keys())
    assert found >= NEARLY_ALL * told > 0
    assert found_of_notes >= MOST_OF_A_NOTE * of_notes > 0


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        pytest.param(fact, value, id=f"{fact}: {value_in_words(value)}")
        for fact, values in classes(should_connect()).items()
        for value in values
    ],
)
def test_every_single_class_of_answers_has_a_file(fact: str, value: FactValue) -> None:
    """For each fact and each class that the shipped rules tell apart, some file shows it or one like it."""
    analysis = decider().analysis

    def alike(case: Case) -> bool:
        return analysis.class_of(fact, case.facts.get(fact)) == analysis.class_of(fact, value)

    witness = writer().write({fact: value}, DAY, alike)
    assert alike(Case(witness.facts))
    assert witness.accepted


def test_the_same_facts_give_the_same_file() -> None:
    """Another writer, or another order of the facts, changes nothing."""
    wanted: dict[str, FactValue] = {"note.own_product": True, "met.days_ago": 3, "pace.planned_week": 90}
    other = WitnessWriter(shipped_knowledge(), should_connect(), advisor().read)
    again = other.write(dict(reversed(wanted.items())), DAY)
    assert writer().write(wanted, DAY).text == again.text


def test_a_witness_for_a_verdict_is_small() -> None:
    """Where a verdict is wanted, whatever it does not need is taken out again, and named."""
    wanted: dict[str, FactValue] = {
        "relationship.known_as": "former colleague",
        "pace.last_7_days": 100,
        "shared.school": True,
        "note.flattery": True,
    }
    witness = writer().write(wanted, DAY, lambda case: decider().verdict_of(case.facts) == "wait")
    assert witness.accepted
    assert witness.text.endswith("sending:\n  last_7_days: 100\nas_of: 2026-11-20\n")
    assert len(witness.text.splitlines()) < 10  # the full week, one ground, and the day
    assert set(witness.dropped) >= {"relationship.known_as", "note.flattery"}
    assert not witness.missing


def test_what_cannot_be_told_is_said() -> None:
    """Conclusions are not told, and facts that contradict one another do not stand together."""
    wanted: dict[str, FactValue] = {"common_ground": True, "pace.today": 9, "pace.last_7_days": 3}
    witness = writer().write(wanted, DAY)
    assert not witness.accepted
    assert "common_ground" in witness.missing
    assert len(witness.missing) == 2


def test_a_note_shows_a_sign_and_not_its_neighbour() -> None:
    """Praise without interest, an offer without a gain: the lexicon's own phrases are told apart."""
    for shown, hidden in (
        ("note.flattery", "note.shows_interest"),
        ("note.learner", "note.introduces_sender"),
    ):
        wanted: dict[str, FactValue] = {shown: True, hidden: False, "note.greeting": "right name"}
        witness = writer().write(wanted, DAY)
        assert dict(witness.missing) == {}, witness.text


def test_samples_of_phrases_show_their_signs() -> None:
    """What is made of a phrase of the lexicon is nearly always found by it."""
    lexicon = shipped_knowledge().lexicons["en"]
    pieces = Pieces(
        lexicon, lambda text: advisor().read(told_in({"prospect": "A", "draft": text}, DAY)).facts
    )
    shown = [
        f"note.{sign.name}" in pieces.piece(pieces.sample(phrase)).shows
        for sign in lexicon.signs.values()
        if not sign.name.startswith("ascribes_")
        for phrase in sign.phrases[::5]
    ]
    assert sum(shown) >= 0.6 * len(shown)


def test_shrinking_keeps_what_matters_and_stops() -> None:
    """Only parts that are not needed go, and the number of attempts is bounded."""
    data = {
        "prospect": {"name": "A"},
        "draft": "One. Two is it. Three.",
        "batch": {"people": 3, "picked_by": "x"},
    }
    assert shrunk(data, lambda each: "Two" in each.get("draft", "")) == {
        "prospect": {"name": "A"},
        "draft": "Two is it.",
    }
    assert shrunk(data, lambda _: True, most_tried=0) == data
