"""All benchmarks, one after the other, each side by side with what it is compared with."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

if __name__ == "__main__":
    for name in ("start", "inference", "consultation", "interview", "histories", "network", "batch"):
        sys.stdout.flush()
        subprocess.run([sys.executable, str(Path(__file__).with_name(f"{name}.py"))], check=True)
        print()
