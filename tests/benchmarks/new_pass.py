"""A new machine pass over a corrected transcript: what is kept, how long it is planned while people can save,
and how long the text is locked for writing it.

``python -m tests.benchmarks.new_pass``: 1 h, 3 h and 10 h of text with up to 500 corrections, in SQLite.
Targets: nothing dropped, 5 s of computing under the lock at 10 h.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

MEASURED = Path(__file__).with_name("new_pass_measured.py")


def main(_arguments: list[str]) -> int:
    command = [sys.executable, "-m", "pytest", "-q", "-s", "-p", "no:cacheprovider", str(MEASURED)]
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
