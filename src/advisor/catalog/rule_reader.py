"""One file of rules to rules: each with its condition, its exceptions, what follows and its examples.

Every fault is complained about at its place, and one rule never keeps another from being read. Whether what
a rule cites exists, and whether its words can be filled in, is left to the audit of the whole knowledge base.
"""

from __future__ import annotations

from collections.abc import Mapping

from advisor.catalog.authored import Authored, Origins
from advisor.catalog.conditions import ConditionReader
from advisor.catalog.forms import RuleForm, RulesFile
from advisor.catalog.terms import Terms
from advisor.catalog.text import DataPath
from advisor.model.condition import RULE_PREFIX, Condition
from advisor.model.names import did_you_mean, kind_of, shown
from advisor.model.rule import Effect, EffectKind, Example, Rule
from advisor.model.vocabulary import FactValue

_ALONE: dict[str, EffectKind] = {"ground": "ground", "merit": "merit", "advice": "advice"}
_TARGETED: dict[str, EffectKind] = {"concern": "concern", "conclude": "conclude"}


class RuleReader:
    """Reads the rules of one file."""

    def __init__(self, authored: Authored, theme: str, terms: Terms, origins: Origins) -> None:
        self._authored, self._theme = authored, theme
        self._origins = origins
        self._terms = terms
        self._conditions = ConditionReader(authored, terms)

    def rules(self) -> list[Rule]:
        """The rules that could be read; for the others there are complaints."""
        self._authored.check(RulesFile)
        if not isinstance(self._authored.at(("rules",)), list):
            self._origins.leave_open("rule")
        found = [self._rule(path, form) for path, form in self._authored.items("rules", RuleForm)]
        return [rule for rule in found if rule is not None]

    def _rule(self, path: DataPath, form: RuleForm | None) -> Rule | None:
        fresh = self._origins.add_item("rule", self._authored, path)
        raw = self._authored.at(path)
        if not isinstance(raw, dict):
            return None
        # Read even where the form has faults, so that what is wrong inside is told at once.
        when = self._conditions.condition((*path, "when")) if "when" in raw else None
        unless = self._exceptions((*path, "unless"))
        effect = self._effect((*path, "then")) if "then" in raw else None
        examples = self._examples((*path, "examples"))
        self._check_shown((*path, "shows"))
        self._check_dates(path, form)
        if not (fresh and form and when and effect) or None in unless:
            return None
        return Rule(
            id=form.id,
            title=form.title,
            when=when,
            effect=effect,
            cites=tuple(form.cites),
            message=form.message or "",
            fix=form.fix or "",
            words=tuple(form.words),
            within=self._within(path, form),
            unless=tuple(exception for exception in unless if exception is not None),
            readings=tuple(form.readings),
            shows=tuple(form.shows),
            status=form.status,
            since=form.effective.since if form.effective else None,
            until=form.effective.until if form.effective else None,
            review_by=form.review_by,
            formerly=tuple(form.formerly),
            strength=form.strength,
            salience=form.salience,
            examples=examples,
            theme=self._theme,
            file=self._authored.file,
            line=self._authored.document.place(path)[0],
        )

    def _exceptions(self, path: DataPath) -> list[Condition | None]:
        raw = self._authored.at(path)
        count = len(raw) if isinstance(raw, list) else 0
        return [self._conditions.exception((*path, place)) for place in range(count)]

    def _effect(self, path: DataPath) -> Effect | None:
        raw = self._authored.at(path)
        if isinstance(raw, str) and raw in _ALONE:
            return Effect(_ALONE[raw])
        if isinstance(raw, dict) and len(raw) == 1:
            ((key, target),) = raw.items()
            if key in _TARGETED and isinstance(target, str):
                return Effect(_TARGETED[key], target)
            if key in _TARGETED:
                what = "the name of a verdict" if key == "concern" else "the name of a fact"
                message = f"`{key}` takes {what}, and this is {kind_of(target)}"
                self._authored.complain((*path, key), "wrong-type", message)
                return None
        forms = {key: f"`then: {key}`" for key in _ALONE} | {
            key: f"`then: {{{key}: ..}}`" for key in _TARGETED
        }
        word = raw if isinstance(raw, str) else next(iter(raw), "") if isinstance(raw, dict) else ""
        near = did_you_mean(word, forms)
        hint = f"did you mean {forms[near[0]]}?" if near else f"write one of {', '.join(forms.values())}"
        self._authored.complain(path, "bad-effect", "this is not something that can follow from a rule", hint)
        return None

    def _within(self, path: DataPath, form: RuleForm) -> str:
        """The name of the setting that gives the days; empty, with a complaint, where it gives none."""
        if form.within is None:
            return ""
        name = form.within.removeprefix("$")
        if form.within == name:
            hint = "add a number of days to settings.yaml, with what it rests on, and name it as `$name`"
            message = "the days stand in a setting"
            self._authored.complain((*path, "within"), "wrong-type", message, hint)
            return ""
        value = self._terms.setting(name, (*path, "within"))
        if value is not None and not isinstance(value, int):
            message = f"`{name}` is a list, and this takes a number of days"
            self._authored.complain((*path, "within"), "wrong-type", message, "name a setting with a number")
        return name if isinstance(value, int) else ""

    def _check_dates(self, path: DataPath, form: RuleForm | None) -> None:
        times = form and form.effective
        if times and times.since and times.until and times.until < times.since:
            message = f"the rule ends on {times.until}, before it begins on {times.since}"
            hint = "put the later day under `until`"
            self._authored.complain((*path, "effective", "until"), "dates-out-of-order", message, hint)
        if times and not times.since and not times.until:
            hint = "add `from:` or `until:`, or delete this"
            self._authored.complain((*path, "effective"), "empty-group", "no day is named", hint, key=True)

    def _check_shown(self, path: DataPath) -> None:
        raw = self._authored.at(path)
        for place, name in enumerate(raw if isinstance(raw, list) else ()):
            spec = self._terms.fact(name, (*path, place)) if isinstance(name, str) else None
            if spec is not None and spec.origin != "draft":
                message = f"`{name}` is {spec.origin}, and only what is read from the note has words to quote"
                hint = "name a fact that is `from: draft`"
                self._authored.complain((*path, place), "wrong-type", message, hint)

    def _examples(self, path: DataPath) -> tuple[Example, ...]:
        raw = self._authored.at(path)
        found = [
            self._example((*path, place), item)
            for place, item in enumerate(raw if isinstance(raw, list) else ())
        ]
        for place, example in enumerate(found):
            if example.name and example.name in [other.name for other in found[:place]]:
                message = f"two examples of this rule are called {shown(example.name)}"
                self._authored.complain(
                    (*path, place), "duplicate-id", message, "tell what makes them different"
                )
        return tuple(found)

    def _example(self, path: DataPath, raw: object) -> Example:
        held: Mapping[str, object] = raw if isinstance(raw, dict) else {}
        given: dict[str, FactValue] = {}
        told = held.get("given")
        for name in told if isinstance(told, dict) else ():
            inner = (*path, "given", name)
            value: FactValue | None = None
            if name.startswith(RULE_PREFIX):
                value = self._whether_rule_holds(inner)
            elif spec := self._terms.fact(name, inner, key=True):
                value = self._terms.value(spec, inner)
            if value is not None:
                given[name] = value
        return Example(
            str(held.get("name") or ""),
            given,
            held.get("holds") is True,
            self._authored.document.place(path)[0],
        )

    def _whether_rule_holds(self, path: DataPath) -> bool | None:
        """Other rules may be given as holding or not, where the rule has them as exceptions."""
        value = self._authored.at(path)
        if isinstance(value, bool):
            return value
        self._authored.complain(
            path, "wrong-type", f"a rule holds or not, and this is {kind_of(value)}", "write true or false"
        )
        return None
