"""What each of the processes that test side by side has of its own: a data folder and a Redis database."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
"""``gw0``, ``gw1``, …; empty where one process runs all tests, or only leads the others."""


def is_settled() -> bool:
    """What a process that tests has started, inherits its environment and stays where it is."""
    return os.environ.get("SETTLED_WORKER", "") == WORKER


def settle() -> None:
    """Give this process its own folder and Redis database, through the environment."""
    os.environ["SETTLED_WORKER"] = WORKER
    os.environ["VOXWEB_DATA_DIR"] = str(Path(os.environ["VOXWEB_DATA_DIR"], WORKER))
    if os.environ.get("REDIS_URL"):
        os.environ["REDIS_URL"] = redis_of(WORKER, os.environ["REDIS_URL"])


def redis_of(worker: str, given: str) -> str:
    """The database behind the given one for ``gw0``, the next for ``gw1``."""
    parts = urlsplit(given)
    number = int(parts.path.strip("/") or 0) + 1 + int(worker.removeprefix("gw"))
    return parts._replace(path=f"/{number}").geturl()
