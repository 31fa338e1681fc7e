"""Every example that stands in a docstring."""

from __future__ import annotations

import doctest
from importlib import import_module
from pathlib import Path

import pytest

import advisor

SOURCE = Path(advisor.__file__).parent
MODULES = sorted(
    ".".join(("advisor", *path.relative_to(SOURCE).with_suffix("").parts)).removesuffix(".__init__")
    for path in SOURCE.rglob("*.py")
    if ">>> " in path.read_text(encoding="utf-8")
)


@pytest.mark.parametrize("module", MODULES)
def test_what_a_docstring_shows_is_so(module: str) -> None:
    """Whoever tries an example gets what it says."""
    failed, tried = doctest.testmod(import_module(module))
    assert not failed
    assert tried
