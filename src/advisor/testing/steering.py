"""Values by which a rule comes to hold or not to hold: a draw that knows where it wants to go.

Values drawn at random seldom bring about what rests on many facts at once. So a rule is picked, and whether
it shall hold; then its condition is followed down to facts from outside, one way where several lead there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hypothesis import strategies as st

from advisor.model.condition import (
    GROUND_FACT,
    RULE_PREFIX,
    All,
    Any,
    Condition,
    Not,
    Test,
    evaluate_test,
)
from advisor.model.rule import Consultation, Rule
from advisor.model.vocabulary import FactValue

_Wanted = dict[str, list[tuple[Test, bool]]]
"""By fact: tests of it, and what they should come to."""


class Steering:
    """Finds wishes for one consultation; made once."""

    def __init__(self, consultation: Consultation, near: Mapping[str, Sequence[FactValue]]) -> None:
        """`near`: for each fact from outside the values to choose from."""
        self._consultation, self._near = consultation, near
        self._rules = consultation.active

    def wishes(self, draw: st.DrawFn) -> dict[str, FactValue]:
        """What facts should be so that some rule holds, or does not; nothing in every third draw."""
        if not self._rules:
            return {}
        number = draw(st.integers(0, 3 * len(self._rules) - 1))
        if number < len(self._rules):
            return {}
        found: _Wanted = {}
        rule = self._rules[number % len(self._rules)]
        self._rule(draw, rule, found, wanted=number >= 2 * len(self._rules))
        return {fact: draw(st.sampled_from(fits)) for fact in found if (fits := self._fits(found[fact]))}

    def _fits(self, wanted: Sequence[tuple[Test, bool]]) -> Sequence[FactValue]:
        """Values that are as all tests want them; a test that would leave none of them is let go."""
        fits = list(self._near.get(wanted[0][0].fact, ()))
        for place, (test, truth) in enumerate(wanted):
            fitter = [value for value in fits if evaluate_test(test, {test.fact: value}) is truth]
            if not fitter and place == 0:
                return ()  # it wants the fact to be unknown
            fits = fitter or fits
        return fits

    def _rule(self, draw: st.DrawFn, rule: Rule, found: _Wanted, *, wanted: bool) -> None:
        if wanted or not rule.unless or draw(st.booleans()):
            self._condition(draw, rule.when, found, wanted=wanted)
            for exception in rule.unless if wanted else ():
                self._condition(draw, exception, found, wanted=False)
        else:  # it shall not hold, since an exception blocks it
            self._condition(draw, rule.when, found, wanted=True)
            self._condition(draw, draw(st.sampled_from(rule.unless)), found, wanted=True)

    def _condition(self, draw: st.DrawFn, condition: Condition, found: _Wanted, *, wanted: bool) -> None:
        match condition:
            case Not(part):
                self._condition(draw, part, found, wanted=not wanted)
            case All(parts) | Any(parts):
                if not parts:
                    return
                every = isinstance(condition, All) is wanted
                for part in parts if every else (draw(st.sampled_from(parts)),):
                    self._condition(draw, part, found, wanted=wanted)
            case Test():
                self._test(draw, condition, found, wanted=wanted)

    def _test(self, draw: st.DrawFn, test: Test, found: _Wanted, *, wanted: bool) -> None:
        makers = self._makers(test.fact)
        if makers is not None:
            asks_yes = evaluate_test(test, {test.fact: True}) is wanted
            for maker in (draw(st.sampled_from(makers)),) if asks_yes and makers else makers:
                self._rule(draw, maker, found, wanted=asks_yes)
            return
        found.setdefault(test.fact, []).append((test, wanted))

    def _makers(self, fact: str) -> Sequence[Rule] | None:
        """The rules that make a fact true; None for one that comes from outside."""
        if fact.startswith(RULE_PREFIX):
            rule = self._consultation.rule(fact.removeprefix(RULE_PREFIX))
            return (rule,) if rule else ()
        if fact == GROUND_FACT or (
            fact in self._consultation.vocabulary
            and self._consultation.vocabulary[fact].origin == "concluded"
        ):
            return self._consultation.makers(fact)
        return None
