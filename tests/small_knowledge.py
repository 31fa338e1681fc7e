"""A small knowledge base without a fault, as files, for tests that break it in one place or another."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

FILES: Mapping[str, str] = {
    "rules/demo/consultation.yaml": """\
consultation:
  id: demo
  question: May I knock?
  verdicts:
    - {name: go, says: Go on, means: Nothing speaks against it}
    - {name: pause, says: Not yet, means: Something comes first}
    - {name: leave, says: Leave it, means: It would disturb}
""",
    "rules/demo/facts.yaml": """\
facts:
  guest.kind:
    type: choice
    from: told
    told: relationship.known_as
    means: Who knocks
    ask: Who are you to them?
    changes_with: relationship
    values:
      friend: {also: [pal, old friend]}
      trader: {means: Somebody who sells, also: [seller]}
      none: {also: ["no", nobody]}
  guest.gifts:
    type: choices
    from: told
    told: guest.gifts
    means: What the guest brings
    values: {cake: {}, wine: {}}
  guest.visits:
    type: number
    from: told
    means: Visits in this month
    told: sending.today
    ask: How often have you been here?
    ask_if: {fact: guest.kind, known: true}
    changes_with: time
    maximum: 31
    unit: visits
  guest.errands:
    type: number
    from: computed
    means: Errands of this month
    told_with: guest.visits
  guest.calls:
    type: number
    from: computed
    means: Visits and errands together
    told_with: guest.visits
    sum_of: [guest.visits, guest.errands]
  door.open: {type: yes-no, from: told, means: The door is open}
  note.sells: {type: yes-no, from: draft, means: The note sells, changes_with: draft}
  note.words: {type: number, from: draft, means: Words in the note, changes_with: draft}
  welcome: {type: yes-no, from: concluded, means: The guest is welcome}
  frequent: {type: yes-no, from: concluded, means: The guest comes often}
  verdict.ground: {type: yes-no, from: concluded, means: A ground stands}
impossible:
  - all: [{fact: guest.calls, lt: 5}, {fact: guest.visits, gte: 5}]
closed_lists:
  house.size: {small: {also: [little]}, large: {}}
""",
    "rules/demo/actions.yaml": """\
levers: [draft, time]
at_once: [draft]
actions:
  - id: take-out-the-offer
    does: "Take the offer to {prospect.name} out."
    changes: draft
    when: note.sells
    removes: [note.sells]
    cites: [manners/hawking]
  - id: come-less-often
    does: "Come {$visits_most} times at the most."
    changes: time
    unless: welcome
    facts: {guest.visits: $visits_most}
    file: {sending.planned: 1, relationship.met: {add: [{detail: a visit}]}}
    cites: [manners/how-often]
  - id: greet
    does: Greet them.
    changes: draft
    greets: {en: "Dear {prospect.name},"}
    inserts: {en: "We both know {mutual.name}."}
    about: [note.sells]
    takes_days: 1
    waits_up_to: $visits_most
    cites: [manners/friends]
""",
    "rules/demo/settings.yaml": """\
settings:
  visits_most:
    value: 4
    unit: visits
    means: Visits in a month that do not disturb
    cites: [manners/how-often]
    readings: [often]
  welcome_guests:
    value: [friend]
    means: Guests who are always welcome
    cites: [manners/friends]
""",
    "rules/demo/conclusions.yaml": """\
rules:
  - id: friends-are-welcome
    title: Friends are welcome
    when: {fact: guest.kind, in: $welcome_guests}
    then: {conclude: welcome}
    cites: [manners/friends]
    examples:
      - {name: a friend, given: {guest.kind: friend}, holds: true}
      - {name: nobody, given: {guest.kind: none, guest.gifts: [cake]}, holds: false}

  - id: comes-often
    title: The guest comes often
    strength: reading
    when: {fact: guest.visits, gt: $visits_most}
    then: {conclude: frequent}
    cites: [manners/how-often]
    readings: [often]
    examples:
      - {name: five visits, given: {guest.visits: 5}, holds: true}
      - {name: four visits, given: {guest.visits: 4}, holds: false}
""",
    "rules/demo/visits.yaml": """\
rules:
  - id: a-friend-at-an-open-door
    title: A friend at an open door
    formerly: [an-open-door]
    when:
      all:
        - welcome
        - {fact: door.open, eq: true}
    then: ground
    message: "The door of {prospect.name} is open."
    cites: [manners/friends]
    examples:
      - {name: open, given: {welcome: true, door.open: true}, holds: true}
      - {name: shut, given: {welcome: true, door.open: false}, holds: false}

  - id: too-often
    title: You come too often
    salience: 5
    when:
      any:
        - frequent
        - not: {fact: guest.visits, lte: $visits_most}
    unless:
      - {rule: a-friend-at-an-open-door}
      - {fact: guest.gifts, in: [cake, wine]}
    then: {concern: pause}
    message: "{guest.visits} visits are more than {$visits_most}."
    fix: Wait for next month.
    cites: [manners/how-often, platform/doorbell]
    readings: [often]
    examples:
      - {name: five, given: {frequent: true, guest.visits: 5, guest.gifts: []}, holds: true}
      - {name: with cake, given: {frequent: true, guest.gifts: cake}, holds: false}
      - {name: a friend, given: {"rule:a-friend-at-an-open-door": true}, holds: false}

  - id: no-hawking
    title: No hawking
    when:
      any: [note.sells, {fact: guest.kind, eq: trader}]
    then: {concern: leave}
    message: This house buys nothing at the door.
    cites: [manners/hawking]
    examples:
      - {name: a note that sells, given: {note.sells: true}, holds: true}
      - {name: a note that does not, given: {note.sells: false, guest.kind: friend}, holds: false}
""",
    "knowledge/sources.yaml": """\
sources:
  - id: manners
    title: A book of manners
    kind: article
    file: manners.txt
    dated: "1899"
    review_by: 2027-05-31
  - {id: platform, title: Facts about doors, kind: platform-facts, review_by: 2027-05-31}
""",
    "knowledge/platform.yaml": """\
facts:
  - {id: doorbell, point: A bell rings twice., value: 2, unit: rings, as_of: 2026-11-01, origin: the maker}
  - {id: keyhole, point: A keyhole has one side inside., as_of: 2026-11-01, origin: the maker}
""",
    "knowledge/readings.yaml": """\
readings:
  - id: often
    title: What often means
    passages: [manners/how-often, manners/friends]
    sides:
      - {passage: manners/how-often, says: Seldom is best.}
    reading: More than four times in a month.
    why: The book gives no number.
    disputed: true
""",
    "knowledge/passages/manners.yaml": """\
source: manners
passages:
  - id: greeting
    heading: (introduction)
    point: Manners begin at the door.
    words: 5
    sha256: 8c3dcc41d35d53c30eedae6fb58f2b3c6a1e1e2c1b5e0d6a4f3c2b1a09f8e7d6
    use: {background: opens the book}
  - id: friends
    heading: Friends
    point: Friends may come at any time.
    words: 6
    sha256: 18ff3772ae79cf4c0a20ff3a29ba84d0a06c1c52fbbc27d6ac02d5bd6a4d2d9e
    use: rules
  - id: how-often
    heading: How often?
    point: Do not come too often.
    words: 6
    sha256: 28ff3772ae79cf4c0a20ff3a29ba84d0a06c1c52fbbc27d6ac02d5bd6a4d2d9e
    use: rules
  - id: hawking
    heading: Selling
    point: Nobody sells at the door.
    words: 6
    sha256: 38ff3772ae79cf4c0a20ff3a29ba84d0a06c1c52fbbc27d6ac02d5bd6a4d2d9e
    use: rules
  - id: farewell
    heading: Going home
    point: Leave before you are asked to.
    words: 6
    sha256: 48ff3772ae79cf4c0a20ff3a29ba84d0a06c1c52fbbc27d6ac02d5bd6a4d2d9e
    use: {later: farewell}
""",
    "knowledge/lexicon/en.yaml": """\
language: en
name: English
function_words: the a Of don't
lists:
  goods: [brush*, encyclopedia, vacuum cleaner, Café, no, 30]
  refusals: not never
signs:
  sells:
    means: offers goods
    not_after: refusals
    phrases:
      - (buy|take) [my] <goods>
      - our <topic> ... <number>
    finds: [Buy my brushes]
    passes_over: [I am not here to buy my brushes, 30]
  ascribes_house:
    means: says whose house it is
    phrases: [your house]
default_texts: ["May I come in?"]
""",
    "knowledge/lexicon/common.yaml": """\
language: mul
name: All languages
lists:
  titles: [Dr, señora]
""",
    "knowledge/lexicon/languages.yaml": """\
languages:
  it: {name: Italian, function_words: il lo È}
  fi: {name: Finnish, function_words: [ja, on, no]}
""",
}

BORROWING: Mapping[str, str] = {
    **FILES,
    "rules/rounds/consultation.yaml": """\
consultation:
  id: rounds
  question: Do I knock too often?
  subject: history
  borrows: demo
  verdicts:
    - {name: fine, says: Go on, means: Nothing speaks against it}
    - {name: rest, says: Rest, means: It has been too much}
""",
    "rules/rounds/facts.yaml": """\
facts:
  rounds.rate:
    type: number
    from: told
    told: sending.acceptance_rate
    means: Share of doors that were opened
    ask: How many doors were opened?
    maximum: 100
    unit: percent
""",
    "rules/rounds/settings.yaml": """\
settings:
  days_of_rest: {value: 7, unit: days, means: Days to stay at home, cites: [manners/how-often]}
  doors_least: {value: 30, unit: percent, means: Doors that should open, cites: [manners/hawking]}
""",
    "rules/rounds/conclusions.yaml": """\
rules:
  - id: stay-at-home
    title: You come often and are not let in
    when:
      all:
        - frequent
        - {fact: rounds.rate, lt: $doors_least}
    unless: [welcome]
    then: {concern: rest}
    message: "{guest.visits} visits are more than {$visits_most}."
    fix: Stay at home.
    words: ["Sorry that I came {guest.visits} times."]
    within: $days_of_rest
    cites: [manners/how-often]
    examples:
      - {name: often in vain, given: {frequent: true, rounds.rate: 29}, holds: true}
      - {name: let in, given: {frequent: true, rounds.rate: 30}, holds: false}
      - {name: a friend, given: {frequent: true, rounds.rate: 29, welcome: true}, holds: false}

  - id: seldom
    title: You come seldom
    when: {fact: guest.visits, lte: $visits_most}
    then: ground
    message: "{guest.visits} visits disturb nobody."
    cites: [manners/how-often]
    examples:
      - {name: four, given: {guest.visits: 4}, holds: true}
      - {name: five, given: {guest.visits: 5}, holds: false}
""",
    "rules/rounds/cases/rounds.cases.yaml": """\
cases:
  - name: in vain
    given: {guest.visits: 5, rounds.rate: 29}
    expect: {verdict: rest, holds: [stay-at-home], does_not_hold: [seldom]}
  - name: often and let in
    given: {guest.visits: 5, rounds.rate: 30}
    expect: {verdict: fine}
""",
}
"""The same with a second consultation, about another subject, that borrows from the first."""


def write(folder: Path, files: Mapping[str, str] = FILES) -> tuple[Path, Path]:
    """Write `files` below `folder`; give the two folders that a knowledge base is read from."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return folder / "rules", folder / "knowledge"


def changed(file: str, old: str, new: str, files: Mapping[str, str] = FILES) -> dict[str, str]:
    """The files with the one place in `file` that reads `old` changed to `new`."""
    assert files[file].count(old) == 1, f"{old!r} should stand in {file} once"
    return {**files, file: files[file].replace(old, new)}
