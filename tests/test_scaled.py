"""The commands and environment of docker-compose.yml on a real PostgreSQL and Redis, without containers."""

from __future__ import annotations

import os
import re
import secrets
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import httpx
import psycopg
import pytest
import yaml

from tests.stack import ROOT, Stack, api_token, free_port

pytestmark = [
    pytest.mark.services,
    pytest.mark.timeout(300),
    pytest.mark.skipif(
        not (os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL")),
        reason="set DATABASE_URL and REDIS_URL to run the scaled mode",
    ),
]
TEXT = "The weather is good today. We are going to the market in the morning."
SPECIAL = {"python": sys.executable, "celery": str(Path(sys.executable).with_name("celery"))}


def compose_command(service: str, **ports: int) -> list[str]:
    """The service's command, with this environment's programs and loopback ports."""
    services: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    filled = re.sub(r"\$\{\w+:-(\w*)\}", r"\1", services[service]["command"])
    words = [SPECIAL.get(word, word) for word in shlex.split(filled)]
    words = ["127.0.0.1" if word == "0.0.0.0" else word for word in words]
    return [
        str(ports["port"]) if before == "--port" else word
        for before, word in zip(["", *words], words, strict=False)
    ]


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    """A database of its own on the given server."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    name = f"voxweb_scaled_{secrets.token_hex(4)}"
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
    yield urlunsplit(parts._replace(path=f"/{name}"))
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="module")
def environment(database: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("scaled")
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "voxweb.settings",
        "DATABASE_URL": database,
        "VOXWEB_DATA_DIR": str(folder),
        "VOXWEB_MEDIA_DIR": str(folder / "media"),
        "VOXWEB_SECRET_KEY": secrets.token_urlsafe(50),
        "VOXWEB_ENGINE_URL": f"http://127.0.0.1:{free_port()}",
        "VOXWEB_REAP_SECONDS": "1",
        "VOXWEB_LEASE_SECONDS": "10",
    }


class Processes:
    """Everything that was started, ended at the end by id."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment
        self.running: list[subprocess.Popen[bytes]] = []

    def start(self, service: str, **ports: int) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(compose_command(service, **ports), cwd=ROOT, env=self.environment)
        self.running.append(process)
        return process

    def stop(self) -> list[int]:
        for process in self.running:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        codes = []
        for process in self.running:
            try:
                codes.append(process.wait(30))
            except subprocess.TimeoutExpired:
                process.kill()
                codes.append(process.wait())
        return codes


@pytest.fixture(scope="module")
def scaled(environment: dict[str, str]) -> Iterator[tuple[Processes, list[str]]]:
    """Two web processes, a worker, a beat and the engine, with the addresses of the web processes."""
    subprocess.run(
        compose_command("migrate"), cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL
    )
    processes = Processes(environment)
    try:
        ports = [free_port(), free_port()]
        for port in ports:
            processes.start("web", port=port)
        processes.start("worker")
        processes.start("beat")
        processes.start("engine", port=urlsplit(environment["VOXWEB_ENGINE_URL"]).port or 0)
        addresses = [f"http://127.0.0.1:{port}" for port in ports]
        for address in addresses:
            wait_for(f"{address}/healthz")
        wait_for(f"{environment['VOXWEB_ENGINE_URL']}/v1/models")
        yield processes, addresses
    finally:
        processes.stop()


def wait_for(url: str, seconds: float = 90.0) -> None:
    give_up = time.monotonic() + seconds
    while time.monotonic() < give_up:
        try:
            if httpx.get(url, timeout=5).status_code < 500:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.2)
    raise TimeoutError(url)


def test_it_works(scaled: tuple[Processes, list[str]], environment: dict[str, str], tmp_path: Path) -> None:
    """A file uploaded to one web process is transcribed by the worker and read from the other one."""
    processes, addresses = scaled
    spoken = tmp_path / "weather.wav"
    subprocess.run(["espeak-ng", "-v", "en-us", "-s", "140", "-w", str(spoken), TEXT], check=True)
    authorised = {"Authorization": f"Bearer {api_token(environment)}"}
    first, second = (
        httpx.Client(base_url=f"{address}/api/v1/", headers=authorised, timeout=60) for address in addresses
    )
    with first, second:
        here, there = (
            Stack(address, tmp_path, processes.running[0], client, environment)  # type: ignore[arg-type]
            for address, client in zip(addresses, (first, second), strict=True)
        )
        code = here.upload(spoken)["code"]
        transcript = there.wait(code, 120)
        assert transcript["state"] == "ready", transcript["job"]
        assert "morning" in " ".join(segment["text"] for segment in transcript["segments"]).lower()
        assert there.client.get(f"transcripts/{code}/export/vtt").text.startswith("WEBVTT")


def test_everything_stops_when_asked(scaled: tuple[Processes, list[str]]) -> None:
    processes, _addresses = scaled
    codes = processes.stop()
    assert set(codes) <= {0, -signal.SIGTERM}
