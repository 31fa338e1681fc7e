"""How close a verdict is: the told facts of which one alone, were it otherwise, would give another verdict.

What was read from the note is no told fact: what would become of other words is for `what_if` to say.
"""

from __future__ import annotations

from advisor.model.rule import Consultation
from advisor.model.verdict import TurningPoint
from advisor.model.vocabulary import FactSpec
from advisor.verdict.alternatives import Alternatives
from advisor.verdict.network import State
from advisor.verdict.wording import plain


def turning_points(
    consultation: Consultation, alternatives: Alternatives, state: State
) -> tuple[TurningPoint, ...]:
    """Told facts that alone would change the verdict, those first that would change it most.

    `state`: what the network gives for the case.
    """
    level = alternatives.network.level(state)
    now = consultation.verdicts[level].name
    found: dict[str, tuple[int, TurningPoint]] = {}
    given = consultation.vocabulary.given
    for spec in given:
        if spec.origin == "draft" or spec.sum_of or spec.name not in state or _asked_about(spec):
            continue
        leads = {says: each for says, each in alternatives.leads(spec, state).items() if each != now}
        if leads:
            point = TurningPoint(
                fact=spec.name,
                means=spec.means,
                told=spec.told,
                value=plain(state[spec.name]),
                otherwise=leads,
            )
            furthest = max(abs(consultation.caution(each) - level) for each in leads.values())
            found[spec.name] = furthest, point
    # What the answer to another turning point tells along with it would only say the same again.
    told_with = {spec.name: spec.told_with for spec in given}
    own = [each for name, each in found.items() if told_with[name] not in found]
    own.sort(key=lambda each: -each[0])  # stable: equals keep the vocabulary's order
    return tuple(point for _, point in own)


def _asked_about(spec: FactSpec) -> bool:
    """Whether a fact says what is asked about, which no answer tells: otherwise it is another question."""
    return spec.type == "yes-no" and spec.changes_with == "never" and not (spec.told or spec.told_with)
