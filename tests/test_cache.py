"""The cache of compiled knowledge bases may be slow; it is never wrong, in the way or half-written."""

from __future__ import annotations

import errno
import hashlib
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import IO, NoReturn

import pytest

import advisor
from advisor.catalog.cache import cached_load
from advisor.catalog.load import load
from advisor.errors import RuleError
from advisor.folders import cache_folder
from advisor.model.knowledge_base import KnowledgeBase
from small_knowledge import changed, write

KEPT = 8
RULES = "rules/demo/visits.yaml"
WRITERS = """
import sys
from pathlib import Path
from advisor.catalog.cache import cached_load
rules, knowledge, cache = map(Path, sys.argv[1:4])
seen = set()
for _ in range(int(sys.argv[4])):
    for entry in cache.glob("*.kb"):
        entry.unlink(missing_ok=True)
    seen.add(cached_load(rules, knowledge, cache).sha256)
print(*seen)
"""
"""What another process does: throw the entry away and write it again, over and over."""


@dataclass
class Kept:
    """A small knowledge base and a cache for it."""

    rules: Path
    knowledge: Path
    cache: Path
    parsed: int = 0
    """How often the files have been parsed."""

    def load(self) -> KnowledgeBase:
        """Load through the cache."""
        return cached_load(self.rules, self.knowledge, self.cache)

    def load_fresh(self) -> KnowledgeBase:
        """Load without the cache."""
        before = self.parsed
        base = load(self.rules, self.knowledge)
        self.parsed = before
        return base

    @property
    def entry(self) -> Path:
        """The one entry of the cache."""
        (found,) = self.cache.glob("*.kb")
        return found

    @property
    def names(self) -> list[str]:
        """Endings of everything in the cache's folder: nothing but whole entries may be there."""
        return sorted({path.suffix or path.name for path in self.cache.iterdir()})


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kept:
    """A small knowledge base in files, and a cache that does not exist yet."""
    rules, knowledge = write(tmp_path / "authored")
    made = Kept(rules, knowledge, tmp_path / "caches" / "ours")

    def counted(rules: Path, knowledge: Path, **options: object) -> KnowledgeBase:
        made.parsed += 1
        return load(rules, knowledge, **options)  # type: ignore[arg-type]

    monkeypatch.setattr("advisor.catalog.load.load", counted)
    return made


# -------------------------------------------------------------------------------------- what it is for


def test_what_was_compiled_is_not_parsed_again(kept: Kept) -> None:
    """The second load reads the entry, and gives just what parsing gives."""
    first, second = kept.load(), kept.load()
    assert (kept.parsed, kept.names) == (1, [".kb"])
    assert first == second == kept.load_fresh()


def test_a_changed_file_is_noticed_at_once(kept: Kept) -> None:
    """A stale entry is never looked at, even where the new text has the same length and the same date."""
    kept.load()
    path = kept.rules.parent / RULES
    was = path.stat()
    text = changed(RULES, "You come too often", "You come too seldom")[RULES]
    path.write_text(text.replace("seldom", "softly"), encoding="utf-8")
    os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))
    assert kept.load() == kept.load_fresh()
    assert "You come too softly" in [rule.title for rule in kept.load().consultations["demo"].rules]
    assert kept.parsed == 2


def test_an_added_and_a_removed_file_are_noticed(kept: Kept) -> None:
    """Which files there are counts as much as what they hold."""
    before = kept.load()
    extra = kept.knowledge / "lexicon" / "nl.yaml"
    extra.write_text("language: nl\nname: Dutch\nfunction_words: de het een\n", encoding="utf-8")
    assert "nl" in kept.load().lexicons
    extra.unlink()
    assert kept.load() == before


def test_another_version_of_the_code_compiles_anew(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    """An entry that another version wrote is not read: its classes may have had other fields."""
    kept.load()
    monkeypatch.setattr(advisor, "__version__", "99.0")
    kept.load()
    assert kept.parsed == 2


def test_a_copy_elsewhere_says_where_it_is(kept: Kept, tmp_path: Path) -> None:
    """The same rules in another folder are not said to lie where they were first read."""
    kept.load()
    rules, knowledge = write(tmp_path / "copy")
    assert cached_load(rules, knowledge, kept.cache) == load(rules, knowledge)


def test_a_stricter_reader_is_not_answered_by_a_laxer_one(kept: Kept) -> None:
    """Whoever says which facts the reader finds is told about the others, cached or not."""
    kept.load()
    with pytest.raises(RuleError, match=r"note\.words"):
        load(kept.rules, kept.knowledge, structural=frozenset())
    with pytest.raises(RuleError, match=r"note\.words"):
        cached_load(kept.rules, kept.knowledge, kept.cache, structural=frozenset())


def test_wrong_rules_are_complained_about_every_time(kept: Kept) -> None:
    """Wrong rules are never cached, and a good entry does not hide that the rules have become wrong."""
    kept.load()
    (kept.rules.parent / RULES).write_text("rules: [", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(RuleError):
            kept.load()
    assert len(list(kept.cache.iterdir())) == 1


def test_old_entries_make_room(kept: Kept) -> None:
    """The folder does not grow without end, and the newest entry is among those that are kept."""
    for number in range(KEPT + 3):
        (kept.rules.parent / RULES).write_text(
            f"{changed(RULES, 'cake, wine', 'wine, cake')[RULES]}# {number}\n"
        )
        kept.load()
    assert len(list(kept.cache.iterdir())) == KEPT
    kept.load()
    assert kept.parsed == KEPT + 3


# ---------------------------------------------------------------------------------------------- damage


def damages() -> Iterator[object]:
    """Ways in which an entry may be damaged, as functions of its bytes."""

    def sealed(content: bytes) -> bytes:
        return hashlib.sha256(content).digest() + content

    for share in (0.0, 0.001, 0.01, 0.5, 0.999):
        yield pytest.param(lambda raw, share=share: raw[: int(len(raw) * share)], id=f"cut to {share:.1%}")
        yield pytest.param(
            lambda raw, at=share: raw[: int(len(raw) * at)] + b"\xff\x00" + raw[int(len(raw) * at) + 2 :],
            id=f"two bytes changed at {share:.1%}",
        )
    yield pytest.param(lambda raw: raw + b"x", id="a byte too many")
    yield pytest.param(lambda raw: os.urandom(len(raw)), id="noise")
    yield pytest.param(lambda _: sealed(b""), id="sealed nothing")
    yield pytest.param(lambda _: sealed(b"\x80\x05garbage"), id="sealed garbage")
    yield pytest.param(lambda _: sealed(pickle.dumps({"rules": ()})), id="sealed, but no knowledge base")
    yield pytest.param(
        lambda _: sealed(b"cadvisor.no_such_module\nThing\n."), id="sealed, of a class that is gone"
    )
    yield pytest.param(lambda raw: sealed(raw[32:-1]), id="sealed, but cut short")


@pytest.mark.parametrize("damage", list(damages()))
def test_a_damaged_entry_is_noticed_and_mended(kept: Kept, damage: Callable[[bytes], bytes]) -> None:
    """Whatever happened to the entry, the files are parsed, the result is right, the entry whole again."""
    kept.load()
    whole = kept.entry.read_bytes()
    kept.entry.write_bytes(damage(whole))
    assert kept.load() == kept.load_fresh()
    assert (kept.parsed, kept.names) == (2, [".kb"])
    kept.load()
    assert kept.parsed == 2


# ----------------------------------------------------------------------------------- no room, no right


FDOPEN = os.fdopen


def refuse(*_: object, **__: object) -> NoReturn:
    """Do what a full disk does."""
    raise OSError(errno.ENOSPC, "No space left on device")


def refuse_to_write(handle: int, mode: str = "r") -> IO[bytes]:
    """Open for reading as ever, and for writing as on a full disk."""
    return FDOPEN(handle, mode) if "w" not in mode else refuse()


def test_a_file_in_the_place_of_the_folder_is_no_matter(kept: Kept) -> None:
    """Where no folder can be made, the files are parsed each time."""
    kept.cache.parent.write_bytes(b"")
    assert kept.load() == kept.load() == kept.load_fresh()
    assert kept.parsed == 2
    assert kept.cache.parent.read_bytes() == b""


def test_a_folder_in_the_place_of_the_entry_is_no_matter(kept: Kept) -> None:
    """Where the entry's name is taken, nothing is written and nothing left lying about."""
    kept.load()
    entry = kept.entry
    entry.unlink()
    entry.mkdir()
    assert kept.load() == kept.load_fresh()
    assert kept.names == [".kb"]
    assert entry.is_dir()


@pytest.mark.skipif(os.name != "posix", reason="other systems have other rights")
def test_a_folder_that_others_may_write_to_is_not_trusted(kept: Kept) -> None:
    """What is read back is code to whoever wrote it, so nothing is taken from where others could put it."""
    kept.load()
    kept.cache.chmod(0o777)
    assert kept.load() == kept.load_fresh()
    assert kept.parsed == 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_in_the_place_of_the_entry_keeps_nobody_waiting(kept: Kept) -> None:
    """An entry that is no ordinary file is never opened."""
    kept.load()
    entry = kept.entry
    entry.unlink()
    os.mkfifo(entry)
    assert kept.load() == kept.load_fresh()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is forbidden to root")
@pytest.mark.parametrize("mode", [0o500, 0o000])
def test_a_folder_that_may_not_be_written_is_no_matter(kept: Kept, mode: int) -> None:
    """Where nothing may be written, or even read, the files are parsed each time."""
    kept.cache.mkdir(parents=True)
    kept.cache.chmod(mode)
    try:
        assert kept.load() == kept.load_fresh()
    finally:
        kept.cache.chmod(0o700)
    assert list(kept.cache.iterdir()) == []


@pytest.mark.parametrize(
    ("step", "refusal"),
    [
        ("tempfile.mkstemp", refuse),
        ("os.fdopen", refuse_to_write),
        ("pathlib.Path.replace", refuse),
        ("pathlib.Path.mkdir", refuse),
    ],
)
def test_a_full_disk_is_no_matter(
    kept: Kept, step: str, refusal: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever step of writing fails, the knowledge base is there and nothing half-written is left."""
    kept.cache.mkdir(parents=True)
    with monkeypatch.context() as patched:
        patched.setattr(step, refusal)
        base = kept.load()
    assert base == kept.load_fresh()
    assert list(kept.cache.iterdir()) == []


def test_only_the_user_may_look_into_a_new_folder(kept: Kept) -> None:
    """What is read back is code to whoever writes it, so the folder is made for the user alone."""
    kept.load()
    if os.name == "posix":
        assert kept.cache.stat().st_mode & 0o077 == 0
        assert kept.entry.stat().st_mode & 0o077 == 0


# ------------------------------------------------------------------------------------- several at once


def process(kept: Kept, rounds: int) -> subprocess.Popen[str]:
    """Another process that throws the entry away and writes it again so many times."""
    source = str(Path(advisor.__file__).parents[1])
    arguments = [*map(str, (kept.rules, kept.knowledge, kept.cache)), str(rounds)]
    return subprocess.Popen(
        [sys.executable, "-c", WRITERS, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": source},
    )


def test_processes_that_write_at_once_do_not_disturb_each_other(kept: Kept) -> None:
    """Three processes and this one throw the entry away and write it: each gets the right one, every time."""
    fresh = kept.load_fresh()
    others = [process(kept, 12) for _ in range(3)]
    while any(other.poll() is None for other in others):
        assert kept.load() == fresh
        time.sleep(0.01)
    said = [other.communicate() for other in others]
    assert said == [(f"{fresh.sha256}\n", "")] * len(others)
    kept.load()
    assert kept.names == [".kb"]


def test_threads_that_write_at_once_do_not_disturb_each_other(kept: Kept) -> None:
    """The same within one process."""
    fresh = kept.load_fresh()
    with ThreadPoolExecutor(4) as threads:
        assert all(base == fresh for base in threads.map(lambda _: kept.load(), range(16)))
    assert kept.names == [".kb"]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a signal that cannot be caught")
def test_a_process_killed_while_it_writes_leaves_nothing_that_is_read(kept: Kept) -> None:
    """Whenever a writer dies, whoever comes next loads the right knowledge base."""
    fresh = kept.load_fresh()
    for wait in (0.0, 0.02, 0.05):
        other = process(kept, 10_000)
        while not (kept.cache.is_dir() and any(kept.cache.iterdir())) and other.poll() is None:
            time.sleep(0.005)
        time.sleep(wait)
        other.kill()
        other.communicate()
        assert kept.load() == fresh
        assert kept.load() == fresh


# --------------------------------------------------------------------------------------- where it lies


def test_where_the_cache_lies_can_be_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """`ADVISOR_CACHE` names the folder, `off` means none, and else the user's cache directory is taken."""
    monkeypatch.setenv("ADVISOR_CACHE", "off")
    assert cache_folder() is None
    monkeypatch.setenv("ADVISOR_CACHE", str(Path(tempfile.gettempdir(), "kb")))
    assert cache_folder() == Path(tempfile.gettempdir(), "kb")
    monkeypatch.delenv("ADVISOR_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(Path(tempfile.gettempdir(), "xdg")))
    assert cache_folder() == Path(tempfile.gettempdir(), "xdg", "etiquette-advisor")
