"""Starts server processes and ends them after the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.voxweb.server.server_process import ServerProcess

StartServer = Callable[..., ServerProcess]


@pytest.fixture
def start_server(tmp_path: Path) -> Iterator[StartServer]:
    """``start_server(body_bytes=...)`` runs the sample application with these ``ServerLimits``."""
    started: list[ServerProcess] = []

    def start(**limits: Any) -> ServerProcess:
        started.append(ServerProcess(tmp_path, limits))
        return started[-1]

    yield start
    for process in started:
        process.close()
