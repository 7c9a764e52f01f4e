"""One socket that records: its messages, its refusals, and its end."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from django.db import DatabaseError
from django.http import Http404

from ..actions.live import messages
from ..actions.live.database import in_database
from ..actions.live.desk import LiveDesk, TakeEndedError, TooManyTakesError
from ..actions.live.page_line import PageLine
from ..actions.live.running_take import RunningTake
from ..actions.live.takes import note_pause, reopen_take, start_take, take_with_token
from ..actions.live.watchers import tell_watchers
from ..actions.marks import set_mark
from ..capture.errors import CaptureError, TakeBusyError
from ..capture.frames import read_frame
from ..errors import VoxwebError
from ..models import Take
from .handshake import BAD_MESSAGE, NOT_FOUND, TOO_MANY, Caller
from .live_message import LiveMessageError, LiveRequest, read_request

logger = logging.getLogger(__name__)

CLOSE_DONE, CLOSE_SLOW, CLOSE_FAILED = 1000, 4408, 4500
GAP_SECONDS = 0.5
"""A page that sends beyond a gap sends many frames before it hears of it: an answer to the first is enough,
and one to the last, should nothing that fits have come since."""


class LiveSocket:
    """A page of the desk. ``frame`` is the hot path; everything else may take its time."""

    def __init__(
        self, desk: LiveDesk, caller: Caller, send: Callable[[dict[str, Any]], Awaitable[None]]
    ) -> None:
        self.caller = caller
        self.take: Take | None = None
        self.running: RunningTake | None = None
        self._desk = desk
        self._send = send
        self._clock = asyncio.get_running_loop().time
        self._gap_at = -GAP_SECONDS
        self._refused_at = 0
        self._late_gap: asyncio.TimerHandle | None = None
        self._closing: asyncio.Future[None] | None = None
        self._reopening: asyncio.Future[None] | None = None
        self.line = PageLine(self._send_text)
        self._sending = asyncio.ensure_future(self._run_line())

    # -- coming and going --------------------------------------------------------------------------

    async def open(self, query: Mapping[str, str]) -> None:
        """Continue the take that the address names; without one a ``start`` message follows."""
        if "recording" in query:
            await self._guarded(self._resume(query["recording"], query.get("token", "")))

    async def gone(self) -> None:
        """The connection has ended, whoever ended it."""
        self._sending.cancel()
        for planned in (self._reopening, self._late_gap):
            if planned is not None:
                planned.cancel()
        if self.running is not None:
            await self._desk.leave(self.running, self)

    def close(self, code: int) -> None:
        """Say what is still to be said, then close; further calls change nothing."""
        if self._closing is None:
            self._closing = asyncio.ensure_future(self._close(code))

    async def _close(self, code: int) -> None:
        self._sending.cancel()
        try:
            async with asyncio.timeout(2.0):
                await self.line.empty()
        except TimeoutError:
            pass
        await self._send({"type": "websocket.close", "code": code})

    async def _run_line(self) -> None:
        await self.line.run()
        self.close(CLOSE_SLOW)

    async def _send_text(self, text: str) -> None:
        await self._send({"type": "websocket.send", "text": text})

    # -- sound -------------------------------------------------------------------------------------

    def frame(self, data: bytes) -> None:
        """One binary message."""
        if self._closing is not None:
            return
        try:
            frame = read_frame(data)
        except CaptureError as error:
            self._refuse(error)
            self.close(BAD_MESSAGE)
            return
        if self.running is None:
            self._frame_without_take()
        elif not self.running.take_frame(frame):
            self._refuse_frame(self.running)

    def _frame_without_take(self) -> None:
        if self.take is None:
            self._refuse(LiveMessageError("A recording begins with a start message."))
            self.close(BAD_MESSAGE)
        elif self._reopening is None:
            self._reopening = asyncio.ensure_future(self._guarded(self._reopen(self.take)))

    def _refuse_frame(self, running: RunningTake) -> None:
        self._refused_at = running.received
        wait_seconds = self._gap_at + GAP_SECONDS - self._clock()
        if wait_seconds <= 0:
            self._tell_gap(running.received)
        elif self._late_gap is None:
            loop = asyncio.get_running_loop()
            self._late_gap = loop.call_later(wait_seconds, self._tell_gap_late, running)

    def _tell_gap_late(self, running: RunningTake) -> None:
        self._late_gap = None
        if running is self.running and running.received == self._refused_at:
            self._tell_gap(running.received)

    def _tell_gap(self, offset: int) -> None:
        self._gap_at = self._clock()
        self.line.tell({"type": "gap", "offset": offset})

    # -- messages ----------------------------------------------------------------------------------

    async def obey(self, text: str) -> None:
        """One text message."""
        if self._closing is None:
            await self._guarded(self._obey(text))

    async def _obey(self, text: str) -> None:
        request = read_request(text)
        if request.kind == "start":
            await self._start(request)
        elif self.take is None:
            raise LiveMessageError("A recording begins with a start message.")
        elif request.kind == "stop":
            await self._stop(self.take, request.bytes)
        elif request.kind == "mark":
            await self._mark(self.take, request)
        else:
            await self._pause(self.take, request)

    async def _start(self, request: LiveRequest) -> None:
        if self.take is not None:
            raise LiveMessageError("This connection records already.")
        take = await in_database(
            start_take, self.caller.user, request.id, request.title, request.source, request.options
        )
        await self._join(take)

    async def _resume(self, code: str, token: str) -> None:
        await self._join(await in_database(take_with_token, self.caller.user, code, token))

    async def _join(self, take: Take) -> None:
        """An ended take is opened again only when more sound comes: its recorder may only ask."""
        self.take = take
        if take.is_open:
            self.running = await self._desk.join(take, self)
            self.line.tell(messages.hello(take, self.running.received))
            self.running.acknowledge()
        else:
            self.line.tell(messages.hello(take, take.total_bytes))
            self.line.ack(take.total_bytes, take.total_bytes)

    async def _reopen(self, take: Take) -> None:
        await in_database(reopen_take, take)
        self.running = await self._desk.join(take, self)
        self._reopening = None
        self.line.tell({"type": "gap", "offset": self.running.received})

    async def _stop(self, take: Take, total_bytes: int) -> None:
        running = self.running
        if running is not None:
            if running.received < total_bytes:
                self.line.tell({"type": "gap", "offset": running.received})
                return
            await self._desk.stop(running)
            self.running = None
            self.line.ack(running.file.written, running.file.durable)
        self.line.tell(messages.stopped(take))
        self.close(CLOSE_DONE)

    async def _mark(self, take: Take, request: LiveRequest) -> None:
        mark = await in_database(
            set_mark, take.transcript, self.caller.user, request.key, request.at_ms, request.note
        )
        self.line.tell({"type": "marked", "key": mark.key})
        await tell_watchers(take.transcript.code, messages.mark(mark, self.caller.user))

    async def _pause(self, take: Take, request: LiveRequest) -> None:
        paused = request.kind == "pause"
        if self.running is not None:
            await in_database(note_pause, take, paused, request.bytes)
            await tell_watchers(take.transcript.code, {"type": "paused", "paused": paused})

    # -- refusals ----------------------------------------------------------------------------------

    async def _guarded(self, work: Awaitable[None]) -> None:
        """Every failure becomes an answer: a sentence, or a close code that the page understands."""
        try:
            await work
        except TooManyTakesError as error:
            self._refuse(error)
            self.close(TOO_MANY)
        except (TakeBusyError, TakeEndedError, DatabaseError, OSError) as error:
            logger.warning("a recording must wait: %s", type(error).__name__)
            self.close(CLOSE_FAILED)
        except Http404:
            self.close(NOT_FOUND)
        except VoxwebError as error:
            self._refuse(error)
            if self.take is None:
                self.close(BAD_MESSAGE)
        except Exception:
            logger.exception("a recording's socket failed")
            self.close(CLOSE_FAILED)

    def _refuse(self, error: VoxwebError) -> None:
        self.line.tell({"type": "error", "code": error.code, "message": error.message})
