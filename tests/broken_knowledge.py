"""Faults to make in the small knowledge base, one at a time, and the complaint that each has to lead to."""

from __future__ import annotations

from typing import NamedTuple

from small_knowledge import changed

CONSULTATION = "rules/demo/consultation.yaml"
FACTS = "rules/demo/facts.yaml"
SETTINGS = "rules/demo/settings.yaml"
ACTS = "rules/demo/actions.yaml"
CONCLUSIONS = "rules/demo/conclusions.yaml"
VISITS = "rules/demo/visits.yaml"
SOURCES = "knowledge/sources.yaml"
PLATFORM = "knowledge/platform.yaml"
READINGS = "knowledge/readings.yaml"
PASSAGES = "knowledge/passages/manners.yaml"
ENGLISH = "knowledge/lexicon/en.yaml"
COMMON = "knowledge/lexicon/common.yaml"
LANGUAGES = "knowledge/lexicon/languages.yaml"


class Break(NamedTuple):
    """One fault made in one file, and the complaint that it has to lead to."""

    file: str
    old: str
    new: str
    code: str
    """Code of the complaint; two where a misspelt key is both unknown and missing."""
    points_at: str
    """What stands at the place of the complaint."""
    hint: str = ""
    """Part of the hint."""

    @property
    def files(self) -> dict[str, str]:
        """All files, with the fault."""
        return changed(self.file, self.old, self.new)


OPEN = "{fact: door.open, eq: true}"
"""A test in the small knowledge base that the breaks below replace."""

CONDITIONS = [
    Break(VISITS, OPEN, "door.opne", "unknown-fact", "door.opne", "`door.open`"),
    Break(VISITS, OPEN, "{fact: dor.open, eq: true}", "unknown-fact", "dor.open", "`door.open`"),
    Break(VISITS, OPEN, "guest.visits", "wrong-type", "guest.visits", "gte"),
    Break(VISITS, OPEN, "not guest.gifts", "wrong-type", "not guest.gifts", "eq"),
    Break(VISITS, OPEN, "door.open and welcome", "bad-condition", "door.open and", "`all:`"),
    Break(VISITS, OPEN, "30", "bad-condition", "30", "the name of a yes-no fact"),
    Break(VISITS, OPEN, "{}", "bad-condition", "{}", "write"),
    Break(VISITS, OPEN, "{any: []}", "empty-group", "[]", "delete it"),
    Break(VISITS, OPEN, "{all: welcome}", "wrong-type", "welcome}", "behind `- `"),
    Break(VISITS, OPEN, "{al: [welcome]}", "unknown-key", "al:", "`all`"),
    Break(VISITS, OPEN, "{all: [welcome], any: [welcome]}", "bad-condition", "any:", "both"),
    Break(VISITS, OPEN, "{any: [welcome], eq: true}", "unknown-key", "eq:", "delete it"),
    Break(VISITS, OPEN, "{rule: no-hawking}", "misplaced-rule", "rule:", "`unless`"),
    Break(VISITS, OPEN, "{fact: door.open}", "no-operator", "{fact", "eq"),
    Break(VISITS, OPEN, "{fact: guest.visits, gt: 1, lt: 3}", "several-operators", "{fact", "`all:`"),
    Break(VISITS, OPEN, "{fact: door.open, eqq: true}", "unknown-key", "eqq:", "`eq`"),
    Break(VISITS, OPEN, "{fact: guest.kind, not in: [friend]}", "unknown-key", "not in:", "{not: "),
    Break(VISITS, OPEN, "{fact: [door.open], eq: true}", "wrong-type", "[door.open]", "name"),
    Break(VISITS, OPEN, "{fact: door.open, gt: 1}", "wrong-operator", "gt:", "eq, ne or known"),
    Break(VISITS, OPEN, "{fact: guest.kind, lt: friend}", "wrong-operator", "lt:", "in"),
    Break(VISITS, OPEN, "{fact: door.open, eq: open}", "wrong-type", "open}", ""),
    Break(VISITS, OPEN, "{fact: door.open, known: maybe}", "wrong-type", "maybe", "`known: true`"),
    Break(VISITS, OPEN, "{fact: guest.kind, eq: frend}", "unknown-value", "frend", "`friend`"),
    Break(VISITS, OPEN, "{fact: guest.kind, eq: pal}", "unknown-value", "pal", "`friend`"),
    Break(VISITS, OPEN, "{fact: guest.gifts, eq: beer}", "unknown-value", "beer", "cake, wine"),
    Break(VISITS, OPEN, "{fact: guest.kind, in: friend}", "wrong-type", "friend}", "`eq`"),
    Break(VISITS, OPEN, "{fact: guest.kind, eq: [friend]}", "wrong-type", "[friend]", "`in`"),
    Break(VISITS, OPEN, "{fact: guest.kind, in: [friend, freind]}", "unknown-value", "freind", "`friend`"),
    Break(VISITS, OPEN, "{fact: guest.kind, in: [none, none]}", "duplicate-value", "none]", "delete"),
    Break(VISITS, OPEN, "{fact: guest.kind, in: []}", "empty-group", "[]", "list values"),
    Break(VISITS, OPEN, "{fact: guest.visits, gte: 32}", "out-of-range", "32", ""),
    Break(VISITS, OPEN, "{fact: guest.visits, gte: 2.5}", "wrong-type", "2.5", ""),
    Break(
        VISITS, OPEN, "{fact: guest.visits, gte: $visit_most}", "unknown-setting", "$visit", "`$visits_most`"
    ),
    Break(VISITS, OPEN, "{fact: guest.visits, gte: $welcome_guests}", "wrong-type", "$welcome", "`in`"),
    Break(VISITS, OPEN, "{fact: guest.gifts, in: $welcome_guests}", "unknown-value", "$welcome", "cake"),
    Break(VISITS, "{rule: a-friend-at-an-open-door}", "{rule: 3}", "wrong-type", "3}", "id"),
    Break(VISITS, "{rule: a-friend-at-an-open-door}", "{rule: no-hawking, eq: 1}", "unknown-key", "eq:", ""),
]

RULES = [
    Break(VISITS, "title: No hawking", "titel: No hawking", "missing-key unknown-key", "titel", "`title`"),
    Break(VISITS, "salience: 5", "salience: high", "wrong-type", "high", "digits"),
    Break(VISITS, "salience: 5", "status: stabel", "unknown-value", "stabel", "`stable`"),
    Break(VISITS, "salience: 5", "strenght: weak", "unknown-key", "strenght", "`strength`"),
    Break(VISITS, "salience: 5", "shows: [note.sels]", "unknown-fact", "note.sels", "`note.sells`"),
    Break(VISITS, "salience: 5", "shows: [door.open]", "wrong-type", "door.open", "from: draft"),
    Break(VISITS, "id: no-hawking", "id: No Hawking", "bad-name", "No Hawking", ""),
    Break(VISITS, "id: no-hawking", "id: too-often", "duplicate-id", "too-often", "another name"),
    Break(VISITS, "id: no-hawking", "id: comes-often", "duplicate-id", "comes-often", "another name"),
    Break(VISITS, "then: ground", "then: grounds", "bad-effect", "grounds", "`then: ground`"),
    Break(VISITS, "then: ground", "then: {advise: x}", "bad-effect", "{advise", "`then: advice`"),
    Break(VISITS, "{concern: leave}", "{concern: [leave]}", "wrong-type", "[leave]", ""),
    Break(VISITS, "{concern: leave}", "{concern: levae}", "unknown-verdict", "levae", "`leave`"),
    Break(VISITS, "{concern: leave}", "{concern: go}", "concern-without-effect", "go}", "advice"),
    Break(
        CONCLUSIONS, "{conclude: frequent}", "{conclude: freqent}", "unknown-fact", "freqent", "`frequent`"
    ),
    Break(CONCLUSIONS, "{conclude: frequent}", "{conclude: door.open}", "not-a-conclusion", "door.open", ""),
    Break(
        CONCLUSIONS,
        "{conclude: frequent}",
        "{conclude: verdict.ground}",
        "not-a-conclusion",
        "verdict",
        "ground",
    ),
    Break(VISITS, "cites: [manners/hawking]", "cites: []", "uncited-rule", "id: no-hawking", "cites"),
    Break(
        VISITS,
        "[manners/hawking]",
        "[manners/hawkers]",
        "unknown-passage",
        "manners/hawkers",
        "`manners/hawking`",
    ),
    Break(VISITS, "[manners/hawking]", "[hawking]", "unknown-passage", "hawking", "`manners/hawking`"),
    Break(
        VISITS, "platform/doorbell", "manners/how-often", "duplicate-value", "manners/how-often]", "delete"
    ),
    Break(VISITS, "readings: [often]", "readings: [oftn]", "unknown-reading", "oftn", "`often`"),
    Break(
        VISITS,
        "{rule: a-friend-at-an-open-door}",
        "{rule: friend-at-an-open-door}",
        "unknown-rule",
        "friend",
        "`a-f",
    ),
    Break(
        VISITS,
        "{rule: a-friend-at-an-open-door}",
        "{rule: comes-often}",
        "rule-is-conclusion",
        "comes",
        "`frequent`",
    ),
    Break(
        VISITS,
        "message: This house buys nothing at the door.\n    ",
        "",
        "missing-key",
        "id: no-hawk",
        "message",
    ),
    Break(
        VISITS, "{prospect.name}", "{prospect.nmae}", "unknown-placeholder", '"The door', "`prospect.name`"
    ),
    Break(VISITS, "{prospect.name}", "{$visits_mots}", "unknown-placeholder", '"The door', "`$visits_most`"),
    Break(
        VISITS, "{prospect.name}", "{guest.visits}", "placeholder-may-be-unknown", '"The door', "door.open"
    ),
    Break(VISITS, "{prospect.name}", "{prospect.name", "bad-placeholder", '"The door', "braces"),
    Break(
        VISITS, "fix: Wait", "fix: Bring {guest.gifts} and wait", "placeholder-may-be-unknown", "Bring", ""
    ),
    Break(
        VISITS,
        "given: {note.sells: true}",
        "given: {note.sels: true}",
        "unknown-fact",
        "note.sels",
        "`note.sells`",
    ),
    Break(VISITS, "guest.gifts: cake}", "guest.gifts: [cak]}", "unknown-value", "cak]", "`cake`"),
    Break(VISITS, "guest.visits: 5,", "guest.visits: many,", "wrong-type", "many", ""),
    Break(VISITS, '"rule:a-friend-at-an-open-door": true', '"rule:too-often": 1', "wrong-type", "1}", "true"),
    Break(
        VISITS,
        "name: shut",
        "name: open",
        "duplicate-id",
        "{name: open, given: {welcome: true, door.open: false",
        "",
    ),
    Break(VISITS, "name: five,", "name: five, or more,", "unknown-key", "or more", "in quotes"),
    Break(
        VISITS,
        "{note.sells: true}, holds: true",
        "{note.sells: true}, holds: false",
        "no-example-that-holds",
        "id: no-hawking",
        "holds: true",
    ),
    Break(
        VISITS,
        "guest.kind: friend}, holds: false",
        "guest.kind: friend}, holds: true",
        "no-example-that-does-not",
        "id: no-hawking",
        "holds: false",
    ),
    Break(VISITS, "rules:", "rulez:", "missing-key unknown-key", "rulez", "`rules`"),
    Break(
        CONCLUSIONS,
        "when: {fact: guest.kind, in: $welcome_guests}",
        "when: welcome",
        "cyclic-rules",
        "id: friends-are-welcome",
        "take one",
    ),
]

VOCABULARY = [
    Break(
        FACTS,
        "from: draft, means: The note sells",
        "form: draft, means: The note sells",
        "missing-key unknown-key",
        "form",
        "`from`",
    ),
    Break(FACTS, "means: Who knocks", "means: Who knocks\n    asks: Who?", "unknown-key", "asks", "`ask`"),
    Break(FACTS, "type: choices", "type: choises", "unknown-value", "choises", "`choices`"),
    Break(FACTS, "door.open: {type: yes-no", "door.open: {type: choice", "missing-key", "door.open", "list"),
    Break(
        FACTS, "means: The door is open", "means: The door is open, unit: doors", "misplaced-key", "unit", ""
    ),
    Break(FACTS, "maximum: 31", "maximum: 31\n    minimum: 40", "out-of-range", "40", ""),
    Break(FACTS, "maximum: 31", "maximum: -1", "out-of-range", "-1", ""),
    Break(FACTS, "also: [seller]", "also: [seller, PAL]", "ambiguous-word", "PAL", ""),
    Break(FACTS, "also: [seller]", "also: [Friend]", "ambiguous-word", "Friend", ""),
    Break(FACTS, "large: {}", "large: {also: [Little]}", "ambiguous-word", "Little", ""),
    Break(FACTS, "large: {}", "large: {}, Large: {}", "ambiguous-word", "Large", "case"),
    Break(FACTS, "frequent: {type: yes-no", "frequent: {type: number", "wrong-type", "number", "yes-no"),
    Break(FACTS, "large: {}", "large: {alsoo: [big]}", "unknown-key", "alsoo", "`also`"),
    Break(
        FACTS,
        "told: guest.gifts",
        "told: relationship.known_as",
        "ambiguous-place",
        "relationship.known_as",
        "",
    ),
    Break(FACTS, "told: guest.gifts", "told: house.size", "ambiguous-place", "house.size", ""),
    Break(
        FACTS, "The guest comes often}", "The guest comes often, ask: How?}", "misplaced-key", "ask", "delete"
    ),
    Break(FACTS, "house.size:", "House size:", "bad-name", "House size", ""),
]

OTHER_FILES = [
    Break(CONSULTATION, "id: demo", "id: demon", "id-mismatch", "demon", "same name"),
    Break(
        CONSULTATION,
        "    - {name: leave",
        "    - {name: go, says: Go, means: Go}\n    - {name: leave",
        "duplicate-id",
        "go, says: Go,",
        "",
    ),
    Break(SETTINGS, "value: 4", "value: four", "wrong-type", "four", ""),
    Break(SETTINGS, "value: [friend]", "value: [friend, friend]", "duplicate-value", "friend]", ""),
    Break(
        SETTINGS,
        "[manners/how-often]",
        "[manners/how-oftn]",
        "unknown-passage",
        "manners/how-oftn",
        "how-often`",
    ),
    Break(SETTINGS, "[often]", "[seldom]", "unknown-reading", "seldom", ""),
    Break(SOURCES, "file: manners.txt", "file: ../manners.txt", "bad-name", "../manners", ""),
    Break(SOURCES, "    file: manners.txt\n", "", "missing-key", "id: manners", "`file`"),
    Break(SOURCES, "kind: article", "kind: artikel", "unknown-value", "artikel", "`article`"),
    Break(SOURCES, "kind: platform-facts", "kind: [platform-facts]", "wrong-type", "[platform", ""),
    Break(SOURCES, "kind: platform-facts", "kind: article, file: a", "wrong-type", "article", "platform"),
    Break(
        SOURCES, "kind: platform-facts", "kind: platform-facts, file: a", "misplaced-key", "file", "delete"
    ),
    Break(PASSAGES, "source: manners", "source: maners", "id-mismatch", "maners", "same name"),
    Break(
        SOURCES,
        "    review_by: 2027-05-31\n",
        "    review_by: 2027-02-30\n",
        "bad-date",
        "2027-02-30",
        "exists",
    ),
    Break(
        SOURCES,
        "  - {id: platform",
        "  - {id: manners, title: M, kind: article, file: m.txt, review_by: 2027-05-31}\n  - {id: platform",
        "duplicate-id",
        "manners, title: M",
        "another name",
    ),
    Break(PLATFORM, "unit: rings, ", "", "missing-key", "{id: doorbell", "`unit`"),
    Break(PLATFORM, "id: keyhole", "id: doorbell", "duplicate-id", "doorbell, point: A key", "another name"),
    Break(
        READINGS,
        "manners/friends]",
        "manners/freinds]",
        "unknown-passage",
        "manners/freinds",
        "`manners/friends`",
    ),
    Break(
        READINGS,
        "passage: manners/how-often",
        "passage: manners/hawking",
        "side-without-passage",
        "manners/haw",
        "",
    ),
    Break(READINGS, "disputed: true", 'disputed: "true"', "wrong-type", '"true"', "yes or no"),
    Break(PASSAGES, "id: farewell", "id: friends", "duplicate-id", "friends", "another name"),
    Break(PASSAGES, "{later: farewell}", "{latr: farewell}", "missing-key unknown-key", "latr", "`later`"),
    Break(PASSAGES, "{later: farewell}", "rulez", "unknown-value", "rulez", "`rules`"),
    Break(PASSAGES, "sha256: 18ff", "sha256: 8ff", "bad-name", "8ff", ""),
    Break(ENGLISH, "(buy|take) [my] <goods>", "(buy|take [my] <goods>", "bad-phrase", "(buy", "notation"),
    Break(ENGLISH, "our <topic> ... <number>", "our <godos>", "bad-phrase", "our", "`goods`"),
    Break(ENGLISH, "our <topic> ... <number>", f"our {'(' * 500}a{')' * 500}", "bad-phrase", "our", ""),
    Break(ENGLISH, "no, 30]", "!!bool no, 30]", "wrong-type", "!!bool", "quotes"),
    Break(ENGLISH, "no, 30]", "[no], 30]", "wrong-type", "[no]", ""),
    Break(ENGLISH, "brush*", "a (<goods>|b)", "cyclic-list", "goods", "write"),
    Break(ENGLISH, "not_after: refusals", "not_after: refusal", "unknown-list", "refusal", "`refusals`"),
    Break(
        ENGLISH,
        "  refusals: not never",
        "  refusals: not never\n  topic: a b",
        "bad-name",
        "topic",
        "another name",
    ),
    Break(
        ENGLISH, "means: offers goods", "mean: offers goods", "missing-key unknown-key", "mean:", "`means`"
    ),
    Break(ENGLISH, "language: en", "language: mul", "duplicate-id", "mul", ""),
    Break(ENGLISH, "function_words: the a Of don't\n", "", "missing-key", "language", "function_words"),
    Break(COMMON, "titles:", "Titles:", "bad-name", "Titles", ""),
    Break(LANGUAGES, "fi: {name", "en: {name", "duplicate-id", "Finnish", ""),
]

GAPS = [
    Break(PASSAGES, "use: {background: opens the book}", "use: rules", "uncited-passage", "rules", "cite it"),
    Break(
        CONCLUSIONS,
        "id: comes-often\n",
        "id: comes-often\n    status: draft\n",
        "underived-conclusion",
        "frequent",
        "",
    ),
    Break(ENGLISH, "ascribes_house:", "owns_house:", "sign-without-fact", "owns_house", "`note.owns_house`"),
    Break(FACTS, "note.words:", "note.letters:", "fact-without-source", "note.letters", "`letters`"),
    Break(ENGLISH, "ascribes_house:", "sels:", "sign-without-fact", "sels", "`sells`"),
]
"""Faults that show only where everything else is in order."""

ACTIONS = [
    Break(ACTS, "levers: [draft, time]", "levers: [draft, tiem]", "unknown-value", "tiem", ""),
    Break(
        ACTS, "levers: [draft, time]", "levers: [draft, time, draft]", "duplicate-value", "draft]", "delete"
    ),
    Break(ACTS, "at_once: [draft]", "at_once: [profile]", "unknown-lever", "profile", "`levers`"),
    Break(ACTS, "changes: time", "changes: profile", "unknown-lever", "profile", "`levers`"),
    Break(ACTS, "id: greet\n", "id: come-less-often\n", "duplicate-id", "come-less-often", "another name"),
    Break(ACTS, "when: note.sells", "when: note.sels", "unknown-fact", "note.sels", "`note.sells`"),
    Break(ACTS, "unless: welcome", "unless: guest.visits", "wrong-type", "guest.visits", "gte"),
    Break(ACTS, "removes: [note.sells]", "removes: [door.open]", "wrong-type", "door.open", "from: draft"),
    Break(ACTS, "removes: [note.sells]", "removes: [note.sels]", "unknown-fact", "note.sels", "`note.sells`"),
    Break(ACTS, "    removes: [note.sells]\n", "", "action-without-effect", "id: take-out", "`removes`"),
    Break(ACTS, "{guest.visits: $", "{guest.vists: $", "unknown-fact", "guest.vists", "`guest.visits`"),
    Break(
        ACTS,
        "{guest.visits: $",
        "{welcome: true, guest.visits: $",
        "not-from-outside",
        "welcome",
        "concluded",
    ),
    Break(
        ACTS,
        "{guest.visits: $",
        "{door.open: true, guest.visits: $",
        "never-changes",
        "door.open",
        "facts.yaml",
    ),
    Break(ACTS, "facts: {guest.visits: $visits_most}", "facts: {guest.visits: 99}", "out-of-range", "99", ""),
    Break(
        ACTS, "visits: $visits_most}", "visits: $visit_most}", "unknown-setting", "$visit_most", "visits_most"
    ),
    Break(
        ACTS, "visits: $visits_most}", "visits: $welcome_guests}", "wrong-type", "$welcome_guests", "another"
    ),
    Break(ACTS, "{sending.planned: 1", "{sending.plannd: 1", "unknown-place", "sending.plannd", "`planned`"),
    Break(ACTS, "{sending.planned: 1", "{sending.planned: many", "bad-value", "many", "prospect file"),
    Break(ACTS, "{sending.planned: 1", "{sending.planned: {add: [1]}", "wrong-type", "{add", "value itself"),
    Break(ACTS, "{detail: a visit}", "{details: a visit}", "bad-value", "{add", "prospect file"),
    Break(
        ACTS,
        "cites: [manners/friends]",
        "cites: [manners/frends]",
        "unknown-passage",
        "manners/frends",
        "friends",
    ),
    Break(ACTS, "cites: [manners/friends]", "cites: []", "out-of-range", "[]", ""),
    Break(
        ACTS,
        "to {prospect.name} out",
        "to {prospect.nam} out",
        "unknown-placeholder",
        '"Take',
        "prospect.name",
    ),
    Break(ACTS, '{en: "Dear', '{eng: "Dear', "unknown-language", "eng", "`en`"),
    Break(ACTS, "{mutual.name}", "{mutual.nam}", "unknown-placeholder", '"We both', "`mutual.name`"),
    Break(ACTS, "waits_up_to: $visits_most", "waits_up_to: 1000", "wrong-type", "1000", "number"),
    Break(
        ACTS,
        "waits_up_to: $visits_most",
        "waits_up_to: $visit_most",
        "unknown-setting",
        "$visit",
        "visits_most",
    ),
    Break(
        ACTS, "    does: Greet them.\n", "    dos: Greet them.\n", "missing-key unknown-key", "dos:", "`does`"
    ),
]
FORESIGHT = [
    Break(FACTS, "{fact: guest.calls, lt: 5}", "welcome", "not-from-outside", "all:", "concluded from"),
    Break(
        FACTS,
        "{fact: guest.calls, lt: 5}",
        "{fact: guest.calls, known: true}",
        "wrong-operator",
        "all:",
        "values",
    ),
    Break(
        FACTS,
        "{fact: guest.calls, lt: 5}",
        "{fact: guest.call, lt: 5}",
        "unknown-fact",
        "guest.call",
        "`guest.calls`",
    ),
    Break(FACTS, "{fact: guest.kind, known: true}", "guest.kin", "unknown-fact", "guest.kin", "`guest.kind`"),
    Break(FACTS, "    ask: How often have you been here?\n", "", "misplaced-key not-asked not-asked", "", ""),
    Break(
        FACTS,
        "Errands of this month\n    told_with: guest.visits",
        "Errands\n    told_with: guest.vists",
        "unknown-fact",
        "guest.vists",
        "`guest.visits`",
    ),
    Break(
        FACTS,
        "Errands of this month\n    told_with: guest.visits",
        "Errands\n    told_with: door.open",
        "not-asked",
        "door.open",
        "`ask`",
    ),
    Break(
        FACTS,
        "[guest.visits, guest.errands]",
        "[guest.visits, guest.kind]",
        "wrong-type",
        "guest.kind",
        "guest.",
    ),
    Break(
        FACTS,
        "[guest.visits, guest.errands]",
        "[guest.visits, guest.errand]",
        "wrong-type",
        "guest.errand",
        "`guest.errands`",
    ),
]
LOUD = [*CONDITIONS, *RULES, *VOCABULARY, *OTHER_FILES, *ACTIONS, *FORESIGHT]
"""Faults that show whatever else is wrong."""
