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
    RuleForm,
    RulesFile,
)
from advisor.catalog.settings import read_settings
from advisor.catalog.terms import Terms
from advisor.catalog.text import DataPath
from advisor.catalog.vocabulary import read_vocabulary
from advisor.model.action import Actions
from advisor.model.condition import RULE_PREFIX, Condition, tests
from advisor.model.names import did_you_mean, kind_of, shown
from advisor.model.rule import (
    Consultation,
    Effect,
    EffectKind,
    Example,
    Headings,
    Rule,
    VerdictLevel,
)
from advisor.model.subject import PROSPECT
from advisor.model.vocabulary import FactValue

_NO_THEMES = {"consultation", "facts", "settings", "actions"}
_ALONE: dict[str, EffectKind] = {"ground": "ground", "merit": "merit", "advice": "advice"}
_TARGETED: dict[str, EffectKind] = {"concern": "concern", "conclude": "conclude"}


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
        rules += _RuleReader(files[theme], theme, terms_of(files[theme]), origins).rules()
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
    if not name or head is None:
        return Lender()
    if name in lenders:
        return Lender.of(lenders[name], head.subject)
    for kind in ("fact", "setting"):
        origins.leave_open(kind, f"{folder}/")
    if not origins.may_exist("consultation", name):
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


class _RuleReader:
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
