"""What goes down to the page of a take: in order, bounded, and never waited for."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

MOST_WAITING = 512
PATIENCE_SECONDS = 10.0

Send = Callable[[str], Awaitable[None]]

_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class PageLine:
    """``run`` it as a task. Acks and provisional captions wait in one place each, the newest wins.

    ``run`` returns when the page is too slow: it reconnects and asks for what it missed.
    """

    def __init__(self, send: Send, *, patience_seconds: float = PATIENCE_SECONDS) -> None:
        self._send = send
        self._patience_seconds = patience_seconds
        self._queue: deque[str] = deque()
        self._caption = ""
        self._ack = ""
        self._something = asyncio.Event()
        self._clock = asyncio.get_running_loop().time
        self._sending_since: float | None = None

    def tell(self, message: Mapping[str, Any]) -> None:
        """Any message but captions and acks."""
        self._queue.append(_encoded(message))
        self._something.set()

    def caption(self, message: Mapping[str, Any]) -> None:
        self._caption = _encoded(message)
        self._something.set()

    def ack(self, written: int, durable: int) -> None:
        self._ack = f'{{"type":"ack","written":{written},"durable":{durable}}}'
        self._something.set()

    async def run(self) -> None:
        sending = asyncio.ensure_future(self._send_all())
        try:
            while not sending.done() and not self._is_too_slow():
                # A timer for every message would cost as much as the message.
                await asyncio.wait({sending}, timeout=self._patience_seconds / 4)
            if sending.done():
                sending.result()
        finally:
            sending.cancel()

    async def _send_all(self) -> None:
        while len(self._queue) <= MOST_WAITING:
            await self._something.wait()
            self._something.clear()
            self._sending_since = self._clock()
            await self.empty()
            self._sending_since = None

    def _is_too_slow(self) -> bool:
        since = self._sending_since
        return since is not None and self._clock() - since > self._patience_seconds

    async def empty(self) -> None:
        """Send everything that waits."""
        while self._queue or self._caption or self._ack:
            await self._send(self._next())

    def _next(self) -> str:
        if self._queue:
            return self._queue.popleft()
        if self._caption:
            text, self._caption = self._caption, ""
        else:
            text, self._ack = self._ack, ""
        return text
