"""The application as the server loads it, in a fresh process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.stack import ROOT

RING_IN_A_THREAD = """
import threading
from voxweb.asgi import application
from transcripts.actions.doorbell import ring

request = threading.Thread(target=ring)
request.start()
request.join()
"""


def test_it_works(tmp_path: Path) -> None:
    """A request rings the workers at once, where they listen."""
    environment = {name: value for name, value in os.environ.items() if name != "REDIS_URL"}
    environment["VOXWEB_DATA_DIR"] = str(tmp_path)
    subprocess.run(
        [sys.executable, "-c", RING_IN_A_THREAD], cwd=ROOT, env=environment, check=True, timeout=60
    )
    assert len(list(tmp_path.glob("broker/*.voxweb.msg"))) == 1
