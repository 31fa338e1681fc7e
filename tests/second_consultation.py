"""A small second consultation beside the shipped rules: about a sending history, and borrowing from them.

Its one file of rules has the name of a file of the consultation that it borrows from, as well it may.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from advisor.folders import shipped
from advisor.wiring import SHOULD_CONNECT

HABITS = "habits"
FILES = {
    "consultation": f"""\
# yaml-language-server: $schema=../../docs/schemas/consultation.json
schema_version: 2
consultation:
  id: {HABITS}
  question: Have I been sending too much?
  subject: history
  borrows: {SHOULD_CONNECT}
  headings: {{grounds: What is fine, concerns: What is not, fixes: What to do}}
  verdicts:
    - {{name: steady, says: Go on, means: Nothing speaks against it.}}
    - {{name: slow-down, says: Slow down, means: You send more than is good.}}
    - {{name: stop, says: Stop, means: Something has to change first.}}
""",
    "facts": f"""\
# yaml-language-server: $schema=../../docs/schemas/{HABITS}/facts.json
facts: {{}}
""",
    "settings": f"""\
# yaml-language-server: $schema=../../docs/schemas/{HABITS}/settings.json
settings:
  habits_rest:
    value: 7
    unit: days
    means: Days to send nothing (our number)
    cites: [how-many-requests/send-deliberately]
""",
    "pace": f"""\
# yaml-language-server: $schema=../../docs/schemas/{HABITS}/rules.json
rules:
  - id: habits-too-much
    title: The week is full
    when: {{fact: pace.last_7_days, gte: $weekly_limit}}
    then: {{concern: slow-down}}
    message: "{{pace.last_7_days}} requests in seven days; {{$weekly_limit}} are the limit."
    fix: Send nothing for a while.
    within: $habits_rest
    cites: [how-many-requests/weekly-limit]
    examples:
      - {{name: a full week, given: {{pace.last_7_days: 100}}, holds: true}}
      - {{name: room for one, given: {{pace.last_7_days: 99}}, holds: false}}

  - id: habits-in-vain
    title: Few requests are accepted
    when: acceptance.low
    unless: [relationship.known]
    then: {{concern: stop}}
    message: "Only {{pace.acceptance_rate}}% are accepted."
    fix: Look at your notes.
    cites: [how-many-requests/low-acceptance-reassess]
    examples:
      - {{name: too few, given: {{acceptance.low: true}}, holds: true}}
      - {{name: enough, given: {{acceptance.low: false}}, holds: false}}
      - {{name: people you know, given: {{acceptance.low: true, relationship.known: true}}, holds: false}}

  - id: habits-free
    title: Nothing is restricted
    when: not pace.restricted
    then: ground
    message: "You may send."
    cites: [how-many-requests/forms-of-restriction]
    examples:
      - {{name: free, given: {{pace.restricted: false}}, holds: true}}
      - {{name: restricted, given: {{pace.restricted: true}}, holds: false}}
""",
}
CASES = f"""\
# yaml-language-server: $schema=../../../docs/schemas/{HABITS}/cases.json
cases:
  - name: a full week
    situation: {{sending: {{last_7_days: 100, restricted: false}}}}
    expect: {{verdict: slow-down, holds: [habits-too-much, habits-free]}}

  - name: a rate just too low
    given: {{pace.acceptance_rate: 29, pace.last_7_days: 99}}
    expect: {{verdict: stop, does_not_hold: [habits-too-much]}}
"""


def beside_its_lender(folder: Path) -> Path:
    """The same with no consultation but the one that is borrowed from: read in half of the time."""
    beside_the_shipped(folder)
    for other in (folder / "rules").iterdir():
        if other.is_dir() and other.name not in (SHOULD_CONNECT, HABITS):
            shutil.rmtree(other)
    laws = folder / "rules" / "laws.yaml"
    head, *each = re.split(r"(?m)^(?=  - id: )", laws.read_text(encoding="utf-8"))
    kept = [law for law in each if f"consultation: {SHOULD_CONNECT}\n" in law]
    laws.write_text("".join([head, *kept]), encoding="utf-8")
    cited = " ".join(path.read_text(encoding="utf-8") for path in (folder / "rules").rglob("*.yaml"))
    for file in (folder / "knowledge" / "passages").iterdir():
        head, *each = re.split(r"(?m)^(?=  - id: )", file.read_text(encoding="utf-8"))
        each = [_as_background(text, file.stem, cited) for text in each]
        file.write_text("".join([head, *each]), encoding="utf-8")
    return folder


def _as_background(passage: str, source: str, cited: str) -> str:
    """A passage as it is to be marked where nothing among what is `cited` rests on it."""
    name = passage.split("\n", 1)[0].removeprefix("  - id: ")
    if re.search(rf"\b{source}/{name}(?![\w-])", cited):
        return passage
    return passage.replace("use: rules", 'use: {background: "for others"}')


def beside_the_shipped(folder: Path) -> Path:
    """A copy of the shipped rules and knowledge in `folder`, with the second consultation."""
    found = shipped()
    shutil.copytree(found.rules, folder / "rules")
    shutil.copytree(found.knowledge, folder / "knowledge")
    own = folder / "rules" / HABITS
    (own / "cases").mkdir(parents=True)
    for name, text in FILES.items():
        (own / f"{name}.yaml").write_text(text, encoding="utf-8")
    (own / "cases" / "pace.cases.yaml").write_text(CASES, encoding="utf-8")
    return folder
