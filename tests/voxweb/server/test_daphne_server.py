"""The end of a server process: what runs is finished, sockets are told, the exit code is 0."""

from __future__ import annotations

import signal
import socket
import time

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.voxweb.server.conftest import StartServer
from tests.voxweb.server.server_process import ServerProcess, read_to_end, wait_until


def test_it_works(start_server: StartServer) -> None:
    server = start_server()
    with connect(f"ws://127.0.0.1:{server.port}/echo", compression=None) as websocket:
        exchange(websocket)
        time.sleep(2.2)  # daphne forgets the upgrade request about a second later
        server.process.send_signal(signal.SIGTERM)
        assert close_code(websocket) == 4012
    assert server.process.wait(10) == 0
    assert server.noted("cleaned-up")


def test_a_websocket_that_has_just_been_opened_is_told_too(start_server: StartServer) -> None:
    server = start_server()
    with connect(f"ws://127.0.0.1:{server.port}/echo", compression=None) as websocket:
        exchange(websocket)
        server.process.send_signal(signal.SIGTERM)
        assert close_code(websocket) == 4012
    assert server.process.wait(10) == 0
    assert server.noted("cleaned-up")


def test_a_running_request_is_finished(start_server: StartServer) -> None:
    server = start_server()
    with running_request(server, "/slow/1") as connection:
        server.process.send_signal(signal.SIGTERM)
        answer = read_to_end(connection)
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert b"Connection: close" in answer
    assert b"done" in answer
    assert server.process.wait(10) == 0


def test_a_request_that_takes_too_long_is_cancelled(start_server: StartServer) -> None:
    server = start_server(drain_seconds=0.3)
    with running_request(server, "/slow/60"):
        assert server.terminate() == 0
    assert server.noted("slow-ended")


def test_a_second_signal_ends_the_draining(start_server: StartServer) -> None:
    server = start_server(drain_seconds=1000)
    with running_request(server, "/slow/60"):
        server.process.send_signal(signal.SIGTERM)
        wait_until(lambda: is_refused(server), what="the end of listening")
        assert server.terminate() == 0
    assert server.noted("slow-ended")


def test_idle_connections_do_not_hold_the_end(start_server: StartServer) -> None:
    server = start_server(drain_seconds=1000)
    fresh = server.connect()
    kept_alive = server.http()
    kept_alive.request("GET", "/hello")
    kept_alive.getresponse().read()
    assert server.terminate() == 0
    fresh.close()
    kept_alive.close()


def test_a_consumer_that_does_not_listen_is_cancelled(start_server: StartServer) -> None:
    server = start_server(drain_seconds=0.3)
    with connect(f"ws://127.0.0.1:{server.port}/blocked", compression=None) as websocket:
        server.process.send_signal(signal.SIGTERM)
        assert close_code(websocket) == 4012
    (server.notes / "go-on").touch()
    assert server.process.wait(10) == 0


def test_nothing_new_is_accepted_while_draining(start_server: StartServer) -> None:
    server = start_server()
    with running_request(server, "/slow/2") as connection:
        server.process.send_signal(signal.SIGTERM)
        wait_until(lambda: is_refused(server), what="the end of listening")
        assert b"done" in read_to_end(connection)


def test_interrupting_from_the_keyboard_is_orderly_too(start_server: StartServer) -> None:
    server = start_server()
    server.process.send_signal(signal.SIGINT)
    assert server.process.wait(10) == 0
    assert "Traceback" not in server.close()


def exchange(websocket: ClientConnection) -> None:
    websocket.send("here")
    assert websocket.recv(timeout=10) == "here"


def close_code(websocket: ClientConnection) -> int:
    with pytest.raises(ConnectionClosed) as closed:
        websocket.recv(timeout=10)
    assert closed.value.rcvd is not None
    return int(closed.value.rcvd.code)


def running_request(server: ServerProcess, path: str) -> socket.socket:
    connection = server.connect()
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    wait_until(lambda: server.noted("slow-started"))
    return connection


def is_refused(server: ServerProcess) -> bool:
    try:
        server.connect().close()
    except ConnectionRefusedError:
        return True
    return False
