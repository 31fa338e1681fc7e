"""Whoever slips in the shipped rules is told: by the check, or by an example or case that fails."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from advisor.folders import shipped
from command_line import CommandLine
from slips import CHECKED, TESTED, Slip

QUICK = 12
"""Of the slips, every so many is tried in an ordinary run; all of them in a long one."""


def slipped(folder: Path, slip: Slip) -> Path:
    """A copy of the shipped rules with one slip in it."""
    for name, source in (("rules", shipped().rules), ("knowledge", shipped().knowledge)):
        for path in source.rglob("*.yaml"):
            target = folder / name / path.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    place = folder / slip.file
    text = place.read_text(encoding="utf-8")
    assert slip.old in text, f"{slip.file} has changed: {slip.old}"
    place.write_text(text.replace(slip.old, slip.new, 1), encoding="utf-8")
    return folder


def each(slips: list[Slip]) -> list[object]:
    """One parameter set a slip; most of them only in long runs."""
    return [
        pytest.param(slip, id=slip.what, marks=[] if number % QUICK == 0 else [pytest.mark.deep])
        for number, slip in enumerate(slips)
    ]


@pytest.mark.parametrize("slip", each(CHECKED))
def test_the_check_notices_the_slip(cli: CommandLine, tmp_path: Path, slip: Slip) -> None:
    """A complaint of the right code comes, at a place and with a hint."""
    outcome = cli("rules", "check", slipped(tmp_path, slip), "--format", "json")
    found = json.loads(outcome.out)
    assert outcome.code in (1, 3)
    told = [complaint for complaint in found if complaint["code"] == slip.code]
    assert told, [f"{complaint['code']} {complaint['message']}" for complaint in found]
    assert all(complaint["line"] and complaint["hint"] for complaint in told)


@pytest.mark.parametrize("slip", each(TESTED))
def test_the_tests_notice_the_slip(cli: CommandLine, tmp_path: Path, slip: Slip) -> None:
    """An example or case fails that did not, or the slip is one that is known to be silent."""
    outcome = cli("rules", "test", slipped(tmp_path, slip))
    assert outcome.code == (0 if slip.code == "silent" else 4)
