"""A really started server process, its memory, and raw connections to it."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
MIB = 1024 * 1024
PATIENCE_SECONDS = 20.0


def wait_until(condition: Callable[[], Any], *, what: str = "it") -> None:
    """Return as soon as ``condition()`` is true; fail after twenty seconds."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < until, f"{what} did not happen in {PATIENCE_SECONDS} s"
        time.sleep(0.02)


class ServerProcess:
    """``served_app.py`` behind the server under test."""

    def __init__(self, notes: Path, limits: dict[str, Any]) -> None:
        self.notes = notes
        script = Path(__file__).with_name("served_app.py")
        self.process = subprocess.Popen(
            [sys.executable, str(script), json.dumps(limits), str(notes)],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line.strip().isdigit(), self.process.communicate(timeout=5)
        self.port = int(line)

    def noted(self, name: str) -> bool:
        """Whether the application left the note ``name``."""
        return (self.notes / name).exists()

    def connect(self) -> socket.socket:
        """A plain TCP connection."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE_SECONDS)

    def http(self) -> http.client.HTTPConnection:
        """A connection of the standard library's client."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)

    def get(self, path: str, **headers: str) -> tuple[int, bytes]:
        """Status and body of one request."""
        connection = self.http()
        connection.request(
            "GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()}
        )
        response = connection.getresponse()
        body = response.read()
        connection.close()
        return response.status, body

    def exchange(self, head: bytes) -> bytes:
        """Send ``head`` as it is and read until the server closes."""
        with self.connect() as connection:
            connection.sendall(head)
            return read_to_end(connection)

    def peak_growth_bytes(self, work: Callable[[], Any]) -> int:
        """How far the peak of resident memory rises above the present while ``work()`` runs."""
        self.get("/hello")
        Path(f"/proc/{self.process.pid}/clear_refs").write_text("5")
        before_bytes = self._memory_bytes("VmRSS")
        work()
        return self._memory_bytes("VmHWM") - before_bytes

    def terminate(self) -> int:
        """SIGTERM; the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE_SECONDS)

    def close(self) -> str:
        """End the process however it takes; what it wrote to stderr."""
        if self.process.poll() is None:
            self.process.kill()
        return self.process.communicate(timeout=PATIENCE_SECONDS)[1]

    def _memory_bytes(self, name: str) -> int:
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith(f"{name}:"))
        return int(line.split()[1]) * 1024


def read_to_end(connection: socket.socket) -> bytes:
    """Everything until the other side closes or resets."""
    received = bytearray()
    try:
        while piece := connection.recv(1024 * 1024):
            received += piece
    except ConnectionResetError:
        pass
    return bytes(received)


def settled(server: ServerProcess) -> bool:
    """Whether the application has stopped making progress."""
    note = server.notes / "sent"
    if not note.exists():
        return False
    before = note.read_text()
    time.sleep(0.3)
    return bool(before) and note.read_text() == before
