"""Files of cases to scenarios. Every fault is complained about at its place; nothing is evaluated here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from advisor.catalog.authored import Authored, Origins, suggest
from advisor.catalog.encoding import read_text
from advisor.catalog.files import case_files
from advisor.catalog.situations import read_told
from advisor.catalog.terms import Terms, all_known
from advisor.catalog.text import DataPath
from advisor.catalog.trial_forms import CaseForm, CasesFile
from advisor.errors import Complaint, InputError, RuleError
from advisor.model.condition import RULE_PREFIX
from advisor.model.knowledge_base import KnowledgeBase
from advisor.model.names import kind_of
from advisor.model.rule import Consultation
from advisor.model.scenario import Expected, Scenario
from advisor.model.subject import Told
from advisor.model.vocabulary import FactValue

DAY_OF_CASES = date(2026, 1, 1)
"""The day of asking where a case names none: a fixed one, so that a case says the same every day."""


def read_scenarios(
    text: str, file: str, base: KnowledgeBase, consultation: str, origins: Origins | None = None
) -> tuple[Scenario, ...]:
    """Read the cases in `text`, which is called `file`, for one consultation of `base`.

    Where `base` could be read only in part, `origins` says which names may be in the other part: these are
    believed.

    Raises:
        RuleError: with all complaints about the file.
    """
    authored = Authored(text, file)
    authored.check(CasesFile)
    reader = _CaseReader(authored, base.consultation(consultation), origins)
    found = [reader.case(path, form) for path, form in authored.items("cases", CaseForm)]
    if authored.complaints:
        raise RuleError(authored.complaints)
    return tuple(each for each in found if each is not None)


def cases_in(
    folder: Path, base: KnowledgeBase, consultation: str, origins: Origins | None = None
) -> tuple[tuple[Scenario, ...], list[Complaint]]:
    """All cases in the files below `folder`, and every complaint about them; see `read_scenarios`."""
    scenarios: tuple[Scenario, ...] = ()
    complaints: list[Complaint] = []
    try:
        paths = case_files(folder)
    except RuleError as error:
        return (), list(error.complaints)
    for path in paths:
        try:
            text = read_text(path, RuleError)
            scenarios += read_scenarios(text, str(path), base, consultation, origins)
        except RuleError as error:
            complaints += error.complaints
    return scenarios, complaints


class _CaseReader:
    """Reads the cases of one file."""

    def __init__(self, authored: Authored, consultation: Consultation, origins: Origins | None) -> None:
        self._authored, self._consultation = authored, consultation
        self._origins = origins
        vocabulary, settings = consultation.vocabulary, consultation.settings
        names = origins or all_known(consultation)
        self._terms = Terms(authored, consultation.id, vocabulary, settings, names)
        self._names: dict[str, int] = {}

    def case(self, path: DataPath, form: CaseForm | None) -> Scenario | None:
        raw = self._authored.at(path)
        if not isinstance(raw, dict):
            return None
        told = [key for key in ("situation", "given") if raw.get(key) is not None]
        if len(told) != 1:
            message = "a case tells a `situation` or the facts as `given`, and this has " + (
                "both" if told else "neither"
            )
            hint = "delete one of the two" if told else "add `situation:`, as in a prospect file"
            self._authored.complain(path, "bad-case", message, hint)
        self._check_expected(path)
        self._check_name(path, raw.get("name"))
        given = self._given((*path, "given")) if "given" in told else {}
        situation = self._situation((*path, "situation"), form) if "situation" in told else None
        if form is None:
            return None
        return Scenario(
            name=form.name,
            consultation=self._consultation.id,
            expected=Expected(
                form.expect.verdict or "", tuple(form.expect.holds), tuple(form.expect.does_not_hold)
            ),
            situation=situation,
            given=given,
            as_of=form.as_of or (situation.as_of if situation else None) or DAY_OF_CASES,
            known_miss=form.known_miss or "",
            file=self._authored.file,
            line=self._authored.document.place(path)[0],
        )

    def _check_name(self, path: DataPath, name: object) -> None:
        if not isinstance(name, str):
            return
        line = self._authored.document.place(path)[0]
        if (first := self._names.setdefault(name, line)) != line:
            message = f"there is another case of this name, on line {first}"
            self._authored.complain(
                (*path, "name"), "duplicate-id", message, "tell what makes them different"
            )

    def _check_expected(self, path: DataPath) -> None:
        path = (*path, "expect")
        expect = self._authored.at(path)
        if not isinstance(expect, dict):
            return
        if not any(expect.values()):
            message, hint = "nothing is expected, so this case could not fail", "add `verdict:` or `holds:`"
            self._authored.complain(path, "empty-group", message, hint)
        verdicts = [level.name for level in self._consultation.verdicts]
        verdict = expect.get("verdict")
        if isinstance(verdict, str) and verdict not in verdicts:
            hint = suggest(verdict, verdicts, f"write one of {', '.join(verdicts)}")
            message = f"there is no verdict `{verdict}` on the scale"
            self._authored.complain((*path, "verdict"), "unknown-verdict", message, hint)
        listed = {key: expect.get(key) for key in ("holds", "does_not_hold")}
        for key, names in listed.items():
            self._check_rules((*path, key), names if isinstance(names, list) else ())
        both = {*_words(listed["holds"])} & {*_words(listed["does_not_hold"])}
        for name in sorted(both):
            message = f"`{name}` must hold and must not hold"
            place = _words(listed["does_not_hold"]).index(name)
            self._authored.complain(
                (*path, "does_not_hold", place), "duplicate-value", message, "delete one of the two"
            )

    def _check_rules(self, path: DataPath, names: Sequence[object]) -> None:
        active = [rule.id for rule in self._consultation.active]
        for place, name in enumerate(names):
            if not isinstance(name, str) or name in active:
                continue
            rule = self._consultation.rule(name)
            if rule is None and self._origins is not None and self._origins.may_exist("rule", name):
                continue
            now = self._consultation.renamed(name)
            if now is not None:
                message, hint = f"`{name}` is now called `{now.id}`", f"write `{now.id}`"
                self._authored.complain((*path, place), "renamed-rule", message, hint)
            elif rule is not None:
                message = f"`{name}` is {rule.status}, so it is never evaluated"
                self._authored.complain(
                    (*path, place), "inactive-rule", message, "name a stable rule, or delete this"
                )
            else:
                hint = suggest(name, active, "name the id of a rule")
                message = f"this consultation has no rule `{name}`"
                self._authored.complain((*path, place), "unknown-rule", message, hint)

    def _given(self, path: DataPath) -> dict[str, FactValue]:
        raw = self._authored.at(path)
        given: dict[str, FactValue] = {}
        for name in raw if isinstance(raw, dict) else ():
            inner = (*path, name)
            if name.startswith(RULE_PREFIX):
                value = self._authored.at(inner)
                if isinstance(value, bool):
                    given[name] = value
                else:
                    message = f"a rule holds or not, and this is {kind_of(value)}"
                    self._authored.complain(inner, "wrong-type", message, "write true or false")
            elif (spec := self._terms.fact(name, inner, key=True)) is not None:
                told = self._terms.value(spec, inner)
                if told is not None:
                    given[name] = told
        return given

    def _situation(self, path: DataPath, form: CaseForm | None) -> Told | None:
        """What a file about the subject would tell, read by the same reader; its complaints are put here."""
        document: Any = self._authored.document
        for step in path:
            document = document.part(step)
        if not isinstance(document.data, dict):
            return None
        day = form.as_of if form else None
        try:
            told: Told = read_told(
                self._consultation.subject,
                document,
                self._consultation.vocabulary,
                as_of=day,
                today=DAY_OF_CASES,
            )
            return told
        except InputError as error:
            self._authored.complaints += error.complaints
            return None


def _words(value: object) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []
