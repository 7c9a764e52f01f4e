"""Who watches must still be signed in and still be allowed to read."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import Protocol

from django.db import DatabaseError

from ..access import still_readable
from ..actions.live.database import in_database
from .handshake import NOT_ALLOWED, SIGN_IN, Caller, still_valid

logger = logging.getLogger(__name__)

EVERY_SECONDS = 5.0


class Watching(Protocol):
    """An open socket."""

    @property
    def caller(self) -> Caller: ...

    @property
    def code(self) -> str: ...

    def close(self, code: int) -> None: ...


class WatchGuard:
    """One task and five queries for all watchers of a process; it ends when there are none."""

    def __init__(self) -> None:
        self._watchers: set[Watching] = set()
        self._looking: asyncio.Future[None] | None = None

    def add(self, watcher: Watching) -> None:
        self._watchers.add(watcher)
        if self._looking is None or self._looking.done():
            self._looking = asyncio.ensure_future(self._look_again_and_again())

    def remove(self, watcher: Watching) -> None:
        self._watchers.discard(watcher)

    async def _look_again_and_again(self) -> None:
        while self._watchers:
            await asyncio.sleep(EVERY_SECONDS)
            watchers = list(self._watchers)
            try:
                reasons = await in_database(_reasons_to_end, [(each.caller, each.code) for each in watchers])
            except (DatabaseError, OSError) as error:  # nobody is put out because the database is away
                logger.warning("could not look after open pages: %s", type(error).__name__)
                continue
            for watcher, reason in zip(watchers, reasons, strict=True):
                if reason is not None:
                    watcher.close(reason)


def _reasons_to_end(watched: Sequence[tuple[Caller, str]]) -> list[int | None]:
    valid = still_valid([caller for caller, _code in watched])
    readable = still_readable({(caller.user, code) for caller, code in watched})
    return [
        SIGN_IN if caller not in valid else None if (caller.user, code) in readable else NOT_ALLOWED
        for caller, code in watched
    ]
