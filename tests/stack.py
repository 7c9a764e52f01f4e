"""A whole voxweb for a test or a measurement: started with its command, asked through REST, stopped."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).parents[1]
READY_SECONDS = 120.0
ENDED = {"ready", "failed"}
TUS = {"Tus-Resumable": "1.0.0"}


@dataclass
class Stack:
    """A running server: ``process`` is the supervisor, ``data_dir`` its folder, ``client`` asks its REST."""

    url: str
    data_dir: Path
    process: subprocess.Popen[str]
    client: httpx.Client
    environment: Mapping[str, str]

    def upload(self, path: Path, **options: str) -> dict[str, Any]:
        """Send a file, small ones by multipart; returns its transcript, also one that was there already."""
        if path.stat().st_size < 8 * 1024 * 1024:
            with path.open("rb") as file:
                answer = self.client.post("recordings", files={"file": (path.name, file)}, data=options)
        else:
            answer = self.client.post("recordings", json={"upload": self.tus(path), **options})
        if answer.status_code not in {200, 201}:
            raise RuntimeError(f"{path.name}: {answer.status_code} {answer.text[:300]}")
        return dict(answer.json())

    def tus(self, path: Path, piece_bytes: int = 8 * 1024 * 1024) -> str:
        """Send a file in pieces; returns the upload's code (tus 1.0)."""
        length = path.stat().st_size
        name = b64encode(path.name.encode()).decode()
        created = self.client.post(
            "uploads", headers={**TUS, "Upload-Length": str(length), "Upload-Metadata": f"filename {name}"}
        )
        created.raise_for_status()
        code = created.headers["Location"].rstrip("/").rsplit("/", 1)[-1]
        with path.open("rb") as file:
            for offset in range(0, length, piece_bytes):
                self.send_piece(code, offset, file.read(piece_bytes))
        return code

    def send_piece(self, code: str, offset: int, piece: bytes) -> httpx.Response:
        headers = {
            **TUS,
            "Upload-Offset": str(offset),
            "Content-Type": "application/offset+octet-stream",
        }
        sent = self.client.patch(f"uploads/{code}", content=piece, headers=headers)
        sent.raise_for_status()
        return sent

    def wait(self, code: str, seconds: float = 3600.0) -> dict[str, Any]:
        """Poll until the transcript is ready or failed; returns it with its words."""
        give_up = time.monotonic() + seconds
        while time.monotonic() < give_up:
            progress = self.client.get(f"transcripts/{code}/progress").json()
            if progress["state"] in ENDED:
                return dict(self.client.get(f"transcripts/{code}", params={"words": 1}).json())
            time.sleep(0.5)
        raise TimeoutError(f"{code} was not ready after {seconds:.0f} s")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def without_services(environment: Mapping[str, str]) -> dict[str, str]:
    """A fresh data folder holds everything: a shared database or broker would bring other runs along."""
    return {name: value for name, value in environment.items() if name not in {"DATABASE_URL", "REDIS_URL"}}


@contextmanager
def running_stack(*, account: bool = True, **extra: str) -> Iterator[Stack]:
    """Start ``manage.py voxweb`` on a fresh data folder and stop it at the end.

    ``client`` carries the token of the first account; without ``account`` there is none, as on a first visit.
    """
    with tempfile.TemporaryDirectory(prefix="voxweb-bench-", ignore_cleanup_errors=True) as folder:
        environment = {
            **without_services(os.environ),
            "DJANGO_SETTINGS_MODULE": "voxweb.settings",
            "VOXWEB_DATA_DIR": folder,
            "VOXWEB_ENGINE_URL": f"http://127.0.0.1:{free_port()}",
            **extra,
        }
        port = free_port()
        process = subprocess.Popen(
            [sys.executable, "manage.py", "voxweb", "--port", str(port)],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            wait_for_ready(process)
            url = f"http://127.0.0.1:{port}"
            headers = {"Authorization": f"Bearer {api_token(environment)}"} if account else {}
            with httpx.Client(base_url=f"{url}/api/v1/", headers=headers, timeout=120) as client:
                yield Stack(url, Path(folder), process, client, environment)
        finally:
            stop(process)


def wait_for_ready(process: subprocess.Popen[str]) -> None:
    if process.stdout is None:
        raise RuntimeError("the server's output is not read")
    started = time.monotonic()
    for line in process.stdout:
        if line.startswith("ready "):
            return
        if time.monotonic() - started > READY_SECONDS:
            break
    raise RuntimeError("voxweb did not become ready")


def api_token(environment: Mapping[str, str]) -> str:
    command = [sys.executable, "manage.py", "api_token", "bench@example.org", "--create"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def stop(process: subprocess.Popen[str]) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=40)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
