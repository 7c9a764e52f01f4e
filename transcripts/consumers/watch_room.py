"""All sockets of this process that watch one transcript, behind a single membership of its group."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Mapping
from typing import Any, Protocol

from channels.layers import get_channel_layer
from django.db import DatabaseError

from ..actions.edit.read import versions_of
from ..actions.live.database import in_database
from ..broadcast import group_of
from .step_source import StepSource

logger = logging.getLogger(__name__)

AGAIN_SECONDS = 5.0
READY_SECONDS = 2.0
LOOK_SECONDS = 1.0

Message = Mapping[str, Any]


class Line(Protocol):
    """What goes down to one page."""

    def tell(self, message: Message) -> None: ...

    def caption(self, message: Message) -> None: ...

    def news(self, version: int) -> None: ...


class Room:
    """Passes hints on. ``caption`` is the provisional text of this moment, as far as it was heard here."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.caption: Message | None = None
        self.lines: set[Line] = set()
        self.source = StepSource(code)
        self._listens = asyncio.Event()
        self._listening = asyncio.ensure_future(self._listen_again_and_again())

    async def ready(self) -> None:
        """Return when hints arrive, or after two seconds: a layer that is away must not hold pages up."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(READY_SECONDS):
                await self._listens.wait()

    def news(self, version: int) -> None:
        """The document has reached ``version``."""
        for line in self.lines:
            line.news(version)

    def close(self) -> None:
        self._listening.cancel()

    async def _listen_again_and_again(self) -> None:
        while True:
            try:
                await self._listen()
            except Exception as error:  # whatever the layer raises: hints are lost, pages ask by themselves
                logger.warning("no hints for open pages: %s", type(error).__name__)
            self._listens.clear()
            await asyncio.sleep(AGAIN_SECONDS)

    async def _listen(self) -> None:
        layer = get_channel_layer()
        channel = await layer.new_channel()
        try:
            await layer.group_add(group_of(self.code), channel)
            self._listens.set()
            while True:
                self._pass_on((await layer.receive(channel))["body"])
        finally:
            await layer.group_discard(group_of(self.code), channel)

    def _pass_on(self, message: Message) -> None:
        kind = message["type"]
        if kind == "caption":
            self.caption = message if message["text"] else None
        elif kind in {"final", "changed"}:
            self.caption = None
        for line in self.lines:
            (line.caption if kind == "caption" else line.tell)(message)


class Rooms:
    """One room for each transcript that somebody watches in this process.

    Their documents are looked at once a second, in one query: hints get lost, and workers have none to give
    where there is no shared layer.
    """

    def __init__(self) -> None:
        self._rooms: dict[str, Room] = {}
        self._looking: asyncio.Future[None] | None = None

    def source(self, code: str) -> StepSource:
        """Where those who are about to enter get steps from."""
        return self._room(code).source

    def enter(self, code: str, line: Line) -> Room:
        room = self._room(code)
        room.lines.add(line)
        if self._looking is None or self._looking.done():
            self._looking = asyncio.ensure_future(self._look_again_and_again())
        return room

    def leave(self, room: Room, line: Line) -> None:
        room.lines.discard(line)
        if not room.lines and self._rooms.get(room.code) is room:
            del self._rooms[room.code]
            room.close()

    def _room(self, code: str) -> Room:
        return self._rooms.get(code) or self._rooms.setdefault(code, Room(code))

    async def _look_again_and_again(self) -> None:
        while self._rooms:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                versions = await in_database(versions_of, list(self._rooms))
            except (DatabaseError, OSError) as error:
                logger.warning("could not look for news: %s", type(error).__name__)
                continue
            for code, version in versions.items():
                if code in self._rooms:
                    self._rooms[code].news(version)
