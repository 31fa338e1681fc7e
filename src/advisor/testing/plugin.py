"""The pytest plugin: rule files and files of cases are tests, and nobody has to write any.

    rules/should-connect/pace.yaml::weekly-limit-reached::a hundred sent
    rules/should-connect/cases/strangers.cases.yaml::a stranger with a pitch
    knowledge/lexicon/en.yaml::own_product::finds::Our payroll software saves time.
    rules/should-connect/consultation.yaml::laws::engines-agree              with --advisor-laws
    rules/laws.yaml::placeholder                                             with --advisor-laws

A YAML file is collected where it lies in a folder of a consultation: one in a folder called `rules`, with a
file `consultation.yaml` in it; so are the laws beside such folders, and the lexicons of the knowledge beside
them. The setting `advisor_rules` names another folder of rules, and then only what belongs to it counts.
In projects that have none, nothing happens: this module is loaded in every run of pytest, so it imports
nothing but pytest until a file of rules is found. PYTEST_DONT_REWRITE
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from advisor.model.knowledge_base import KnowledgeBase
    from advisor.wiring import Advisor

RULES = "rules"
"""Name of the folder that rules are looked for in."""
LAWS = "laws.yaml"
"""Name of the file of laws, which stands beside the consultations."""
LEXICONS = ("lexicon", "knowledge")
"""The folder of lexicons, and the folder that it lies in, which stands beside the rules."""
MARKS = ("consultation.yaml", "consultation.yml")
"""Files of which one makes a folder that of a consultation."""
ENDINGS = (".yaml", ".yml")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer our own options and settings."""
    group = parser.getgroup("advisor", "rules of advisor")
    group.addoption(
        "--advisor-laws",
        action="store_true",
        help="try the laws that hold for all rules on made-up cases, and prove those of `rules/laws.yaml`",
    )
    group.addoption(
        "--advisor-examples",
        type=int,
        default=100,
        metavar="N",
        help="made-up cases that each law is tried on (100)",
    )
    parser.addini(
        "advisor_rules",
        "the folder of rules that is tried, or the one that holds `rules` and `knowledge`; "
        "where it is left out, every folder called `rules` that holds a consultation",
        default="",
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect a YAML file that lies among rules."""
    if file_path.suffix.lower() not in ENDINGS or file_path.name.startswith("."):
        return None
    chosen = chosen_rules(parent.config)
    if rules := rules_beside(file_path, chosen):
        from advisor.testing.rule_files import collector_beside

        return collector_beside(file_path, rules, parent)
    folder = consultation_folder(file_path, chosen)
    if folder is None:
        return None
    from advisor.testing.rule_files import collector

    return collector(file_path, folder, parent)


def consultation_folder(file: Path, chosen: Path | None) -> Path | None:
    """The folder of the consultation that `file` belongs to; None where it belongs to none.

    `chosen` is the only folder of rules that counts, where there is one.
    """
    for folder in file.parents:
        if folder.parent == chosen or (chosen is None and folder.parent.name == RULES):
            return folder if any((folder / mark).is_file() for mark in MARKS) else None
    return None


def rules_beside(file: Path, chosen: Path | None) -> Path | None:
    """The folder of rules that `file` belongs to as their laws or as a lexicon; None where it is neither.

    `chosen` is the only folder of rules that counts, where there is one.
    """
    if file.name.lower() == LAWS:
        rules = file.parent
    elif (file.parent.name, file.parent.parent.name) == LEXICONS:
        beside = file.parents[2]
        rules = chosen if chosen is not None and chosen.parent == beside else beside / RULES
    else:
        return None
    if rules != chosen and (chosen is not None or rules.name != RULES):
        return None
    return rules if any(True for mark in MARKS for _ in rules.glob(f"*/{mark}")) else None


def chosen_rules(config: pytest.Config) -> Path | None:
    """The folder of rules that the setting names; None where it names none."""
    named = config.getini("advisor_rules")
    if not named:
        return None
    folder = (config.inipath.parent if config.inipath else config.rootpath) / str(named)
    return folder / RULES if (folder / RULES).is_dir() else folder


@pytest.fixture(scope="session")
def knowledge_base(pytestconfig: pytest.Config) -> KnowledgeBase:
    """The rules under test: those that `advisor_rules` names, else those in `rules/` at the project's root.

    Where there are none either, those that the command would use: of `ADVISOR_RULES`, else the shipped ones.
    """
    from advisor.errors import RuleError
    from advisor.wiring import load_knowledge_base

    beside = pytestconfig.rootpath / RULES
    there = any(beside.glob(f"*/{MARKS[0]}")) or any(beside.glob(f"*/{MARKS[1]}"))
    try:
        return load_knowledge_base(chosen_rules(pytestconfig) or (beside if there else None))
    except RuleError as error:
        pytest.fail(f"the rules cannot be used:\n{error}", pytrace=False)


@pytest.fixture(scope="session")
def advisor(knowledge_base: KnowledgeBase) -> Advisor:
    """Answers questions with the rules under test."""
    from advisor.wiring import Advisor

    return Advisor(knowledge_base)
