"""Writes the files of all running takes, one thread hop for all of them together."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor

from transcripts.capture.errors import CaptureError, TakeWriteError
from transcripts.capture.take_file import TakeFile

logger = logging.getLogger(__name__)

Pieces = tuple[TakeFile, list[bytes]]
Failure = tuple[TakeFile, CaptureError]


class Flusher:
    """Of one event loop. ``run`` it as a task; every adopted file must be released.

    ``on_flushed`` gets the files of which more is written or durable than before. ``on_failed`` gets a file
    whose ``received`` has been rolled back: from there on its sound must be sent again. Both run on the loop.
    """

    def __init__(
        self,
        on_flushed: Callable[[Sequence[TakeFile]], None],
        on_failed: Callable[[TakeFile, CaptureError], None],
        flush_seconds: float = 0.1,
        sync_seconds: float = 1.0,
    ) -> None:
        self._on_flushed = on_flushed
        self._on_failed = on_failed
        self._flush_seconds = flush_seconds
        self._sync_seconds = sync_seconds
        self._files: dict[TakeFile, None] = {}
        self._writing = asyncio.Lock()
        self._syncing: asyncio.Future[list[Failure]] | None = None
        self._synced: list[TakeFile] = []
        self._undisturbed: set[asyncio.Task[None]] = set()
        self._writer = ThreadPoolExecutor(1, "take-writer")
        self._syncer = ThreadPoolExecutor(1, "take-syncer")

    def adopt(self, file: TakeFile) -> None:
        """Write this file from now on."""
        self._files[file] = None

    async def flush(self) -> None:
        """Write what all files have waiting now instead of a moment later."""
        await self._whole(self._flush())

    async def release(self, file: TakeFile) -> None:
        """Write and sync what is left and close the file; also when the caller is cancelled meanwhile.

        Raises DiskFullError and TakeWriteError: the file is closed then too, ``written`` says how far it is.
        """
        await self._whole(self._close(file))

    async def run(self) -> None:
        """Flush and sync until cancelled."""
        clock = asyncio.get_running_loop().time
        sync_at = clock() + self._sync_seconds
        while True:
            await asyncio.sleep(self._flush_seconds)
            await self._whole(self._flush())
            await self._whole(self._finish_sync(wait=False))
            if clock() >= sync_at and self._syncing is None:
                self._start_sync()
                sync_at = clock() + self._sync_seconds

    async def _whole(self, work: Coroutine[None, None, None]) -> None:
        """Half a flush would leave a hole in the sound, so cancelling the caller lets it go on."""
        task = asyncio.ensure_future(work)
        self._undisturbed.add(task)
        task.add_done_callback(self._undisturbed.discard)
        await asyncio.shield(task)

    async def _flush(self) -> None:
        async with self._writing:
            work = [(file, pieces) for file in self._files if (pieces := file.take_pending())]
            if not work:
                return
            loop = asyncio.get_running_loop()
            failures = await loop.run_in_executor(self._writer, _write_all, work)
            for file, _ in failures:
                file.roll_back()
        self._tell((file for file, _ in work), failures)

    def _start_sync(self) -> None:
        self._synced = [file for file in self._files if file.durable < file.written]
        if self._synced:
            loop = asyncio.get_running_loop()
            self._syncing = loop.run_in_executor(self._syncer, _sync_all, self._synced)

    async def _finish_sync(self, *, wait: bool) -> None:
        """Take the outcome of a sync, in a moment in which nothing is being written."""
        syncing = self._syncing
        if syncing is None or not (wait or syncing.done()):
            return
        await asyncio.wait({syncing})
        async with self._writing:
            if self._syncing is not syncing:
                return
            self._syncing = None
            failures = syncing.result()
            for file, _ in failures:
                file.distrust()
        self._tell(self._synced, failures)

    async def _close(self, file: TakeFile) -> None:
        self._files.pop(file, None)
        received = file.received
        await self._finish_sync(wait=True)
        async with self._writing:
            await asyncio.get_running_loop().run_in_executor(self._writer, file.close)
        if file.written < received:
            raise TakeWriteError

    def _tell(self, files: Iterable[TakeFile], failures: Sequence[Failure]) -> None:
        """A mistake in a callback must not stop the writing."""
        failed = {file for file, _ in failures}
        try:
            if flushed := [file for file in files if file not in failed and file in self._files]:
                self._on_flushed(flushed)
            for file, error in failures:
                self._on_failed(file, error)
        except Exception:
            logger.exception("take_callback_failed")


def _write_all(work: Sequence[Pieces]) -> list[Failure]:
    return [(file, error) for file, pieces in work if (error := _attempt(file.write, pieces))]


def _sync_all(files: Sequence[TakeFile]) -> list[Failure]:
    return [(file, error) for file in files if (error := _attempt(file.sync))]


def _attempt(action: Callable[..., None], *arguments: object) -> CaptureError | None:
    """One broken file must not keep the others from the disk."""
    try:
        action(*arguments)
    except CaptureError as error:
        return error
    except Exception:
        logger.exception("take_write_failed")
        return TakeWriteError()
    return None
