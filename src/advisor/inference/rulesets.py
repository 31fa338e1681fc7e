"""Conjunctions to the texts of rulesets that durable-rules can hold, and cases to the messages it is sent.

Its limits are kept here: keys of a message, rules of a ruleset, tests that may be pending at once, tests
below one node. Nothing is run here, and the engine itself is not known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from operator import getitem

from advisor.errors import EngineError
from advisor.inference.plan import NAME_LENGTH
from advisor.inference.states import Bits, Conjunction, Signal
from advisor.model.vocabulary import FactValue

MAX_KEYS = 240
"""Keys of one ruleset; the engine refuses messages of more than 252."""
MAX_RULES = 512
"""Conjunctions in one ruleset: after every firing the engine looks through all for the next."""
MAX_PENDING = 60
"""Tests that may be true at once before the engine has followed any of them; its limit is 64."""
FAN_OUT = 16
"""Tests below one node: the engine compares every key of a message with most of them."""
REMEMBERED = 1024
"""Values of one fact whose encoding is kept."""

GUARD = "g"
"""A key that is sent as 1 in every case: tests of it only branch, so that no node has many branches."""
_KEYS = tuple(
    "".join(pair) for pair in product("abcdefghijklmnopqrstuvwxyz0123456789", repeat=2) if pair != ("i", "d")
)
"""Keys for facts. The engine knows a key by a 32-bit hash, in which no two of these meet."""
SENTINEL = "z" * NAME_LENGTH
"""A rule that fires first in every case: where it does not, the engine has not evaluated."""


class _Row(dict[object, str]):
    """For one fact: value → what to send of it to one ruleset, worked out when a value is first met."""

    def __init__(self) -> None:
        self.signals: list[tuple[Signal, tuple[str, ...]]] = []

    def __missing__(self, value: FactValue | None) -> str:
        text = "".join(texts[signal.state(value)] for signal, texts in self.signals)
        if len(self) < REMEMBERED:
            self[value] = text
        return text


@dataclass(frozen=True, slots=True)
class Ruleset:
    """One durable ruleset and the way to put a case to it."""

    rules: str
    """The rules, as the engine reads them."""
    facts: tuple[str, ...]
    """The facts that it looks at."""
    rows: tuple[_Row, ...]
    """How to send them."""

    def body(self, known: Mapping[str, FactValue]) -> str:
        """What the engine has to know of the case; empty where none of its rules can be true."""
        try:
            return "".join(map(getitem, self.rows, map(known.get, self.facts)))
        except TypeError as error:
            raise EngineError(f"a fact has a value of no type that facts can have: {error}") from error


class _Encoding:
    """How states are written in one ruleset: as numbers to compare, under short keys."""

    def __init__(self, conjunctions: Iterable[Conjunction]) -> None:
        self._used = Counter(literal for conjunction in conjunctions for literal in conjunction.items())
        self._tests: dict[tuple[Signal, Bits], str] = {}
        self._free = iter(_KEYS)
        self.keys = 0
        """Number of keys given out."""
        self.rows: dict[str, _Row] = {}
        signals: dict[Signal, list[Bits]] = {}
        for signal, bits in self._used:
            signals.setdefault(signal, []).append(bits)
        for signal, asked in signals.items():
            self.rows.setdefault(signal.fact, _Row()).signals.append((signal, self._encode(signal, asked)))

    def _key(self) -> str:
        self.keys += 1
        return next(self._free)

    def _encode(self, signal: Signal, asked: Sequence[Bits]) -> tuple[str, ...]:
        """Write every set of states in `asked` as one test; return what to send in each state."""
        own = self._key()
        # Where no rule asks for unknown, it is never sent, and no test has to tell it apart.
        first = 0 if any(bits & 1 for bits in asked) else 1
        sent = [""] * (len(signal.samples) + 1)
        compared = 0
        for bits in asked:
            test = _comparison(own, bits, first, len(signal.samples))
            if test:
                compared |= bits
            else:
                key = self._key()
                test = f'{{"{key}":1}}'
                sent = [f'{text},"{key}":1' if bits >> state & 1 else text for state, text in enumerate(sent)]
            self._tests[signal, bits] = test
        return tuple(
            f'{text},"{own}":{state}' if compared >> state & 1 else text for state, text in enumerate(sent)
        )

    def tests(self, conjunction: Conjunction) -> tuple[str, ...]:
        """The tests of `conjunction`, those first that it shares with many."""
        literals = sorted((-self._used[literal], self._tests[literal]) for literal in conjunction.items())
        return tuple(test for _, test in literals)


def _comparison(key: str, bits: Bits, first: int, last: int) -> str:
    """One comparison of `key` that tells `bits` from the other states, `first` to `last`; else empty."""
    states = [state for state in range(first, last + 1) if bits >> state & 1]
    gaps = [state for state in range(first, last + 1) if not bits >> state & 1]
    if len(states) == 1:
        return f'{{"{key}":{states[0]}}}'
    if not gaps or gaps[-1] < states[0]:
        return f'{{"$gte":{{"{key}":{states[0]}}}}}'
    if gaps[0] > states[-1]:
        return f'{{"$lte":{{"{key}":{states[-1]}}}}}'
    return f'{{"$neq":{{"{key}":{gaps[0]}}}}}' if len(gaps) == 1 else ""


def rulesets_for(conjunctions: Mapping[str, Conjunction]) -> Iterator[Ruleset]:
    """Rulesets that decide `conjunctions` within the engine's limits: one, where it will do."""
    if not conjunctions:
        return
    # No test takes more than two keys, so from there on there is no need to try.
    if len({literal for each in conjunctions.values() for literal in each.items()}) <= len(_KEYS) // 2:
        encoding = _Encoding(conjunctions.values())
        waiting = [(name, encoding.tests(conjunction)) for name, conjunction in conjunctions.items()]
        paths: dict[str, tuple[str, ...]] = {SENTINEL: (f'{{"{GUARD}":1}}',)}
        pending = 1 + _branch(waiting, (), paths)
        if len(conjunctions) <= MAX_RULES and encoding.keys <= MAX_KEYS and pending <= MAX_PENDING:
            texts = (
                f'"{name}":{{"all":[{{"m":{{"$and":[{",".join(path)}]}}}}]}}' for name, path in paths.items()
            )
            yield Ruleset(f"{{{','.join(texts)}}}", tuple(encoding.rows), tuple(encoding.rows.values()))
            return
    # One conjunction alone fits in any case, so halving comes to an end.
    names = list(conjunctions)
    for half in (names[: len(names) // 2], names[len(names) // 2 :]):
        yield from rulesets_for({name: conjunctions[name] for name in half})


_Waiting = list[tuple[str, tuple[str, ...]]]
"""Conjunctions by name, each with the tests that still have to be placed."""


def _branch(waiting: _Waiting, path: tuple[str, ...], paths: dict[str, tuple[str, ...]]) -> int:
    """Write into `paths` how each conjunction branches off `path`; return how many tests can be pending."""
    groups: dict[str, _Waiting] = {}
    for name, tests in waiting:
        if tests:
            groups.setdefault(tests[0], []).append((name, tests[1:]))
        else:
            paths[name] = path
    return _spread(list(groups.items()), path, paths)


def _spread(
    groups: list[tuple[str, _Waiting]], path: tuple[str, ...], paths: dict[str, tuple[str, ...]]
) -> int:
    """Let `groups` branch off `path`, by way of guards where they are many."""
    if len(groups) <= FAN_OUT:
        below = [_branch(waiting, (*path, test), paths) for test, waiting in groups]
    else:
        size = max(FAN_OUT, -(-len(groups) // FAN_OUT))
        chunks = [groups[start : start + size] for start in range(0, len(groups), size)]
        guards = [f'{{"$gte":{{"{GUARD}":{-place}}}}}' for place in range(len(chunks))]
        below = [_spread(chunk, (*path, guard), paths) for guard, chunk in zip(guards, chunks, strict=True)]
    return max((len(below) - 1 + max(1, pending) for pending in below), default=0)
