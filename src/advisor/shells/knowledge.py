"""The knowledge base and the engine that a command works with, and what is said where they cannot be had."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import click

from advisor.errors import Complaint, EngineError, RuleError
from advisor.folders import folders
from advisor.model.knowledge_base import KnowledgeBase
from advisor.model.rule import Consultation
from advisor.model.subject import PROSPECT
from advisor.wiring import SHOULD_CONNECT, Advisor, EngineName, load_knowledge_base

_COMMANDS = {"network": "review-network"}
"""Commands that are not called as their consultations."""


def load(
    rules: Path | None, consultation: str = SHOULD_CONNECT, base: KnowledgeBase | None = None
) -> tuple[KnowledgeBase, Consultation]:
    """The knowledge base in `rules`, else the one that is shipped, and one of its consultations.

    `base` is what was read there, where it was read before.

    Raises:
        RuleError: where the files are wrong or hold no such consultation.
    """
    base = base or load_knowledge_base(rules)
    if consultation not in base.consultations:
        message = f"there is no consultation `{consultation}` in these rules"
        hint = f"add the folder `{consultation}`, with consultation.yaml and facts.yaml in it"
        raise RuleError([Complaint(str(folders(rules).rules), 0, 0, "missing-consultation", message, hint)])
    return base, base.consultation(consultation)


def about(subject: str, rules: Path | None, base: KnowledgeBase | None = None) -> Consultation:
    """The first consultation in `rules`, else in what is shipped, that is asked about `subject`.

    `base` is what was read there, where it was read before.

    Raises:
        RuleError: where the files are wrong or hold no such consultation.
    """
    if subject == PROSPECT:
        return load(rules, base=base)[1]
    base = base or load_knowledge_base(rules)
    for consultation in base.consultations.values():
        if consultation.subject == subject:
            return consultation
    message = f"no consultation in these rules is asked about its {subject}"
    hint = f"add a folder with a consultation.yaml that says `subject: {subject}`"
    raise RuleError([Complaint(str(folders(rules).rules), 0, 0, "missing-consultation", message, hint)])


def command_for(consultation: Consultation) -> str:
    """The command that answers a consultation: called as it is, but for the network's."""
    return _COMMANDS.get(consultation.id, consultation.id)


def advisor_for(base: KnowledgeBase, engine: str, consultation: str = SHOULD_CONNECT) -> Advisor:
    """An advisor for one consultation, with the engine that was asked for.

    Raises:
        click.UsageError: where that engine cannot be had here.
    """
    try:
        return Advisor(base, cast("EngineName", engine), consultation)
    except EngineError as error:
        raise click.UsageError(
            f"{error}. `--engine reference` always can; `advisor doctor` says more."
        ) from error
