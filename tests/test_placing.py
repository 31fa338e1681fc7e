"""The one writer of files: all of them or none, whatever goes wrong, and nothing left over."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from advisor.errors import InputError
from advisor.shells.new import place_file
from advisor.shells.placing import replace_files
from command_line import CommandLine

POSIX = pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs permissions that hold")


def contents(folder: Path) -> dict[str, str | None]:
    """Everything in `folder`: the text of files, None for folders."""
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") if path.is_file() else None
        for path in folder.rglob("*")
    }


def full_at(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing be renamed to `name`."""
    replace = Path.replace

    def fail(self: Path, target: str | os.PathLike[str]) -> Path:
        if Path(target).name == name:
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fail)


def codes(does: Callable[[], object]) -> list[str]:
    """The codes of the complaints with which it is refused."""
    with pytest.raises(InputError) as refused:
        does()
    return [each.code for each in refused.value.complaints]


def test_files_are_written_and_taken_away_and_folders_made(tmp_path: Path) -> None:
    """What is there is replaced, what is missing is made, and what is to go goes."""
    old, gone = tmp_path / "old", tmp_path / "gone"
    old.write_text("1", encoding="utf-8"), gone.write_text("1", encoding="utf-8")
    replace_files({old: "2\r\n", tmp_path / "a" / "b" / "new": "3"}, removed=[gone])
    assert contents(tmp_path) == {"old": "2\n", "a": None, "a/b": None, "a/b/new": "3"}
    assert old.read_bytes() == b"2\r\n"


@pytest.mark.parametrize("at", ["old", "new", "last"])
def test_where_one_fails_everything_is_as_it_was(
    at: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Old content comes back, new files and new folders go, and nothing lies beside them."""
    for name in ("old", "gone", "last"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    before = contents(tmp_path)
    full_at(at, monkeypatch)
    texts = {tmp_path / "old": "2", tmp_path / "a" / "b" / "new": "2", tmp_path / "last": "2"}
    assert codes(lambda: replace_files(texts, removed=[tmp_path / "gone"])) == ["unwritable"]
    assert contents(tmp_path) == before


def test_where_one_cannot_be_taken_away_everything_is_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The files that were written before get their old content back, those that went are there again."""
    for name in ("old", "gone", "stays"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    before = contents(tmp_path)
    full_at(f".advisor-{os.getpid()}-gone-stays", monkeypatch)
    removed = [tmp_path / "gone", tmp_path / "stays"]
    assert codes(lambda: replace_files({tmp_path / "old": "2"}, removed=removed)) == ["unwritable"]
    assert contents(tmp_path) == before


def test_an_interruption_leaves_nothing_half_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever presses Ctrl-C between two files has neither of them changed."""
    (tmp_path / "old").write_text("1", encoding="utf-8")
    before = contents(tmp_path)

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        replace_files({tmp_path / "old": "2", tmp_path / "a" / "new": "2"})
    assert contents(tmp_path) == before


@POSIX
def test_a_place_that_cannot_be_written_is_bad_input(tmp_path: Path) -> None:
    """A folder that nobody may write to, a file where a folder should be: no fault of ours."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert codes(lambda: replace_files({tmp_path / "file" / "below": ""})) == ["unwritable"]
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o555)
    for path in (locked / "x", locked / "deep" / "x"):
        assert codes(lambda path=path: replace_files({path: ""})) == ["unwritable"]  # type: ignore[misc]


def test_a_link_stays_a_link_where_a_file_is_placed(tmp_path: Path) -> None:
    """What it leads to is overwritten, with its permissions, and only where that was asked for."""
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_text("1", encoding="utf-8"), real.chmod(0o640)
    link.symlink_to(real)
    assert codes(lambda: place_file(link, "2", overwrite=False)) == ["file-exists"]
    place_file(link, "2", overwrite=True)
    assert link.is_symlink()
    assert (real.read_text(encoding="utf-8"), real.stat().st_mode & 0o777) == ("2", 0o640)
    assert sorted(contents(tmp_path)) == ["link", "real"]


def test_a_name_that_is_taken_meanwhile_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else made the file after it was looked for."""
    monkeypatch.setattr("advisor.shells.new.check_free", lambda *_, **__: None)
    (tmp_path / "a").write_text("theirs", encoding="utf-8")
    assert codes(lambda: place_file(tmp_path / "a", "ours", overwrite=False)) == ["file-exists"]
    assert contents(tmp_path) == {"a": "theirs"}


def test_pages_that_cannot_all_be_renamed_are_as_they_were(
    cli: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some pages were renamed before the disk was full: they get their old content back."""
    assert cli("rules", "docs", "--to", tmp_path).code == 0
    for name in ("consultations/pace/facts.md", "consultations/pace/settings.md", "rules/README.md"):
        page = tmp_path / name
        page.write_text(page.read_text(encoding="utf-8") + "\nOld.\n", encoding="utf-8")
    before = contents(tmp_path)
    full_at("README.md", monkeypatch)
    told = cli("rules", "docs", "--to", tmp_path)
    assert (told.code, told.codes) == (2, ["unwritable"])
    assert contents(tmp_path) == before
