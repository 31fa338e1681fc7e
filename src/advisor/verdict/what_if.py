"""What would change a verdict: all smallest sets of actions that lead to a wanted one, each tried.

The search grows sets action by action. Where a set does not lead to the wanted verdict, some concern stands
in its way, and every larger set that does lead there holds an action that touches what the concern hangs on,
or first one that makes such an action possible. Only those are followed up: nothing is missed, little tried.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from advisor.model.action import Action
from advisor.model.condition import RULE_PREFIX, facts_of
from advisor.model.rule import Rule
from advisor.model.what_if import DraftEdit, FactChange, Mending, Obstacle, Step, Way, WhatIf
from advisor.verdict.advise import Decider
from advisor.verdict.findings import cite, without_overlap
from advisor.verdict.network import State
from advisor.verdict.trials import Chosen, Trial, Trials, base_id, offers
from advisor.verdict.wording import fill, plain

MOST_TRIED = 2500
"""Sets of actions tried in one search."""
MOST_CHARACTERS = 15_000
"""Characters of edited notes read in one search: with these bounds it takes about a second at the most."""
MOST_STEPS = 20
"""Actions that a dive takes at the most."""


class WhatIfSearch:
    """One search, for one situation and one wanted verdict."""

    def __init__(self, decider: Decider, trials: Trials, wanted: str) -> None:
        self._decider, self._trials, self._wanted = decider, trials, wanted
        self._analysis, self._consultation = decider.analysis, decider.consultation
        self._actions = self._consultation.actions
        self._level = self._consultation.caution(wanted)
        self._enabled_by = {name: self._facts_behind_offer(action) for name, action in trials.actions.items()}
        self._tried = 0

    def run(self, most_tried: int = MOST_TRIED) -> WhatIf:
        """Search, and say everything that was found."""
        base = self._trials.base
        reached = base.level <= self._level
        found: list[Chosen] = []
        lifted: set[str] = set()
        exhaustive = True
        if not reached:
            found, lifted, exhaustive = self._search(most_tried)
            if not found and not exhaustive:
                found = self._dive()
        ways = sorted((self._way(chosen) for chosen in self._without_longer(found)), key=self._cost)
        return WhatIf(
            verdict=self._consultation.verdicts[base.level].name,
            wanted=self._wanted,
            reached=reached,
            settled=self._settled(),
            ways=tuple(ways),
            # Where nothing leads there, polishing the note would only mislead.
            mendings=tuple(self._mendings()) if reached or ways else (),
            obstacles=() if reached or ways else tuple(self._obstacles(lifted)),
            exhaustive=exhaustive,
            tried=self._tried,
        )

    def _settled(self) -> bool:
        base = self._trials.base
        verdict = self._consultation.verdicts[base.level].name
        return self._analysis.outlook.find(base.case.facts, verdict).verdicts == (verdict,)

    # ------------------------------------------------------------------------------------ the search

    def _search(self, most_tried: int) -> tuple[list[Chosen], set[str], bool]:
        """The smallest sets, the concerns of the situation that some set lifts, and whether all was tried."""
        found: list[Chosen] = []
        lifted: set[str] = set()
        first: Chosen = frozenset()
        queue, seen = deque([first]), {first}
        before = self._in_the_way(self._trials.base.state)
        while queue:
            chosen = queue.popleft()  # smaller sets come before larger ones
            if any(smaller <= chosen for smaller in found):
                continue
            if self._tried >= most_tried or self._trials.characters_read > MOST_CHARACTERS:
                return found, lifted, False
            trial = self._trials.of(chosen) if chosen else self._trials.base
            self._tried += 1
            if trial is None:
                continue
            lifted.update(name for name in before if trial.state.get(name) is not True)
            if trial.level <= self._level:
                found.append(chosen)
                continue
            for name in sorted(self._next(chosen, trial.state)):
                larger = chosen | {name}
                if larger not in seen:
                    seen.add(larger)
                    queue.append(larger)
        return found, lifted, True

    def _dive(self) -> list[Chosen]:
        """One smallest set, found without trying all: where the search was cut off before it found any."""
        chosen: Chosen = frozenset()
        trial: Trial | None = self._trials.base
        for _ in range(MOST_STEPS):
            if trial is None:
                return []
            if trial.level <= self._level:
                return [self._reduced(chosen)]
            offered = [self._trials.actions[name] for name in sorted(self._next(chosen, trial.state))]
            cheapest = sorted(offered, key=self._by_lever)
            larger = [chosen | {action.id} for action in cheapest]
            tried = [(each, other) for each in larger if (other := self._trials.of(each)) is not None]
            if not tried:
                return []
            chosen, trial = min(tried, key=lambda each: len(self._in_the_way(each[1].state)))
        return []

    def _reduced(self, chosen: Chosen) -> Chosen:
        """`chosen` without what it does not need; what makes other steps possible is needed."""
        for name in sorted(chosen):
            fewer = chosen - {name}
            trial = self._trials.of(fewer)
            if trial is not None and trial.level <= self._level and self._possible(fewer):
                return self._reduced(fewer)
        return chosen

    def _possible(self, chosen: Chosen) -> bool:
        """Whether there is an order in which each action is on offer when its turn comes."""
        done: Chosen = frozenset()
        while done != chosen:
            trial = self._trials.of(done) if done else self._trials.base
            if trial is None:
                return False
            ready = [name for name in chosen - done if offers(self._trials.actions[name], trial.state)]
            if not ready:
                return False
            done |= {min(ready)}
        return True

    def _without_longer(self, found: list[Chosen]) -> list[Chosen]:
        """Leave out what differs from another set only in that it waits longer."""
        actions = self._trials.actions
        fewest: dict[frozenset[str], tuple[int, Chosen]] = {}
        for chosen in found:
            same = frozenset(base_id(actions[name]) for name in chosen)
            days = max((actions[name].takes_days for name in chosen), default=0)
            if same not in fewest or days < fewest[same][0]:
                fewest[same] = days, chosen
        return [chosen for _, chosen in fewest.values()]

    def _next(self, chosen: Chosen, state: State) -> set[str]:
        """Actions of which every larger set that works holds one: those for the concern with the fewest."""
        return min((self._against(concern, chosen, state) for concern in self._in_the_way(state)), key=len)

    def _in_the_way(self, state: State) -> list[str]:
        """Concerns that hold the verdict at a more cautious place than the wanted one."""
        concerns = self._analysis.working.concerns
        return [name for name, level in concerns if level > self._level and state.get(name) is True]

    def _against(self, concern: str, chosen: Chosen, state: State) -> set[str]:
        """Actions on offer that touch what `concern` hangs on, or that may bring such a one on offer."""
        wanted = self._analysis.behind[concern]
        against: set[str] = set()
        followed: set[frozenset[str]] = set()
        pending = [wanted]
        while pending:
            facts = pending.pop()
            if facts in followed:
                continue
            followed.add(facts)
            for name, action in self._trials.actions.items():
                if name in chosen or name in against or not self._trials.touched[name] & facts:
                    continue
                if offers(action, state):
                    against.add(name)
                else:
                    pending.append(self._enabled_by[name])
        return against

    def _facts_behind_offer(self, action: Action) -> frozenset[str]:
        """Facts from outside on which it hangs whether `action` is offered."""
        behind = self._analysis.behind
        looked_at = [facts_of(each) for each in (action.when, action.unless) if each is not None]
        return frozenset().union(*(behind.get(name, {name}) for facts in looked_at for name in facts))

    # --------------------------------------------------------------------------------- what was found

    def _way(self, chosen: Chosen) -> Way:
        trial = self._trials.of(chosen)
        assert trial is not None  # noqa: S101 - only sets that were tried are ways
        steps = [self._step(action) for action in self._ordered(chosen)]
        return Way(
            steps=tuple(steps),
            verdict=self._consultation.verdicts[trial.level].name,
            at_once=all(step.lever in self._actions.at_once for step in steps),
            draft=trial.draft,
        )

    def _ordered(self, chosen: Chosen) -> list[Action]:
        """The actions in an order in which each is on offer when its turn comes, the cheapest first."""
        ordered: list[Action] = []
        while len(ordered) < len(chosen):
            done = frozenset(action.id for action in ordered)
            trial = self._trials.of(done) if done else self._trials.base
            left = [self._trials.actions[name] for name in chosen - done]
            ready = [action for action in left if trial and offers(action, trial.state)]
            ordered.append(min(ready or left, key=self._by_lever))
        return ordered

    def _by_lever(self, action: Action) -> tuple[int, str]:
        return self._actions.levers.index(action.changes), action.id

    def _cost(self, way: Way) -> tuple[object, ...]:
        """Ways with fewer of the dearest steps first, then those with fewer steps, then fewer days."""
        levers = [step.lever for step in way.steps]
        return (
            tuple(levers.count(lever) for lever in reversed(self._actions.levers)),
            max(step.days for step in way.steps),
            tuple(step.action for step in way.steps),
        )

    def _step(self, action: Action) -> Step:
        case, alone = self._trials.base.case, self._trials.of(frozenset({action.id}))
        after = alone.case.facts if alone else {}
        names = sorted(case.facts.keys() | after.keys())
        return Step(
            action=base_id(action),
            says=fill(action.does, self._consultation, case.facts, case.words),
            lever=action.changes,
            days=action.takes_days,
            waits=bool(action.waits_up_to),
            edits=self._trials.edits.get(action.id, ()),
            quotes=without_overlap({span for fact in action.about for span in case.spans.get(fact, ())}),
            changes=tuple(
                FactChange(fact=name, before=plain(case.facts.get(name)), after=plain(after.get(name)))
                for name in names
                if case.facts.get(name) != after.get(name)
            ),
            citations=tuple(cite(passage, self._decider.library) for passage in action.cites),
        )

    def _mendings(self) -> Iterator[Mending]:
        """Exact edits of the note by which something that a rule finds there is gone."""
        base = self._trials.base
        concerns, advice = self._found_in(base)
        made: set[tuple[DraftEdit, ...]] = set()
        for name, edits in self._trials.edits.items():
            action = self._trials.actions.get(name)
            if action is None or edits in made or not offers(action, base.state):
                continue
            trial = self._trials.of(frozenset({name}))
            if trial is None:
                continue
            concerns_then, advice_then = self._found_in(trial)
            mended = (concerns | advice) - concerns_then - advice_then
            # An edit that brings a fault of its own mends nothing.
            if mended and concerns_then <= concerns:
                made.add(edits)
                yield Mending(
                    rules=tuple(sorted(mended)),
                    step=self._step(action),
                    verdict=self._consultation.verdicts[trial.level].name,
                    draft=trial.draft,
                )

    def _found_in(self, trial: Trial) -> tuple[frozenset[str], frozenset[str]]:
        """The concerns and the advice that hold."""
        held = self._decider.infer(trial.case).held
        kinds = {rule: self._analysis.rules[rule].effect.kind for rule in held}
        concerns = frozenset(rule for rule, kind in kinds.items() if kind == "concern")
        return concerns, frozenset(rule for rule, kind in kinds.items() if kind == "advice")

    def _obstacles(self, lifted: set[str]) -> Iterator[Obstacle]:
        """Concerns that no set of actions lifts; where each can be lifted but not all, all of them."""
        standing = self._in_the_way(self._trials.base.state)
        stuck = [name for name in standing if name not in lifted] or standing
        rules = [self._analysis.rules[name.removeprefix(RULE_PREFIX)] for name in stuck]
        case = self._trials.base.case
        inference = self._decider.infer(case)
        writer, turns = self._decider.writer(case, inference), self._decider.turns(case, inference)
        for rule in sorted(rules, key=self._by_caution):
            finding, near = writer.finding(rule), turns.near_miss(rule)
            yield Obstacle(
                trace=near.trace, message=finding.message, fix=finding.fix, would_have_to=near.turns
            )

    def _by_caution(self, rule: Rule) -> tuple[int, int, str]:
        return -self._consultation.caution(rule.effect.target), -rule.salience, rule.id
