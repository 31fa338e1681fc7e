"""The table of who may know whom is held: the imports of every module are read from its text."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

import advisor
from advisor.facts.case import CaseReader
from advisor.model.situation import Situation
from strategies import shipped_knowledge, should_connect, situations

PACKAGE = Path(advisor.__file__).parent
MODULES = {
    path.relative_to(PACKAGE).as_posix(): path
    for path in sorted(PACKAGE.rglob("*.py"))
    if "_data" not in path.parts
}
TREES = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in MODULES.items()}
LONGEST = 320
"""Lines of the longest module: beyond that it has more than one job."""

MAY_IMPORT = {
    "model": {"advisor.errors", "advisor.model"},
    "facts": {"advisor.errors", "advisor.model", "advisor.facts"},
    "inference": {"advisor.errors", "advisor.model", "advisor.inference"},
    "verdict": {"advisor.errors", "advisor.model", "advisor.verdict"},
    "report": {"advisor.errors", "advisor.model", "advisor.report"},
    "records": {"advisor.errors", "advisor.model", "advisor.catalog", "advisor.records"},
    "catalog": {"advisor", "advisor.errors", "advisor.model", "advisor.catalog"},
    "workbench": {
        f"advisor.{each}"
        for each in ("errors", "model", "catalog", "facts", "inference", "verdict", "workbench")
    },
    "testing": {
        "advisor",
        *(
            f"advisor.{each}"
            for each in (
                "errors",
                "model",
                "catalog",
                "facts",
                "inference",
                "verdict",
                "report",
                "workbench",
                "testing",
                "trying",
                "folders",
                "wiring",
            )
        ),
    },
    "errors.py": set(),
    "folders.py": {"advisor.errors"},
}
"""What each part may import of the others; `advisor` alone is the package itself, for its version."""
THINKERS = ("model", "facts", "inference", "verdict", "report", "workbench")
"""Packages that see neither files nor clock nor environment."""
OUTSIDE = {
    "builtins": {"open", "input", "print", "breakpoint", "exec", "eval", "compile", "__import__"},
    "os": {
        "environ",
        "getenv",
        "getcwd",
        "listdir",
        "walk",
        "scandir",
        "open",
        "stat",
        "system",
        "popen",
        "path",
    },
    "datetime": {"now", "today", "utcnow", "fromtimestamp"},
    "date": {"today", "fromtimestamp"},
}
"""Names by which a module would look outside; `datetime` and `date` whichever way they are imported."""
OUTER_MODULES = {
    "pathlib",
    "time",
    "io",
    "tempfile",
    "shutil",
    "glob",
    "logging",
    "subprocess",
    "multiprocessing",
    "locale",
}
NETWORK = {
    "socket",
    "ssl",
    "urllib",
    "http",
    "requests",
    "httpx",
    "aiohttp",
    "ftplib",
    "smtplib",
    "telnetlib",
    "xmlrpc",
    "urllib3",
    "socketserver",
    "webbrowser",
    "imaplib",
    "poplib",
    "nntplib",
    "asyncio",
}
NOTE = "note."
"""Prefix of the facts that are read from the draft; their readers name them without it."""
EACH_MODULE = pytest.mark.parametrize("module", MODULES)


def part_of(module: str) -> str:
    """The package right below `advisor` that a module is in, or its own name."""
    return module.split("/")[0]


def imported(module: str) -> Iterator[str]:
    """Full names of all modules that `module` imports, wherever in it; `from a import b` gives `a.b` too."""
    for node in ast.walk(TREES[module]):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports by dots: write the full name"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def ours(module: str) -> set[str]:
    """The parts of our package that `module` imports: `advisor.<part>`, or `advisor` for the whole."""
    names = {name for name in imported(module) if name.split(".")[0] == "advisor"}
    parts = {".".join(name.split(".")[:2]) for name in names}
    known = {f"advisor.{part_of(each).removesuffix('.py')}" for each in MODULES}
    return {part for part in parts if part in known or (part == "advisor" and names == {"advisor"})}


@pytest.mark.parametrize("module", [module for module in MODULES if part_of(module) in MAY_IMPORT])
def test_a_package_imports_only_what_the_table_allows(module: str) -> None:
    """The packages in the middle do not know one another: only the model, the errors and themselves."""
    assert ours(module) <= MAY_IMPORT[part_of(module)]


def test_the_table_speaks_of_every_package() -> None:
    """Every part of the package is in the table, or is one of those that put the parts together."""
    assert {part_of(module) for module in MODULES} == {
        *MAY_IMPORT,
        "shells",
        "pacing.py",
        "reviewing.py",
        "trying.py",
        "wiring.py",
        "__init__.py",
        "__main__.py",
    }


@EACH_MODULE
def test_only_the_adapter_knows_the_engine_library(module: str) -> None:
    """`durable_rules_engine` is named in one file, so that its hazards stay there."""
    names = {name.split(".")[0] for name in imported(module)} & {"durable_rules_engine", "durable"}
    assert not names or module == "inference/durable.py"
    if module != "inference/durable.py":
        assert "durable_rules_engine" not in MODULES[module].read_text(encoding="utf-8")


@EACH_MODULE
def test_nothing_can_reach_the_network(module: str) -> None:
    """Nothing about a prospect leaves the machine: no module imports anything that could send it."""
    assert not {name.split(".")[0] for name in imported(module)} & NETWORK


@pytest.mark.parametrize("module", [module for module in MODULES if part_of(module) in THINKERS])
def test_what_thinks_sees_neither_files_nor_clock_nor_environment(module: str) -> None:
    """Below the shells everything comes in as an argument, dates included."""
    assert not {name.split(".")[0] for name in imported(module)} & OUTER_MODULES
    assert list(looks_outside(module)) == []


def looks_outside(module: str) -> Iterator[str]:
    """Calls and attributes by which `module` would see the world."""
    for node in ast.walk(TREES[module]):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in OUTSIDE["builtins"]
        ):
            yield f"line {node.lineno}: {node.func.id}()"
        if isinstance(node, ast.Attribute):
            owner = ast.unparse(node.value).split(".")[-1]
            if node.attr in OUTSIDE.get(owner, set()):
                yield f"line {node.lineno}: {owner}.{node.attr}"
        if isinstance(node, ast.ImportFrom) and node.module == "os":
            yield from (
                f"line {node.lineno}: {alias.name}" for alias in node.names if alias.name in OUTSIDE["os"]
            )


@EACH_MODULE
def test_every_module_says_what_it_is_for(module: str) -> None:
    """Every module begins with a docstring, those of packages included."""
    assert (ast.get_docstring(TREES[module]) or "").strip()


@EACH_MODULE
def test_no_module_is_too_long(module: str) -> None:
    """A module that needs more lines has more than one job."""
    assert len(MODULES[module].read_text(encoding="utf-8").splitlines()) <= LONGEST


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(situations())
def test_every_fact_that_is_found_is_in_the_vocabulary(situation: Situation) -> None:
    """Whatever the readers say is a fact that the vocabulary knows, with a value that it allows."""
    vocabulary = should_connect().vocabulary
    assert situation.as_of is not None
    case = CaseReader(vocabulary, shipped_knowledge().lexicons).read(situation, situation.as_of)
    unknown = [fact for fact in case.facts if fact not in vocabulary]
    assert unknown == []
    wrong = {
        fact: complaint
        for fact, value in case.facts.items()
        if (complaint := vocabulary[fact].complaint(value))
    }
    assert wrong == {}
    assert all(vocabulary[fact].origin != "concluded" for fact in case.facts)


def test_every_fact_of_the_vocabulary_has_a_reader() -> None:
    """No fact is there that nobody finds: each is named in `facts/`, or is a sign of the lexicon."""
    named = {
        node.value
        for module in MODULES
        if part_of(module) == "facts"
        for node in ast.walk(TREES[module])
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    signs = {sign for lexicon in shipped_knowledge().lexicons.values() for sign in lexicon.signs}
    found = named | {NOTE + name for name in named | signs}
    assert [spec.name for spec in should_connect().vocabulary.given if spec.name not in found] == []
