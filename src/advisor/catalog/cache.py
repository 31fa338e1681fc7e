"""The compiled knowledge base in the user's cache directory, so that a start need not parse it again.

An entry is named by the hash of the authored files and of the code that reads them, so a stale one is never
looked at. It is written to a file of its own and then renamed, so that two writers cannot disturb each other,
and begins with a hash of its content, so that a damaged one is noticed. Whatever goes wrong here, the caller
just parses the files: a cache may be slow but never wrong, and never fails.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import stat
import sys
from collections.abc import Collection
from pathlib import Path

import advisor
from advisor.catalog.files import fingerprint
from advisor.model.knowledge_base import KnowledgeBase

_DIGEST_BYTES = 32
_KEPT = 8
"""Entries kept; older ones are removed when a new one is written."""


def cached_load(
    rules: Path, knowledge: Path, cache: Path, *, structural: Collection[str] | None = None
) -> KnowledgeBase:
    """Load a knowledge base, from `cache` where it has been compiled before.

    Raises:
        RuleError: where the authored files are wrong; nothing is cached then.
    """
    # The folders belong to the key, since a knowledge base says where each of its rules is written.
    place = (str(rules.resolve()), str(knowledge.resolve()), sorted(structural or ()), structural is None)
    entry = cache / f"{_key(fingerprint(rules, knowledge), place)}.kb"
    base = _read(entry)
    if base is None:
        from advisor.catalog.load import load  # with all the forms that check it; a cached start needs none

        base = load(rules, knowledge, structural=structural)
        _write(entry, base)
    return base


def _key(content: str, place: object) -> str:
    """Hash of everything that decides what the compiled form is."""
    package = Path(advisor.__file__).parent
    code = sorted((path.name, path.stat().st_mtime_ns, path.stat().st_size)
                  for folder in ("model", "catalog") for path in (package / folder).glob("*.py"))  # fmt: skip
    parts = (content, place, advisor.__version__, sys.implementation.cache_tag, code)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:40]


def _read(entry: Path) -> KnowledgeBase | None:
    try:
        if not _ours(entry.parent):
            return None
        if not stat.S_ISREG(entry.stat().st_mode):
            return None  # opening a pipe would wait for ever
        stored = entry.read_bytes()
        digest, payload = stored[:_DIGEST_BYTES], stored[_DIGEST_BYTES:]
        if hashlib.sha256(payload).digest() != digest:
            return None
        # Whoever can write here, in a folder only the user may write to, can already run code as the user.
        base = pickle.loads(payload)  # noqa: S301
    except Exception:  # noqa: BLE001 - unpickling damaged data may raise anything; then the files are parsed
        return None
    return base if isinstance(base, KnowledgeBase) else None


def _ours(folder: Path) -> bool:
    """Whether the folder belongs to the user and nobody else may write to it; never asked on Windows."""
    if not hasattr(os, "getuid"):
        return True
    status = folder.stat()
    return status.st_uid == os.getuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _write(entry: Path, base: KnowledgeBase) -> None:
    import tempfile

    payload = pickle.dumps(base, protocol=pickle.HIGHEST_PROTOCOL)
    with contextlib.suppress(OSError):
        entry.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=entry.parent, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(hashlib.sha256(payload).digest() + payload)
            Path(name).replace(entry)
        except OSError:
            Path(name).unlink(missing_ok=True)
            return
        _prune(entry.parent)


def _prune(folder: Path) -> None:
    entries = sorted(folder.glob("*.kb"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for old in entries[_KEPT:]:
        old.unlink(missing_ok=True)
