"""`actions.yaml` to the actions of a consultation: what a person can do, and what is otherwise then.

Every place of a prospect file is looked up in the situation's own classes, and every value built as if it had
been read from a file, so that what an action leads to is what a person could have written. Citations are left
to the audit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, get_args

from advisor.catalog.action_forms import ActionForm, ActionsFile
from advisor.catalog.authored import Authored, Origins, quoted, suggest
from advisor.catalog.conditions import ConditionReader
from advisor.catalog.messages import TEXTS, placeholders
from advisor.catalog.plain import NoSuchPlace, NotPlain, place_of, value_at
from advisor.catalog.terms import Terms
from advisor.catalog.text import DataPath
from advisor.model.action import Action, Actions, Patch
from advisor.model.names import shown
from advisor.model.situation import Situation
from advisor.model.tokens import fold
from advisor.model.vocabulary import FactValue, Lever

MET, NAMED = "met.", ("greeting.name", "mutual.name")
"""Texts that words put into a note may quote besides: the name of an occasion of a kind, such as
`met.same_event`, the prospect's name where it is known, and that of a mutual connection."""
FILLING = (*TEXTS, "me.name", "me.company")
"""Texts of the prospect file that may fill a placeholder."""
QUOTED = ("prospect.name",)
"""Texts that are sure to be told, and that what to do may quote."""
DAYS_WAITED_AT_MOST = 366
"""Every day is looked at."""


def read_actions(authored: Authored, terms: Terms, origins: Origins) -> Actions:
    """Read the actions; complaints stay with the file."""
    authored.check(ActionsFile)
    levers = _levers(authored, "levers")
    at_once = _levers(authored, "at_once")
    for place, lever in enumerate(at_once):
        if levers and lever not in levers:
            hint = f"add it to `levers`, or write one of {', '.join(levers)}"
            authored.complain(("at_once", place), "unknown-lever", f"`{lever}` is not among the levers", hint)
    reader = _ActionReader(authored, terms, origins, levers)
    found = [reader.action(path, form) for path, form in authored.items("actions", ActionForm)]
    actions = sorted((each for each in found if each), key=lambda action: action.id)
    return Actions(levers, frozenset(at_once), tuple(actions))


def _levers(authored: Authored, key: str) -> tuple[Lever, ...]:
    held = authored.at((key,))
    known = get_args(Lever)
    listed = [each for each in held if isinstance(each, str)] if isinstance(held, list) else []
    if not set(listed) <= set(known):
        return ()  # complained about by the form, and no reason to complain about what refers to it
    for place, lever in enumerate(listed):
        if lever in listed[:place]:
            authored.complain(
                (key, place), "duplicate-value", f"`{lever}` stands here twice", "delete one of the two"
            )
    return tuple(listed)  # type: ignore[arg-type]  # the form checks that they are levers


class _ActionReader:
    """Reads the actions of one file."""

    def __init__(self, authored: Authored, terms: Terms, origins: Origins, levers: tuple[Lever, ...]) -> None:
        self._authored, self._terms, self._origins = authored, terms, origins
        self._levers = levers
        self._conditions = ConditionReader(authored, terms)

    def action(self, path: DataPath, form: ActionForm | None) -> Action | None:
        """Read one action; None, with complaints, where it cannot be read."""
        fresh = self._origins.add_item("action", self._authored, path)
        raw = self._authored.at(path)
        if not isinstance(raw, dict):
            return None
        before = len(self._authored.complaints)
        when = self._conditions.condition((*path, "when")) if "when" in raw else None
        unless = self._conditions.condition((*path, "unless")) if "unless" in raw else None
        patches = tuple(self._patches((*path, "file")))
        facts = self._facts((*path, "facts"))
        for key in ("removes", "strikes", "about"):
            self._check_note_facts((*path, key))
        if form is None:
            return None
        self._check_words(path, form)
        self._check_lever(path, form)
        waits = self._days((*path, "waits_up_to"), form.waits_up_to)
        self._days((*path, "takes_days"), form.takes_days)
        if not fresh or len(self._authored.complaints) > before:
            return None
        return Action(
            id=form.id,
            does=form.does,
            changes=form.changes,
            when=when,
            unless=unless,
            cites=tuple(form.cites),
            file=patches,
            facts=facts,
            new_note=form.new_note,
            removes=tuple(form.removes),
            strikes=tuple(form.strikes),
            fills={name: tuple(map(fold, words)) for name, words in form.fills.items()},
            greets=dict(form.greets),
            inserts=dict(form.inserts),
            about=tuple(form.about),
            takes_days=form.takes_days,
            waits_up_to=waits,
        )

    def _patches(self, path: DataPath) -> Iterable[Patch]:
        raw = self._authored.at(path)
        for name, data in (raw if isinstance(raw, dict) else {}).items():
            if (patch := self._patch(str(name), data, (*path, name))) is not None:
                yield patch

    def _patch(self, name: str, data: Any, path: DataPath) -> Patch | None:
        adds = isinstance(data, dict) and set(data) == {"add"}
        try:
            place = place_of(Situation, tuple(name.split(".")))
        except NoSuchPlace as fault:
            hint = suggest(fault.step, fault.known, "`advisor new prospect` shows all places")
            message = f"a prospect file has no place {quoted(name)}"
            self._authored.complain(path, "unknown-place", message, hint, key=True)
            return None
        if place.in_list:
            message = f"`{name}` stands in the items of a list"
            hint = "name the list itself, and add an item to it: `{add: [..]}`"
            self._authored.complain(path, "wrong-type", message, hint, key=True)
            return None
        if adds and not place.listed:
            message = f"`{name}` is no list, so nothing can be added to it"
            self._authored.complain(path, "wrong-type", message, "write the value itself")
            return None
        try:
            value = value_at(place, data["add"] if adds else data, self._terms.vocabulary)
            if adds and not value:
                raise NotPlain
        except NotPlain:
            if self._terms.facts_unread:
                return None  # the words that may stand there may be just what could not be read
            hint = "write it as in a prospect file, in the form that needs no shorthand"
            self._authored.complain(path, "bad-value", f"{shown(str(data))} cannot stand at `{name}`", hint)
            return None
        return Patch(place.path, place.models, value, adds)

    def _facts(self, path: DataPath) -> dict[str, FactValue]:
        raw = self._authored.at(path)
        found: dict[str, FactValue] = {}
        for name in raw if isinstance(raw, dict) else {}:
            spec = self._terms.fact(str(name), (*path, name), key=True)
            if spec is None:
                continue
            if spec.origin == "concluded":
                message = f"`{name}` is concluded by rules, so nothing can be done to it directly"
                hint = "name the facts that it is concluded from"
                self._authored.complain((*path, name), "not-from-outside", message, hint, key=True)
                continue
            if spec.changes_with == "never":
                message = f"`{name}` is said never to change, so no action can change it"
                hint = "take it out, or change its `changes_with` in facts.yaml"
                self._authored.complain((*path, name), "never-changes", message, hint, key=True)
                continue
            value = self._value(spec, (*path, name))
            if value is not None:
                found[str(name)] = value
        return found

    def _value(self, spec: Any, path: DataPath) -> FactValue | None:
        raw = self._authored.at(path)
        if not (isinstance(raw, str) and raw.startswith("$")):
            return self._terms.value(spec, path)
        value = self._terms.setting(raw[1:], path)
        if value is None:
            return None
        held: FactValue = frozenset(value) if isinstance(value, tuple) else value
        wrong = spec.complaint(held)
        if wrong is not None:
            message = f"the setting `{raw}` does not fit `{spec.name}`: {wrong}"
            self._authored.complain(path, "wrong-type", message, "name another setting, or write the value")
            return None
        return held

    def _check_note_facts(self, path: DataPath) -> None:
        raw = self._authored.at(path)
        for place, name in enumerate(raw if isinstance(raw, list) else ()):
            spec = self._terms.fact(name, (*path, place)) if isinstance(name, str) else None
            if spec is not None and spec.origin != "draft":
                message = f"`{name}` is {spec.origin}, and only what is read from the note has words in it"
                self._authored.complain(
                    (*path, place), "wrong-type", message, "name a fact that is `from: draft`"
                )

    def _check_words(self, path: DataPath, form: ActionForm) -> None:
        settings = [f"${name}" for name in self._terms.settings]
        self._check_placeholders((*path, "does"), form.does, (*QUOTED, *settings))
        for key, texts in (("greets", form.greets), ("inserts", form.inserts)):
            self._check_languages((*path, key), texts)
            occasions = self._terms.vocabulary.options_at("relationship.met.how")
            met = [MET + option.name.replace(" ", "_") for option in occasions]
            for language, text in texts.items():
                self._check_placeholders((*path, key, language), text, (*TEXTS, *met, *NAMED))

        for name in form.fills:
            if name not in FILLING:
                hint = suggest(name, FILLING, f"here may stand {', '.join(FILLING)}")
                message = f"there is no text {quoted(name)} that could fill a placeholder"
                self._authored.complain((*path, "fills", name), "unknown-text", message, hint, key=True)

    def _check_languages(self, path: DataPath, texts: Mapping[str, str]) -> None:
        for language in texts:
            if not self._origins.may_exist("language", language):
                known = self._origins.names("language")
                hint = suggest(language, known, f"notes are read in {', '.join(sorted(known))}")
                message = f"there is no lexicon for `{language}`, so no note is ever known to be in it"
                self._authored.complain((*path, language), "unknown-language", message, hint, key=True)

    def _check_placeholders(self, path: DataPath, text: str, allowed: tuple[str, ...]) -> None:
        for name in placeholders(text):
            if name not in allowed and not (name.startswith("$") and self._terms.may_be_set(name[1:])):
                hint = suggest(name, allowed, f"here may stand {', '.join(allowed)}")
                message = f"there is nothing called {quoted(name)} that can be quoted here"
                self._authored.complain(path, "unknown-placeholder", message, hint)

    def _check_lever(self, path: DataPath, form: ActionForm) -> None:
        if self._levers and form.changes not in self._levers:
            hint = f"add it to `levers`, or write one of {', '.join(self._levers)}"
            message = f"`{form.changes}` is not among the levers of this file"
            self._authored.complain((*path, "changes"), "unknown-lever", message, hint)
        exact = form.removes or form.strikes or form.fills or form.greets or form.inserts
        if not (form.file or form.facts or form.new_note or exact or form.waits_up_to):
            message = f"the action `{form.id}` changes nothing"
            hint = "say under `file`, `facts` or `removes` what is otherwise when it is done"
            self._authored.complain(path, "action-without-effect", message, hint)

    def _days(self, path: DataPath, raw: int | str | None) -> int:
        value: object = raw or 0
        if isinstance(raw, str):
            value = self._terms.setting(raw.removeprefix("$"), path)
            if value is None:
                return 0
        if isinstance(value, int) and value <= DAYS_WAITED_AT_MOST:
            return value
        message = f"this is no number of days up to {DAYS_WAITED_AT_MOST}"
        self._authored.complain(path, "wrong-type", message, "write a number, or name a setting that is one")
        return 0
