"""A draft of a rule as text, to be filled in: what it may be about is checked, and nothing else is decided.

The draft reads without a complaint as it stands, is shown and never evaluated. Every file and every name is
for its caller to find; here texts become texts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from advisor.catalog.authored import quoted, suggest
from advisor.errors import Complaint
from advisor.model.condition import GROUND_FACT
from advisor.model.knowledge_base import KnowledgeBase
from advisor.model.names import did_you_mean, either, shown
from advisor.model.rule import Consultation, Effect
from advisor.model.subject import SUBJECTS
from advisor.model.vocabulary import FactSpec
from advisor.workbench.lint import TO_BE_WRITTEN

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_./'-]*( [A-Za-z0-9_./'-]+)*")
_NO_TEXT = {"true", "false", "yes", "no", "null"}
"""Words that mean something else than themselves where they stand without quotes."""
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants a new rule to be."""

    id: str
    effect: Effect
    theme: str = ""
    """Where it should stand; empty: where most rules of its kind stand."""
    title: str = ""
    """Empty: made of the id."""
    cites: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    """Facts that its condition should test; empty: one that shows how."""


def refusals(wish: Wish, consultation: Consultation, base: KnowledgeBase) -> list[Complaint]:
    """Everything that keeps `wish` from being granted, each under the option that says it.

    `consultation` is one of `base`, with everything that its rules may borrow.
    """
    found = _refusals(wish, consultation, base)
    return [Complaint(where, 0, 0, code, message, hint) for where, code, message, hint in found]


def _refusals(
    wish: Wish, consultation: Consultation, base: KnowledgeBase
) -> Iterator[tuple[str, str, str, str]]:
    if not _ID.fullmatch(wish.id):
        hint = "write small letters and digits with hyphens, such as `no-note`"
        yield "ID", "bad-name", f"{shown(wish.id)} is no id of a rule", hint
    elif taken := base.rule(wish.id):
        home = base.home(taken).id
        message = (
            f"there is a rule {quoted(taken.id)}{'' if home == consultation.id else f' in `{home}`'} already"
        )
        message += "" if taken.id == wish.id else f", which was called {quoted(wish.id)}"
        yield "ID", "duplicate-id", message, "choose another id, or change that rule"
    if _UNSEEN.search(" ".join(wish.title.split())):
        message = "the title has characters in it that cannot be seen"
        yield "--title", "bad-character", message, "type it anew"
    themes = themes_of(consultation)
    if not themes:
        message, hint = "this consultation has no file of rules yet", "begin one with a rule of its theme"
        yield "--theme", "unknown-theme", message, hint
    elif wish.theme and wish.theme not in themes:
        hint = suggest(wish.theme, themes, f"themes are {', '.join(themes)}")
        yield "--theme", "unknown-theme", f"there is no theme {quoted(wish.theme)}", hint
    library = base.library
    for passage in wish.cites:
        if passage not in library.passages:
            # Written without its source, or with a wrong one, a passage is still found by its own name.
            own = passage.rpartition("/")[2]
            near = did_you_mean(own, [each.rpartition("/")[2] for each in library.passages])
            ends = [each for each in library.passages if each.rpartition("/")[2] in near]
            hint = suggest(passage, library.passages, "see `advisor sources list`")
            hint = f"did you mean {either(ends[:3])}?" if ends else hint
            yield "--cites", "unknown-passage", f"there is no passage {quoted(passage)}", hint
    yield from _about_effect(wish.effect, consultation)
    yield from _about_facts(wish, consultation)


def _about_effect(effect: Effect, consultation: Consultation) -> Iterator[tuple[str, str, str, str]]:
    names = [level.name for level in consultation.verdicts]
    target = effect.target
    if effect.kind == "concern" and target not in names:
        hint = suggest(target, names[1:], f"write one of {', '.join(names[1:])}")
        yield "--concern", "unknown-verdict", f"there is no verdict {quoted(target)} on the scale", hint
    if effect.kind == "concern" and target == names[0]:
        message = f"a concern cannot hold the verdict at `{target}`, the most willing one"
        yield "--concern", "concern-without-effect", message, "write --advice, or a more cautious verdict"
    if effect.kind != "conclude":
        return
    conclusions = [
        spec.name
        for spec in consultation.own_facts
        if spec.origin == "concluded" and spec.name != GROUND_FACT
    ]
    if target in conclusions:
        return
    if target in consultation.vocabulary:
        hint = "write --ground" if target == GROUND_FACT else "conclude a fact that is `from: concluded`"
        if target in consultation.borrowed.facts:
            home = consultation.borrows
            hint = f"the rules of `{home}` conclude it: name --consultation {home}"
        yield "--conclude", "not-a-conclusion", f"no rule may conclude {quoted(target)}", hint
    else:
        hint = suggest(target, conclusions, "add it to facts.yaml first, `from: concluded`")
        yield "--conclude", "unknown-fact", f"there is no fact {quoted(target)}", hint


def _about_facts(wish: Wish, consultation: Consultation) -> Iterator[tuple[str, str, str, str]]:
    vocabulary = consultation.vocabulary
    for name in wish.facts:
        if name not in vocabulary:
            hint = suggest(name, vocabulary.facts, "add it to facts.yaml first")
            yield "--fact", "unknown-fact", f"there is no fact {quoted(name)}", hint
        elif name == _settled(wish.effect):
            message = f"a rule that settles {quoted(name)} cannot test it"
            yield "--fact", "cyclic-rules", message, "test the facts that it follows from"
    if not wish.facts and not _tested(wish, consultation):
        message = "the vocabulary has no fact that this rule could test"
        yield "--fact", "unknown-fact", message, "add one to facts.yaml first"


def _settled(effect: Effect) -> str:
    """The conclusion that a rule with this effect takes part in."""
    return GROUND_FACT if effect.kind == "ground" else effect.target if effect.kind == "conclude" else ""


def themes_of(consultation: Consultation) -> list[str]:
    """The themes that rules stand in, in order."""
    return sorted({rule.theme for rule in consultation.written})


def theme_for(wish: Wish, consultation: Consultation) -> str:
    """The theme that was asked for, else the one in which most rules of the same effect stand."""
    alike = [rule.theme for rule in consultation.written if rule.effect == wish.effect]
    alike = alike or [rule.theme for rule in consultation.written if rule.effect.kind == wish.effect.kind]
    alike = alike or [rule.theme for rule in consultation.written]
    return wish.theme or max(sorted(set(alike)), key=alike.count, default="")


def _tested(wish: Wish, consultation: Consultation) -> list[FactSpec]:
    """The facts that were asked for, else one that shows how a test is written."""
    vocabulary = consultation.vocabulary
    if wish.facts:
        return [vocabulary[name] for name in dict.fromkeys(wish.facts)]
    others = [spec for spec in vocabulary.facts.values() if spec.name != _settled(wish.effect)]
    others.sort(key=lambda spec: (spec.origin == "concluded", spec.type != "yes-no"))
    return others[:1]


# ---------------------------------------------------------------------------------------- the text


def draft_of(wish: Wish, consultation: Consultation) -> list[str]:
    """The lines of the draft, of which the first begins with `- `; nothing in `wish` may be refused."""
    specs = _tested(wish, consultation)
    title = " ".join(wish.title.split()) or wish.id.replace("-", " ").capitalize()
    return [
        "- " + line if not number else f"  {line}"
        for number, line in enumerate(_lines(wish, title, specs, consultation.subject))
    ]


def _lines(wish: Wish, title: str, specs: Sequence[FactSpec], subject: str) -> Iterator[str]:
    yield f"id: {_text(wish.id)}"
    yield f"title: {_text(title)}"
    yield "# A draft is shown and never evaluated. Fill in what follows, then delete this line and the next."
    yield "status: draft"
    yield "# When it holds: tests in `all`, `any` and `not`; a number of settings.yaml is named as $number."
    yield from _condition([_test(spec) for spec in specs])
    yield "# Exceptions, each of which blocks the rule: unless: [some.fact, {rule: some-rule}]"
    yield f"then: {_effect(wish.effect)}"
    if wish.effect.kind != "conclude":
        texts = "".join(f"{{{text}}}, " for text in SUBJECTS[subject].texts[:1])
        yield f"# What the person reads; it may quote {texts}facts that `when` tests, {{$settings}}."
        yield f'message: "{TO_BE_WRITTEN}: {_SAYS[wish.effect.kind]}."'
    if wish.effect.kind in ("concern", "advice"):
        yield f'fix: "{TO_BE_WRITTEN}: what the person can do about it."'
    if wish.cites:
        yield f"cites: [{', '.join(map(_text, dict.fromkeys(wish.cites)))}]"
    else:
        yield "# The passages that say so, as source/passage: `advisor sources list` names the sources."
        yield "cites: []"
    yield "# A case on each side of every boundary; they run as tests. Give them names that tell why."
    yield "examples:"
    holding = [(spec.name, _holding(spec)) for spec in specs]
    failing = [(specs[0].name, _failing(specs[0])), *holding[1:]]
    yield f"  - {{name: it holds, given: {_given(holding)}, holds: true}}"
    yield f"  - {{name: it does not, given: {_given(failing)}, holds: false}}"


_SAYS = {
    "ground": "which reason to go ahead was found",
    "concern": "what is the matter",
    "merit": "what was done well",
    "advice": "what would be better",
}


def _condition(tests: Sequence[str]) -> Iterator[str]:
    if len(tests) == 1:
        yield f"when: {tests[0]}"
        return
    yield from ("when:", "  all:")
    yield from (f"    - {test}" for test in tests)


def _effect(effect: Effect) -> str:
    return f"{{{effect.kind}: {_text(effect.target)}}}" if effect.target else effect.kind


def _number(spec: FactSpec) -> int:
    """A number that the fact may reach, with one below it where there is any."""
    return min(spec.minimum + 1, spec.maximum)


def _test(spec: FactSpec) -> str:
    match spec.type:
        case "yes-no":
            return spec.name
        case "number":
            return f"{{fact: {spec.name}, gte: {_number(spec)}}}"
        case "choice":
            return f"{{fact: {spec.name}, eq: {_text(spec.options[0].name)}}}"
        case "choices":
            return f"{{fact: {spec.name}, in: [{_text(spec.options[0].name)}]}}"


def _holding(spec: FactSpec) -> str:
    match spec.type:
        case "yes-no":
            return "true"
        case "number":
            return str(_number(spec))
        case "choice":
            return _text(spec.options[0].name)
        case "choices":
            return f"[{_text(spec.options[0].name)}]"


def _failing(spec: FactSpec) -> str:
    """A value with which the test fails; empty where only not knowing does."""
    match spec.type:
        case "yes-no":
            return "false"
        case "number":
            return str(_number(spec) - 1) if _number(spec) > spec.minimum else ""
        case "choice":
            return _text(spec.options[1].name) if len(spec.options) > 1 else ""
        case "choices":
            return "[]"


def _given(facts: Iterable[tuple[str, str]]) -> str:
    return f"{{{', '.join(f'{name}: {value}' for name, value in facts if value)}}}"


def _text(text: str) -> str:
    """`text` as a value in YAML: in quotes where it could be taken for something else.

    >>> _text("met once"), _text("no"), _text("a: b")
    ('met once', '"no"', '"a: b"')
    """
    if _PLAIN.fullmatch(text) and text.casefold() not in _NO_TEXT:
        return text
    return json.dumps(text, ensure_ascii=False)
