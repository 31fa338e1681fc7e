"""The README says what the program does: its outputs are compared with real ones."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from advisor.shells.cli import advisor as cli

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_example_in_the_readme_is_the_file_that_it_names() -> None:
    """What the README shows as a prospect file is the shipped example, line by line."""
    shown = re.search(r"<!-- example: (\S+) -->\n```yaml\n(.*?)\n```", README, re.DOTALL)
    assert shown is not None
    assert shown[2] == (ROOT / shown[1]).read_text(encoding="utf-8").rstrip()


def test_the_session_in_the_readme_is_what_the_program_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the README shows as output is the program's own, to the letter."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "100")
    sessions = re.findall(
        r"<!-- output: advisor ([^\n]*?) -->\n```console\n\$ [^\n]*\n(.*?)\n```", README, re.DOTALL
    )
    assert len(sessions) == 5
    for arguments, shown in sessions:
        done = CliRunner().invoke(cli, arguments.split())
        assert done.exit_code == 0
        assert done.stdout.rstrip() == shown


def test_the_python_in_the_readme_runs(capsys: pytest.CaptureFixture[str]) -> None:
    """An engineer can paste the README's Python and gets a verdict."""
    code = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert code is not None
    exec(compile(code[1], "README.md", "exec"), {})  # noqa: S102 - our own README
    assert capsys.readouterr().out.startswith("connect ")


@pytest.mark.parametrize("name", ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_files_that_the_documents_name_exist(name: str) -> None:
    """A document that points to a file points to one that is there."""
    text = (ROOT / name).read_text(encoding="utf-8")
    named = re.findall(r"`((?:rules|knowledge|docs|examples|tests|src)/[\w./-]+\.\w+)`", text)
    missing = [path for path in named if not (ROOT / path).exists()]
    assert missing == []
