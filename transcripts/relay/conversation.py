"""One session with a realtime service: sound goes up by offset, events come down."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import Protocol

from transcripts.relay.captioner import Captioner
from transcripts.relay.captions import CaptionEvent
from transcripts.relay.limits import BYTES_PER_MS, RelayLimits
from transcripts.relay.voice import VoiceActivity
from transcripts.speech.errors import SpeechResponseInvalid, SpeechTimeout
from transcripts.speech.realtime import RealtimeSession

RENEWAL_PAUSE_MS = 700
RUN_UP_MS = 3_000
"""How much sound before unanswered speech a new session hears again, where it has no final text."""


class Sound(Protocol):
    """The growing recording of a take; offsets are bytes."""

    @property
    def received(self) -> int:
        """How much there is, memory included."""

    def recent(self, offset: int, most_bytes: int) -> bytes | None:
        """From memory, or None where it must be read."""

    async def read(self, offset: int, most_bytes: int) -> bytes:
        """From disk; empty while it is not written yet."""


class Conversation:
    """Ends by itself when the service has said its last word after ``end`` was set.

    ``sent`` is the offset of the next byte to send. ``end`` may be set at any time: what has arrived until
    then is still sent. Raises the errors of ``speech``.
    """

    def __init__(
        self,
        session: RealtimeSession,
        sound: Sound,
        tell: Callable[[CaptionEvent], None],
        *,
        start_byte: int,
        delay_ms: int,
        gives_segments: bool,
        limits: RelayLimits,
    ) -> None:
        self._session = session
        self._sound = sound
        self._tell = tell
        self._limits = limits
        self._clock = asyncio.get_running_loop().time
        self._started_byte = self.sent = start_byte
        self._opened_at = self._event_at = self._clock()
        self._sending_since: float | None = None
        self._sent_at = self._opened_at
        self._flushes = 0
        self._is_waiting = self._flush_is_due = False
        self._voiced_before_event_ms = 0
        self._unanswered_ms: int | None = None
        self._more = asyncio.Event()
        self.voice = VoiceActivity(start_byte // BYTES_PER_MS)
        self.captioner = Captioner(
            self.voice,
            start_ms=start_byte // BYTES_PER_MS,
            delay_ms=delay_ms,
            gives_segments=gives_segments,
        )
        self.ending = False

    @property
    def replay_byte(self) -> int:
        """Where to go on after a break: a little before the first speech that has no final text."""
        open_ends = (self._unanswered_ms, self.captioner.provisional_from_ms)
        sent_ms = self.sent // BYTES_PER_MS
        first_ms = min([sent_ms, *(moment_ms for moment_ms in open_ends if moment_ms is not None)])
        return max(self.captioner.final_ms, first_ms - RUN_UP_MS) * BYTES_PER_MS

    def wake(self) -> None:
        """More sound has arrived. Mostly it is sent on the spot; else the feeding task takes over."""
        if self._is_waiting and not self._send_now():
            self._is_waiting = False
            self._more.set()

    def end(self) -> None:
        """Send what has arrived, let the service finish, and return from ``run``."""
        self.ending = True
        self._more.set()

    async def run(self) -> None:
        """Feed and listen at the same time; whichever fails ends both."""
        feeding = asyncio.ensure_future(self._feed())
        listening = asyncio.ensure_future(self._listen())
        try:
            await asyncio.wait({feeding, listening}, return_when=asyncio.FIRST_EXCEPTION)
            for task in (listening, feeding):
                if task.done():
                    task.result()
        finally:
            for task in (feeding, listening):
                task.cancel()
            await asyncio.gather(feeding, listening, return_exceptions=True)

    def check(self) -> None:
        """Called every tick. Raises SpeechTimeout when the service has gone quiet or takes nothing more."""
        now = self._clock()
        voiced_ms = self.voice.voiced_ms - self._voiced_before_event_ms
        quiet = voiced_ms > self._limits.stall * 1000 and now - self._event_at > self._limits.stall
        stuck = self._sending_since is not None and now - self._sending_since > self._limits.stall
        if quiet or stuck:
            raise SpeechTimeout
        self._stay_awake(now - self._sent_at)
        age = now - self._opened_at
        in_pause = self.voice.silent_ms >= RENEWAL_PAUSE_MS
        if age > self._limits.renew_at_latest or (age > self._limits.renew_after and in_pause):
            self.end()

    def _stay_awake(self, silent_seconds: float) -> None:
        """While nothing arrives the service is kept awake by a flush, and let go after a while."""
        if silent_seconds > self._limits.idle:
            self.end()
        elif silent_seconds > self._limits.keep_alive * (self._flushes + 1):
            self._flushes += 1
            self._flush_is_due = True
            self._more.set()

    # -- up ----------------------------------------------------------------------------------------

    async def _feed(self) -> None:
        while True:
            piece = self._sound.recent(self.sent, self._limits.piece_bytes)
            if piece is None:
                piece = await self._sound.read(self.sent, self._limits.piece_bytes)
            if piece:
                await self._send(piece)
            elif self._flush_is_due:
                self._flush_is_due = False
                await self._session.flush()
            elif self.ending and self.sent >= self._sound.received:
                await self._session.end()
                return
            else:
                await self._wait_for_more()

    async def _send(self, piece: bytes) -> None:
        self._sending_since = self._clock()
        await self._session.send_audio(piece)
        self._sending_since = None
        self._note_sent(piece)

    def _send_now(self) -> bool:
        """Whether everything that has arrived could be sent without waiting."""
        piece = self._sound.recent(self.sent, self._limits.piece_bytes)
        if not piece or not self._session.send_audio_now(piece):
            return piece == b""
        self._note_sent(piece)
        return self.sent >= self._sound.received

    def _note_sent(self, piece: bytes) -> None:
        self.sent += len(piece)
        self._sent_at, self._flushes = self._clock(), 0
        start_ms = self.voice.position_ms
        if self.voice.hear(piece, len(piece) // BYTES_PER_MS) and self._unanswered_ms is None:
            self._unanswered_ms = start_ms
        if self.voice.silent_ms:
            self._tell_all(self.captioner.heard())

    async def _wait_for_more(self) -> None:
        self._more.clear()
        if self.ending or self._flush_is_due or self.sent < self._sound.received:
            return
        self._is_waiting = True
        await self._more.wait()
        self._is_waiting = False

    # -- down --------------------------------------------------------------------------------------

    async def _listen(self) -> None:
        async for event in self._session.events():
            self._event_at = self._clock()
            self._voiced_before_event_ms, self._unanswered_ms = self.voice.voiced_ms, None
            self._tell_all(self.captioner.take(event))
            self._refuse_flood()

    def _refuse_flood(self) -> None:
        sent_seconds = (self.sent - self._started_byte) / BYTES_PER_MS / 1000
        most = self._limits.burst_characters + self._limits.characters_per_second * sent_seconds
        if self.captioner.characters > most:
            raise SpeechResponseInvalid

    def _tell_all(self, events: Iterable[CaptionEvent]) -> None:
        for event in events:
            self._tell(event)
