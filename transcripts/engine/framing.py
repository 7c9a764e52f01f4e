"""Messages between the engine and its recogniser processes: a JSON object and raw bytes, over a socket."""

from __future__ import annotations

import json
import socket
import struct
import time
from typing import Any

_LENGTHS = struct.Struct("!II")
LARGEST_HEADER_BYTES = 4 * 2**20
LARGEST_PAYLOAD_BYTES = 8 * 2**20


def send_message(channel: socket.socket, header: dict[str, Any], payload: bytes = b"") -> None:
    """Sends one message; OSError (TimeoutError included) when the other side has gone or stands still."""
    text = json.dumps(header).encode()
    channel.sendall(_LENGTHS.pack(len(text), len(payload)) + text + payload)


def receive_message(channel: socket.socket, timeout_seconds: float | None) -> tuple[dict[str, Any], bytes]:
    """The next message; EOFError when the other side has gone, TimeoutError after ``timeout_seconds``."""
    deadline = None if timeout_seconds is None else time.monotonic() + timeout_seconds
    header_bytes, payload_bytes = _LENGTHS.unpack(_receive(channel, _LENGTHS.size, deadline))
    if header_bytes > LARGEST_HEADER_BYTES or payload_bytes > LARGEST_PAYLOAD_BYTES:
        raise EOFError("the message is larger than any that is sent")
    header: dict[str, Any] = json.loads(_receive(channel, header_bytes, deadline))
    return header, _receive(channel, payload_bytes, deadline)


def _receive(channel: socket.socket, count: int, deadline: float | None) -> bytes:
    received = bytearray()
    while len(received) < count:
        channel.settimeout(None if deadline is None else max(0.001, deadline - time.monotonic()))
        piece = channel.recv(min(count - len(received), 2**18))
        if not piece:
            raise EOFError("the other side has gone")
        received += piece
    return bytes(received)
