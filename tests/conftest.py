"""What all tests share: Hypothesis profiles, golden files, the command line in this process.

ADVISOR_HYPOTHESIS_PROFILE=deep pytest --run-deep      long searches
pytest --update-golden                                 write the golden files anew, then read the diff
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Protocol

import pytest
from hypothesis import HealthCheck, settings

from command_line import CommandLine

GOLDEN = Path(__file__).parent / "golden"

_SLOW = [HealthCheck.too_slow]
_REPEATABLE = bool(os.environ.get("CI"))
"""In continuous integration the same examples every time: a run speaks of the change, not of chance."""
settings.register_profile(
    "default", deadline=None, max_examples=25, derandomize=_REPEATABLE, suppress_health_check=_SLOW
)
settings.register_profile(
    "quick", deadline=None, max_examples=10, derandomize=_REPEATABLE, suppress_health_check=_SLOW
)
settings.register_profile("deep", deadline=None, max_examples=2000, suppress_health_check=_SLOW)
settings.load_profile(os.environ.get("ADVISOR_HYPOTHESIS_PROFILE", "default"))


class Golden(Protocol):
    """Holds what was written against what was written before."""

    def __call__(self, name: str, text: str) -> None:
        """Compare `text` with the golden file `name`, or write that file where this was asked for."""
        ...


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer our own options."""
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")
    parser.addoption("--run-deep", action="store_true", help="run the tests marked deep too")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave long searches out unless they are asked for."""
    if config.getoption("--run-deep"):
        return
    for item in items:
        if "deep" in item.keywords:
            item.add_marker(pytest.mark.skip(reason="a long search; run with --run-deep"))


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compare with a file in `tests/golden`."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert path.is_file(), f"{path} is missing: write it with --update-golden and read it"
        assert text == path.read_text(encoding="utf-8"), "read the diff; where it is right, --update-golden"

    return compare


@pytest.fixture
def cli(
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: pytest.CaptureFixture[bytes],
    tmp_path_factory: pytest.TempPathFactory,
) -> CommandLine:
    """The command, run in this process, with none of the user's own settings and a cache of its own."""
    for name in [
        *(name for name in os.environ if name.startswith("ADVISOR_")),
        "NO_COLOR",
        "COLUMNS",
        "TERM",
    ]:
        if name != "ADVISOR_HYPOTHESIS_PROFILE":
            monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ADVISOR_CACHE", str(tmp_path_factory.getbasetemp() / "knowledge-cache"))
    return CommandLine(monkeypatch, capsysbinary)
