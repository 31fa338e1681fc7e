"""One folder of `rules/` to a consultation: its question and scale, its facts, its settings and its rules.

The files `consultation.yaml`, `facts.yaml` and `settings.yaml` are known by their names; every other file
holds rules of one theme. What one file says of another is checked only where the other could be read.
Whether citations and other rules exist is left to the audit of the whole knowledge base.
"""

from __future__ import annotations

from collections.abc import Mapping

from advisor.catalog.actions import read_actions
from advisor.catalog.authored import Authored, Origins, suggest
from advisor.catalog.borrowing import Lender, settled
from advisor.catalog.conditions import ConditionReader
from advisor.catalog.forms import (
    SCHEMA_VERSION,
    ConsultationFile,
    ConsultationForm,
)
from advisor.catalog.rule_reader import RuleReader
from advisor.catalog.settings import read_settings
from advisor.catalog.terms import Terms
from advisor.catalog.text import DataPath
from advisor.catalog.vocabulary import read_vocabulary
from advisor.model.action import Actions
from advisor.model.condition import Condition, tests
from advisor.model.rule import (
    Consultation,
    Headings,
    Rule,
    VerdictLevel,
)
from advisor.model.subject import PROSPECT

_NO_THEMES = {"consultation", "facts", "settings", "actions"}


def borrows(files: Mapping[str, Authored]) -> str:
    """The consultation from which the folder with these files borrows; empty where there is none."""
    authored = files.get("consultation")
    named = authored.at(("consultation", "borrows")) if authored else None
    return named if isinstance(named, str) else ""


def read_consultation(
    folder: str, files: Mapping[str, Authored], origins: Origins, lenders: Mapping[str, Consultation]
) -> Consultation | None:
    """Read the folder called `folder`, whose `files` are by their names without the ending.

    `lenders` holds the consultations from which others may borrow. None where the question or the scale
    cannot be read; complaints stay with the files.
    """
    head = _read_head(files.get("consultation"), folder)
    if head is not None:
        origins.add("question", folder, files["consultation"], ("consultation",))
    lender = _lender(files, head, folder, lenders, origins).told_here(files.get("facts"), origins)
    vocabulary = read_vocabulary(files.get("facts"), folder, origins, lender.facts)
    own_settings = read_settings(files.get("settings"), folder, origins)
    for key, kind in (("facts", "fact"), ("settings", "setting")):
        lender.complain_about_twins(files.get(key), key, kind)
    # Conditions may name what is lent; in the end only what they name is taken over.
    open_to_use = lender.opened(vocabulary)
    settings = {**lender.settings, **own_settings}
    subject = head.subject if head else PROSPECT

    def terms_of(authored: Authored) -> Terms:
        return Terms(authored, folder, open_to_use, settings, origins)

    facts = files.get("facts")
    rules: list[Rule] = []
    for theme in sorted(files.keys() - _NO_THEMES):
        rules += RuleReader(files[theme], theme, terms_of(files[theme]), origins).rules()
    actions = Actions()
    if "actions" in files and subject == PROSPECT:
        actions = read_actions(files["actions"], terms_of(files["actions"]), origins)
    elif "actions" in files:
        message = f"actions change a prospect file, and this consultation is asked about its {subject}"
        files["actions"].complain((), "stray-file", message, "say what to do as `fix` of the rules")
    if head is None:
        return None
    own = Consultation(
        id=folder,
        question=head.question,
        verdicts=tuple(VerdictLevel(level.name, level.says, level.means) for level in head.verdicts),
        vocabulary=vocabulary,
        settings=own_settings,
        # By id, so that neither the order of the files nor of the rules in them can matter to anybody.
        rules=tuple(sorted(rules, key=lambda rule: rule.id)),
        actions=actions,
        asked_if=_read_asked_if(facts, terms_of(facts)) if facts else {},
        impossible=_read_impossible(facts, terms_of(facts)) if facts else (),
        subject=subject,
        headings=Headings(head.headings.grounds, head.headings.concerns, head.headings.fixes),
        borrows=lender.consultation.id if lender.consultation else "",
    )
    return settled(own, lender, origins)


def _lender(
    files: Mapping[str, Authored],
    head: ConsultationForm | None,
    folder: str,
    lenders: Mapping[str, Consultation],
    origins: Origins,
) -> Lender:
    """What may be borrowed here; complains where the one to borrow from is not there, or borrows itself."""
    name = borrows(files)
    if head is not None and not name:
        return Lender()
    if head is not None and name in lenders:
        origins.borrow(folder, name)
        return Lender.of(lenders[name], head.subject)
    # What could be borrowed is not known, so that no name is called wrong for its sake.
    for kind in ("fact", "setting"):
        origins.leave_open(kind, f"{folder}/")
    if head is not None and not origins.may_exist("consultation", name):
        hint = suggest(name, lenders, "name a folder of the rules that borrows nothing itself")
        message = f"there is no consultation `{name}` to borrow from"
        files["consultation"].complain(("consultation", "borrows"), "unknown-consultation", message, hint)
    return Lender()


def _read_head(authored: Authored | None, folder: str) -> ConsultationForm | None:
    if authored is None or _is_newer(authored):
        return None
    file = authored.check(ConsultationFile)
    if file is None:
        return None
    form = file.consultation
    if form.id != folder:
        message = f"the id `{form.id}` is not the name of the folder, `{folder}`"
        authored.complain(("consultation", "id"), "id-mismatch", message, "give both the same name")
    names = [level.name for level in form.verdicts]
    for place, name in enumerate(names):
        if name in names[:place]:
            path = ("consultation", "verdicts", place, "name")
            authored.complain(path, "duplicate-id", f"the verdict `{name}` stands on the scale twice")
    return form


def _is_newer(authored: Authored) -> bool:
    """Whether the file has a form that this version does not know, which is complained about."""
    version = authored.at(("schema_version",))
    if not isinstance(version, int) or version <= SCHEMA_VERSION:
        return False
    message = f"these files have the form {version}, and this advisor knows forms up to {SCHEMA_VERSION}"
    authored.complain(("schema_version",), "newer-schema", message, "update advisor")
    return True


def _read_impossible(authored: Authored, terms: Terms) -> tuple[Condition, ...]:
    """Read the list `impossible` of `facts.yaml`: conditions on facts that come from outside the rules."""
    raw = authored.at(("impossible",))
    reader = ConditionReader(authored, terms)
    read = []
    for place in range(len(raw) if isinstance(raw, list) else 0):
        path: DataPath = ("impossible", place)
        condition = reader.condition(path)
        for test in tests(condition) if condition else ():
            spec = terms.vocabulary.facts.get(test.fact)
            if spec is not None and spec.origin == "concluded":
                message = (
                    f"`{test.fact}` is concluded by rules, and only what comes from outside can stand here"
                )
                authored.complain(path, "not-from-outside", message, "test the facts it is concluded from")
            elif test.op in ("known", "unknown"):
                message = f"whether `{test.fact}` is known says nothing about what can be so"
                authored.complain(path, "wrong-operator", message, "test its values")
        if condition:
            read.append(condition)
    return tuple(read)


def _read_asked_if(authored: Authored, terms: Terms) -> dict[str, Condition]:
    """Read when the questions of `facts.yaml` make sense, for those that say so."""
    raw = authored.at(("facts",))
    reader = ConditionReader(authored, terms)
    found: dict[str, Condition] = {}
    for name, entry in (raw if isinstance(raw, dict) else {}).items():
        if not isinstance(entry, dict) or "ask_if" not in entry:
            continue
        path: DataPath = ("facts", name, "ask_if")
        if "ask" not in entry:
            hint = "add the question as `ask`, or delete this"
            authored.complain(path, "misplaced-key", "there is no question to ask", hint, key=True)
        condition = reader.condition(path)
        if condition:
            found[str(name)] = condition
    return found
