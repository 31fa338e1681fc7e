"""What the catalog makes of rules and knowledge, and that it makes the same of them everywhere."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest

from advisor.catalog.coverage import coverage
from advisor.catalog.files import fingerprint
from advisor.catalog.load import load, read
from advisor.catalog.sources import PassageCheck, hash_of, verify, words_of
from advisor.errors import InputError, RuleError
from advisor.model import condition as tree
from advisor.model.knowledge import Library, Passage, Source, Use
from advisor.model.knowledge_base import KnowledgeBase
from small_knowledge import FILES, changed, write

ROOT = Path(__file__).parent.parent
ARTICLES = ROOT.parent / "shared" / "sources"
"""The articles are not part of the project; where they lie beside it, the passages are held against them."""


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """The small knowledge base, loaded."""
    return load(*write(tmp_path_factory.mktemp("small")), structural=["note.words"])


@pytest.fixture(scope="module")
def shipped() -> KnowledgeBase:
    """The knowledge base that ships with the package."""
    return load(ROOT / "rules", ROOT / "knowledge")


# ---------------------------------------------------------------- what ships


def test_the_shipped_rules_and_knowledge_have_no_fault() -> None:
    """Whoever installs the package gets rules that load."""
    assert read(ROOT / "rules", ROOT / "knowledge").complaints == ()


def test_every_shipped_passage_is_encoded_or_accounted_for(shipped: KnowledgeBase) -> None:
    """No point of the articles is lost, and no active rule rests on nothing."""
    account = coverage(shipped)
    later = {passage for passages in account.later.values() for passage in passages}
    assert account.unaccounted == ()
    assert account.rules_without_passage == ()
    assert account.total == len({*account.encoded, *account.background, *later})


def test_every_shipped_passage_stands_in_its_article(shipped: KnowledgeBase) -> None:
    """The passages are what the articles say, under the headings that they are cited by."""
    if not ARTICLES.is_dir():
        pytest.skip(f"the articles are not there: no folder {ARTICLES.name} beside the project")
    assert [check for check in verify(shipped.library, ARTICLES) if check.outcome != "present"] == []


# ---------------------------------------------------------------- from files to models


def test_conditions_are_read_in_full_and_in_short(base: KnowledgeBase) -> None:
    """`welcome` alone means that it is true; `$name` becomes the setting's value and remembers its name."""
    demo = base.consultation("demo")
    friend, often = demo.rule("a-friend-at-an-open-door"), demo.rule("too-often")
    assert friend is not None
    assert friend.when == tree.All((tree.Test("welcome", "eq", True), tree.Test("door.open", "eq", True)))
    assert often is not None
    most = tree.Test("guest.visits", "lte", 4, setting="visits_most")
    assert often.when == tree.Any((tree.Test("frequent", "eq", True), tree.Not(most)))
    assert often.unless == (
        tree.Test("rule:a-friend-at-an-open-door", "eq", True),
        tree.Test("guest.gifts", "in", ("cake", "wine")),
    )


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("not note.sells", tree.Test("note.sells", "eq", False)),
        ("{fact: guest.visits, known: true}", tree.Test("guest.visits", "known")),
        ("{fact: guest.visits, known: no}", tree.Test("guest.visits", "unknown")),
        ("{fact: guest.visits, in: [1, 2]}", tree.Test("guest.visits", "in", (1, 2))),
        ("{fact: guest.kind, ne: none}", tree.Test("guest.kind", "ne", "none")),
        ("{fact: guest.gifts, eq: cake}", tree.Test("guest.gifts", "eq", "cake")),
        ("{fact: note.sells, eq: yes}", tree.Test("note.sells", "eq", True)),
        (
            "{fact: guest.kind, in: $welcome_guests}",
            tree.Test("guest.kind", "in", ("friend",), "welcome_guests"),
        ),
    ],
)
def test_every_form_of_a_test_is_understood(tmp_path: Path, written: str, meant: tree.Test) -> None:
    """Each operator goes with the types that it makes sense for."""
    files = changed("rules/demo/visits.yaml", "any: [note.sells, ", f"any: [note.sells, {written}, ")
    rule = load(*write(tmp_path, files)).consultation("demo").rule("no-hawking")
    assert rule is not None
    assert isinstance(rule.when, tree.Any)
    assert rule.when.parts[1] == meant


def test_a_rule_knows_where_it_is_written(base: KnowledgeBase) -> None:
    """Theme, file and line lead whoever wants to change a rule to it."""
    rule = base.consultation("demo").rule("no-hawking")
    assert rule is not None
    assert (rule.theme, rule.line) == ("visits", 36)
    assert Path(rule.file).parts[-3:] == ("rules", "demo", "visits.yaml")


def test_examples_hold_values_of_their_facts(base: KnowledgeBase) -> None:
    """One of several values may stand alone, and another rule may be given as holding."""
    rule = base.consultation("demo").rule("too-often")
    assert rule is not None
    assert rule.examples[0].given == {"frequent": True, "guest.visits": 5, "guest.gifts": frozenset()}
    assert rule.examples[1].given["guest.gifts"] == frozenset({"cake"})
    assert rule.examples[2].given == {"rule:a-friend-at-an-open-door": True}


def test_closed_lists_are_found_by_their_place(base: KnowledgeBase) -> None:
    """A prospect file is read by them, whether or not the place is a fact."""
    vocabulary = base.consultation("demo").vocabulary
    assert [option.name for option in vocabulary.options_at("relationship.known_as")] == [
        "friend",
        "trader",
        "none",
    ]
    assert vocabulary.options_at("relationship.known_as")[2].also == ("no", "nobody")
    assert [option.also for option in vocabulary.options_at("house.size")] == [("little",), ()]
    assert vocabulary.options_at("nowhere") == ()


def test_only_stable_rules_are_active(tmp_path: Path) -> None:
    """Drafts and deprecated rules are kept to be shown, and never evaluated."""
    files = dict(FILES)
    files["rules/demo/sketches.yaml"] = (
        "rules:\n"
        "  - {id: sketch, title: A sketch, status: draft, when: note.sells, then: advice}\n"
        "  - id: old\n    title: Old\n    status: deprecated\n    when: note.sells\n    then: advice\n"
        "    message: Old.\n    cites: [manners/hawking]\n"
        "    examples: [{name: a, given: {}, holds: true}, {name: b, given: {}, holds: false}]\n"
    )
    demo = load(*write(tmp_path, files)).consultation("demo")
    assert {rule.id for rule in demo.rules} - {rule.id for rule in demo.active} == {"sketch", "old"}


def test_platform_facts_are_passages_of_their_own_source(base: KnowledgeBase) -> None:
    """They are cited like passages, and never pass for what an article says."""
    bell = base.library.passages["platform/doorbell"]
    assert (bell.source, bell.heading, bell.value, bell.unit) == ("platform", "doorbell", 2, "rings")
    assert (str(bell.as_of), bell.origin) == ("2026-11-01", "the maker")
    assert base.library.passages["platform/keyhole"].value is None


def test_words_of_the_lexicon_are_folded_like_those_of_a_note(base: KnowledgeBase) -> None:
    """`Don't` is two words, `Café` and `cafe` are one, and `no` and `30` are words."""
    english = base.lexicons["en"]
    assert english.function_words == {"the", "a", "of", "don", "t"}
    assert english.words("goods") == {"encyclopedia", "cafe", "no", "30"}
    assert english.words("refusals") == {"not", "never"}
    assert english.lists["goods"][0] == "brush*"
    assert english.signs["sells"].passes_over == ("I am not here to buy my brushes", "30")


def test_languages_are_covered_only_where_they_are_read(base: KnowledgeBase) -> None:
    """A language that is only told apart, and the lexicon common to all, cover nothing."""
    assert {code: lexicon.covered for code, lexicon in base.lexicons.items()} == {
        "en": True, "mul": False, "it": False, "fi": False,
    }  # fmt: skip
    assert base.lexicons["fi"].function_words == {"ja", "on", "no"}


# ---------------------------------------------------------------- what becomes of the passages


def test_coverage_tells_what_became_of_each_passage(base: KnowledgeBase) -> None:
    """A rule also rests on what its settings cite; facts about the platform need no account."""
    account = coverage(base)
    assert account.total == 5
    assert account.encoded["manners/friends"] == ("a-friend-at-an-open-door", "friends-are-welcome")
    assert account.encoded["manners/how-often"] == ("comes-often", "too-often")
    assert account.later == {"farewell": ("manners/farewell",)}
    assert account.background == ("manners/greeting",)
    assert (account.unaccounted, account.rules_without_passage) == ((), ())
    assert account.cited_all_the_same == ()


def test_a_passage_kept_for_later_may_be_cited_already(tmp_path: Path) -> None:
    """It then counts as encoded, and the account says that it was meant for later."""
    files = changed(
        "rules/demo/visits.yaml", "cites: [manners/hawking]", "cites: [manners/hawking, manners/farewell]"
    )
    account = coverage(load(*write(tmp_path, files)))
    assert account.encoded["manners/farewell"] == ("no-hawking",)
    assert account.cited_all_the_same == ("manners/farewell",)


# ---------------------------------------------------------------- the hash


def test_the_hash_is_that_of_the_files_alone(tmp_path: Path) -> None:
    """Neither the place, nor line ends, a mark at the beginning, other files or any order matter."""
    first = fingerprint(*write(tmp_path / "one"))
    windows = {name: "\ufeff" + text.replace("\n", "\r\n") for name, text in reversed(list(FILES.items()))}
    others = {"rules/README.md": "Read me.", "rules/.hidden/facts.yaml": "- 1", "knowledge/.swap.yaml": "- 1"}
    folders = write(tmp_path / "two" / "deeper", {**windows, **others})
    assert fingerprint(*folders) == first
    assert load(*folders).sha256 == first


@pytest.mark.parametrize("file", FILES)
def test_every_file_counts_in_the_hash(tmp_path: Path, file: str) -> None:
    """A change of one character anywhere, or another name, gives another hash."""
    same = fingerprint(*write(tmp_path / "same"))
    assert fingerprint(*write(tmp_path / "changed", {**FILES, file: FILES[file] + "#"})) != same
    renamed = {name.replace(".yaml", ".yml") if name == file else name: text for name, text in FILES.items()}
    assert fingerprint(*write(tmp_path / "renamed", renamed)) != same


def test_loading_twice_gives_equal_knowledge(tmp_path: Path) -> None:
    """The same files make the same models, whatever order the file system lists them in."""
    folders = write(tmp_path)
    again = write(tmp_path, dict(reversed(list(FILES.items()))))
    assert load(*folders) == load(*again)


def test_a_fingerprint_needs_folders_that_can_be_read(tmp_path: Path) -> None:
    """A cache must not mistake missing rules for rules."""
    with pytest.raises(RuleError) as caught:
        fingerprint(tmp_path / "rules", tmp_path / "knowledge")
    assert [complaint.code for complaint in caught.value.complaints] == ["no-such-folder"] * 2


# ---------------------------------------------------------------- sources verify

ARTICLE = """\
Manners begin at THE door\u2026

Friends
Friends may come, at any time.
Selling
Nobody sells at the door \u2013 nobody!
"""


def _library(*passages: tuple[str, str, str], file: str = "manners.txt") -> Library:
    """A library of passages as (id, heading, text)."""
    made = {}
    for name, heading, text in passages:
        words = words_of(text)
        made[name] = Passage(name, "manners", heading, "A point.", Use("rules"), len(words), hash_of(words))
    source = Source("manners", "Manners", "article", review_by=date(2027, 1, 1), file=file)
    return Library({"manners": source}, made)


def test_passages_are_found_moved_or_changed(tmp_path: Path) -> None:
    """Layout, case and punctuation of an article may change; its words and their section may not."""
    (tmp_path / "manners.txt").write_text(ARTICLE, encoding="utf-8")
    library = _library(
        ("manners/greeting", "(introduction)", "manners begin at the door"),
        ("manners/friends", "Friends", "Friends may come at any time."),
        ("manners/hawking", "Friends", "Nobody sells at the door"),
        ("manners/other", "Selling", "Nobody sells at my door"),
    )
    assert verify(library, tmp_path) == [
        PassageCheck("manners/greeting", "present", "manners.txt", "(introduction)"),
        PassageCheck("manners/friends", "present", "manners.txt", "Friends"),
        PassageCheck("manners/hawking", "moved", "manners.txt", "Friends", found_under="Selling"),
        PassageCheck("manners/other", "changed", "manners.txt", "Selling"),
    ]


def test_an_article_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    """All its passages are listed, so that nobody takes silence for a good outcome."""
    library = _library(("manners/a", "A", "a b c"), ("manners/b", "B", "d e f"))
    assert [check.outcome for check in verify(library, tmp_path)] == ["missing file", "missing file"]


def test_an_article_that_is_no_text_is_refused(tmp_path: Path) -> None:
    """A Word document under the article's name is not a changed article."""
    (tmp_path / "manners.txt").write_bytes(b"PK\x03\x04\x00\x00")
    with pytest.raises(InputError, match="not-text"):
        verify(_library(("manners/a", "A", "a b c")), tmp_path)


def test_passages_are_hashed_in_the_way_that_is_documented() -> None:
    """Runs of letters and digits, NFKC, case-folded, joined by single spaces."""
    text = "Don\u2019t overwhelm \ufb01ve FRIENDS \u2013 20-30 a day!"
    plain = "don t overwhelm five friends 20 30 a day"
    assert hash_of(words_of(text)) == hashlib.sha256(plain.encode()).hexdigest()


HOUSE, LISTED = "knowledge/passages/house.yaml", "knowledge/sources.yaml"


def test_guidance_of_your_own_needs_no_article(tmp_path: Path) -> None:
    """A source of the kind `own` has no file, and its passages no words to count; an article has both."""
    own = {
        **FILES,
        LISTED: FILES[LISTED] + "  - {id: house, title: House rules, kind: own, review_by: 2027-05-31}\n",
        HOUSE: "source: house\npassages:\n"
        "  - {id: shoes, heading: Shoes, point: Shoes stay out., use: {background: not about knocking}}\n",
    }
    passage = load(*write(tmp_path / "own", own)).library.passages["house/shoes"]
    assert (passage.words, passage.sha256) == (0, "")
    counted = {**own, HOUSE: own[HOUSE].replace("use:", "words: 3, use:")}
    assert [each.code for each in read(*write(tmp_path / "counted", counted)).complaints] == ["misplaced-key"]
    article = {**own, LISTED: own[LISTED].replace("kind: own", "kind: article, file: a.txt")}
    found = read(*write(tmp_path / "article", article)).complaints
    assert [each.code for each in found] == ["missing-key"] * 2
