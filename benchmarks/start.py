"""How long the whole command takes, beside `python -c pass` and `proselint check` on the same draft.

All commands take turns within one run, so that a busy machine slows all of them alike; medians are printed,
and ratios to the bare interpreter.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 21
ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "examples" / "webinar-contact.yaml"
NOTE = "Hello, I would like to connect with you here. I think it could be interesting for both of us.\n"


def seconds(command: list[str], environment: dict[str, str]) -> float:
    """Wall-clock time of one command; it must succeed or find something (proselint exits 1 then)."""
    began = time.perf_counter()
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    taken = time.perf_counter() - began
    if done.returncode not in (0, 1):
        raise SystemExit(f"{command}: {done.stderr.decode()}")
    return taken


def main() -> None:
    """Measure and print the table."""
    import os

    bin_folder = Path(sys.executable).parent
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder, "note.txt")
        draft.write_text(NOTE, encoding="utf-8")
        # An installed program has its bytecode at hand; without it, half the time would be compiling.
        plain = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        warm = {**plain, "ADVISOR_CACHE": str(Path(folder, "cache"))}
        cold = {**plain, "ADVISOR_CACHE": "off"}
        advisor = [str(bin_folder / "advisor"), "should-connect", str(EXAMPLE), "--as-of", "2026-11-21"]
        commands = {
            "python -c pass": ([sys.executable, "-c", "pass"], warm),
            "advisor should-connect (compiled rules cached)": (advisor, warm),
            "advisor should-connect --engine reference": ([*advisor, "--engine", "reference"], warm),
            "advisor should-connect (nothing cached)": (advisor, cold),
            "advisor --help": ([str(bin_folder / "advisor"), "--help"], warm),
        }
        if proselint := shutil.which("proselint", path=str(bin_folder)):
            commands["proselint check"] = ([proselint, "check", str(draft)], warm)
        else:
            print("proselint is not installed: `make bench` installs it")
        times: dict[str, list[float]] = {name: [] for name in commands}
        seconds(advisor, warm)  # fills the cache
        for _ in range(ROUNDS):
            for name, (command, environment) in commands.items():
                times[name].append(seconds(command, environment))
    bare = statistics.median(times["python -c pass"])
    print(f"start of whole commands, medians of {ROUNDS} rounds side by side")
    for name, measured in times.items():
        median = statistics.median(measured)
        print(f"  {name:48} {median * 1000:7.1f} ms  {median / bare:5.1f} x python -c pass")


if __name__ == "__main__":
    main()
