"""What tests of laws share: advisors on the shipped rules, made-up answers, small consultations."""

from __future__ import annotations

import random
from collections.abc import Mapping
from functools import lru_cache

from hypothesis import HealthCheck, Phase, given, settings

from advisor.model.situation import Situation
from advisor.model.vocabulary import FactSpec, FactValue
from advisor.testing.case_facts import contradictions
from advisor.testing.case_facts import every_value as values_between
from advisor.testing.rulemaking import HIGHEST, LOWEST
from advisor.verdict.advise import Decider
from advisor.verdict.possible import OutlookFinder, classes
from advisor.wiring import SHOULD_CONNECT, Advisor, EngineName
from strategies import shipped_knowledge, should_connect, situations

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def share(percent: int) -> settings:
    """Settings for a law that is tried on so many percent of the profile's number of examples."""
    number = max(5, settings().max_examples * percent // 100)
    return settings(max_examples=number, deadline=None, suppress_health_check=SLOW)


@lru_cache(maxsize=4)
def advisor(engine: EngineName = "auto") -> Advisor:
    """One advisor for all tests, on the shipped knowledge base."""
    return Advisor(shipped_knowledge(), engine)


@lru_cache(maxsize=1)
def decider() -> Decider:
    """Bare verdicts from the same engine, since whole ones cost a hundred times as much."""
    return Decider(shipped_knowledge(), SHOULD_CONNECT, advisor().engine)


def choosing(seed: int | str) -> random.Random:
    """A source of choices that are the same in every run."""
    return random.Random(seed)  # noqa: S311 - nothing secret


@lru_cache(maxsize=1)
def pool() -> tuple[Situation, ...]:
    """Generated situations, the same in every run."""
    collected: list[Situation] = []

    @settings(share(100), max_examples=120, derandomize=True, database=None, phases=[Phase.generate])
    @given(situations())
    def collect(situation: Situation) -> None:
        collected.append(situation)

    collect()
    return tuple(collected)


def completed(chooser: random.Random, facts: Mapping[str, FactValue], *, whole: bool) -> dict[str, FactValue]:
    """`facts` with answers made up for what is unknown: for all of it, or for some.

    Answers that cannot stand together are never made up; where `facts` themselves cannot, that is left alone.
    """
    told = dict(facts)
    unknown = [fact for fact in answers() if fact not in facts and (whole or chooser.random() < 0.5)]
    chooser.shuffle(unknown)
    for fact in unknown:
        values = list(answers()[fact])
        chooser.shuffle(values)
        for value in values:
            if not contradicts({**told, fact: value}, facts):
                told[fact] = value
                break
    return told


def contradicts(facts: Mapping[str, FactValue], before: Mapping[str, FactValue]) -> bool:
    """Whether facts stand together that never can, and that did not do so before."""
    already = contradictions(should_connect(), before)
    return any(each not in already for each in contradictions(should_connect(), facts))


@lru_cache(maxsize=1)
def answers() -> Mapping[str, tuple[FactValue, ...]]:
    """For every fact that the shipped rules test: one answer of each kind that they tell apart."""
    return classes(should_connect())


@lru_cache(maxsize=1)
def outlooks() -> OutlookFinder:
    """The search for possible verdicts in the shipped rules."""
    return OutlookFinder(should_connect(), answers())


def every_value(spec: FactSpec) -> list[FactValue]:
    """All values of a fact; of numbers those that tests compare with, and one more on either side."""
    return values_between(spec, LOWEST - 1, HIGHEST + 1)
