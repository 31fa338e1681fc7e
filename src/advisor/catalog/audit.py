"""Cross checks over the whole knowledge base: what refers to nothing, and what nothing refers to.

Each fault is put as a complaint at the place where it is written. Loose ends (a citation of a passage that
does not exist) are looked for in any case; gaps (a passage that no rule cites) only where everything could
be read, since they may lie in the part that could not. No rule is evaluated here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import timedelta

from advisor.catalog.authored import Origin, Origins, quoted, suggest
from advisor.catalog.coverage import passages_cited
from advisor.catalog.messages import check_message, facts_behind
from advisor.catalog.plain import NoSuchPlace, place_of
from advisor.catalog.text import DataPath
from advisor.model.condition import GROUND_FACT, RULE_PREFIX, tests
from advisor.model.knowledge_base import KnowledgeBase
from advisor.model.rule import Consultation, Rule, Setting
from advisor.model.strata import CyclicRules, node_of, stratify
from advisor.model.subject import SUBJECTS

NOTE = "note."
"""Facts of the note; a sign of the lexicon gives the fact with this prefix."""
UNLISTED_SIGNS = "ascribes_"
"""Signs that begin so serve the draft reader itself and give no fact."""
REFERENCE_LANGUAGE = "en"
"""The lexicon that must have a sign for every fact of the note that is read from words."""


def find_loose_ends(base: KnowledgeBase, origins: Origins) -> None:
    """Complain about every reference that leads nowhere, and about rules that depend on themselves."""
    for reading in base.library.readings.values():
        _check_names("passage", reading.passages, origins.of("reading", reading.id), "passages", origins)
    elsewhere = {rule.id for consultation in base.consultations.values() for rule in consultation.rules}
    for consultation in base.consultations.values():
        # What is borrowed is looked at where it is written.
        for setting in consultation.own_settings:
            _check_citations(setting, origins.of("setting", f"{consultation.id}/{setting.name}"), origins)
        for action in consultation.actions.all:
            _check_names("passage", action.cites, origins.of("action", action.id), "cites", origins)
        behind = facts_behind(consultation.active)
        for rule in consultation.written:
            origin = origins.of("rule", rule.id)
            _check_citations(rule, origin, origins)
            _check_exceptions(rule, consultation, elsewhere, origins)
            if rule.effect.kind == "concern":
                _check_verdict(rule.effect.target, consultation, origin)
            if rule.effect.kind == "conclude":
                _check_conclusion(rule.effect.target, consultation, origin, origins)
            _check_completeness(rule, origin)
            _check_former_ids(rule, base, origin)
            check_message(rule, consultation, behind, origins)
        _check_strata(consultation, origins)


def _check_citations(citing: Rule | Setting, origin: Origin, origins: Origins) -> None:
    _check_names("passage", citing.cites, origin, "cites", origins)
    _check_names("reading", citing.readings, origin, "readings", origins)


def _check_names(kind: str, names: Iterable[str], origin: Origin, key: str, origins: Origins) -> None:
    """Complain about each of `names` at `key` that is no `kind`, or that stands there twice."""
    seen: set[str] = set()
    for place, name in enumerate(names):
        if name in seen:
            message = f"{quoted(name)} stands in this list twice"
            origin.complain((key, place), "duplicate-value", message, "delete one of the two")
        elif not origins.may_exist(kind, name):
            known = origins.names(kind)
            # Written without its source, or with a wrong one, a passage is still found by its own name.
            ends = [each for each in known if each.endswith("/" + name.rpartition("/")[2])]
            hint = suggest(name, ends, "") or suggest(name, known, f"add the {kind}, or name another")
            origin.complain((key, place), f"unknown-{kind}", f"there is no {kind} {quoted(name)}", hint)
        seen.add(name)


def _check_exceptions(
    rule: Rule, consultation: Consultation, elsewhere: Collection[str], origins: Origins
) -> None:
    origin = origins.of("rule", rule.id)
    for place, exception in enumerate(rule.unless):
        named = [test.fact for test in tests(exception) if test.fact.startswith(RULE_PREFIX)]
        for name in (fact.removeprefix(RULE_PREFIX) for fact in named):
            path = ("unless", place, "rule")
            other = consultation.rule(name)
            now = consultation.renamed(name)
            if other is None and now is not None:
                message = f"{quoted(name)} is now called {quoted(now.id)}"
                origin.complain(path, "renamed-rule", message, f"write `rule: {now.id}`")
            elif other is None:
                if name in elsewhere or not origins.may_exist("rule", name):
                    hint = suggest(name, [each.id for each in consultation.rules], "name the id of a rule")
                    message = f"this consultation has no rule {quoted(name)}"
                    origin.complain(path, "unknown-rule", message, hint)
            elif other.effect.kind == "conclude":
                hint = f"name what it concludes instead: `{other.effect.target}`"
                message = f"{quoted(name)} only derives a fact for others"
                origin.complain(path, "rule-is-conclusion", message, hint)
            elif rule.status == "stable" and other.status != "stable":
                message = f"{quoted(name)} is {other.status}, so never evaluated and never an exception"
                origin.complain(path, "inactive-rule", message, "make it stable, or drop the exception")


def _check_verdict(target: str, consultation: Consultation, origin: Origin) -> None:
    names = [level.name for level in consultation.verdicts]
    path = ("then", "concern")
    if target not in names:
        hint = suggest(target, names, f"write one of {', '.join(names[1:])}")
        message = f"there is no verdict {quoted(target)} on the scale"
        origin.complain(path, "unknown-verdict", message, hint)
    elif target == names[0]:
        message = f"a concern cannot hold the verdict at `{target}`, the most willing one"
        hint = "write `then: advice`, or a more cautious verdict"
        origin.complain(path, "concern-without-effect", message, hint)


def _check_conclusion(target: str, consultation: Consultation, origin: Origin, origins: Origins) -> None:
    path = ("then", "conclude")
    vocabulary = consultation.vocabulary
    if target == GROUND_FACT:
        message = f"`{GROUND_FACT}` is settled by the grounds that hold, not by rules that conclude it"
        origin.complain(path, "not-a-conclusion", message, "write `then: ground`")
    elif target in consultation.borrowed.facts and vocabulary[target].origin == "concluded":
        message = f"`{target}` is concluded by the rules of `{consultation.borrows}`, and means the same here"
        hint = "conclude a fact of this consultation, or write the rule there"
        origin.complain(path, "not-a-conclusion", message, hint)
    elif target in vocabulary:
        if vocabulary[target].origin != "concluded":
            message = f"`{target}` is {vocabulary[target].origin}, so no rule may conclude it"
            origin.complain(path, "not-a-conclusion", message, "conclude a fact that is `from: concluded`")
    elif not origins.may_exist("fact", f"{consultation.id}/{target}"):
        names = [spec.name for spec in vocabulary.conclusions]
        hint = suggest(target, names, "add it to facts.yaml, `from: concluded`")
        origin.complain(path, "unknown-fact", f"there is no fact {quoted(target)}", hint)


def _check_completeness(rule: Rule, origin: Origin) -> None:
    """What every rule has to bring along; drafts may still lack it."""
    if rule.status == "draft":
        return
    if not rule.cites:
        hint = "add `cites:` with at least one passage, such as [okay-to-send/known-directly]"
        origin.complain((), "uncited-rule", f"the rule {quoted(rule.id)} cites no passage", hint)
    for holds, code in ((True, "no-example-that-holds"), (False, "no-example-that-does-not")):
        if not any(example.holds is holds for example in rule.examples):
            case = "it holds" if holds else "it does not hold"
            message = f"the rule {quoted(rule.id)} has no example in which {case}"
            origin.complain(
                (), code, message, f"add one under `examples`, with `holds: {str(holds).lower()}`"
            )
    if rule.effect.kind != "conclude" and not rule.message:
        message = f"the rule {quoted(rule.id)} has no message, so nobody would learn what it found"
        origin.complain((), "missing-key", message, "add the key `message`")


def _check_former_ids(rule: Rule, base: KnowledgeBase, origin: Origin) -> None:
    """An old id leads to one rule, and to none that has it now, in whichever consultation."""
    for place, old in enumerate(rule.formerly):
        now = base.rule(old)
        if (now is not None and now is not rule) or old in rule.formerly[:place] or old == rule.id:
            message = f"{quoted(old)} already leads to {quoted(now.id if now else rule.id)}"
            hint = "an old id leads to one rule; take it out of one of the two"
            origin.complain(("formerly", place), "duplicate-id", message, hint)


def _check_strata(consultation: Consultation, origins: Origins) -> None:
    try:
        stratify(consultation.active)
    except CyclicRules as error:
        member = next(rule for rule in consultation.active if node_of(rule) in error.cycle)
        circle = " needs ".join(f"`{node.removeprefix(RULE_PREFIX)}`" for node in error.cycle)
        hint = "take one of these tests out, or let it test a fact that is told"
        origins.of("rule", member.id).complain((), "cyclic-rules", f"this depends on itself: {circle}", hint)


def find_gaps(base: KnowledgeBase, origins: Origins, structural: Collection[str] | None = None) -> None:
    """Complain about passages and conclusions without a rule, and about facts of the note that nothing finds.

    `structural` names the facts of the note that the draft reader finds without the lexicon, with or without
    the prefix `note.`; without it, facts of the note are left alone.
    """
    cited = passages_cited(base)
    for passage in base.library.passages.values():
        if passage.use.kind == "rules" and passage.id not in cited:
            message = f"no active rule or setting cites {quoted(passage.id)}, though its use is `rules`"
            hint = "cite it, or say `use: {later: ..}` or `use: {background: ..}`"
            origins.of("passage", passage.id).complain(("use",), "uncited-passage", message, hint)
    for consultation in base.consultations.values():
        _check_conclusions(consultation, origins)
    _check_signs(base, origins)
    if structural is not None:
        _check_questions(base, origins)
        _check_note_facts(base, origins, frozenset(name.removeprefix(NOTE) for name in structural))


def _check_conclusions(consultation: Consultation, origins: Origins) -> None:
    """Complain about conclusions that no rule draws, or that none draws in some stretch of time."""
    always = {GROUND_FACT}
    times: list[tuple[str, Consultation]] = [("", consultation)]
    if consultation.turns:
        before = consultation.on(consultation.turns[0] - timedelta(days=1))
        times += [(f" before {consultation.turns[0]}", before)]
        times += [(f" from {day} on", consultation.on(day)) for day in consultation.turns]
    for when, then in times:
        concluded = {rule.effect.target for rule in then.active if rule.effect.kind == "conclude"} | always
        for spec in consultation.vocabulary.conclusions:
            if spec.name not in concluded and spec.name not in consultation.borrowed.facts:
                always.add(spec.name)  # once is enough
                message = f"no active rule concludes {quoted(spec.name)}{when}"
                origin = origins.of("fact", f"{consultation.id}/{spec.name}")
                hint = "add a rule for it, or delete it"
                origin.complain((), "underived-conclusion", message, hint, key=True)


def _check_signs(base: KnowledgeBase, origins: Origins) -> None:
    names = [name for each in base.consultations.values() for name in each.vocabulary.facts]
    facts = {name.removeprefix(NOTE) for name in names if name.startswith(NOTE)}
    for language, sign in _signs(base):
        if sign not in facts and not sign.startswith(UNLISTED_SIGNS):
            hint = suggest(sign, sorted(facts), f"add `{NOTE}{sign}` to facts.yaml")
            message = f"there is no fact `{NOTE}{sign}`, so no rule can test this sign"
            origins.of("sign", f"{language}/{sign}").complain(
                (), "sign-without-fact", message, hint, key=True
            )


def _check_questions(base: KnowledgeBase, origins: Origins) -> None:
    """Complain about questions whose answer no prospect file has a place for."""
    for consultation in base.consultations.values():
        for spec in consultation.own_facts:
            if not spec.ask or spec.origin == "concluded":
                continue
            origin = origins.of("fact", f"{consultation.id}/{spec.name}")
            try:
                place_of(SUBJECTS[consultation.subject].model, tuple(spec.told.split(".")))
            except NoSuchPlace as fault:
                file = f"{consultation.subject} file"
                message = f"no {file} has the place {quoted(spec.told)}, where the answer would go"
                hint = suggest(fault.step, fault.known, "name one as `told`, or take the question out")
                inner: DataPath = ("told",) if spec.told else ("ask",)
                origin.complain(inner, "unknown-place", message, hint)


def _check_note_facts(base: KnowledgeBase, origins: Origins, structural: Collection[str]) -> None:
    found = {sign for language, sign in _signs(base) if language == REFERENCE_LANGUAGE}.union(structural)
    for consultation in base.consultations.values():
        for spec in consultation.own_facts:
            if spec.origin == "draft" and spec.name.removeprefix(NOTE) not in found:
                message = f"nothing finds {quoted(spec.name)} in a note, so it would always be unknown"
                hint = f"add the sign `{spec.name.removeprefix(NOTE)}` to the lexicon, or delete the fact"
                origin = origins.of("fact", f"{consultation.id}/{spec.name}")
                origin.complain((), "fact-without-source", message, hint, key=True)


def _signs(base: KnowledgeBase) -> Iterator[tuple[str, str]]:
    for language, lexicon in base.lexicons.items():
        for sign in lexicon.signs:
            yield language, sign
