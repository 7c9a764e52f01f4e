"""A network in which only 127.0.0.1 may be asked, and a way to fetch from it quickly."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest

from transcripts.fetch.download import FetchedFile, download
from transcripts.fetch.limits import FetchLimits
from transcripts.fetch.line import Network
from transcripts.fetch.public_address import IpAddress

Fetch = Callable[..., FetchedFile]
LIMITS: dict[str, Any] = {
    "max_bytes": 10_000_000,
    "spare_bytes": 0,
    "read_seconds": 5.0,
    "first_wait_seconds": 0.01,
    "longest_wait_seconds": 0.02,
}


def only_here(address: IpAddress) -> bool:
    return address == ip_address("127.0.0.1")


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "file.part"


@pytest.fixture
def fetch(target: Path) -> Fetch:
    """``fetch(url, **limits)`` into ``target``; other arguments as those of ``download``."""

    def run(url: str, **given: Any) -> FetchedFile:
        network = given.pop("network", Network(is_allowed=only_here))
        should_stop = given.pop("should_stop", lambda: False)
        on_progress = given.pop("on_progress", lambda *_: None)
        return download(
            url,
            target,
            limits=FetchLimits(**{**LIMITS, **given}),
            network=network,
            on_progress=on_progress,
            should_stop=should_stop,
        )

    return run
