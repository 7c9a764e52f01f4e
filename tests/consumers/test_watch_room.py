"""Hints through the channel layer."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Mapping
from typing import Any

import pytest
from channels.layers import channel_layers, get_channel_layer
from django.conf import LazySettings

from transcripts.broadcast import group_of, tell_pages
from transcripts.consumers import watch_room
from transcripts.consumers.watch_room import Rooms

CODE = "abcdefgh"
CAPTION = {"type": "caption", "start_ms": 0, "text": "and then", "speaker": ""}
FINAL = {"type": "final", "key": "k", "start_ms": 0, "end_ms": 900, "text": "And then.", "speaker": ""}


class Heard:
    """A line that keeps what it is told."""

    def __init__(self) -> None:
        self.messages: asyncio.Queue[Mapping[str, Any]] = asyncio.Queue()

    def tell(self, message: Mapping[str, Any]) -> None:
        self.messages.put_nowait(message)

    def caption(self, message: Mapping[str, Any]) -> None:
        self.messages.put_nowait(message)

    def news(self, version: int) -> None:
        self.messages.put_nowait({"v": version})

    async def next(self) -> Mapping[str, Any]:
        return await asyncio.wait_for(self.messages.get(), 10)


@pytest.fixture
async def rooms() -> AsyncIterator[Rooms]:
    await get_channel_layer().flush()
    yield Rooms()


async def test_it_works(rooms: Rooms) -> None:
    one, other = Heard(), Heard()
    room = rooms.enter(CODE, one)
    assert rooms.enter(CODE, other) is room
    await room.ready()

    await tell_pages(CODE, CAPTION)
    assert [await one.next(), await other.next()] == [CAPTION, CAPTION]
    assert room.caption == CAPTION

    await tell_pages(CODE, FINAL)
    assert [await one.next(), await other.next()] == [FINAL, FINAL]
    assert room.caption is None


async def test_a_cleared_caption_is_not_kept(rooms: Rooms) -> None:
    line = Heard()
    room = rooms.enter(CODE, line)
    await room.ready()
    for message in (CAPTION, {**CAPTION, "text": ""}):
        await tell_pages(CODE, message)
        await line.next()

    assert room.caption is None


async def test_the_last_one_closes_the_room(rooms: Rooms) -> None:
    line = Heard()
    room = rooms.enter(CODE, line)
    await room.ready()
    rooms.leave(room, line)
    for _ in range(3):
        await asyncio.sleep(0)

    assert group_of(CODE) not in get_channel_layer().groups
    assert rooms.enter(CODE, line) is not room


class BrokenLayer:
    """A layer whose server is away."""

    async def new_channel(self) -> str:
        raise ConnectionRefusedError


async def test_a_layer_that_is_away_is_tried_again(rooms: Rooms, monkeypatch: pytest.MonkeyPatch) -> None:
    layers = iter([BrokenLayer(), get_channel_layer()])
    monkeypatch.setattr(watch_room, "get_channel_layer", lambda: next(layers))
    monkeypatch.setattr(watch_room, "AGAIN_SECONDS", 0.01)
    line = Heard()
    await rooms.enter(CODE, line).ready()

    await tell_pages(CODE, FINAL)
    assert await line.next() == FINAL


async def test_a_page_is_not_held_up_by_it(rooms: Rooms, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch_room, "get_channel_layer", BrokenLayer)
    monkeypatch.setattr(watch_room, "READY_SECONDS", 0.01)
    line = Heard()
    room = rooms.enter(CODE, line)
    await room.ready()

    rooms.leave(room, line)


@pytest.mark.services
@pytest.mark.skipif(not os.environ.get("REDIS_URL"), reason="set REDIS_URL to test the scaled mode")
async def test_it_works_through_redis(settings: LazySettings) -> None:
    backend = "channels_redis.pubsub.RedisPubSubChannelLayer"
    settings.CHANNEL_LAYERS = {
        "default": {"BACKEND": backend, "CONFIG": {"hosts": [os.environ["REDIS_URL"]], "prefix": "test"}}
    }
    channel_layers.backends.clear()
    rooms, line = Rooms(), Heard()
    room = rooms.enter(CODE, line)
    await room.ready()
    try:
        await tell_pages(CODE, FINAL)
        assert await line.next() == FINAL
    finally:
        rooms.leave(room, line)
        await asyncio.sleep(0.1)
        await get_channel_layer().flush()
        channel_layers.backends.clear()
