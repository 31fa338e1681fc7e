"""What docs/editor.md shows is what an editor shows, where yaml-language-server is there to ask."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))

import editor_session


def test_the_session_in_the_documentation_is_what_an_editor_shows() -> None:
    """`python benchmarks/editor_session.py --write` has the conversation again."""
    try:
        server = editor_session.server_path()
    except editor_session.NoServer as missing:
        pytest.skip(str(missing))
    document = editor_session.EDITOR_PAGE.read_text(encoding="utf-8")
    assert editor_session.transcript(server).strip() == editor_session.written_in(document).strip()


def test_what_the_session_types_is_typed_into_text_that_is_there() -> None:
    """The places that it types at stand in the shipped file, whether or not a server is there."""
    text = (editor_session.ROOT / editor_session.RULES).read_text(encoding="utf-8")
    assert all(old in text for _, old, _ in editor_session.MISTAKES)
    assert all(text.count(after) == 1 for _, after, _ in editor_session.GAPS)
