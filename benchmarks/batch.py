"""Lists of people: rows a second by the number of processes, and how time and memory grow with the list.

Each run is the whole command in a process of its own, from the CSV file to the sorted one. Small lists are
run several times, the numbers of processes taking turns, and medians are printed.

    python benchmarks/batch.py [ROWS ...]     1,000 10,000 and 100,000 unless told; 1000000 takes some minutes
"""

from __future__ import annotations

import csv
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SIZES = tuple(map(int, sys.argv[1:])) or (1_000, 10_000, 100_000)
JOBS = (1, 2)
FIRST = ("Ana", "Rui", "Mara", "Otto", "Leila", "Jonas", "Priya", "Femke", "Tomás", "Corinne", "Sven", "Nora")
LAST = (
    "Souza",
    "Lindqvist",
    "Haddad",
    "Egli",
    "Raman",
    "de Boer",
    "Ferreira",
    "Vaillant",
    "Aldridge",
    "Quist",
)
TITLES = (
    "Buyer",
    "Head of Logistics",
    "Beekeeper",
    "Tunnel Engineer",
    "Warehouse Planner",
    "Director of Sales",
)
FIELDS = ("logistics", "retail", "construction", "health care", "museums", "tools", "software", "food")
KNOWN = ("", "", "", "stranger", "former colleague", "alumni", "met once")
WHY = ("", "", "exchange", "grow my network", "stay in touch", "collaboration")
NOTE = (
    "Dear {name}, your report on {field} answered a question that I have had since our own trouble with a "
    "leak in Basel. I would like to compare notes on it. Dirk"
)


def write_list(path: Path, rows: int) -> None:
    """A made-up list as lead finders export it; every twentieth person has a note of their own."""
    chosen = random.Random(rows)  # noqa: S311 - nothing secret
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(
            ["profileUrl", "firstName", "lastName", "title", "companyName", "industry", "connectionDegree",
             "sharedConnectionsCount", "How I know them", "Why", "Draft", "isOpenLink"]
        )  # fmt: skip
        for number in range(rows):
            first, field = chosen.choice(FIRST), chosen.choice(FIELDS)
            degree = chosen.choice(("1st", "2nd", "2nd", "3rd", "3rd"))
            note = "" if number % 20 else NOTE.format(name=first, field=field)
            address = f"https://www.linkedin.com/in/made-up-{number}"
            title, company = chosen.choice(TITLES), f"Company {number % 997}"
            shared, known, why = (chosen.choice(each) for each in (("", 0, 0, 1, 2, 3, 8), KNOWN, WHY))
            name = (first, chosen.choice(LAST))
            writer.writerow(
                [address, *name, title, company, field, degree, shared, known, why, note, number % 2 == 0]
            )


def run(source: Path, target: Path, jobs: int) -> tuple[float, float, float]:
    """Seconds that the command takes, on the clock and of processors, and its most memory in MiB."""
    command = [sys.executable, "-m", "advisor", "batch", str(source), "--output", str(target)]
    command += ["--jobs", str(jobs), "--as-of", "2026-11-21", "--me", f"{source}.me"]
    # An installed program has its bytecode at hand.
    environment = {name: each for name, each in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    began = time.perf_counter()
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, env=environment)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = status
    taken = time.perf_counter() - began
    if status:
        raise SystemExit(f"{command}: status {status}")
    return taken, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> None:
    """Measure and print."""
    print("whole command from CSV to sorted CSV; the peak is that of the main process")
    with tempfile.TemporaryDirectory() as folder:
        for rows in SIZES:
            source, targets = Path(folder, f"{rows}.csv"), [Path(folder, f"{jobs}.csv") for jobs in JOBS]
            write_list(source, rows)
            Path(f"{source}.me").write_text(
                "{name: Dirk Vandewalle, industry: logistics}\n", encoding="utf-8"
            )
            rounds = 5 if rows <= 1_000 else 3 if rows <= 10_000 else 1
            times: dict[int, list[float]] = {jobs: [] for jobs in JOBS}
            used: dict[int, list[float]] = {jobs: [] for jobs in JOBS}
            peaks: dict[int, float] = {}
            for _ in range(rounds):
                for jobs, target in zip(JOBS, targets, strict=True):
                    taken, busy, peaks[jobs] = run(source, target, jobs)
                    times[jobs].append(taken)
                    used[jobs].append(busy)
            assert targets[0].read_bytes() == targets[1].read_bytes(), "processes changed the result"
            for jobs, measured in times.items():
                median = statistics.median(measured)
                busy = statistics.median(used[jobs])
                print(
                    f"  {rows:9,} rows, {jobs} process{'es' * (jobs > 1):2}  {median:8.2f} s"
                    f"  {rows / median:7,.0f} rows a second  processors {busy:7.2f} s"
                    f"  peak {peaks[jobs]:6.1f} MiB",
                    flush=True,
                )
            source.unlink()


if __name__ == "__main__":
    main()
