"""A file to start from: every key there is, commented out, with what it means and an example.

It is written from the JSON Schema of the files about one subject, so that it names every key and word of the
closed lists and cannot grow stale. Only the examples stand here; a key without one gets a plain stand-in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from advisor.model.marks import NOTHING
from advisor.model.subject import Subject
from advisor.report.layout import wrapped

UNNAMED = '"?"'
"""Stands for the name until it is filled in; it is read as a name that is not known."""

_HEADER = """\
# yaml-language-server: $schema={file}
# {article} {subject} file for `advisor {command}`. {first} the # away before each line
# that you can answer, and put your own answer in. What stays behind a # is unknown, and the verdict
# says where that matters. Nothing in this file leaves your machine.
# To have your editor complete and check it:  advisor schema {name} > {file}
"""
_WIDTH = 100
_NAMES = ("prospect.name", "sender.name", "person.name", "connection.name")
"""Places of names without which a file says nothing."""
_NOTE = (
    "|\n  Dear Ms Lindqvist, thank you for answering my question at Climate in Storage.\n"
    "  I would like to compare our humidity data with yours. Dirk Vandewalle"
)
_EXAMPLES: Mapping[str, str] = {
    "prospect.nickname": "Mari",
    "prospect.headline": "Textile conservator | light, silk, storage",
    "prospect.title": "Senior Textile Conservator",
    "prospect.company": "Nordfjord Museum",
    "prospect.industry": "museums",
    "prospect.seniority": "senior",
    "prospect.location": "Bergen",
    "prospect.about": "[her paper on light damage in silk, the Oslo storage days]",
    "prospect.employers": "[Harbour Textile Lab]",
    "prospect.schools": "[University of Bergen]",
    "prospect.profile": "https://www.linkedin.com/in/mara-lindqvist",
    "relationship.known_as": "met once",
    "relationship.detail": "she answered my question after the talk",
    "relationship.met.how": "webinar",
    "relationship.met.where": "Climate in Storage 2026",
    "relationship.met.when": "2026-11-17",
    "relationship.met.detail": "drying shelves without heat",
    "relationship.mutual_connections.count": "2",
    "relationship.mutual_connections.people.name": "Jonas Feld",
    "relationship.mutual_connections.people.knows_them": "well",
    "relationship.mutual_connections.people.knows_me": "somewhat",
    "relationship.mutual_connections.people.introduction": "could",
    "relationship.shared.employers": "none",
    "relationship.shared.schools": "[University of Bergen]",
    "relationship.shared.groups": "[Nordic Conservators]",
    "relationship.shared.interests": "[preventive conservation]",
    "relationship.status": "none",
    "relationship.status_since": "2026-09-30",
    "relationship.declines": "0",
    "purpose.kind": "collaboration",
    "purpose.detail": "compare our data on humidity in closed storage",
    "purpose.work": "her paper on light damage in silk",
    "purpose.offer": "two years of sensor readings",
    "batch.people": "1",
    "batch.picked_by": "individually",
    "batch.filled_by_tool": "no",
    "connection.headline": "Set designer | stages made of reused timber",
    "connection.title": "Set Designer",
    "connection.company": "Oriel Theatre",
    "connection.industry": "theatre",
    "connection.known_as": "met once",
    "connection.same_field": "no",
    "connection.same_employer": "no",
    "connection.since": "3 weeks ago",
    "connection.reason": "a touring set for two small stages",
    "connection.followed_up": "no",
    "connection.contact.last": "never",
    "connection.contact.by_you": "2026-11-02",
    "connection.contact.by_them": "2 years ago",
    "connection.contact.messages": "0",
    "connection.contact.last_message": "2026-11-02",
    "connection.group": "theatre people",
    "connection.note": "knows everybody in reused timber",
    "connection.safelisted": "no",
    "network.size": "2300",
    "network.known": "400",
    "network.unknown_names": "33%",
    "network.last_reviewed": "never",
    "network.new_lately": "12",
    "network.not_followed_up": "5",
    "network.look_over": "300",
    "network.get_in_touch": "20",
    "network.grouped": "no",
    "network.privacy_checked": "no",
    "network.discussions": "no",
    "network.pending": "40",
    "network.oldest_pending": "5 months ago",
    "relationship.met.talked": "no",
    "relationship.mutual_connections.people.detail": "worked with her until 2024, studied with me",
    "me.name": "Dirk Vandewalle",
    "me.headline": "Warehouse operations lead",
    "me.company": "Vandewalle & Co.",
    "me.industry": "logistics",
    "me.stage": "professional",
    "me.does": "run a climate-controlled warehouse",
    "me.profile.photo": "headshot",
    "me.profile.completeness": "complete",
    "me.profile.kind": "professional",
    "sending.today": "2",
    "sending.planned": "1",
    "sending.last_7_days": "9",
    "sending.recent_days": "[2, 0, 3, 1, 0, 2, 1]",
    "sending.dates": "[2026-11-20, 2026-11-18]",
    "sending.times": "[2026-11-20 09:10, 2026-11-20 16:45]",
    "sending.rhythm": "daily",
    "sending.busiest_day": "3",
    "sending.active_days": "5",
    "sending.in_one_hour": "2",
    "sending.indirect": "1",
    "sending.open": "18",
    "sending.restricted_until": "2026-11-28",
    "sending.sent": "40",
    "sending.answered": "22",
    "sending.accepted": "15",
    "sending.acceptance_rate": "38%",
    "sending.over_days": "90",
    "trend.earlier_rate": "45%",
    "trend.later_rate": "38%",
    "trend.requests": "20",
    "plan.a_day": "3",
    "plan.days_a_week": "5",
    "plan.a_week": "15",
    "goal": "job",
    "engagement.level": "regular",
    "engagement.posts": "1",
    "engagement.comments": "6",
    "draft": _NOTE,
    "note": _NOTE,
    "their_note": "|\n  Dear Mr Vandewalle, your drying shelves without heat would suit our store.\n"
    "  May I learn how you built them? Mara Lindqvist",
    "wants.kind": "collaboration",
    "wants.detail": "build drying shelves for the museum's store",
    "behaviour": "none",
    "benefit": "both",
    "sent_from": "desktop",
    "since": "2026-11-20",
    "goals.what": "accepted",
    "goals.detail": "people who work on closed storage",
    "goals.count": "20",
    "goals.since": "2026-10-01",
    "goals.by": "2026-12-31",
    "log.since": "2026-11-09",
    "log.until": "2026-11-15",
    "log.sent": "12",
    "log.accepted": "5",
    "log.interactions": "3",
    "log.opportunities": "0",
    "log.posts": "1",
    "log.groups": "2",
    "log.profile_views": "31",
    "log.engagement": "14",
    "looked_at": "2026-11-01",
    "request.about": "a joint grant application",
    "done": "[thanked, posts]",
    "they_wrote": "no",
    "as_of": "2026-11-21",
}
_OTHERWISE = {("invitation", "note"): "their_note"}
"""Places at the top whose example is another one in the files about one subject."""


def schema_file(subject: Subject) -> str:
    """Name under which the first line looks for the schema, beside the file."""
    return f"{subject.schema}.schema.json"


def template(subject: Subject, command: str, schema: Mapping[str, Any]) -> str:
    """Write a file about `subject` for `advisor COMMAND`, from the JSON Schema of such files."""
    lines = [
        _HEADER.format(
            file=schema_file(subject),
            article="An" if subject.name[0] in "aeiou" else "A",
            subject=subject.name,
            command=command,
            first="Fill in the name; then take" if _NAMES.count(next(iter(subject.texts), "")) else "Take",
            name=subject.schema,
        )
    ]
    for key, node in schema["properties"].items():
        lines += _entry(key, node, _OTHERWISE.get((subject.name, key), key), schema, "")
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def _entry(
    key: str, node: Mapping[str, Any], place: str, schema: Mapping[str, Any], indent: str
) -> Iterator[str]:
    """Lines for one key; sections stand as they are, answers behind a `#`."""
    section, listed = _section(node, schema)
    said = node.get("description", "")
    if section is None:
        yield from _answer(key, node, place, indent)
        return
    yield f"{indent}{key}:  # {said}"
    inner = section["properties"].items()
    if not listed:
        for name, part in inner:
            yield from _entry(name, part, f"{place}.{name}", schema, indent + "  ")
        return
    for number, (name, part) in enumerate(inner):
        yield from _answer(name, part, f"{place}.{name}", indent + "  ", "  " if number else "- ")


def _answer(key: str, node: Mapping[str, Any], place: str, indent: str, before: str = "") -> Iterator[str]:
    said, words = node.get("description", ""), _words(node)
    if place in _NAMES:
        yield from _comment(said, indent)
        yield f"{indent}{key}: {UNNAMED}"
        return
    # Whoever a file is about is described as prospects are.
    example = _EXAMPLES.get(place) or _EXAMPLES.get(f"prospect.{place.partition('.')[2]}")
    example = example or _stand_in(node, words)
    first, *rest = f"#{before}{key}: {example}".split("\n")
    line = f"{indent}{first}  # {said}"
    if not words and not rest and len(line) <= _WIDTH:
        yield line
        return
    if words == list(NOTHING):
        said += "" if NOTHING[0] in said else f" `{NOTHING[0]}` says that there are none."
    elif not all(word in said for word in words):
        said += f" One of: {', '.join(words)}."
    yield from _comment(said, indent)
    yield indent + first
    yield from (f"{indent}#{each}" for each in rest)


def _comment(text: str, indent: str) -> Iterator[str]:
    return (f"{indent}# {line}" for line in wrapped(text, _WIDTH - len(indent) - 2))


def _section(node: Mapping[str, Any], schema: Mapping[str, Any]) -> tuple[Mapping[str, Any] | None, bool]:
    """The mapping that can stand here, or the items of the list that can; None where only answers can."""
    for branch in node.get("anyOf", [node]):
        if "$ref" in branch:
            return schema["$defs"][branch["$ref"].rpartition("/")[2]], False
        if branch.get("type") == "array":
            inner, _ = _section(branch["items"], schema)
            return inner, inner is not None
    return None, False


def _words(node: Mapping[str, Any]) -> list[str]:
    """The closed list of what can stand here; empty where there is none, or only words that say so."""
    if node.get("enum") == list(NOTHING):
        return []
    if "enum" in node:
        return [str(word) for word in node["enum"]]
    return next((words for branch in node.get("anyOf", []) if (words := _words(branch))), [])


def _stand_in(node: Mapping[str, Any], words: list[str]) -> str:
    if words:
        return words[0]
    kinds = {branch.get("type") for branch in node.get("anyOf", [node])}
    return "1" if "integer" in kinds else "yes" if "boolean" in kinds else "your words"
