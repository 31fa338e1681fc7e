"""Cases that break a law, or that two rule sets judge apart, as files: prospect files where that can be.

What a file is said to show is what reading it again gave. Where no prospect file could be found that tells
the facts, they are written as a case of `*.cases.yaml`, which tells bare facts.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import click
import yaml

from advisor.model.analysis import Analysis, Witness
from advisor.model.case import Case
from advisor.model.knowledge_base import KnowledgeBase
from advisor.model.vocabulary import FactValue
from advisor.shells.knowledge import advisor_for
from advisor.wiring import SHOULD_CONNECT
from advisor.workbench.witness import WitnessWriter


def write_witnesses(found: Sequence[Analysis], base: KnowledgeBase, folder: Path, day: date) -> Iterator[str]:
    """Write every case in `found` into `folder`; say of each file what it is and what it lacks.

    Raises:
        click.UsageError: where a file cannot be written.
    """
    for analysis in found:
        for name, witness in _cases(analysis):
            files = _Files(base, analysis.consultation, day)
            for file, text, said in files.of(name, witness):
                _put(folder, file, text)
                yield f"{folder / file}: {said}"


def _cases(analysis: Analysis) -> Iterator[tuple[str, Witness]]:
    for result in analysis.laws:
        if result.witness is not None:
            yield result.law.id, result.witness
    for difference in analysis.comparison.differences if analysis.comparison else ():
        yield f"{difference.here}-here-{difference.there}-there", difference.witness
    for view in analysis.views:
        if view.holds is not None:
            yield view.rule, view.holds


class _Files:
    """Makes files for the cases of one consultation."""

    def __init__(self, base: KnowledgeBase, consultation: str, day: date) -> None:
        self._base, self._consultation, self._day = base, base.consultation(consultation), day
        self._writer: WitnessWriter | None = None
        if consultation == SHOULD_CONNECT:  # prospect files describe this question only
            self._advisor = advisor_for(base, "reference")
            self._writer = WitnessWriter(base, self._consultation, self._advisor.read)

    def of(self, name: str, witness: Witness) -> Iterator[tuple[str, str, str]]:
        """The name, the content and a description of each file for `witness`."""
        then = {**witness.facts, **witness.changes}
        after = {fact: value for fact, value in then.items() if value is not None}
        yield self._file(name, witness.facts, witness.verdict)
        if witness.changes:
            yield self._file(f"{name}.then", after, witness.verdict_then)

    def _file(self, name: str, facts: Mapping[str, FactValue], verdict: str) -> tuple[str, str, str]:
        told = {fact: value for fact, value in facts.items() if fact in self._consultation.vocabulary}
        if self._writer is not None:
            made = self._writer.write(told, self._day)
            reached = self._advisor.decide(Case(facts=made.facts), self._day).verdict
            if reached == verdict:
                lacks = f"; it could not tell {', '.join(made.missing)}" if made.missing else ""
                return f"{name}.yaml", made.text, f"a prospect file with the verdict {verdict}{lacks}"
        data = {"cases": [{"name": name, "given": _plain(told), "expect": {"verdict": verdict}}]}
        text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=100)
        return (
            f"{name}.cases.yaml",
            text,
            f"facts with the verdict {verdict}; no prospect file tells them all",
        )


def _plain(facts: Mapping[str, FactValue]) -> dict[str, object]:
    return {fact: sorted(value) if isinstance(value, frozenset) else value for fact, value in facts.items()}


def _put(folder: Path, name: str, text: str) -> None:
    """Write one file, whole or not at all."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=folder, prefix=".", suffix=".tmp")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
            Path(beside).replace(folder / name)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(beside).unlink()
            raise
    except OSError as fault:
        raise click.UsageError(f"{folder / name} cannot be written: {fault.strerror or fault}.") from fault
