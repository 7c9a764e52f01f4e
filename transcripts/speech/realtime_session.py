"""An open live session."""

from __future__ import annotations

import asyncio
from binascii import b2a_base64
from collections import deque
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from typing import Any

from transcripts.speech.errors import SpeechError, SpeechTimeout
from transcripts.speech.realtime_events import Done, Failure, RealtimeEvent, read_event
from transcripts.speech.realtime_failure import error_in
from transcripts.speech.realtime_line import LiveTimeouts, RealtimeLine
from transcripts.speech.wire import Notice

LARGEST_APPEND_BYTES = 262_144

_APPEND, _APPENDED = b'{"type":"input_audio.append","audio":"', b'"}'
_FLUSH = b'{"type":"input_audio.flush"}'
_END = b'{"type":"input_audio.end"}'
_LAST_WORDS_SECONDS = 1.0


class RealtimeSession:
    """One task sends, one reads ``events`` at the same time: a service that is not read stops reading too.

    ``settings`` is the wire's object as far as the service told it, ``notices`` what a person should know
    about the options. Raises the errors of `transcripts.speech.errors` only.
    """

    def __init__(
        self,
        line: RealtimeLine,
        timeouts: LiveTimeouts,
        *,
        request_id: str | None,
        settings: Mapping[str, Any],
        notices: tuple[Notice, ...],
        asked: Mapping[str, Any],
        early: deque[RealtimeEvent],
    ) -> None:
        self.request_id = request_id
        self.settings = settings
        self.notices = notices
        self._line = line
        self._timeouts = timeouts
        self._asked = tuple(asked)
        self._early = early
        self._is_ended = False
        self._is_read = False
        self._waiting: asyncio.Timeout | None = None
        self._failure: asyncio.Future[SpeechError] = asyncio.get_running_loop().create_future()

    def __repr__(self) -> str:
        return f"RealtimeSession({self.request_id!r})"

    async def send_audio(self, pcm: bytes) -> None:
        """Send sound (16 kHz, mono, s16le), at most `LARGEST_APPEND_BYTES`; waits while the line is full."""
        if len(pcm) > LARGEST_APPEND_BYTES:
            raise ValueError(f"one message holds {LARGEST_APPEND_BYTES} bytes of sound at most")
        await self._send(b"".join((_APPEND, b2a_base64(pcm, newline=False), _APPENDED)))

    def send_audio_now(self, pcm: bytes) -> bool:
        """The same for a piece that need not wait: one call, no task. False: use ``send_audio`` for it."""
        return self._line.send_now(b"".join((_APPEND, b2a_base64(pcm, newline=False), _APPENDED)))

    async def flush(self) -> None:
        """Ask for the text of what was sent so far; the session goes on."""
        await self._send(_FLUSH)

    async def end(self) -> None:
        """Say that no more sound comes. ``events`` ends with the final `Done`. May be called again."""
        if self._is_ended:
            return
        self._is_ended = True
        await self._send(_END)
        if self._waiting is not None:
            self._waiting.reschedule(asyncio.get_running_loop().time() + self._timeouts.done_seconds)

    async def events(self) -> AsyncIterator[RealtimeEvent]:
        """What the service says, until the final `Done` after ``end`` or until ``close``. For one reader.

        Raises the error of an error event, `SpeechStreamUnfinished` when the service closes without that
        `Done`, `SpeechConnectionLost` when the line breaks, `SpeechTimeout` when nothing follows ``end``.
        """
        self._is_read = True
        held: Done | None = None
        try:
            while (event := await self._after(held)) is not None:
                if held is not None:
                    yield held
                held = event if self._is_ended and isinstance(event, Done) else None
                if held is None:
                    yield event
        except SpeechError as error:
            if not self._line.is_closed:
                raise self._first(error) from None
        if held is not None:
            yield replace(held, final=True)

    async def close(self) -> None:
        """Close without waiting for text; ``events`` ends."""
        await self._line.close()

    async def _after(self, held: Done | None) -> RealtimeEvent | None:
        """The next event. A done that answers a flush may come after our end, so the last one is the one
        that nothing follows: then ``None``."""
        if held is None:
            return await self._next(self._timeouts.done_seconds if self._is_ended else None)
        try:
            return await self._next(self._timeouts.last_done_seconds)
        except SpeechError:
            return None

    async def _next(self, seconds: float | None) -> RealtimeEvent:
        if self._early:
            return self._early.popleft()
        message: str | bytes | None = None
        try:
            async with asyncio.timeout(seconds) as self._waiting:
                message = await self._line.receive()
        except TimeoutError:
            pass
        finally:
            self._waiting = None
        if message is None:
            raise SpeechTimeout(request_id=self.request_id)
        event = read_event(message)
        if isinstance(event, Failure):
            raise error_in(event, self._line, self._asked)
        return event

    async def _send(self, message: bytes) -> None:
        try:
            await self._line.send(message)
        except SpeechTimeout as error:
            raise self._first(error) from None
        except SpeechError as error:
            await self._last_words()
            raise self._first(error) from None

    async def _last_words(self) -> None:
        """A service says why before it hangs up; the reader comes to that after the sender has failed."""
        if self._is_read and not self._line.is_closed:
            await asyncio.wait({self._failure}, timeout=_LAST_WORDS_SECONDS)

    def _first(self, error: SpeechError) -> SpeechError:
        """Sender and reader fail with the same error, the one that came first."""
        if not self._failure.done():
            self._failure.set_result(error)
        return self._failure.result()
