"""An honest recorder for ``/ws/live``: keeps what is not durable, comes back after breaks, never gives up.

A program that records would look like this; tests, measurements and the chaos run use it.
"""

from __future__ import annotations

import asyncio
import uuid
from collections import deque
from collections.abc import Callable, Mapping
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidHandshake

from tests.live_journal import Journal
from tests.live_line import Line, Message
from tests.live_microphone import Microphone
from tests.live_rules import ComeBack, Patience
from tests.live_sound import BYTES_PER_MS, Sound

MOST_EVENTS = 5_000


class LiveClient:
    """``run`` it as a task; it ends when the server has said ``stopped``. ``pace`` as in ``Microphone``.

    ``events`` holds the newest messages but acks; ``journal.broken_promises`` what must never be.
    """

    def __init__(
        self,
        url: str,
        api_token: str,
        sound: Sound,
        *,
        journal: Journal | None = None,
        title: str = "",
        options: Mapping[str, Any] | None = None,
        pace: float | None = 1.0,
        frame_bytes: int = 100 * BYTES_PER_MS,
        window_bytes: int = 2 * 1024 * 1024,
        patience: Patience | None = None,
    ) -> None:
        self.journal = journal or Journal()
        self.events: deque[Message] = deque(maxlen=MOST_EVENTS)
        self.acks = self.connections = 0
        self.is_done = False
        self._url = url
        self._headers = {"Authorization": f"Bearer {api_token}"}
        self._wishes = {"title": title, "source": "program", "options": dict(options or {})}
        self._patience = patience or Patience()
        self._come_back = ComeBack(self._patience)
        self._told = asyncio.Event()
        self._line: Line | None = None
        self._microphone = Microphone(
            sound,
            self.journal,
            self._captured,
            pace=pace,
            frame_bytes=frame_bytes,
            window_bytes=window_bytes,
        )

    # -- what a person does ------------------------------------------------------------------------

    def pause(self) -> None:
        self._microphone.pause(True)
        self._say(self._now("pause"))

    def resume(self) -> None:
        self._microphone.pause(False)
        self._say(self._now("resume"))

    def mark(self, note: str = "") -> str:
        """Mark this moment; the mark is sent until the server says that it is stored. Returns its key."""
        key = str(uuid.uuid4())
        self.journal.add_mark(key, self.journal.captured // BYTES_PER_MS, note)
        self._say({"type": "mark", "key": key, **self.journal.marks[key]})
        return key

    def stop(self) -> None:
        """Capture no more; ``run`` ends when the server has everything."""
        self.journal.is_stopped = True
        self.journal.save()
        self._microphone.look_again()
        self._captured()

    def cut(self) -> None:
        """Lose the connection without a word."""
        if self._line is not None:
            self._line.cut()

    async def until(self, condition: Callable[[], bool], seconds: float = 60.0) -> None:
        """Wait until something that the server told makes ``condition`` true."""
        async with asyncio.timeout(seconds):
            while not condition():
                self._told.clear()
                await self._told.wait()

    @property
    def closes(self) -> list[int | None]:
        """Close codes of the connections so far; None where there was none."""
        return self._come_back.closes

    def of_kind(self, kind: str) -> list[Message]:
        return [event for event in self.events if event["type"] == kind]

    # -- staying connected -------------------------------------------------------------------------

    async def run(self) -> None:
        """Record until the sound ends or ``stop``, then until the server has it all.

        Raises RefusedError and SoundLostError.
        """
        capturing = asyncio.ensure_future(self._capture())
        try:
            while not self.is_done:
                await self._connect_once()
                if capturing.done():
                    capturing.result()
                if not self.is_done:
                    await asyncio.sleep(self._come_back.wait_seconds())
        finally:
            capturing.cancel()
            await asyncio.gather(capturing, return_exceptions=True)
            self.journal.close()

    async def _capture(self) -> None:
        await self._microphone.run()
        self.stop()

    async def _connect_once(self) -> None:
        try:
            async with asyncio.timeout(self._patience.no_hello):
                socket = await self._connect()
        except (OSError, TimeoutError, InvalidHandshake):
            self._come_back.closed(None)
            return
        self.connections += 1
        self._line = Line(socket, self.journal, self._patience, self.hear, self.note_sent)
        try:
            await self._line.converse(self._wishes)
        finally:
            self._line = None
        if not self.is_done:
            self._come_back.closed(socket.close_code, socket.close_reason or "")

    async def _connect(self) -> ClientConnection:
        query = f"?recording={self.journal.recording}&token={self.journal.token}"
        return await connect(
            self._url + (query if self.journal.recording else ""),
            additional_headers=self._headers,
            compression=None,
            ping_interval=None,
            close_timeout=1,
            max_size=1024 * 1024,
        )

    def note_sent(self, end: int) -> None:
        """Sound up to this byte is sent now; for measurements."""

    def hear(self, message: Message) -> None:
        """A message has arrived, and what it asks for is done."""
        kind = message["type"]
        if kind == "ack":
            self.acks += 1
            self._microphone.look_again()
        else:
            self.events.append(message)
        if kind == "hello":
            self._come_back.greeted()
            if self._microphone.is_paused:
                self._say(self._now("pause"))
        self.is_done = self.is_done or kind == "stopped"
        self._told.set()

    def _captured(self) -> None:
        if self._line is not None:
            self._line.look_again()

    def _now(self, kind: str) -> Message:
        return {"type": kind, "bytes": self.journal.captured}

    def _say(self, message: Message) -> None:
        if self._line is not None:
            self._line.say(message)
