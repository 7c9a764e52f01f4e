"""The README documents every environment variable that is read, and no other."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_it_works() -> None:
    """Printed by a fresh process without any variable set, as a reader of the README has it."""
    clean = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")}
    table = subprocess.run(
        [sys.executable, "manage.py", "settings_table"],
        cwd=ROOT,
        env=clean,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    documented = re.search(
        r"<!-- settings -->\n(.*)\n<!-- /settings -->", (ROOT / "README.md").read_text(), re.DOTALL
    )
    assert documented is not None
    assert documented[1] == table, "run: manage.py settings_table, and put it into the README"
    assert table.count("\n") > 20


def test_a_bad_value_stops_the_start_with_a_sentence() -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env={**os.environ, "VOXWEB_WORKER_SLOTS": "many"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "VOXWEB_WORKER_SLOTS" in done.stderr
    assert "Traceback" not in done.stderr
