"""A transcription in a thread of its own, whose events are awaited from the event loop."""

from __future__ import annotations

import asyncio
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from transcripts.engine.cancellation import Cancellation
from transcripts.engine.engine import Engine
from transcripts.engine.errors import TranscriptionStopped
from transcripts.engine.transcribe import Event, TranscriptionOptions, transcribe


class RunningTranscription:
    """Starts at once. ``leave`` is called when it is over, ``close`` ends it from any thread."""

    def __init__(
        self, engine: Engine, source: Path, options: TranscriptionOptions, leave: Callable[[], None]
    ) -> None:
        self._loop = asyncio.get_running_loop()
        self._events: asyncio.Queue[Event | BaseException | None] = asyncio.Queue()
        self._cancellation = Cancellation()
        self._engine, self._source, self._options, self._leave = engine, source, options, leave
        threading.Thread(target=self._run, name="transcription", daemon=True).start()

    async def next(self) -> Event | None:
        """The next event, None after the last; raises what the transcription raised."""
        event = await self._events.get()
        if isinstance(event, BaseException):
            raise event
        return event

    def close(self) -> None:
        """Gives the work up if it still runs; may be called again."""
        self._cancellation.cancel()

    def _run(self) -> None:
        try:
            with tempfile.NamedTemporaryFile(dir=self._engine.spool, suffix=".pcm") as pcm:
                for event in transcribe(
                    self._source, Path(pcm.name), self._options, self._engine.pool, self._cancellation
                ):
                    self._put(event)
            self._put(None)
        except Exception as error:
            # Whatever it was: somebody waits for it.
            self._put(TranscriptionStopped() if self._cancellation.cancelled else error)
        finally:
            with suppress(RuntimeError):
                self._leave()

    def _put(self, event: Event | BaseException | None) -> None:
        # The loop is closed when the server has stopped; nobody waits then.
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._events.put_nowait, event)
