"""Bodies in pieces, WebSocket messages with a bounded backlog."""

from __future__ import annotations

import io
from typing import Any

import pytest

from voxweb.server.inbox import RequestInbox, WebSocketInbox


class CountingTransport:
    """Notes whether the socket would be read."""

    reading = True

    def pauseProducing(self) -> None:  # noqa: N802 - Twisted's name
        self.reading = False

    def resumeProducing(self) -> None:  # noqa: N802 - Twisted's name
        self.reading = True


async def test_it_works() -> None:
    inbox = RequestInbox(io.BytesIO(b"abc"))
    inbox.put_nowait({"type": "http.request", "body": b"daphne's own copy", "more_body": False})
    inbox.put_nowait({"type": "http.disconnect"})
    assert await inbox.get() == {"type": "http.request", "body": b"abc", "more_body": False}
    assert await inbox.get() == {"type": "http.disconnect"}


@pytest.mark.parametrize("size", [0, 1, 256 * 1024, 256 * 1024 + 1, 1024 * 1024])
async def test_a_body_comes_in_pieces(size: int) -> None:
    inbox = RequestInbox(io.BytesIO(bytes(size)))
    pieces: list[dict[str, Any]] = []
    while not pieces or pieces[-1]["more_body"]:
        pieces.append(await inbox.get())
    assert sum(len(piece["body"]) for piece in pieces) == size
    assert max(len(piece["body"]) for piece in pieces) <= 256 * 1024


async def test_a_client_that_left_ends_the_body() -> None:
    spool = io.BytesIO(bytes(1024 * 1024))
    inbox = RequestInbox(spool)
    await inbox.get()
    spool.close()
    inbox.put_nowait({"type": "http.disconnect"})
    assert (await inbox.get())["type"] == "http.disconnect"


@pytest.mark.parametrize(
    "message",
    [{"type": "websocket.receive", "bytes": bytes(25)}, {"type": "websocket.receive", "text": "x" * 25}],
)
async def test_reading_pauses_at_the_limit_and_resumes_below(message: dict[str, Any]) -> None:
    transport = CountingTransport()
    inbox = WebSocketInbox(transport, most_messages=1000, most_bytes=100)
    for _ in range(4):
        assert transport.reading
        inbox.put_nowait(message)
    assert not transport.reading
    assert inbox.paused
    for _ in range(3):
        assert not transport.reading
        await inbox.get()
    assert transport.reading


async def test_many_empty_messages_pause_too() -> None:
    transport = CountingTransport()
    inbox = WebSocketInbox(transport, most_messages=8, most_bytes=100)
    for _ in range(8):
        inbox.put_nowait({"type": "websocket.receive", "text": ""})
    assert not transport.reading
