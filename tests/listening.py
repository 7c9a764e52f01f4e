"""Where a server that a test has started can be reached."""

from __future__ import annotations

import re
import subprocess


def address_of(process: subprocess.Popen[str]) -> str:
    """``http://host:port``, as soon as the server says that it listens."""
    assert process.stdout is not None
    for line in process.stdout:
        if found := re.match(r"listening (http://\S+)", line):
            return found[1]
    raise RuntimeError("the server ended before it listened")
