"""``python -m voxweb.server`` as the supervisor and the container start it."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.voxweb.server.command_app import application
from tests.voxweb.server.server_process import ROOT, read_to_end, wait_until
from voxweb.server import serve

Run = Callable[..., subprocess.Popen[str]]
APPLICATION = "tests.voxweb.server.command_app:application"


@pytest.fixture
def run() -> Iterator[Run]:
    """Start the command with these arguments; ended after the test."""
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: str, **options: Any) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "voxweb.server", *arguments]
        pipe = subprocess.PIPE
        started.append(subprocess.Popen(command, cwd=ROOT, stdout=pipe, stderr=pipe, text=True, **options))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.communicate(timeout=10)


def test_it_works(run: Run) -> None:
    process = run("--port", "0", APPLICATION)
    host, port = first_line(process).removeprefix("listening http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        assert b"hello from /page" in ask(connection)
    process.terminate()
    _, log = process.communicate(timeout=10)
    assert process.returncode == 0
    assert "GET /page 200" in log
    assert "secret" not in log


def test_a_taken_port_is_said(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        process = run("--port", str(taken.getsockname()[1]), APPLICATION)
        _, complaint = process.communicate(timeout=20)
    assert process.returncode == 1
    assert complaint.startswith("The server cannot listen")
    assert "Traceback" not in complaint


@pytest.mark.parametrize(
    "arguments", [(APPLICATION,), ("--port", "0", "no.colon"), ("--port", "x", APPLICATION)]
)
def test_a_wrong_command_line_is_explained(run: Run, arguments: tuple[str, ...]) -> None:
    process = run(*arguments)
    _, complaint = process.communicate(timeout=20)
    assert process.returncode == 2
    assert complaint.startswith("usage: python -m voxweb.server")


def test_the_body_limit_is_an_option(run: Run) -> None:
    process = run("--port", "0", "--max-body-bytes", "10", APPLICATION)
    port = int(first_line(process).rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\n\r\n")
        assert b"413" in read_to_end(connection)


def test_a_socket_in_the_file_system(run: Run, tmp_path: Path) -> None:
    path = str(tmp_path / "web.sock")
    assert first_line(run("--unix-socket", path, APPLICATION)) == f"listening unix:{path}"
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(10)
        connection.connect(path)
        assert b"hello from /page" in ask(connection)


def test_an_inherited_socket(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        number = listener.fileno()
        process = run("--fd", str(number), APPLICATION, pass_fds=[number])
        assert first_line(process).endswith(f":{listener.getsockname()[1]}")
        with socket.create_connection(listener.getsockname(), timeout=10) as connection:
            assert b"hello from /page" in ask(connection)


def test_a_view_stuck_in_a_thread_does_not_hold_the_end(run: Run, tmp_path: Path) -> None:
    process = run("--port", "0", "--drain-seconds", "0.2", APPLICATION)
    port = int(first_line(process).rpartition(":")[2])
    started = tmp_path / "started"
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(f"GET /stuck{started} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        wait_until(started.exists)
        process.terminate()
        assert process.wait(30) == 0


def test_nowhere_to_listen_is_a_mistake_in_the_code() -> None:
    with pytest.raises(ValueError, match="needs a host and a port"):
        serve(application)


def first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def ask(connection: socket.socket) -> bytes:
    connection.sendall(b"GET /page?token=secret HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    return read_to_end(connection)
