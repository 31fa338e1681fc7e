"""One consultation through the Python API with a ready knowledge base, part by part, and its memory.

The parts take turns within each round; medians over all examples and rounds are printed.

    python benchmarks/consultation.py [CONSULTATIONS]

CONSULTATIONS (5,000 unless told) is over how many the memory is watched; 100,000 take some twenty minutes.
"""

from __future__ import annotations

import resource
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from advisor import Advisor, Situation, load_knowledge_base
from advisor.catalog.situations import read_situation
from advisor.catalog.text import parse
from advisor.model.case import Case

ROUNDS = 40
CONSULTATIONS = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
AS_OF = date(2026, 11, 21)
EXAMPLES = Path(__file__).resolve().parents[1] / "examples"


def situations(advisor: Advisor) -> list[Situation]:
    """The examples that come with the project."""
    vocabulary = advisor.knowledge_base.consultation("should-connect").vocabulary
    return [
        read_situation(parse(path.read_text(encoding="utf-8"), path.name), vocabulary, as_of=AS_OF)
        for path in sorted(EXAMPLES.glob("*.yaml"))
    ]


def split(engines: dict[str, Advisor]) -> None:
    """Print how long each part of a consultation takes."""
    durable = next(iter(engines.values()))
    told = situations(durable)
    cases: list[Case] = [durable.read(each) for each in told]

    def afresh(step: Callable[[Situation], object]) -> Callable[[int], object]:
        """The step with nothing remembered of a note that was read before."""

        def run(number: int) -> object:
            durable.forget_notes()
            return step(told[number])

        return run

    parts: dict[str, Callable[[int], object]] = {"reading the draft and the facts": afresh(durable.read)}
    for name, advisor in engines.items():
        parts[f"inference, {name}"] = lambda n, advisor=advisor: advisor.engine.infer(cases[n].facts)
    parts["verdict, findings, outlook and open questions"] = lambda n: durable.decide(cases[n])
    parts["all together"] = afresh(durable.advise)
    times: dict[str, list[float]] = {name: [] for name in parts}
    for _ in range(ROUNDS):
        for name, part in parts.items():
            for number in range(len(told)):
                began = time.perf_counter()
                part(number)
                times[name].append(time.perf_counter() - began)
    print(f"one consultation, {len(told)} examples, medians of {ROUNDS} rounds side by side")
    for name, measured in times.items():
        print(f"  {name:48} {statistics.median(measured) * 1e6:9.0f} µs")


def memory(advisor: Advisor) -> None:
    """Print the resident memory over many consultations: it should stay where it is."""
    told = situations(advisor)
    print(f"memory over {CONSULTATIONS:,} consultations (peak resident size)")
    for number in range(CONSULTATIONS + 1):
        if number % (CONSULTATIONS // 5) == 0:
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"  after {number:7,} {peak:7.1f} MiB")
        advisor.advise(told[number % len(told)])


def main() -> None:
    """Measure and print."""
    base = load_knowledge_base()
    engines = {"durable": Advisor(base, "durable"), "reference": Advisor(base, "reference")}
    split(engines)
    memory(engines["durable"])


if __name__ == "__main__":
    main()
