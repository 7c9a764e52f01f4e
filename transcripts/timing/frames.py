"""Messages between the aligner and its child: a JSON header and a body of bytes, each with its length."""

from __future__ import annotations

import json
import socket
import struct
from typing import Any

SAMPLE_RATE_HZ = 16_000
"""The body of a request is sound: mono s16le at this rate."""

_LENGTHS = struct.Struct(">II")
_LONGEST_BYTES = 1 << 28
_PIECE_BYTES = 1 << 20


def send_frame(channel: socket.socket, header: dict[str, Any], body: bytes = b"") -> None:
    """Write one message; ``OSError`` when the other side is gone or too slow (``channel``'s timeout)."""
    encoded = json.dumps(header).encode()
    channel.sendall(_LENGTHS.pack(len(encoded), len(body)) + encoded)
    channel.sendall(body)


def receive_frame(channel: socket.socket) -> tuple[dict[str, Any], bytes]:
    """Read one message. ``EOFError`` when the other side closed, ``OSError`` when it is too slow."""
    header_bytes, body_bytes = _LENGTHS.unpack(_exactly(channel, _LENGTHS.size))
    if max(header_bytes, body_bytes) > _LONGEST_BYTES:
        raise EOFError("a length that nobody sends: the stream is out of step")
    header: dict[str, Any] = json.loads(_exactly(channel, header_bytes))
    return header, _exactly(channel, body_bytes)


def _exactly(channel: socket.socket, length: int) -> bytes:
    received = bytearray()
    while len(received) < length:
        piece = channel.recv(min(length - len(received), _PIECE_BYTES))
        if not piece:
            raise EOFError("the other side closed")
        received += piece
    return bytes(received)
