"""One connection of a recorder to ``/ws/live``: says what there is to say, and obeys what it hears."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Callable, Coroutine, Mapping
from contextlib import suppress
from typing import Any

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from tests.live_journal import Journal
from tests.live_rules import Patience, SoundLostError
from transcripts.capture.frames import HEADER, LAST, MOST_PCM_BYTES, PCM_KIND

Message = dict[str, Any]


class Line:
    """``told`` gets every message after it was obeyed, ``sent`` where sound ends that is sent now."""

    def __init__(
        self,
        socket: ClientConnection,
        journal: Journal,
        patience: Patience,
        told: Callable[[Message], None],
        sent: Callable[[int], None],
    ) -> None:
        self._socket = socket
        self._journal = journal
        self._patience = patience
        self._told = told
        self._tell_sent = sent
        self._clock = asyncio.get_running_loop().time
        self._opened_at = self._clock()
        self._to_say: deque[Message] = deque()
        self._news = asyncio.Event()
        self._is_greeted = self._is_over = False
        self._epoch = self._seq = self._sent = 0
        self._out_since = self._stop_said_at = 0.0

    async def converse(self, wishes: Mapping[str, Any]) -> None:
        """Until the connection ends; ``wishes`` go with the start of a take. Raises SoundLostError."""
        if not self._journal.recording:
            self._to_say.append({"type": "start", "id": self._journal.id, **wishes})
        jobs: list[Coroutine[Any, Any, None]] = [self._listen(), self._talk(), self._watch()]
        tasks = [asyncio.ensure_future(job) for job in jobs]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in tasks:
                if task.done():
                    with suppress(ConnectionClosed):
                        task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self._socket.close()

    def look_again(self) -> None:
        """There is more sound, or it has ended."""
        self._news.set()

    def say(self, message: Message) -> None:
        """Before the greeting nothing is said: marks are said again then, and nobody else counts on it."""
        if self._is_greeted:
            self._to_say.append(message)
            self._news.set()

    def cut(self) -> None:
        """Lose the connection without a word."""
        self._socket.transport.abort()

    async def _watch(self) -> None:
        """Drop a connection on which nothing comes back."""
        patience = self._patience
        while True:
            await asyncio.sleep(min(0.25, patience.no_ack / 4))
            now = self._clock()
            silent = self._out_since and now - self._out_since > patience.no_ack
            ungreeted = not self._is_greeted and now - self._opened_at > patience.no_hello
            unstopped = self._stop_said_at and now - self._stop_said_at > patience.no_stopped
            if silent or ungreeted or unstopped:
                self.cut()
                return

    # -- up ----------------------------------------------------------------------------------------

    async def _talk(self) -> None:
        journal = self._journal
        while True:
            self._news.clear()
            if self._to_say:
                await self._socket.send(json.dumps(self._to_say.popleft()))
            elif self._is_greeted and self._sent < journal.captured:
                await self._send_sound()
            elif self._is_greeted and journal.is_stopped and not self._stop_said_at:
                self._stop_said_at = self._clock()
                await self._socket.send(json.dumps({"type": "stop", "bytes": journal.captured}))
            else:
                await self._news.wait()

    async def _send_sound(self) -> None:
        journal = self._journal
        try:
            pcm = journal.read(self._sent, MOST_PCM_BYTES)
        except LookupError as error:
            raise SoundLostError(str(error)) from error
        end = self._sent + len(pcm)
        flags = LAST if journal.is_stopped and end == journal.captured else 0
        header = HEADER.pack(PCM_KIND, flags, self._epoch & 0xFFFF, self._seq & 0xFFFFFFFF, self._sent)
        self._out_since = self._out_since or self._clock()
        self._sent, self._seq = end, self._seq + 1
        self._tell_sent(end)
        await self._socket.send(header + pcm)

    # -- down --------------------------------------------------------------------------------------

    async def _listen(self) -> None:
        async for text in self._socket:
            message = json.loads(text)
            self._obey(message)
            self._told(message)
            if self._is_over:
                return

    def _obey(self, message: Message) -> None:
        match message["type"]:
            case "ack":
                self._acked(message["written"], message["durable"])
            case "hello":
                self._hear_hello(message)
            case "gap":
                self._go_to(message["offset"], "gap")
            case "marked":
                self._journal.marks.pop(message["key"], None)
                self._journal.save()
            case "stopped":
                self._hear_stopped()

    def _acked(self, written: int, durable: int) -> None:
        journal = self._journal
        if durable > written or written > journal.captured:
            journal.blame(f"ack {written}/{durable} of {journal.captured} captured bytes")
        journal.acknowledge(written, durable)
        self._out_since = self._clock() if self._sent > written else 0.0

    def _hear_hello(self, message: Message) -> None:
        journal = self._journal
        journal.recording, journal.token = message["recording"], message["token"]
        journal.save()
        self._epoch = message["epoch"]
        self._go_to(message["offset"], "hello")
        self._is_greeted = True
        for key, mark in journal.marks.items():
            self.say({"type": "mark", "key": key, **mark})

    def _hear_stopped(self) -> None:
        journal = self._journal
        self._is_over = True
        journal.acknowledge(journal.captured, journal.captured)
        if journal.marks:
            journal.blame(f"stopped with {len(journal.marks)} marks not stored")

    def _go_to(self, offset: int, why: str) -> None:
        """Send again from ``offset``."""
        journal = self._journal
        if offset < journal.written:
            journal.blame(f"{why} at {offset} after {journal.written} were written")
        if offset > journal.captured:
            journal.blame(f"{why} at {offset} of {journal.captured} captured bytes")
        self._sent = offset
        self._out_since = self._stop_said_at = 0.0
        self._news.set()
