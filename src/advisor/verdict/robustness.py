"""How close a verdict is: the told facts of which one alone, were it otherwise, would give another verdict.

Every told fact is tried with one value for each class that the rules' tests tell apart, all else as it is;
values that cannot stand beside what else is told are passed over. What was read from the note is no told
fact: what would become of other words is for `what_if` to say.
"""

from __future__ import annotations

from collections.abc import Mapping

from advisor.model.verdict import TurningPoint
from advisor.model.vocabulary import FactSpec, FactValue
from advisor.verdict.analysis import RuleAnalysis
from advisor.verdict.justify import plain
from advisor.verdict.network import State


def turning_points(
    analysis: RuleAnalysis, facts: Mapping[str, FactValue], state: State
) -> tuple[TurningPoint, ...]:
    """Told facts that alone would change the verdict, those first that would change it most.

    `state`: what the working network gives for `facts`.
    """
    consultation, network = analysis.consultation, analysis.working
    now = network.level(state)
    told_with = {spec.name: spec.told_with for spec in consultation.vocabulary.given if spec.told_with}
    found: list[tuple[int, TurningPoint]] = []
    for spec in consultation.vocabulary.given:
        told = facts.get(spec.name)
        if spec.origin == "draft" or told is None:
            continue
        leads: dict[str, str] = {}
        furthest = 0
        for kind in analysis.kinds.get(spec.name, ()):
            if analysis.class_of(spec.name, kind.value) == analysis.class_of(spec.name, told):
                continue
            otherwise = _otherwise(analysis, spec, kind.value, facts, state)
            level = now if otherwise is None else network.level(otherwise)
            if level != now:
                leads[kind.says] = consultation.verdicts[level].name
                furthest = max(furthest, abs(level - now))
        if leads:
            point = TurningPoint(
                fact=spec.name,
                means=spec.means,
                told=spec.told,
                value=plain(told),
                otherwise=leads,
            )
            found.append((furthest, point))
    turning = {point.fact for _, point in found}
    # What the answer to another turning point tells along with it would only say the same again.
    found = [each for each in found if told_with.get(each[1].fact) not in turning]
    found.sort(key=lambda each: -each[0])  # stable: equals keep the vocabulary's order
    return tuple(point for _, point in found)


def _otherwise(
    analysis: RuleAnalysis, spec: FactSpec, value: FactValue, facts: Mapping[str, FactValue], state: State
) -> State | None:
    """What follows where the fact has another value; None where that contradicts what else is told.

    Facts that the same answer tells may be otherwise with it: who has met nowhere has never met.
    """
    network = analysis.working
    after = network.changed(state, {spec.name: value})
    if not network.contradicts(after, state):
        return after
    with_it = analysis.told_by.get(spec.told_with or spec.name, frozenset())
    for name in sorted(with_it - {spec.name}):
        for other in analysis.classes.get(name, ()) if name in facts else ():
            after = network.changed(state, {spec.name: value, name: other})
            if not network.contradicts(after, state):
                return after
    return None
