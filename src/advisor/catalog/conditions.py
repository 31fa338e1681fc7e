"""Authored conditions to the condition tree.

A condition is `{all: [..]}`, `{any: [..]}`, `{not: ..}`, `{fact: .., eq: ..}` with exactly one operator, or
in short `some.fact` and `not some.fact` for facts that are yes or no. A `$name` stands for a setting.

Every fault is complained about at its place, and reading goes on behind it. Nothing is evaluated here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any as Anything
from typing import get_args

from advisor.catalog.authored import Authored
from advisor.catalog.terms import Terms
from advisor.catalog.text import DataPath
from advisor.model.condition import RULE_PREFIX, All, Any, Condition, Not, Operator, Test
from advisor.model.names import did_you_mean, kind_of, shown
from advisor.model.vocabulary import FactSpec, FactType

OPERATORS: tuple[Operator, ...] = tuple(op for op in get_args(Operator) if op not in ("not in", "unknown"))
"""The operators that authors write; the other two are made by negation."""
FITTING: dict[FactType, tuple[Operator, ...]] = {
    "yes-no": ("eq", "ne", "known"),
    "number": ("eq", "ne", "lt", "lte", "gt", "gte", "in", "known"),
    "choice": ("eq", "ne", "in", "known"),
    "choices": ("eq", "ne", "in", "known"),
}
"""The operators that go with each type of fact."""
_HEADS = ("all", "any", "not", "fact", "rule")
_SHORT = re.compile(r"(not\s+)?(\S+)")
_FORMS = "`{fact: .., eq: ..}`, `{all: [..]}`, `{any: [..]}`, `{not: ..}` or the name of a yes-no fact"
_OTHER_WAYS = {
    "not in": "write `{not: {fact: .., in: [..]}}`",
    "not_in": "write `{not: {fact: .., in: [..]}}`",
    "unknown": "write `known: false`",
    "is": "write `eq`",
    "equals": "write `eq`",
    "min": "write `gte`",
    "max": "write `lte`",
    "value": "write the operator as the key, such as `eq: true`",
}
"""What people write who know other notations."""


class ConditionReader:
    """Reads the conditions of one file."""

    def __init__(self, authored: Authored, terms: Terms) -> None:
        self._authored = authored
        self._terms = terms
        self._complain = authored.complain

    def exception(self, path: DataPath) -> Condition | None:
        """Read what may stand under `unless`: a condition, or `{rule: other-rule}`."""
        raw = self._authored.at(path)
        if not (isinstance(raw, dict) and "rule" in raw):
            return self.condition(path)
        self._refuse_beside("rule", raw, path)
        if isinstance(raw["rule"], str):
            return Test(RULE_PREFIX + raw["rule"], "eq", True)
        message = f"`rule` names a rule, and this is {kind_of(raw['rule'])}"
        self._complain((*path, "rule"), "wrong-type", message, "write the id of a rule")
        return None

    def condition(self, path: DataPath) -> Condition | None:
        """Read the condition at `path`; None, with complaints, where it is none."""
        raw = self._authored.at(path)
        if isinstance(raw, str):
            return self._short(raw, path)
        if not isinstance(raw, dict) or not raw:
            seen = "an empty mapping" if raw == {} else kind_of(raw)
            self._complain(path, "bad-condition", f"a condition cannot be {seen}", f"write {_FORMS}")
            return None
        match [head for head in raw if head in _HEADS]:
            case ["fact"]:
                return self._leaf(raw, path)
            case [head]:
                self._refuse_beside(head, raw, path)
                return self._combined(head, (*path, head))
            case [first, second, *_]:
                message = f"`{first}` and `{second}` stand side by side in one condition"
                hint = "put both under `all:` or `any:`, each behind `- `"
                self._complain((*path, second), "bad-condition", message, hint, key=True)
            case _:
                for key in raw:
                    near = did_you_mean(key, _HEADS)
                    hint = (
                        f"did you mean `{near[0]}`?"
                        if near
                        else "a condition begins with all, any, not or fact"
                    )
                    self._complain(
                        (*path, key), "unknown-key", f"a condition has no key {shown(key)}", hint, key=True
                    )
        return None

    def _refuse_beside(self, head: str, raw: Mapping[str, object], path: DataPath) -> None:
        for key in raw.keys() - {head}:
            message = f"nothing stands beside `{head}`, so not {shown(key)}"
            self._complain((*path, key), "unknown-key", message, "indent it further, or delete it", key=True)

    def _combined(self, head: str, path: DataPath) -> Condition | None:
        """Read `all`, `any` or `not`, whose content stands at `path`."""
        raw = self._authored.at(path)
        if head == "not":
            part = self.condition(path)
            return part and Not(part)
        if head == "rule":
            hint = "rules are named under `unless`; to test what a rule concludes, name its fact"
            self._complain(path, "misplaced-rule", "a condition cannot name a rule", hint, key=True)
            return None
        if not isinstance(raw, list):
            hint = f"write `{head}: [one, two]`, or each part on a line of its own behind `- `"
            self._complain(path, "wrong-type", f"`{head}` takes a list, and this is {kind_of(raw)}", hint)
            return None
        if not raw:
            message = f"an empty `{head}` would always be {'true' if head == 'all' else 'false'}"
            self._complain(path, "empty-group", message, "put conditions in it, or delete it")
            return None
        read = [self.condition((*path, place)) for place in range(len(raw))]
        parts = tuple(part for part in read if part is not None)
        if len(parts) < len(read):
            return None
        return All(parts) if head == "all" else Any(parts)

    def _short(self, raw: str, path: DataPath) -> Test | None:
        match = _SHORT.fullmatch(raw.strip())
        if match is None:
            hint = "write the name of one yes-no fact, or `not` and the name; put more in `all:` or `any:`"
            self._complain(path, "bad-condition", f"{shown(raw)} is not a condition", hint)
            return None
        spec = self._terms.fact(match[2], path)
        if spec is not None and spec.type != "yes-no":
            message = f"`{spec.name}` is a {spec.type}, and only yes-no facts can stand alone"
            operator = "gte" if spec.type == "number" else "eq"
            self._complain(path, "wrong-type", message, f"write `{{fact: {spec.name}, {operator}: ..}}`")
        return Test(match[2], "eq", not match[1])

    def _leaf(self, raw: Mapping[str, Anything], path: DataPath) -> Test | None:
        name = raw["fact"]
        if not isinstance(name, str):
            message = f"`fact` takes a name, and this is {kind_of(name)}"
            self._complain((*path, "fact"), "wrong-type", message, "write the name of a fact")
            return None
        spec = self._terms.fact(name, (*path, "fact"))
        op = self._operator(raw, path)
        if op is None:
            return None
        if spec is None:
            return Test(name, op)  # complained about already, here or in facts.yaml
        if op not in FITTING[spec.type]:
            message = f"`{op}` does not go with `{name}`, which is a {spec.type}"
            self._complain((*path, op), "wrong-operator", message, f"use {_or(FITTING[spec.type])}", key=True)
            return None
        if op == "known":
            return self._whether_known(spec, raw[op], (*path, op))
        return self._test(spec, op, raw[op], (*path, op))

    def _operator(self, raw: Mapping[str, object], path: DataPath) -> Operator | None:
        """Find the one operator of a leaf."""
        used = [op for op in OPERATORS if op in raw]
        strange = [key for key in raw if key != "fact" and key not in used]
        for key in strange:
            near = did_you_mean(key, OPERATORS)
            hint = _OTHER_WAYS.get(key) or (f"did you mean `{near[0]}`?" if near else f"use {_or(OPERATORS)}")
            self._complain((*path, key), "unknown-key", f"there is no operator {shown(key)}", hint, key=True)
        if len(used) > 1:
            message = f"{' and '.join(f'`{op}`' for op in used)} test one fact at once"
            self._complain(path, "several-operators", message, "put each in a test of its own, under `all:`")
        elif not used and not strange:
            self._complain(path, "no-operator", "this says nothing about the fact", f"add {_or(OPERATORS)}")
        return used[0] if len(used) == 1 else None

    def _whether_known(self, spec: FactSpec, raw: object, path: DataPath) -> Test | None:
        if isinstance(raw, bool):
            return Test(spec.name, "known" if raw else "unknown")
        message = f"`known` takes true or false, and this is {kind_of(raw)}"
        self._complain(path, "wrong-type", message, "write `known: true` or `known: false`")
        return None

    def _test(self, spec: FactSpec, op: Operator, raw: object, path: DataPath) -> Test | None:
        """Read the constant of a test, which `raw` holds or names as a setting."""
        setting = ""
        if isinstance(raw, str) and raw.startswith("$"):
            setting = raw[1:]
            raw = self._terms.setting(setting, path)
            if raw is None:
                return Test(spec.name, op, setting=setting)  # complained about already
        if isinstance(raw, list | tuple) is not (op == "in"):
            message = f"`{op}` takes {'a list' if op == 'in' else 'one value'}, and this is {kind_of(raw)}"
            self._complain(path, "wrong-type", message, "use `in` for a list, and `eq` for one value")
            return None
        if isinstance(raw, list | tuple):
            return self._membership(spec, raw, path, setting)
        value = self._terms.constant(spec, raw, path)
        return None if value is None else Test(spec.name, op, value, setting)

    def _membership(
        self, spec: FactSpec, raw: list[Anything] | tuple[Anything, ...], path: DataPath, setting: str
    ) -> Test | None:
        if not raw:
            self._complain(
                path, "empty-group", "nothing is in an empty list", "list values, or delete the test"
            )
            return None
        # What a setting lists stands elsewhere, so that complaints are put where the setting is used.
        places = [path if setting else (*path, place) for place in range(len(raw))]
        values = [self._terms.constant(spec, item, place) for item, place in zip(raw, places, strict=True)]
        for number, (value, place) in enumerate(zip(values, places, strict=True)):
            if value is not None and value in values[:number] and not setting:
                message = f"{shown(str(value))} stands in this list twice"
                self._complain(place, "duplicate-value", message, "delete one of the two")
        if None in values:
            return None
        if spec.type == "number":
            return Test(spec.name, "in", tuple(value for value in values if isinstance(value, int)), setting)
        return Test(spec.name, "in", tuple(str(value) for value in values), setting)


def _or(names: tuple[str, ...]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}"
