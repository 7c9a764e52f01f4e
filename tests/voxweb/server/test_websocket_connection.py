"""WebSockets that send too much, read too little or never shake hands."""

from __future__ import annotations

import base64
import os
import random
import socket

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from tests.voxweb.server.conftest import StartServer
from tests.voxweb.server.server_process import MIB, ServerProcess, read_to_end, settled, wait_until
from voxweb.server.unmask import apply_mask


def test_it_works(start_server: StartServer) -> None:
    with open_websocket(start_server(), "/echo") as websocket:
        websocket.send("grüezi")
        websocket.send(b"\x00\x01")
        assert [websocket.recv(), websocket.recv()] == ["grüezi", b"\x00\x01"]


def test_the_application_may_refuse(start_server: StartServer) -> None:
    with pytest.raises(InvalidStatus) as refusal, open_websocket(start_server(), "/refused"):
        pass
    assert refusal.value.response.status_code == 403


def test_a_message_over_the_limit_closes_the_connection(start_server: StartServer) -> None:
    with open_websocket(start_server(websocket_message_bytes=1000), "/echo") as websocket:
        websocket.send(bytes(1001))
        with pytest.raises(ConnectionClosed):
            websocket.recv(timeout=10)


def test_a_flood_to_a_blocked_consumer_keeps_memory_flat_and_loses_nothing(start_server: StartServer) -> None:
    server = start_server()
    sent_bytes = 0

    def flood() -> None:
        nonlocal sent_bytes
        with upgraded_socket(server, "/blocked") as raw:
            raw.settimeout(1)
            sent_bytes, rest = send_until_blocked(raw, most_bytes=64 * MIB)
            (server.notes / "go-on").touch()
            raw.settimeout(20)
            raw.sendall(rest + frame(b"end", opcode=1))
            assert raw.recv(100)[2:].decode() == str(sent_bytes)

    assert server.peak_growth_bytes(flood) < 12 * MIB
    assert 0 < sent_bytes < 64 * MIB


def test_a_client_that_does_not_read_keeps_memory_flat(start_server: StartServer) -> None:
    server = start_server()

    def never_read() -> None:
        with upgraded_socket(server, "/flood"):
            wait_until(lambda: settled(server), what="back-pressure")
            assert int((server.notes / "sent").read_text()) < 16 * MIB

    assert server.peak_growth_bytes(never_read) < 8 * MIB


def test_data_before_the_handshake_is_not_kept(start_server: StartServer) -> None:
    server = start_server()
    with server.connect() as raw:
        raw.sendall(upgrade_request("/never"))
        wait_until(lambda: is_reset_by(raw), what="the end of the connection")


def test_a_handshake_that_never_ends_is_cut_off(start_server: StartServer) -> None:
    server = start_server(header_seconds=0.3)
    with server.connect() as raw:
        raw.sendall(upgrade_request("/never"))
        assert b"101" not in read_to_end(raw)


def test_a_closed_connection_reaches_the_application(start_server: StartServer) -> None:
    server = start_server()
    with open_websocket(server, "/echo") as websocket:
        websocket.close(code=4321)
    wait_until(lambda: server.noted("cleaned-up"))
    assert (server.notes / "close-code").read_text() == "4321"


def open_websocket(server: ServerProcess, path: str) -> ClientConnection:
    return connect(f"ws://127.0.0.1:{server.port}{path}", compression=None)


def upgrade_request(path: str) -> bytes:
    key = base64.b64encode(os.urandom(16)).decode()
    return (
        f"GET {path} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n"
    ).encode()


def upgraded_socket(server: ServerProcess, path: str) -> socket.socket:
    """A WebSocket without a library that would read ahead."""
    raw = socket.socket()
    raw.settimeout(20)
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16 * 1024)
    raw.connect(("127.0.0.1", server.port))
    raw.sendall(upgrade_request(path))
    answer = b""
    while not answer.endswith(b"\r\n\r\n"):
        answer += raw.recv(1)
    assert b" 101 " in answer
    return raw


def frame(payload: bytes, opcode: int = 2) -> bytes:
    """A whole message; the mask is zero."""
    return masked_frame(0x80 | opcode, payload, bytes(4))


def masked_frame(opening: int, payload: bytes, mask: bytes) -> bytes:
    """``opening`` is the first byte: what kind of frame, and whether it is the last of its message."""
    size = len(payload)
    length = bytes([0x80 | size]) if size < 126 else b"\xfe" + size.to_bytes(2, "big")
    return bytes([opening]) + length + mask + apply_mask(payload, mask)


def send_until_blocked(raw: socket.socket, most_bytes: int) -> tuple[int, bytes]:
    """Send 3200-byte messages until the server takes no more; their payload bytes, and the unsent rest."""
    message, payload_bytes = frame(bytes(3200)), 0
    while payload_bytes < most_bytes:
        try:
            taken = raw.send(message)
        except TimeoutError:
            break
        payload_bytes += 3200
        if taken < len(message):
            return payload_bytes, message[taken:]
    return payload_bytes, b""


def is_reset_by(raw: socket.socket) -> bool:
    """Whether sending to ``raw`` fails."""
    try:
        raw.sendall(bytes(1000))
    except OSError:
        return True
    return False


def test_an_application_may_take_binary_messages_as_a_plain_call(start_server: StartServer) -> None:
    with open_websocket(start_server(), "/diverted") as websocket:
        websocket.send(b"\x01\x02")
        websocket.send("so far")
        assert websocket.recv(timeout=10) == "2 bytes"


@pytest.mark.parametrize("seed", range(3))
def test_messages_arrive_whole_however_they_were_cut(start_server: StartServer, seed: int) -> None:
    chance = random.Random(seed)
    messages = [chance.randbytes(chance.choice([1, 125, 126, 127, 3216, 65_535])) for _ in range(60)]
    with upgraded_socket(start_server(), "/echo") as raw:
        raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for message in messages:
            stream = b"".join(pieces_of(message, chance))
            for piece in cut(stream, chance):
                raw.sendall(piece)
            assert echoed(raw, len(message)) == message


def pieces_of(message: bytes, chance: random.Random) -> list[bytes]:
    """The frames of a message, each under its own mask, sometimes with a pong in between."""
    border = chance.choice([len(message), len(message), chance.randint(0, len(message))])
    parts = [message[:border], message[border:]] if border < len(message) else [message]
    frames = []
    for number, part in enumerate(parts):
        opening = (0x80 if number == len(parts) - 1 else 0) | (2 if number == 0 else 0)
        frames.append(masked_frame(opening, part, chance.randbytes(4)))
        if chance.random() < 0.3:
            frames.append(masked_frame(0x8A, b"", chance.randbytes(4)))
    return frames


def cut(stream: bytes, chance: random.Random) -> list[bytes]:
    """Whole, or in two pieces."""
    border = chance.choice([len(stream), chance.randint(1, len(stream))])
    return [piece for piece in (stream[:border], stream[border:]) if piece]


def echoed(raw: socket.socket, size: int) -> bytes:
    """The payload of the next message from the server."""
    head = 2 if size < 126 else 4
    answer = b""
    while len(answer) < head + size:
        answer += raw.recv(head + size - len(answer))
    return answer[head:]


def test_a_whole_message_over_the_limit_closes_the_connection(start_server: StartServer) -> None:
    with upgraded_socket(start_server(websocket_message_bytes=1000), "/echo") as raw:
        raw.sendall(masked_frame(0x82, bytes(1000), b"mask"))
        assert echoed(raw, 1000) == bytes(1000)
        raw.sendall(masked_frame(0x82, bytes(1001), b"mask"))
        with pytest.raises(ConnectionResetError):
            raw.recv(2)
