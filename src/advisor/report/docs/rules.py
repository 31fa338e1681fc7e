"""The page of each rule with what feeds it and what it feeds, and the list of all rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from advisor.model.condition import GROUND_FACT, RULE_PREFIX
from advisor.model.documentation import Documentation
from advisor.model.rule import Consultation, Effect, Rule
from advisor.report import rule_page
from advisor.report.graph_text import as_mermaid
from advisor.report.links import Links, anchor
from advisor.report.markdown import escaped

_LINKS = Links("..")
_FACT = "fact:"
PICTURE = "graph.svg"
"""The picture beside the list."""


def page_of(rule: Rule, docs: Documentation) -> str:
    """The page of one rule."""
    return "\n".join(
        [
            f"[Rules]({_LINKS.root}/rules/README.md) › {_LINKS.theme(escaped(rule.theme), rule.theme)}",
            "",
            rule_page.as_markdown(rule, docs.consultation, docs.library, _LINKS).rstrip("\n"),
            *_section("What feeds it", _feeding(rule, docs)),
            *_section("What it feeds", _fed(rule, docs)),
            *_picture(rule, docs),
            "",
        ]
    )


def _section(heading: str, lines: Iterable[str]) -> Iterator[str]:
    kept = list(lines)
    if kept:
        yield from ("", f"## {heading}", "", *kept)


def _feeding(rule: Rule, docs: Documentation) -> Iterator[str]:
    vocabulary, listed = docs.consultation.vocabulary, dict.fromkeys(test.fact for test in rule.leaves)
    blocking = {edge.source for edge in docs.whole.into(RULE_PREFIX + rule.id) if edge.kind == "excepts"}
    for name in listed:
        if name.startswith(RULE_PREFIX):
            other = docs.consultation.rule(name.removeprefix(RULE_PREFIX))
            if other:
                yield f"- the rule {_LINKS.rule(other.id, other.title)}, which can block it"
            continue
        spec = vocabulary[name]
        blocks = ", in an exception" if f"{_FACT}{name}" in blocking else ""
        if spec.origin != "concluded":
            yield f"- {_LINKS.fact(name)} ({_ORIGINS[spec.origin]}{blocks}): {escaped(spec.means)}"
            continue
        makers = docs.consultation.makers(name)
        concluded = f"every ground, {len(makers)} of them" if name == GROUND_FACT else _named(makers)
        yield f"- {_LINKS.conclusion(name)} (concluded{blocks}): {escaped(spec.means)}. By {concluded}"


_ORIGINS = {"told": "told", "draft": "read from the note", "computed": "computed"}


def _fed(rule: Rule, docs: Documentation) -> Iterator[str]:
    consultation = docs.consultation
    match rule.effect.kind:
        case "concern":
            level = consultation.level(rule.effect.target)
            yield f"- the verdict, which is **{escaped(level.name)}** at best where it holds"
        case "ground":
            yield f"- {_LINKS.conclusion(GROUND_FACT)}, since it is a ground"
        case "conclude":
            target = rule.effect.target
            users = [each for each in consultation.rules if target in each.facts]
            yield f"- {_LINKS.conclusion(target)}, which {_count(users)} at: {_named(users)}"
    blocked = [each for each in consultation.rules if RULE_PREFIX + rule.id in each.facts]
    if blocked:
        yield f"- as an exception: {_named(blocked)}"


def _count(users: list[Rule]) -> str:
    return "no rule looks" if not users else f"{len(users)} rule{'s look' if len(users) > 1 else ' looks'}"


def _named(rules: Iterable[Rule]) -> str:
    return ", ".join(_LINKS.rule(each.id, each.title) for each in rules) or "none"


def _picture(rule: Rule, docs: Documentation) -> Iterator[str]:
    graph = docs.around_rules[rule.id]
    if len(graph.nodes) > 2:  # noqa: PLR2004 - a rule and its verdict need no picture
        yield from ("", "```mermaid", as_mermaid(graph).rstrip("\n"), "```")


# ---------------------------------------------------------------------------------------- the list


def index(docs: Documentation) -> str:
    """The list of all rules: by theme, and by what they do."""
    consultation = docs.consultation
    return "\n".join(
        [
            f"# Rules of `{consultation.id}`",
            "",
            f"*{escaped(consultation.question)}* {len(consultation.rules)} rules answer, from"
            f" {len(consultation.vocabulary.facts)} facts. Each says when it holds, what it rests on and what"
            " can be done.",
            "",
            "- by theme and by effect: below",
            "- by passage, with those that no rule encodes and why: [passages](../passages.md)",
            "- [facts](../facts.md), [conclusions](../conclusions.md), [settings](../settings.md)"
            " and [actions](../actions.md)",
            "- [what complaints mean](../codes/README.md)",
            "",
            f"[![{escaped(docs.overview.title)}]({PICTURE})]({PICTURE})",
            "",
            "*Which conclusions feed which rules. `advisor rules graph` draws other parts.*",
            "",
            *_verdicts(consultation),
            *_by_theme(consultation),
            *_by_effect(consultation),
            "",
        ]
    )


def _verdicts(consultation: Consultation) -> Iterator[str]:
    yield from ("## Verdicts", "", "The most cautious concern that stands decides.", "")
    for level in consultation.verdicts:
        yield f"- **{escaped(level.name)}** ({escaped(level.says)}): {escaped(level.means)}"


def _by_theme(consultation: Consultation) -> Iterator[str]:
    yield from ("", "## By theme")
    for theme in dict.fromkeys(rule.theme for rule in consultation.rules):
        rules = [rule for rule in consultation.rules if rule.theme == theme]
        yield from ("", anchor(f"theme-{theme}"), "", f"### {escaped(theme)} ({len(rules)})", "")
        yield from ("| Rule | Effect | Title |", "| --- | --- | --- |")
        yield from (f"| {_LINKS.rule(each.id)} | {_effect(each)} | {escaped(each.title)} |" for each in rules)


def _by_effect(consultation: Consultation) -> Iterator[str]:
    yield from ("", "## By effect")
    effects = [
        *(
            (f"Holds at {level.name}", Effect("concern", level.name))
            for level in reversed(consultation.verdicts)
        ),
        ("Grounds", Effect("ground")),
        ("Merits", Effect("merit")),
        ("Advice", Effect("advice")),
        ("Conclusions", Effect("conclude")),
    ]
    for heading, effect in effects:
        rules = [
            rule
            for rule in consultation.rules
            if rule.effect.kind == effect.kind and effect.target in ("", rule.effect.target)
        ]
        if rules:
            yield from ("", f"### {escaped(heading)} ({len(rules)})", "", _named(rules))


def _effect(rule: Rule) -> str:
    said: str = rule.effect.kind
    if rule.effect.kind == "concern":
        said = f"holds at {rule.effect.target}"
    elif rule.effect.kind == "conclude":
        return f"concludes {_LINKS.conclusion(rule.effect.target)}{_standing(rule)}"
    return escaped(said) + _standing(rule)


def _standing(rule: Rule) -> str:
    return f" *({rule.standing})*" if rule.standing else ""
