"""The words that rules are made of: names of facts and settings, and values that facts may have.

Every name is looked up and every value checked; what is wrong is complained about at its place, with what
was probably meant. Names in files that could not be read are believed, since a second complaint would not
help. How conditions are built from these words is not known here.
"""

from __future__ import annotations

from collections.abc import Mapping

from advisor.catalog.authored import Authored, Origins, quoted, suggest
from advisor.catalog.text import DataPath
from advisor.catalog.vocabulary import plain_word
from advisor.model.names import did_you_mean, kind_of
from advisor.model.rule import Consultation, Setting
from advisor.model.vocabulary import FactSpec, FactValue, Vocabulary

_WANTED = {"yes-no": "true or false", "number": "a whole number"}


class Terms:
    """Reads names and values in one file of the consultation in `folder`."""

    def __init__(
        self,
        authored: Authored,
        folder: str,
        vocabulary: Vocabulary,
        settings: Mapping[str, Setting],
        origins: Origins,
    ) -> None:
        self._authored = authored
        self._folder = folder
        self.vocabulary, self.settings = vocabulary, settings
        self._origins = origins

    def fact(self, name: str, path: DataPath, *, key: bool = False) -> FactSpec | None:
        """Look a fact up; None where there is none (with a complaint) or its own entry is faulty."""
        within = f"{self._folder}/"
        if name not in self.vocabulary and not self._origins.may_exist("fact", within + name):
            names = {*self._origins.names("fact", within), *self.vocabulary.facts}
            hint = suggest(name, sorted(names), "add it to facts.yaml")
            self._authored.complain(path, "unknown-fact", f"there is no fact {quoted(name)}", hint, key=key)
        return self.vocabulary.facts.get(name)

    @property
    def facts_unread(self) -> bool:
        """Whether there may be facts that could not be read."""
        return self._origins.may_exist("fact", f"{self._folder}/")

    def may_be_set(self, name: str) -> bool:
        """Whether there is a setting of this name, or may be one in a file that could not be read."""
        return name in self.settings or self._origins.may_exist("setting", f"{self._folder}/{name}")

    def setting(self, name: str, path: DataPath) -> int | tuple[str, ...] | None:
        """Look the value of a setting up; None where there is none or its own entry is faulty."""
        setting, within = self.settings.get(name), f"{self._folder}/"
        if setting is None and not self._origins.may_exist("setting", within + name):
            names = [f"${each}" for each in sorted({*self._origins.names("setting", within), *self.settings})]
            hint = suggest(f"${name}", names, "add it to settings.yaml")
            self._authored.complain(path, "unknown-setting", f"there is no setting {quoted(name)}", hint)
        return setting.value if setting else None

    def value(self, spec: FactSpec, path: DataPath) -> FactValue | None:
        """Read the value at `path` as one that `spec` may have; None, with a complaint, where it may not."""
        raw = self._authored.at(path)
        if spec.type != "choices":
            return self.constant(spec, raw, path)
        places = (
            [((*path, place), item) for place, item in enumerate(raw)]
            if isinstance(raw, list)
            else [(path, raw)]
        )
        values = [self.constant(spec, item, place) for place, item in places]
        return None if None in values else frozenset(str(value) for value in values)

    def constant(self, spec: FactSpec, raw: object, path: DataPath) -> bool | int | str | None:
        """Check one value, which for `choices` is one of them; None, with a complaint, where it cannot be."""
        listed = spec.type in ("choice", "choices")
        # A bare `none` or `no` is a word where the fact has words for values.
        value = (self._authored.written(path) or raw) if listed and not isinstance(raw, str) else raw
        wrong = spec.complaint(
            frozenset([value]) if spec.type == "choices" and isinstance(value, str) else value
        )
        if wrong is None and isinstance(value, bool | int | str):
            return value
        if isinstance(value, str) and listed:
            code, message = "unknown-value", f"{quoted(value)} is no value of `{spec.name}`"
        elif isinstance(value, int) and not isinstance(value, bool) and spec.type == "number":
            limits = f"{spec.minimum}..{spec.maximum}"
            code, message = "out-of-range", f"`{spec.name}` cannot be {value}: it lies in {limits}"
        else:
            wanted = _WANTED.get(spec.type, "one of its words")
            code, message = "wrong-type", f"`{spec.name}` takes {wanted}, and this is {kind_of(value)}"
        self._authored.complain(path, code, message, _suggestion(spec, value))
        return None


def _suggestion(spec: FactSpec, value: object) -> str:
    """Name the values that were probably meant, also where one of their other words was written."""
    names = {option.name: option.name for option in spec.options}
    words = {plain_word(word): option.name for option in spec.options for word in option.also} | names
    near = dict.fromkeys(words[word] for word in did_you_mean(str(value), words))
    if near:
        return f"did you mean {' or '.join(map(quoted, near))}?"
    return f"its values are {', '.join(names)}" if names else ""


def all_known(consultation: Consultation) -> Origins:
    """Names for the reader of terms: what there is in the knowledge base, and nothing that may be unread."""
    origins = Origins()
    nowhere = Authored("", "")
    for kind, names in (("fact", consultation.vocabulary.facts), ("setting", consultation.settings)):
        for name in names:
            origins.add(kind, f"{consultation.id}/{name}", nowhere, (name,))
    return origins
