"""Probes over real sockets."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from voxweb.readiness import http_probe

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def answering(answer: bytes) -> Iterator[tuple[str, list[bytes]]]:
    """A server that gives one ``answer``; the requests it saw."""
    seen: list[bytes] = []

    def serve_one(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection:
            seen.append(connection.recv(4096))
            connection.sendall(answer)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve_one, args=[listener])
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/healthz", seen
        thread.join(10)


def test_it_works() -> None:
    with answering(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") as (url, seen):
        assert http_probe(url)()
        assert seen[0].startswith(b"GET /healthz HTTP/1.1\r\n")


def test_another_host_name_may_be_asked_for() -> None:
    with answering(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") as (url, seen):
        assert http_probe(url, host="vox.example.org")()
        assert b"Host: vox.example.org\r\n" in seen[0]


def test_the_command_asks_for_the_public_name() -> None:
    environment = {**os.environ, "VOXWEB_PUBLIC_URL": "https://vox.example.org"}
    with answering(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") as (url, seen):
        command = [sys.executable, "-m", "voxweb.readiness", url]
        assert subprocess.run(command, cwd=ROOT, env=environment, timeout=20, check=False).returncode == 0
        assert b"Host: vox.example.org\r\n" in seen[0]
    assert subprocess.run(command, cwd=ROOT, timeout=20, check=False).returncode == 1


@pytest.mark.parametrize("answer", [b"HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n", b"", b"rubbish\r\n\r\n"])
def test_what_is_not_ready(answer: bytes) -> None:
    with answering(answer) as (url, _):
        assert not http_probe(url)()


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert not http_probe(f"http://127.0.0.1:{port}")()


def test_a_silent_server_is_not_waited_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        assert not http_probe(f"http://127.0.0.1:{listener.getsockname()[1]}", timeout_seconds=0.1)()
