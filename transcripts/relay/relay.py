"""The captions of one take: sessions opened, fed by offset, watched, renewed and opened again.

The sound lies in the take's file, so nothing here can lose any of it: a slow or dead service costs captions
only. After a break the next session is fed from the end of the last final text.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Iterable
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import dataclass, replace

from transcripts.relay.captions import Caption, CaptionEvent, Told
from transcripts.relay.conversation import Conversation, Sound
from transcripts.relay.lag import Lag
from transcripts.relay.limits import BYTES_PER_MS, RelayLimits
from transcripts.relay.trouble import (
    BACK,
    BEHIND,
    PLAINER,
    SKIPPED,
    farewell_for,
    is_hopeless,
    sentence_for,
)
from transcripts.speech.errors import SpeechError, SpeechRequestRejected, SpeechTimeout
from transcripts.speech.realtime import RealtimeSession

OpenSession = Callable[[bool], AbstractAsyncContextManager[RealtimeSession]]
"""Opens a session; with True without any option but the model and the sound's format."""


@dataclass(frozen=True, slots=True)
class Service:
    """``delay_ms`` is how far the model's text lags behind the sound.

    ``gives_segments``: the model itself says where a stretch of text ends, however long that takes it.
    """

    open: OpenSession
    delay_ms: int
    gives_segments: bool = False


class Relay:
    """``run`` it as a task and ``wake`` it when sound arrives; ``finish`` lets it say the last words.

    ``tell`` gets every event on the event loop. Media before ``start_byte`` has its text already.
    """

    def __init__(
        self,
        sound: Sound,
        service: Service,
        tell: Callable[[CaptionEvent], None],
        *,
        start_byte: int = 0,
        limits: RelayLimits | None = None,
    ) -> None:
        self._sound = sound
        self._service = service
        self._tell = tell
        self._limits = limits or RelayLimits()
        self._next_byte = start_byte
        self._conversation: Conversation | None = None
        self._talking: asyncio.Future[None] | None = None
        self._trouble: SpeechError | None = None
        self._lag = Lag()
        self._more = asyncio.Event()
        self._finishing = asyncio.Event()
        self._tries = 0
        self._stall = self._limits.stall
        self._plain = False
        self._told = ""
        self.is_off = False

    def wake(self) -> None:
        """More sound has arrived. Called for every frame, so it costs next to nothing."""
        if self._conversation is not None:
            self._conversation.wake()
        elif not self._more.is_set():
            self._more.set()

    async def run(self) -> None:
        """Until ``finish``, or until the service has made clear that there will be no captions."""
        watching = asyncio.ensure_future(self._watch())
        try:
            while not self.is_off and await self._sound_to_send():
                await self._converse()
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)

    async def finish(self, running: asyncio.Future[None]) -> None:
        """Let ``running`` (the task of ``run``) send the rest and hear the last text, within a deadline."""
        self._finishing.set()
        self._more.set()
        if self._conversation is not None:
            self._conversation.end()
        limits = self._limits
        patience = limits.farewell if self._conversation is not None else limits.farewell_unheard
        await asyncio.wait({running}, timeout=patience)
        if self._conversation is not None:
            self._tell_all(self._conversation.captioner.close_pending())
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    # -- sessions ----------------------------------------------------------------------------------

    async def _sound_to_send(self) -> bool:
        while self._next_byte >= self._sound.received:
            if self._finishing.is_set():
                return False
            self._more.clear()
            await self._more.wait()
        return True

    async def _converse(self) -> None:
        try:
            async with self._service.open(self._plain) as session:
                await self._talk(session)
            self._go_on_behind(replay=False)
        except SpeechError as error:
            self._go_on_behind(replay=True)
            await self._after_failure(error)

    async def _talk(self, session: RealtimeSession) -> None:
        """One session until its end; the watch may end it, with the reason in ``_trouble``."""
        self._skip_if_late()
        self._trouble = None
        self._conversation = Conversation(
            session,
            self._sound,
            self._heard,
            start_byte=self._next_byte,
            delay_ms=self._service.delay_ms,
            gives_segments=self._service.gives_segments,
            limits=replace(self._limits, stall=self._stall),
        )
        if self._finishing.is_set():
            self._conversation.end()
        self._talking = asyncio.ensure_future(self._conversation.run())
        try:
            await self._talking
        except asyncio.CancelledError:
            if self._trouble is None:
                raise
            raise self._trouble from None

    def _go_on_behind(self, *, replay: bool) -> None:
        """Where the next session begins: after the last final text, or after what this one has answered."""
        conversation, self._conversation, self._talking = self._conversation, None, None
        if conversation is None:
            return
        reached = conversation.replay_byte if replay else conversation.sent
        self._next_byte = max(self._next_byte, reached)
        if conversation.captioner.characters:
            self._tries, self._stall = 0, self._limits.stall

    async def _after_failure(self, error: SpeechError) -> None:
        self._tries += 1
        if isinstance(error, SpeechTimeout):
            self._stall = min(2 * self._stall, self._limits.longest_stall)
        if isinstance(error, SpeechRequestRejected) and not self._plain:
            self._plain = True
            self._tell(PLAINER)
        elif self._finishing.is_set():
            self.is_off = True
        elif is_hopeless(error, self._tries):
            self.is_off = True
            self._say(farewell_for(error))
        else:
            self._say(sentence_for(error))
            await self._wait_before_next_try(error)

    async def _wait_before_next_try(self, error: SpeechError) -> None:
        back_off = min(self._limits.longest_wait, self._limits.first_wait * 2 ** min(self._tries - 1, 10))
        wait = max(error.retry_after_seconds or 0.0, random.uniform(back_off / 2, back_off))
        with suppress(TimeoutError):
            async with asyncio.timeout(min(wait, 10 * self._limits.longest_wait)):
                await self._finishing.wait()

    # -- watching ----------------------------------------------------------------------------------

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(self._limits.tick)
            waited = self._waited_seconds()
            if waited > self._limits.longest_lag and self._conversation is not None:
                self._give_up(SpeechTimeout())
            elif waited > self._limits.told_lag and not self._told:
                self._say(BEHIND)
            elif self._conversation is not None:
                self._check(self._conversation)

    def _waited_seconds(self) -> float:
        now = asyncio.get_running_loop().time()
        self._lag.note(self._sound.received, now)
        conversation = self._conversation
        return self._lag.waited_seconds(conversation.sent if conversation else self._next_byte, now)

    def _check(self, conversation: Conversation) -> None:
        try:
            conversation.check()
        except SpeechError as error:
            self._give_up(error)

    def _give_up(self, error: SpeechError) -> None:
        if self._talking is not None and not self._talking.done():
            self._trouble = error
            self._talking.cancel()

    def _skip_if_late(self) -> None:
        """Sound that waited too long is left to the pass after the stop, so that live text is live."""
        if self._waited_seconds() > self._limits.longest_lag:
            edge = self._sound.received - self._limits.live_edge_ms * BYTES_PER_MS
            self._next_byte = max(self._next_byte, edge - edge % BYTES_PER_MS)
            self._say(SKIPPED)

    # -- telling -----------------------------------------------------------------------------------

    def _heard(self, event: CaptionEvent) -> None:
        if self._told and isinstance(event, Caption) and event.text and not self._is_late():
            self._told = ""
            self._tell(BACK)
        self._tell(event)

    def _is_late(self) -> bool:
        return self._waited_seconds() > self._limits.told_lag

    def _say(self, told: Told) -> None:
        """Say a sentence once, until the live text is back."""
        if told.code != self._told:
            self._told = told.code
            self._tell(told)

    def _tell_all(self, events: Iterable[CaptionEvent]) -> None:
        for event in events:
            self._tell(event)
