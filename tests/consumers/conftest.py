"""A really started server on the test database."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.db import connection

from tests.consumers.live_server import LiveServer, live_server
from tests.listening import address_of

ROOT = Path(__file__).parents[2]
STOP_SECONDS = 20


class ToldServer:
    """``tests.told`` in a process of its own. ``address`` is host and port."""

    def __init__(self, address: str) -> None:
        self.address = address

    def tell(self, code: str, *messages: dict[str, Any]) -> None:
        """Say this to the open pages of a transcript."""
        httpx.post(
            f"http://{self.address}/tell/{code}", json=list(messages), trust_env=False
        ).raise_for_status()


@pytest.fixture(scope="session")
def told_server(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToldServer]:
    folder = tmp_path_factory.mktemp("told")
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
        "VOXWEB_BROWSER_TEST_DATABASE": str(connection.settings_dict["NAME"]),
        "VOXWEB_BROWSER_TEST_STATIC": str(folder),
    }
    command = [sys.executable, "-m", "voxweb.server", "--port", "0", "tests.told:application"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield ToldServer(address_of(process).removeprefix("http://"))
        finally:
            process.terminate()
            process.wait(STOP_SECONDS)


@pytest.fixture
def media(tmp_path: Path) -> Path:
    return tmp_path / "media"


@pytest.fixture(scope="module")
def server(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """One for all tests that end it in no way; its speech service cannot be reached."""
    with live_server(tmp_path_factory.mktemp("live") / "media", "http://127.0.0.1:9") as started:
        yield started
