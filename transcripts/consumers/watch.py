"""``/ws/transcripts/<code>``: a transcript that somebody has open - hints, edits, who else is here."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable
from typing import Any

from django.http import Http404

from ..access import transcript_to_read
from ..actions.live.database import in_database
from ..actions.live.page_line import PageLine
from .edit_desk import EditDesk
from .handshake import NOT_FOUND, SIGN_IN, Caller, caller_of
from .hello import hello_of
from .step_feed import StepFeed
from .step_source import StepSource
from .watch_guard import WatchGuard
from .watch_room import Room, Rooms

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

CLOSE_SLOW = 4408
PATIENCE_SECONDS = 10.0
"""How long a page may take nothing of what it is told."""
CLOSE_SECONDS = 5.0


class WatchEndpoint:
    """An ASGI application; one per process. Channels' consumer would cost a thread hop for every hint."""

    def __init__(self) -> None:
        self._rooms = Rooms()
        self._guard = WatchGuard()

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        code = scope["url_route"]["kwargs"]["code"]
        caller = await caller_of(scope)
        reason = SIGN_IN if caller is None else await _reason_to_refuse(caller, code)
        await receive()
        # Accepted first: a browser is told no close code of a connection that was never open.
        await send({"type": "websocket.accept"})
        if caller is None or reason is not None:
            await send({"type": "websocket.close", "code": reason})
        else:
            await self._keep(Watcher(caller, code, send, self._rooms.source(code)), receive)

    async def _keep(self, watcher: Watcher, receive: Receive) -> None:
        room = self._rooms.enter(watcher.code, watcher.feed)
        self._guard.add(watcher)
        desk = EditDesk(watcher, room)
        try:
            await watcher.greet(room)
            await desk.serve(receive)
        finally:
            self._guard.remove(watcher)
            self._rooms.leave(room, watcher.feed)
            await desk.leave()
            watcher.gone()


class Watcher:
    """One open page. It says hello before anything else, and is let go when it is too slow."""

    def __init__(self, caller: Caller, code: str, send: Send, source: StepSource) -> None:
        self.caller = caller
        self.code = code
        self.line = PageLine(self._send_text, patience_seconds=PATIENCE_SECONDS)
        self.feed = StepFeed(source, self.line)
        self._send = send
        self._telling: asyncio.Future[None] | None = None
        self._closing: asyncio.Future[None] | None = None

    async def greet(self, room: Room) -> None:
        """Hints are listened to before the version is read, so that nothing falls between the two."""
        await room.ready()
        hello = await in_database(hello_of, self.caller.user, self.code)
        if hello is None:
            self.close(NOT_FOUND)
            return
        self.feed.greeted(hello["v"])
        caption = room.caption if hello["live"] else None
        self._telling = asyncio.ensure_future(self._tell({"type": "hello", **hello, "caption": caption}))

    def close(self, code: int) -> None:
        """Close the socket soon; further calls change nothing."""
        if self._closing is None:
            self._closing = asyncio.ensure_future(self._close(code))

    def gone(self) -> None:
        """The connection has ended, whoever ended it."""
        self.feed.close()
        if self._telling is not None:
            self._telling.cancel()

    async def _tell(self, hello: dict[str, Any]) -> None:
        await self._send_text(json.dumps(hello, ensure_ascii=False))
        await self.line.run()
        self.close(CLOSE_SLOW)

    async def _close(self, code: int) -> None:
        self.gone()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(CLOSE_SECONDS):
                await self._send({"type": "websocket.close", "code": code})

    async def _send_text(self, text: str) -> None:
        await self._send({"type": "websocket.send", "text": text})


async def _reason_to_refuse(caller: Caller, code: str) -> int | None:
    try:
        await in_database(transcript_to_read, caller.user, code)
    except Http404:
        return NOT_FOUND
    return None
