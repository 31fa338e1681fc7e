"""The knowledge base and the engine that a command works with, and what is said where they cannot be had."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import click

from advisor.errors import Complaint, EngineError, RuleError
from advisor.model.knowledge_base import KnowledgeBase
from advisor.model.rule import Consultation
from advisor.wiring import SHOULD_CONNECT, Advisor, EngineName, folders, load_knowledge_base


def load(rules: Path | None) -> tuple[KnowledgeBase, Consultation]:
    """The knowledge base in `rules`, else the one that is shipped, and its main consultation.

    Raises:
        RuleError: where the files are wrong or hold no such consultation.
    """
    base = load_knowledge_base(rules)
    if SHOULD_CONNECT not in base.consultations:
        message = f"there is no consultation `{SHOULD_CONNECT}` in these rules"
        hint = f"add the folder `{SHOULD_CONNECT}`, with consultation.yaml and facts.yaml in it"
        raise RuleError([Complaint(str(folders(rules).rules), 0, 0, "missing-consultation", message, hint)])
    return base, base.consultation(SHOULD_CONNECT)


def advisor_for(base: KnowledgeBase, engine: str) -> Advisor:
    """An advisor with the engine that was asked for.

    Raises:
        click.UsageError: where that engine cannot be had here.
    """
    try:
        return Advisor(base, cast("EngineName", engine))
    except EngineError as error:
        raise click.UsageError(
            f"{error}. `--engine reference` always can; `advisor doctor` says more."
        ) from error
