# ruff: noqa: N802 - these names are Twisted's
"""What an application receives: request bodies read on demand, WebSocket messages with a bounded backlog."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import IO, Any, Protocol

Message = dict[str, Any]

TAKE_BINARY = "voxweb.take_binary"
"""ASGI extension of WebSocket scopes: call it with a function that gets binary messages without a queue."""

_PIECE_BYTES = 256 * 1024


class Pausable(Protocol):
    """A transport whose reading can be stopped and started."""

    def pauseProducing(self) -> None:
        """Stop reading from the socket."""

    def resumeProducing(self) -> None:
        """Read from the socket again."""


class RequestInbox(asyncio.Queue[Message]):
    """Hands out a received request body in pieces of 256 KiB, then what follows it (the disconnect)."""

    def __init__(self, body: IO[bytes]) -> None:
        super().__init__()
        self._body = body
        self._body_done = False

    def put_nowait(self, message: Message) -> None:
        """Take any message but the body: daphne would copy all of it into this queue."""
        if message["type"] != "http.request":
            super().put_nowait(message)

    async def get(self) -> Message:
        """The next piece of the body, else the next message."""
        await asyncio.sleep(0)
        if self._body_done or self._body.closed:
            return await super().get()
        piece = self._body.read(_PIECE_BYTES)
        self._body_done = len(piece) < _PIECE_BYTES
        return {"type": "http.request", "body": piece, "more_body": not self._body_done}


class WebSocketInbox(asyncio.Queue[Message]):
    """Stops reading the socket while the application is behind, so that TCP slows the client down."""

    def __init__(self, transport: Pausable, *, most_messages: int, most_bytes: int) -> None:
        super().__init__()
        self._transport = transport
        self._most_messages = most_messages
        self._most_bytes = most_bytes
        self._held_bytes = 0
        self.paused = False
        self.binary_sink: Callable[[bytes], None] | None = None

    def take_binary(self, sink: Callable[[bytes], None]) -> None:
        """From now on ``sink`` gets every binary message at once; it must not block and not fail."""
        self.binary_sink = sink

    def put_nowait(self, message: Message) -> None:
        """Queue ``message``; what one read of the socket brought is always taken."""
        super().put_nowait(message)
        self._held_bytes += _payload_bytes(message)
        if not self.paused and self._fill() >= 1:
            self.paused = True
            self._transport.pauseProducing()

    async def get(self) -> Message:
        """The next message; reading starts again when three quarters of the backlog are gone."""
        message = await super().get()
        self._held_bytes -= _payload_bytes(message)
        if self.paused and self._fill() <= 0.25:
            self.paused = False
            self._transport.resumeProducing()
        return message

    def _fill(self) -> float:
        return max(self.qsize() / self._most_messages, self._held_bytes / self._most_bytes)


def _payload_bytes(message: Message) -> int:
    return len(message.get("bytes") or message.get("text") or b"")
