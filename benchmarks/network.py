"""A network of 30,000 connections, the most that the platform allows: reading it, judging it, writing it.

    python benchmarks/network.py [CONNECTIONS]

The made-up export has four messages for every connection. Judging is shown as it is done, beside one verdict
after the other by `Advisor.brief`, on a hundredth of the people. Every size has a process of its own.
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

CONNECTIONS = int(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1].isdecimal() else 30_000
MESSAGES_EACH = 4
DAYS = 4_000
"""Days over which connections and messages are spread."""
AS_OF = date(2026, 11, 20)
_ME = "Noor Halvorsen,https://www.linkedin.com/in/noor"


def write_export(folder: Path, size: int) -> None:
    """Write a made-up export: connections, messages, and the profile that tells whose it is."""
    chance = random.Random(11)  # noqa: S311 - nothing secret

    def day() -> date:
        return AS_OF - timedelta(days=chance.randrange(DAYS))

    with (folder / "Connections.csv").open("w", encoding="utf-8") as rows:
        rows.write("First Name,Last Name,URL,Email Address,Company,Position,Connected On\n")
        for number in range(size):
            address = f"https://www.linkedin.com/in/p{number}"
            rows.write(
                f"First{number},Last{number % 997},{address},,Firm {number % 500},Engineer,{day():%d %b %Y}\n"
            )
    with (folder / "messages.csv").open("w", encoding="utf-8") as rows:
        rows.write("CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,")
        rows.write("DATE,SUBJECT,CONTENT,FOLDER\n")
        for _ in range(size * MESSAGES_EACH):
            number = chance.randrange(size // 3 or 1)
            other = f"First{number} Last{number % 997},https://www.linkedin.com/in/p{number}"
            sides = (other, _ME) if chance.random() < 0.5 else (_ME, other)
            rows.write(f"c{number},,{sides[0]},{sides[1]},{day()} 14:03:22 UTC,,Hello,INBOX\n")
    (folder / "Profile.csv").write_text(
        "First Name,Last Name,Headline,Summary,Industry\nNoor,Halvorsen,Bridge engineer,,civil engineering\n",
        encoding="utf-8",
    )


def measured(folder: Path) -> None:
    """Read, judge and write the export in `folder`, and print how long each took."""
    from advisor import Advisor
    from advisor.facts.roster import roster
    from advisor.records import read
    from advisor.report import network as pages
    from advisor.reviewing import NETWORK, review

    clock = time.perf_counter
    began = clock()
    records = read([folder]).records
    read_in = clock() - began
    began = clock()
    people = roster(records, AS_OF)
    joined_in = clock() - began
    advisor = Advisor(consultation=NETWORK)
    began = clock()
    report = review(advisor, people, AS_OF)
    judged_in = clock() - began
    sample = people.members[:: max(1, len(people.members) // 300)]
    began = clock()
    for member in sample:
        advisor.brief(member.told, AS_OF)
    one_by_one = (clock() - began) / len(sample) * len(people.members)
    began = clock()
    pages.as_csv(report, shown=tuple(report.counts))
    written_in = clock() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = len(people.members)
    print(f"{size:,} connections, {size * MESSAGES_EACH:,} messages; peak {peak:.0f} MiB")
    print(f"  {'reading the export':48} {read_in:8.2f} s")
    print(f"  {'finding what belongs to whom':48} {joined_in:8.2f} s")
    print(f"  {'judging them all':48} {judged_in:8.2f} s   ({one_by_one:.2f} s one after the other)")
    print(f"  {'writing CSV':48} {written_in:8.2f} s")


def main() -> None:
    """Measure a tenth and the whole, so that growth shows."""
    for size in (CONNECTIONS // 10, CONNECTIONS):
        with tempfile.TemporaryDirectory() as folder:
            write_export(Path(folder), size)
            subprocess.run([sys.executable, __file__, "--measure", folder], check=True)


if __name__ == "__main__":
    measured(Path(sys.argv[2])) if sys.argv[1:2] == ["--measure"] else main()
