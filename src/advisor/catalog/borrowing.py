"""What one consultation takes from another: facts, settings and conclusions, by their names.

A consultation that `borrows` may use every name of the other one as if it were its own; what it uses, and
what that rests on, becomes part of it. Reasons and verdicts are never borrowed, since they answer another
question. Nothing is copied: a borrowed entry stays where it is written, and changes for both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from advisor.catalog.authored import Authored, Origins, quoted, suggest
from advisor.catalog.forms import BorrowedFactForm
from advisor.catalog.messages import placeholders, settings_named
from advisor.catalog.plain import NoSuchPlace, place_of
from advisor.model.condition import GROUND_FACT, RULE_PREFIX, Condition, tests
from advisor.model.knowledge_base import KnowledgeBase
from advisor.model.rule import Borrowed, Consultation, Rule, Setting
from advisor.model.subject import PROSPECT, SUBJECTS
from advisor.model.vocabulary import FactSpec, Option, Vocabulary


@dataclass(frozen=True, slots=True)
class Lender:
    """What may be borrowed; nothing, where there is nobody to borrow from."""

    consultation: Consultation | None = None
    facts: Mapping[str, FactSpec] = field(default_factory=dict)
    """Everything that may be tested here by its name."""
    settings: Mapping[str, Setting] = field(default_factory=dict)
    lists: Mapping[str, tuple[Option, ...]] = field(default_factory=dict)
    """Closed lists of places that files of this subject have too, by place."""
    subject: str = PROSPECT
    """What the consultation that borrows is asked about."""

    @classmethod
    def of(cls, consultation: Consultation, subject: str) -> Lender:
        """What a consultation about `subject` may borrow from `consultation`.

        A fact whose place files about this subject lack is never asked for here, and no verdict waits for it.
        """
        facts = {
            name: spec
            if _has_place(subject, spec)
            else replace(spec, ask="", told="", told_with="", volunteered=True)
            for name, spec in consultation.vocabulary.facts.items()
        }
        lists = {spec.told: spec.options for spec in facts.values() if spec.told and spec.options}
        lists = {**consultation.vocabulary.lists, **lists}
        return cls(consultation, facts, consultation.settings, lists, subject)

    def told_here(self, authored: Authored | None, origins: Origins) -> Lender:
        """The same where facts are told as `borrowed` of `facts.yaml` says.

        They stay what they are: only their place, their question and the words for them are this
        consultation's.
        """
        if self.consultation is None or authored is None:
            return self
        facts, lists = dict(self.facts), dict(self.lists)
        for name, path, form in authored.entries("borrowed", BorrowedFactForm):
            spec = self.consultation.vocabulary.facts.get(name)
            if spec is None:
                if not origins.may_exist("fact", f"{self.consultation.id}/{name}"):
                    hint = suggest(name, facts, "name a fact that can be borrowed")
                    message = f"`{self.consultation.id}` has no fact {quoted(name)} to borrow"
                    authored.complain(path, "unknown-fact", message, hint, key=True)
            elif form is not None:
                said = {key: text for key, text in form.model_dump().items() if text is not None}
                # The question for one place does not ask for what stands at another.
                kept = replace(facts[name], ask="", volunteered=True) if form.told else facts[name]
                here = replace(kept, **said)
                asked = bool(form.ask or form.told_with)
                facts[name] = here = replace(here, volunteered=here.volunteered and not asked)
                if here.ask and not _has_place(self.subject, here):
                    message = f"no {self.subject} file has the place {quoted(here.told)}"
                    hint = "name one as `told`, or take the question out"
                    authored.complain(path, "unknown-place", message, hint, key=True)
                if spec.told and spec.options:
                    # Classes that both subjects have in them name the list by the place that it has there.
                    lists[spec.told] = spec.options
        return replace(self, facts=facts, lists=lists)

    def opened(self, vocabulary: Vocabulary) -> Vocabulary:
        """`vocabulary` with everything in it that may be borrowed."""
        return Vocabulary({**self.facts, **vocabulary.facts}, {**self.lists, **vocabulary.lists})

    def complain_about_twins(self, authored: Authored | None, key: str, kind: str) -> None:
        """Complain about entries of a file that have the name of what may be borrowed."""
        if self.consultation is None or authored is None:
            return
        lent = self.facts if kind == "fact" else self.settings
        held = authored.at((key,))
        for name in held if isinstance(held, dict) else ():
            if name in lent:
                message = (
                    f"`{self.consultation.id}`, from which this borrows, has the {kind} `{name}` already"
                )
                hint = "delete this one to use the other, or give it a name of its own"
                authored.complain((key, name), "duplicate-id", message, hint, key=True)


def opened(consultation: Consultation, base: KnowledgeBase) -> Consultation:
    """`consultation` with every name that its rules may use, those that it could still borrow among them."""
    if not consultation.borrows:
        return consultation
    lender = Lender.of(base.consultation(consultation.borrows), consultation.subject)
    own = {spec.name for spec in consultation.own_facts}, {each.name for each in consultation.own_settings}
    return replace(
        consultation,
        # What is borrowed already may be told at another place here.
        vocabulary=lender.opened(consultation.vocabulary),
        settings={**lender.settings, **consultation.settings},
        borrowed=Borrowed(
            consultation.borrowed.rules,
            frozenset(lender.facts.keys() - own[0] - {GROUND_FACT}),
            frozenset(lender.settings.keys() - own[1]),
        ),
    )


def evened(one: KnowledgeBase, other: KnowledgeBase) -> tuple[KnowledgeBase, KnowledgeBase]:
    """The two where each consultation borrows whatever it borrows in either: only what is written differs."""
    while True:
        wanted = {
            name: one.consultation(name).borrowed.facts | other.consultation(name).borrowed.facts
            for name in one.consultations.keys() & other.consultations.keys()
        }
        sides = tuple(_widened(base, wanted) for base in (one, other))
        if sides == (one, other):
            return one, other
        one, other = sides


def _widened(base: KnowledgeBase, wanted: Mapping[str, frozenset[str]]) -> KnowledgeBase:
    """`base` where consultations borrow what is wanted of their lenders too, and what that rests on."""
    there = dict(base.consultations)
    for name, names in wanted.items():
        consultation = there[name]
        if consultation.borrows and not names <= consultation.borrowed.facts:
            other = base.consultation(consultation.borrows)
            lender = Lender.of(other, consultation.subject)
            if further := names & lender.facts.keys() - consultation.borrowed.facts:
                there[name] = _taking(consultation, lender, other, further)
    return base if there == base.consultations else replace(base, consultations=there)


def _taking(own: Consultation, lender: Lender, other: Consultation, further: Iterable[str]) -> Consultation:
    rules, names = _needed(own, lender, other, further)
    fresh = [rule for rule in rules if own.rule(rule.id) is None]
    facts = {
        name: spec for name, spec in lender.facts.items() if name in names and name not in own.vocabulary
    }
    wanted = _settings(own, fresh, ()) - own.settings.keys()
    borrowed = own.borrowed
    return replace(
        own,
        vocabulary=Vocabulary({**own.vocabulary.facts, **facts}, own.vocabulary.lists),
        settings={**own.settings, **{name: each for name, each in other.settings.items() if name in wanted}},
        rules=tuple(sorted((*own.rules, *fresh), key=lambda rule: rule.id)),
        borrowed=Borrowed(
            borrowed.rules | {rule.id for rule in fresh},
            (borrowed.facts | facts.keys()) - {GROUND_FACT},
            borrowed.settings | wanted,
        ),
    )


def settled(own: Consultation, lender: Lender, origins: Origins) -> Consultation:
    """`own`, whose conditions may name what is lent, with all of it that it uses and no more.

    Where the entries are written is noted in `origins` for this consultation as well.
    """
    other = lender.consultation
    if other is None:
        return own
    rules, names = _needed(own, lender, other)
    names -= own.vocabulary.facts.keys()  # such twins are complained about where they stand
    facts = {name: spec for name, spec in lender.facts.items() if name in names}
    facts = {name: _as_asked(spec, {**facts, **own.vocabulary.facts}) for name, spec in facts.items()}
    known = {**facts, **own.vocabulary.facts}
    # A question that waits for what nobody can tell here would never be asked.
    untold = {name for name, spec in facts.items() if other.vocabulary[name].told and not spec.told}
    asked_if = {
        name: each
        for name, each in other.asked_if.items()
        if name in facts and _named((each,)) <= known.keys() - untold
    }
    impossible = tuple(each for each in other.impossible if _named((each,)) <= known.keys())
    wanted = _settings(own, rules, (*asked_if.values(), *impossible))
    wanted -= own.settings.keys()
    settings = {name: each for name, each in other.settings.items() if name in wanted}
    for kind, taken in (("fact", [*facts]), ("setting", [*settings])):
        for name in taken:
            origin = origins.of(kind, f"{other.id}/{name}")
            origins.add(kind, f"{own.id}/{name}", origin.authored, origin.path)
    _refuse_reasons(own, rules, other, origins)
    return replace(
        own,
        vocabulary=Vocabulary(known, {**lender.lists, **own.vocabulary.lists}),
        settings={**settings, **own.settings},
        rules=tuple(sorted((*own.rules, *rules), key=lambda rule: rule.id)),
        asked_if={**asked_if, **own.asked_if},
        impossible=(*impossible, *own.impossible),
        # The ground is each consultation's own, since its own grounds settle it.
        borrowed=Borrowed(
            frozenset(rule.id for rule in rules), frozenset(facts.keys() - {GROUND_FACT}), frozenset(settings)
        ),
    )


def _needed(
    own: Consultation, lender: Lender, other: Consultation, further: Iterable[str] = ()
) -> tuple[tuple[Rule, ...], set[str]]:
    """The conclusions of `other` that `own` rests on, and all facts that the two name; `further` ones too."""
    names = _named_by(own) | {*further}
    taken: dict[str, Rule] = {}
    while True:
        makers = [
            rule
            for rule in other.rules
            if rule.effect.kind == "conclude" and rule.effect.target in names and rule.id not in taken
        ]
        taken |= {rule.id: rule for rule in makers}
        further = {name for rule in makers for name in _named_in_rule(rule)}
        for spec in (lender.facts[name] for name in names | further if name in lender.facts):
            further |= {spec.told_with, *spec.sum_of} - {""}
        if not makers and further <= names:
            return tuple(taken.values()), names
        names |= further


def _refuse_reasons(own: Consultation, rules: Iterable[Rule], other: Consultation, origins: Origins) -> None:
    """Complain where a conclusion would mean something else here, since it rests on reasons of `other`."""
    for rule in rules:
        reasons = sorted(name for name in rule.facts if name == GROUND_FACT or name.startswith(RULE_PREFIX))
        if not reasons:
            continue
        target = rule.effect.target
        what = f"the rule `{reasons[0].removeprefix(RULE_PREFIX)}`"
        what = f"the grounds of `{other.id}`" if reasons[0] == GROUND_FACT else what
        message = f"`{target}` cannot be borrowed: in `{rule.id}` it rests on {what}"
        hint = "test the facts behind it, or conclude something of your own"
        users = [each for each in own.rules if target in _named_in_rule(each)]
        for user in users:
            origins.of("rule", user.id).complain((), "not-lent", message, hint)
        if not users:  # another conclusion rests on it
            origins.of("question", own.id).complain(("borrows",), "not-lent", message, hint)


def _named_by(own: Consultation) -> set[str]:
    """Every fact that the rules, questions and actions of `own` name."""
    names = {name for rule in own.rules for name in _named_in_rule(rule)}
    names |= _named((*own.asked_if.values(), *own.impossible))
    for spec in own.vocabulary.facts.values():
        names |= {spec.told_with, *spec.sum_of} - {""}
    for action in own.actions.all:
        names |= {*action.facts, *action.removes, *action.strikes, *action.about}
        names |= _named(each for each in (action.when, action.unless) if each is not None)
        names |= set(placeholders(action.does))
    return names


def _named_in_rule(rule: Rule) -> set[str]:
    examples = {name for each in rule.examples for name in each.given if not name.startswith(RULE_PREFIX)}
    quoted = {name for text in rule.texts for name in placeholders(text) if not name.startswith("$")}
    concluded = {rule.effect.target} if rule.effect.kind == "conclude" else set()
    return {*_named((rule.when, *rule.unless)), *rule.shows} | examples | quoted | concluded


def _named(conditions: Iterable[Condition]) -> set[str]:
    named = {test.fact for each in conditions for test in tests(each)}
    return {name for name in named if not name.startswith(RULE_PREFIX)}


def _settings(own: Consultation, rules: Iterable[Rule], borrowed: Iterable[Condition]) -> set[str]:
    """Every setting that the rules of `own`, those borrowed and other conditions name."""
    conditions = [*own.asked_if.values(), *own.impossible, *borrowed]
    names = {name for rule in (*own.rules, *rules) for name in settings_named(rule)}
    for action in own.actions.all:
        conditions += [each for each in (action.when, action.unless) if each is not None]
        names |= {name[1:] for name in placeholders(action.does) if name.startswith("$")}
    return names | {test.setting for each in conditions for test in tests(each) if test.setting}


def _as_asked(spec: FactSpec, known: Mapping[str, FactSpec]) -> FactSpec:
    """`spec`, volunteered where the question whose answer tells it is not asked here."""
    notes = (each.name for each in known.values() if each.ask and each.origin == "draft")
    teller = spec.told_with or (next(notes, "") if spec.origin == "draft" else spec.name)
    if spec.ask or teller == spec.name or (teller in known and known[teller].ask):
        return spec
    return replace(spec, volunteered=True)


def _has_place(subject: str, spec: FactSpec) -> bool:
    if not spec.told:
        return not spec.ask
    try:
        place_of(SUBJECTS[subject].model, tuple(spec.told.split(".")))
    except NoSuchPlace:
        return False
    return True
