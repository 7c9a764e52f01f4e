"""Find a Chromium for the browser tests; ``--install`` takes the system's package where it can.

Runs with a bare python3 (no packages of the project), so that the Makefile can call it first.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
MISSING = """The browser tests need Chromium, and none was found.
Install it (Debian, Ubuntu: apt-get install chromium), or name one: CHROMIUM=/path/to/chromium
"""


def chromium() -> str | None:
    """Return the program's path: $CHROMIUM, else the first one on the PATH, else None."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def install() -> None:
    """Install the distribution's packages where we are root on a Debian-like system."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    wanted = ["chromium"] + ([] if shutil.which("espeak-ng") else ["espeak-ng"])
    subprocess.run(["apt-get", "update", "-qq"], check=False, stdout=subprocess.DEVNULL, timeout=600)
    subprocess.run(
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *wanted],
        check=False,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        timeout=1800,
    )


def main() -> int:
    if "--install" in sys.argv and (chromium() is None or shutil.which("espeak-ng") is None):
        install()
    if chromium() is None:
        sys.stderr.write(MISSING)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
