"""Who records must still be allowed to, and must still be the only one."""

from __future__ import annotations

import asyncio
import logging

from django.db import DatabaseError

from ..actions.live.database import in_database, steadily_in_database
from ..actions.live.desk import LiveDesk
from ..actions.live.guard import TakeNow, note_seen, takes_now
from ..actions.live.messages import TAKEN_OVER, stopped
from ..actions.live.running_take import RunningTake
from .handshake import NOT_ALLOWED, NOT_FOUND, SIGN_IN, still_valid
from .live_socket import CLOSE_DONE, LiveSocket

logger = logging.getLogger(__name__)

TAKES_SECONDS = 1.0
CALLERS_EVERY = 5
"""Sessions and tokens are looked at every fifth time; that is also how often a take is noted as seen."""


class LiveGuard:
    """One task for all sockets of a process; it ends when there are none and nothing runs."""

    def __init__(self, desk: LiveDesk) -> None:
        self._desk = desk
        self._sockets: set[LiveSocket] = set()
        self._looking: asyncio.Future[None] | None = None

    def add(self, socket: LiveSocket) -> None:
        self._sockets.add(socket)
        if self._looking is None or self._looking.done():
            self._looking = asyncio.ensure_future(self._look_again_and_again())

    def remove(self, socket: LiveSocket) -> None:
        self._sockets.discard(socket)

    async def _look_again_and_again(self) -> None:
        round_number = 0
        while self._sockets or self._desk.running:
            await asyncio.sleep(TAKES_SECONDS)
            round_number += 1
            try:
                await self._look_at_takes()
                if round_number % CALLERS_EVERY == 0:
                    await self._look_at_callers()
            except (DatabaseError, OSError) as error:  # nobody is put out because the database is away
                logger.warning("could not look after recordings: %s", type(error).__name__)

    async def _look_at_takes(self) -> None:
        running = dict(self._desk.running)
        if not running:
            return
        now = await steadily_in_database(takes_now, list(running))
        for pk, take in running.items():
            code = None if take.is_closing else _reason_to_end(take, now)
            if code == CLOSE_DONE and take.page is not None:
                take.page.line.tell(stopped(take.take))
            if code is not None and self._desk.running.get(pk) is take:
                await self._desk.give_up(take, code)

    async def _look_at_callers(self) -> None:
        sockets = list(self._sockets)
        valid = await in_database(still_valid, [socket.caller for socket in sockets])
        for socket in sockets:
            if socket.caller not in valid:
                socket.close(SIGN_IN)
        await steadily_in_database(
            note_seen, [pk for pk, take in self._desk.running.items() if take.page is not None]
        )


def _reason_to_end(take: RunningTake, now: dict[int, TakeNow]) -> int | None:
    found = now.get(take.take.pk)
    if found is None:
        return NOT_FOUND
    if found.epoch != take.epoch:
        return TAKEN_OVER
    if not found.is_open:
        return CLOSE_DONE
    return None if found.may_record else NOT_ALLOWED
