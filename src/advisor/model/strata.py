"""Stratification: the order in which conclusions and rules must be decided.

A rule may test conclusions and, in its exceptions, other rules. Each of them has to be settled before
it is looked at, so everything gets a stratum and nothing may depend on itself. Order of rules and files
plays no part.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from advisor.model.condition import GROUND_FACT, RULE_PREFIX
from advisor.model.rule import Rule


class CyclicRules(ValueError):
    """Some rules depend on themselves; `cycle` names the facts or rules around the circle."""

    def __init__(self, cycle: tuple[str, ...]) -> None:
        self.cycle = cycle
        super().__init__(" -> ".join(cycle))


@dataclass(frozen=True, slots=True)
class Stratum:
    """Rules that can be decided together: all that they look at is settled before."""

    rules: tuple[Rule, ...]
    ends_grounds: bool = False
    """Whether every ground is decided once this stratum is, and none of them before."""

    @property
    def concluded(self) -> tuple[str, ...]:
        """Facts that this stratum settles, in order of name."""
        return tuple(sorted({rule.effect.target for rule in self.rules if rule.effect.kind == "conclude"}))


def node_of(rule: Rule) -> str:
    """What others wait for when they need this rule: its conclusion, or the rule itself."""
    return rule.effect.target if rule.effect.kind == "conclude" else RULE_PREFIX + rule.id


def stratify(rules: Sequence[Rule]) -> tuple[Stratum, ...]:
    """Sort `rules` into strata, the earliest first; the same for every order of `rules`.

    Raises:
        CyclicRules: where something depends on itself, directly or through others.
    """
    producers: dict[str, list[Rule]] = {}
    for rule in rules:
        producers.setdefault(node_of(rule), []).append(rule)
    grounds = [rule for rule in rules if rule.effect.kind == "ground"]

    height: dict[str, int] = {}
    path: list[str] = []

    def measure(node: str) -> int:
        if node in height:
            return height[node]
        if node in path:
            raise CyclicRules((*path[path.index(node) :], node))
        path.append(node)
        makers = grounds if node == GROUND_FACT else producers.get(node, [])
        height[node] = max((level(rule) for rule in makers), default=-1) + 1
        path.pop()
        return height[node]

    def level(rule: Rule) -> int:
        return max((measure(fact) for fact in sorted(rule.facts) if is_derived(fact)), default=0)

    def is_derived(fact: str) -> bool:
        return fact == GROUND_FACT or fact in producers

    # All rules for one conclusion are decided together, in the latest stratum any of them needs.
    strata: dict[int, list[Rule]] = {}
    for rule in sorted(rules, key=lambda each: each.id):
        strata.setdefault(measure(node_of(rule)) - 1, []).append(rule)
    last_ground = max((measure(node_of(rule)) - 1 for rule in grounds), default=None)
    return tuple(Stratum(tuple(strata[number]), number == last_ground) for number in sorted(strata))
