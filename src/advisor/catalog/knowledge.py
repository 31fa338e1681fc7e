"""Sources, passages, platform facts and readings to the library that every reason points into.

Facts about the platform become passages of the source `platform`, so that they are cited like all others
and never pass for what an article says. This module checks each file by itself and against the list of
sources; whether passages are used is left to the audit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from advisor.catalog.authored import Authored, Origins, quoted, suggest
from advisor.catalog.knowledge_forms import (
    BackgroundForm,
    LaterForm,
    PassageForm,
    PassagesFile,
    PlatformFactForm,
    PlatformFile,
    ReadingForm,
    ReadingsFile,
    SourceForm,
    SourcesFile,
)
from advisor.catalog.text import DataPath
from advisor.model.knowledge import Library, Passage, Reading, Side, Source, Use

PLATFORM = "platform"
"""Id of the source that the facts about the platform belong to."""


@dataclass(slots=True)
class LibraryFiles:
    """The files of the library, by what they are for."""

    single: dict[str, Authored] = field(default_factory=dict)
    """`sources`, `platform` and `readings`, as far as they are there."""
    passages: dict[str, Authored] = field(default_factory=dict)
    """By the file's name without its ending, which is the id of the source."""


def read_library(files: LibraryFiles, origins: Origins) -> Library:
    """Read all that could be read; complaints stay with the files."""
    sources = _read_sources(files.single.get("sources"), origins)
    passages: dict[str, Passage] = {}
    for name, authored in sorted(files.passages.items()):
        passages |= _read_passages(authored, name, origins)
    passages |= _read_platform(files.single.get("platform"), origins)
    return Library(sources, passages, _read_readings(files.single.get("readings"), origins))


def _read_sources(authored: Authored | None, origins: Origins) -> dict[str, Source]:
    sources: dict[str, Source] = {}
    if authored is None:
        origins.leave_open("source")
        return sources
    if authored.check(SourcesFile) is None:
        origins.leave_open("source")
    for path, form in authored.items("sources", SourceForm):
        if not origins.add_item("source", authored, path) or form is None:
            continue
        if form.kind == "article" and form.file is None:
            hint = "add `file`, the name of the article's text"
            authored.complain(path, "missing-key", f"the article `{form.id}` lacks the key `file`", hint)
        if form.kind != "article" and form.file is not None:
            message = f"a source of the kind `{form.kind}` has no article, so no `file`"
            authored.complain((*path, "file"), "misplaced-key", message, "delete it", key=True)
        sources[form.id] = Source(
            form.id, form.title, form.kind, form.review_by, form.file or "", form.dated or ""
        )
    return sources


def _read_passages(authored: Authored, name: str, origins: Origins) -> dict[str, Passage]:
    passages: dict[str, Passage] = {}
    authored.check(PassagesFile)
    source = authored.at(("source",))
    if not isinstance(source, str) or not isinstance(authored.at(("passages",)), list):
        origins.leave_open("passage", f"{name}/")
        return passages
    if source != name:
        message = f"the source is `{source}`, and the file is named after `{name}`"
        authored.complain(("source",), "id-mismatch", message, "give both the same name")
        source = name  # by which its passages are cited, or each citation would be complained about too
    _check_source(authored, source, "article", origins)
    for path, form in authored.items("passages", PassageForm):
        if not origins.add_item("passage", authored, path, within=f"{source}/") or form is None:
            continue
        _check_words(authored, path, form, source, origins)
        full = f"{source}/{form.id}"
        passages[full] = Passage(
            id=full,
            source=source,
            heading=form.heading,
            point=form.point,
            use=_use(form.use),
            words=form.words or 0,
            sha256=form.sha256 or "",
        )
    return passages


def _check_words(
    authored: Authored, path: DataPath, form: PassageForm, source: str, origins: Origins
) -> None:
    """A passage of an article says which words it stands for, and one of your own has none."""
    own = source in origins.names("source") and _kind_of(source, origins) == "own"
    for key, value in (("words", form.words), ("sha256", form.sha256)):
        if value is None and not own:
            message = f"the passage `{form.id}` of an article lacks the key `{key}`"
            hint = "add it, or list the source with `kind: own` if no article says this"
            authored.complain(path, "missing-key", message, hint)
        elif value is not None and own:
            message = "guidance of your own has no article whose words could be counted"
            authored.complain((*path, key), "misplaced-key", message, "delete it", key=True)


def _kind_of(source: str, origins: Origins) -> object:
    listed = origins.of("source", source)
    return listed.authored.at((*listed.path, "kind"))


def _check_source(authored: Authored, source: str, kind: str, origins: Origins) -> None:
    path = ("source",) if kind == "article" else ()
    if not origins.may_exist("source", source):
        hint = suggest(source, origins.names("source"), "add it to sources.yaml")
        authored.complain(path, "unknown-source", f"there is no source {quoted(source)}", hint)
    if source not in origins.names("source"):
        return
    listed = origins.of("source", source)
    others = ("platform-facts",) if kind == "article" else ("article", "own")
    if _kind_of(source, origins) in others:
        message = f"the source `{source}` is listed as something else than {kind}"
        listed.complain(("kind",), "wrong-type", message, f"write `kind: {kind}`")


def _use(form: str | LaterForm | BackgroundForm) -> Use:
    match form:
        case LaterForm():
            return Use("later", form.later)
        case BackgroundForm():
            return Use("background", form.background)
        case _:
            return Use("rules")


def _read_platform(authored: Authored | None, origins: Origins) -> Mapping[str, Passage]:
    passages: dict[str, Passage] = {}
    if authored is None:
        return passages
    authored.check(PlatformFile)
    if not isinstance(authored.at(("facts",)), list):
        origins.leave_open("passage", f"{PLATFORM}/")
        return passages
    _check_source(authored, PLATFORM, "platform-facts", origins)
    for path, form in authored.items("facts", PlatformFactForm):
        if not origins.add_item("passage", authored, path, within=f"{PLATFORM}/") or form is None:
            continue
        if (form.value is None) is not (form.unit is None):
            lacking = "value" if form.value is None else "unit"
            message = f"`value` and `unit` stand together, and `{lacking}` is missing"
            authored.complain(path, "missing-key", message, f"add `{lacking}`, or delete the other")
        if form.review_by is not None and form.review_by < form.as_of:
            message = f"it was to be looked up by {form.review_by}, before it was on {form.as_of}"
            authored.complain((*path, "review_by"), "dates-out-of-order", message, "move `review_by` on too")
        full = f"{PLATFORM}/{form.id}"
        passages[full] = Passage(
            id=full,
            source=PLATFORM,
            heading=form.id,
            point=form.point,
            use=Use("background", "a fact about the platform, for rules to cite where they need it"),
            value=form.value,
            unit=form.unit or "",
            as_of=form.as_of,
            origin=form.origin,
            review_by=form.review_by,
        )
    return passages


def _read_readings(authored: Authored | None, origins: Origins) -> dict[str, Reading]:
    readings: dict[str, Reading] = {}
    if authored is None:
        return readings
    authored.check(ReadingsFile)
    if not isinstance(authored.at(("readings",)), list):
        origins.leave_open("reading")
    for path, form in authored.items("readings", ReadingForm):
        if not origins.add_item("reading", authored, path) or form is None:
            continue
        for place, side in enumerate(form.sides):
            if side.passage not in form.passages:
                message = f"{quoted(side.passage)} is no passage of this reading"
                hint = "add it to `passages` too"
                authored.complain((*path, "sides", place, "passage"), "side-without-passage", message, hint)
        readings[form.id] = Reading(
            id=form.id,
            title=form.title,
            passages=tuple(form.passages),
            reading=form.reading,
            why=form.why,
            sides=tuple(Side(side.passage, side.says) for side in form.sides),
            disputed=form.disputed,
        )
    return readings
