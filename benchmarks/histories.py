"""A history of a million requests: how long counting and judging it take, beside reading it, and the memory.

    python benchmarks/histories.py [ROWS]

Every number is measured in a process of its own, so that the peak of one does not stand in for another.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

ROWS = int(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1].isdecimal() else 1_000_000
DAYS = 3_000
"""Days over which the requests are spread."""
AS_OF = date(2026, 11, 20)


def write_rows(path: Path, rows: int) -> None:
    """Write a made-up history as people keep it, in no order of time."""
    chance = random.Random(7)  # noqa: S311 - nothing secret
    with path.open("w", encoding="utf-8") as stream:
        stream.write("Date,Name,Outcome,Answered\n")
        for number in range(rows):
            day = AS_OF - timedelta(days=chance.randrange(DAYS))
            outcome = chance.choice(["accepted", "declined", "pending", "pending"])
            answered = min(AS_OF, day + timedelta(days=chance.randrange(10))) if outcome != "pending" else ""
            stream.write(f"{day} 09:{number % 60:02},Person {number},{outcome},{answered}\n")


def measured(path: Path) -> None:
    """Read, count and judge the history at `path`, and print how long each took."""
    from advisor import Advisor
    from advisor.facts.coming_week import daily_counts
    from advisor.facts.kept import history_of
    from advisor.pacing import PACE, plan_for
    from advisor.records import read

    clock = time.perf_counter
    began = clock()
    records = read([path]).records
    read_in, peak_read = clock() - began, _peak()
    began = clock()
    history = history_of(records, AS_OF, answer_time=7, judged_over=90)
    counted_in = clock() - began
    advisor = Advisor(consultation=PACE)
    began = clock()
    verdict = advisor.advise(history)
    plan_for(advisor.knowledge_base, history, verdict)
    assert history.sending is not None
    daily_counts(history.sending, AS_OF)
    judged_in = clock() - began
    rows = len(records.invitations)
    print(f"a history of {rows:,} requests: {verdict.verdict}")
    print(f"  {'reading the file':48} {read_in:8.2f} s   peak {peak_read:7.0f} MiB")
    print(f"  {'counting (history_of)':48} {counted_in:8.2f} s   peak {_peak():7.0f} MiB")
    print(f"  {'verdict, plan and days':48} {judged_in * 1000:8.1f} ms")


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Measure a hundredth and the whole, so that growth shows."""
    with tempfile.TemporaryDirectory() as folder:
        for rows in (ROWS // 100, ROWS):
            path = Path(folder, f"{rows}.csv")
            write_rows(path, rows)
            subprocess.run([sys.executable, __file__, "--measure", str(path)], check=True)


if __name__ == "__main__":
    measured(Path(sys.argv[2])) if sys.argv[1:2] == ["--measure"] else main()
