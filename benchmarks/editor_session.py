"""What an editor shows somebody who writes rules: a session with yaml-language-server, as text.

    npm install --prefix /tmp/yls yaml-language-server
    python benchmarks/editor_session.py [--write] [SERVER]

SERVER is the command, else ADVISOR_YAML_LANGUAGE_SERVER names it, else it is looked for on PATH.

It opens the authored files of this checkout, each with the schema that its first line names, types into them
(nothing is written to disk) and prints what the server completes and complains about. `--write` puts
it into docs/editor.md; a test compares the two where the server is there. Without it, it says so and ends.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
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
FENCE = "```text\n"
EDITOR_PAGE = ROOT / "docs" / "editor.md"


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
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
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
        self._listener.join(timeout=PATIENCE)
        for stream in (self._process.stdin, self._process.stdout):
            assert stream is not None
            stream.close()

    def show(self, path: Path, text: str) -> tuple[str, list[dict[str, Any]]]:
        """Open `text` as if it stood beside `path`; give its name there and the server's complaints."""
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
        _, found = self._server.show(path, changed)
        return [f"line {each['range']['start']['line'] + 1}: {each['message']}" for each in found]

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


RULES = "rules/should-connect/when-to-avoid.yaml"
STRANGER = "{fact: relationship.known_as, eq: stranger}"
MANY = "{fact: batch.people, gt: $moderate_most}"
BEHIND_MUTUALS = "        - not mutuals.any\n"
BEHIND_TITLE = "    title: Picked by job title, in mass\n"
MISTAKES = (
    ("a fact that is nowhere", STRANGER, "{fact: relationship.know_as, eq: stranger}"),
    ("the same in short", "when: not verdict.ground", "when: not verdict.grond"),
    ("an operator that does not fit", STRANGER, "{fact: relationship.known_as, gt: stranger}"),
    ("a value that is none", STRANGER, "{fact: relationship.known_as, eq: strangr}"),
    ("a setting that is nowhere", MANY, "{fact: batch.people, gt: $moderate_mst}"),
    ("two operators at once", MANY, "{fact: batch.people, gt: 1, lt: 3}"),
    ("an operator without a fact", MANY, "{gt: 3}"),
    ("a verdict that is none", "then: {concern: avoid}", "then: {concern: avid}"),
    ("an effect that is none", "then: {concern: avoid}", "then: {concrn: avoid}"),
    ("a rule that is nowhere", "{rule: jobs-and-hiring}", "{rule: jobs-and-hirin}"),
    (
        "a passage that is nowhere",
        "purpose-and-practice/be-intentional",
        "purpose-and-practice/be-intentionl",
    ),
    ("a fact of an example", "{verdict.ground: false}", "{verdict.grund: false}"),
    ("a key that is none", "    salience: -10", "    saliency: -10"),
)
"""What is wrong, what stands in the file, and what is typed in its place."""
GAPS = (
    ("the beginning of a condition", BEHIND_TITLE, "    when: |\n"),
    ("a fact", BEHIND_MUTUALS, "        - {fact: |}\n"),
    ("an operator", BEHIND_MUTUALS, "        - fact: batch.people\n          |\n"),
    ("a number or setting", BEHIND_MUTUALS, "        - {fact: batch.people, gt: |}\n"),
    ("a value of a closed list", BEHIND_MUTUALS, "        - {fact: relationship.known_as, eq: |}\n"),
    ("what follows", BEHIND_TITLE, "    then: |\n"),
    ("a verdict", BEHIND_TITLE, "    then: {concern: |}\n"),
    ("a passage", BEHIND_TITLE, "    cites: [|]\n"),
    ("a reading", BEHIND_TITLE, "    readings: [|]\n"),
    ("another rule", BEHIND_TITLE, "    unless:\n      - {rule: |}\n"),
    ("a fact of an example", BEHIND_TITLE, "    examples:\n      - name: a\n        given:\n          |\n"),
)
"""What is asked for, what it is typed behind, and what is typed, with the cursor in it."""


def transcript(command: str) -> str:
    """The whole session, as it is printed."""
    server = Server(command)
    try:
        session = Session(server)
        lines = ["## What it complains about", ""]
        for what, old, new in MISTAKES:
            lines += [
                f"{what}",
                f"    {new.strip()}",
                *(f"    -> {each}" for each in session.complain(RULES, old, new)),
                "",
            ]
        lines += ["## What it completes", ""]
        for what, after, typed in GAPS:
            lines += [what, *(f"    {line}" for line in typed.rstrip("\n").split("\n"))]
            lines += [*_shown(session.complete(RULES, after, typed)), ""]
    finally:
        server.close()
    return "\n".join(lines)


def _shown(items: list[dict[str, Any]]) -> list[str]:
    """The first few things offered, each with what is said about it, and how many there are."""
    lines = []
    for item in items[:_MOST_LABELS]:
        said = item.get("documentation") or ""
        text = said["value"] if isinstance(said, dict) else said
        plain = " ".join(str(text).split("```")[0].split())
        lines.append(f"    -> {item['label']:<40} {plain[:70]}".rstrip())
    more = len(items) - _MOST_LABELS
    return [*lines, f"    -> and {more} more"] if more > 0 else lines


def written_in(document: str) -> str:
    """The session that stands in docs/editor.md."""
    return document.split(FENCE)[1].split("```")[0]


def main(arguments: list[str]) -> None:
    """Print the session, or write it into docs/editor.md."""
    named = [each for each in arguments if each != "--write"]
    try:
        session = transcript(server_path(*named[:1]))
    except NoServer as missing:
        print(f"skipped: {missing}")
        return
    if "--write" not in arguments:
        print(session)
        return
    document = EDITOR_PAGE.read_text(encoding="utf-8")
    EDITOR_PAGE.write_text(document.replace(written_in(document), f"{session}\n"), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
