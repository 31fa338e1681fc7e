"""What an editor shows somebody who writes rules: a session with yaml-language-server, as text.

    npm install --prefix /tmp/yls yaml-language-server
    python benchmarks/editor_session.py [SERVER]     SERVER: else ADVISOR_YAML_LANGUAGE_SERVER, else from PATH

It opens the authored files of this checkout, each with the schema that its first line names, types into them
(nothing is written to disk) and prints what the server completes and complains about. docs/editor.md holds
what it printed; a test compares the two where the server is there. Without it, it says so and ends.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import threading
from pathlib import Path
from queue import Queue
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
NAMED = "ADVISOR_YAML_LANGUAGE_SERVER"
"""Environment variable that says where the server is."""
PATIENCE = 60.0
"""Seconds after which a server that says nothing counts as broken."""
CURSOR = "|"
"""Marks in a line where the cursor stands."""
_MOST_LABELS = 8


class NoServer(Exception):
    """yaml-language-server is not there."""


def server_path(named: str = "") -> str:
    """Where the server is.

    Raises:
        NoServer: where it is nowhere to be found.
    """
    found = shutil.which(named or os.environ.get(NAMED, "") or "yaml-language-server")
    if found is None:
        raise NoServer(f"yaml-language-server is not on PATH, nor named by {NAMED}")
    return found


class Server:
    """A running language server and the messages it sends."""

    def __init__(self, command: str) -> None:
        self._process = subprocess.Popen(
            [command, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._received: Queue[dict[str, Any]] = Queue()
        self._number = 0
        self._version = 0
        threading.Thread(target=self._listen, daemon=True).start()
        self.ask(
            "initialize", {"processId": os.getpid(), "rootUri": ROOT.as_uri(), "capabilities": _CAPABILITIES}
        )
        self._tell("initialized", {})
        settings = {"yaml": {"schemaStore": {"enable": False}, "completion": True, "validate": True}}
        self._tell("workspace/didChangeConfiguration", {"settings": settings})

    def close(self) -> None:
        """End the server."""
        self._process.terminate()
        self._process.wait(timeout=PATIENCE)

    def show(self, path: Path, text: str) -> tuple[str, list[dict[str, Any]]]:
        """Open `text` as if it stood beside `path`; give the name it is open by and the server's complaints."""
        self._version += 1
        uri = path.with_name(f"{path.stem}-{self._version}{path.suffix}").as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._tell("textDocument/didOpen", {"textDocument": document})
        while True:
            message = self._next()
            found = message.get("params", {})
            if message.get("method") == "textDocument/publishDiagnostics" and found["uri"] == uri:
                return uri, found["diagnostics"]

    def completions(self, uri: str, line: int, character: int) -> list[dict[str, Any]]:
        """What can be completed at a place, counted from 0."""
        place = {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}}
        answer = self.ask("textDocument/completion", place)
        items: list[dict[str, Any]] = answer["items"] if isinstance(answer, dict) else answer or []
        return items

    def ask(self, method: str, parameters: dict[str, Any]) -> Any:
        """Ask and wait for the answer."""
        self._number += 1
        self._send({"id": self._number, "method": method, "params": parameters})
        while True:
            message = self._next()
            if message.get("id") == self._number and "method" not in message:
                return message.get("result")

    def _tell(self, method: str, parameters: dict[str, Any]) -> None:
        self._send({"method": method, "params": parameters})

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._process.stdin.flush()

    def _next(self) -> dict[str, Any]:
        message = self._received.get(timeout=PATIENCE)
        if "method" in message and "id" in message:  # the server asks the editor for its settings
            asked = len(message.get("params", {}).get("items", []))
            self._send({"id": message["id"], "result": [None] * asked})
        return message

    def _listen(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        while header := stream.readline():
            length = int(header.split(b":")[1])
            while stream.readline().strip():
                pass  # other headers
            self._received.put(json.loads(stream.read(length)))


_CAPABILITIES = {
    "textDocument": {
        "completion": {"completionItem": {"snippetSupport": True, "documentationFormat": ["plaintext"]}},
        "publishDiagnostics": {},
    }
}


class Session:
    """Types into files of the checkout and says what the server makes of it."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def complain(self, file: str, old: str, new: str) -> list[str]:
        """Complaints about `file` once `old`, which stands in it, reads `new`; none but about that."""
        path = ROOT / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} does not stand in {file}"
        changed = text.replace(old, new, 1)
        first = text[: text.index(old)].count("\n") + 1
        _, found = self._server.show(path, changed)
        return [
            f"line {first if not old else ''}{each['range']['start']['line'] + 1 - first:+d}: {each['message']}"
            for each in found
        ]

    def complete(self, file: str, after: str, typed: str) -> list[dict[str, Any]]:
        """What is offered where `typed`, with the cursor in it, stands behind the text `after` of `file`."""
        path = ROOT / file
        text = path.read_text(encoding="utf-8")
        place = text.index(after) + len(after)
        before, _, behind = typed.partition(CURSOR)
        changed = text[:place] + before + behind + text[place:]
        start = (text[:place] + before).split("\n")
        uri, _ = self._server.show(path, changed)
        return self._server.completions(uri, len(start) - 1, len(start[-1]))
