"""The kinds of authored files: how each is called, where it stands and which schema describes it.

Nothing is read here and nothing heavy is loaded, so that help texts and completion can be had at little cost.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from advisor.catalog.files import CASES, KNOWLEDGE, LAWS, RULES

SCHEMAS = PurePosixPath("docs/schemas")
"""Where schemas stand, beside the folders of rules and knowledge."""
MODELINE = "# yaml-language-server: $schema="
"""How the first line of an authored file begins; the path of its schema follows."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of authored file."""

    name: str
    """As in `advisor schema NAME`."""
    says: str
    """What its files hold, in a few words."""
    form: str
    """Where its form is: `module:class`, below `advisor.catalog`."""
    own: bool = False
    """Whether each consultation has a schema of its own for it, with the names that it uses."""


_KINDS = (
    Kind("consultation", "The question and its verdicts.", "forms:ConsultationFile"),
    Kind("facts", "Everything that rules may test.", "forms:FactsFile", own=True),
    Kind("settings", "Numbers and lists that rules share.", "forms:SettingsFile", own=True),
    Kind("actions", "What a person can do about a verdict.", "action_forms:ActionsFile", own=True),
    Kind("rules", "Rules of one theme.", "forms:RulesFile", own=True),
    Kind("laws", "What must hold for all situations.", "law_forms:LawsFile"),
    Kind("cases", "Cases that try the rules.", "trial_forms:CasesFile", own=True),
    Kind("sources", "The articles that rules rest on.", "knowledge_forms:SourcesFile"),
    Kind("passages", "The points that one article makes.", "knowledge_forms:PassagesFile"),
    Kind("platform", "Facts about the platform.", "knowledge_forms:PlatformFile"),
    Kind("readings", "How vague places are read.", "knowledge_forms:ReadingsFile"),
    Kind("lexicon", "Words by which a note is read.", "knowledge_forms:LexiconFile"),
    Kind("languages", "Languages that are told apart.", "knowledge_forms:LanguagesFile"),
)
KINDS = {kind.name: kind for kind in _KINDS}
"""By name, in the order in which they are listed. A new kind of file is one line here."""


def kind_of_file(path: PurePosixPath) -> str | None:
    """Say of what kind the file at `path` is, which begins with `rules/` or `knowledge/`.

    >>> kind_of_file(PurePosixPath("rules/should-connect/pace.yaml"))
    'rules'
    >>> kind_of_file(PurePosixPath("knowledge/passages/okay-to-send.yaml"))
    'passages'
    """
    kind = ""
    match path.parts:
        case (top, *_, name) if top == RULES and name.lower().endswith(CASES):
            kind = "cases"
        case (top, name) if top == RULES and name.lower() == LAWS:
            kind = "laws"
        case (top, _, _) if top == RULES:
            kind = path.stem if path.stem in ("consultation", "facts", "settings", "actions") else "rules"
        case (top, _) if top == KNOWLEDGE:
            kind = path.stem
        case (top, "passages", _) if top == KNOWLEDGE:
            kind = "passages"
        case (top, "lexicon", _) if top == KNOWLEDGE:
            kind = "languages" if path.stem == "languages" else "lexicon"
    return kind if kind in KINDS else None


def kind_of_keys(keys: tuple[str, ...], *, listed: bool = False) -> str | None:
    """Say of what kind a file is by the keys at its top; `listed`: whether `facts` holds a list.

    >>> kind_of_keys(("source", "passages"))
    'passages'
    """
    if "facts" in keys and "actions" not in keys:
        return "platform" if listed else "facts"
    tell = {"at_once": "actions", "levers": "actions", "language": "lexicon"}
    known = (tell.get(key, key) for key in keys)
    return next((name for name in known if name in KINDS), None)


def schema_file(kind: str, consultation: str) -> PurePosixPath:
    """Where the schema of one kind stands in the folder of schemas.

    >>> str(schema_file("rules", "pace")), str(schema_file("sources", "pace"))
    ('pace/rules.json', 'sources.json')
    """
    return PurePosixPath(consultation if KINDS[kind].own else "", f"{kind}.json")


def modeline(path: PurePosixPath, kind: str) -> str:
    """The line that tells editors where the schema of the file at `path` is.

    >>> modeline(PurePosixPath("knowledge/sources.yaml"), "sources")
    '# yaml-language-server: $schema=../docs/schemas/sources.json'
    >>> modeline(PurePosixPath("rules/pace/facts.yaml"), "facts")
    '# yaml-language-server: $schema=../../docs/schemas/pace/facts.json'
    """
    up = "../" * (len(path.parts) - 1)
    return f"{MODELINE}{up}{SCHEMAS / schema_file(kind, path.parts[1])}"


def former_modeline(path: PurePosixPath, kind: str) -> str:
    """That line as it was while all consultations shared one set of schemas."""
    up = "../" * (len(path.parts) - 1)
    return f"{MODELINE}{up}{SCHEMAS / kind}.json"
