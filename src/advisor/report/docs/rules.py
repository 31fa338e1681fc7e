"""The page of each rule with what feeds it and what it feeds, and the lists of rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from advisor.model.condition import GROUND_FACT, RULE_PREFIX
from advisor.model.documentation import Documentation, Part
from advisor.model.knowledge import Library
from advisor.model.rule import Consultation, Effect, Rule
from advisor.model.subject import SUBJECTS
from advisor.report import rule_page
from advisor.report.graph_text import as_mermaid
from advisor.report.links import CONSULTATIONS, RULES, Links, anchor
from advisor.report.markdown import escaped

_FACT = "fact:"
PICTURE = "graph.svg"
"""The picture beside the list of a consultation's rules."""


def page_of(rule: Rule, part: Part, library: Library) -> str:
    """The page of one rule."""
    links = Links.about(part.consultation, "..")
    return "\n".join(
        [
            f"[Rules](README.md) › {links.overview()} › {links.theme(escaped(rule.theme), rule.theme)}",
            "",
            rule_page.as_markdown(rule, part.consultation, library, links).rstrip("\n"),
            *_section("What feeds it", _feeding(rule, part, links)),
            *_section("What it feeds", _fed(rule, part, links)),
            *_picture(rule, part),
            "",
        ]
    )


def _section(heading: str, lines: Iterable[str]) -> Iterator[str]:
    kept = list(lines)
    if kept:
        yield from ("", f"## {heading}", "", *kept)


def _feeding(rule: Rule, part: Part, links: Links) -> Iterator[str]:
    consultation = part.consultation
    listed = dict.fromkeys(test.fact for test in rule.leaves)
    blocking = {edge.source for edge in part.whole.into(RULE_PREFIX + rule.id) if edge.kind == "excepts"}
    for name in listed:
        if name.startswith(RULE_PREFIX):
            other = consultation.rule(name.removeprefix(RULE_PREFIX))
            if other:
                yield f"- the rule {links.rule(other.id, other.title)}, which can block it"
            continue
        spec = consultation.vocabulary[name]
        blocks = ", in an exception" if f"{_FACT}{name}" in blocking else ""
        if spec.origin != "concluded":
            yield f"- {links.fact(name)} ({_ORIGINS[spec.origin]}{blocks}): {escaped(spec.means)}"
            continue
        makers = consultation.makers(name)
        concluded = f"every ground, {len(makers)} of them" if name == GROUND_FACT else _named(makers, links)
        yield f"- {links.conclusion(name)} (concluded{blocks}): {escaped(spec.means)}. By {concluded}"


_ORIGINS = {"told": "told", "draft": "read from the note", "computed": "computed"}


def _fed(rule: Rule, part: Part, links: Links) -> Iterator[str]:
    consultation = part.consultation
    match rule.effect.kind:
        case "concern":
            level = consultation.level(rule.effect.target)
            yield f"- the verdict, which is **{escaped(level.name)}** at best where it holds"
        case "ground":
            if GROUND_FACT in consultation.vocabulary:
                yield f"- {links.conclusion(GROUND_FACT)}, since it is a ground"
        case "conclude":
            target = rule.effect.target
            users = [each for each in consultation.rules if target in each.facts]
            yield f"- {links.conclusion(target)}, which {_count(users)} at: {_named(users, links)}"
            for borrower in part.borrowers:
                if users := [each for each in borrower.written if target in each.facts]:
                    yield f"- borrowed by {links.overview(borrower.id)}, where {_count(users)} at it: " + (
                        _named(users, links)
                    )
    blocked = [each for each in consultation.rules if RULE_PREFIX + rule.id in each.facts]
    if blocked:
        yield f"- as an exception: {_named(blocked, links)}"


def _count(users: list[Rule]) -> str:
    return "no rule looks" if not users else f"{len(users)} rule{'s look' if len(users) > 1 else ' looks'}"


def _named(rules: Iterable[Rule], links: Links) -> str:
    return ", ".join(links.rule(each.id, each.title) for each in rules) or "none"


def _picture(rule: Rule, part: Part) -> Iterator[str]:
    graph = part.around_rules[rule.id]
    if len(graph.nodes) > 2:  # noqa: PLR2004 - a rule and its verdict need no picture
        yield from ("", "```mermaid", as_mermaid(graph).rstrip("\n"), "```")


# ---------------------------------------------------------------------------------------- the lists


def index(docs: Documentation) -> str:
    """The page that everything is reached from: the consultations, each with its themes."""
    lines = [
        "# Rules",
        "",
        "What can be asked, and the rules that answer. Each rule says when it holds, what it rests on and"
        " what can be done.",
        "",
        "- by passage, with those that no rule encodes and why: [passages](../passages.md)",
        "- [what complaints mean](../codes/README.md)",
    ]
    for part in docs.parts:
        consultation, links = part.consultation, Links.about(part.consultation, "..")
        folder = f"../{CONSULTATIONS}/{consultation.id}"
        counts = Counter(rule.theme for rule in consultation.written)
        themes = [links.theme(f"{escaped(name)} ({count})", name) for name, count in counts.items()]
        lines += [
            "",
            anchor(consultation.id),
            "",
            f"## {links.overview()} ({len(consultation.written)})",
            "",
            f"*{escaped(consultation.question)}*",
            "",
            f"- themes: {', '.join(themes)}",
            f"- {_lists(part, folder)}",
        ]
        if consultation.borrows:
            lines.append(f"- borrows from {links.overview(consultation.borrows)}")
    return "\n".join([*lines, ""])


def _lists(part: Part, folder: str) -> str:
    """Links to the pages of facts, conclusions, settings and, where there are any, actions."""
    names = ["facts", "conclusions", "settings", *(["actions"] if part.consultation.actions.all else [])]
    return ", ".join(f"[{name}]({folder}/{name}.md)" for name in names)


def overview(part: Part) -> str:
    """The list of the rules of one consultation: by theme, and by what they do."""
    consultation = part.consultation
    links = Links.about(consultation, "../..")
    lender = consultation.borrows
    borrowed = f", {len(consultation.borrowed.facts)} of them of {links.overview(lender)}" if lender else ""
    return "\n".join(
        [
            f"[Rules](../../{RULES}/README.md)",
            "",
            f"# Rules of `{consultation.id}`",
            "",
            f"*{escaped(consultation.question)}* {len(consultation.written)} rules answer, from"
            f" {len(consultation.vocabulary.facts)} facts{borrowed}.",
            f"What is asked about is told in a {_subject(consultation)}.",
            "",
            "- by theme and by effect: below",
            f"- {_lists(part, '.')}",
            "- by passage: [passages](../../passages.md)",
            "",
            f"[![{escaped(part.overview.title)}]({PICTURE})]({PICTURE})",
            "",
            "*Which conclusions feed which rules. `advisor rules graph` draws other parts.*",
            "",
            *_verdicts(consultation),
            *_by_theme(consultation, links),
            *_by_effect(consultation, links),
            "",
        ]
    )


def _subject(consultation: Consultation) -> str:
    return escaped(f"{consultation.subject} file: {SUBJECTS[consultation.subject].says.rstrip('.').lower()}")


def _verdicts(consultation: Consultation) -> Iterator[str]:
    yield from ("## Verdicts", "", "The most cautious concern that stands decides.", "")
    for level in consultation.verdicts:
        yield f"- **{escaped(level.name)}** ({escaped(level.says)}): {escaped(level.means)}"


def _by_theme(consultation: Consultation, links: Links) -> Iterator[str]:
    yield from ("", "## By theme")
    for theme in dict.fromkeys(rule.theme for rule in consultation.written):
        rules = [rule for rule in consultation.written if rule.theme == theme]
        yield from ("", anchor(f"theme-{theme}"), "", f"### {escaped(theme)} ({len(rules)})", "")
        yield from ("| Rule | Effect | Title |", "| --- | --- | --- |")
        for each in rules:
            yield f"| {links.rule(each.id)} | {_effect(each, links)} | {escaped(each.title)} |"


def _by_effect(consultation: Consultation, links: Links) -> Iterator[str]:
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
            for rule in consultation.written
            if rule.effect.kind == effect.kind and effect.target in ("", rule.effect.target)
        ]
        if rules:
            yield from ("", f"### {escaped(heading)} ({len(rules)})", "", _named(rules, links))


def _effect(rule: Rule, links: Links) -> str:
    said: str = rule.effect.kind
    if rule.effect.kind == "concern":
        said = f"holds at {rule.effect.target}"
    elif rule.effect.kind == "conclude":
        return f"concludes {links.conclusion(rule.effect.target)}{_standing(rule)}"
    return escaped(said) + _standing(rule)


def _standing(rule: Rule) -> str:
    return f" *({rule.standing})*" if rule.standing else ""
