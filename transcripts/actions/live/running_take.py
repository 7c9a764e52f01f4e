"""One take in this process: its file, its captions, and the page that records it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Protocol

from ...capture.flusher import Flusher
from ...capture.frames import Frame
from ...capture.take_file import TakeFile
from ...models import Take
from ...relay.captions import Caption, CaptionEvent, Final, Told, TurnTold
from ...relay.limits import BYTES_PER_MS
from ...relay.relay import Relay, Service
from . import messages
from .caption_gate import CaptionGate
from .page_line import PageLine
from .scribe import Scribe
from .watchers import tell_watchers
from .write_live_text import LiveLine

ACK_SECONDS = 1.0
ACK_BYTES = 256 * 1024
"""A page that sends its backlog is told more often, so that it can go on."""
WATCHERS_SECONDS = 1.0
MOST_UNWRITTEN_BYTES = 4 * 1024 * 1024


class Page(Protocol):
    """The socket that records; a take has one at most."""

    line: PageLine

    def close(self, code: int) -> None:
        """Close the socket soon; returns at once."""


@dataclass(frozen=True, slots=True)
class DeskTools:
    """What all takes of a process share."""

    flusher: Flusher
    scribe: Scribe


class RunningTake:
    """Made by the desk, which also opens and closes the file. ``epoch`` is the number of its page."""

    def __init__(
        self, take: Take, file: TakeFile, desk: DeskTools, service: Service | None, start_ms: int
    ) -> None:
        self.take = take
        self.file = file
        self.epoch = take.epoch
        self.page: Page | None = None
        self.is_closing = False
        self._flusher, self._scribe = desk.flusher, desk.scribe
        self._clock = asyncio.get_running_loop().time
        self._acked_at = self._watchers_at = 0.0
        self._acked = (-1, -1)
        self._ack_is_planned = False
        self._hints: set[asyncio.Future[None]] = set()
        self._gate = CaptionGate(self._show_caption)
        self._relay: Relay | None = None
        if service is not None:
            self._relay = Relay(self, service, self._hear, start_byte=start_ms * BYTES_PER_MS)
            self._relaying = asyncio.ensure_future(self._relay.run())

    # -- sound: the relay reads it here --------------------------------------------------------------

    @property
    def received(self) -> int:
        """Bytes, those in memory included."""
        return self.file.received

    def recent(self, offset: int, most_bytes: int) -> bytes | None:
        return self.file.recent(offset, most_bytes)

    async def read(self, offset: int, most_bytes: int) -> bytes:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(None, self.file.read, offset, most_bytes)

    def take_frame(self, frame: Frame) -> bool:
        """The next sound, ten times a second per take. False where bytes before it are missing.

        Also where the disk is far behind: a page that sends its backlog would fill the memory.
        """
        file = self.file
        if file.received - file.written > MOST_UNWRITTEN_BYTES or not file.accept(frame.offset, frame.pcm):
            return False
        if self._relay is not None:
            self._relay.wake()
        return True

    def flushed(self) -> None:
        """The flusher has written: tell the page, but not more often than it needs."""
        state = (self.file.written, self.file.durable)
        if self.page is None or state == self._acked:
            return
        wait_seconds = self._acked_at + ACK_SECONDS - self._clock()
        if wait_seconds <= 0 or state[0] - self._acked[0] >= ACK_BYTES:
            self._acked_at, self._acked = self._clock(), state
            self.page.line.ack(*state)
        elif not self._ack_is_planned:
            self._ack_is_planned = True
            asyncio.get_running_loop().call_later(wait_seconds, self._ack_late)

    def _ack_late(self) -> None:
        self._ack_is_planned = False
        self.flushed()

    def acknowledge(self) -> None:
        """Tell the page now, whatever it was told before."""
        self._acked = (-1, -1)
        self._acked_at = 0.0
        self.flushed()

    # -- captions ------------------------------------------------------------------------------------

    def _hear(self, event: CaptionEvent) -> None:
        match event:
            case Caption():
                self._gate.take(event)
            case Final():
                self._gate.final_heard()
                self._scribe.write(self.take.transcript, event, self._written)
            case TurnTold() | Told():
                self.tell_everybody(messages.of(event))

    def _written(self, line: LiveLine | None) -> None:
        if line is not None:
            self.tell_everybody(messages.final(line))
        self._gate.final_written()

    def _show_caption(self, caption: Caption) -> None:
        message = messages.of(caption)
        if self.page is not None:
            self.page.line.caption(message)
        now = self._clock()
        if now - self._watchers_at >= WATCHERS_SECONDS or not caption.text:
            self._watchers_at = now
            self._hint(message)

    def tell_everybody(self, message: messages.Message) -> None:
        """The page that records and all that watch."""
        if self.page is not None:
            self.page.line.tell(message)
        self._hint(message)

    def _hint(self, message: messages.Message) -> None:
        hint = asyncio.ensure_future(tell_watchers(self.take.transcript.code, message))
        self._hints.add(hint)
        hint.add_done_callback(self._hints.discard)

    # -- the end -------------------------------------------------------------------------------------

    async def finish_captions(self) -> None:
        """Hear the last words and write them."""
        if self._relay is not None:
            await self._relay.finish(self._relaying)
        await self._scribe.caught_up()

    async def flush(self) -> None:
        """Everything accepted is on disk when this returns."""
        await self._flusher.flush()

    async def close(self) -> None:
        """Let go of the file and of the service; final text that is known is written."""
        self.is_closing = True
        if self._relay is not None:
            self._relaying.cancel()
            await asyncio.gather(self._relaying, return_exceptions=True)
        await self._flusher.release(self.file)
        await self._scribe.caught_up()
