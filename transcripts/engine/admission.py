"""How many transcriptions run at once, how many wait, and who is sent away."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable

from transcripts.engine.api_errors import ApiError

RETRY_AFTER_SECONDS = 5


class Admission:
    """First come, first served. Use it from one event loop; tickets may be returned from any thread."""

    def __init__(self, active: int, waiting: int) -> None:
        self._free = active
        self._most_waiting = waiting
        self._queue: deque[asyncio.Future[None]] = deque()

    async def enter(self) -> Callable[[], None]:
        """Waits for a place; call what is returned, once or more, to leave it. Raises the 429 refusal."""
        if self._free:
            self._free -= 1
            return self._ticket()
        if len(self._queue) >= self._most_waiting:
            raise ApiError(
                429, "Too many transcriptions at once. Try again in a moment.", "rate_limited", "1300"
            )
        turn = asyncio.get_running_loop().create_future()
        self._queue.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            self._give_up(turn)
            raise
        return self._ticket()

    def _ticket(self) -> Callable[[], None]:
        loop = asyncio.get_running_loop()
        used: list[bool] = []

        def leave() -> None:
            if not used:
                used.append(True)
                loop.call_soon_threadsafe(self._pass_on)

        return leave

    def _give_up(self, turn: asyncio.Future[None]) -> None:
        # The place may have been given at the very moment of the cancellation.
        if turn.done() and not turn.cancelled():
            self._pass_on()
        elif turn in self._queue:
            self._queue.remove(turn)

    def _pass_on(self) -> None:
        while self._queue:
            turn = self._queue.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1
