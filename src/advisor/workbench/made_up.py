"""Facts on which old and new rules come apart, found around what was edited.

Two ways lead there. From cases that are known already, the facts that an edit looks at are varied through
every class that the tests of both sides tell apart; and a search through all facts finds what no known case
is near to. Each edit is tried alone first, so that it is known which one does it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from advisor.model.rule import Rule
from advisor.model.situation import as_told
from advisor.model.strata import CyclicRules
from advisor.model.subject import Told
from advisor.model.vocabulary import FactValue
from advisor.verdict.network import State, WorkingNetwork
from advisor.workbench.flip_search import FlipSearch, joint_classes
from advisor.workbench.rule_edits import LEXICON, RULE, SETTING, Chosen, RuleEdits, decisive
from advisor.workbench.telling import Data

Facts = Mapping[str, FactValue]
Seed = tuple[Facts, Told | None]
"""Facts that are known, and what was told where they come from a file."""
_Option = tuple[Facts, tuple[str, ...], Told | None]
"""Facts that flip, those that were varied for it, and what was told where they come from a file."""
MOST_EDITS = 24
"""Edits that are looked at one by one; of more, only all together are."""
_MOST_FOCUS = 14
"""Facts that are varied for one edit."""
_MOST_SEEDS = 80
_STEPS = 2_000
"""Steps of one search, where there is one edit; of more each gets its share."""


@dataclass(frozen=True)
class MadeUp:
    """Facts, or a whole file, on which the verdicts differ."""

    before: str
    after: str
    causes: tuple[str, ...]
    """The edits that do it alone; empty where that is still to be found out."""
    facts: Facts
    focus: tuple[str, ...] = ()
    """The facts among them that the edit looks at."""
    region: tuple[str, ...] = ()
    start: Data | None = None
    """Data of a known case that is near."""
    data: Data | None = None
    """A whole file, which only has to be made smaller."""


@dataclass(frozen=True)
class Findings:
    """All that was found."""

    found: tuple[MadeUp, ...]
    """The simplest first within an edit and a pair of verdicts."""
    notes: tuple[tuple[str, str], ...]
    """Edits of words, each with a note that may be read otherwise."""
    exhaustive: bool


def made_up(edits: RuleEdits, seeds: Sequence[Seed]) -> Findings:
    """Facts on which the two sides differ, by edit and pair of verdicts."""
    if [each.name for each in edits.old.verdicts] != [each.name for each in edits.new.verdicts]:
        return Findings((), (), exhaustive=False)
    ruled = [name for name in edits.all if name.startswith((SETTING, RULE))]
    everything = frozenset(edits.all)
    steps = max(400, _STEPS // max(1, len(ruled)))
    found: list[MadeUp] = []
    exhaustive = True
    singles = [frozenset({name}) for name in ruled[:MOST_EDITS]]
    for chosen in [*singles, *([frozenset(ruled)] if len(ruled) > 1 else [])]:
        around = _Around(edits, chosen, everything)
        if not around.sound:
            # Nothing was searched there, so that nothing can be ruled out.
            exhaustive = False
            continue
        known = {(each.before, each.after) for each in found} if len(chosen) > 1 else set()
        fresh = [each for each in around.flips(seeds, steps) if (each.before, each.after) not in known]
        found += fresh
        exhaustive = exhaustive and around.exhaustive
    return Findings(tuple(found), tuple(_notes_of(edits)), exhaustive)


def _notes_of(edits: RuleEdits) -> Iterator[tuple[str, str]]:
    """Sentences and phrases of the signs that were changed, as far as they are on one side only."""
    for code in edits.languages:
        one, other = edits.old_base.lexicons.get(code), edits.new_base.lexicons.get(code)
        if one is None or other is None:
            continue
        for name in sorted(one.signs.keys() | other.signs.keys()):
            before, after = one.signs.get(name), other.signs.get(name)
            if before == after:
                continue
            for here, there in ((before, after), (after, before)):
                phrases = set(there.phrases) if there else set()
                for phrase in here.phrases if here else ():
                    if phrase not in phrases:
                        yield LEXICON + code, f"phrase:{phrase}"
            for sign in (before, after):
                for text in (*sign.finds, *sign.passes_over) if sign else ():
                    yield LEXICON + code, text


class _Around:
    """What lies around some edits."""

    def __init__(self, edits: RuleEdits, chosen: Chosen, everything: Chosen) -> None:
        self._edits, self._chosen = edits, chosen
        self.sound = True
        self.exhaustive = True
        try:
            self._old, self._new = edits.applied(frozenset()), edits.applied(chosen)
            self._classes = joint_classes(self._old, self._new)
            sides = [self._old, self._new, *([edits.applied(everything)] if chosen != everything else [])]
            self._networks = [WorkingNetwork(each) for each in sides]
        except (ValueError, CyclicRules):
            self.sound = False

    def flips(self, seeds: Sequence[Seed], steps: int) -> list[MadeUp]:
        """Flips by pair of verdicts, the simplest first."""
        focus = self._focus()
        if not focus:
            return []
        searched = FlipSearch(self._old, self._new).find(max_steps=steps)
        self.exhaustive = searched.exhaustive
        contexts: list[Seed] = [({}, None), *((facts, None) for facts in searched.facts.values())]
        contexts += [(facts, None) for facts in self._examples()]
        contexts += list(seeds)[:_MOST_SEEDS]
        options: dict[tuple[int, int], list[tuple[tuple[int, int, int], _Option]]] = {}
        for place, (context, situation) in enumerate(contexts):
            bare = {name: value for name, value in context.items() if name not in focus}
            for start in [context, bare] if situation is None else [context]:
                for facts, changed, pair in self._near(start, focus):
                    rank = (int(situation is not None), len(facts), place)
                    options.setdefault(pair, []).append((rank, (facts, changed, situation)))
        return [
            self._made(option, pair, focus)
            for pair, ranked in sorted(options.items())
            for option in _some([each for _, each in sorted(ranked, key=lambda one: one[0])])
        ]

    def _near(
        self, start: Facts, focus: Sequence[str]
    ) -> Iterator[tuple[Facts, tuple[str, ...], tuple[int, int]]]:
        """Facts that flip, `start` itself or with one fact otherwise."""
        states = [network.start(start) for network in self._networks]
        if (pair := self._pair_in(states)) is not None:
            yield dict(start), (), pair
        for name in focus:
            values: tuple[FactValue | None, ...] = (*self._classes[name], *([None] if name in start else ()))
            for value in values:
                after = [
                    network.changed(state, {name: value})
                    for network, state in zip(self._networks, states, strict=True)
                ]
                if (pair := self._pair_in(after)) is not None:
                    facts = {each: known for each, known in start.items() if each != name}
                    yield (facts if value is None else {**facts, name: value}), (name,), pair

    def _pair(self, facts: Facts) -> tuple[int, int] | None:
        return self._pair_in([network.start(facts) for network in self._networks])

    def _pair_in(self, states: Sequence[State]) -> tuple[int, int] | None:
        """The two verdicts where they differ, and where all edits together come to the same as these."""
        levels = [net.level(state) for net, state in zip(self._networks, states, strict=True)]
        impossible = self._networks[-1].contradicts(states[-1], {})
        if levels[0] == levels[1] or levels[-1] != levels[1] or impossible:
            return None
        return levels[0], levels[1]

    def _made(self, option: _Option, pair: tuple[int, int], focus: Sequence[str]) -> MadeUp:
        facts, changed, situation = option
        names = [level.name for level in self._old.verdicts]
        told = tuple(name for name in focus if name in facts)
        start = dict(as_told(situation)) if situation is not None else None
        if start is not None:
            start.pop("as_of", None)
        return MadeUp(
            before=names[pair[0]],
            after=names[pair[1]],
            causes=tuple(sorted(self._chosen)) if len(self._chosen) == 1 else (),
            facts=facts,
            focus=changed or told[:1],
            region=tuple(self._regions(facts, told, pair)),
            start=start,
        )

    def _regions(self, facts: Facts, told: Sequence[str], pair: tuple[int, int]) -> Iterator[str]:
        """For each number the range in which the pair stays the same."""
        classes = self._classes
        for name in told:
            spec = self._edits.merged_vocabulary.facts[name]
            if spec.type != "number" or name not in classes:
                continue
            edges = [value for value in classes[name] if isinstance(value, int)]
            same = [self._pair({**facts, name: value}) == pair for value in edges]
            here = max(place for place, value in enumerate(edges) if value <= facts[name])  # type: ignore[operator]
            low = high = here
            while low and same[low - 1]:
                low -= 1
            while high + 1 < len(edges) and same[high + 1]:
                high += 1
            last = edges[high + 1] - 1 if high + 1 < len(edges) else None
            until = f"from {edges[low]} on" if last is None else f"{edges[low]} to {last}"
            yield f"{name}: {until}" if last != edges[low] else f"{name}: {last}"

    def _focus(self) -> tuple[str, ...]:
        """Facts from outside that the edits look at, those that were edited themselves first."""
        classes = self._classes
        direct: dict[str, None] = {}
        for rule in self._touched():
            mine = {name.removeprefix(SETTING) for name in self._chosen if name.startswith(SETTING)}
            leaves = [leaf for leaf in rule.leaves if leaf.setting in mine] or list(rule.leaves)
            direct.update(dict.fromkeys(leaf.fact for leaf in leaves))
        behind = {**self._networks[0].behind(), **self._networks[1].behind()}
        found: dict[str, None] = {name: None for name in direct if name in classes}
        for name in direct:
            found.update(dict.fromkeys(each for each in behind.get(name, ()) if each in classes))
        for rule in self._touched():
            found.update(dict.fromkeys(each for each in sorted(rule.facts) if each in classes))
        return tuple(found)[:_MOST_FOCUS]

    def _touched(self) -> list[Rule]:
        rules: list[Rule] = []
        for side in (self._old, self._new):
            other = self._new if side is self._old else self._old
            for rule in side.active:
                twin = other.rule(rule.id)
                if twin is None or (rule.when, rule.unless, decisive(rule)) != (
                    twin.when, twin.unless, decisive(twin),
                ):  # fmt: skip
                    rules.append(rule)
        return rules

    def _examples(self) -> list[dict[str, FactValue]]:
        """What examples give from outside: of the rules that were edited, together with each ground's."""
        given = {spec.name for spec in self._edits.merged_vocabulary.given}

        def outside(facts: Facts) -> dict[str, FactValue]:
            return {name: value for name, value in facts.items() if name in given}

        def of(rules: Sequence[Rule]) -> list[dict[str, FactValue]]:
            made = (outside(each.given) for rule in rules for each in rule.examples)
            return [facts for facts in made if facts]

        grounds = [rule for rule in self._new.active if rule.effect.kind == "ground"]
        first = [facts for rule in grounds for facts in of([rule])[:1]]
        touched = of(self._touched())[:12]
        return [*first, *touched, *({**one, **other} for one, other in product(touched, first))]


def _some(ranked: Sequence[_Option], most: int = 4) -> list[_Option]:
    """The simplest, and as a way out others that rest on something else."""
    chosen: dict[tuple[object, ...], _Option] = {}
    for option in ranked:
        chosen.setdefault((option[1], option[2] is not None), option)
    return list(chosen.values())[:most]
