"""``/ws/live``: the sockets that record. Binary frames take a short cut past everything else."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs

from ..actions.live.desk import LiveDesk
from .handshake import SIGN_IN, caller_of
from .live_guard import LiveGuard
from .live_message import LONGEST_MESSAGE_CHARACTERS
from .live_socket import LiveSocket

TAKE_BINARY = "voxweb.take_binary"
"""The extension of our server (``voxweb.server``) that saves a queue and a task switch for every frame."""

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


class LiveEndpoint:
    """An ASGI application; one per process. Channels' consumer would cost a thread hop for every frame."""

    def __init__(self, desk: LiveDesk) -> None:
        self._desk = desk
        self._guard = LiveGuard(desk)

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        caller = await caller_of(scope)
        await receive()
        await send({"type": "websocket.accept"})
        if caller is None:
            await send({"type": "websocket.close", "code": SIGN_IN})
            return
        socket = LiveSocket(self._desk, caller, send)
        self._guard.add(socket)
        take_binary = scope.get("extensions", {}).get(TAKE_BINARY)
        if take_binary is not None:
            take_binary(socket.frame)
        try:
            await socket.open(_query(scope))
            await _listen(socket, receive)
        finally:
            self._guard.remove(socket)
            await asyncio.shield(socket.gone())


async def _listen(socket: LiveSocket, receive: Receive) -> None:
    while True:
        message = await receive()
        data = message.get("bytes")
        if data:
            socket.frame(data)
        elif message["type"] == "websocket.disconnect":
            return
        else:
            await socket.obey((message.get("text") or "")[: LONGEST_MESSAGE_CHARACTERS + 1])


def _query(scope: dict[str, Any]) -> dict[str, str]:
    pairs = parse_qs(scope["query_string"].decode("utf-8", "replace"))
    return {name: values[0] for name, values in pairs.items()}
