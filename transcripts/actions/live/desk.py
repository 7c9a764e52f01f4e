"""All takes that run in this process, and the rule that a take has one writer."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar
from weakref import WeakValueDictionary

from django.conf import settings

from ...capture.errors import CaptureError, TakeBusyError
from ...capture.flusher import Flusher
from ...capture.take_file import TakeFile
from ...errors import VoxwebError
from ...models import Take
from ..finalise_take import restore_pcm
from ..take_files import raw_path
from . import messages
from .database import in_database
from .running_take import DeskTools, Page, RunningTake
from .scribe import Scribe
from .service import live_service
from .takes import end_take
from .watchers import tell_watchers
from .write_live_text import reached_ms

logger = logging.getLogger(__name__)

HANDOVER_SECONDS = 10.0
"""How long a new socket waits for another process to let go of the file; that one looks every second."""

HANDOVER_STEP_SECONDS = 0.2
FLUSH_SECONDS = 0.2
SYNC_SECONDS = 2.0
GRACE_SECONDS = 20.0
"""How long captions go on without a page, which mostly is back in a moment."""

DISK_FULL_CLOSE = 4507


class TooManyTakesError(VoxwebError):
    code: ClassVar[str] = "too_many_takes"
    message = "This server has as many recordings running as it can hold. Everything stays in your browser."


class TakeEndedError(VoxwebError):
    code: ClassVar[str] = "take_ended"
    message = "This recording has just been finished. Connect again to continue it."
    retryable = True


def _open(take: Take, path: Path) -> TakeFile:
    """Sound that was packed after an earlier stop is unpacked first."""
    restore_pcm(take)
    return TakeFile(path)


class LiveDesk:
    """One per process and event loop; its tasks start with the first take."""

    def __init__(self) -> None:
        self.running: dict[int, RunningTake] = {}
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._flusher = Flusher(
            self._flushed, self._failed, flush_seconds=FLUSH_SECONDS, sync_seconds=SYNC_SECONDS
        )
        self._tools = DeskTools(self._flusher, Scribe())
        self._by_file: dict[TakeFile, RunningTake] = {}
        self._working: asyncio.Future[tuple[None, None]] | None = None
        self._leaving: dict[int, asyncio.TimerHandle] = {}
        self._closing: set[asyncio.Future[None]] = set()

    async def join(self, take: Take, page: Page) -> RunningTake:
        """Make ``page`` the one that records. The page before it, here or in another process, is let go.

        Raises TooManyTakesError, TakeEndedError, and TakeBusyError where another process keeps the file.
        """
        async with self._lock(take.pk):
            if take.pk not in self.running and len(self.running) >= settings.MAX_TAKES:
                raise TooManyTakesError
            epoch = await in_database(take.next_epoch)
            if not epoch:
                raise TakeEndedError
            running = self.running.get(take.pk) or await self._begin(take)
            self._stay(take.pk)
            before, running.page, running.epoch = running.page, page, epoch
        if before is not None:
            before.close(messages.TAKEN_OVER)
        return running

    async def leave(self, running: RunningTake, page: Page) -> None:
        """The socket has gone. What it brought is written; the take stays for a while."""
        if running.page is not page or running.is_closing:
            return
        running.page = None
        loop = asyncio.get_running_loop()
        self._leaving[running.take.pk] = loop.call_later(GRACE_SECONDS, self._let_go, running)
        await running.flush()

    async def stop(self, running: RunningTake) -> None:
        """The person has stopped: last captions, everything on disk, the pass over the recording queued."""
        async with self._lock(running.take.pk):
            await running.finish_captions()
            await self._close(running)
            await in_database(end_take, running.take)
        transcript = running.take.transcript
        await in_database(transcript.refresh_from_db)
        await tell_watchers(transcript.code, messages.changed(transcript.version, transcript.state))

    async def give_up(self, running: RunningTake, close_code: int) -> None:
        """Somebody else records now, or nobody may any more: let go of the file at once."""
        page, running.page = running.page, None
        if page is not None:
            page.close(close_code)
        async with self._lock(running.take.pk):
            if self.running.get(running.take.pk) is running:
                await self._close(running)

    # -- files -------------------------------------------------------------------------------------

    async def _begin(self, take: Take) -> RunningTake:
        self._start_working()
        file = await self._open_file(take)
        start_ms = await in_database(reached_ms, take.transcript)
        running = RunningTake(take, file, self._tools, live_service(take.options), start_ms)
        self.running[take.pk] = self._by_file[file] = running
        self._flusher.adopt(file)
        return running

    async def _open_file(self, take: Take) -> TakeFile:
        path = raw_path(take.transcript.code)
        path.parent.mkdir(parents=True, exist_ok=True)
        give_up_at = asyncio.get_running_loop().time() + HANDOVER_SECONDS
        while True:
            try:
                return await asyncio.to_thread(_open, take, path)
            except TakeBusyError:
                if asyncio.get_running_loop().time() > give_up_at:
                    raise
                await asyncio.sleep(HANDOVER_STEP_SECONDS)

    async def _close(self, running: RunningTake) -> None:
        self._stay(running.take.pk)
        self.running.pop(running.take.pk, None)
        await running.close()
        self._by_file.pop(running.file, None)

    def _stay(self, pk: int) -> None:
        timer = self._leaving.pop(pk, None)
        if timer is not None:
            timer.cancel()

    def _let_go(self, running: RunningTake) -> None:
        closing = asyncio.ensure_future(self._let_go_unless_back(running))
        self._closing.add(closing)
        closing.add_done_callback(self._closing.discard)

    async def _let_go_unless_back(self, running: RunningTake) -> None:
        async with self._lock(running.take.pk):
            if running.page is None and self.running.get(running.take.pk) is running:
                await running.finish_captions()
                await self._close(running)

    def _lock(self, pk: int) -> asyncio.Lock:
        return self._locks.setdefault(pk, asyncio.Lock())

    # -- the flusher -------------------------------------------------------------------------------

    def _start_working(self) -> None:
        if self._working is None or self._working.done():
            self._working = asyncio.gather(self._flusher.run(), self._tools.scribe.run())

    def _flushed(self, files: Sequence[TakeFile]) -> None:
        for file in files:
            running = self._by_file.get(file)
            if running is not None:
                running.flushed()

    def _failed(self, file: TakeFile, error: CaptureError) -> None:
        """The disk took nothing: the page keeps what was not acknowledged and comes back later."""
        running = self._by_file.get(file)
        logger.error("could not write a recording: %s", error.code)
        if running is None or running.page is None:
            return
        running.page.line.tell(messages.trouble(error))
        running.page.close(DISK_FULL_CLOSE)
