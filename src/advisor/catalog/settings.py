"""`settings.yaml`: the numbers and lists that several rules share, with the values that they take later."""

from __future__ import annotations

from itertools import pairwise

from advisor.catalog.authored import EACH, Authored, Origins
from advisor.catalog.forms import SettingForm, SettingsFile
from advisor.catalog.text import DataPath
from advisor.model.names import kind_of, shown
from advisor.model.rule import Setting, SettingChange


def read_settings(authored: Authored | None, folder: str, origins: Origins) -> dict[str, Setting]:
    """Read the settings of the consultation in `folder`; complaints stay with the file."""
    if authored is None:
        return {}
    if not isinstance(authored.at(("settings",)), dict):
        origins.leave_open("setting", f"{folder}/")
    authored.take_as_words("settings", EACH, "value")
    authored.check(SettingsFile)
    settings: dict[str, Setting] = {}
    for name, path, form in authored.entries("settings", SettingForm):
        origins.add("setting", f"{folder}/{name}", authored, path)
        if form is None:
            continue
        words = form.value if isinstance(form.value, list) else []
        for place, word in enumerate(words):
            if word in words[:place]:
                message = f"{shown(word)} stands in this list twice"
                authored.complain(
                    (*path, "value", place), "duplicate-value", message, "delete one of the two"
                )
        value = form.value if isinstance(form.value, int) else tuple(words)
        settings[name] = Setting(
            name,
            value,
            form.means,
            tuple(form.cites),
            tuple(form.readings),
            form.unit or "",
            _read_changes(authored, path, form),
        )
    return settings


def _read_changes(authored: Authored, path: DataPath, form: SettingForm) -> tuple[SettingChange, ...]:
    """Read the later values of a setting, which are of its kind and stand in the order of their days."""
    for place, (earlier, later) in enumerate(pairwise(form.changes), start=1):
        if later.since <= earlier.since:
            message = f"{later.since} does not come after {earlier.since}"
            hint = "put the changes in the order of their days"
            authored.complain((*path, "changes", place, "from"), "dates-out-of-order", message, hint)
    for place, change in enumerate(form.changes):
        if type(change.value) is not type(form.value):
            message = f"the setting holds {kind_of(form.value)}, and this is {kind_of(change.value)}"
            hint = "change a number to a number, and a list to a list"
            authored.complain((*path, "changes", place, "value"), "wrong-type", message, hint)
    return tuple(
        SettingChange(each.since, each.value if isinstance(each.value, int) else tuple(each.value))
        for each in form.changes
    )
