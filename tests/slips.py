"""Slips that a rule keeper makes in the shipped rules, each by itself, and by what each has to be noticed.

They are real edits of the shipped files: a key misspelt, a comma lost, a number off. Most are noticed when the
rules are checked; a few leave rules in good form that say something else, and those have to fail a test.
"""

from __future__ import annotations

from typing import NamedTuple

_FOLDER = "rules/should-connect/"
AVOID = f"{_FOLDER}when-to-avoid.yaml"
CONNECT = f"{_FOLDER}when-to-connect.yaml"
PACE = f"{_FOLDER}pace.yaml"
PROFILE = f"{_FOLDER}profile.yaml"
FACTS = f"{_FOLDER}facts.yaml"
SETTINGS = f"{_FOLDER}settings.yaml"
SCALE = f"{_FOLDER}consultation.yaml"
ACTIONS = f"{_FOLDER}actions.yaml"
CASES = f"{_FOLDER}cases/whole-requests.cases.yaml"
PASSAGES = "knowledge/passages/okay-to-send.yaml"
SOURCES = "knowledge/sources.yaml"
READINGS = "knowledge/readings.yaml"
ENGLISH = "knowledge/lexicon/en.yaml"


class Slip(NamedTuple):
    """One edit: the first place in `file` that reads `old` reads `new`."""

    what: str
    file: str
    old: str
    new: str
    code: str
    """Code of a complaint that has to come."""


WEEK = "when: {fact: pace.last_7_days, gte: $weekly_limit}"
HUNDRED = "- {name: a hundred sent, given: {pace.last_7_days: 100}, holds: true}"

CHECKED = [
    # --- YAML
    Slip(
        "a quote that is never closed", PACE, "title: The week is full", 'title: "The week is full', "syntax"
    ),
    Slip("a bracket too few", PACE, WEEK, WEEK[:-1], "syntax"),
    Slip("a tab for indentation", PACE, "    title: The week is full", "\ttitle: The week is full", "tab"),
    Slip("a line too far left", PACE, "    salience: 95", "  salience: 95", "syntax"),
    Slip(
        "a text with a comma between braces",
        PACE,
        "{name: a hundred sent,",
        "{name: a hundred, sent,",
        "unknown-key",
    ),
    Slip("a key twice", PACE, "    salience: 95", "    salience: 95\n    salience: 90", "duplicate-key"),
    Slip("an anchor", PACE, WEEK, "when: &week {fact: pace.last_7_days, gte: $weekly_limit}", "anchor"),
    Slip(
        "two documents in one file",
        PACE,
        "  - id: plan-breaks-weekly-limit",
        "---\n  - id: plan-breaks-weekly-limit",
        "several-documents",
    ),
    # --- shapes
    Slip("a key misspelt", PACE, '    message: "You have sent', '    mesage: "You have sent', "unknown-key"),
    Slip("no title", PACE, "    title: The week is full\n", "", "missing-key"),
    Slip("an id with capitals", PACE, "id: weekly-limit-reached", "id: Weekly-Limit", "bad-name"),
    Slip("a salience in words", PACE, "salience: 95", "salience: high", "wrong-type"),
    Slip("a status that there is none", PACE, "    salience: 95", "    status: active", "unknown-value"),
    # --- facts, values, operators, settings
    Slip(
        "a fact misspelt",
        PACE,
        WEEK,
        "when: {fact: pace.last_seven_days, gte: $weekly_limit}",
        "unknown-fact",
    ),
    Slip(
        "a fact of an example misspelt",
        PACE,
        "given: {pace.last_7_days: 100}",
        "given: {pace.last_7_day: 100}",
        "unknown-fact",
    ),
    Slip(
        "a value that is none",
        CONNECT,
        "in: [colleague, former colleague]",
        "in: [colleague, ex-colleague]",
        "unknown-value",
    ),
    Slip(
        "an operator of another language",
        PACE,
        WEEK,
        "when: {fact: pace.last_7_days, '>=': $weekly_limit}",
        "unknown-key",
    ),
    Slip(
        "an operator that does not fit",
        PROFILE,
        "{fact: profile.kind, eq: personal}",
        "{fact: profile.kind, gte: personal}",
        "wrong-operator",
    ),
    Slip(
        "two operators",
        PACE,
        WEEK,
        "when: {fact: pace.last_7_days, gte: 1, lte: $weekly_limit}",
        "several-operators",
    ),
    Slip("no operator", PACE, WEEK, "when: {fact: pace.last_7_days}", "no-operator"),
    Slip("a list for one value", PROFILE, "eq: personal", "eq: [personal]", "wrong-type"),
    Slip(
        "a setting misspelt",
        PACE,
        WEEK,
        "when: {fact: pace.last_7_days, gte: $week_limit}",
        "unknown-setting",
    ),
    Slip(
        "a number out of range",
        PACE,
        "given: {pace.last_7_days: 100}",
        "given: {pace.last_7_days: -1}",
        "out-of-range",
    ),
    Slip(
        "a yes-no fact as text",
        AVOID,
        "given: {verdict.ground: false}",
        "given: {verdict.ground: none}",
        "wrong-type",
    ),
    # --- conditions
    Slip(
        "all and any side by side",
        AVOID,
        "        - not mutuals.any\n        - any:",
        "        - not mutuals.any\n      any:",
        "bad-condition",
    ),
    Slip("an empty group", PACE, WEEK, "when: {all: []}", "empty-group"),
    Slip("always true", PACE, WEEK, "when: {fact: pace.last_7_days, gte: 0}", "always-true"),
    Slip(
        "never true",
        PACE,
        WEEK,
        "when: {all: [{fact: pace.last_7_days, gte: 100}, {fact: pace.last_7_days, lt: 90}]}",
        "never-true",
    ),
    Slip(
        "one value and another at once",
        PROFILE,
        "when: {fact: profile.kind, eq: personal}",
        "when: {all: [{fact: profile.kind, eq: personal}, {fact: profile.kind, eq: professional}]}",
        "never-true",
    ),
    Slip(
        "a clause that says nothing new",
        PACE,
        WEEK,
        "when: {all: [{fact: pace.last_7_days, gte: $weekly_limit}, {fact: pace.last_7_days, gt: 5}]}",
        "clause-without-effect",
    ),
    Slip(
        "an exception that can never be",
        PACE,
        WEEK,
        f"{WEEK}\n    unless: [{{fact: pace.last_7_days, lt: 10}}]",
        "exception-without-effect",
    ),
    Slip(
        "a circle",
        f"{_FOLDER}conclusions.yaml",
        "        - {fact: met.how, eq: work}",
        "        - {fact: met.how, eq: work}\n        - relationship.talked",
        "cyclic-rules",
    ),
    # --- effects and what they refer to
    Slip("an effect misspelt", PACE, "then: {concern: wait}", "then: {concerns: wait}", "bad-effect"),
    Slip("a verdict misspelt", PACE, "then: {concern: wait}", "then: {concern: wiat}", "unknown-verdict"),
    Slip(
        "a concern that holds nothing",
        PACE,
        "then: {concern: wait}",
        "then: {concern: connect}",
        "concern-without-effect",
    ),
    Slip(
        "an exception that is no rule",
        AVOID,
        "      - relationship.interacted\n",
        "      - {rule: met-before}\n",
        "unknown-rule",
    ),
    Slip("an id twice", PACE, "id: plan-breaks-weekly-limit", "id: weekly-limit-reached", "duplicate-id"),
    Slip(
        "a conclusion that nobody draws",
        FACTS,
        "  relationship.known_as:",
        "  relationship.close: {type: yes-no, from: concluded, means: You are close}\n  relationship.known_as:",
        "underived-conclusion",
    ),
    # --- words and citations
    Slip(
        "a citation misspelt",
        PACE,
        "cites: [how-many-requests/weekly-limit,",
        "cites: [how-many-requests/week-limit,",
        "unknown-passage",
    ),
    Slip("no citation", PROFILE, "    cites: [okay-to-send/personal-profile]\n", "", "uncited-rule"),
    Slip(
        "a reading that there is none",
        PACE,
        "hundredth-request, daily",
        "thousandth-request, daily",
        "unknown-reading",
    ),
    Slip(
        "a message that may have a hole",
        PACE,
        "{pace.last_7_days} requests in the last seven",
        "{pace.today} requests in the last seven",
        "placeholder-may-be-unknown",
    ),
    Slip(
        "a message that names nothing",
        PACE,
        "{pace.last_7_days} requests in the last seven",
        "{last_7_days} requests in the last seven",
        "unknown-placeholder",
    ),
    Slip(
        "a concern without advice",
        PROFILE,
        '    fix: "Make it a professional profile first."\n',
        "",
        "concern-without-fix",
    ),
    # --- examples
    Slip(
        "no example in which it holds",
        PROFILE,
        "      - {name: a dating-style profile, given: {profile.kind: personal}, holds: true}\n",
        "",
        "no-example-that-holds",
    ),
    Slip(
        "no example at the number",
        PACE,
        f"      {HUNDRED}\n",
        "      - {name: a lot, given: {pace.last_7_days: 150}, holds: true}\n",
        "untested-threshold",
    ),
    Slip(
        "a limit moved and its examples forgotten", SETTINGS, "value: 100", "value: 80", "untested-threshold"
    ),
    Slip(
        "an exception that no example shows",
        AVOID,
        "      - sent_by_somebody\n",
        "      - sent_by_somebody\n      - batch.mass\n",
        "untested-exception",
    ),
    # --- dates, twins, leftovers
    Slip(
        "an end before the beginning",
        PACE,
        "    salience: 95",
        "    effective: {from: 2027-01-01, until: 2026-01-01}",
        "dates-out-of-order",
    ),
    Slip("a day that does not exist", SOURCES, "review_by: 2027-05-31", "review_by: 2027-06-31", "bad-date"),
    Slip(
        "a setting that nobody uses",
        SETTINGS,
        "  daily_average:",
        "  weekly_most: {value: 90, means: Most in a week, cites: [how-many-requests/weekly-limit]}\n  daily_average:",
        "unused-setting",
    ),
    Slip(
        "a rule copied and forgotten",
        PROFILE,
        "  - id: unsuitable-photo",
        """\
  - id: private-profile-again
    title: Once more
    when: {fact: profile.kind, eq: personal}
    then: {concern: revise}
    message: Your profile is a private one.
    fix: Make it professional.
    cites: [okay-to-send/personal-profile]
    examples:
      - {name: private, given: {profile.kind: personal}, holds: true}
      - {name: not, given: {profile.kind: professional}, holds: false}

  - id: unsuitable-photo""",
        "identical-rules",
    ),
    # --- knowledge, lexicon, cases
    Slip(
        "a passage that nobody cites",
        PASSAGES,
        '    use: {background: "a benefit of many connections, not a test of one request"}',
        "    use: rules",
        "uncited-passage",
    ),
    Slip(
        "a phrase with a bracket too few",
        ENGLISH,
        "- (leading|top|trusted|premier",
        "- leading|top|trusted|premier",
        "bad-phrase",
    ),
    Slip(
        "a list that there is none",
        ENGLISH,
        "- our team (has|have|of)",
        "- our <teams> (has|have|of)",
        "bad-phrase",
    ),
    Slip(
        "a case with a rule misspelt",
        CASES,
        "holds: [no-link-no-reason]",
        "holds: [no-link-no-reasons]",
        "unknown-rule",
    ),
    Slip(
        "a verdict too few on the scale",
        SCALE,
        "    - name: wait\n      says: Not yet\n      means: Something else comes first, such as an introduction or a slower pace.\n",
        "",
        "unknown-verdict",
    ),
    Slip(
        "a lever that there is none",
        ACTIONS,
        "    changes: draft\n",
        "    changes: drafts\n",
        "unknown-value",
    ),
]
"""Noticed by `advisor rules check`."""

TESTED = [
    Slip("a limit off by one", PACE, WEEK, WEEK.replace("gte", "gt"), ""),
    Slip("an exception lost", AVOID, "      - relationship.interacted\n", "", ""),
    Slip("a condition turned round", PROFILE, "eq: personal", "ne: personal", ""),
    Slip(
        "all for any",
        AVOID,
        "        - any:\n            - met.never",
        "        - all:\n            - met.never",
        "",
    ),
    Slip(
        "a concern softened",
        AVOID,
        "    when: not verdict.ground\n    then: {concern: avoid}",
        "    when: not verdict.ground\n    then: {concern: revise}",
        "",
    ),
    Slip(
        "a way of knowing lost from a list", SETTINGS, "client, former client, vendor", "client, vendor", ""
    ),
    Slip("a product lost from the lexicon", ENGLISH, "app|system|agency", "app|agency", "silent"),
    Slip(
        "a phrase lost from the lexicon",
        ENGLISH,
        "      - our [<adj>]* [<content>] [<content>] (product|products",
        "      - my [<adj>]* [<content>] [<content>] (product|products",
        "",
    ),
]
"""In good form, and noticed by `advisor rules test`; `silent` where nothing notices it."""
