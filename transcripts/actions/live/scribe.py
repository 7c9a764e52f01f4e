"""Writes the final captions of all takes of a process, those of one moment in one transaction."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import DatabaseError

from ...document.errors import StepsRejectedError
from ...models import Transcript
from ...relay.captions import Final
from .database import steadily_in_database
from .write_live_text import LiveLine, write_finals

logger = logging.getLogger(__name__)

GATHER_SECONDS = 0.05
EVERY_SECONDS = 0.25
"""Text of many takes is written together: a hundred rows in one statement cost little more than one."""

RETRY_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class _Text:
    transcript: Transcript
    final: Final
    on_written: Callable[[LiveLine | None], None]


class Scribe:
    """``run`` it as a task. Text waits here while the database is away, rather than being lost."""

    def __init__(self) -> None:
        self._texts: list[_Text] = []
        self._news = asyncio.Event()
        self._given = self._written = 0
        self._progress = asyncio.Event()
        self._clock = time.monotonic
        self._began = 0.0

    def write(
        self, transcript: Transcript, final: Final, on_written: Callable[[LiveLine | None], None]
    ) -> None:
        """Write soon; ``on_written`` is called on the event loop, with None where it could not be kept."""
        self._given += 1
        self._texts.append(_Text(transcript, final, on_written))
        self._news.set()

    async def caught_up(self) -> None:
        """Return when everything given so far is written."""
        goal = self._given
        while self._written < goal:
            self._progress.clear()
            await self._progress.wait()

    async def run(self) -> None:
        while True:
            await self._news.wait()
            await asyncio.sleep(max(GATHER_SECONDS, self._began + EVERY_SECONDS - self._clock()))
            self._news.clear()
            batch, self._texts = self._texts, []
            self._began = self._clock()
            await self._write(batch)

    async def _write(self, batch: list[_Text]) -> None:
        lines = await self._written_lines(batch)
        self._written += len(batch)
        self._progress.set()
        for text, line in zip(batch, lines, strict=True):
            text.on_written(line)

    async def _written_lines(self, batch: list[_Text]) -> list[LiveLine | None]:
        while True:
            try:
                return await steadily_in_database(
                    write_finals, [(text.transcript, text.final) for text in batch]
                )
            except DatabaseError as error:
                logger.warning("live text waits for the database: %s", type(error).__name__)
                await asyncio.sleep(RETRY_SECONDS)
            except StepsRejectedError as error:
                return await self._each(batch, error)

    async def _each(self, batch: list[_Text], error: StepsRejectedError) -> list[LiveLine | None]:
        """Text that no document takes must not keep that of others back."""
        if len(batch) > 1:
            return [line for text in batch for line in await self._written_lines([text])]
        logger.error("live text could not be kept: %s", error.code)
        return [None]
