"""Captures sound into a journal, at its own pace, whatever the connection does."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from tests.live_journal import Journal
from tests.live_sound import BYTES_PER_MS, Sound


class Microphone:
    """``run`` it as a task; it ends with the sound or when the journal is stopped.

    ``pace`` is how much faster than real time sound is captured, None as fast as the server writes it, with
    at most ``window_bytes`` on their way: then ``look_again`` must be called when that has changed.
    """

    def __init__(
        self,
        sound: Sound,
        journal: Journal,
        captured: Callable[[], None],
        *,
        pace: float | None,
        frame_bytes: int,
        window_bytes: int,
    ) -> None:
        self._sound = sound
        self._journal = journal
        self._captured = captured
        self._pace = pace
        self._frame_bytes = frame_bytes
        self._window_bytes = window_bytes
        self._changed = asyncio.Event()
        self._clock = asyncio.get_running_loop().time
        self.is_paused = False

    async def run(self) -> None:
        due_at = self._clock()
        while not self._is_over():
            if self._must_wait():
                self._changed.clear()
                await self._changed.wait()
                due_at = self._clock()
                continue
            if self._pace is not None:
                due_at += self._frame_bytes / BYTES_PER_MS / 1000 / self._pace
                await asyncio.sleep(due_at - self._clock())
            if not self._is_over():
                self._journal.add(self._sound.read(self._journal.captured, self._frame_bytes))
                self._captured()

    def look_again(self) -> None:
        self._changed.set()

    def pause(self, paused: bool) -> None:
        self.is_paused = paused
        self._changed.set()

    def _is_over(self) -> bool:
        return self._journal.is_stopped or self._journal.captured >= self._sound.total_bytes

    def _must_wait(self) -> bool:
        on_their_way = self._journal.captured - self._journal.written
        return self.is_paused or (self._pace is None and on_their_way >= self._window_bytes)
