"""Steps on their way down to one page: as soon as there are some, in order, in messages of bounded size."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import DatabaseError

from ..actions.edit.read import Steps
from ..actions.live.page_line import PageLine
from .step_source import StepSource

logger = logging.getLogger(__name__)

MESSAGE_BYTES = 256 * 1024
MOST_MESSAGES = 24
"""A page that is further behind fetches the rest by HTTP, compressed."""
AGAIN_SECONDS = 1.0


class StepFeed:
    """``pull`` says how far a page is, ``news`` how far the document is; what lies between is sent.

    Without a pull nothing is sent: a page that only wants hints gets the version.
    """

    def __init__(self, source: StepSource, line: PageLine) -> None:
        self._source = source
        self._line = line
        self._at: int | None = None
        self._known = 0
        self._is_asked = False
        self._sending: asyncio.Future[None] | None = None

    def tell(self, message: Mapping[str, Any]) -> None:
        """A hint of the room."""
        if message["type"] == "version":
            self.news(int(message["v"]))
        else:
            self._line.tell(message)

    def caption(self, message: Mapping[str, Any]) -> None:
        self._line.caption(message)

    def greeted(self, version: int) -> None:
        """The page has been told of ``version`` already."""
        self._known = max(self._known, version)

    def pull(self, version: int) -> None:
        """The page has everything up to ``version``; it is answered in any case."""
        self._at, self._is_asked = version, True
        self._start()

    def news(self, version: int) -> None:
        """The document has reached ``version``."""
        if version <= self._known:
            return
        self._known = version
        if self._at is None:
            self._line.tell({"type": "version", "v": version})
        elif version > self._at:
            self._start()

    def has(self, first: int, last: int) -> None:
        """The page was given the steps from ``first`` to ``last`` in another message, or made them itself."""
        if self._at is not None and first <= self._at < last:
            self._at = last

    def close(self) -> None:
        if self._sending is not None:
            self._sending.cancel()

    def _start(self) -> None:
        if self._sending is None or self._sending.done():
            self._sending = asyncio.ensure_future(self._send())

    async def _send(self) -> None:
        """One answer after the other until nothing is known to be missing."""
        while self._at is not None and (self._is_asked or self._known > self._at):
            at, known, self._is_asked = self._at, self._known, False
            try:
                found = await self._source.since(at)
            except (DatabaseError, OSError) as error:
                logger.warning("steps wait for the database: %s", type(error).__name__)
                self._is_asked = True
                await asyncio.sleep(AGAIN_SECONDS)
                continue
            if found is None:
                return
            if not self._is_asked:
                self._tell_steps(found, at, known)

    def _tell_steps(self, found: Steps, at: int, known: int) -> None:
        """What was told of meanwhile is looked for again; what was not found is not waited for."""
        for message in messages_of(found):
            self._line.tell(message)
        self.has(at, at + len(found.steps))
        if not found.steps and self._known == known:
            self._known = at


def messages_of(found: Steps) -> Iterator[dict[str, Any]]:
    """The answer in messages of at most 256 KiB; too much of it, or one step too large, is to be fetched."""
    sizes = [len(json.dumps(step, ensure_ascii=False).encode()) for step in found.steps]
    if max(sizes, default=0) > MESSAGE_BYTES or sum(sizes) > MOST_MESSAGES * MESSAGE_BYTES:
        yield {"type": "fetch", "v": found.v + len(found.steps)}
        return
    first, filled = 0, 0
    for place, size in enumerate(sizes):
        if filled and filled + size > MESSAGE_BYTES:
            yield _message(found, first, place)
            first, filled = place, 0
        filled += size
    yield _message(found, first, len(sizes))


def _message(found: Steps, first: int, last: int) -> dict[str, Any]:
    return {
        "type": "steps",
        "v": found.v + first,
        "steps": found.steps[first:last],
        "clients": found.clients[first:last],
    }
